//! Projects as users see them: each case of `tests/project` is a transcript that is run with the
//! real binary.
//!
//! ```text
//! -- srm.toml --             writes the file with the lines that follow
//! $ build --check            runs srmc; what it says and its exit code are kept
//! $ cat docs/page.md         shows a file
//! $ cd docs                  goes into a folder
//! ```

mod command;
mod watch;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use crate::support::{answers, scratch_repository, stem};

#[test]
fn every_transcript_reads_as_blessed() {
    insta::glob!("*.txt", |case| {
        let root = scratch_repository(&format!("project/{}", stem(case)));
        let text = fs::read_to_string(case).expect("a file");
        answers(case, &play(&root, &text));
    });
}

fn play(root: &Path, text: &str) -> String {
    let (mut told, mut here, mut file) =
        (String::new(), root.to_owned(), None::<(PathBuf, String)>);
    for line in text.lines().chain(["$ "]) {
        let begins = line
            .strip_prefix("-- ")
            .and_then(|rest| rest.strip_suffix(" --"));
        if let (Some((path, text)), true) = (&file, begins.is_some() || line.starts_with("$ ")) {
            fs::create_dir_all(path.parent().expect("a folder")).expect("made");
            // Characters that no editor shows are written as escapes.
            fs::write(
                path,
                text.replace("\\r", "\r").replace("\\u{feff}", "\u{feff}"),
            )
            .expect("written");
            file = None;
        }
        if let Some(path) = begins {
            file = Some((root.join(path), String::new()));
        } else if let Some(command) = line.strip_prefix("$ ") {
            told += &run(root, &mut here, command);
        } else if let Some((_, text)) = &mut file {
            *text += line;
            text.push('\n');
        }
    }
    told
}

fn run(root: &Path, here: &mut PathBuf, command: &str) -> String {
    let words: Vec<&str> = command.split_whitespace().collect();
    match words.as_slice() {
        [] => String::new(),
        ["cd", folder] => {
            *here = root.join(folder);
            format!("$ {command}\n")
        }
        ["cat", path] => {
            let shown = fs::read_to_string(root.join(path))
                .expect("a file")
                .replace('\r', "\\r")
                .replace('\u{feff}', "\\u{feff}");
            format!("$ {command}\n{shown}")
        }
        ["link", path, target] => {
            link(&root.join(path), target);
            format!("$ {command}\n")
        }
        arguments => {
            let mut srmc = Command::new(env!("CARGO_BIN_EXE_srmc"));
            srmc.args(arguments)
                .current_dir(&*here)
                .env("NO_COLOR", "1")
                .stdin(Stdio::null());
            let output = srmc.output().expect("runs");
            let text = |bytes: &[u8]| {
                String::from_utf8_lossy(bytes).replace(&*root.to_string_lossy(), "ROOT")
            };
            let (out, err) = (text(&output.stdout), text(&output.stderr));
            assert!(!err.contains("panicked"), "{err}");
            let parts = [("stdout", out), ("stderr", err)];
            let said: String = parts
                .iter()
                .filter(|(_, text)| !text.is_empty())
                .map(|(name, text)| format!("[{name}]\n{text}"))
                .collect();
            format!(
                "$ {command}\n{said}[exit {}]\n",
                output.status.code().expect("no signal")
            )
        }
    }
}

#[cfg(unix)]
fn link(path: &Path, target: &str) {
    fs::create_dir_all(path.parent().expect("a folder")).expect("made");
    std::os::unix::fs::symlink(target, path).expect("linked");
}

#[cfg(not(unix))]
fn link(_path: &Path, _target: &str) {}
