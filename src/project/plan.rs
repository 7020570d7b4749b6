//! From a manifest and checked models to files in memory.
//!
//! In: the manifest, a run over the project's sources, its pages and templates. Out: [`Planned`]
//! files, whole, or findings that point into the manifest, a page or a template. Always: each file
//! is planned once, and what speaks of a faulty model is left out and named.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::Folder;
use super::manifest::{Entry, Manifest, Markup, OutputKind, ViewName, Word, one_of};
use super::markers::{self, Kind};
use super::output_paths::OutputPaths;
use crate::compilation::Compilation;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::emit::{self, Dialect, Layout, Target};
use crate::matrix::Matrix;
use crate::source::{FileId, Sources, Span};
use crate::view::View;

/// A file as it should be.
#[derive(Debug)]
pub struct Planned {
    /// Its path from the project's folder, with `/` between folders.
    pub path: String,
    /// Its real path, whatever links lead there.
    pub target: PathBuf,
    /// Its whole content.
    pub text: String,
}

/// What a project should hold.
#[derive(Debug, Default)]
pub struct Plan {
    /// Its files, in the order of the manifest.
    pub files: Vec<Planned>,
    /// Files left out, because the models with these names have errors.
    pub left_out: BTreeSet<(String, String)>,
}

/// What a plan is made from.
pub(super) struct PlanInputs<'p> {
    /// The project's folder, for its pages and templates.
    pub(super) folder: &'p Folder,
    /// Where the models stand.
    sources: &'p Sources,
    /// The sound models.
    pub(super) matrices: &'p mut [Matrix],
    /// The names of the others.
    faulty: &'p [String],
    /// Some file could not be read through, and may declare further models.
    uncertain: bool,
    /// The one model that is wanted.
    only: Option<&'p str>,
}

/// Why nothing is planned.
#[derive(Debug)]
pub enum PlanError {
    /// What does not fit in the manifest, a page or a template.
    Faults(Vec<Diagnostic>),
    /// What cannot be written at all, in a line.
    Said(String),
}

/// Plans the outputs of a manifest from the models of a run, which gives them up; with a name, of
/// that model alone.
///
/// # Errors
/// Everything that does not fit; nothing is planned then.
pub fn plan(
    folder: &Folder,
    manifest: &Manifest,
    run: &mut Compilation,
    only: Option<&str>,
) -> Result<Plan, PlanError> {
    let faulty = run.faulty();
    let uncertain = run
        .findings
        .iter()
        .any(|it| it.subject.is_none() && it.severity == Severity::Error);
    let mut matrices = run.take_matrices(None).map_err(PlanError::Said)?;
    let means = PlanInputs {
        folder,
        sources: &run.sources,
        matrices: &mut matrices,
        faulty: &faulty,
        uncertain,
        only,
    };
    let mut maker = Planner {
        means,
        plan: Plan::default(),
        places: OutputPaths::new(&run.read),
        faults: Vec::new(),
    };
    let mut pages: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    for entry in &manifest.outputs {
        if entry.inject {
            for path in maker.injected_paths(entry) {
                pages.entry(path).or_default().push(entry);
            }
        } else {
            maker.whole(entry);
        }
    }
    for (path, entries) in pages {
        maker.page(&path, &entries);
    }
    if maker.faults.is_empty() {
        Ok(maker.plan)
    } else {
        Err(PlanError::Faults(maker.faults))
    }
}

pub(super) struct Planner<'p> {
    pub(super) means: PlanInputs<'p>,
    pub(super) plan: Plan,
    places: OutputPaths,
    pub(super) faults: Vec<Diagnostic>,
}

/// What a block or an entry shows of one model.
pub(super) struct RenderSpec {
    pub(super) what: OutputKind,
    pub(super) aligned: bool,
    /// The level of a block's headings; `None` for a whole page.
    pub(super) level: Option<usize>,
}

