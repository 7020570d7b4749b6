//! Duties, areas, models, axes and frameworks.

use super::{MAX_ROWS, code, item, opening, shortened, words_of};
use crate::check::Checked;
use crate::ide::{Analysis, FileRange, Workspace};
use crate::matrix::Holding;
use crate::model::{AnnotationFields, CondId, DutyId, Model, PartyId, Role};
use crate::resolve::symbols::{Symbol, SymbolKind};
use crate::space::{Region, Syntax, describe, describe_cond};
use crate::view::{Block, Inline, Item, Run, plain};

/// A duty, an area or a whole model.
pub(super) fn of_model(analysis: &Analysis, symbol: Symbol) -> Vec<Block> {
    for checked in &analysis.run.models {
        let model = &checked.model;
        if model.decl.span == symbol.declared {
            let faults = checked.findings.iter().filter(|it| it.is_error()).count();
            let counts = format!(
                "{} duties, {} parties, {} errors",
                model.duties.len(),
                model.used_parties().count(),
                faults
            );
            return vec![
                opening("model", &model.decl.name, &model.decl.title),
                Block::Paragraph(plain(counts)),
            ];
        }
        if let Some(area) = model
            .areas
            .iter()
            .find(|it| it.decl.span == symbol.declared)
        {
            let duties: Vec<Item> = model
                .duties
                .iter()
                .filter(|it| it.path.starts_with(&format!("{}.", area.path)))
                .map(|duty| item(&duty.path, &duty.decl.title))
                .collect();
            return vec![
                opening("area", &area.path, &area.decl.title),
                shortened(duties),
            ];
        }
        if let Some(at) = model
            .duties
            .iter()
            .position(|it| it.decl.span == symbol.declared)
        {
            let duty = DutyId(u32::try_from(at).unwrap_or(u32::MAX));
            let mut blocks = vec![opening(
                "duty",
                &model.duty(duty).path,
                &model.duty(duty).decl.title,
            )];
            if model.duty(duty).when != CondId::ALWAYS {
                let when = describe_cond(model.cond(model.duty(duty).when), &Syntax(model));
                blocks.push(Block::Paragraph(vec![words_of("exists when "), code(when)]));
            }
            let remarks = remarks(model, &model.duty(duty).notes);
            blocks.extend(holders(checked, duty));
            blocks.extend(remarks);
            return blocks;
        }
    }
    Vec::new()
}

/// Who holds a duty, by region.
pub(super) fn holders(checked: &Checked, duty: DutyId) -> Vec<Block> {
    if checked.model.duty(duty).uncertain {
        return vec![Block::Paragraph(plain(
            "not checked: a statement that may name this duty has an error",
        ))];
    }
    let Some(holdings) = checked.holdings(duty) else {
        return vec![Block::Paragraph(plain("could not find out who holds it"))];
    };
    let free = checked.store().complement(checked.exists(duty));
    let mut merged: Vec<Holding> = Vec::new();
    for holding in holdings {
        match merged.iter_mut().find(|it| it.seen() == holding.seen()) {
            Some(same) => same.region = checked.store().union(same.region, holding.region),
            None => merged.push(holding),
        }
    }
    let more = merged.len().saturating_sub(MAX_ROWS);
    let mut rows: Vec<Vec<Inline>> = merged
        .iter()
        .take(MAX_ROWS)
        .map(|it| holding_row(checked, it, free))
        .collect();
    let others = rows
        .iter()
        .any(|row| row[3].iter().any(|run| *run != words_of("")));
    let columns = if others { 4 } else { 3 };
    for row in &mut rows {
        row.truncate(columns);
    }
    let head: Vec<Inline> = ["When", "Responsible", "Accountable", "Others"]
        .into_iter()
        .take(columns)
        .map(plain)
        .collect();
    let table = Block::Table { head, rows };
    let rest = (more > 0).then(|| Block::Paragraph(plain(format!("and {more} more rows"))));
    [table].into_iter().chain(rest).collect()
}

