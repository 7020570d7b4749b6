//! From tables to claims: equal cells of a row become one claim, a RACI row becomes one claim.

use rustc_hash::FxHashMap;

use super::claims::{row_grants, says_nothing};
use super::conditions::{axis, maybe_when, values};
use super::footnotes::{FootnoteText, Footnotes};
use super::parties::party;
use super::reader::ModelReader;
use super::{cells, fields, parties, targets, wording};
use crate::diagnostic::Code;
use crate::model::{Annotations, AreaId, Claim, CondId, DutyId, Form, Grant, Node, Part, PartyId};
use crate::source::Span;
use crate::space::{AxisId, Cond, Values};
use crate::syntax::ast::{self, Cell, Content, Path, Row, Table};

/// What all rows of one table share.
struct Context<'t, 's> {
    when: CondId,
    notes: Annotations,
    footnotes: Footnotes<'t, 's>,
}

/// The columns of a table.
enum Columns {
    /// Values of an axis.
    Values(AxisId, Vec<u32>),
    /// Parties.
    Parties(Vec<PartyId>),
}

/// Reads a table.
pub(super) fn read<'a, 's>(
    reader: &mut ModelReader<'a, 's>,
    table: &'a Table<'s>,
    area: Option<AreaId>,
) {
    let when = maybe_when(reader, table.when.as_ref());
    let notes = fields::annotations(reader, &table.fields);
    let duties = table.rows.iter().map(|row| row_duty(reader, row, area));
    let duties: Vec<Option<DutyId>> = duties.collect();
    rows_once(reader, table, &duties);
    for word in &table.lost {
        targets::doubt_matching(reader, word.node);
    }
    let readable = if table.faulty {
        None
    } else {
        cells::report(reader, table)
    };
    let columns = readable.and_then(|readable| {
        let columns = columns(reader, table, &readable)?;
        (readable.len() == table.columns.len()).then_some(columns)
    });
    let (Some(when), Some(columns)) = (when, columns) else {
        let known: Vec<DutyId> = duties.into_iter().flatten().collect();
        return reader.doubt(&known);
    };
    let footnotes = Footnotes::new(reader, &table.footnotes);
    let mut context = Context {
        when,
        notes,
        footnotes,
    };
    for (row, duty) in table.rows.iter().zip(duties) {
        let Some(duty) = duty else { continue };
        if row.faulty {
            reader.doubt(&[duty]);
        }
        if row.cells.len() != table.columns.len() {
            continue;
        }
        if is_heading_of_others(reader, row) {
            reader.doubt(&[duty]);
            continue;
        }
        match &columns {
            Columns::Values(axis, values) => {
                grid_row(reader, &mut context, row, duty, (*axis, values));
            }
            Columns::Parties(parties) => raci_row(reader, &mut context, row, duty, parties),
        }
    }
    if table.lost.is_empty() && !table.rows.iter().any(|row| row.faulty) {
        context.footnotes.unused(reader);
    }
}

/// Whether a row is a heading inside its table: emphasised, with nothing in its cells. If so, reports it.
fn is_heading_of_others(reader: &mut ModelReader<'_, '_>, row: &Row<'_>) -> bool {
    let is_blank = |cell: &Cell<'_>| matches!(cell.content, Content::Blank);
    let title = row.title.as_ref().map_or("", |title| title.node.trim());
    let is_emphasised = title.len() > 4 && title.starts_with("**") && title.ends_with("**");
    let is_heading = is_emphasised && row.cells.iter().all(is_blank);
    if is_heading {
        let fault = wording::row_is_heading(&row.duty, title.trim_matches('*'));
        reader.faults.push(fault);
    }
    is_heading
}

/// The duty of a row; `None` after a fault, which is reported.
fn row_duty<'s>(
    reader: &mut ModelReader<'_, 's>,
    row: &Row<'s>,
    area: Option<AreaId>,
) -> Option<DutyId> {
    if row.title.is_some() {
        // The row itself declared it, in this area.
        return reader.index.duty_in(&reader.model, row.duty.node, area);
    }
    let before = reader.faults.len();
    let Some(node) = targets::find(reader, &row.duty, area) else {
        if let [.., fault] = &mut reader.faults[before..]
            && fault.help.is_empty()
        {
            fault.help.push(wording::declare_in_row(row));
        }
        return None;
    };
    match node {
        Node::Duty(id) => Some(id),
        node @ Node::Area(_) => {
            reader.doubt_below(node);
            reader.faults.push(wording::row_of_area(&row.duty));
            None
        }
    }
}

