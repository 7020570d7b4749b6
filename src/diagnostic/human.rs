//! Findings for people: source lines with labels, drawn by codespan-reporting.
//!
//! In: findings and the texts they point into. Out: text with or without colour. Always: what the
//! terminal shows is what the file holds (invisible characters are replaced, width kept), and a
//! line of any length shows only what the labels need.

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use codespan_reporting::diagnostic as draw;
use codespan_reporting::files::{Error, Files};
use codespan_reporting::term::{self, Config, termcolor};

use super::visible::is_invisible;
use super::{Diagnostic, Severity, visible, visible_lines};
use crate::source::{FileId, Sources, Span};

/// Lines longer than this many bytes are cut around their labels.
const LONG_LINE: usize = 400;
/// Bytes shown before a label on a cut line.
const BEFORE: usize = 60;
/// Bytes shown from the beginning of a label on a cut line.
const AFTER: usize = 160;

/// The findings as text.
#[must_use]
pub fn render(findings: &[Diagnostic], sources: &Sources, colour: bool) -> String {
    let mut out = if colour {
        termcolor::Buffer::ansi()
    } else {
        termcolor::Buffer::no_color()
    };
    let config = Config::default();
    let files = findings
        .iter()
        .filter(|finding| !finding.is_accepted())
        .flat_map(|finding| finding.labels().map(|label| label.span.file));
    let clean: HashMap<FileId, String> = files
        .collect::<HashSet<_>>()
        .into_iter()
        .map(|id| (id, cleaned(sources.text(id))))
        .collect();
    let (accepted, open): (Vec<_>, Vec<_>) = findings.iter().partition(|it| it.is_accepted());
    for finding in open {
        let texts = Texts::of(finding, sources, &clean);
        // Writing to memory cannot fail; for an unknown file or span, only the finding's one-line
        // form is printed.
        if term::emit_to_write_style(&mut out, &config, &texts, &drawing(finding, &texts)).is_err()
        {
            use std::io::Write as _;
            let _ = writeln!(
                out,
                "{}[{}]: {}",
                finding.severity.word(),
                finding.code.id(),
                finding.message
            );
        }
    }
    let mut text = String::from_utf8_lossy(&out.into_inner()).into_owned();
    for finding in accepted {
        text.push_str(&accepted_line(finding, sources));
    }
    text
}

/// An accepted finding asks nothing of its reader: one line is enough.
fn accepted_line(finding: &Diagnostic, sources: &Sources) -> String {
    let span = finding.span();
    let at = sources.position(span.file, span.start);
    let (code, message) = (finding.code.id(), visible(&finding.message));
    let phrase = finding.acceptance.as_ref().map(|it| it.phrase());
    format!(
        "{}:{}:{}: {code}: {message}; {}\n",
        visible(sources.name(span.file)),
        at.line,
        at.column,
        phrase.unwrap_or_default()
    )
}

fn drawing(finding: &Diagnostic, texts: &Texts) -> draw::Diagnostic<FileId> {
    let severity = match finding.severity {
        Severity::Error => draw::Severity::Error,
        Severity::Warning => draw::Severity::Warning,
        Severity::Note => draw::Severity::Note,
    };
    let labels = finding.labels().enumerate().filter_map(|(at, label)| {
        let range = texts.shown(label.span)?;
        let style = if at == 0 {
            draw::LabelStyle::Primary
        } else {
            draw::LabelStyle::Secondary
        };
        Some(draw::Label::new(style, label.span.file, range).with_message(visible(&label.text)))
    });
    draw::Diagnostic::new(severity)
        .with_code(finding.code.id())
        .with_message(visible(&finding.message))
        .with_labels(labels.collect())
        .with_notes(
            finding
                .help
                .iter()
                .map(|help| format!("help: {}", visible_lines(help)))
                .collect(),
        )
}

/// One file as it is shown.
struct Text<'s> {
    id: FileId,
    sources: &'s Sources,
    /// Its text, with invisible characters replaced.
    clean: &'s str,
    /// For each long line with a label: the line, and the bytes that are shown.
    windows: Vec<(usize, Range<usize>)>,
}

/// The files that one finding points into.
struct Texts<'s> {
    texts: Vec<Text<'s>>,
}

