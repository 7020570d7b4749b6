//! Parties: what their blocks say, and who belongs to a group.

use std::cell::OnceCell;
use std::collections::VecDeque;

use rustc_hash::{FxHashMap, FxHashSet};

use super::declare::new_party;
use super::reader::ModelReader;
use super::scope;
use super::symbols::SymbolKind;
use super::{fields, groups, wording};
use crate::diagnostic::Code;
use crate::model::{Model, PartyId};
use crate::syntax::ast::{self, Path};

/// The parties of a statement.
pub(super) enum Who {
    /// These.
    Parties(Vec<PartyId>),
    /// Nobody.
    Nobody,
}

/// The party of this name; `None` after a fault, which is reported.
pub(super) fn party<'s>(reader: &mut ModelReader<'_, 's>, path: &Path<'s>) -> Option<PartyId> {
    let Some(&id) = reader.names.parties.get(path.node) else {
        reader.report_unknown(SymbolKind::Party, path);
        return None;
    };
    let declared = reader.model.party(id).decl.span;
    reader
        .refs
        .add(SymbolKind::Party, path.span, path.node, declared);
    reader.model.parties[id.0 as usize].used = true;
    Some(id)
}

/// All parties of a list, or `nobody`; `None` after a fault, which is reported.
pub(super) fn who<'s>(reader: &mut ModelReader<'_, 's>, list: &[Path<'s>]) -> Option<Who> {
    if let Some(nobody) = list.iter().find(|path| path.node == "nobody") {
        if list.len() > 1 {
            reader.faults.push(wording::nobody_in_list(nobody));
            return None;
        }
        return Some(Who::Nobody);
    }
    all(reader, list, Code::SharePartners).map(Who::Parties)
}

/// All parties of a list; `None` after a fault, and all faults are reported. One party under two
/// names gets a finding of this code; the same name twice is the parser's to tell.
pub(super) fn all<'s>(
    reader: &mut ModelReader<'_, 's>,
    list: &[Path<'s>],
    code: Code,
) -> Option<Vec<PartyId>> {
    let read: Vec<Option<PartyId>> = list.iter().map(|path| party(reader, path)).collect();
    let parties: Vec<PartyId> = read.into_iter().collect::<Option<_>>()?;
    let mut first_names: FxHashMap<PartyId, &Path<'s>> = FxHashMap::default();
    let mut is_sound = true;
    for (path, party) in list.iter().zip(&parties) {
        let first = *first_names.entry(*party).or_insert(path);
        if first.span != path.span {
            is_sound = false;
        }
        if first.node != path.node {
            let fault = wording::same_party(code, first, path);
            reader.faults.push(fault);
        }
    }
    is_sound.then_some(parties)
}

