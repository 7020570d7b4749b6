//! The words of the language: one table of statements, one of fields, and what all other words mean.
//!
//! A new statement or field is a value of [`StatementKind`] or [`FieldKind`]; the compiler then
//! names every place that must know it. Always: what a word is, where it may stand, what follows it
//! and what help says of it stands here and nowhere else.

use super::grammar::Rule;

macro_rules! reserved {
    ($($word:literal)*) => {
        /// Words that no declaration may take as a name.
        pub const RESERVED: &[&str] = &[$($word),*];

        /// Whether a word is reserved.
        #[must_use]
        pub fn is_reserved(word: &str) -> bool {
            matches!(word, $($word)|*)
        }
    };
}
reserved! {
    "use" "as" "party" "axis" "option" "framework" "model" "extends" "area" "duty"
    "table" "raci" "impossible" "ensure" "separate" "allow" "override" "relies" "owns" "share"
    "supports" "is" "are" "inherits" "satisfies" "unused" "nobody" "otherwise" "all" "except"
    "when" "because" "in" "not" "and" "or" "by"
}

/// What a statement does. Each but a claim begins with a word of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum StatementKind {
    /// Makes the names of another file visible.
    Use,
    /// Declares a party.
    Party,
    /// Declares an axis with its values.
    Axis,
    /// Declares an axis of no and yes.
    Option,
    /// Declares a framework.
    Framework,
    /// Begins a model.
    Model,
    /// Begins an area.
    Area,
    /// Declares a duty.
    Duty,
    /// Gives duties to parties, or to nobody; with `otherwise` or without.
    Claim,
    /// A table of duties by the values of an axis.
    Table,
    /// A table of duties by parties.
    Raci,
    /// Excludes situations.
    Impossible,
    /// Asks for something that must hold.
    Ensure,
    /// Keeps duties apart.
    Separate,
    /// Accepts a finding.
    Allow,
}

/// Where a statement may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Home {
    /// At the top of a file.
    File,
    /// In a model.
    Model,
    /// In an area.
    Area,
}

/// What there is to know of a kind of statement.
#[derive(Clone, Copy, Debug)]
pub struct StatementInfo {
    /// Its first word; of a claim, which begins with a party, what messages call it.
    pub word: &'static str,
    /// What messages call the statement as the owner of a block.
    pub owner: &'static str,
    /// What it means, in a sentence without a full stop.
    pub meaning: &'static str,
    /// Where it may stand.
    pub homes: &'static [Home],
    /// What to do with one that stands elsewhere.
    pub help: &'static str,
    /// It declares a name and claims nothing.
    pub declares: bool,
    /// Words that may stand right behind the first.
    pub next: &'static [&'static str],
    /// How an editor writes it: `$1`, `${1:name}` and the like are places to fill.
    pub snippet: &'static str,
    /// The rule that reads it.
    pub rule: Rule,
}

/// The whole file, at its top.
const FILE: &[Home] = &[Home::File];
/// What a model and all of its parts may have.
const MODEL: &[Home] = &[Home::Model];
/// Declarations that a file or a model may have.
const SHARED: &[Home] = &[Home::File, Home::Model];
/// Statements of a model or area.
const INSIDE: &[Home] = &[Home::Model, Home::Area];

const INTO_MODEL: &str = "put it into a model";
const INTO_AREA: &str = "put it into a model or an area";
const TO_TOP: &str = "put it at the top of the file or into a model";

impl StatementKind {
    /// Every kind, in the order in which a reader meets them.
    pub const ALL: [Self; 15] = [
        Self::Use,
        Self::Party,
        Self::Axis,
        Self::Option,
        Self::Framework,
        Self::Model,
        Self::Area,
        Self::Duty,
        Self::Claim,
        Self::Table,
        Self::Raci,
        Self::Impossible,
        Self::Ensure,
        Self::Separate,
        Self::Allow,
    ];

