//! Path functions that do not access the disk.

use std::path::{Component, Path, PathBuf};

/// Whether a path names a Markdown page, which may contain `srm` blocks.
#[must_use]
pub fn is_page(path: &Path) -> bool {
    let is = |extension: &std::ffi::OsStr| {
        ["md", "markdown", "mdx"]
            .iter()
            .any(|page| extension.eq_ignore_ascii_case(page))
    };
    path.extension().is_some_and(is)
}

/// The relative path from a folder to a path, both absolute and without links; the path itself if
/// they share no folder.
#[must_use]
pub fn relative(from: &Path, to: &Path) -> PathBuf {
    let shared = from
        .components()
        .zip(to.components())
        .take_while(|(a, b)| a == b)
        .count();
    if !from
        .components()
        .take(shared)
        .any(|part| matches!(part, Component::Normal(_)))
    {
        return to.to_owned();
    }
    let up = from.components().skip(shared).map(|_| Component::ParentDir);
    up.chain(to.components().skip(shared)).collect()
}

/// Joins a path with `/` separators to a folder, on every system.
#[must_use]
pub fn below(folder: &Path, path: &str) -> PathBuf {
    path.split('/')
        .fold(folder.to_owned(), |full, part| full.join(part))
}

/// A path with `/` between folders and without `./`.
#[must_use]
pub fn shown(path: &Path) -> String {
    let mut parts: Vec<String> = Vec::new();
    for part in path.components() {
        match part {
            Component::CurDir | Component::RootDir => {}
            other => parts.push(other.as_os_str().to_string_lossy().into_owned()),
        }
    }
    let root = if path.has_root() { "/" } else { "" };
    format!("{root}{}", parts.join("/"))
}

/// Whether a path, relative to a folder, leaves the project, judged without the disk.
#[must_use]
pub fn leaves(folder: &Path, named: &Path, project: &Path) -> bool {
    let mut depth = folder
        .strip_prefix(project)
        .map_or(0, |below| below.components().count());
    for part in named.components() {
        match part {
            Component::ParentDir if depth == 0 => return true,
            Component::ParentDir => depth -= 1,
            Component::Normal(_) => depth += 1,
            _ => {}
        }
    }
    false
}

/// Whether a path names a source.
#[must_use]
pub fn is_source(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension == "srm")
}
