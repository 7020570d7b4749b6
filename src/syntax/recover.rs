//! What happens to text that no statement can read: one exact message, and as little lost as can
//! be.
//!
//! The grammar hands over everything up to the next line that looks like a statement. Lines in it
//! that are indented no deeper than its first are read again on their own. Of the rest, the rule
//! that its first word calls for is tried once more, for the place where it stops and for what it
//! expected there; names, braces and the declared name are kept.

use super::ast::{Area, Axis, Broken, Duty, Framework, Item, Model, Party, Path, Table};
use super::build::Builder;
use super::convert;
use super::cursor::{Cursor, Place};
use super::faults::{UnreadStatement, fault, first_word, left_over};
use super::grammar::{self, Rule};
use super::pieces;
use super::vocabulary::{self, is_reserved, starters};
use crate::diagnostic::suggest::closest;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// How often broken text may be cut into smaller pieces.
const MAX_CUTS: usize = 16;

/// A file with a NUL byte is no text.
pub fn nul(file: FileId, at: usize) -> Diagnostic {
    Diagnostic::new(
        Code::NotText,
        Span::new(file, at..at + 1),
        "this file is not text",
        "a NUL byte",
    )
    .help("save it as UTF-8")
}

/// The parser gave up for want of stack: some condition nests beyond reason.
pub fn too_deep(file: FileId, text: &str, range: std::ops::Range<usize>) -> Diagnostic {
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

/// How far the line of a byte is indented, in blanks.
pub fn indent(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..]
        .bytes()
        .take_while(|byte| matches!(byte, b' ' | b'\t'))
        .count()
}

/// Whether only blanks stand before a byte on its line.
pub fn begins_its_line(text: &str, at: usize) -> bool {
    let before = text[..at]
        .chars()
        .rev()
        .find(|&c| c == '\n' || !c.is_whitespace());
    before.is_none_or(|c| c == '\n')
}

/// Takes in text that no statement could read; with the byte of a word that cannot stand where it
/// does.
pub fn broken(
    builder: &mut Builder<'_>,
    range: std::ops::Range<usize>,
    wrong: Option<usize>,
    depth: usize,
) {
    let text = builder.text;
    let own = indent(text, range.start);
    // Lines of a text block are no statements.
    let whole = depth >= MAX_CUTS || text[range.clone()].contains("\"\"\"");
    let first_end = if whole {
        range.end
    } else {
        cut(text, range.clone(), own)
    };
    lost_statement(builder, range.start..first_end, wrong);
    let mut at = first_end;
    while at < range.end {
        let end = cut(text, at..range.end, own);
        let again = pieces::read(builder.file, text, at..end, &mut convert::Known::default());
        builder.take_all(again, depth + 1);
        at = end;
    }
}

/// Where the first line ends behind which a line stands that is indented no deeper than `own`.
fn cut(text: &str, range: std::ops::Range<usize>, own: usize) -> usize {
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

/// Reports one statement that could not be read, and keeps what can be kept of it.
fn lost_statement(builder: &mut Builder<'_>, range: std::ops::Range<usize>, wrong: Option<usize>) {
    let piece = &builder.text[range.clone()];
    let piece = piece.trim_end();
    let range = range.start..range.start + piece.len();
    if piece.is_empty() {
        return;
    }
    let word = first_word(piece);
    let alone = builder.begins_line(range.start) || vocabulary::is_field(word);
    let text = UnreadStatement {
        text: builder.text,
        file: builder.file,
        piece,
        base: range.start,
        wrong: wrong.map(|at| at - range.start).filter(|&at| at > 0),
    };
    let fault = if alone {
        fault(&text)
    } else {
        left_over(&text)
    };
    let silent = builder.in_lost_block();
    if !silent {
        builder.faults.push(fault);
    }
    let remnants = remnants(piece, builder.place(range.start));
    if !alone {
        builder.spoil_last();
    }
    let block = alone || piece.ends_with('{');
    builder.keep(
        remnants,
        Span::new(builder.file, range.clone()),
        !alone,
        block,
    );
    builder.ended(range.end, piece.ends_with('{'));
}

/// Keeps names and braces of a statement whose fault is already reported.
pub fn keep_remnants(builder: &mut Builder<'_>, range: std::ops::Range<usize>) {
    let remnants = remnants(&builder.text[range.clone()], builder.place(range.start));
    builder.keep(remnants, Span::new(builder.file, range), false, true);
}

/// Every name and word of a stretch of text.
pub fn words_of<'s>(
    text: &'s str,
    place: Place<'s>,
    range: std::ops::Range<usize>,
) -> Vec<Path<'s>> {
    remnants(&text[range], place).words
}

