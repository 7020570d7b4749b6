//! Where a finding holds, in words: the end of a message, and the `when` of a statement in a help.
//!
//! In: a described region. Out: text that fits. Always: what is said is the whole region, or says
//! that there is more; the largest conditions come first where not all fit.

use super::Wording;
use crate::check::describe::DescribedRegion;
use crate::check::finding::{Extent, Finding};
use crate::space::{AxisId, Condition};

/// Maximum number of characters of a message, unless names alone take more.
const MAX_MESSAGE: usize = 300;
/// Maximum number of conditions that a message names.
const MAX_CONDITIONS: usize = 3;
/// Maximum number of characters of a condition that a help repeats.
const MAX_HELP: usize = 80;
/// Maximum number of characters of an example beside a condition.
const MAX_EXAMPLE: usize = 160;
/// Characters that ", and in 14 other cases" takes.
const REST: usize = 28;

/// The situations of a finding, if it depends on them.
#[derive(Clone, Copy)]
pub(super) struct Situated<'f> {
    described: Option<&'f DescribedRegion>,
}

/// What a help can say of situations.
#[derive(Clone, Copy)]
pub(super) enum Shown<'f> {
    /// Nothing: it is about all of them.
    Everywhere,
    /// This condition.
    When(&'f str),
    /// Nothing: the condition is too long to repeat, or not known whole.
    Long,
}

impl<'f> Shown<'f> {
    /// Whether the help must do without.
    pub(super) fn is_long(self) -> bool {
        matches!(self, Self::Long)
    }

    /// The condition, if there is one to write.
    pub(super) fn when(self) -> Option<&'f str> {
        match self {
            Self::When(when) => Some(when),
            Self::Everywhere | Self::Long => None,
        }
    }
}

/// Where a finding holds.
pub(super) fn situated(finding: &Finding) -> Situated<'_> {
    Situated {
        described: match &finding.extent {
            Extent::In(described) => Some(described),
            Extent::Any => None,
        },
    }
}

impl<'f> Situated<'f> {
    /// In a described region.
    pub(super) fn of(described: &'f DescribedRegion) -> Self {
        Self {
            described: Some(described),
        }
    }

    /// One situation.
    pub(super) fn example(self) -> &'f [(AxisId, u32)] {
        self.described.map_or(&[], |it| &it.example)
    }

    /// The condition of a statement about exactly these situations.
    pub(super) fn condition(self) -> Shown<'f> {
        let Some(described) = self.described else {
            return Shown::Everywhere;
        };
        match described.situations.condition.as_deref() {
            _ if described.situations.more => Shown::Long,
            None => Shown::Everywhere,
            Some(when) if when.chars().count() > MAX_HELP => Shown::Long,
            Some(when) => Shown::When(when),
        }
    }

    /// A message, followed by where it holds: `` … when `plan = free` ``.
    pub(super) fn end(self, wording: &Wording<'_>, message: String) -> String {
        let Some(described) = self.described else {
            return message;
        };
        if described.conditions.is_empty() {
            return message;
        }
        let room = MAX_MESSAGE.saturating_sub(message.chars().count() + " when ``".len());
        let mut by_size: Vec<&Condition> = described.conditions.iter().collect();
        by_size.sort_by(|a, b| b.share.total_cmp(&a.share));
        let example = wording.situation(&described.example);
        let fits = |text: &str| text.chars().count() + REST <= room;
        let mut largest = by_size.iter().map(|it| it.text.as_str());
        if described.situations.more {
            let shown = largest
                .find(|it| fits(it))
                .or(Some(&*example).filter(|it| fits(it)));
            return match shown {
                Some(shown) => format!("{message}, for example when `{shown}`; there are more"),
                None => format!("{message}, in more situations than can be listed"),
            };
        }
        let count_all = described.conditions.len();
        let whole = described.situations.text();
        if count_all <= MAX_CONDITIONS && whole.chars().count() <= room {
            return format!("{message} when `{whole}`");
        }
        let mut shown = String::new();
        let mut count = 0;
        for text in largest.take(MAX_CONDITIONS) {
            let longer = if count == 0 {
                text.to_owned()
            } else {
                format!("{shown} or {text}")
            };
            if !fits(&longer) {
                break;
            }
            (shown, count) = (longer, count + 1);
        }
        match (count, count_all - count) {
            (0, cases) if fits(&example) => {
                format!(
                    "{message} in {}, for example when `{example}`",
                    number(cases, "")
                )
            }
            (0, cases) => format!("{message} in {}", number(cases, "")),
            (_, left) => format!(
                "{message} when `{shown}`, and in {}",
                number(left, "other ")
            ),
        }
    }

    /// What to add to a label: whether it is about all situations, the case that the message names,
    /// or an example.
    pub(super) fn example_for(self, wording: &Wording<'_>) -> String {
        let Some(described) = self.described else {
            return String::new();
        };
        let example = wording.situation(&described.example);
        match described.situations.condition.as_deref() {
            None => ", in any situation".to_owned(),
            Some(_) if described.situations.more => " in that case".to_owned(),
            Some(when) if when == example => " in that case".to_owned(),
            Some(_) if example.chars().count() > MAX_EXAMPLE => String::new(),
            Some(_) => format!(", for example when `{example}`"),
        }
    }
}

fn number(cases: usize, other: &str) -> String {
    let word = if cases == 1 { "case" } else { "cases" };
    format!("{cases} {other}{word}")
}
