//! Recovers what it can from text that does not parse.
//!
//! In: such text. Out: the parts that may be statements of their own, the names and braces in it,
//! and a declaration if its name is recognisable.
//!
//! The grammar returns everything up to the next line that looks like a statement. Lines in it that
//! are indented no deeper than its first are read again on their own. On the rest, the rule for its
//! first word is tried again, to find where it stops and what it expected there; names, braces and
//! the declared name are kept.

use std::ops::Range;

use super::ast::{Area, Axis, Duty, Framework, Item, Model, Party, Path, Table};
use super::convert;
use super::cursor::{Cursor, TextPiece};
use super::grammar::{self, Rule};
use super::text::indent;
use super::vocabulary::{self, StatementKind, is_reserved, starters};
use crate::diagnostic::suggest::closest;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// Maximum number of times broken text is split again.
const MAX_CUTS: usize = 16;

/// A file with a NUL byte is not a text file.
pub(super) fn nul(file: FileId, at: usize) -> Diagnostic {
    Diagnostic::new(
        Code::NotText,
        Span::new(file, at..at + 1),
        "this file is not plain UTF-8 text",
        "it contains a NUL byte here",
    )
    .help("save the file as UTF-8")
}

/// Old line ends: editors take CR alone for a line end, and other programs do not, so nobody would know
/// where a finding is.
pub(super) fn lone_return(file: FileId, at: usize) -> Diagnostic {
    Diagnostic::new(
        Code::NotText,
        Span::new(file, at..at + 1),
        "expected lines that end in LF or CRLF, found a CR alone",
        "this CR has no LF after it",
    )
    .help("save the file with LF line ends")
}

/// The parser stopped to avoid a stack overflow: some condition is nested too deeply.
pub(super) fn too_deep(file: FileId, text: &str, range: Range<usize>) -> Diagnostic {
    let mut depth = 0usize;
    for (at, byte) in range.clone().zip(text[range.clone()].bytes()) {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > super::MAX_DEPTH {
            return convert::too_deep(Span::new(file, at..at + 1));
        }
    }
    convert::too_deep(Span::new(file, range.start..range.start))
}

/// The parts of text that no statement could read: the first line, and each later line that is
/// indented no deeper and so may be its own statement. `depth` is how often the text around it was
/// already split.
pub(super) fn parts(text: &str, range: Range<usize>, depth: usize) -> Vec<Range<usize>> {
    // Lines of a text block are not statements.
    if depth >= MAX_CUTS || text[range.clone()].contains("\"\"\"") {
        return vec![range];
    }
    let own = indent(text, range.start);
    let (mut parts, mut at) = (Vec::new(), range.start);
    while at < range.end {
        let end = cut(text, at..range.end, own);
        parts.push(at..end);
        at = end;
    }
    parts
}

/// The end of the first line that is followed by a line indented no deeper than `own`.
fn cut(text: &str, range: Range<usize>, own: usize) -> usize {
    let piece = &text[range.clone()];
    let mut at = 0;
    while let Some(newline) = piece[at..].find('\n') {
        at += newline + 1;
        let line = piece[at..].lines().next().unwrap_or("");
        let bare = line.trim_start_matches([' ', '\t']);
        if !bare.trim().is_empty()
            && !bare.starts_with(['#', ')', ','])
            && line.len() - bare.len() <= own
        {
            return range.start + at;
        }
    }
    range.end
}

/// Every name and word in a range of text.
pub(super) fn words_of<'s>(
    text: &'s str,
    place: TextPiece<'s>,
    range: Range<usize>,
) -> Vec<Path<'s>> {
    remnants(&text[range], place).words
}

/// What is left of a statement.
pub(super) struct Remnants<'s> {
    /// Its names and words.
    pub words: Vec<Path<'s>>,
    /// Its braces in order: true opens.
    pub braces: Vec<bool>,
}

/// What is left of a piece of text.
pub(super) fn remnants<'s>(piece: &'s str, place: TextPiece<'s>) -> Remnants<'s> {
    let mut remnants = Remnants {
        words: Vec::new(),
        braces: Vec::new(),
    };
    let Ok(mut pairs) = grammar::read(Rule::scraps, piece) else {
        return remnants;
    };
    let Some(pair) = pairs.next() else {
        return remnants;
    };
    let mut cursor = Cursor::new(pair, place);
    while let Some(pair) = cursor.next() {
        match pair.as_rule() {
            Rule::path => remnants.words.push(place.path(&pair)),
            Rule::open => remnants.braces.push(true),
            Rule::close => remnants.braces.push(false),
            _ => {}
        }
    }
    remnants
}

/// A declaration with at least a known name, so that references to it are not reported.
pub(super) fn salvage<'s>(words: &[Path<'s>]) -> Option<Item<'s>> {
    let word = words.first()?.node;
    // A misspelt keyword counts as the keyword suggested in the message.
    let claims = words
        .get(1)
        .is_some_and(|second| closest(second.node, vocabulary::VERBS.iter().copied()).is_some());
    let word = if claims || vocabulary::rule_of(word).is_some() {
        word
    } else {
        closest(word, starters()).unwrap_or(word)
    };
    let name = || {
        words
            .get(1)
            .filter(|name| !is_reserved(name.node) && !name.node.contains('.'))
            .cloned()
    };
    declared(StatementKind::of_word(word)?, words.first()?.span, name)
}

/// A declaration, its block empty.
fn declared<'s>(
    kind: StatementKind,
    head: Span,
    name: impl Fn() -> Option<Path<'s>>,
) -> Option<Item<'s>> {
    let (title, fields) = (None, Vec::new());
    let axis = |values: Option<Vec<_>>| {
        let (title, fields) = (None, Vec::new());
        Some(Item::Axis(Axis {
            name: name()?,
            title,
            values,
            fields,
            faulty: true,
        }))
    };
    let (claims, items) = (Vec::new(), Vec::new());
    match kind {
        StatementKind::Party => Some(Item::Party(Party {
            name: name()?,
            title,
            fields,
        })),
        StatementKind::Axis => axis(Some(Vec::new())),
        StatementKind::Option => axis(None),
        StatementKind::Framework => Some(Item::Framework(Framework {
            name: name()?,
            title,
            fields,
        })),
        StatementKind::Model => Some(Item::Model(Model {
            block: name()?.span,
            name: name()?,
            title,
            fields,
            claims,
            items,
            faulty: true,
        })),
        StatementKind::Area => Some(Item::Area(Area {
            name: name()?,
            title,
            fields,
            claims,
            items,
        })),
        StatementKind::Duty => Some(Item::Duty(Duty {
            name: name()?,
            title,
            when: None,
            fields,
            faulty: true,
        })),
        StatementKind::Table | StatementKind::Raci => {
            Some(Item::Table(Box::new(empty_table(head))))
        }
        StatementKind::Use
        | StatementKind::Impossible
        | StatementKind::Ensure
        | StatementKind::Separate
        | StatementKind::Allow
        | StatementKind::Claim => None,
    }
}

/// A table of which nothing is known.
fn empty_table<'s>(head: Span) -> Table<'s> {
    Table {
        head,
        axis: None,
        when: None,
        columns: Vec::new(),
        rows: Vec::new(),
        lost: Vec::new(),
        unnamed: Vec::new(),
        has_heading: false,
        footnotes: Vec::new(),
        fields: Vec::new(),
        faulty: true,
    }
}
