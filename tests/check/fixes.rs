//! Laws of fixes, tested on every case of `tests/check` and every example: each offered fix leaves
//! a file that parses and no longer has the finding; the safe ones, applied together, cause no new
//! errors and leave nothing for a second run. And `srmc check --fix`, as a user runs it.

use std::path::{Path, PathBuf};

use crate::support::{files_below, home, options, scratch};
use srmc::compilation::Compilation;
use srmc::diagnostic::{Diagnostic, Family};
use srmc::disk::Disk;
use srmc::fix::edits::{Edit, apply};
use srmc::fix::repair::{new_errors, repair};
use srmc::fix::{Applicability, Fix, FixContext};
use srmc::load::SourceInput;
use srmc::source::FileId;
use srmc::syntax::made::TO_WRITE;

/// Every file that a law is tested on: the folder of its run, and its path relative to that folder.
fn files() -> Vec<(PathBuf, PathBuf)> {
    let mut files = Vec::new();
    for folder in [home().join("tests/check"), home().join("examples")] {
        for path in files_below(&folder, "srm") {
            let below = path.strip_prefix(&folder).expect("below").to_owned();
            // These cases are slow by design.
            if !below.starts_with("tangled") {
                files.push((folder.clone(), below));
            }
        }
    }
    files
}

fn root(folder: &Path, path: &Path) -> SourceInput {
    Disk::new(folder).read_root(path).expect("a file")
}

fn run(folder: &Path, root: SourceInput) -> Compilation {
    Compilation::new(vec![root], &Disk::new(folder), options())
}

/// How often a run reports the same about the same thing, at any position.
fn count(run: &Compilation, finding: &Diagnostic, text: &str) -> usize {
    let same = |it: &&Diagnostic| {
        let other = run.sources.text(it.span().file);
        let is_of_duty = finding.duty().is_some();
        it.code == finding.code
            && it.subject == finding.subject
            && !it.is_accepted()
            && (is_of_duty || other.get(it.span().range()) == Some(text))
    };
    run.findings.iter().filter(same).count()
}

/// The edits of a fix, with its placeholders filled in as a person would.
fn written(fix: &Fix) -> Vec<Edit> {
    let mut edits = fix.edits.clone();
    if fix.applicability == Applicability::Draft {
        for edit in &mut edits {
            assert!(
                !edit.new.contains("Written"),
                "the case must not say so itself"
            );
            edit.new = edit.new.replace(TO_WRITE, "Written");
        }
    }
    edits
}

#[test]
fn every_offered_fix_parses_and_its_finding_is_gone() {
    let mut wrong = String::new();
    let mut tried = 0;
    for (folder, path) in files() {
        let root = root(&folder, &path);
        let before = run(&folder, root.clone());
        let text = before.sources.text(FileId(0));
        if text.as_bytes() != root.bytes {
            continue;
        }
        let context = FixContext::new(text, &before.models, options().today);
        let own = before.findings.iter();
        for finding in own.filter(|it| it.span().file == FileId(0) && !it.is_accepted()) {
            let place = text.get(finding.span().range()).unwrap_or("");
            for fix in context.fixes(finding) {
                tried += 1;
                let edits = written(&fix);
                let fixed = apply(text, &edits).expect("edits that do not overlap");
                let after = run(
                    &folder,
                    SourceInput {
                        bytes: fixed.clone().into_bytes(),
                        ..root.clone()
                    },
                );
                let new = new_errors(&before, &after);
                // Unreadable text may hide a second fault.
                let was_read = finding.code.family() != Family::Syntax;
                let harm: Vec<&str> = new
                    .iter()
                    .filter(|it| was_read && it.code.family() == Family::Syntax)
                    .map(|it| it.code.id())
                    .collect();
                let is_left = count(&after, finding, place) >= count(&before, finding, place);
                if !harm.is_empty() || is_left {
                    wrong += &format!(
                        "{} {} `{}` ({:?}): new {harm:?}, left: {is_left}\n{fixed}\n----\n",
                        path.display(),
                        finding.code.id(),
                        fix.title,
                        fix.applicability
                    );
                }
            }
        }
    }
    assert!(tried > 300, "only {tried} fixes were tried");
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn safe_fixes_do_no_harm_and_are_idempotent() {
    for (folder, path) in files() {
        for unsafe_too in [false, true] {
            let disk = Disk::new(&folder);
            let root = root(&folder, &path);
            let before = run(&folder, root.clone());
            let once = repair(vec![root], &disk, options(), unsafe_too);
            let new = new_errors(&before, &once.compilation);
            let new: Vec<&str> = new.iter().map(|it| it.code.id()).collect();
            assert!(new.is_empty(), "{}: {new:?}", path.display());
            let bytes = once.roots[0].bytes.clone();
            let twice = repair(once.roots, &disk, options(), unsafe_too);
            assert_eq!(twice.fixes, [0], "{}", path.display());
            assert_eq!(twice.roots[0].bytes, bytes, "{}", path.display());
        }
    }
}

/// A folder with a file whose lines end in CRLF, and a page with one block inside a quote.
fn broken_folder(name: &str) -> PathBuf {
    let folder = scratch(&format!("fixes/{name}"));
    std::fs::write(folder.join("a.srm"), FILE.replace('\n', "\r\n")).expect("written");
    std::fs::write(folder.join("p.md"), PAGE).expect("written");
    folder
}

const FILE: &str = r#"party cloud "Cloud"
model m "M" {
  duty backups
  clud owns backups, backups
}
"#;
const PAGE: &str = r#"> ```srm
> model q "Q" {
>   party customer "Customer"
>   duty logs
>   custmer owns logs
> }
> ```

```srm
party customer "Customer"
model n "N" {
  duty logs
  custmer owns logs # all of them
}
```
"#;

fn srmc(folder: &Path, arguments: &[&str]) -> (Option<i32>, String) {
    let done = std::process::Command::new(env!("CARGO_BIN_EXE_srmc"))
        .args(arguments)
        .current_dir(folder)
        .output()
        .expect("runs");
    (
        done.status.code(),
        String::from_utf8(done.stdout).expect("text"),
    )
}

#[test]
fn the_command_mends_files_and_pages_and_leaves_the_rest() {
    let folder = broken_folder("fixes");
    let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a file");
    let (code, shown) = srmc(&folder, &["check", "--fix", "--diff", "a.srm"]);
    assert_eq!(code, Some(0), "{shown}");
    assert!(shown.contains("+  cloud owns backups\n"), "{shown}");
    assert_eq!(
        read("a.srm"),
        FILE.replace('\n', "\r\n"),
        "`--diff` writes nothing"
    );
    let (code, said) = srmc(&folder, &["check", "--fix", "a.srm", "p.md"]);
    // A block in a quote is not written back, so its fault remains.
    assert_eq!(code, Some(1), "{said}");
    let fixed = FILE.replace("clud owns backups, backups", "cloud owns backups");
    assert_eq!(read("a.srm"), fixed.replace('\n', "\r\n"));
    assert_eq!(read("p.md"), PAGE.replace("\n  custmer", "\n  customer"));
    let (_, shown) = srmc(&folder, &["check", "--fix", "--diff", "a.srm", "p.md"]);
    assert_eq!(shown, "");
}

#[test]
fn standard_input_is_refused() {
    let folder = broken_folder("fixes_stdin");
    assert_eq!(srmc(&folder, &["check", "--fix", "-"]).0, Some(2));
}