impl<'s> Texts<'s> {
    fn of(finding: &Diagnostic, sources: &'s Sources, clean: &'s HashMap<FileId, String>) -> Self {
        let mut texts: Vec<Text<'s>> = Vec::new();
        for label in finding.labels() {
            if !texts.iter().any(|text| text.id == label.span.file) {
                let clean = clean.get(&label.span.file).map_or("", String::as_str);
                texts.push(Text {
                    id: label.span.file,
                    sources,
                    clean,
                    windows: Vec::new(),
                });
            }
            if let Some(text) = texts.iter_mut().find(|text| text.id == label.span.file) {
                text.open_window(label.span);
            }
        }
        Self { texts }
    }

    fn text(&self, id: FileId) -> Result<&Text<'s>, Error> {
        self.texts
            .iter()
            .find(|text| text.id == id)
            .ok_or(Error::FileMissing)
    }

    /// The visible part of a label's span; `None` if its line is cut and starts elsewhere.
    fn shown(&self, span: Span) -> Option<Range<usize>> {
        let text = self.text(span.file).ok()?;
        let range = span.range();
        let end = range.end.min(text.clean.len());
        let start = range.start.min(end);
        let line = text.line_of(start);
        match text.windows.iter().find(|(number, _)| *number == line) {
            None => Some(start..end),
            Some((_, window)) if window.contains(&start) => Some(start..end.min(window.end)),
            Some(_) => None,
        }
    }
}

impl Text<'_> {
    fn line_of(&self, byte: usize) -> usize {
        let byte = u32::try_from(byte).unwrap_or(u32::MAX);
        self.sources
            .get(self.id)
            .map_or(0, |source| source.lines().line_of(byte))
    }

    fn whole_line(&self, line: usize) -> Option<Range<usize>> {
        let lines = &self.sources.get(self.id)?.lines();
        let start = lines.start(line)? as usize;
        let end = lines
            .start(line + 1)
            .map_or(self.clean.len(), |next| next as usize);
        Some(start..end)
    }

    /// Cuts a long line around the first label on it.
    fn open_window(&mut self, span: Span) {
        let at = span.range().start.min(self.clean.len());
        let line = self.line_of(at);
        let Some(whole) = self.whole_line(line) else {
            return;
        };
        if whole.len() <= LONG_LINE || self.windows.iter().any(|(number, _)| *number == line) {
            return;
        }
        let boundary = |mut byte: usize| {
            while !self.clean.is_char_boundary(byte) {
                byte -= 1;
            }
            byte
        };
        let start = boundary(at.saturating_sub(BEFORE).max(whole.start));
        let end = boundary((at + AFTER).min(whole.end));
        self.windows.push((line, start..end));
    }
}

impl<'t> Files<'t> for Texts<'_> {
    type FileId = FileId;
    type Name = String;
    type Source = &'t str;

    fn name(&'t self, id: FileId) -> Result<String, Error> {
        let text = self.text(id)?;
        Ok(visible(text.sources.name(id)))
    }

    fn source(&'t self, id: FileId) -> Result<&'t str, Error> {
        Ok(self.text(id)?.clean)
    }

    fn line_index(&'t self, id: FileId, byte: usize) -> Result<usize, Error> {
        Ok(self.text(id)?.line_of(byte))
    }

    fn line_range(&'t self, id: FileId, line: usize) -> Result<Range<usize>, Error> {
        let text = self.text(id)?;
        let window = text
            .windows
            .iter()
            .find(|(number, _)| *number == line)
            .map(|(_, window)| window.clone());
        let missing = Error::LineTooLarge {
            given: line,
            max: 0,
        };
        window.or_else(|| text.whole_line(line)).ok_or(missing)
    }

    fn line_number(&'t self, id: FileId, line: usize) -> Result<usize, Error> {
        let before = self
            .text(id)?
            .sources
            .get(id)
            .map_or(0, |source| source.start.lines);
        Ok(line + 1 + before as usize)
    }

    fn column_number(&'t self, id: FileId, _line: usize, byte: usize) -> Result<usize, Error> {
        let text = self.text(id)?;
        let byte = u32::try_from(byte).unwrap_or(u32::MAX);
        Ok(text.sources.position(id, byte).column as usize)
    }
}

/// The text with each invisible character replaced by a visible one of the same length.
fn cleaned(text: &str) -> String {
    let replace = |c: char| match (
        is_invisible(c) && !matches!(c, '\n' | '\t' | '\r'),
        c.len_utf8(),
    ) {
        (false, _) => c,
        (true, 1) => '?',
        (true, 2) => '¿',
        (true, 4) => '\u{1f533}',
        (true, _) => '\u{fffd}',
    };
    text.chars().map(replace).collect()
}
