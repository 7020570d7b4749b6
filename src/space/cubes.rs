//! Regions as few cubes. A cube allows some values on each axis, independent of the others: what
//! one line of a table, or one condition joined by `and`, can say.
//!
//! The method is the expansion and reduction of two-level minimisation (R. Brayton and others,
//! "Logic Minimization Algorithms for VLSI Synthesis", 1984): take a situation that is not covered
//! yet, let it grow on every axis as far as the region allows, keep the largest cube, go on; then
//! drop the cubes that the others cover.
//!
//! # A worked example
//!
//! The region is `a = 1 or b = 1` on two axes with the values 1 and 2, and `a` is tested first. Its
//! first situation is `a = 1`, where `b` does not matter; it cannot grow to `a = 2`, because (2,2)
//! is outside. So the first cube is `a = 1`. What is left is (2,1). On `b` it cannot grow, on `a`
//! it can, because (1,1) is in the region: the second cube is `b = 1`. Neither is covered by the
//! other, so the answer is `a = 1 or b = 1`: two cubes that overlap, where [`partition`] gives `a =
//! 1` and `a = 2 and b = 1`.

use super::{AxisId, Region, RegionStore, Values};

/// The axes that a cube restricts, in order, with the values it allows there.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Cube {
    /// Each axis at most once, and never with all of its values.
    pub tests: Vec<(AxisId, Values)>,
}

impl Cube {
    /// The values allowed on an axis; `None` for all.
    #[must_use]
    pub fn values(&self, axis: AxisId) -> Option<&Values> {
        self.tests
            .iter()
            .find(|(tested, _)| *tested == axis)
            .map(|(_, values)| values)
    }

    /// The share of all situations that lie in it, from 0 to 1, for axes of these sizes.
    #[must_use]
    pub fn share(&self, size: impl Fn(AxisId) -> u32) -> f64 {
        let part =
            |(axis, values): &(AxisId, Values)| f64::from(values.len()) / f64::from(size(*axis));
        self.tests.iter().map(part).product()
    }

    fn set(&mut self, axis: AxisId, values: Values) {
        self.tests.retain(|(tested, _)| *tested != axis);
        if !values.is_all() {
            let at = self.tests.partition_point(|(tested, _)| *tested < axis);
            self.tests.insert(at, (axis, values));
        }
    }

    /// The situations it allows.
    pub fn region(&self, store: &RegionStore) -> Region {
        self.tests.iter().fold(Region::ALL, |sum, (axis, values)| {
            let test = store.test(*axis, values);
            store.intersect(sum, test)
        })
    }
}

/// The region as a cube; `None` if it is not a cube.
pub(super) fn as_cube(store: &RegionStore, region: Region) -> Option<Cube> {
    let mut cube = Cube::default();
    let mut at = region;
    while let Some((axis, branches)) = store.split(at) {
        let next = branches.iter().copied().find(|branch| !branch.is_empty())?;
        if branches
            .iter()
            .any(|&branch| branch != next && !branch.is_empty())
        {
            return None;
        }
        let allowed = (0..)
            .zip(branches)
            .filter(|(_, branch)| !branch.is_empty())
            .map(|(value, _)| value);
        cube.set(axis, Values::of(store.size(axis), allowed));
        at = next;
    }
    (at == Region::ALL).then_some(cube)
}

/// As few cubes as can be found that together make up the region. They may overlap and may extend
/// into `free`, the don't-care situations.
pub fn cover(store: &RegionStore, region: Region, free: Region) -> Vec<Cube> {
    cover_within(store, region, free, usize::MAX).unwrap_or_default()
}

/// Like [`cover`], but `None` if more than `most` cubes are needed.
pub fn cover_within(
    store: &RegionStore,
    region: Region,
    free: Region,
    most: usize,
) -> Option<Vec<Cube>> {
    if let (Some(only), true) = (as_cube(store, region), free.is_empty()) {
        return Some(vec![only]);
    }
    let allowed = store.union(region, free);
    let mut cubes = Vec::new();
    let mut left = store.difference(region, free);
    while !left.is_empty() {
        let Some((cube, _, rest)) = take_largest(store, left, allowed) else {
            break;
        };
        if cubes.len() == most {
            return None;
        }
        left = rest;
        cubes.push(cube);
    }
    let wanted = store.difference(region, free);
    drop_needless(store, &mut cubes, wanted);
    cubes.sort_by_key(reading_order);
    Some(cubes)
}

/// The first `most` cubes found of a region, largest first, and whether it has more. They may
/// extend into `free`.
pub fn first_cubes(
    store: &RegionStore,
    region: Region,
    free: Region,
    most: usize,
) -> (Vec<Cube>, bool) {
    let allowed = store.union(region, free);
    let mut left = store.difference(region, free);
    let mut cubes = Vec::new();
    while cubes.len() < most && !left.is_empty() {
        let Some((cube, _, rest)) = take_largest(store, left, allowed) else {
            break;
        };
        left = rest;
        cubes.push(cube);
    }
    let share = |cube: &Cube| cube.share(|axis| store.size(axis));
    cubes.sort_by(|a, b| share(b).total_cmp(&share(a)));
    (cubes, !left.is_empty())
}

