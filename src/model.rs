//! What a model means once every name is known: parties, duties, claims and constraints as data.
//!
//! In: what `resolve` found. Always: an id is the place of its thing in the model's list and is
//! never dangling; a statement with a fault is not here, but the duties it may have spoken of are
//! marked [`Duty::uncertain`]; parties and axes that are visible but never named are here and
//! not [`mentioned`](Party::used).

use std::ops::{Deref, DerefMut};

use jiff::civil::Date;

pub use crate::role::{Role, Roles};
use crate::source::Span;
use crate::space::{AxisId, AxisNames, Cond};
pub use crate::syntax::ast::Period;

/// The number of a party within its model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PartyId(pub u32);
/// The number of an area within its model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AreaId(pub u32);
/// The number of a duty within its model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DutyId(pub u32);
/// The number of a claim within its model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct ClaimId(pub u32);

/// A name with a title for people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeclName {
    /// The name that statements use; behind a prefix where it was imported under one.
    pub name: String,
    /// The title; the name where there is none.
    pub title: String,
    /// Where it is declared.
    pub span: Span,
}

/// The number of a condition within its model.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CondId(pub u32);

impl CondId {
    /// Holds in every situation.
    pub const ALWAYS: Self = Self(0);
}

/// What a block of fields says; most statements have none.
#[derive(Clone, Debug, Default)]
pub struct Annotations(Option<Box<AnnotationFields>>);

/// No block.
static NO_FIELDS: AnnotationFields = AnnotationFields {
    sources: Vec::new(),
    notes: Vec::new(),
    evidence: Vec::new(),
    cadence: None,
    meets: Vec::new(),
    meta: Vec::new(),
};

impl Deref for Annotations {
    type Target = AnnotationFields;

    fn deref(&self) -> &AnnotationFields {
        self.0.as_deref().unwrap_or(&NO_FIELDS)
    }
}

impl DerefMut for Annotations {
    fn deref_mut(&mut self) -> &mut AnnotationFields {
        self.0.get_or_insert_default()
    }
}

impl PartialEq for Annotations {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

/// What the fields of a block say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnnotationFields {
    /// Where it comes from: a description, perhaps an address.
    pub sources: Vec<(String, Option<String>)>,
    /// Free remarks.
    pub notes: Vec<String>,
    /// What shows that the duty is done.
    pub evidence: Vec<String>,
    /// How often it is done.
    pub cadence: Option<String>,
    /// Controls that it meets: framework, control, where it says so.
    pub meets: Vec<(usize, String, Span)>,
    /// Keys and values of the author's own.
    pub meta: Vec<(String, String)>,
}

/// Somebody who can hold a responsibility.
#[derive(Clone, Debug)]
pub struct Party {
    /// Name and title.
    pub decl: DeclName,
    /// `provider`, `customer`, `third_party` or `team`.
    pub kind: Option<&'static str>,
    /// Other names that people use.
    pub aka: Vec<String>,
    /// The members of a joint group, members of members included.
    pub members: Vec<PartyId>,
    /// What its block says.
    pub notes: Annotations,
    /// A statement of the model names it.
    pub used: bool,
}

/// A finite, ordered set of values that the split may depend on.
#[derive(Clone, Debug)]
pub struct Axis {
    /// Name and title.
    pub decl: DeclName,
    /// Its values in order: name and title.
    pub values: Vec<(String, String)>,
    /// Where each value is declared; those of an option are nowhere.
    pub declared: Vec<Span>,
    /// It is an option: its values are no and yes.
    pub option: bool,
    /// A statement of the model names it.
    pub used: bool,
}

impl Axis {
    /// The number of values.
    #[must_use]
    pub fn size(&self) -> u32 {
        u32::try_from(self.values.len()).unwrap_or(u32::MAX)
    }
}

/// A catalog of controls.
#[derive(Clone, Debug)]
pub struct Framework {
    /// Name and title.
    pub decl: DeclName,
}

