//! Cubes of bit masks: conditions that are small, and quick to compare.
//!
//! Most conditions that people write are a cube: some values on each of a few axes. Whether two
//! cubes intersect takes a few comparisons, and cubes that do not intersect cover a space exactly
//! if their volumes add up to its own. The diagrams are needed only if a condition is no such cube,
//! cubes intersect, or something stays uncovered; see [`RegionStore`](super::RegionStore).
//!
//! # A worked example
//!
//! With `plan { free, paid, gold }` and `eu`, `plan in { paid, gold } and eu` is the mask `110` on
//! `plan` (bit 0 is `free`) and `10` on `eu`. `plan = free` is `001` on `plan` and says nothing of
//! `eu`. `110 & 001` is 0, so no situation lies in both. Their volumes are 2/3 × 1/2 and 1/3 of the
//! space, 2/3 in all: something is uncovered.

use super::{AxisId, Cond, Cube, Values};

/// With more cubes than this in one condition a diagram works better.
const MAX_CUBES: usize = 64;

/// The axes that a cube restricts, in order, each with the values it allows (at least one).
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct BitCube(pub(super) Vec<(AxisId, u64)>);

impl BitCube {
    /// Whether the two have no situation in common.
    #[must_use]
    pub fn is_disjoint(&self, other: &Self) -> bool {
        let (mut a, mut b) = (self.0.iter().peekable(), other.0.iter().peekable());
        while let (Some(&&(left, here)), Some(&&(right, there))) = (a.peek(), b.peek()) {
            match left.cmp(&right) {
                std::cmp::Ordering::Less => drop(a.next()),
                std::cmp::Ordering::Greater => drop(b.next()),
                std::cmp::Ordering::Equal if here & there == 0 => return true,
                std::cmp::Ordering::Equal => drop((a.next(), b.next())),
            }
        }
        false
    }

    /// The situations in both; `None` if there are none.
    #[must_use]
    pub fn and(&self, other: &Self) -> Option<Self> {
        let mut both = self.0.clone();
        for &(axis, mask) in &other.0 {
            match both.binary_search_by_key(&axis, |(known, _)| *known) {
                Ok(at) => both[at].1 &= mask,
                Err(at) => both.insert(at, (axis, mask)),
            }
        }
        both.iter()
            .all(|(_, mask)| *mask != 0)
            .then_some(Self(both))
    }

    /// Whether every situation of the other is in this one.
    #[must_use]
    pub fn contains(&self, other: &Self) -> bool {
        self.0
            .iter()
            .all(|&(axis, mask)| other.mask(axis) & !mask == 0)
    }

    /// The share of all situations that lie in it, from 0 to 1.
    #[must_use]
    pub fn share(&self, sizes: &[u32]) -> f64 {
        let part = |&(axis, mask): &(AxisId, u64)| {
            f64::from(mask.count_ones()) / f64::from(sizes[axis.0 as usize])
        };
        self.0.iter().map(part).product()
    }

    /// The share of all situations that lie in both, from 0 to 1.
    #[must_use]
    pub fn share_with(&self, other: &Self, sizes: &[u32]) -> f64 {
        let size = |axis: AxisId| f64::from(sizes[axis.0 as usize]);
        let own = self.0.iter().map(|&(axis, mask)| {
            f64::from((mask & other.mask(axis)).count_ones()).min(size(axis)) / size(axis)
        });
        let is_new = |(axis, _): &&(AxisId, u64)| self.0.iter().all(|(known, _)| known != axis);
        let others = other.0.iter().filter(is_new);
        let others = others.map(|&(axis, mask)| f64::from(mask.count_ones()) / size(axis));
        own.chain(others).product()
    }

    /// The cubes that together make up everything outside it.
    #[must_use]
    pub fn outside(&self, sizes: &[u32]) -> Vec<Self> {
        let rest = |&(axis, mask): &(AxisId, u64)| {
            let rest = all_of(sizes[axis.0 as usize]) & !mask;
            (rest != 0).then(|| Self(vec![(axis, rest)]))
        };
        self.0.iter().filter_map(rest).collect()
    }

    /// The same, as a cube of sets of values.
    #[must_use]
    pub fn to_cube(&self, sizes: &[u32]) -> Cube {
        let test = |&(axis, mask): &(AxisId, u64)| {
            let size = sizes[axis.0 as usize];
            let values = (0..size).filter(|value| mask >> value & 1 == 1);
            (axis, Values::of(size, values))
        };
        let tests = self.0.iter().map(test);
        Cube {
            tests: tests.filter(|(_, values)| !values.is_all()).collect(),
        }
    }

