//! Fixes for findings.
//!
//! In: a finding, the text it is in, and the models of the run. Out: [`Fix`]es, each some edits of
//! that text. Always: a fix reads the facts of its finding and never its words; it is computed only
//! on request, so that it does not slow down a check. Statements are written by [`writer`], edits
//! are made by [`edits::apply`].
//!
//! The editor offers every fix; [`repair`] applies those that need no decision.

mod clashes;
pub mod edits;
mod gaps;
pub mod repair;
mod shares;
mod small;
mod statements;

use std::cell::OnceCell;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::check::Checked;
use crate::diagnostic::{Code, Diagnostic, Facts};
use crate::model::{Claim, DeclName, DutyId, Model, Roles};
use crate::paths::ShortPaths;
use crate::source::Span;
use crate::syntax::ast::Claim as Statement;
use crate::syntax::blocks::blocks;
use crate::syntax::made::{TO_WRITE, allow};
use crate::syntax::writer;
use edits::Edit;
use statements::{Insertion, Statements};

/// Default number of days for which a fix accepts a gap or overlap.
const DAYS: i64 = 90;

/// Who may apply a fix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Applicability {
    /// A program: the fix affects only this finding, and adds no statement that the author did not
    /// intend.
    Safe,
    /// A program if the user asked for it: most likely intended, but it may change the meaning of
    /// the model.
    Unsafe,
    /// A person: one of several ways, each of which means something else.
    Choice,
    /// A person: a text must still be written, marked [`TO_WRITE`].
    Draft,
}

/// One possible fix of a finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fix {
    /// What it does, for people: `Write `cloud``.
    pub title: String,
    /// Non-overlapping edits of the text with the finding.
    pub edits: Vec<Edit>,
    /// Who may apply it.
    pub applicability: Applicability,
    /// The fix that is offered first.
    pub preferred: bool,
}

impl Fix {
    fn new(
        applicability: Applicability,
        title: impl Into<String>,
        edits: impl IntoIterator<Item = Edit>,
    ) -> Self {
        Self {
            title: title.into(),
            edits: edits.into_iter().collect(),
            applicability,
            preferred: false,
        }
    }

    /// Sets whether the fix is offered first.
    fn preferred(self, preferred: bool) -> Self {
        Self { preferred, ..self }
    }
}

/// A text, and what is needed to make fixes for it.
pub struct FixContext<'a> {
    text: Statements<'a>,
    models: Vec<(&'a Model, OnceCell<ModelLookup<'a>>)>,
    /// The last day for which a fix accepts a finding.
    until: Date,
}

impl<'a> FixContext<'a> {
    /// A context for the findings of a text; `models` are those of its run.
    #[must_use]
    pub fn new(text: &'a str, models: &'a [Checked], today: Date) -> Self {
        Self {
            text: Statements {
                text,
                blocks: blocks(text),
            },
            models: { models.iter() }
                .map(|checked| (&checked.model, OnceCell::new()))
                .collect(),
            until: today.saturating_add(jiff::Span::new().days(DAYS)),
        }
    }

    /// All fixes for a finding of the text, the likeliest first.
    #[must_use]
    pub fn fixes(&self, finding: &Diagnostic) -> Vec<Fix> {
        let about = self.about(finding);
        let about = about.as_ref();
        let mut fixes = match &finding.facts {
            Facts::None | Facts::Filled(_) | Facts::Many { .. } => Vec::new(),
            Facts::Corrections(list) => small::corrections(self, finding, list),
            Facts::Removable { harmless } => small::remove(self, finding, *harmless),
            Facts::NeedlessItem => small::remove_item(self, finding),
            Facts::NoReason => small::give_reason(self, finding),
            Facts::Gap {
                likeliest,
                near_misses,
            } => about.map_or_else(Vec::new, |about| {
                gaps::fixes(about, likeliest.as_deref(), !near_misses.is_empty())
            }),
            Facts::Clash { claims } => {
                about.map_or_else(Vec::new, |about| clashes::fixes(self, about, claims))
            }
            Facts::SilentShare {
                claim,
                cells,
                parties,
            } => shares::fixes(self, *claim, cells, parties),
        };
        fixes.extend(about.and_then(|about| self.accept(about)));
        fixes
    }

