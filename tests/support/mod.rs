//! What the test suites share.

pub mod answer;
pub mod brevity;
pub mod client;
pub mod conditions;
pub mod judge;
pub mod page;
pub mod policy;
pub mod random;
pub mod rego;

use std::fs;
use std::path::{Path, PathBuf};

use srmc::check::Options;
use srmc::compilation::Compilation;
use srmc::diagnostic::{Code, Tally, human};
use srmc::disk::Disk;
use srmc::load::{Memory, SourceInput};

/// The day on which every test runs.
pub const TODAY: &str = "2026-11-21";

/// The usual options.
pub fn options() -> Options {
    Options::on(TODAY.parse().expect("a day"))
}

/// The project's folder.
pub fn home() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// Checks one text.
pub fn run_text(text: &str) -> Compilation {
    run_files(&[("main.srm", text)], options())
}

/// Checks the first of some texts.
pub fn run_files(files: &[(&str, &str)], options: Options) -> Compilation {
    let memory = files.iter().fold(Memory::new(), |memory, (name, text)| {
        memory.with(name, *text)
    });
    let root = memory.root(files[0].0).expect("a root");
    Compilation::new(vec![root], &memory, options)
}

/// Checks files below a folder, as if it were the user's current folder.
pub fn run_disk(folder: &Path, names: &[String], options: Options) -> Compilation {
    let disk = Disk::new(folder);
    let roots: Vec<SourceInput> = names
        .iter()
        .map(|name| disk.read_root(Path::new(name)).expect(name))
        .collect();
    Compilation::new(roots, &disk, options)
}

/// Findings and counts as a person sees them.
pub fn drawn(run: &Compilation) -> String {
    let tally = Tally::of(&run.findings);
    let duties: usize = run
        .models
        .iter()
        .map(|model| model.model.duties.len())
        .sum();
    let unchecked: usize = run.models.iter().map(|model| model.unchecked).sum();
    format!(
        "{}{} errors, {} warnings, {} accepted; {duties} duties, {unchecked} unchecked",
        human::render(&run.findings, &run.sources, false),
        tally.errors,
        tally.warnings,
        tally.accepted,
    )
}

/// The codes of a run's findings, each once.
pub fn codes(run: &Compilation) -> Vec<Code> {
    let mut codes: Vec<Code> = run.findings.iter().map(|finding| finding.code).collect();
    codes.sort_unstable();
    codes.dedup();
    codes
}

/// An empty folder for one test, below the one that Cargo gives to tests.
pub fn scratch(path: &str) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(path);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("made");
    folder
}

/// The same, as the root of a repository.
pub fn scratch_repository(path: &str) -> PathBuf {
    let folder = scratch(path);
    fs::create_dir(folder.join(".git")).expect("made");
    folder
}

/// The name of a case's file, without its extension.
pub fn stem(case: &Path) -> String {
    case.file_stem()
        .expect("a name")
        .to_string_lossy()
        .into_owned()
}

/// The names in a folder, sorted.
pub fn names_in(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let name = |entry: std::io::Result<fs::DirEntry>| {
        entry
            .expect("an entry")
            .file_name()
            .to_string_lossy()
            .into_owned()
    };
    let mut names: Vec<String> = entries.map(name).collect();
    names.sort();
    names
}

/// Every `.srm` file of the examples, the cases and the project that `srmc init` writes: its path
/// and its text. Files that are not UTF-8 are left out.
pub fn corpus() -> Vec<(PathBuf, String)> {
    [
        "examples",
        "tests/check",
        "tests/emit",
        "tests/format",
        "src/cli/init",
    ]
    .into_iter()
    .flat_map(|folder| files_below(&home().join(folder), "srm"))
    .filter_map(|path| fs::read_to_string(&path).ok().map(|text| (path, text)))
    .collect()
}

