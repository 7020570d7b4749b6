//! The content of the page's table: duties by area as rows, the main axis as columns, and the exact
//! situations of each cell.

use std::collections::HashMap;

use crate::emit::json::{self, Area, Content, Document, Duty, Held, Place, State};
use crate::matrix::Matrix;
use crate::model::{ClaimId, Role};
use crate::source::Sources;
use crate::space::{AxisId, Region, Values, cover};
use crate::view::{self, Slot};

/// The table.
pub(super) struct Grid<'d> {
    /// The axis of the columns.
    pub across: Option<&'d json::Axis>,
    /// The headings: a value's name and title, or just `Holder` if nothing depends on an axis.
    pub columns: Vec<(Option<&'d str>, &'d str)>,
    /// The groups of rows.
    pub groups: Vec<Group<'d>>,
}

/// Duties of one area that follow each other.
pub(super) struct Group<'d> {
    /// The area; none for duties of the model itself.
    pub area: Option<&'d Area>,
    /// Its title, after the titles of the areas around it.
    pub title: Option<String>,
    /// Its lines.
    pub lines: Vec<Line<'d>>,
}

/// A duty under a condition on the other axes (those not used for columns).
pub(super) struct Line<'d> {
    /// The duty.
    pub duty: &'d Duty,
    /// The condition in words.
    pub when: Option<String>,
    /// A cell for each column; `None` where there is no such duty or no such situation.
    pub cells: Vec<Option<Cell<'d>>>,
}

/// Who holds a duty in the situations of a cell.
pub(super) struct Cell<'d> {
    /// The holders, as a short text.
    pub who: String,
    /// The kind of cell.
    pub kind: CellKind,
    /// Roles, parts and remarks, taken from the first of the holdings that read the same.
    pub held: &'d Held,
    /// Every statement that it comes from.
    pub at: Vec<Place>,
    /// Whether it comes only from an `otherwise`.
    pub otherwise: bool,
    /// The possible situations, as regions of the document.
    pub boxes: Vec<json::Region>,
}

/// What the colour of a cell, or of a segment of the picture, stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CellKind {
    /// One party alone, by its index in the document.
    Party(usize),
    /// Several parties.
    Shared,
    /// Different kinds of the above, depending on other axes.
    Depends,
    /// Nobody, on purpose.
    NotApplicable,
    /// Nobody, accepted by an `allow`.
    Gap,
}

impl CellKind {
    /// The class of its colour.
    pub(super) fn class(self) -> String {
        match self {
            Self::Party(at) => format!("k{}", at % 6),
            Self::Shared => "ks".into(),
            Self::Depends => "kd".into(),
            Self::NotApplicable => "kn".into(),
            Self::Gap => "kg".into(),
        }
    }
}

/// Holdings of a duty that read the same.
struct Outcome {
    region: Region,
    holdings: Vec<usize>,
}

/// The table of a model; `document` is the model's JSON document.
pub(super) fn grid<'d>(matrix: &Matrix, sources: &Sources, document: &'d Document) -> Grid<'d> {
    let across = view::main_axis(matrix);
    let axis = across.and_then(|id| {
        document
            .axes
            .iter()
            .find(|axis| axis.name == matrix.model().axes[id.0 as usize].decl.name)
    });
    let columns = match axis {
        Some(axis) => axis
            .values
            .iter()
            .map(|value| (Some(value.name.as_str()), value.title.as_str()))
            .collect(),
        None => vec![(None, "Holder")],
    };
    let rows = matrix
        .rows()
        .iter()
        .enumerate()
        .map(|(at, row)| (matrix.model().duty(row.duty).path.clone(), at))
        .collect();
    let mut builder = Builder {
        matrix,
        sources,
        document,
        across,
        rows,
        groups: Vec::new(),
    };
    builder.walk(&document.contents, None, "");
    Grid {
        across: axis,
        columns,
        groups: builder.groups,
    }
}

struct Builder<'m, 'd> {
    matrix: &'m Matrix,
    sources: &'m Sources,
    document: &'d Document,
    across: Option<AxisId>,
    /// The row of each duty, by path.
    rows: HashMap<String, usize>,
    groups: Vec<Group<'d>>,
}

