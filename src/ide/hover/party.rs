//! A party, and what claims give it.

use super::{MAX_ROWS, code, opening, words_of};
use crate::ide::lens::owned;
use crate::ide::{Analysis, FileRange, Snapshot, Workspace};
use crate::model::{CondId, DutyId, Model, PartyId};
use crate::resolve::symbols::SymbolKind;
use crate::space::{Syntax, describe_cond};
use crate::view::{Block, Inline, plain};

/// A party: what it is, and what it holds in the models of the file, or in all models if the file
/// has none.
pub(super) fn of_party(
    workspace: &Workspace,
    snapshot: &Snapshot,
    declared: &FileRange,
) -> Vec<Block> {
    let own = workspace
        .analysis(&snapshot.path)
        .filter(|(it, _)| !it.run.models.is_empty())
        .map(|(it, _)| it);
    let analyses: Vec<&Analysis> =
        own.map_or_else(|| workspace.analyses().collect(), |own| vec![own]);
    let mut blocks = Vec::new();
    for analysis in analyses {
        let Some(symbol) = analysis.symbol(SymbolKind::Party, declared) else {
            continue;
        };
        for checked in &analysis.run.models {
            let model = &checked.model;
            let Some(at) = model
                .parties
                .iter()
                .position(|it| it.decl.span == symbol.declared)
            else {
                continue;
            };
            let (id, party) = (
                PartyId(u32::try_from(at).unwrap_or(u32::MAX)),
                &model.parties[at],
            );
            if blocks.is_empty() {
                blocks.push(opening(
                    party.kind.unwrap_or("party"),
                    &party.decl.name,
                    &party.decl.title,
                ));
                let known: Vec<&str> = party.aka.iter().map(String::as_str).collect();
                blocks.extend((!known.is_empty()).then(|| {
                    Block::Paragraph(plain(format!("also known as {}", known.join(", "))))
                }));
                let members = model.members(id).into_iter();
                let members: Vec<&str> = members
                    .map(|it| model.party(it).decl.title.as_str())
                    .collect();
                blocks.extend(
                    (!members.is_empty()).then(|| {
                        Block::Paragraph(plain(format!("members: {}", members.join(", "))))
                    }),
                );
            }
            blocks.extend(held(model, id));
        }
    }
    if blocks.is_empty() {
        let name = workspace
            .snapshot(&declared.path)
            .and_then(|it| it.text.get(declared.bytes.clone()).map(str::to_owned));
        blocks.extend(name.map(|name| opening("party", &name, &name)));
    }
    blocks.truncate(MAX_ROWS);
    blocks
}

/// What claims give to a party in a model.
pub(super) fn held(model: &Model, party: PartyId) -> Vec<Block> {
    let mut rows: Vec<(DutyId, Vec<Inline>)> = Vec::new();
    for claim in &model.claims {
        for grant in claim
            .grants
            .iter()
            .filter(|grant| grant.parties.contains(&party))
        {
            let when = if claim.when == CondId::ALWAYS {
                plain("always")
            } else {
                vec![code(describe_cond(model.cond(claim.when), &Syntax(model)))]
            };
            rows.extend(claim.duties.iter().map(|&duty| {
                (
                    duty,
                    vec![
                        vec![code(&model.duty(duty).path)],
                        plain(grant.roles.words()),
                        when.clone(),
                    ],
                )
            }));
        }
    }
    rows.sort_by_key(|(duty, _)| *duty);
    let duties = owned(model, party);
    let more = rows.len().saturating_sub(MAX_ROWS);
    let count = Block::Paragraph(vec![
        words_of(format!(
            "responsible or accountable for {duties} of {} duties in ",
            model.duties.len()
        )),
        code(&model.decl.name),
    ]);
    let rows: Vec<Vec<Inline>> = rows
        .into_iter()
        .take(MAX_ROWS)
        .map(|(_, row)| row)
        .collect();
    if rows.is_empty() {
        return vec![count];
    }
    let table = Block::Table {
        head: ["Duty", "Role", "When"].map(plain).to_vec(),
        rows,
    };
    let rest = (more > 0).then(|| Block::Paragraph(plain(format!("and {more} more claims"))));
    [count, table].into_iter().chain(rest).collect()
}
