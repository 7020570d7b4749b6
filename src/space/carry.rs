//! Regions taken from one space into another.
//!
//! Two models have axes of their own. When one refers to the other, a [`SpaceMap`] maps situations
//! of one to the other, axis by axis. Always: carrying a union gives the union of the carried sets,
//! and a map that only renames or reorders axes and values loses nothing: carrying a set there and
//! back gives the same set.
//!
//! # A worked example
//!
//! The vendor's model has `plan { free, paid }` and `region { eu, us }`, its customer's model `tier
//! { basic, gold }`. The customer's `basic` is `free`, its `gold` is `paid`, and its region is
//! `eu`. The map from the vendor's space takes `plan` to `tier`, binds `region` to `eu`, and so
//! carries the vendor's region `plan = paid and region = eu` to `tier = gold`, and `region = us` to
//! nothing.

use rustc_hash::FxHashMap;

use super::{AxisId, Region, RegionStore, Values};

/// What an axis is in another space.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AxisImage {
    /// An axis; for each value here, the values that it may be there.
    Axis(AxisId, Vec<Values>),
    /// No axis: it is fixed to this value, and only situations with this value are carried.
    Bound(u32),
    /// No axis: a situation is carried if it is in the region for at least one value.
    Open,
}

/// For each axis of one space, by number, its image in another space.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SpaceMap(pub Vec<AxisImage>);

impl SpaceMap {
    fn image(&self, axis: AxisId) -> &AxisImage {
        self.0.get(axis.0 as usize).unwrap_or(&AxisImage::Open)
    }
}

impl RegionStore {
    /// A region of another store in this one. Axes that the map does not name are open.
    pub fn carry(&self, region: Region, from: &Self, map: &SpaceMap) -> Region {
        self.carry_below(region, from, map, &mut FxHashMap::default())
    }

