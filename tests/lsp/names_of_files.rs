//! How the server names files: as the client does, byte for byte, and what becomes of findings when a
//! document or a folder goes.

use std::fs;
use std::path::Path;

use serde_json::{Value, json};

use super::session::{PARTIES, SHOP, codes, folder};
use crate::support::client::Client;
use crate::support::scratch_repository;

const FAULTY: &str =
    "party p \"P\"\nmodel m \"M\" {\n  duty a \"A\"\n  duty b \"B\"\n  p owns a\n}\n";

fn open(client: &Client, uri: &str, text: &str) {
    client.tell(
        "textDocument/didOpen",
        json!({ "textDocument": { "uri": uri, "languageId": "srm", "version": 1, "text": text } }),
    );
}

fn close(client: &Client, uri: &str) {
    client.tell(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": uri } }),
    );
}

/// The file in which the symbol at a place is declared, and the files that its rename would edit.
fn named(client: &mut Client, uri: &str, (line, character): (u32, u32)) -> (Value, Vec<String>) {
    let position = json!({ "line": line, "character": character });
    let at = json!({ "textDocument": { "uri": uri }, "position": position });
    let declared = client
        .ask("textDocument/definition", at.clone())
        .expect("an answer");
    let mut at = at;
    at["newName"] = json!("zz");
    let renamed = client.ask("textDocument/rename", at).expect("an answer");
    let changes = renamed["changes"].as_object().expect("changes");
    (declared["uri"].clone(), changes.keys().cloned().collect())
}

#[test]
fn a_file_below_a_folder_of_any_name_is_found() {
    for name in ["app", "[app]", "a^b", "a|b", "a b", "{x}", "ä`%"] {
        let root = scratch_repository("session/any_name");
        let folder = root.join(name);
        fs::create_dir(&folder).expect("made");
        fs::write(folder.join("m.srm"), FAULTY).expect("written");
        let mut client = Client::start(&root, json!({}), Value::Null);
        client.settle();
        let path = format!("{name}/m.srm");
        assert_eq!(codes(&client, &path), ["SRM0301"], "{name}");
        let uri = client.uri(&path);
        open(&client, &uri, FAULTY);
        let (declared, edited) = named(&mut client, &uri, (4, 2));
        assert_eq!(declared, uri, "{name}");
        assert_eq!(edited, [uri], "{name}");
        assert!(client.leave());
    }
}

#[test]
fn a_document_is_named_as_the_client_named_it() {
    let root = folder("as_named");
    for uri in [
        "inmemory://model/1",
        "vscode-vfs://github/o/r/x.srm",
        "file://server/share/c.srm",
        "untitled:Untitled-1",
        "file:///w/[app]/m.srm",
        "file:///w/%5Bapp%5D/m.srm",
        "file:///w/a%2Fb/../m.srm",
    ] {
        let mut client = Client::start(&root, json!({}), Value::Null);
        open(&client, uri, FAULTY);
        let (declared, edited) = named(&mut client, uri, (4, 2));
        assert_eq!(
            (declared.as_str(), edited),
            (Some(uri), vec![uri.to_owned()])
        );
        assert!(client.leave());
    }
}

#[cfg(unix)]
#[test]
fn a_client_that_came_through_a_link_stays_behind_it() {
    let root = folder("behind_a_link");
    let link = root.parent().expect("a folder").join("link to it");
    let _ = fs::remove_file(&link);
    std::os::unix::fs::symlink(&root, &link).expect("linked");
    let mut client = Client::start_at(&link, json!({}), Value::Null);
    let uri = |name: &str| {
        url::Url::from_file_path(link.join(name))
            .expect("a path")
            .to_string()
    };
    open(&client, &uri("shop.srm"), SHOP);
    let (declared, edited) = named(&mut client, &uri("shop.srm"), (4, 4));
    assert_eq!(declared, uri("parties.srm"));
    assert_eq!(edited, [uri("parties.srm"), uri("shop.srm")]);
    open(
        &client,
        &uri("parties.srm"),
        &PARTIES.replace("oracle", "other"),
    );
    client.settle();
    assert_eq!(client.findings_at(&uri("shop.srm")), ["SRM0201"]);
    assert!(client.leave());
}

