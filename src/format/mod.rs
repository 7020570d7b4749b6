//! The standard style of `.srm` files.
//!
//! In: a text. Out: the same text, formatted. Always: every word, text and comment is kept, in
//! order; a line with a fault stays byte for byte; formatting is idempotent; a text whose blocks do
//! not match is left unchanged.
//!
//! ```text
//! text ──► entries ──► layout ──► columns ──► text
//!          statements  lines of   cells side
//!          + comments  cells      by side
//! ```

mod columns;
mod entries;
mod layout;
mod rows;
mod statement;
mod writer;

use std::borrow::Cow;

use crate::diagnostic::Code;
use crate::source::{FileId, line_end};
use crate::syntax::ast::Item;
use crate::syntax::{
    FlatKind, LexemeKind, MAX_FAULTS, lexemes, lone_return, meaning, parse_with, statements,
};

/// Number of spaces per block level.
const INDENT: usize = 2;
/// Maximum line width, in terminal columns.
const WIDTH: usize = 120;

/// A formatted text.
#[derive(Debug, PartialEq, Eq)]
pub struct Formatted<'s> {
    /// The text; line ends and a byte order mark stay as they are.
    pub text: Cow<'s, str>,
    /// What was not formatted.
    pub left: Left,
}

/// The parts of a text that were not formatted, because they could not be understood.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Left {
    /// Everything was formatted.
    Nothing,
    /// This many groups of lines with a fault.
    Lines(usize),
    /// The whole text: its braces do not match or are nested too deep, or it is not text.
    Everything,
}

/// Formats a text.
#[must_use]
pub fn format(text: &str) -> Formatted<'_> {
    let (mark, bare) = text
        .strip_prefix('\u{feff}')
        .map_or(("", text), |bare| ("\u{feff}", bare));
    let unix = if bare.contains("\r\n") {
        Cow::Owned(bare.replace("\r\n", "\n"))
    } else {
        Cow::Borrowed(bare)
    };
    let everything = Formatted {
        text: Cow::Borrowed(text),
        left: Left::Everything,
    };
    if lone_return(bare).is_some() {
        return everything;
    }
    let before = Recovered::of(&unix);
    if !before.balanced {
        return everything;
    }
    let Some(entries) = entries::entries(&unix) else {
        return everything;
    };
    let left = match entries
        .iter()
        .filter(|placed| matches!(placed.entry, entries::Entry::Frozen(..)))
        .count()
    {
        0 => Left::Nothing,
        lines => Left::Lines(lines),
    };
    let Some(formatted) = layout::layout(&entries).map(columns::text) else {
        return everything;
    };
    // Losing a word would be worse than bad style: a result with different words is rejected. So is
    // one that means something else: after a fault, indentation may tell where a block ends.
    let is_faulty = left != Left::Nothing || !before.faults.is_empty();
    if !same_words(&unix, &formatted) || (is_faulty && before != Recovered::of(&formatted)) {
        return everything;
    }
    let ended = match line_end(bare) {
        "\n" => formatted,
        end => formatted.replace('\n', end),
    };
    let whole = format!("{mark}{ended}");
    Formatted {
        text: if whole == text {
            Cow::Borrowed(text)
        } else {
            Cow::Owned(whole)
        },
        left,
    }
}

/// The faults of a text, and the block of each statement. After a fault, the end of a block is
/// guessed from indentation, which formatting changes.
#[derive(PartialEq, Eq)]
struct Recovered {
    /// Every brace has its partner, where indentation says it should be, and no block is too deep to
    /// be read.
    balanced: bool,
    /// The messages.
    faults: Vec<String>,
    /// Each statement: its depth, its name, and how much is in it.
    outline: Vec<(usize, String, usize)>,
}

impl Recovered {
    fn of(text: &str) -> Self {
        let parsed = parse_with(1, FileId(0), text);
        let faults = parsed.faults.iter();
        let mut outline = Vec::new();
        list(&parsed.file.items, 0, &mut outline);
        Self {
            balanced: (faults.clone()).all(|it| !matches!(it.code, Code::Brace | Code::TooDeep))
                && parsed.faults.len() <= MAX_FAULTS,
            faults: faults.map(|fault| fault.message.clone()).collect(),
            outline,
        }
    }
}

/// Adds each statement to an outline, those of a block after its head.
fn list(items: &[Item<'_>], depth: usize, outline: &mut Vec<(usize, String, usize)>) {
    for item in items {
        let (name, size, inside) = match item {
            Item::Model(it) => (it.name.node, it.claims.len(), &it.items[..]),
            Item::Area(it) => (it.name.node, it.claims.len(), &it.items[..]),
            Item::Duty(it) => (it.name.node, it.fields.len(), &[][..]),
            Item::Broken(it) => ("", it.words.len(), &[][..]),
            _ => ("", 0, &[][..]),
        };
        outline.push((depth, name.to_owned(), size));
        list(inside, depth + 1, outline);
    }
}

/// Whether two texts contain the same statements, words, strings and comments in the same order.
#[must_use]
pub fn same_words(one: &str, other: &str) -> bool {
    essence(one) == essence(other)
}

/// What formatting must keep: every statement, its words, the meaning of its strings, and every
/// comment. Commas may be added or removed.
fn essence(text: &str) -> Vec<Cow<'_, str>> {
    let mut words = Vec::new();
    let mut take = |part: std::ops::Range<usize>| {
        for lexeme in lexemes(&text[part]) {
            match lexeme.kind {
                LexemeKind::Text => words.push(meaning(lexeme.text)),
                LexemeKind::Sign if lexeme.text == "," => {}
                _ => words.push(Cow::Borrowed(lexeme.text)),
            }
        }
    };
    let mut end = 0;
    let mut rows = Vec::new();
    for statement in statements(text) {
        take(end..statement.range.start);
        end = statement.range.end;
        match statement.kind {
            FlatKind::Row(cells) => {
                rows.extend(cells.into_iter().map(|cell| rows::essence(&text[cell])));
            }
            _ => take(statement.range),
        }
    }
    take(end..text.len());
    words.extend(rows.into_iter().map(Cow::Owned));
    words
}
