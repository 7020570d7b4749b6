//! Writes outputs to disk, completely or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use crate::disk::read;

/// The result of writing an output.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is new or has changed.
    Written,
    /// The file already had exactly this content.
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
        Ok(known) if known == text.as_bytes() => return Ok(Written::Unchanged),
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => return Err(error.to_string()),
        _ => {}
    }
    let parent = target.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(parent).map_err(failed)?;
    let mut file = temporary().tempfile_in(parent).map_err(failed)?;
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
