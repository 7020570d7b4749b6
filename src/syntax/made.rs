//! Statements that the program builds itself: for help texts, fixes, imports and tests.
//!
//! In: names and texts. Out: tree nodes without a position in a file. [`super::writer`] turns them
//! into text.

use std::borrow::Cow;

use jiff::civil::Date;

use super::ast::{Allow, Claim, Part, Path, Spanned, Targets, Text, Verb, When};
use crate::source::{FileId, Span};

/// Placeholder for a text that the author must still write.
pub const TO_WRITE: &str = "…";

/// The span of a node that is in no file.
fn nowhere() -> Span {
    Span::new(FileId(0), 0..0)
}

/// A name or path.
#[must_use]
pub fn path(node: &str) -> Path<'_> {
    Spanned {
        node,
        span: nowhere(),
    }
}

/// A text.
#[must_use]
pub fn text(text: &str) -> Text<'_> {
    Spanned {
        node: Cow::Borrowed(text),
        span: nowhere(),
    }
}

/// Duties or areas.
#[must_use]
pub fn targets<'s>(paths: &[&'s str]) -> Targets<'s> {
    Targets {
        span: nowhere(),
        include: paths.iter().map(|it| path(it)).collect(),
        except: Box::default(),
    }
}

/// A condition, as the language writes it.
#[must_use]
pub fn when(condition: &str) -> When<'_> {
    When {
        text: path(condition),
        condition: None,
    }
}

/// A party's part of a share.
#[must_use]
pub fn part<'s>(party: &'s str, does: &'s str) -> Part<'s> {
    Part {
        party: path(party),
        text: text(does),
    }
}

/// A claim: who does what to which duties, perhaps under a condition.
#[must_use]
pub fn claim<'s>(
    who: &[&'s str],
    verb: Verb,
    on: &[&'s str],
    condition: Option<&'s str>,
) -> Claim<'s> {
    Claim {
        head: nowhere(),
        otherwise: false,
        who: who.iter().map(|it| path(it)).collect(),
        verb,
        targets: targets(on),
        when: condition.map(when),
        more: None,
        parts_lost: false,
        faulty: false,
    }
}

impl<'s> Claim<'s> {
    /// The same for what no other claim decides.
    #[must_use]
    pub fn otherwise(mut self) -> Self {
        self.otherwise = true;
        self
    }

    /// The same with a reason.
    #[must_use]
    pub fn because(mut self, why: &'s str) -> Self {
        self.more().because = Some(text(why));
        self
    }

    /// The same with what each party does.
    #[must_use]
    pub fn parts(mut self, parts: Vec<Part<'s>>) -> Self {
        self.more().parts = parts;
        self
    }
}

/// An `allow` of `gap`, `overlap` or a code.
#[must_use]
pub fn allow<'s>(
    finding: &'s str,
    on: &[&'s str],
    condition: Option<&'s str>,
    why: &'s str,
    until: Option<Date>,
) -> Allow<'s> {
    Allow {
        head: nowhere(),
        finding: path(finding),
        targets: targets(on),
        when: condition.map(when),
        because: text(why),
        until: until.map(|day| Spanned {
            node: Some(day),
            span: nowhere(),
        }),
        fields: Vec::new(),
    }
}
