//! `srm.toml`: which sources a project has, and what is made from them.
//!
//! In: the manifest's text. Out: a [`Manifest`], or findings that point into the text. Always:
//! paths are relative and lexically stay below the project's folder, and every entry is consistent;
//! whether its model or party exists is not checked here.

mod entries;
mod raw;

use globset::{GlobBuilder, GlobMatcher};
use toml::Spanned;

use super::Faults;
use super::output_paths::leaves;
use crate::diagnostic::suggest::one_of;
use crate::diagnostic::{Code, Diagnostic, visible};
use crate::emit::{Dialect, Folder, Target};
use crate::matrix::Matrix;
use crate::source::{FileId, Sources, Span};
use crate::view::View;
use raw::{Raw, Versioned, VersionedProject};

pub use raw::{SCHEMA, schema};

/// The name of the file.
pub const FILE: &str = "srm.toml";

/// A project as its file describes it.
#[derive(Debug)]
pub struct Manifest {
    /// Which files are its sources; at least one glob.
    pub sources: Vec<Glob>,
    /// What is made from them.
    pub outputs: Vec<Entry>,
}

/// A value and its span.
#[derive(Clone, Debug)]
pub struct Word {
    /// The value.
    pub text: String,
    /// Its place in the manifest.
    pub span: Span,
}

/// A glob: `*` matches within a folder, `**` also in all folders below.
#[derive(Clone, Debug)]
pub struct Glob {
    /// As it is written.
    pub text: String,
    /// Its place in the manifest.
    pub span: Span,
    /// Matches paths relative to the manifest's folder.
    pub matcher: GlobMatcher,
}

/// One `[[output]]`.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Its place.
    pub span: Span,
    /// What is made.
    pub what: OutputKind,
    /// The model; `None` for each of them or, with `inject`, for those that the markers name.
    pub model: Option<Word>,
    /// Where it goes; may hold `{model}` and `{party}`.
    pub path: Word,
    /// Only the text between markers of an existing page is replaced.
    pub inject: bool,
    /// Whether to align the columns of Markdown tables.
    pub aligned: bool,
}

