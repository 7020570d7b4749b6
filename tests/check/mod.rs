//! One file per case: the output of `check` for each file in `tests/check`, as a person sees it.
//! `INSTA_UPDATE=always cargo test check` writes the answers.

mod dense;
mod fixes;
mod laws;

use std::fs;

use crate::support::{answers, drawn, home, options, run_disk};
use srmc::check::Options;
use srmc::compilation::Compilation;
use srmc::diagnostic::short;
use srmc::disk::Disk;
use srmc::load::SourceInput;

/// The node budget per duty in the cases of the family `tangled`, so low that a file which exceeds
/// it is still short enough to read.
const FEW_NODES: usize = 20;

#[test]
fn every_case_reads_as_blessed() {
    let folder = home().join("tests/check");
    insta::glob!("**/*.srm", |path| {
        if path.parent().is_some_and(|parent| parent.ends_with("lib")) {
            return;
        }
        let name = path
            .strip_prefix(&folder)
            .expect("below")
            .to_string_lossy()
            .into_owned();
        let usual = options();
        let options = if name.starts_with("tangled") {
            Options {
                budget: FEW_NODES,
                ..usual
            }
        } else {
            usual
        };
        let run = run_disk(&folder, &[name], options);
        answers(path, &drawn(&run));
    });
}

/// The grammar has a quick way for claims whose condition ends with the line. A comment at the end
/// disables it, and must not change the result.
#[test]
fn a_comment_behind_a_condition_changes_nothing() {
    let folder = home().join("tests/check");
    let mut changed = 0;
    insta::glob!("**/*.srm", |path| {
        let Ok(text) = fs::read_to_string(path) else {
            return;
        };
        let takes_one =
            |line: &str| line.contains(" when ") && !line.contains(['"', '#', '|', '\r']);
        let with = |line: &str| {
            if takes_one(line) {
                format!("{line} # a comment")
            } else {
                line.to_owned()
            }
        };
        let commented: String = text.split('\n').map(with).collect::<Vec<_>>().join("\n");
        changed += usize::from(commented != text);
        let name = path
            .strip_prefix(&folder)
            .expect("below")
            .to_string_lossy()
            .into_owned();
        let told = |text: &str| {
            let disk = Disk::new(&folder);
            let key = disk.read_root(Path::new(&name)).expect("a file").key;
            let run = Compilation::new(
                vec![SourceInput::whole(key, name.clone(), text.into())],
                &disk,
                options(),
            );
            short::render(&run.findings, &run.sources)
        };
        // If a statement ends too early, the reported position is the end of its line, after the
        // comment.
        let plain = told(&text);
        assert!(
            plain.contains("error[SRM01") || told(&commented) == plain,
            "{name}:\n{plain}\n{}",
            told(&commented)
        );
    });
    assert!(changed > 50, "only {changed} cases have such a line");
}

/// A `separate` of many duties does not bury everything else.
#[test]
fn of_many_pairs_a_separate_lists_a_hundred() {
    let list = |name: &str| {
        let names: Vec<String> = (0..11).map(|at| format!("{name}{at}")).collect();
        names.join(", ")
    };
    let duties = |name: &str| list(name).replace(", ", "\n  duty ");
    let run = crate::support::run_text(&format!(
        "party a\nmodel m {{\n  duty {}\n  duty {}\n  a owns all\n  separate {} from {}\n}}\n",
        duties("l"),
        duties("r"),
        list("l"),
        list("r"),
    ));
    assert_eq!(run.findings.len(), 101);
    let last = run.findings.last().expect("findings");
    insta::assert_snapshot!(
        last.message,
        @"this `separate` fails for more pairs of duties: the first 100 are listed"
    );
}

/// A duty that passes the quick check is not computed further, but the situations where it exists
/// are known.
#[test]
fn a_sound_duty_exists_wherever_its_model_can_be() {
    let run = crate::support::run_text(
        "party a\naxis p { x, y }\nmodel m {\n  impossible when p = x\n  duty d\n  a owns d\n}\n",
    );
    let checked = &run.models[0];
    assert!(checked.possible() != srmc::space::Region::ALL);
    assert_eq!(checked.exists(srmc::model::DutyId(0)), checked.possible());
}

/// Hostile and generated texts are bounded: what is cut is said, and nothing is called complete.
#[test]
fn what_is_too_much_is_cut_and_said() {
    let told = |text: &str| {
        let run = crate::support::run_text(text);
        (run.findings.len(), drawn(&run))
    };
    let lines = format!(
        "party a\nmodel m {{\n  duty d \"\"\"x\n{}",
        "x\n".repeat(5000)
    );
    let (count, shown) = told(&lines);
    assert!(count < 1010, "{count}");
    assert!(shown.contains("1000 errors in its text or more"), "{shown}");
    assert!(shown.ends_with("unchecked"), "{shown}");
    let heading = format!(
        "party a\nmodel m {{\n  raci {{\n    |{}\n  }}\n}}\n",
        "| ".repeat(5000)
    );
    assert!(told(&heading).0 < 200);
    // Four thousand equal claims are one finding; so are those that clash.
    let claims = |line: &str| {
        format!(
            "party a\nparty b\nmodel m {{\n  duty d\n{}}}\n",
            line.repeat(2000)
        )
    };
    assert_eq!(told(&claims("  a owns d\n")).0, 2);
    assert_eq!(told(&claims("  a owns d\n  b owns d\n")).0, 1);
    let nobody = "  nobody owns d because \"x\"\n  a owns d\n";
    assert!(told(&claims(nobody)).0 < 2010);
}
