//! Claims and conditions.

use jiff::civil::Date;

use super::{Field, Path, Spanned, Text};
use crate::role::{Role, Roles};
use crate::source::Span;

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
    /// The verb that gives one party these roles; for several roles, responsible and accountable.
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
    /// The listed paths; may contain `all`.
    pub include: Box<[Path<'s>]>,
    /// The paths after `except`.
    pub except: Box<[Path<'s>]>,
}

/// `customer owns data when … because … until … { … }`
///
/// Large files consist mostly of claims, so rarely used parts are stored separately.
#[derive(Debug)]
pub struct Claim<'s> {
    /// The parties, verb and targets.
    pub head: Span,
    /// It begins with `otherwise`.
    pub otherwise: bool,
    /// The parties; may contain `nobody`.
    pub who: Box<[Path<'s>]>,
    /// What they do.
    pub verb: Verb,
    /// To which duties.
    pub targets: Targets<'s>,
    /// In which situations.
    pub when: Option<When<'s>>,
    /// What else it says.
    pub more: Option<Box<ClaimExtras<'s>>>,
    /// Its block could not be read completely; the fault is already reported.
    pub parts_lost: bool,
    /// A part of it could not be read; the fault is already reported.
    pub faulty: bool,
}

/// The parts of a claim other than who does what, and when.
#[derive(Debug, Default)]
pub struct ClaimExtras<'s> {
    /// The text after the targets.
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
    /// The extras, created if missing, for changing.
    pub fn more(&mut self) -> &mut ClaimExtras<'s> {
        self.more.get_or_insert_default()
    }
}

/// The condition of a statement.
#[derive(Debug)]
pub struct When<'s> {
    /// As it is written.
    pub text: Path<'s>,
    /// The parsed condition; `None` if an earlier claim in the file has the same condition text.
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
    /// At least one of these.
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
