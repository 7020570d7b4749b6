//! Duties by area as rows, one axis as columns; what depends on other axes is in separate tables,
//! one for each combination that differs.

use super::closing::closing;
use super::words::{
    Areas, Notes, area_row, area_title, duty_remarks, each_once, opening, owners, remarks, when,
};
use super::{Block, Inline, Item, Page, Run, Shows, View, plain};
use crate::matrix::{Matrix, Row};
use crate::model::DutyId;
use crate::space::{AxisId, Region};

/// With more columns than this, the table becomes a list.
pub(super) const MAX_COLUMNS: usize = 12;

/// What a reader sees of one holding.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Seen {
    who: String,
    remarks: Vec<Inline>,
}

/// One line of a table: a duty under a condition on the axes not used for columns.
struct Line {
    duty: DutyId,
    when: Option<String>,
    /// A cell for each column; `None` if the duty does not exist there.
    cells: Vec<Option<Seen>>,
}

/// Its entry in the catalogue of views.
pub(super) static VIEW: View = View {
    name: "matrix",
    about: "Duties by area, one axis across",
    shows: Shows::Model(page),
};

/// The page.
pub(super) fn page(matrix: &Matrix) -> Page {
    let seen: Vec<Vec<(Region, Seen)>> = (0..matrix.rows().len())
        .map(|at| seen(matrix, at))
        .collect();
    let across = across(matrix, &seen);
    let lines: Vec<Line> = seen
        .iter()
        .enumerate()
        .flat_map(|(at, outcomes)| lines(matrix, at, outcomes, across))
        .collect();
    let head: Vec<String> = match across {
        Some(axis) => {
            let values = matrix.model().axes[axis.0 as usize].values.iter();
            values.map(|(_, title)| title.clone()).collect()
        }
        None => vec!["Holder".into()],
    };
    let mut blocks = opening(matrix.model());
    let mut notes = Notes::default();
    let mut conditions: Vec<Option<String>> = lines.iter().map(|line| line.when.clone()).collect();
    conditions.sort_by_key(Option::is_some);
    let mut told: Vec<Option<String>> = Vec::new();
    for condition in conditions {
        if told.contains(&condition) {
            continue;
        }
        blocks.extend(
            condition
                .iter()
                .map(|text| Block::Heading(plain(text.clone()))),
        );
        let of_condition: Vec<&Line> = lines.iter().filter(|line| line.when == condition).collect();
        blocks.push(table(matrix, &head, &of_condition, &mut notes, across));
        told.push(condition);
    }
    if lines
        .iter()
        .any(|line| line.cells.iter().any(Option::is_none))
    {
        blocks.push(Block::Paragraph(plain(
            "—: there is no such duty, or no such situation.",
        )));
    }
    blocks.extend(notes.block());
    blocks.extend(closing(matrix));
    Page {
        title: matrix.model().decl.title.clone(),
        blocks,
    }
}

/// The lines of a duty: one for each condition on the axes not used for columns.
fn lines(
    matrix: &Matrix,
    at: usize,
    outcomes: &[(Region, Seen)],
    across: Option<AxisId>,
) -> Vec<Line> {
    let (duty, exists) = (matrix.rows()[at].duty, matrix.rows()[at].exists);
    let Some(axis) = across else {
        return vec![Line {
            duty,
            when: when(matrix, exists, matrix.possible()),
            cells: vec![outcomes.first().map(|(_, seen)| seen.clone())],
        }];
    };
    let regions: Vec<Region> = outcomes.iter().map(|(region, _)| *region).collect();
    let seen = |slot| match slot {
        Slot::Outcome(at) => Some(outcomes[at].1.clone()),
        _ => None,
    };
    let line = |spread: Spread| Line {
        duty,
        when: spread.when,
        cells: spread.slots.into_iter().map(seen).collect(),
    };
    spread(matrix, exists, &regions, axis)
        .into_iter()
        .map(line)
        .collect()
}

/// The axis used for columns, if anything depends on one.
pub fn main_axis(matrix: &Matrix) -> Option<AxisId> {
    let seen: Vec<Vec<(Region, Seen)>> = (0..matrix.rows().len())
        .map(|at| seen(matrix, at))
        .collect();
    across(matrix, &seen)
}

