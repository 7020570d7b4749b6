//! The request handlers, one file each, and their dispatch table.

#![allow(
    clippy::needless_pass_by_value,
    clippy::unnecessary_wraps,
    reason = "handlers have the shape that the table asks for"
)]

mod actions;
mod completion;
pub(super) mod diagnostics;
mod folding;
mod formatting;
mod hover;
mod lens;
mod links;
mod navigation;
mod rename;
mod symbols;
mod tokens;

use std::path::Path;

use lsp_server::{ErrorCode, Request, Response};

use super::state::{RequestError, ServerState};
use super::types::request as ask;
use super::types::{
    ClientCapabilities, CodeActionKind, CodeActionOptions, CodeActionProviderCapability,
    CodeLensOptions, CompletionOptions, DiagnosticOptions, DiagnosticServerCapabilities,
    DocumentLinkOptions, FoldingRangeProviderCapability, HoverProviderCapability, InitializeResult,
    OneOf, Places, Position, PositionEncodingKind, RenameOptions, SaveOptions,
    SelectionRangeProviderCapability, ServerCapabilities, ServerInfo, TextDocumentSyncCapability,
    TextDocumentSyncKind, TextDocumentSyncOptions, TextDocumentSyncSaveOptions, TextEdit, Uri,
    WorkDoneProgressOptions, WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};
use crate::fix::edits::Edit;
use crate::ide;
use crate::source::{Encoding, Lines};

/// How to count columns: the first encoding in the client's list that both support.
pub(super) fn encoding(client: &ClientCapabilities) -> Encoding {
    let known = client
        .general
        .as_ref()
        .and_then(|general| general.position_encodings.as_ref());
    let ours = |kind: &PositionEncodingKind| match kind.as_str() {
        "utf-8" => Some(Encoding::Utf8),
        "utf-16" => Some(Encoding::Utf16),
        "utf-32" => Some(Encoding::Utf32),
        _ => None,
    };
    known
        .into_iter()
        .flatten()
        .find_map(ours)
        .unwrap_or_default()
}

/// What the server can do.
pub(super) fn capabilities(client: &ClientCapabilities, encoding: Encoding) -> InitializeResult {
    let kind = match encoding {
        Encoding::Utf8 => PositionEncodingKind::UTF8,
        Encoding::Utf16 => PositionEncodingKind::UTF16,
        Encoding::Utf32 => PositionEncodingKind::UTF32,
    };
    let pulls = client
        .text_document
        .as_ref()
        .is_some_and(|it| it.diagnostic.is_some());
    let findings = DiagnosticOptions {
        identifier: Some("srmc".into()),
        inter_file_dependencies: true,
        ..DiagnosticOptions::default()
    };
    let actions = CodeActionOptions {
        code_action_kinds: Some(vec![CodeActionKind::QUICKFIX]),
        ..CodeActionOptions::default()
    };
    let rename = RenameOptions {
        prepare_provider: Some(true),
        work_done_progress_options: WorkDoneProgressOptions::default(),
    };
    InitializeResult {
        server_info: Some(ServerInfo {
            name: "srmc".into(),
            version: Some(env!("CARGO_PKG_VERSION").into()),
        }),
        capabilities: ServerCapabilities {
            position_encoding: Some(kind),
            text_document_sync: Some(TextDocumentSyncCapability::Options(sync())),
            workspace: Some(workspace()),
            diagnostic_provider: pulls.then_some(DiagnosticServerCapabilities::Options(findings)),
            hover_provider: Some(HoverProviderCapability::Simple(true)),
            completion_provider: Some(completion_options()),
            definition_provider: Some(OneOf::Left(true)),
            references_provider: Some(OneOf::Left(true)),
            document_highlight_provider: Some(OneOf::Left(true)),
            rename_provider: Some(OneOf::Right(rename)),
            document_symbol_provider: Some(OneOf::Left(true)),
            workspace_symbol_provider: Some(OneOf::Left(true)),
            folding_range_provider: Some(FoldingRangeProviderCapability::Simple(true)),
            selection_range_provider: Some(SelectionRangeProviderCapability::Simple(true)),
            document_formatting_provider: Some(OneOf::Left(true)),
            document_range_formatting_provider: Some(OneOf::Left(true)),
            semantic_tokens_provider: Some(tokens::capability()),
            code_action_provider: Some(CodeActionProviderCapability::Options(actions)),
            code_lens_provider: Some(CodeLensOptions {
                resolve_provider: Some(false),
            }),
            inlay_hint_provider: Some(OneOf::Left(true)),
            document_link_provider: Some(DocumentLinkOptions {
                resolve_provider: Some(true),
                work_done_progress_options: WorkDoneProgressOptions::default(),
            }),
            ..ServerCapabilities::default()
        },
    }
}

/// The client reports added and removed folders.
fn workspace() -> WorkspaceServerCapabilities {
    let folders = WorkspaceFoldersServerCapabilities {
        supported: Some(true),
        change_notifications: Some(OneOf::Left(true)),
    };
    WorkspaceServerCapabilities {
        workspace_folders: Some(folders),
        file_operations: None,
    }
}

