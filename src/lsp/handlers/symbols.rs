//! The outline of a document, and names over the whole workspace.

use std::collections::BTreeSet;

use crate::lsp::server::{Refused, Server};
use crate::lsp::types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, SymbolInformation, SymbolKind,
    WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use crate::lsp::workspace::Place;
use crate::resolve::symbols::SymbolKind as Declared;
use crate::syntax::blocks::{Block, blocks};
use crate::syntax::{FlatKind, LexemeKind, StatementKind, meaning};

use super::Snapshot;
use super::navigation::{Locations, finish_all};

/// At most so many names answer a query.
const MAX_NAMES: usize = 500;

/// The outline of a document.
pub fn of_document(
    server: &mut Server,
    params: DocumentSymbolParams,
) -> Result<Option<DocumentSymbolResponse>, Refused> {
    let Some(snapshot) = Snapshot::of(server, &params.text_document.uri) else {
        return Ok(None);
    };
    let blocks = blocks(&snapshot.text);
    Ok(Some(DocumentSymbolResponse::Nested(below(
        &snapshot, &blocks, None,
    ))))
}

/// The symbols in a block.
fn below(snapshot: &Snapshot, blocks: &[Block], around: Option<usize>) -> Vec<DocumentSymbol> {
    let own = blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| block.around == around);
    own.filter_map(|(at, block)| symbol(snapshot, blocks, at, block))
        .collect()
}

fn symbol(
    snapshot: &Snapshot,
    blocks: &[Block],
    at: usize,
    block: &Block,
) -> Option<DocumentSymbol> {
    let words = block.words(&snapshot.text);
    let kind = match &block.kind {
        FlatKind::Statement(StatementKind::Party) => SymbolKind::CLASS,
        FlatKind::Statement(StatementKind::Axis) => SymbolKind::ENUM,
        FlatKind::Statement(StatementKind::Option) => SymbolKind::BOOLEAN,
        FlatKind::Statement(StatementKind::Framework) => SymbolKind::INTERFACE,
        FlatKind::Statement(StatementKind::Model) => SymbolKind::MODULE,
        FlatKind::Statement(StatementKind::Area) => SymbolKind::NAMESPACE,
        FlatKind::Statement(StatementKind::Duty) | FlatKind::Row(_) => SymbolKind::FUNCTION,
        FlatKind::Statement(StatementKind::Table | StatementKind::Raci) => {
            // The rows that declare duties stand where the table does.
            let label = snapshot.text[block.head.clone()]
                .trim_end_matches('{')
                .trim_end()
                .to_owned();
            let children = below(snapshot, blocks, Some(at));
            return (!children.is_empty()).then(|| {
                made(
                    snapshot,
                    block,
                    label,
                    None,
                    SymbolKind::ARRAY,
                    block.head.clone(),
                    children,
                )
            });
        }
        _ => return None,
    };
    let name = words.get(1)?;
    let title = words
        .iter()
        .find(|word| word.kind == LexemeKind::Text)
        .map(|word| meaning(word.text).into_owned());
    if matches!(block.kind, FlatKind::Row(_)) && title.is_none() {
        return None;
    }
    let children = if block.opens {
        below(snapshot, blocks, Some(at))
    } else {
        Vec::new()
    };
    Some(made(
        snapshot,
        block,
        name.text.to_owned(),
        title,
        kind,
        name.range(),
        children,
    ))
}

fn made(
    snapshot: &Snapshot,
    block: &Block,
    name: String,
    detail: Option<String>,
    kind: SymbolKind,
    selected: std::ops::Range<usize>,
    children: Vec<DocumentSymbol>,
) -> DocumentSymbol {
    #[allow(
        deprecated,
        reason = "the field that tags replace must still be filled"
    )]
    DocumentSymbol {
        name,
        detail,
        kind,
        tags: None,
        deprecated: None,
        range: snapshot.places().range(block.whole.clone()),
        selection_range: snapshot.places().range(selected),
        children: (!children.is_empty()).then_some(children),
    }
}

/// The declarations of the workspace whose names hold the letters of a query, in their order.
pub fn of_workspace(
    server: &mut Server,
    params: WorkspaceSymbolParams,
) -> Result<Option<WorkspaceSymbolResponse>, Refused> {
    finish_all(server);
    let query = params.query.to_lowercase();
    let mut found = BTreeSet::new();
    for analysis in server.workspace.analyses() {
        for mention in analysis
            .run
            .refs
            .iter()
            .filter(|mention| mention.declares())
        {
            let name = analysis
                .run
                .sources
                .text(mention.span.file)
                .get(mention.span.range())
                .unwrap_or_default();
            if holds(&name.to_lowercase(), &query) {
                found.insert((
                    name.to_owned(),
                    analysis.path(mention.span.file),
                    mention.span.range().start,
                    mention.thing.kind,
                ));
            }
        }
    }
    let (mut symbols, mut locations) = (Vec::new(), Locations::new(server));
    for (name, path, start, kind) in found.into_iter().take(MAX_NAMES) {
        let kind = match kind {
            Declared::Party => SymbolKind::CLASS,
            Declared::Axis => SymbolKind::ENUM,
            Declared::Framework => SymbolKind::INTERFACE,
            Declared::Model => SymbolKind::MODULE,
            Declared::Area => SymbolKind::NAMESPACE,
            Declared::Duty => SymbolKind::FUNCTION,
            Declared::Value => SymbolKind::ENUM_MEMBER,
            Declared::File => continue,
        };
        let place = Place {
            path,
            bytes: start..start + name.len(),
        };
        let Some(location) = locations.of(&place) else {
            continue;
        };
        #[allow(
            deprecated,
            reason = "the field that tags replace must still be filled"
        )]
        symbols.push(SymbolInformation {
            name,
            kind,
            tags: None,
            deprecated: None,
            location,
            container_name: None,
        });
    }
    Ok(Some(WorkspaceSymbolResponse::Flat(symbols)))
}

/// Whether a name holds the letters of a query, in their order.
fn holds(name: &str, query: &str) -> bool {
    let mut letters = name.chars();
    query
        .chars()
        .all(|wanted| letters.any(|letter| letter == wanted))
}
