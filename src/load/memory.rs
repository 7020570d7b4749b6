//! Files in memory: what an editor holds, and what tests write.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::{FileProvider, ReadError, SourceInput};

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
}
