//! Where a symbol is declared, and where it is named.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{FileRange, Snapshot, Workspace};
use crate::resolve::symbols::SymbolKind;

/// A symbol, independent of any run, and the name under the cursor.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ResolvedName {
    /// What it is.
    pub kind: SymbolKind,
    /// The name that declares it.
    pub declared: FileRange,
    /// The bytes of the name under the cursor.
    pub bytes: Range<usize>,
}

/// What the name at a byte of a text means.
#[must_use]
pub fn resolve_name(
    workspace: &Workspace,
    snapshot: &Snapshot,
    byte: usize,
) -> Option<ResolvedName> {
    let (analysis, file) = workspace.analysis(&snapshot.path)?;
    let name = analysis.ref_at(file, byte)?;
    Some(ResolvedName {
        kind: name.symbol.kind,
        declared: analysis.place_of(name.symbol),
        bytes: name.span.range(),
    })
}

/// Every place where a symbol is named, in file order.
#[must_use]
pub fn references(workspace: &Workspace, name: &ResolvedName) -> Vec<FileRange> {
    let mut places = BTreeSet::new();
    for analysis in workspace.analyses() {
        let Some(symbol) = analysis.symbol(name.kind, &name.declared) else {
            continue;
        };
        let refs = analysis.run.refs.iter();
        for span in refs.filter(|it| it.symbol == symbol).map(|it| it.span) {
            let bytes = span.range();
            places.insert((analysis.path(span.file), bytes.start, bytes.end));
        }
    }
    let place = |(path, start, end)| FileRange {
        path,
        bytes: start..end,
    };
    places.into_iter().map(place).collect()
}

/// A name in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Highlight {
    /// Its bytes.
    pub bytes: Range<usize>,
    /// It is the name in the declaration.
    pub declares: bool,
}

/// Where the symbol at a byte of a text is named in that text.
#[must_use]
pub fn highlights(
    workspace: &Workspace,
    snapshot: &Snapshot,
    byte: usize,
) -> Option<Vec<Highlight>> {
    let (analysis, file) = workspace.analysis(&snapshot.path)?;
    let symbol = analysis.ref_at(file, byte)?.symbol;
    let same = analysis
        .refs_in(file)
        .iter()
        .filter(|it| it.symbol == symbol);
    let highlight = same.map(|it| Highlight {
        bytes: it.span.range(),
        declares: it.declares(),
    });
    Some(highlight.collect())
}