/// What an entry makes.
#[derive(Clone, Debug)]
pub enum OutputKind {
    /// A document.
    Document(&'static Target, fn(&Matrix, &Sources) -> String),
    /// A folder of all its models.
    Folder(Folder),
    /// A page, in one of these dialects: of one view, or with `inject` of the views that the
    /// markers name.
    Page(&'static [Dialect], Option<NamedView>),
    /// The user's own template, at this path.
    Template(Word),
}

/// A view, and for a view of one party, the party; `None` for every party.
#[derive(Clone, Debug)]
pub struct NamedView {
    /// The view.
    pub view: &'static View,
    /// The party.
    pub party: Option<Word>,
}

/// The default sources of a project.
const ALL: &str = "**/*.srm";

/// Reads a manifest for this version of srmc.
///
/// # Errors
/// What is wrong with it.
pub fn read(
    file: FileId,
    text: &str,
    version: &semver::Version,
) -> Result<Manifest, Vec<Diagnostic>> {
    let mut reader = ManifestReader {
        file,
        faults: Faults::default(),
    };
    // A byte order mark is not part of TOML; spaces in its place keep all positions unchanged.
    let text = text
        .strip_prefix('\u{feff}')
        .map_or(text.into(), |rest| format!("   {rest}"));
    // A project for another version may hold keys that this one does not know.
    if let Ok(Versioned {
        project: VersionedProject { srmc: Some(wanted) },
    }) = toml::from_str(&text)
    {
        reader.version(&wanted, version);
        if reader.faults.any(Code::OtherVersion) {
            return Err(reader.faults.into_list());
        }
    }
    let raw: Raw = toml::from_str(&text).map_err(|error| vec![of_toml(file, &text, &error)])?;
    let all = [Spanned::new(0..0, ALL.to_owned())];
    let sources = raw
        .project
        .sources
        .as_deref()
        .unwrap_or(&all)
        .iter()
        .filter_map(|glob| reader.glob(glob))
        .collect::<Vec<_>>();
    if sources.is_empty() && reader.faults.is_empty() {
        let message = "`sources` is empty";
        reader.faults.add(
            Code::NoSource,
            Span::new(file, 0..0),
            message,
            format!("remove `sources = []` to use `{ALL}`, or list your source files"),
        );
    }
    let outputs: Vec<Entry> = raw
        .output
        .iter()
        .filter_map(|entry| reader.entry(entry))
        .collect();
    if reader.faults.is_empty() {
        Ok(Manifest { sources, outputs })
    } else {
        Err(reader.faults.into_list())
    }
}

/// A finding for an error of the TOML parser.
fn of_toml(file: FileId, text: &str, error: &toml::de::Error) -> Diagnostic {
    let range = error.span().unwrap_or(0..0);
    let message = visible(
        error
            .message()
            .lines()
            .next()
            .unwrap_or("this is not valid TOML"),
    );
    if let Some(mismatch) = message.strip_prefix("invalid type: ")
        && mismatch.contains(", expected ")
    {
        let span = Span::new(file, range.start.min(text.len())..range.end.min(text.len()));
        let key = text.get(..range.start).unwrap_or("").rsplit('\n').next();
        return wrong_type(span, mismatch, key.unwrap_or(""));
    }
    let unknown = message
        .strip_prefix("unknown field `")
        .and_then(|rest| rest.split_once('`'));
    let span = Span::new(file, range.start.min(text.len())..range.end.min(text.len()));
    match unknown {
        Some((key, rest)) => {
            let fault = Diagnostic::new(
                Code::BadManifest,
                span,
                format!("there is no key `{key}` here"),
                "",
            );
            // The parser lists the keys in backticks.
            let known: Vec<&str> = rest.split('`').skip(1).step_by(2).collect();
            fault.help(one_of(key, &known, "the keys are"))
        }
        None => Diagnostic::new(Code::BadManifest, span, message, ""),
    }
}

/// The finding for a value of another type than its key takes. The parser's own words are for
/// programmers.
fn wrong_type(span: Span, mismatch: &str, line: &str) -> Diagnostic {
    let (found, expected) = mismatch.split_once(", expected ").unwrap_or((mismatch, ""));
    let words = |kind: &str| match kind.split_whitespace().next().unwrap_or("") {
        "sequence" => "a list",
        "map" | "struct" | "table" => "a table",
        "string" => "a text in quotes",
        "integer" | "floating" | "float" => "a number",
        "boolean" | "bool" => "true or false",
        "datetime" => "a date",
        _ => "something else",
    };
    let wanted = words(expected.trim_start_matches("a "));
    let key = line.split('=').next().unwrap_or("").trim();
    let message = format!("expected {wanted}, found {}", words(found));
    let fault = Diagnostic::new(Code::BadManifest, span, message, "");
    match (wanted, words(found)) {
        ("a list", "a table") => fault.help("write `[[output]]` for each output"),
        ("a text in quotes", "a list") => {
            fault.help(format!("write an `[[output]]` for each {key} of the list"))
        }
        ("a list", _) => fault.help(format!("write it in brackets: `{key} = [\"…\"]`")),
        ("a text in quotes", _) => fault.help(format!("write `{key} = \"…\"`")),
        ("true or false", _) => fault.help(format!("write `{key} = true`, without quotes")),
        _ => fault,
    }
}

struct ManifestReader {
    file: FileId,
    faults: Faults,
}

impl ManifestReader {
    fn span<T>(&self, it: &Spanned<T>) -> Span {
        Span::new(self.file, it.span())
    }

    fn word(&self, it: &Spanned<String>) -> Word {
        Word {
            text: it.as_ref().clone(),
            span: self.span(it),
        }
    }

    fn version(&mut self, wanted: &Spanned<String>, own: &semver::Version) {
        let span = self.span(wanted);
        match semver::VersionReq::parse(wanted.as_ref()) {
            Err(error) => {
                let message = format!("expected a version range of srmc: {error}");
                self.faults.add(
                    Code::BadManifest,
                    span,
                    message,
                    format!(
                        "write, for example, `srmc = \">={}.{}\"`",
                        own.major, own.minor
                    ),
                );
            }
            Ok(range) if range.matches(own) => {}
            Ok(_) => {
                let message = format!(
                    "this project needs srmc `{}`, but this is srmc {own}",
                    wanted.as_ref()
                );
                self.faults.add(
                    Code::OtherVersion,
                    span,
                    message,
                    "install a version in this range, or change the range and build again",
                );
            }
        }
    }

    fn glob(&mut self, glob: &Spanned<String>) -> Option<Glob> {
        let mut word = self.word(glob);
        // Shells write it so.
        while word.text.starts_with("./") {
            word.text.drain(..2);
        }
        if let Some(why) = leaves(&word.text) {
            let message = format!("sources must be inside the project, but this path {why}");
            self.faults.add(
                Code::OutputPath,
                word.span,
                message,
                "write a path inside the folder of this file",
            );
            return None;
        }
        match GlobBuilder::new(&word.text).literal_separator(true).build() {
            Ok(glob) => Some(Glob {
                matcher: glob.compile_matcher(),
                text: word.text,
                span: word.span,
            }),
            Err(error) => {
                let message = format!("invalid glob pattern: {}", error.kind());
                self.faults.add(
                    Code::BadManifest,
                    word.span,
                    message,
                    "write, for example, `models/**/*.srm`",
                );
                None
            }
        }
    }
}
