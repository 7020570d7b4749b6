//! Name resolution: which party, axis or duty a statement means.
//!
//! In: parsed files. Out: a [`Model`] for each `model`, and findings for names that are unknown,
//! ambiguous, or of the wrong kind. Always: a fault is reported once, where it was written; a
//! statement with a fault is left out of the model, and the duties it may have been about are
//! marked uncertain, so that the check raises no false alarm.
//!
//! Three phases for each model: `declare` collects all declarations, `index` makes paths
//! searchable, `statements` reads every statement.

mod cells;
mod claims;
mod conditions;
mod constraints;
mod controls;
mod declare;
mod fields;
mod footnotes;
mod groups;
mod index;
mod letters;
mod names;
mod parties;
mod reader;
mod scope;
mod statements;
pub mod symbols;
mod tables;
mod targets;
mod wording;

pub use constraints::ALLOWABLE;
pub use fields::{KINDS, STATES};

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic, Subject};
use crate::load::{Loaded, LoadedFile};
use crate::model::Model;
use crate::source::{FileId, Sources, Span};
use crate::syntax::ast::{self, Item};
use names::Scope;
use scope::FileNames;
use statements::ReadModel;
use symbols::{SymbolKind, SymbolRefs};

/// What the files of a run mean.
#[derive(Debug, Default)]
pub struct Resolved {
    /// The models of the root files, in order.
    pub models: Vec<Model>,
    /// The models of used files; their faults are reported only when those files are checked
    /// themselves.
    pub used_models: Vec<Model>,
    /// Whether a root file declares a party, an axis, an option or a framework at its top.
    pub declares: bool,
    /// All faults of the files so far.
    pub faults: Vec<Diagnostic>,
}

/// Resolves all files; records what names mean in `refs`, if requested.
#[must_use]
pub fn resolve<'s>(
    mut loaded: Loaded<'s>,
    sources: &'s Sources,
    refs: &mut SymbolRefs,
) -> Resolved {
    let mut resolved = Resolved {
        faults: std::mem::take(&mut loaded.faults),
        ..Resolved::default()
    };
    let mut faulty = files_with_errors(&resolved.faults);
    let of_texts = resolved.faults.len();
    let blocks = blocks(&loaded);
    let mut claims = claims_of_models(&mut loaded).into_iter();
    let loaded = &loaded;
    resolved.declares = loaded.files.iter().filter(|file| file.root).any(declares);
    let files: Vec<FileNames<'_, '_>> = (0..loaded.files.len())
        .map(|at| FileNames::new(loaded, at, &mut resolved.faults))
        .collect();
    let mut used = HashSet::new();
    for (at, file) in loaded.files.iter().enumerate() {
        for model in models_of(file) {
            let scope = Scope {
                loaded,
                sources,
                files: &files,
                file: at,
                ast: model,
            };
            let wanted = SymbolRefs::new(refs.wanted() && file.root);
            let declared = declare::declare(scope, wanted);
            let read = statements::read(scope, declared, claims.next().unwrap_or_default());
            if file.root {
                take(&mut resolved, refs, &mut used, read);
            } else {
                resolved.used_models.push(read.model);
            }
        }
    }
    if refs.wanted() {
        for (file, names) in loaded.files.iter().zip(&files) {
            of_file(loaded, file, names, refs);
        }
    }
    used.extend(files.iter().flat_map(|names| names.joined.iter().copied()));
    faulty.extend(files_with_errors(&resolved.faults[of_texts..]));
    for file in &loaded.files {
        let has_model = models_of(file).next().is_some();
        // A faulty statement may contain the only use of a name.
        if file.root && has_model && !faulty.contains(&file.id) {
            unused(&file.file.items, &used, &mut resolved.faults);
        }
    }
    place(&mut resolved.faults, &blocks);
    resolved
}

/// The models of the files, each with the place of its block.
fn blocks(loaded: &Loaded<'_>) -> Vec<(Span, String)> {
    let models = loaded.files.iter().flat_map(models_of);
    let block = |model: &ast::Model<'_>| (model.block, model.name.node.to_owned());
    let mut blocks: Vec<_> = models.map(block).collect();
    blocks.sort_unstable();
    blocks
}

/// Names the model of each fault that lies in the block of one. Where braces do not match, nobody
/// knows where the blocks end.
fn place(faults: &mut Vec<Diagnostic>, blocks: &[(Span, String)]) {
    let placed = std::mem::take(faults).into_iter().map(|fault| {
        let at = fault.span();
        let is_before =
            |(block, _): &(Span, String)| (block.file, block.start) <= (at.file, at.start);
        let before = blocks.partition_point(is_before);
        let around = blocks[..before].last().filter(|(block, _)| {
            block.file == at.file && at.start < block.end && fault.code != Code::Brace
        });
        match around {
            Some((_, model)) => fault.about(Subject {
                model: model.clone(),
                ..Subject::default()
            }),
            None => fault,
        }
    });
    faults.extend(placed);
}

