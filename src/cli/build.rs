//! `srmc build`

use std::path::{Path, PathBuf};

use clap::Args;
use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};

use super::input::Project;
use super::report::{Format, exit_code, must_have_checked, render};
use super::{
    Common, FINDINGS, Failure, STALE, print_stderr, print_stdout, say, stderr_is_terminal,
};
use crate::compilation::Compilation;
use crate::diagnostic::suggest::one_of;
use crate::diagnostic::{visible, visible_lines};
use crate::disk::{Written, write};
use crate::emit::{self, Dialect, Layout, Makes, TARGETS, Target};
use crate::matrix::Matrix;
use crate::project::{Plan, PlanError, Planned, compare, plan};
use crate::view::{Choice, NoChoice, VIEWS, View};

/// Arguments of `srmc build`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  srmc build                                          the outputs in srm.toml
  srmc build --check                                  check that they are up to date, for CI
  srmc build cloud.srm --emit markdown                one page, to standard output
  srmc build models --emit json,rego --out-dir out    without a manifest")]
pub(super) struct Build {
    #[command(flatten)]
    pub(super) common: Common,
    /// Write nothing; if outputs are stale, list them with their differences and exit with 3
    #[arg(long, conflicts_with_all = ["emit", "out_dir"])]
    check: bool,
    /// Exit with 3 if any file was changed; for commit hooks
    #[arg(long, conflicts_with_all = ["emit", "check"])]
    fail_on_change: bool,
    /// The formats to write; ignores the outputs in srm.toml
    #[arg(long, value_name = "TARGET,…", value_delimiter = ',', value_parser = targets())]
    emit: Vec<&'static Target>,
    /// The folder to write to [default: standard output, for one document]
    #[arg(long, value_name = "DIR", requires = "emit")]
    out_dir: Option<PathBuf>,
    /// Write only this model
    #[arg(long, value_name = "NAME")]
    model: Option<String>,
    /// The view to write to standard output
    #[arg(
        long,
        value_name = "VIEW",
        default_value = VIEWS[0].name,
        value_parser = views(),
        conflicts_with = "out_dir",
        requires = "emit"
    )]
    view: &'static View,
    /// The party that the checklist is for
    #[arg(long, value_name = "NAME")]
    party: Option<String>,
    /// Align the columns of Markdown tables on standard output
    #[arg(long, conflicts_with = "out_dir", requires = "emit")]
    aligned: bool,
}

/// The targets that need no template, as values of a flag.
fn targets() -> impl TypedValueParser<Value = &'static Target> {
    let alone = TARGETS.into_iter().filter(|target| target.stands_alone());
    let values = alone.map(|target| PossibleValue::new(target.name).help(target.about));
    PossibleValuesParser::new(values)
        .try_map(|name| Target::named(&name).ok_or("there is no such target"))
}

/// The views, as values of a flag.
fn views() -> impl TypedValueParser<Value = &'static View> {
    let values = VIEWS
        .into_iter()
        .map(|view| PossibleValue::new(view.name).help(view.about));
    PossibleValuesParser::new(values)
        .try_map(|name| View::named(&name).ok_or("there is no such view"))
}

impl Build {
    /// Checks, then writes outputs of the models without errors.
    pub(super) fn run(&self) -> Result<u8, Failure> {
        if !self.emit.is_empty() {
            return self.targets();
        }
        if self.party.is_some() || self.common.reads_stdin() {
            return Err(Failure::from("standard input and `--party` need `--emit`"));
        }
        let Some(project) = self.common.project()? else {
            return Err(Failure::from(
                "there is no srm.toml in this folder or above it; create one with `srmc init`, or choose a format with `--emit`",
            ));
        };
        let run = self.common.work_on(&project)?;
        let mode = match (self.check, self.fail_on_change) {
            (true, _) => Mode::Compare,
            (false, true) => Mode::WriteAndTell,
            (false, false) => Mode::Write,
        };
        let built = build_project(&self.common, &project, run, self.model.as_deref(), mode)?;
        Ok(built.code)
    }

