//! What a model means once every name is known: parties, duties, claims and constraints as data.
//!
//! In: what `resolve` found. Always: an id is the index of its item in the model's list and is
//! always valid; a statement with a fault is left out, but the duties it may have been about are
//! marked [`Duty::uncertain`]; parties and axes that are visible but never named are included, but
//! not marked as [`used`](Party::used).

mod annotations;
mod claims;
mod constraints;
mod declared;

use jiff::civil::Date;

pub use annotations::*;
pub use claims::*;
pub use constraints::*;
pub use declared::*;

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
    /// The name that statements use, with the prefix if it was imported with one.
    pub name: String,
    /// The title; the name if there is none.
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
    /// How often it must be reviewed.
    pub review: Option<(u32, Period, Span)>,
    /// What its block says.
    pub notes: Annotations,
    /// Every visible party.
    pub parties: Vec<Party>,
    /// Every visible axis.
    pub axes: Vec<Axis>,
    /// Every visible framework.
    pub frameworks: Vec<Framework>,
    /// Every area.
    pub areas: Vec<Area>,
    /// Every duty, in declared order.
    pub duties: Vec<Duty>,
    /// The items directly in the model.
    pub children: Vec<Node>,
    /// Impossible situations.
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
    /// A statement that affects the whole model has a fault.
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

    /// The area directly around an area or duty.
    #[must_use]
    pub fn area_around(&self, node: Node) -> Option<AreaId> {
        match node {
            Node::Area(id) => self.area(id).parent,
            Node::Duty(id) => self.duty(id).area,
        }
    }

    /// The members of a group, members of members included; none of a single party.
    #[must_use]
    pub fn members(&self, id: PartyId) -> Vec<PartyId> {
        let (mut todo, mut members) = (vec![id], Vec::new());
        let mut seen = rustc_hash::FxHashSet::default();
        while let Some(group) = todo.pop() {
            for &member in &self.party(group).joins {
                if seen.insert(member) {
                    members.push(member);
                    todo.push(member);
                }
            }
        }
        members
    }

    /// A party and, of a group, its members.
    pub fn with_members(&self, id: PartyId) -> impl Iterator<Item = PartyId> + use<> {
        std::iter::once(id).chain(self.members(id))
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
