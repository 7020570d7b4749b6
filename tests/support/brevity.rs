//! How short the condition of a gap is: the printed form, simple alternatives, and the minimum
//! number of boxes by exhaustive search.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::subsequence;
use srmc::diagnostic::Code;

use super::conditions::situations;
use super::run_text;

/// The situations of some axes, and which of them are a gap.
#[derive(Clone)]
pub struct Space {
    /// The number of values of each axis; an axis of two is an option.
    sizes: Vec<usize>,
    /// For each situation, by the order of values and the last axis fastest.
    gap: Vec<bool>,
}

/// On each axis, the values that a box allows.
type Box = Vec<Vec<usize>>;

impl std::fmt::Debug for Space {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\n{}", self.text())
    }
}

impl Space {
    fn situations(&self) -> Vec<Vec<usize>> {
        self.sizes.iter().fold(vec![Vec::new()], |starts, &size| {
            let longer = |start: &Vec<usize>| {
                (0..size)
                    .map(|value| [start.as_slice(), &[value]].concat())
                    .collect::<Vec<_>>()
            };
            starts.iter().flat_map(longer).collect()
        })
    }

    fn of(sizes: Vec<usize>, holds: impl Fn(&[usize]) -> bool) -> Self {
        let mut space = Self {
            sizes,
            gap: Vec::new(),
        };
        space.gap = space
            .situations()
            .iter()
            .map(|situation| holds(situation))
            .collect();
        space
    }

    fn complement(&self) -> Self {
        Self {
            sizes: self.sizes.clone(),
            gap: self.gap.iter().map(|gap| !gap).collect(),
        }
    }

    /// The situations of the gap as a box; `None` if no box has exactly these.
    fn as_box(&self) -> Option<Box> {
        let inside: Vec<Vec<usize>> = self
            .situations()
            .into_iter()
            .zip(&self.gap)
            .filter(|(_, gap)| **gap)
            .map(|(it, _)| it)
            .collect();
        let values = |axis: usize| {
            (0..self.sizes[axis])
                .filter(|value| inside.iter().any(|it| it[axis] == *value))
                .collect::<Vec<_>>()
        };
        let all: Box = (0..self.sizes.len()).map(values).collect();
        (all.iter().map(Vec::len).product::<usize>() == inside.len()).then_some(all)
    }

    fn value(&self, axis: usize, value: usize) -> String {
        if self.sizes[axis] == 2 {
            ["no", "yes"][value].into()
        } else {
            format!("value{value}")
        }
    }

    /// A model with one duty, which is nobody's in exactly the gap.
    pub fn text(&self) -> String {
        let axes: String = (0..self.sizes.len())
            .map(|axis| {
                let values: Vec<String> = (0..self.sizes[axis])
                    .map(|value| self.value(axis, value))
                    .collect();
                if values.len() == 2 {
                    format!("option axis{axis}\n")
                } else {
                    format!("axis axis{axis} {{ {} }}\n", values.join(", "))
                }
            })
            .collect();
        let owned = self
            .situations()
            .into_iter()
            .zip(&self.gap)
            .filter(|(_, gap)| !**gap)
            .map(|(situation, _)| {
                let tests = situation
                    .iter()
                    .enumerate()
                    .map(|(axis, &value)| format!("axis{axis} = {}", self.value(axis, value)));
                tests.collect::<Vec<_>>().join(" and ")
            });
        let owned: Vec<String> = owned.collect();
        let claim = if owned.is_empty() {
            String::new()
        } else {
            format!("  p0 owns d when {}\n", owned.join("\n    or "))
        };
        format!("party p0\n{axes}model m {{\n  duty d\n{claim}}}\n")
    }

    /// What the compiler prints as the condition of the gap, and the number of boxes in its data.
    pub fn printed(&self) -> (String, usize) {
        let run = run_text(&self.text());
        let finding = run
            .findings
            .iter()
            .find(|finding| finding.code == Code::Gap)
            .expect("a gap");
        let situations = situations(finding).expect("situations");
        (situations.text().to_owned(), situations.cubes.len())
    }

    /// The simple ways to express the gap: a list, range or single value per axis, and everything
    /// except such a box.
    pub fn simple_ways(&self) -> Vec<String> {
        if !self.gap.contains(&false) {
            return vec!["always".into()];
        }
        let direct = self
            .as_box()
            .map(|it| self.box_ways(&it))
            .unwrap_or_default();
        let without = self
            .complement()
            .as_box()
            .map(|it| self.box_ways(&it))
            .unwrap_or_default();
        let negated = without.into_iter().map(|way| {
            if way.contains(" and ") {
                format!("not ({way})")
            } else {
                format!("not {way}")
            }
        });
        direct
            .into_iter()
            .chain(negated)
            .filter(|way| !way.contains("not not"))
            .collect()
    }

    fn box_ways(&self, it: &Box) -> Vec<String> {
        let tests = it
            .iter()
            .enumerate()
            .filter(|(axis, values)| values.len() < self.sizes[*axis]);
        tests.fold(vec![String::new()], |starts, (axis, values)| {
            let longer = |start: &String| {
                let joined = if start.is_empty() {
                    String::new()
                } else {
                    format!("{start} and ")
                };
                self.test_ways(axis, values)
                    .into_iter()
                    .map(move |test| format!("{joined}{test}"))
                    .collect::<Vec<_>>()
            };
            starts.iter().flat_map(longer).collect()
        })
    }

