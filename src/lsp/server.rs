//! The main loop: handles one message after the other, and runs pending checks in between.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use lsp_server::{Connection, ErrorCode, Message, Notification, Request, RequestId, Response};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::document::Document;
use super::handlers;
use super::state::ServerState;
use super::types::notification::{
    Cancel, DidChangeConfiguration, DidChangeTextDocument, DidChangeWatchedFiles,
    DidChangeWorkspaceFolders, DidCloseTextDocument, DidOpenTextDocument, Notification as _,
    PublishDiagnostics,
};
use super::types::request::{RegisterCapability, Request as _, WorkspaceDiagnosticRefresh};
use super::types::{self, Diagnostic, InitializeParams, NumberOrString, PublishDiagnosticsParams};
use super::uris::{ClientFolder, RawUris, path_of};
use crate::check::Options;
use crate::source::Encoding;

/// The server: its state, and what was sent to the client.
struct Server {
    state: ServerState,
    /// The client supports a request to refresh its findings.
    refreshes: bool,
    /// The findings last sent to the client for each file.
    published: BTreeMap<PathBuf, Vec<Diagnostic>>,
    /// Old file URIs whose findings must be cleared.
    outdated: Vec<types::Uri>,
    /// URIs that are read in another form than the client writes them.
    raw: RawUris,
    /// Number of requests sent so far.
    asked: i32,
}

/// Serves one client until it exits; returns whether it exited as the protocol requires.
///
/// # Errors
/// The client's first message cannot be understood.
pub fn serve(connection: &Connection, options: Options) -> Result<bool, String> {
    let (id, mut params) = connection
        .initialize_start()
        .map_err(|error| error.to_string())?;
    let mut raw = RawUris::default();
    raw.incoming(&mut params);
    // `lsp-types` expects a different name than the protocol uses.
    let refreshes = params.pointer("/capabilities/workspace/diagnostics/refreshSupport")
        == Some(&Value::Bool(true));
    let params: InitializeParams = serde_json::from_value(params)
        .map_err(|error| format!("invalid `initialize` request: {error}"))?;
    let encoding = handlers::encoding(&params.capabilities);
    let answer = handlers::capabilities(&params.capabilities, encoding);
    let answer = serde_json::to_value(answer).map_err(|error| error.to_string())?;
    connection
        .initialize_finish(id, answer)
        .map_err(|error| error.to_string())?;
    let mut server = Server {
        refreshes,
        raw,
        ..Server::new(params, encoding, options)
    };
    server.watch_files(connection);
    Ok(server.run(connection))
}

impl Server {
    fn new(params: InitializeParams, encoding: Encoding, options: Options) -> Self {
        Self {
            state: ServerState::new(params, encoding, options),
            refreshes: false,
            published: BTreeMap::new(),
            outdated: Vec::new(),
            raw: RawUris::default(),
            asked: 0,
        }
    }

    /// Answers until the client leaves.
    fn run(&mut self, connection: &Connection) -> bool {
        let mut waiting: VecDeque<Message> = VecDeque::new();
        let mut cancelled: HashSet<RequestId> = HashSet::new();
        let mut is_shut = false;
        loop {
            // All received messages are read before the first is answered, because one may cancel
            // another.
            let idle = waiting.is_empty()
                && !self.state.workspace.is_stale()
                && self.state.touched.is_empty();
            let arrived = if idle {
                connection.receiver.recv().ok()
            } else {
                connection.receiver.try_recv().ok()
            };
            match arrived {
                Some(Message::Notification(note)) if note.method == Cancel::METHOD => {
                    cancelled.extend(cancelled_id(note));
                    continue;
                }
                Some(mut message) => {
                    match &mut message {
                        Message::Request(it) => self.raw.incoming(&mut it.params),
                        Message::Notification(it) => self.raw.incoming(&mut it.params),
                        Message::Response(_) => {}
                    }
                    waiting.push_back(message);
                    continue;
                }
                // The client is gone.
                None if idle => return false,
                None => {}
            }
            match waiting.pop_front() {
                Some(Message::Request(request))
                    if request.method == types::request::Shutdown::METHOD =>
                {
                    is_shut = true;
                    self.send(connection, Response::new_ok(request.id, Value::Null));
                }
                Some(Message::Request(request)) => {
                    let taken_back = cancelled.remove(&request.id);
                    let response = self.answer(request, taken_back, is_shut);
                    self.send(connection, response);
                    self.publish(connection);
                }
                Some(Message::Notification(note))
                    if note.method == types::notification::Exit::METHOD =>
                {
                    return is_shut;
                }
                Some(Message::Notification(note)) => self.notified(note),
                Some(Message::Response(_)) => {}
                None => {
                    cancelled.clear();
                    self.state
                        .touched
                        .extend(self.state.workspace.refresh_next());
                    self.publish(connection);
                }
            }
        }
    }

