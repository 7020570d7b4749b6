//! The lines of one statement, written word by word.
//!
//! Always: a comment ends its line, so no word is written after one; the first line is kept as
//! cells, which are later aligned with those of neighbouring lines.

use unicode_width::UnicodeWidthStr as _;

use super::INDENT;
use super::entries::Token;
use crate::syntax::{LexemeKind, dedented};

/// Where a continuation line begins.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum LineStart {
    /// Indented by this many columns relative to the statement.
    Indent(usize),
    /// Indented by this many columns relative to the first line's last cell.
    Hang(usize),
    /// At the beginning of the line, as it was.
    Verbatim,
}

/// A statement on its lines.
#[derive(Clone, Debug, Default)]
pub(super) struct StatementLines<'s> {
    /// The first line.
    pub cells: Vec<String>,
    /// The others.
    pub rest: Vec<(LineStart, String)>,
    /// Comments after its last word.
    pub comments: Vec<&'s str>,
}

impl StatementLines<'_> {
    /// The width of the first line without alignment.
    pub(super) fn width(&self) -> usize {
        self.cells.iter().map(|cell| cell.width()).sum::<usize>()
            + self.cells.len().saturating_sub(1)
    }
}

/// Writes words onto lines.
pub(super) struct Writer<'s> {
    laid: StatementLines<'s>,
    /// Where the next line begins if a comment ends this one.
    pub hang: LineStart,
    /// The last word written.
    last: &'s str,
    /// Nothing is on this line yet.
    fresh: bool,
    /// Comments to write at the end of the line.
    comments: Vec<&'s str>,
}

impl<'s> Writer<'s> {
    /// A writer at the beginning of a statement.
    pub(super) fn new() -> Self {
        let laid = StatementLines {
            cells: vec![String::new()],
            ..StatementLines::default()
        };
        Self {
            laid,
            hang: LineStart::Indent(2 * INDENT),
            last: "",
            fresh: true,
            comments: Vec::new(),
        }
    }

    /// The finished lines.
    pub(super) fn finish(self) -> StatementLines<'s> {
        StatementLines {
            comments: self.comments,
            ..self.laid
        }
    }

    /// Whether words still go onto the first line.
    pub(super) fn on_first_line(&self) -> bool {
        self.laid.rest.is_empty()
    }

    /// The width of the line so far; for a hanging line, of its text alone.
    pub(super) fn column(&self) -> usize {
        self.laid
            .rest
            .last()
            .map_or_else(|| self.laid.width(), |(_, text)| text.width())
    }

    /// The columns of the first line's last cell, or of a later line's text.
    pub(super) fn cell_width(&self) -> usize {
        self.line().width()
    }

    fn line(&self) -> &str {
        let cell = || self.laid.cells.last().map_or("", String::as_str);
        self.laid
            .rest
            .last()
            .map_or_else(cell, |(_, text)| text.as_str())
    }

    fn push(&mut self, text: &str) {
        let line = match self.laid.rest.last_mut() {
            Some((_, line)) => line,
            None => match self.laid.cells.last_mut() {
                Some(cell) => cell,
                None => return,
            },
        };
        line.push_str(text);
        self.fresh = false;
    }

    /// Writes the pending comments: the first at the end of the line, the others on their own
    /// lines.
    fn end_line(&mut self) {
        for (nth, comment) in std::mem::take(&mut self.comments).into_iter().enumerate() {
            if nth > 0 {
                self.laid.rest.push((self.hang, String::new()));
                self.push(comment);
            } else {
                self.push("  ");
                self.push(comment);
            }
        }
    }

    /// Begins a line.
    pub(super) fn newline(&mut self, at: LineStart) {
        self.end_line();
        self.laid.rest.push((at, String::new()));
        self.fresh = true;
        self.last = "";
    }

    /// Writes a word; with `cell`, as the first of a cell of the first line.
    pub(super) fn token(&mut self, token: &Token<'s>, cell: bool) {
        if !self.comments.is_empty() && token.text != "," {
            self.newline(self.hang);
        }
        for comment in &token.above {
            if !self.fresh {
                self.newline(self.hang);
            }
            self.push(comment);
            self.newline(self.hang);
        }
        if cell && self.on_first_line() && !self.fresh {
            self.laid.cells.push(String::new());
        } else if !self.fresh && needs_blank(self.last, token.text) {
            self.push(" ");
        }
        if token.kind == LexemeKind::Text && token.text.contains('\n') {
            self.text_block(token.text);
        } else {
            self.push(token.text);
        }
        self.last = token.text;
        self.comments.extend(&token.behind);
    }

    /// Writes spaces after a word.
    pub(super) fn pad(&mut self, blanks: usize) {
        self.push(&" ".repeat(blanks));
    }

    /// Writes a text over several lines. Their common indentation has no meaning, so it is changed
    /// to match the statement.
    fn text_block(&mut self, text: &str) {
        if let Some(dedented) = dedented(text) {
            self.push("\"\"\"");
            for line in dedented.split('\n') {
                self.laid
                    .rest
                    .push((LineStart::Indent(INDENT), line.to_owned()));
            }
            self.laid
                .rest
                .push((LineStart::Indent(INDENT), "\"\"\"".to_owned()));
            return;
        }
        let mut lines = text.split('\n');
        self.push(lines.next().unwrap_or_default());
        self.laid
            .rest
            .extend(lines.map(|line| (LineStart::Verbatim, line.to_owned())));
    }
}

/// Whether two words are separated by a space.
fn needs_blank(before: &str, after: &str) -> bool {
    !(before == "(" || before == ".." || matches!(after, "," | ")" | ".."))
}

/// The columns that words take on one line.
pub(super) fn width(tokens: &[Token<'_>]) -> usize {
    let blanks = tokens
        .windows(2)
        .filter(|pair| needs_blank(pair[0].text, pair[1].text))
        .count();
    tokens.iter().map(|token| token.text.width()).sum::<usize>() + blanks
}