/// What is left of a statement.
pub struct Remnants<'s> {
    /// Its names and words.
    pub words: Vec<Path<'s>>,
    /// Its braces in order: true opens.
    pub braces: Vec<bool>,
}

fn remnants<'s>(piece: &'s str, place: Place<'s>) -> Remnants<'s> {
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

impl<'s> Builder<'s> {
    /// Puts what is left of a statement into the tree, and follows its braces. With `bound`, it is
    /// the end of a statement that is known; without `block`, a `{` in it opens a list at most.
    pub fn keep(&mut self, remnants: Remnants<'s>, span: Span, bound: bool, block: bool) {
        let salvaged = salvage(&remnants.words);
        // Pairs within the statement say nothing of the blocks around it.
        let (mut open, mut closed) = (0usize, 0usize);
        for &opens in &remnants.braces {
            match (opens, open) {
                (true, _) => open += 1,
                (false, 0) => closed += 1,
                (false, _) => open -= 1,
            }
        }
        if !block {
            open = 0;
        }
        // A block whose `{` is missing most likely has its `}`.
        let has_block = matches!(
            salvaged,
            Some(Item::Model(_) | Item::Area(_) | Item::Table(_))
        );
        if has_block && open == 0 && closed == 0 {
            open = 1;
            self.guess(span);
        }
        if let Some(item) = salvaged {
            self.item(item, span, open > 0);
        } else {
            self.item(
                Item::Broken(Broken {
                    words: remnants.words,
                    bound,
                }),
                span,
                false,
            );
            self.lost(span, open > 0);
        }
        for _ in 1..open {
            self.lost(span, true);
        }
        for _ in 0..closed {
            self.close(span);
        }
    }
}

/// A declaration of which at least the name is known: what refers to it is no fault.
fn salvage<'s>(words: &[Path<'s>]) -> Option<Item<'s>> {
    let word = words.first()?.node;
    // A misspelt word means the one it was told to be.
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
    let (title, fields) = (None, Vec::new());
    Some(match word {
        "party" => Item::Party(Party {
            name: name()?,
            title,
            fields,
        }),
        "axis" => Item::Axis(Axis {
            name: name()?,
            title,
            values: Some(Vec::new()),
            fields,
            faulty: true,
        }),
        "option" => Item::Axis(Axis {
            name: name()?,
            title,
            values: None,
            fields,
            faulty: true,
        }),
        "framework" => Item::Framework(Framework {
            name: name()?,
            title,
            fields,
        }),
        "model" => Item::Model(Model {
            name: name()?,
            title,
            fields,
            claims: Vec::new(),
            items: Vec::new(),
            faulty: true,
        }),
        "area" => Item::Area(Area {
            name: name()?,
            title,
            fields,
            claims: Vec::new(),
            items: Vec::new(),
        }),
        "duty" => Item::Duty(Duty {
            name: name()?,
            title,
            when: None,
            fields,
            faulty: true,
        }),
        "table" | "raci" => Item::Table(Box::new(Table {
            head: words.first()?.span,
            axis: None,
            when: None,
            columns: Vec::new(),
            rows: Vec::new(),
            lost: Vec::new(),
            footnotes: Vec::new(),
            fields,
            faulty: true,
        })),
        _ => return None,
    })
}
