//! The `ide` module used without a protocol or a disk, as a page in a browser would.

use std::path::{Path, PathBuf};

use crate::support::options;
use srmc::fix::edits::apply;
use srmc::ide::{self, Snapshot, Workspace};
use srmc::load::Memory;

const PARTIES: &str = "party a \"Anna\"\nparty b \"Bert\"\n";
const MODEL: &str = "use \"parties.srm\"\n\nmodel m {\n  duty one\n  a owns onee\n}\n";

fn workspace() -> Workspace {
    let files = Memory::new()
        .with("parties.srm", PARTIES)
        .with("main.srm", MODEL);
    let mut workspace = Workspace::new(vec![PathBuf::new()], Box::new(files), options());
    while workspace.is_stale() {
        workspace.refresh_next();
    }
    workspace
}

fn main_file(workspace: &Workspace) -> Snapshot {
    workspace.snapshot(Path::new("main.srm")).expect("a text")
}

fn byte(snapshot: &Snapshot, needle: &str) -> usize {
    snapshot.text.find(needle).expect(needle)
}

#[test]
fn a_misspelt_name_is_mended() {
    let workspace = workspace();
    let file = main_file(&workspace);
    let at = byte(&file, "onee");
    let fixes = ide::fixes(&workspace, &file, &(at..at));
    let fixed = apply(&file.text, &fixes[0].edits).expect("apart");
    assert_eq!(fixed, MODEL.replace("onee", "one"));
}

#[test]
fn an_open_text_counts_and_a_closed_one_does_not() {
    let mut workspace = workspace();
    let path = Path::new("main.srm");
    assert_eq!(workspace.findings(path).len(), 1);
    workspace.opened(path, MODEL.replace("onee", "one"));
    workspace.settle(path);
    assert!(workspace.findings(path).is_empty());
    workspace.closed(path);
    workspace.settle(path);
    assert_eq!(workspace.findings(path).len(), 1);
}

#[test]
fn a_change_reaches_the_files_that_use_it() {
    let mut workspace = workspace();
    workspace.opened(
        Path::new("parties.srm"),
        PARTIES.replace("party a", "party c"),
    );
    while workspace.is_stale() {
        workspace.refresh_next();
    }
    assert_eq!(workspace.findings(Path::new("main.srm")).len(), 2);
}

#[test]
fn a_name_is_followed_over_files() {
    let workspace = workspace();
    let file = main_file(&workspace);
    let name = ide::resolve_name(&workspace, &file, byte(&file, "a owns")).expect("a name");
    assert_eq!(name.declared.path, Path::new("parties.srm"));
    assert_eq!(name.declared.bytes, 6..7);
    assert_eq!(ide::references(&workspace, &name).len(), 2);
    assert!(ide::rename(&workspace, &name, "b").is_err());
    assert_eq!(
        ide::rename(&workspace, &name, "anna").expect("free").len(),
        2
    );
}

#[test]
fn a_path_is_completed_from_memory() {
    let workspace = workspace();
    let file = main_file(&workspace);
    let at = byte(&file, "parties.srm");
    let completion = ide::completion(&workspace, &file, at).expect("offers");
    let labels: Vec<&str> = completion
        .offers
        .iter()
        .map(|it| it.label.as_str())
        .collect();
    assert_eq!(labels, ["parties.srm"]);
}

#[test]
fn a_party_says_what_it_holds() {
    let mut workspace = workspace();
    let path = Path::new("main.srm");
    workspace.opened(path, MODEL.replace("onee", "one"));
    workspace.settle(path);
    let file = main_file(&workspace);
    let hover = ide::hover(&workspace, &file, byte(&file, "a owns")).expect("something");
    assert!(hover.markdown.contains("Anna") && hover.markdown.contains("`one`"));
}

/// A caller may pass any byte, even one outside the text.
#[test]
fn any_byte_may_be_asked_about() {
    let mut workspace = workspace();
    let path = Path::new("main.srm");
    let text = "party ä \"Ä\"\nmodel m {\n  duty é\n  ü owns é when ö\n}\nuse \"pä";
    workspace.opened(path, text.to_owned());
    workspace.settle(path);
    let file = main_file(&workspace);
    for byte in 0..text.len() + 3 {
        let _ = ide::completion(&workspace, &file, byte);
        let _ = ide::hover(&workspace, &file, byte);
        let _ = ide::resolve_name(&workspace, &file, byte);
        let _ = ide::selection(text, byte);
        let _ = ide::fixes(&workspace, &file, &(byte..byte + 2));
        let _ = ide::hints(&workspace, &file, &(byte..byte + 2));
        let _ = ide::tokens(&workspace, &file, &(byte..byte + 2));
    }
}
