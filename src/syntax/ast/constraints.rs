//! Statements for what must hold, what is impossible, and what is accepted.

use jiff::civil::Date;

use super::{Field, Path, Spanned, Targets, Text, Verb, When};
use crate::source::Span;

/// `impossible when … because …`
#[derive(Debug)]
pub struct Impossible<'s> {
    /// The statement.
    pub span: Span,
    /// The impossible situations.
    pub when: When<'s>,
    /// Why.
    pub because: Option<Text<'s>>,
    /// Its fields.
    pub fields: Vec<Field<'s>>,
}

/// `ensure …`
#[derive(Debug)]
pub struct Ensure<'s> {
    /// The statement without `when` and `because`.
    pub head: Span,
    /// What must hold.
    pub requirement: Requirement<'s>,
    /// In which situations.
    pub when: Option<When<'s>>,
    /// Why.
    pub because: Option<Text<'s>>,
    /// Its fields.
    pub fields: Vec<Field<'s>>,
}

/// What an `ensure` asks for.
#[derive(Debug)]
pub enum Requirement<'s> {
    /// A claim that must hold.
    Claim(Box<[Path<'s>]>, Verb, Targets<'s>),
    /// A party that must have neither role.
    Never(Path<'s>, Targets<'s>),
    /// A party whose duties may only grow from one value to another.
    Monotone {
        /// The party.
        party: Path<'s>,
        /// The axis.
        axis: Path<'s>,
        /// The first value.
        from: Path<'s>,
        /// The last value.
        to: Path<'s>,
    },
}

/// `separate a from b`
#[derive(Debug)]
pub struct Separate<'s> {
    /// The statement without `when` and `because`.
    pub head: Span,
    /// One side.
    pub left: Targets<'s>,
    /// The other side.
    pub right: Targets<'s>,
    /// In which situations.
    pub when: Option<When<'s>>,
    /// Why.
    pub because: Option<Text<'s>>,
    /// Its fields.
    pub fields: Vec<Field<'s>>,
}

/// `allow gap on backups when … because "…" until …`
#[derive(Debug)]
pub struct Allow<'s> {
    /// The statement without `when`, `because` and `until`.
    pub head: Span,
    /// `gap`, `overlap` or a code.
    pub finding: Path<'s>,
    /// The duties.
    pub targets: Targets<'s>,
    /// In which situations.
    pub when: Option<When<'s>>,
    /// Why.
    pub because: Text<'s>,
    /// The last day on which it holds.
    pub until: Option<Spanned<Option<Date>>>,
    /// Its fields.
    pub fields: Vec<Field<'s>>,
}
