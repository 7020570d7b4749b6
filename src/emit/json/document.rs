//! The JSON document of a model, from which the schema is made.

use std::collections::BTreeMap;

use schemars::JsonSchema;
use serde::{Serialize, Serializer};

use crate::model::Role;

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
    /// Situations that cannot be: each region maps an axis to the values it allows. No duty exists
    /// there, whatever the regions of its holdings say.
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
    /// The same as a condition in the language, or `always`; it may reach into impossible
    /// situations.
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
    #[serde(serialize_with = "role_word")]
    #[schemars(with = "String")]
    pub role: Role,
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
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, JsonSchema)]
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
    /// `owns`, `share`, `nobody`, `never_owns`, a role, `grows` or `separate`.
    pub kind: String,
    /// The parties it names.
    pub parties: Vec<String>,
    /// The paths of its duties; of a `separate`, those of one side.
    pub duties: Vec<String>,
    /// Of a `separate`, the paths of the other side's duties.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub from: Vec<String>,
    /// Of a `grows`, the axis, and the values from the first to the last.
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    pub along: BTreeMap<String, Vec<String>>,
    /// The situations it speaks of, as a condition in the language, `always`, or `never`.
    pub condition: String,
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
    /// Why it is accepted.
    pub reason: String,
    /// The last day on which it is accepted; absent if it has no end.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// The `allow`.
    pub at: Place,
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

/// A role as its word.
#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde gives a reference")]
fn role_word<S: Serializer>(role: &Role, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(role.word())
}
