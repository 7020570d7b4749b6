//! Whatever a client sends, the server answers each request and exits when told to.
//!
//! The input is split at each 0xFF. In each piece, the first byte chooses a method, the second and
//! third are a line and a column, and the rest is the text of the document, or the query.
#![no_main]

use libfuzzer_sys::fuzz_target;
use lsp_server::{Connection, Message, Notification, Request};
use serde_json::{Value, json};
use srmc::Options;

const REQUESTS: [&str; 21] = [
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/definition",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/documentSymbol",
    "workspace/symbol",
    "textDocument/foldingRange",
    "textDocument/selectionRange",
    "textDocument/formatting",
    "textDocument/rangeFormatting",
    "textDocument/codeAction",
    "textDocument/documentLink",
    "textDocument/semanticTokens/full",
    "textDocument/semanticTokens/range",
    "textDocument/diagnostic",
    "textDocument/codeLens",
    "textDocument/inlayHint",
    "documentLink/resolve",
];

fuzz_target!(|bytes: &[u8]| {
    let (server, client) = Connection::memory();
    let send = |message: Message| client.sender.send(message).expect("the server listens");
    let request = |id: i32, method: &str, params: Value| {
        send(Message::Request(Request {
            id: id.into(),
            method: method.into(),
            params,
        }));
    };
    let notify = |method: &str, params: Value| {
        send(Message::Notification(Notification {
            method: method.into(),
            params,
        }));
    };
    request(
        0,
        "initialize",
        json!({
            "capabilities": { "textDocument": { "completion":
                { "completionItem": { "snippetSupport": true } } } },
            "initializationOptions": { "codeLens": true, "inlayHints": true },
        }),
    );
    notify("initialized", json!({}));
    let uri = json!("untitled:main.srm");
    let open = |text: &str| {
        json!({ "textDocument":
        { "uri": uri, "languageId": "srm", "version": 1, "text": text } })
    };
    notify("textDocument/didOpen", open(""));
    let mut asked = 0;
    for piece in bytes.split(|byte| *byte == 0xFF).take(40) {
        let [choice, line, column, rest @ ..] = piece else {
            continue;
        };
        let text = String::from_utf8_lossy(rest);
        let position = json!({ "line": line, "character": column });
        let range = json!({ "start": position, "end": { "line": line, "character": 200 } });
        let document = json!({ "uri": uri });
        match usize::from(*choice) {
            at @ 0..21 => {
                asked += 1;
                request(
                    asked,
                    REQUESTS[at],
                    json!({
                        "textDocument": document, "position": position, "positions": [position],
                        "range": range, "newName": text, "query": text, "context":
                            { "includeDeclaration": true, "diagnostics": [] },
                        "options": { "tabSize": 2, "insertSpaces": true },
                    }),
                );
            }
            21..120 => notify("textDocument/didOpen", open(&text)),
            120..200 => notify(
                "textDocument/didChange",
                json!({
                    "textDocument": { "uri": uri, "version": 2 },
                    "contentChanges": [{ "range": range, "text": text }],
                }),
            ),
            _ if text == "exit" => {}
            _ => notify(&text, serde_json::from_str(&text).unwrap_or(Value::Null)),
        }
    }
    request(asked + 1, "shutdown", Value::Null);
    notify("exit", Value::Null);
    let options = Options {
        budget: 1 << 12,
        ..Options::on(jiff::civil::date(2026, 11, 21))
    };
    assert_eq!(srmc::lsp::serve(&server, options), Ok(true));
    drop(server);
    let answers = client
        .receiver
        .iter()
        .filter(|it| matches!(it, Message::Response(_)))
        .count();
    assert_eq!(
        answers,
        usize::try_from(asked).unwrap_or(0) + 2,
        "each request has one answer"
    );
});
