//! One JSON document a model, of the schema `schema/matrix-1.json`, which is made from these types.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::Serialize;

use super::safe_json;
use crate::matrix::{Holding, Matrix};
use crate::model::{ClaimId, Form, Law, Model, Node, Role};
use crate::model::{Notes as ModelNotes, PartyId};
use crate::source::{Sources, Span};
use crate::space::{Cell, Syntax, describe};

/// The identity of the schema.
pub const SCHEMA: &str = "https://srmc.dev/schema/matrix-1.json";

/// A checked model: who holds which role on which duty, in which situations.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(title = "Matrix of srmc", deny_unknown_fields)]
pub struct Document {
    /// The identity of this schema.
    pub schema: String,
    /// The model's name.
    pub model: String,
    /// The model's title.
    pub title: String,
    /// The version its author gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub version: Option<String>,
    /// `draft`, `preview` or `final`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub status: Option<String>,
    /// The day from which it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub effective: Option<String>,
    /// The day of its last review.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub reviewed: Option<String>,
    /// How often it is to be reviewed, such as `12 months`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub review_every: Option<String>,
    /// What its block says.
    #[serde(flatten)]
    pub notes: Notes,
    /// The parties that its statements name.
    pub parties: Vec<Party>,
    /// The axes that its statements name.
    pub axes: Vec<Axis>,
    /// The frameworks whose controls it meets.
    pub frameworks: Vec<Framework>,
    /// Situations that cannot be: each region maps an axis to the values it allows. No duty exists there,
    /// whatever the regions of its holdings say.
    pub impossible: Vec<Region>,
    /// Areas and duties in declared order.
    pub contents: Vec<Content>,
    /// What must hold, and does.
    pub constraints: Vec<Constraint>,
    /// Findings that somebody accepted, with the reason.
    pub accepted: Vec<Accepted>,
    /// Counts.
    pub counts: Counts,
}

/// A set of situations: axes and the values allowed on each; `{}` is every situation.
pub type Region = BTreeMap<String, Vec<String>>;

/// What a block of fields says.
#[derive(Debug, Default, Serialize, JsonSchema)]
pub struct Notes {
    /// Where it comes from.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub sources: Vec<Reference>,
    /// Remarks.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub notes: Vec<String>,
    /// What shows that it is done.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub evidence: Vec<String>,
    /// How often it is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cadence: Option<String>,
    /// Controls it meets, by framework.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub meets: BTreeMap<String, Vec<String>>,
    /// The author's own keys and values.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub meta: Vec<Meta>,
}

/// A source of a statement.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Reference {
    /// Where it stands.
    pub place: String,
    /// Its address.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A key and a value.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Meta {
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
}

/// Somebody who can hold a responsibility.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Party {
    /// Its name in statements.
    pub name: String,
    /// Its title.
    pub title: String,
    /// `provider`, `customer`, `third_party` or `team`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<String>,
    /// Other names.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub aka: Vec<String>,
    /// The members of a joint group.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub members: Vec<String>,
    /// What its block says.
    #[serde(flatten)]
    pub notes: Notes,
}

/// Something that the split depends on.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Axis {
    /// Its name in statements.
    pub name: String,
    /// Its title.
    pub title: String,
    /// It is an option: its values are `no` and `yes`.
    pub option: bool,
    /// Its values in order.
    pub values: Vec<Value>,
}

/// A value of an axis.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Value {
    /// Its name in statements.
    pub name: String,
    /// Its title.
    pub title: String,
}

/// A catalog of controls.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Framework {
    /// Its name in statements.
    pub name: String,
    /// Its title.
    pub title: String,
}

/// An area or a duty.
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Content {
    /// A group of duties.
    Area(Area),
    /// One responsibility.
    Duty(Duty),
}

/// A group of duties.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Area {
    /// Its full path.
    pub path: String,
    /// Its title.
    pub title: String,
    /// What its block says.
    #[serde(flatten)]
    pub notes: Notes,
    /// What stands in it.
    pub contents: Vec<Content>,
}

