//! What may be written at the cursor.

use super::RequestFile;
use crate::ide::{self, Offer, OfferKind};
use crate::lsp::state::{RequestError, ServerState};
use crate::lsp::types::{
    CompletionItem, CompletionItemKind, CompletionParams, CompletionResponse, CompletionTextEdit,
    InsertTextFormat, Range, TextEdit,
};

/// What may be written at the cursor.
pub(super) fn completion(
    state: &mut ServerState,
    params: CompletionParams,
) -> Result<Option<CompletionResponse>, RequestError> {
    let at = params.text_document_position;
    let Some(snapshot) = RequestFile::of(state, &at.text_document.uri) else {
        return Ok(None);
    };
    let byte = snapshot.byte(at.position);
    let Some(completion) = ide::completion(&state.workspace, &snapshot.file, byte) else {
        return Ok(None);
    };
    let client = state
        .client
        .text_document
        .as_ref()
        .and_then(|it| it.completion.as_ref());
    let snippets = client
        .and_then(|it| it.completion_item.as_ref())
        .and_then(|it| it.snippet_support)
        == Some(true);
    let range = snapshot.places().range(completion.replaces);
    let items = completion.offers.into_iter().enumerate();
    let items = items.map(|(nth, offer)| item(offer, nth, range, snippets));
    Ok(Some(CompletionResponse::Array(items.collect())))
}

fn item(offer: Offer, nth: usize, range: Range, snippets: bool) -> CompletionItem {
    let snippet = offer.snippet.filter(|_| snippets);
    let new_text = snippet.map_or_else(|| offer.label.clone(), str::to_owned);
    let (kind, format) = if snippet.is_some() {
        (CompletionItemKind::SNIPPET, InsertTextFormat::SNIPPET)
    } else {
        (kind(offer.kind), InsertTextFormat::PLAIN_TEXT)
    };
    CompletionItem {
        // Keeps the order of the offers.
        sort_text: Some(format!("{nth:05}")),
        detail: (!offer.detail.is_empty()).then_some(offer.detail),
        kind: Some(kind),
        insert_text_format: Some(format),
        text_edit: Some(CompletionTextEdit::Edit(TextEdit { range, new_text })),
        label: offer.label,
        ..CompletionItem::default()
    }
}

/// The protocol's kind, which decides the icon of an offer.
fn kind(kind: OfferKind) -> CompletionItemKind {
    match kind {
        OfferKind::Word => CompletionItemKind::KEYWORD,
        OfferKind::Value => CompletionItemKind::VALUE,
        OfferKind::Operator => CompletionItemKind::OPERATOR,
        OfferKind::Party => CompletionItemKind::CLASS,
        OfferKind::Axis => CompletionItemKind::ENUM,
        OfferKind::AxisValue => CompletionItemKind::ENUM_MEMBER,
        OfferKind::Framework => CompletionItemKind::INTERFACE,
        OfferKind::Area => CompletionItemKind::MODULE,
        OfferKind::Duty => CompletionItemKind::FUNCTION,
        OfferKind::File => CompletionItemKind::FILE,
        OfferKind::Folder => CompletionItemKind::FOLDER,
    }
}
