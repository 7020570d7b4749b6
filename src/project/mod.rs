//! A project: a folder with `srm.toml`, its sources, and what is made from them.
//!
//! In: a folder. Out: [`Planned`] files in memory, and on disk either the complete new file or the
//! old one. Always: nothing outside the project's folder is read or written, and what is wrong with
//! the manifest, a page or a template is a finding that points into it.

pub mod compare;
pub mod manifest;
pub mod markers;
mod output_paths;
mod pages;
mod plan;
mod rendered;

use std::cell::RefCell;
use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::rc::Rc;

pub use compare::{Stale, compare, diff};
pub use manifest::Manifest;
pub use plan::{Plan, PlanError, Planned, plan};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Sources, Span};

/// Findings about a manifest, a page or a template.
#[derive(Default)]
struct Faults(Vec<Diagnostic>);

impl Faults {
    fn add(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        self.push(Diagnostic::new(code, span, message, "").help(help));
    }

    fn push(&mut self, fault: Diagnostic) {
        self.0.push(fault);
    }

    fn extend(&mut self, faults: Vec<Diagnostic>) {
        self.0.extend(faults);
    }

    fn len(&self) -> usize {
        self.0.len()
    }

    fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there is one with this code.
    fn any(&self, code: Code) -> bool {
        self.0.iter().any(|fault| fault.code == code)
    }

    /// Whether there is one with this code at this place.
    fn any_at(&self, code: Code, span: Span) -> bool {
        self.0
            .iter()
            .any(|fault| (fault.code, fault.span()) == (code, span))
    }

    /// Adds a finding unless it is already there.
    fn push_once(&mut self, fault: Diagnostic) {
        if !self.0.contains(&fault) {
            self.push(fault);
        }
    }

    fn into_list(self) -> Vec<Diagnostic> {
        self.0
    }
}

/// The nearest folder, from this one upwards, that holds a manifest.
#[must_use]
pub fn folder_of(from: &Path) -> Option<PathBuf> {
    from.ancestors()
        .find(|folder| folder.join(manifest::FILE).is_file())
        .map(Path::to_owned)
}

/// A project's folder: its manifest, pages and templates.
pub struct Folder {
    /// The whole path, without links.
    root: PathBuf,
    /// The path as messages show it; empty if it is the current folder.
    shown: String,
    /// What was read, for findings to point into.
    pub texts: Rc<Sources>,
    known: RefCell<HashMap<String, FileId>>,
}

impl Folder {
    /// A folder that exists; `shown` is its path as messages show it.
    ///
    /// # Errors
    /// The system's error message.
    pub fn open(root: &Path, shown: &str) -> io::Result<Self> {
        let root = root.canonicalize()?;
        let shown = if matches!(shown, "" | ".") {
            String::new()
        } else {
            format!("{shown}/")
        };
        Ok(Self {
            root,
            shown,
            texts: Rc::new(Sources::new()),
            known: RefCell::default(),
        })
    }

    /// The whole path of the folder, without links.
    #[must_use]
    pub fn root(&self) -> &Path {
        &self.root
    }

    /// A path below the folder as messages show it.
    #[must_use]
    pub fn shown(&self, path: &str) -> String {
        format!("{}{path}", self.shown)
    }

    /// The whole path of something below the folder.
    #[must_use]
    pub fn full(&self, path: &str) -> PathBuf {
        crate::load::below(&self.root, path)
    }

    /// The text of a file below the folder; `None` where there is none.
    ///
    /// # Errors
    /// Why it cannot be read, as text for a message about the file.
    pub fn read(&self, path: &str) -> Result<Option<(FileId, &str)>, String> {
        if let Some(&known) = self.known.borrow().get(path) {
            return Ok(Some((known, self.texts.text(known))));
        }
        let full = match self.inside(path) {
            Ok(full) => full,
            Err(Escape::Missing) => return Ok(None),
            Err(why) => return Err(why.said()),
        };
        let bytes = crate::disk::read(&full).map_err(|error| format!("cannot be read: {error}"))?;
        let text = String::from_utf8(bytes).map_err(|error| {
            format!(
                "is not valid UTF-8 at byte {}",
                error.utf8_error().valid_up_to()
            )
        })?;
        let id = self
            .texts
            .add(self.shown(path), full.to_string_lossy(), text);
        self.known.borrow_mut().insert(path.to_owned(), id);
        Ok(Some((id, self.texts.text(id))))
    }

