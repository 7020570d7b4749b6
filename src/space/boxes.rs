//! Regions as few boxes: a box allows some values on each axis, independent of the others, which
//! is what one line of a table or one condition joined by `and` can say.
//!
//! The method is the expansion and reduction of two-level minimisation (R. Brayton and others,
//! "Logic Minimization Algorithms for VLSI Synthesis", 1984): take a situation not yet covered,
//! let it grow on every axis as far as the region allows, keep the largest, go on; then drop what
//! the others cover.

use super::{AxisId, Region, Regions, Values};

/// A box: the axes it restricts, in order, with the values it allows there.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Default)]
pub struct Cell {
    /// No axis twice, none with all of its values.
    pub tests: Vec<(AxisId, Values)>,
}

impl Cell {
    /// The values allowed on an axis; `None` for all.
    #[must_use]
    pub fn values(&self, axis: AxisId) -> Option<&Values> {
        self.tests
            .iter()
            .find(|(tested, _)| *tested == axis)
            .map(|(_, values)| values)
    }

    fn set(&mut self, axis: AxisId, values: Values) {
        self.tests.retain(|(tested, _)| *tested != axis);
        if !values.is_all() {
            let at = self.tests.partition_point(|(tested, _)| *tested < axis);
            self.tests.insert(at, (axis, values));
        }
    }

    /// The situations it allows.
    pub fn region(&self, regions: &mut Regions) -> Region {
        self.tests.iter().fold(Region::ALL, |sum, (axis, values)| {
            let test = regions.test(*axis, values);
            regions.and(sum, test)
        })
    }
}

/// The box that a region is; `None` if it is none.
pub fn as_box(regions: &Regions, region: Region) -> Option<Cell> {
    let mut cell = Cell::default();
    let mut at = region;
    while let Some((axis, branches)) = regions.split(at) {
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
        cell.set(axis, Values::of(regions.size(axis), allowed));
        at = next;
    }
    (at == Region::ALL).then_some(cell)
}

/// Boxes that may overlap and together are the region, as few as can be found; they may also
/// reach into `free`, situations that do not matter.
pub fn cover(regions: &mut Regions, region: Region, free: Region) -> Vec<Cell> {
    cover_within(regions, region, free, usize::MAX).unwrap_or_default()
}

/// As [`cover`], if so many boxes are enough.
pub fn cover_within(
    regions: &mut Regions,
    region: Region,
    free: Region,
    most: usize,
) -> Option<Vec<Cell>> {
    if let (Some(only), true) = (as_box(regions, region), free.is_empty()) {
        return Some(vec![only]);
    }
    let allowed = regions.or(region, free);
    let mut cells = Vec::new();
    let mut left = regions.minus(region, free);
    while !left.is_empty() {
        let Some(cell) = grow(regions, left, allowed) else {
            break;
        };
        let covered = cell.region(regions);
        let rest = regions.minus(left, covered);
        if rest == left {
            break;
        }
        if cells.len() == most {
            return None;
        }
        left = rest;
        cells.push(cell);
    }
    let wanted = regions.minus(region, free);
    drop_needless(regions, &mut cells, wanted);
    cells.sort_by_key(reading_order);
    Some(cells)
}

/// Boxes that never overlap and together are the region; they may also reach into `free`.
pub fn partition(regions: &mut Regions, region: Region, free: Region) -> Vec<Cell> {
    let mut cells = Vec::new();
    let mut left = regions.minus(region, free);
    let mut allowed = regions.or(region, free);
    while !left.is_empty() {
        let Some(cell) = grow(regions, left, allowed) else {
            break;
        };
        let covered = cell.region(regions);
        let rest = regions.minus(left, covered);
        if rest == left {
            break;
        }
        left = rest;
        allowed = regions.minus(allowed, covered);
        cells.push(cell);
    }
    cells.sort_by_key(reading_order);
    cells
}

/// Axis by axis, value by value: the order in which a table would list them.
fn reading_order(cell: &Cell) -> Vec<(u32, Vec<u32>)> {
    cell.tests
        .iter()
        .map(|(axis, values)| (axis.0, values.iter().collect()))
        .collect()
}

/// A largest box within `allowed` around the first situation of `left`.
fn grow(regions: &mut Regions, left: Region, allowed: Region) -> Option<Cell> {
    let seed = regions.first(left)?;
    let outside = regions.not(allowed);
    let mut best: Option<(f64, usize, Cell)> = None;
    for order in orders(seed.len()) {
        let mut cell = Cell::default();
        for &(axis, value) in &seed {
            cell.set(axis, Values::of(regions.size(axis), [value]));
        }
        for at in order {
            widen(regions, &mut cell, seed[at].0, outside);
        }
        let reach = cell.region(regions);
        let new = regions.and(reach, left);
        let gain = regions.share(new);
        // The larger gain, and of equal ones the box with fewer tests.
        let order = |(most, tests, _): &(f64, usize, Cell)| {
            gain.total_cmp(most)
                .then_with(|| tests.cmp(&cell.tests.len()))
        };
        if best.as_ref().is_none_or(|best| order(best).is_gt()) {
            best = Some((gain, cell.tests.len(), cell));
        }
    }
    best.map(|(_, _, cell)| cell)
}

/// Lets a box grow along one axis as far as it stays clear of `outside`.
fn widen(regions: &mut Regions, cell: &mut Cell, axis: AxisId, outside: Region) {
    let size = regions.size(axis);
    let Some(old) = cell.values(axis).cloned() else {
        return;
    };
    cell.set(axis, Values::all(size));
    let rest = cell.region(regions);
    let clash = regions.and(rest, outside);
    if clash.is_empty() {
        return;
    }
    let mut values = old;
    for value in 0..size {
        if !values.has(value) && regions.fix(clash, axis, value).is_empty() {
            values.insert(value);
        }
    }
    cell.set(axis, values);
}

/// The orders in which the axes of a box may grow: all of them for few axes, turns for many.
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

/// Drops each box whose situations the others have.
fn drop_needless(regions: &mut Regions, cells: &mut Vec<Cell>, wanted: Region) {
    let mut at = 0;
    while at < cells.len() {
        let others = (0..cells.len()).filter(|&other| other != at);
        let covered = others.fold(Region::NONE, |sum, other| {
            let next = cells[other].region(regions);
            regions.or(sum, next)
        });
        if regions.within(wanted, covered) {
            cells.remove(at);
        } else {
            at += 1;
        }
    }
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
