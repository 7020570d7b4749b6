//! The facts of findings as data for programs, so that no program has to parse messages.
//!
//! Always: facts use names from the files and spans, so they are valid without the checked model
//! and can be compared between runs.

use jiff::civil::Date;

use super::visible;
use crate::role::Roles;
use crate::source::Span;

/// The values allowed on some axes; every other axis may have any value.
pub type NamedCube = Vec<(String, Vec<String>)>;

/// The situations that a finding is about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Situations {
    /// A condition in the language; `None` for all situations of the duty, or of the model.
    pub condition: Option<String>,
    /// The same as data; an empty cube is every situation.
    pub cubes: Vec<NamedCube>,
    /// Whether it holds in further situations, which are too many to list.
    pub more: bool,
    /// One situation: axis and value.
    pub example: Vec<(String, String)>,
}

impl Situations {
    /// The condition, or `always`.
    #[must_use]
    pub fn text(&self) -> &str {
        self.condition.as_deref().unwrap_or("always")
    }
}

/// What a finding is about.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Subject {
    /// The model's name.
    pub model: String,
    /// The paths of the duties; both for a `separate`.
    pub duties: Vec<String>,
    /// The roles.
    pub roles: Roles,
    /// The names of the parties.
    pub parties: Vec<String>,
    /// Where it holds, for findings that depend on the situation.
    pub situations: Option<Situations>,
}

/// The `allow` that accepts a finding, so that it does not fail the run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Acceptance {
    /// Why it was allowed.
    pub reason: String,
    /// The last day on which it is allowed.
    pub until: Option<Date>,
    /// The `allow`.
    pub at: Span,
}

impl Acceptance {
    /// `accepted until 2027-03-31: the reason`
    #[must_use]
    pub fn phrase(&self) -> String {
        let reason = visible(&self.reason);
        match self.until {
            Some(day) => format!("accepted until {day}: {reason}"),
            None => format!("accepted: {reason}"),
        }
    }
}

/// A text to write at a place instead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Correction {
    /// The replacement for the text at the finding's span; inside the quotes, if that is a quoted
    /// text.
    pub text: String,
    /// Certain: the word differs by one letter, and only one name is that close.
    pub sure: bool,
}

/// A duty that only an `otherwise` gives to somebody.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FilledDuty {
    /// Its path.
    pub duty: String,
    /// Where; `None` if computing that exceeds the budget.
    pub situations: Option<Situations>,
}

/// Facts specific to a kind of finding, in addition to the subject.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Facts {
    /// Nothing more.
    #[default]
    None,
    /// What may have been meant, the likeliest first.
    Corrections(Vec<Correction>),
    /// The statement at the finding's span can be removed; with `harmless`, without any other
    /// effect.
    Removable {
        /// Nothing depends on it.
        harmless: bool,
    },
    /// A list item that the rest of the list already covers.
    NeedlessItem,
    /// The statement at the finding's span lacks its reason.
    NoReason,
    /// A gap: who would be likeliest to take the duty, and the statements that nearly cover it.
    Gap {
        /// The name of a party.
        likeliest: Option<String>,
        /// Where a claim nearly covers the gap.
        near_misses: Vec<Span>,
    },
    /// Claims that clash: the head of each, or its cell.
    Clash {
        /// In the order of the file.
        claims: Vec<Span>,
    },
    /// Many findings of one kind on one duty, told as one.
    Many {
        /// How many there are, at least.
        count: usize,
    },
    /// A share that does not say what each party does: the claim, its cells in a table, and the
    /// parties without a part.
    SilentShare {
        /// The claim's head.
        claim: Span,
        /// Its cells, if it is in a table.
        cells: Vec<Span>,
        /// The names of the parties without a part.
        parties: Vec<String>,
    },
    /// What an `otherwise` fills.
    Filled(Vec<FilledDuty>),
}
