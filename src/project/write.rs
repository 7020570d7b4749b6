//! Outputs on the disk: whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

/// What became of an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is new or has changed.
    Written,
    /// It already stood there, byte for byte.
    Unchanged,
}

/// Writes a text to a path below a folder, in which `/` divides folders: to a temporary file beside its
/// target, which is then renamed. No link on the way leads out of the folder.
///
/// # Errors
/// The path and the system's words; what stood there before is untouched.
pub fn write(folder: &Path, path: &str, text: &str) -> Result<Written, String> {
    let target = path.split('/').fold(PathBuf::from(folder), |target, part| target.join(part));
    let failed = |error: io::Error| format!("cannot write {}: {error}", target.display());
    if fs::read(&target).is_ok_and(|known| known == text.as_bytes()) {
        return Ok(Written::Unchanged);
    }
    let parent = target.parent().unwrap_or(folder);
    stays(folder, parent).map_err(failed)?;
    fs::create_dir_all(parent).map_err(failed)?;
    // A file that is a link is written where it leads.
    let real = target.canonicalize().unwrap_or_else(|_| target.clone());
    stays(folder, &real).map_err(failed)?;
    let mut file = tempfile::Builder::new().prefix(".srmc-").tempfile_in(real.parent().unwrap_or(parent)).map_err(failed)?;
    file.write_all(text.as_bytes()).and_then(|()| file.as_file().sync_all()).map_err(failed)?;
    match fs::metadata(&real) {
        Ok(known) => file.as_file().set_permissions(known.permissions()).map_err(failed)?,
        Err(_) => readable_by_others(file.as_file()).map_err(failed)?,
    }
    file.persist(&real).map_err(|error| failed(error.error))?;
    Ok(Written::Written)
}

/// Whether a path, or as much of it as exists, lies below a folder once links are followed.
fn stays(folder: &Path, path: &Path) -> io::Result<()> {
    let Ok(root) = folder.canonicalize() else { return Ok(()) };
    let known = path.ancestors().find_map(|above| above.canonicalize().ok());
    if known.is_none_or(|known| known.starts_with(&root)) {
        return Ok(());
    }
    Err(io::Error::new(io::ErrorKind::PermissionDenied, "a link leads out of the folder"))
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