    /// Whether a file, by its real path in lower case, was read as manifest, page or template.
    fn has_read(&self, real: &str) -> bool {
        self.texts
            .iter()
            .any(|(_, text)| text.key.to_lowercase() == real)
    }

    /// The canonical path of an existing file below the folder.
    fn inside(&self, path: &str) -> Result<PathBuf, Escape> {
        let full = self
            .full(path)
            .canonicalize()
            .map_err(|error| match error.kind() {
                io::ErrorKind::NotFound | io::ErrorKind::NotADirectory => Escape::Missing,
                _ => Escape::Failed(error),
            })?;
        if full.starts_with(&self.root) {
            Ok(full)
        } else {
            Err(Escape::Outside)
        }
    }

    /// Reads the manifest.
    ///
    /// # Errors
    /// What is wrong with it.
    pub fn manifest(&self) -> Result<Manifest, Vec<Diagnostic>> {
        let version = semver::Version::parse(env!("CARGO_PKG_VERSION"))
            .unwrap_or(semver::Version::new(0, 0, 0));
        match self.read(manifest::FILE) {
            Ok(Some((id, text))) => manifest::read(id, text, &version),
            other => {
                let why = other.err().unwrap_or_else(|| "does not exist".into());
                let id = self
                    .texts
                    .add(self.shown(manifest::FILE), "", String::new());
                Err(vec![Diagnostic::new(
                    Code::BadManifest,
                    Span::new(id, 0..0),
                    format!("`{}` {why}", manifest::FILE),
                    "",
                )])
            }
        }
    }

    /// The sources that a manifest names, in the order of their paths from the folder.
    ///
    /// # Errors
    /// A glob that names no file.
    pub fn sources(&self, manifest: &Manifest) -> Result<FoundSources, Vec<Diagnostic>> {
        let (mut faults, mut unreadable) = (Vec::new(), Vec::new());
        let mut used = vec![false; manifest.sources.len()];
        let mut found = Vec::new();
        let at = |number: Option<usize>| {
            manifest
                .sources
                .get(number.unwrap_or(0))
                .map_or(Span::new(FileId(0), 0..0), |glob| glob.span)
        };
        for entry in crate::disk::walk(&self.root) {
            let entry = match entry {
                Ok(entry) => entry,
                Err(error) => {
                    unreadable.push(error.to_string());
                    continue;
                }
            };
            let is_folder = entry.file_type().is_none_or(|kind| kind.is_dir());
            let (false, Ok(below)) = (is_folder, entry.path().strip_prefix(&self.root)) else {
                continue;
            };
            let hits: Vec<usize> = (0..used.len())
                .filter(|&number| manifest.sources[number].matcher.is_match(below))
                .collect();
            // Most files are not sources; nor is a link to a folder.
            if hits.is_empty() || entry.path().is_dir() {
                continue;
            }
            for &number in &hits {
                used[number] = true;
            }
            let path = crate::load::shown(below);
            match self.inside(&path) {
                Ok(_) => found.push(path),
                Err(why) => {
                    let (span, message) = (at(hits.first().copied()), why.said());
                    let message = format!("`{path}` {message}");
                    faults.push(Diagnostic::new(Code::NoSource, span, message, ""));
                }
            }
        }
        let unused = manifest.sources.iter().zip(used).filter(|(_, used)| !used);
        faults.extend(unused.map(|(glob, _)| {
            let message = format!("no file matches `{}`", glob.text);
            Diagnostic::new(Code::NoSource, glob.span, message, "")
                .help("hidden files and files that a `.gitignore` excludes are skipped")
        }));
        if faults.is_empty() {
            Ok(FoundSources {
                paths: found,
                unreadable,
            })
        } else {
            Err(faults)
        }
    }
}

/// The sources that a manifest names.
#[derive(Debug)]
pub struct FoundSources {
    /// Their paths from the folder.
    pub paths: Vec<String>,
    /// What could not be looked into, and why.
    pub unreadable: Vec<String>,
}

/// Why a path does not lead to a file below the folder.
enum Escape {
    Missing,
    Outside,
    Failed(io::Error),
}

impl Escape {
    /// The reason, as text for a message about the file.
    fn said(&self) -> String {
        match self {
            Self::Missing => "is a broken link".into(),
            Self::Outside => "points outside the project through a link".into(),
            Self::Failed(error) => format!("cannot be read: {error}"),
        }
    }
}