    /// One situation of it, as the values of the axes that it tests: the first on each.
    #[must_use]
    pub fn first(&self) -> Vec<(AxisId, u32)> {
        let tests = self.0.iter();
        tests
            .map(|&(axis, mask)| (axis, mask.trailing_zeros()))
            .collect()
    }

    /// Whether it restricts an axis.
    pub(super) fn tests(&self, axis: AxisId) -> bool {
        self.0
            .binary_search_by_key(&axis, |(known, _)| *known)
            .is_ok()
    }

    /// The values that it allows on an axis, as a mask.
    pub(super) fn mask(&self, axis: AxisId) -> u64 {
        match self.0.binary_search_by_key(&axis, |(known, _)| *known) {
            Ok(at) => self.0[at].1,
            Err(_) => u64::MAX,
        }
    }
}

/// Where a condition holds, as cubes that may overlap; `None` if that needs too many cubes or an
/// axis has more than 64 values.
#[must_use]
pub fn bit_cubes(cond: &Cond) -> Option<Vec<BitCube>> {
    cubes(cond, true)
}

/// The cubes of a condition, or of its negation.
fn cubes(cond: &Cond, wanted: bool) -> Option<Vec<BitCube>> {
    match (cond, wanted) {
        (Cond::Always, true) => Some(vec![BitCube::default()]),
        (Cond::Always, false) => Some(Vec::new()),
        (Cond::Test(axis, values), _) => of_test(*axis, values, wanted),
        (Cond::Not(inner), _) => cubes(inner, !wanted),
        (Cond::And(list), true) | (Cond::Or(list), false) => {
            let mut all = vec![BitCube::default()];
            for inner in list {
                let inner = cubes(inner, wanted)?;
                all = all
                    .iter()
                    .flat_map(|a| inner.iter().filter_map(|b| a.and(b)))
                    .collect();
                if all.len() > MAX_CUBES {
                    return None;
                }
            }
            Some(all)
        }
        (Cond::Or(list), true) | (Cond::And(list), false) => {
            let mut any = Vec::new();
            for inner in list {
                any.extend(cubes(inner, wanted)?);
                if any.len() > MAX_CUBES {
                    return None;
                }
            }
            Some(any)
        }
    }
}

fn of_test(axis: AxisId, values: &Values, wanted: bool) -> Option<Vec<BitCube>> {
    let size = values.size();
    if size > 64 {
        return None;
    }
    let all = all_of(size);
    let mask = values.iter().fold(0, |mask, value| mask | 1 << value);
    let mask = if wanted { mask } else { all & !mask };
    Some(match mask {
        0 => Vec::new(),
        _ if mask == all => vec![BitCube::default()],
        _ => vec![BitCube(vec![(axis, mask)])],
    })
}

/// The mask of all values of an axis with at most 64 values.
pub(super) fn all_of(size: u32) -> u64 {
    u64::MAX.checked_shr(64 - size).unwrap_or(0)
}

/// Whether cubes that do not overlap cover all situations of axes of these sizes; `None` if the
/// numbers overflow.
#[must_use]
pub fn tiles_space(cubes: &[&BitCube], sizes: &[u32]) -> Option<bool> {
    let mut used: Vec<AxisId> = cubes
        .iter()
        .flat_map(|cube| cube.0.iter().map(|(axis, _)| *axis))
        .collect();
    used.sort_unstable();
    used.dedup();
    let size = |axis: AxisId| u128::from(sizes[axis.0 as usize]);
    let whole = used
        .iter()
        .try_fold(1u128, |product, &axis| product.checked_mul(size(axis)))?;
    // The share of a cube is a product of fractions whose denominators divide the whole.
    let volume = |cube: &BitCube| {
        cube.0.iter().fold(whole, |volume, &(axis, mask)| {
            volume / size(axis) * u128::from(mask.count_ones())
        })
    };
    Some(cubes.iter().map(|cube| volume(cube)).sum::<u128>() == whole)
}

#[cfg(test)]
mod tests {
    use super::{bit_cubes, tiles_space};
    use crate::space::{AxisId, Cond, Values, uncovered};

    fn test(axis: u32, values: &[u32]) -> Cond {
        Cond::Test(AxisId(axis), Values::of(3, values.iter().copied()))
    }

    #[test]
    fn a_test_that_nothing_meets_takes_no_cube() {
        assert_eq!(bit_cubes(&test(0, &[])).map(|cubes| cubes.len()), Some(0));
        assert_eq!(
            bit_cubes(&test(0, &[0, 1, 2])).map(|cubes| cubes.len()),
            Some(1)
        );
    }

