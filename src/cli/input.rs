//! From paths on the command line to checked models.

use std::cell::Cell;
use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::{Common, Failure, say};
use crate::check::Options;
use crate::compilation::Compilation;
use crate::disk::Disk;
use crate::disk::write;
use crate::load::{SourceInput, relative};
use crate::project::{Folder, Manifest, folder_of};

/// A project that was found, and what its manifest says.
pub(super) struct Project {
    /// Its folder.
    pub folder: Folder,
    /// Its manifest.
    pub manifest: Manifest,
}

impl Common {
    /// Reads, resolves and checks what the paths name; without one, the project around the current
    /// folder.
    pub(super) fn work(&self) -> Result<Compilation, Failure> {
        let here = here()?;
        let disk = Disk::new(&here);
        let roots = self.named(&here, &disk)?;
        Ok(Compilation::new(roots, &disk, self.options()))
    }

    /// The files that the paths name; without one, the sources of the project around the current
    /// folder.
    pub(super) fn named(&self, here: &Path, disk: &Disk) -> Result<Vec<SourceInput>, Failure> {
        if let (true, Some(root)) = (self.paths.is_empty(), folder_of(here)) {
            return sources_of(&open(here, &root)?, disk, &self.unreadable);
        }
        self.roots(here, disk)
    }

    /// Reads, resolves and checks the sources of a project.
    pub(super) fn work_on(&self, project: &Project) -> Result<Compilation, Failure> {
        let disk = Disk::new(&here()?);
        let roots = sources_of(project, &disk, &self.unreadable)?;
        Ok(Compilation::new(roots, &disk, self.options()))
    }

    /// The project around the paths or, without one, around the current folder.
    pub(super) fn project(&self) -> Result<Option<Project>, Failure> {
        let here = here()?;
        let mut found: Option<PathBuf> = None;
        let current = [PathBuf::from(".")];
        for path in if self.paths.is_empty() {
            &current[..]
        } else {
            &self.paths[..]
        } {
            let full = here
                .join(path)
                .canonicalize()
                .map_err(|error| format!("cannot read {}: {error}", path.display()))?;
            let root = folder_of(&full);
            match (&found, root) {
                (_, None) => return Ok(None),
                (Some(known), Some(root)) if *known != root => {
                    return Err(Failure::from(format!(
                        "{} and {} are different projects; build them one at a time",
                        known.display(),
                        root.display()
                    )));
                }
                (_, root) => found = root,
            }
        }
        found.map(|root| open(&here, &root)).transpose()
    }

    /// Whether the user named a file, and not only folders or a project.
    pub(super) fn names_a_file(&self) -> bool {
        self.paths.iter().any(|path| !path.is_dir())
    }

    /// Whether the user asked for standard input.
    pub(super) fn reads_stdin(&self) -> bool {
        self.paths.iter().any(|path| path.as_os_str() == "-")
    }

    pub(super) fn options(&self) -> Options {
        Options::on(self.today.unwrap_or_else(|| jiff::Zoned::now().date())).in_parallel()
    }

    /// The files that the user asked for.
    fn roots(&self, here: &Path, disk: &Disk) -> Result<Vec<SourceInput>, Failure> {
        let mut roots = Vec::new();
        for path in files(here, &self.paths, &self.unreadable)? {
            if path.as_os_str() == "-" {
                let key = here
                    .canonicalize()
                    .unwrap_or_else(|_| here.to_owned())
                    .join(&self.stdin_filename);
                roots.push(SourceInput::whole(
                    key,
                    self.stdin_filename.clone(),
                    stdin()?,
                ));
            } else {
                roots.extend(read(disk, &path)?);
            }
        }
        Ok(roots)
    }
}

/// The sources of a project.
fn sources_of(
    project: &Project,
    disk: &Disk,
    unreadable: &Cell<bool>,
) -> Result<Vec<SourceInput>, Failure> {
    let mut roots = Vec::new();
    for source in project.sources(unreadable)? {
        roots.extend(read(disk, &source)?);
    }
    Ok(roots)
}

/// The files that paths name: those below each folder, and the others as they are; without a path,
/// those below the current folder.
///
/// What cannot be read is said and noted, and the rest goes on.
pub(super) fn files(
    here: &Path,
    paths: &[PathBuf],
    unreadable: &Cell<bool>,
) -> Result<Vec<PathBuf>, Failure> {
    let current = [PathBuf::from(".")];
    let mut files = Vec::new();
    for path in if paths.is_empty() {
        &current[..]
    } else {
        paths
    } {
        if path.as_os_str() == "-" || !here.join(path).is_dir() {
            files.push(path.clone());
            continue;
        }
        let below = files_below(here, path, unreadable);
        if below.is_empty() && !unreadable.get() {
            return Err(Failure::from(format!(
                "there is no .srm file in {}; run `srmc init` to start a project",
                path.display()
            )));
        }
        files.extend(below);
    }
    Ok(files)
}

