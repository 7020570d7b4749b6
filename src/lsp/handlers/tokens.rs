//! Colours by meaning: parties, duties, axes and values each their own.

use crate::lsp::server::{Refused, Server};
use crate::lsp::types::{
    SemanticToken, SemanticTokenModifier, SemanticTokenType, SemanticTokens,
    SemanticTokensFullOptions, SemanticTokensLegend, SemanticTokensOptions, SemanticTokensParams,
    SemanticTokensRangeParams, SemanticTokensRangeResult, SemanticTokensResult,
    SemanticTokensServerCapabilities,
};
use crate::resolve::symbols::SymbolKind;

use super::Snapshot;

/// The kinds of tokens, each at the place of its number. All are of the protocol's own, which every
/// theme colours.
const KINDS: [(SymbolKind, SemanticTokenType); 7] = [
    (SymbolKind::Party, SemanticTokenType::CLASS),
    (SymbolKind::Axis, SemanticTokenType::ENUM),
    (SymbolKind::Value, SemanticTokenType::ENUM_MEMBER),
    (SymbolKind::Framework, SemanticTokenType::INTERFACE),
    (SymbolKind::Model, SemanticTokenType::TYPE),
    (SymbolKind::Area, SemanticTokenType::NAMESPACE),
    (SymbolKind::Duty, SemanticTokenType::FUNCTION),
];

/// What the server tells of its tokens.
pub fn capability() -> SemanticTokensServerCapabilities {
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
pub fn full(
    server: &mut Server,
    params: SemanticTokensParams,
) -> Result<Option<SemanticTokensResult>, Refused> {
    let Some(snapshot) = Snapshot::of(server, &params.text_document.uri) else {
        return Ok(None);
    };
    let data = tokens(server, &snapshot, 0..snapshot.text.len());
    Ok(Some(SemanticTokensResult::Tokens(SemanticTokens {
        result_id: None,
        data,
    })))
}

/// The tokens of a part of a document.
pub fn range(
    server: &mut Server,
    params: SemanticTokensRangeParams,
) -> Result<Option<SemanticTokensRangeResult>, Refused> {
    let Some(snapshot) = Snapshot::of(server, &params.text_document.uri) else {
        return Ok(None);
    };
    let bytes = snapshot.places().bytes(params.range);
    let data = tokens(server, &snapshot, bytes);
    Ok(Some(SemanticTokensRangeResult::Tokens(SemanticTokens {
        result_id: None,
        data,
    })))
}

/// Tokens, each told from the one before it.
fn tokens(
    server: &Server,
    snapshot: &Snapshot,
    within: std::ops::Range<usize>,
) -> Vec<SemanticToken> {
    let Some((analysis, file)) = server.workspace.analysis(&snapshot.path) else {
        return Vec::new();
    };
    let (mut line, mut column, mut end) = (0, 0, 0);
    let mut tokens = Vec::new();
    for mention in analysis.refs_in(file) {
        let bytes = mention.span.range();
        let Some(kind) = KINDS
            .iter()
            .position(|(kind, _)| *kind == mention.thing.kind)
        else {
            continue;
        };
        // One name may mean a thing for one model and another for the next; it has one colour.
        if bytes.start < within.start || bytes.end > within.end || bytes.start < end {
            continue;
        }
        end = bytes.end;
        let range = snapshot.places().range(bytes);
        let delta_line = range.start.line - line;
        let delta_start = if delta_line == 0 {
            range.start.character - column
        } else {
            range.start.character
        };
        (line, column) = (range.start.line, range.start.character);
        tokens.push(SemanticToken {
            delta_line,
            delta_start,
            length: range.end.character - range.start.character,
            token_type: u32::try_from(kind).unwrap_or_default(),
            token_modifiers_bitset: u32::from(mention.declares()),
        });
    }
    tokens
}
