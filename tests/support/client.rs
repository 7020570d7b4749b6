//! A client of the language server, for tests.
#![allow(dead_code, reason = "each suite uses its own part")]

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use lsp_server::{Connection, Message, Notification, Request, RequestId};
use serde_json::{Value, json};

/// An editor and its documents.
pub struct Client {
    connection: Connection,
    server: Option<std::thread::JoinHandle<Result<bool, String>>>,
    asked: i32,
    /// The folder of its files.
    pub root: PathBuf,
    /// The findings it last received, by file.
    pub findings: BTreeMap<String, Vec<Value>>,
    /// Requests from the server.
    pub requests: Vec<Request>,
}

impl Client {
    /// Starts a server on a folder, with what the client can do and its settings.
    pub fn start(root: &Path, capabilities: Value, settings: Value) -> Self {
        let root = root.canonicalize().expect("a folder");
        Self::start_at(&root, capabilities, settings)
    }

    /// The same, on a folder by just this path, perhaps a link.
    pub fn start_at(root: &Path, capabilities: Value, settings: Value) -> Self {
        let root = root.to_owned();
        let (connection, theirs) = Connection::memory();
        let options = super::options();
        let server = std::thread::spawn(move || srmc::lsp::serve(&theirs, options));
        let mut client = Self {
            connection,
            server: Some(server),
            asked: 0,
            root,
            findings: BTreeMap::new(),
            requests: Vec::new(),
        };
        let folder = json!({ "uri": client.uri(""), "name": "test" });
        client
            .ask("initialize", json!({ "capabilities": capabilities, "workspaceFolders": [folder], "initializationOptions": settings }))
            .expect("initialized");
        client.tell("initialized", json!({}));
        client
    }

    pub fn uri(&self, name: &str) -> String {
        let path = if name.is_empty() {
            self.root.clone()
        } else {
            self.root.join(name)
        };
        url::Url::from_file_path(path).expect("a path").to_string()
    }

    /// The codes published for a URI.
    pub fn findings_at(&self, uri: &str) -> Vec<String> {
        let findings = self.findings.get(&self.name(uri)).into_iter().flatten();
        findings
            .map(|finding| finding["code"].as_str().expect("a code").to_owned())
            .collect()
    }

    /// The name of a file in the folder.
    pub fn name(&self, uri: &str) -> String {
        let Ok(path) = url::Url::parse(uri).expect("a URI").to_file_path() else {
            return uri.to_owned();
        };
        path.strip_prefix(&self.root).map_or_else(
            |_| uri.to_owned(),
            |path| path.to_string_lossy().into_owned(),
        )
    }

    pub fn tell(&self, method: &str, params: Value) {
        self.connection
            .sender
            .send(
                Notification {
                    method: method.into(),
                    params,
                }
                .into(),
            )
            .expect("sent");
    }

    pub fn send(&mut self, method: &str, params: Value) -> RequestId {
        self.asked += 1;
        let id = RequestId::from(self.asked);
        self.connection
            .sender
            .send(
                Request {
                    id: id.clone(),
                    method: method.into(),
                    params,
                }
                .into(),
            )
            .expect("sent");
        id
    }

    /// Asks and waits for the answer: a result, or the error's message.
    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, String> {
        let id = self.send(method, params);
        self.wait_for(&id)
    }

    pub fn wait_for(&mut self, id: &RequestId) -> Result<Value, String> {
        loop {
            match self.next() {
                Message::Response(response) if response.id == *id => {
                    let json = serde_json::to_value(response).expect("JSON");
                    return match json.get("error") {
                        Some(error) => {
                            Err(error["message"].as_str().unwrap_or_default().to_owned())
                        }
                        None => Ok(json.get("result").cloned().unwrap_or(Value::Null)),
                    };
                }
                other => self.take(other),
            }
        }
    }

    fn next(&self) -> Message {
        self.connection
            .receiver
            .recv_timeout(std::time::Duration::from_secs(60))
            .expect("a message")
    }

    fn take(&mut self, message: Message) {
        match message {
            Message::Notification(note) if note.method == "textDocument/publishDiagnostics" => {
                let name = self.name(note.params["uri"].as_str().expect("a URI"));
                self.findings.insert(
                    name,
                    note.params["diagnostics"]
                        .as_array()
                        .expect("a list")
                        .clone(),
                );
            }
            Message::Request(request) => self.requests.push(request),
            _ => {}
        }
    }

    /// Waits until the server has sent everything.
    pub fn settle(&mut self) {
        // The query completes all pending runs. Messages sent before it arrive before its answer;
        // those caused by it arrive after, so a second query is needed.
        let _ = self.ask("workspace/symbol", json!({ "query": "\u{1f}" }));
        let _ = self.ask("workspace/symbol", json!({ "query": "\u{1f}" }));
    }

    pub fn open(&self, name: &str, text: &str) {
        let document =
            json!({ "uri": self.uri(name), "languageId": "srm", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": document }));
    }

    /// Replaces a whole text.
    pub fn change(&self, name: &str, version: i32, text: &str) {
        let changes = json!([{ "text": text }]);
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": self.uri(name), "version": version }, "contentChanges": changes }),
        );
    }

    /// Shuts down as the protocol requires; returns whether the server agrees.
    pub fn leave(mut self) -> bool {
        let _ = self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.server
            .take()
            .expect("a server")
            .join()
            .expect("no panic")
            .expect("served")
    }

    /// Disconnects without shutdown; returns whether the server ends.
    pub fn die(mut self) -> bool {
        let server = self.server.take().expect("a server");
        drop(self);
        server.join().expect("no panic").expect("served")
    }
}

/// The byte of a position in UTF-16.
pub fn byte(text: &str, position: &Value) -> usize {
    let number =
        |name: &str| u32::try_from(position[name].as_u64().expect("a number")).expect("small");
    srmc::source::Lines::new(text).byte(
        text,
        (number("line"), number("character")),
        srmc::source::Encoding::Utf16,
    )
}

/// A byte as a position in UTF-16.
pub fn position(text: &str, byte: usize) -> Value {
    let (line, character) =
        srmc::source::Lines::new(text).place(text, byte, srmc::source::Encoding::Utf16);
    json!({ "line": line, "character": character })
}

/// A text with the edits of a client's answer in it.
pub fn edited(text: &str, edits: &Value) -> String {
    let list = edits.as_array().cloned().unwrap_or_default();
    let mut edits: Vec<(usize, usize, String)> = list
        .iter()
        .map(|edit| {
            let range = &edit["range"];
            (
                byte(text, &range["start"]),
                byte(text, &range["end"]),
                edit["newText"].as_str().expect("a text").to_owned(),
            )
        })
        .collect();
    edits.sort_by_key(|(start, end, _)| (*start, *end));
    assert!(
        edits.windows(2).all(|pair| pair[0].1 <= pair[1].0),
        "edits overlap: {edits:?}"
    );
    let mut out = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        out.replace_range(start..end, &new);
    }
    out
}
