//! A search for a situation that no cube covers, without a diagram.
//!
//! In: cubes. Out: one situation in none of them, or the answer that there is none. The search
//! fixes one axis after the other, starting with the axis that most cubes test, and follows the
//! remaining cubes; a state seen before is not searched again. It is cheap where a diagram would be
//! huge, because it stops at the first situation.
//!
//! # A worked example
//!
//! The cubes are `a = 1`, `a = 2 and b = 1` and `b = 2`, both axes with the values 1 to 3. Both
//! axes are tested twice; `b` is the later one and comes first. With `b = 3`, only `a = 1` is left;
//! it tests `a`, and with `a = 2` none is left: `a = 2 and b = 3` is uncovered.

use rustc_hash::FxHashSet;

use super::{AxisId, BitCube};

/// The search took too many steps.
#[derive(Debug)]
pub struct Undecided;

/// A situation outside all cubes, given by the axes that matter; `None` if they cover everything.
///
/// # Errors
/// No answer was found within the given number of steps.
pub fn uncovered(
    cubes: &[BitCube],
    sizes: &[u32],
    steps: usize,
) -> Result<Option<Vec<(AxisId, u32)>>, Undecided> {
    let mut search = Search {
        axes: axes(cubes, sizes),
        steps,
        covered: FxHashSet::default(),
    };
    let open = BitSet::first(search.axes.len());
    let found = search.run(&BitSet::first(cubes.len()), &open, &mut Vec::new())?;
    let situation = found.map(|fixed| {
        let named =
            |(at, value): (usize, usize)| (search.axes[at].id, u32::try_from(value).unwrap_or(0));
        fixed.into_iter().map(named).collect()
    });
    Ok(situation)
}

/// A set of numbers, of cubes or of axes: one bit each.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
struct BitSet(Box<[u64]>);

impl BitSet {
    fn none(size: usize) -> Self {
        Self(vec![0; size.div_ceil(64)].into())
    }

    /// The numbers below this one.
    fn first(size: usize) -> Self {
        let mut set = Self::none(size);
        (0..size).for_each(|at| set.insert(at));
        set
    }

    fn insert(&mut self, at: usize) {
        self.0[at / 64] |= 1 << (at % 64);
    }

    fn has(&self, at: usize) -> bool {
        self.0[at / 64] & 1 << (at % 64) != 0
    }

    fn without(&self, at: usize) -> Self {
        let mut rest = self.clone();
        rest.0[at / 64] &= !(1 << (at % 64));
        rest
    }

    fn and(&self, other: &Self) -> Self {
        Self(self.0.iter().zip(&other.0).map(|(a, b)| a & b).collect())
    }

    fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    fn count_with(&self, other: &Self) -> usize {
        let both = self.0.iter().zip(&other.0).map(|(a, b)| a & b);
        both.map(|word| word.count_ones() as usize).sum()
    }

    fn is_empty(&self) -> bool {
        self.0.iter().all(|&word| word == 0)
    }

    /// Whether each member is in one of these.
    fn is_within<'s>(&self, others: impl Iterator<Item = &'s Self>) -> bool {
        let mut left = self.0.clone();
        for other in others {
            left.iter_mut()
                .zip(&other.0)
                .for_each(|(left, other)| *left &= !other);
        }
        left.iter().all(|&word| word == 0)
    }
}

/// An axis that some cube tests.
struct Axis {
    id: AxisId,
    /// The cubes that test it.
    tested: BitSet,
    /// For each of its values, the cubes that allow it.
    allowed: Vec<BitSet>,
}

/// The axes that cubes test, in order.
fn axes(cubes: &[BitCube], sizes: &[u32]) -> Vec<Axis> {
    let tests = cubes.iter().flat_map(|cube| &cube.0);
    let mut tested: Vec<AxisId> = tests.map(|(axis, _)| *axis).collect();
    tested.sort_unstable();
    tested.dedup();
    let made = |axis: AxisId| {
        let none = || BitSet::none(cubes.len());
        let mut made = Axis {
            id: axis,
            tested: none(),
            allowed: (0..sizes[axis.0 as usize]).map(|_| none()).collect(),
        };
        for (at, cube) in cubes.iter().enumerate() {
            let mask = cube.mask(axis);
            if cube.tests(axis) {
                made.tested.insert(at);
            }
            for (value, allowed) in made.allowed.iter_mut().enumerate() {
                if mask >> value & 1 == 1 {
                    allowed.insert(at);
                }
            }
        }
        made
    };
    tested.into_iter().map(made).collect()
}

/// A search under way.
struct Search {
    axes: Vec<Axis>,
    steps: usize,
    /// States (cubes left, axes open) already known to have no uncovered situation.
    covered: FxHashSet<(BitSet, BitSet)>,
}

impl Search {
    fn run(
        &mut self,
        left: &BitSet,
        open: &BitSet,
        fixed: &mut Vec<(usize, usize)>,
    ) -> Result<Option<Vec<(usize, usize)>>, Undecided> {
        let cost = 1 + left.count() / 16;
        self.steps = self.steps.checked_sub(cost).ok_or(Undecided)?;
        if left.is_empty() {
            return Ok(Some(fixed.clone()));
        }
        let Some(axis) = self.most_tested(left, open) else {
            return Ok(None);
        };
        let state = (left.clone(), open.clone());
        if self.covered.contains(&state) {
            return Ok(None);
        }
        let open = open.without(axis);
        for (kept, value) in self.branches(left, axis) {
            fixed.push((axis, value));
            let found = self.run(&kept, &open, fixed)?;
            fixed.pop();
            if found.is_some() {
                return Ok(found);
            }
        }
        self.covered.insert(state);
        Ok(None)
    }

    /// The open axis that most of the cubes test; `None` if one of them tests none, and so covers
    /// everything that is left.
    fn most_tested(&self, left: &BitSet, open: &BitSet) -> Option<usize> {
        let open = || (0..self.axes.len()).filter(|&at| open.has(at));
        let are_open = left.is_within(open().map(|at| &self.axes[at].tested));
        let count = |at: &usize| left.count_with(&self.axes[*at].tested);
        are_open.then(|| open().max_by_key(count)).flatten()
    }

    /// For each value of an axis, the cubes that allow it. Values with the same cubes appear once;
    /// fewest cubes first.
    fn branches(&self, left: &BitSet, axis: usize) -> Vec<(BitSet, usize)> {
        let allowed = self.axes[axis].allowed.iter().enumerate();
        let kept = allowed.map(|(value, allowed)| (left.and(allowed), value));
        let mut branches: Vec<(BitSet, usize)> = kept.collect();
        branches.sort_unstable();
        branches.dedup_by(|a, b| a.0 == b.0);
        branches.sort_by_cached_key(|(kept, _)| kept.count());
        branches
    }
}
