//! Where outputs may be written.
//!
//! In: the paths of outputs, one after the other. Out: for each the real path of its file, or why
//! it cannot be written there. Always: no two outputs have the same file, even through links or
//! letter case; none is a folder that another needs; none replaces an input.

use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Path, PathBuf};

use super::{Escape, Folder};
use crate::diagnostic::{Code, Diagnostic, is_invisible};
use crate::source::Span;

/// The paths that are taken.
pub(super) struct OutputPaths {
    /// By canonical path in lower case, because some file systems ignore case.
    taken: BTreeMap<String, Span>,
    /// What was read to make the outputs, likewise.
    read: HashSet<String>,
}

impl OutputPaths {
    /// At first, only the paths of these input files are taken.
    #[must_use]
    pub(super) fn new(read: &[PathBuf]) -> Self {
        Self {
            taken: BTreeMap::new(),
            read: read.iter().map(|path| folded(path)).collect(),
        }
    }

    /// Reserves the path of an output; a page may replace itself.
    ///
    /// # Errors
    /// Why it cannot be written there, with the span in the manifest.
    pub(super) fn take(
        &mut self,
        folder: &Folder,
        path: &str,
        span: Span,
        is_page: bool,
    ) -> Result<PathBuf, Box<Diagnostic>> {
        let fault = |message: String| {
            let fault = Diagnostic::new(Code::OutputPath, span, message, "");
            Box::new(fault.help("choose another path"))
        };
        let real = match folder.target(path) {
            Ok(real) => real,
            Err(Escape::Outside) => {
                return Err(fault(format!(
                    "`{path}` points outside the project through a link"
                )));
            }
            Err(Escape::Missing) => {
                return Err(fault(format!("`{path}` is a broken link")));
            }
            Err(Escape::Failed(error)) => {
                return Err(fault(format!(
                    "`{path}` cannot be written: {}",
                    error.kind()
                )));
            }
        };
        if real.is_dir() {
            return Err(fault(format!("`{path}` is a folder")));
        }
        let key = folded(&real);
        if !is_page && (self.read.contains(&key) || folder.has_read(&key)) {
            return Err(fault(format!(
                "this output would overwrite `{path}`, which the build reads"
            )));
        }
        if let Some((other, message)) = self.in_the_way(&key, path) {
            let fault = Diagnostic::new(Code::OutputTwice, span, message, "");
            let fault = if other == span {
                fault
            } else {
                fault.and(other, "the other output")
            };
            let help = "give each output its own path; in a path, `{model}` and `{party}` are replaced by the names";
            return Err(Box::new(fault.help(help)));
        }
        self.taken.insert(key, span);
        Ok(real)
    }

    /// The output that already has this path, or one above or below it, and the message about it.
    fn in_the_way(&self, key: &str, path: &str) -> Option<(Span, String)> {
        if let Some(&other) = self.taken.get(key) {
            return Some((other, format!("two outputs would be written to `{path}`")));
        }
        let below = format!("{key}{}", std::path::MAIN_SEPARATOR);
        let inner = self.taken.range(below.clone()..).next();
        let inner = inner
            .filter(|(other, _)| other.starts_with(&below))
            .map(|(_, &other)| other);
        let mut above = Path::new(key).ancestors().skip(1);
        let outer = || above.find_map(|above| self.taken.get(&*above.to_string_lossy()).copied());
        let message = format!("`{path}` would be a file for one output and a folder for another");
        Some((inner.or_else(outer)?, message))
    }
}

/// A path as file systems compare it that ignore the case of letters.
pub(super) fn folded(path: &Path) -> String {
    path.to_string_lossy().to_lowercase()
}

impl Folder {
    /// The canonical path of an existing or planned file below the folder.
    pub(super) fn target(&self, path: &str) -> Result<PathBuf, Escape> {
        match self.inside(path) {
            Err(Escape::Missing) => {}
            other => return other,
        }
        let full = self.full(path);
        if fs::symlink_metadata(&full).is_ok() {
            return Err(Escape::Missing);
        }
        let above = full
            .ancestors()
            .skip(1)
            .find_map(|above| Some((above, above.canonicalize().ok()?)));
        let Some((above, real)) = above.filter(|(_, real)| real.starts_with(self.root())) else {
            return Err(Escape::Outside);
        };
        if !real.is_dir() {
            return Err(Escape::Failed(std::io::ErrorKind::NotADirectory.into()));
        }
        Ok(full
            .strip_prefix(above)
            .map_or(full.clone(), |rest| real.join(rest)))
    }
}

/// Why a path lexically leaves the manifest's folder.
#[must_use]
pub(super) fn leaves(path: &str) -> Option<&'static str> {
    let bytes = path.as_bytes();
    let has_drive =
        bytes.first().is_some_and(u8::is_ascii_alphabetic) && bytes.get(1) == Some(&b':');
    let part = |wanted: &str| {
        path.split('/')
            .any(|part| part.eq_ignore_ascii_case(wanted))
    };
    if path.is_empty() {
        Some("is empty")
    } else if path.starts_with('/') || path == "~" || path.starts_with("~/") || has_drive {
        Some("is absolute")
    } else if path.contains('\\') {
        Some("contains `\\`: write `/` between folders")
    } else if path.contains(is_invisible) {
        Some("contains an invisible character")
    } else if part("..") {
        Some("contains `..`")
    } else if part(".git") {
        Some("is in `.git`")
    } else if path.ends_with('/') || part("") || part(".") {
        Some("does not name a file")
    } else {
        None
    }
}
