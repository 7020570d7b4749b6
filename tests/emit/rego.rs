//! Every bundle's own tests, in the `regorus` engine; a real OPA runs them in `.ci/run`.

use crate::support::{files_below, home, options, run_disk};
use srmc::emit::{Output, REGO};

/// The bundle of the models of one file.
fn bundle(name: &str) -> Vec<Output> {
    let mut run = run_disk(&home(), &[name.to_owned()], options());
    let matrices = run.take_matrices(None).expect("writable");
    run.outputs(&matrices, &[&REGO]).expect("apart")
}

/// The package and the test rules of a policy.
fn tests_of(output: &Output) -> (String, Vec<String>) {
    let package = output
        .text
        .lines()
        .find_map(|line| line.strip_prefix("package "))
        .expect("a package");
    let rules = output.text.lines().filter(|line| line.starts_with("test_"));
    (
        package.to_owned(),
        rules
            .map(|line| line.split(' ').next().expect("a name").to_owned())
            .collect(),
    )
}

#[test]
fn every_bundle_passes_its_own_tests() {
    let mut passed = 0;
    for below in ["examples", "tests/emit"] {
        for path in files_below(&home().join(below), "srm") {
            let name = path
                .strip_prefix(home())
                .expect("below")
                .to_string_lossy()
                .into_owned();
            let outputs = bundle(&name);
            if outputs.is_empty() {
                continue;
            }
            let mut engine = crate::support::rego::engine(&outputs);
            for output in outputs
                .iter()
                .filter(|output| output.path.ends_with("_test.rego"))
            {
                let (package, rules) = tests_of(output);
                assert!(!rules.is_empty(), "{name} has no tests");
                for rule in rules {
                    let held = crate::support::rego::eval(
                        &mut engine,
                        &format!("data.{package}.{rule}"),
                        &serde_json::json!({}),
                    );
                    assert_eq!(held, serde_json::Value::Bool(true), "{name}: {rule}");
                    passed += 1;
                }
            }
        }
    }
    assert!(passed > 200, "only {passed} tests");
}

/// What `deny` says of one claim, as its codes.
fn denied(engine: &mut regorus::Engine, claim: serde_json::Value) -> Vec<String> {
    let found = crate::support::rego::eval(
        engine,
        "data.srm.saas.deny",
        &serde_json::json!({ "claims": [claim] }),
    );
    let mut codes: Vec<String> = found
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| it["code"].as_str().expect("a code").to_owned())
        .collect();
    codes.sort();
    codes
}

#[test]
fn claims_are_denied_for_the_right_reason() {
    let mut engine = crate::support::rego::engine(&bundle("tests/emit/features.srm"));
    let all = serde_json::json!({ "plan": "team", "region": "eu", "byok": "no" });
    let claim = |party: &str, duty: &str, role: &str, situation: &serde_json::Value| serde_json::json!({ "party": party, "duty": duty, "role": role, "situation": situation });
    let no_codes: [&str; 0] = [];
    assert_eq!(
        denied(
            &mut engine,
            claim("vendor", "keys.custody", "responsible", &all)
        ),
        no_codes
    );
    assert_eq!(
        denied(
            &mut engine,
            claim("tenant", "keys.custody", "responsible", &all)
        ),
        ["not_given"]
    );
    assert_eq!(
        denied(
            &mut engine,
            claim("acme", "keys.custody", "responsible", &all)
        ),
        ["unknown_party"]
    );
    assert_eq!(
        denied(
            &mut engine,
            claim("vendor", "keys.custard", "responsible", &all)
        ),
        ["unknown_duty"]
    );
    assert_eq!(
        denied(&mut engine, claim("vendor", "keys.custody", "owner", &all)),
        ["unknown_role"]
    );
    let situation = serde_json::json!({ "plan": "gold", "planet": "mars", "byok": "no" });
    assert_eq!(
        denied(
            &mut engine,
            claim("vendor", "keys.custody", "responsible", &situation)
        ),
        ["unknown_axis", "unknown_value"]
    );
    let situation = serde_json::json!({ "plan": "free", "byok": "yes" });
    assert_eq!(
        denied(
            &mut engine,
            claim("vendor", "keys.custody", "responsible", &situation)
        ),
        ["impossible_situation"]
    );
    assert_eq!(
        denied(
            &mut engine,
            claim(
                "vendor",
                "keys.custody",
                "responsible",
                &serde_json::json!({})
            )
        ),
        ["open_situation"]
    );
    // On the free plan nobody can bring keys, so the option can be omitted.
    let situation = serde_json::json!({ "plan": "free" });
    assert_eq!(
        denied(
            &mut engine,
            claim("vendor", "keys.custody", "responsible", &situation)
        ),
        no_codes
    );
    assert_eq!(
        denied(&mut engine, serde_json::json!("vendor")),
        ["malformed"]
    );
    let none =
        crate::support::rego::eval(&mut engine, "data.srm.saas.deny", &serde_json::json!({}));
    assert_eq!(none[0]["code"], "malformed");
}

#[test]
fn answers_are_undefined_rather_than_wrong() {
    let mut engine = crate::support::rego::engine(&bundle("tests/emit/features.srm"));
    for input in [
        serde_json::json!({}),
        serde_json::json!({ "duty": "keys.custody" }),
        serde_json::json!({ "duty": "keys.custody", "situation": {} }),
        serde_json::json!({ "duty": "keys.custody", "situation": { "plan": "free", "byok": "yes" } }),
        serde_json::json!({ "duty": "nothing", "situation": { "plan": "free" } }),
        serde_json::json!({ "duty": "keys.custody", "situation": "free" }),
    ] {
        assert_eq!(
            crate::support::rego::eval(&mut engine, "data.srm.saas.holders", &input),
            serde_json::Value::Null,
            "{input}"
        );
    }
}

#[test]
fn missing_evidence_is_listed() {
    let mut engine = crate::support::rego::engine(&bundle("tests/emit/features.srm"));
    let situation = serde_json::json!({ "plan": "team", "region": "us", "byok": "no" });
    let mut missing = |evidence: serde_json::Value| -> Vec<String> {
        let input = serde_json::json!({ "situation": situation, "evidence": evidence });
        let found = crate::support::rego::eval(&mut engine, "data.srm.saas.missing", &input);
        found
            .as_array()
            .expect("a list")
            .iter()
            .map(|it| format!("{} {}", it["party"], it["duty"]).replace('"', ""))
            .collect()
    };
    let all = missing(serde_json::json!([]));
    assert!(all.contains(&"vendor keys.custody".to_owned()), "{all:?}");
    let proof =
        serde_json::json!([{ "party": "vendor", "duty": "keys.custody", "situation": situation }]);
    assert_eq!(missing(proof).len(), all.len() - 1);
    let elsewhere = serde_json::json!([{ "party": "vendor", "duty": "keys.custody", "situation": { "plan": "team", "byok": "yes" } }]);
    assert_eq!(missing(elsewhere).len(), all.len());
}