/// One responsibility.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Duty {
    /// Its full path, which is its identity.
    pub path: String,
    /// Its title.
    pub title: String,
    /// Where it is declared.
    pub at: Place,
    /// What its block says.
    #[serde(flatten)]
    pub notes: Notes,
    /// Who holds it where. The regions of one duty never overlap, and together are the possible
    /// situations in which it exists.
    pub holdings: Vec<Held>,
    /// Where only an `otherwise` gives it to somebody.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub filled_by_otherwise: Vec<Region>,
}

/// Who holds a duty in a set of situations.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Held {
    /// The situations as regions that never overlap.
    pub when: Vec<Region>,
    /// The same as a condition in the language, or `always`; it may reach into impossible situations.
    pub condition: String,
    /// `held`, `not_applicable` (declared nobody's), or `gap` (accepted by an `allow`).
    pub state: State,
    /// Every role.
    pub holders: Vec<Holder>,
    /// What the claims in force say besides.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<Claim>,
}

/// Whether somebody holds a duty.
#[derive(Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum State {
    /// Somebody is responsible and somebody accountable.
    Held,
    /// Declared nobody's, with a reason.
    NotApplicable,
    /// Nobody is responsible or nobody accountable, and an `allow` accepts that.
    Gap,
}

/// A role of a party.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Holder {
    /// The party's name.
    pub party: String,
    /// `responsible`, `accountable`, `consulted`, `informed` or `supports`.
    pub role: String,
    /// It is held together with others.
    pub joint: bool,
    /// What the party does of a share.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub parts: Vec<String>,
    /// The claim that says so.
    pub at: Place,
}

/// What a claim says besides who holds what.
#[derive(Debug, Serialize, JsonSchema)]
pub struct Claim {
    /// Where it stands.
    pub at: Place,
    /// The text behind its targets.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// Its reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// The last day on which it holds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// What its block says.
    #[serde(flatten)]
    pub notes: Notes,
}

/// A place in a source.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Place {
    /// The file, relative to the folder of the file that declares the model.
    pub file: String,
    /// Counts from 1.
    pub line: u32,
    /// Counts from 1, in Unicode scalar values.
    pub column: u32,
}

/// Something that must hold, and does.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Constraint {
    /// `ensure`, `grows` or `separate`.
    pub kind: String,
    /// The parties it names.
    pub parties: Vec<String>,
    /// The paths of its duties; of a `separate`, those of one side and then of the other.
    pub duties: Vec<String>,
    /// Its reason.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    /// Where it stands.
    pub at: Place,
}

/// A finding that somebody accepted.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Accepted {
    /// Its code.
    pub code: String,
    /// The path of the duty.
    pub duty: Option<String>,
    /// What it says.
    pub message: String,
    /// Until when, and why.
    pub reason: String,
}

/// Counts over a model.
#[derive(Debug, Serialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub struct Counts {
    /// Duties.
    pub duties: usize,
    /// Claims, a table's cells with equal content and its RACI rows counting as one each.
    pub claims: usize,
    /// Duties that only an `otherwise` gives to somebody, somewhere.
    pub filled_by_otherwise: usize,
    /// Findings that an `allow` accepts.
    pub accepted: usize,
}

/// The document as text.
pub fn emit(matrix: &mut Matrix, sources: &Sources) -> String {
    let document = document(matrix, sources);
    // Strings, numbers and maps with string keys cannot fail to serialise.
    let text = serde_json::to_string_pretty(&document).unwrap_or_default();
    safe_json(&text) + "\n"
}

