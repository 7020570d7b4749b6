//! The outline of a document, and symbol search in the whole workspace.

use super::RequestFile;
use super::navigation::Locations;
use crate::ide::{self, OutlineItem};
use crate::lsp::state::{RequestError, ServerState};
use crate::lsp::types::{
    DocumentSymbol, DocumentSymbolParams, DocumentSymbolResponse, SymbolInformation, SymbolKind,
    WorkspaceSymbolParams, WorkspaceSymbolResponse,
};
use crate::resolve::symbols::SymbolKind as Declared;
use crate::syntax::StatementKind;

/// The outline of a document.
pub(super) fn of_document(
    state: &mut ServerState,
    params: DocumentSymbolParams,
) -> Result<Option<DocumentSymbolResponse>, RequestError> {
    Ok(
        RequestFile::of(state, &params.text_document.uri).map(|snapshot| {
            let items = ide::outline(&snapshot.file.text).into_iter();
            DocumentSymbolResponse::Nested(items.map(|item| symbol(&snapshot, item)).collect())
        }),
    )
}

fn symbol(snapshot: &RequestFile, item: OutlineItem) -> DocumentSymbol {
    let children: Vec<DocumentSymbol> = item
        .children
        .into_iter()
        .map(|child| symbol(snapshot, child))
        .collect();
    #[allow(
        deprecated,
        reason = "the field that tags replace must still be filled"
    )]
    DocumentSymbol {
        name: item.name,
        detail: item.title,
        kind: of_statement(item.kind),
        tags: None,
        deprecated: None,
        range: snapshot.places().range(item.whole),
        selection_range: snapshot.places().range(item.name_at),
        children: (!children.is_empty()).then_some(children),
    }
}

/// The protocol's kind of what a statement declares.
fn of_statement(kind: StatementKind) -> SymbolKind {
    match kind {
        StatementKind::Option => SymbolKind::BOOLEAN,
        StatementKind::Party => kind_of(Declared::Party),
        StatementKind::Axis => kind_of(Declared::Axis),
        StatementKind::Framework => kind_of(Declared::Framework),
        StatementKind::Model => kind_of(Declared::Model),
        StatementKind::Area => kind_of(Declared::Area),
        StatementKind::Duty => kind_of(Declared::Duty),
        _ => SymbolKind::ARRAY,
    }
}

/// The protocol's kind of a declaration.
fn kind_of(kind: Declared) -> SymbolKind {
    match kind {
        Declared::Party => SymbolKind::CLASS,
        Declared::Axis => SymbolKind::ENUM,
        Declared::Framework => SymbolKind::INTERFACE,
        Declared::Model => SymbolKind::MODULE,
        Declared::Area => SymbolKind::NAMESPACE,
        Declared::Duty => SymbolKind::FUNCTION,
        Declared::Value => SymbolKind::ENUM_MEMBER,
        Declared::File => SymbolKind::FILE,
    }
}

/// The declarations in the workspace whose names contain the letters of a query in order.
pub(super) fn of_workspace(
    state: &mut ServerState,
    params: WorkspaceSymbolParams,
) -> Result<Option<WorkspaceSymbolResponse>, RequestError> {
    state.finish_all();
    let mut locations = Locations::new(state);
    let found = ide::query(&state.workspace, &params.query).into_iter();
    let symbols = found.filter_map(|found| {
        #[allow(
            deprecated,
            reason = "the field that tags replace must still be filled"
        )]
        Some(SymbolInformation {
            location: locations.of(&found.place)?,
            name: found.name,
            kind: kind_of(found.kind),
            tags: None,
            deprecated: None,
            container_name: None,
        })
    });
    Ok(Some(WorkspaceSymbolResponse::Flat(symbols.collect())))
}
