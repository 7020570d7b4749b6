//! `srmc check --fix`: fixes files, then checks them.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use clap::Args;

use super::input::{here, rewrite};
use super::report::exit_code;
use super::{Common, Failure, print_stdout, say};
use crate::compilation::Compilation;
use crate::diagnostic::{visible, visible_lines};
use crate::disk::Disk;
use crate::fix::repair::{Repaired, repair};
use crate::load::SourceInput;
use crate::project::diff;

/// What to fix, and how.
#[derive(Args)]
pub(super) struct Repair {
    /// Apply safe fixes, such as correcting a misspelt name, then check
    #[arg(long)]
    pub(super) fix: bool,
    /// Apply unsafe fixes too; they may change what the model means
    #[arg(long = "unsafe", requires = "fix")]
    unsafe_too: bool,
    /// Write nothing; show what the fixes would change
    #[arg(long, requires = "fix")]
    diff: bool,
}

/// A file that is to be changed.
struct Change {
    path: PathBuf,
    name: String,
    before: Vec<u8>,
    after: String,
    fixes: usize,
}

/// The result for the files.
#[allow(clippy::large_enum_variant, reason = "there is one of it in a run")]
pub(super) enum Outcome {
    /// They were checked, after fixing if the user asked for it.
    Checked(Compilation),
    /// The user has seen what would change; the exit code of a check after that.
    Shown(u8),
}

impl Repair {
    /// Fixes the files, if the user asked for it, and checks them.
    pub(super) fn run(&self, common: &Common) -> Result<Outcome, Failure> {
        if !self.fix {
            return common.work().map(Outcome::Checked);
        }
        if common.reads_stdin() {
            return Err(Failure::from(
                "`--fix` cannot change standard input; pass a file instead",
            ));
        }
        let here = here()?;
        let disk = Disk::new(&here);
        let before = common.named(&here, &disk)?;
        let done = repair(before.clone(), &disk, common.options(), self.unsafe_too);
        let changes = changes(&before, &done)?;
        if self.diff {
            let shown = changes.iter();
            let shown: String = shown
                .map(|it| diff(&it.name, &it.before, &it.after))
                .collect();
            print_stdout(&visible_lines(&shown))?;
            return Ok(Outcome::Shown(exit_code(&done.compilation, common)));
        }
        for change in &changes {
            change.write()?;
        }
        if done.fixes.iter().all(|&fixes| fixes == 0) {
            return Ok(Outcome::Checked(done.compilation));
        }
        // The blocks of a page have moved, and some could not be put back.
        common.work().map(Outcome::Checked)
    }
}

impl Change {
    fn write(&self) -> Result<(), Failure> {
        rewrite(&self.path, &self.name, &self.after)?;
        let fixes = match self.fixes {
            1 => "one fix".to_owned(),
            many => format!("{many} fixes"),
        };
        say(&format!("fixed  {}  {fixes}\n", visible(&self.name)));
        Ok(())
    }
}

/// The files that differ. The blocks of a page are put back in their places; a block whose text
/// differs from its page, such as one in a quote, is not changed.
fn changes(before: &[SourceInput], done: &Repaired) -> Result<Vec<Change>, Failure> {
    let mut pages: BTreeMap<&Path, Vec<usize>> = BTreeMap::new();
    for (at, _) in before
        .iter()
        .enumerate()
        .filter(|(at, _)| done.fixes[*at] > 0)
    {
        pages.entry(&before[at].key).or_default().push(at);
    }
    let mut changes = Vec::new();
    for (path, blocks) in pages {
        let name = before[blocks[0]].name.clone();
        let cannot = |why: &dyn std::fmt::Display| format!("cannot fix {name}: {why}");
        let bytes = crate::disk::read(path).map_err(|error| cannot(&error))?;
        let (mut after, mut rest, mut fixes) = (Vec::with_capacity(bytes.len()), 0, 0);
        for at in blocks {
            let start = before[at].start.bytes as usize;
            let end = start + before[at].bytes.len();
            if start >= rest && bytes.get(start..end) == Some(&before[at].bytes) {
                after.extend_from_slice(&bytes[rest..start]);
                after.extend_from_slice(&done.roots[at].bytes);
                (rest, fixes) = (end, fixes + done.fixes[at]);
            }
        }
        after.extend_from_slice(&bytes[rest..]);
        let after = String::from_utf8(after).map_err(|error| cannot(&error))?;
        if after.as_bytes() != bytes {
            changes.push(Change {
                path: path.to_owned(),
                name: name.clone(),
                before: bytes,
                after,
                fixes,
            });
        }
    }
    Ok(changes)
}