/// The document.
pub fn document(matrix: &mut Matrix, sources: &Sources) -> Document {
    let impossible = matrix.impossible();
    let impossible = impossible.iter().map(|cell| region(&matrix.model, cell)).collect();
    let children = matrix.model.children.clone();
    let contents = contents(matrix, sources, &children);
    let model = &matrix.model;
    let day = |day: jiff::civil::Date| day.to_string();
    let used: Vec<usize> = used_frameworks(model);
    Document {
        schema: SCHEMA.into(),
        model: model.label.name.clone(),
        title: model.label.title.clone(),
        version: model.version.clone(),
        status: model.status.map(str::to_owned),
        effective: model.effective.map(day),
        reviewed: model.reviewed.map(|(reviewed, _)| day(reviewed)),
        review_every: model.review.map(|(count, period, _)| period.times(count)),
        notes: notes(model, &model.notes),
        parties: model.mentioned_parties().map(|(id, _)| party(model, id)).collect(),
        axes: model.mentioned_axes().map(|(_, it)| axis(it)).collect(),
        frameworks: used
            .iter()
            .map(|&at| &model.frameworks[at].label)
            .map(|label| Framework { name: label.name.clone(), title: label.title.clone() })
            .collect(),
        impossible,
        contents,
        constraints: constraints(model, sources),
        accepted: matrix.findings.iter().filter(|finding| finding.accepted).map(accepted).collect(),
        counts: Counts {
            duties: model.duties.len(),
            claims: model.claims.len(),
            filled_by_otherwise: matrix.rows.iter().filter(|row| !row.filled.is_empty()).count(),
            accepted: matrix.findings.iter().filter(|finding| finding.accepted).count(),
        },
    }
}

fn used_frameworks(model: &Model) -> Vec<usize> {
    let blocks = model.duties.iter().map(|duty| &duty.notes).chain(model.claims.iter().map(|claim| &claim.notes));
    let mut used: Vec<usize> =
        blocks.chain(model.areas.iter().map(|area| &area.notes)).flat_map(|notes| notes.meets.iter().map(|(at, ..)| *at)).collect();
    used.sort_unstable();
    used.dedup();
    used
}

/// A finding that somebody accepted.
#[must_use]
pub fn accepted(finding: &crate::diagnostic::Diagnostic) -> Accepted {
    Accepted {
        code: finding.code.id().into(),
        duty: finding.subject.as_ref().and_then(|subject| subject.duty.clone()),
        message: finding.message.clone(),
        reason: finding.labels.last().map_or(String::new(), |label| label.text.clone()),
    }
}

fn party(model: &Model, id: PartyId) -> Party {
    let it = model.party(id);
    Party {
        name: it.label.name.clone(),
        title: it.label.title.clone(),
        kind: it.kind.map(str::to_owned),
        aka: it.aka.clone(),
        members: it.members.iter().map(|&member| model.party(member).label.name.clone()).collect(),
        notes: notes(model, &it.notes),
    }
}

fn axis(it: &crate::model::Axis) -> Axis {
    let values = it.values.iter().map(|(name, title)| Value { name: name.clone(), title: title.clone() });
    Axis { name: it.label.name.clone(), title: it.label.title.clone(), option: it.option, values: values.collect() }
}

fn notes(model: &Model, it: &ModelNotes) -> Notes {
    let mut meets: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (framework, control, _) in &it.meets {
        meets.entry(model.frameworks[*framework].label.name.clone()).or_default().push(control.clone());
    }
    Notes {
        sources: it.sources.iter().map(|(place, url)| Reference { place: place.clone(), url: url.clone() }).collect(),
        notes: it.notes.clone(),
        evidence: it.evidence.clone(),
        cadence: it.cadence.clone(),
        meets,
        meta: it.meta.iter().map(|(key, value)| Meta { key: key.clone(), value: value.clone() }).collect(),
    }
}

/// A box by the names of axes and values.
#[must_use]
pub fn region(model: &Model, cell: &Cell) -> Region {
    let named = cell.tests.iter().map(|(axis, values)| {
        let it = &model.axes[axis.0 as usize];
        (it.label.name.clone(), values.iter().map(|value| it.values[value as usize].0.clone()).collect())
    });
    named.collect()
}

/// Where a span begins, as seen from a model.
pub fn place(model: &Model, sources: &Sources, span: Span) -> Place {
    let at = sources.position(span.file, span.start);
    Place { file: sources.relative(model.label.span.file, span.file), line: at.line, column: at.column }
}

fn contents(matrix: &mut Matrix, sources: &Sources, nodes: &[Node]) -> Vec<Content> {
    let mut contents = Vec::new();
    for node in nodes {
        contents.push(match *node {
            Node::Area(id) => {
                let children = matrix.model.area(id).children.clone();
                let inside = self::contents(matrix, sources, &children);
                let it = matrix.model.area(id);
                Content::Area(Area {
                    path: it.path.clone(),
                    title: it.label.title.clone(),
                    notes: notes(&matrix.model, &it.notes),
                    contents: inside,
                })
            }
            Node::Duty(id) => Content::Duty(duty(matrix, sources, id.0 as usize)),
        });
    }
    contents
}

