//! The interface for reading files, and the type of a file that was read.

use std::io;
use std::path::{Path, PathBuf};

use crate::source::Start;

/// A file as a provider returned it.
#[derive(Clone, Debug)]
pub struct SourceInput {
    /// Its identity: one file has one key, however it was named.
    pub key: PathBuf,
    /// The name that messages show.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Where the content begins in the file.
    pub start: Start,
}

impl SourceInput {
    /// A whole file.
    #[must_use]
    pub fn whole(key: PathBuf, name: String, bytes: Vec<u8>) -> Self {
        Self {
            key,
            name,
            bytes,
            start: Start::default(),
        }
    }

    /// Its unique identity: one page may contain several sources.
    pub(super) fn identity(&self) -> (PathBuf, Start) {
        (self.key.clone(), self.start)
    }
}

/// Why a file was not read.
#[derive(Debug)]
pub enum ReadError {
    /// There is no file of that name.
    Missing,
    /// It lies outside the project.
    Outside,
    /// The system's error message.
    Failed(String),
}

/// Access to files, on a disk or in memory. Only its implementations access a disk.
pub trait FileProvider {
    /// The file that `from` names with the path `written`, which is relative to `from`.
    ///
    /// # Errors
    /// It is missing, unreadable or outside the project.
    fn read_used(&self, from: &Path, written: &str) -> Result<SourceInput, ReadError>;

    /// The content of a file.
    ///
    /// # Errors
    /// The system's error message.
    fn read_file(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Whether there is such a file.
    fn is_file(&self, path: &Path) -> bool;

    /// The canonical path of a file, with links resolved; the path itself if there is no such file.
    fn real_path(&self, path: &Path) -> PathBuf;

    /// The entries of a folder, by name; empty if there is no such folder.
    fn list(&self, folder: &Path) -> Vec<FolderEntry>;

    /// Every source below a folder.
    fn sources_below(&self, folder: &Path) -> Vec<PathBuf>;

    /// Saves a page for an editor to open; returns its path.
    ///
    /// # Errors
    /// The system's error message, or that there is no place for pages.
    fn write_page(&self, name: &str, text: &str) -> io::Result<PathBuf>;
}

/// Something in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FolderEntry {
    /// Its name.
    pub name: String,
    /// It is a folder.
    pub is_folder: bool,
}