    /// The row of the table.
    #[must_use]
    pub fn info(self) -> StatementInfo {
        match self {
            Self::Use => StatementInfo {
                word: "use",
                owner: "`use`",
                meaning: "makes the top-level names of another file visible here",
                homes: FILE,
                help: "put it at the top of the file",
                declares: true,
                next: &[],
                snippet: "use \"${1:parties.srm}\"$0",
                rule: Rule::use_file,
            },
            Self::Party => StatementInfo {
                word: "party",
                owner: "a party",
                meaning: "somebody who can hold a responsibility",
                homes: SHARED,
                help: TO_TOP,
                declares: true,
                next: &[],
                snippet: "party ${1:name} \"${2:Title}\" { kind ${3|provider,customer,third_party,team|} }$0",
                rule: Rule::party,
            },
            Self::Axis => StatementInfo {
                word: "axis",
                owner: "an axis",
                meaning: "a finite, ordered set of values that the split may depend on",
                homes: SHARED,
                help: TO_TOP,
                declares: true,
                next: &[],
                snippet: "axis ${1:name} \"${2:Title}\" {\n  ${3:value} \"${4:Title}\",\n}$0",
                rule: Rule::axis,
            },
            Self::Option => StatementInfo {
                word: "option",
                owner: "an option",
                meaning: "an axis of two values, no and yes",
                homes: SHARED,
                help: TO_TOP,
                declares: true,
                next: &[],
                snippet: "option ${1:name} \"${2:Title}\"$0",
                rule: Rule::option,
            },
            Self::Framework => StatementInfo {
                word: "framework",
                owner: "a framework",
                meaning: "a catalog of controls that duties can meet",
                homes: SHARED,
                help: TO_TOP,
                declares: true,
                next: &[],
                snippet: "framework ${1:name} \"${2:Title}\" { ids \"${3:1.1}\" }$0",
                rule: Rule::framework,
            },
            Self::Model => StatementInfo {
                word: "model",
                owner: "a model",
                meaning: "a matrix: its duties and who holds them",
                homes: FILE,
                help: "models do not nest",
                declares: true,
                next: &[],
                snippet: "model ${1:name} \"${2:Title}\" {\n  $0\n}",
                rule: Rule::model,
            },
            Self::Area => StatementInfo {
                word: "area",
                owner: "an area",
                meaning: "a group of duties",
                homes: INSIDE,
                help: INTO_AREA,
                declares: true,
                next: &[],
                snippet: "area ${1:name} \"${2:Title}\" {\n  $0\n}",
                rule: Rule::area,
            },
            Self::Duty => StatementInfo {
                word: "duty",
                owner: "a duty",
                meaning: "one responsibility; its identity is its path",
                homes: INSIDE,
                help: INTO_AREA,
                declares: true,
                next: &[],
                snippet: "duty ${1:name} \"${2:Title}\"$0",
                rule: Rule::duty,
            },
            Self::Claim => StatementInfo {
                word: "a claim",
                owner: "a claim",
                meaning: "gives roles on duties to parties",
                homes: INSIDE,
                help: INTO_AREA,
                declares: false,
                next: &[],
                snippet: "${1:party} owns ${2:duty}$0",
                rule: Rule::sentence,
            },
            Self::Table => StatementInfo {
                word: "table",
                owner: "a table",
                meaning: "rows are duties, columns the values of an axis, cells the parties",
                homes: INSIDE,
                help: INTO_AREA,
                declares: false,
                next: &["by"],
                snippet: "table by ${1:axis} {\n  | | ${2:value} |\n  | ${3:duty} \"${4:Title}\" | ${5:party} |\n}$0",
                rule: Rule::table,
            },
            Self::Raci => StatementInfo {
                word: "raci",
                owner: "a table",
                meaning: "rows are duties, columns parties, cells letters",
                homes: INSIDE,
                help: INTO_AREA,
                declares: false,
                next: &[],
                snippet: "raci {\n  | | ${1:party} |\n  | ${2:duty} \"${3:Title}\" | RA |\n}$0",
                rule: Rule::raci,
            },
            Self::Impossible => StatementInfo {
                word: "impossible",
                owner: "`impossible`",
                meaning: "situations that cannot be",
                homes: MODEL,
                help: INTO_MODEL,
                declares: false,
                next: &["when"],
                snippet: "impossible when ${1:condition} because \"${2:reason}\"$0",
                rule: Rule::impossible,
            },
            Self::Ensure => StatementInfo {
                word: "ensure",
                owner: "`ensure`",
                meaning: "must hold wherever the duty exists; claims nothing itself",
                homes: INSIDE,
                help: INTO_AREA,
                declares: false,
                next: &[],
                snippet: "ensure ${1:party} owns ${2:duty}$0",
                rule: Rule::ensure,
            },
            Self::Separate => StatementInfo {
                word: "separate",
                owner: "`separate`",
                meaning: "no party may be responsible for both in one situation",
                homes: INSIDE,
                help: INTO_AREA,
                declares: false,
                next: &[],
                snippet: "separate ${1:duty} from ${2:duty}$0",
                rule: Rule::separate,
            },
            Self::Allow => StatementInfo {
                word: "allow",
                owner: "`allow`",
                meaning: "accepts a gap, an overlap or a warning, with a reason",
                homes: INSIDE,
                help: INTO_AREA,
                declares: false,
                next: &[],
                snippet: "allow ${1|gap,overlap,SRM0901|} on ${2:duty} because \"${3:reason}\" until ${4:2027-03-31}$0",
                rule: Rule::allow,
            },
        }
    }

