//! The writer's law: its output for a tree parses to the same tree, on every example, case and
//! random model whose text has no fault.

use proptest::prelude::*;
use srmc::source::FileId;
use srmc::syntax::{parse_with, writer};

use super::meaning;
use crate::support::{corpus, random};

/// Whether the text has no fault; then the law must hold.
fn obeys(text: &str) -> bool {
    let parsed = parse_with(1, FileId(0), text);
    if !parsed.faults.is_empty() {
        return false;
    }
    let written = writer::file(&parsed.file);
    assert_eq!(meaning(&written), meaning(text), "written as:\n{written}");
    true
}

#[test]
fn what_is_written_reads_as_the_same_tree() {
    let texts = corpus().iter().filter(|(_, text)| obeys(text)).count();
    assert!(texts > 150, "only {texts} texts without a fault");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]
    #[test]
    fn so_does_what_is_written_of_random_models(spec in random::spec()) {
        prop_assert!(obeys(&spec.text()));
    }
}
