//! `srm.toml`: which sources a project has, and what is made from them.
//!
//! In: the manifest's text. Out: a [`Manifest`], or findings that point into the text. Always:
//! paths are relative, stay below the project's folder by their words, and every entry fits
//! together; whether a model or party of that name exists is not asked here.

use globset::{GlobBuilder, GlobMatcher};
use serde::Deserialize;
use toml::Spanned;

use super::markers::{Kind, kind};
use crate::diagnostic::suggest::closest;
use crate::diagnostic::{Code, Diagnostic, is_invisible, visible};
use crate::source::{FileId, Span};

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

/// A value, and where it stands.
#[derive(Clone, Debug)]
pub struct Word {
    /// The value.
    pub it: String,
    /// Its place in the manifest.
    pub span: Span,
}

/// A glob: `*` stays within a folder, `**` goes into all below.
#[derive(Clone, Debug)]
pub struct Glob {
    /// As it is written.
    pub it: String,
    /// Its place in the manifest.
    pub span: Span,
    /// The paths from the manifest's folder that it means.
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
    /// Only what stands between markers of an existing page is replaced.
    pub inject: bool,
    /// Columns of even width.
    pub aligned: bool,
}

/// What an entry makes.
#[derive(Clone, Debug)]
pub enum OutputKind {
    /// The JSON document.
    Json,
    /// The page for people who look rather than read.
    Html,
    /// The policy bundle of all its models.
    Rego,
    /// A page of one view, or with `inject` of the views that the markers name.
    Page(Markup, Option<ViewName>),
    /// The user's own layout, at this path.
    Template(Word),
}

/// How a page is marked up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Markup {
    /// GitHub-flavoured Markdown, or MDX by the file's name.
    Markdown,
    /// AsciiDoc.
    AsciiDoc,
}

/// A view by name.
#[derive(Clone, Debug)]
pub enum ViewName {
    /// Duties by area, one axis across.
    Matrix,
    /// Parties across.
    Raci,
    /// Where statements come from.
    Sources,
    /// The checklist of a party, or of each.
    Checklist(Option<Word>),
}

/// The views by their names.
pub const VIEWS: [&str; 4] = ["matrix", "raci", "checklist", "sources"];
/// The formats by their names.
const FORMATS: [&str; 6] = ["json", "markdown", "asciidoc", "html", "rego", "template"];

/// The manifest as it is written; `schema/manifest-1.json` is made from it.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "srm.toml, the manifest of a project of srmc")]
struct Raw {
    /// The project itself.
    #[serde(default)]
    project: RawProject,
    /// What is made from the sources.
    #[serde(default)]
    #[schemars(with = "Vec<RawOutput>")]
    output: Vec<Spanned<RawOutput>>,
}

#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawProject {
    /// What people call it.
    #[serde(rename = "name")]
    #[allow(
        dead_code,
        reason = "it names the project for people; nothing is made from it"
    )]
    name: Option<String>,
    /// The versions of srmc that the project builds with, such as `>=0.1, <1`.
    #[schemars(with = "Option<String>")]
    #[allow(dead_code, reason = "it is read before all else, as `Versioned`")]
    srmc: Option<Spanned<String>>,
    /// Globs of the sources, relative to this file; `**/*.srm` unless told.
    #[schemars(with = "Option<Vec<String>>")]
    sources: Option<Vec<Spanned<String>>>,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
struct RawOutput {
    /// `json`, `markdown`, `asciidoc`, `html`, `rego` or `template`.
    #[schemars(with = "String")]
    format: Spanned<String>,
    /// The model; `*`, or nothing, for each of them.
    #[schemars(with = "Option<String>")]
    model: Option<Spanned<String>>,
    /// Of a page: `matrix` (unless told), `raci`, `checklist` or `sources`.
    #[schemars(with = "Option<String>")]
    view: Option<Spanned<String>>,
    /// Of a checklist: the party; `*`, or nothing, for each of them.
    #[schemars(with = "Option<String>")]
    party: Option<Spanned<String>>,
    /// Where it goes, relative to this file; may hold `{model}` and `{party}`. Of a policy bundle,
    /// the folder.
    #[schemars(with = "String")]
    path: Spanned<String>,
    /// Replace only what stands between markers of an existing page.
    #[serde(default)]
    inject: bool,
    /// Tables of Markdown with columns of even width.
    #[serde(default)]
    aligned: bool,
    /// Of a template: its path, relative to this file.
    #[schemars(with = "Option<String>")]
    template: Option<Spanned<String>>,
}

