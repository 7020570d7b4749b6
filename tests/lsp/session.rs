//! Sessions with the language server: the real binary over its streams, and everything that a
//! client may do wrong.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::path::PathBuf;
use std::process::{ChildStdin, Command, Stdio};

use crate::support::client::{Client, edited, position};
use crate::support::scratch_repository;
use proptest::prelude::*;
use serde_json::{Value, json};

pub(super) const PARTIES: &str = "party customer \"Customer\"\nparty oracle \"Oracle\"\n";
pub(super) const SHOP: &str = "use \"parties.srm\"\nmodel shop {\n  duty a\n  duty b\n  customer owns a\n  oracle owns b\n}\n";

pub(super) fn folder(name: &str) -> PathBuf {
    let root = scratch_repository(&format!("session/{name}"));
    fs::write(root.join("parties.srm"), PARTIES).expect("written");
    fs::write(root.join("shop.srm"), SHOP).expect("written");
    root
}

pub(super) fn start(name: &str) -> Client {
    Client::start(&folder(name), json!({}), Value::Null)
}

/// The codes published for a file.
pub(super) fn codes(client: &Client, name: &str) -> Vec<String> {
    let findings = client.findings.get(name).into_iter().flatten();
    findings
        .map(|finding| finding["code"].as_str().expect("a code").to_owned())
        .collect()
}

#[test]
fn findings_follow_every_change_and_go_when_mended() {
    let mut client = start("follow");
    client.settle();
    assert!(client.findings.is_empty(), "{:?}", client.findings);
    client.open("shop.srm", SHOP);
    client.change("shop.srm", 2, &SHOP.replace("  oracle owns b\n", ""));
    client.settle();
    assert_eq!(codes(&client, "shop.srm"), ["SRM0301"]);
    // With a syntax error the rest is still checked.
    client.change(
        "shop.srm",
        3,
        &SHOP.replace("  oracle owns b\n", "  duty c\n  oracle ons b\n"),
    );
    client.settle();
    assert_eq!(codes(&client, "shop.srm"), ["SRM0301", "SRM0101"]);
    client.change("shop.srm", 4, SHOP);
    client.settle();
    assert_eq!(codes(&client, "shop.srm"), [""; 0]);
    // A change in one file updates the findings of models in other files, even closed ones.
    client.open("parties.srm", PARTIES);
    client.change("parties.srm", 2, "party customer \"Customer\"\n");
    client.settle();
    assert_eq!(codes(&client, "shop.srm"), ["SRM0201"]);
    client.change("parties.srm", 3, PARTIES);
    client.settle();
    assert_eq!(codes(&client, "shop.srm"), [""; 0]);
    // An unsaved text is gone once its document is closed.
    client.change("parties.srm", 4, "party customer\n");
    client.tell(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": client.uri("parties.srm") } }),
    );
    client.settle();
    assert_eq!(codes(&client, "shop.srm"), [""; 0]);
    assert!(client.leave());
}

#[test]
fn a_client_that_pulls_is_not_pushed_to() {
    let client = json!({ "textDocument": { "diagnostic": {} }, "workspace": { "diagnostics": { "refreshSupport": true } } });
    let mut client = Client::start(&folder("pull"), client, Value::Null);
    client.open("shop.srm", &SHOP.replace("  oracle owns b\n", ""));
    client.settle();
    assert!(!client.findings.contains_key("shop.srm"));
    let uri = client.uri("shop.srm");
    let report = client
        .ask(
            "textDocument/diagnostic",
            json!({ "textDocument": { "uri": uri } }),
        )
        .expect("a report");
    assert_eq!(report["items"][0]["code"], "SRM0301", "{report}");
    client.settle();
    assert!(
        client
            .requests
            .iter()
            .any(|it| it.method == "workspace/diagnostic/refresh")
    );
    assert!(client.leave());
}

