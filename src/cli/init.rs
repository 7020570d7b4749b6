//! `srmc init`

use std::fs;
use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::build::written;
use super::{Failure, print_stderr};

/// Arguments of `srmc init`.
#[derive(Args)]
pub(super) struct Init {
    /// The folder of the project; it is created if it does not exist
    #[arg(value_name = "DIR", default_value = ".")]
    folder: PathBuf,
    /// The CI pipeline to create
    #[arg(long, value_name = "WHAT", default_value = "github")]
    ci: Pipeline,
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
const GITHUB: (&str, &str) = (
    ".github/workflows/srmc.yml",
    include_str!("init/github.yml"),
);
const GITLAB: (&str, &str) = ("srmc.gitlab-ci.yml", include_str!("init/gitlab.yml"));

impl Init {
    /// Writes the files of a new project; none of them may already exist.
    pub(super) fn run(&self) -> Result<u8, Failure> {
        let pipeline = match self.ci {
            Pipeline::Github => Some(GITHUB),
            Pipeline::Gitlab => Some(GITLAB),
            Pipeline::None => None,
        };
        let files: Vec<(&str, &str)> = FILES.into_iter().chain(pipeline).collect();
        // All or nothing: a half-made project would block the next attempt.
        if let Some((path, _)) = files.iter().find(|(path, _)| self.full(path).exists()) {
            return Err(Failure::from(format!(
                "{} already exists; nothing was written",
                crate::load::shown(&self.full(path))
            )));
        }
        fs::create_dir_all(&self.folder)
            .map_err(|error| format!("cannot create {}: {error}", self.folder.display()))?;
        for (path, text) in files {
            let text = text.replace("{version}", env!("CARGO_PKG_VERSION"));
            written(
                &self.full(path),
                &crate::load::shown(&self.full(path)),
                &text,
            )?;
        }
        let there = if self.folder.as_os_str() == "." {
            String::new()
        } else {
            format!(" in {}", self.folder.display())
        };
        print_stderr(&format!(
            "run `srmc build`{there}, then `srmc build --check` in your pipeline\n"
        ));
        Ok(0)
    }

    fn full(&self, path: &str) -> PathBuf {
        crate::load::below(&self.folder, path)
    }
}
