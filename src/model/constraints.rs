//! What must hold, what is impossible, and what is accepted.

use jiff::civil::Date;

use super::{CondId, DutyId, PartyId, Role};
use crate::source::Span;
use crate::space::AxisId;

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
    /// If the party is responsible at one value, it is also responsible at the next.
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
    /// The statement without `when` and `because`.
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
    /// The statement without `when` and `because`.
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

/// What an `allow` accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// Any gap.
    Gap,
    /// An overlap.
    Overlap,
    /// A warning with this code.
    Code(crate::diagnostic::Code),
}

/// `allow gap on backups because "…" until 2027-03-31`
#[derive(Clone, Debug)]
pub struct Allow {
    /// The statement without `when`, `because` and `until`.
    pub head: Span,
    /// What it accepts.
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
    /// The impossible situations.
    pub when: CondId,
    /// Why.
    pub because: Option<String>,
}
