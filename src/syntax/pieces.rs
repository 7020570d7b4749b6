//! From a stretch of text to its statements, one after the other.
//!
//! In: a stretch that begins where a statement begins. Out: [`Pieces`] in the order of the text.
//! Always: what stands here depends on the stretch alone, so stretches can be read side by side;
//! which block a statement stands in is the builder's to know.

use std::ops::Range;

use pest::iterators::Pair;

use super::chunks::{self, CHUNK};
use super::convert::{self, Known, Statement};
use super::cursor::{ConvertError, Place};
use super::grammar::{self, Rule};
use super::placement::needs_line;
use crate::diagnostic::Diagnostic;
use crate::source::{FileId, Span};

/// After a fault the parser goes on with a stretch of this size, so that many faults cost little.
const SMALL: usize = 1 << 10;

/// One statement, or text that is none.
pub(super) struct Piece<'s> {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: PieceKind<'s>,
}

/// What a piece is.
pub(super) enum PieceKind<'s> {
    /// A statement without its block.
    Statement {
        /// The statement.
        statement: Statement<'s>,
        /// A `{` ends it.
        opens: bool,
        /// It must stand on a line of its own.
        own_line: bool,
    },
    /// `}`
    Close,
    /// Text that no statement can read; with the first byte of a word that cannot stand where it
    /// does.
    Broken(Option<usize>),
    /// The parser gave up for want of stack.
    TooDeep,
    /// Grammar and converter disagree.
    Unread,
}

/// The statements of a stretch.
#[derive(Default)]
pub(super) struct Pieces<'s> {
    /// In the order of the text.
    pub list: Vec<Piece<'s>>,
    /// What is wrong inside them, each with the number of its piece.
    pub faults: Vec<(usize, Diagnostic)>,
}

/// Reads a stretch of a file's text. Conditions that are known, by how they are written, are not
/// taken apart again.
pub(super) fn read<'s>(
    file: FileId,
    text: &'s str,
    range: Range<usize>,
    known: &mut Known<'s>,
) -> Pieces<'s> {
    let mut reader = Reader {
        place: Place {
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

/// The parser's guard against overflow stopped it.
struct TooDeep;

/// Where reading goes on.
enum Next {
    /// Behind the stretch.
    Stretch,
    /// At a byte, behind a fault.
    At(usize),
    /// At a byte, for some time without the short way for claims.
    Plain(usize),
}

struct Reader<'s, 'k> {
    place: Place<'s>,
    end: usize,
    known: &'k mut Known<'s>,
    pieces: Pieces<'s>,
}

impl<'s> Reader<'s, '_> {
    /// Reads from one byte to another, with a rule for files.
    fn stretch(&mut self, rule: Rule, start: usize, stop: usize) -> Result<Next, TooDeep> {
        // A byte order mark belongs to the first stretch.
        let pairs = grammar::read(rule, &self.place.text[start..stop]).map_err(|_| TooDeep)?;
        for pair in pairs.flat_map(Pair::into_inner) {
            if let Some(next) = self.statement(pair, start) {
                return Ok(next);
            }
        }
        Ok(Next::Stretch)
    }

    /// Takes in a statement; where reading must not go on behind it, where else.
    fn statement(&mut self, pair: Pair<'s, Rule>, base: usize) -> Option<Next> {
        let place = Place { base, ..self.place };
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

    /// A statement holds a word, at a byte, that cannot stand there. What stands before the word is
    /// read alone; what that leaves, and all up to the next statement, is broken. From there
    /// reading goes on.
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
        // A word on a line of its own may begin the next statement.
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
