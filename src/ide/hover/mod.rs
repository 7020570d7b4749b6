//! Hover text: who holds a duty, what a party holds, what a word means.

mod model;
mod party;
mod word;

use std::ops::Range;

use super::navigation::{ResolvedName, resolve_name};
use super::{Snapshot, Workspace};
use crate::emit::{Layout, laid_out};
use crate::resolve::symbols::SymbolKind;
use crate::view::{Block, Item, Page, Run, plain};

/// Maximum number of rows of a hover's table.
const MAX_ROWS: usize = 12;

/// A hover text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hover {
    /// The text, in Markdown.
    pub markdown: String,
    /// The bytes that it is about.
    pub bytes: Range<usize>,
}

/// The hover text at a byte of a text.
#[must_use]
pub fn hover(workspace: &Workspace, snapshot: &Snapshot, byte: usize) -> Option<Hover> {
    let (blocks, bytes) = match resolve_name(workspace, snapshot, byte) {
        Some(name) => (of_thing(workspace, snapshot, &name), name.bytes),
        None => word::of_word(workspace, snapshot, byte)?,
    };
    if blocks.is_empty() {
        return None;
    }
    let page = Page {
        title: String::new(),
        blocks,
    };
    let markdown = laid_out(
        &page,
        Layout {
            level: Some(4),
            ..Layout::default()
        },
    );
    Some(Hover { markdown, bytes })
}

fn code(text: impl Into<String>) -> Run {
    Run::Code(text.into())
}

fn words_of(text: impl Into<String>) -> Run {
    Run::Plain(text.into())
}

/// `duty` `path`: the title.
fn opening(what: &str, name: &str, title: &str) -> Block {
    let mut line = vec![words_of(format!("{what} ")), code(name)];
    if title != name {
        line.extend([words_of(": "), Run::Strong(title.to_owned())]);
    }
    Block::Paragraph(line)
}

/// The hover text of a symbol.
fn of_thing(workspace: &Workspace, snapshot: &Snapshot, meant: &ResolvedName) -> Vec<Block> {
    let ResolvedName { kind, declared, .. } = meant;
    if matches!(
        kind,
        SymbolKind::Duty | SymbolKind::Area | SymbolKind::Model
    ) {
        // These belong to one model, so the file's own run is the best source.
        let path = if workspace
            .analysis(&snapshot.path)
            .is_some_and(|(it, _)| it.symbol(*kind, declared).is_some())
        {
            &snapshot.path
        } else {
            &declared.path
        };
        let Some((analysis, _)) = workspace.analysis(path) else {
            return Vec::new();
        };
        let Some(symbol) = analysis.symbol(*kind, declared) else {
            return Vec::new();
        };
        return model::of_model(analysis, symbol);
    }
    let Some((analysis, _)) = workspace.analysis(&snapshot.path) else {
        return Vec::new();
    };
    let Some(symbol) = analysis.symbol(*kind, declared) else {
        return Vec::new();
    };
    match kind {
        SymbolKind::Party => party::of_party(workspace, snapshot, declared),
        SymbolKind::Axis | SymbolKind::Value => {
            model::of_axis(workspace, symbol, analysis, declared)
        }
        SymbolKind::Framework => model::of_framework(workspace, declared),
        _ => vec![Block::Paragraph(vec![
            words_of("file "),
            code(analysis.run.sources.name(symbol.declared.file)),
        ])],
    }
}

fn item(name: &str, title: &str) -> Item {
    Item {
        text: if name == title {
            vec![code(name)]
        } else {
            vec![code(name), words_of(format!(" {title}"))]
        },
        details: Vec::new(),
    }
}

/// A list, truncated if it is long.
fn shortened(mut items: Vec<Item>) -> Block {
    let more = items.len().saturating_sub(MAX_ROWS);
    if more > 0 {
        items.truncate(MAX_ROWS);
        items.push(Item {
            text: plain(format!("and {more} more")),
            details: Vec::new(),
        });
    }
    Block::List(items)
}
