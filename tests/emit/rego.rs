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

/// Whatever is asked, no silence reads as consent: not of a situation that several statements exclude
/// together, not of input of another shape, not without the data.
#[test]
fn nothing_is_allowed_by_silence() {
    use serde_json::json;
    let outputs = bundle("tests/emit/excluded.srm");
    let mut engine = crate::support::rego::engine(&outputs);
    let claim = |situation: serde_json::Value| json!([{ "party": "p", "duty": "d", "role": "responsible", "situation": situation }]);
    // Excluded with the option by one statement and without it by the other, with the third axis open or not.
    for situation in [
        json!({ "b": "yes", "c": "yes" }),
        json!({ "a": "yes", "b": "yes" }),
        json!({ "a": "no", "c": "yes" }),
        json!({ "a": "no", "b": "yes", "c": "yes" }),
        json!({ "plan": "gold", "b": "yes", "c": "yes" }),
    ] {
        let input =
            json!({ "claims": claim(situation.clone()), "duty": "d", "situation": situation });
        let codes = |answer: serde_json::Value| -> Vec<String> {
            let findings = answer.as_array().cloned().unwrap_or_default();
            findings
                .iter()
                .map(|it| it["code"].as_str().unwrap_or_default().to_owned())
                .collect()
        };
        let mut eval = |rule: &str| crate::support::rego::eval(&mut engine, rule, &input);
        assert_eq!(
            codes(eval("data.srm.imp.deny")),
            ["impossible_situation"],
            "{input}"
        );
        assert_eq!(
            codes(eval("data.srm.imp.missing")),
            ["impossible_situation"],
            "{input}"
        );
        assert_eq!(
            eval("data.srm.imp.holders"),
            serde_json::Value::Null,
            "{input}"
        );
        assert_eq!(
            eval("data.srm.imp.state"),
            serde_json::Value::Null,
            "{input}"
        );
    }
    // One more axis is open, and some situation is possible.
    let input =
        json!({ "claims": claim(json!({ "b": "yes" })), "duty": "d", "situation": { "b": "yes" } });
    let mut eval = |rule: &str| crate::support::rego::eval(&mut engine, rule, &input);
    assert_eq!(eval("data.srm.imp.deny"), json!([]));
    assert_eq!(eval("data.srm.imp.state"), json!("held"));
    for shape in [
        json!(null),
        json!(7),
        json!("all"),
        json!([]),
        json!([[]]),
        json!({ "b": null }),
        json!({ "b": ["yes"] }),
    ] {
        for input in [
            shape.clone(),
            json!({ "situation": shape, "claims": claim(shape.clone()), "evidence": [] }),
            json!({ "situation": {}, "claims": shape, "evidence": shape }),
            json!({ "situation": {}, "claims": [shape], "evidence": [shape] }),
        ] {
            for rule in ["deny", "missing"] {
                let answer = crate::support::rego::eval(
                    &mut engine,
                    &format!("data.srm.imp.{rule}"),
                    &input,
                );
                // An empty list of claims claims nothing.
                let nothing = rule == "deny" && input["claims"] == json!([]);
                let told = answer.as_array().is_some_and(|list| !list.is_empty());
                assert!(told || nothing, "{rule} of {input} is {answer}");
            }
        }
    }
    let mut bare = regorus::Engine::new();
    let policy = outputs
        .iter()
        .find(|it| it.path.ends_with("/policy.rego"))
        .expect("a policy");
    bare.add_policy(policy.path.clone(), policy.text.clone())
        .expect("a policy");
    for rule in ["deny", "missing"] {
        let rule = format!("data.srm.imp.{rule}");
        let answer = crate::support::rego::eval(&mut bare, &rule, &json!({ "claims": [] }));
        assert_eq!(answer[0]["code"], "no_model");
    }
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
