//! The third phase: every statement of a model, its names looked up.
//!
//! In: a model whose declarations are known, and an index of them. Out: the finished model, and
//! what is wrong with its statements. Each family of statements has its own file; they share the
//! [`ModelReader`].

use rustc_hash::FxHashMap;

use super::declare::{Declared, Todo};
use super::index::Index;
use super::names::Scope;
use super::reader::{COMPARISONS, ModelReader};
use super::symbols::SymbolRefs;
use super::{claims, conditions, constraints, fields, groups, parties, tables, targets};
use crate::diagnostic::Diagnostic;
use crate::model::{Model, Node};
use crate::syntax::ast::{self, Item};

/// A model that was read completely.
pub(super) struct ReadModel {
    /// The model.
    pub model: Model,
    /// What is wrong with it.
    pub faults: Vec<Diagnostic>,
    /// What names mean, if requested.
    pub refs: SymbolRefs,
    /// The declarations that its statements name, by address.
    pub used: Vec<usize>,
}

/// Reads what is left of a model. Its claims, those of the model itself first and then of each area
/// in the order of their declarations, are freed one by one as they are read, so that tree and
/// model are never both fully in memory.
pub(super) fn read<'a, 's>(
    scope: Scope<'a, 's>,
    declared: Declared<'a, 's>,
    claims: Vec<Vec<ast::Claim<'s>>>,
) -> ReadModel {
    let mut reader = ModelReader {
        scope,
        index: Index::new(&declared.model),
        model: declared.model,
        names: declared.names,
        conditions: FxHashMap::default(),
        faults: declared.faults,
        refs: declared.refs,
        called: std::cell::OnceCell::new(),
        comparisons: COMPARISONS,
    };
    statements(&mut reader, declared.todo, claims);
    finish(reader)
}

fn statements<'a, 's>(
    reader: &mut ModelReader<'a, 's>,
    todo: Todo<'a, 's>,
    claims: Vec<Vec<ast::Claim<'s>>>,
) {
    parties::read(reader);
    blocks(reader, &todo);
    for (duty, condition) in todo.conditions {
        match conditions::when(reader, condition) {
            Some(cond) => reader.model.duties[duty.0 as usize].when = cond,
            None => reader.doubt(&[duty]),
        }
    }
    for (area, item) in todo.statements {
        match item {
            Item::Table(it) => tables::read(reader, it, area),
            Item::Impossible(it) => constraints::impossible(reader, it),
            Item::Ensure(it) => constraints::ensure(reader, it, area),
            Item::Separate(it) => constraints::separate(reader, it, area),
            Item::Allow(it) => constraints::allow(reader, it, area),
            Item::Broken(it) => targets::doubt_words(reader, it),
            // These were declared, or are read with the claims.
            Item::Use(_)
            | Item::Party(_)
            | Item::Axis(_)
            | Item::Framework(_)
            | Item::Model(_)
            | Item::Area(_)
            | Item::Duty(_)
            | Item::Claim(_) => {}
        }
    }
    for (area, body) in todo.bodies.into_iter().zip(claims) {
        for claim in body {
            claims::read(reader, &claim, area);
        }
    }
    // A statement outside every model may have been meant for this one.
    for item in &reader.scope.loaded.files[reader.scope.file].file.items {
        if let Item::Broken(broken) = item {
            let meant = targets::duties_meant(reader, broken);
            reader.doubt(&meant);
        }
    }
}

/// The blocks of the model, its areas and duties.
fn blocks<'a, 's>(reader: &mut ModelReader<'a, 's>, todo: &Todo<'a, 's>) {
    reader.model.notes = fields::annotations(reader, &reader.scope.ast.fields);
    fields::of_model(reader);
    for (node, block) in &todo.blocks {
        let notes = fields::annotations(reader, block);
        match node {
            Node::Area(id) => reader.model.areas[id.0 as usize].notes = notes,
            Node::Duty(id) => reader.model.duties[id.0 as usize].notes = notes,
        }
    }
}

/// The finished model, its claims in the order of the file.
fn finish(mut reader: ModelReader<'_, '_>) -> ReadModel {
    // A statement or row that could not be read may have declared a duty.
    reader.model.uncertain |= reader.model.duties.is_empty() && !reader.names.maybe.is_empty();
    if reader.model.uncertain {
        let duties = reader.model.duties.iter_mut();
        duties.for_each(|duty| duty.uncertain = true);
    }
    parties::use_members(&mut reader.model);
    // Tables were read before the claims between them.
    reader.model.claims.sort_by_key(|claim| claim.head);
    ReadModel {
        used: used(&reader),
        model: reader.model,
        faults: reader.faults,
        refs: reader.refs,
    }
}

/// The declarations that its statements name.
fn used(reader: &ModelReader<'_, '_>) -> Vec<usize> {
    let names = &reader.names;
    let parties = reader.model.parties.iter().zip(&names.party_decls);
    let parties = parties.filter(|(party, _)| party.used);
    let axes = reader.model.axes.iter().zip(&names.axis_decls);
    let axes = axes.filter(|(axis, _)| axis.used);
    let own = reader.scope.ast.items.iter();
    let groups = own.filter_map(|item| match item {
        Item::Party(it) => Some(it),
        _ => None,
    });
    let members = groups.flat_map(groups::joins);
    let members = members.filter_map(|path| names.parties.get(path.node));
    let members = members.map(|id| names.party_decls[id.0 as usize]);
    parties
        .map(|(_, &decl)| decl)
        .chain(axes.map(|(_, &decl)| decl))
        .chain(members)
        .collect()
}