impl Planner<'_> {
    pub(super) fn fault(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.faults
            .push(Diagnostic::new(code, span, message, "").help(help));
    }

    /// The places of the models that an entry speaks of; what it names amiss is reported.
    pub(super) fn models(&mut self, model: Option<&Word>, path: &str) -> Vec<usize> {
        let names: Vec<String> = self
            .means
            .matrices
            .iter()
            .map(|it| it.model().decl.name.clone())
            .collect();
        let wanted = |name: &str| self.means.only.is_none_or(|only| only == name);
        let Some(word) = model else {
            self.plan.left_out.extend(
                self.means
                    .faulty
                    .iter()
                    .filter(|name| wanted(name))
                    .map(|name| (filled(path, name, "{party}"), name.clone())),
            );
            return (0..names.len()).filter(|&at| wanted(&names[at])).collect();
        };
        match names.iter().position(|name| *name == word.it) {
            Some(at) => Some(at).filter(|_| wanted(&word.it)).into_iter().collect(),
            None if self.means.faulty.contains(&word.it) => {
                self.plan
                    .left_out
                    .insert((filled(path, &word.it, "{party}"), word.it.clone()));
                Vec::new()
            }
            // It may stand in what could not be read, which is reported.
            None if self.means.uncertain => Vec::new(),
            None => {
                let all: Vec<&str> = names
                    .iter()
                    .chain(self.means.faulty)
                    .map(String::as_str)
                    .collect();
                let help = if all.is_empty() {
                    "the sources declare no model".to_owned()
                } else {
                    one_of(&word.it, &all, "the models are")
                };
                self.fault(
                    Code::OutputNothing,
                    word.span,
                    format!("there is no model `{}`", word.it),
                    help,
                );
                Vec::new()
            }
        }
    }

    /// Plans an entry that makes whole files.
    fn whole(&mut self, entry: &Entry) {
        let models = self.models(entry.model.as_ref(), &entry.path.it);
        if matches!(entry.what, OutputKind::Rego) {
            return self.bundle(entry, &models);
        }
        for at in models {
            for (what, party) in self.each_party(&entry.what, at) {
                let path = filled(
                    &entry.path.it,
                    &self.means.matrices[at].model().decl.name,
                    &party,
                );
                let shown = RenderSpec {
                    what,
                    aligned: entry.aligned,
                    level: None,
                };
                if let Some(text) = self.text(&shown, at, &path) {
                    self.add(path, text, entry.path.span, false);
                }
            }
        }
    }

    /// A checklist of no party in particular is one of each.
    fn each_party(&self, what: &OutputKind, at: usize) -> Vec<(OutputKind, String)> {
        match what {
            OutputKind::Page(markup, Some(ViewName::Checklist(None))) => {
                let parties = self.means.matrices[at].model().used_parties();
                let of = |name: &str| {
                    let word = Word {
                        it: name.to_owned(),
                        span: Span::new(FileId(0), 0..0),
                    };
                    (
                        OutputKind::Page(*markup, Some(ViewName::Checklist(Some(word)))),
                        name.to_owned(),
                    )
                };
                parties.map(|(_, party)| of(&party.decl.name)).collect()
            }
            OutputKind::Page(_, Some(ViewName::Checklist(Some(party)))) => {
                vec![(what.clone(), party.it.clone())]
            }
            _ => vec![(what.clone(), String::new())],
        }
    }

    /// Plans the bundle of all models of an entry: one that lacked a faulty model would enforce
    /// nothing for it.
    fn bundle(&mut self, entry: &Entry, models: &[usize]) {
        let faulty = if entry.model.is_none() {
            self.means.faulty
        } else {
            &[]
        };
        let narrowed = entry.model.is_none() && self.means.only.is_some();
        if models.is_empty() || !faulty.is_empty() || narrowed {
            return;
        }
        let mut outputs = Vec::new();
        for &at in models {
            outputs.extend(emit::emit(
                Target::Rego,
                &self.means.matrices[at],
                self.means.sources,
            ));
        }
        let (all, sources) = (&*self.means.matrices, self.means.sources);
        let shared = if entry.model.is_none() {
            all
        } else {
            &all[models[0]..=models[0]]
        };
        outputs.extend(emit::emit_shared(Target::Rego, shared, sources));
        for output in outputs {
            let below = output.path.strip_prefix("policy/").unwrap_or(&output.path);
            let name = entry.model.as_ref().map_or("", |model| model.it.as_str());
            self.add(
                format!("{}/{below}", filled(&entry.path.it, name, "{party}")),
                output.text,
                entry.path.span,
                false,
            );
        }
    }

    pub(super) fn add(&mut self, path: String, text: String, span: Span, is_page: bool) {
        match self.places.take(self.means.folder, &path, span, is_page) {
            Ok(target) => self.plan.files.push(Planned { path, target, text }),
            // An entry that makes many files is told once.
            Err(fault)
                if self
                    .faults
                    .iter()
                    .any(|it| (it.code, it.span()) == (fault.code, fault.span())) => {}
            Err(fault) => self.faults.push(*fault),
        }
    }

    /// The dialect of a page or template, by the name of the file that it goes into.
    fn dialect(path: &str, markup: Option<Markup>) -> Dialect {
        match (markup, markers::kind(path)) {
            (Some(Markup::AsciiDoc), _) | (None, Kind::AsciiDoc) => Dialect::AsciiDoc,
            (_, Kind::Mdx) => Dialect::Mdx,
            _ => Dialect::Markdown,
        }
    }

    /// What one model looks like.
    pub(super) fn text(&mut self, shown: &RenderSpec, at: usize, path: &str) -> Option<String> {
        match &shown.what {
            OutputKind::Json => Some(emit::json::emit(
                &self.means.matrices[at],
                self.means.sources,
            )),
            OutputKind::Html => Some(emit::html::emit(
                &self.means.matrices[at],
                self.means.sources,
            )),
            OutputKind::Rego => None,
            OutputKind::Page(markup, view) => {
                let view = self.view(view.as_ref(), at)?;
                let dialect = Self::dialect(path, Some(*markup));
                let layout = Layout {
                    dialect,
                    aligned: shown.aligned,
                    level: shown.level,
                };
                Some(emit::page(&self.means.matrices[at], view, layout))
            }
            OutputKind::Template(template) => {
                self.template(template, at, Self::dialect(path, None))
            }
        }
    }

    fn view(&mut self, view: Option<&ViewName>, at: usize) -> Option<View> {
        let model = self.means.matrices[at].model();
        Some(match view {
            None | Some(ViewName::Matrix) => View::Matrix,
            Some(ViewName::Raci) => View::Raci,
            Some(ViewName::Sources) => View::Sources,
            Some(ViewName::Checklist(party)) => {
                let wanted = party.as_ref()?;
                let parties: Vec<(_, String)> = model
                    .used_parties()
                    .map(|(id, it)| (id, it.decl.name.clone()))
                    .collect();
                if let Some((id, _)) = parties.iter().find(|(_, name)| *name == wanted.it) {
                    return Some(View::Checklist(*id));
                }
                let names: Vec<&str> = parties.iter().map(|(_, name)| name.as_str()).collect();
                let message = format!(
                    "the model `{}` names no party `{}`",
                    model.decl.name, wanted.it
                );
                let help = one_of(&wanted.it, &names, "its parties are");
                self.fault(Code::OutputNothing, wanted.span, message, help);
                return None;
            }
        })
    }

    fn template(&mut self, template: &Word, at: usize, dialect: Dialect) -> Option<String> {
        let (id, text) = match self.means.folder.read(&template.it) {
            Ok(Some(read)) => read,
            Ok(None) => {
                let message = format!("there is no template `{}`", template.it);
                self.fault(
                    Code::OutputNothing,
                    template.span,
                    message,
                    "its path is relative to the folder of the manifest",
                );
                return None;
            }
            Err(why) => {
                self.faults.push(Diagnostic::new(
                    Code::OutputNothing,
                    template.span,
                    format!("`{}` {why}", template.it),
                    "",
                ));
                return None;
            }
        };
        match emit::template::fill(
            &template.it,
            text,
            dialect,
            &self.means.matrices[at],
            self.means.sources,
        ) {
            Ok(text) => Some(text),
            Err(wrong) => {
                let fault =
                    Diagnostic::new(Code::BadTemplate, Span::new(id, wrong.at), wrong.what, "");
                let fault = fault.maybe_help(wrong.help);
                if !self.faults.contains(&fault) {
                    self.faults.push(fault);
                }
                None
            }
        }
    }
}

/// A path with its placeholders filled.
pub(super) fn filled(path: &str, model: &str, party: &str) -> String {
    path.replace("{model}", model).replace("{party}", party)
}
