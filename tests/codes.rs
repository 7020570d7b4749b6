//! Every code has a page, and its examples do what the page says.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "tests may fail loudly")]
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    clippy::struct_excessive_bools,
    clippy::needless_pass_by_value,
    reason = "short tests"
)]

mod support;

use srmc::check::Options;
use srmc::diagnostic::Code;
use support::{Fence, codes, drawn, fences, options, run_files};

/// Compiles the blocks of one section: the first is the root.
fn compile(fences: &[&Fence]) -> srmc::run::Run {
    let texts: Vec<(String, String)> = fences
        .iter()
        .map(|fence| {
            let text = if fence.has("escape") { fence.text.replace("\\0", "\0") } else { fence.text.clone() };
            (fence.attribute("file").unwrap_or("main.srm").to_owned(), text)
        })
        .collect();
    let files: Vec<(&str, &str)> = texts.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let mut options: Options = options();
    if let Some(day) = fences[0].attribute("today") {
        options.today = day.parse().expect("a day");
    }
    if let Some(budget) = fences[0].attribute("budget") {
        options.budget = budget.parse().expect("a number");
    }
    run_files(&files, options)
}

#[test]
fn every_page_has_its_title_and_sections() {
    for code in Code::ALL {
        let page = code.page();
        let title = format!("# {}: {}", code.id(), code.title());
        assert_eq!(page.lines().next(), Some(title.as_str()));
        assert!(page.contains("\n## Wrong\n") && page.contains("\n## Right\n"), "{}", code.id());
    }
}

#[test]
fn wrong_examples_give_just_their_code() {
    for code in Code::ALL {
        let fences = fences(code.page());
        let wrong: Vec<&Fence> = fences.iter().filter(|fence| fence.heading == "Wrong").collect();
        let run = compile(&wrong);
        assert_eq!(codes(&run), [*code], "{}:\n{}", code.id(), drawn(&run));
    }
}

#[test]
fn right_examples_give_nothing() {
    for code in Code::ALL {
        let fences = fences(code.page());
        let right: Vec<&Fence> = fences.iter().filter(|fence| fence.heading == "Right").collect();
        let run = compile(&right);
        assert_eq!(codes(&run), [], "{}:\n{}", code.id(), drawn(&run));
    }
}

#[test]
fn ids_are_in_order_and_unique() {
    let ids: Vec<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
}
