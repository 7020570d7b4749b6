//! The real binary: exit codes, streams, and input that no author would write.

use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::support::scratch_repository;

const GOOD: &str = "party a\nmodel m {\n  duty d\n  a owns d\n}\n";
const GAP: &str = "party a\nmodel m {\n  duty d\n  duty e\n  a owns d\n}\n";

/// A separate folder for one test.
fn folder(name: &str) -> PathBuf {
    scratch_repository(&format!("command/{name}"))
}

fn srmc(folder: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_srmc"));
    command
        .current_dir(folder)
        .args(arguments)
        .env("NO_COLOR", "1")
        .stdin(Stdio::null());
    command
}

fn run(folder: &Path, arguments: &[&str]) -> (i32, String, String) {
    told(&srmc(folder, arguments).output().expect("runs"))
}

fn told(output: &Output) -> (i32, String, String) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let (out, err) = (text(&output.stdout), text(&output.stderr));
    assert!(
        !err.contains("panicked") && !err.contains("overflow"),
        "{err}"
    );
    (output.status.code().expect("no signal"), out, err)
}

fn check(name: &str, bytes: impl AsRef<[u8]>) -> (i32, String, String) {
    let folder = folder(name);
    fs::write(folder.join("m.srm"), bytes).expect("written");
    run(&folder, &["check", "m.srm"])
}

#[test]
fn exit_codes_say_what_happened() {
    let folder = folder("exit_codes");
    fs::write(folder.join("good.srm"), GOOD).expect("written");
    fs::write(folder.join("gap.srm"), GAP).expect("written");
    fs::write(folder.join("warn.srm"), format!("party b\n{GOOD}")).expect("written");
    assert_eq!(run(&folder, &["check", "good.srm"]).0, 0);
    assert_eq!(run(&folder, &["check", "gap.srm"]).0, 1);
    assert_eq!(run(&folder, &["check", "warn.srm"]).0, 0);
    assert_eq!(
        run(&folder, &["check", "warn.srm", "--deny", "warnings"]).0,
        1
    );
    assert_eq!(run(&folder, &["check", "none.srm"]).0, 2);
    assert_eq!(run(&folder, &["chekc"]).0, 2);
    assert_eq!(
        run(&folder, &["check", "good.srm", "--today", "2026-02-30"]).0,
        2
    );
    assert_eq!(run(&folder, &["--version"]).0, 0);
}

#[test]
fn a_folder_means_every_file_below_it_that_git_keeps() {
    let folder = folder("folder");
    fs::create_dir_all(folder.join("deep/er")).expect("made");
    fs::write(folder.join("deep/er/good.srm"), GOOD).expect("written");
    fs::write(folder.join("ignored.srm"), GAP).expect("written");
    fs::write(folder.join(".gitignore"), "ignored.srm\n").expect("written");
    let (code, out, _) = run(&folder, &["check"]);
    assert_eq!((code, out.as_str()), (0, "complete: 1 duty in 1 model\n"));
}

#[test]
fn standard_input_has_a_name() {
    let folder = folder("stdin");
    let mut child = srmc(
        &folder,
        &[
            "check",
            "-",
            "--stdin-filename",
            "edited.srm",
            "--format",
            "short",
        ],
    )
    .stdin(Stdio::piped())
    .stdout(Stdio::piped())
    .stderr(Stdio::piped())
    .spawn()
    .expect("runs");
    child
        .stdin
        .take()
        .expect("open")
        .write_all(GAP.as_bytes())
        .expect("written");
    let (code, out, _) = told(&child.wait_with_output().expect("ends"));
    assert_eq!(code, 1);
    assert!(
        out.starts_with("edited.srm:4:8: error[SRM0301]: nobody owns `e`\n"),
        "{out}"
    );
}