/// The holdings of a duty as a reader tells them apart.
fn seen(matrix: &Matrix, at: usize) -> Vec<(Region, Seen)> {
    let Row { duty, holdings, .. } = matrix.rows()[at].clone();
    let mut outcomes: Vec<(Region, Seen)> = Vec::new();
    for holding in &holdings {
        let who = match (
            holding.nobody.is_some(),
            holding
                .holders
                .iter()
                .any(|it| crate::model::Roles::only(it.role).owning()),
        ) {
            (true, _) => "n/a".to_owned(),
            (false, true) => owners(matrix.model(), holding),
            (false, false) => "nobody".to_owned(),
        };
        let mut told = remarks(matrix, holding);
        told.splice(0..0, duty_remarks(matrix.model(), duty));
        each_once(&mut told);
        let seen = Seen { who, remarks: told };
        match outcomes.iter().position(|(_, known)| *known == seen) {
            Some(known) => {
                outcomes[known].0 = matrix.store().union(outcomes[known].0, holding.region);
            }
            None => outcomes.push((holding.region, seen)),
        }
    }
    outcomes
}

/// The axis on which most duties depend; on a tie, the one declared first.
fn across(matrix: &Matrix, seen: &[Vec<(Region, Seen)>]) -> Option<AxisId> {
    let mut counts = vec![0usize; matrix.model().axes.len()];
    for outcomes in seen.iter().filter(|outcomes| outcomes.len() > 1) {
        let mut axes: Vec<AxisId> = Vec::new();
        for (region, _) in outcomes {
            // Impossible situations do not count as a dependency.
            let boxes = matrix.cubes(*region);
            axes.extend(
                boxes
                    .iter()
                    .flat_map(|cell| cell.tests.iter().map(|(axis, _)| *axis)),
            );
        }
        axes.sort_unstable();
        axes.dedup();
        for axis in axes {
            counts[axis.0 as usize] += 1;
        }
    }
    let most = counts.iter().copied().max().filter(|&most| most > 0)?;
    counts
        .iter()
        .position(|&count| count == most)
        .and_then(|at| u32::try_from(at).ok())
        .map(AxisId)
}

/// What a cell of a line shows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Slot {
    /// The outcome with this number.
    Outcome(usize),
    /// The duty does not exist.
    Absent,
    /// The situations are impossible, so any content is correct.
    Free,
}

impl Slot {
    /// A slot that both can show, if there is one.
    fn merged(self, other: Self) -> Option<Self> {
        match (self, other) {
            (Self::Free, slot) | (slot, Self::Free) => Some(slot),
            _ => (self == other).then_some(self),
        }
    }
}

/// A line of one duty: a slot for each column, under a condition on the other axes.
pub struct Spread {
    /// The situations, ignoring the column axis; may include impossible ones.
    pub region: Region,
    /// The same in words; `None` if the line covers all situations.
    pub when: Option<String>,
    /// A slot for each column.
    pub slots: Vec<Slot>,
}

/// The lines of a duty whose outcomes are these: one for each combination of the other axes that
/// differs.
pub fn spread(matrix: &Matrix, exists: Region, outcomes: &[Region], axis: AxisId) -> Vec<Spread> {
    let size = matrix.store().size(axis);
    let (mut somewhere, mut possible) = (Region::NONE, Region::NONE);
    for value in 0..size {
        let there = matrix.store().restrict(exists, axis, value);
        somewhere = matrix.store().union(somewhere, there);
        let can_be = matrix.store().restrict(matrix.possible(), axis, value);
        possible = matrix.store().union(possible, can_be);
    }
    let mut pieces: Vec<(Region, Vec<Slot>)> = vec![(somewhere, Vec::new())];
    for value in 0..size {
        let mut slices: Vec<(Slot, Region)> = Vec::new();
        for (at, region) in outcomes.iter().enumerate() {
            slices.push((
                Slot::Outcome(at),
                matrix.store().restrict(*region, axis, value),
            ));
        }
        slices.push((
            Slot::Absent,
            matrix.store().restrict(matrix.possible(), axis, value),
        ));
        slices.push((Slot::Free, Region::ALL));
        let mut next: Vec<(Region, Vec<Slot>)> = Vec::new();
        for (piece, slots) in pieces {
            let mut rest = piece;
            for &(slot, slice) in &slices {
                let here = matrix.store().intersect(rest, slice);
                rest = matrix.store().difference(rest, here);
                if !here.is_empty() {
                    let slots = slots.iter().copied().chain([slot]).collect();
                    add(matrix, &mut next, here, slots, |a, b| (a == b).then_some(a));
                }
            }
        }
        pieces = next;
    }
    // Impossible slots can be merged only once whole lines are known.
    let mut whole = Vec::new();
    for (region, slots) in pieces {
        add(matrix, &mut whole, region, slots, Slot::merged);
    }
    let mut lines = Vec::new();
    for (region, slots) in whole {
        let when = when(matrix, region, possible);
        lines.push(Spread {
            region,
            when,
            slots,
        });
    }
    lines
}