/// Adds a model of a root file, and its faults.
fn take(
    resolved: &mut Resolved,
    refs: &mut SymbolRefs,
    used: &mut HashSet<usize>,
    read: ReadModel,
) {
    resolved.faults.extend(read.faults);
    used.extend(read.used);
    refs.take(read.refs);
    resolved.models.push(read.model);
}

/// Whether a file declares something that others may use.
fn declares(file: &LoadedFile<'_>) -> bool {
    let mut items = file.file.items.iter();
    items.any(|item| matches!(item, Item::Party(_) | Item::Axis(_) | Item::Framework(_)))
}

/// The files with errors, for which later steps are skipped.
fn files_with_errors(faults: &[Diagnostic]) -> HashSet<FileId> {
    let errors = faults.iter().filter(|fault| fault.is_error());
    errors.map(|fault| fault.span().file).collect()
}

/// The models that a file declares.
fn models_of<'f, 's>(file: &'f LoadedFile<'s>) -> impl Iterator<Item = &'f ast::Model<'s>> {
    file.file.items.iter().filter_map(|item| match item {
        Item::Model(model) => Some(model),
        _ => None,
    })
}

/// What the names at the top of a file mean.
fn of_file(
    loaded: &Loaded<'_>,
    file: &LoadedFile<'_>,
    names: &FileNames<'_, '_>,
    refs: &mut SymbolRefs,
) {
    declared(&file.file.items, refs);
    let mut targets = file.uses.iter();
    for item in &file.file.items {
        match item {
            Item::Use(used) => {
                if let Some(target) = targets.next().copied().flatten() {
                    let start = Span::new(loaded.files[target].id, 0..0);
                    refs.add(SymbolKind::File, used.file.span, "", start);
                }
            }
            Item::Party(party) => {
                for member in groups::joins(party) {
                    if let Some(entry) = names.party(member.node) {
                        let declared = entry.decl.name.span;
                        refs.add(SymbolKind::Party, member.span, member.node, declared);
                    }
                }
            }
            _ => {}
        }
    }
}

/// Records the names in declarations.
fn declared(items: &[Item<'_>], refs: &mut SymbolRefs) {
    for item in items {
        match item {
            Item::Party(party) => refs.declare(SymbolKind::Party, party.name.span),
            Item::Axis(axis) => {
                refs.declare(SymbolKind::Axis, axis.name.span);
                for (value, _) in axis.values.iter().flatten() {
                    refs.declare(SymbolKind::Value, value.span);
                }
            }
            Item::Framework(framework) => {
                refs.declare(SymbolKind::Framework, framework.name.span);
            }
            Item::Model(model) => refs.declare(SymbolKind::Model, model.name.span),
            _ => {}
        }
    }
}

/// The claims of each model: its own, then those of each area in the order of their declarations.
fn claims_of_models<'s>(loaded: &mut Loaded<'s>) -> Vec<Vec<Vec<ast::Claim<'s>>>> {
    fn of_areas<'s>(items: &mut [Item<'s>], bodies: &mut Vec<Vec<ast::Claim<'s>>>) {
        for item in items {
            if let Item::Area(area) = item {
                bodies.push(std::mem::take(&mut area.claims));
                of_areas(&mut area.items, bodies);
            }
        }
    }
    let items = loaded
        .files
        .iter_mut()
        .flat_map(|file| &mut file.file.items);
    let models = items.filter_map(|item| match item {
        Item::Model(model) => Some(model),
        _ => None,
    });
    models
        .map(|model| {
            let mut bodies = vec![std::mem::take(&mut model.claims)];
            of_areas(&mut model.items, &mut bodies);
            bodies
        })
        .collect()
}

/// Reports declarations that nothing names.
fn unused(items: &[Item<'_>], used: &HashSet<usize>, faults: &mut Vec<Diagnostic>) {
    for item in items {
        match item {
            Item::Party(party) if !used.contains(&scope::address(party)) => {
                faults.push(wording::unused_party(&party.name));
            }
            Item::Axis(axis) if !used.contains(&scope::address(axis)) => {
                faults.push(wording::unused_axis(&axis.name, axis.values.is_none()));
            }
            Item::Model(model) => unused(&model.items, used, faults),
            _ => {}
        }
    }
}

/// A list index as a number that a model stores.
fn count(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
