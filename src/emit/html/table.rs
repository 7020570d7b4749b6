//! The table, and the details that can be opened below each of its lines.

use super::escape::escape;
use super::grid::{Cell, CellKind, Grid, Group, Line};
use super::notes::{found, of_block, of_holding, places, terms, title};
use crate::emit::json::{Document, Duty, Held};
use crate::model::{Role, Roles};

/// The whole table.
pub(super) fn table(document: &Document, grid: &Grid) -> String {
    let corner = grid.across.map_or("Duty".into(), |axis| {
        format!("Duty / {}", escape(&axis.title))
    });
    let column = |(value, title): &(Option<&str>, &str)| {
        let value = value.map_or(String::new(), |value| {
            format!(" data-value=\"{}\"", escape(value))
        });
        format!("<th scope=\"col\"{value}>{}</th>", escape(title))
    };
    let columns: String = grid.columns.iter().map(column).collect();
    let mut number = 0;
    let groups: String = grid
        .groups
        .iter()
        .map(|group| body(document, grid, group, &mut number))
        .collect();
    format!(
        "<table id=\"table\">\n<caption><span class=\"stay\">{}: who holds which duty</span></caption>\n<thead><tr><th scope=\"col\" class=\"first\">{corner}</th>{columns}</tr></thead>\n{groups}</table>\n",
        escape(&document.title)
    )
}

fn body(document: &Document, grid: &Grid, group: &Group, number: &mut usize) -> String {
    let mut rows = String::new();
    if let Some(title) = &group.title {
        let said = group.area.map_or(String::new(), |area| {
            terms(&of_block(document, &area.notes))
        });
        let said = if said.is_empty() {
            said
        } else {
            format!("<details><summary>About this area</summary>{said}</details>")
        };
        let span = grid.columns.len() + 1;
        rows.push_str(&format!(
            "<tr class=\"area\"><th scope=\"rowgroup\" colspan=\"{span}\"><div class=\"stay\">{}{said}</div></th></tr>\n",
            found(title)
        ));
    }
    for line in &group.lines {
        let area = group.area.map_or("", |area| area.path.as_str());
        rows.push_str(&row(document, line, area, *number));
        rows.push_str(&more(document, grid, line));
        *number += 1;
    }
    format!("<tbody>\n{rows}</tbody>\n")
}

fn row(document: &Document, line: &Line, area: &str, number: usize) -> String {
    let when = line.when.as_ref().map_or(String::new(), |when| {
        format!("<span class=\"when\">{}</span>", escape(when))
    });
    let cells: String = line
        .cells
        .iter()
        .map(|cell| {
            cell.as_ref()
                .map_or(EMPTY.to_owned(), |cell| self::cell(document, cell))
        })
        .collect();
    let (path, area) = (escape(&line.duty.path), escape(area));
    format!(
        "<tr class=\"line\" data-line=\"{number}\" data-duty=\"{path}\" data-area=\"{area}\"><th scope=\"row\">{}{when}</th>{cells}</tr>\n",
        found(name(line.duty))
    )
}

const EMPTY: &str = "<td class=\"empty\"><span aria-hidden=\"true\">—</span><span class=\"hidden\">no such duty or situation</span></td>";

/// The title, or the path if the title is empty or invisible.
fn name(duty: &Duty) -> &str {
    if duty.title.trim().is_empty() {
        &duty.path
    } else {
        &duty.title
    }
}

fn cell(document: &Document, cell: &Cell) -> String {
    let also = also(document, cell.held);
    let mark = |text: &str| format!("<span class=\"mark\">{text}</span>");
    let otherwise = if cell.otherwise {
        mark("catch-all")
    } else {
        String::new()
    };
    let gap = if cell.kind == CellKind::Gap {
        mark("accepted gap")
    } else {
        String::new()
    };
    format!(
        "<td class=\"{}\" data-who=\"{}\"><span class=\"who\">{}</span>{also}{gap}{otherwise}</td>",
        cell.kind.class(),
        escape(&keys(cell)),
        escape(&cell.who)
    )
}

