//! Situations and sets of them: pure algebra that knows no duty, no party and no file.
//!
//! A model has axes, each with a finite number of values. A situation picks one value on every
//! axis. In: [`Cond`]itions on axes. Out: [`Region`]s, sets of situations that can be joined,
//! intersected, compared, carried into another space and written down as few conditions. Always:
//! two regions of one [`RegionStore`] are equal as sets exactly when they are equal as values, and
//! no code here lists situations one by one, so twenty options cost no more than two.
//!
//! # A worked example
//!
//! Take `axis plan { free, paid }` and `option eu`. There are four situations:
//!
//! | | not eu | eu |
//! | --- | --- | --- |
//! | plan = free | 1 | 2 |
//! | plan = paid | 3 | 4 |
//!
//! `plan = paid` is the region {3, 4} and `eu` is {2, 4}. Their intersection is {4}, their union
//! {2, 3, 4}. "Does every situation have a holder?" is then a question about regions: if the vendor
//! holds the duty when `plan = paid` and the customer when `eu`, situation 1 is the complement of
//! the union, and it is a gap. [`cover`] writes {1} as one cube (`plan = free`, `not eu`), and
//! [`describe`] as `plan = free and not eu`.
//!
//! | File | What it holds |
//! | --- | --- |
//! | `values` | sets of values of one axis |
//! | `store`, `diagram`, `budget` | regions as decision diagrams, and work limits |
//! | `carry` | regions taken from one space into another |
//! | `cubes` | regions as few cubes, and as cubes that do not overlap |
//! | `bits`, `search`, `growth` | cubes as bit masks: quick answers that need no diagram |
//! | `phrase` | regions in words |

mod bits;
mod budget;
mod carry;
mod cubes;
mod diagram;
mod growth;
mod phrase;
mod search;
mod store;
mod values;

pub use bits::{BitCube, bit_cubes, tiles_space};
pub use budget::Exhausted;
pub use carry::{AxisImage, SpaceMap};
pub use cubes::{Cube, cover, cover_within, first_cubes, partition};
pub use diagram::Region;
pub use growth::{FoundCubes, uncovered_cubes};
pub use phrase::{
    AxisNames, Condition, Phrase, Said, Syntax, describe, describe_cond, describe_cube, joined,
};
pub use search::{Undecided, uncovered};
pub use store::RegionStore;
pub use values::Values;

/// The number of an axis within its space.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct AxisId(pub u32);

/// A condition on the axes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cond {
    /// Holds in every situation.
    Always,
    /// Holds where the axis has one of these values.
    Test(AxisId, Values),
    /// Holds where this does not.
    Not(Box<Cond>),
    /// Holds where all of these do.
    And(Vec<Cond>),
    /// Holds where one of these does.
    Or(Vec<Cond>),
}

impl Cond {
    /// Calls a function with every axis the condition tests, in order of mention.
    pub fn for_each_axis(&self, visit: &mut impl FnMut(AxisId)) {
        match self {
            Self::Always => {}
            Self::Test(axis, _) => visit(*axis),
            Self::Not(inner) => inner.for_each_axis(visit),
            Self::And(list) | Self::Or(list) => {
                for inner in list {
                    inner.for_each_axis(visit);
                }
            }
        }
    }
}
