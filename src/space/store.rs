//! The store of the regions of one space.
//!
//! In: conditions and regions. Out: regions. Always: a region means something only in the store
//! that made it ([`RegionStore::carry`] takes one into another store); equal sets are equal values;
//! a store is queried through `&self`, because its caches never change an answer.

use std::cell::RefCell;

use rustc_hash::{FxHashMap, FxHashSet};

use super::budget::{Budget, Exhausted, Tolerance};
use super::diagram::{Diagram, LEAF, Op, Region, trivial};
use super::{AxisId, Cond, Values};

/// All regions of one space.
pub struct RegionStore {
    diagram: RefCell<Diagram>,
    tolerance: RefCell<Tolerance>,
}

impl RegionStore {
    /// The regions of a space whose axes have these numbers of values. `order` names every axis
    /// once: axes that are often tested together should be adjacent in it. `usual` is the default
    /// budget; once twice as much has been wasted, budgets shrink.
    #[must_use]
    pub fn new(sizes: Vec<u32>, order: Vec<AxisId>, usual: usize) -> Self {
        Self {
            diagram: RefCell::new(Diagram::new(sizes, order)),
            tolerance: RefCell::new(Tolerance::of(usual)),
        }
    }

    /// Runs a piece of work that may create up to `budget` new nodes, or fewer once too many were
    /// wasted.
    ///
    /// # Errors
    /// The budget ran out. Regions that the work made are invalid; older ones stay valid.
    pub fn within<T>(&self, budget: usize, work: impl FnOnce() -> T) -> Result<T, Exhausted> {
        let granted = self.tolerance.borrow().grant(budget);
        let done = self.scope(granted, work);
        if done.is_err() {
            self.tolerance.borrow_mut().waste(granted);
        }
        done
    }

    /// The same for work that has a fallback: its wasted nodes are not counted.
    ///
    /// # Errors
    /// The budget ran out.
    pub fn attempt<T>(&self, budget: usize, work: impl FnOnce() -> T) -> Result<T, Exhausted> {
        let granted = self.tolerance.borrow().grant(budget);
        self.scope(granted, work)
    }

    /// Whether the current work has used up its budget. Regions made from here on are invalid, so
    /// it should stop.
    #[must_use]
    pub fn is_exhausted(&self) -> bool {
        self.diagram.borrow().budget.exhausted
    }

    fn scope<T>(&self, granted: usize, work: impl FnOnce() -> T) -> Result<T, Exhausted> {
        let (outer, before) = {
            let mut diagram = self.diagram.borrow_mut();
            let before = diagram.len();
            let inner = Budget::of(granted, before);
            (std::mem::replace(&mut diagram.budget, inner), before)
        };
        let result = work();
        let mut diagram = self.diagram.borrow_mut();
        let made = diagram.len() - before;
        let inner = std::mem::replace(&mut diagram.budget, outer.beside(made));
        if inner.exhausted {
            diagram.forget_results();
            return Err(Exhausted);
        }
        Ok(result)
    }

    /// The axis that a region tests first, and the remaining region for each value; `None` if it
    /// tests none.
    #[must_use]
    pub fn split(&self, region: Region) -> Option<(AxisId, Vec<Region>)> {
        let diagram = self.diagram.borrow();
        let level = diagram.level(region);
        (level != LEAF).then(|| {
            let branches = 0..diagram.width(level);
            let branches = branches.map(|value| diagram.branch(region, level, value));
            (diagram.axis_at(level), branches.collect())
        })
    }

    /// How many ways lead through the diagram to the region: it can be divided into so many cubes, and
    /// often into far fewer.
    #[must_use]
    pub fn ways(&self, region: Region) -> usize {
        let diagram = self.diagram.borrow();
        let mut known: FxHashMap<Region, usize> =
            FxHashMap::from_iter([(Region::NONE, 0), (Region::ALL, 1)]);
        let mut todo = vec![region];
        while let Some(&next) = todo.last() {
            if known.contains_key(&next) {
                todo.pop();
                continue;
            }
            let level = diagram.level(next);
            let branches =
                (0..diagram.width(level)).map(|value| diagram.branch(next, level, value));
            let branches: FxHashSet<Region> = branches.collect();
            let open: Vec<Region> = branches
                .iter()
                .copied()
                .filter(|it| !known.contains_key(it))
                .collect();
            if open.is_empty() {
                let ways = branches.iter().map(|it| known[it]);
                let ways = ways.fold(0usize, usize::saturating_add);
                known.insert(next, ways);
                todo.pop();
            } else {
                todo.extend(open);
            }
        }
        known[&region]
    }

    /// The number of values of an axis.
    #[must_use]
    pub fn size(&self, axis: AxisId) -> u32 {
        self.diagram.borrow().size(axis)
    }

