//! What may be written at the cursor.
//!
//! In: a text, a byte of it, and the run of its file. Out: [`Offer`]s, the likeliest first. The
//! words before the cursor on its line and the block around it decide what is expected; the run
//! provides the names.

mod cursor;
mod names;
mod paths;
mod statements;

use std::ops::Range;

use super::{Analysis, Snapshot, Workspace};
use crate::model::Model;
use crate::resolve::{ALLOWABLE, KINDS, STATES};
use crate::source::FileId;
use crate::syntax::{FlatKind, StatementKind, vocabulary};
use cursor::CompletionCursor;
use statements::following;

/// Completions, and the range they replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// The bytes that an offer replaces.
    pub replaces: Range<usize>,
    /// The offers, the likeliest first.
    pub offers: Vec<Offer>,
}

/// One thing that may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    /// What is shown, and written unless there is a snippet.
    pub label: String,
    /// A short description.
    pub detail: String,
    /// What it is.
    pub kind: OfferKind,
    /// What is inserted, if not the label; `$1` etc. are placeholders.
    pub snippet: Option<&'static str>,
}

impl Offer {
    pub(super) fn new(
        kind: OfferKind,
        label: impl Into<String>,
        detail: impl Into<String>,
    ) -> Self {
        Self {
            label: label.into(),
            detail: detail.into(),
            kind,
            snippet: None,
        }
    }

    pub(super) fn word(word: &str) -> Self {
        Self::new(
            OfferKind::Word,
            word,
            vocabulary::meaning_of(word).unwrap_or_default(),
        )
    }

    pub(super) fn value(word: &str) -> Self {
        Self::new(OfferKind::Value, word, "")
    }
}

/// What an offer is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OfferKind {
    /// A word of the language.
    Word,
    /// A word that has a meaning only in this place, such as a letter of a table.
    Value,
    /// A sign or word that joins conditions.
    Operator,
    /// A party.
    Party,
    /// An axis or option.
    Axis,
    /// A value of an axis.
    AxisValue,
    /// A framework.
    Framework,
    /// An area.
    Area,
    /// A duty.
    Duty,
    /// A file.
    File,
    /// A folder.
    Folder,
}

/// Completions at a byte of a text; `None` where free text is expected.
#[must_use]
pub fn completion(workspace: &Workspace, snapshot: &Snapshot, byte: usize) -> Option<Completion> {
    let byte = snapshot.boundary(byte);
    let (analysis, file) = workspace.analysis(&snapshot.path)?;
    let Some(cursor) = CompletionCursor::new(&snapshot.text, byte) else {
        return paths::completion(workspace.files(), snapshot, byte);
    };
    let context = CompletionContext {
        model: model_at(analysis, file, byte, &cursor),
        analysis,
        file,
        cursor: &cursor,
        text: &snapshot.text,
    };
    Some(Completion {
        offers: context.offers(),
        replaces: cursor.prefix.clone(),
    })
}

/// The model around the cursor; at the top level of a file its first model, which sees the same
/// names.
fn model_at<'a>(
    analysis: &'a Analysis,
    file: FileId,
    byte: usize,
    cursor: &CompletionCursor<'_>,
) -> Option<&'a Model> {
    let own = || {
        analysis
            .run
            .models
            .iter()
            .map(|it| &it.model)
            .filter(move |model| model.decl.span.file == file)
    };
    let block = cursor.blocks.iter().find(|block| {
        block.kind == FlatKind::Statement(StatementKind::Model)
            && block.head.start <= byte
            && byte <= block.whole.end
    });
    own()
        .find(|model| {
            block.is_some_and(|block| block.head.contains(&model.decl.span.range().start))
        })
        .or_else(|| own().next())
}

/// Everything that decides what may be written.
struct CompletionContext<'a> {
    model: Option<&'a Model>,
    analysis: &'a Analysis,
    file: FileId,
    cursor: &'a CompletionCursor<'a>,
    text: &'a str,
}

