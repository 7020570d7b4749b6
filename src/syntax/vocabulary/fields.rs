//! The table of fields.

use super::StatementKind;
use crate::syntax::grammar::Rule;

/// What a field of a block says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum FieldKind {
    /// Where a statement comes from.
    Source,
    /// A free remark.
    Note,
    /// What shows that it is done.
    Evidence,
    /// How often it is done.
    Cadence,
    /// Controls that it meets.
    Meets,
    /// The author's own key and value.
    Meta,
    /// What a party is.
    Kind,
    /// Other names of a party.
    Aka,
    /// The members of a group.
    Joins,
    /// The file of a framework's controls.
    Catalog,
    /// The controls of a framework.
    Ids,
    /// The version of a model.
    Version,
    /// Whether a model is a draft.
    Status,
    /// The day from which a model holds.
    Effective,
    /// The day of a model's last review.
    Reviewed,
    /// How often a model is reviewed.
    Review,
}

/// The properties of a kind of field.
#[derive(Clone, Copy, Debug)]
pub struct FieldInfo {
    /// Its word.
    pub word: &'static str,
    /// What it means, in a sentence without a full stop.
    pub meaning: &'static str,
    /// The kind of statement whose block it belongs to; `None` for any.
    pub home: Option<StatementKind>,
    /// A block may have it more than once.
    pub repeats: bool,
    /// The rule that reads it.
    pub rule: Rule,
}

impl FieldKind {
    /// Every kind; those that any statement may have come first.
    pub const ALL: [Self; 16] = [
        Self::Source,
        Self::Note,
        Self::Evidence,
        Self::Cadence,
        Self::Meets,
        Self::Meta,
        Self::Kind,
        Self::Aka,
        Self::Joins,
        Self::Catalog,
        Self::Ids,
        Self::Version,
        Self::Status,
        Self::Effective,
        Self::Reviewed,
        Self::Review,
    ];

    /// Its row in the table.
    #[must_use]
    #[allow(clippy::too_many_lines, reason = "a table")]
    pub fn info(self) -> FieldInfo {
        let any = |word, meaning, repeats, rule| FieldInfo {
            word,
            meaning,
            home: None,
            repeats,
            rule,
        };
        let of = |home, word, meaning, repeats, rule| FieldInfo {
            home: Some(home),
            ..any(word, meaning, repeats, rule)
        };
        let party =
            |word, meaning, repeats, rule| of(StatementKind::Party, word, meaning, repeats, rule);
        let framework =
            |word, meaning, rule| of(StatementKind::Framework, word, meaning, true, rule);
        let model = |word, meaning, rule| of(StatementKind::Model, word, meaning, false, rule);
        match self {
            Self::Source => any(
                "source",
                "where a statement comes from: a description, optionally with an address",
                true,
                Rule::source,
            ),
            Self::Note => any("note", "a remark in your own words", true, Rule::note),
            Self::Evidence => any(
                "evidence",
                "what shows that the duty is done",
                true,
                Rule::evidence,
            ),
            Self::Cadence => any(
                "cadence",
                "how often the duty is done",
                false,
                Rule::cadence,
            ),
            Self::Meets => any(
                "meets",
                "the controls of a framework that the duty meets",
                true,
                Rule::meets,
            ),
            Self::Meta => any("meta", "a key and a value of your own", true, Rule::meta),
            Self::Kind => party(
                "kind",
                "`provider`, `customer`, `third_party` or `team`",
                false,
                Rule::kind,
            ),
            Self::Aka => party("aka", "other names that people use", true, Rule::aka),
            Self::Joins => party("joins", "the members of a joint group", true, Rule::joins),
            Self::Catalog => framework("catalog", "an OSCAL catalog of controls", Rule::catalog),
            Self::Ids => framework("ids", "the ids of the controls, listed here", Rule::ids),
            Self::Version => model("version", "the version of the model", Rule::version),
            Self::Status => model("status", "`draft`, `preview` or `final`", Rule::status),
            Self::Effective => model(
                "effective",
                "the day from which the model is in force",
                Rule::effective,
            ),
            Self::Reviewed => model("reviewed", "the day of the last review", Rule::reviewed),
            Self::Review => model(
                "review",
                "how often the model must be reviewed: `review every 12 months`",
                Rule::review,
            ),
        }
    }

    /// The kind of field that begins with a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.info().word == word)
    }

    /// The kind of field that a rule reads.
    #[must_use]
    pub fn of_rule(rule: Rule) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.info().rule == rule)
    }

    /// Whether it is allowed in the block of a statement.
    #[must_use]
    pub fn fits(self, owner: StatementKind) -> bool {
        self.info().home.is_none_or(|home| home == owner)
    }
}
