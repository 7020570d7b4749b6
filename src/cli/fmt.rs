//! `srmc fmt`

use std::borrow::Cow;
use std::cell::Cell;
use std::path::{Path, PathBuf};

use clap::Args;

use super::input::{files, here, project_sources, rewrite, stdin};
use super::{Colour, FAILED, FINDINGS, Failure, STALE, print_stdout, say};
use crate::diagnostic::visible;
use crate::disk::read;
use crate::format::{Left, format};
use crate::load::{is_page, shown};
use crate::project::diff;

/// Arguments of `srmc fmt`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  srmc fmt                     the sources of the project that contains the current folder
  srmc fmt models aws.srm      folders and files
  srmc fmt --check             for CI: write nothing, list unformatted files, exit 3
  srmc fmt - < a.srm > b.srm   standard input to standard output
Statements with errors are not formatted, and the exit code is 1; run `srmc check` to see the errors.")]
pub(super) struct Fmt {
    /// Files and folders; `-` is standard input. Default: the project that contains the current
    /// folder
    #[arg(value_name = "PATH")]
    paths: Vec<PathBuf>,
    /// Write nothing; if files are not formatted, list them and exit with 3
    #[arg(long)]
    check: bool,
    /// Write nothing; show what would change
    #[arg(long)]
    diff: bool,
    /// The file name to show for standard input in messages
    #[arg(long, value_name = "NAME", default_value = "stdin.srm")]
    stdin_filename: String,
}

/// The results for the files.
#[derive(Default)]
struct Told {
    answer: String,
    changed: usize,
    faulty: bool,
}

impl Fmt {
    /// Formats what the paths name.
    pub(super) fn run(&self) -> Result<u8, Failure> {
        let here = here()?;
        let unreadable = Cell::new(false);
        let sources = if self.paths.is_empty() {
            project_sources(&here, &unreadable)?
        } else {
            None
        };
        let paths = match sources {
            Some(sources) => sources,
            None => files(&here, &self.paths, &unreadable)?,
        };
        if let Some(page) = self.paths.iter().find(|path| is_page(path)) {
            return Err(Failure::from(format!(
                "{} is a Markdown page; `srmc fmt` formats only .srm files",
                page.display()
            )));
        }
        let mut told = Told::default();
        let mut failed = unreadable.get();
        for path in paths.iter().filter(|path| !is_page(path)) {
            // The other files are still formatted.
            if let Err(failure) = self.file(&here, path, &mut told) {
                failure.report(Colour::Never);
                failed = true;
            }
        }
        print_stdout(&told.answer)?;
        Ok(match told {
            _ if failed => FAILED,
            Told { faulty: true, .. } => FINDINGS,
            Told { changed: 1.., .. } if self.check => STALE,
            _ => 0,
        })
    }

    fn file(&self, here: &Path, path: &Path, told: &mut Told) -> Result<(), Failure> {
        let is_stdin = path.as_os_str() == "-";
        let name = if is_stdin {
            self.stdin_filename.clone()
        } else {
            shown(path)
        };
        let target = here.join(path);
        let bytes = if is_stdin {
            stdin()?
        } else {
            read(&target).map_err(|error| format!("cannot read {name}: {error}"))?
        };
        let text = String::from_utf8(bytes)
            .map_err(|_| format!("cannot format {name}: it is not valid UTF-8"))?;
        let formatted = format(&text);
        told.faulty |= formatted.left != Left::Nothing;
        let left = match formatted.left {
            Left::Nothing => String::new(),
            Left::Lines(1) => format!(
                "{}: 1 statement has an error and was not formatted; run `srmc check` to see it\n",
                visible(&name)
            ),
            Left::Lines(lines) => {
                format!(
                    "{}: {lines} statements have errors and were not formatted; run `srmc check` to see them\n",
                    visible(&name)
                )
            }
            Left::Everything => format!(
                "{}: not formatted; run `srmc check` to see the errors\n",
                visible(&name)
            ),
        };
        say(&left);
        let changed = matches!(formatted.text, Cow::Owned(_));
        told.changed += usize::from(changed);
        if self.diff && changed {
            told.answer
                .push_str(&diff(&name, text.as_bytes(), &formatted.text));
        } else if self.check && changed {
            told.answer
                .push_str(&format!("not formatted  {}\n", visible(&name)));
        } else if is_stdin && !self.diff && !self.check {
            told.answer.push_str(&formatted.text);
        } else if changed {
            rewrite(&target, &name, &formatted.text)?;
            say(&format!("formatted  {}\n", visible(&name)));
        }
        Ok(())
    }
}