    /// Writes what the flags ask for.
    fn targets(&self) -> Result<u8, Failure> {
        let mut run = self.common.work()?;
        report(&run, &self.common)?;
        let code = exit_code(&run, &self.common);
        must_have_checked(&run, code)?;
        model_exists(self.model.as_deref(), &run)?;
        for name in run.faulty() {
            say(&format!(
                "nothing is written for the model {name}: it has errors\n"
            ));
        }
        let matrices = run.take_matrices(self.model.as_deref())?;
        let result = match &self.out_dir {
            Some(folder) => self.write_all(&matrices, &run, folder),
            None if matrices.is_empty() => Ok(()),
            None => self.print(&matrices, &run),
        };
        result.map(|()| code)
    }

    fn write_all(
        &self,
        matrices: &[Matrix],
        run: &Compilation,
        folder: &Path,
    ) -> Result<(), Failure> {
        // Everything is complete in memory before the first file is touched.
        for output in &run.outputs(matrices, &self.emit)? {
            let target = crate::load::below(folder, &output.path);
            written(&target, &crate::load::shown(&target), &output.text)?;
        }
        Ok(())
    }

    /// One document, to standard output.
    fn print(&self, matrices: &[Matrix], run: &Compilation) -> Result<(), Failure> {
        let ([target], [matrix]) = (self.emit.as_slice(), matrices) else {
            return Err(Failure::from(
                "cannot write several documents to standard output; choose one with --emit and --model, or a folder with --out-dir",
            ));
        };
        if let Some(why) = emit::too_large(target, matrix) {
            return Err(Failure::from(why));
        }
        let text = match target.makes {
            Makes::Document(document) => document(matrix, &run.sources),
            Makes::Pages(dialects) => {
                let layout = Layout {
                    dialect: Dialect::usual(dialects),
                    aligned: self.aligned,
                    ..Layout::default()
                };
                emit::page(matrix, self.choice(matrix)?, layout)
            }
            Makes::Folder(_) | Makes::Template => {
                return Err(Failure::from(format!(
                    "{} writes several files; choose a folder with --out-dir",
                    target.name
                )));
            }
        };
        print_stdout(&text)
    }

    /// The view that the flags name.
    fn choice(&self, matrix: &Matrix) -> Result<Choice, Failure> {
        let wanted = self.party.as_deref();
        self.view.choose(matrix.model(), wanted).map_err(|why| {
            Failure::from(match (why, wanted) {
                (NoChoice::NoSuchParty, Some(wanted)) => {
                    let parties = matrix.model().used_parties();
                    let names: Vec<&str> =
                        parties.map(|(_, party)| party.decl.name.as_str()).collect();
                    let help = one_of(wanted, &names, "the parties are");
                    format!("there is no party `{wanted}`; {help}")
                }
                (NoChoice::TakesNoParty, _) => {
                    format!(
                        "the view {} does not take a party: remove --party",
                        self.view.name
                    )
                }
                _ => format!("the view {} needs a party: add --party", self.view.name),
            })
        })
    }
}

/// What to do with the outputs of a project.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Write them.
    Write,
    /// Write them, and fail if any file changed.
    WriteAndTell,
    /// Compare them with the existing files.
    Compare,
    /// Write them, and say what changed.
    Watch,
}

/// Writes the outputs of a project's manifest, or compares them with the existing files.
pub(super) fn build_project(
    common: &Common,
    project: &Project,
    mut run: Compilation,
    only: Option<&str>,
    mode: Mode,
) -> Result<Built, Failure> {
    report(&run, common)?;
    let code = exit_code(&run, common);
    must_have_checked(&run, code)?;
    model_exists(only, &run)?;
    if project.manifest.outputs.is_empty() {
        return Err(Failure::from(format!(
            "{} has no outputs: add an `[[output]]`",
            project.folder.shown("srm.toml")
        )));
    }
    let plan = match plan(&project.folder, &project.manifest, &mut run, only) {
        Ok(plan) => plan,
        Err(refused) => {
            let failure = match refused {
                PlanError::Faults(faults) => Failure::Faults(faults, project.folder.texts.clone()),
                PlanError::Message(text) => Failure::from(text),
            };
            // Findings come first, because faults in the models may be why planning failed.
            if code != FINDINGS {
                return Err(failure);
            }
            failure.report(common.color);
            return Ok(Built {
                code,
                files: Vec::new(),
            });
        }
    };
    for (path, model) in &plan.left_out {
        say(&format!(
            "skipped    {}: the model {model} has errors\n",
            visible(&project.folder.shown(path))
        ));
    }
    let stale = match mode {
        Mode::Compare => print_stale(project, &plan)?,
        Mode::Write | Mode::WriteAndTell | Mode::Watch => {
            write_plan(project, &plan, mode)? && mode == Mode::WriteAndTell
        }
    };
    Ok(Built {
        code: if code == FINDINGS || !stale {
            code
        } else {
            STALE
        },
        files: plan.files,
    })
}

