//! Claims, and what they give to whom.

use jiff::civil::Date;

use super::{Annotations, CondId, DutyId, PartyId, Role, Roles};
use crate::source::Span;
use crate::space::AxisId;

/// A set of roles that a claim gives to parties, jointly if there are several.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The roles.
    pub roles: Roles,
    /// The parties that hold them together.
    pub parties: Box<[PartyId]>,
    /// The letters of a RACI row that give them, and their spans.
    pub letters: Box<[(Role, Span)]>,
}

impl Grant {
    /// Responsible and accountable, jointly if there are several parties.
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
    /// In force only where no other claim makes anybody responsible or accountable.
    pub otherwise: bool,
    /// The situations it applies to.
    pub when: CondId,
    /// The duties it is about.
    pub duties: Box<[DutyId]>,
    /// Duties that are excluded from its targets, and where.
    pub excepted: Box<[(DutyId, Span)]>,
    /// What it gives; nothing for `nobody`.
    pub grants: Box<[Grant]>,
    /// What each party of a share does.
    pub parts: Box<[Part]>,
    /// The text after the targets.
    pub text: Option<Box<str>>,
    /// Why.
    pub because: Option<Box<str>>,
    /// The last day on which it holds.
    pub until: Option<(Date, Span)>,
    /// What its block says.
    pub notes: Annotations,
    /// A part of it could not be read, so missing parts are not reported.
    pub faulty: bool,
}

impl Claim {
    /// The span that covers one situation, given as values of axes: a table cell, or the head.
    #[must_use]
    pub fn span_at(&self, situation: &[(AxisId, u32)]) -> Span {
        let cell = self
            .cells
            .iter()
            .find(|(axis, value, _)| situation.contains(&(*axis, *value)));
        cell.map_or(self.head, |(_, _, span)| *span)
    }

    /// Whether it makes somebody responsible or accountable, or is a `nobody`.
    #[must_use]
    pub fn decides(&self) -> bool {
        self.form == Form::Nobody || self.grants.iter().any(|grant| grant.roles.owning())
    }
}