/// The keys that the filters match: `party:letters`, and special signs for cells without a single
/// party.
fn keys(cell: &Cell) -> String {
    let mut keys: Vec<String> = Vec::new();
    for holder in &cell.held.holders {
        keys.push(format!(
            "{}:{}{}",
            holder.party,
            holder.role.letter(),
            if holder.joint { "+" } else { "" }
        ));
    }
    match cell.kind {
        CellKind::Shared => keys.push("!shared".into()),
        CellKind::NotApplicable => keys.push("!none".into()),
        CellKind::Gap => keys.push("!gap".into()),
        CellKind::Party(_) | CellKind::Depends => {}
    }
    keys.extend(cell.otherwise.then(|| "!otherwise".into()));
    keys.join(" ")
}

/// The parties that are consulted or informed, or that support.
fn also(document: &Document, held: &Held) -> String {
    let mut roles: Vec<Role> = held
        .holders
        .iter()
        .map(|holder| holder.role)
        .filter(|&role| !Roles::only(role).owning())
        .collect();
    roles.sort_unstable();
    roles.dedup();
    let of_role = |role: Role| {
        let holders = held.holders.iter().filter(|holder| holder.role == role);
        let parties: Vec<String> = holders
            .map(|holder| escape(title(document, &holder.party)))
            .collect();
        format!(
            "<span class=\"also\">{}: {}</span>",
            role.word(),
            parties.join(", ")
        )
    };
    roles.into_iter().map(of_role).collect()
}

fn more(document: &Document, grid: &Grid, line: &Line) -> String {
    let duty = line.duty;
    let mut about = of_block(document, &duty.notes);
    let accepted = document
        .accepted
        .iter()
        .filter(|it| it.duty.as_ref() == Some(&duty.path));
    about.extend(accepted.map(|it| {
        (
            "Accepted".to_owned(),
            format!(
                "{} {}; accepted{}: {}",
                escape(&it.code),
                escape(&it.message),
                it.until
                    .iter()
                    .map(|day| format!(" until {day}"))
                    .collect::<String>(),
                escape(&it.reason)
            ),
        )
    }));
    about.push(("Declared".into(), places(std::slice::from_ref(&duty.at))));
    let mut groups: Vec<(Vec<usize>, &Cell)> = Vec::new();
    for (column, cell) in line.cells.iter().enumerate() {
        let Some(cell) = cell else { continue };
        let same = |(_, known): &&mut (Vec<usize>, &Cell)| {
            std::ptr::eq(known.held, cell.held) && places(&known.at) == places(&cell.at)
        };
        match groups.iter_mut().find(same) {
            Some((columns, _)) => columns.push(column),
            None => groups.push((vec![column], cell)),
        }
    }
    let groups: String = groups
        .iter()
        .map(|(columns, cell)| group(document, grid, line, columns, cell))
        .collect();
    let mut marks = String::new();
    if document
        .accepted
        .iter()
        .any(|it| it.duty.as_ref() == Some(&duty.path))
    {
        marks.push_str("<span class=\"mark\">accepted finding</span>");
    }
    let when = line
        .when
        .as_ref()
        .map_or(String::new(), |when| format!(", {}", escape(when)));
    format!(
        "<tr class=\"more\"><td colspan=\"{}\"><details class=\"stay\"><summary><span class=\"hidden\">Details of {}{when}: </span>{}{marks}</summary>\n<div class=\"told\">\n{}{groups}</div></details></td></tr>\n",
        grid.columns.len() + 1,
        escape(name(duty)),
        // A long path may break after a dot.
        found(&duty.path).replace('.', ".<wbr>"),
        terms(&about),
    )
}

fn group(document: &Document, grid: &Grid, line: &Line, columns: &[usize], cell: &Cell) -> String {
    let heading = if columns.len() == grid.columns.len() {
        escape(line.when.as_deref().unwrap_or("Always"))
    } else {
        columns
            .iter()
            .map(|&column| escape(grid.columns[column].1))
            .collect::<Vec<_>>()
            .join(", ")
    };
    let numbers: Vec<String> = columns.iter().map(ToString::to_string).collect();
    let mut said = of_holding(document, cell.held);
    if cell.otherwise {
        said.push((
            "Catch-all".into(),
            "Only the catch-all rule (<code>otherwise</code>) gives it to somebody.".into(),
        ));
    }
    said.push(("Said at".into(), places(&cell.at)));
    format!(
        "<div class=\"of\" data-columns=\"{}\"><p class=\"columns\">{heading}</p>\n{}</div>\n",
        numbers.join(" "),
        terms(&said)
    )
}
