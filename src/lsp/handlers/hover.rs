//! What stands under the cursor: who holds a duty, what a party holds, what a word means.

use crate::diagnostic::Code;
use crate::emit::{Layout, laid_out};
use crate::lsp::server::{Refused, Server};
use crate::lsp::types::{Hover, HoverContents, HoverParams, MarkupContent, MarkupKind};
use crate::lsp::workspace::{Analysis, Place};
use crate::matrix::Holding;
use crate::model::{AnnotationFields, CondId, DutyId, Model, PartyId, Role};
use crate::resolve::symbols::{Symbol, SymbolKind};
use crate::space::{Syntax, describe, describe_cond};
use crate::syntax::blocks::{at, blocks};
use crate::syntax::{FieldKind, FlatKind, LexemeKind, lexemes, meaning, vocabulary};
use crate::view::{Block, Inline, Item, Page, Run, plain};

use super::Snapshot;
use super::lens::owned;
use super::navigation::{ResolvedName, meant};

/// At most so many rows stand in a hover's table.
const MAX_ROWS: usize = 12;

/// What is to be said of the place under the cursor.
pub fn hover(server: &mut Server, params: HoverParams) -> Result<Option<Hover>, Refused> {
    let at = params.text_document_position_params;
    let Some(snapshot) = Snapshot::of(server, &at.text_document.uri) else {
        return Ok(None);
    };
    let byte = snapshot.byte(at.position);
    let (blocks, bytes) = match meant(server, &snapshot, byte) {
        Some(meant) => (of_thing(server, &snapshot, &meant), meant.name),
        None => match of_word(server, &snapshot, byte) {
            Some(found) => found,
            None => return Ok(None),
        },
    };
    if blocks.is_empty() {
        return Ok(None);
    }
    let page = Page {
        title: String::new(),
        blocks,
    };
    let value = laid_out(
        &page,
        Layout {
            level: Some(4),
            ..Layout::default()
        },
    );
    let contents = HoverContents::Markup(MarkupContent {
        kind: MarkupKind::Markdown,
        value,
    });
    Ok(Some(Hover {
        contents,
        range: Some(snapshot.places().range(bytes)),
    }))
}

fn code(text: impl Into<String>) -> Run {
    Run::Code(text.into())
}

fn words_of(text: impl Into<String>) -> Run {
    Run::Plain(text.into())
}

/// `duty` `path`: the title.
fn opening(what: &str, name: &str, title: &str) -> Block {
    let mut line = vec![words_of(format!("{what} ")), code(name)];
    if title != name {
        line.extend([words_of(": "), Run::Strong(title.to_owned())]);
    }
    Block::Paragraph(line)
}

/// What is to be said of a thing.
fn of_thing(server: &mut Server, snapshot: &Snapshot, meant: &ResolvedName) -> Vec<Block> {
    let ResolvedName { kind, declared, .. } = meant;
    if matches!(
        kind,
        SymbolKind::Duty | SymbolKind::Area | SymbolKind::Model
    ) {
        // These belong to one model, which the file's own run knows best.
        let path = if server
            .workspace
            .analysis(&snapshot.path)
            .is_some_and(|(it, _)| it.thing(*kind, declared).is_some())
        {
            &snapshot.path
        } else {
            &declared.path
        };
        let Some((analysis, _)) = server.workspace.analysis_mut(path) else {
            return Vec::new();
        };
        let Some(thing) = analysis.thing(*kind, declared) else {
            return Vec::new();
        };
        return of_model(analysis, thing);
    }
    let Some((analysis, _)) = server.workspace.analysis(&snapshot.path) else {
        return Vec::new();
    };
    let Some(thing) = analysis.thing(*kind, declared) else {
        return Vec::new();
    };
    match kind {
        SymbolKind::Party => of_party(server, snapshot, declared),
        SymbolKind::Axis | SymbolKind::Value => of_axis(server, thing, analysis, declared),
        SymbolKind::Framework => of_framework(server, declared),
        _ => vec![Block::Paragraph(vec![
            words_of("file "),
            code(analysis.run.sources.name(thing.declared.file)),
        ])],
    }
}