    /// The kind of statement that begins with a word.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        let begins = |kind: &Self| *kind != Self::Claim && kind.info().word == word;
        Self::ALL.into_iter().find(begins)
    }
}

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
    /// A key and a value of the author's own.
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

/// What there is to know of a kind of field.
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
    /// Every kind, those of any statement first.
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

    /// The row of the table.
    #[must_use]
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
                "where a statement comes from: a description, perhaps an address",
                true,
                Rule::source,
            ),
            Self::Note => any("note", "a free remark", true, Rule::note),
            Self::Evidence => any(
                "evidence",
                "what shows that the duty is done",
                true,
                Rule::evidence,
            ),
            Self::Cadence => any("cadence", "how often it is done", false, Rule::cadence),
            Self::Meets => any(
                "meets",
                "controls of a framework that it meets",
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
            Self::Ids => framework("ids", "the ids of controls themselves", Rule::ids),
            Self::Version => model("version", "the version of the model", Rule::version),
            Self::Status => model("status", "`draft`, `preview` or `final`", Rule::status),
            Self::Effective => model(
                "effective",
                "the day from which the model holds",
                Rule::effective,
            ),
            Self::Reviewed => model("reviewed", "the day of the last review", Rule::reviewed),
            Self::Review => model(
                "review",
                "how often the model is to be reviewed: `review every 12 months`",
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

    /// Whether it may stand in the block of a statement.
    #[must_use]
    pub fn fits(self, owner: StatementKind) -> bool {
        self.info().home.is_none_or(|home| home == owner)
    }
}

/// Whether a word begins a field; no party may bear one, or its parts would read as fields.
#[must_use]
pub fn is_field(word: &str) -> bool {
    FieldKind::of_word(word).is_some()
}

/// Every word that may begin a statement.
pub fn starters() -> impl Iterator<Item = &'static str> {
    let kinds = StatementKind::ALL.into_iter();
    let own = kinds.filter(|kind| *kind != StatementKind::Claim);
    own.map(|kind| kind.info().word)
        .chain(["nobody", "otherwise"])
}

/// Every word that begins a field.
pub fn fields() -> impl Iterator<Item = &'static str> {
    FieldKind::ALL.into_iter().map(|kind| kind.info().word)
}

/// Whether a word begins a declaration, which claims nothing.
#[must_use]
pub fn is_declaring(word: &str) -> bool {
    StatementKind::of_word(word).is_some_and(|kind| kind.info().declares)
}

/// The rule that reads what begins with a word.
#[must_use]
pub fn rule_of(word: &str) -> Option<Rule> {
    let statement = StatementKind::of_word(word).map(|kind| kind.info().rule);
    statement.or_else(|| FieldKind::of_word(word).map(|kind| kind.info().rule))
}

/// The words of composition, which this version does not read.
pub const COMPOSITION: &[&str] = &[
    "extends",
    "override",
    "relies",
    "inherits",
    "satisfies",
    "unused",
];

/// The verbs of claims.
pub const VERBS: &[&str] = &["owns", "share", "supports", "is", "are"];

/// Words that go on with a statement.
pub const CONTINUING: &[&str] = &[
    "except", "when", "because", "until", "and", "or", "not", "in",
];

