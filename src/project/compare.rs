//! Whether what stands on the disk is what would be written, and what differs.

use std::fs;
use std::io;

use similar::TextDiff;

use super::{Folder, Planned};
use crate::diagnostic::visible;

/// At most this many lines of one file's difference are shown.
const MAX_LINES: usize = 60;
/// A file of more bytes than this is not compared line by line, which takes long for two that share nothing.
const MAX_BYTES: usize = 4 << 20;

/// A file that is not as it should be.
#[derive(Debug)]
pub struct Stale {
    /// Its path as messages show it.
    pub path: String,
    /// There is no such file.
    pub missing: bool,
    /// What differs, as a unified diff from what stands there to what would be written.
    pub diff: String,
}

/// What is not as it should be.
///
/// # Errors
/// A file that cannot be read, and the system's words.
pub fn compare(folder: &Folder, files: &[Planned]) -> Result<Vec<Stale>, String> {
    let mut stale = Vec::new();
    for file in files {
        let path = folder.shown(&file.path);
        match fs::read(folder.full(&file.path)) {
            Ok(known) if known == file.text.as_bytes() => {}
            Ok(known) => stale.push(Stale { diff: diff(&path, &known, &file.text), missing: false, path }),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::NotADirectory) => {
                stale.push(Stale { diff: String::new(), missing: true, path });
            }
            Err(error) => return Err(format!("cannot read {path}: {error}")),
        }
    }
    Ok(stale)
}

/// The first lines of the difference, as they can be shown.
fn diff(path: &str, known: &[u8], wanted: &str) -> String {
    if known.len().max(wanted.len()) > MAX_BYTES {
        return format!("{path}: {} bytes stand there, {} would be written\n", known.len(), wanted.len());
    }
    let known = String::from_utf8_lossy(known);
    // A file written on another system may differ in the ends of its lines only, which no diff would show.
    let only_ends = known.contains('\r') && known.replace("\r\n", "\n") == wanted;
    if only_ends {
        return format!("{path}: its lines end in CRLF, and LF would be written\n");
    }
    let diff = TextDiff::from_lines(known.as_ref(), wanted);
    let unified = diff.unified_diff().context_radius(2).header(&format!("a/{path}"), &format!("b/{path}")).to_string();
    let lines: Vec<&str> = unified.lines().collect();
    let mut shown: Vec<String> = lines.iter().take(MAX_LINES).map(|line| visible(line).replace("\\t", "\t")).collect();
    if lines.len() > MAX_LINES {
        shown.push(format!("… {} more lines", lines.len() - MAX_LINES));
    }
    shown.join("\n") + "\n"
}
