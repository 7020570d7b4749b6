//! One JSON document per model, with the schema `schema/matrix-2.json`, which is made from these
//! types.

mod document;

use std::collections::BTreeMap;

pub use document::*;

use super::{Makes, Target, safe_json};
use crate::matrix::{Holding, HoldingState, Matrix};
use crate::model::{Annotations, CondId, PartyId};
use crate::model::{ClaimId, Form, Model, Node, Requirement, Role};
use crate::source::{Sources, Span};
use crate::space::{AxisNames as _, Cube, Syntax, describe};

/// The identity of the schema.
pub const SCHEMA: &str = "urn:srmc:schema/matrix-2.json";

/// The schema of the document.
#[must_use]
pub fn schema() -> serde_json::Value {
    crate::diagnostic::json::schema_of::<Document>(SCHEMA)
}

/// Its entry in the catalogue of targets.
pub static TARGET: Target = Target {
    name: "json",
    extension: "json",
    about: "One JSON document per model, of the schema `schema/matrix-2.json`",
    draws_grid: false,
    makes: Makes::Document(emit),
};

/// The document as text.
pub fn emit(matrix: &Matrix, sources: &Sources) -> String {
    let document = document(matrix, sources);
    // Strings, numbers and maps with string keys cannot fail to serialise.
    let text = serde_json::to_string_pretty(&document).unwrap_or_default();
    safe_json(&text) + "\n"
}

/// The document.
pub fn document(matrix: &Matrix, sources: &Sources) -> Document {
    let impossible = matrix.impossible();
    let impossible = impossible
        .iter()
        .map(|cell| region(matrix.model(), cell))
        .collect();
    let children = matrix.model().children.clone();
    let contents = contents(matrix, sources, &children);
    let constraints = constraints(matrix, sources);
    let model = matrix.model();
    let day = |day: jiff::civil::Date| day.to_string();
    let used: Vec<usize> = used_frameworks(model);
    Document {
        schema: SCHEMA.into(),
        model: model.decl.name.clone(),
        title: model.decl.title.clone(),
        version: model.version.clone(),
        status: model.status.map(str::to_owned),
        effective: model.effective.map(day),
        reviewed: model.reviewed.map(|(reviewed, _)| day(reviewed)),
        review_every: model.review.map(|(count, period, _)| period.times(count)),
        notes: notes(model, &model.notes),
        parties: model
            .used_parties()
            .map(|(id, _)| party(model, id))
            .collect(),
        axes: model.used_axes().map(|(_, it)| axis(it)).collect(),
        frameworks: used
            .iter()
            .map(|&at| &model.frameworks[at].decl)
            .map(|label| Framework {
                name: label.name.clone(),
                title: label.title.clone(),
            })
            .collect(),
        impossible,
        contents,
        constraints,
        accepted: accepted(matrix, sources),
        counts: Counts {
            duties: model.duties.len(),
            claims: model.claims.len(),
            filled_by_otherwise: matrix
                .rows()
                .iter()
                .filter(|row| !row.filled.is_empty())
                .count(),
            accepted: matrix.accepted().count(),
        },
    }
}

fn used_frameworks(model: &Model) -> Vec<usize> {
    let blocks = model
        .duties
        .iter()
        .map(|duty| &duty.notes)
        .chain(model.claims.iter().map(|claim| &claim.notes));
    let mut used: Vec<usize> = blocks
        .chain(model.areas.iter().map(|area| &area.notes))
        .flat_map(|notes| notes.meets.iter().map(|(at, ..)| *at))
        .collect();
    used.sort_unstable();
    used.dedup();
    used
}

/// The findings that somebody accepted.
#[must_use]
pub fn accepted(matrix: &Matrix, sources: &Sources) -> Vec<Accepted> {
    let of = |finding: &crate::diagnostic::Diagnostic| {
        let it = finding.acceptance.as_deref()?;
        Some(Accepted {
            code: finding.code.id().into(),
            duty: finding.duty().map(str::to_owned),
            message: finding.message.clone(),
            reason: it.reason.clone(),
            until: it.until.map(|day| day.to_string()),
            at: place(matrix.model(), sources, it.at),
        })
    };
    matrix.accepted().filter_map(of).collect()
}

