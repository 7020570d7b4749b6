//! What people write by the habit of other languages, and what to write instead: quotes, `is`, `>=`, `!`,
//! `[a, b]`, `=` between a key and its value, `and` between parties, prose.
//!
//! In: the text of a statement, where it stopped, and what was expected there. Out: a line of help that
//! answers just that; none if nothing is known, because a wrong help is worse than none.

use super::ORDER;
use super::first_word;
use crate::syntax::grammar::Rule;
use crate::syntax::text::name_from;
use crate::syntax::vocabulary::FieldKind;

/// Where a statement stopped.
pub(super) struct Stop<'s> {
    /// The text before it, from the start of the statement or of the file.
    pub before: &'s str,
    /// The text from there on.
    pub rest: &'s str,
    /// What could have stood there.
    pub expected: &'s [Rule],
}

impl Stop<'_> {
    fn could_be(&self, rules: &[Rule]) -> bool {
        self.expected.iter().any(|rule| rules.contains(rule))
    }

    /// The last word before it.
    fn last_word(&self) -> &str {
        last_word(self.before)
    }

    /// The first word after it, without quotes and signs.
    fn next_word(&self) -> &str {
        first_word(
            self.rest
                .trim_start_matches(|c: char| !c.is_ascii_alphanumeric()),
        )
    }

    /// From there to the next blank or sign that ends a value.
    fn value(&self) -> &str {
        let end = self
            .rest
            .find(|c: char| c.is_whitespace() || matches!(c, ',' | ';' | '{' | '}' | '#'));
        &self.rest[..end.unwrap_or(self.rest.len())]
    }

    /// The text in quotes there, if any.
    fn quoted(&self) -> Option<&str> {
        let inner = self.rest.strip_prefix('"')?;
        inner.split(['"', '\n']).next()
    }
}

fn last_word(text: &str) -> &str {
    let text = text.trim_end();
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let start = text.rfind(|c| !is_name(c)).map_or(0, |at| {
        at + text[at..].chars().next().map_or(1, char::len_utf8)
    });
    &text[start..]
}

/// The help for what stands where something else was expected.
pub(super) fn instead(stop: &Stop<'_>) -> Option<String> {
    quotes(stop)
        .or_else(|| condition(stop))
        .or_else(|| list(stop))
        .or_else(|| clause(stop))
}

/// Texts in place of names, and values in place of texts.
fn quotes(stop: &Stop<'_>) -> Option<String> {
    let key = stop.last_word();
    if stop.rest.starts_with(['=', ':']) && !stop.rest.starts_with("==") {
        let takes_value = [
            Rule::text,
            Rule::name,
            Rule::date,
            Rule::new_name,
            Rule::open,
            Rule::footnote_item,
        ];
        let sign = &stop.rest[..1];
        return (stop.could_be(&takes_value)).then(|| no_sign(sign, key));
    }
    if let Some(text) = stop.quoted() {
        let name = name_from(text);
        if stop.could_be(&[Rule::new_name]) {
            return Some(format!(
                "the name comes first, without quotes, then the title: `{key} {name} \"{text}\"`"
            ));
        }
        if stop.could_be(&[Rule::value_ref]) {
            return Some(format!("write the value without quotes: `{name}`"));
        }
        if stop.could_be(&[Rule::date]) {
            return Some(format!("write the date without quotes: `{text}`"));
        }
        let names = [
            Rule::target,
            Rule::targets,
            Rule::excepted,
            Rule::party_ref,
            Rule::axis_ref,
            Rule::condition,
            Rule::test,
            Rule::framework_ref,
            Rule::name,
        ];
        return stop
            .could_be(&names)
            .then(|| format!("write the name without quotes, such as `{name}`"));
    }
    let value = stop.value();
    let unit = value.trim_start_matches(|c: char| c.is_ascii_digit());
    if stop.could_be(&[Rule::number]) && unit.len() < value.len() && !unit.is_empty() {
        let number = &value[..value.len() - unit.len()];
        return Some(format!(
            "write a blank between the number and its unit: `{number} {unit}`"
        ));
    }
    let is_value = value.starts_with(|c: char| c.is_alphanumeric());
    let only_text = stop.could_be(&[Rule::text]) && !stop.could_be(&[Rule::verb, Rule::open]);
    (is_value && only_text && !value.contains(['"', '|']))
        .then(|| format!("write it in quotes: `{key} \"{value}\"`"))
}

/// Comparisons of other languages.
fn condition(stop: &Stop<'_>) -> Option<String> {
    let (axis, value) = (stop.last_word(), stop.next_word());
    let rest = stop.rest;
    if rest.starts_with('!') && stop.could_be(&[Rule::condition, Rule::test, Rule::axis_ref]) {
        return Some(format!("write `not {value}`"));
    }
    if stop.could_be(&[Rule::dots]) {
        return Some(format!(
            "for one value write `= {axis}`, for several `in {{ {axis}, … }}`"
        ));
    }
    if rest.starts_with(['[', '(']) && stop.could_be(&[Rule::value_list, Rule::value_ref]) {
        let inner = rest[1..].split([']', ')', '\n']).next().unwrap_or("");
        return Some(format!(
            "write the values in braces: `{{ {} }}`",
            inner.trim()
        ));
    }
    None
}

