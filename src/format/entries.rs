//! From a text to its statements, with their words, and comments.
//!
//! In: a text. Out: [`Placed`] entries in order. Always: each comment belongs to one word, to one
//! entry, or is an entry itself; lines with a fault are one entry, byte for byte.

use std::ops::Range;

use crate::syntax::{
    FieldKind, FlatKind, FlatStatement, Lexeme, LexemeKind, StatementKind, ends_in_brace, lexemes,
    statements,
};

/// A word of a statement with its comments.
#[derive(Clone, Debug)]
pub(super) struct Token<'s> {
    /// As it is written.
    pub text: &'s str,
    /// What it is.
    pub kind: LexemeKind,
    /// Comments on lines of their own before it.
    pub above: Vec<&'s str>,
    /// Comments after it on its line.
    pub behind: Vec<&'s str>,
}

impl<'s> Token<'s> {
    /// A word without comments.
    pub(super) fn new(kind: LexemeKind, text: &'s str) -> Self {
        Self {
            text,
            kind,
            above: Vec::new(),
            behind: Vec::new(),
        }
    }
}

/// What kind of line a statement makes; lines of one kind are aligned.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    /// `use`
    Use,
    /// `party`, `option`, `framework`, `duty` or the head of an axis.
    Named,
    /// `model`, `area`, `impossible` and other statements that are not aligned.
    Plain,
    /// One value of an axis.
    Value,
    /// A field.
    Field(FieldKind),
    /// A party's part of a share.
    Part,
    /// A claim.
    Claim,
    /// A claim with `otherwise`.
    Filling,
    /// `ensure`
    Ensure,
    /// `separate`
    Separate,
    /// `allow`
    Allow,
    /// The head of a `table by` or `raci`.
    Table,
    /// A footnote.
    Footnote,
}

/// The content of one or more lines.
#[derive(Clone, Debug)]
pub(super) enum Entry<'s> {
    /// A comment on a line of its own.
    Comment(&'s str),
    /// Lines with a fault, and the change of block depth after them.
    Frozen(&'s str, isize),
    /// A statement; with `opens`, the `{` of its block is the last word.
    Line {
        shape: Shape,
        tokens: Vec<Token<'s>>,
        opens: bool,
    },
    /// A row of a table: the text of each cell.
    Row(Vec<&'s str>),
    /// `}`
    Close,
}

/// An entry and its surroundings.
#[derive(Clone, Debug)]
pub(super) struct Placed<'s> {
    /// The entry.
    pub entry: Entry<'s>,
    /// There is a blank line before it.
    pub blank_before: bool,
    /// It starts on the line of the previous entry.
    pub joined: bool,
    /// Comments after it on its line.
    pub behind: Vec<&'s str>,
}

/// The entries of a text; `None` if its braces do not match or it is not text.
pub(super) fn entries(text: &str) -> Option<Vec<Placed<'_>>> {
    if text.contains('\0') {
        return None;
    }
    let statements = statements(text);
    let frozen = frozen(text, &statements);
    // Indentation shows which block a brace in a faulty line belongs to, except for the brace that
    // opens its block.
    let opens_block =
        |lines: &Lines| lines.deeper == 1 && ends_in_brace(&text[lines.range.clone()]);
    if frozen
        .iter()
        .any(|lines| lines.deeper != 0 && !opens_block(lines))
    {
        return None;
    }
    let mut reader = EntryReader {
        text,
        end: 0,
        placed: Vec::new(),
    };
    let mut frozen = frozen.into_iter().peekable();
    for statement in statements {
        while frozen
            .peek()
            .is_some_and(|lines| lines.range.start <= statement.range.start)
        {
            let Some(lines) = frozen.next() else { break };
            reader.put(
                lines.range.clone(),
                Entry::Frozen(&text[lines.range], lines.deeper),
            );
        }
        if statement.range.start >= reader.end {
            reader.statement(statement);
        }
    }
    reader.gap(text.len());
    balanced(&reader.placed).then_some(reader.placed)
}