    fn answer(&mut self, request: Request, taken_back: bool, is_shut: bool) -> Response {
        let id = request.id.clone();
        if taken_back {
            return Response::new_err(
                id,
                ErrorCode::RequestCanceled as i32,
                "canceled by the client".into(),
            );
        }
        if is_shut {
            return Response::new_err(
                id,
                ErrorCode::InvalidRequest as i32,
                "the server is shut down".into(),
            );
        }
        if request.method == types::request::Initialize::METHOD {
            let message = "the server is initialized already";
            let code = ErrorCode::InvalidRequest as i32;
            return Response::new_err(id, code, message.into());
        }
        // No handler is known to panic. If one does, the server keeps running and the request gets
        // an error response.
        let method = request.method.clone();
        catch_unwind(AssertUnwindSafe(|| {
            handlers::answer(&mut self.state, request)
        }))
        .unwrap_or_else(|_| {
            Response::new_err(
                id,
                ErrorCode::InternalError as i32,
                format!("srmc crashed in `{method}`; please report this bug"),
            )
        })
    }

    /// Handles a notification; one that cannot be understood is ignored.
    fn notified(&mut self, note: Notification) {
        let params = note.params;
        let understood = match note.method.as_str() {
            DidOpenTextDocument::METHOD => read(params).map(|it| self.opened(it)),
            DidChangeTextDocument::METHOD => read(params).map(|it| self.edited(it)),
            DidCloseTextDocument::METHOD => read(params).map(|it| self.closed(&it)),
            DidChangeWatchedFiles::METHOD => read(params).map(|it| self.changed_on_disk(it)),
            DidChangeWorkspaceFolders::METHOD => read(params).map(|it| self.changed_folders(&it)),
            DidChangeConfiguration::METHOD => read(params).map(|it| self.configured(it)),
            _ => None,
        };
        understood.unwrap_or_default();
    }

    fn opened(&mut self, params: types::DidOpenTextDocumentParams) {
        let opened = params.text_document;
        let path = self.state.path_of(&opened.uri);
        self.renamed(path.clone(), Some(&opened.uri));
        self.state.workspace.opened(&path, opened.text);
        let (uri, version) = (opened.uri, opened.version);
        self.state.documents.insert(path, Document { uri, version });
    }

    fn edited(&mut self, params: types::DidChangeTextDocumentParams) {
        let path = self.state.path_of(&params.text_document.uri);
        let (encoding, version) = (self.state.encoding, params.text_document.version);
        if let Some(document) = self.state.documents.get_mut(&path) {
            self.state.workspace.edit(&path, |text| {
                document.edit(text, params.content_changes, version, encoding);
            });
        }
    }

    fn closed(&mut self, params: &types::DidCloseTextDocumentParams) {
        let path = self.state.path_of(&params.text_document.uri);
        let saved = self.state.uri_of_saved(&path);
        self.renamed(path.clone(), saved.as_ref());
        self.state.documents.remove(&path);
        self.state.workspace.closed(&path);
    }

    fn changed_on_disk(&mut self, params: types::DidChangeWatchedFilesParams) {
        for change in params.changes {
            let path = self.state.path_of(&change.uri);
            let below = self.state.workspace.changed_on_disk(&path);
            self.state.touched.extend(below);
        }
    }

    fn changed_folders(&mut self, params: &types::DidChangeWorkspaceFoldersParams) {
        let paths = |folders: &[types::WorkspaceFolder]| -> Vec<PathBuf> {
            folders
                .iter()
                .map(|folder| self.state.path_of(&folder.uri))
                .collect()
        };
        let (added, removed) = (paths(&params.event.added), paths(&params.event.removed));
        self.state.folders.retain(|it| !removed.contains(&it.path));
        for folder in &params.event.added {
            let path = self
                .state
                .workspace
                .files()
                .real_path(&path_of(&folder.uri));
            let uri = folder.uri.clone();
            self.state.folders.push(ClientFolder { path, uri });
        }
        self.state.workspace.change_folders(added, &removed);
        self.state.touched.extend(self.published.keys().cloned());
    }

