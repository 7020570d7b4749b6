//! Regions in the words of the language: `service_model in { iaas, paas } and not customer_cni`.

use super::cubes::{Cube, as_cube, cover};
use super::{AxisId, Cond, Region, RegionStore, Values};

/// The names of axes and values.
pub trait AxisNames {
    /// The name of an axis.
    fn axis(&self, axis: AxisId) -> &str;
    /// The name of one of its values.
    fn value(&self, axis: AxisId, value: u32) -> &str;
    /// Whether the axis is an option: no and yes.
    fn is_option(&self, axis: AxisId) -> bool;
}

/// A way to write conditions: in the language itself, or in the words of a page.
pub trait Phrase {
    /// One axis restricted to some of its values.
    fn test(&self, axis: AxisId, values: &Values) -> String;
    /// Everything except this; `None` if this notation cannot express it.
    fn without(&self, _condition: &str) -> Option<String> {
        None
    }
    /// The separator between tests that must all hold.
    fn and(&self) -> &'static str {
        " and "
    }
    /// The separator between conditions of which one must hold.
    fn or(&self) -> &'static str {
        " or "
    }
}

/// The region as the shortest condition found; `None` if it is everything except `free`. The
/// condition holds in exactly the region's situations, and may hold in `free` ones.
pub fn describe(
    store: &RegionStore,
    region: Region,
    free: Region,
    phrase: &dyn Phrase,
) -> Option<String> {
    let outside = store.complement(region);
    let outside = store.difference(outside, free);
    if outside.is_empty() {
        return None;
    }
    if let (Some(only), true) = (as_cube(store, region), free.is_empty()) {
        return Some(describe_cube(&only, phrase));
    }
    let inside = cover(store, region, free);
    let direct = join_or(&inside, phrase);
    // Use the exact region if that is no longer.
    let exact = cover(store, region, Region::NONE);
    let exact = join_or(&exact, phrase);
    let direct = if exact.len() <= direct.len() {
        exact
    } else {
        direct
    };
    let without = cover(store, outside, free);
    let shorter = match without.as_slice() {
        [only] if only.tests.len() > 1 => phrase.without(&describe_cube(only, phrase)),
        _ => None,
    };
    Some(
        shorter
            .filter(|shorter| shorter.len() < direct.len())
            .unwrap_or(direct),
    )
}

fn join_or(cubes: &[Cube], phrase: &dyn Phrase) -> String {
    let texts: Vec<String> = cubes
        .iter()
        .map(|cube| describe_cube(cube, phrase))
        .collect();
    texts.join(phrase.or())
}

/// One cube as a condition; empty if the cube is everything.
#[must_use]
pub fn describe_cube(cube: &Cube, phrase: &dyn Phrase) -> String {
    let tests: Vec<String> = cube
        .tests
        .iter()
        .map(|(axis, values)| phrase.test(*axis, values))
        .collect();
    tests.join(phrase.and())
}

/// A condition written out part by part, without simplification.
#[must_use]
pub fn describe_cond(cond: &Cond, phrase: &Syntax<'_>) -> String {
    let within = |inner: &Cond| match inner {
        Cond::And(_) | Cond::Or(_) => format!("({})", describe_cond(inner, phrase)),
        _ => describe_cond(inner, phrase),
    };
    let join = |list: &[Cond], word: &str| list.iter().map(within).collect::<Vec<_>>().join(word);
    match cond {
        Cond::Always => "always".into(),
        Cond::Test(axis, values) => phrase.test(*axis, values),
        Cond::Not(inner) => format!("not {}", within(inner)),
        Cond::And(list) => join(list, phrase.and()),
        Cond::Or(list) => join(list, phrase.or()),
    }
}

/// The language itself.
pub struct Syntax<'n>(pub &'n dyn AxisNames);

impl Phrase for Syntax<'_> {
    fn without(&self, condition: &str) -> Option<String> {
        Some(format!("not ({condition})"))
    }

    fn test(&self, axis: AxisId, values: &Values) -> String {
        let name = self.0.axis(axis);
        let allowed: Vec<u32> = values.iter().collect();
        if let (true, [only]) = (self.0.is_option(axis), allowed.as_slice()) {
            return if *only == 1 {
                name.to_owned()
            } else {
                format!("not {name}")
            };
        }
        let value = |value: u32| self.0.value(axis, value);
        let missing: Vec<u32> = values.complement().iter().collect();
        let list = |values: &[u32]| {
            values
                .iter()
                .map(|&v| value(v))
                .collect::<Vec<_>>()
                .join(", ")
        };
        match (allowed.as_slice(), missing.as_slice()) {
            ([only], _) => format!("{name} = {}", value(*only)),
            (_, [only]) => format!("{name} != {}", value(*only)),
            ([first, .., last], _) if is_range(&allowed) => {
                format!("{name} in {}..{}", value(*first), value(*last))
            }
            // A long list is harder to read than the values it leaves out.
            ([_, _, _, _, ..], [first, .., last]) if is_range(&missing) => {
                format!("not {name} in {}..{}", value(*first), value(*last))
            }
            ([_, _, _, ..], _) if missing.len() < allowed.len() => {
                format!("not {name} in {{ {} }}", list(&missing))
            }
            _ => format!("{name} in {{ {} }}", list(&allowed)),
        }
    }
}

/// Whether there are enough values for a range and they are consecutive.
fn is_range(values: &[u32]) -> bool {
    values.len() > 2 && values.windows(2).all(|pair| pair[0] + 1 == pair[1])
}

#[cfg(test)]
mod tests {
    use super::{AxisNames, Phrase as _, Syntax};
    use crate::space::{AxisId, Values};

    /// An option, or an axis of eight values.
    struct Only(bool);

    impl AxisNames for Only {
        fn axis(&self, _: AxisId) -> &'static str {
            "x"
        }
        fn value(&self, _: AxisId, value: u32) -> &'static str {
            if self.0 {
                ["no", "yes"][value as usize]
            } else {
                &"abcdefgh"[value as usize..=value as usize]
            }
        }
        fn is_option(&self, _: AxisId) -> bool {
            self.0
        }
    }

    #[test]
    fn values_of_an_axis_are_said_as_shortly_as_they_read_well() {
        let said = |values: &[u32]| {
            Syntax(&Only(false)).test(AxisId(0), &Values::of(8, values.iter().copied()))
        };
        assert_eq!(said(&[2]), "x = c");
        assert_eq!(said(&[0, 1, 2, 3, 4, 5, 7]), "x != g");
        assert_eq!(
            [said(&[1, 2]), said(&[1, 2, 3]), said(&[1, 2, 4])],
            ["x in { b, c }", "x in b..d", "x in { b, c, e }"]
        );
        assert_eq!(
            [said(&[0, 1, 6, 7]), said(&[0, 1, 7])],
            ["not x in c..f", "x in { a, b, h }"]
        );
        assert_eq!(
            [said(&[0, 2, 4, 6, 7]), said(&[0, 2, 4, 6])],
            ["not x in { b, d, f }", "x in { a, c, e, g }"]
        );
    }

    #[test]
    fn an_option_that_may_be_both_is_not_called_absent() {
        let said = |values: &[u32]| {
            Syntax(&Only(true)).test(AxisId(0), &Values::of(2, values.iter().copied()))
        };
        assert_eq!(
            [said(&[1]), said(&[0]), said(&[0, 1])],
            ["x", "not x", "x in { no, yes }"]
        );
    }
}