/// What a build has done.
pub(super) struct Built {
    /// The exit code.
    pub code: u8,
    /// The files that are now as planned.
    pub files: Vec<Planned>,
}

/// Writes the planned files; returns whether any file changed.
fn write_plan(project: &Project, plan: &Plan, mode: Mode) -> Result<bool, Failure> {
    let mut changed = false;
    for file in &plan.files {
        let shown = project.folder.shown(&file.path);
        changed |= if mode == Mode::Watch {
            written_if_new(&file.target, &shown, &file.text)?
        } else {
            written(&file.target, &shown, &file.text)?
        };
    }
    if mode == Mode::Watch && !changed && !plan.files.is_empty() {
        say("nothing changed\n");
    }
    Ok(changed)
}

/// Lists stale files with their differences; returns whether there are any.
fn print_stale(project: &Project, plan: &Plan) -> Result<bool, Failure> {
    let stale = compare(&project.folder, &plan.files)?;
    let mut text = String::new();
    for file in &stale {
        text.push_str(&format!(
            "{}  {}\n",
            if file.missing { "missing" } else { "stale  " },
            visible(&file.path)
        ));
    }
    for file in stale.iter().filter(|file| !file.missing).take(MAX_DIFFS) {
        text.push_str(&format!("\n{}", file.diff));
    }
    let more = stale
        .iter()
        .filter(|file| !file.missing)
        .count()
        .saturating_sub(MAX_DIFFS);
    if more > 0 {
        text.push_str(&format!("\nand {more} more files that differ\n"));
    }
    let count = |n: usize| {
        if n == 1 {
            "1 output".to_owned()
        } else {
            format!("{n} outputs")
        }
    };
    match stale.len() {
        0 if plan.files.is_empty() => {}
        0 => text.push_str(&format!("up to date: {}\n", count(plan.files.len()))),
        n => text.push_str(&format!(
            "\n{n} of {} out of date: run `srmc build`\n",
            count(plan.files.len())
        )),
    }
    print_stdout(&visible_lines(&text))?;
    Ok(!stale.is_empty())
}

/// Maximum number of files shown with a diff.
const MAX_DIFFS: usize = 10;

/// Writes a file and prints the result; returns whether it changed.
pub(super) fn written(target: &Path, shown: &str, text: &str) -> Result<bool, Failure> {
    let changed = written_if_new(target, shown, text)?;
    if !changed {
        say(&format!("unchanged  {}\n", visible(shown)));
    }
    Ok(changed)
}

/// The same, but says nothing of a file that stays as it is.
fn written_if_new(target: &Path, shown: &str, text: &str) -> Result<bool, Failure> {
    let shown = visible(shown);
    let written = write(target, text).map_err(|why| format!("cannot write {shown}: {why}"))?;
    let changed = written == Written::Written;
    if changed {
        say(&format!("written    {shown}\n"));
    }
    Ok(changed)
}

/// Prints the findings, if any.
fn report(run: &Compilation, common: &Common) -> Result<(), Failure> {
    if !run.findings.is_empty() {
        print_stderr(&render(run, Format::Human, common, stderr_is_terminal())?);
    }
    Ok(())
}

fn model_exists(wanted: Option<&str>, run: &Compilation) -> Result<(), Failure> {
    let Some(wanted) = wanted else { return Ok(()) };
    let mut names = run
        .models
        .iter()
        .map(|model| model.model.decl.name.as_str());
    if names.clone().any(|name| name == wanted) {
        return Ok(());
    }
    let near = crate::diagnostic::suggest::closest(wanted, &mut names);
    let help = near.map_or(String::new(), |near| format!("; did you mean {near}?"));
    Err(Failure::from(format!("there is no model {wanted}{help}")))
}
