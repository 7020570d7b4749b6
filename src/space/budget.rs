//! How much work a question about regions may take.
//!
//! A few conditions can make a diagram so large that no machine can hold it. So work is done within
//! a budget: [`RegionStore::within`](super::RegionStore::within) allows so many new nodes, runs a
//! piece of work, and gives back its result or [`Exhausted`]. What ran out of budget leaves nothing
//! behind that could be used by mistake. Outside such a scope there is no limit.
//!
//! # A worked example
//!
//! A model is checked with a budget of 1 000 nodes a duty. Its store tolerates 2 000 wasted nodes.
//! The first duty needs 5 000: it is given up after 1 000, which are wasted. The second needs 400
//! and gets its answer. The third is given up too: 2 000 nodes are wasted now, and from here on
//! every piece of work gets [`SMALL`] nodes at most. So a model full of tangled duties ends soon,
//! while each duty that takes little is still decided.

/// How many times the budget may be wasted before later budgets shrink.
const TOLERATED: usize = 2;
/// How many pairs of nodes may be combined for each node allowed.
const STEPS: usize = 4;
/// What every piece of work may use, however much was wasted before.
pub(super) const SMALL: usize = 1 << 12;

/// The work took more than its budget; what it made so far means nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exhausted;

/// What the work under way may still use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    /// How many nodes there may be in all.
    pub nodes: usize,
    /// How many pairs of nodes may still be combined.
    pub steps: usize,
    /// It was used up.
    pub exhausted: bool,
}

impl Budget {
    /// No limit.
    pub(super) const NONE: Self = Self {
        nodes: usize::MAX,
        steps: usize::MAX,
        exhausted: false,
    };

    /// So many nodes beyond those that there are.
    pub(super) fn of(allowed: usize, existing: usize) -> Self {
        Self {
            nodes: existing.saturating_add(allowed),
            steps: allowed.saturating_mul(STEPS),
            exhausted: false,
        }
    }

    /// The same after somebody else made nodes on another account.
    pub(super) fn beside(self, made: usize) -> Self {
        Self {
            nodes: self.nodes.saturating_add(made),
            ..self
        }
    }

    /// Takes one step; false if none is left.
    pub(super) fn step(&mut self) -> bool {
        self.steps = self.steps.saturating_sub(1);
        self.exhausted |= self.steps == 0;
        !self.exhausted
    }
}

/// How many wasted nodes are tolerated still.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tolerance(usize);

impl Tolerance {
    /// For work whose usual budget is this.
    pub(super) fn of(usual: usize) -> Self {
        Self(usual.saturating_mul(TOLERATED))
    }

    /// What a piece of work gets that asks for so much.
    pub(super) fn grant(self, asked: usize) -> usize {
        asked.min(self.0.max(SMALL))
    }

    /// Work that was granted so much came to nothing.
    pub(super) fn waste(&mut self, granted: usize) {
        self.0 = self.0.saturating_sub(granted);
    }
}
