//! One run over some files, from texts to findings and outputs. The command line, the tests and
//! editors start here.

use std::collections::{BTreeMap, HashMap};
use std::path::PathBuf;

use crate::check::{Checked, Options, check};
use crate::diagnostic::{Diagnostic, sort};
use crate::emit::{self, Makes, Output, Target};
use crate::load::{FileProvider, SourceInput, load};
use crate::matrix::Matrix;
use crate::model::Model;
use crate::resolve::resolve;
use crate::resolve::symbols::{SymbolRef, SymbolRefs};
use crate::source::{FileId, Sources};
use crate::threads;

/// The result of a run.
pub struct Compilation {
    /// The texts.
    pub sources: Sources,
    /// The checked models.
    pub models: Vec<Checked>,
    /// The models of used files; resolved, but not checked.
    pub used_models: Vec<Model>,
    /// Findings about texts, names and models, in file order.
    pub findings: Vec<Diagnostic>,
    /// Whether a root file declares a party, an axis, an option or a framework for others.
    pub declares: bool,
    /// The path of every file that was read.
    pub read: Vec<PathBuf>,
    /// What the names in the files mean, if requested.
    pub refs: Vec<SymbolRef>,
    /// For each file, itself and all files that it uses, directly or indirectly.
    reach: HashMap<FileId, Vec<FileId>>,
}

impl Compilation {
    /// Reads, resolves and checks the roots and what they use. The order of the roots changes
    /// nothing: they are taken by their paths.
    #[must_use]
    pub fn new(roots: Vec<SourceInput>, files: &dyn FileProvider, options: Options) -> Self {
        Self::with(roots, files, options, SymbolRefs::new(false))
    }

    /// The same, but also records what each name means.
    #[must_use]
    pub fn indexed(roots: Vec<SourceInput>, files: &dyn FileProvider, options: Options) -> Self {
        Self::with(roots, files, options, SymbolRefs::new(true))
    }

    fn with(
        roots: Vec<SourceInput>,
        files: &dyn FileProvider,
        options: Options,
        mut refs: SymbolRefs,
    ) -> Self {
        let sources = Sources::new();
        let (resolved, reach, read) = {
            let mut loaded = load(roots, files, options.parallel, &sources);
            let read = std::mem::take(&mut loaded.read);
            let reach = loaded.reach();
            (resolve(loaded, &sources, &mut refs), reach, read)
        };
        let mut findings = resolved.faults;
        let models = threads::each(resolved.models, options.parallel, |model| {
            check(model, options)
        });
        findings.extend(
            models
                .iter()
                .flat_map(|model| model.findings.iter().cloned()),
        );
        sort(&mut findings);
        Self {
            sources,
            models,
            used_models: resolved.used_models,
            declares: resolved.declares,
            findings,
            read,
            refs: refs.finish(),
            reach,
        }
    }

    /// Whether an error prevents output for a model: its own, or one in its file or a used file.
    #[must_use]
    pub fn is_faulty(&self, checked: &Checked) -> bool {
        let label = &checked.model.decl;
        let reach = self
            .reach
            .get(&label.span.file)
            .map_or(&[][..], Vec::as_slice);
        let concerns = |finding: &Diagnostic| match finding.model() {
            Some(model) => model == label.name && finding.span().file == label.span.file,
            None => reach.contains(&finding.span().file),
        };
        let mut errors = self.findings.iter().filter(|finding| finding.is_error());
        checked.has_errors() || checked.unchecked > 0 || errors.any(concerns)
    }

    /// The names of the models for which no output can be written.
    #[must_use]
    pub fn faulty(&self) -> Vec<String> {
        self.models
            .iter()
            .filter(|model| self.is_faulty(model))
            .map(|model| model.model.decl.name.clone())
            .collect()
    }

    /// Takes the matrices of all models without errors, or of the one with this name, out of the
    /// run.
    ///
    /// # Errors
    /// Two models with the same output path, or a duty with too many regions to write.
    pub fn take_matrices(&mut self, only: Option<&str>) -> Result<Vec<Matrix>, String> {
        let mut matrices = Vec::new();
        let mut places: BTreeMap<String, String> = BTreeMap::new();
        for checked in std::mem::take(&mut self.models) {
            let name = checked.model.decl.name.clone();
            if only.is_some_and(|wanted| wanted != name) || self.is_faulty(&checked) {
                continue;
            }
            let file = self.sources.name(checked.model.decl.span.file).to_owned();
            if let Some(other) = places.insert(name.clone(), file.clone()) {
                return Err(format!(
                    "{other} and {file} both have a model {name}; rename one"
                ));
            }
            match checked.matrix() {
                Ok(Some(matrix)) if has_many_members(matrix.model()) => {
                    return Err(format!(
                        "the groups of {name} have too many members to write: groups within groups name each member many times"
                    ));
                }
                Ok(matrix) => matrices.extend(matrix),
                Err(duty) => {
                    return Err(format!(
                        "the duty {duty} of {name} has too many different cases to write; split it into several duties"
                    ));
                }
            }
        }
        Ok(matrices)
    }

    /// Every output of these matrices for these targets.
    ///
    /// # Errors
    /// Two outputs with the same path, such as the policies of `a-b` and `a_b`.
    pub fn outputs(&self, matrices: &[Matrix], targets: &[&Target]) -> Result<Vec<Output>, String> {
        let mut outputs: Vec<Output> = Vec::new();
        for &target in targets {
            if let Makes::Folder(folder) = &target.makes
                && let Some(clash) = emit::clash(folder, &matrices.iter().collect::<Vec<_>>())
            {
                return Err(format!("{clash}; rename one"));
            }
            if let Some(why) = matrices.iter().find_map(|it| emit::too_large(target, it)) {
                return Err(why);
            }
            for matrix in matrices {
                outputs.extend(emit::emit(target, matrix, &self.sources));
            }
            outputs.extend(emit::emit_shared(target, matrices, &self.sources));
        }
        // Some file systems ignore the case of letters.
        let mut places = HashMap::new();
        for output in &outputs {
            if let Some(other) = places.insert(output.path.to_lowercase(), &output.path) {
                return Err(if *other == output.path {
                    format!("two models would be written to {other}; rename one")
                } else {
                    format!(
                        "two models would be written to {other} and {}, which some systems take for one file; rename one",
                        output.path
                    )
                });
            }
        }
        Ok(outputs)
    }
}

/// Whether listing the members of every group would take more room than a file may have.
fn has_many_members(model: &Model) -> bool {
    let mut left = MAX_MEMBERS;
    for (id, party) in model.used_parties() {
        if party.joins.is_empty() {
            continue;
        }
        match usize::checked_sub(left, model.members(id).len()) {
            Some(less) => left = less,
            None => return true,
        }
    }
    false
}

/// The most members that the groups of a model may have together.
const MAX_MEMBERS: usize = 200_000;