/// Lists and what stands between their items.
fn list(stop: &Stop<'_>) -> Option<String> {
    let rest = stop.rest;
    let targets = [Rule::target, Rule::targets, Rule::excepted];
    if rest.starts_with('[') && stop.could_be(&targets) {
        let inner = rest[1..].split([']', '\n']).next().unwrap_or("");
        return Some(format!(
            "write the list without brackets: `{}`",
            inner.trim()
        ));
    }
    if stop.could_be(&[Rule::verb]) {
        let party = stop.last_word();
        return match first_word(rest) {
            "and" => Some(format!(
                "separate parties with commas: `{party}, {} share …`",
                first_word(rest["and".len()..].trim_start())
            )),
            _ if rest.starts_with(['&', '+', '/']) => Some(format!(
                "separate parties with commas: `{party}, {} share …`",
                stop.next_word()
            )),
            "owned" | "belongs" | "assigned" | "held" | "done" => {
                let mut words = rest.split_whitespace().skip(1);
                let who = words.find(|word| !matches!(*word, "by" | "to"));
                let who = who.map_or("party", first_word);
                Some(format!("the party comes first: `{who} owns {party}`"))
            }
            "responsible" | "accountable" | "consulted" | "informed" => {
                Some(format!("write `{party} is {} …`", first_word(rest)))
            }
            _ => None,
        };
    }
    None
}

/// Clauses in another order, or with other words.
fn clause(stop: &Stop<'_>) -> Option<String> {
    match first_word(stop.rest) {
        "until" | "because" | "when" | "except" if !stop.expected.is_empty() => Some(ORDER.into()),
        "if" | "where" => Some("a condition begins with `when`".into()),
        found if !found.is_empty() => {
            let words: Vec<&str> = stop
                .expected
                .iter()
                .filter_map(|rule| match rule {
                    Rule::kw_on => Some("on"),
                    Rule::kw_of => Some("of"),
                    Rule::kw_for => Some("for"),
                    Rule::kw_from => Some("from"),
                    Rule::kw_to => Some("to"),
                    Rule::kw_along => Some("along"),
                    Rule::kw_every => Some("every"),
                    _ => None,
                })
                .collect();
            match words.as_slice() {
                [only] => Some(format!("write `{} {only} …`", stop.last_word())),
                _ => None,
            }
        }
        _ => None,
    }
}

/// The help for text after a complete statement; `before` ends where the statement does.
pub(super) fn after(before: &str, rest: &str) -> Option<String> {
    // A blank that is none of ours may stand before it.
    let rest = rest.trim_start();
    let (axis, word) = (last_word(before), first_word(rest));
    let value_after = |skipped: usize| {
        first_word(rest[skipped..].trim_start_matches(|c: char| !c.is_ascii_alphanumeric()))
    };
    let in_condition = || in_condition(before);
    match word {
        "is" | "equals" | "eq" if in_condition() && tests_nothing(before, axis) => {
            let mut value = value_after(word.len());
            let is_negated = value == "not";
            if is_negated {
                value = value_after(rest.find("not").map_or(0, |at| at + "not".len()));
            }
            let sign = if is_negated { "!=" } else { "=" };
            if matches!(value, "null" | "set" | "empty" | "defined") {
                return Some(format!(
                    "an axis always has a value: write `{axis} {sign} …`"
                ));
            }
            return (!value.is_empty()).then(|| format!("write `{axis} {sign} {value}`"));
        }
        "if" | "where" => return Some("a condition begins with `when`".into()),
        "unless" => return Some("write `when not`".into()),
        "otherwise" => return Some("`otherwise` comes before the claim".into()),
        "xor" => return Some("write `a and not b or not a and b`".into()),
        "nor" => return Some("write `and not`".into()),
        "but" | "without" | "excluding" | "minus" => {
            return Some(format!("write `except {}`", value_after(word.len())));
        }
        _ if in_condition() => {
            if let Some(help) = comparison(before, axis, rest) {
                return Some(help);
            }
        }
        _ => {}
    }
    let first = rest.split_whitespace().next().unwrap_or("");
    if first.starts_with('"') && statement_word(before) == "meets" {
        return Some("separate the controls with commas".into());
    }
    if first.starts_with(')') {
        return Some("remove it, or write `(` where the group begins".into());
    }
    match first {
        "&&" => Some("write `and`".into()),
        "||" => Some("write `or`".into()),
        _ if first.starts_with(['=', ':']) => Some(no_sign(&first[..1], axis)),
        _ if first.starts_with(',') && in_condition() => {
            Some("remove the comma; for several values of an axis, write `in { a, b }`".into())
        }
        _ if first.starts_with(',') && FieldKind::of_word(value_after(1)).is_some() => {
            Some("write fields in a block behind the statement: `{ … }`".into())
        }
        _ => None,
    }
}

