//! Laws, on random models: the check against a judge that lists every situation, and the policy
//! against the check. `PROPTEST_CASES=1000000` runs them longer.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "tests may fail loudly")]
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    clippy::struct_excessive_bools,
    clippy::needless_pass_by_value,
    reason = "short tests"
)]

#[path = "support/judge.rs"]
mod judge;
#[path = "support/random.rs"]
mod random;
mod support;

use std::collections::BTreeMap;

use judge::{Verdict, judge as verdict_of};
use proptest::prelude::*;
use random::{Spec, sound, spec};
use srmc::check::Checked;
use srmc::diagnostic::{Code, Diagnostic};
use srmc::emit::Target;
use srmc::model::{PartyId, Role};
use support::{drawn, run_text};

/// How many models a run tries; proptest's own default is too few for a checker.
const CASES: u32 = 10_000;

fn cases(default: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(default);
    ProptestConfig { cases, failure_persistence: None, max_shrink_iters: 5_000, ..ProptestConfig::default() }
}

/// The engine's answer for one duty in one situation.
fn engine(
    checked: &Checked,
    findings: &[Diagnostic],
    duty: usize,
    path: &str,
    situation: &[usize],
    named: &[(String, String)],
) -> Option<Verdict> {
    let point: Vec<u32> = situation.iter().map(|&value| u32::try_from(value).expect("small")).collect();
    let standing = &checked.standings[duty];
    if !checked.regions.contains(standing.exists(), &point) {
        return None;
    }
    let mut verdict = Verdict::default();
    for stake in standing.stakes.iter().filter(|stake| checked.regions.contains(stake.region, &point)) {
        for PartyId(party) in &stake.of(&checked.model).parties {
            for role in stake.roles.iter() {
                if !verdict.holders.contains(&(*party as usize, role)) {
                    verdict.holders.push((*party as usize, role));
                }
            }
        }
    }
    verdict.holders.sort_unstable();
    let told = |code: Code| {
        let of_duty =
            findings.iter().filter(|it| it.code == code && it.subject.as_ref().is_some_and(|about| about.duty.as_deref() == Some(path)));
        let mut regions = of_duty.flat_map(|it| it.subject.iter().flat_map(|about| &about.situations).flat_map(|it| &it.regions));
        regions.any(|region| region.iter().all(|(axis, values)| named.iter().any(|(known, value)| known == axis && values.contains(value))))
    };
    verdict.gap = told(Code::Gap);
    verdict.gap_responsible = told(Code::GapResponsible);
    verdict.gap_accountable = told(Code::GapAccountable);
    verdict.overlap = told(Code::Overlap);
    verdict.contradiction = told(Code::Contradiction);
    verdict.redundant = told(Code::Redundant);
    let decides = |claim| checked.model.claim(claim).decides();
    verdict.filled = standing.filled.iter().any(|(claim, region)| decides(*claim) && checked.regions.contains(*region, &point));
    Some(verdict)
}

proptest! {
    #![proptest_config(cases(CASES))]

    #[test]
    fn the_check_agrees_with_the_naive_judge(spec in spec()) {
        let text = spec.text();
        let run = run_text(&text);
        let checked = &run.models[0];
        // A model without a possible situation is not judged further.
        prop_assume!(!run.findings.iter().any(|it| it.code == Code::NoSituation));
        prop_assert_eq!(checked.unchecked, 0, "{}\n{}", text, drawn(&run));
        for situation in spec.situations() {
            for duty in 0..spec.duties.len() {
                let named = spec.named(&situation);
                let path = spec.path(duty);
                let expected = verdict_of(&spec, duty, &situation);
                let found = engine(checked, &run.findings, duty, &path, &situation, &named);
                prop_assert_eq!(&found, &expected, "{} at {:?} in\n{}\n{}", path, named, text, drawn(&run));
            }
        }
    }
}