/// Whether every block that is opened is closed.
fn balanced(placed: &[Placed<'_>]) -> bool {
    let mut depth = 0;
    for entry in placed {
        depth += match entry.entry {
            Entry::Line { opens: true, .. } => 1,
            Entry::Close => -1,
            Entry::Frozen(_, deeper) => deeper,
            _ => 0,
        };
        if depth < 0 {
            return false;
        }
    }
    depth == 0
}

/// Whole lines that contain a fault.
struct Lines {
    range: Range<usize>,
    deeper: isize,
}

/// The lines with a fault, and all statements that begin or end on them.
fn frozen(text: &str, statements: &[FlatStatement]) -> Vec<Lines> {
    let whole = |range: &Range<usize>| {
        let end = range.start + text[range.clone()].trim_end().len();
        let start = text[..range.start].rfind('\n').map_or(0, |at| at + 1);
        start..text[end..].find('\n').map_or(text.len(), |at| end + at)
    };
    let mut lines: Vec<Lines> = Vec::new();
    let is_broken = |it: &&FlatStatement| {
        it.faulty || it.kind == FlatKind::Broken && !text[it.range.clone()].trim().is_empty()
    };
    for broken in statements.iter().filter(is_broken) {
        let mut range = whole(&broken.range);
        loop {
            let first = statements.partition_point(|other| other.range.end <= range.start);
            let touching = statements[first..]
                .iter()
                .take_while(|other| other.range.start < range.end);
            let wider = touching
                .map(|other| whole(&other.range))
                .fold(range.clone(), |all, one| {
                    all.start.min(one.start)..all.end.max(one.end)
                });
            if wider == range {
                break;
            }
            range = wider;
        }
        match lines.last_mut() {
            Some(last) if range.start < last.range.end => {
                last.range = last.range.start..last.range.end.max(range.end);
            }
            _ => lines.push(Lines { range, deeper: 0 }),
        }
    }
    for lines in &mut lines {
        let first = statements.partition_point(|it| it.range.start < lines.range.start);
        let inside = statements[first..]
            .iter()
            .take_while(|it| it.range.start < lines.range.end);
        lines.deeper = inside.map(|it| deeper(text, it)).sum();
    }
    lines
}

/// The change of block depth after a statement.
fn deeper(text: &str, statement: &FlatStatement) -> isize {
    let braces = || {
        lexemes(&text[statement.range.clone()])
            .into_iter()
            .map(|it| match it.text {
                "{" => 1,
                "}" => -1,
                _ => 0,
            })
    };
    match statement.kind {
        FlatKind::Close => -1,
        FlatKind::Broken => braces().sum(),
        _ => isize::from(statement.opens),
    }
}

struct EntryReader<'s> {
    text: &'s str,
    /// Where the previous entry, or the comment after it, ended.
    end: usize,
    placed: Vec<Placed<'s>>,
}

impl<'s> EntryReader<'s> {
    /// Adds the comments up to a position; commas there are dropped, because line breaks now
    /// separate the items.
    fn gap(&mut self, to: usize) {
        let from = self.end;
        for comment in lexemes(&self.text[from..to]) {
            let start = from + comment.start;
            if comment.kind != LexemeKind::Comment {
                self.end = start + comment.text.len();
                continue;
            }
            let own_line = self.text[self.end..start].contains('\n');
            match self.placed.last_mut() {
                Some(last) if !own_line && !matches!(last.entry, Entry::Comment(_)) => {
                    last.behind.push(comment.text);
                }
                _ => self.push(start, Entry::Comment(comment.text)),
            }
            self.end = start + comment.text.len();
        }
    }

    fn push(&mut self, start: usize, entry: Entry<'s>) {
        let newlines = self.text[self.end..start].matches('\n').count();
        self.placed.push(Placed {
            entry,
            blank_before: newlines > 1,
            joined: newlines == 0,
            behind: Vec::new(),
        });
    }

