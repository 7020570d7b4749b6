//! The filter form of the table, and the data that the script needs for filtering.

use serde_json::{Value, json};

use super::escape::escape;
use super::grid::{CellKind, Grid};
use crate::emit::json::{Content, Document, Region};
use crate::model::Role;

/// The form; the script shows it.
pub(super) fn form(document: &Document, grid: &Grid) -> String {
    let mut fields = vec![
        "<label class=\"search\">Search <input type=\"search\" name=\"q\" autocomplete=\"off\" placeholder=\"Titles, parts, notes\"></label>\n".to_owned(),
        select("party", "Party", "Any", &parties(document, grid)),
        select("role", "Role", "Any", &roles(document)),
        select("area", "Area", "All", &areas(&document.contents, 0)),
    ];
    for axis in &document.axes {
        let values: Vec<(String, String)> = axis
            .values
            .iter()
            .map(|value| (value.name.clone(), value.title.clone()))
            .collect();
        fields.push(select(
            &format!("at.{}", axis.name),
            &axis.title,
            "Any",
            &values,
        ));
    }
    format!(
        "<form id=\"filters\" aria-label=\"Filters\" hidden>\n<div class=\"fields\">\n{}</div>\n<div class=\"buttons\"><button type=\"button\" id=\"clear\">Clear filters</button> <button type=\"button\" id=\"open\" aria-pressed=\"false\">Open all details</button></div>\n</form>\n",
        fields.concat()
    )
}

/// A select box; empty if there is nothing to choose.
fn select(name: &str, title: &str, any: &str, options: &[(String, String)]) -> String {
    if options.is_empty() {
        return String::new();
    }
    let title = if title.trim().is_empty() {
        name.trim_start_matches("at.")
    } else {
        title
    };
    let shown = |(value, title): &(String, String)| {
        if title.trim().is_empty() {
            value.clone()
        } else {
            title.clone()
        }
    };
    let options: String = options
        .iter()
        .map(|it| {
            format!(
                "<option value=\"{}\">{}</option>",
                escape(&it.0),
                escape(&shown(it))
            )
        })
        .collect();
    format!(
        "<label>{} <select name=\"{}\"><option value=\"\">{any}</option>{options}</select></label>\n",
        escape(title),
        escape(name)
    )
}

fn parties(document: &Document, grid: &Grid) -> Vec<(String, String)> {
    let mut all: Vec<(String, String)> = document
        .parties
        .iter()
        .map(|party| (party.name.clone(), party.title.clone()))
        .collect();
    let cells = || {
        grid.groups
            .iter()
            .flat_map(|group| &group.lines)
            .flat_map(|line| line.cells.iter().flatten())
    };
    for (kind, key, title) in [
        (CellKind::Shared, "!shared", "(shared or split)"),
        (CellKind::NotApplicable, "!none", "(nobody: not applicable)"),
        (CellKind::Gap, "!gap", "(nobody: accepted gap)"),
    ] {
        all.extend(
            cells()
                .any(|cell| cell.kind == kind)
                .then(|| (key.to_owned(), title.to_owned())),
        );
    }
    all.extend(cells().any(|cell| cell.otherwise).then(|| {
        (
            "!otherwise".to_owned(),
            "(only by the catch-all)".to_owned(),
        )
    }));
    all
}

fn roles(document: &Document) -> Vec<(String, String)> {
    let used = used_roles(&document.contents);
    let roles = Role::ALL.into_iter().filter(|role| used.contains(role));
    roles
        .map(|role| (role.letter().to_string(), role.word().to_owned()))
        .collect()
}

fn used_roles(contents: &[Content]) -> Vec<Role> {
    let mut used = Vec::new();
    for content in contents {
        match content {
            Content::Area(area) => used.extend(used_roles(&area.contents)),
            Content::Duty(duty) => used.extend(
                duty.holdings
                    .iter()
                    .flat_map(|held| &held.holders)
                    .map(|holder| holder.role),
            ),
        }
    }
    used
}

/// Areas as a tree; deeper ones are indented more.
fn areas(contents: &[Content], depth: usize) -> Vec<(String, String)> {
    let mut all = Vec::new();
    for content in contents {
        if let Content::Area(area) = content {
            all.push((
                area.path.clone(),
                format!("{}{}", "– ".repeat(depth), area.title),
            ));
            all.extend(areas(&area.contents, depth + 1));
        }
    }
    all
}

/// The data for the script: the axes, the possible situations, and those of each cell.
pub(super) fn data(document: &Document, grid: &Grid, possible: &[Region]) -> Value {
    let axes: Vec<&str> = document
        .axes
        .iter()
        .map(|axis| axis.name.as_str())
        .collect();
    let members = document
        .parties
        .iter()
        .filter(|party| !party.members.is_empty());
    let members: serde_json::Map<String, Value> = members
        .map(|party| (party.name.clone(), json!(party.members)))
        .collect();
    let lines = grid.groups.iter().flat_map(|group| &group.lines);
    let lines: Vec<Vec<Option<&Vec<Region>>>> = lines
        .map(|line| {
            line.cells
                .iter()
                .map(|cell| cell.as_ref().map(|cell| &cell.boxes))
                .collect()
        })
        .collect();
    json!({
        "axes": axes,
        "across": grid.across.map(|axis| &axis.name),
        "possible": possible,
        "members": members,
        "lines": lines,
    })
}