/// The regions of a written model are disjoint and cover exactly the situations in which a duty exists.
fn regions_partition(spec: &Spec, document: &serde_json::Value) -> Result<(), TestCaseError> {
    let mut duties: BTreeMap<String, &serde_json::Value> = BTreeMap::new();
    let mut todo: Vec<&serde_json::Value> = document["contents"].as_array().into_iter().flatten().collect();
    while let Some(node) = todo.pop() {
        match node["kind"].as_str() {
            Some("duty") => {
                duties.insert(node["path"].as_str().unwrap_or_default().into(), node);
            }
            _ => todo.extend(node["contents"].as_array().into_iter().flatten()),
        }
    }
    for situation in spec.situations() {
        let named: BTreeMap<String, String> = spec.named(&situation).into_iter().collect();
        let inside = |region: &serde_json::Value| {
            let tests = region.as_object().into_iter().flatten();
            tests.clone().all(|(axis, values)| {
                values.as_array().is_some_and(|values| values.iter().any(|value| value.as_str() == named.get(axis).map(String::as_str)))
            })
        };
        for (duty, exists) in spec.duties.iter().enumerate() {
            let possible = !spec.impossible.iter().any(|cond| cond.holds(&situation));
            let holdings = duties[&spec.path(duty)]["holdings"].as_array();
            let count = holdings
                .into_iter()
                .flatten()
                .flat_map(|held| held["when"].as_array().into_iter().flatten())
                .filter(|region| inside(region))
                .count();
            let expected = usize::from(exists.holds(&situation));
            prop_assert!(!possible || count == expected, "{count} regions of {} hold {named:?} in\n{}", spec.path(duty), spec.text());
            prop_assert!(count <= 1, "regions overlap at {named:?} in\n{}", spec.text());
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn the_policy_agrees_with_the_judge(spec in sound()) {
        let text = spec.text();
        let mut run = run_text(&text);
        let mut matrices = run.take_matrices(None).expect("few regions");
        // Only a model in which every duty exists somewhere is written.
        prop_assume!(!matrices.is_empty());
        let outputs = run.outputs(&mut matrices, &[Target::Json, Target::Rego]).expect("apart");
        let document = serde_json::from_str(&outputs[0].text).expect("JSON");
        regions_partition(&spec, &document)?;
        let mut engine = support::rego::engine(&outputs);
        for situation in spec.situations() {
            // The policy knows the axes that some statement names.
            let axes = document["axes"].as_array().into_iter().flatten();
            let known: Vec<&str> = axes.filter_map(|axis| axis["name"].as_str()).collect();
            let named: BTreeMap<String, String> = spec.named(&situation).into_iter().filter(|(axis, _)| known.contains(&axis.as_str())).collect();
            let possible = !spec.impossible.iter().any(|cond| cond.holds(&situation));
            for duty in 0..spec.duties.len() {
                let path = spec.path(duty);
                let given = verdict_of(&spec, duty, &situation).map_or(Vec::new(), |verdict| verdict.holders);
                let input = serde_json::json!({ "duty": path, "situation": named });
                let held = support::rego::eval(&mut engine, "data.srm.m.holders", &input);
                let found: Option<Vec<(usize, Role)>> = held.as_array().map(|held| support::rego::holders(held));
                prop_assert_eq!(&found, &possible.then(|| given.clone()), "{} at {:?} in\n{}", path, named, text);
                let every = || (0..random::PARTIES).flat_map(|party| Role::ALL.map(|role| (party, role)));
                let claims: Vec<serde_json::Value> = every()
                    .map(|(party, role)| serde_json::json!({ "party": format!("p{party}"), "duty": path, "role": role.word(), "situation": named }))
                    .collect();
                let denied = support::rego::eval(&mut engine, "data.srm.m.deny", &serde_json::json!({ "claims": claims }));
                let mut denied = support::rego::holders(denied.as_array().expect("a list"));
                denied.dedup();
                let expected: Vec<(usize, Role)> = every().filter(|held| !given.contains(held)).collect();
                prop_assert_eq!(&denied, &expected, "{} at {:?} in\n{}", path, named, text);
            }
        }
    }
}
