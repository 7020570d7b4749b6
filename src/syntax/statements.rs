//! The flat run of statements that a file is, before a tree is made of it.
//!
//! In: any text. Out: [`Statement`]s in the order of the text, each with what it is and where it
//! stands. Always: they do not overlap, and what lies between them is blanks and comments.

use std::ops::Range;

use super::ast::Item;
use super::chunks;
use super::convert::{self, Known};
use super::pieces;
use crate::source::FileId;

/// What a statement is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `use`
    Use,
    /// `party`
    Party,
    /// `axis`, with its values
    Axis,
    /// `option`
    Option,
    /// `framework`
    Framework,
    /// `model`
    Model,
    /// `area`
    Area,
    /// `duty`
    Duty,
    /// A claim, with `otherwise` or without.
    Claim,
    /// `table by`
    Table,
    /// `raci`
    Raci,
    /// `impossible`
    Impossible,
    /// `ensure`
    Ensure,
    /// `separate`
    Separate,
    /// `allow`
    Allow,
    /// A field of a block.
    Field,
    /// What one party of a share does.
    Part,
    /// A row of a table: the bytes between two bars each.
    Row(Vec<Range<usize>>),
    /// A footnote of a table.
    Footnote,
    /// `}`
    Close,
    /// Text that could not be read.
    Broken,
}

/// One statement without the block that may follow it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// What it is.
    pub kind: Kind,
    /// From its first word to its last; the `{` that opens its block is one of them.
    pub range: Range<usize>,
    /// Its last word is the `{` of a block.
    pub opens: bool,
    /// It was read, but something in it is wrong: a reserved word as a name, an escape, a date.
    pub faulty: bool,
}

/// The statements of a text in order.
#[must_use]
pub fn statements(text: &str) -> Vec<Statement> {
    let (file, mut known) = (FileId(0), Known::default());
    let mut read = Vec::new();
    for range in chunks::all(text, chunks::CHUNK) {
        let pieces = pieces::read(file, text, range, &mut known);
        let mut faulty = pieces.faults.iter().map(|(number, _)| *number).peekable();
        for (number, piece) in pieces.list.iter().enumerate() {
            let is_faulty = std::iter::from_fn(|| faulty.next_if(|it| *it <= number)).count() > 0;
            read.push(Statement {
                faulty: is_faulty,
                ..statement(&piece.kind, piece.span.range())
            });
        }
    }
    let mut statements: Vec<Statement> = Vec::new();
    for statement in read {
        match statements.last_mut() {
            // Around a fault the parser may have looked at the same words twice.
            Some(last) if statement.range.start < last.range.end => {
                let end = last.range.end.max(statement.range.end);
                *last = Statement {
                    kind: Kind::Broken,
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

fn statement(kind: &pieces::Kind<'_>, range: Range<usize>) -> Statement {
    let (kind, opens) = match kind {
        pieces::Kind::Close => (Kind::Close, false),
        pieces::Kind::Broken(_) | pieces::Kind::TooDeep | pieces::Kind::Unread => {
            (Kind::Broken, false)
        }
        pieces::Kind::Statement {
            statement, opens, ..
        } => (kind_of(statement), *opens),
    };
    Statement {
        kind,
        range,
        opens,
        faulty: false,
    }
}

fn kind_of(statement: &convert::Statement<'_>) -> Kind {
    match statement {
        convert::Statement::Field(_) => Kind::Field,
        convert::Statement::Part(_) => Kind::Part,
        convert::Statement::Row(row) => Kind::Row(
            row.cells
                .iter()
                .map(|(text, start)| *start..start + text.len())
                .collect(),
        ),
        convert::Statement::Footnote(_) => Kind::Footnote,
        convert::Statement::Item(item) => match item {
            Item::Use(_) => Kind::Use,
            Item::Party(_) => Kind::Party,
            Item::Axis(axis) if axis.values.is_none() => Kind::Option,
            Item::Axis(_) => Kind::Axis,
            Item::Framework(_) => Kind::Framework,
            Item::Model(_) => Kind::Model,
            Item::Area(_) => Kind::Area,
            Item::Duty(_) => Kind::Duty,
            Item::Claim(_) => Kind::Claim,
            Item::Table(table) if table.axis.is_none() => Kind::Raci,
            Item::Table(_) => Kind::Table,
            Item::Impossible(_) => Kind::Impossible,
            Item::Ensure(_) => Kind::Ensure,
            Item::Separate(_) => Kind::Separate,
            Item::Allow(_) => Kind::Allow,
            Item::Broken(_) => Kind::Broken,
        },
    }
}
