//! Files in memory, for editors and tests.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::path::{Component, Path, PathBuf};

use super::{FileProvider, FolderEntry, ReadError, SourceInput, is_source};

/// Texts by path, all in one project.
#[derive(Clone, Debug, Default)]
pub struct Memory {
    files: BTreeMap<PathBuf, Vec<u8>>,
}

impl Memory {
    /// No files.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Adds a file.
    #[must_use]
    pub fn with(mut self, path: &str, bytes: impl Into<Vec<u8>>) -> Self {
        self.files.insert(PathBuf::from(path), bytes.into());
        self
    }

    /// A file by its path.
    #[must_use]
    pub fn root(&self, path: &str) -> Option<SourceInput> {
        let bytes = self.files.get(Path::new(path))?.clone();
        Some(SourceInput::whole(
            PathBuf::from(path),
            path.to_owned(),
            bytes,
        ))
    }
}

impl FileProvider for Memory {
    fn read_used(&self, from: &Path, written: &str) -> Result<SourceInput, ReadError> {
        let mut path = from.parent().map(Path::to_owned).unwrap_or_default();
        for part in Path::new(written).components() {
            match part {
                Component::CurDir => {}
                Component::Normal(name) => path.push(name),
                Component::ParentDir => {
                    if !path.pop() {
                        return Err(ReadError::Outside);
                    }
                }
                Component::RootDir | Component::Prefix(_) => return Err(ReadError::Outside),
            }
        }
        self.root(&super::shown(&path)).ok_or(ReadError::Missing)
    }

    fn read_file(&self, path: &Path) -> io::Result<Vec<u8>> {
        self.files
            .get(path)
            .cloned()
            .ok_or_else(|| io::ErrorKind::NotFound.into())
    }

    fn is_file(&self, path: &Path) -> bool {
        self.files.contains_key(path)
    }

    fn real_path(&self, path: &Path) -> PathBuf {
        path.to_owned()
    }

    fn list(&self, folder: &Path) -> Vec<FolderEntry> {
        let below = self
            .files
            .keys()
            .filter_map(|path| path.strip_prefix(folder).ok());
        let entries = below.filter_map(|path| {
            let mut parts = path.components();
            let name = parts.next()?.as_os_str().to_string_lossy().into_owned();
            Some(FolderEntry {
                name,
                is_folder: parts.next().is_some(),
            })
        });
        entries.collect::<BTreeSet<_>>().into_iter().collect()
    }

    fn sources_below(&self, folder: &Path) -> Vec<PathBuf> {
        let paths = self
            .files
            .keys()
            .filter(|path| path.starts_with(folder) && is_source(path));
        paths.cloned().collect()
    }

    fn write_page(&self, _: &str, _: &str) -> io::Result<PathBuf> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