/// The blocks of all parties: kinds, other names, members.
pub(super) fn read(reader: &mut ModelReader<'_, '_>) {
    let scope = reader.scope;
    groups::circles(&scope.ast.items, &mut reader.faults);
    let visible = scope.names().parties.iter();
    let visible = visible.map(|entry| (entry.home, entry.decl));
    let own = groups::parties(&scope.ast.items).map(|decl| (scope.file, decl));
    let mut hidden = Hidden::new(reader);
    let mut todo: VecDeque<(usize, &ast::Party<'_>)> = visible.chain(own).collect();
    let mut seen = FxHashSet::default();
    while let Some((home, decl)) = todo.pop_front() {
        let Some(id) = reader.names.party_of(scope::address(decl)) else {
            continue;
        };
        if !seen.insert(id) {
            continue;
        }
        let notes = fields::annotations(reader, &decl.fields);
        let joins = members(reader, home, decl, &mut hidden, &mut todo);
        let party = &mut reader.model.parties[id.0 as usize];
        party.notes = notes;
        party.joins = joins;
        fields::of_party(reader, id, decl);
    }
    // Other names were read only now.
    reader.called = OnceCell::new();
}

/// Marks the members of used groups as used.
pub(super) fn use_members(model: &mut Model) {
    let used = (0..).map(PartyId).zip(&model.parties);
    let used = used.filter(|(_, party)| party.used);
    let mut todo: Vec<PartyId> = used.map(|(id, _)| id).collect();
    while let Some(id) = todo.pop() {
        for member in model.party(id).joins.clone() {
            let party = &mut model.parties[member.0 as usize];
            if !std::mem::replace(&mut party.used, true) {
                todo.push(member);
            }
        }
    }
}

/// The direct members of a group. Each group resolves names in the file that declares it.
fn members<'a, 's>(
    reader: &mut ModelReader<'a, 's>,
    home: usize,
    decl: &'a ast::Party<'s>,
    hidden: &mut Hidden<'a, 's>,
    todo: &mut VecDeque<(usize, &'a ast::Party<'s>)>,
) -> Vec<PartyId> {
    let mut members = Vec::new();
    for path in groups::joins(decl) {
        let Some((home, member)) = hidden.declaration(reader, home, path) else {
            unknown_member(reader, home, decl, path);
            continue;
        };
        let known = reader.names.party_of(scope::address(member));
        let id = known.unwrap_or_else(|| {
            todo.push_back((home, member));
            hidden.add(reader, home, member)
        });
        let declared = reader.model.party(id).decl.span;
        reader
            .refs
            .add(SymbolKind::Party, path.span, path.node, declared);
        if !members.contains(&id) {
            members.push(id);
        }
    }
    members
}

/// Declarations by name; of two with one name, which is reported, the first counts.
fn first_of_each<'a, 's>(
    parties: impl Iterator<Item = &'a ast::Party<'s>>,
) -> FxHashMap<&'s str, &'a ast::Party<'s>>
where
    's: 'a,
{
    let mut first = FxHashMap::default();
    for decl in parties {
        first.entry(decl.name.node).or_insert(decl);
    }
    first
}

/// Members that are declared in files which this one does not use: no statement can name them, and
/// outputs show each under a name of its own.
struct Hidden<'a, 's> {
    /// The parties that the model declares itself, by name.
    own: FxHashMap<&'s str, &'a ast::Party<'s>>,
    /// Every name that is taken.
    names: FxHashSet<String>,
}

impl<'a, 's> Hidden<'a, 's> {
    fn new(reader: &ModelReader<'a, 's>) -> Self {
        let own = groups::parties(&reader.scope.ast.items);
        Self {
            own: first_of_each(own),
            names: reader.names.parties.keys().cloned().collect(),
        }
    }

    /// The party that a name means in a file, and the file that declares it.
    fn declaration(
        &self,
        reader: &ModelReader<'a, 's>,
        home: usize,
        path: &Path<'s>,
    ) -> Option<(usize, &'a ast::Party<'s>)> {
        let scope = reader.scope;
        let own = self.own.get(path.node).filter(|_| home == scope.file);
        own.map(|decl| (home, *decl)).or_else(|| {
            let entry = scope.files[home].party(path.node)?;
            Some((entry.home, entry.decl))
        })
    }

    /// Adds a member. Its own name is shown if no other party has it, else the name of its file
    /// before it.
    fn add(
        &mut self,
        reader: &mut ModelReader<'a, 's>,
        home: usize,
        decl: &ast::Party<'s>,
    ) -> PartyId {
        let file = reader.scope.loaded.files[home].id;
        let file = std::path::Path::new(reader.scope.sources.name(file));
        let stem = file.file_stem().map(|stem| stem.to_string_lossy());
        let stem = stem.unwrap_or_default();
        let short = decl.name.node.to_owned();
        let numbered = (2..).map(|count: u32| format!("{stem}-{count}.{short}"));
        let mut candidates = [short.clone(), format!("{stem}.{short}")]
            .into_iter()
            .chain(numbered);
        let name = candidates.find(|name| self.names.insert(name.clone()));
        let name = name.unwrap_or(short);
        new_party(&mut reader.model, &mut reader.names, decl, name)
    }
}

/// Reports an unknown member of one of the model's own groups; groups at the top of a file are
/// checked with the file.
fn unknown_member<'s>(
    reader: &mut ModelReader<'_, 's>,
    home: usize,
    group: &ast::Party<'s>,
    path: &Path<'s>,
) {
    let mut own = groups::parties(&reader.scope.ast.items);
    if home == reader.scope.file && own.any(|decl| std::ptr::eq(decl, group)) {
        reader.report_unknown(SymbolKind::Party, path);
    }
}