    fn configured(&mut self, params: types::DidChangeConfigurationParams) {
        let own = params
            .settings
            .get("srmc")
            .cloned()
            .unwrap_or(params.settings);
        self.state.settings = serde_json::from_value(own).unwrap_or(self.state.settings);
    }

    /// The client now uses another URI for a file, perhaps through a link: findings under the old
    /// URI are cleared.
    fn renamed(&mut self, path: PathBuf, new: Option<&types::Uri>) {
        let name = self.state.uri_of(&path);
        // A client that pulls findings must not also get them pushed.
        let is_other = name.as_ref() != new || self.pulls();
        if is_other && self.published.remove(&path).is_some() {
            self.outdated.extend(name);
        }
        self.state.touched.insert(path);
    }

    /// Whether the client asks for the findings of open documents itself.
    fn pulls(&self) -> bool {
        self.state
            .client
            .text_document
            .as_ref()
            .is_some_and(|it| it.diagnostic.is_some())
    }

    /// Publishes the findings of the files that may have changed.
    fn publish(&mut self, connection: &Connection) {
        let mut changed = false;
        for uri in std::mem::take(&mut self.outdated) {
            let params = PublishDiagnosticsParams {
                uri,
                diagnostics: Vec::new(),
                version: None,
            };
            self.send(
                connection,
                Notification::new(PublishDiagnostics::METHOD.to_owned(), params),
            );
        }
        for path in std::mem::take(&mut self.state.touched) {
            let found = handlers::diagnostics::of_file(&self.state, &path);
            let known = self.published.get(&path);
            if known.map_or(&[][..], Vec::as_slice) == found.as_slice() {
                continue;
            }
            let open = self.state.documents.get(&path);
            let (uri, version) = (self.state.uri_of(&path), open.map(|it| it.version));
            changed |= open.is_some();
            let is_pulled = open.is_some() && self.pulls();
            if let (Some(uri), false) = (uri, is_pulled) {
                let params = PublishDiagnosticsParams {
                    uri,
                    diagnostics: found.clone(),
                    version,
                };
                self.send(
                    connection,
                    Notification::new(PublishDiagnostics::METHOD.to_owned(), params),
                );
            }
            if found.is_empty() {
                self.published.remove(&path);
            } else {
                self.published.insert(path, found);
            }
        }
        if changed && self.pulls() && self.refreshes {
            self.ask(connection, WorkspaceDiagnosticRefresh::METHOD, Value::Null);
        }
    }

    fn ask(&mut self, connection: &Connection, method: &str, params: Value) {
        self.asked += 1;
        let request = Request::new(RequestId::from(self.asked), method.to_owned(), params);
        self.send(connection, request);
    }

    /// Registers for notifications about file changes on disk.
    fn watch_files(&mut self, connection: &Connection) {
        let watches = self
            .state
            .client
            .workspace
            .as_ref()
            .and_then(|it| it.did_change_watched_files.as_ref());
        if watches.and_then(|it| it.dynamic_registration) == Some(true) {
            // Folders are watched too, because an editor may tell of a folder instead of its files.
            let watchers = serde_json::json!([{ "globPattern": "**/*" }]);
            let registration = serde_json::json!({ "registrations": [{
                "id": "srm-files", "method": DidChangeWatchedFiles::METHOD, "registerOptions": { "watchers": watchers }
            }] });
            self.ask(connection, RegisterCapability::METHOD, registration);
        }
    }

    /// Sends a message. Errors are ignored: a lost client is noticed when receiving fails.
    fn send(&self, connection: &Connection, message: impl Into<Message>) {
        let mut message = message.into();
        match &mut message {
            Message::Request(it) => self.raw.outgoing(&mut it.params),
            Message::Notification(it) => self.raw.outgoing(&mut it.params),
            Message::Response(it) => {
                if let Ok(result) = &mut it.response_result {
                    self.raw.outgoing(result);
                }
            }
        }
        let _ = connection.sender.send(message);
    }
}

fn read<T: DeserializeOwned>(params: Value) -> Option<T> {
    serde_json::from_value(params).ok()
}

fn cancelled_id(note: Notification) -> Option<RequestId> {
    let params: types::CancelParams = read(note.params)?;
    Some(match params.id {
        NumberOrString::Number(number) => RequestId::from(number),
        NumberOrString::String(text) => RequestId::from(text),
    })
}
