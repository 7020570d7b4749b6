//! What is wrong with the headings, names and cells of a table, and what was meant: tables are pasted
//! from pages that spell things their own way.
//!
//! In: a table as it is written, and the parties of its model. Out: a finding for each heading, name and
//! cell that needs an edit, all in one round. Always: a correction that is sure only respells what
//! stands there.

use rustc_hash::FxHashMap;

use super::letters::{bad_letters, is_letters, role_of};
use super::reader::ModelReader;
use super::symbols::SymbolKind;
use super::wording;
use crate::diagnostic::{Code, Correction, Diagnostic, blank_name};
use crate::model::PartyId;
use crate::source::Span;
use crate::syntax::ast::{Cell, Content, Path, Row, Table};
use crate::syntax::{is_heading, name_from};

/// What stands in a place, and where.
pub(super) type Place<'t> = (&'t str, Span);

/// Reports everything in a table that cannot be read, or names no party in a cell. Returns the columns
/// whose headings can be names; `None` if the grid is of another kind.
pub(super) fn report<'s>(
    reader: &mut ModelReader<'_, 's>,
    table: &Table<'s>,
) -> Option<Vec<Path<'s>>> {
    if table.axis.is_none() && has_roles_across(reader, table) {
        let first = table.columns.first().map(|column| column.span);
        let last = table.columns.last().map(|column| column.span);
        let heading = first
            .zip(last)
            .map_or(table.head, |(first, last)| first.to(last));
        let message = "this grid has roles across; a `raci` has parties across";
        let fault = Diagnostic::new(Code::BadCell, heading, message, "");
        reader.faults.push(fault.help(
            "give each party a column, and write the letters of its roles (R, A, C, I, S) into the cells",
        ));
        return None;
    }
    let mut readable = Vec::new();
    let (mut earlier, mut unreadable) = (FxHashMap::default(), 0);
    for column in &table.columns {
        if !is_heading(column.node) {
            unreadable += 1;
            if unreadable > MAX_HEADINGS {
                continue;
            }
        }
        let first = *earlier.entry(column.node).or_insert(column.span);
        if first != column.span {
            let message = format!("the column `{}` appears twice", column.node);
            let fault = Diagnostic::new(Code::Duplicate, column.span, message, "again here");
            reader.faults.push(fault.and(first, "first here"));
        } else if is_heading(column.node) {
            readable.push(column.clone());
        } else {
            let fault = bad_heading(reader, table, column);
            reader.faults.push(fault);
        }
    }
    if let (Some(more), Some(last)) = (
        unreadable.checked_sub(MAX_HEADINGS + 1),
        table.columns.last(),
    ) {
        let message = format!("{} more headings cannot be read", more + 1);
        reader
            .faults
            .push(Diagnostic::new(Code::BadCell, last.span, message, ""));
    }
    for row in &table.unnamed {
        let fault = no_row(reader, table, row).unwrap_or_else(|| bad_name(row));
        reader.faults.push(fault);
    }
    let unnamed = table.unnamed.iter();
    let unnamed: Vec<&Row<'_>> = unnamed
        .filter(|row| no_row(reader, table, row).is_none())
        .collect();
    for row in table.rows.iter().chain(unnamed) {
        for (at, cell) in row.cells.iter().enumerate() {
            report_cell(reader, table, row, (at, cell));
        }
    }
    Some(readable)
}

/// The most headings of one table that are told to be unreadable.
const MAX_HEADINGS: usize = 100;

/// Whether the columns of a `raci` are roles, and no party has such a name.
fn has_roles_across(reader: &ModelReader<'_, '_>, table: &Table<'_>) -> bool {
    let is_role = |column: &Path<'_>| {
        let role = role_of(column.node).is_some() || is_letters(column.node);
        role && !reader.names.parties.contains_key(column.node)
    };
    table.columns.len() > 1 && table.columns.iter().all(is_role)
}

/// A text without emphasis, in lower case, with single blanks.
pub(super) fn bare(text: &str) -> String {
    let words = text.split_whitespace();
    let joined = words.collect::<Vec<_>>().join(" ");
    joined.trim_matches(['*', '_', '`', ' ']).to_lowercase()
}

/// The only party that has this name, title or other name, whatever the case of letters.
pub(super) fn party_called<'r>(reader: &'r ModelReader<'_, '_>, text: &str) -> Option<&'r str> {
    let called = reader.called.get_or_init(|| called(reader));
    called.get(&bare(text))?.as_deref()
}

/// The parties by names, titles and other names, as [`bare`] writes them; none where two have one.
pub(super) type Called = FxHashMap<String, Option<String>>;