#[test]
fn columns_are_counted_as_the_client_counts_them() {
    let text = "party a \"😀é\" { kind provider }\nmodel m { }\n";
    for (encoding, column) in [("utf-8", 19), ("utf-16", 16), ("utf-32", 15)] {
        let client = json!({ "general": { "positionEncodings": [encoding] } });
        let mut client = Client::start(&folder(encoding), client, Value::Null);
        client.open("a.srm", text);
        let at = json!({ "textDocument": { "uri": client.uri("a.srm") }, "position": { "line": 0, "character": column } });
        let hover = client.ask("textDocument/hover", at).expect("an answer");
        assert_eq!(
            hover["range"]["start"]["character"], column,
            "{encoding}: {hover}"
        );
        assert!(client.leave());
    }
}

#[test]
fn nonsense_is_answered_and_the_server_goes_on() {
    let mut client = start("nonsense");
    client.open("shop.srm", SHOP);
    let at = |client: &Client, name: &str, line: u32| json!({ "textDocument": { "uri": client.uri(name) }, "position": { "line": line, "character": 9 } });
    // Positions beyond the text; files that are closed, missing, or not files at all.
    let beyond = at(&client, "shop.srm", 4_000_000_000);
    assert_eq!(client.ask("textDocument/hover", beyond), Ok(Value::Null));
    let closed = at(&client, "parties.srm", 0);
    assert!(
        client
            .ask("textDocument/hover", closed)
            .expect("an answer")
            .is_object()
    );
    for uri in [
        "file:///nowhere/x.srm",
        "untitled:Untitled-1",
        "http://example.com/x.srm",
        "file:///",
    ] {
        let nowhere =
            json!({ "textDocument": { "uri": uri }, "position": { "line": 0, "character": 0 } });
        assert_eq!(
            client.ask("textDocument/hover", nowhere),
            Ok(Value::Null),
            "{uri}"
        );
    }
    // Requests that cannot be understood.
    assert!(
        client
            .ask("textDocument/hover", json!({ "wrong": 1 }))
            .is_err()
    );
    assert!(
        client
            .ask("srm/unknown", Value::Null)
            .expect_err("refused")
            .contains("srm/unknown")
    );
    // Changes out of order or to a closed document, and unknown notifications.
    client.change("parties.srm", 7, "party x");
    client.tell("textDocument/didChange", json!({ "textDocument": 5 }));
    client.tell("srm/whatever", json!([1]));
    let range =
        json!({ "start": { "line": 9, "character": 0 }, "end": { "line": 3, "character": 1 } });
    client.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": client.uri("shop.srm"), "version": -1 }, "contentChanges": [{ "range": range, "text": "é" }] }),
    );
    client.settle();
    // A document that was never saved.
    let untitled = json!({ "uri": "untitled:Untitled-1", "languageId": "srm", "version": 1, "text": "model m { duty d }\n" });
    client.tell("textDocument/didOpen", json!({ "textDocument": untitled }));
    let symbols = client
        .ask(
            "textDocument/documentSymbol",
            json!({ "textDocument": { "uri": "untitled:Untitled-1" } }),
        )
        .expect("an answer");
    assert_eq!(symbols[0]["name"], "m");
    assert!(client.leave());
}

#[test]
fn a_request_that_was_taken_back_gets_an_error() {
    let mut client = start("cancel");
    client.open("shop.srm", SHOP);
    // All three are sent before the first is answered; cancelling a request that was already
    // answered is allowed.
    let first = client.send("workspace/symbol", json!({ "query": "" }));
    let second = client.send(
        "textDocument/documentSymbol",
        json!({ "textDocument": { "uri": client.uri("shop.srm") } }),
    );
    client.tell("$/cancelRequest", json!({ "id": 3 }));
    client.tell("$/cancelRequest", json!({ "id": 999 }));
    let _ = client.wait_for(&first);
    if let Err(why) = client.wait_for(&second) {
        assert_eq!(why, "canceled by the client");
    }
    assert!(
        client
            .ask("workspace/symbol", json!({ "query": "shop" }))
            .expect("an answer")
            .is_array()
    );
    assert!(client.leave());
}

#[test]
fn a_client_that_dies_ends_the_server() {
    let client = start("dies");
    client.open("shop.srm", SHOP);
    assert!(!client.die(), "nobody said shutdown");
}

