//! Compares the files on disk with what would be written.

use std::io;

use similar::TextDiff;

use super::{Folder, Planned};
use crate::diagnostic::visible;
use crate::disk::is_same;

/// Maximum number of diff lines shown per file.
const MAX_LINES: usize = 60;
/// Maximum number of characters shown per line.
const MAX_COLUMNS: usize = 300;
/// Maximum size in bytes for a line diff, which is slow for two files that have nothing in common.
const MAX_BYTES: usize = 4 << 20;

/// A file that differs from the plan.
#[derive(Debug)]
pub struct Stale {
    /// Its path as messages show it.
    pub path: String,
    /// There is no such file.
    pub missing: bool,
    /// Unified diff from the current content to what would be written.
    pub diff: String,
}

/// The files that differ from the plan.
///
/// # Errors
/// A file that cannot be read, with the system's error message.
pub fn compare(folder: &Folder, files: &[Planned]) -> Result<Vec<Stale>, String> {
    let mut stale = Vec::new();
    for file in files {
        let path = folder.shown(&file.path);
        match crate::disk::read(&file.target) {
            Ok(known) if is_same(&known, &file.text) => {}
            Ok(known) => stale.push(Stale {
                diff: diff(&path, &known, &file.text),
                missing: false,
                path,
            }),
            Err(error)
                if matches!(
                    error.kind(),
                    io::ErrorKind::NotFound | io::ErrorKind::NotADirectory
                ) =>
            {
                stale.push(Stale {
                    diff: String::new(),
                    missing: true,
                    path,
                });
            }
            Err(error) => return Err(format!("cannot read {path}: {error}")),
        }
    }
    Ok(stale)
}

/// The first lines of the difference between a file and what would be written, as they can be
/// shown.
#[must_use]
pub fn diff(path: &str, known: &[u8], wanted: &str) -> String {
    let Ok(known) = std::str::from_utf8(known) else {
        return format!("{path}: the file is not valid UTF-8\n");
    };
    if known.len().max(wanted.len()) > MAX_BYTES {
        return format!(
            "{path}: {} bytes in the file, {} would be written\n",
            known.len(),
            wanted.len()
        );
    }
    // A file written on another system may differ only in line endings, which a diff does not show.
    let folded = known.replace("\r\n", "\n");
    if folded == wanted {
        return format!("{path}: the file has CRLF line endings, but LF would be written\n");
    }
    let known = if wanted.contains('\r') {
        known
    } else {
        &folded
    };
    let diff = TextDiff::from_lines(known, wanted);
    let unified = diff
        .unified_diff()
        .context_radius(2)
        .header(&format!("a/{path}"), &format!("b/{path}"))
        .to_string();
    let lines: Vec<&str> = unified.lines().collect();
    let mut shown: Vec<String> = lines
        .iter()
        .take(MAX_LINES)
        .map(|line| shortened(line))
        .collect();
    if lines.len() > MAX_LINES {
        shown.push(format!("… {} more lines", lines.len() - MAX_LINES));
    }
    shown.join("\n") + "\n"
}

/// A line made safe to display, truncated if it is long.
fn shortened(line: &str) -> String {
    let mut shown: String = line.chars().take(MAX_COLUMNS).collect();
    if shown.len() < line.len() {
        shown.push('…');
    }
    visible(&shown).replace("\\t", "\t")
}