    /// Accepts a finding, with a reason.
    fn accept(&self, about: &About<'_>) -> Option<Fix> {
        if about.is_unsaid() {
            // What it would accept, nobody has read.
            return None;
        }
        let (what, until) = match about.code {
            Code::Gap | Code::GapResponsible | Code::GapAccountable => ("gap", Some(self.until)),
            Code::Overlap => ("overlap", Some(self.until)),
            Code::ShareParts | Code::Redundant => (about.code.id(), None),
            _ => return None,
        };
        let statement = allow(what, &[about.short], about.when, TO_WRITE, until);
        let edit = about.room?.add(&writer::allow(&statement));
        let title = match until {
            Some(_) => "Accept it until a date, with a reason",
            None => "Accept it, with a reason",
        };
        Some(Fix::new(Applicability::Draft, title, [edit]))
    }

    /// What a finding of the check is about, if its model is in the same text.
    fn about<'f>(&'f self, finding: &'f Diagnostic) -> Option<About<'f>> {
        let subject = finding.subject.as_ref()?;
        let file = finding.span().file;
        let is_meant = |decl: &DeclName| decl.name == subject.model && decl.span.file == file;
        let mut models = self.models.iter();
        let (model, lookup) = models.find(|(model, _)| is_meant(&model.decl))?;
        let lookup = lookup.get_or_init(|| ModelLookup::new(model, &self.text));
        let path = finding.duty()?;
        let situations = subject.situations.as_ref();
        Some(About {
            code: finding.code,
            model,
            duty: *lookup.duties.get(path)?,
            roles: subject.roles,
            short: lookup.short.short(path),
            room: lookup.room.as_ref(),
            when: situations.and_then(|it| it.condition.as_deref()),
            is_part: situations.is_some_and(|it| it.more),
        })
    }
}

/// Cached lookups in a model that fixes need repeatedly.
struct ModelLookup<'a> {
    duties: FxHashMap<&'a str, DutyId>,
    short: ShortPaths,
    /// Where a statement can be added to it.
    room: Option<Insertion>,
}

impl<'a> ModelLookup<'a> {
    fn new(model: &'a Model, text: &Statements<'_>) -> Self {
        let duties = model.duties();
        Self {
            duties: duties.map(|(id, duty)| (duty.path.as_str(), id)).collect(),
            short: ShortPaths::of(model),
            room: text.room(model.decl.span.range().start),
        }
    }
}

/// Maximum number of characters of a condition that a fix writes.
const MAX_CONDITION: usize = 200;

/// A finding of the check: in which model, on which duty, when.
struct About<'a> {
    code: Code,
    model: &'a Model,
    duty: DutyId,
    /// The roles that it is about.
    roles: Roles,
    /// Where a statement can be added to the model; `None` if a block is unclosed.
    room: Option<&'a Insertion>,
    /// The shortest path that means the duty.
    short: &'a str,
    /// The condition; `None` for always.
    when: Option<&'a str>,
    /// The condition holds only in a part of the situations.
    is_part: bool,
}

impl About<'_> {
    /// Whether its situations are not known whole, or take too long to say in a statement.
    fn is_unsaid(&self) -> bool {
        let is_long = |when: &str| when.chars().count() > MAX_CONDITION;
        self.is_part || self.when.is_some_and(is_long)
    }

    /// Adds a claim to the model.
    fn add_claim(&self, claim: &Statement<'_>) -> Option<Edit> {
        self.room.map(|room| room.add(&writer::claim(claim)))
    }

    /// The duty and the situations as text for people.
    fn told(&self) -> String {
        match self.when {
            Some(when) => format!("`{}` when `{when}`", self.short),
            None => format!("`{}`", self.short),
        }
    }

    /// The names of the areas around the duty.
    fn areas(&self) -> Vec<&str> {
        let path = &self.model.duty(self.duty).path;
        let around = path.rsplit_once('.').map_or("", |(around, _)| around);
        around.split('.').collect()
    }

    /// The claim with this head.
    fn claim(&self, head: Span) -> Option<&Claim> {
        self.model.claims.iter().find(|claim| claim.head == head)
    }
}
