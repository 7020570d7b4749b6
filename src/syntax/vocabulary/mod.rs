//! The keywords of the language: a table of statements, a table of fields, and the meaning of all
//! other words.
//!
//! A new statement or field is a value of [`StatementKind`] or [`FieldKind`]; the compiler then
//! lists every place that must handle it. Always: what a word is, where it is allowed, what follows
//! it and its help text are defined only here.

mod fields;
mod statements;

use super::grammar::Rule;

pub use fields::{FieldInfo, FieldKind};
pub use statements::{Home, StatementInfo, StatementKind};

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

/// Whether a word begins a field. No party may have such a name, or its parts would be read as
/// fields.
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

/// Whether a word begins a declaration, which is not a claim.
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

/// The keywords of composition, which this version does not support.
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

/// Words that continue a statement.
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
        "supports" => "helps, without being responsible or accountable",
        "responsible" => "does it",
        "accountable" => "answers for it",
        "consulted" => "is asked before or while it is done",
        "informed" => "is kept informed",
        "nobody" => "no party holds the duty, because it does not apply",
        "otherwise" => "assigns a duty only where no other claim assigns it",
        "all" => "every duty of the model",
        "except" => "the duties that a list excludes",
        "when" => "the situations that a statement applies to",
        "because" => "the reason for a statement",
        "until" => "the last day on which a statement applies",
        "never" => "neither responsible nor accountable, not even in a share",
        "grows" => "a party that is responsible at one value stays responsible at the next",
        _ => return None,
    })
}

/// The keyword that a rule reads, where it reads one. Such rules are named after their word.
#[must_use]
pub fn keyword(rule: Rule) -> Option<String> {
    let name = format!("{rule:?}");
    name.strip_prefix("kw_").map(str::to_owned)
}

/// The text for "expected …" when a rule was possible; `None` if naming it would not help.
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
