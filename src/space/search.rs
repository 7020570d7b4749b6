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

use std::collections::BTreeMap;

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
        cubes,
        sizes,
        steps,
        covered: FxHashSet::default(),
    };
    let left: Vec<u32> = (0..).take(cubes.len()).collect();
    search.run(left, &mut Vec::new())
}

/// A search under way.
struct Search<'m> {
    cubes: &'m [BitCube],
    sizes: &'m [u32],
    steps: usize,
    /// States (remaining cubes, fixed axes) already known to have no uncovered situation.
    covered: FxHashSet<(Vec<u32>, Vec<AxisId>)>,
}

impl Search<'_> {
    fn run(
        &mut self,
        left: Vec<u32>,
        fixed: &mut Vec<(AxisId, u32)>,
    ) -> Result<Option<Vec<(AxisId, u32)>>, Undecided> {
        self.steps = self
            .steps
            .checked_sub(1 + left.len() / 16)
            .ok_or(Undecided)?;
        let Some(axis) = self.most_tested(&left, fixed) else {
            // A cube that tests nothing more covers the rest.
            return Ok(left.is_empty().then(|| fixed.clone()));
        };
        let mut axes: Vec<AxisId> = fixed.iter().map(|(axis, _)| *axis).collect();
        axes.sort_unstable();
        let state = (left, axes);
        if self.covered.contains(&state) {
            return Ok(None);
        }
        for (kept, value) in self.branches(&state.0, axis) {
            fixed.push((axis, value));
            let found = self.run(kept, fixed)?;
            fixed.pop();
            if found.is_some() {
                return Ok(found);
            }
        }
        self.covered.insert(state);
        Ok(None)
    }

    /// The axis that most of the cubes still test; none if there is no cube, or one that tests
    /// none.
    fn most_tested(&self, left: &[u32], fixed: &[(AxisId, u32)]) -> Option<AxisId> {
        let mut tested: BTreeMap<AxisId, usize> = BTreeMap::new();
        for &at in left {
            let open = self.cubes[at as usize]
                .0
                .iter()
                .filter(|(axis, _)| fixed.iter().all(|(known, _)| known != axis));
            let mut any = false;
            for (axis, _) in open {
                any = true;
                *tested.entry(*axis).or_default() += 1;
            }
            if !any {
                return None;
            }
        }
        tested
            .into_iter()
            .max_by_key(|(_, count)| *count)
            .map(|(axis, _)| axis)
    }

    /// For each value of an axis, the cubes that allow it. Values with the same cubes appear once;
    /// fewest cubes first.
    fn branches(&self, left: &[u32], axis: AxisId) -> Vec<(Vec<u32>, u32)> {
        let allows = |at: u32, value: u32| {
            let test = self.cubes[at as usize]
                .0
                .iter()
                .find(|(known, _)| *known == axis);
            test.is_none_or(|(_, mask)| mask & (1 << value) != 0)
        };
        let mut branches: Vec<(Vec<u32>, u32)> = (0..self.sizes[axis.0 as usize])
            .map(|value| {
                (
                    left.iter()
                        .copied()
                        .filter(|&at| allows(at, value))
                        .collect(),
                    value,
                )
            })
            .collect();
        branches.sort();
        branches.dedup_by(|a, b| a.0 == b.0);
        branches.sort_by_key(|(kept, _)| kept.len());
        branches
    }
}
