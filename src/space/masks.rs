//! Conditions as boxes of bit masks: small, and quick to compare.
//!
//! Most conditions that people write are a box: some values on each of a few axes. Whether two
//! boxes meet is a few comparisons, and boxes that do not meet cover a space exactly if their
//! volumes add up to its own. Only what is no such box, or meets, or leaves a rest needs the
//! diagrams of [`Regions`](super::Regions).

use std::collections::BTreeMap;

use rustc_hash::FxHashSet;

use super::{AxisId, Cond, Values};

/// More boxes than this in one condition, and a diagram serves better.
const MAX_BOXES: usize = 64;

/// A box: the axes that it restricts, in order, with the values it allows there, which are at least
/// one.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Mask(Vec<(AxisId, u64)>);

impl Mask {
    /// Whether no situation lies in both.
    #[must_use]
    pub fn is_apart(&self, other: &Self) -> bool {
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
    fn and(&self, other: &Self) -> Option<Self> {
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
}

/// Where a condition holds, as boxes that may meet; `None` where that takes too many, or an axis
/// has more than 64 values.
#[must_use]
pub fn masks(cond: &Cond) -> Option<Vec<Mask>> {
    boxes(cond, true)
}

/// The boxes of a condition, or of its opposite.
fn boxes(cond: &Cond, wanted: bool) -> Option<Vec<Mask>> {
    match (cond, wanted) {
        (Cond::Always, true) => Some(vec![Mask::default()]),
        (Cond::Always, false) => Some(Vec::new()),
        (Cond::Test(axis, values), _) => of_test(*axis, values, wanted),
        (Cond::Not(inner), _) => boxes(inner, !wanted),
        (Cond::And(list), true) | (Cond::Or(list), false) => {
            let mut all = vec![Mask::default()];
            for inner in list {
                let inner = boxes(inner, wanted)?;
                all = all
                    .iter()
                    .flat_map(|a| inner.iter().filter_map(|b| a.and(b)))
                    .collect();
                if all.len() > MAX_BOXES {
                    return None;
                }
            }
            Some(all)
        }
        (Cond::Or(list), true) | (Cond::And(list), false) => {
            let mut any = Vec::new();
            for inner in list {
                any.extend(boxes(inner, wanted)?);
                if any.len() > MAX_BOXES {
                    return None;
                }
            }
            Some(any)
        }
    }
}

fn of_test(axis: AxisId, values: &Values, wanted: bool) -> Option<Vec<Mask>> {
    let size = values.size();
    if size > 64 {
        return None;
    }
    let all = all_of(size);
    let mask = values.iter().fold(0, |mask, value| mask | 1 << value);
    let mask = if wanted { mask } else { all & !mask };
    Some(match mask {
        0 => Vec::new(),
        _ if mask == all => vec![Mask::default()],
        _ => vec![Mask(vec![(axis, mask)])],
    })
}

/// Every value of an axis of at most 64.
fn all_of(size: u32) -> u64 {
    u64::MAX.checked_shr(64 - size).unwrap_or(0)
}

/// Whether boxes, none of which meet, cover all situations of axes of these sizes; `None` where the
/// numbers grow too large.
#[must_use]
pub fn fill(masks: &[&Mask], sizes: &[u32]) -> Option<bool> {
    let mut used: Vec<AxisId> = masks
        .iter()
        .flat_map(|mask| mask.0.iter().map(|(axis, _)| *axis))
        .collect();
    used.sort_unstable();
    used.dedup();
    let size = |axis: AxisId| u128::from(sizes[axis.0 as usize]);
    let whole = used
        .iter()
        .try_fold(1u128, |product, &axis| product.checked_mul(size(axis)))?;
    // The share of a box is a product of fractions whose denominators divide the whole.
    let volume = |mask: &Mask| {
        mask.0.iter().fold(whole, |volume, &(axis, mask)| {
            volume / size(axis) * u128::from(mask.count_ones())
        })
    };
    Some(masks.iter().map(|mask| volume(mask)).sum::<u128>() == whole)
}

/// The search took too many steps.
#[derive(Debug)]
pub struct Undecided;

/// A situation in none of the boxes, by the axes that matter; `None` if they cover everything.
///
/// # Errors
/// That was not found out within so many steps.
pub fn uncovered(
    masks: &[Mask],
    sizes: &[u32],
    steps: usize,
) -> Result<Option<Vec<(AxisId, u32)>>, Undecided> {
    let mut search = Search {
        masks,
        sizes,
        steps,
        covered: FxHashSet::default(),
    };
    let alive: Vec<u32> = (0..).take(masks.len()).collect();
    search.run(alive, &mut Vec::new())
}

/// A search for a situation: it fixes one axis after the other, and follows the boxes that are
/// still alive.
struct Search<'m> {
    masks: &'m [Mask],
    sizes: &'m [u32],
    steps: usize,
    /// Boxes alive and axes fixed that are known to leave nothing.
    covered: FxHashSet<(Vec<u32>, Vec<AxisId>)>,
}

impl Search<'_> {
    fn run(
        &mut self,
        alive: Vec<u32>,
        fixed: &mut Vec<(AxisId, u32)>,
    ) -> Result<Option<Vec<(AxisId, u32)>>, Undecided> {
        self.steps = self
            .steps
            .checked_sub(1 + alive.len() / 16)
            .ok_or(Undecided)?;
        let Some(axis) = self.most_asked(&alive, fixed) else {
            // A box that asks for nothing more covers the rest.
            return Ok(alive.is_empty().then(|| fixed.clone()));
        };
        let mut axes: Vec<AxisId> = fixed.iter().map(|(axis, _)| *axis).collect();
        axes.sort_unstable();
        let state = (alive, axes);
        if self.covered.contains(&state) {
            return Ok(None);
        }
        for (left, value) in self.branches(&state.0, axis) {
            fixed.push((axis, value));
            let found = self.run(left, fixed)?;
            fixed.pop();
            if found.is_some() {
                return Ok(found);
            }
        }
        self.covered.insert(state);
        Ok(None)
    }