    fn test_ways(&self, axis: usize, values: &[usize]) -> Vec<String> {
        if self.sizes[axis] == 2 {
            return vec![if values == [1] {
                format!("axis{axis}")
            } else {
                format!("not axis{axis}")
            }];
        }
        let names: Vec<String> = values
            .iter()
            .map(|&value| self.value(axis, value))
            .collect();
        let mut ways = vec![format!("axis{axis} in {{ {} }}", names.join(", "))];
        if let [only] = names.as_slice() {
            ways.push(format!("axis{axis} = {only}"));
        }
        if names.len() + 1 == self.sizes[axis] {
            let missing = (0..self.sizes[axis])
                .find(|value| !values.contains(value))
                .expect("one is missing");
            ways.push(format!("axis{axis} != {}", self.value(axis, missing)));
        }
        // Two neighbouring values are written as a list.
        if let [first, _, .., last] = names.as_slice()
            && names.len() > 2
            && values.windows(2).all(|pair| pair[0] + 1 == pair[1])
        {
            ways.push(format!("axis{axis} in {first}..{last}"));
        }
        ways
    }

    /// The smallest number of boxes that together make up the gap, up to a limit; they may overlap.
    pub fn fewest_boxes(&self, limit: usize) -> Option<usize> {
        let situations = self.situations();
        let gap = mask(&self.gap);
        let subsets = |size: usize| {
            (1..1usize << size).map(move |bits| {
                (0..size)
                    .filter(|value| bits >> value & 1 == 1)
                    .collect::<Vec<_>>()
            })
        };
        let boxes = self.sizes.iter().fold(vec![Box::new()], |starts, &size| {
            starts
                .iter()
                .flat_map(|start| {
                    subsets(size).map(|values| [start.as_slice(), &[values]].concat())
                })
                .collect()
        });
        let reach = |it: &Box| {
            let inside: Vec<bool> = situations
                .iter()
                .map(|at| {
                    at.iter()
                        .zip(it)
                        .all(|(value, values)| values.contains(value))
                })
                .collect();
            mask(&inside)
        };
        let inside: Vec<u32> = boxes
            .iter()
            .map(reach)
            .filter(|reach| reach & !gap == 0)
            .collect();
        (0..=limit).find(|&count| can_cover(gap, &inside, count))
    }
}

fn mask(inside: &[bool]) -> u32 {
    inside
        .iter()
        .enumerate()
        .fold(0, |mask, (at, &inside)| mask | u32::from(inside) << at)
}

/// Whether at most this many of the sets cover a set; one of them must contain its first member.
fn can_cover(left: u32, sets: &[u32], count: usize) -> bool {
    let first = left & left.wrapping_neg();
    left == 0
        || count > 0
            && sets
                .iter()
                .any(|set| set & first != 0 && can_cover(left & !set, sets, count - 1))
}

/// The reading effort of a condition: one for each axis test and each value named.
pub fn weight(condition: &str) -> usize {
    let words = condition.split(|c: char| !c.is_ascii_alphanumeric());
    words
        .filter(|word| word.ends_with(|c: char| c.is_ascii_digit()))
        .count()
}

fn a_box(sizes: &[usize]) -> impl Strategy<Value = Box> + use<> {
    sizes
        .iter()
        .map(|&size| subsequence((0..size).collect::<Vec<_>>(), 1..=size))
        .collect::<Vec<_>>()
}

/// A space of these axes with a gap: a box, all but a box, some boxes, or any situations.
fn space(sizes: Vec<usize>) -> impl Strategy<Value = Space> {
    let lies_in = |it: &Box, at: &[usize]| {
        at.iter()
            .zip(it)
            .all(|(value, values)| values.contains(value))
    };
    let some = sizes.iter().product();
    let (one, without, many, scattered) =
        (sizes.clone(), sizes.clone(), sizes.clone(), sizes.clone());
    prop_oneof![
        2 => a_box(&sizes).prop_map(move |it| Space::of(one.clone(), |at| lies_in(&it, at))),
        2 => a_box(&sizes).prop_map(move |it| Space::of(without.clone(), |at| !lies_in(&it, at))),
        2 => vec(a_box(&sizes), 2..4).prop_map(move |boxes| Space::of(many.clone(), |at| boxes.iter().any(|it| lies_in(it, at)))),
        1 => vec(any::<bool>(), some..=some).prop_map(move |gap| Space { sizes: scattered.clone(), gap }),
    ]
    .prop_filter("a gap", |space| space.gap.contains(&true))
}

/// Two or three axes of three to five values, perhaps with an option.
pub fn spaces() -> impl Strategy<Value = Space> {
    vec(prop_oneof![5 => 3..=5usize, 1 => Just(2usize)], 2..=3).prop_flat_map(space)
}

/// Spaces small enough for an exhaustive search.
pub fn small_spaces() -> impl Strategy<Value = Space> {
    vec(2..=3usize, 2..=3).prop_flat_map(space)
}
