//! The examples behave as their pages say, and their stored outputs are up to date.
//! `INSTA_UPDATE=always` rewrites the outputs.

use std::fs;

use crate::support::{codes, drawn, golden, home, names_in, options, run_disk, run_text};
use srmc::diagnostic::Code;
use srmc::emit::{HTML, JSON, MARKDOWN, REGO, Target};

/// The sources of one example, by name.
fn sources(example: &str) -> Vec<String> {
    let mut names = names_in(&home().join("examples").join(example));
    names.retain(|name| name.ends_with(".srm"));
    names
}

fn examples() -> Vec<String> {
    names_in(&home().join("examples"))
}

/// The outputs stored for an example. HTML pages are large, so they are stored for three examples
/// only.
fn targets(example: &str) -> Vec<&'static Target> {
    let mut kept = vec![&JSON, &MARKDOWN, &REGO];
    kept.extend(["oci", "azure", "rosa"].contains(&example).then_some(&HTML));
    kept
}

#[test]
fn outputs_are_fresh() {
    let mut stale = Vec::new();
    for example in examples() {
        let folder = home().join("examples").join(&example);
        let mut run = run_disk(&folder, &sources(&example), options());
        let report = drawn(&run) + "\n";
        stale.extend(golden(&folder.join("out/findings.txt"), &report).err());
        let matrices = run.take_matrices(None).expect("writable");
        assert!(!matrices.is_empty(), "{example} writes nothing");
        for output in run.outputs(&matrices, &targets(&example)).expect("apart") {
            stale.extend(golden(&folder.join("out").join(&output.path), &output.text).err());
        }
    }
    assert!(stale.is_empty(), "{}", stale.join("\n"));
}

#[test]
fn every_example_has_a_page() {
    for example in examples() {
        let page = fs::read_to_string(home().join("examples").join(&example).join("README.md"))
            .expect("a page");
        assert!(page.contains("## What the compiler found"), "{example}");
    }
}

#[test]
fn only_the_contradiction_in_azure_fails() {
    for example in examples() {
        for name in sources(&example) {
            let run = run_disk(
                &home().join("examples").join(&example),
                std::slice::from_ref(&name),
                options(),
            );
            let failing = name == "azure-retained.srm";
            let errors: Vec<Code> = run
                .findings
                .iter()
                .filter(|it| it.severity == srmc::diagnostic::Severity::Error)
                .map(|it| it.code)
                .collect();
            assert_eq!(
                errors,
                if failing {
                    vec![Code::EnsureFails]
                } else {
                    vec![]
                },
                "{name}:\n{}",
                drawn(&run)
            );
        }
    }
}

#[test]
fn azure_contradicts_its_own_list_at_one_cell() {
    let run = run_disk(
        &home().join("examples/azure"),
        &["azure-retained.srm".into()],
        options(),
    );
    insta::assert_snapshot!(drawn(&run));
}

#[test]
fn one_broken_cell_of_service_models_is_named() {
    let text = fs::read_to_string(home().join("examples/service-models/service-models.srm"))
        .expect("a file");
    let row = text
        .lines()
        .find(|line| line.contains("| operating_system"))
        .expect("a row");
    let broken = row.replacen("provider[2]", "customer   ", 1);
    assert_ne!(row, broken);
    let run = run_text(&text.replace(row, &broken));
    assert!(codes(&run).contains(&Code::Shrinks));
    insta::assert_snapshot!(drawn(&run));
}
