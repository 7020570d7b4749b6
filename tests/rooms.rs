//! Which module may use what: files, the clock, the editor protocol.

use std::fs;

use crate::support::{files_below, home};

/// Words that only some modules may use, and these modules.
const OWN: [(&str, &[&str]); 7] = [
    ("std::fs", &["disk", "cli", "project"]),
    ("std::env", &["disk", "cli"]),
    (".canonicalize()", &["disk", "cli", "project"]),
    ("now()", &["cli"]),
    ("lsp_types", &["lsp"]),
    ("lsp_server", &["lsp", "cli"]),
    ("clap", &["cli"]),
];

#[test]
fn each_room_knows_only_what_it_may() {
    let src = home().join("src");
    for path in files_below(&src, "rs") {
        let below = path.strip_prefix(&src).expect("below");
        let room = below
            .iter()
            .next()
            .expect("a room")
            .to_string_lossy()
            .into_owned();
        let text = fs::read_to_string(&path).expect("a source");
        let code = text
            .lines()
            .filter(|line| !line.trim_start().starts_with("//"));
        for line in code {
            for (word, rooms) in OWN {
                assert!(
                    !line.contains(word) || rooms.contains(&room.as_str()),
                    "{}: `{word}` belongs to {}",
                    below.display(),
                    rooms.join(" and ")
                );
            }
        }
    }
}
