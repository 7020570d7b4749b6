//! From names to things: which party, axis, duty a statement means.
//!
//! In: parsed files. Out: a [`Model`] for each `model` of the root files, and findings for names
//! that mean nothing, two things, or the wrong thing. Always: a fault is reported once, where it
//! was written; a statement with a fault is left out of the model, and the duties it may have
//! spoken of are marked uncertain, so that the check raises no false alarm.

mod claims;
mod conditions;
mod constraints;
mod fields;
mod paths;
mod scope;
mod structure;
pub mod symbols;
mod tables;

pub use constraints::ALLOWABLE;
pub use fields::{KINDS, STATES};

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic, Severity, Subject, suggest};
use crate::load::{Loaded, LoadedFile};
use crate::model::Model;
use crate::source::{FileId, Sources, Span};
use crate::syntax::ast::{self, Item};
use scope::{FileNames, Visible};
use structure::ModelBuilder;
use symbols::{SymbolKind, SymbolRefs};

/// The models of the root files in order, and all that is wrong with the files so far.
#[must_use]
pub fn resolve<'s>(
    mut loaded: Loaded<'s>,
    sources: &'s Sources,
    mentions: &mut SymbolRefs,
) -> (Vec<Model>, Vec<Diagnostic>) {
    let mut faults = std::mem::take(&mut loaded.faults);
    let errors = faults
        .iter()
        .filter(|fault| fault.severity == Severity::Error);
    let mut faulty: HashSet<FileId> = errors.map(|fault| fault.span().file).collect();
    let read = faults.len();
    let mut claims = claims_of_models(&mut loaded).into_iter();
    let loaded = &loaded;
    let names: Vec<FileNames<'_, '_>> = (0..loaded.files.len())
        .map(|at| FileNames::new(loaded, at, &mut faults))
        .collect();
    let mut models = Vec::new();
    let mut named = HashSet::new();
    for (at, file) in loaded.files.iter().enumerate() {
        for item in &file.file.items {
            if let (Item::Model(model), true) = (item, file.root) {
                let mut builder = ModelBuilder::new(loaded, sources, &names, at, model);
                builder.mentions = SymbolRefs::new(mentions.wanted());
                builder.build(claims.next().unwrap_or_default());
                let about = Subject {
                    model: model.name.node.to_owned(),
                    ..Subject::default()
                };
                faults.extend(
                    builder
                        .faults
                        .drain(..)
                        .map(|fault| fault.about(about.clone())),
                );
                named.extend(builder.named());
                mentions.take(std::mem::take(&mut builder.mentions));
                models.push(builder.finish());
            }
        }
    }
    if mentions.wanted() {
        for (file, names) in loaded.files.iter().zip(&names) {
            of_file(loaded, file, names, mentions);
        }
    }
    named.extend(names.iter().flat_map(|names| names.joined.iter().copied()));
    let errors = faults[read..]
        .iter()
        .filter(|fault| fault.severity == Severity::Error);
    faulty.extend(errors.map(|fault| fault.span().file));
    for file in &loaded.files {
        let has_model = file
            .file
            .items
            .iter()
            .any(|item| matches!(item, Item::Model(_)));
        // A statement with a fault may name what nothing else does.
        if file.root && has_model && !faulty.contains(&file.id) {
            unused(&file.file.items, &named, &mut faults);
        }
    }
    (models, faults)
}

/// What the names at the top of a file mean.
fn of_file(
    loaded: &Loaded<'_>,
    file: &LoadedFile<'_>,
    names: &FileNames<'_, '_>,
    mentions: &mut SymbolRefs,
) {
    declared(&file.file.items, mentions);
    let mut targets = file.uses.iter();
    for item in &file.file.items {
        match item {
            Item::Use(used) => {
                if let Some(target) = targets.next().copied().flatten() {
                    let start = Span::new(loaded.files[target].id, 0..0);
                    mentions.add(SymbolKind::File, used.file.span, "", start);
                }
            }
            Item::Party(party) => {
                for member in scope::joins(party) {
                    if let Some(entry) =
                        names.parties.iter().find(|entry| entry.name == member.node)
                    {
                        mentions.add(
                            SymbolKind::Party,
                            member.span,
                            member.node,
                            entry.decl.name.span,
                        );
                    }
                }
            }
            _ => {}
        }
    }
}