    fn carry_below(
        &self,
        region: Region,
        from: &Self,
        map: &SpaceMap,
        known: &mut FxHashMap<Region, Region>,
    ) -> Region {
        if let Some(&done) = known.get(&region) {
            return done;
        }
        let Some((axis, branches)) = from.split(region) else {
            return region;
        };
        let carried = match map.image(axis) {
            AxisImage::Bound(value) => match branches.get(*value as usize) {
                Some(&branch) => self.carry_below(branch, from, map, known),
                None => Region::NONE,
            },
            AxisImage::Open => branches.iter().fold(Region::NONE, |sum, &branch| {
                let branch = self.carry_below(branch, from, map, known);
                self.union(sum, branch)
            }),
            AxisImage::Axis(there, values) => {
                let mut sum = Region::NONE;
                for (&branch, allowed) in branches.iter().zip(values) {
                    let test = self.test(*there, allowed);
                    let branch = self.carry_below(branch, from, map, known);
                    sum = self.union(sum, self.intersect(test, branch));
                }
                sum
            }
        };
        known.insert(region, carried);
        carried
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{AxisImage, SpaceMap};
    use crate::space::{AxisId, Region, RegionStore, Values};

    /// A space, a region of it by its situations, and another order of axes and of the values of
    /// each.
    type Case = (Vec<u32>, Vec<bool>, Vec<usize>, Vec<Vec<u32>>);

    fn case() -> impl Strategy<Value = Case> {
        proptest::collection::vec(1u32..5, 1..5).prop_flat_map(|sizes| {
            let situations = sizes.iter().product::<u32>() as usize;
            let axes: Vec<usize> = (0..sizes.len()).collect();
            let values: Vec<_> = sizes
                .iter()
                .map(|&size| Just((0..size).collect::<Vec<_>>()).prop_shuffle())
                .collect();
            (
                Just(sizes),
                proptest::collection::vec(any::<bool>(), situations),
                Just(axes).prop_shuffle(),
                values,
            )
        })
    }

    fn store(sizes: &[u32]) -> RegionStore {
        let order = (0..).map(AxisId).take(sizes.len()).collect();
        RegionStore::new(sizes.to_vec(), order, 1000)
    }

    /// The situation with this number.
    fn situation(sizes: &[u32], mut number: usize) -> Vec<u32> {
        let digit = |&size: &u32| {
            let value = number % size as usize;
            number /= size as usize;
            u32::try_from(value).expect("small")
        };
        sizes.iter().map(digit).collect()
    }

    fn region(store: &RegionStore, sizes: &[u32], inside: &[bool]) -> Region {
        let numbers = (0..inside.len()).filter(|&number| inside[number]);
        store.union_all(numbers.map(|number| {
            let values = situation(sizes, number);
            (0..)
                .map(AxisId)
                .zip(values)
                .fold(Region::ALL, |sum, (axis, value)| {
                    store.intersect(sum, store.test_one(axis, value))
                })
        }))
    }

    /// The axis with number `n` becomes the one with number `axes[n]`, its value `v` the value
    /// `values[n][v]`.
    fn there_and_back(sizes: &[u32], axes: &[usize], values: &[Vec<u32>]) -> (SpaceMap, SpaceMap) {
        let id = |n: usize| AxisId(u32::try_from(n).expect("small"));
        let image = |n: usize| {
            let to = values[n].iter().map(|&value| Values::of(sizes[n], [value]));
            AxisImage::Axis(id(axes[n]), to.collect())
        };
        let there = SpaceMap((0..sizes.len()).map(image).collect());
        let mut back = vec![AxisImage::Open; sizes.len()];
        for n in 0..sizes.len() {
            let from = (0..sizes[n]).map(|there| {
                let here = values[n].iter().position(|&value| value == there);
                Values::of(sizes[n], here.and_then(|at| u32::try_from(at).ok()))
            });
            back[axes[n]] = AxisImage::Axis(id(n), from.collect());
        }
        (there, SpaceMap(back))
    }

    proptest! {
        #[test]
        fn there_and_back_is_the_same_set((sizes, inside, axes, values) in case()) {
            let here = store(&sizes);
            let mut renamed = vec![0; sizes.len()];
            axes.iter().zip(&sizes).for_each(|(&to, &size)| renamed[to] = size);
            let other = store(&renamed);
            let (there, back) = there_and_back(&sizes, &axes, &values);
            let region = region(&here, &sizes, &inside);
            let carried = other.carry(region, &here, &there);
            prop_assert_eq!(here.carry(carried, &other, &back), region);
            prop_assert!((here.share(region) - other.share(carried)).abs() < 1e-9);
        }

        #[test]
        fn a_bound_axis_is_a_restriction_and_an_open_one_a_projection(
            (sizes, inside, ..) in case(), pick in 0usize..4, value in 0u32..4
        ) {
            let here = store(&sizes);
            let region = region(&here, &sizes, &inside);
            let axis = pick % sizes.len();
            let value = value % sizes[axis];
            let id = AxisId(u32::try_from(axis).expect("small"));
            let axes: Vec<usize> = (0..sizes.len()).collect();
            let same: Vec<Vec<u32>> = sizes.iter().map(|&size| (0..size).collect()).collect();
            let (SpaceMap(mut map), _) = there_and_back(&sizes, &axes, &same);
            map[axis] = AxisImage::Bound(value);
            let bound = here.carry(region, &here, &SpaceMap(map.clone()));
            prop_assert_eq!(bound, here.restrict(region, id, value));
            map[axis] = AxisImage::Open;
            let open = here.carry(region, &here, &SpaceMap(map));
            prop_assert_eq!(open, here.project(region, id));
        }
    }

    #[test]
    fn several_values_may_answer_to_one_and_one_to_several() {
        let (three, two) = (store(&[3]), store(&[2]));
        let merged = SpaceMap(vec![AxisImage::Axis(
            AxisId(0),
            [0, 0, 1].map(|to| Values::of(2, [to])).to_vec(),
        )]);
        let second = three.test_one(AxisId(0), 1);
        assert_eq!(
            two.carry(second, &three, &merged),
            two.test_one(AxisId(0), 0)
        );
        let spread = SpaceMap(vec![AxisImage::Axis(
            AxisId(0),
            vec![Values::of(3, [0, 1]), Values::of(3, [2])],
        )]);
        let first = two.test_one(AxisId(0), 0);
        let low = three.test(AxisId(0), &Values::of(3, [0, 1]));
        assert_eq!(three.carry(first, &two, &spread), low);
        // A value without a counterpart is lost.
        let partial = SpaceMap(vec![AxisImage::Axis(AxisId(0), vec![Values::none(2); 3])]);
        assert_eq!(two.carry(second, &three, &partial), Region::NONE);
    }
}