/// What stands in an area, in declared order.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    /// An area.
    Area(AreaId),
    /// A duty.
    Duty(DutyId),
}

/// A group of duties.
#[derive(Clone, Debug)]
pub struct Area {
    /// Its own name, and its title.
    pub decl: DeclName,
    /// Its full path.
    pub path: String,
    /// The area around it.
    pub parent: Option<AreaId>,
    /// What stands in it.
    pub children: Vec<Node>,
    /// What its block says.
    pub notes: Annotations,
}

/// One responsibility.
#[derive(Clone, Debug)]
pub struct Duty {
    /// Its own name, and its title.
    pub decl: DeclName,
    /// Its full path, which is its identity.
    pub path: String,
    /// The area around it.
    pub area: Option<AreaId>,
    /// The situations in which it exists.
    pub when: CondId,
    /// What its block says.
    pub notes: Annotations,
    /// Cells of a `table by` that say nothing of it: the value of the column, and the cell.
    pub blanks: Vec<(AxisId, u32, Span)>,
    /// A faulty statement names it or may name it: not all that its author wrote is known.
    pub uncertain: bool,
}

/// One role set that a claim gives to parties, jointly where they are several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The roles.
    pub roles: Roles,
    /// The parties that hold them together.
    pub parties: Box<[PartyId]>,
    /// Where the letters of a RACI row say so.
    pub letters: Box<[(Role, Span)]>,
}

impl Grant {
    /// Responsible and accountable, jointly where the parties are several.
    #[must_use]
    pub fn owner(parties: Vec<PartyId>) -> Self {
        Self {
            roles: Roles::OWNER,
            parties: parties.into(),
            letters: Box::default(),
        }
    }
}

/// How a claim was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// `owns`
    Owns,
    /// `share`, or `a + b` in a cell
    Share,
    /// One role
    Role(Role),
    /// `nobody owns`, or `n/a`
    Nobody,
    /// A row of a `raci`
    Row,
}

/// What one party of a share does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// The party.
    pub party: PartyId,
    /// What it does.
    pub text: String,
}

/// A statement that gives roles on duties to parties, in some situations.
#[derive(Clone, Debug)]
pub struct Claim {
    /// Parties, verb and targets; of a table, the first cell or the row's name.
    pub head: Span,
    /// Cells of a `table by`: the value of the column, and the cell.
    pub cells: Box<[(AxisId, u32, Span)]>,
    /// How it was written.
    pub form: Form,
    /// In force only where nothing else makes anybody responsible or accountable.
    pub otherwise: bool,
    /// The situations it speaks of.
    pub when: CondId,
    /// The duties it speaks of.
    pub duties: Box<[DutyId]>,
    /// Duties that its targets would cover, and where it leaves them out.
    pub excepted: Box<[(DutyId, Span)]>,
    /// What it gives; nothing for `nobody`.
    pub grants: Box<[Grant]>,
    /// What each party of a share does.
    pub parts: Box<[Part]>,
    /// The text behind the targets.
    pub text: Option<Box<str>>,
    /// Why.
    pub because: Option<Box<str>>,
    /// The last day on which it holds.
    pub until: Option<(Date, Span)>,
    /// What its block says.
    pub notes: Annotations,
    /// Some of its text could not be read: what is missing is no finding.
    pub faulty: bool,
}

impl Claim {
    /// Where it speaks of one situation, given as values of axes.
    #[must_use]
    pub fn span_at(&self, situation: &[(AxisId, u32)]) -> Span {
        let cell = self
            .cells
            .iter()
            .find(|(axis, value, _)| situation.contains(&(*axis, *value)));
        cell.map_or(self.head, |(_, _, span)| *span)
    }

    /// The claim with a grant of responsible or accountable, or `nobody`.
    #[must_use]
    pub fn decides(&self) -> bool {
        self.form == Form::Nobody || self.grants.iter().any(|grant| grant.roles.owning())
    }
}