#[test]
fn json_on_standard_output_is_all_there_is() {
    let folder = folder("json");
    fs::write(folder.join("m.srm"), GAP).expect("written");
    let (code, out, err) = run(&folder, &["check", "m.srm", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_str(&out).expect("JSON");
    assert_eq!((code, err.as_str()), (1, ""));
    assert_eq!(document["findings"][0]["code"], "SRM0301");
    assert_eq!(document["summary"]["errors"], 1);
}

#[test]
fn explain_prints_pages_and_suggests_codes() {
    let folder = folder("explain");
    assert!(
        run(&folder, &["explain", "srm0301"])
            .1
            .starts_with("# SRM0301: ")
    );
    assert!(run(&folder, &["explain"]).1.lines().count() > 50);
    let (code, out, err) = run(&folder, &["explain", "SRM0310"]);
    assert_eq!((code, out.as_str()), (2, ""));
    assert!(err.contains("did you mean SRM0"), "{err}");
}

#[test]
fn build_writes_whole_files_and_only_what_changed() {
    let folder = folder("build");
    fs::write(folder.join("m.srm"), GOOD).expect("written");
    let arguments = [
        "build",
        "m.srm",
        "--emit",
        "json,markdown,html,rego",
        "--out-dir",
        "out",
    ];
    let (code, out, err) = run(&folder, &arguments);
    assert_eq!((code, out.as_str()), (0, ""));
    assert!(err.lines().all(|line| line.starts_with("written")), "{err}");
    let (_, _, err) = run(&folder, &arguments);
    assert!(
        err.lines().all(|line| line.starts_with("unchanged")),
        "{err}"
    );
    for file in [
        "json/m.json",
        "markdown/m/matrix.md",
        "html/m.html",
        "policy/.manifest",
        "policy/srm/m/policy.rego",
        "policy/srm_data/m/data.json",
    ] {
        assert!(folder.join("out").join(file).is_file(), "{file}");
    }
}

#[test]
fn a_faulty_model_is_not_written_and_what_stood_there_stays() {
    let folder = folder("faulty");
    fs::write(folder.join("m.srm"), GOOD).expect("written");
    let arguments = ["build", "m.srm", "--emit", "json", "--out-dir", "out"];
    assert_eq!(run(&folder, &arguments).0, 0);
    let before = fs::read_to_string(folder.join("out/json/m.json")).expect("read");
    fs::write(folder.join("m.srm"), GAP).expect("written");
    let (code, _, err) = run(&folder, &arguments);
    assert_eq!(code, 1);
    assert!(err.contains("SRM0301"), "{err}");
    assert_eq!(
        fs::read_to_string(folder.join("out/json/m.json")).expect("read"),
        before
    );
}

#[test]
fn an_output_that_cannot_be_written_is_named() {
    let folder = folder("unwritable");
    fs::write(folder.join("m.srm"), GOOD).expect("written");
    fs::write(folder.join("out"), "a file").expect("written");
    let (code, _, err) = run(
        &folder,
        &["build", "m.srm", "--emit", "json", "--out-dir", "out"],
    );
    assert_eq!(code, 2);
    assert!(err.contains("cannot write out/json/m.json"), "{err}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let folder = folder("full");
    fs::write(folder.join("m.srm"), GAP).expect("written");
    let full = fs::OpenOptions::new()
        .write(true)
        .open("/dev/full")
        .expect("open");
    let output = srmc(&folder, &["check", "m.srm"])
        .stdout(full)
        .output()
        .expect("runs");
    let (code, _, err) = told(&output);
    assert_eq!(code, 2);
    assert!(err.contains("cannot write to standard output"), "{err}");
}

#[cfg(unix)]
#[test]
fn a_closed_pipe_ends_the_run_quietly() {
    let folder = folder("pipe");
    let many: String = (0..2000).map(|n| format!("  duty d{n}\n")).collect();
    fs::write(folder.join("m.srm"), format!("model m {{\n{many}}}\n")).expect("written");
    let mut child = srmc(&folder, &["check", "m.srm", "--format", "short"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("runs");
    drop(child.stdout.take());
    let (code, _, err) = told(&child.wait_with_output().expect("ends"));
    assert_eq!((code, err.as_str()), (1, ""));
}

#[test]
fn text_that_is_not_text_is_named() {
    let (code, out, _) = check("utf8", b"party a\nparty \xff\n");
    assert_eq!(code, 1);
    assert!(
        out.contains("this file is not valid UTF-8") && out.contains("m.srm:2:7"),
        "{out}"
    );
    let (code, out, _) = check("nul", b"party a\0\n");
    assert_eq!(code, 1);
    assert!(out.contains("a NUL byte"), "{out}");
}

#[test]
fn an_empty_file_is_never_complete() {
    for text in ["", "\n", "# nothing\n", "\u{feff}"] {
        let (code, out, _) = check("empty", text);
        let nothing = "nothing was checked: there is no model in these files\n";
        assert_eq!((code, out.as_str()), (2, nothing));
    }
}

#[test]
fn one_long_line_is_drawn_in_part() {
    let line = format!(
        "party a \"{}\" oops {}\n",
        "x".repeat(2_500_000),
        "y".repeat(2_500_000)
    );
    let (code, out, _) = check("long", line);
    assert_eq!(code, 1);
    assert!(
        out.contains("m.srm:1:2500012") && out.len() < 4000,
        "{}",
        &out[..out.len().min(500)]
    );
}

#[test]
fn deep_nesting_is_refused() {
    let nested = format!(
        "party a\noption o\nmodel m {{\n  duty d\n  a owns d when {}o{}\n}}\n",
        "(".repeat(5000),
        ")".repeat(5000)
    );
    let (code, out, _) = check("deep", nested);
    assert_eq!(code, 1);
    assert!(out.contains("SRM0109"), "{}", &out[..out.len().min(500)]);
    let blocks = format!("model m {{\n{}", "area x {\n".repeat(50_000));
    let (code, out, _) = check("blocks", blocks);
    assert_eq!(code, 1);
    assert!(out.contains("SRM0104"), "{}", &out[..out.len().min(500)]);
}

#[test]
fn a_use_stays_in_the_project() {
    let folder = folder("outside");
    let inner = folder.join("inner");
    fs::create_dir_all(inner.join(".git")).expect("made");
    fs::write(folder.join("secret.srm"), "party s\n").expect("written");
    for path in [
        "../secret.srm",
        "../../../../../../etc/passwd",
        "/etc/passwd",
        "a/../../secret.srm",
    ] {
        fs::write(inner.join("m.srm"), format!("use \"{path}\"\n{GOOD}")).expect("written");
        let (code, out, _) = run(&inner, &["check", "m.srm", "--format", "short"]);
        assert_eq!(code, 1);
        assert!(out.contains("SRM0212"), "{path}: {out}");
    }
}

#[cfg(unix)]
#[test]
fn a_link_out_of_the_project_is_refused() {
    let folder = folder("link");
    let inner = folder.join("inner");
    fs::create_dir_all(inner.join(".git")).expect("made");
    fs::write(folder.join("secret.srm"), "party s\n").expect("written");
    std::os::unix::fs::symlink(folder.join("secret.srm"), inner.join("link.srm")).expect("linked");
    fs::write(inner.join("m.srm"), format!("use \"link.srm\"\n{GOOD}")).expect("written");
    let (code, out, _) = run(&inner, &["check", "m.srm", "--format", "short"]);
    assert_eq!(code, 1);
    assert!(out.contains("SRM0212"), "{out}");
}

#[test]
fn a_folder_without_models_is_an_error() {
    let folder = folder("none");
    let (code, _, err) = run(&folder, &["check", "."]);
    assert_eq!(code, 2);
    assert!(err.contains("there is no .srm file"), "{err}");
}

#[test]
fn twenty_options_are_no_more_than_two() {
    let options: String = (0..20).map(|n| format!("option o{n}\n")).collect();
    let claims: String = (0..20)
        .map(|n| format!("  duty d{n}\n  a owns d{n} when o{n}\n  b owns d{n} when not o{n}\n"))
        .collect();
    let (code, out, _) = check(
        "options",
        format!("party a\nparty b\n{options}model m {{\n{claims}}}\n"),
    );
    assert_eq!(
        (code, out.as_str()),
        (0, "complete: 20 duties in 1 model\n")
    );
}
