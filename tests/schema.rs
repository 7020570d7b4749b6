//! The published schemas are those of the types, and what is written fits them.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "tests may fail loudly")]
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    clippy::struct_excessive_bools,
    clippy::needless_pass_by_value,
    reason = "short tests"
)]

mod support;

use srmc::diagnostic::json::{self as findings, Findings};
use srmc::emit::Target;
use srmc::emit::json::Document;
use support::{files_below, golden, home, options, run_disk};

fn schema<T: schemars::JsonSchema>(id: &str) -> serde_json::Value {
    let settings = schemars::generate::SchemaSettings::draft2020_12().for_serialize();
    let mut schema = serde_json::to_value(settings.into_generator().into_root_schema_for::<T>()).expect("JSON");
    schema["$id"] = id.into();
    schema
}

#[test]
fn schemas_are_fresh() {
    let published = [
        ("schema/findings-1.json", schema::<Findings>(findings::SCHEMA)),
        ("schema/matrix-1.json", schema::<Document>(srmc::emit::json::SCHEMA)),
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
    let matrix = jsonschema::validator_for(&schema::<Document>(srmc::emit::json::SCHEMA)).expect("a schema");
    let told = jsonschema::validator_for(&schema::<Findings>(findings::SCHEMA)).expect("a schema");
    let folder = home();
    let mut documents = 0;
    for below in ["examples", "tests/check", "tests/emit"] {
        for path in files_below(&folder.join(below), "srm") {
            let name = path.strip_prefix(&folder).expect("below").to_string_lossy().into_owned();
            let mut run = run_disk(&folder, std::slice::from_ref(&name), options());
            let document = findings::document(&run.findings, &run.sources, run.models.len(), 0, 0);
            let value = serde_json::to_value(&document).expect("JSON");
            fits(&told, &value, &name);
            let mut matrices = run.take_matrices(None).expect("writable");
            for output in run.outputs(&mut matrices, &[Target::Json]).expect("apart") {
                let value = serde_json::from_str(&output.text).expect("JSON");
                fits(&matrix, &value, &name);
                documents += 1;
            }
        }
    }
    assert!(documents > 20, "only {documents} documents");
}
