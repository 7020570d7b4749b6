//! How much work a question about regions may take.
//!
//! A few conditions can make a diagram so large that no machine can hold it. So work is done within
//! a budget: [`RegionStore::within`](super::RegionStore::within) takes a maximum number of new
//! nodes, runs a piece of work, and returns its result or [`Exhausted`]. Work that exceeds its
//! budget leaves nothing that could be used by mistake. Outside such a scope there is no limit.
//!
//! # A worked example
//!
//! A model is checked with a budget of 100 000 nodes per duty. Its store tolerates 200 000 wasted
//! nodes. The first duty needs 500 000: work on it stops after 100 000, which are wasted. The
//! second needs 400 and is decided. The third is given up too: 200 000 nodes are wasted now, and
//! from here on every piece of work gets [`SMALL`] nodes at most, 4 096. So checking a model full
//! of complex duties still ends soon, and each simple duty is still decided.

/// Number of whole budgets that may be wasted before later budgets shrink.
const TOLERATED: usize = 2;
/// Maximum number of node pairs combined per allowed node.
const STEPS: usize = 4;
/// Number of nodes that every piece of work may use, even after much was wasted.
pub(super) const SMALL: usize = 1 << 12;

/// The work exceeded its budget; its partial results must not be used.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Exhausted;

/// The remaining budget of the current work.
#[derive(Clone, Copy, Debug)]
pub(super) struct Budget {
    /// Maximum total number of nodes.
    pub nodes: usize,
    /// Number of node pairs that may still be combined.
    pub steps: usize,
    /// Whether the budget is used up.
    pub exhausted: bool,
}

impl Budget {
    /// No limit.
    pub(super) const NONE: Self = Self {
        nodes: usize::MAX,
        steps: usize::MAX,
        exhausted: false,
    };

    /// A budget of `allowed` new nodes on top of the existing ones.
    pub(super) fn of(allowed: usize, existing: usize) -> Self {
        Self {
            nodes: existing.saturating_add(allowed),
            steps: allowed.saturating_mul(STEPS),
            exhausted: false,
        }
    }

    /// The same budget after other work created `made` nodes that do not count.
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

/// How many more wasted nodes are tolerated.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tolerance(usize);

impl Tolerance {
    /// The tolerance for this default budget.
    pub(super) fn of(usual: usize) -> Self {
        Self(usual.saturating_mul(TOLERATED))
    }

    /// The budget granted to work that asks for `asked` nodes.
    pub(super) fn grant(self, asked: usize) -> usize {
        asked.min(self.0.max(SMALL))
    }

    /// Records that work with this budget failed.
    pub(super) fn waste(&mut self, granted: usize) {
        self.0 = self.0.saturating_sub(granted);
    }
}