    /// Where an axis has one of these values.
    pub fn test(&self, axis: AxisId, values: &Values) -> Region {
        let mut diagram = self.diagram.borrow_mut();
        let Some(level) = diagram.level_of(axis) else {
            return Region::NONE;
        };
        let pick = |value| {
            if values.has(value) {
                Region::ALL
            } else {
                Region::NONE
            }
        };
        let branches: Vec<Region> = (0..diagram.size(axis)).map(pick).collect();
        diagram.node(level, &branches)
    }

    /// Where an axis has this value.
    pub fn test_one(&self, axis: AxisId, value: u32) -> Region {
        self.test(axis, &Values::of(self.size(axis), [value]))
    }

    /// Where a condition holds.
    pub fn when(&self, cond: &Cond) -> Region {
        match cond {
            Cond::Always => Region::ALL,
            Cond::Test(axis, values) => self.test(*axis, values),
            Cond::Not(inner) => self.complement(self.when(inner)),
            Cond::And(list) => list.iter().fold(Region::ALL, |sum, inner| {
                self.intersect(sum, self.when(inner))
            }),
            Cond::Or(list) => list
                .iter()
                .fold(Region::NONE, |sum, inner| self.union(sum, self.when(inner))),
        }
    }

    fn combine(&self, op: Op, a: Region, b: Region) -> Region {
        match trivial(op, a, b) {
            Some(known) => known,
            None => self.diagram.borrow_mut().combine(op, a, b),
        }
    }

    /// Situations in both.
    pub fn intersect(&self, a: Region, b: Region) -> Region {
        self.combine(Op::Intersection, a, b)
    }

    /// Situations in at least one of them.
    pub fn union(&self, a: Region, b: Region) -> Region {
        self.combine(Op::Union, a, b)
    }

    /// Situations in any of them.
    pub fn union_all(&self, regions: impl IntoIterator<Item = Region>) -> Region {
        let all = regions.into_iter();
        all.fold(Region::NONE, |sum, region| self.union(sum, region))
    }

    /// Situations in the first but not in the second.
    pub fn difference(&self, a: Region, b: Region) -> Region {
        self.combine(Op::Difference, a, b)
    }

    /// Situations not in it.
    pub fn complement(&self, a: Region) -> Region {
        self.difference(Region::ALL, a)
    }

    /// Whether the regions share a situation.
    pub fn intersects(&self, a: Region, b: Region) -> bool {
        !self.intersect(a, b).is_empty()
    }

    /// Whether every situation of the first is in the second.
    pub fn is_subset(&self, a: Region, b: Region) -> bool {
        self.difference(a, b).is_empty()
    }

    /// What the region is where the axis has this value; the result no longer tests the axis.
    pub fn restrict(&self, region: Region, axis: AxisId, value: u32) -> Region {
        let mut diagram = self.diagram.borrow_mut();
        match diagram.level_of(axis) {
            Some(level) => diagram.restrict(region, level, value, &mut FxHashMap::default()),
            None => region,
        }
    }

    /// The situations that are in the region for at least one value of the axis; the result no
    /// longer tests the axis.
    pub fn project(&self, region: Region, axis: AxisId) -> Region {
        self.union_all((0..self.size(axis)).map(|value| self.restrict(region, axis, value)))
    }

    /// One situation of the region, as the values of the axes that matter for it; the first in the
    /// order of axes and values. `None` where there is none.
    #[must_use]
    pub fn first(&self, region: Region) -> Option<Vec<(AxisId, u32)>> {
        let diagram = self.diagram.borrow();
        let (mut at, mut path) = (region, Vec::new());
        while at != Region::ALL {
            let level = diagram.level(at);
            if level == LEAF {
                return None;
            }
            let value = (0..diagram.width(level))
                .find(|&value| !diagram.branch(at, level, value).is_empty())?;
            path.push((diagram.axis_at(level), u32::try_from(value).ok()?));
            at = diagram.branch(at, level, value);
        }
        Some(path)
    }

    /// The share of all situations that lie in the region, from 0 to 1.
    #[must_use]
    pub fn share(&self, region: Region) -> f64 {
        self.diagram
            .borrow()
            .share(region, &mut FxHashMap::default())
    }

