//! Which statements and fields are allowed where.

use super::ast::Item;
use super::grammar::Rule;
use super::vocabulary::{FieldKind, Home, StatementKind};

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
pub(super) fn misplaced_part(around: Option<&Item<'_>>, name: &str) -> (String, &'static str) {
    match around {
        Some(Item::Axis(_)) => (
            "an option has no list of values: it is always no or yes".to_owned(),
            "to list values, write `axis` instead of `option`",
        ),
        Some(Item::Ensure(_) | Item::Separate(_) | Item::Allow(_)) => (
            "only a `share` can have parts".to_owned(),
            "to say more, add `note \"…\"`",
        ),
        _ => (
            format!("expected a verb after `{name}`, found a text"),
            "a party and its part belong in the block of a `share`; for your own key and value, write `meta \"key\" \"value\"`",
        ),
    }
}

/// Whose block a field belongs to, in words.
pub(super) fn owner_of(field: FieldKind) -> &'static str {
    field
        .info()
        .home
        .map_or("any statement", |kind| kind.info().owner)
}