    /// The axis that most of the boxes ask about still; none if there is no box, or one that asks
    /// about none.
    fn most_asked(&self, alive: &[u32], fixed: &[(AxisId, u32)]) -> Option<AxisId> {
        let mut asked: BTreeMap<AxisId, usize> = BTreeMap::new();
        for &at in alive {
            let open = self.masks[at as usize]
                .0
                .iter()
                .filter(|(axis, _)| fixed.iter().all(|(known, _)| known != axis));
            let mut any = false;
            for (axis, _) in open {
                any = true;
                *asked.entry(*axis).or_default() += 1;
            }
            if !any {
                return None;
            }
        }
        asked
            .into_iter()
            .max_by_key(|(_, count)| *count)
            .map(|(axis, _)| axis)
    }

    /// For each value of an axis the boxes that allow it, values of equal effect once, fewest boxes
    /// first.
    fn branches(&self, alive: &[u32], axis: AxisId) -> Vec<(Vec<u32>, u32)> {
        let allows = |at: u32, value: u32| {
            let test = self.masks[at as usize]
                .0
                .iter()
                .find(|(tested, _)| *tested == axis);
            test.is_none_or(|(_, mask)| mask & (1 << value) != 0)
        };
        let mut branches: Vec<(Vec<u32>, u32)> = (0..self.sizes[axis.0 as usize])
            .map(|value| {
                (
                    alive
                        .iter()
                        .copied()
                        .filter(|&at| allows(at, value))
                        .collect(),
                    value,
                )
            })
            .collect();
        branches.sort();
        branches.dedup_by(|a, b| a.0 == b.0);
        branches.sort_by_key(|(left, _)| left.len());
        branches
    }
}