fn party(model: &Model, id: PartyId) -> Party {
    let it = model.party(id);
    Party {
        name: it.decl.name.clone(),
        title: it.decl.title.clone(),
        kind: it.kind.map(str::to_owned),
        aka: it.aka.clone(),
        members: model
            .members(id)
            .into_iter()
            .map(|member| model.party(member).decl.name.clone())
            .collect(),
        notes: notes(model, &it.notes),
    }
}

fn axis(it: &crate::model::Axis) -> Axis {
    let values = it.values.iter().map(|(name, title)| Value {
        name: name.clone(),
        title: title.clone(),
    });
    Axis {
        name: it.decl.name.clone(),
        title: it.decl.title.clone(),
        option: it.option,
        values: values.collect(),
    }
}

fn notes(model: &Model, it: &Annotations) -> Notes {
    let mut meets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (framework, control, _) in &it.meets {
        meets
            .entry(model.frameworks[*framework].decl.name.clone())
            .or_default()
            .push(control.clone());
    }
    Notes {
        sources: it
            .sources
            .iter()
            .map(|(place, url)| Reference {
                place: place.clone(),
                url: url.clone(),
            })
            .collect(),
        notes: it.notes.clone(),
        evidence: it.evidence.clone(),
        cadence: it.cadence.clone(),
        meets,
        meta: it
            .meta
            .iter()
            .map(|(key, value)| Meta {
                key: key.clone(),
                value: value.clone(),
            })
            .collect(),
    }
}

/// A box by the names of axes and values.
#[must_use]
pub fn region(model: &Model, cell: &Cube) -> Region {
    let named = cell.tests.iter().map(|(axis, values)| {
        let it = &model.axes[axis.0 as usize];
        (
            it.decl.name.clone(),
            values
                .iter()
                .map(|value| it.values[value as usize].0.clone())
                .collect(),
        )
    });
    named.collect()
}

/// Where a span begins, with the file relative to the model's file.
pub fn place(model: &Model, sources: &Sources, span: Span) -> Place {
    let at = sources.position(span.file, span.start);
    Place {
        file: sources.relative(model.decl.span.file, span.file),
        line: at.line,
        column: at.column,
    }
}

fn contents(matrix: &Matrix, sources: &Sources, nodes: &[Node]) -> Vec<Content> {
    let mut contents = Vec::new();
    for node in nodes {
        contents.push(match *node {
            Node::Area(id) => {
                let children = matrix.model().area(id).children.clone();
                let inside = self::contents(matrix, sources, &children);
                let it = matrix.model().area(id);
                Content::Area(Area {
                    path: it.path.clone(),
                    title: it.decl.title.clone(),
                    notes: notes(matrix.model(), &it.notes),
                    contents: inside,
                })
            }
            Node::Duty(id) => Content::Duty(duty(matrix, sources, id.0 as usize)),
        });
    }
    contents
}

fn duty(matrix: &Matrix, sources: &Sources, at: usize) -> Duty {
    let row = matrix.rows()[at].clone();
    let regions: Vec<crate::space::Region> =
        row.holdings.iter().map(|holding| holding.region).collect();
    let boxes = matrix.cubes_of(&regions);
    let holdings: Vec<Held> = row
        .holdings
        .iter()
        .zip(&boxes)
        .map(|(holding, boxes)| held(matrix, sources, holding, boxes))
        .collect();
    let mut filled = Vec::new();
    for (_, somewhere) in &row.filled {
        let boxes = matrix.cubes(*somewhere);
        filled.extend(boxes.iter().map(|cell| region(matrix.model(), cell)));
    }
    let model = matrix.model();
    let it = model.duty(row.duty);
    Duty {
        path: it.path.clone(),
        title: it.decl.title.clone(),
        at: place(model, sources, it.decl.span),
        notes: notes(matrix.model(), &it.notes),
        holdings,
        filled_by_otherwise: filled,
    }
}