#[test]
fn edits_end_where_the_client_thinks() {
    let mut client = start("edits");
    client.open("shop.srm", SHOP);
    let mut text = SHOP.to_owned();
    // Letter by letter, as somebody types; each is one edit of the text before it.
    for (nth, c) in "  duty é😀\n  # end".chars().enumerate() {
        let at = text.rfind('}').expect("a brace");
        let place = position(&text, at);
        let change = json!({ "range": { "start": place, "end": place }, "text": c.to_string() });
        let document = json!({ "uri": client.uri("shop.srm"), "version": 2 + nth });
        client.tell(
            "textDocument/didChange",
            json!({ "textDocument": document, "contentChanges": [change] }),
        );
        text.insert(at, c);
    }
    let options = json!({ "tabSize": 2, "insertSpaces": true });
    let uri = client.uri("shop.srm");
    let edits = client
        .ask(
            "textDocument/formatting",
            json!({ "textDocument": { "uri": uri }, "options": options }),
        )
        .expect("an answer");
    assert_eq!(edited(&text, &edits), srmc::format::format(&text).text);
    assert!(client.leave());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, failure_persistence: None, ..ProptestConfig::default() })]

    /// After any edits, the server has the same text as the client and reports the same findings as
    /// `check`.
    #[test]
    fn any_edits_leave_client_and_server_with_one_text(edits in proptest::collection::vec((any::<prop::sample::Index>(), 0..9usize, "[a-z {}|\"=\n😀#]{0,6}"), 1..12)) {
        let mut client = Client::start(&folder("random"), json!({}), Value::Null);
        client.open("shop.srm", SHOP);
        let mut text = SHOP.to_owned();
        for (nth, (at, length, new)) in edits.into_iter().enumerate() {
            let mut from = at.index(text.len() + 1);
            while !text.is_char_boundary(from) { from -= 1; }
            let mut to = (from + length).min(text.len());
            while !text.is_char_boundary(to) { to += 1; }
            let range = json!({ "start": position(&text, from), "end": position(&text, to) });
            let change = json!({ "range": range, "text": new });
            let document = json!({ "uri": client.uri("shop.srm"), "version": 2 + nth });
            client.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": [change] }));
            text.replace_range(from..to, &new);
            for method in ["textDocument/hover", "textDocument/completion", "textDocument/definition"] {
                let at = json!({ "textDocument": { "uri": client.uri("shop.srm") }, "position": position(&text, from), "context": { "triggerKind": 1 } });
                prop_assert!(client.ask(method, at).is_ok());
            }
            for method in ["textDocument/documentSymbol", "textDocument/foldingRange", "textDocument/semanticTokens/full", "textDocument/documentLink"] {
                let of = json!({ "textDocument": { "uri": client.uri("shop.srm") } });
                prop_assert!(client.ask(method, of).is_ok());
            }
            let here = json!({ "start": position(&text, from), "end": position(&text, from) });
            let actions = json!({ "textDocument": { "uri": client.uri("shop.srm") }, "range": here, "context": { "diagnostics": [] } });
            prop_assert!(client.ask("textDocument/codeAction", actions).is_ok());
        }
        client.settle();
        let run = crate::support::run_files(&[("shop.srm", &text), ("parties.srm", PARTIES)], crate::support::options());
        let shop = |it: &&srmc::diagnostic::Diagnostic| run.sources.name(it.span().file) == "shop.srm";
        let mut expected: Vec<String> = run.findings.iter().filter(shop).map(|it| it.code.id().to_owned()).collect();
        let mut told = codes(&client, "shop.srm");
        expected.sort();
        told.sort();
        prop_assert_eq!(told, expected, "{}", text);
        prop_assert!(client.leave());
    }
}

