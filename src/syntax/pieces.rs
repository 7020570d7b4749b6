//! From a range of text to its statements, in order.
//!
//! In: a range that starts where a statement starts. Out: [`Pieces`] in the order of the text.
//! Always: the result depends on the range alone, so ranges can be parsed in parallel; finding the
//! block of a statement is the builder's job.

use std::ops::Range;

use pest::iterators::Pair;

use super::chunks::{self, CHUNK};
use super::convert::{self, Known, ParsedStatement};
use super::cursor::{ConvertError, TextPiece};
use super::grammar::{self, Rule};
use super::placement::needs_line;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// Range size in bytes used after a fault, so that many faults stay cheap.
const SMALL: usize = 1 << 10;

/// One statement, or text that is not a statement.
pub(super) struct Piece<'s> {
    /// Its span.
    pub span: Span,
    /// What it is.
    pub kind: PieceKind<'s>,
}

/// What a piece is.
pub(super) enum PieceKind<'s> {
    /// A statement without its block.
    Statement {
        /// The statement.
        statement: ParsedStatement<'s>,
        /// A `{` ends it.
        opens: bool,
        /// It must be on its own line.
        own_line: bool,
    },
    /// `}`
    Close,
    /// Text that does not parse; with the first byte of a word that is not allowed there.
    Broken(Option<usize>),
    /// The parser stopped to avoid a stack overflow.
    TooDeep,
    /// Grammar and converter disagree.
    Unread,
}

/// The statements of a range.
#[derive(Default)]
pub(super) struct Pieces<'s> {
    /// In the order of the text.
    pub list: Vec<Piece<'s>>,
    /// Faults inside the pieces, each with the index of its piece.
    pub faults: Vec<(usize, Diagnostic)>,
}

/// Parses a range of a file's text. Conditions whose text is already known are not parsed again.
pub(super) fn read<'s>(
    file: FileId,
    text: &'s str,
    range: Range<usize>,
    known: &mut Known<'s>,
) -> Pieces<'s> {
    let mut reader = PieceReader {
        place: TextPiece {
            file,
            text,
            base: 0,
        },
        end: range.end,
        known,
        pieces: Pieces::default(),
    };
    let (mut at, mut size, mut rule) = (range.start, usize::MAX, Rule::file);
    while at < range.end {
        let stop = if size > CHUNK {
            range.end
        } else {
            chunks::end(text, at, size, range.end)
        };
        match reader.stretch(rule, at, stop) {
            Ok(Next::Stretch) => (at, size, rule) = (stop, size.saturating_mul(2), Rule::file),
            Ok(Next::At(next)) => (at, size) = (next, SMALL),
            Ok(Next::Plain(next)) => (at, size, rule) = (next, SMALL, Rule::plain_file),
            Err(TooDeep) if size > SMALL => size = SMALL,
            Err(TooDeep) => {
                reader.pieces.list.push(Piece {
                    span: Span::new(file, at..stop),
                    kind: PieceKind::TooDeep,
                });
                at = stop;
            }
        }
    }
    reader.pieces
}

/// The parser's stack guard stopped it.
struct TooDeep;

/// Where reading continues.
enum Next {
    /// After the range.
    Stretch,
    /// At a byte, after a fault.
    At(usize),
    /// At a byte; for a while without the quick way for claims.
    Plain(usize),
}

struct PieceReader<'s, 'k> {
    place: TextPiece<'s>,
    end: usize,
    known: &'k mut Known<'s>,
    pieces: Pieces<'s>,
}

impl<'s> PieceReader<'s, '_> {
    /// Reads from one byte to another, with a rule for files.
    fn stretch(&mut self, rule: Rule, start: usize, stop: usize) -> Result<Next, TooDeep> {
        // A byte order mark belongs to the first range.
        let pairs = grammar::read(rule, &self.place.text[start..stop]).map_err(|_| TooDeep)?;
        for pair in pairs.flat_map(Pair::into_inner) {
            if let Some(next) = self.statement(pair, start) {
                return Ok(next);
            }
        }
        Ok(Next::Stretch)
    }

    /// Adds a statement; returns where to continue if not right after it.
    fn statement(&mut self, pair: Pair<'s, Rule>, base: usize) -> Option<Next> {
        let place = TextPiece { base, ..self.place };
        let (rule, span) = (pair.as_rule(), place.span(&pair));
        let kind = match rule {
            Rule::EOI => return None,
            Rule::close => PieceKind::Close,
            Rule::broken => {
                let start = span.range().start;
                self.push(
                    Span::new(span.file, start..start + pair.as_str().len()),
                    PieceKind::Broken(None),
                );
                return None;
            }
            _ => {
                let (opens, own_line) = (opens(&pair), needs_line(rule));
                let mut faults = Vec::new();
                let statement = convert::statement(pair, place, self.known, &mut faults);
                match statement {
                    Err(ConvertError::At(at)) => {
                        return Some(Next::At(self.cut(span.range().start, at)));
                    }
                    Err(ConvertError::Plain) => return Some(Next::Plain(span.range().start)),
                    _ => {}
                }
                let number = self.pieces.list.len();
                self.pieces
                    .faults
                    .extend(faults.into_iter().map(|fault| (number, fault)));
                statement.map_or(PieceKind::Unread, |statement| PieceKind::Statement {
                    statement,
                    opens,
                    own_line,
                })
            }
        };
        self.push(span, kind);
        None
    }

    fn push(&mut self, span: Span, kind: PieceKind<'s>) {
        self.pieces.list.push(Piece { span, kind });
    }

    /// A statement contains a word, at `at`, that is not allowed there. The text before the word is
    /// read on its own; the unread rest, up to the next statement, is broken. Reading continues
    /// there.
    fn cut(&mut self, start: usize, at: usize) -> usize {
        let mut broken = at;
        if let Ok(pairs) = grammar::read(Rule::plain_file, &self.place.text[start..at]) {
            for pair in pairs.flat_map(Pair::into_inner) {
                if pair.as_rule() == Rule::broken {
                    broken = start + pair.as_span().start();
                } else if broken == at && self.statement(pair, start).is_some() {
                    break;
                }
            }
        }
        let end = match grammar::read(Rule::broken, &self.place.text[broken..self.end]) {
            Ok(mut pairs) => pairs
                .next()
                .map_or(self.end, |pair| broken + pair.as_str().len()),
            Err(_) => self.end,
        };
        // A word at the start of a line may begin the next statement.
        let end = if at > broken && end > at && self.place.begins_statement(at) {
            at
        } else {
            end
        };
        self.push(
            Span::new(self.place.file, broken..end),
            PieceKind::Broken(Some(at)),
        );
        end
    }
}

/// Whether the last word of a statement is a `{`.
fn opens(pair: &Pair<'_, Rule>) -> bool {
    pair.clone()
        .into_inner()
        .next_back()
        .is_some_and(|last| match last.as_rule() {
            Rule::open => true,
            Rule::claim | Rule::law => opens(&last),
            Rule::rest_of_line => last.as_str().trim_end().ends_with('{'),
            _ => false,
        })
}