/// The client sends changes as edits.
fn sync() -> TextDocumentSyncOptions {
    TextDocumentSyncOptions {
        open_close: Some(true),
        change: Some(TextDocumentSyncKind::INCREMENTAL),
        save: Some(TextDocumentSyncSaveOptions::SaveOptions(
            SaveOptions::default(),
        )),
        ..TextDocumentSyncOptions::default()
    }
}

/// The characters, besides letters, on which the client asks for completion.
fn completion_options() -> CompletionOptions {
    CompletionOptions {
        trigger_characters: Some(
            [" ", ".", "=", ",", "{", "|", "+", "\""]
                .map(str::to_owned)
                .to_vec(),
        ),
        ..CompletionOptions::default()
    }
}

/// Dispatches a request to its handler.
pub(super) fn answer(state: &mut ServerState, request: Request) -> Response {
    let mut table = Table {
        state,
        request: Some(request),
        response: None,
    };
    table
        .on::<ask::DocumentDiagnosticRequest>(diagnostics::pull)
        .on::<ask::HoverRequest>(hover::hover)
        .on::<ask::Completion>(completion::completion)
        .on::<ask::GotoDefinition>(navigation::definition)
        .on::<ask::References>(navigation::references)
        .on::<ask::DocumentHighlightRequest>(navigation::highlight)
        .on::<ask::PrepareRenameRequest>(rename::prepare)
        .on::<ask::Rename>(rename::rename)
        .on::<ask::DocumentSymbolRequest>(symbols::of_document)
        .on::<ask::WorkspaceSymbolRequest>(symbols::of_workspace)
        .on::<ask::FoldingRangeRequest>(folding::folding)
        .on::<ask::SelectionRangeRequest>(folding::selection)
        .on::<ask::Formatting>(formatting::whole)
        .on::<ask::RangeFormatting>(formatting::range)
        .on::<ask::SemanticTokensFullRequest>(tokens::full)
        .on::<ask::SemanticTokensRangeRequest>(tokens::range)
        .on::<ask::CodeActionRequest>(actions::actions)
        .on::<ask::CodeLensRequest>(lens::lens)
        .on::<ask::InlayHintRequest>(lens::hints)
        .on::<ask::DocumentLinkRequest>(links::links)
        .on::<ask::DocumentLinkResolve>(links::resolve);
    table.finish()
}

struct Table<'s> {
    state: &'s mut ServerState,
    request: Option<Request>,
    response: Option<Response>,
}

impl Table<'_> {
    /// Answers requests of one kind.
    fn on<R: ask::Request>(
        &mut self,
        handler: fn(&mut ServerState, R::Params) -> Result<R::Result, RequestError>,
    ) -> &mut Self {
        if let Some(request) = self.request.take_if(|request| request.method == R::METHOD) {
            self.response = Some(match serde_json::from_value(request.params) {
                Err(error) => Response::new_err(
                    request.id,
                    ErrorCode::InvalidParams as i32,
                    error.to_string(),
                ),
                Ok(params) => match handler(self.state, params) {
                    Ok(result) => Response::new_ok(request.id, result),
                    Err(refused) => {
                        Response::new_err(request.id, refused.code as i32, refused.message)
                    }
                },
            });
        }
        self
    }

    fn finish(self) -> Response {
        let unknown = |request: Request| {
            let message = format!("srmc does not support `{}`", request.method);
            Response::new_err(request.id, ErrorCode::MethodNotFound as i32, message)
        };
        let nothing = || {
            Response::new_err(
                0.into(),
                ErrorCode::InternalError as i32,
                "no answer".into(),
            )
        };
        self.response
            .or_else(|| self.request.map(unknown))
            .unwrap_or_else(nothing)
    }
}

/// The file of a request, with what is needed to convert positions.
pub(super) struct RequestFile {
    /// The file and its current text.
    pub file: ide::Snapshot,
    /// Where its lines begin.
    lines: Lines,
    /// How the client counts columns.
    encoding: Encoding,
}

impl RequestFile {
    /// The file of a URI, with an up-to-date analysis; nothing if there is no such text.
    pub(super) fn of(state: &mut ServerState, uri: &Uri) -> Option<Self> {
        let path = state.path_of(uri);
        state.settle(&path);
        Self::read(state, &path)
    }

    /// A file by its path; nothing if there is no such text.
    pub(super) fn read(state: &ServerState, path: &Path) -> Option<Self> {
        let file = state.workspace.snapshot(path)?;
        let lines = Lines::new(&file.text);
        Some(Self {
            file,
            lines,
            encoding: state.encoding,
        })
    }

    /// Converts bytes to positions and back.
    pub(super) fn places(&self) -> Places<'_> {
        Places {
            text: &self.file.text,
            lines: &self.lines,
            encoding: self.encoding,
        }
    }

    /// The byte at a position.
    pub(super) fn byte(&self, at: Position) -> usize {
        self.places().byte(at)
    }

    /// The edits in the protocol's form.
    pub(super) fn text_edits(&self, edits: Vec<Edit>) -> Vec<TextEdit> {
        let edit = |edit: Edit| TextEdit {
            range: self.places().range(edit.bytes),
            new_text: edit.new,
        };
        edits.into_iter().map(edit).collect()
    }
}