/// The real binary, over its streams.
#[test]
fn the_binary_speaks_the_protocol() {
    let root = folder("binary");
    let mut server = Command::new(env!("CARGO_BIN_EXE_srmc"))
        .arg("lsp")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("started");
    let mut input = server.stdin.take().expect("a stream");
    let mut output = BufReader::new(server.stdout.take().expect("a stream"));
    let uri = |name: &str| {
        url::Url::from_file_path(root.join(name))
            .expect("a path")
            .to_string()
    };
    let send = |input: &mut ChildStdin, message: Value| {
        let text = message.to_string();
        write!(input, "Content-Length: {}\r\n\r\n{text}", text.len())
            .and_then(|()| input.flush())
            .expect("written");
    };
    let mut next = || -> Value {
        let mut length = 0;
        loop {
            let mut line = String::new();
            output.read_line(&mut line).expect("a line");
            if let Some(number) = line.strip_prefix("Content-Length: ") {
                length = number.trim().parse().expect("a number");
            } else if line.trim().is_empty() {
                break;
            }
        }
        let mut bytes = vec![0; length];
        output.read_exact(&mut bytes).expect("a message");
        serde_json::from_slice(&bytes).expect("JSON")
    };
    send(
        &mut input,
        json!({ "jsonrpc": "2.0", "id": 1, "method": "initialize", "params": { "capabilities": {}, "rootUri": uri("") } }),
    );
    let answer = next();
    assert_eq!(answer["result"]["serverInfo"]["name"], "srmc");
    insta::assert_json_snapshot!("capabilities", answer["result"]["capabilities"]);
    send(
        &mut input,
        json!({ "jsonrpc": "2.0", "method": "initialized", "params": {} }),
    );
    let document = json!({ "uri": uri("shop.srm"), "languageId": "srm", "version": 1, "text": SHOP.replace("  oracle owns b\n", "") });
    send(
        &mut input,
        json!({ "jsonrpc": "2.0", "method": "textDocument/didOpen", "params": { "textDocument": document } }),
    );
    let told = next();
    assert_eq!(told["method"], "textDocument/publishDiagnostics");
    assert_eq!(told["params"]["diagnostics"][0]["code"], "SRM0301");
    assert_eq!(told["params"]["version"], 1);
    send(
        &mut input,
        json!({ "jsonrpc": "2.0", "id": 2, "method": "shutdown" }),
    );
    assert_eq!(next()["id"], 2);
    send(&mut input, json!({ "jsonrpc": "2.0", "method": "exit" }));
    assert_eq!(server.wait().expect("ended").code(), Some(0));
}

/// No matter which lines are formatted, no word is lost: a moved line is moved as a whole.
#[test]
fn formatting_some_lines_loses_no_word() {
    let mut client = start("ranges");
    let option = "option  o\n\nparty   b \"B\"\n\n\nparty   c \"C\"\n\nmodel m {\n\n\n  duty d\n\n  b   owns d  }\n";
    let shared = fs::read_to_string(crate::support::home().join("examples/azure/shared.srm"))
        .expect("an example")
        .replace("\nparty", "\n\n\n  party");
    let mut version = 1;
    for text in [
        option,
        &shared,
        "party   a \"A\"  # x\ry\nmodel   m {\nduty d\na   owns d\n}\n",
    ] {
        client.open("a.srm", text);
        let lines = text.matches('\n').count();
        for first in 0..lines {
            for last in first..lines.min(first + 3) {
                version += 1;
                client.change("a.srm", version, text);
                let range = json!({ "start": { "line": first, "character": 0 }, "end": { "line": last, "character": 1 } });
                let options = json!({ "tabSize": 2, "insertSpaces": true });
                let params = json!({ "textDocument": { "uri": client.uri("a.srm") }, "range": range, "options": options });
                let edits = client
                    .ask("textDocument/rangeFormatting", params)
                    .expect("an answer");
                let after = edited(text, &edits);
                assert!(
                    srmc::format::same_words(text, &after),
                    "lines {first} to {last} of\n{text}\nbecame\n{after}"
                );
            }
        }
        let params = json!({ "textDocument": { "uri": client.uri("a.srm") }, "options": { "tabSize": 2, "insertSpaces": true } });
        let edits = client
            .ask("textDocument/formatting", params)
            .expect("an answer");
        assert_eq!(edited(text, &edits), srmc::format::format(text).text);
    }
    assert!(client.leave());
}
