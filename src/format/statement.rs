//! The lines of one statement.
//!
//! In: its words. Out: on one line if it fits; otherwise it is broken before its clauses, and a
//! list that still does not fit takes a line for each item.

use super::entries::{Shape, Token};
use super::writer::{LineStart, StatementLines, Writer, width};
use super::{INDENT, WIDTH};
use crate::syntax::{FieldKind, LexemeKind};

/// The indices of the words that begin a cell. With `block`, the `{` at the end begins one too.
fn cells(shape: Shape, tokens: &[Token<'_>], block: bool) -> Vec<usize> {
    let is_text = |at: usize| {
        tokens
            .get(at)
            .is_some_and(|token| token.kind == LexemeKind::Text)
    };
    let mut cells = match shape {
        Shape::Use | Shape::Named => vec![2, 3],
        Shape::Field(_) | Shape::Part => vec![1],
        Shape::Value if is_text(1) => vec![1],
        Shape::Claim | Shape::Filling | Shape::Ensure => {
            let text = (0..tokens.len())
                .find(|&at| is_text(at) && tokens[at - usize::from(at > 0)].text != "because");
            verb(tokens).into_iter().chain(text).collect()
        }
        _ => Vec::new(),
    };
    if block && !matches!(shape, Shape::Plain | Shape::Table) {
        let brace = tokens.len() - 1;
        cells.retain(|&at| at < brace);
        cells.push(brace);
    }
    cells
}

/// The index of a claim's verb.
pub(super) fn verb(tokens: &[Token<'_>]) -> Option<usize> {
    let is_verb = |token: &Token<'_>| {
        matches!(
            token.text,
            "owns" | "share" | "supports" | "is" | "are" | "never" | "grows"
        )
    };
    tokens.iter().skip(1).position(is_verb).map(|at| at + 1)
}

/// A statement on one line.
pub(super) fn flat<'s>(shape: Shape, tokens: &[Token<'s>], block: bool) -> StatementLines<'s> {
    let cells = cells(shape, tokens, block);
    let mut writer = Writer::new();
    for (at, token) in tokens.iter().enumerate() {
        writer.token(token, cells.contains(&at));
    }
    writer.finish()
}

/// The words without a comma at their end; its comments belong to the word before it.
pub(super) fn without_comma<'s>(tokens: &[Token<'s>]) -> Vec<Token<'s>> {
    let mut kept: Vec<Token<'s>> = Vec::with_capacity(tokens.len());
    for (at, token) in tokens.iter().enumerate() {
        let needless = tokens
            .get(at + 1)
            .is_none_or(|next| matches!(next.text, "}" | "when" | "because" | "except" | "{"));
        match kept.last_mut() {
            Some(last) if token.text == "," && needless => {
                last.behind.extend(token.above.iter().chain(&token.behind));
            }
            _ => kept.push(token.clone()),
        }
    }
    kept
}

/// Adds commas between the items of a footnote, and one after a value.
fn with_commas<'s>(shape: Shape, tokens: Vec<Token<'s>>) -> Vec<Token<'s>> {
    if !matches!(shape, Shape::Footnote | Shape::Value) {
        return tokens;
    }
    let last = tokens.len().saturating_sub(1);
    let mut with: Vec<Token<'s>> = Vec::with_capacity(tokens.len());
    for (at, mut token) in tokens.into_iter().enumerate() {
        let ends = if shape == Shape::Value {
            at == last
        } else {
            at < last && token.kind == LexemeKind::Text
        };
        if token.text == "," {
            if let Some(comma) = with.last_mut().filter(|last| last.text == ",") {
                comma
                    .behind
                    .extend(token.above.into_iter().chain(token.behind));
            }
            continue;
        }
        let behind = std::mem::take(&mut token.behind);
        with.push(token);
        if ends {
            with.push(Token::new(LexemeKind::Sign, ","));
        }
        if let Some(token) = with.last_mut() {
            token.behind = behind;
        }
    }
    with
}

/// A statement on as many lines as it needs.
pub(super) fn statement<'s>(
    shape: Shape,
    tokens: &[Token<'s>],
    depth: usize,
) -> StatementLines<'s> {
    let tokens = with_commas(shape, without_comma(tokens));
    let last = tokens.len().saturating_sub(1);
    let comments = tokens.iter().enumerate().any(|(at, token)| {
        (at > 0 && !token.above.is_empty()) || (at < last && !token.behind.is_empty())
    });
    if !comments && depth * INDENT + width(&tokens) <= WIDTH {
        return flat(shape, &tokens, false);
    }
    let mut broken = Broken {
        writer: Writer::new(),
        cells: cells(shape, &tokens, false),
        shape,
        left: WIDTH.saturating_sub(depth * INDENT),
    };
    let mut at = 0;
    while at < tokens.len() {
        let end = (at + 1..tokens.len())
            .find(|&next| begins_clause(shape, &tokens, next))
            .unwrap_or(tokens.len());
        broken.clause(&tokens, at, end);
        at = end;
    }
    broken.writer.finish()
}

/// Whether a clause begins with a word.
fn begins_clause(shape: Shape, tokens: &[Token<'_>], at: usize) -> bool {
    match tokens[at].text {
        "when" | "because" | "except" => true,
        "until" => tokens[at - 1].text != ",",
        "from" => shape == Shape::Separate,
        _ => {
            matches!(shape, Shape::Claim | Shape::Filling | Shape::Ensure)
                && tokens[at].kind == LexemeKind::Text
                && tokens[at - 1].text != "because"
        }
    }
}

/// A statement that does not fit on its line.
struct Broken<'s> {
    writer: Writer<'s>,
    cells: Vec<usize>,
    shape: Shape,
    /// The columns still available on a line.
    left: usize,
}

