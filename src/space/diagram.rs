//! Decision diagrams: the nodes behind a [`RegionStore`](super::RegionStore).
//!
//! A region is a node that tests one axis and has a smaller region for each of its values. Equal
//! nodes are kept once and axes are tested in one fixed order, so equal sets are the same node, and
//! the cost of every operation depends on the number of nodes, not of situations. Data structure
//! and algorithms follow R. Bryant, "Graph-Based Algorithms for Boolean Function Manipulation"
//! (IEEE Transactions on Computers, 1986), with a branch for each value.
//!
//! # A worked example
//!
//! `plan = paid or eu`, where `plan` is tested first: the node of `plan` has two branches. For
//! `free` it leads to the node of `eu` (no: [`Region::NONE`], yes: [`Region::ALL`]); for `paid` it
//! leads straight to [`Region::ALL`], because `eu` does not matter there. Two nodes replace the
//! four rows of a table; with twenty options instead of `eu` there would still be few nodes.

use rustc_hash::FxHashMap;

use super::AxisId;
use super::budget::Budget;

/// A set of situations, none by default; equal sets of one store are equal values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Region(u32);

impl Region {
    /// No situation.
    pub const NONE: Self = Self(0);
    /// Every situation.
    pub const ALL: Self = Self(1);

    /// Whether it contains no situation.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }
}

/// How two regions are combined.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Op {
    Intersection,
    Union,
    Difference,
}

/// A node: the level it tests at, and where its branches begin.
#[derive(Clone, Copy)]
struct Node {
    level: u32,
    branches: u32,
}

/// Branches of a node that cost nothing beside it.
const USUAL_WIDTH: usize = 64;
/// More branches that cost as much as a node.
const WIDE: usize = 32;

/// The levels of the two constants lie below all others.
pub(super) const LEAF: u32 = u32::MAX;

/// All nodes of one space.
pub(super) struct Diagram {
    /// The number of values of each axis, by axis.
    sizes: Vec<u32>,
    /// The axis tested at each level.
    axis_at: Vec<AxisId>,
    /// The level of each axis.
    level_of: Vec<u32>,
    nodes: Vec<Node>,
    branches: Vec<Region>,
    unique: FxHashMap<Box<[u32]>, Region>,
    /// Cache of operation results.
    done: FxHashMap<(Op, Region, Region), Region>,
    /// The remaining budget of the current work.
    pub budget: Budget,
}

impl Diagram {
    /// A diagram with only the two constant nodes; `order` contains every axis once.
    pub(super) fn new(sizes: Vec<u32>, order: Vec<AxisId>) -> Self {
        let mut level_of = vec![0; sizes.len()];
        for (level, axis) in (0u32..).zip(&order) {
            if let Some(slot) = level_of.get_mut(axis.0 as usize) {
                *slot = level;
            }
        }
        let leaf = Node {
            level: LEAF,
            branches: 0,
        };
        Self {
            sizes,
            axis_at: order,
            level_of,
            nodes: vec![leaf, leaf],
            branches: Vec::new(),
            unique: FxHashMap::default(),
            done: FxHashMap::default(),
            budget: Budget::NONE,
        }
    }

    /// How large it is, in nodes of usual width: one on an axis of a thousand values counts for many.
    pub(super) fn len(&self) -> usize {
        let wide = self
            .branches
            .len()
            .saturating_sub(self.nodes.len() * USUAL_WIDTH);
        self.nodes.len() + wide / WIDE
    }

    /// Clears the cache, whose results may be invalid after the budget ran out.
    pub(super) fn forget_results(&mut self) {
        self.done.clear();
    }

    /// The number of values of an axis.
    pub(super) fn size(&self, axis: AxisId) -> u32 {
        self.sizes.get(axis.0 as usize).copied().unwrap_or(0)
    }

    /// The level of an axis; `None` for an axis of another space.
    pub(super) fn level_of(&self, axis: AxisId) -> Option<u32> {
        self.level_of.get(axis.0 as usize).copied()
    }

    /// The axis tested at a level.
    pub(super) fn axis_at(&self, level: u32) -> AxisId {
        self.axis_at[level as usize]
    }

    /// The level at which a region tests first.
    pub(super) fn level(&self, region: Region) -> u32 {
        self.nodes[region.0 as usize].level
    }

    /// The number of branches of a node at a level.
    pub(super) fn width(&self, level: u32) -> usize {
        self.size(self.axis_at[level as usize]) as usize
    }

