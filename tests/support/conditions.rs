//! The situations that a finding prints, parsed by the compiler itself.

use std::collections::BTreeSet;

use proptest::prelude::*;
use srmc::diagnostic::{Diagnostic, Situations};

use super::answer::lies_in;
use super::random::Spec;
use super::{drawn, run_text};

/// A set of situations of a model.
pub type Set = BTreeSet<Vec<usize>>;

/// The situations of some conditions, each parsed as the `when` of a duty.
pub fn read_back(spec: &Spec, conditions: &[&str]) -> Result<Vec<Set>, TestCaseError> {
    let when = |text: &str| {
        if text == "always" {
            String::new()
        } else {
            format!(" when {text}")
        }
    };
    let duties = conditions
        .iter()
        .enumerate()
        .map(|(at, text)| format!("  duty x{at}{}\n", when(text)));
    let text = format!(
        "{}model m {{\n{}}}\n",
        spec.axes_text(),
        duties.collect::<String>()
    );
    let run = run_text(&text);
    let checked = &run.models[0];
    prop_assert_eq!(
        checked.model.duties.len(),
        conditions.len(),
        "{}\n{}",
        text,
        drawn(&run)
    );
    prop_assert!(
        !checked.model.duties.iter().any(|duty| duty.uncertain),
        "{text}\n{}",
        drawn(&run)
    );
    let sets = checked.model.duties().map(|(duty, _)| {
        let point = |situation: &[usize]| {
            situation
                .iter()
                .map(|&value| u32::try_from(value).expect("small"))
                .collect::<Vec<_>>()
        };
        spec.situations()
            .into_iter()
            .filter(|it| checked.store().contains(checked.exists(duty), &point(it)))
            .collect()
    });
    Ok(sets.collect())
}

/// A finding's situations: as a condition, as data and as an example.
pub fn situations(finding: &Diagnostic) -> Option<&Situations> {
    finding.subject.as_ref()?.situations.as_ref()
}

/// The situations of the regions of a finding.
pub fn of_regions(spec: &Spec, situations: &Situations) -> Set {
    let inside = |it: &Vec<usize>| {
        situations
            .cubes
            .iter()
            .any(|region| lies_in(region, &spec.named(it)))
    };
    spec.situations().into_iter().filter(inside).collect()
}

/// The situations that fit an example, which names every axis that matters.
pub fn of_example(spec: &Spec, situations: &Situations) -> Set {
    let fits = |it: &Vec<usize>| {
        situations
            .example
            .iter()
            .all(|test| spec.named(it).contains(test))
    };
    spec.situations().into_iter().filter(fits).collect()
}
