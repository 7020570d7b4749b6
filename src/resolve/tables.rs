//! From tables to claims: equal cells of a row become one claim, a RACI row becomes one claim.

use std::collections::HashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Annotations, AreaId, Claim, CondId, DutyId, Form, Grant, Node, Part, PartyId};
use crate::source::Span;
use crate::space::{AxisId, Cond, Values};
use crate::syntax::ast::{self, Cell, Content, Footnote, Path, Row, Table};

use super::claims::{row_grants, says_nothing};
use super::scope::twice;
use super::structure::ModelBuilder;

/// What the footnotes of a cell or row say.
#[derive(Clone, Default)]
struct Said {
    texts: Vec<String>,
    parts: Vec<Part>,
    /// A footnote is missing or names a party that means nothing.
    faulty: bool,
}

/// What all rows of one table share.
struct Context<'t, 's> {
    table: &'t Table<'s>,
    when: CondId,
    notes: Annotations,
    /// Marks that a cell or row bears.
    used: HashSet<&'s str>,
    /// Some mark has no footnote: its footnote may bear another by mistake.
    missing: bool,
}

impl<'a, 's> ModelBuilder<'a, 's> {
    pub(super) fn table(&mut self, table: &'a Table<'s>, area: Option<AreaId>) {
        let when = self.maybe_when(table.when.as_ref());
        let notes = self.notes(&table.fields);
        let duties: Vec<Option<DutyId>> = table
            .rows
            .iter()
            .map(|row| self.row_duty(row, area))
            .collect();
        self.rows_once(table, &duties);
        let known: Vec<DutyId> = duties.iter().flatten().copied().collect();
        for word in &table.lost {
            let nodes = self.matching(word.node);
            let meant: Vec<DutyId> = nodes
                .into_iter()
                .flat_map(|node| self.duties_below(node))
                .collect();
            self.doubt(&meant);
        }
        let columns = if table.faulty {
            None
        } else {
            self.columns(table)
        };
        let (Some(when), Some(columns)) = (when, columns) else {
            return self.doubt(&known);
        };
        self.footnotes_once(table);
        let mut context = Context {
            table,
            when,
            notes,
            used: HashSet::new(),
            missing: false,
        };
        for (row, duty) in table.rows.iter().zip(&duties) {
            let Some(duty) = *duty else { continue };
            if row.faulty {
                self.doubt(&[duty]);
            }
            if row.cells.len() == table.columns.len() {
                match &columns {
                    Columns::Values(axis, values) => {
                        self.grid_row(&mut context, row, duty, *axis, values);
                    }
                    Columns::Parties(parties) => self.raci_row(&mut context, row, duty, parties),
                }
            }
        }
        let all_read =
            table.lost.is_empty() && !table.rows.iter().any(|row| row.faulty) && !context.missing;
        for footnote in table
            .footnotes
            .iter()
            .filter(|footnote| all_read && !context.used.contains(footnote.mark.node))
        {
            let message = format!(
                "nothing in this table bears the mark `[{}]`",
                footnote.mark.node
            );
            self.faults.push(
                Diagnostic::new(Code::UnusedFootnote, footnote.mark.span, message, "")
                    .help("put the mark on a cell, or remove the footnote"),
            );
        }
    }

    fn row_duty(&mut self, row: &Row<'s>, area: Option<AreaId>) -> Option<DutyId> {
        if row.title.is_some() {
            // The row itself declared it, in this very area.
            let nodes = self.index.get(row.duty.node)?.iter();
            return nodes
                .filter_map(|node| {
                    if let Node::Duty(id) = node {
                        Some(*id)
                    } else {
                        None
                    }
                })
                .find(|&id| self.model.duty(id).area == area);
        }
        match self.find(&row.duty, area)? {
            Node::Duty(id) => Some(id),
            node @ Node::Area(_) => {
                let meant = self.duties_below(node);
                self.doubt(&meant);
                let message = format!("expected a duty, found the area `{}`", row.duty.node);
                self.faults.push(
                    Diagnostic::new(Code::UnknownDuty, row.duty.span, message, "")
                        .help("give each duty of the area a row"),
                );
                None
            }
        }
    }

