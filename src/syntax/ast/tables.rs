//! Tables.

use super::{Field, Part, Path, Text, When};
use crate::role::Role;
use crate::source::Span;

/// `table by axis when … { … }` or `raci when … { … }`
#[derive(Debug)]
pub struct Table<'s> {
    /// The statement's first line.
    pub head: Span,
    /// The axis of a `table by`; `None` for a `raci`.
    pub axis: Option<Path<'s>>,
    /// The situations it applies to.
    pub when: Option<When<'s>>,
    /// The headings after the first: values of the axis, or parties. As they are written: one need not be
    /// a name.
    pub columns: Vec<Path<'s>>,
    /// Its heading row was met.
    pub has_heading: bool,
    /// Its rows.
    pub rows: Vec<Row<'s>>,
    /// Rows that do not begin with a name: instead of a duty, the text of the first cell.
    pub unnamed: Vec<Row<'s>>,
    /// The first words of rows that could not be read.
    pub lost: Vec<Path<'s>>,
    /// Its footnotes.
    pub footnotes: Vec<Footnote<'s>>,
    /// Its fields.
    pub fields: Vec<Field<'s>>,
    /// Its head could not be read: its cells mean nothing.
    pub faulty: bool,
}

/// One duty's row.
#[derive(Debug)]
pub struct Row<'s> {
    /// The whole row.
    pub span: Span,
    /// The duty.
    pub duty: Path<'s>,
    /// If present, the row declares the duty.
    pub title: Option<Text<'s>>,
    /// Marks on the name.
    pub marks: Vec<Path<'s>>,
    /// One cell per column.
    pub cells: Vec<Cell<'s>>,
    /// A cell could not be read, or there are too many or too few.
    pub faulty: bool,
}

/// One cell.
#[derive(Debug)]
pub struct Cell<'s> {
    /// The cell's text.
    pub span: Span,
    /// What it says.
    pub content: Content<'s>,
    /// Its marks.
    pub marks: Vec<Path<'s>>,
}

/// What a cell says.
#[derive(Debug)]
pub enum Content<'s> {
    /// Nothing.
    Blank,
    /// `n/a`
    NotApplicable,
    /// One party, or several that share.
    Parties(Vec<Path<'s>>),
    /// RACI letters.
    Letters(Vec<Letter>),
    /// A text that could not be read; empty if that is already reported.
    Unread(&'s str),
}

/// A RACI letter.
#[derive(Debug)]
pub struct Letter {
    /// The role.
    pub role: Role,
    /// It has a `+`.
    pub joint: bool,
    /// Its span.
    pub span: Span,
}

/// `[1] "…"` or `[1] customer "…", oracle "…"`
#[derive(Debug)]
pub struct Footnote<'s> {
    /// The mark without its brackets.
    pub mark: Path<'s>,
    /// Reason or note.
    pub texts: Vec<Text<'s>>,
    /// Parts of a share.
    pub parts: Vec<Part<'s>>,
}
