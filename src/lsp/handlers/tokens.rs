//! Semantic tokens: different colours for parties, duties, axes and values.

use std::ops::Range;

use crate::ide::{self, Token};
use crate::lsp::state::{RequestError, ServerState};
use crate::lsp::types::{
    SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens,
    SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions, SemanticTokensParams,
    SemanticTokensRangeParams, SemanticTokensRangeResult, SemanticTokensResult,
    SemanticTokensServerCapabilities,
};
use crate::resolve::symbols::SymbolKind;

use super::RequestFile;

/// The kinds of tokens; the index is the number sent. All are standard types of the protocol, which
/// every theme colours.
const KINDS: [(SymbolKind, SemanticTokenType); 7] = [
    (SymbolKind::Party, SemanticTokenType::CLASS),
    (SymbolKind::Axis, SemanticTokenType::ENUM),
    (SymbolKind::Value, SemanticTokenType::ENUM_MEMBER),
    (SymbolKind::Framework, SemanticTokenType::INTERFACE),
    (SymbolKind::Model, SemanticTokenType::TYPE),
    (SymbolKind::Area, SemanticTokenType::NAMESPACE),
    (SymbolKind::Duty, SemanticTokenType::FUNCTION),
];

/// The server's token capability.
pub(super) fn capability() -> SemanticTokensServerCapabilities {
    SemanticTokensServerCapabilities::SemanticTokensOptions(SemanticTokensOptions {
        legend: SemanticTokensLegend {
            token_types: KINDS.iter().map(|(_, token)| token.clone()).collect(),
            token_modifiers: vec![SemanticTokenModifier::DECLARATION],
        },
        range: Some(true),
        full: Some(SemanticTokensFullOptions::Bool(true)),
        ..SemanticTokensOptions::default()
    })
}

/// The tokens of a document.
pub(super) fn full(
    state: &mut ServerState,
    params: SemanticTokensParams,
) -> Result<Option<SemanticTokensResult>, RequestError> {
    let Some(snapshot) = RequestFile::of(state, &params.text_document.uri) else {
        return Ok(None);
    };
    let data = tokens(state, &snapshot, &(0..snapshot.file.text.len()));
    Ok(Some(SemanticTokensResult::Tokens(SemanticTokens {
        result_id: None,
        data,
    })))
}

/// The tokens of a part of a document.
pub(super) fn range(
    state: &mut ServerState,
    params: SemanticTokensRangeParams,
) -> Result<Option<SemanticTokensRangeResult>, RequestError> {
    let Some(snapshot) = RequestFile::of(state, &params.text_document.uri) else {
        return Ok(None);
    };
    let bytes = snapshot.places().bytes(params.range);
    let data = tokens(state, &snapshot, &bytes);
    Ok(Some(SemanticTokensRangeResult::Tokens(SemanticTokens {
        result_id: None,
        data,
    })))
}

/// Encodes tokens, each relative to the previous one.
fn tokens(
    state: &ServerState,
    snapshot: &RequestFile,
    within: &Range<usize>,
) -> Vec<SemanticToken> {
    let (mut line, mut column) = (0, 0);
    let token = |token: Token| {
        let kind = KINDS.iter().position(|(kind, _)| *kind == token.kind)?;
        let range = snapshot.places().range(token.bytes);
        let delta_line = range.start.line - line;
        let from = if delta_line == 0 { column } else { 0 };
        (line, column) = (range.start.line, range.start.character);
        Some(SemanticToken {
            delta_line,
            delta_start: range.start.character - from,
            length: range.end.character - range.start.character,
            token_type: u32::try_from(kind).unwrap_or_default(),
            token_modifiers_bitset: u32::from(token.declares),
        })
    };
    let tokens = ide::tokens(&state.workspace, &snapshot.file, within);
    tokens.into_iter().filter_map(token).collect()
}
