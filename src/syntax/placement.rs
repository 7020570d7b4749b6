//! Which statements and fields are allowed where.

use super::ast::Item;
use super::grammar::Rule;
use super::vocabulary::{FieldKind, Home, StatementKind};

/// Whether a statement must begin a line, or follow a `{`; fields, parts and footnotes need not.
pub(super) fn needs_line(rule: Rule) -> bool {
    let is_statement = |kind: StatementKind| kind.info().rule == rule;
    matches!(rule, Rule::claim | Rule::quick | Rule::filling | Rule::row)
        || StatementKind::ALL.into_iter().any(is_statement)
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

/// Whose block a field belongs to, in words.
pub(super) fn owner_of(field: FieldKind) -> &'static str {
    field
        .info()
        .home
        .map_or("any statement", |kind| kind.info().owner)
}
