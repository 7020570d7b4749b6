//! Property tests on duties with many claims that overlap, leave gaps and repeat each other: whether
//! there is a gap, and which pairs overlap, is decided exactly, compared with a list of every
//! situation; what is told of them lies in them.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::collection::vec;
use proptest::prelude::*;
use srmc::diagnostic::{Code, Diagnostic, Facts};

use crate::support::answer::lies_in;
use crate::support::{drawn, run_text};

/// A claim: a party, and on some axes the values that it allows.
#[derive(Clone, Debug)]
struct Claim {
    party: usize,
    tests: Vec<(usize, BTreeSet<usize>)>,
}

/// A space of equal axes, and the claims on one duty.
#[derive(Clone, Debug)]
struct Dense {
    axes: usize,
    values: usize,
    claims: Vec<Claim>,
}

impl Claim {
    fn holds(&self, situation: &[usize]) -> bool {
        self.tests
            .iter()
            .all(|(axis, values)| values.contains(&situation[*axis]))
    }
}

impl Dense {
    fn text(&self) -> String {
        let mut text = String::from("party p0\nparty p1\nparty p2\n");
        let values: Vec<String> = (0..self.values).map(|value| format!("v{value}")).collect();
        for axis in 0..self.axes {
            let _ = writeln!(text, "axis x{axis} {{ {} }}", values.join(", "));
        }
        text.push_str("model m {\n  duty d\n");
        for claim in &self.claims {
            let test = |(axis, values): &(usize, BTreeSet<usize>)| {
                let values: Vec<String> = values.iter().map(|value| format!("v{value}")).collect();
                format!("x{axis} in {{ {} }}", values.join(", "))
            };
            let tests: Vec<String> = claim.tests.iter().map(test).collect();
            let when = if tests.is_empty() {
                String::new()
            } else {
                format!(" when {}", tests.join(" and "))
            };
            let _ = writeln!(text, "  p{} owns d{when}", claim.party);
        }
        text.push_str("}\n");
        text
    }

    fn situations(&self) -> Vec<Vec<usize>> {
        (0..self.axes).fold(vec![Vec::new()], |starts, _| {
            let longer = |start: &Vec<usize>| -> Vec<Vec<usize>> {
                (0..self.values)
                    .map(|value| [start.as_slice(), &[value]].concat())
                    .collect()
            };
            starts.iter().flat_map(longer).collect()
        })
    }

    /// How many pairs of claims give the duty to two parties somewhere.
    fn pairs(&self, situations: &[Vec<usize>]) -> usize {
        let meet = |a: &Claim, b: &Claim| situations.iter().any(|it| a.holds(it) && b.holds(it));
        let before = |at: usize| self.claims[..at].iter();
        let met = |at: usize| {
            let own = &self.claims[at];
            before(at)
                .filter(|other| other.party != own.party && meet(other, own))
                .count()
        };
        (0..self.claims.len()).map(met).sum()
    }
}

fn dense(
    axes: usize,
    values: usize,
    claims: std::ops::Range<usize>,
) -> impl Strategy<Value = Dense> {
    let some = proptest::sample::subsequence((0..values).collect::<Vec<_>>(), 1..values);
    let tests = (
        proptest::sample::subsequence((0..axes).collect::<Vec<_>>(), 0..=3),
        vec(some, 3),
    );
    let claim = (0..3usize, tests).prop_map(|(party, (axes, values))| {
        let values = values
            .into_iter()
            .map(|values| values.into_iter().collect());
        Claim {
            party,
            tests: axes.into_iter().zip(values).collect(),
        }
    });
    vec(claim, claims).prop_map(move |claims| Dense {
        axes,
        values,
        claims,
    })
}

/// Whether a finding says that it holds in a situation.
fn tells(finding: &Diagnostic, situation: &[usize]) -> bool {
    let cubes = finding.situations().into_iter().flat_map(|it| &it.cubes);
    let named = situation.iter().enumerate();
    let named = named.map(|(axis, value)| (format!("x{axis}"), format!("v{value}")));
    let named: Vec<(String, String)> = named.collect();
    cubes.into_iter().any(|cube| lies_in(cube, &named))
}

fn agrees(it: &Dense) -> Result<(), TestCaseError> {
    let text = it.text();
    let run = run_text(&text);
    let told = || format!("{text}\n{}", drawn(&run));
    let situations = it.situations();
    let of = |code: Code| -> Vec<&Diagnostic> {
        run.findings.iter().filter(|it| it.code == code).collect()
    };
    prop_assert!(of(Code::NotDecided).is_empty(), "{}", told());
    let parties = |situation: &Vec<usize>| {
        let held = it.claims.iter().filter(|claim| claim.holds(situation));
        held.map(|claim| claim.party).collect::<BTreeSet<_>>().len()
    };
    for (code, holds) in [
        (
            Code::Gap,
            &(|count: usize| count == 0) as &dyn Fn(usize) -> bool,
        ),
        (Code::Overlap, &|count| count > 1),
    ] {
        let findings = of(code);
        let is_whole = !findings
            .iter()
            .any(|it| it.situations().is_some_and(|it| it.more));
        prop_assert_eq!(
            findings.is_empty(),
            !situations.iter().any(|it| holds(parties(it))),
            "{}",
            told()
        );
        for situation in &situations {
            let tells = findings.iter().any(|it| tells(it, situation));
            let meant = holds(parties(situation));
            prop_assert!(
                tells == meant || meant && !is_whole,
                "{} at {:?}: {}",
                code.id(),
                situation,
                told()
            );
        }
        for it in findings {
            prop_assert!(it.message.chars().count() <= 300, "{}", it.message);
            let is_somewhere = situations.iter().any(|situation| tells(it, situation));
            prop_assert!(is_somewhere, "{}: {}", it.message, told());
        }
    }
    for finding in of(Code::Overlap) {
        if let Facts::Many { count } = finding.facts {
            let pairs = it.pairs(&situations);
            // Up to so many, pairs in the same situations are one clash.
            prop_assert!(
                count <= pairs && (count <= 64 || count == pairs),
                "{} of {}: {}",
                count,
                pairs,
                told()
            );
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(super::laws::cases(300))]

    #[test]
    fn many_claims_on_a_small_space_are_decided(it in dense(3, 4, 1..40)) {
        agrees(&it)?;
    }
}

proptest! {
    #![proptest_config(super::laws::cases(30))]

    #[test]
    fn many_claims_on_a_large_space_are_decided(it in dense(7, 3, 8..30)) {
        agrees(&it)?;
    }
}