fn called(reader: &ModelReader<'_, '_>) -> Called {
    let mut parties: Vec<(&String, PartyId)> = reader
        .names
        .parties
        .iter()
        .map(|(name, id)| (name, *id))
        .collect();
    // Of two names of one party, the shorter is written.
    parties.sort_by_key(|(name, _)| (name.len(), *name));
    let mut owners: FxHashMap<String, PartyId> = FxHashMap::default();
    let mut called = Called::default();
    for (name, id) in parties {
        let party = reader.model.party(id);
        for known in party.aka.iter().chain([name, &party.decl.title]) {
            let known = bare(known);
            let owner = *owners.entry(known.clone()).or_insert(id);
            let written = called.entry(known).or_insert_with(|| Some(name.clone()));
            if owner != id {
                *written = None;
            }
        }
    }
    called
}

/// A correction of the whole text of a cell or heading.
pub(super) fn sure(text: impl Into<String>) -> Correction {
    Correction {
        text: text.into(),
        sure: true,
    }
}

fn bad_heading(reader: &ModelReader<'_, '_>, table: &Table<'_>, column: &Path<'_>) -> Diagnostic {
    let of_axis = table.axis.is_some();
    let what = if of_axis {
        "a value of the axis"
    } else {
        "a party"
    };
    let message = format!("expected {what} in this heading, found `{}`", column.node);
    let fault = Diagnostic::new(Code::BadCell, column.span, message, "");
    let party = party_called(reader, column.node).filter(|_| !of_axis);
    match party {
        Some(name) => fault
            .help(format!("did you mean `{name}`?"))
            .correctable(Some(sure(name))),
        None if column.node.contains([',', '/', '&', '+']) || column.node.contains("..") => fault
            .help(format!(
                "give each {} a column of its own",
                &what["a ".len()..]
            )),
        None => fault.help(format!("write the name of {what}, not its title")),
    }
}

/// What pages put between rows and is none: their heading again, or a line of signs.
fn no_row(reader: &ModelReader<'_, '_>, table: &Table<'_>, row: &Row<'_>) -> Option<Diagnostic> {
    let file = reader.scope.sources.text(row.span.file);
    let texts = || {
        let cells = row.cells.iter();
        cells.map(|cell| file.get(cell.span.range()).unwrap_or(""))
    };
    let is_line = |text: &str| text.contains('=') && text.chars().all(|c| matches!(c, '=' | '+'));
    let fault = |message: &str, help: &str| {
        Diagnostic::new(Code::BadCell, row.span, message, "").help(help)
    };
    if is_line(row.duty.node) && texts().all(is_line) {
        return Some(fault(
            "this row is only a line",
            "remove it, or write `|---|---|` below the heading",
        ));
    }
    let headings = table.columns.iter().map(|column| column.node);
    (!row.cells.is_empty() && texts().eq(headings))
        .then(|| fault("this row repeats the heading of the table", "remove it"))
}

/// A row that begins with something other than a name.
fn bad_name(row: &Row<'_>) -> Diagnostic {
    let text = row.duty.node;
    let message = format!("expected the name of a duty at the start of the row, found `{text}`");
    let fault = Diagnostic::new(Code::BadCell, row.duty.span, message, "");
    if let Some((head, block)) = text.split_once('{') {
        let name = head.split_whitespace().next().unwrap_or("name");
        return fault.help(format!(
            "a row has no block: declare `duty {} {{{block}` above the table, and begin the row with `{name}` alone",
            head.trim_end()
        ));
    }
    let title = text.replace(['"', '*', '`'], "");
    let (name, title) = (name_from(&title), title.trim());
    let is_empty = |cell: &Cell<'_>| matches!(cell.content, Content::Blank);
    if row.cells.iter().all(is_empty) {
        return fault.help(wording::heading_of_rows(&name, title));
    }
    if title == name {
        return fault.help(format!("write the name alone: `{name}`"));
    }
    fault.help(format!(
        "write a name, then the title in quotes: `{name} \"{title}\"`"
    ))
}

/// Reports a cell that cannot be read, and the names in it that no party has.
fn report_cell<'s>(
    reader: &mut ModelReader<'_, 's>,
    table: &Table<'s>,
    row: &Row<'s>,
    (at, cell): (usize, &Cell<'s>),
) {
    match &cell.content {
        Content::Unread(text) if !text.is_empty() => {
            let place = (*text, cell.span);
            let fault = if table.axis.is_none() {
                bad_letters(place)
            } else {
                bad_parties(reader, place)
            };
            let column = table.columns.get(at).map_or("", |column| column.node);
            let place = format!("row `{}`, column `{column}`: ", row.duty.node);
            reader.faults.push(Diagnostic {
                message: place + &fault.message,
                ..fault
            });
        }
        Content::Parties(paths) => {
            for path in paths {
                if !reader.names.parties.contains_key(path.node) && !reader.excused(path.node) {
                    let fault = if reader.may_compare(2 * reader.names.parties.len()) {
                        unknown_party(reader, path)
                    } else {
                        wording::unknown(SymbolKind::Party, path, [])
                    };
                    reader.faults.push(fault);
                }
            }
        }
        Content::Unread(_) | Content::Blank | Content::NotApplicable | Content::Letters(_) => {}
    }
}