fn rows_once(reader: &mut ModelReader<'_, '_>, table: &Table<'_>, duties: &[Option<DutyId>]) {
    let mut first_rows: FxHashMap<DutyId, Span> = FxHashMap::default();
    for (row, duty) in table.rows.iter().zip(duties) {
        let Some(id) = *duty else { continue };
        let first = *first_rows.entry(id).or_insert(row.duty.span);
        if first != row.duty.span && row.title.is_none() {
            let fault = wording::twice("row", row.duty.node, first, row.duty.span);
            reader.faults.push(fault);
            reader.doubt(duty.as_slice());
        }
    }
}

fn columns<'s>(
    reader: &mut ModelReader<'_, 's>,
    table: &Table<'s>,
    headings: &[Path<'s>],
) -> Option<Columns> {
    if let Some(path) = &table.axis {
        let axis = axis(reader, path)?;
        return Some(Columns::Values(axis, values(reader, axis, headings)?));
    }
    parties::all(reader, headings, Code::Duplicate).map(Columns::Parties)
}

fn grid_row<'a, 's>(
    reader: &mut ModelReader<'a, 's>,
    context: &mut Context<'a, 's>,
    row: &'a Row<'s>,
    duty: DutyId,
    (axis, columns): (AxisId, &[u32]),
) {
    let of_row = context.footnotes.said(reader, &row.marks);
    reader.report_blank(&of_row.blank);
    let notes = &mut reader.model.duties[duty.0 as usize].notes;
    if !of_row.texts.is_empty() {
        notes.notes.extend(of_row.texts.iter().cloned());
    }
    let mut groups: Vec<(&Cell<'s>, Vec<(u32, Span)>)> = Vec::new();
    let mut known: FxHashMap<String, usize> = FxHashMap::default();
    for (cell, &value) in row.cells.iter().zip(columns) {
        let at = *known.entry(said_by(cell)).or_insert_with(|| {
            groups.push((cell, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push((value, cell.span));
    }
    refer_to_parties(reader, row);
    let size = reader.model.axes[axis.0 as usize].size();
    for (cell, places) in groups {
        let values = Values::of(size, places.iter().map(|(value, _)| *value));
        let of_columns = Cond::Test(axis, values);
        let when = match reader.model.cond(context.when) {
            Cond::Always => of_columns,
            other => Cond::And(vec![other.clone(), of_columns]),
        };
        let when = reader.model.add_cond(when);
        let cells = places.into_iter().map(|(value, span)| (axis, value, span));
        let empty = Claim {
            cells: cells.collect(),
            ..table_claim(cell.span, duty, when)
        };
        grid_cell(reader, context, cell, empty, &of_row);
    }
}

/// Equal cells are read only once, but the party names in each are recorded.
fn refer_to_parties<'s>(reader: &mut ModelReader<'_, 's>, row: &Row<'s>) {
    if !reader.refs.wanted() {
        return;
    }
    for cell in &row.cells {
        let Content::Parties(paths) = &cell.content else {
            continue;
        };
        for path in paths {
            if reader.names.parties.contains_key(path.node) {
                party(reader, path);
            }
        }
    }
}

/// Reads a cell of a grid; `claim` already has its duty and condition.
fn grid_cell<'a, 's>(
    reader: &mut ModelReader<'a, 's>,
    context: &mut Context<'a, 's>,
    cell: &'a Cell<'s>,
    mut claim: Claim,
    of_row: &FootnoteText<'s>,
) {
    let duty = claim.duties[0];
    let mut said = context.footnotes.said(reader, &cell.marks);
    let parties = match &cell.content {
        // It is reported, and its duty is uncertain.
        Content::Unread(_) => return,
        Content::Blank | Content::Letters(_) => {
            let blanks = &mut reader.model.duties[duty.0 as usize].blanks;
            blanks.extend(claim.cells);
            return;
        }
        Content::NotApplicable => Vec::new(),
        Content::Parties(paths) => match parties::all(reader, paths, Code::BadCell) {
            Some(parties) => parties,
            None => return reader.doubt(&[duty]),
        },
    };
    claim.form = match parties.len() {
        0 => Form::Nobody,
        1 => Form::Owns,
        _ => Form::Share,
    };
    if claim.form == Form::Share && cell.marks.is_empty() {
        said = context.footnotes.default_parts(reader, &parties);
        // What the row says of a party is said instead of what the table says of it.
        let is_of_row = |part: &Part| of_row.parts.iter().any(|own| own.party == part.party);
        said.parts.retain(|part| !is_of_row(part));
        said.parts.splice(0..0, of_row.parts.iter().cloned());
        said.faulty |= of_row.faulty;
    }
    context
        .footnotes
        .parts_fit(reader, &cell.marks, &parties, &mut said);
    claim.notes = context.notes.clone();
    if claim.form == Form::Nobody {
        let says_why = said.texts.iter().any(|text| !says_nothing(text));
        if !says_why && !said.faulty {
            let fault = wording::not_applicable_without_reason(cell.span, !cell.marks.is_empty());
            reader.faults.push(fault);
        }
        if !said.texts.is_empty() {
            claim.because = Some(said.texts.join(" ").into());
        }
        said.blank.clear();
    } else if !said.texts.is_empty() {
        claim.notes.notes.extend(said.texts);
    }
    reader.report_blank(&said.blank);
    if claim.form == Form::Owns && !said.parts.is_empty() {
        // A single party shares with nobody, so its part becomes a remark.
        let remarks = said.parts.drain(..).map(|part| part.text);
        claim.notes.notes.extend(remarks);
    }
    if !parties.is_empty() {
        claim.grants = Box::new([Grant::owner(parties)]);
    }
    claim.parts = said.parts.into();
    claim.faulty = said.faulty;
    reader.model.claims.push(claim);
}

fn raci_row<'a, 's>(
    reader: &mut ModelReader<'a, 's>,
    context: &mut Context<'a, 's>,
    row: &'a Row<'s>,
    duty: DutyId,
    parties: &[PartyId],
) {
    let of_row = context.footnotes.said(reader, &row.marks);
    let (mut texts, mut parts, mut blank) = (of_row.texts, of_row.parts, of_row.blank);
    let mut letters = Vec::new();
    for (cell, &party) in row.cells.iter().zip(parties) {
        let mut said = context.footnotes.said(reader, &cell.marks);
        context
            .footnotes
            .parts_fit(reader, &cell.marks, parties, &mut said);
        texts.extend(said.texts);
        parts.extend(said.parts);
        blank.extend(said.blank);
        if let Content::Letters(found) = &cell.content {
            letters.extend(found.iter().map(|letter| (party, letter)));
        }
    }
    reader.report_blank(&blank);
    if !row.faulty {
        lone_joints(reader, &letters);
    }
    let grants = row_grants(&letters);
    if grants.is_empty() {
        return;
    }
    let mut notes = context.notes.clone();
    if !texts.is_empty() {
        notes.notes.extend(texts);
    }
    reader.model.claims.push(Claim {
        form: Form::Row,
        grants: grants.into(),
        parts: parts.into(),
        notes,
        ..table_claim(row.duty.span, duty, context.when)
    });
}

fn lone_joints(reader: &mut ModelReader<'_, '_>, letters: &[(PartyId, &ast::Letter)]) {
    for (_, letter) in letters.iter().filter(|(_, letter)| letter.joint) {
        let is_partner = |other: &ast::Letter| other.joint && other.role == letter.role;
        let partners = letters.iter().filter(|(_, other)| is_partner(other));
        if partners.count() == 1 {
            let fault = wording::lone_joint(letter.role.letter(), letter.span);
            reader.faults.push(fault);
        }
    }
}

/// What a cell says, and its marks: cells of a row for which this is equal are one claim.
fn said_by(cell: &Cell<'_>) -> String {
    let names = |list: &[Path<'_>]| {
        let names: Vec<&str> = list.iter().map(|path| path.node).collect();
        names.join(" ")
    };
    let content = match &cell.content {
        Content::Parties(parties) => names(parties),
        Content::NotApplicable => "n/a".into(),
        Content::Blank | Content::Letters(_) => "-".into(),
        Content::Unread(text) => format!("?{text}"),
    };
    format!("{content}[{}", names(&cell.marks))
}

/// A claim of a table, still without grants.
fn table_claim(head: Span, duty: DutyId, when: CondId) -> Claim {
    Claim {
        head,
        cells: Box::default(),
        form: Form::Nobody,
        otherwise: false,
        when,
        duties: Box::new([duty]),
        excepted: Box::default(),
        grants: Box::default(),
        parts: Box::default(),
        text: None,
        because: None,
        until: None,
        notes: Annotations::default(),
        faulty: false,
    }
}