/// What a word of the language means, in a sentence without a full stop.
#[must_use]
pub fn meaning_of(word: &str) -> Option<&'static str> {
    if let Some(kind) = StatementKind::of_word(word) {
        return Some(kind.info().meaning);
    }
    if let Some(kind) = FieldKind::of_word(word) {
        return Some(kind.info().meaning);
    }
    Some(match word {
        "as" => "puts a prefix before the names of a used file",
        "owns" => "responsible and accountable, alone",
        "share" => "each party is responsible and, jointly, accountable",
        "supports" => "helps; never a claim on the duty itself",
        "responsible" => "does it",
        "accountable" => "answers for it",
        "consulted" => "is asked before or while it is done",
        "informed" => "is told of it",
        "nobody" => "the duty does not apply there",
        "otherwise" => "fills only what no other claim gives to anybody",
        "all" => "every duty of the model",
        "except" => "what a list of duties leaves out",
        "when" => "the situations that a statement speaks of",
        "because" => "why a statement stands",
        "until" => "the last day on which a statement holds",
        "never" => "neither responsible nor accountable, not even in a share",
        "grows" => {
            "what the party is responsible for at one value, it is responsible for at the next"
        }
        _ => return None,
    })
}

/// The keyword that a rule reads, where it reads one. Such rules are named after their word.
#[must_use]
pub fn keyword(rule: Rule) -> Option<String> {
    let name = format!("{rule:?}");
    name.strip_prefix("kw_").map(str::to_owned)
}

/// What was expected where a rule could have stood; `None` where it says nothing that helps.
#[must_use]
pub fn expected(rule: Rule) -> Option<String> {
    if let Some(word) = keyword(rule) {
        return Some(format!("`{word}`"));
    }
    let words = match rule {
        Rule::path | Rule::name | Rule::new_name => "a name",
        Rule::party_ref => "a party",
        Rule::axis_ref => "an axis",
        Rule::value_ref | Rule::axis_value => "a value",
        Rule::value_list => "`{` and a list of values",
        Rule::framework_ref => "a framework",
        Rule::target | Rule::targets | Rule::excepted => "a duty, an area or `all`",
        Rule::condition | Rule::test | Rule::negated => "a condition",
        Rule::text | Rule::reason => "a text in quotes",
        Rule::date => "a date such as `2027-03-31`",
        Rule::number => "a whole number",
        Rule::period => "`days`, `weeks`, `months` or `years`",
        Rule::finding => "`gap`, `overlap` or a code",
        Rule::open | Rule::axis_open => "`{`",
        Rule::close | Rule::axis_close => "`}`",
        Rule::list_close => "`,` or `}`",
        Rule::or => "`and`, `or`",
        Rule::paren_open => "`(`",
        Rule::paren_close => "`)`",
        Rule::equals => "`=`",
        Rule::differs => "`!=`",
        Rule::dots => "`..`",
        Rule::comma => "`,`",
        Rule::plus | Rule::joint => "`+`",
        Rule::bar => "`|`",
        Rule::mark => "a mark such as `[1]`",
        Rule::not_applicable => "`n/a`",
        Rule::letter | Rule::role_letter => "one of the letters R, A, C, I, S",
        Rule::verb | Rule::are => "a verb such as `owns`",
        Rule::within => "`in`",
        Rule::when => "`when`",
        Rule::because => "`because`",
        Rule::until => "`until`",
        Rule::never => "`never`",
        Rule::grows => "`grows`",
        Rule::footnote_item => "a text in quotes, or a party and its part",
        _ => return None,
    };
    Some(words.into())
}

#[cfg(test)]
mod tests {
    use super::{FieldKind, Rule, StatementKind, fields, is_reserved, keyword, starters};
    use crate::syntax::grammar;

    #[test]
    fn every_word_is_read_by_its_rule_and_known_by_it() {
        for word in starters() {
            assert!(is_reserved(word), "{word}");
        }
        for kind in StatementKind::ALL {
            let known = StatementKind::of_word(kind.info().word);
            assert_eq!(known.is_some(), kind != StatementKind::Claim, "{kind:?}");
        }
        for kind in FieldKind::ALL {
            assert_eq!(FieldKind::of_rule(kind.info().rule), Some(kind));
        }
        assert_eq!(fields().count(), FieldKind::ALL.len());
    }

    #[test]
    fn rules_of_keywords_are_named_after_them() {
        let mut keywords = 0;
        for &rule in Rule::all_rules() {
            if let Some(word) = keyword(rule) {
                keywords += 1;
                let read = grammar::read(rule, &word);
                assert!(read.is_ok_and(|read| read.as_str() == word), "{rule:?}");
            }
        }
        assert!(keywords > 40, "{keywords}");
    }
}
