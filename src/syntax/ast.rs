//! What a file says, before anybody asks what its names mean.
//!
//! In: nothing but the text. Always: every node knows where it stands; names and texts are as
//! written (texts with their escapes resolved); nothing here knows of the parser that made it.

use std::borrow::Cow;

use jiff::civil::Date;

use super::vocabulary::{FieldKind, StatementKind};
use crate::role::{Role, Roles};
use crate::source::Span;

/// Something with its place.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Spanned<T> {
    /// What stands there.
    pub node: T,
    /// Where.
    pub span: Span,
}

/// A name, or names joined by points.
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
    /// Every path in it, the word it began with first: it may have spoken of any of these.
    pub words: Vec<Path<'s>>,
    /// It belongs to a statement that is known, and speaks of no duty that it does not name.
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
    /// A day: `effective`, `reviewed`; none if the calendar does not have it.
    Day(Option<Date>),
    /// A rhythm: `review every 12 months`.
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

    /// The word that a file writes.
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
    /// Its first line could not be read whole; the fault is already reported.
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
    /// Its statement could not be read whole; the fault is already reported.
    pub faulty: bool,
}

/// What the parties of a claim do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// Responsible and accountable, alone.
    Owns,
    /// Responsible and accountable, jointly.
    Share,
    /// One role.
    Is(Role),
}

impl Verb {
    /// The verb by which one party gets these roles: of several, responsible and accountable.
    #[must_use]
    pub fn giving(roles: Roles) -> Self {
        let mut each = roles.iter();
        match (each.next(), each.next()) {
            (Some(role), None) => Self::Is(role),
            _ => Self::Owns,
        }
    }
}

/// Duties and areas.
#[derive(Debug)]
pub struct Targets<'s> {
    /// The list.
    pub span: Span,
    /// What is named; `all` among them.
    pub include: Box<[Path<'s>]>,
    /// What is left out.
    pub except: Box<[Path<'s>]>,
}

/// `customer owns data when … because … until … { … }`
///
/// Most of a large file is claims, so what few of them have is kept apart.
#[derive(Debug)]
pub struct Claim<'s> {
    /// The parties, verb and targets.
    pub head: Span,
    /// It begins with `otherwise`.
    pub otherwise: bool,
    /// The parties; `nobody` among them.
    pub who: Box<[Path<'s>]>,
    /// What they do.
    pub verb: Verb,
    /// To which duties.
    pub targets: Targets<'s>,
    /// In which situations.
    pub when: Option<When<'s>>,
    /// What else it says.
    pub more: Option<Box<ClaimExtras<'s>>>,
    /// Its block could not be read whole; the fault is already reported.
    pub parts_lost: bool,
    /// Something of it was lost; the fault is already reported.
    pub faulty: bool,
}

/// What a claim says beside who does what, and when.
#[derive(Debug, Default)]
pub struct ClaimExtras<'s> {
    /// The text behind the targets.
    pub text: Option<Text<'s>>,
    /// Why.
    pub because: Option<Text<'s>>,
    /// The last day on which it holds.
    pub until: Option<Spanned<Option<Date>>>,
    /// Its fields.
    pub fields: Vec<Field<'s>>,
    /// What each party of a share does.
    pub parts: Vec<Part<'s>>,
}

impl<'s> Claim<'s> {
    /// What else it says, to add to it.
    pub fn more(&mut self) -> &mut ClaimExtras<'s> {
        self.more.get_or_insert_default()
    }
}

/// The condition of a statement.
#[derive(Debug)]
pub struct When<'s> {
    /// As it is written.
    pub text: Path<'s>,
    /// What it says; nothing where a claim before it in the file is written the same.
    pub condition: Option<Condition<'s>>,
}

/// What one party of a share does.
#[derive(Clone, Debug)]
pub struct Part<'s> {
    /// The party.
    pub party: Path<'s>,
    /// What it does.
    pub text: Text<'s>,
}

/// A condition.
#[derive(Debug)]
pub enum Condition<'s> {
    /// A test.
    Test(Test<'s>),
    /// Not this.
    Not(Box<Condition<'s>>),
    /// All of these.
    And(Box<[Condition<'s>]>),
    /// One of these at least.
    Or(Box<[Condition<'s>]>),
}

/// A test of one axis.
#[derive(Debug)]
pub struct Test<'s> {
    /// The axis or option.
    pub axis: Path<'s>,
    /// What it asks.
    pub comparison: Comparison<'s>,
}

/// What a test asks of its axis.
#[derive(Debug)]
pub enum Comparison<'s> {
    /// An option's name alone.
    Yes,
    /// `=`
    Is(Path<'s>),
    /// `!=`
    IsNot(Path<'s>),
    /// `in { … }`
    In(Box<[Path<'s>]>),
    /// `in a..c`
    Range(Box<[Path<'s>; 2]>),
}

/// `table by axis when … { … }` or `raci when … { … }`
#[derive(Debug)]
pub struct Table<'s> {
    /// The statement's first line.
    pub head: Span,
    /// The axis of a `table by`; `None` for a `raci`.
    pub axis: Option<Path<'s>>,
    /// The situations it speaks of.
    pub when: Option<When<'s>>,
    /// The headings after the first: values of the axis, or parties.
    pub columns: Vec<Path<'s>>,
    /// Its rows.
    pub rows: Vec<Row<'s>>,
    /// The first words of rows that could not be read.
    pub lost: Vec<Path<'s>>,
    /// Its footnotes.
    pub footnotes: Vec<Footnote<'s>>,
    /// Its fields.
    pub fields: Vec<Field<'s>>,
    /// Its head or heading row could not be read: its cells mean nothing.
    pub faulty: bool,
}

/// One duty's row.
#[derive(Debug)]
pub struct Row<'s> {
    /// The whole row.
    pub span: Span,
    /// The duty.
    pub duty: Path<'s>,
    /// With a title the row declares the duty.
    pub title: Option<Text<'s>>,
    /// Marks on the name.
    pub marks: Vec<Path<'s>>,
    /// One cell a column.
    pub cells: Vec<Cell<'s>>,
    /// A cell could not be read; the fault is already reported.
    pub faulty: bool,
}

/// What stands in one cell.
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
}

/// A RACI letter.
#[derive(Debug)]
pub struct Letter {
    /// The role.
    pub role: Role,
    /// It bears a `+`.
    pub joint: bool,
    /// Where it stands.
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

/// `impossible when … because …`
#[derive(Debug)]
pub struct Impossible<'s> {
    /// The statement.
    pub span: Span,
    /// The situations that cannot be.
    pub when: When<'s>,
    /// Why.
    pub because: Option<Text<'s>>,
    /// Its fields.
    pub fields: Vec<Field<'s>>,
}

/// `ensure …`
#[derive(Debug)]
pub struct Ensure<'s> {
    /// Without its tail.
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
    /// Without its tail.
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
    /// Without its tail.
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
