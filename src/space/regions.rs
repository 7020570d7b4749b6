//! Regions as decision diagrams.
//!
//! A region is a node that asks for one axis and has a smaller region for each of its values.
//! Equal nodes are kept once and axes are asked in one fixed order, so equal sets are the same
//! node and every operation takes time by the number of nodes, never by that of situations. The
//! form and its algorithms are those of R. Bryant, "Graph-Based Algorithms for Boolean Function
//! Manipulation" (IEEE Transactions on Computers, 1986), with a branch for each value.

use rustc_hash::FxHashMap;

use super::{AxisId, Cond, Values};

/// A set of situations, none by default; equal sets of one [`Regions`] are equal values.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Region(u32);

impl Region {
    /// No situation.
    pub const NONE: Self = Self(0);
    /// Every situation.
    pub const ALL: Self = Self(1);

    /// Whether there is no situation in it.
    #[must_use]
    pub fn is_empty(self) -> bool {
        self == Self::NONE
    }
}

#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum Op {
    And,
    Or,
    Minus,
}

/// A node: the level it asks at, and where its branches begin.
#[derive(Clone, Copy)]
struct Node {
    level: u32,
    branches: u32,
}

/// How many times the limit may be used up in vain.
const POOL: usize = 2;
/// How many pairs of nodes may be combined for each node allowed.
const STEPS: usize = 4;
/// What every piece of work may use, whatever was given up before.
const SMALL: usize = 1 << 12;

/// The levels of the two constants lie below all others.
const LEAF: u32 = u32::MAX;

/// All regions of one space.
pub struct Regions {
    /// The number of values of each axis, by axis.
    sizes: Vec<u32>,
    /// The axis asked at each level, and the level of each axis.
    axis_at: Vec<AxisId>,
    level_of: Vec<u32>,
    nodes: Vec<Node>,
    branches: Vec<Region>,
    unique: FxHashMap<Box<[u32]>, Region>,
    done: FxHashMap<(Op, Region, Region), Region>,
    /// How many nodes there may be.
    limit: usize,
    /// How many pairs of nodes may still be combined before the next refill.
    steps: usize,
    /// How many nodes the last refill added.
    granted: usize,
    /// How many nodes a refill may still add after work was given up.
    pool: usize,
    exhausted: bool,
}