    #[test]
    fn cubes_apart_fill_a_space_exactly_when_they_cover_it() {
        let conds = [
            test(0, &[0]),
            Cond::And(vec![test(0, &[1, 2]), test(1, &[0, 1])]),
            Cond::And(vec![test(0, &[1, 2]), test(1, &[2])]),
        ];
        let all: Vec<_> = conds.iter().filter_map(bit_cubes).flatten().collect();
        let apart = |a: usize, b: usize| all[a].is_disjoint(&all[b]);
        assert!(apart(0, 1) && apart(0, 2) && apart(1, 2));
        assert_eq!(
            tiles_space(&all.iter().collect::<Vec<_>>(), &[3, 3]),
            Some(true)
        );
        assert_eq!(
            tiles_space(&all[..2].iter().collect::<Vec<_>>(), &[3, 3]),
            Some(false)
        );
        assert!(matches!(uncovered(&all, &[3, 3], 1000), Ok(None)));
        let found = uncovered(&all[..2], &[3, 3], 1000);
        assert!(
            matches!(&found, Ok(Some(point)) if point.contains(&(AxisId(1), 2)) && !point.contains(&(AxisId(0), 0))),
            "{found:?}"
        );
        assert!(uncovered(&all, &[3, 3], 1).is_err());
    }

    #[test]
    fn conditions_that_must_all_hold_narrow_each_other() {
        let cond = Cond::And(vec![test(1, &[0]), test(0, &[0, 1]), test(0, &[1, 2])]);
        assert_eq!(
            bit_cubes(&cond),
            bit_cubes(&Cond::And(vec![test(0, &[1]), test(1, &[0])]))
        );
        assert_eq!(
            bit_cubes(&Cond::And(vec![
                test(0, &[0]),
                test(1, &[0]),
                test(0, &[1, 2])
            ])),
            Some(Vec::new())
        );
    }

    #[test]
    fn axes_of_at_most_64_values_have_masks() {
        let test = |size: u32, values: &[u32]| {
            Cond::Test(AxisId(0), Values::of(size, values.iter().copied()))
        };
        let some = test(64, &[0, 63]);
        let both: Vec<_> = [some.clone(), Cond::Not(Box::new(some))]
            .iter()
            .filter_map(bit_cubes)
            .flatten()
            .collect();
        assert!(both[0].is_disjoint(&both[1]));
        assert_eq!(
            tiles_space(&both.iter().collect::<Vec<_>>(), &[64]),
            Some(true)
        );
        assert_eq!(tiles_space(&[&both[1]], &[64]), Some(false));
        let always = bit_cubes(&Cond::Always);
        assert_eq!(bit_cubes(&Cond::Test(AxisId(0), Values::all(64))), always);
        assert_eq!(bit_cubes(&Cond::Test(AxisId(0), Values::all(2))), always);
        assert_eq!(bit_cubes(&test(65, &[0])), None);
    }

    #[test]
    fn what_takes_many_cubes_is_left_to_diagrams() {
        let either = |axis: u32| Cond::Or(vec![test(axis, &[0]), test(axis, &[1])]);
        let all = |axes: u32| bit_cubes(&Cond::And((0..axes).map(either).collect()));
        assert_eq!(all(6).map(|cubes| cubes.len()), Some(64));
        assert_eq!(all(7), None);
        let any =
            |axes: u32| bit_cubes(&Cond::Or((0..axes).map(|axis| test(axis, &[0])).collect()));
        assert_eq!(any(64).map(|cubes| cubes.len()), Some(64));
        assert_eq!(any(65), None);
    }

    #[test]
    fn volumes_beyond_all_numbers_are_not_compared() {
        let narrow = |axis: u32| Cond::Test(AxisId(axis), Values::of(64, [0]));
        let of =
            |axes: u32| bit_cubes(&Cond::And((0..axes).map(narrow).collect())).unwrap_or_default();
        let sizes = [64; 22];
        assert_eq!(
            tiles_space(&of(21).iter().collect::<Vec<_>>(), &sizes),
            Some(false)
        );
        assert_eq!(
            tiles_space(&of(22).iter().collect::<Vec<_>>(), &sizes),
            None
        );
    }

    #[test]
    fn opposites_are_cubes_too() {
        let cond = Cond::Not(Box::new(Cond::And(vec![test(0, &[0]), test(1, &[0, 1])])));
        let cubes = bit_cubes(&cond).unwrap_or_default();
        assert_eq!(cubes.len(), 2);
        assert_eq!(
            bit_cubes(&Cond::Not(Box::new(Cond::Always))),
            Some(Vec::new())
        );
        assert_eq!(
            bit_cubes(&Cond::Not(Box::new(test(0, &[0, 1, 2])))),
            Some(Vec::new())
        );
    }
}