#[cfg(test)]
mod tests {
    use super::{fill, masks, uncovered};
    use crate::space::{AxisId, Cond, Values};

    fn test(axis: u32, values: &[u32]) -> Cond {
        Cond::Test(AxisId(axis), Values::of(3, values.iter().copied()))
    }

    #[test]
    fn a_test_that_nothing_meets_takes_no_box() {
        assert_eq!(masks(&test(0, &[])).map(|masks| masks.len()), Some(0));
        assert_eq!(
            masks(&test(0, &[0, 1, 2])).map(|masks| masks.len()),
            Some(1)
        );
    }

    #[test]
    fn boxes_apart_fill_a_space_exactly_when_they_cover_it() {
        let conds = [
            test(0, &[0]),
            Cond::And(vec![test(0, &[1, 2]), test(1, &[0, 1])]),
            Cond::And(vec![test(0, &[1, 2]), test(1, &[2])]),
        ];
        let all: Vec<_> = conds.iter().filter_map(masks).flatten().collect();
        let apart = |a: usize, b: usize| all[a].is_apart(&all[b]);
        assert!(apart(0, 1) && apart(0, 2) && apart(1, 2));
        assert_eq!(fill(&all.iter().collect::<Vec<_>>(), &[3, 3]), Some(true));
        assert_eq!(
            fill(&all[..2].iter().collect::<Vec<_>>(), &[3, 3]),
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
            masks(&cond),
            masks(&Cond::And(vec![test(0, &[1]), test(1, &[0])]))
        );
        assert_eq!(
            masks(&Cond::And(vec![
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
            .filter_map(masks)
            .flatten()
            .collect();
        assert!(both[0].is_apart(&both[1]));
        assert_eq!(fill(&both.iter().collect::<Vec<_>>(), &[64]), Some(true));
        assert_eq!(fill(&[&both[1]], &[64]), Some(false));
        let always = masks(&Cond::Always);
        assert_eq!(masks(&Cond::Test(AxisId(0), Values::all(64))), always);
        assert_eq!(masks(&Cond::Test(AxisId(0), Values::all(2))), always);
        assert_eq!(masks(&test(65, &[0])), None);
    }

    #[test]
    fn what_takes_many_boxes_is_left_to_diagrams() {
        let either = |axis: u32| Cond::Or(vec![test(axis, &[0]), test(axis, &[1])]);
        let all = |axes: u32| masks(&Cond::And((0..axes).map(either).collect()));
        assert_eq!(all(6).map(|boxes| boxes.len()), Some(64));
        assert_eq!(all(7), None);
        let any = |axes: u32| masks(&Cond::Or((0..axes).map(|axis| test(axis, &[0])).collect()));
        assert_eq!(any(64).map(|boxes| boxes.len()), Some(64));
        assert_eq!(any(65), None);
    }

    #[test]
    fn volumes_beyond_all_numbers_are_not_compared() {
        let narrow = |axis: u32| Cond::Test(AxisId(axis), Values::of(64, [0]));
        let of = |axes: u32| masks(&Cond::And((0..axes).map(narrow).collect())).unwrap_or_default();
        let sizes = [64; 22];
        assert_eq!(
            fill(&of(21).iter().collect::<Vec<_>>(), &sizes),
            Some(false)
        );
        assert_eq!(fill(&of(22).iter().collect::<Vec<_>>(), &sizes), None);
    }

    #[test]
    fn opposites_are_boxes_too() {
        let cond = Cond::Not(Box::new(Cond::And(vec![test(0, &[0]), test(1, &[0, 1])])));
        let boxes = masks(&cond).unwrap_or_default();
        assert_eq!(boxes.len(), 2);
        assert_eq!(masks(&Cond::Not(Box::new(Cond::Always))), Some(Vec::new()));
        assert_eq!(
            masks(&Cond::Not(Box::new(test(0, &[0, 1, 2])))),
            Some(Vec::new())
        );
    }
}