/// Every `.srm` file below a folder, by path.
pub fn files_below(folder: &Path, extension: &str) -> Vec<PathBuf> {
    let mut files = Vec::new();
    let mut todo = vec![folder.to_owned()];
    while let Some(folder) = todo.pop() {
        for entry in fs::read_dir(&folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                todo.push(path);
            } else if path.extension().is_some_and(|known| known == extension) {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

/// Whether answers are to be written instead of compared: `INSTA_UPDATE=always`.
fn blesses() -> bool {
    std::env::var_os("INSTA_UPDATE").is_some_and(|value| value == "always")
}

/// Compares the result of a case with the stored answer next to it, a file of the same name that
/// ends in `.snap`.
pub fn answers(case: &Path, text: &str) {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path(case.parent().expect("a folder"));
    settings.set_prepend_module_to_snapshot(false);
    settings.remove_snapshot_suffix();
    settings.set_omit_expression(true);
    let name = stem(case);
    settings.bind(|| insta::assert_snapshot!(name, text));
}

/// Compares a text with the part of a page between `<!-- NAME: … -->` and `<!-- end -->`, or writes
/// it there if answers are to be updated.
pub fn golden_block(path: &Path, name: &str, text: &str) -> Result<(), String> {
    let page = fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))?;
    let open = page
        .find(&format!("<!-- {name}: "))
        .ok_or_else(|| format!("no block {name}"))?;
    let begin = open + page[open..].find("-->\n").ok_or("an unclosed comment")? + 4;
    let end = begin
        + page[begin..]
            .find("<!-- end -->")
            .ok_or("a block without end")?;
    golden(
        path,
        &format!("{}\n{text}\n{}", &page[..begin], &page[end..]),
    )
}

/// Compares a text with a file in the repository, or writes the file if answers are to be updated.
pub fn golden(path: &Path, text: &str) -> Result<(), String> {
    if blesses() {
        fs::create_dir_all(path.parent().expect("a folder")).expect("made");
        fs::write(path, text).expect("written");
        return Ok(());
    }
    match fs::read_to_string(path) {
        Ok(known) if known == text => Ok(()),
        Ok(_) => Err(format!(
            "{} differs; look at it, then bless with INSTA_UPDATE=always",
            path.display()
        )),
        Err(_) => Err(format!(
            "{} is missing; look at it, then bless with INSTA_UPDATE=always",
            path.display()
        )),
    }
}

/// A fenced block of a Markdown page.
pub struct Fence {
    /// The info string after the backticks: a language and attributes.
    pub info: String,
    /// Its content.
    pub text: String,
    /// The heading above it.
    pub heading: String,
    /// The line of its first backticks, from 1.
    pub line: usize,
}

impl Fence {
    /// The language.
    pub fn language(&self) -> &str {
        self.info.split_whitespace().next().unwrap_or("")
    }

    /// The value of an attribute `name=value`.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.info
            .split_whitespace()
            .find_map(|word| word.strip_prefix(name)?.strip_prefix('='))
    }

    /// Whether it has this attribute without a value.
    pub fn has(&self, name: &str) -> bool {
        self.info.split_whitespace().any(|word| word == name)
    }
}

/// The fenced blocks of a page in order.
pub fn fences(page: &str) -> Vec<Fence> {
    let (mut fences, mut heading) = (Vec::new(), String::new());
    let mut lines = page.lines().enumerate();
    while let Some((number, line)) = lines.next() {
        if let Some(text) = line.strip_prefix('#') {
            text.trim_start_matches('#').trim().clone_into(&mut heading);
        } else if let Some(info) = line.strip_prefix("```") {
            let content: Vec<&str> = lines
                .by_ref()
                .map(|(_, line)| line)
                .take_while(|line| !line.starts_with("```"))
                .collect();
            fences.push(Fence {
                info: info.to_owned(),
                text: content.join("\n") + "\n",
                heading: heading.clone(),
                line: number + 1,
            });
        }
    }
    fences
}
