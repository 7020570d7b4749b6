//! `srmc watch`

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use clap::Args;
use notify_debouncer_mini::{DebounceEventResult, new_debouncer, notify::RecursiveMode};

use super::build::{Mode, build_project};
use super::{Common, Failure, remark};
use crate::project::manifest::{FILE, What};

/// Editors write a file in several steps; what comes within this time is one change.
const PAUSE: Duration = Duration::from_millis(120);

/// Arguments of `srmc watch`.
#[derive(Args)]
pub struct Watch {
    #[command(flatten)]
    common: Common,
}

impl Watch {
    /// Builds, and builds anew with every change, until the user ends it.
    pub fn run(&self) -> Result<u8, Failure> {
        let Some(project) = self.common.project()? else {
            return Err(Failure::from("there is no srm.toml here or above; create one with `srmc init`"));
        };
        let root = project.folder.root().to_owned();
        let failed = |error: notify_debouncer_mini::notify::Error| format!("cannot watch {}: {error}", root.display());
        let (send, changes) = channel();
        let mut watcher = new_debouncer(PAUSE, send).map_err(failed)?;
        watcher.watcher().watch(&root, RecursiveMode::Recursive).map_err(failed)?;
        loop {
            let read = self.build();
            remark(&format!("watching {}; end with Ctrl-C\n", root.display()));
            if !wait(&changes, &root, &read) {
                return Ok(0);
            }
        }
    }

    /// Builds once and tells what came of it; the files that were read.
    fn build(&self) -> BTreeSet<PathBuf> {
        let mut read = BTreeSet::new();
        let built = self.common.project().and_then(|project| {
            let Some(project) = project else { return Err(Failure::from("srm.toml is gone")) };
            for entry in &project.manifest.outputs {
                match &entry.what {
                    What::Template(template) => read.extend([project.folder.full(&template.it)]),
                    _ if entry.inject => read.extend([project.folder.full(&entry.path.it)]),
                    _ => {}
                }
            }
            let run = self.common.work_on(&project)?;
            read.extend(run.sources.iter().map(|(_, source)| PathBuf::from(&source.key)));
            build_project(&self.common, &project, run, None, Mode::Write)
        });
        if let Err(failure) = built {
            failure.tell();
        }
        read
    }
}

/// Waits for a change that can change an output; false once nothing more will come.
fn wait(changes: &Receiver<DebounceEventResult>, root: &Path, read: &BTreeSet<PathBuf>) -> bool {
    loop {
        let events = match changes.recv() {
            Ok(Ok(events)) => events,
            // Some events were lost; what was read may have changed.
            Ok(Err(_)) => return true,
            Err(_) => return false,
        };
        let matters = |path: &Path| {
            let is_source = path.extension().is_some_and(|extension| extension == "srm") || path == root.join(FILE);
            is_source || read.contains(path)
        };
        if events.iter().any(|event| matters(&event.path)) {
            return true;
        }
    }
}
