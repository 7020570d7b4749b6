//! Parties: what their blocks say, and who belongs to a group.

use super::declare::add_party;
use super::reader::ModelReader;
use super::scope::{self, Visible};
use super::symbols::SymbolKind;
use super::{fields, wording};
use crate::model::PartyId;
use crate::syntax::ast::{self, Item, Path};

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
    let everybody: Vec<PartyId> = reader.model.with_members(id).collect();
    for party in everybody {
        reader.model.parties[party.0 as usize].used = true;
    }
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
    let read: Vec<Option<PartyId>> = list.iter().map(|path| party(reader, path)).collect();
    let mut parties = Vec::new();
    for party in read {
        let party = party?;
        if !parties.contains(&party) {
            parties.push(party);
        }
    }
    Some(Who::Parties(parties))
}

/// The blocks of all parties: kinds, other names, members.
pub(super) fn read(reader: &mut ModelReader<'_, '_>) {
    let scope = reader.scope;
    let visible = scope.names().parties.iter();
    let visible = visible.map(|entry| (entry.home, entry.decl));
    let own = scope.ast.items.iter().filter_map(|item| match item {
        Item::Party(it) => Some((scope.file, it)),
        _ => None,
    });
    for (home, decl) in visible.chain(own) {
        let Some(id) = reader.names.party_of(scope::address(decl)) else {
            continue;
        };
        let notes = fields::annotations(reader, &decl.fields);
        let members = members(reader, home, decl);
        let party = &mut reader.model.parties[id.0 as usize];
        party.notes = notes;
        party.members = members;
        fields::of_party(reader, id, decl);
    }
}

/// The members of a group, including members of members. Each group resolves names in the file that
/// declares it.
fn members<'a, 's>(
    reader: &mut ModelReader<'a, 's>,
    home: usize,
    decl: &'a ast::Party<'s>,
) -> Vec<PartyId> {
    let (mut todo, mut members) = (vec![(home, decl)], Vec::new());
    while let Some((home, group)) = todo.pop() {
        for path in scope::joins(group) {
            let Some((home, member)) = declaration(reader, home, path) else {
                unknown_member(reader, home, path);
                continue;
            };
            let known = reader.names.party_of(scope::address(member));
            let id = known.unwrap_or_else(|| {
                // The member is declared in a file that this one does not use.
                let entry = Visible {
                    name: path.node.to_owned(),
                    decl: member,
                    home,
                    via: path.span,
                };
                add_party(&mut reader.model, &mut reader.names, &entry)
            });
            let declared = reader.model.party(id).decl.span;
            reader
                .refs
                .add(SymbolKind::Party, path.span, path.node, declared);
            if !members.contains(&id) {
                members.push(id);
                todo.push((home, member));
            }
        }
    }
    members
}

/// The party that a name means in a file, and the file that declares it.
fn declaration<'a, 's>(
    reader: &ModelReader<'a, 's>,
    home: usize,
    path: &Path<'s>,
) -> Option<(usize, &'a ast::Party<'s>)> {
    let scope = reader.scope;
    let own = scope.ast.items.iter().find_map(|item| match item {
        Item::Party(it) if it.name.node == path.node && home == scope.file => Some((home, it)),
        _ => None,
    });
    own.or_else(|| {
        let mut visible = scope.files[home].parties.iter();
        let entry = visible.find(|entry| entry.name == path.node)?;
        Some((entry.home, entry.decl))
    })
}

/// Reports an unknown member of one of the model's own groups; groups at the top of a file are
/// checked with the file.
fn unknown_member<'s>(reader: &mut ModelReader<'_, 's>, home: usize, path: &Path<'s>) {
    let own = reader.scope.ast.items.iter().any(|item| match item {
        Item::Party(it) => scope::joins(it).any(|member| member.span == path.span),
        _ => false,
    });
    if own && home == reader.scope.file {
        reader.report_unknown(SymbolKind::Party, path);
    }
}