/// The largest cube within `allowed`, its region, and the rest of `left`; `None` once the budget is
/// used up and no cube covers anything new.
fn take_largest(
    store: &RegionStore,
    left: Region,
    allowed: Region,
) -> Option<(Cube, Region, Region)> {
    let cube = largest_cube(store, left, allowed)?;
    let covered = cube.region(store);
    let rest = store.difference(left, covered);
    (rest != left).then_some((cube, covered, rest))
}

/// Cubes that never overlap and together make up the region; they may extend into `free`.
pub fn partition(store: &RegionStore, region: Region, free: Region) -> Vec<Cube> {
    if let (Some(only), true) = (as_cube(store, region), free.is_empty()) {
        return vec![only];
    }
    let mut cubes = Vec::new();
    let mut left = store.difference(region, free);
    let mut allowed = store.union(region, free);
    while !left.is_empty() {
        let Some((cube, covered, rest)) = take_largest(store, left, allowed) else {
            break;
        };
        left = rest;
        allowed = store.difference(allowed, covered);
        cubes.push(cube);
    }
    cubes.sort_by_key(reading_order);
    cubes
}

/// Axis by axis, value by value: the order in which a table would list them.
fn reading_order(cube: &Cube) -> Vec<(u32, Vec<u32>)> {
    cube.tests
        .iter()
        .map(|(axis, values)| (axis.0, values.iter().collect()))
        .collect()
}

/// A largest cube within `allowed` around the first situation of `left`.
fn largest_cube(store: &RegionStore, left: Region, allowed: Region) -> Option<Cube> {
    let seed = store.first(left)?;
    let outside = store.complement(allowed);
    let mut best: Option<(f64, usize, Cube)> = None;
    for order in orders(seed.len()) {
        let mut cube = Cube::default();
        for &(axis, value) in &seed {
            cube.set(axis, Values::of(store.size(axis), [value]));
        }
        for at in order {
            expand_axis(store, &mut cube, seed[at].0, outside);
        }
        let reach = cube.region(store);
        let new = store.intersect(reach, left);
        let gain = store.share(new);
        // Larger gain first; on a tie, fewer tests.
        let order = |(most, tests, _): &(f64, usize, Cube)| {
            gain.total_cmp(most)
                .then_with(|| tests.cmp(&cube.tests.len()))
        };
        if best.as_ref().is_none_or(|best| order(best).is_gt()) {
            best = Some((gain, cube.tests.len(), cube));
        }
    }
    best.map(|(_, _, cube)| cube)
}

/// Expands a cube along one axis as far as possible without touching `outside`.
fn expand_axis(store: &RegionStore, cube: &mut Cube, axis: AxisId, outside: Region) {
    let size = store.size(axis);
    let Some(old) = cube.values(axis).cloned() else {
        return;
    };
    cube.set(axis, Values::all(size));
    let rest = cube.region(store);
    let clash = store.intersect(rest, outside);
    if clash.is_empty() {
        return;
    }
    let mut values = old;
    for value in 0..size {
        if !values.has(value) && store.restrict(clash, axis, value).is_empty() {
            values.insert(value);
        }
    }
    cube.set(axis, values);
}

/// The orders in which the axes of a cube may grow: every permutation for few axes, rotations for
/// many.
fn orders(axes: usize) -> Vec<Vec<usize>> {
    match axes {
        0 => vec![Vec::new()],
        1..=3 => (0..axes).fold(vec![Vec::new()], |orders, _| {
            let longer = |order: &Vec<usize>| -> Vec<Vec<usize>> {
                let unused = (0..axes).filter(|axis| !order.contains(axis));
                unused
                    .map(|axis| order.iter().copied().chain([axis]).collect())
                    .collect()
            };
            orders.iter().flat_map(longer).collect()
        }),
        _ => (0..axes)
            .map(|first| (0..axes).map(|step| (first + step) % axes).collect())
            .collect(),
    }
}

/// Drops each cube that the others cover, from the first on.
fn drop_needless(store: &RegionStore, cubes: &mut Vec<Cube>, wanted: Region) {
    let regions: Vec<Region> = cubes.iter().map(|cube| cube.region(store)).collect();
    // What the cubes from each on cover together.
    let mut later = vec![Region::NONE; regions.len() + 1];
    for at in (0..regions.len()).rev() {
        later[at] = store.union(regions[at], later[at + 1]);
    }
    let mut kept = Region::NONE;
    let mut at = 0;
    cubes.retain(|_| {
        let others = store.union(kept, later[at + 1]);
        let is_needless = store.is_subset(wanted, others);
        if !is_needless {
            kept = store.union(kept, regions[at]);
        }
        at += 1;
        !is_needless
    });
}

#[cfg(test)]
mod tests {
    use super::orders;

    #[test]
    fn every_order_takes_each_axis_once_and_each_axis_leads() {
        for (axes, count) in [(0, 1), (1, 1), (2, 2), (3, 6), (4, 4), (7, 7)] {
            let orders = orders(axes);
            assert_eq!(orders.len(), count, "{axes} axes: {orders:?}");
            for order in &orders {
                let mut sorted = order.clone();
                sorted.sort_unstable();
                assert_eq!(sorted, (0..axes).collect::<Vec<_>>(), "{orders:?}");
            }
            let leads: std::collections::BTreeSet<_> =
                orders.iter().filter_map(|order| order.first()).collect();
            assert_eq!(leads.len(), axes, "{orders:?}");
        }
    }
}
