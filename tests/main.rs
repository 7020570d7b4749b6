//! Every test of what users see, and the laws: a module a family, its cases in the same folder, each
//! with its answer beside it. `INSTA_UPDATE=always cargo test` writes all answers anew.
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
