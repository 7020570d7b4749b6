//! What is declared: parties, axes, frameworks, areas and duties.

use super::{Annotations, AreaId, CondId, DeclName, DutyId, PartyId};
use crate::source::Span;
use crate::space::AxisId;

/// Somebody who can hold a responsibility.
#[derive(Clone, Debug)]
pub struct Party {
    /// Name and title.
    pub decl: DeclName,
    /// `provider`, `customer`, `third_party` or `team`.
    pub kind: Option<&'static str>,
    /// Other names that people use.
    pub aka: Vec<String>,
    /// The members that a joint group names; [`Model::members`](super::Model::members) follows them.
    pub joins: Vec<PartyId>,
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
    /// Where each value is declared; empty for an option.
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

/// An item of an area.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
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
    /// Its items, in declaration order.
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
    /// Empty cells of a `table by` in its row: the axis and value of the column, and the cell.
    pub blanks: Vec<(AxisId, u32, Span)>,
    /// A faulty statement names it, or may name it, so not everything written about it is known.
    pub uncertain: bool,
}
