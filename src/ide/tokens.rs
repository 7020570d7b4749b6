//! Semantic tokens: the names of a text by meaning, for syntax colouring.

use std::ops::Range;

use super::{Snapshot, Workspace};
use crate::resolve::symbols::SymbolKind;

/// A name with a meaning.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Token {
    /// Its bytes.
    pub bytes: Range<usize>,
    /// What it means.
    pub kind: SymbolKind,
    /// It is the name in the declaration.
    pub declares: bool,
}

/// The names in some bytes of a text, in their order; none overlap.
#[must_use]
pub fn tokens(workspace: &Workspace, snapshot: &Snapshot, within: &Range<usize>) -> Vec<Token> {
    let Some((analysis, file)) = workspace.analysis(&snapshot.path) else {
        return Vec::new();
    };
    let mut tokens: Vec<Token> = Vec::new();
    for name in analysis
        .refs_in(file)
        .iter()
        .filter(|it| it.symbol.kind != SymbolKind::File)
    {
        let bytes = name.span.range();
        // A name may mean different things in different models, but it gets only one colour.
        let free_from = tokens.last().map_or(within.start, |last| last.bytes.end);
        if bytes.start >= free_from && bytes.end <= within.end {
            tokens.push(Token {
                bytes,
                kind: name.symbol.kind,
                declares: name.declares(),
            });
        }
    }
    tokens
}