    /// The part of a region for one value of the axis tested at `level`.
    pub(super) fn branch(&self, region: Region, level: u32, value: usize) -> Region {
        let node = self.nodes[region.0 as usize];
        if node.level == level {
            self.branches[node.branches as usize + value]
        } else {
            region
        }
    }

    /// The node with these branches; if they are all equal, that branch itself.
    pub(super) fn node(&mut self, level: u32, branches: &[Region]) -> Region {
        match branches.split_first() {
            None => return Region::NONE,
            Some((first, rest)) if rest.iter().all(|other| other == first) => return *first,
            Some(_) => {}
        }
        let key: Box<[u32]> = std::iter::once(level)
            .chain(branches.iter().map(|branch| branch.0))
            .collect();
        if let Some(&known) = self.unique.get(&key) {
            return known;
        }
        if self.len() >= self.budget.nodes {
            self.budget.exhausted = true;
            return Region::NONE;
        }
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let region = Region(count(self.nodes.len()));
        self.nodes.push(Node {
            level,
            branches: count(self.branches.len()),
        });
        self.branches.extend_from_slice(branches);
        self.unique.insert(key, region);
        region
    }

    /// Combines two regions; trivial cases return without visiting a node.
    pub(super) fn combine(&mut self, op: Op, a: Region, b: Region) -> Region {
        match trivial(op, a, b) {
            Some(known) => known,
            None => self.apply(op, a, b),
        }
    }

    fn apply(&mut self, op: Op, a: Region, b: Region) -> Region {
        let (a, b) = if op == Op::Difference {
            (a, b)
        } else {
            (a.min(b), a.max(b))
        };
        if let Some(&known) = self.done.get(&(op, a, b)) {
            return known;
        }
        if !self.budget.step() {
            return Region::NONE;
        }
        let level = self.level(a).min(self.level(b));
        let mut branches = Vec::with_capacity(self.width(level));
        for value in 0..self.width(level) {
            let (a, b) = (self.branch(a, level, value), self.branch(b, level, value));
            branches.push(self.combine(op, a, b));
        }
        let result = self.node(level, &branches);
        if !self.budget.exhausted {
            self.done.insert((op, a, b), result);
        }
        result
    }

    /// What a region is where the axis at `level` has this value.
    pub(super) fn restrict(
        &mut self,
        region: Region,
        level: u32,
        value: u32,
        known: &mut FxHashMap<Region, Region>,
    ) -> Region {
        let own = self.level(region);
        if own > level {
            return region;
        }
        if own == level {
            return self.branch(region, level, value as usize);
        }
        if let Some(&done) = known.get(&region) {
            return done;
        }
        if !self.budget.step() {
            return Region::NONE;
        }
        let mut branches = Vec::with_capacity(self.width(own));
        for at in 0..self.width(own) {
            let branch = self.branch(region, own, at);
            branches.push(self.restrict(branch, level, value, known));
        }
        let result = self.node(own, &branches);
        known.insert(region, result);
        result
    }

    /// The share of all situations that lie in a region, from 0 to 1.
    pub(super) fn share(&self, region: Region, known: &mut FxHashMap<Region, f64>) -> f64 {
        match region {
            Region::NONE => return 0.0,
            Region::ALL => return 1.0,
            _ => {}
        }
        if let Some(&done) = known.get(&region) {
            return done;
        }
        let level = self.level(region);
        let width = self.width(level);
        let sum: f64 = (0..width)
            .map(|value| self.share(self.branch(region, level, value), known))
            .sum();
        let share = sum / f64::from(u32::try_from(width).unwrap_or(u32::MAX));
        known.insert(region, share);
        share
    }
}

/// The combination of two regions if it is known without visiting a node.
pub(super) fn trivial(op: Op, a: Region, b: Region) -> Option<Region> {
    match (op, a, b) {
        (Op::Intersection, Region::NONE, _) | (Op::Intersection, _, Region::NONE) => {
            Some(Region::NONE)
        }
        (Op::Intersection, Region::ALL, other) | (Op::Intersection, other, Region::ALL) => {
            Some(other)
        }
        (Op::Union, Region::ALL, _) | (Op::Union, _, Region::ALL) => Some(Region::ALL),
        (Op::Union, Region::NONE, other) | (Op::Union, other, Region::NONE) => Some(other),
        (Op::Difference, Region::NONE, _) | (Op::Difference, _, Region::ALL) => Some(Region::NONE),
        (Op::Difference, _, Region::NONE) => Some(a),
        (Op::Difference, ..) if a == b => Some(Region::NONE),
        _ if a == b => Some(a),
        _ => None,
    }
}