/// What an `ensure` asks for.
#[derive(Clone, Debug)]
pub enum Requirement {
    /// The party is responsible and accountable, alone.
    Owns(PartyId),
    /// The parties are responsible and accountable, jointly, and nobody else.
    Share(Vec<PartyId>),
    /// The parties hold the role, alone or with others.
    Role(Vec<PartyId>, Role),
    /// Nobody is responsible or accountable.
    Nobody,
    /// The party is neither responsible nor accountable.
    Never(PartyId),
    /// What the party is responsible for at each value, it is responsible for at the next.
    Monotone(PartyId, AxisId, Vec<u32>),
}

impl Requirement {
    /// Every party it names.
    #[must_use]
    pub fn parties(&self) -> Vec<PartyId> {
        match self {
            Self::Owns(party) | Self::Never(party) | Self::Monotone(party, ..) => vec![*party],
            Self::Share(parties) | Self::Role(parties, _) => parties.clone(),
            Self::Nobody => Vec::new(),
        }
    }
}

/// `ensure …`
#[derive(Clone, Debug)]
pub struct Ensure {
    /// Without its tail.
    pub head: Span,
    /// What must hold.
    pub requirement: Requirement,
    /// For which duties.
    pub duties: Vec<DutyId>,
    /// In which situations.
    pub when: CondId,
    /// Why.
    pub because: Option<String>,
}

/// `separate a from b`
#[derive(Clone, Debug)]
pub struct Separate {
    /// Without its tail.
    pub head: Span,
    /// One side.
    pub left: Vec<DutyId>,
    /// The other side.
    pub right: Vec<DutyId>,
    /// In which situations.
    pub when: CondId,
    /// Why.
    pub because: Option<String>,
}

/// What an `allow` silences.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Any gap.
    Gap,
    /// An overlap.
    Overlap,
    /// A warning.
    Code(crate::diagnostic::Code),
}

/// `allow gap on backups because "…" until 2027-03-31`
#[derive(Clone, Debug)]
pub struct Allow {
    /// Without its tail.
    pub head: Span,
    /// What it silences.
    pub what: Allowed,
    /// For which duties.
    pub duties: Vec<DutyId>,
    /// In which situations.
    pub when: CondId,
    /// Why.
    pub because: String,
    /// The last day on which it holds.
    pub until: Option<(Date, Span)>,
}

impl Allow {
    /// Whether it still holds on a day.
    #[must_use]
    pub fn holds(&self, today: Date) -> bool {
        self.until.is_none_or(|(end, _)| today <= end)
    }
}

/// `impossible when … because …`
#[derive(Clone, Debug)]
pub struct Impossible {
    /// The statement.
    pub span: Span,
    /// The situations that cannot be.
    pub when: CondId,
    /// Why.
    pub because: Option<String>,
}

/// One model.
#[derive(Clone, Debug)]
pub struct Model {
    /// Name and title.
    pub decl: DeclName,
    /// `version`
    pub version: Option<String>,
    /// `draft`, `preview` or `final`
    pub status: Option<&'static str>,
    /// The day from which it holds.
    pub effective: Option<Date>,
    /// The day of the last review.
    pub reviewed: Option<(Date, Span)>,
    /// How often it is to be reviewed.
    pub review: Option<(u32, Period, Span)>,
    /// What its block says.
    pub notes: Annotations,
    /// Every party in sight.
    pub parties: Vec<Party>,
    /// Every axis in sight.
    pub axes: Vec<Axis>,
    /// Every framework in sight.
    pub frameworks: Vec<Framework>,
    /// Every area.
    pub areas: Vec<Area>,
    /// Every duty, in declared order.
    pub duties: Vec<Duty>,
    /// What stands in the model itself.
    pub children: Vec<Node>,
    /// Situations that cannot be.
    pub impossible: Vec<Impossible>,
    /// Every condition, each once; the first holds in every situation.
    pub conds: Vec<Cond>,
    /// Every claim.
    pub claims: Vec<Claim>,
    /// What must hold.
    pub ensures: Vec<Ensure>,
    /// Duties that no party may hold together.
    pub separates: Vec<Separate>,
    /// Findings that are accepted.
    pub allows: Vec<Allow>,
    /// A statement that bears on the whole model had a fault.
    pub uncertain: bool,
}