    fn rows_once(&mut self, table: &Table<'s>, duties: &[Option<DutyId>]) {
        for (at, (row, duty)) in table.rows.iter().zip(duties).enumerate() {
            let first = duties[..at]
                .iter()
                .position(|earlier| duty.is_some() && earlier == duty);
            if let (Some(first), None) = (first, &row.title) {
                let first = table.rows[first].duty.span;
                self.faults
                    .push(twice("row", row.duty.node, first, row.duty.span));
                self.doubt(duties[at].as_slice());
            }
        }
    }

    fn columns(&mut self, table: &Table<'s>) -> Option<Columns> {
        if let Some(path) = &table.axis {
            let axis = self.axis(path)?;
            let values: Vec<Option<u32>> = table
                .columns
                .iter()
                .map(|column| self.value(axis, column))
                .collect();
            return Some(Columns::Values(
                axis,
                values.into_iter().collect::<Option<_>>()?,
            ));
        }
        let parties: Vec<Option<PartyId>> = table
            .columns
            .iter()
            .map(|column| self.party(column))
            .collect();
        Some(Columns::Parties(
            parties.into_iter().collect::<Option<_>>()?,
        ))
    }

    fn footnotes_once(&mut self, table: &Table<'s>) {
        for (at, footnote) in table.footnotes.iter().enumerate() {
            if let Some(first) = table.footnotes[..at]
                .iter()
                .find(|other| other.mark.node == footnote.mark.node)
            {
                self.faults.push(twice(
                    "footnote",
                    footnote.mark.node,
                    first.mark.span,
                    footnote.mark.span,
                ));
            }
        }
    }

