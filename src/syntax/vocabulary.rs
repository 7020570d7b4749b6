//! The grammar in a person's words: what a rule stands for when a message says it was expected.

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

/// The words that begin a field; no party may bear one, or its parts would read as fields.
pub const FIELDS: &[&str] = &[
    "source",
    "note",
    "evidence",
    "cadence",
    "meets",
    "meta",
    "kind",
    "aka",
    "joins",
    "catalog",
    "ids",
    "version",
    "status",
    "effective",
    "reviewed",
    "review",
];

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
    Some(match word {
        "use" => "makes the top-level names of another file visible here",
        "as" => "puts a prefix before the names of a used file",
        "party" => "somebody who can hold a responsibility",
        "axis" => "a finite, ordered set of values that the split may depend on",
        "option" => "an axis of two values, no and yes",
        "framework" => "a catalog of controls that duties can meet",
        "model" => "a matrix: its duties and who holds them",
        "area" => "a group of duties",
        "duty" => "one responsibility; its identity is its path",
        "table" => "rows are duties, columns the values of an axis, cells the parties",
        "raci" => "rows are duties, columns parties, cells letters",
        "impossible" => "situations that cannot be",
        "ensure" => "must hold wherever the duty exists; claims nothing itself",
        "separate" => "no party may be responsible for both in one situation",
        "allow" => "accepts a gap, an overlap or a warning, with a reason",
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
        "kind" => "`provider`, `customer`, `third_party` or `team`",
        "aka" => "other names that people use",
        "joins" => "the members of a joint group",
        "catalog" => "an OSCAL catalog of controls",
        "ids" => "the ids of controls themselves",
        "source" => "where a statement comes from: a description, perhaps an address",
        "note" => "a free remark",
        "evidence" => "what shows that the duty is done",
        "cadence" => "how often it is done",
        "meets" => "controls of a framework that it meets",
        "meta" => "a key and a value of your own",
        "version" => "the version of the model",
        "status" => "`draft`, `preview` or `final`",
        "effective" => "the day from which the model holds",
        "reviewed" => "the day of the last review",
        "review" => "how often the model is to be reviewed: `review every 12 months`",
        _ => return None,
    })
}

/// The rule that reads statements beginning with a word.
#[must_use]
pub fn statement(word: &str) -> Option<Rule> {
    Some(match word {
        "use" => Rule::use_file,
        "party" => Rule::party,
        "axis" => Rule::axis,
        "option" => Rule::option,
        "framework" => Rule::framework,
        "model" => Rule::model,
        "area" => Rule::area,
        "duty" => Rule::duty,
        "table" => Rule::table,
        "raci" => Rule::raci,
        "impossible" => Rule::impossible,
        "ensure" => Rule::ensure,
        "separate" => Rule::separate,
        "allow" => Rule::allow,
        "source" => Rule::source,
        "note" => Rule::note,
        "evidence" => Rule::evidence,
        "cadence" => Rule::cadence,
        "meets" => Rule::meets,
        "meta" => Rule::meta,
        "kind" => Rule::kind,
        "aka" => Rule::aka,
        "joins" => Rule::joins,
        "catalog" => Rule::catalog,
        "ids" => Rule::ids,
        "version" => Rule::version,
        "status" => Rule::status,
        "effective" => Rule::effective,
        "reviewed" => Rule::reviewed,
        "review" => Rule::review,
        _ => return None,
    })
}

/// The words of declarations that claim nothing.
pub const DECLARING: &[&str] = &[
    "use",
    "party",
    "axis",
    "option",
    "framework",
    "model",
    "area",
    "duty",
];

/// Every word that may begin a statement.
pub const STARTERS: &[&str] = &[
    "use",
    "party",
    "axis",
    "option",
    "framework",
    "model",
    "area",
    "duty",
    "table",
    "raci",
    "impossible",
    "ensure",
    "separate",
    "allow",
    "nobody",
    "otherwise",
];

/// The keyword itself, where a rule is one.
#[must_use]
pub fn keyword(rule: Rule) -> Option<&'static str> {
    Some(match rule {
        Rule::kw_use => "use",
        Rule::kw_as => "as",
        Rule::kw_party => "party",
        Rule::kw_axis => "axis",
        Rule::kw_option => "option",
        Rule::kw_framework => "framework",
        Rule::kw_model => "model",
        Rule::kw_area => "area",
        Rule::kw_duty => "duty",
        Rule::kw_table => "table",
        Rule::kw_by => "by",
        Rule::kw_raci => "raci",
        Rule::kw_impossible => "impossible",
        Rule::kw_ensure => "ensure",
        Rule::kw_never => "never",
        Rule::kw_grows => "grows",
        Rule::kw_along => "along",
        Rule::kw_from => "from",
        Rule::kw_to => "to",
        Rule::kw_separate => "separate",
        Rule::kw_allow => "allow",
        Rule::kw_on => "on",
        Rule::kw_otherwise => "otherwise",
        Rule::kw_owns => "owns",
        Rule::kw_responsible => "responsible",
        Rule::kw_accountable => "accountable",
        Rule::kw_consulted => "consulted",
        Rule::kw_informed => "informed",
        Rule::kw_for => "for",
        Rule::kw_of => "of",
        Rule::kw_source => "source",
        Rule::kw_note => "note",
        Rule::kw_evidence => "evidence",
        Rule::kw_cadence => "cadence",
        Rule::kw_meets => "meets",
        Rule::kw_meta => "meta",
        Rule::kw_kind => "kind",
        Rule::kw_aka => "aka",
        Rule::kw_joins => "joins",
        Rule::kw_catalog => "catalog",
        Rule::kw_ids => "ids",
        Rule::kw_version => "version",
        Rule::kw_status => "status",
        Rule::kw_effective => "effective",
        Rule::kw_reviewed => "reviewed",
        Rule::kw_review => "review",
        Rule::kw_every => "every",
        _ => return None,
    })
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
