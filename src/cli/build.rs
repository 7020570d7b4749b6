//! `srmc build`

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::report::{Format, exit_code, render};
use super::{Common, Failure, remark, say, stderr_is_terminal};
use crate::emit::{self, Target};
use crate::matrix::Matrix;
use crate::project::{Written, write};
use crate::run::Run;
use crate::view::View;

/// Arguments of `srmc build`.
#[derive(Args)]
pub struct Build {
    #[command(flatten)]
    common: Common,
    /// What to write
    #[arg(long, value_name = "TARGET,…", value_delimiter = ',', required = true)]
    emit: Vec<Target>,
    /// The folder to write to; without it, one document goes to standard output
    #[arg(long, value_name = "DIR")]
    out_dir: Option<PathBuf>,
    /// The one model to write
    #[arg(long, value_name = "NAME")]
    model: Option<String>,
    /// The Markdown view on standard output
    #[arg(long, value_name = "VIEW", default_value = "matrix", conflicts_with = "out_dir")]
    view: ViewName,
    /// The party of a checklist
    #[arg(long, value_name = "NAME", required_if_eq("view", "checklist"))]
    party: Option<String>,
    /// Markdown tables with columns of even width, on standard output
    #[arg(long, conflicts_with = "out_dir")]
    aligned: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum ViewName {
    /// Duties by area, one axis across
    Matrix,
    /// Parties across, letters in the cells
    Raci,
    /// One party's duties, to be ticked
    Checklist,
    /// Where each statement comes from
    Sources,
}

impl Build {
    /// Checks, then writes outputs of the models without errors.
    pub fn run(&self) -> Result<u8, Failure> {
        let mut run = self.common.work()?;
        if !run.findings.is_empty() {
            remark(&render(&run, Format::Human, self.common.color.wanted(stderr_is_terminal()))?);
        }
        let code = exit_code(&run, &self.common);
        self.model_exists(&run)?;
        for model in run.models.iter().filter(|model| run.is_faulty(model)) {
            remark(&format!("nothing is written for the model {}: it has errors\n", model.model.label.name));
        }
        let mut matrices = run.take_matrices(self.model.as_deref())?;
        let result = match &self.out_dir {
            Some(folder) => self.write_all(&mut matrices, &run, folder),
            None if matrices.is_empty() => Ok(()),
            None => self.print(&mut matrices, &run),
        };
        result.map(|()| code)
    }

    fn model_exists(&self, run: &Run) -> Result<(), Failure> {
        let Some(wanted) = &self.model else { return Ok(()) };
        let mut names = run.models.iter().map(|model| model.model.label.name.as_str());
        if names.clone().any(|name| name == wanted) {
            return Ok(());
        }
        let near = crate::resolve::suggest::closest(wanted, &mut names);
        let help = near.map_or(String::new(), |near| format!("; did you mean {near}?"));
        Err(Failure(format!("there is no model {wanted}{help}")))
    }

    fn write_all(&self, matrices: &mut [Matrix], run: &Run, folder: &std::path::Path) -> Result<(), Failure> {
        // Everything is complete in memory before the first file is touched.
        for output in &run.outputs(matrices, &self.emit)? {
            let word = match write(folder, output)? {
                Written::Written => "written",
                Written::Unchanged => "unchanged",
            };
            remark(&format!("{word:9}  {}\n", crate::load::shown(&folder.join(&output.path))));
        }
        Ok(())
    }

    /// One document, to standard output.
    fn print(&self, matrices: &mut [Matrix], run: &Run) -> Result<(), Failure> {
        let ([target], [matrix]) = (self.emit.as_slice(), matrices) else {
            return Err(Failure(
                "standard output takes one document; choose one with --emit and --model, or name a folder with --out-dir".into(),
            ));
        };
        let text = match target {
            Target::Rego => return Err(Failure("a Rego bundle is a folder; name one with --out-dir".into())),
            Target::Json => emit::json::emit(matrix, &run.sources),
            Target::Html => emit::html::emit(matrix, &run.sources),
            Target::Markdown => {
                let view = self.view(matrix)?;
                emit::markdown(matrix, view, self.aligned)
            }
        };
        say(&text)
    }

    fn view(&self, matrix: &Matrix) -> Result<View, Failure> {
        Ok(match self.view {
            ViewName::Matrix => View::Matrix,
            ViewName::Raci => View::Raci,
            ViewName::Sources => View::Sources,
            ViewName::Checklist => {
                let wanted = self.party.as_deref().unwrap_or_default();
                let mut parties = matrix.model.mentioned_parties();
                let found = parties.find(|(_, party)| party.label.name == wanted);
                let names = || matrix.model.mentioned_parties().map(|(_, party)| party.label.name.clone()).collect::<Vec<_>>().join(", ");
                View::Checklist(found.map(|(id, _)| id).ok_or_else(|| format!("there is no party {wanted}; the parties are {}", names()))?)
            }
        })
    }
}