/// A client that takes findings as they are pushed is told when they are gone.
#[test]
fn nothing_is_left_of_a_document_that_was_closed() {
    let root = folder("closed");
    fs::write(root.join("gone.srm"), FAULTY).expect("written");
    let mut client = Client::start(&root, json!({}), Value::Null);
    client.settle();
    let (shop, gone) = (client.uri("shop.srm"), client.uri("gone.srm"));
    let outside = "file:///elsewhere/z.srm".to_owned();
    let untitled = "untitled:Untitled-1".to_owned();
    open(&client, &shop, FAULTY);
    open(&client, &gone, FAULTY);
    open(&client, &outside, FAULTY);
    open(&client, &untitled, FAULTY);
    fs::remove_file(root.join("gone.srm")).expect("removed");
    client.tell(
        "workspace/didChangeWatchedFiles",
        json!({ "changes": [{ "uri": gone, "type": 3 }] }),
    );
    client.settle();
    for uri in [&shop, &gone, &outside, &untitled] {
        assert_eq!(client.findings_at(uri), ["SRM0301"], "{uri}");
        close(&client, uri);
    }
    client.settle();
    for uri in [&shop, &gone, &outside, &untitled] {
        assert_eq!(client.findings_at(uri), [""; 0], "{uri}");
    }
    assert!(client.leave());
}

fn faulty_below(root: &Path, name: &str) {
    fs::create_dir_all(root.join(name)).expect("made");
    fs::write(root.join(name).join("m.srm"), FAULTY).expect("written");
}

#[test]
fn folders_that_come_and_go_are_looked_at() {
    let root = folder("folders");
    for name in ["sub", "gen"] {
        faulty_below(&root, name);
    }
    let watches =
        json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } });
    let mut client = Client::start(&root, watches, Value::Null);
    client.settle();
    let watched = client
        .requests
        .iter()
        .find(|it| it.method == "client/registerCapability");
    let watched = &watched.expect("a registration").params["registrations"][0];
    assert_eq!(
        watched["registerOptions"]["watchers"][0]["globPattern"],
        "**/*"
    );
    assert_eq!(codes(&client, "sub/m.srm"), ["SRM0301"]);
    let changed = |client: &mut Client, name: &str, kind: u32| {
        let change = json!({ "uri": client.uri(name), "type": kind });
        client.tell(
            "workspace/didChangeWatchedFiles",
            json!({ "changes": [change] }),
        );
        client.settle();
    };
    // An editor tells of the folder alone.
    fs::remove_dir_all(root.join("sub")).expect("removed");
    changed(&mut client, "sub", 3);
    assert_eq!(codes(&client, "sub/m.srm"), [""; 0]);
    faulty_below(&root, "new/inner");
    changed(&mut client, "new", 1);
    assert_eq!(codes(&client, "new/inner/m.srm"), ["SRM0301"]);
    fs::rename(root.join("new"), root.join("moved")).expect("renamed");
    changed(&mut client, "new", 3);
    changed(&mut client, "moved", 1);
    assert_eq!(codes(&client, "new/inner/m.srm"), [""; 0]);
    assert_eq!(codes(&client, "moved/inner/m.srm"), ["SRM0301"]);
    fs::write(root.join(".gitignore"), "gen/\n").expect("written");
    changed(&mut client, ".gitignore", 1);
    assert_eq!(codes(&client, "gen/m.srm"), [""; 0]);
    fs::remove_file(root.join(".gitignore")).expect("removed");
    changed(&mut client, ".gitignore", 3);
    assert_eq!(codes(&client, "gen/m.srm"), ["SRM0301"]);
    assert!(client.leave());
}

#[test]
fn a_second_initialize_is_refused() {
    let mut client = Client::start(&folder("initialized_twice"), json!({}), Value::Null);
    let told = client.ask("initialize", json!({ "capabilities": {} }));
    assert_eq!(told, Err("the server is initialized already".into()));
    assert!(client.leave());
}

/// Positions are those of the client, which takes CR alone for a line end.
#[test]
fn lines_end_as_the_protocol_says() {
    let mut client = Client::start(&folder("returns"), json!({}), Value::Null);
    let text = FAULTY.replace('\n', "\r");
    let uri = client.uri("r.srm");
    open(&client, &uri, &text);
    client.settle();
    assert_eq!(client.findings_at(&uri), ["SRM0110"]);
    // The client turns each line's end into LF, as its user asked it to.
    for line in 0..6 {
        let range = json!({ "start": { "line": line, "character": 99 }, "end": { "line": line + 1, "character": 0 } });
        client.tell(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri, "version": line + 2 }, "contentChanges": [{ "range": range, "text": "\n" }] }),
        );
    }
    client.settle();
    assert_eq!(client.findings_at(&uri), ["SRM0301"]);
    assert!(client.leave());
}
