//! Regions in the words of the language: `service_model in { iaas, paas } and not customer_cni`.

use super::boxes::{Cell, cover};
use super::{AxisId, Region, Regions, Values};

/// How axes and values are called.
pub trait AxisNames {
    /// The name of an axis.
    fn axis(&self, axis: AxisId) -> &str;
    /// The name of one of its values.
    fn value(&self, axis: AxisId, value: u32) -> &str;
    /// Whether the axis is an option: no and yes.
    fn is_option(&self, axis: AxisId) -> bool;
}

/// The region as a condition, as short as it can be said; `None` where it is everything but `free`.
/// The condition holds in exactly the region's situations, and may hold in `free` ones.
pub fn describe(regions: &mut Regions, region: Region, free: Region, names: &dyn AxisNames) -> Option<String> {
    let outside = regions.not(region);
    let outside = regions.minus(outside, free);
    if outside.is_empty() {
        return None;
    }
    let inside = cover(regions, region, free);
    let direct = join_or(&inside, names);
    let without = cover(regions, outside, free);
    let shorter = match without.as_slice() {
        [only] if only.tests.len() > 1 => format!("not ({})", join_or(&without, names)),
        _ => return Some(direct),
    };
    Some(if shorter.len() < direct.len() { shorter } else { direct })
}

fn join_or(cells: &[Cell], names: &dyn AxisNames) -> String {
    let texts: Vec<String> = cells.iter().map(|cell| describe_cell(cell, names)).collect();
    texts.join(" or ")
}

/// One box as a condition; empty where it is everything.
#[must_use]
pub fn describe_cell(cell: &Cell, names: &dyn AxisNames) -> String {
    let tests: Vec<String> = cell.tests.iter().map(|(axis, values)| test(*axis, values, names)).collect();
    tests.join(" and ")
}

fn test(axis: AxisId, values: &Values, names: &dyn AxisNames) -> String {
    let name = names.axis(axis);
    let allowed: Vec<u32> = values.iter().collect();
    if names.is_option(axis) {
        return if allowed == [1] { name.to_owned() } else { format!("not {name}") };
    }
    let value = |value: u32| names.value(axis, value);
    let list = |values: &[u32]| values.iter().map(|&v| value(v)).collect::<Vec<_>>().join(", ");
    match allowed.as_slice() {
        [only] => format!("{name} = {}", value(*only)),
        [first, .., last] if allowed.len() > 2 && last - first + 1 == values.len() && values.len() + 1 < values.size() => {
            format!("{name} in {}..{}", value(*first), value(*last))
        }
        _ => match values.complement().iter().collect::<Vec<_>>().as_slice() {
            [missing] => format!("{name} != {}", value(*missing)),
            [first, .., last] if allowed.len() > 2 && last - first + 1 == values.size() - values.len() && values.size() - values.len() < values.len() => {
                format!("not {name} in {}..{}", value(*first), value(*last))
            }
            _ => format!("{name} in {{ {} }}", list(&allowed)),
        },
    }
}