/// The names that declarations give.
fn declared(items: &[Item<'_>], mentions: &mut SymbolRefs) {
    for item in items {
        match item {
            Item::Party(it) => mentions.declare(SymbolKind::Party, it.name.span),
            Item::Axis(it) => {
                mentions.declare(SymbolKind::Axis, it.name.span);
                it.values
                    .iter()
                    .flatten()
                    .for_each(|(value, _)| mentions.declare(SymbolKind::Value, value.span));
            }
            Item::Framework(it) => mentions.declare(SymbolKind::Framework, it.name.span),
            Item::Model(it) => mentions.declare(SymbolKind::Model, it.name.span),
            _ => {}
        }
    }
}

/// The claims of each model of the root files: its own, then those of each area in the order of
/// their declarations.
fn claims_of_models<'s>(loaded: &mut Loaded<'s>) -> Vec<Vec<Vec<ast::Claim<'s>>>> {
    fn of_areas<'s>(items: &mut [Item<'s>], bodies: &mut Vec<Vec<ast::Claim<'s>>>) {
        for item in items {
            if let Item::Area(area) = item {
                bodies.push(std::mem::take(&mut area.claims));
                of_areas(&mut area.items, bodies);
            }
        }
    }
    let roots = loaded.files.iter_mut().filter(|file| file.root);
    let models = roots
        .flat_map(|file| &mut file.file.items)
        .filter_map(|item| {
            if let Item::Model(it) = item {
                Some(it)
            } else {
                None
            }
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
fn unused(items: &[Item<'_>], named: &HashSet<usize>, faults: &mut Vec<Diagnostic>) {
    for item in items {
        let (code, name, address, message) = match item {
            Item::Party(it) => (
                Code::UnusedParty,
                &it.name,
                scope::address(it),
                format!("nothing names the party `{}`", it.name.node),
            ),
            Item::Axis(it) => {
                let what = if it.values.is_none() {
                    "option"
                } else {
                    "axis"
                };
                let message = format!("nothing depends on the {what} `{}`", it.name.node);
                (Code::UnusedAxis, &it.name, scope::address(it), message)
            }
            Item::Model(model) => {
                unused(&model.items, named, faults);
                continue;
            }
            _ => continue,
        };
        if !named.contains(&address) {
            faults.push(
                Diagnostic::new(code, name.span, message, "declared here")
                    .help("use it, or remove the declaration"),
            );
        }
    }
}

/// A name that means nothing: says so and suggests a near one.
fn unknown<'c>(
    code: Code,
    what: &str,
    path: &ast::Path<'_>,
    candidates: impl Iterator<Item = &'c str>,
) -> Diagnostic {
    let fault = Diagnostic::new(
        code,
        path.span,
        format!("there is no {what} `{}`", path.node),
        "",
    );
    let candidates: Vec<&str> = candidates.collect();
    let behind_prefix = candidates.iter().copied().find(|known| {
        known
            .rsplit_once('.')
            .is_some_and(|(_, name)| name == path.node)
    });
    let near = behind_prefix.or_else(|| suggest::closest(path.node, candidates.into_iter()));
    fault.maybe_help(near.map(|near| format!("did you mean `{near}`?")))
}

/// The names of what a list of visible things declares.
fn names_of<'v, T>(visible: &'v [Visible<'_, T>]) -> impl Iterator<Item = &'v str> {
    visible.iter().map(|entry| entry.name.as_str())
}