    /// Adds the comments before a range, and the range.
    fn put(&mut self, range: Range<usize>, entry: Entry<'s>) {
        self.gap(range.start);
        self.push(range.start, entry);
        self.end = range.end;
    }

    fn statement(&mut self, statement: FlatStatement) {
        let range = statement.range;
        let shape = match statement.kind {
            FlatKind::Broken => return,
            FlatKind::Close => return self.put(range, Entry::Close),
            FlatKind::Row(cells) => {
                let text = self.text;
                return self.put(
                    range,
                    Entry::Row(cells.into_iter().map(|cell| text[cell].trim()).collect()),
                );
            }
            FlatKind::Statement(StatementKind::Axis) => return self.axis(range),
            FlatKind::Statement(kind) => shape_of(kind, &self.text[range.clone()]),
            FlatKind::Field(kind) => Shape::Field(kind),
            FlatKind::Part => Shape::Part,
            FlatKind::Footnote => Shape::Footnote,
        };
        let tokens = tokens(self.text, range.clone());
        self.put(
            range,
            Entry::Line {
                shape,
                tokens,
                opens: statement.opens,
            },
        );
    }

    /// An axis is a block like others: its head, a line for each value, and the closing brace.
    fn axis(&mut self, range: Range<usize>) {
        let (text, base) = (self.text, range.start);
        let words: Vec<Lexeme<'s>> = lexemes(&text[range])
            .into_iter()
            .filter(|it| it.kind != LexemeKind::Comment)
            .collect();
        let mut from = 0;
        let line = |reader: &mut Self, words: &[Lexeme<'s>], shape: Shape| {
            if let (Some(first), Some(last)) = (words.first(), words.last()) {
                let range = base + first.start..base + last.range().end;
                reader.put(
                    range.clone(),
                    Entry::Line {
                        shape,
                        tokens: tokens(text, range),
                        opens: shape == Shape::Named,
                    },
                );
            }
        };
        for (at, word) in words.iter().enumerate() {
            match word.text {
                "{" => line(self, &words[from..=at], Shape::Named),
                "," | "}" => line(self, &words[from..at], Shape::Value),
                _ => continue,
            }
            from = at + 1;
            if word.text == "}" {
                self.put(base + word.start..base + word.range().end, Entry::Close);
            }
        }
    }
}

/// The words of a statement, each with its comments.
fn tokens(text: &str, range: Range<usize>) -> Vec<Token<'_>> {
    let own = &text[range];
    let mut tokens: Vec<Token<'_>> = Vec::new();
    let (mut above, mut end) = (Vec::new(), 0);
    for lexeme in lexemes(own) {
        let own_line = own[end..lexeme.start].contains('\n');
        end = lexeme.range().end;
        match tokens.last_mut() {
            _ if lexeme.kind != LexemeKind::Comment => {
                tokens.push(Token {
                    above: std::mem::take(&mut above),
                    ..Token::new(lexeme.kind, lexeme.text)
                });
            }
            Some(last) if !own_line => last.behind.push(lexeme.text),
            _ => above.push(lexeme.text),
        }
    }
    tokens
}

/// How a statement is laid out.
fn shape_of(kind: StatementKind, text: &str) -> Shape {
    match kind {
        StatementKind::Use => Shape::Use,
        StatementKind::Party
        | StatementKind::Axis
        | StatementKind::Option
        | StatementKind::Framework
        | StatementKind::Duty => Shape::Named,
        StatementKind::Model | StatementKind::Area | StatementKind::Impossible => Shape::Plain,
        StatementKind::Claim if text.starts_with("otherwise") => Shape::Filling,
        StatementKind::Claim => Shape::Claim,
        StatementKind::Table | StatementKind::Raci => Shape::Table,
        StatementKind::Ensure => Shape::Ensure,
        StatementKind::Separate => Shape::Separate,
        StatementKind::Allow => Shape::Allow,
    }
}
