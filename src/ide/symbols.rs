//! The outline of a text, and symbol search in the whole workspace.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{FileRange, Workspace};
use crate::resolve::symbols::SymbolKind;
use crate::syntax::blocks::{Block, blocks};
use crate::syntax::{FlatKind, LexemeKind, StatementKind, meaning};

/// Maximum number of results of a query.
const MAX_NAMES: usize = 500;

/// A declaration or table, and its content.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutlineItem {
    /// Its name; of a table, its head.
    pub name: String,
    /// Its title, if it has one.
    pub title: Option<String>,
    /// What it is; a row of a table is a duty.
    pub kind: StatementKind,
    /// Its bytes.
    pub whole: Range<usize>,
    /// The bytes of its name.
    pub name_at: Range<usize>,
    /// The items inside it.
    pub children: Vec<OutlineItem>,
}

/// The outline of a text.
#[must_use]
pub fn outline(text: &str) -> Vec<OutlineItem> {
    below(text, &blocks(text), None)
}

/// The items in a block.
fn below(text: &str, blocks: &[Block], around: Option<usize>) -> Vec<OutlineItem> {
    let own = blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| block.around == around);
    own.filter_map(|(at, block)| item(text, blocks, at, block))
        .collect()
}

fn item(text: &str, blocks: &[Block], at: usize, block: &Block) -> Option<OutlineItem> {
    use StatementKind as Kind;
    let kind = match block.kind {
        FlatKind::Statement(kind @ (Kind::Table | Kind::Raci)) => {
            return table(text, blocks, at, block, kind);
        }
        FlatKind::Statement(
            kind @ (Kind::Party
            | Kind::Axis
            | Kind::Option
            | Kind::Framework
            | Kind::Model
            | Kind::Area
            | Kind::Duty),
        ) => kind,
        FlatKind::Row(_) => Kind::Duty,
        _ => return None,
    };
    let words = block.words(text);
    let name = words.get(1)?;
    let title = words.iter().find(|word| word.kind == LexemeKind::Text);
    let title = title.map(|word| meaning(word.text).into_owned());
    // A row without a title declares no duty.
    if matches!(block.kind, FlatKind::Row(_)) && title.is_none() {
        return None;
    }
    Some(OutlineItem {
        name: name.text.to_owned(),
        title,
        kind,
        whole: block.whole.clone(),
        name_at: name.range(),
        children: if block.opens {
            below(text, blocks, Some(at))
        } else {
            Vec::new()
        },
    })
}

/// A table that declares duties: they appear at its place in the outline.
fn table(
    text: &str,
    blocks: &[Block],
    at: usize,
    block: &Block,
    kind: StatementKind,
) -> Option<OutlineItem> {
    let children = below(text, blocks, Some(at));
    let head = text[block.head.clone()].trim_end_matches('{').trim_end();
    (!children.is_empty()).then(|| OutlineItem {
        name: head.to_owned(),
        title: None,
        kind,
        whole: block.whole.clone(),
        name_at: block.head.clone(),
        children,
    })
}

/// A declaration that answers a query.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SymbolMatch {
    /// Its name.
    pub name: String,
    /// Where it is declared.
    pub place: FileRange,
    /// What it is.
    pub kind: SymbolKind,
}

/// The declarations in the workspace whose names contain the letters of a query in order, at most
/// `MAX_NAMES` of them.
#[must_use]
pub fn query(workspace: &Workspace, query: &str) -> Vec<SymbolMatch> {
    let query = query.to_lowercase();
    let mut found = BTreeSet::new();
    for analysis in workspace.analyses() {
        let declared = analysis.run.refs.iter().filter(|name| name.declares());
        for name in declared.filter(|name| name.symbol.kind != SymbolKind::File) {
            let bytes = name.span.range();
            let text = analysis.run.sources.text(name.span.file);
            let text = text.get(bytes.clone()).unwrap_or_default();
            if holds(&text.to_lowercase(), &query) {
                let path = analysis.path(name.span.file);
                found.insert((text.to_owned(), path, bytes.start, name.symbol.kind));
            }
        }
    }
    let found = found.into_iter().take(MAX_NAMES);
    let place = |path, start, len| FileRange {
        path,
        bytes: start..start + len,
    };
    found
        .map(|(name, path, start, kind)| SymbolMatch {
            place: place(path, start, name.len()),
            name,
            kind,
        })
        .collect()
}

/// Whether a name contains the letters of a query in order.
fn holds(name: &str, query: &str) -> bool {
    let mut letters = name.chars();
    query
        .chars()
        .all(|wanted| letters.any(|letter| letter == wanted))
}