impl CompletionContext<'_> {
    fn offers(&self) -> Vec<Offer> {
        if let Some(bars) = self.cursor.bars {
            return self.cells(bars);
        }
        if let Some(values) = self.values() {
            return values;
        }
        let words = &self.cursor.words;
        match self.cursor.last() {
            "" => self.beginnings(),
            "when" | "and" | "or" | "not" | "(" => names::axes(self, true),
            "by" | "along" => names::axes(self, false),
            first if words.len() == 1 && !following(first).is_empty() => following(first),
            "responsible" | "accountable" => vec![Offer::word("for")],
            "consulted" => vec![Offer::word("on")],
            "informed" => vec![Offer::word("of")],
            "grows" => vec![Offer::word("along")],
            "until" | "because" => Vec::new(),
            mark if mark.starts_with('[') => names::parties(self),
            "is" | "are" => [
                "responsible for",
                "accountable for",
                "consulted on",
                "informed of",
            ]
            .map(|it| {
                Offer::new(
                    OfferKind::Word,
                    it,
                    vocabulary::meaning_of(it.split(' ').next().unwrap_or("")).unwrap_or_default(),
                )
            })
            .into(),
            "owns" | "share" | "supports" | "for" | "on" | "of" | "except" | "separate" => {
                names::duties(self, self.cursor.last() == "owns")
            }
            "from" if words.first() == Some(&"separate") => names::duties(self, false),
            "ensure" | "otherwise" | "joins" => names::parties(self),
            "never" => vec![Offer::word("owns")],
            "allow" => ["gap", "overlap"]
                .into_iter()
                .chain(ALLOWABLE.iter().map(|code| code.id()))
                .map(Offer::value)
                .collect(),
            "meets" => names::frameworks(self),
            "kind" => KINDS.iter().copied().map(Offer::value).collect(),
            "status" => STATES.iter().copied().map(Offer::value).collect(),
            "review" => vec![Offer::value("every 12 months")],
            "," => self.list(),
            _ => self.clauses(),
        }
    }

    /// The values of an axis, if one is expected.
    fn values(&self) -> Option<Vec<Offer>> {
        let words = &self.cursor.words;
        let before = |n: usize| {
            words
                .len()
                .checked_sub(n)
                .and_then(|at| words.get(at))
                .copied()
        };
        let axis = match before(1)? {
            "=" | "!=" | "in" => before(2)?,
            ".." => before(4)?,
            "{" | "," => {
                let open = words.iter().rposition(|word| *word == "{")?;
                if words[open..].contains(&"}") || open < 2 || words[open - 1] != "in" {
                    return None;
                }
                words[open - 2]
            }
            "from" | "to" => {
                let along = words.iter().position(|word| *word == "along")?;
                words.get(along + 1)?
            }
            _ => return None,
        };
        let axis = self.model?.axes.iter().find(|it| it.decl.name == axis)?;
        let values = axis
            .values
            .iter()
            .map(|(name, title)| Offer::new(OfferKind::AxisValue, name, title));
        Some(values.collect())
    }

    /// The next item of a list.
    fn list(&self) -> Vec<Offer> {
        let words = &self.cursor.words;
        let is_verb = |word: &&str| {
            matches!(
                *word,
                "owns" | "share" | "supports" | "for" | "on" | "of" | "separate"
            )
        };
        if words.iter().any(is_verb) {
            names::duties(self, false)
        } else {
            names::parties(self)
        }
    }

    /// What may continue a statement.
    fn clauses(&self) -> Vec<Offer> {
        let words = &self.cursor.words;
        let has = |word: &str| words.contains(&word);
        let first = words.first().copied().unwrap_or("");
        if vocabulary::is_field(first) && self.cursor.block().is_some() {
            // After a complete field on the same line comes the next field.
            return if words.len() > 1 {
                self.beginnings()
            } else {
                Vec::new()
            };
        }
        if let Some(along) = words.iter().position(|word| *word == "along") {
            let next = ["from", "to"].into_iter().find(|word| !has(word));
            return if words.len() > along + 1 {
                next.map(Offer::word).into_iter().collect()
            } else {
                Vec::new()
            };
        }
        if matches!(
            first,
            "party" | "axis" | "option" | "framework" | "model" | "area" | "use"
        ) {
            return if first == "use" && words.len() == 2 {
                vec![Offer::word("as")]
            } else {
                Vec::new()
            };
        }
        if first == "duty" {
            return if words.len() > 1 && !has("when") {
                vec![Offer::word("when")]
            } else {
                self.joiners()
            };
        }
        if first == "allow" && words.len() == 2 {
            return vec![Offer::new(OfferKind::Word, "on", "the duties")];
        }
        let acts = |word: &&str| {
            vocabulary::VERBS.contains(word)
                || matches!(
                    *word,
                    "never" | "grows" | "table" | "raci" | "impossible" | "separate" | "allow"
                )
        };
        if words.iter().any(acts) {
            self.tails()
        } else {
            self.verbs()
        }
    }

    /// The verbs that may follow the parties.
    fn verbs(&self) -> Vec<Offer> {
        let words = &self.cursor.words;
        let mut verbs: Vec<Offer> = ["owns", "share", "supports"].map(Offer::word).into();
        let are = if words.contains(&",") { "are" } else { "is" };
        let roles = [
            "responsible for",
            "accountable for",
            "consulted on",
            "informed of",
        ];
        verbs.extend(
            roles
                .iter()
                .map(|role| Offer::value(&format!("{are} {role}"))),
        );
        if words.first() == Some(&"ensure") {
            verbs.extend(["never owns", "grows along"].map(Offer::value));
        }
        verbs
    }

    /// What may follow the duties of a statement.
    fn tails(&self) -> Vec<Offer> {
        let words = &self.cursor.words;
        let has = |word: &str| words.contains(&word);
        let mut offers = if has("when") {
            self.joiners()
        } else {
            vec![Offer::word("when")]
        };
        if words.first() == Some(&"separate") && !has("from") {
            offers.insert(0, Offer::new(OfferKind::Word, "from", "the other side"));
        }
        for word in ["except", "because", "until"] {
            if !has(word) && !(word == "except" && (has("when") || has("because"))) {
                offers.push(Offer::word(word));
            }
        }
        offers
    }
}
