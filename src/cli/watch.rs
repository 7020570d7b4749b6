//! `srmc watch`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use clap::Args;
use notify::{Event, EventKind, RecursiveMode, Watcher as _};

use super::build::{Mode, build_project};
use super::{Common, Failure, say};
use crate::project::manifest::FILE;

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
            let read = self.build();
            say(&format!(
                "watching {}; press Ctrl-C to stop\n",
                root.display()
            ));
            if !wait(&changes, &root, &read) {
                return Ok(0);
            }
        }
    }

    /// Builds once and prints the result; returns the files that were read.
    fn build(&self) -> BTreeSet<PathBuf> {
        let mut read = BTreeSet::new();
        let built = self.common.project().and_then(|project| {
            let Some(project) = project else {
                return Err(Failure::from("srm.toml no longer exists"));
            };
            let run = self.common.work_on(&project)?;
            read.extend(run.read.iter().cloned());
            let built = build_project(&self.common, &project, run, None, Mode::Write);
            // Pages and templates, if the build has read them.
            read.extend(
                project
                    .folder
                    .texts
                    .iter()
                    .map(|(_, text)| PathBuf::from(&text.key)),
            );
            built
        });
        if let Err(failure) = built {
            failure.report(self.common.color);
        }
        read
    }
}

/// Waits for a change that may affect an output; false if no more events can arrive.
fn wait(changes: &Receiver<Vec<PathBuf>>, root: &Path, read: &BTreeSet<PathBuf>) -> bool {
    let matters = |path: &PathBuf| {
        let is_source = path.extension().is_some_and(|extension| extension == "srm")
            || *path == root.join(FILE);
        is_source || read.contains(path)
    };
    loop {
        let Ok(paths) = changes.recv() else {
            return false;
        };
        if paths.is_empty() || paths.iter().any(matters) {
            break;
        }
    }
    while changes.recv_timeout(PAUSE).is_ok() {}
    true
}
