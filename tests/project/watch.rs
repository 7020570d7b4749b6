//! `srmc watch` rebuilds when something is saved, and reports what is wrong meanwhile.

use std::fs;
use std::io::{BufRead as _, BufReader};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::support::scratch;

/// Far longer than a busy machine needs.
const PATIENCE: Duration = Duration::from_secs(60);

/// A running `srmc watch`, which is stopped at the end of the test.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

impl Watching {
    fn start(root: &PathBuf) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_srmc"))
            .arg("watch")
            .current_dir(root)
            .env("NO_COLOR", "1")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .expect("runs");
        let told = BufReader::new(child.stderr.take().expect("open"));
        let (send, lines) = channel();
        std::thread::spawn(move || {
            told.lines()
                .map_while(Result::ok)
                .all(|line| send.send(line).is_ok())
        });
        Self { child, lines }
    }

    /// Waits for a line that contains a text; returns everything up to it.
    fn until(&self, text: &str) -> String {
        let mut told = String::new();
        loop {
            let line = self
                .lines
                .recv_timeout(PATIENCE)
                .unwrap_or_else(|_| panic!("no `{text}` in:\n{told}"));
            told += &line;
            told.push('\n');
            if line.contains(text) {
                return told;
            }
        }
    }
}

#[test]
fn what_is_saved_is_built() {
    let root = scratch("watch");
    fs::create_dir(root.join("layouts")).expect("made");
    let manifest =
        "[[output]]\nformat = \"template\"\ntemplate = \"layouts/t.j2\"\npath = \"out.md\"\n";
    fs::write(root.join("srm.toml"), manifest).expect("written");
    fs::write(root.join("layouts/t.j2"), "{{ title }}\n").expect("written");
    let model =
        |title: &str| format!("party a\nmodel m \"{title}\" {{\n  duty d\n  a owns d\n}}\n");
    fs::write(root.join("m.srm"), model("First")).expect("written");
    let shown = || fs::read_to_string(root.join("out.md")).expect("built");

    let watching = Watching::start(&root);
    watching.until("watching");
    assert_eq!(shown(), "First\n");
    let idle = watching.lines.recv_timeout(Duration::from_secs(1));
    assert!(idle.is_err(), "nothing was saved, and yet: {idle:?}");
    fs::write(root.join("m.srm"), model("Second")).expect("written");
    watching.until("written    out.md");
    assert_eq!(shown(), "Second\n");
    fs::write(root.join("layouts/t.j2"), "# {{ title }}\n").expect("written");
    watching.until("written    out.md");
    assert_eq!(shown(), "# Second\n");
    fs::write(root.join("m.srm"), model("Third").replace("a owns d", "")).expect("written");
    watching.until("error[SRM0301]: nobody owns `d`");
    fs::write(root.join("m.srm"), model("Third")).expect("written");
    watching.until("written    out.md");
    assert_eq!(shown(), "# Third\n");
}

/// A folder of models that is moved in, renamed or moved out is a change like that of a file.
#[test]
fn a_folder_that_moves_is_built() {
    let root = scratch("watch_folders");
    fs::create_dir_all(root.join("stage/q")).expect("made");
    fs::create_dir(root.join("models")).expect("made");
    let manifest = "[project]\nsources = [\"models/**/*.srm\"]\n[[output]]\nformat = \"json\"\npath = \"{model}.json\"\n";
    fs::write(root.join("srm.toml"), manifest).expect("written");
    fs::write(
        root.join("models/m.srm"),
        "party p\nmodel m {\n  duty d\n  p owns d\n}\n",
    )
    .expect("written");
    fs::write(root.join("stage/q/q.srm"), "model q {\n  duty x\n}\n").expect("written");
    let watching = Watching::start(&root);
    watching.until("watching");
    for (from, to) in [("stage/q", "models/q"), ("models/q", "models/r")] {
        fs::rename(root.join(from), root.join(to)).expect("moved");
        let told = watching.until("watching");
        assert!(told.contains("error[SRM0301]: nobody owns `x`"), "{told}");
    }
    fs::rename(root.join("models/r"), root.join("stage/r")).expect("moved");
    let told = watching.until("watching");
    assert!(!told.contains("SRM0301"), "{told}");
    // A folder without models is none of our business.
    fs::create_dir(root.join("models/empty")).expect("made");
    let idle = watching.lines.recv_timeout(Duration::from_secs(1));
    assert!(idle.is_err(), "{idle:?}");
}

/// A build writes into the page that it reads; that is no change of the user's.
#[test]
fn a_save_is_built_once() {
    let root = scratch("watch_page");
    let manifest = "[[output]]\nformat = \"markdown\"\npath = \"page.md\"\ninject = true\n";
    fs::write(root.join("srm.toml"), manifest).expect("written");
    let page = "# Page\n\n<!-- srm:begin m matrix -->\n<!-- srm:end -->\n";
    fs::write(root.join("page.md"), page).expect("written");
    let model =
        |title: &str| format!("party a \"{title}\"\nmodel m {{\n  duty d\n  a owns d\n}}\n");
    fs::write(root.join("m.srm"), model("First")).expect("written");
    let watching = Watching::start(&root);
    watching.until("watching");
    let is_idle = || {
        let idle = watching.lines.recv_timeout(Duration::from_secs(1));
        assert!(idle.is_err(), "{idle:?}");
    };
    is_idle();
    fs::write(root.join("m.srm"), model("Second")).expect("written");
    let told = watching.until("watching");
    assert!(
        told.contains("written    page.md") && !told.contains("unchanged"),
        "{told}"
    );
    is_idle();
    // Saved as it was.
    fs::write(root.join("m.srm"), model("Second")).expect("written");
    is_idle();
    // What the user writes into the page is a change, also if it takes the block's content back.
    fs::write(root.join("page.md"), page).expect("written");
    let told = watching.until("watching");
    assert!(told.contains("written    page.md"), "{told}");
}
