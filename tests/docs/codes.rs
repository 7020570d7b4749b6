//! Every code has a page, and its examples do what the page says.

use std::fs;

use crate::support::{Fence, codes, drawn, fences, options, run_disk, run_files, scratch};
use srmc::check::Options;
use srmc::diagnostic::{Code, Diagnostic};
use srmc::project::{Folder, PlanError, plan};

/// Compiles the blocks of one section: the first is the root.
fn compile(fences: &[&Fence]) -> srmc::compilation::Compilation {
    let texts: Vec<(String, String)> = fences
        .iter()
        .map(|fence| {
            let text = if fence.has("escape") {
                fence.text.replace("\\0", "\0")
            } else {
                fence.text.clone()
            };
            (
                fence.attribute("file").unwrap_or("main.srm").to_owned(),
                text,
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = texts
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    let mut options: Options = options();
    if let Some(day) = fences[0].attribute("today") {
        options.today = day.parse().expect("a day");
    }
    if let Some(budget) = fences[0].attribute("budget") {
        options.budget = budget.parse().expect("a number");
    }
    run_files(&files, options)
}

#[test]
fn every_page_has_its_title_and_sections() {
    for code in Code::ALL {
        let page = code.page();
        let title = format!("# {}: {}", code.id(), code.title());
        assert_eq!(page.lines().next(), Some(title.as_str()));
        assert!(
            page.contains("\n## Wrong\n") && page.contains("\n## Right\n"),
            "{}",
            code.id()
        );
    }
}

/// Builds the blocks of one section as a project; returns the codes of its findings.
fn build(name: &str, fences: &[&Fence]) -> Vec<Code> {
    let root = scratch(&format!("codes/{name}"));
    for fence in fences {
        let file = root.join(fence.attribute("file").expect("a path"));
        fs::create_dir_all(file.parent().expect("a folder")).expect("made");
        fs::write(file, &fence.text).expect("written");
    }
    let folder = Folder::open(&root, "").expect("there");
    let planned = || -> Result<_, Vec<Diagnostic>> {
        let manifest = folder.manifest()?;
        let mut run = run_disk(&root, &folder.sources(&manifest)?.paths, options());
        assert_eq!(codes(&run), [], "{name}:\n{}", drawn(&run));
        plan(&folder, &manifest, &mut run, None).map_err(|refused| match refused {
            PlanError::Faults(faults) => faults,
            PlanError::Message(text) => panic!("{name}: {text}"),
        })
    };
    planned().map_or_else(
        |faults| faults.iter().map(|fault| fault.code).collect(),
        |_| Vec::new(),
    )
}

/// The codes that one section of a page gives.
fn given(code: Code, heading: &str) -> (Vec<Code>, String) {
    let fences = fences(code.page());
    let section: Vec<&Fence> = fences
        .iter()
        .filter(|fence| fence.heading == heading)
        .collect();
    if section
        .iter()
        .any(|fence| fence.attribute("file") == Some("srm.toml"))
    {
        return (
            build(&format!("{}-{heading}", code.id()), &section),
            String::new(),
        );
    }
    let run = compile(&section);
    (codes(&run), drawn(&run))
}

#[test]
fn wrong_examples_give_just_their_code() {
    for code in Code::ALL {
        let (found, drawn) = given(*code, "Wrong");
        assert_eq!(found, [*code], "{}:\n{drawn}", code.id());
    }
}

#[test]
fn right_examples_give_nothing() {
    for code in Code::ALL {
        let (found, drawn) = given(*code, "Right");
        assert_eq!(found, [], "{}:\n{drawn}", code.id());
    }
}

#[test]
fn ids_are_in_order_and_unique() {
    let ids: Vec<&str> = Code::ALL.iter().map(|code| code.id()).collect();
    assert!(ids.windows(2).all(|pair| pair[0] < pair[1]));
}
