//! From a manifest and checked models to files in memory.
//!
//! In: the manifest, a run over the project's sources, its pages and templates. Out: [`Planned`]
//! files, whole, or findings that point into the manifest, a page or a template. Always: each file
//! is planned once, and files about a faulty model are left out and listed.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use super::manifest::{Entry, Manifest, NamedView, OutputKind, Word};
use super::output_paths::OutputPaths;
use super::rendered::{self, RenderSpec, Texts, each_party, filled, target_of};
use super::{Faults, Folder as ProjectFolder};
use crate::compilation::Compilation;
use crate::diagnostic::suggest::one_of;
use crate::diagnostic::{Code, Diagnostic, Severity};
use crate::emit::{self, Dialect, Folder, Output};
use crate::matrix::Matrix;
use crate::source::{Sources, Span};
use crate::view::NoChoice;

/// A planned file.
#[derive(Debug)]
pub struct Planned {
    /// Its path from the project's folder, with `/` between folders.
    pub path: String,
    /// Its canonical path.
    pub target: PathBuf,
    /// Its whole content.
    pub text: String,
}

/// The files that a project should contain.
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
    pub(super) folder: &'p ProjectFolder,
    /// The sources of the models.
    sources: &'p Sources,
    /// The models without errors.
    pub(super) matrices: &'p [Matrix],
    /// The names of the models with errors.
    faulty: &'p [String],
    /// A file could not be read completely and may declare more models.
    uncertain: bool,
    /// The only model to plan, if one was requested.
    only: Option<&'p str>,
}

/// Why nothing is planned.
#[derive(Debug)]
pub enum PlanError {
    /// Findings about the manifest, a page or a template.
    Faults(Vec<Diagnostic>),
    /// Why nothing can be written, as one line.
    Message(String),
}

/// Plans the outputs of a manifest from the models of a run, which are consumed; with a name, only
/// for that model.
///
/// # Errors
/// Everything that is wrong; nothing is planned in that case.
pub fn plan(
    folder: &ProjectFolder,
    manifest: &Manifest,
    run: &mut Compilation,
    only: Option<&str>,
) -> Result<Plan, PlanError> {
    let faulty = run.faulty();
    let uncertain = run
        .findings
        .iter()
        .any(|it| it.subject.is_none() && it.severity == Severity::Error);
    let mut matrices = run.take_matrices(None).map_err(PlanError::Message)?;
    let texts = rendered::render(manifest, &mut matrices, &run.sources, only);
    let means = PlanInputs {
        folder,
        sources: &run.sources,
        matrices: &matrices,
        faulty: &faulty,
        uncertain,
        only,
    };
    let mut maker = Planner {
        means,
        texts,
        plan: Plan::default(),
        places: OutputPaths::new(&run.read),
        faults: Faults::default(),
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
        Err(PlanError::Faults(maker.faults.into_list()))
    }
}

pub(super) struct Planner<'p> {
    pub(super) means: PlanInputs<'p>,
    /// For each model, the texts that are written already.
    texts: Vec<Texts>,
    pub(super) plan: Plan,
    places: OutputPaths,
    pub(super) faults: Faults,
}