impl Model {
    /// The party with this number.
    #[must_use]
    pub fn party(&self, id: PartyId) -> &Party {
        &self.parties[id.0 as usize]
    }

    /// The duty with this number.
    #[must_use]
    pub fn duty(&self, id: DutyId) -> &Duty {
        &self.duties[id.0 as usize]
    }

    /// The area with this number.
    #[must_use]
    pub fn area(&self, id: AreaId) -> &Area {
        &self.areas[id.0 as usize]
    }

    /// The condition with this number.
    #[must_use]
    pub fn cond(&self, id: CondId) -> &Cond {
        &self.conds[id.0 as usize]
    }

    /// Adds a condition.
    pub fn add_cond(&mut self, cond: Cond) -> CondId {
        self.conds.push(cond);
        CondId(u32::try_from(self.conds.len() - 1).unwrap_or(u32::MAX))
    }

    /// The claim with this number.
    #[must_use]
    pub fn claim(&self, id: ClaimId) -> &Claim {
        &self.claims[id.0 as usize]
    }

    /// Every claim with its number.
    pub fn claims(&self) -> impl Iterator<Item = (ClaimId, &Claim)> {
        (0..).map(ClaimId).zip(&self.claims)
    }

    /// Every duty with its number.
    pub fn duties(&self) -> impl Iterator<Item = (DutyId, &Duty)> {
        (0..).map(DutyId).zip(&self.duties)
    }

    /// Every axis that a statement names, with its number.
    pub fn used_axes(&self) -> impl Iterator<Item = (AxisId, &Axis)> {
        (0..)
            .map(AxisId)
            .zip(&self.axes)
            .filter(|(_, axis)| axis.used)
    }

    /// Every party that a statement names, with its number.
    pub fn used_parties(&self) -> impl Iterator<Item = (PartyId, &Party)> {
        (0..)
            .map(PartyId)
            .zip(&self.parties)
            .filter(|(_, party)| party.used)
    }

    /// The name and title of an area or duty.
    #[must_use]
    pub fn decl_of(&self, node: Node) -> &DeclName {
        match node {
            Node::Area(id) => &self.area(id).decl,
            Node::Duty(id) => &self.duty(id).decl,
        }
    }

    /// The full path of an area or duty.
    #[must_use]
    pub fn path_of(&self, node: Node) -> &str {
        match node {
            Node::Area(id) => &self.area(id).path,
            Node::Duty(id) => &self.duty(id).path,
        }
    }

    /// The full path of a name in an area, or in the model itself.
    #[must_use]
    pub fn path_below(&self, parent: Option<AreaId>, name: &str) -> String {
        match parent {
            Some(parent) => format!("{}.{name}", self.area(parent).path),
            None => name.to_owned(),
        }
    }

    /// A party and, of a group, its members.
    pub fn with_members(&self, id: PartyId) -> impl Iterator<Item = PartyId> + '_ {
        std::iter::once(id).chain(self.party(id).members.iter().copied())
    }
}

impl AxisNames for Model {
    fn axis(&self, axis: AxisId) -> &str {
        self.axes
            .get(axis.0 as usize)
            .map_or("", |axis| &axis.decl.name)
    }

    fn value(&self, axis: AxisId, value: u32) -> &str {
        self.axes
            .get(axis.0 as usize)
            .and_then(|axis| axis.values.get(value as usize))
            .map_or("", |(name, _)| name)
    }

    fn is_option(&self, axis: AxisId) -> bool {
        self.axes
            .get(axis.0 as usize)
            .is_some_and(|axis| axis.option)
    }
}