impl<'d> Builder<'_, 'd> {
    fn walk(&mut self, contents: &'d [Content], area: Option<&'d Area>, above: &str) {
        let mut open = false;
        for content in contents {
            match content {
                Content::Area(inner) => {
                    open = false;
                    let title = if above.is_empty() {
                        inner.title.clone()
                    } else {
                        format!("{above} › {}", inner.title)
                    };
                    self.walk(&inner.contents, Some(inner), &title);
                }
                Content::Duty(duty) => {
                    if !std::mem::replace(&mut open, true) {
                        let behind = (!self.groups.is_empty()).then(|| self.document.title.clone());
                        let title = if area.is_some() {
                            Some(above.to_owned())
                        } else {
                            behind
                        };
                        self.groups.push(Group {
                            area,
                            title,
                            lines: Vec::new(),
                        });
                    }
                    let lines = self.lines(duty);
                    if let Some(group) = self.groups.last_mut() {
                        group.lines.extend(lines);
                    }
                }
            }
        }
    }

    fn lines(&mut self, duty: &'d Duty) -> Vec<Line<'d>> {
        let Some(&at) = self.rows.get(&duty.path) else {
            return Vec::new();
        };
        let outcomes = self.outcomes(at, duty);
        let Some(axis) = self.across else {
            let possible = self.matrix.possible();
            let line = |outcome: &Outcome| Line {
                duty,
                when: view::when(self.matrix, outcome.region, possible),
                cells: vec![self.cell(at, duty, outcome, outcome.region)],
            };
            return outcomes.iter().map(line).collect();
        };
        let (exists, size) = (
            self.matrix.rows()[at].exists,
            self.matrix.store().size(axis),
        );
        let regions: Vec<Region> = outcomes.iter().map(|outcome| outcome.region).collect();
        let mut lines = Vec::new();
        for spread in view::spread(self.matrix, exists, &regions, axis) {
            let mut cells = Vec::new();
            for (value, slot) in (0..).zip(spread.slots) {
                let column = self.matrix.store().test(axis, &Values::of(size, [value]));
                let here = self.matrix.store().intersect(spread.region, column);
                cells.push(match slot {
                    Slot::Outcome(outcome) => {
                        let there = self
                            .matrix
                            .store()
                            .intersect(here, outcomes[outcome].region);
                        self.cell(at, duty, &outcomes[outcome], there)
                    }
                    Slot::Absent | Slot::Free => None,
                });
            }
            lines.push(Line {
                duty,
                when: spread.when,
                cells,
            });
        }
        lines
    }

    /// The holdings of a duty; those that read the same are merged.
    fn outcomes(&mut self, at: usize, duty: &Duty) -> Vec<Outcome> {
        let mut outcomes: Vec<Outcome> = Vec::new();
        for this in 0..duty.holdings.len() {
            let region = self.matrix.rows()[at].holdings[this].region;
            let same = |outcome: &&mut Outcome| {
                let other = outcome.holdings[0];
                let filled = |holding| is_filled(self.matrix, at, holding);
                reads_as(&duty.holdings[this], &duty.holdings[other])
                    && filled(this) == filled(other)
            };
            match outcomes.iter_mut().find(same) {
                Some(known) => {
                    known.region = self.matrix.store().union(known.region, region);
                    known.holdings.push(this);
                }
                None => outcomes.push(Outcome {
                    region,
                    holdings: vec![this],
                }),
            }
        }
        outcomes
    }

    /// The content of a cell; `None` if its region is empty.
    fn cell(
        &mut self,
        at: usize,
        duty: &'d Duty,
        outcome: &Outcome,
        region: Region,
    ) -> Option<Cell<'d>> {
        let boxes = cover(self.matrix.store(), region, Region::NONE);
        let boxes: Vec<json::Region> = boxes
            .iter()
            .map(|cell| json::region(self.matrix.model(), cell))
            .collect();
        let first = outcome.holdings[0];
        let held = &duty.holdings[first];
        let (who, kind) = self.who(at, first, held);
        let mut places: Vec<Place> = Vec::new();
        for &holding in &outcome.holdings {
            let there = self
                .matrix
                .store()
                .intersect(region, self.matrix.rows()[at].holdings[holding].region);
            if there.is_empty() {
                continue;
            }
            for claim in self.matrix.rows()[at].holdings[holding].claims.clone() {
                places.extend(self.places(claim, there));
            }
        }
        places.sort();
        places.dedup();
        (!boxes.is_empty()).then(|| Cell {
            who,
            kind,
            held,
            at: places,
            otherwise: is_filled(self.matrix, at, first),
            boxes,
        })
    }

    /// Where a claim covers a region: the statement, or the cells of its table.
    fn places(&mut self, claim: ClaimId, region: Region) -> Vec<Place> {
        let claim = self.matrix.model().claim(claim).clone();
        let cells = claim.cells.iter().filter(|(axis, value, _)| {
            !self
                .matrix
                .store()
                .restrict(region, *axis, *value)
                .is_empty()
        });
        let mut spans: Vec<_> = cells.map(|(.., span)| *span).collect();
        if spans.is_empty() {
            spans.push(claim.head);
        }
        spans
            .into_iter()
            .map(|span| json::place(self.matrix.model(), self.sources, span))
            .collect()
    }

    fn who(&self, at: usize, holding: usize, held: &Held) -> (String, CellKind) {
        let holding = &self.matrix.rows()[at].holdings[holding];
        let parties = |role| {
            holding
                .of(role)
                .map(|holder| holder.party)
                .collect::<Vec<_>>()
        };
        let (does, answers) = (parties(Role::Responsible), parties(Role::Accountable));
        let owners = || view::owners(self.matrix.model(), holding);
        match (&held.state, does.as_slice()) {
            (State::NotApplicable, _) => ("n/a".into(), CellKind::NotApplicable),
            (State::Gap, []) if answers.is_empty() => ("nobody".into(), CellKind::Gap),
            (State::Gap, _) => (owners(), CellKind::Gap),
            (State::Held, [only]) if does == answers => {
                let name = &self.matrix.model().party(*only).decl.name;
                let at = self
                    .document
                    .parties
                    .iter()
                    .position(|party| party.name == *name);
                (owners(), CellKind::Party(at.unwrap_or_default()))
            }
            (State::Held, _) => (owners(), CellKind::Shared),
        }
    }
}

/// Whether an `otherwise` fills a duty in a holding.
fn is_filled(matrix: &Matrix, at: usize, holding: usize) -> bool {
    matrix.rows()[at].holdings[holding]
        .claims
        .iter()
        .any(|claim| matrix.model().claim(*claim).otherwise)
}

/// Whether two holdings read the same, apart from the statements that they come from.
fn reads_as(a: &Held, b: &Held) -> bool {
    let holders = |held: &Held| -> Vec<(String, Role, bool, Vec<String>)> {
        held.holders
            .iter()
            .map(|it| (it.party.clone(), it.role, it.joint, it.parts.clone()))
            .collect()
    };
    let said = |held: &Held| -> Vec<serde_json::Value> {
        let claims = held.claims.iter();
        claims
            .map(|it| serde_json::json!([it.text, it.because, it.until, it.notes]))
            .collect()
    };
    a.state == b.state && holders(a) == holders(b) && said(a) == said(b)
}
