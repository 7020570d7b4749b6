//! What the check finds, as ids and regions. `wording` turns it into text at the end.

use jiff::civil::Date;

use super::describe::DescribedRegion;
use super::state::ActiveGrant;
use crate::diagnostic::Code;
use crate::model::{ClaimId, DutyId, PartyId, Roles};
use crate::source::Span;
use crate::space::AxisId;

/// Where a finding holds.
#[derive(Clone, Debug)]
pub(super) enum Extent {
    /// It does not depend on the situation.
    Any,
    /// In these situations of its duty.
    In(DescribedRegion),
}

/// The `allow` that accepts a finding, by its number, and whether it still holds.
#[derive(Clone, Copy, Debug)]
pub(super) struct AllowedBy {
    /// Index of the `allow` in the model.
    pub allow: usize,
    /// It has not expired.
    pub holds: bool,
}

/// One problem.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    /// Its kind.
    pub code: Code,
    /// The duty it is about; none if it is about a statement, or the model.
    pub duty: Option<DutyId>,
    /// Where it holds.
    pub extent: Extent,
    /// The `allow` that names it.
    pub allowed: Option<AllowedBy>,
    /// What is wrong.
    pub fact: Fact,
}

impl Finding {
    /// A finding about a statement, or the model.
    pub(super) fn of_model(code: Code, fact: Fact) -> Self {
        Self {
            code,
            duty: None,
            extent: Extent::Any,
            allowed: None,
            fact,
        }
    }

    /// A finding about a duty, independent of the situation.
    pub(super) fn of_duty(code: Code, duty: DutyId, fact: Fact) -> Self {
        Self {
            duty: Some(duty),
            ..Self::of_model(code, fact)
        }
    }

    /// A finding in some situations of a duty.
    pub(super) fn in_situations(
        (code, duty): (Code, DutyId),
        allowed: Option<AllowedBy>,
        described: DescribedRegion,
        fact: Fact,
    ) -> Self {
        Self {
            extent: Extent::In(described),
            allowed,
            ..Self::of_duty(code, duty, fact)
        }
    }

    /// Whether it holds in more situations than are told.
    pub(super) fn is_part(&self) -> bool {
        matches!(&self.extent, Extent::In(described) if described.situations.more)
    }
}

/// A grant of a claim, by its index in the claim.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct GrantRef {
    /// The claim.
    pub claim: ClaimId,
    /// Index of the grant in the claim.
    pub grant: usize,
}

impl From<&ActiveGrant> for GrantRef {
    fn from(active: &ActiveGrant) -> Self {
        Self {
            claim: active.claim,
            grant: active.grant,
        }
    }
}

/// A claim and its grants that are in force.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Holder {
    /// The claim.
    pub claim: ClaimId,
    /// Its grants; empty for a `nobody`.
    pub grants: Vec<usize>,
}

/// A claim that nearly covers a gap.
#[derive(Clone, Debug)]
pub(super) struct NearMiss {
    /// The claim.
    pub claim: ClaimId,
    /// What it does instead.
    pub miss: Miss,
}

/// How a claim misses a gap.
#[derive(Clone, Debug)]
pub(super) enum Miss {
    /// It excludes the duty, at this place.
    Excepted(Span),
    /// It is in force in other situations: one of its grants, and its condition if that is short and
    /// the statement does not show it.
    Elsewhere(usize, Option<String>),
}

/// Which statement never takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DeadStatement {
    /// A claim.
    Claim,
    /// An `ensure`.
    Ensure,
    /// A `separate`.
    Separate,
    /// An `impossible`.
    Impossible,
    /// An `otherwise`.
    Otherwise,
}

/// Why a statement never takes effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum DeadReason {
    /// It names no duty.
    NoDuty,
    /// Its condition is never true.
    NeverTrue,
    /// Its situations are impossible.
    Impossible,
    /// Its duties do not exist in its situations.
    NoDutyThere,
    /// Other claims give all its duties to somebody.
    NothingLeft,
}

/// A party that gets the same role twice, or a weaker role next to a stronger one.
#[derive(Clone, Debug)]
pub(super) struct Repeated {
    /// The party.
    pub party: PartyId,
    /// The roles given first; the owning ones if weaker ones are given too.
    pub more: Roles,
    /// The repeated roles, or the weaker ones.
    pub less: Roles,
    /// The claims.
    pub claims: Vec<ClaimId>,
}

/// A party that is no longer responsible at the next value of an axis.
#[derive(Clone, Debug)]
pub(super) struct Shrinks {
    /// The number of the `ensure`.
    pub ensure: usize,
    /// The party.
    pub party: PartyId,
    /// The axis, the value where the party is responsible, and the next value, where it is not.
    pub step: (AxisId, u32, u32),
    /// The grant that it had.
    pub before: Option<GrantRef>,
    /// Who holds the duty in the example.
    pub holders: Vec<Holder>,
}

