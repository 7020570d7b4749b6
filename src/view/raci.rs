//! Duties by area as rows, parties as columns, letters in the cells.

use super::closing::closing;
use super::matrix::MAX_COLUMNS;
use super::words::{
    Areas, Notes, area_row, duty_remarks, each_once, opening, remarks, title, when,
};
use super::{Block, Inline, Item, Page, Run, Shows, View, plain};
use crate::matrix::{Holding, Matrix};
use crate::model::{DutyId, PartyId, Roles};
use crate::space::Region;

/// One line: a duty, a condition, and the letters of each party.
struct Line {
    duty: DutyId,
    when: Option<String>,
    letters: Vec<String>,
    /// Further details of the claims: parts, reasons, notes.
    remarks: Vec<Inline>,
}

/// Its entry in the catalogue of views.
pub(super) static VIEW: View = View {
    name: "raci",
    about: "Duties by area, parties across, letters in the cells",
    shows: Shows::Model(page),
};

/// The page.
pub(super) fn page(matrix: &Matrix) -> Page {
    let parties: Vec<PartyId> = matrix
        .model()
        .used_parties()
        .map(|(id, _)| id)
        .filter(|&id| holds_something(matrix, id))
        .collect();
    let mut lines = Vec::new();
    for at in 0..matrix.rows().len() {
        lines.extend(lines_of(matrix, at, &parties));
    }
    let mut blocks = opening(matrix.model());
    blocks.push(Block::Paragraph(plain(
        "R: responsible, A: accountable, C: consulted, I: informed, S: supports; +: jointly; n/a: the duty does not apply.",
    )));
    let conditional = lines.iter().any(|line| line.when.is_some());
    let wide = parties.len() + 1 + usize::from(conditional) > MAX_COLUMNS;
    let mut notes = Notes::default();
    let table = if wide {
        sections(matrix, &parties, &lines, &mut notes)
    } else {
        table(matrix, &parties, &lines, conditional, &mut notes)
    };
    blocks.push(table);
    blocks.extend(notes.block());
    blocks.extend(closing(matrix));
    Page {
        title: matrix.model().decl.title.clone(),
        blocks,
    }
}

fn holds_something(matrix: &Matrix, party: PartyId) -> bool {
    let mut holdings = matrix.rows().iter().flat_map(|row| &row.holdings);
    holdings.any(|holding| holding.holders.iter().any(|holder| holder.party == party))
}

/// The lines of one duty: one for each set of letters.
fn lines_of(matrix: &Matrix, at: usize, parties: &[PartyId]) -> Vec<Line> {
    let (duty, possible) = (matrix.rows()[at].duty, matrix.possible());
    let mut outcomes: Vec<(Region, Vec<String>, Vec<Inline>)> = Vec::new();
    for holding in matrix.rows()[at].holdings.clone() {
        let held = holding.nobody.is_some()
            || holding
                .holders
                .iter()
                .any(|it| Roles::only(it.role).owning());
        let letters: Vec<String> = parties
            .iter()
            .map(|&party| {
                if held {
                    letters(&holding, party)
                } else {
                    "nobody".into()
                }
            })
            .collect();
        let said = duty_remarks(matrix.model(), duty)
            .into_iter()
            .chain(remarks(matrix, &holding));
        if let Some((region, _, known)) =
            outcomes.iter_mut().find(|(_, known, _)| *known == letters)
        {
            *region = matrix.store().union(*region, holding.region);
            for remark in said {
                if !known.contains(&remark) {
                    known.push(remark);
                }
            }
        } else {
            let mut said = said.collect();
            each_once(&mut said);
            outcomes.push((holding.region, letters, said));
        }
    }
    let line = |(region, letters, remarks)| Line {
        duty,
        when: when(matrix, region, possible),
        letters,
        remarks,
    };
    outcomes.into_iter().map(line).collect()
}

fn letters(holding: &Holding, party: PartyId) -> String {
    if holding.nobody.is_some() {
        return "n/a".into();
    }
    let of_party = holding
        .holders
        .iter()
        .filter(|holder| holder.party == party);
    of_party
        .map(|holder| {
            format!(
                "{}{}",
                holder.role.letter(),
                if holder.joint { "+" } else { "" }
            )
        })
        .collect()
}

/// A duty's title, and the numbers of its notes.
fn marked(matrix: &Matrix, line: &Line, notes: &mut Notes) -> (String, String) {
    let marks = line
        .remarks
        .iter()
        .map(|remark| notes.mark(remark.clone()))
        .collect();
    (matrix.model().duty(line.duty).decl.title.clone(), marks)
}

fn table(
    matrix: &Matrix,
    parties: &[PartyId],
    lines: &[Line],
    conditional: bool,
    notes: &mut Notes,
) -> Block {
    let mut head = vec![plain("Duty")];
    head.extend(conditional.then(|| plain("When")));
    head.extend(
        parties
            .iter()
            .map(|&party| plain(title(matrix.model(), party))),
    );
    let mut rows: Vec<Vec<Inline>> = Vec::new();
    let mut areas = Areas::default();
    for line in lines {
        let (title, marks) = marked(matrix, line, notes);
        rows.extend(
            areas
                .heading(matrix.model(), line.duty)
                .map(|title| area_row(title, head.len())),
        );
        let mut row = vec![plain(format!("{title}{marks}"))];
        row.extend(conditional.then(|| plain(line.when.clone().unwrap_or_default())));
        row.extend(line.letters.iter().map(|letters| plain(letters.clone())));
        rows.push(row);
    }
    Block::Table { head, rows }
}

/// The lines as a list, if there are too many parties for a table.
fn sections(matrix: &Matrix, parties: &[PartyId], lines: &[Line], notes: &mut Notes) -> Block {
    let item = |line: &Line| {
        let (duty, marks) = marked(matrix, line, notes);
        let condition = line
            .when
            .as_ref()
            .map_or(marks.clone(), |when| format!(", {when}{marks}"));
        let held = parties
            .iter()
            .zip(&line.letters)
            .filter(|(_, letters)| !letters.is_empty());
        let details = held
            .map(|(&party, letters)| plain(format!("{}: {letters}", title(matrix.model(), party))))
            .collect();
        Item {
            text: vec![Run::Strong(duty), Run::Plain(condition)],
            details,
        }
    };
    Block::List(lines.iter().map(item).collect())
}
