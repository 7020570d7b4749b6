//! Outputs on the disk: whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::emit::Output;

/// What became of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is new or has changed.
    Written,
    /// It already stood there, byte for byte.
    Unchanged,
}

/// Writes an output below a folder: to a temporary file beside its target, which is then renamed.
///
/// # Errors
/// The path and the system's words; what stood there before is untouched.
pub fn write(folder: &Path, output: &Output) -> Result<Written, String> {
    let path = output.path.split('/').fold(PathBuf::from(folder), |path, part| path.join(part));
    let failed = |error: io::Error| format!("cannot write {}: {error}", path.display());
    if fs::read(&path).is_ok_and(|known| known == output.text.as_bytes()) {
        return Ok(Written::Unchanged);
    }
    let parent = path.parent().unwrap_or(folder);
    fs::create_dir_all(parent).map_err(failed)?;
    let mut file = tempfile::Builder::new().prefix(".srmc-").tempfile_in(parent).map_err(failed)?;
    file.write_all(output.text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    readable_by_others(file.as_file()).map_err(failed)?;
    file.persist(&path).map_err(|error| failed(error.error))?;
    Ok(Written::Written)
}

/// Temporary files are private; an output is not.
#[cfg(unix)]
fn readable_by_others(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_others(_file: &fs::File) -> io::Result<()> {
    Ok(())
}