fn held(matrix: &Matrix, sources: &Sources, holding: &Holding, boxes: &[Cube]) -> Held {
    let free = matrix.store().complement(matrix.possible());
    let condition = describe(
        matrix.store(),
        holding.region,
        free,
        &Syntax(matrix.model()),
    );
    let situation = matrix.store().first(holding.region).unwrap_or_default();
    let model = matrix.model();
    let holders = holding.holders.iter().map(|it| Holder {
        party: model.party(it.party).decl.name.clone(),
        role: it.role,
        joint: it.joint,
        parts: if it.role == Role::Responsible {
            matrix
                .parts(holding, it.party)
                .into_iter()
                .map(str::to_owned)
                .collect()
        } else {
            Vec::new()
        },
        at: place(model, sources, model.claim(it.claim).span_at(&situation)),
    });
    Held {
        when: boxes.iter().map(|cell| region(model, cell)).collect(),
        condition: condition.unwrap_or_else(|| "always".into()),
        state: match holding.state() {
            HoldingState::NotApplicable => State::NotApplicable,
            HoldingState::Held => State::Held,
            HoldingState::Gap => State::Gap,
        },
        holders: holders.collect(),
        claims: holding
            .claims
            .iter()
            .filter_map(|&id| claim(model, sources, id, &situation))
            .collect(),
    }
}

/// The details of a claim other than its holders; `None` if there are none.
fn claim(
    model: &Model,
    sources: &Sources,
    id: ClaimId,
    situation: &[(crate::space::AxisId, u32)],
) -> Option<Claim> {
    let it = model.claim(id);
    let silent = it.text.is_none()
        && it.because.is_none()
        && it.until.is_none()
        && it.notes == Annotations::default();
    (!silent || it.form == Form::Nobody).then(|| Claim {
        at: place(model, sources, it.span_at(situation)),
        text: it.text.as_deref().map(str::to_owned),
        because: it.because.as_deref().map(str::to_owned),
        until: it.until.map(|(day, _)| day.to_string()),
        notes: notes(model, &it.notes),
    })
}

/// The constraints, in declared order: each `ensure`, then each `separate`.
fn constraints(matrix: &Matrix, sources: &Sources) -> Vec<Constraint> {
    let mut constraints = Vec::new();
    for it in matrix.model().ensures.clone() {
        let condition = condition(matrix, it.when);
        let model = matrix.model();
        let along = match &it.requirement {
            Requirement::Monotone(_, axis, steps) => {
                let values = steps
                    .iter()
                    .map(|&value| model.value(*axis, value).to_owned())
                    .collect();
                BTreeMap::from([(model.axis(*axis).to_owned(), values)])
            }
            _ => BTreeMap::new(),
        };
        constraints.push(Constraint {
            kind: kind(&it.requirement).into(),
            parties: it
                .requirement
                .parties()
                .iter()
                .map(|&party| model.party(party).decl.name.clone())
                .collect(),
            duties: paths(model, &it.duties),
            from: Vec::new(),
            along,
            condition,
            because: it.because.clone(),
            at: place(model, sources, it.head),
        });
    }
    for it in matrix.model().separates.clone() {
        let condition = condition(matrix, it.when);
        let model = matrix.model();
        constraints.push(Constraint {
            kind: "separate".into(),
            parties: Vec::new(),
            duties: paths(model, &it.left),
            from: paths(model, &it.right),
            along: BTreeMap::new(),
            condition,
            because: it.because.clone(),
            at: place(model, sources, it.head),
        });
    }
    constraints
}

fn kind(requirement: &Requirement) -> &'static str {
    match requirement {
        Requirement::Owns(_) => "owns",
        Requirement::Share(_) => "share",
        Requirement::Role(_, role) => role.word(),
        Requirement::Nobody => "nobody",
        Requirement::Never(_) => "never_owns",
        Requirement::Monotone(..) => "grows",
    }
}

fn paths(model: &Model, duties: &[crate::model::DutyId]) -> Vec<String> {
    duties
        .iter()
        .map(|&duty| model.duty(duty).path.clone())
        .collect()
}

/// A condition of a statement in the language's syntax, `always`, or `never`.
fn condition(matrix: &Matrix, when: CondId) -> String {
    let region = matrix.when(when);
    if !matrix.store().intersects(region, matrix.possible()) {
        return "never".into();
    }
    let free = matrix.store().complement(matrix.possible());
    describe(matrix.store(), region, free, &Syntax(matrix.model()))
        .unwrap_or_else(|| "always".into())
}
