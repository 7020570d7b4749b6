//! Writes outputs to disk, completely or not at all.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::Mutex;

use crate::disk::read;

/// The result of writing an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is new or has changed.
    Written,
    /// The file already had this content, perhaps with CRLF line ends.
    Unchanged,
}

/// Writes a text to a temporary file in the same folder, then renames it to `target`.
///
/// # Errors
/// Why it cannot be written, in a few words; an existing file is left unchanged.
pub fn write(target: &Path, text: &str) -> Result<Written, String> {
    // The system's error message names the temporary file, which means nothing to the user.
    let failed = |error: io::Error| error.kind().to_string();
    match read(target) {
        Ok(known) if is_same(&known, text) => return Ok(Written::Unchanged),
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => return Err(error.to_string()),
        _ => {}
    }
    let parent = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(failed)?;
    let (mut file, _being_written) = begin(parent).map_err(failed)?;
    file.write_all(text.as_bytes())
        .and_then(|()| file.as_file().sync_all())
        .map_err(failed)?;
    if let Ok(known) = fs::metadata(target) {
        file.as_file()
            .set_permissions(known.permissions())
            .map_err(failed)?;
    }
    file.persist(target).map_err(|error| failed(error.error))?;
    Ok(Written::Written)
}

/// Whether a file holds a text, but for line ends that a checkout on another system made CRLF.
#[must_use]
pub fn is_same(known: &[u8], text: &str) -> bool {
    if known == text.as_bytes() {
        return true;
    }
    let has_returns = |bytes: &[u8]| memchr::memchr(b'\r', bytes).is_some();
    if has_returns(text.as_bytes()) || !has_returns(known) {
        return false;
    }
    std::str::from_utf8(known).is_ok_and(|known| known.replace("\r\n", "\n") == text)
}

/// The temporary files that are being written.
static WRITING: Mutex<BTreeSet<PathBuf>> = Mutex::new(BTreeSet::new());

/// A temporary file, until its writing has ended in one way or another.
struct BeingWritten(PathBuf);

/// A temporary file in a folder. It is noted before anybody could ask to clean up.
fn begin(folder: &Path) -> io::Result<(tempfile::NamedTempFile, BeingWritten)> {
    let writing = WRITING.lock();
    let file = temporary().tempfile_in(folder)?;
    let path = file.path().to_owned();
    if let Ok(mut writing) = writing {
        writing.insert(path.clone());
    }
    Ok((file, BeingWritten(path)))
}

impl Drop for BeingWritten {
    fn drop(&mut self) {
        if let Ok(mut writing) = WRITING.lock() {
            writing.remove(&self.0);
        }
    }
}

/// Removes temporary files that are not written completely, because the process is about to end. No other
/// one is begun after it.
pub fn clean_up() {
    if let Ok(writing) = WRITING.lock() {
        for path in writing.iter() {
            let _ = fs::remove_file(path);
        }
        std::mem::forget(writing);
    }
}

/// Temporary files are private by default; an output must be as readable as the user's other files.
#[cfg(unix)]
fn temporary() -> tempfile::Builder<'static, 'static> {
    use std::os::unix::fs::PermissionsExt;
    let mut builder = tempfile::Builder::new();
    builder
        .prefix(".srmc-")
        .permissions(fs::Permissions::from_mode(0o666));
    builder
}

#[cfg(not(unix))]
fn temporary() -> tempfile::Builder<'static, 'static> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".srmc-");
    builder
}
