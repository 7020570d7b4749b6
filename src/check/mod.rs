//! The check: does every duty have exactly one holder in every situation?
//!
//! In: a [`Model`] and the day. Out: [`Checked`], with a finding for every gap, overlap,
//! contradiction, redundancy and broken constraint, by the rules of sections 5 and 7 of the
//! language. Always: the answer is exact. What could not be computed within the budget is reported
//! by a finding, never skipped silently; duties that a faulty statement may be about are counted
//! but not checked.
//!
//! ```text
//! Context ──► one function per kind ──► acceptance ──► Finding ──► wording ──► Diagnostic
//! model,      gaps, overlaps, …         split by       ids and     text, one
//! regions     as regions                each `allow`   facts       file per kind
//! ```
//!
//! # A worked example
//!
//! ```srm
//! party vendor
//! party tenant
//! axis plan { free, paid }
//! model shop {
//!   duty backups
//!   vendor owns backups when plan = paid
//!   tenant is accountable for backups
//! }
//! ```
//!
//! The duty exists in both situations. The first claim is in force in {paid}, the second in {free,
//! paid}: these are the two active grants of its [`DutyState`]. Somebody is responsible in {paid},
//! so in {free} there is a gap of one role, SRM0302. In {paid} two parties are accountable: an
//! overlap in one role, SRM0401.

mod acceptance;
mod alike;
mod claims_of;
mod constraints;
mod context;
mod dead;
mod describe;
mod finding;
mod found;
mod freshness;
mod gap_search;
mod gaps;
mod many;
mod order;
mod otherwise;
mod overlaps;
mod redundancy;
mod run;
mod separate;
mod shares;
mod spoiled;
mod state;
mod trivial;
mod wording;

use jiff::civil::Date;

use crate::diagnostic::{Diagnostic, Tally};
use crate::model::{DutyId, Model};
use crate::space::{Exhausted, Region, RegionStore};
use context::Context;

pub(crate) use freshness::due;
pub use run::check;
pub use state::{ActiveGrant, DutyState};

/// What the check needs to know besides the model.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The date used to decide what has expired or is overdue.
    pub today: Date,
    /// Maximum number of region nodes for one duty; beyond that it is reported as not decided.
    pub budget: usize,
    /// Whether large texts may be parsed on all available threads.
    pub parallel: bool,
}

impl Options {
    /// The default budget: far more than any hand-written matrix needs.
    pub const BUDGET: usize = 1 << 17;

    /// Options for this date, with the default budget.
    #[must_use]
    pub fn on(today: Date) -> Self {
        Self {
            today,
            budget: Self::BUDGET,
            parallel: false,
        }
    }

    /// The same, but large texts are parsed on all available threads.
    #[must_use]
    pub fn in_parallel(self) -> Self {
        Self {
            parallel: true,
            ..self
        }
    }
}

/// A model that was checked.
pub struct Checked {
    /// The model.
    pub model: Model,
    /// The findings, in file order.
    pub findings: Vec<Diagnostic>,
    /// Number of duties not checked because a fault may affect them.
    pub unchecked: usize,
    context: Context,
    /// Whether each duty was decided, by its number.
    decided: Vec<bool>,
}

impl Checked {
    /// The state that the claims give a duty. For a duty that passed the quick check it is computed
    /// on first use.
    ///
    /// # Errors
    /// Computing it exceeds the default budget.
    pub fn state(&self, duty: DutyId) -> Result<&DutyState, Exhausted> {
        let state = || self.context.state(&self.model, duty);
        self.store()
            .within(Options::BUDGET, state)?
            .ok_or(Exhausted)
    }

    /// The possible situations in which a duty exists.
    #[must_use]
    pub fn exists(&self, duty: DutyId) -> Region {
        self.context.exists(duty)
    }

    /// Whether a duty was computed within the budget.
    #[must_use]
    pub fn is_worked_out(&self, duty: DutyId) -> bool {
        self.decided.get(duty.0 as usize).copied().unwrap_or(false)
    }

    /// Whether everything written about a duty was understood, and the duty was computed.
    #[must_use]
    pub fn is_decided(&self, duty: DutyId) -> bool {
        self.is_worked_out(duty) && !self.model.duty(duty).uncertain
    }

    /// The store that its regions belong to.
    #[must_use]
    pub fn store(&self) -> &RegionStore {
        &self.context.store
    }

    /// The possible situations.
    #[must_use]
    pub fn possible(&self) -> Region {
        self.context.possible
    }

    /// How many duties only an `otherwise` gives to somebody, somewhere.
    #[must_use]
    pub fn filled(&self) -> usize {
        let fills = |id: &DutyId| {
            self.is_decided(*id)
                && self
                    .context
                    .known_state(*id)
                    .is_some_and(DutyState::is_filled)
        };
        self.model.duties().map(|(id, _)| id).filter(fills).count()
    }

    /// Whether a finding prevents output for the model.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        Tally::of(&self.findings).errors > 0
    }

    /// The model, the findings and the data that output needs.
    pub(crate) fn into_parts(self) -> (Model, Vec<Diagnostic>, RegionStore, Region) {
        let Context {
            store, possible, ..
        } = self.context;
        (self.model, self.findings, store, possible)
    }
}