    /// Whether a situation, one value for each axis, lies in the region. A missing value counts as
    /// the first one.
    #[must_use]
    pub fn contains(&self, region: Region, situation: &[u32]) -> bool {
        let diagram = self.diagram.borrow();
        let mut at = region;
        loop {
            let level = diagram.level(at);
            if level == LEAF {
                return at == Region::ALL;
            }
            let axis = diagram.axis_at(level);
            let value = situation.get(axis.0 as usize).copied().unwrap_or(0) as usize;
            at = if value < diagram.width(level) {
                diagram.branch(at, level, value)
            } else {
                Region::NONE
            };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::RegionStore;
    use crate::space::budget::SMALL;
    use crate::space::{AxisId, Exhausted, Region, Values};

    /// Regions of one axis of 16 values.
    fn store(usual: usize) -> RegionStore {
        RegionStore::new(vec![16], vec![AxisId(0)], usual)
    }

    fn subset(store: &RegionStore, bits: u32) -> Region {
        let values = (0..16).filter(|value| bits >> value & 1 == 1);
        store.test(AxisId(0), &Values::of(16, values))
    }

    #[test]
    fn a_share_counts_situations() {
        let store = RegionStore::new(vec![2, 4], vec![AxisId(0), AxisId(1)], 1000);
        let first = store.test_one(AxisId(0), 1);
        let second = store.test(AxisId(1), &Values::of(4, [0, 1, 2]));
        let (both, either) = (store.intersect(first, second), store.union(first, second));
        let shares = [Region::NONE, Region::ALL, first, second, both, either]
            .map(|region| store.share(region).to_string());
        assert_eq!(shares, ["0", "1", "0.5", "0.75", "0.375", "0.875"]);
    }

    /// Creates new regions until the budget runs out, and counts them.
    fn make(store: &RegionStore, next: &mut u32) -> usize {
        let before = *next;
        while !store.is_exhausted() {
            subset(store, *next);
            *next += 1;
        }
        // The last one hit the limit.
        *next -= 1;
        (*next - before) as usize
    }

    #[test]
    fn wasted_work_leaves_less_for_the_rest_but_always_some() {
        let (store, mut next, mut made) = (store(8192), 1, 0);
        let mut waste = |budget: usize| {
            let done = store.within(budget, || made = make(&store, &mut next));
            assert_eq!(done, Err(Exhausted));
            assert!(!store.is_exhausted(), "outside there is no limit");
            made
        };
        assert_eq!(waste(8192), 8192);
        assert_eq!(
            waste(100_000),
            8192,
            "one half of what is tolerated is left"
        );
        for _ in 0..3 {
            assert_eq!(waste(8192), SMALL, "nothing is left");
        }
        assert_eq!(waste(10), 10);
    }

    #[test]
    fn what_can_be_done_in_another_way_wastes_nothing() {
        let (store, mut next) = (store(8192), 1);
        for _ in 0..30 {
            let done = store.attempt(1000, || make(&store, &mut next));
            assert_eq!(done, Err(Exhausted));
        }
        let mut made = 0;
        assert!(
            store
                .within(100_000, || made = make(&store, &mut next))
                .is_err()
        );
        assert_eq!(made, 16_384, "all that is tolerated");
    }

    #[test]
    fn a_scope_within_a_scope_has_an_account_of_its_own() {
        let (store, mut next) = (store(8192), 1);
        let outer = store.within(100, || {
            subset(&store, 0x8000);
            assert!(store.attempt(1000, || make(&store, &mut next)).is_err());
            assert!(!store.is_exhausted());
            (0..99).for_each(|at| {
                subset(&store, 0x4000 + at);
            });
            assert!(!store.is_exhausted());
            subset(&store, 0x6000);
            store.is_exhausted()
        });
        assert_eq!(outer, Err(Exhausted));
        assert_eq!(store.within(10, || 5), Ok(5));
    }

    #[test]
    fn pairs_without_new_nodes_are_work_too() {
        let store = store(8192);
        let all: Vec<Region> = (1..64).map(|bits| subset(&store, bits)).collect();
        let mut done = 0;
        let result = store.within(10, || {
            for (at, &a) in all.iter().enumerate() {
                for &b in &all[..at] {
                    store.intersect(a, b);
                    if store.is_exhausted() {
                        return;
                    }
                    done += 1;
                }
            }
        });
        assert_eq!((result, done), (Err(Exhausted), 39));
    }

    #[test]
    fn what_was_known_before_the_budget_ran_out_still_holds() {
        let store = store(20);
        let (a, b) = (subset(&store, 0b011), subset(&store, 0b110));
        let both = store.intersect(a, b);
        let mut lost = None;
        let result = store.within(0, || lost = Some(store.difference(a, b)));
        assert_eq!((result, lost), (Err(Exhausted), Some(Region::NONE)));
        assert_eq!((store.intersect(a, b), subset(&store, 0b010)), (both, both));
        assert!(!store.difference(a, b).is_empty());
    }

    #[test]
    fn a_situation_beyond_an_axis_lies_nowhere() {
        let store = store(100);
        let (low, high) = (subset(&store, 0b1), subset(&store, 1 << 15));
        let high_or_low = store.union(low, high);
        assert_eq!(
            [0, 1, 15, 16, 17].map(|value| store.contains(high_or_low, &[value])),
            [true, false, true, false, false]
        );
        // Missing values default to the first one.
        assert!(store.contains(low, &[]) && !store.contains(high, &[]));
    }
}