/// A duty, an area or a whole model.
fn of_model(analysis: &mut Analysis, thing: Symbol) -> Vec<Block> {
    for checked in &mut analysis.run.models {
        let model = &checked.model;
        if model.decl.span == thing.declared {
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
        if let Some(area) = model.areas.iter().find(|it| it.decl.span == thing.declared) {
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
            .position(|it| it.decl.span == thing.declared)
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

fn item(name: &str, title: &str) -> Item {
    Item {
        text: if name == title {
            vec![code(name)]
        } else {
            vec![code(name), words_of(format!(" {title}"))]
        },
        details: Vec::new(),
    }
}

/// A list, its end cut off where it is long.
fn shortened(mut items: Vec<Item>) -> Block {
    let more = items.len().saturating_sub(MAX_ROWS);
    if more > 0 {
        items.truncate(MAX_ROWS);
        items.push(Item {
            text: plain(format!("and {more} more")),
            details: Vec::new(),
        });
    }
    Block::List(items)
}

/// Who holds a duty, by region.
fn holders(checked: &crate::check::Checked, duty: DutyId) -> Vec<Block> {
    if checked.model.duty(duty).uncertain {
        return vec![Block::Paragraph(plain(
            "not checked: a statement that speaks of it, or may, has a fault",
        ))];
    }
    let Some(holdings) = checked.holdings(duty) else {
        return vec![Block::Paragraph(plain("who holds it is not decided"))];
    };
    let free = checked.store().complement(checked.exists(duty));
    let mut merged: Vec<Holding> = Vec::new();
    for holding in holdings {
        match merged.iter_mut().find(|it| it.seen() == holding.seen()) {
            Some(same) => same.region = checked.store().union(same.region, holding.region),
            None => merged.push(holding),
        }
    }
    let mut rows = Vec::new();
    let more = merged.len().saturating_sub(MAX_ROWS);
    for holding in merged.iter().take(MAX_ROWS) {
        let model = &checked.model;
        let when = describe(checked.store(), holding.region, free, &Syntax(model));
        let named = |role: Role| -> Inline {
            let mut names: Vec<&str> = holding
                .of(role)
                .map(|it| model.party(it.party).decl.title.as_str())
                .collect();
            let owning = matches!(role, Role::Responsible | Role::Accountable);
            names.extend((owning && holding.nobody.is_some()).then_some("n/a"));
            if owning && names.is_empty() {
                vec![Run::Strong("nobody".into())]
            } else {
                plain(names.join(" + "))
            }
        };
        let others: Vec<String> = [Role::Consulted, Role::Informed, Role::Supports]
            .into_iter()
            .flat_map(|role| {
                holding.of(role).map(move |it| {
                    format!("{} ({})", model.party(it.party).decl.title, role.word())
                })
            })
            .collect();
        let when = when.map_or_else(|| plain("always"), |when| vec![code(when)]);
        rows.push(vec![
            when,
            named(Role::Responsible),
            named(Role::Accountable),
            plain(others.join(", ")),
        ]);
    }
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
    let rest = (more > 0).then(|| Block::Paragraph(plain(format!("and {more} more regions"))));
    [table].into_iter().chain(rest).collect()
}

/// What a block of fields says.
fn remarks(model: &Model, remarks: &AnnotationFields) -> Option<Block> {
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

/// A party: what it is, and what it holds, in the models of the file or, of a file without one, in
/// all.
fn of_party(server: &Server, snapshot: &Snapshot, declared: &Place) -> Vec<Block> {
    let own = server
        .workspace
        .analysis(&snapshot.path)
        .filter(|(it, _)| !it.run.models.is_empty())
        .map(|(it, _)| it);
    let analyses: Vec<&Analysis> =
        own.map_or_else(|| server.workspace.analyses().collect(), |own| vec![own]);
    let mut blocks = Vec::new();
    for analysis in analyses {
        let Some(thing) = analysis.thing(SymbolKind::Party, declared) else {
            continue;
        };
        for checked in &analysis.run.models {
            let model = &checked.model;
            let Some(at) = model
                .parties
                .iter()
                .position(|it| it.decl.span == thing.declared)
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
                let members: Vec<&str> = party
                    .members
                    .iter()
                    .map(|&it| model.party(it).decl.title.as_str())
                    .collect();
                blocks.extend(
                    (!members.is_empty())
                        .then(|| Block::Paragraph(plain(format!("joins {}", members.join(", "))))),
                );
            }
            blocks.extend(held(model, id));
        }
    }
    if blocks.is_empty() {
        let name = server
            .workspace
            .text(&declared.path)
            .and_then(|text| text.get(declared.bytes.clone()).map(str::to_owned));
        blocks.extend(name.map(|name| opening("party", &name, &name)));
    }
    blocks.truncate(MAX_ROWS);
    blocks
}

/// What claims give to a party in a model.
fn held(model: &Model, party: PartyId) -> Vec<Block> {
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
            "owns, or has a part in, {duties} of {} duties in ",
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

/// An axis with its values, or one of them.
fn of_axis(server: &Server, thing: Symbol, own: &Analysis, declared: &Place) -> Vec<Block> {
    let known = std::iter::once((own, thing)).chain(
        server
            .workspace
            .analyses()
            .filter_map(|it| Some((it, it.thing(thing.kind, declared)?))),
    );
    for (analysis, thing) in known {
        for model in analysis.run.models.iter().map(|checked| &checked.model) {
            let Some(axis) = model
                .axes
                .iter()
                .find(|it| it.decl.span == thing.declared || it.declared.contains(&thing.declared))
            else {
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
                    Block::Paragraph(plain("no or yes; its name alone means yes")),
                ];
            }
            let values = axis
                .values
                .iter()
                .zip(&axis.declared)
                .map(|((name, title), span)| {
                    let mut value = item(name, title);
                    if *span == thing.declared {
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
fn of_framework(server: &Server, declared: &Place) -> Vec<Block> {
    for analysis in server.workspace.analyses() {
        let Some(thing) = analysis.thing(SymbolKind::Framework, declared) else {
            continue;
        };
        for model in analysis.run.models.iter().map(|checked| &checked.model) {
            let Some(at) = model
                .frameworks
                .iter()
                .position(|it| it.decl.span == thing.declared)
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
                    "{count} of its controls met in {}",
                    model.decl.title
                ))),
            ];
        }
    }
    Vec::new()
}

/// A keyword, a code, or a control, and where it stands.
fn of_word(
    server: &Server,
    snapshot: &Snapshot,
    byte: usize,
) -> Option<(Vec<Block>, std::ops::Range<usize>)> {
    let words = lexemes(&snapshot.text);
    let word = words
        .into_iter()
        .find(|word| word.start <= byte && byte < word.range().end)?;
    if word.kind == LexemeKind::Text {
        return Some((
            of_control(server, snapshot, byte, &meaning(word.text))?,
            word.range(),
        ));
    }
    if word.kind != LexemeKind::Word {
        return None;
    }
    if let Some(code) = Code::find(word.text) {
        let page = code
            .page()
            .lines()
            .skip(1)
            .take_while(|line| !line.starts_with("##"))
            .collect::<Vec<_>>()
            .join("\n");
        let paragraphs = page.trim().split("\n\n").map(|it| it.replace('\n', " "));
        let told = paragraphs.map(|it| Block::Paragraph(with_code(&it)));
        return Some((
            std::iter::once(opening("code", code.id(), code.title()))
                .chain(told)
                .collect(),
            word.range(),
        ));
    }
    let said = vocabulary::meaning_of(word.text)?;
    Some((
        vec![Block::Paragraph(
            [vec![code(word.text), words_of(": ")], with_code(said)].concat(),
        )],
        word.range(),
    ))
}

/// A text in which backticks set off words of the language.
fn with_code(text: &str) -> Inline {
    text.split('`')
        .enumerate()
        .map(|(nth, part)| {
            if nth % 2 == 1 {
                code(part)
            } else {
                words_of(part)
            }
        })
        .collect()
}

/// A control of a framework: the duties that meet it.
fn of_control(
    server: &Server,
    snapshot: &Snapshot,
    byte: usize,
    control: &str,
) -> Option<Vec<Block>> {
    let blocks = blocks(&snapshot.text);
    let field = &blocks[at(&blocks, byte)?];
    let words = field.words(&snapshot.text);
    if field.kind != FlatKind::Field(FieldKind::Meets) {
        return None;
    }
    let framework = words.get(1)?.text;
    let (analysis, _) = server.workspace.analysis(&snapshot.path)?;
    let mut told = vec![Block::Paragraph(vec![
        words_of("control "),
        code(format!("{framework} {control}")),
    ])];
    for model in analysis.run.models.iter().map(|checked| &checked.model) {
        let meets = |duty: &&crate::model::Duty| {
            duty.notes
                .meets
                .iter()
                .any(|(at, id, _)| model.frameworks[*at].decl.name == framework && id == control)
        };
        let duties: Vec<Item> = model
            .duties
            .iter()
            .filter(meets)
            .map(|duty| item(&duty.path, &duty.decl.title))
            .collect();
        if !duties.is_empty() {
            told.push(Block::Paragraph(plain("met by")));
            told.push(shortened(duties));
        }
    }
    Some(told)
}