impl Regions {
    /// The regions of a space whose axes have these numbers of values. `order` names every axis
    /// once: axes that are often asked together should stand together in it. More than `limit`
    /// nodes are never made: see [`Regions::take_exhausted`].
    #[must_use]
    pub fn new(sizes: Vec<u32>, order: Vec<AxisId>, limit: usize) -> Self {
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
            limit,
            steps: limit.saturating_mul(STEPS),
            granted: limit,
            pool: limit.saturating_mul(POOL),
            exhausted: false,
        }
    }

    /// Whether the limit of nodes was met since the last call. Regions made meanwhile mean
    /// nothing; older ones are untouched. The tables are emptied of what was worked out.
    pub fn take_exhausted(&mut self) -> bool {
        if self.exhausted {
            self.done.clear();
            self.pool = self.pool.saturating_sub(self.granted);
        }
        std::mem::take(&mut self.exhausted)
    }

    /// Whether the limit was met since [`Regions::take_exhausted`] was last called.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.exhausted
    }

    /// Forgets that the limit was met, where what was given up was done in another way.
    pub fn forgive(&mut self) {
        if std::mem::take(&mut self.exhausted) {
            self.done.clear();
        }
    }

    /// Allows so many further nodes; fewer once much work was given up, so that a model full of
    /// tangles ends too.
    pub fn refill(&mut self, limit: usize) {
        self.granted = limit.min(self.pool.max(SMALL));
        self.limit = self.nodes.len().saturating_add(self.granted);
        self.steps = self.granted.saturating_mul(STEPS);
    }

    /// The axis that a region asks for first, and what is left of it for each value; `None` if it
    /// asks for none.
    #[must_use]
    pub fn split(&self, region: Region) -> Option<(AxisId, &[Region])> {
        let node = self.nodes[region.0 as usize];
        if node.level == LEAF {
            return None;
        }
        let start = node.branches as usize;
        Some((
            self.axis_at[node.level as usize],
            &self.branches[start..start + self.size_at(node.level)],
        ))
    }

    /// The number of values of an axis.
    #[must_use]
    pub fn size(&self, axis: AxisId) -> u32 {
        self.sizes.get(axis.0 as usize).copied().unwrap_or(0)
    }

    fn level(&self, region: Region) -> u32 {
        self.nodes[region.0 as usize].level
    }

    fn size_at(&self, level: u32) -> usize {
        self.size(self.axis_at[level as usize]) as usize
    }

    /// The part of a region for one value of the axis asked at `level`.
    fn branch(&self, region: Region, level: u32, value: usize) -> Region {
        let node = self.nodes[region.0 as usize];
        if node.level == level {
            self.branches[node.branches as usize + value]
        } else {
            region
        }
    }

    /// The node with these branches; no node where they are all the same.
    fn node(&mut self, level: u32, branches: &[Region]) -> Region {
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
        if self.nodes.len() >= self.limit {
            self.exhausted = true;
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

    /// Where an axis has one of these values.
    pub fn test(&mut self, axis: AxisId, values: &Values) -> Region {
        let Some(&level) = self.level_of.get(axis.0 as usize) else {
            return Region::NONE;
        };
        let pick = |value| {
            if values.has(value) {
                Region::ALL
            } else {
                Region::NONE
            }
        };
        let branches: Vec<Region> = (0..self.size(axis)).map(pick).collect();
        self.node(level, &branches)
    }

    /// Where a condition holds.
    pub fn when(&mut self, cond: &Cond) -> Region {
        match cond {
            Cond::Always => Region::ALL,
            Cond::Test(axis, values) => self.test(*axis, values),
            Cond::Not(inner) => {
                let inner = self.when(inner);
                self.not(inner)
            }
            Cond::And(list) => list.iter().fold(Region::ALL, |sum, inner| {
                let inner = self.when(inner);
                self.and(sum, inner)
            }),
            Cond::Or(list) => list.iter().fold(Region::NONE, |sum, inner| {
                let inner = self.when(inner);
                self.or(sum, inner)
            }),
        }
    }

    /// Situations in both.
    pub fn and(&mut self, a: Region, b: Region) -> Region {
        match (a, b) {
            (Region::NONE, _) | (_, Region::NONE) => Region::NONE,
            (Region::ALL, other) | (other, Region::ALL) => other,
            _ if a == b => a,
            _ => self.apply(Op::And, a.min(b), a.max(b)),
        }
    }

    /// Situations in the first but not in the second.
    pub fn minus(&mut self, a: Region, b: Region) -> Region {
        match (a, b) {
            (Region::NONE, _) | (_, Region::ALL) => Region::NONE,
            (_, Region::NONE) => a,
            _ if a == b => Region::NONE,
            _ => self.apply(Op::Minus, a, b),
        }
    }

    /// Situations not in it.
    pub fn not(&mut self, a: Region) -> Region {
        self.minus(Region::ALL, a)
    }

    /// Situations in one of them at least.
    pub fn or(&mut self, a: Region, b: Region) -> Region {
        match (a, b) {
            (Region::ALL, _) | (_, Region::ALL) => Region::ALL,
            (Region::NONE, other) | (other, Region::NONE) => other,
            _ if a == b => a,
            _ => self.apply(Op::Or, a.min(b), a.max(b)),
        }
    }

    /// Whether the regions share a situation.
    pub fn meet(&mut self, a: Region, b: Region) -> bool {
        !self.and(a, b).is_empty()
    }

    /// Whether every situation of the first is in the second.
    pub fn within(&mut self, a: Region, b: Region) -> bool {
        self.minus(a, b).is_empty()
    }

    fn apply(&mut self, op: Op, a: Region, b: Region) -> Region {
        if let Some(&known) = self.done.get(&(op, a, b)) {
            return known;
        }
        self.steps = self.steps.saturating_sub(1);
        if self.steps == 0 {
            self.exhausted = true;
        }
        if self.exhausted {
            return Region::NONE;
        }
        let level = self.level(a).min(self.level(b));
        let mut branches = Vec::with_capacity(self.size_at(level));
        for value in 0..self.size_at(level) {
            let (a, b) = (self.branch(a, level, value), self.branch(b, level, value));
            branches.push(match op {
                Op::And => self.and(a, b),
                Op::Or => self.or(a, b),
                Op::Minus => self.minus(a, b),
            });
        }
        let result = self.node(level, &branches);
        if !self.exhausted {
            self.done.insert((op, a, b), result);
        }
        result
    }

    /// What the region is where the axis has this value; the result no longer asks about the axis.
    pub fn fix(&mut self, region: Region, axis: AxisId, value: u32) -> Region {
        let mut known = FxHashMap::default();
        self.fix_below(region, self.level_of[axis.0 as usize], value, &mut known)
    }

    fn fix_below(
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
        let mut branches = Vec::with_capacity(self.size_at(own));
        for at in 0..self.size_at(own) {
            let branch = self.branch(region, own, at);
            branches.push(self.fix_below(branch, level, value, known));
        }
        let result = self.node(own, &branches);
        known.insert(region, result);
        result
    }

    /// One situation of the region, as the values of the axes that matter for it; the first in the
    /// order of axes and values. `None` where there is none.
    #[must_use]
    pub fn first(&self, region: Region) -> Option<Vec<(AxisId, u32)>> {
        let (mut at, mut path) = (region, Vec::new());
        while at != Region::ALL {
            let level = self.level(at);
            if level == LEAF {
                return None;
            }
            let value = (0..self.size_at(level))
                .find(|&value| !self.branch(at, level, value).is_empty())?;
            path.push((self.axis_at[level as usize], u32::try_from(value).ok()?));
            at = self.branch(at, level, value);
        }
        Some(path)
    }

    /// The share of all situations that lie in the region, from 0 to 1.
    #[must_use]
    pub fn share(&self, region: Region) -> f64 {
        let mut known = FxHashMap::default();
        self.share_below(region, &mut known)
    }

    fn share_below(&self, region: Region, known: &mut FxHashMap<Region, f64>) -> f64 {
        match region {
            Region::NONE => return 0.0,
            Region::ALL => return 1.0,
            _ => {}
        }
        if let Some(&done) = known.get(&region) {
            return done;
        }
        let level = self.level(region);
        let size = self.size_at(level);
        let sum: f64 = (0..size)
            .map(|value| self.share_below(self.branch(region, level, value), known))
            .sum();
        let share = sum / f64::from(u32::try_from(size).unwrap_or(u32::MAX));
        known.insert(region, share);
        share
    }

    /// Whether a situation, one value for each axis, lies in the region.
    #[must_use]
    pub fn contains(&self, region: Region, situation: &[u32]) -> bool {
        let mut at = region;
        loop {
            let level = self.level(at);
            if level == LEAF {
                return at == Region::ALL;
            }
            let axis = self.axis_at[level as usize];
            let value = situation.get(axis.0 as usize).copied().unwrap_or(0) as usize;
            at = if value < self.size_at(level) {
                self.branch(at, level, value)
            } else {
                Region::NONE
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Region, Regions};
    use crate::space::{AxisId, Values};

    /// Regions of one axis of 16 values, with so many nodes.
    fn regions(limit: usize) -> Regions {
        Regions::new(vec![16], vec![AxisId(0)], limit)
    }

    fn subset(regions: &mut Regions, bits: u32) -> Region {
        regions.test(
            AxisId(0),
            &Values::of(16, (0..16).filter(|value| bits >> value & 1 == 1)),
        )
    }

    #[test]
    fn a_share_counts_situations() {
        let mut regions = Regions::new(vec![2, 4], vec![AxisId(0), AxisId(1)], 1000);
        let first = regions.test(AxisId(0), &Values::of(2, [1]));
        let second = regions.test(AxisId(1), &Values::of(4, [0, 1, 2]));
        let (both, either) = (regions.and(first, second), regions.or(first, second));
        let shares = [Region::NONE, Region::ALL, first, second, both, either]
            .map(|region| regions.share(region).to_string());
        assert_eq!(shares, ["0", "1", "0.5", "0.75", "0.375", "0.875"]);
    }

    /// Makes one new region after the other until the limit is met, and says how many there were.
    fn made(regions: &mut Regions, next: &mut u32) -> usize {
        let before = *next;
        while !regions.is_exhausted() {
            subset(regions, *next);
            *next += 1;
        }
        // The last one met the limit.
        *next -= 1;
        (*next - before) as usize
    }

    #[test]
    fn work_given_up_leaves_less_for_the_rest_but_always_some() {
        let (mut regions, mut next) = (regions(8192), 1);
        // Two nodes are the constants.
        assert_eq!(made(&mut regions, &mut next), 8190);
        assert!(regions.take_exhausted() && !regions.take_exhausted() && !regions.is_exhausted());
        // What was done in another way counts for nothing.
        for _ in 0..3 {
            regions.refill(1000);
            assert_eq!(made(&mut regions, &mut next), 1000);
            regions.forgive();
        }
        regions.refill(100_000);
        assert_eq!(
            made(&mut regions, &mut next),
            8192,
            "of twice the limit one half was used up in vain"
        );
        assert!(regions.take_exhausted());
        for _ in 0..3 {
            regions.refill(8192);
            assert_eq!(made(&mut regions, &mut next), 4096);
            assert!(regions.take_exhausted());
        }
        regions.refill(10);
        assert_eq!(made(&mut regions, &mut next), 10);
    }

    #[test]
    fn pairs_without_new_nodes_are_work_too() {
        let mut regions = regions(8192);
        let all: Vec<Region> = (1..64).map(|bits| subset(&mut regions, bits)).collect();
        regions.refill(10);
        let pairs = all
            .iter()
            .enumerate()
            .flat_map(|(at, &a)| all[..at].iter().map(move |&b| (a, b)));
        let done = pairs.take_while(|&(a, b)| {
            regions.and(a, b);
            !regions.is_exhausted()
        });
        assert_eq!(done.count(), 39);
    }

    #[test]
    fn what_was_known_before_the_limit_was_met_still_holds() {
        let mut regions = regions(20);
        let (a, b) = (subset(&mut regions, 0b011), subset(&mut regions, 0b110));
        let both = regions.and(a, b);
        made(&mut regions, &mut 8);
        assert_eq!(regions.minus(a, b), Region::NONE, "given up");
        assert!(regions.take_exhausted());
        regions.refill(10);
        assert_eq!(
            (regions.and(a, b), subset(&mut regions, 0b010)),
            (both, both)
        );
        assert!(!regions.minus(a, b).is_empty());
    }

    #[test]
    fn a_situation_beyond_an_axis_lies_nowhere() {
        let mut regions = regions(100);
        let (low, high) = (subset(&mut regions, 0b1), subset(&mut regions, 1 << 15));
        let high_or_low = regions.or(low, high);
        assert_eq!(
            [0, 1, 15, 16, 17].map(|value| regions.contains(high_or_low, &[value])),
            [true, false, true, false, false]
        );
        // A value that is not given is the first.
        assert!(regions.contains(low, &[]) && !regions.contains(high, &[]));
    }
}
