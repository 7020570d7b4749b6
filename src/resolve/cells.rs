//! What is wrong with the headings, names and cells of a table, and what was meant: tables are pasted
//! from pages that spell things their own way.
//!
//! In: a table as it is written, and the parties of its model. Out: a finding for each heading, name and
//! cell that needs an edit, all in one round. Always: a correction that is sure only respells what
//! stands there.

use rustc_hash::FxHashMap;

use super::reader::ModelReader;
use super::symbols::SymbolKind;
use super::wording;
use crate::diagnostic::{Code, Correction, Diagnostic, blank_name};
use crate::model::PartyId;
use crate::role::Role;
use crate::source::Span;
use crate::syntax::ast::{Cell, Content, Path, Row, Table};
use crate::syntax::{is_heading, name_from};

/// What stands in a place, and where.
type Place<'t> = (&'t str, Span);

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
        reader.faults.push(bad_name(row));
    }
    for row in table.rows.iter().chain(&table.unnamed) {
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
        role_of(column.node).is_some() && !reader.names.parties.contains_key(column.node)
    };
    table.columns.len() > 1 && table.columns.iter().all(is_role)
}

/// The role that a word of a page means.
fn role_of(word: &str) -> Option<Role> {
    match bare(word).as_str() {
        "responsible" => Some(Role::Responsible),
        "accountable" => Some(Role::Accountable),
        "consulted" | "consult" => Some(Role::Consulted),
        "informed" | "inform" => Some(Role::Informed),
        "support" | "supports" | "supporting" => Some(Role::Supports),
        _ => None,
    }
}

/// A text without emphasis, in lower case, with single blanks.
fn bare(text: &str) -> String {
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
fn sure(text: impl Into<String>) -> Correction {
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
        None => fault.help(format!("write the name of {what}, not its title")),
    }
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
    let title = text.replace(['"', '*'], "");
    let (name, title) = (name_from(&title), title.trim());
    let is_empty = |cell: &Cell<'_>| matches!(cell.content, Content::Blank);
    if !row.cells.is_empty() && row.cells.iter().all(is_empty) {
        return fault.help(format!(
            "if it is a heading of the rows below, close the table and open an area with a table of its own: `area {name} \"{title}\" {{ … }}`"
        ));
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
fn is_dash(text: &str) -> bool {
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

/// Whether a text is letters of roles, each with or without `+`.
fn is_letters(text: &str) -> bool {
    let mut letters = text.chars().filter(|c| *c != '+');
    let of_role = |c: char| Role::ALL.iter().any(|role| role.letter() == c);
    !text.starts_with('+') && letters.clone().next().is_some() && letters.all(of_role)
}

fn bad_letters((text, span): Place<'_>) -> Diagnostic {
    let whole = |message: String| Diagnostic::new(Code::BadCell, span, message, "");
    let joined: String = text
        .chars()
        .filter(|c| !matches!(c, '/' | ',' | '&' | ';' | '.') && !c.is_whitespace())
        .collect();
    let capital = joined.to_uppercase();
    if text.contains(" +") {
        let plain = joined.replace('+', "");
        return whole(format!("expected letters without blanks, found `{text}`")).help(format!(
            "write `{plain}`; a `+` right after a letter says that several parties hold that role jointly"
        ));
    }
    if is_letters(&joined) {
        let between = text
            .chars()
            .find(|c| matches!(c, '/' | ',' | '&' | ';' | '.'));
        return whole(format!(
            "expected letters with no `{}` between them",
            between.unwrap_or(' ')
        ))
        .help(format!("write them together: `{joined}`"))
        .correctable(Some(sure(joined)));
    }
    if is_letters(&capital) {
        return whole(format!("expected `{capital}`, found `{text}`"))
            .help("write the letters of roles as capitals")
            .correctable(Some(sure(capital)));
    }
    if let Some(role) = role_of(text) {
        let letter = role.letter();
        return whole(format!("expected the letter of a role, found `{text}`"))
            .help(format!("write `{letter}`"))
            .correctable(Some(sure(letter.to_string())));
    }
    if is_dash(&bare(text)) {
        return whole(format!("expected letters or `-`, found `{text}`"))
            .help("write `-`, or leave the cell empty")
            .correctable(Some(sure("-")));
    }
    let letters = text.split(['(', '*']).next().unwrap_or("").trim();
    if letters != text && is_letters(letters) {
        return whole(format!("expected letters, found `{text}`")).help(format!(
            "write a remark as a footnote: `{letters}[1]`, and `[1] \"…\"` below the rows"
        ));
    }
    wrong_letter(text, span)
}

/// The first character of a cell that is no letter of a role.
fn wrong_letter(text: &str, span: Span) -> Diagnostic {
    let is_wrong = |c: char| !matches!(c, 'R' | 'A' | 'C' | 'I' | 'S' | '+' | ' ');
    let Some((at, wrong)) = text.char_indices().find(|(_, c)| is_wrong(*c)) else {
        let message =
            format!("expected letters, each with or without a `+` after it, found `{text}`");
        return Diagnostic::new(Code::BadCell, span, message, "");
    };
    let start = span.range().start + at;
    let here = Span::new(span.file, start..start + wrong.len_utf8());
    if let Some(letter) = lookalike(wrong) {
        let message = format!(
            "`{wrong}` (U+{:04X}) only looks like the letter {letter}",
            u32::from(wrong)
        );
        return Diagnostic::new(Code::BadCell, here, message, "")
            .help(format!("write a Latin capital `{letter}`"))
            .correctable(Some(Correction {
                text: letter.to_string(),
                sure: !wrong.is_ascii(),
            }));
    }
    let shown = if text.chars().count() > 1 {
        text
    } else {
        &text[at..at + wrong.len_utf8()]
    };
    let message = format!("expected letters of roles (R, A, C, I, S), found `{shown}`");
    Diagnostic::new(Code::BadCell, here, message, "")
        .help("if the party has no role, leave the cell empty or write `-`")
}

/// The letter of a role that a letter of another script or width looks like.
fn lookalike(c: char) -> Option<char> {
    let table = [
        ('A', "\u{410}\u{391}\u{ff21}\u{430}"),
        ('C', "\u{421}\u{3f9}\u{ff23}\u{441}"),
        ('I', "\u{406}\u{399}\u{4c0}\u{ff29}\u{456}l|"),
        ('R', "\u{ff32}"),
        ('S', "\u{405}\u{ff33}\u{455}"),
    ];
    table
        .into_iter()
        .find(|(_, drawn)| drawn.contains(c))
        .map(|(letter, _)| letter)
}
