//! `srmc watch`

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use clap::Args;
use notify::{Event, EventKind, RecursiveMode, Watcher as _};

use super::build::{Mode, build_project};
use super::{Common, Failure, say};
use crate::project::manifest::FILE;
use crate::source::{Source, Start};

/// Editors write a file in several steps; events within this time count as one change.
const PAUSE: Duration = Duration::from_millis(120);

/// Arguments of `srmc watch`.
#[derive(Args)]
pub(super) struct Watch {
    #[command(flatten)]
    pub(super) common: Common,
}

impl Watch {
    /// Builds, and rebuilds on every change, until the user stops it.
    pub(super) fn run(&self) -> Result<u8, Failure> {
        let Some(project) = self.common.project()? else {
            return Err(Failure::from(
                "there is no srm.toml in this folder or above it; create one with `srmc init`",
            ));
        };
        let root = project.folder.root().to_owned();
        let failed = |error: notify::Error| format!("cannot watch {}: {error}", root.display());
        let (send, changes) = channel();
        let notice = move |event: notify::Result<Event>| {
            let paths = match event {
                // Reading a file also causes an event, and a build reads files.
                Ok(event) if matches!(event.kind, EventKind::Access(_)) => return,
                Ok(event) => event.paths,
                // Some events were lost; anything may have changed.
                Err(_) => Vec::new(),
            };
            // Sending fails only when the process is ending.
            let _ = send.send(paths);
        };
        let mut watcher = notify::recommended_watcher(notice).map_err(failed)?;
        watcher
            .watch(&root, RecursiveMode::Recursive)
            .map_err(failed)?;
        loop {
            let known = self.build();
            say(&format!(
                "watching {}; press Ctrl-C to stop\n",
                root.display()
            ));
            if !wait(&changes, &root, &known) {
                return Ok(0);
            }
        }
    }

    /// Builds once and prints the result; returns what the build knows of files.
    fn build(&self) -> Known {
        let mut known = Known::new();
        let built = self.common.project().and_then(|project| {
            let Some(project) = project else {
                return Err(Failure::from("srm.toml no longer exists"));
            };
            let run = self.common.work_on(&project)?;
            let unread = run.read.iter().cloned().map(|path| (path, None));
            known.extend(unread);
            known.extend(run.sources.iter().map(|(_, source)| content(source)));
            let built = build_project(&self.common, &project, run, None, Mode::Watch);
            // Pages and templates, if the build has read them.
            known.extend(project.folder.texts.iter().map(|(_, text)| content(text)));
            let written = built?.files.into_iter();
            known.extend(written.map(|file| (file.target, Some(file.text))));
            Ok(())
        });
        if let Err(failure) = built {
            failure.report(self.common.color);
        }
        known
    }
}

/// What a build knows of files: the content that it read, or wrote; `None` of a file that it read only in
/// part.
type Known = BTreeMap<PathBuf, Option<String>>;

fn content(source: &Source) -> (PathBuf, Option<String>) {
    // A block of a page is not the whole page.
    let is_whole = source.start == Start::default();
    let text = is_whole.then(|| source.text.clone());
    (PathBuf::from(&source.key), text)
}

/// Whether a change at a path may affect an output.
fn matters(path: &Path, root: &Path, known: &Known) -> bool {
    if let Some(Some(text)) = known.get(path) {
        // What the build itself wrote, and what was saved without a change, needs no build.
        return fs::read(path).map_or(true, |now| now != text.as_bytes());
    }
    let is_source = path.extension().is_some_and(|extension| extension == "srm");
    if is_source || *path == root.join(FILE) || known.contains_key(path) {
        return true;
    }
    // A folder that came may hold sources, one that went may have held them.
    let held = known.keys().any(|file| file.starts_with(path));
    let holds = || files_below(path).any(|file| file.extension().is_some_and(|it| it == "srm"));
    if path.is_dir() { holds() } else { held }
}

fn files_below(folder: &Path) -> impl Iterator<Item = PathBuf> {
    crate::disk::walk(folder)
        .flatten()
        .map(ignore::DirEntry::into_path)
}

/// Waits for a change that may affect an output; false if no more events can arrive.
fn wait(changes: &Receiver<Vec<PathBuf>>, root: &Path, known: &Known) -> bool {
    loop {
        let Ok(mut paths) = changes.recv() else {
            return false;
        };
        let mut is_lost = paths.is_empty();
        // A save comes in several steps.
        while let Ok(more) = changes.recv_timeout(PAUSE) {
            is_lost |= more.is_empty();
            paths.extend(more);
        }
        if is_lost || paths.iter().any(|path| matters(path, root, known)) {
            return true;
        }
    }
}
