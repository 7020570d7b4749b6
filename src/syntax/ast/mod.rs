//! The syntax tree of a file, before names are resolved.
//!
//! In: only the text. Always: every node has its span; names and texts are as written (with escapes
//! in texts resolved); nothing here depends on the parser.

mod claims;
mod constraints;
mod tables;

use std::borrow::Cow;

use jiff::civil::Date;

pub use claims::*;
pub use constraints::*;
pub use tables::*;

use super::vocabulary::{FieldKind, StatementKind};
use crate::source::Span;

/// A value with its span.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub node: T,
    /// Where.
    pub span: Span,
}

/// A name, or several joined by dots.
pub type Path<'s> = Spanned<&'s str>;
/// A text in quotes, its escapes resolved.
pub type Text<'s> = Spanned<Cow<'s, str>>;

/// One file.
#[derive(Debug, Default)]
pub struct File<'s> {
    /// Its statements in order.
    pub items: Vec<Item<'s>>,
}

/// One statement with its block.
#[derive(Debug)]
pub enum Item<'s> {
    /// `use`
    Use(Use<'s>),
    /// `party`
    Party(Party<'s>),
    /// `axis` or `option`
    Axis(Axis<'s>),
    /// `framework`
    Framework(Framework<'s>),
    /// `model`
    Model(Model<'s>),
    /// `area`
    Area(Area<'s>),
    /// `duty`
    Duty(Duty<'s>),
    /// A claim.
    Claim(Claim<'s>),
    /// `table by` or `raci`
    Table(Box<Table<'s>>),
    /// `impossible`
    Impossible(Box<Impossible<'s>>),
    /// `ensure`
    Ensure(Box<Ensure<'s>>),
    /// `separate`
    Separate(Box<Separate<'s>>),
    /// `allow`
    Allow(Box<Allow<'s>>),
    /// A statement that could not be read.
    Broken(Broken<'s>),
}

impl<'s> Item<'s> {
    /// What kind of statement it is; `None` if it could not be read.
    #[must_use]
    pub fn kind(&self) -> Option<StatementKind> {
        Some(match self {
            Self::Use(_) => StatementKind::Use,
            Self::Party(_) => StatementKind::Party,
            Self::Axis(it) if it.values.is_none() => StatementKind::Option,
            Self::Axis(_) => StatementKind::Axis,
            Self::Framework(_) => StatementKind::Framework,
            Self::Model(_) => StatementKind::Model,
            Self::Area(_) => StatementKind::Area,
            Self::Duty(_) => StatementKind::Duty,
            Self::Claim(_) => StatementKind::Claim,
            Self::Table(it) if it.axis.is_none() => StatementKind::Raci,
            Self::Table(_) => StatementKind::Table,
            Self::Impossible(_) => StatementKind::Impossible,
            Self::Ensure(_) => StatementKind::Ensure,
            Self::Separate(_) => StatementKind::Separate,
            Self::Allow(_) => StatementKind::Allow,
            Self::Broken(_) => return None,
        })
    }

    /// The fields of its block; `None` if it takes none.
    pub fn fields_mut(&mut self) -> Option<&mut Vec<Field<'s>>> {
        Some(match self {
            Self::Party(it) => &mut it.fields,
            Self::Axis(it) => &mut it.fields,
            Self::Framework(it) => &mut it.fields,
            Self::Model(it) => &mut it.fields,
            Self::Area(it) => &mut it.fields,
            Self::Duty(it) => &mut it.fields,
            Self::Claim(it) => &mut it.more().fields,
            Self::Table(it) => &mut it.fields,
            Self::Impossible(it) => &mut it.fields,
            Self::Ensure(it) => &mut it.fields,
            Self::Separate(it) => &mut it.fields,
            Self::Allow(it) => &mut it.fields,
            Self::Use(_) | Self::Broken(_) => return None,
        })
    }
}

/// What is left of a statement that could not be read; the fault is already reported.
#[derive(Debug)]
pub struct Broken<'s> {
    /// Every path in it, starting with its first word: it may have been about any of these.
    pub words: Vec<Path<'s>>,
    /// It belongs to a known statement and is only about duties that it names.
    pub bound: bool,
}

/// `use "file" as prefix`
#[derive(Debug)]
pub struct Use<'s> {
    /// The statement.
    pub span: Span,
    /// The file, as written.
    pub file: Text<'s>,
    /// The prefix.
    pub prefix: Option<Path<'s>>,
}

/// A field of a block.
#[derive(Debug)]
pub struct Field<'s> {
    /// What it is.
    pub kind: FieldKind,
    /// Its word.
    pub word: Path<'s>,
    /// Word and value.
    pub span: Span,
    /// What it says.
    pub value: Value<'s>,
}

/// What a field says.
#[derive(Debug)]
pub enum Value<'s> {
    /// Texts: `note`, `evidence`, `cadence`, `source`, `meta`, `version`, `catalog`, `aka`, `ids`.
    Texts(Vec<Text<'s>>),
    /// One word: `kind`, `status`.
    Word(Path<'s>),
    /// Parties: `joins`.
    Paths(Vec<Path<'s>>),
    /// Controls of a framework: `meets`.
    Controls(Path<'s>, Vec<Text<'s>>),
    /// A date: `effective`, `reviewed`; `None` if there is no such date.
    Day(Option<Date>),
    /// An interval: `review every 12 months`.
    Every(u32, Period),
}

/// A unit of time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Period {
    /// Days.
    Days,
    /// Weeks.
    Weeks,
    /// Months.
    Months,
    /// Years.
    Years,
}

impl Period {
    /// `12 months`, `month`
    #[must_use]
    pub fn times(self, count: u32) -> String {
        match self.word().strip_suffix('s') {
            Some(one) if count == 1 => one.to_owned(),
            _ => format!("{count} {}", self.word()),
        }
    }

    /// The keyword in a file.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Days => "days",
            Self::Weeks => "weeks",
            Self::Months => "months",
            Self::Years => "years",
        }
    }
}

/// `party name "Title" { … }`
#[derive(Debug)]
pub struct Party<'s> {
    /// Its name.
    pub name: Path<'s>,
    /// Its title.
    pub title: Option<Text<'s>>,
    /// Its fields.
    pub fields: Vec<Field<'s>>,
}

/// `axis name "Title" { … }` or `option name "Title"`
#[derive(Debug)]
pub struct Axis<'s> {
    /// Its name.
    pub name: Path<'s>,
    /// Its title.
    pub title: Option<Text<'s>>,
    /// Its values in order; `None` for an option.
    pub values: Option<Vec<(Path<'s>, Option<Text<'s>>)>>,
    /// Its fields.
    pub fields: Vec<Field<'s>>,
    /// Its values could not be read; the fault is already reported.
    pub faulty: bool,
}

/// `framework name "Title" { … }`
#[derive(Debug)]
pub struct Framework<'s> {
    /// Its name.
    pub name: Path<'s>,
    /// Its title.
    pub title: Option<Text<'s>>,
    /// Its fields.
    pub fields: Vec<Field<'s>>,
}

/// `model name "Title" { … }`
#[derive(Debug)]
pub struct Model<'s> {
    /// Its name.
    pub name: Path<'s>,
    /// Its title.
    pub title: Option<Text<'s>>,
    /// Its fields.
    pub fields: Vec<Field<'s>>,
    /// Its claims.
    pub claims: Vec<Claim<'s>>,
    /// Its other statements.
    pub items: Vec<Item<'s>>,
    /// From its first word to the `}` of its block; a guess if the braces of the file do not match.
    pub block: Span,
    /// Its first line could not be read completely; the fault is already reported.
    pub faulty: bool,
}

/// `area name "Title" { … }`
#[derive(Debug)]
pub struct Area<'s> {
    /// Its name.
    pub name: Path<'s>,
    /// Its title.
    pub title: Option<Text<'s>>,
    /// Its fields.
    pub fields: Vec<Field<'s>>,
    /// Its claims.
    pub claims: Vec<Claim<'s>>,
    /// Its other statements.
    pub items: Vec<Item<'s>>,
}

/// `duty name "Title" when … { … }`
#[derive(Debug)]
pub struct Duty<'s> {
    /// Its name.
    pub name: Path<'s>,
    /// Its title.
    pub title: Option<Text<'s>>,
    /// The situations in which it exists.
    pub when: Option<Box<When<'s>>>,
    /// Its fields.
    pub fields: Vec<Field<'s>>,
    /// Its statement could not be read completely; the fault is already reported.
    pub faulty: bool,
}
