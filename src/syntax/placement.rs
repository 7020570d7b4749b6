//! Which statements and fields are allowed where.

use super::ast::Item;
use super::grammar::Rule;
use super::vocabulary::{FieldKind, Home, StatementKind};
use crate::diagnostic::suggest::nearest;

/// Whether a statement must begin a line, or follow a `{`; fields, parts and footnotes need not.
pub(super) fn needs_line(rule: Rule) -> bool {
    matches!(rule, Rule::claim | Rule::quick | Rule::filling | Rule::row)
        || StatementKind::of_rule(rule).is_some()
}

/// The kind of place that an enclosing statement offers; `None` if its block takes no statements.
pub(super) fn home(around: Option<&Item<'_>>) -> Option<Home> {
    match around {
        None => Some(Home::File),
        Some(Item::Model(_)) => Some(Home::Model),
        Some(Item::Area(_)) => Some(Home::Area),
        Some(_) => None,
    }
}

/// Why a statement is not allowed in a block: message and help.
pub(super) fn misplaced(item: &Item<'_>, home: Option<Home>) -> Option<(String, &'static str)> {
    // Broken statements are accepted anywhere.
    let Some(kind) = item.kind() else {
        return home.is_none().then(|| (String::new(), ""));
    };
    let info = kind.info();
    if home.is_some_and(|home| info.homes.contains(&home)) {
        return None;
    }
    let named = if kind == StatementKind::Claim {
        info.word.to_owned()
    } else {
        format!("`{}`", info.word)
    };
    Some((format!("{named} cannot be used here"), info.help))
}

/// Why a party and a text are no part in a block: message and help.
pub(super) fn misplaced_part(
    around: Option<&Item<'_>>,
    name: &str,
    text: &str,
) -> (String, String) {
    let (message, help) = match around {
        Some(Item::Axis(_)) => (
            "an option has no list of values: it is always no or yes".to_owned(),
            "to list values, write `axis` instead of `option`",
        ),
        Some(Item::Ensure(_) | Item::Separate(_) | Item::Allow(_)) => (
            "only a `share` can have parts".to_owned(),
            "to say more, add `note \"…\"`",
        ),
        _ => return text_after_word(around, name, text),
    };
    (message, help.to_owned())
}

/// A word and a text that are no field: a field whose value takes no quotes, a misspelt one, or a part.
fn text_after_word(around: Option<&Item<'_>>, name: &str, text: &str) -> (String, String) {
    let plain = match name {
        "effective" | "reviewed" | "until" => Some("a date without quotes"),
        "kind" | "status" | "joins" => Some("a name without quotes"),
        "review" => Some("an interval without quotes, such as `review every 12 months`"),
        "meets" => {
            let help = format!("name the framework first: `meets framework \"{text}\"`");
            return (
                "expected a framework after `meets`, found a text".into(),
                help,
            );
        }
        "meta" => {
            return (
                "expected two texts after `meta`, found one".into(),
                "write the key and its value: `meta \"key\" \"value\"`".into(),
            );
        }
        "like" | "matches" | "contains" | "between" => {
            return (
                format!("`{name}` is no comparison"),
                "values are compared as a whole: write `axis = value` or `axis in { a, b }`".into(),
            );
        }
        "when" | "except" | "not" | "and" | "or" => Some(if name == "except" {
            "a name without quotes"
        } else {
            "a condition"
        }),
        _ => None,
    };
    if let Some(what) = plain {
        let message = format!("expected {what} after `{name}`, found a text");
        return (message, format!("write `{name} {text}`"));
    }
    let owner = around.and_then(Item::kind);
    let fitting = FieldKind::ALL.into_iter();
    let fitting = fitting.filter(|field| owner.is_some_and(|owner| field.fits(owner)));
    let message = format!("`{name}` is no field, and no verb follows it");
    let near = nearest(name, fitting.map(|field| field.info().word));
    let help = match (near, around) {
        (Some(near), _) => near.help(),
        (None, Some(_)) => format!(
            "for a remark write `note \"…\"`, for a key of your own `meta \"{name}\" \"…\"`; what a party does stands in the block of its `share`"
        ),
        (None, None) => "write a declaration such as `party`, or open a `model`".to_owned(),
    };
    (message, help)
}

/// Whose block a field belongs to, in words.
pub(super) fn owner_of(field: FieldKind) -> &'static str {
    field
        .info()
        .home
        .map_or("any statement", |kind| kind.info().owner)
}
