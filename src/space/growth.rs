//! Boxes around a situation: the first few of a region that is too large to describe whole.
//!
//! In: the cubes that cover everything outside a region. Out: cubes inside it, each as large as its
//! situation allows, one after the other. Always: each cube lies in the region whole; if the answer
//! says that there are no more, together they are the region.
//!
//! # A worked example
//!
//! Two axes with the values 1 to 3; `a = 1` and `b = 2` are covered. The search finds (2, 1). On
//! `a` it can grow to 3, but not to 1; on `b` to 3, but not to 2: the first cube is `a in { 2, 3 }
//! and b in { 1, 3 }`. With that cube covered too, the search finds nothing: it was all.

use super::bits::all_of;
use super::search::{Undecided, uncovered};
use super::{AxisId, BitCube};

/// Cubes of a region, largest first.
#[derive(Clone, Debug, Default)]
pub struct FoundCubes {
    /// The cubes; they may overlap.
    pub cubes: Vec<BitCube>,
    /// Whether the region is larger than they are.
    pub more: bool,
}

/// The first `most` cubes found in the part of `inside` that `covering` leaves, each search taking
/// at most `steps` steps. After the first cube, a search that takes longer ends the list.
///
/// # Errors
/// Whether there is any such situation was not decided within the steps.
pub fn uncovered_cubes(
    inside: &BitCube,
    covering: &[BitCube],
    sizes: &[u32],
    (most, steps): (usize, usize),
) -> Result<FoundCubes, Undecided> {
    let mut covered = covering.to_vec();
    covered.retain(|cube| !cube.is_disjoint(inside));
    covered.extend(inside.outside(sizes));
    let asked = covered.len();
    let mut found = FoundCubes::default();
    loop {
        match uncovered(&covered, sizes, steps) {
            Ok(None) => break,
            Err(undecided) if found.cubes.is_empty() => return Err(undecided),
            Ok(Some(seed)) if found.cubes.len() < most => {
                // It may overlap the cubes found before: that makes it larger, and shorter to say.
                let cube = grown(&seed, &covered[..asked], sizes);
                covered.push(cube.clone());
                found.cubes.push(cube);
            }
            Ok(Some(_)) | Err(_) => {
                found.more = true;
                break;
            }
        }
    }
    let share = |cube: &BitCube| cube.share(sizes);
    found.cubes.sort_by(|a, b| share(b).total_cmp(&share(a)));
    Ok(found)
}

/// The largest cube found around a situation that meets none of these; each axis gets to grow first
/// once.
fn grown(seed: &[(AxisId, u32)], outside: &[BitCube], sizes: &[u32]) -> BitCube {
    let mut start: Vec<(AxisId, u64)> = seed
        .iter()
        .map(|&(axis, value)| (axis, 1 << value))
        .collect();
    start.sort_unstable();
    let count = start.len();
    let grow_from = |first: usize| {
        let mut cube = BitCube(start.clone());
        for at in (0..count).map(|step| (first + step) % count) {
            grow_axis(&mut cube, at, outside, sizes);
        }
        cube.0
            .retain(|&(axis, mask)| mask != all_of(sizes[axis.0 as usize]));
        cube
    };
    let cubes = (0..count).map(grow_from);
    let larger = |a: &BitCube, b: &BitCube| {
        a.share(sizes)
            .total_cmp(&b.share(sizes))
            .then_with(|| b.0.len().cmp(&a.0.len()))
    };
    cubes
        .reduce(|best, cube| {
            if larger(&best, &cube).is_lt() {
                cube
            } else {
                best
            }
        })
        .unwrap_or_default()
}

/// Lets a cube grow on one of its axes as far as it meets none of the others.
fn grow_axis(cube: &mut BitCube, at: usize, outside: &[BitCube], sizes: &[u32]) {
    let axis = cube.0[at].0;
    cube.0[at].1 = all_of(sizes[axis.0 as usize]);
    let met = outside.iter().filter(|other| !other.is_disjoint(cube));
    let taken = met.fold(0, |taken, other| taken | other.mask(axis));
    cube.0[at].1 &= !taken;
}

#[cfg(test)]
mod tests {
    use super::uncovered_cubes;
    use crate::space::{AxisId, BitCube};

    fn cube(tests: &[(u32, u64)]) -> BitCube {
        BitCube(
            tests
                .iter()
                .map(|&(axis, mask)| (AxisId(axis), mask))
                .collect(),
        )
    }

    #[test]
    fn the_worked_example_is_one_cube() {
        let covering = [cube(&[(0, 0b001)]), cube(&[(1, 0b010)])];
        let found =
            uncovered_cubes(&BitCube::default(), &covering, &[3, 3], (3, 1000)).unwrap_or_default();
        assert_eq!(found.cubes, [cube(&[(0, 0b110), (1, 0b101)])]);
        assert!(!found.more);
    }

    #[test]
    fn what_lies_outside_the_question_is_not_told() {
        let inside = cube(&[(0, 0b011)]);
        let covering = [cube(&[(1, 0b010)])];
        let found = uncovered_cubes(&inside, &covering, &[3, 3], (3, 1000)).unwrap_or_default();
        assert_eq!(found.cubes, [cube(&[(0, 0b011), (1, 0b101)])]);
        let everything = [cube(&[(0, 0b011)])];
        let found = uncovered_cubes(&inside, &everything, &[3, 3], (3, 1000)).unwrap_or_default();
        assert!(found.cubes.is_empty() && !found.more);
    }

    #[test]
    fn more_cubes_than_wanted_are_said_to_be_more() {
        // Both values equal: three cubes.
        let covering: Vec<BitCube> = (0..3)
            .map(|at| cube(&[(0, 1 << at), (1, 0b111 & !(1 << at))]))
            .collect();
        let of = |most| {
            uncovered_cubes(&BitCube::default(), &covering, &[3, 3], (most, 1000))
                .unwrap_or_default()
        };
        assert_eq!((of(2).cubes.len(), of(2).more), (2, true));
        assert_eq!((of(3).cubes.len(), of(3).more), (3, false));
        assert!(uncovered_cubes(&BitCube::default(), &covering, &[3, 3], (3, 1)).is_err());
    }
}
