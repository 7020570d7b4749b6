//! Regions in the words of the language: `service_model in { iaas, paas } and not customer_cni`.

use super::cubes::{Cube, as_cube, cover_within};
use super::{AxisId, Cond, Region, RegionStore, Values};

/// More cubes than these hardly ever turn out to be one.
const MAX_WITHOUT: usize = 8;

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
    match Said::of(store, region, free, phrase, usize::MAX) {
        Some(said) if !said.conditions.is_empty() => Some(said.text(phrase)),
        _ => None,
    }
}

/// A condition that is as simple as a cube, or as all but a cube.
#[derive(Clone, Debug, PartialEq)]
pub struct Condition {
    /// In words.
    pub text: String,
    /// The share of all situations in which it holds, from 0 to 1.
    pub share: f64,
}

/// A region, written down.
#[derive(Clone, Debug, Default)]
pub struct Said {
    /// Conditions of which one must hold, in reading order; none if the region is everything except
    /// the free situations.
    pub conditions: Vec<Condition>,
    /// The same as cubes, which may be fewer or more.
    pub cubes: Vec<Cube>,
}

impl Said {
    /// The region as the shortest conditions found, if they take at most `most` cubes.
    pub fn of(
        store: &RegionStore,
        region: Region,
        free: Region,
        phrase: &dyn Phrase,
        most: usize,
    ) -> Option<Self> {
        let outside = store.complement(region);
        let outside = store.difference(outside, free);
        if outside.is_empty() {
            let cubes = vec![Cube::default()];
            return Some(Self {
                conditions: Vec::new(),
                cubes,
            });
        }
        if let (Some(only), true) = (as_cube(store, region), free.is_empty()) {
            return Some(Self::by_cubes(store, vec![only], phrase));
        }
        let inside = Self::by_cubes(store, cover_within(store, region, free, most)?, phrase);
        // Use the exact region if that is no longer.
        let exact = cover_within(store, region, Region::NONE, most);
        let exact = exact.map(|cubes| Self::by_cubes(store, cubes, phrase));
        let length = |said: &Self| said.text(phrase).len();
        let mut conditions = match exact {
            Some(exact) if length(&exact) <= length(&inside) => exact.conditions,
            _ => inside.conditions.clone(),
        };
        let without = cover_within(store, outside, free, most.min(MAX_WITHOUT));
        if let Some([only]) = without.as_deref()
            && only.tests.len() > 1
            && let Some(text) = phrase.without(&describe_cube(only, phrase))
            && text.len() < joined(&conditions, phrase).len()
        {
            let share = store.share(region);
            conditions = vec![Condition { text, share }];
        }
        Some(Self {
            conditions,
            cubes: inside.cubes,
        })
    }

    /// These cubes, one condition each.
    pub fn by_cubes(store: &RegionStore, cubes: Vec<Cube>, phrase: &dyn Phrase) -> Self {
        let condition = |cube: &Cube| Condition {
            text: describe_cube(cube, phrase),
            share: cube.share(|axis| store.size(axis)),
        };
        Self {
            conditions: cubes.iter().map(condition).collect(),
            cubes,
        }
    }

    /// All conditions as one.
    #[must_use]
    pub fn text(&self, phrase: &dyn Phrase) -> String {
        joined(&self.conditions, phrase)
    }
}

/// Several conditions as one: one of them must hold.
#[must_use]
pub fn joined(conditions: &[Condition], phrase: &dyn Phrase) -> String {
    let texts: Vec<&str> = conditions.iter().map(|it| it.text.as_str()).collect();
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