    /// What the footnotes with these marks say.
    fn said(&mut self, context: &mut Context<'a, 's>, marks: &[Path<'s>]) -> Said {
        let mut said = Said::default();
        for mark in marks {
            context.used.insert(mark.node);
            if let Some(footnote) = context
                .table
                .footnotes
                .iter()
                .find(|footnote| footnote.mark.node == mark.node)
            {
                self.read_footnote(footnote, &mut said);
            } else {
                (said.faulty, context.missing) = (true, true);
                let message = format!("there is no footnote `[{}]` below this table", mark.node);
                let known: Vec<String> = context
                    .table
                    .footnotes
                    .iter()
                    .map(|footnote| format!("`[{}]`", footnote.mark.node))
                    .collect();
                let known = if known.is_empty() {
                    String::new()
                } else {
                    format!("; its footnotes are {}", known.join(", "))
                };
                let fault = Diagnostic::new(Code::MissingFootnote, mark.span, message, "");
                self.faults
                    .push(fault.help(format!("add `[{}] \"…\"` below the rows{known}", mark.node)));
            }
        }
        said
    }

    fn read_footnote(&mut self, footnote: &Footnote<'s>, said: &mut Said) {
        said.texts
            .extend(footnote.texts.iter().map(|text| text.node.to_string()));
        for part in &footnote.parts {
            match self.party(&part.party) {
                Some(_) if says_nothing(&part.text.node) => {}
                Some(party) => said.parts.push(Part {
                    party,
                    text: part.text.node.to_string(),
                }),
                None => said.faulty = true,
            }
        }
    }

    /// The parts that `[+]` gives to the parties of a share without a mark.
    fn default_parts(&mut self, context: &mut Context<'a, 's>, parties: &[PartyId]) -> Said {
        let mut said = Said::default();
        if let Some(footnote) = context
            .table
            .footnotes
            .iter()
            .find(|footnote| footnote.mark.node == "+")
        {
            context.used.insert("+");
            self.read_footnote(footnote, &mut said);
            said.parts.retain(|part| parties.contains(&part.party));
        }
        said
    }

    /// A footnote's part must be that of a party of the cell.
    fn parts_fit(
        &mut self,
        context: &Context<'a, 's>,
        marks: &[Path<'s>],
        parties: &[PartyId],
        said: &mut Said,
    ) {
        for mark in marks {
            let footnote = context
                .table
                .footnotes
                .iter()
                .find(|footnote| footnote.mark.node == mark.node);
            for part in footnote.iter().flat_map(|footnote| &footnote.parts) {
                let known = self.party_ids.get(part.party.node);
                if known.is_some_and(|party| !parties.contains(party)) {
                    let message = format!(
                        "`{}` is not in the cell that bears `[{}]`",
                        part.party.node, mark.node
                    );
                    let fault =
                        Diagnostic::new(Code::StrayPart, part.party.span, message, "its part");
                    self.faults.push(fault.and(mark.span, "the mark"));
                    said.faulty = true;
                }
            }
        }
        said.parts.retain(|part| parties.contains(&part.party));
    }

    fn grid_row(
        &mut self,
        context: &mut Context<'a, 's>,
        row: &'a Row<'s>,
        duty: DutyId,
        axis: AxisId,
        values: &[u32],
    ) {
        let of_row = self.said(context, &row.marks);
        self.model.duties[duty.0 as usize]
            .notes
            .notes
            .extend(of_row.texts.iter().cloned());
        let mut groups: Vec<(&Cell<'s>, Vec<(u32, Span)>)> = Vec::new();
        for (cell, &value) in row.cells.iter().zip(values) {
            match groups.iter_mut().find(|(first, _)| same(first, cell)) {
                Some((_, places)) => places.push((value, cell.span)),
                None => groups.push((cell, vec![(value, cell.span)])),
            }
        }
        if self.mentions.wanted() {
            // Equal cells are read once, but each names its parties.
            let paths = row.cells.iter().flat_map(|cell| {
                if let Content::Parties(paths) = &cell.content {
                    &paths[..]
                } else {
                    &[]
                }
            });
            for path in paths {
                if self.party_ids.contains_key(path.node) {
                    self.party(path);
                }
            }
        }
        let size = self.model.axes[axis.0 as usize].size();
        for (cell, places) in groups {
            let columns = Cond::Test(
                axis,
                Values::of(size, places.iter().map(|(value, _)| *value)),
            );
            let when = match self.model.cond(context.when) {
                Cond::Always => columns,
                other => Cond::And(vec![other.clone(), columns]),
            };
            let when = self.model.add_cond(when);
            let cells = places
                .into_iter()
                .map(|(value, span)| (axis, value, span))
                .collect();
            self.grid_cell(context, cell, duty, when, cells, &of_row);
        }
    }

    fn grid_cell(
        &mut self,
        context: &mut Context<'a, 's>,
        cell: &'a Cell<'s>,
        duty: DutyId,
        when: CondId,
        cells: Vec<(AxisId, u32, Span)>,
        of_row: &Said,
    ) {
        let mut said = self.said(context, &cell.marks);
        let (form, parties) = match &cell.content {
            Content::Blank | Content::Letters(_) => {
                self.model.duties[duty.0 as usize].blanks.extend(cells);
                return;
            }
            Content::NotApplicable => (Form::Nobody, Vec::new()),
            Content::Parties(paths) => {
                let read: Vec<Option<PartyId>> =
                    paths.iter().map(|path| self.party(path)).collect();
                let Some(parties) = read.into_iter().collect::<Option<Vec<_>>>() else {
                    return self.doubt(&[duty]);
                };
                (
                    if parties.len() > 1 {
                        Form::Share
                    } else {
                        Form::Owns
                    },
                    parties,
                )
            }
        };
        if form == Form::Share && cell.marks.is_empty() {
            said = if of_row.parts.is_empty() {
                self.default_parts(context, &parties)
            } else {
                of_row.clone()
            };
        }
        self.parts_fit(context, &cell.marks, &parties, &mut said);
        let mut notes = context.notes.clone();
        let mut because = None;
        if form == Form::Nobody {
            because = (!said.texts.is_empty()).then(|| said.texts.join(" "));
            if because.is_none() && cell.marks.is_empty() {
                let message =
                    "`n/a` without a reason: a reader cannot tell a decision from an oversight";
                let fault = Diagnostic::new(Code::NoReason, cell.span, message, "");
                self.faults
                    .push(fault.help("mark it, `n/a[1]`, and add the footnote `[1] \"…\"`"));
            }
        } else {
            notes.notes.extend(said.texts);
        }
        if form == Form::Owns {
            // A single party has no share to divide: its part is a remark.
            notes
                .notes
                .extend(said.parts.drain(..).map(|part| part.text));
        }
        let grants = if parties.is_empty() {
            Vec::new()
        } else {
            vec![Grant::owner(parties)]
        };
        self.model.claims.push(Claim {
            cells: cells.into(),
            parts: said.parts.into(),
            because: because.map(String::into),
            notes,
            faulty: said.faulty,
            ..table_claim(cell.span, form, duty, when, grants)
        });
    }

    fn raci_row(
        &mut self,
        context: &mut Context<'a, 's>,
        row: &'a Row<'s>,
        duty: DutyId,
        parties: &[PartyId],
    ) {
        let of_row = self.said(context, &row.marks);
        let mut notes = context.notes.clone();
        notes.notes.extend(of_row.texts);
        let mut letters = Vec::new();
        let mut parts = of_row.parts;
        for (cell, &party) in row.cells.iter().zip(parties) {
            let mut said = self.said(context, &cell.marks);
            self.parts_fit(context, &cell.marks, parties, &mut said);
            notes.notes.extend(said.texts);
            parts.extend(said.parts);
            if let Content::Letters(found) = &cell.content {
                letters.extend(found.iter().map(|letter| (party, letter)));
            }
        }
        self.lone_joints(&letters);
        let grants = row_grants(&letters);
        if !grants.is_empty() {
            let claim = table_claim(row.duty.span, Form::Row, duty, context.when, grants);
            self.model.claims.push(Claim {
                parts: parts.into(),
                notes,
                ..claim
            });
        }
    }

    fn lone_joints(&mut self, letters: &[(PartyId, &ast::Letter)]) {
        for (_, letter) in letters.iter().filter(|(_, letter)| letter.joint) {
            let partners = letters
                .iter()
                .filter(|(_, other)| other.joint && other.role == letter.role)
                .count();
            if partners == 1 {
                let sign = letter.role.letter();
                let message =
                    format!("`{sign}+` stands alone in its row: a joint role takes two parties");
                let fault = Diagnostic::new(Code::LoneJoint, letter.span, message, "");
                self.faults.push(fault.help(format!(
                    "mark the other cell `{sign}+` too, or write `{sign}`"
                )));
            }
        }
    }
}

/// The columns of a table.
enum Columns {
    /// Values of an axis.
    Values(AxisId, Vec<u32>),
    /// Parties.
    Parties(Vec<PartyId>),
}

/// Whether two cells of a row say the same with the same footnotes.
fn same(a: &Cell<'_>, b: &Cell<'_>) -> bool {
    let names = |cell: &Cell<'_>| -> Vec<String> {
        match &cell.content {
            Content::Blank | Content::Letters(_) => Vec::new(),
            Content::NotApplicable => vec!["n/a".into()],
            Content::Parties(paths) => paths.iter().map(|path| path.node.to_owned()).collect(),
        }
    };
    let marks = |cell: &Cell<'_>| {
        cell.marks
            .iter()
            .map(|mark| mark.node.to_owned())
            .collect::<Vec<_>>()
    };
    names(a) == names(b) && marks(a) == marks(b)
}

/// A claim as tables make them.
fn table_claim(head: Span, form: Form, duty: DutyId, when: CondId, grants: Vec<Grant>) -> Claim {
    Claim {
        head,
        cells: Box::default(),
        form,
        otherwise: false,
        when,
        duties: Box::new([duty]),
        excepted: Box::default(),
        grants: grants.into(),
        parts: Box::default(),
        text: None,
        because: None,
        until: None,
        notes: Annotations::default(),
        faulty: false,
    }
}
