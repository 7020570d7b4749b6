//! A file as a flat list of statements, before a tree is built.
//!
//! In: any text. Out: [`FlatStatement`]s in the order of the text, each with its kind and range.
//! Always: they do not overlap, and only blanks and comments are between them.

use std::ops::Range;

use super::chunks;
use super::convert::{self, Known};
use super::pieces;
use super::vocabulary::{FieldKind, StatementKind};
use crate::source::FileId;

/// Kind of an entry in the flat list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum FlatKind {
    /// A statement; an axis with its values, a claim with its `otherwise`.
    Statement(StatementKind),
    /// A field of a block.
    Field(FieldKind),
    /// What one party of a share does.
    Part,
    /// A row of a table: for each cell, the byte range between its bars.
    Row(Vec<Range<usize>>),
    /// A footnote of a table.
    Footnote,
    /// `}`
    Close,
    /// Text that could not be read.
    Broken,
}

impl FlatKind {
    /// Whether it is a statement of this kind.
    #[must_use]
    pub fn is(&self, kind: StatementKind) -> bool {
        *self == Self::Statement(kind)
    }
}

/// One statement without the block that may follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FlatStatement {
    /// What it is.
    pub kind: FlatKind,
    /// From its first word to its last; the `{` that opens its block is one of them.
    pub range: Range<usize>,
    /// Its last word is the `{` of a block.
    pub opens: bool,
    /// It was read, but something in it is wrong: a reserved word as a name, an escape, a date, a
    /// place behind another statement on the same line.
    pub faulty: bool,
}

/// The statements of a text in order.
#[must_use]
pub fn statements(text: &str) -> Vec<FlatStatement> {
    let (file, mut known) = (FileId(0), Known::default());
    let mut read: Vec<FlatStatement> = Vec::new();
    for range in chunks::all(text, chunks::CHUNK) {
        let pieces = pieces::read(file, text, range, &mut known);
        let mut faulty = pieces.faults.iter().map(|(number, _)| *number).peekable();
        for (number, piece) in pieces.list.iter().enumerate() {
            let is_faulty = std::iter::from_fn(|| faulty.next_if(|it| *it <= number)).count() > 0;
            let follows = read.last().is_some_and(|last| follows(text, last, piece));
            read.push(FlatStatement {
                faulty: is_faulty || follows,
                ..statement(&piece.kind, piece.span.range())
            });
        }
    }
    let mut statements: Vec<FlatStatement> = Vec::new();
    for statement in read {
        match statements.last_mut() {
            // Near a fault the parser may have read the same words twice.
            Some(last) if statement.range.start < last.range.end => {
                let end = last.range.end.max(statement.range.end);
                *last = FlatStatement {
                    kind: FlatKind::Broken,
                    range: last.range.start.min(statement.range.start)..end,
                    opens: false,
                    faulty: false,
                };
            }
            _ => statements.push(statement),
        }
    }
    statements
}

/// Whether a statement that needs a line of its own stands behind another.
fn follows(text: &str, last: &FlatStatement, piece: &pieces::Piece<'_>) -> bool {
    let needs_line = matches!(
        piece.kind,
        pieces::PieceKind::Statement { own_line: true, .. }
    );
    let between = text.get(last.range.end..piece.span.range().start);
    needs_line && !last.opens && between.is_some_and(|gap| !gap.contains('\n'))
}

fn statement(kind: &pieces::PieceKind<'_>, range: Range<usize>) -> FlatStatement {
    let (kind, opens) = match kind {
        pieces::PieceKind::Close => (FlatKind::Close, false),
        pieces::PieceKind::Broken(_) | pieces::PieceKind::TooDeep | pieces::PieceKind::Unread => {
            (FlatKind::Broken, false)
        }
        pieces::PieceKind::Statement {
            statement, opens, ..
        } => (kind_of(statement), *opens),
    };
    FlatStatement {
        kind,
        range,
        opens,
        faulty: false,
    }
}

fn kind_of(statement: &convert::ParsedStatement<'_>) -> FlatKind {
    match statement {
        convert::ParsedStatement::Field(field) => FlatKind::Field(field.kind),
        convert::ParsedStatement::Part(_) => FlatKind::Part,
        convert::ParsedStatement::Footnote(_) => FlatKind::Footnote,
        convert::ParsedStatement::Item(item) => {
            item.kind().map_or(FlatKind::Broken, FlatKind::Statement)
        }
        convert::ParsedStatement::Row(row) => {
            let cells = row.cells.iter();
            FlatKind::Row(
                cells
                    .map(|(text, start)| *start..start + text.len())
                    .collect(),
            )
        }
    }
}
