//! The disk: apart from the command line, only this module reads project files and writes outputs.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::load::{
    FileProvider, FolderEntry, ReadError, SourceInput, fences, is_page, is_source, leaves,
    relative, shown,
};

mod write;

pub use write::{Written, clean_up, is_same, write};

/// Reads files of a project, and none outside it.
#[derive(Debug)]
pub struct Disk {
    /// The current folder.
    here: PathBuf,
}

/// Maximum file size: positions in a text are 32-bit numbers.
const MAX_BYTES: u64 = u32::MAX as u64 - 1;

impl Disk {
    /// A reader with this current folder.
    #[must_use]
    pub fn new(here: &Path) -> Self {
        Self {
            here: here.canonicalize().unwrap_or_else(|_| here.to_owned()),
        }
    }

    /// A file that the user named, even outside the project.
    ///
    /// # Errors
    /// The system's error message if it cannot be read.
    pub fn read_root(&self, path: &Path) -> io::Result<SourceInput> {
        let full = self.here.join(path);
        let key = match full.canonicalize() {
            // A pipe has a name, but no place.
            Err(_) if fs::metadata(&full).is_ok_and(|about| !about.is_file()) => {
                return Err(read(&full).err().unwrap_or(io::ErrorKind::NotFound.into()));
            }
            other => other?,
        };
        let bytes = read(&key)?;
        Ok(SourceInput::whole(key, shown(path), bytes))
    }

    /// The same, or each of the `srm` blocks of a Markdown page as a file of its own.
    ///
    /// # Errors
    /// The system's error message if it cannot be read.
    pub fn read_roots(&self, path: &Path) -> io::Result<Vec<SourceInput>> {
        let found = self.read_root(path)?;
        Ok(if is_page(path) {
            fences(found)
        } else {
            vec![found]
        })
    }

    /// The project around a file: the nearest folder above it with `srm.toml` or `.git`, else the
    /// current folder if the file is below it, else the file's own folder.
    #[must_use]
    pub fn project_of(&self, file: &Path) -> PathBuf {
        let folder = file.parent().unwrap_or(file);
        let marked = |marker: &str| folder.ancestors().find(|above| above.join(marker).exists());
        let found = marked("srm.toml").or_else(|| marked(".git"));
        match found {
            Some(project) => project.to_owned(),
            None if folder.starts_with(&self.here) => self.here.clone(),
            None => folder.to_owned(),
        }
    }

    /// A path as messages show it: relative to the current folder.
    fn name_of(&self, key: &Path) -> String {
        shown(&relative(&self.here, key))
    }
}

/// The content of a regular file; folders, pipes and endless devices are refused.
///
/// # Errors
/// The system's error message, or why it is not a regular file.
pub fn read(path: &Path) -> io::Result<Vec<u8>> {
    let about = fs::metadata(path)?;
    if !about.is_file() {
        return Err(io::Error::new(
            io::ErrorKind::InvalidInput,
            "it is not a file",
        ));
    }
    if about.len() > MAX_BYTES {
        return Err(io::Error::new(
            io::ErrorKind::FileTooLarge,
            "it is larger than 4 GB",
        ));
    }
    fs::read(path)
}

/// Walks a folder in name order, skipping hidden files and those ignored by a `.gitignore`. Ignore
/// rules that exist only on this machine are not applied.
#[must_use]
pub fn walk(folder: &Path) -> ignore::Walk {
    let mut walk = ignore::WalkBuilder::new(folder);
    walk.require_git(false)
        .git_global(false)
        .git_exclude(false)
        .sort_by_file_name(Ord::cmp)
        .build()
}

impl FileProvider for Disk {
    fn read_used(&self, from: &Path, written: &str) -> Result<SourceInput, ReadError> {
        let named = Path::new(written);
        let project = self.project_of(from);
        let folder = from.parent().unwrap_or(from);
        if named.is_absolute() || named.has_root() || leaves(folder, named, &project) {
            return Err(ReadError::Outside);
        }
        let failed = |error: io::Error| match error.kind() {
            io::ErrorKind::NotFound
            | io::ErrorKind::NotADirectory
            | io::ErrorKind::InvalidFilename => ReadError::Missing,
            _ => ReadError::Failed(error.to_string()),
        };
        // A link may leave the project even if its path does not.
        let key = folder.join(named).canonicalize().map_err(failed)?;
        if !key.starts_with(&project) {
            return Err(ReadError::Outside);
        }
        let bytes = read(&key).map_err(failed)?;
        Ok(SourceInput::whole(key.clone(), self.name_of(&key), bytes))
    }

    fn read_file(&self, path: &Path) -> io::Result<Vec<u8>> {
        read(path)
    }

    fn is_file(&self, path: &Path) -> bool {
        path.is_file()
    }

    fn real_path(&self, path: &Path) -> PathBuf {
        if let Ok(real) = path.canonicalize() {
            return real;
        }
        // Of a file that does not exist, the folder around it may.
        let known = path
            .ancestors()
            .skip(1)
            .find_map(|above| Some((above, above.canonicalize().ok()?)));
        let real = known.and_then(|(above, real)| Some(real.join(path.strip_prefix(above).ok()?)));
        real.filter(|_| path.is_absolute())
            .unwrap_or_else(|| path.to_owned())
    }

    fn list(&self, folder: &Path) -> Vec<FolderEntry> {
        let entries = fs::read_dir(folder).into_iter().flatten().flatten();
        let mut entries: Vec<FolderEntry> = entries
            .filter_map(|entry| {
                let name = entry.file_name().into_string().ok()?;
                Some(FolderEntry {
                    name,
                    is_folder: entry.path().is_dir(),
                })
            })
            .collect();
        entries.sort();
        entries
    }

    fn sources_below(&self, folder: &Path) -> Vec<PathBuf> {
        let files = walk(folder).flatten().map(ignore::DirEntry::into_path);
        files
            .filter(|path| is_source(path) && path.is_file())
            .collect()
    }

    fn write_page(&self, name: &str, text: &str) -> io::Result<PathBuf> {
        let folder = format!("srmc-{}", env!("CARGO_PKG_VERSION"));
        let path = std::env::temp_dir().join(folder).join(name);
        write(&path, text).map_err(io::Error::other)?;
        Ok(path)
    }
}
