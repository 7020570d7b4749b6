//! One file a case: what `check` says of each file in `tests/check`, drawn as a person sees it.
//! `INSTA_UPDATE=always cargo test --test cases` writes the snapshots.
#![allow(clippy::expect_used, clippy::panic, missing_docs, reason = "tests may fail loudly")]
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    clippy::struct_excessive_bools,
    clippy::needless_pass_by_value,
    reason = "short tests"
)]

mod support;

use srmc::check::Options;
use support::{drawn, home, options, run_disk};

/// So many nodes a duty may take in the cases of the family `tangled`: what is too much for them is short enough to read.
const FEW_NODES: usize = 20;

#[test]
fn every_case_reads_as_blessed() {
    let folder = home().join("tests/check");
    insta::glob!("check/**/*.srm", |path| {
        if path.parent().is_some_and(|parent| parent.ends_with("lib")) {
            return;
        }
        let name = path.strip_prefix(&folder).expect("below").to_string_lossy().into_owned();
        let usual = options();
        let options = if name.starts_with("tangled") { Options { budget: FEW_NODES, ..usual } } else { usual };
        let run = run_disk(&folder, &[name], options);
        insta::with_settings!({ omit_expression => true, prepend_module_to_snapshot => false }, {
            insta::assert_snapshot!(drawn(&run));
        });
    });
}