impl<'s> Broken<'s> {
    /// Writes one clause: at the end of the line if it fits, else on its own line, else item by
    /// item.
    fn clause(&mut self, tokens: &[Token<'s>], from: usize, to: usize) {
        let brace = if to + 1 == tokens.len() && tokens[to].text == "{" {
            2
        } else {
            0
        };
        let own = &tokens[from..to];
        let comments = own
            .iter()
            .take(own.len() - 1)
            .any(|token| !token.behind.is_empty())
            || own.iter().skip(1).any(|token| !token.above.is_empty());
        let fits = |column: usize| !comments && column + width(own) + brace <= self.left;
        let column = if from == 0 {
            0
        } else {
            self.writer.column() + 1
        };
        if fits(column) && (from == 0 || !matches!(self.writer.hang, LineStart::Hang(_))) {
            return self.words(tokens, from..to);
        }
        if from > 0 {
            self.writer.hang = LineStart::Indent(2 * INDENT);
            self.writer.newline(self.writer.hang);
            if fits(2 * INDENT) {
                return self.words(tokens, from..to);
            }
        }
        self.list(tokens, from, to);
    }

    fn words(&mut self, tokens: &[Token<'s>], range: std::ops::Range<usize>) {
        for at in range {
            self.writer.token(&tokens[at], self.cells.contains(&at));
            if self.shape == Shape::Footnote && tokens[at].kind == LexemeKind::Word {
                let parties = tokens.iter().filter(|token| token.kind == LexemeKind::Word);
                self.writer.pad(
                    parties
                        .map(|token| width(std::slice::from_ref(token)))
                        .max()
                        .unwrap_or(0)
                        - width(&tokens[at..=at]),
                );
            }
        }
    }

    /// Writes a clause with a line for each item, below the first one.
    fn list(&mut self, tokens: &[Token<'s>], from: usize, to: usize) {
        let lead = from + lead(self.shape, &tokens[from..to], from == 0);
        self.words(tokens, from..lead.min(to));
        let first = self.writer.cell_width() + usize::from(lead > from);
        // On the first line a list may begin its own cell.
        let first = if from == 0 && self.cells.contains(&lead) {
            0
        } else {
            first
        };
        self.writer.hang = if from == 0 && self.writer.on_first_line() {
            LineStart::Hang(first)
        } else {
            LineStart::Indent(2 * INDENT + first)
        };
        let is_when = tokens[from].text == "when";
        let (mut depth, mut at) = (0usize, lead);
        while at < to {
            let (mut end, start) = (at, at);
            while end < to {
                match tokens[end].text {
                    "(" | "{" => depth += 1,
                    ")" | "}" => depth = depth.saturating_sub(1),
                    _ => {}
                }
                end += 1;
                let next = tokens.get(end).map_or("", |token| token.text);
                let ends = match self.shape {
                    _ if depth > 0 => false,
                    _ if is_when => matches!(next, "and" | "or"),
                    Shape::Field(_) => {
                        tokens[end - 1].kind == LexemeKind::Text && next != ","
                            || tokens[end - 1].text == ","
                    }
                    _ => tokens[end - 1].text == ",",
                };
                if ends {
                    break;
                }
            }
            if start > lead {
                self.writer.newline(self.writer.hang);
            }
            self.item(tokens, start..end);
            at = end;
        }
    }

    /// Writes an item; if a list of values does not fit, each value gets its own line.
    fn item(&mut self, tokens: &[Token<'s>], range: std::ops::Range<usize>) {
        let indent = match self.writer.hang {
            LineStart::Indent(columns) | LineStart::Hang(columns) => columns,
            LineStart::Verbatim => 0,
        };
        let fits = indent + width(&tokens[range.clone()]) <= self.left;
        if fits
            || matches!(self.shape, Shape::Field(_))
            || !tokens[range.clone()].iter().any(|token| token.text == "{")
        {
            return self.words(tokens, range);
        }
        let hang = self.writer.hang;
        for at in range {
            if tokens[at].text == "}" {
                self.writer.newline(hang);
            }
            self.words(tokens, at..at + 1);
            let breaks = matches!(tokens[at].text, "{" | ",");
            if breaks && tokens.get(at + 1).is_some_and(|next| next.text != "}") {
                self.writer.newline(match hang {
                    LineStart::Indent(columns) => LineStart::Indent(columns + INDENT),
                    LineStart::Hang(columns) => LineStart::Hang(columns + INDENT),
                    LineStart::Verbatim => LineStart::Verbatim,
                });
            }
        }
    }
}

/// How many words come before the list of a clause.
fn lead(shape: Shape, tokens: &[Token<'_>], first: bool) -> usize {
    if !first {
        return 1;
    }
    match shape {
        Shape::Field(FieldKind::Meets) => 2,
        Shape::Claim | Shape::Filling | Shape::Ensure => match verb(tokens) {
            Some(at) if matches!(tokens[at].text, "is" | "are") => at + 3,
            Some(at) if tokens[at].text == "never" => at + 2,
            Some(at) => at + 1,
            None => tokens.len(),
        },
        Shape::Allow => tokens
            .iter()
            .position(|token| token.text == "on")
            .map_or(tokens.len(), |at| at + 1),
        Shape::Field(_) | Shape::Separate | Shape::Footnote => 1,
        _ => tokens.len(),
    }
}