fn duty(matrix: &mut Matrix, sources: &Sources, at: usize) -> Duty {
    let row = matrix.rows[at].clone();
    let holdings: Vec<Held> = row.holdings.iter().map(|holding| held(matrix, sources, holding)).collect();
    let mut filled = Vec::new();
    for (_, somewhere) in &row.filled {
        let boxes = matrix.boxes(*somewhere);
        filled.extend(boxes.iter().map(|cell| region(&matrix.model, cell)));
    }
    let model = &matrix.model;
    let it = model.duty(row.duty);
    Duty {
        path: it.path.clone(),
        title: it.label.title.clone(),
        at: place(model, sources, it.label.span),
        notes: notes(&matrix.model, &it.notes),
        holdings,
        filled_by_otherwise: filled,
    }
}

fn held(matrix: &mut Matrix, sources: &Sources, holding: &Holding) -> Held {
    let boxes = matrix.boxes(holding.region);
    let free = matrix.regions.not(matrix.possible);
    let condition = describe(&mut matrix.regions, holding.region, free, &Syntax(&matrix.model));
    let situation = matrix.regions.first(holding.region).unwrap_or_default();
    let model = &matrix.model;
    let both = holding.of(Role::Responsible).next().is_some() && holding.of(Role::Accountable).next().is_some();
    let holders = holding.holders.iter().map(|it| Holder {
        party: model.party(it.party).label.name.clone(),
        role: it.role.word().into(),
        joint: it.joint,
        parts: if it.role == Role::Responsible {
            matrix.parts(holding, it.party).into_iter().map(str::to_owned).collect()
        } else {
            Vec::new()
        },
        at: place(model, sources, model.claim(it.claim).span_at(&situation)),
    });
    Held {
        when: boxes.iter().map(|cell| region(model, cell)).collect(),
        condition: condition.unwrap_or_else(|| "always".into()),
        state: match (holding.nobody, both) {
            (Some(_), _) => State::NotApplicable,
            (None, true) => State::Held,
            (None, false) => State::Gap,
        },
        holders: holders.collect(),
        claims: holding.claims.iter().filter_map(|&id| claim(model, sources, id, &situation)).collect(),
    }
}

/// What a claim says besides its holders; `None` if nothing.
fn claim(model: &Model, sources: &Sources, id: ClaimId, situation: &[(crate::space::AxisId, u32)]) -> Option<Claim> {
    let it = model.claim(id);
    let silent = it.text.is_none() && it.because.is_none() && it.until.is_none() && it.notes == ModelNotes::default();
    (!silent || it.form == Form::Nobody).then(|| Claim {
        at: place(model, sources, it.span_at(situation)),
        text: it.text.clone(),
        because: it.because.clone(),
        until: it.until.map(|(day, _)| day.to_string()),
        notes: notes(model, &it.notes),
    })
}

fn constraints(model: &Model, sources: &Sources) -> Vec<Constraint> {
    let names = |parties: Vec<PartyId>| parties.iter().map(|&party| model.party(party).label.name.clone()).collect();
    let paths = |duties: &mut dyn Iterator<Item = &crate::model::DutyId>| duties.map(|duty| model.duty(*duty).path.clone()).collect();
    let ensures = model.ensures.iter().map(|it| Constraint {
        kind: if matches!(it.law, Law::Grows(..)) { "grows" } else { "ensure" }.into(),
        parties: names(it.law.parties()),
        duties: if matches!(it.law, Law::Grows(..)) { Vec::new() } else { paths(&mut it.duties.iter()) },
        because: it.because.clone(),
        at: place(model, sources, it.head),
    });
    let separates = model.separates.iter().map(|it| Constraint {
        kind: "separate".into(),
        parties: Vec::new(),
        duties: paths(&mut it.left.iter().chain(&it.right)),
        because: it.because.clone(),
        at: place(model, sources, it.head),
    });
    ensures.chain(separates).collect()
}
