//! Sessions in which files change: on the disk, behind links, and from another file.

use std::fs;

use super::session::{PARTIES, SHOP, codes, folder};
use crate::support::client::{Client, edited};
use serde_json::{Value, json};

#[test]
fn a_declaration_that_another_file_names_is_not_unused() {
    let root = folder("unused");
    fs::write(
        root.join("parties.srm"),
        format!("{PARTIES}party spare\nmodel own {{\n  duty x\n  customer owns x\n}}\n"),
    )
    .expect("written");
    let mut client = Client::start(&root, json!({}), Value::Null);
    client.settle();
    let unused: Vec<&str> = client.findings["parties.srm"]
        .iter()
        .map(|it| {
            it["message"]
                .as_str()
                .expect("a text")
                .lines()
                .next()
                .expect("a line")
        })
        .collect();
    assert_eq!(unused, ["the party `spare` is never used"]);
    assert!(client.leave());
}

#[test]
fn files_on_the_disk_are_watched() {
    let root = folder("watched");
    let mut client = Client::start(
        &root,
        json!({ "workspace": { "didChangeWatchedFiles": { "dynamicRegistration": true } } }),
        Value::Null,
    );
    client.settle();
    assert_eq!(
        client
            .requests
            .iter()
            .map(|it| it.method.as_str())
            .collect::<Vec<_>>(),
        ["client/registerCapability"]
    );
    fs::write(root.join("parties.srm"), "party customer\n").expect("written");
    let changed = |client: &Client, name: &str, kind: u32| {
        client.tell(
            "workspace/didChangeWatchedFiles",
            json!({ "changes": [{ "uri": client.uri(name), "type": kind }] }),
        );
    };
    changed(&client, "parties.srm", 2);
    client.settle();
    assert_eq!(codes(&client, "shop.srm"), ["SRM0201"]);
    fs::remove_file(root.join("parties.srm")).expect("removed");
    changed(&client, "parties.srm", 3);
    client.settle();
    assert_eq!(codes(&client, "shop.srm"), ["SRM0209"]);
    fs::write(root.join("parties.srm"), PARTIES).expect("written");
    changed(&client, "parties.srm", 1);
    client.settle();
    assert_eq!(codes(&client, "shop.srm"), [""; 0]);
    assert!(client.leave());
}

/// A file changed on disk without notification is read again before it is edited.
#[test]
fn a_rename_reads_the_disk_again() {
    let root = folder("reread");
    let mut client = Client::start(&root, json!({}), Value::Null);
    client.open("shop.srm", SHOP);
    client.settle();
    let written = format!("# added by somebody else\n{PARTIES}");
    fs::write(root.join("parties.srm"), &written).expect("written");
    let at = json!({ "textDocument": { "uri": client.uri("shop.srm") }, "position": { "line": 4, "character": 4 }, "newName": "client" });
    let answer = client.ask("textDocument/rename", at).expect("an answer");
    let after = edited(&written, &answer["changes"][client.uri("parties.srm")]);
    assert_eq!(after, written.replace("customer", "client"));
    assert!(client.leave());
}

/// The client may name a file through a link: findings use the client's name, and no other.
#[cfg(unix)]
#[test]
fn a_file_behind_a_link_is_told_of_once() {
    let root = folder("linked");
    let link = root.parent().expect("a folder").join("link");
    let _ = fs::remove_file(&link);
    std::os::unix::fs::symlink(&root, &link).expect("linked");
    fs::write(root.join("shop.srm"), SHOP.replace("  oracle owns b\n", "")).expect("written");
    let mut client = Client::start(&root, json!({}), Value::Null);
    client.settle();
    assert_eq!(codes(&client, "shop.srm"), ["SRM0301"]);
    let uri = url::Url::from_file_path(link.join("shop.srm"))
        .expect("a path")
        .to_string();
    let text = SHOP.replace("  oracle owns b\n", "");
    client.tell(
        "textDocument/didOpen",
        json!({ "textDocument": { "uri": uri, "languageId": "srm", "version": 1, "text": text } }),
    );
    client.settle();
    let linked = client.name(&uri);
    assert_eq!(codes(&client, "shop.srm"), [""; 0]);
    assert_eq!(codes(&client, &linked), ["SRM0301"]);
    client.tell(
        "textDocument/didClose",
        json!({ "textDocument": { "uri": uri } }),
    );
    client.settle();
    assert_eq!(codes(&client, "shop.srm"), ["SRM0301"]);
    assert_eq!(codes(&client, &linked), [""; 0]);
    assert!(client.leave());
}