/// A word in a cell that is no party, but may be what pages write instead.
fn unknown_party(reader: &ModelReader<'_, '_>, path: &Path<'_>) -> Diagnostic {
    let known = party_called(reader, path.node).is_some();
    let names = reader.names.parties.keys().map(String::as_str);
    let plain = wording::unknown(SymbolKind::Party, path, names);
    if !known
        && plain.help.is_empty()
        && let Some((help, correction)) = habit(reader, path.node)
    {
        return plain.help(help).correctable(correction);
    }
    reader.unknown(SymbolKind::Party, path)
}

/// Whether a text is what pages print for an empty cell.
pub(super) fn is_dash(text: &str) -> bool {
    matches!(text, "—" | "–" | "−" | "--" | "---")
}

/// What to write instead of a word that pages put into cells.
fn habit(reader: &ModelReader<'_, '_>, text: &str) -> Option<(String, Option<Correction>)> {
    let write = |instead: &str, is_sure: bool, why: &str| {
        let correction = Correction {
            text: instead.to_owned(),
            sure: is_sure,
        };
        Some((format!("write `{instead}`{why}"), Some(correction)))
    };
    match bare(text).as_str() {
        dash if is_dash(dash) => write("-", true, ""),
        "none" | "no" | "✗" | "✘" | "❌" | "n" | "" => {
            write("-", false, ": the cell makes no claim")
        }
        "na" | "n.a." | "n.a" | "n/a." | "not applicable" => write("n/a", true, ""),
        "nobody" | "no one" | "noone" => write("n/a", false, ", which means that nobody owns it"),
        "shared" | "both" | "all" | "joint" | "jointly" | "everyone" | "common" => {
            let names = reader.model.parties.iter().map(|it| it.decl.name.as_str());
            let share = match names.collect::<Vec<_>>().as_slice() {
                [a, b] => format!("{a} + {b}"),
                _ => "a + b".into(),
            };
            Some((
                format!(
                    "name the parties that share it, and say in a footnote who does what: `{share}`"
                ),
                None,
            ))
        }
        "✓" | "✔" | "✔️" | "✅" | "x" | "yes" | "y" | "●" | "•" => Some((
            "name the party; if each party has a column of its own, write a `raci`".into(),
            None,
        )),
        _ => None,
    }
}

fn bad_parties(reader: &ModelReader<'_, '_>, (text, span): Place<'_>) -> Diagnostic {
    let message = format!("expected a party, `a + b`, `n/a` or `-`, found `{text}`");
    let fault = Diagnostic::new(Code::BadCell, span, message, "");
    let name = |part: &str| party_called(reader, part).map(str::to_owned);
    if let Some((help, correction)) = habit(reader, text) {
        return fault.help(help).correctable(correction);
    }
    if let Some(name) = name(text) {
        let help = format!("did you mean `{name}`?");
        return fault.help(help).correctable(Some(sure(name)));
    }
    if let Some((shown, link)) = text
        .strip_suffix(')')
        .and_then(|text| text.split_once("]("))
        && let Some(shown) = shown.strip_prefix('[')
    {
        let party = name(shown).unwrap_or_else(|| shown.to_owned());
        return fault.help(format!(
            "write the name alone, and the link as a footnote: `{party}[1]`, and `[1] \"{link}\"` below the rows"
        ));
    }
    if text.contains("[^") {
        let plain = text.replace("[^", "[");
        return fault.help(format!("write a mark without `^`: `{plain}`"));
    }
    if let Some((party, note)) = text.strip_suffix(')').and_then(|text| text.split_once('(')) {
        let party = name(party).unwrap_or_else(|| party.trim().to_owned());
        return fault.help(format!(
            "write the remark as a footnote: `{party}[1]`, and `[1] \"{}\"` below the rows",
            note.trim()
        ));
    }
    let parts: Vec<&str> = text
        .split(['/', '&', ',', ';', '+'])
        .flat_map(|part| part.split(" and "))
        .map(str::trim)
        .collect();
    if parts.len() > 1 {
        let names: Option<Vec<String>> = parts.into_iter().map(name).collect();
        // Whether they share it, or one of them does it, is for the user to say.
        let correction = names.map(|names| Correction {
            text: names.join(" + "),
            sure: false,
        });
        let written = correction.as_ref().map(|it| format!(": `{}`", it.text));
        return fault
            .help(format!(
                "write `+` between parties that share{}",
                written.unwrap_or_default()
            ))
            .correctable(correction);
    }
    if let Some(name) = text.chars().find_map(blank_name) {
        return fault.help(format!("this cell has {name}: write a blank, or nothing"));
    }
    let foreign = text.chars().find(|c| c.is_alphabetic() && !c.is_ascii());
    fault.maybe_help(
        foreign.map(|c| format!("`{c}` (U+{:04X}) is not a Latin letter", u32::from(c))),
    )
}
