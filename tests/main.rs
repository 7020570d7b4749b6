//! All tests of what users see, and the property tests: one module per family, with its cases in
//! the same folder and the expected answer next to each. `INSTA_UPDATE=always cargo test` rewrites
//! all answers.
#![allow(
    clippy::expect_used,
    clippy::panic,
    missing_docs,
    reason = "tests may fail loudly"
)]
#![allow(
    clippy::case_sensitive_file_extension_comparisons,
    clippy::struct_excessive_bools,
    clippy::needless_pass_by_value,
    clippy::too_many_lines,
    reason = "short tests"
)]
#![allow(unreachable_pub, reason = "a test binary has no outside")]

mod check;
mod docs;
mod emit;
mod format;
mod grammars;
mod lsp;
mod project;
mod rooms;
mod support;
