//! Bundles in the `regorus` engine.

use srmc::emit::Output;
use srmc::model::Role;

/// An engine with every policy and all data of a bundle.
pub fn engine(outputs: &[Output]) -> regorus::Engine {
    let mut engine = regorus::Engine::new();
    for output in outputs {
        if output.path.ends_with(".rego") {
            engine
                .add_policy(output.path.clone(), output.text.clone())
                .expect("a policy");
        } else if let Some(path) = output.path.strip_suffix("/data.json") {
            // The folder's path is the path of the data.
            let text = path
                .split('/')
                .skip(1)
                .collect::<Vec<_>>()
                .iter()
                .rev()
                .fold(output.text.clone(), |inner, part| {
                    format!("{{\"{part}\": {inner}}}")
                });
            engine
                .add_data(regorus::Value::from_json_str(&text).expect("JSON"))
                .expect("data");
        }
    }
    engine
}

/// A rule's value for an input; null where it is undefined.
pub fn eval(
    engine: &mut regorus::Engine,
    rule: &str,
    input: &serde_json::Value,
) -> serde_json::Value {
    engine.set_input(regorus::Value::from_json_str(&input.to_string()).expect("JSON"));
    match engine.eval_rule(rule.into()).expect("an answer") {
        regorus::Value::Undefined => serde_json::Value::Null,
        value => serde_json::from_str(&value.to_json_str().expect("JSON")).expect("JSON"),
    }
}

/// Parties `p0`, `p1`, … and their roles, sorted.
pub fn holders(held: &[serde_json::Value]) -> Vec<(usize, Role)> {
    let role = |word: &str| {
        Role::ALL
            .into_iter()
            .find(|role| role.word() == word)
            .expect("a role")
    };
    let mut holders: Vec<(usize, Role)> = held
        .iter()
        .map(|it| {
            let party = it["party"]
                .as_str()
                .expect("a party")
                .trim_start_matches('p');
            (
                party.parse().expect("a number"),
                role(it["role"].as_str().expect("a role")),
            )
        })
        .collect();
    holders.sort_unstable();
    holders
}

/// The answers of the real OPA to queries, each with a rule and an input.
pub fn ask_opa(
    outputs: &[Output],
    queries: &[(&str, &serde_json::Value)],
) -> Vec<serde_json::Value> {
    let folder = tempfile::tempdir().expect("a folder");
    for output in outputs {
        let path = folder.path().join(&output.path);
        std::fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        std::fs::write(path, &output.text).expect("written");
    }
    let queries: Vec<serde_json::Value> = queries
        .iter()
        .map(|(rule, input)| serde_json::json!({ "query": rule, "input": input }))
        .collect();
    let request = serde_json::json!({ "bundle": folder.path().join("policy"), "queries": queries });
    let file = folder.path().join("queries.json");
    std::fs::write(&file, request.to_string()).expect("written");
    let run = std::process::Command::new("python3")
        .arg(super::home().join("tests/opa/run.py"))
        .arg("--eval")
        .arg(&file)
        .output();
    let run = run.expect("python3");
    assert!(
        run.status.success(),
        "{}",
        String::from_utf8_lossy(&run.stderr)
    );
    serde_json::from_slice(&run.stdout).expect("JSON")
}
