//! The server's state: texts and runs, and the client's capabilities.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lsp_server::ErrorCode;

use super::document::Document;
use super::types::{self, ClientCapabilities, InitializeParams};
use super::uris::{ClientFolder, path_of, uri_of};
use crate::check::Options;
use crate::disk::Disk;
use crate::ide::Workspace;
use crate::load::FileProvider;
use crate::source::Encoding;

/// Why a request gets no answer.
#[derive(Debug)]
pub(super) struct RequestError {
    /// The protocol's code for it.
    pub code: ErrorCode,
    /// Why, in a sentence that an editor shows.
    pub message: String,
}

impl RequestError {
    /// The user asked for something impossible.
    pub(super) fn because(message: impl Into<String>) -> Self {
        Self {
            code: ErrorCode::RequestFailed,
            message: message.into(),
        }
    }
}

/// What the user switched on.
#[derive(Clone, Copy, Debug, Default, serde::Deserialize)]
#[serde(default, rename_all = "camelCase")]
pub(super) struct Settings {
    /// Counts above models and parties.
    pub code_lens: bool,
    /// Hints after a duty's name that show who holds it.
    pub inlay_hints: bool,
}

/// What the server knows.
pub(super) struct ServerState {
    /// Texts and runs.
    pub workspace: Workspace,
    /// What the client says about its open documents.
    pub documents: BTreeMap<PathBuf, Document>,
    /// Its folders.
    pub folders: Vec<ClientFolder>,
    /// How the client counts columns.
    pub encoding: Encoding,
    /// What the client can do.
    pub client: ClientCapabilities,
    /// What the user switched on.
    pub settings: Settings,
    /// Files whose findings may have changed.
    pub touched: BTreeSet<PathBuf>,
}

impl ServerState {
    pub(super) fn new(params: InitializeParams, encoding: Encoding, options: Options) -> Self {
        let settings = params
            .initialization_options
            .and_then(|options| serde_json::from_value(options).ok())
            .unwrap_or_default();
        #[allow(deprecated, reason = "clients that know no folders tell their root so")]
        let root = params.root_uri;
        let folders = params.workspace_folders.unwrap_or_default();
        let mut uris: Vec<types::Uri> = folders.into_iter().map(|folder| folder.uri).collect();
        if uris.is_empty() {
            uris.extend(root);
        }
        let first = uris.first().map(path_of).unwrap_or_default();
        let files = Disk::new(&first);
        let folder = |uri: types::Uri| ClientFolder {
            path: files.real_path(&path_of(&uri)),
            uri,
        };
        let folders: Vec<ClientFolder> = uris.into_iter().map(folder).collect();
        let paths = folders.iter().map(|folder| folder.path.clone()).collect();
        Self {
            workspace: Workspace::new(paths, Box::new(files), options),
            documents: BTreeMap::new(),
            folders,
            encoding,
            client: params.capabilities,
            settings,
            touched: BTreeSet::new(),
        }
    }

    /// The canonical path of the file that a URI names.
    pub(super) fn path_of(&self, uri: &types::Uri) -> PathBuf {
        let mut open = self.documents.iter();
        let known = open.find(|(_, document)| document.uri == *uri);
        known.map_or_else(
            || self.workspace.files().real_path(&path_of(uri)),
            |(path, _)| path.clone(),
        )
    }

    /// How the client names a file.
    pub(super) fn uri_of(&self, path: &Path) -> Option<types::Uri> {
        let open = self.documents.get(path).map(|it| it.uri.clone());
        open.or_else(|| self.uri_of_saved(path))
    }

    /// How the client would name a file that is not open.
    pub(super) fn uri_of_saved(&self, path: &Path) -> Option<types::Uri> {
        // Of two folders, the inner one is nearer.
        let around = self.folders.iter().filter(|it| path.starts_with(&it.path));
        let nearest = around.max_by_key(|it| it.path.components().count());
        let below = nearest.and_then(|folder| folder.uri_below(path));
        below.or_else(|| uri_of(path))
    }

    /// Finishes all pending runs, for requests that need all files.
    pub(super) fn finish_all(&mut self) {
        self.workspace.rescan_disk();
        for path in self.workspace.waiting() {
            self.settle(&path);
        }
    }

    /// Re-checks a file if its run is stale, so that an answer is up to date.
    pub(super) fn settle(&mut self, path: &Path) {
        self.touched.extend(self.workspace.settle(path));
    }
}