/// Comparisons of other languages behind the name of an axis, or what could be one.
fn comparison(before: &str, axis: &str, rest: &str) -> Option<String> {
    let first = rest.split_whitespace().next().unwrap_or("");
    let sign_end = first.find(|c: char| c.is_ascii_alphanumeric());
    let sign = &first[..sign_end.unwrap_or(first.len())];
    let rest_words =
        rest[sign.len()..].split(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-');
    let mut words = rest_words.filter(|word| !word.is_empty());
    let value = words.next().unwrap_or("value");
    match sign {
        "<>" | "≠" | "=/=" | "~=" | "!==" => return Some(format!("write `{axis} != {value}`")),
        "|" => return Some("write `or`".into()),
        "&" => return Some("write `and`".into()),
        ">=" | "≥" | "=>" => {
            return Some(range(axis, &format!("{value}..z"), "`z` is the last value"));
        }
        "<=" | "≤" | "=<" => {
            return Some(range(
                axis,
                &format!("a..{value}"),
                "`a` is the first value",
            ));
        }
        ">" => {
            let ends = format!("`a` is the value after `{value}` and `z` the last one");
            return Some(range(axis, "a..z", &ends));
        }
        "<" => {
            let ends = format!("`a` is the first value and `z` the one before `{value}`");
            return Some(range(axis, "a..z", &ends));
        }
        ".." | "..." | "…" => {
            return Some(format!("for a range of values write `in {axis}..{value}`"));
        }
        _ => {}
    }
    let in_small = axis.to_ascii_lowercase();
    match (in_small.as_str(), value) {
        ("not" | "and" | "or", _) if axis != in_small => {
            Some(format!("write `{in_small}` in small letters"))
        }
        ("either" | "both", _) => Some(format!("write the condition without `{axis}`")),
        (_, "NOT" | "AND" | "OR") => Some(format!(
            "write `{}` in small letters",
            value.to_ascii_lowercase()
        )),
        (_, "and" | "or") => Some(format!("write a condition after `{value}`")),
        (_, "not") if words.next() == Some("in") => Some(format!("write `not {axis} in {{ … }}`")),
        (_, "between") => {
            let mut ends = words.filter(|word| *word != "and");
            let (from, to) = (ends.next().unwrap_or("a"), ends.next().unwrap_or("z"));
            Some(format!("write `{axis} in {from}..{to}`"))
        }
        (_, "is" | "exists" | "isnull" | "defined") if tests_nothing(before, axis) => {
            Some(format!("an axis always has a value: write `{axis} = …`"))
        }
        (_, "like" | "matches" | "contains" | "has" | "includes") => Some(format!(
            "values are compared as a whole: write `{axis} = …` or `{axis} in {{ a, b }}`"
        )),
        _ => None,
    }
}

fn range(axis: &str, range: &str, ends: &str) -> String {
    format!("write a range of values, both ends included: `{axis} in {range}`, where {ends}")
}

fn no_sign(sign: &str, key: &str) -> String {
    if key.is_empty() {
        format!("write no `{sign}` here")
    } else {
        format!("write no `{sign}` after `{key}`")
    }
}

/// The first word of the line that a text ends with.
fn statement_word(before: &str) -> &str {
    let line = before.rsplit('\n').next().unwrap_or(before);
    first_word(line.rsplit('{').next().unwrap_or(line).trim_start())
}

/// Whether the line that a text ends with is in a condition.
pub(super) fn in_condition(before: &str) -> bool {
    let line = before.rsplit('\n').next().unwrap_or(before);
    line.split_whitespace().any(|word| word == "when")
}

/// Whether a name before the end of a text is not compared with anything yet.
fn tests_nothing(before: &str, name: &str) -> bool {
    let start = before.trim_end().len() - name.len();
    let earlier = before[..start].trim_end();
    earlier.ends_with('(') || matches!(last_word(earlier), "when" | "and" | "or" | "not")
}

/// What the first word of a statement means in other languages: what to write instead.
pub(super) fn first(word: &str) -> Option<&'static str> {
    Some(match word.to_ascii_lowercase().as_str() {
        "accept" | "ignore" | "waive" | "suppress" | "exempt" | "permit" | "tolerate" => "allow",
        "assert" | "require" | "must" | "expect" => "ensure",
        "import" | "include" | "load" => "use",
        "role" | "actor" | "team" | "person" | "stakeholder" => "party",
        "enum" | "dimension" => "axis",
        "flag" | "bool" | "boolean" => "option",
        "section" | "category" => "area",
        "matrix" => "model",
        "task" | "activity" | "responsibility" | "control" => "duty",
        "forbid" | "exclude" => "impossible",
        _ => return None,
    })
}
