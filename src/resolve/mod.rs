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
pub mod suggest;
mod tables;

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::load::Loaded;
use crate::model::Model;
use crate::syntax::ast::{self, Item};
use scope::{FileNames, Visible};
use structure::ModelBuilder;

/// The models of the root files in order, and what is wrong with their names.
#[must_use]
pub fn resolve(loaded: &Loaded<'_>) -> (Vec<Model>, Vec<Diagnostic>) {
    let mut faults = Vec::new();
    let names: Vec<FileNames<'_, '_>> = (0..loaded.files.len()).map(|at| FileNames::new(loaded, at, &mut faults)).collect();
    let mut models = Vec::new();
    let mut named = HashSet::new();
    for (at, file) in loaded.files.iter().enumerate() {
        for item in &file.file.items {
            if let (Item::Model(model), true) = (item, file.root) {
                let mut builder = ModelBuilder::new(loaded, &names, at, model);
                builder.build();
                faults.append(&mut builder.faults);
                named.extend(builder.named());
                models.push(builder.finish());
            }
        }
    }
    for (at, file) in loaded.files.iter().enumerate() {
        let has_model = file.file.items.iter().any(|item| matches!(item, Item::Model(_)));
        if file.root && has_model {
            unused(&names[at], file.file.items.iter(), &named, &mut faults);
            for model in file.file.items.iter().filter_map(|item| if let Item::Model(it) = item { Some(it) } else { None }) {
                unused(&names[at], model.items.iter(), &named, &mut faults);
            }
        }
    }
    (models, faults)
}

/// Reports declarations of a file or model that nothing names.
fn unused<'a, 's: 'a>(
    names: &FileNames<'_, '_>,
    items: impl Iterator<Item = &'a Item<'s>>,
    named: &HashSet<usize>,
    faults: &mut Vec<Diagnostic>,
) {
    for item in items {
        let (code, name, address) = match item {
            Item::Party(party) => (Code::UnusedParty, &party.name, scope::address(party)),
            Item::Axis(axis) => (Code::UnusedAxis, &axis.name, scope::address(axis)),
            _ => continue,
        };
        if named.contains(&address) || names.joined.contains(&address) || names.maybe.contains(name.it) {
            continue;
        }
        let (message, label) = match item {
            Item::Party(_) => (format!("nothing names the party `{}`", name.it), "declared here"),
            Item::Axis(ast::Axis { values: None, .. }) => (format!("nothing depends on the option `{}`", name.it), "declared here"),
            _ => (format!("nothing depends on the axis `{}`", name.it), "declared here"),
        };
        faults.push(Diagnostic::new(code, name.span, message, label).help("use it, or remove the declaration"));
    }
}

/// A name that means nothing: says so and suggests a near one.
fn unknown<'c>(code: Code, what: &str, path: &ast::Path<'_>, candidates: impl Iterator<Item = &'c str>) -> Diagnostic {
    let fault = Diagnostic::new(code, path.span, format!("there is no {what} `{}`", path.it), "");
    let near = suggest::closest(path.it, candidates);
    fault.maybe_help(near.map(|near| format!("did you mean `{near}`?")))
}

/// The names of what a list of visible things declares.
fn names_of<'v, T>(visible: &'v [Visible<'_, T>]) -> impl Iterator<Item = &'v str> {
    visible.iter().map(|entry| entry.name.as_str())
}