/// One holding: when, who is responsible, who accountable, and who else takes part.
fn holding_row(checked: &Checked, holding: &Holding, free: Region) -> Vec<Inline> {
    let model = &checked.model;
    let when = describe(checked.store(), holding.region, free, &Syntax(model));
    let title = |party: PartyId| model.party(party).decl.title.as_str();
    let named = |role: Role| -> Inline {
        let mut names: Vec<&str> = holding.of(role).map(|it| title(it.party)).collect();
        names.extend(holding.nobody.is_some().then_some("n/a"));
        if names.is_empty() {
            vec![Run::Strong("nobody".into())]
        } else {
            plain(names.join(" + "))
        }
    };
    let others: Vec<String> = [Role::Consulted, Role::Informed, Role::Supports]
        .into_iter()
        .flat_map(|role| {
            holding
                .of(role)
                .map(move |it| format!("{} ({})", title(it.party), role.word()))
        })
        .collect();
    vec![
        when.map_or_else(|| plain("always"), |when| vec![code(when)]),
        named(Role::Responsible),
        named(Role::Accountable),
        plain(others.join(", ")),
    ]
}

/// The fields of a block.
pub(super) fn remarks(model: &Model, remarks: &AnnotationFields) -> Option<Block> {
    let mut items: Vec<Inline> = Vec::new();
    items.extend(
        remarks
            .cadence
            .iter()
            .map(|it| plain(format!("cadence: {it}"))),
    );
    items.extend(
        remarks
            .evidence
            .iter()
            .map(|it| plain(format!("evidence: {it}"))),
    );
    items.extend(remarks.meets.iter().map(|(framework, control, _)| {
        plain(format!(
            "meets {} {control}",
            model.frameworks[*framework].decl.title
        ))
    }));
    items.extend(remarks.notes.iter().map(plain));
    (!items.is_empty()).then(|| {
        Block::List(
            items
                .into_iter()
                .map(|text| Item {
                    text,
                    details: Vec::new(),
                })
                .collect(),
        )
    })
}

/// An axis with its values, or one of them.
pub(super) fn of_axis(
    workspace: &Workspace,
    symbol: Symbol,
    own: &Analysis,
    declared: &FileRange,
) -> Vec<Block> {
    let known = std::iter::once((own, symbol)).chain(
        workspace
            .analyses()
            .filter_map(|it| Some((it, it.symbol(symbol.kind, declared)?))),
    );
    for (analysis, symbol) in known {
        for model in analysis.run.models.iter().map(|checked| &checked.model) {
            let Some(axis) = model.axes.iter().find(|it| {
                it.decl.span == symbol.declared || it.declared.contains(&symbol.declared)
            }) else {
                continue;
            };
            let head = opening(
                if axis.option { "option" } else { "axis" },
                &axis.decl.name,
                &axis.decl.title,
            );
            if axis.option {
                return vec![
                    head,
                    Block::Paragraph(plain("no or yes; in a condition, its name alone means yes")),
                ];
            }
            let values = axis
                .values
                .iter()
                .zip(&axis.declared)
                .map(|((name, title), span)| {
                    let mut value = item(name, title);
                    if *span == symbol.declared {
                        value.text.push(words_of(" (this one)"));
                    }
                    value
                });
            return vec![head, Block::List(values.collect())];
        }
    }
    Vec::new()
}

/// A framework: how many of its controls are met.
pub(super) fn of_framework(workspace: &Workspace, declared: &FileRange) -> Vec<Block> {
    for analysis in workspace.analyses() {
        let Some(symbol) = analysis.symbol(SymbolKind::Framework, declared) else {
            continue;
        };
        for model in analysis.run.models.iter().map(|checked| &checked.model) {
            let Some(at) = model
                .frameworks
                .iter()
                .position(|it| it.decl.span == symbol.declared)
            else {
                continue;
            };
            let label = &model.frameworks[at].decl;
            let met = model
                .duties
                .iter()
                .flat_map(|duty| &duty.notes.meets)
                .filter(|(framework, ..)| *framework == at);
            let count = met
                .map(|(_, control, _)| control.as_str())
                .collect::<std::collections::BTreeSet<_>>()
                .len();
            return vec![
                opening("framework", &label.name, &label.title),
                Block::Paragraph(plain(format!(
                    "controls met in {}: {count}",
                    model.decl.title
                ))),
            ];
        }
    }
    Vec::new()
}
