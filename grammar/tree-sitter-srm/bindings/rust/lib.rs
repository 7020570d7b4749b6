//! The `.srm` language for tree-sitter, generated from `grammar.js`.

use tree_sitter_language::LanguageFn;

unsafe extern "C" {
    fn tree_sitter_srm() -> *const ();
}

/// The language.
pub const LANGUAGE: LanguageFn = unsafe { LanguageFn::from_raw(tree_sitter_srm) };

/// How editors colour it.
pub const HIGHLIGHTS_QUERY: &str = include_str!("../../queries/highlights.scm");