/// The sources of the project around the current folder, if there is one.
pub(super) fn project_sources(
    here: &Path,
    unreadable: &Cell<bool>,
) -> Result<Option<Vec<PathBuf>>, Failure> {
    let Some(root) = folder_of(here) else {
        return Ok(None);
    };
    open(here, &root)?.sources(unreadable).map(Some)
}

/// Rewrites a user's source file: follows links, and refuses if the file is read-only.
pub(super) fn rewrite(path: &Path, name: &str, text: &str) -> Result<(), Failure> {
    let failed = |why: &str| Failure::from(format!("cannot write {name}: {why}"));
    let target = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    if std::fs::metadata(&target).is_ok_and(|about| about.permissions().readonly()) {
        return Err(failed("it is read-only"));
    }
    write(&target, text).map_err(|why| failed(&why))?;
    Ok(())
}

/// Reads standard input.
pub(super) fn stdin() -> Result<Vec<u8>, Failure> {
    let mut bytes = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut bytes)
        .map_err(|error| format!("cannot read standard input: {error}"))?;
    Ok(bytes)
}

impl Project {
    /// Its sources, as messages show them.
    fn sources(&self, unreadable: &Cell<bool>) -> Result<Vec<PathBuf>, Failure> {
        let sources = self
            .folder
            .sources(&self.manifest)
            .map_err(|faults| Failure::Faults(faults, self.folder.texts.clone()))?;
        for error in &sources.unreadable {
            told_unreadable(error, unreadable);
        }
        Ok(sources
            .paths
            .iter()
            .map(|source| PathBuf::from(self.folder.shown(source)))
            .collect())
    }
}

/// Opens the project in a folder; `here` is the current folder.
fn open(here: &Path, root: &Path) -> Result<Project, Failure> {
    let failed = |error| format!("cannot read {}: {error}", root.display());
    let shown = crate::load::shown(&relative(
        &here.canonicalize().map_err(failed)?,
        &root.canonicalize().map_err(failed)?,
    ));
    let folder = Folder::open(root, &shown).map_err(failed)?;
    match folder.manifest() {
        Ok(manifest) => Ok(Project { folder, manifest }),
        Err(faults) => Err(Failure::Faults(faults, folder.texts)),
    }
}

/// The current folder.
pub(super) fn here() -> Result<PathBuf, Failure> {
    std::env::current_dir()
        .map_err(|error| Failure::from(format!("cannot find the current folder: {error}")))
}

/// The absolute path of the repository root, which code hosts use for file names: the nearest
/// folder with `.git`, else the current one.
pub(super) fn repository() -> Result<String, Failure> {
    let here = here()?;
    let here = here.canonicalize().unwrap_or(here);
    Ok(crate::load::shown(
        here.ancestors()
            .find(|folder| folder.join(".git").exists())
            .unwrap_or(&here),
    ))
}

/// A file, or each of the `srm` blocks of a Markdown file.
fn read(disk: &Disk, path: &Path) -> Result<Vec<SourceInput>, Failure> {
    disk.read_roots(path)
        .map_err(|error| Failure::from(format!("cannot read {}: {error}", path.display())))
}

/// Says what could not be looked into. The run goes on, and does not succeed.
fn told_unreadable(error: &str, unreadable: &Cell<bool>) {
    say(&format!(
        "srmc: cannot read {error}; going on with the rest\n"
    ));
    unreadable.set(true);
}

/// Every `.srm` file below a folder, `.gitignore` respected, in the order of their names.
fn files_below(here: &Path, folder: &Path, unreadable: &Cell<bool>) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in crate::disk::walk(&here.join(folder)) {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                told_unreadable(&error.to_string(), unreadable);
                continue;
            }
        };
        let is_file = entry
            .file_type()
            .is_some_and(|kind| kind.is_file() || kind.is_symlink());
        if is_file
            && entry
                .path()
                .extension()
                .is_some_and(|extension| extension == "srm")
        {
            let below = entry
                .path()
                .strip_prefix(here.join(folder))
                .unwrap_or(entry.path());
            files.push(folder.join(below));
        }
    }
    files
}