/// Merges a piece into one with compatible content, or adds it as a new one.
fn add(
    matrix: &Matrix,
    pieces: &mut Vec<(Region, Vec<Slot>)>,
    region: Region,
    slots: Vec<Slot>,
    merge: fn(Slot, Slot) -> Option<Slot>,
) {
    for (known, other) in pieces.iter_mut() {
        let merged: Option<Vec<Slot>> = other
            .iter()
            .zip(&slots)
            .map(|(a, b)| merge(*a, *b))
            .collect();
        if let Some(merged) = merged {
            *known = matrix.store().union(*known, region);
            *other = merged;
            return;
        }
    }
    pieces.push((region, slots));
}

fn table(
    matrix: &Matrix,
    head: &[String],
    lines: &[&Line],
    notes: &mut Notes,
    across: Option<AxisId>,
) -> Block {
    let wide = head.len() + 1 > MAX_COLUMNS;
    let mut rows: Vec<Vec<Inline>> = Vec::new();
    let mut items: Vec<Item> = Vec::new();
    let mut areas = Areas::default();
    for line in lines {
        let duty = matrix.model().duty(line.duty);
        if let (Some(title), false) = (areas.heading(matrix.model(), line.duty), wide) {
            rows.push(area_row(title, head.len() + 1));
        }
        let cells: Vec<Inline> = line
            .cells
            .iter()
            .map(|cell| cell_text(cell.as_ref(), notes))
            .collect();
        if wide {
            items.push(Item {
                text: long_title(matrix, line.duty),
                details: by_holder(head, &cells),
            });
        } else {
            rows.push(
                std::iter::once(plain(duty.decl.title.clone()))
                    .chain(cells)
                    .collect(),
            );
        }
    }
    if wide {
        return Block::List(items);
    }
    let corner = match across {
        Some(axis) => format!("Duty / {}", matrix.model().axes[axis.0 as usize].decl.title),
        None => "Duty".into(),
    };
    let head = std::iter::once(plain(corner))
        .chain(head.iter().map(|title| plain(title.clone())))
        .collect();
    Block::Table { head, rows }
}

fn cell_text(cell: Option<&Seen>, notes: &mut Notes) -> Inline {
    let Some(seen) = cell else {
        return plain("—");
    };
    let marks: String = seen
        .remarks
        .iter()
        .map(|remark| notes.mark(remark.clone()))
        .collect();
    plain(format!("{}{marks}", seen.who))
}

fn long_title(matrix: &Matrix, duty: DutyId) -> Inline {
    let duty = matrix.model().duty(duty);
    let area =
        area_title(matrix.model(), duty.area).map_or(String::new(), |area| format!("{area} › "));
    vec![Run::Plain(area), Run::Strong(duty.decl.title.clone())]
}

/// The columns of a line, those with the same holder together.
fn by_holder(head: &[String], cells: &[Inline]) -> Vec<Inline> {
    let mut groups: Vec<(&Inline, Vec<&str>)> = Vec::new();
    for (cell, title) in cells.iter().zip(head) {
        match groups.iter_mut().find(|(known, _)| *known == cell) {
            Some((_, titles)) => titles.push(title),
            None => groups.push((cell, vec![title])),
        }
    }
    let line = |(cell, titles): (&Inline, Vec<&str>)| {
        let mut line = plain(format!("{}: ", titles.join(", ")));
        line.extend(cell.iter().cloned());
        line
    };
    groups.into_iter().map(line).collect()
}
