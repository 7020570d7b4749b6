//! A checklist of one party's duties: what it is responsible or accountable for, and what it is
//! consulted or informed about.

use super::closing::accepted;
use super::words::{Areas, area_title, opening, title, when};
use super::{Block, Inline, Item, Page, Run, Shows, View, plain};
use crate::matrix::{Holding, Matrix};
use crate::model::{DutyId, PartyId, Roles};
use crate::space::Region;

/// A party's roles on a duty in a region.
struct Entry {
    duty: DutyId,
    region: Region,
    roles: Roles,
    /// The parties it holds them with.
    with: Vec<PartyId>,
    /// The group through which it holds them.
    group: Option<PartyId>,
    details: Vec<Inline>,
}

/// Its entry in the catalogue of views.
pub(super) static VIEW: View = View {
    name: "checklist",
    about: "One party's duties, to be ticked",
    shows: Shows::Party(page),
};

/// The page.
pub(super) fn page(matrix: &Matrix, party: PartyId) -> Page {
    let mut entries = Vec::new();
    for at in 0..matrix.rows().len() {
        entries.extend(entries_of(matrix, at, party));
    }
    let mut blocks = opening(matrix.model());
    let (tasks, told): (Vec<Entry>, Vec<Entry>) =
        entries.into_iter().partition(|entry| acts(entry.roles));
    blocks.extend(by_area(matrix, tasks));
    if !told.is_empty() {
        blocks.push(Block::Heading(plain("To be asked or told")));
        let items = told.into_iter().map(|entry| {
            let area = area_title(matrix.model(), matrix.model().duty(entry.duty).area);
            let mut item = item(matrix, entry);
            item.text
                .splice(0..0, area.map(|area| Run::Plain(format!("{area} › "))));
            item
        });
        blocks.push(Block::List(items.collect()));
    }
    blocks.extend(accepted(matrix));
    let name = title(matrix.model(), party).to_owned();
    if blocks.is_empty() {
        blocks.push(Block::Paragraph(plain(format!(
            "{name} has no role in this model."
        ))));
    }
    Page {
        title: format!("{}: {name}", matrix.model().decl.title),
        blocks,
    }
}

/// Whether the roles require action.
fn acts(roles: Roles) -> bool {
    roles.owning() || roles.has(crate::model::Role::Supports)
}

/// The party's roles on one duty; equal ones in several holdings are one entry.
fn entries_of(matrix: &Matrix, at: usize, party: PartyId) -> Vec<Entry> {
    let row = matrix.rows()[at].clone();
    let mut entries: Vec<Entry> = Vec::new();
    for holding in &row.holdings {
        let mine = holding.holders.iter().filter(|holder| {
            matrix
                .model()
                .with_members(holder.party)
                .any(|member| member == party)
        });
        let (mut roles, mut with, mut group) = (Roles::default(), Vec::new(), None);
        for holder in mine {
            roles = roles.or(Roles::only(holder.role));
            let others = holding
                .of(holder.role)
                .filter(|other| holder.joint && other.joint && other.party != party);
            group = group.or((holder.party != party).then_some(holder.party));
            for other in others.map(|other| other.party) {
                if !with.contains(&other) {
                    with.push(other);
                }
            }
        }
        if roles.is_empty() {
            continue;
        }
        let details = details(matrix, row.duty, holding, party);
        match entries.iter().position(|entry| {
            entry.roles == roles
                && entry.with == with
                && entry.group == group
                && entry.details == details
        }) {
            Some(known) => {
                entries[known].region = matrix.store().union(entries[known].region, holding.region);
            }
            None => entries.push(Entry {
                duty: row.duty,
                region: holding.region,
                roles,
                with,
                group,
                details,
            }),
        }
    }
    entries
}

/// What the party does in a share, how often, with what evidence, and which controls that meets.
fn details(matrix: &Matrix, duty: DutyId, holding: &Holding, party: PartyId) -> Vec<Inline> {
    let model = matrix.model();
    let mut details: Vec<Inline> = matrix
        .parts(holding, party)
        .into_iter()
        .map(plain)
        .collect();
    let of_claims = holding
        .claims
        .iter()
        .map(|claim| model.claim(*claim))
        .filter(|claim| {
            claim
                .grants
                .iter()
                .flat_map(|grant| &grant.parties)
                .any(|holder| model.with_members(*holder).any(|member| member == party))
        });
    let mut blocks = vec![&model.duty(duty).notes];
    for claim in of_claims {
        details.extend(claim.text.iter().map(|text| plain(text.clone())));
        blocks.push(&claim.notes);
    }
    for notes in blocks {
        details.extend(
            notes
                .cadence
                .iter()
                .map(|cadence| plain(format!("Cadence: {cadence}"))),
        );
        details.extend(
            notes
                .evidence
                .iter()
                .map(|evidence| plain(format!("Evidence: {evidence}"))),
        );
        for (at, framework) in model.frameworks.iter().enumerate() {
            let controls: Vec<&str> = notes
                .meets
                .iter()
                .filter(|(id, ..)| *id == at)
                .map(|(_, control, _)| control.as_str())
                .collect();
            if !controls.is_empty() {
                details.push(plain(format!(
                    "{}: {}",
                    framework.decl.title,
                    controls.join(", ")
                )));
            }
        }
        details.extend(notes.notes.iter().map(|note| plain(note.clone())));
    }
    details
}

fn by_area(matrix: &Matrix, entries: Vec<Entry>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut items: Vec<Item> = Vec::new();
    let mut areas = Areas::default();
    for entry in entries {
        if let Some(title) = areas.heading(matrix.model(), entry.duty) {
            if !items.is_empty() {
                blocks.push(Block::Tasks(std::mem::take(&mut items)));
            }
            blocks.push(Block::Heading(plain(title)));
        }
        items.push(item(matrix, entry));
    }
    if !items.is_empty() {
        blocks.push(Block::Tasks(items));
    }
    blocks
}

fn item(matrix: &Matrix, entry: Entry) -> Item {
    let condition = when(matrix, entry.region, matrix.possible())
        .map_or(String::new(), |when| format!(" ({when})"));
    let with: Vec<&str> = entry
        .with
        .iter()
        .map(|&party| title(matrix.model(), party))
        .collect();
    let with = if with.is_empty() {
        String::new()
    } else {
        format!(", with {}", super::words::list(&with, "and"))
    };
    let part = entry.group.map_or(String::new(), |group| {
        format!(", as part of {}", title(matrix.model(), group))
    });
    let text = vec![
        Run::Strong(matrix.model().duty(entry.duty).decl.title.clone()),
        Run::Plain(format!(": {}{part}{with}{condition}", entry.roles.words())),
    ];
    Item {
        text,
        details: entry.details,
    }
}
