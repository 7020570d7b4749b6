//! The published schemas match the types, and outputs are valid against them.

use crate::support::{fences, files_below, golden, home, options, run_disk};
use srmc::diagnostic::json as findings;
use srmc::emit::json as matrix;
use srmc::emit::{JSON, TARGETS};

#[test]
fn schemas_are_fresh() {
    let published = [
        ("schema/findings-2.json", findings::schema()),
        ("schema/matrix-2.json", matrix::schema()),
        ("schema/manifest-1.json", srmc::project::manifest::schema()),
    ];
    for (path, schema) in published {
        let text = serde_json::to_string_pretty(&schema).expect("JSON") + "\n";
        golden(&home().join(path), &text).expect("fresh");
    }
}

fn fits(schema: &jsonschema::Validator, value: &serde_json::Value, name: &str) {
    if let Some(error) = schema.iter_errors(value).next() {
        panic!("{name}: at {}: {}", error.instance_path(), error.masked());
    }
}

#[test]
fn everything_written_fits_its_schema() {
    let documents_fit = jsonschema::validator_for(&matrix::schema()).expect("a schema");
    let told = jsonschema::validator_for(&findings::schema()).expect("a schema");
    let folder = home();
    let mut documents = 0;
    for below in ["examples", "tests/check", "tests/emit"] {
        for path in files_below(&folder.join(below), "srm") {
            let name = path
                .strip_prefix(&folder)
                .expect("below")
                .to_string_lossy()
                .into_owned();
            let mut run = run_disk(&folder, std::slice::from_ref(&name), options());
            let document = findings::document(&run.findings, &run.sources, run.models.len(), 0, 0);
            let value = serde_json::to_value(&document).expect("JSON");
            fits(&told, &value, &name);
            let matrices = run.take_matrices(None).expect("writable");
            for output in run.outputs(&matrices, &[&JSON]).expect("apart") {
                let value = serde_json::from_str(&output.text).expect("JSON");
                fits(&documents_fit, &value, &name);
                documents += 1;
            }
        }
    }
    assert!(documents > 20, "only {documents} documents");
}

#[test]
fn the_schema_of_manifests_takes_what_the_compiler_takes() {
    let schema = jsonschema::validator_for(&srmc::project::manifest::schema()).expect("a schema");
    let value = |text: &str| -> serde_json::Value { toml::from_str(text).expect("TOML") };
    let guide = std::fs::read_to_string(home().join("docs/projects.md")).expect("the guide");
    let mut manifests = 0;
    for fence in fences(&guide)
        .iter()
        .filter(|fence| fence.language() == "toml")
    {
        fits(
            &schema,
            &value(&fence.text),
            &format!("docs/projects.md:{}", fence.line),
        );
        manifests += 1;
    }
    assert!(manifests > 1, "only {manifests} manifests");
    let output = |keys: &str| value(&format!("[[output]]\npath = \"x\"\n{keys}"));
    for target in TARGETS {
        fits(
            &schema,
            &output(&format!("format = \"{}\"", target.name)),
            target.name,
        );
    }
    assert!(!schema.is_valid(&output("format = \"markdwon\"")));
    assert!(!schema.is_valid(&output("format = \"json\"\nview = \"rcai\"")));
}