/// The identity of the schema.
pub const SCHEMA: &str = "urn:srmc:schema/manifest-1.json";

/// The schema of a manifest, for editors.
#[must_use]
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::generate::SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Raw>();
    schema.insert("$id".into(), SCHEMA.into());
    schema.to_value()
}

/// The sources of a project that names none.
const ALL: &str = "**/*.srm";

/// What of a manifest every version of srmc reads.
#[derive(Deserialize)]
struct Versioned {
    project: VersionedProject,
}

#[derive(Deserialize)]
struct VersionedProject {
    srmc: Option<Spanned<String>>,
}

/// Reads a manifest for this version of srmc.
///
/// # Errors
/// What is wrong with it.
pub fn read(
    file: FileId,
    text: &str,
    version: &semver::Version,
) -> Result<Manifest, Vec<Diagnostic>> {
    let mut reader = Reader {
        file,
        faults: Vec::new(),
    };
    // A byte order mark is no part of TOML; blanks in its place keep what follows in its own.
    let text = text
        .strip_prefix('\u{feff}')
        .map_or(text.into(), |rest| format!("   {rest}"));
    // A project for another version may hold keys that this one does not know.
    if let Ok(Versioned {
        project: VersionedProject { srmc: Some(wanted) },
    }) = toml::from_str(&text)
    {
        reader.version(&wanted, version);
        if reader
            .faults
            .iter()
            .any(|fault| fault.code == Code::OtherVersion)
        {
            return Err(reader.faults);
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
        let message = "a project needs sources";
        reader.fault(
            Code::NoSource,
            Span::new(file, 0..0),
            message,
            format!("remove `sources = []` for `{ALL}`, or name some"),
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
        Err(reader.faults)
    }
}

/// What the TOML parser says, at its place.
fn of_toml(file: FileId, text: &str, error: &toml::de::Error) -> Diagnostic {
    let range = error.span().unwrap_or(0..0);
    let message = visible(error.message().lines().next().unwrap_or("this is no TOML"));
    // What serde says of shapes is for programmers.
    let message = match message.as_str() {
        "invalid type: map, expected a sequence" => {
            "expected a list; write `[[output]]` for each output".to_owned()
        }
        other => other
            .replace("invalid type: ", "found ")
            .replace("expected a sequence", "expected a list in brackets"),
    };
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

struct Reader {
    file: FileId,
    faults: Vec<Diagnostic>,
}

impl Reader {
    fn span<T>(&self, it: &Spanned<T>) -> Span {
        Span::new(self.file, it.span())
    }

    fn word(&self, it: &Spanned<String>) -> Word {
        Word {
            it: it.as_ref().clone(),
            span: self.span(it),
        }
    }

    fn fault(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) {
        self.faults
            .push(Diagnostic::new(code, span, message, "").help(help));
    }

    fn version(&mut self, wanted: &Spanned<String>, own: &semver::Version) {
        let span = self.span(wanted);
        match semver::VersionReq::parse(wanted.as_ref()) {
            Err(error) => {
                let message = format!("expected versions of srmc: {error}");
                self.fault(
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
                    "this project is built with srmc `{}`, and this is srmc {own}",
                    wanted.as_ref()
                );
                self.fault(
                    Code::OtherVersion,
                    span,
                    message,
                    "install such a version, or widen the range and build anew",
                );
            }
        }
    }

    fn glob(&mut self, glob: &Spanned<String>) -> Option<Glob> {
        let word = self.word(glob);
        if let Some(why) = leaves(&word.it) {
            let message = format!("sources stay in the project, and this {why}");
            self.fault(
                Code::OutputPath,
                word.span,
                message,
                "write a path below this file's folder",
            );
            return None;
        }
        match GlobBuilder::new(&word.it).literal_separator(true).build() {
            Ok(glob) => Some(Glob {
                matcher: glob.compile_matcher(),
                it: word.it,
                span: word.span,
            }),
            Err(error) => {
                let message = format!("this glob cannot be read: {}", error.kind());
                self.fault(
                    Code::BadManifest,
                    word.span,
                    message,
                    "write, for example, `models/**/*.srm`",
                );
                None
            }
        }
    }

    fn entry(&mut self, raw: &Spanned<RawOutput>) -> Option<Entry> {
        let (span, raw) = (self.span(raw), raw.as_ref());
        let what = self.what(raw)?;
        let path = self.word(&raw.path);
        self.path(&path, &what, raw.inject);
        let all = |word: &Word| word.it == "*";
        let model = raw
            .model
            .as_ref()
            .map(|model| self.word(model))
            .filter(|model| !all(model));
        let marked_up = matches!(what, OutputKind::Page(..) | OutputKind::Template(_));
        if raw.inject && !marked_up {
            self.fault(
                Code::BadOutput,
                span,
                "only pages and templates go between markers",
                "remove `inject = true`",
            );
        }
        if raw.aligned && !matches!(what, OutputKind::Page(Markup::Markdown, _)) {
            self.fault(
                Code::BadOutput,
                span,
                "only tables of Markdown can be `aligned`",
                "remove `aligned = true`",
            );
        }
        self.fits_its_page(&path, &what);
        let what = match what {
            // A page says by its markers what goes where, unless the entry does.
            OutputKind::Page(markup, None) if !raw.inject => {
                OutputKind::Page(markup, Some(ViewName::Matrix))
            }
            OutputKind::Page(markup, None) if model.is_some() => {
                OutputKind::Page(markup, Some(ViewName::Matrix))
            }
            other => other,
        };
        if let (true, None, OutputKind::Page(_, Some(_)) | OutputKind::Template(_)) =
            (raw.inject, &model, &what)
            && !path.it.contains("{model}")
        {
            self.fault(
                Code::BadOutput,
                span,
                "an output between markers needs its model",
                "add `model = \"…\"`, or let the markers say it all: remove `view`",
            );
        }
        if let (true, OutputKind::Page(_, Some(ViewName::Checklist(None)))) = (raw.inject, &what) {
            self.fault(
                Code::BadOutput,
                span,
                "a checklist in a page is of one party",
                "add `party = \"…\"`",
            );
        }
        Some(Entry {
            span,
            what,
            model,
            path,
            inject: raw.inject,
            aligned: raw.aligned,
        })
    }

    fn what(&mut self, raw: &RawOutput) -> Option<OutputKind> {
        let format = self.word(&raw.format);
        let what = match format.it.as_str() {
            "json" => OutputKind::Json,
            "html" => OutputKind::Html,
            "rego" => OutputKind::Rego,
            "template" => OutputKind::Template(self.template(raw.template.as_ref(), format.span)?),
            "markdown" => OutputKind::Page(Markup::Markdown, self.view(raw).ok()?),
            "asciidoc" => OutputKind::Page(Markup::AsciiDoc, self.view(raw).ok()?),
            other => {
                let message = format!("there is no format `{}`", visible(other));
                self.fault(
                    Code::BadOutput,
                    format.span,
                    message,
                    one_of(other, &FORMATS, "the formats are"),
                );
                return None;
            }
        };
        if let (Some(view), false) = (&raw.view, matches!(what, OutputKind::Page(..))) {
            let span = self.span(view);
            self.fault(
                Code::BadOutput,
                span,
                format!("`{}` has no views", format.it),
                "remove `view`",
            );
        }
        if let (Some(template), false) = (&raw.template, matches!(what, OutputKind::Template(_))) {
            let span = self.span(template);
            let message = format!("`{}` takes no template", format.it);
            self.fault(
                Code::BadOutput,
                span,
                message,
                "write `format = \"template\"`, or remove `template`",
            );
        }
        let is_checklist = matches!(what, OutputKind::Page(_, Some(ViewName::Checklist(_))));
        if let (Some(party), false) = (&raw.party, is_checklist) {
            let span = self.span(party);
            self.fault(
                Code::BadOutput,
                span,
                "only a checklist is of one party",
                "write `view = \"checklist\"`, or remove `party`",
            );
        }
        Some(what)
    }

    fn template(&mut self, template: Option<&Spanned<String>>, format: Span) -> Option<Word> {
        let Some(template) = template else {
            self.fault(
                Code::BadOutput,
                format,
                "a template needs its path",
                "add `template = \"layouts/page.md.j2\"`",
            );
            return None;
        };
        let template = self.word(template);
        if let Some(why) = leaves(&template.it) {
            let message = format!("a template stays in the project, and this {why}");
            self.fault(
                Code::OutputPath,
                template.span,
                message,
                "move it below this file's folder",
            );
        }
        Some(template)
    }

    /// The view that an entry names, if it names one.
    fn view(&mut self, raw: &RawOutput) -> Result<Option<ViewName>, ()> {
        let Some(view) = raw.view.as_ref().map(|view| self.word(view)) else {
            return Ok(None);
        };
        let party = raw
            .party
            .as_ref()
            .map(|party| self.word(party))
            .filter(|party| party.it != "*");
        let named = named_view(&view.it, party);
        if named.is_none() {
            self.fault(
                Code::BadOutput,
                view.span,
                format!("there is no view `{}`", view.it),
                one_of(&view.it, &VIEWS, "the views are"),
            );
            return Err(());
        }
        Ok(named)
    }

    /// Whether a page is marked up as its name says.
    fn fits_its_page(&mut self, path: &Word, what: &OutputKind) {
        let OutputKind::Page(markup, _) = what else {
            return;
        };
        let (wanted, found) = match (markup, kind(&path.it)) {
            (Markup::Markdown, Kind::AsciiDoc) => ("asciidoc", "AsciiDoc"),
            (Markup::AsciiDoc, Kind::Mdx) => ("markdown", "MDX"),
            (Markup::AsciiDoc, Kind::Markdown) if path.it.to_ascii_lowercase().ends_with(".md") => {
                ("markdown", "Markdown")
            }
            _ => return,
        };
        self.fault(
            Code::BadOutput,
            path.span,
            format!("by its name, `{}` is {found}", path.it),
            format!("write `format = \"{wanted}\"`"),
        );
    }

    /// Whether a path stays in the project and holds only placeholders that mean something.
    fn path(&mut self, path: &Word, what: &OutputKind, inject: bool) {
        if let Some(why) = leaves(&path.it) {
            self.fault(
                Code::OutputPath,
                path.span,
                format!("outputs stay in the project, and this {why}"),
                "write a path below this file's folder",
            );
        }
        let is_injected_checklist =
            inject && matches!(what, OutputKind::Page(_, Some(ViewName::Checklist(_))));
        for (at, _) in path.it.match_indices('{') {
            let (name, closed) = path.it[at + 1..]
                .split_once('}')
                .map_or((&path.it[at + 1..], false), |(name, _)| (name, true));
            let help = match name {
                _ if !closed => "close it with `}`",
                "model" => continue,
                "party" if is_injected_checklist => "name the page itself",
                "party" if matches!(what, OutputKind::Page(_, Some(ViewName::Checklist(_)))) => {
                    continue;
                }
                "party" => "only the path of a checklist can hold `{party}`",
                _ => "a path can hold `{model}` and `{party}`",
            };
            self.fault(
                Code::OutputPath,
                path.span,
                format!("`{{{name}}}` stands for nothing here"),
                help,
            );
        }
    }
}

/// The view of this name.
#[must_use]
pub fn named_view(name: &str, party: Option<Word>) -> Option<ViewName> {
    Some(match name {
        "matrix" => ViewName::Matrix,
        "raci" => ViewName::Raci,
        "sources" => ViewName::Sources,
        "checklist" => ViewName::Checklist(party),
        _ => return None,
    })
}

/// What to write instead of a word that is none of these.
#[must_use]
pub fn one_of(word: &str, known: &[&str], are: &str) -> String {
    let list = || {
        known
            .iter()
            .map(|known| format!("`{known}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    closest(word, known.iter().copied()).map_or_else(
        || format!("{are} {}", list()),
        |near| format!("did you mean `{near}`?"),
    )
}

/// Why a path does not stay below the manifest's folder, by its words alone.
#[must_use]
pub fn leaves(path: &str) -> Option<&'static str> {
    let bytes = path.as_bytes();
    let has_drive =
        bytes.first().is_some_and(u8::is_ascii_alphabetic) && bytes.get(1) == Some(&b':');
    let part = |wanted: &str| {
        path.split('/')
            .any(|part| part.eq_ignore_ascii_case(wanted))
    };
    if path.is_empty() {
        Some("is empty")
    } else if path.starts_with('/') || path == "~" || path.starts_with("~/") || has_drive {
        Some("is an absolute path")
    } else if path.contains('\\') {
        Some("holds `\\`: folders are divided by `/`")
    } else if path.contains(is_invisible) {
        Some("holds a character that cannot be seen")
    } else if part("..") {
        Some("holds `..`")
    } else if part(".git") {
        Some("lies in `.git`")
    } else if path.ends_with('/') || part("") || part(".") {
        Some("names no file")
    } else {
        None
    }
}
