//! From paths on the command line to checked models.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use super::{Common, Failure};
use crate::check::Options;
use crate::load::{Disk, Found};
use crate::run::Run;

impl Common {
    /// Reads, resolves and checks what the paths name.
    pub fn work(&self) -> Result<Run, Failure> {
        let here = std::env::current_dir().map_err(|error| format!("cannot tell the current folder: {error}"))?;
        let disk = Disk::new(&here);
        let roots = self.roots(&here, &disk)?;
        let options = Options::on(self.today.unwrap_or_else(|| jiff::Zoned::now().date()));
        Ok(Run::new(roots, &disk, options))
    }

    /// The files that the user asked for.
    fn roots(&self, here: &Path, disk: &Disk) -> Result<Vec<Found>, Failure> {
        let project;
        let paths: &[PathBuf] = if self.paths.is_empty() {
            project = [relative(here, &project_folder(here))];
            &project
        } else {
            &self.paths
        };
        let mut roots = Vec::new();
        for path in paths {
            if path.as_os_str() == "-" {
                roots.push(self.stdin(here)?);
            } else if here.join(path).is_dir() {
                let files = files_below(here, path)?;
                if files.is_empty() {
                    return Err(Failure(format!("there is no .srm file in {}", path.display())));
                }
                for file in files {
                    roots.push(read(disk, &file)?);
                }
            } else {
                roots.push(read(disk, path)?);
            }
        }
        Ok(roots)
    }

    fn stdin(&self, here: &Path) -> Result<Found, Failure> {
        let mut bytes = Vec::new();
        std::io::stdin().lock().read_to_end(&mut bytes).map_err(|error| format!("cannot read standard input: {error}"))?;
        let here = here.canonicalize().unwrap_or_else(|_| here.to_owned());
        Ok(Found { key: here.join(&self.stdin_filename), name: self.stdin_filename.clone(), bytes })
    }
}

fn read(disk: &Disk, path: &Path) -> Result<Found, Failure> {
    disk.read_root(path).map_err(|error| Failure(format!("cannot read {}: {error}", path.display())))
}

/// The nearest folder above with `srm.toml`; else the current one.
fn project_folder(here: &Path) -> PathBuf {
    here.ancestors().find(|folder| folder.join("srm.toml").is_file()).unwrap_or(here).to_owned()
}

fn relative(here: &Path, folder: &Path) -> PathBuf {
    if folder == here { PathBuf::from(".") } else { folder.to_owned() }
}

/// Every `.srm` file below a folder, `.gitignore` respected, in the order of their names.
fn files_below(here: &Path, folder: &Path) -> Result<Vec<PathBuf>, Failure> {
    let mut files = Vec::new();
    let walk = ignore::WalkBuilder::new(here.join(folder)).require_git(false).sort_by_file_name(Ord::cmp).build();
    for entry in walk {
        let entry = entry.map_err(|error| Failure(format!("cannot read the folder: {error}")))?;
        let is_file = entry.file_type().is_some_and(|kind| kind.is_file() || kind.is_symlink());
        if is_file && entry.path().extension().is_some_and(|extension| extension == "srm") {
            let below = entry.path().strip_prefix(here.join(folder)).unwrap_or(entry.path());
            files.push(folder.join(below));
        }
    }
    Ok(files)
}
