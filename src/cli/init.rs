//! `srmc init`

use std::fs;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};

use super::build::written;
use super::{Failure, say};

/// Arguments of `srmc init`.
#[derive(Args)]
pub(super) struct Init {
    /// The folder of the project; it is created if it does not exist
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// The CI pipeline to create
    #[arg(long, value_name = "WHAT", default_value = "github")]
    ci: Pipeline,
    /// The repository from which the pipeline installs srmc
    #[arg(long, value_name = "URL", default_value = env!("CARGO_PKG_REPOSITORY"), value_parser = url, hide_default_value = true)]
    repository: String,
}

/// A file with the version of srmc put in.
fn with_version(text: &str) -> String {
    text.replace("{version}", env!("CARGO_PKG_VERSION"))
}

/// A URL that can stand between quotes; empty while the repository is unknown.
fn url(text: &str) -> Result<String, String> {
    let is_plain = |c: char| c.is_ascii_graphic() && !matches!(c, '"' | '\'' | '$' | '`' | '\\');
    let is_url = ["https://", "ssh://"]
        .iter()
        .any(|scheme| text.starts_with(scheme));
    if text.is_empty() || is_url && text.chars().all(is_plain) {
        Ok(text.to_owned())
    } else {
        Err("expected a URL such as https://example.com/srmc".into())
    }
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Pipeline {
    /// A workflow of GitHub Actions
    Github,
    /// A job for GitLab CI
    Gitlab,
    /// None
    None,
}

/// The files of a new project: path and content.
const FILES: [(&str, &str); 3] = [
    ("srm.toml", include_str!("init/srm.toml")),
    ("models/shop.srm", include_str!("init/shop.srm")),
    (
        "docs/responsibilities.md",
        include_str!("init/responsibilities.md"),
    ),
];
const GITHUB: &str = include_str!("init/github.yml");
const GITLAB: &str = include_str!("init/gitlab.yml");
const GITLAB_FILE: &str = "srmc.gitlab-ci.yml";

/// Where things are: the project, and the repository around it.
struct Places {
    /// The root of the repository, as messages show it; the project's folder if there is none.
    root: PathBuf,
    /// The project's folder, from the root, with `/` between folders; `.` if it is the root.
    below: String,
}

impl Init {
    /// Writes the files of a new project; none of them may already exist.
    pub(super) fn run(&self) -> Result<u8, Failure> {
        let places = self.places()?;
        let own = FILES.into_iter();
        let mut files: Vec<(PathBuf, String)> = own
            .map(|(path, text)| (self.full(path), with_version(text)))
            .collect();
        files.extend(self.pipeline(&places));
        // All or nothing: a half-made project would block the next attempt.
        if let Some((path, _)) = files.iter().find(|(path, _)| path.exists()) {
            return Err(Failure::from(format!(
                "{} already exists; nothing was written",
                crate::load::shown(path)
            )));
        }
        let mut folders = files.iter().flat_map(|(path, _)| path.ancestors().skip(1));
        if let Some(file) = folders.find(|folder| folder.is_file()) {
            return Err(Failure::from(format!(
                "{} is a file, but a folder of this name is needed; nothing was written",
                crate::load::shown(file)
            )));
        }
        fs::create_dir_all(&self.folder)
            .map_err(|error| format!("cannot create {}: {error}", self.folder.display()))?;
        for (path, text) in &files {
            written(path, &crate::load::shown(path), text)?;
        }
        let there = if self.folder.as_os_str() == "." {
            String::new()
        } else {
            format!(" in {}", self.folder.display())
        };
        say(&format!(
            "run `srmc build`{there}, then `srmc build --check` in your pipeline\n"
        ));
        if let (Some((path, _)), "") = (files.get(FILES.len()), self.repository.as_str()) {
            say(&format!(
                "set SRMC_REPOSITORY in {} to the URL of the repository that holds srmc; until then the pipeline fails\n",
                crate::load::shown(path)
            ));
        }
        Ok(0)
    }

    /// The pipeline's file, if one is wanted. GitHub runs workflows from the root of a repository only.
    fn pipeline(&self, places: &Places) -> Option<(PathBuf, String)> {
        let (path, text) = match self.ci {
            Pipeline::Github if places.below == "." => {
                (places.root.join(".github/workflows/srmc.yml"), GITHUB)
            }
            Pipeline::Github => {
                let name = places.below.replace('/', "__");
                let path = format!(".github/workflows/srmc-{name}.yml");
                (crate::load::below(&places.root, &path), GITHUB)
            }
            Pipeline::Gitlab => (self.full(GITLAB_FILE), GITLAB),
            Pipeline::None => return None,
        };
        let file = match places.below.as_str() {
            "." => GITLAB_FILE.to_owned(),
            below => format!("{below}/{GITLAB_FILE}"),
        };
        // What is written stands between double quotes of YAML and of a shell.
        let text = with_version(text)
            .replace("{repository}", &self.repository)
            .replace("{folder}", &places.below)
            .replace("{file}", &file);
        Some((path, text))
    }

    /// The root of the repository around the project.
    fn places(&self) -> Result<Places, Failure> {
        let here = super::input::here()?;
        let real = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
        let here = real(&here);
        let folder = here.join(&self.folder);
        // The folder itself need not exist yet.
        let known = folder.ancestors().find(|above| above.exists());
        let known = known.unwrap_or(&here);
        let rest = folder.strip_prefix(known).unwrap_or(Path::new(""));
        let folder = real(known).join(rest);
        let root = folder.ancestors().find(|above| above.join(".git").exists());
        let Some(root) = root.filter(|root| *root != folder) else {
            return Ok(Places {
                root: self.folder.clone(),
                below: ".".into(),
            });
        };
        let below = folder.strip_prefix(root).unwrap_or(Path::new("."));
        let below = crate::load::shown(below);
        if below.contains(|c: char| c.is_control() || "\"$`\\".contains(c)) {
            return Err(Failure::from(format!(
                "the name of the folder {below} cannot be written into a pipeline; choose another, or add `--ci none`"
            )));
        }
        Ok(Places {
            root: crate::load::relative(&here, root),
            below,
        })
    }

    fn full(&self, path: &str) -> PathBuf {
        crate::load::below(&self.folder, path)
    }
}
