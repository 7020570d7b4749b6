//! Every `srm` block in the README and the reference is compiled, and must give what the text says.

mod codes;
mod examples;

use std::fs;

use crate::support::{Fence, codes, drawn, fences, golden_block, home, options, run_files};

fn page(name: &str) -> String {
    fs::read_to_string(home().join(name)).expect(name)
}

#[test]
fn the_first_file_of_the_readme_gives_its_message() {
    let readme = page("README.md");
    let fences = fences(&readme);
    let run = run_files(&[("main.srm", &fences[0].text)], options());
    let drawn = drawn(&run);
    let message = drawn.rsplit_once("\n\n").map_or("", |(message, _)| message);
    assert_eq!(message.trim_end(), fences[1].text.trim_end());
}

#[test]
fn every_other_file_of_the_readme_is_clean() {
    let readme = page("README.md");
    for fence in fences(&readme)
        .iter()
        .skip(1)
        .filter(|fence| fence.language() == "srm")
    {
        let run = run_files(&[("main.srm", &fence.text)], options());
        assert!(
            run.findings
                .iter()
                .all(srmc::diagnostic::Diagnostic::is_accepted),
            "line {}:\n{}",
            fence.line,
            drawn(&run)
        );
    }
}

#[test]
fn the_reference_compiles() {
    let reference = page("docs/language.md");
    let fences = fences(&reference);
    let mut parts: Vec<(&str, &str)> = Vec::new();
    let mut compiled = 0;
    for fence in fences
        .iter()
        .filter(|fence| fence.language() == "srm" || fence.attribute("file").is_some())
    {
        if let Some(name) = fence.attribute("file") {
            parts.push((name, &fence.text));
            continue;
        }
        let files: Vec<(&str, &str)> = std::iter::once(("main.srm", fence.text.as_str()))
            .chain(parts.drain(..))
            .collect();
        let run = run_files(&files, options());
        let found: Vec<&str> = codes(&run).iter().map(|code| code.id()).collect();
        assert_eq!(
            found,
            expected(fence),
            "line {}:\n{}",
            fence.line,
            drawn(&run)
        );
        compiled += 1;
    }
    assert!(compiled > 15, "only {compiled} blocks");
}

/// The codes that a block must give, in order.
fn expected(fence: &Fence) -> Vec<&str> {
    let mut codes: Vec<&str> = fence
        .attribute("fails")
        .map_or(Vec::new(), |codes| codes.split(',').collect());
    codes.sort_unstable();
    codes
}

/// `INSTA_UPDATE=always` rewrites the tables.
#[test]
fn the_guide_lists_the_catalogues() {
    let formats: Vec<String> = srmc::emit::TARGETS
        .iter()
        .map(|target| {
            let name = match target.extension {
                "" => String::new(),
                extension => format!(" `.{extension}`"),
            };
            format!("| `{}` |{name} | {} |", target.name, target.about)
        })
        .collect();
    let views: Vec<String> = srmc::view::VIEWS
        .iter()
        .map(|view| {
            let party = if view.is_of_party() { " `party`" } else { "" };
            format!("| `{}` |{party} | {} |", view.name, view.about)
        })
        .collect();
    let guide = home().join("docs/projects.md");
    let table =
        |head: &str, rows: &[String]| format!("{head}\n| --- | --- | --- |\n{}\n", rows.join("\n"));
    golden_block(
        &guide,
        "formats",
        &table("| format | files | what it is |", &formats),
    )
    .expect("fresh");
    golden_block(
        &guide,
        "views",
        &table("| view | takes | what it shows |", &views),
    )
    .expect("fresh");
}
