//! Which statements and fields may stand where.

use super::ast::Item;
use super::build::Frame;
use super::grammar::Rule;

/// Whether a statement must begin a line, or follow a `{`; fields, parts and footnotes need not.
pub fn needs_line(rule: Rule) -> bool {
    matches!(
        rule,
        Rule::use_file
            | Rule::party
            | Rule::axis
            | Rule::option
            | Rule::framework
            | Rule::model
            | Rule::area
            | Rule::duty
            | Rule::table
            | Rule::raci
            | Rule::impossible
            | Rule::ensure
            | Rule::separate
            | Rule::allow
            | Rule::claim
            | Rule::quick
            | Rule::filling
            | Rule::row
    )
}

/// Which statements a field belongs to.
pub fn homes(word: &str) -> &'static [&'static str] {
    match word {
        "kind" | "aka" | "joins" => &["a party"],
        "catalog" | "ids" => &["a framework"],
        "version" | "status" | "effective" | "reviewed" | "review" => &["a model"],
        _ => &["any statement"],
    }
}

/// Why a statement cannot stand in a block: message and what to do.
pub fn misplaced(item: &Item<'_>, frame: Option<&Frame<'_>>) -> Option<(String, &'static str)> {
    let (word, file, model, area, help) = match item {
        Item::Use(_) => ("use", true, false, false, "put it at the top of the file"),
        Item::Model(_) => ("model", true, false, false, "models do not nest"),
        Item::Party(_) => (
            "party",
            true,
            true,
            false,
            "put it at the top of the file or into a model",
        ),
        Item::Axis(axis) if axis.values.is_none() => (
            "option",
            true,
            true,
            false,
            "put it at the top of the file or into a model",
        ),
        Item::Axis(_) => (
            "axis",
            true,
            true,
            false,
            "put it at the top of the file or into a model",
        ),
        Item::Framework(_) => (
            "framework",
            true,
            true,
            false,
            "put it at the top of the file or into a model",
        ),
        Item::Impossible(_) => ("impossible", false, true, false, "put it into a model"),
        Item::Area(_) => ("area", false, true, true, "put it into a model or an area"),
        Item::Duty(_) => ("duty", false, true, true, "put it into a model or an area"),
        Item::Claim(_) => (
            "a claim",
            false,
            true,
            true,
            "put it into a model or an area",
        ),
        Item::Table(table) if table.axis.is_none() => {
            ("raci", false, true, true, "put it into a model or an area")
        }
        Item::Table(_) => ("table", false, true, true, "put it into a model or an area"),
        Item::Ensure(_) => (
            "ensure",
            false,
            true,
            true,
            "put it into a model or an area",
        ),
        Item::Separate(_) => (
            "separate",
            false,
            true,
            true,
            "put it into a model or an area",
        ),
        Item::Allow(_) => ("allow", false, true, true, "put it into a model or an area"),
        Item::Broken(_) => ("", true, true, true, ""),
    };
    let fits = match frame {
        None => file,
        Some(Frame::Kept(Item::Model(_), _)) => model,
        Some(Frame::Kept(Item::Area(_), _)) => area,
        Some(_) => false,
    };
    (!fits).then(|| {
        let named = if word.contains(' ') {
            word.to_owned()
        } else {
            format!("`{word}`")
        };
        (format!("{named} cannot stand here"), help)
    })
}
