//! The outputs for the models of `tests/emit`, as real files, one folder per target.
//! `INSTA_UPDATE=always` rewrites them.

mod escape;
mod rego;
mod schema;

use crate::support::{golden, home, options, run_disk};
use srmc::emit::{HTML, JSON, MARKDOWN, Output, REGO, Target};

const TARGETS: [&Target; 4] = [&JSON, &MARKDOWN, &HTML, &REGO];

fn written(case: &str) -> Vec<Output> {
    let mut run = run_disk(
        &home().join("tests/emit"),
        &[format!("{case}.srm")],
        options(),
    );
    let matrices = run.take_matrices(None).expect("writable");
    run.outputs(&matrices, &TARGETS).expect("apart")
}

#[test]
fn outputs_are_as_blessed() {
    let mut stale = Vec::new();
    for case in ["features", "hostile", "wide"] {
        let outputs = written(case);
        assert!(!outputs.is_empty(), "{case} writes nothing");
        // HTML pages are large, so only these two are stored.
        for output in outputs
            .iter()
            .filter(|output| case != "wide" || !output.path.ends_with(".html"))
        {
            stale.extend(
                golden(
                    &home().join("tests/emit/out").join(case).join(&output.path),
                    &output.text,
                )
                .err(),
            );
        }
    }
    assert!(stale.is_empty(), "{}", stale.join("\n"));
}

#[test]
fn the_same_sources_give_the_same_bytes() {
    assert_eq!(written("features"), written("features"));
}

#[test]
fn every_output_ends_in_one_newline_and_has_no_carriage_return() {
    for output in written("hostile") {
        assert!(
            output.text.ends_with('\n')
                && !output.text.ends_with("\n\n")
                && !output.text.contains('\r'),
            "{}",
            output.path
        );
    }
}

#[test]
fn a_faulty_model_writes_nothing_and_spares_the_others() {
    let text = "party a\nmodel good {\n  duty d\n  a owns d\n}\nmodel bad {\n  duty e\n}\n";
    let mut run = crate::support::run_text(text);
    let matrices = run.take_matrices(None).expect("writable");
    let names: Vec<&str> = matrices
        .iter()
        .map(|matrix| matrix.model().decl.name.as_str())
        .collect();
    assert_eq!(names, ["good"]);
}

/// A name that two elements of a page bear leads to the wrong one, and says the wrong thing of it.
#[test]
fn ids_of_a_page_are_unique() {
    let pages = crate::support::files_below(&home(), "html");
    let pages = pages.into_iter().filter(|path| {
        let below = path.strip_prefix(home()).expect("below");
        below.starts_with("examples") || below.starts_with("tests")
    });
    let mut count = 0;
    for path in pages {
        let text = std::fs::read_to_string(&path).expect("a page");
        let page = scraper::Html::parse_document(&text);
        let selector = scraper::Selector::parse("[id]").expect("a selector");
        let mut known = std::collections::BTreeSet::new();
        for element in page.select(&selector) {
            let id = element.value().id().unwrap_or_default();
            assert!(known.insert(id), "{} has {id} twice", path.display());
        }
        count += 1;
    }
    assert!(count >= 5, "{count}");
}

#[test]
fn models_that_would_collide_are_refused() {
    let told = |one: &str, other: &str, target: &'static Target| {
        let model = |name: &str| format!("model {name} {{\n  duty d\n  a owns d\n}}\n");
        let text = format!("party a\n{}{}", model(one), model(other));
        let mut run = crate::support::run_text(&text);
        let matrices = run.take_matrices(None).expect("two names");
        run.outputs(&matrices, &[target]).err().unwrap_or_default()
    };
    assert_eq!(told("x-y", "x_y", &JSON), "");
    assert_eq!(told("cloud", "cloud_test", &JSON), "");
    for (one, other, target, expected) in [
        (
            "x-y",
            "x_y",
            &REGO,
            "the models x-y and x_y would both be `srm.x_y`; rename one",
        ),
        (
            "cloud",
            "cloud_test",
            &REGO,
            "the models cloud and cloud_test would both be `srm.cloud_test`; rename one",
        ),
        (
            "cloud-test",
            "cloud",
            &REGO,
            "the models cloud-test and cloud would both be `srm.cloud_test`; rename one",
        ),
        (
            "README",
            "ReadMe",
            &REGO,
            "the models README and ReadMe would both be `srm.ReadMe`; rename one",
        ),
        (
            "README",
            "ReadMe",
            &JSON,
            "two models would be written to json/README.json and json/ReadMe.json, which some systems take for one file; rename one",
        ),
    ] {
        assert_eq!(told(one, other, target), expected);
    }
    assert!(told("README", "ReadMe", &MARKDOWN).contains("one file"));
}