impl Planner<'_> {
    /// The indices of an entry's models; unknown names are reported.
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
        match names.iter().position(|name| *name == word.text) {
            Some(at) => Some(at)
                .filter(|_| wanted(&word.text))
                .into_iter()
                .collect(),
            None if self.means.faulty.contains(&word.text) => {
                self.plan
                    .left_out
                    .insert((filled(path, &word.text, "{party}"), word.text.clone()));
                Vec::new()
            }
            // It may be in a file that could not be read, which is already reported.
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
                    one_of(&word.text, &all, "the models are")
                };
                self.faults.add(
                    Code::OutputNothing,
                    word.span,
                    format!("there is no model `{}`", word.text),
                    help,
                );
                Vec::new()
            }
        }
    }

    /// Plans an entry that makes whole files.
    fn whole(&mut self, entry: &Entry) {
        let models = self.models(entry.model.as_ref(), &entry.path.text);
        if let OutputKind::Folder(folder) = entry.what {
            return self.folder(folder, entry, &models);
        }
        for at in models {
            if self.is_too_large(&entry.what, at, entry.path.span) {
                continue;
            }
            for (what, party) in each_party(&entry.what, &self.means.matrices[at]) {
                let path = filled(
                    &entry.path.text,
                    &self.means.matrices[at].model().decl.name,
                    &party,
                );
                let shown = RenderSpec {
                    what,
                    aligned: entry.aligned,
                    level: None,
                };
                let known = self.texts[at].remove(&path);
                if let Some(text) = known.or_else(|| self.text(&shown, at, &path)) {
                    self.add(path, text, entry.path.span, false);
                }
            }
        }
    }

    /// Whether a model is too large for what an entry makes; if so, reports it.
    fn is_too_large(&mut self, what: &OutputKind, at: usize, span: Span) -> bool {
        let why =
            target_of(what).and_then(|target| emit::too_large(target, &self.means.matrices[at]));
        let help = "name another model here, or another format";
        let is_large = why.is_some();
        if let Some(why) = why {
            self.faults.add(Code::BadOutput, span, why, help);
        }
        is_large
    }

    /// Plans the folder of all models of an entry, such as a policy bundle: a bundle without a
    /// faulty model would enforce nothing for it, so the whole folder is left out.
    fn folder(&mut self, folder: Folder, entry: &Entry, models: &[usize]) {
        let faulty = if entry.model.is_none() {
            self.means.faulty
        } else {
            &[]
        };
        let narrowed = entry.model.is_none() && self.means.only.is_some();
        if models.is_empty() || !faulty.is_empty() || narrowed {
            return;
        }
        let (all, sources) = (self.means.matrices, self.means.sources);
        let chosen: Vec<&Matrix> = models.iter().map(|&at| &all[at]).collect();
        if let Some(clash) = emit::clash(&folder, &chosen) {
            let (span, help) = (entry.path.span, "rename one of the models");
            return self.faults.add(Code::OutputTwice, span, clash, help);
        }
        let mut outputs: Vec<Output> = models
            .iter()
            .flat_map(|&at| (folder.each)(&all[at], sources))
            .collect();
        let sharing = if entry.model.is_none() {
            all
        } else {
            &all[models[0]..=models[0]]
        };
        outputs.extend((folder.shared)(sharing, sources));
        let name = entry.model.as_ref().map_or("", |model| model.text.as_str());
        let below = filled(&entry.path.text, name, "{party}");
        for output in outputs {
            self.add(
                format!("{below}/{}", output.path),
                output.text,
                entry.path.span,
                false,
            );
        }
    }

    pub(super) fn add(&mut self, path: String, text: String, span: Span, is_page: bool) {
        match self.places.take(self.means.folder, &path, span, is_page) {
            Ok(target) => self.plan.files.push(Planned { path, target, text }),
            // An entry that makes many files is reported only once.
            Err(fault) if self.faults.any_at(fault.code, fault.span()) => {}
            Err(fault) => self.faults.push(*fault),
        }
    }

    /// The content of a file or block for one model.
    pub(super) fn text(&mut self, shown: &RenderSpec, at: usize, path: &str) -> Option<String> {
        match &shown.what {
            OutputKind::Page(_, named) if !self.is_choice(named.as_ref(), at) => None,
            OutputKind::Document(..) | OutputKind::Page(..) | OutputKind::Folder(_) => {
                rendered::text(shown, &self.means.matrices[at], self.means.sources, path)
            }
            OutputKind::Template(template) => {
                self.template(template, at, Dialect::of_file(path).unwrap_or_default())
            }
        }
    }

    /// Whether a model has what an entry or a marker names; a party that it does not name is
    /// reported.
    fn is_choice(&mut self, named: Option<&NamedView>, at: usize) -> bool {
        let model = self.means.matrices[at].model();
        let choice = rendered::choice(named, model);
        let party = named.and_then(|it| it.party.as_ref());
        if let (Err(NoChoice::NoSuchParty), Some(party)) = (&choice, party) {
            let names: Vec<&str> = model
                .used_parties()
                .map(|(_, it)| it.decl.name.as_str())
                .collect();
            self.faults.add(
                Code::OutputNothing,
                party.span,
                format!(
                    "the model `{}` has no party `{}`",
                    model.decl.name, party.text
                ),
                one_of(&party.text, &names, "its parties are"),
            );
        }
        choice.is_ok()
    }

    fn template(&mut self, template: &Word, at: usize, dialect: Dialect) -> Option<String> {
        let (id, text) = match self.means.folder.read(&template.text) {
            Ok(Some(read)) => read,
            Ok(None) => {
                let message = format!("there is no template `{}`", template.text);
                self.faults.add(
                    Code::OutputNothing,
                    template.span,
                    message,
                    "write its path relative to the folder of srm.toml",
                );
                return None;
            }
            Err(why) => {
                self.faults.push(Diagnostic::new(
                    Code::OutputNothing,
                    template.span,
                    format!("`{}` {why}", template.text),
                    "",
                ));
                return None;
            }
        };
        match emit::template::fill(
            &template.text,
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
                self.faults.push_once(fault);
                None
            }
        }
    }
}