/// A party that is responsible on both sides of a `separate`.
#[derive(Clone, Debug)]
pub(super) struct NotSeparate {
    /// Its number.
    pub separate: usize,
    /// The duty on the other side.
    pub other: DutyId,
    /// The party.
    pub party: PartyId,
    /// The grants that make it responsible for each of the two.
    pub grants: [Option<GrantRef>; 2],
    /// Parties that may include a group and one of its members.
    pub involved: Vec<PartyId>,
}

/// How many, where counting on may take too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Count {
    /// This many, or more.
    pub number: usize,
    /// There may be more.
    pub more: bool,
}

/// Many findings of one kind on one duty, told as one.
#[derive(Clone, Debug)]
pub(super) struct Many {
    /// How many there are.
    pub count: Count,
    /// The findings in the most situations, largest first.
    pub worst: Vec<(Fact, DescribedRegion)>,
}

/// What may be too complex to answer about a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Question {
    /// Where its claims are in force; nothing else is asked then.
    State,
    /// Whether somebody holds it in every situation.
    Gaps,
    /// Whether two parties hold it in some situation.
    Overlaps,
    /// Whether somebody and nobody hold it in some situation.
    Contradictions,
    /// Whether each share says who does what.
    Shares,
    /// Whether it meets each `ensure`.
    Ensures,
    /// Whether it is kept apart from others.
    Separates,
}

/// What is wrong: one variant per kind of finding.
#[derive(Clone, Debug)]
pub(super) enum Fact {
    /// Nobody is responsible, or accountable.
    Gap {
        /// Claims that nearly cover it.
        near: Vec<NearMiss>,
        /// Empty table cells of the duty.
        blanks: Vec<Span>,
    },
    /// Two parties or more hold a role.
    Overlap {
        /// The roles.
        roles: Roles,
        /// The grants that give them.
        grants: Vec<GrantRef>,
    },
    /// The duty is given to somebody and to nobody.
    Contradiction {
        /// The `nobody`.
        nobody: ClaimId,
        /// The other claim, and its grants.
        other: Holder,
    },
    /// One party gets the same role twice, or a weaker role next to a stronger one.
    Repeated(Repeated),
    /// Two `nobody`s say the same.
    NobodyTwice {
        /// The first.
        earlier: ClaimId,
        /// The second.
        later: ClaimId,
    },
    /// Shares that do not say what each party does.
    SilentShare(Vec<GrantRef>),
    /// An `ensure` fails.
    EnsureFails {
        /// Its number.
        ensure: usize,
        /// Who holds the duty in the example.
        holders: Vec<Holder>,
    },
    /// A party is no longer responsible at the next value of an axis.
    Shrinks(Shrinks),
    /// One party is responsible on both sides of a `separate`.
    NotSeparate(NotSeparate),
    /// Duties that only an `otherwise` gives to somebody.
    Filled {
        /// The `otherwise`.
        claim: ClaimId,
        /// The duties, and where; `None` if computing that exceeds the budget.
        rows: Vec<(DutyId, Option<DescribedRegion>)>,
    },
    /// A statement that never takes effect.
    Dead {
        /// Which.
        statement: DeadStatement,
        /// Its span.
        at: Span,
        /// Why.
        reason: DeadReason,
    },
    /// Questions about a duty that exceed the budget, and the axes that its statements depend on.
    NotDecided {
        /// What could not be answered.
        open: Vec<Question>,
        /// In the order in which statements test them.
        axes: Vec<AxisId>,
    },
    /// Duties whose claims were not compared for repeated roles.
    RepeatsNotDecided(Vec<DutyId>),
    /// Many findings of one kind on one duty.
    Many(Many),
    /// Computing the possible situations exceeds the budget.
    SituationsNotDecided,
    /// No situation is possible.
    NoSituation,
    /// A duty exists in no possible situation.
    NeverExists,
    /// The model has no duty.
    NoDuty,
    /// Duties that stand on both sides of a `separate`.
    BothSides {
        /// Its number.
        separate: usize,
        /// The duties.
        duties: Vec<DutyId>,
    },
    /// An `ensure`, by its number, fails for more duties than are listed.
    MoreEnsureFails(usize),
    /// A `separate`, by its number, fails for more pairs of duties than are listed.
    MoreNotSeparate(usize),
    /// An `allow` accepts nothing.
    AllowsNothing {
        /// Its number.
        allow: usize,
        /// Of an `allow` of a gap, the claims that leave none: each with a duty that it decides.
        claims: Vec<(ClaimId, DutyId)>,
    },
    /// The last review lies in the future.
    FutureReview {
        /// The day written.
        day: Date,
        /// Where.
        at: Span,
        /// The day of the check.
        today: Date,
    },
    /// A review is overdue.
    ReviewOverdue {
        /// The last day on which it was not.
        due: Date,
        /// Where the last review is written.
        reviewed: Span,
        /// Where the review interval is written.
        rhythm: Span,
    },
    /// A review interval is set, but there was never a review.
    NeverReviewed(Span),
    /// A claim has ended.
    ClaimEnded {
        /// The claim.
        claim: ClaimId,
        /// Its last day, and where that is written.
        end: (Date, Span),
    },
}
