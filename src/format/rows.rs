//! The rows of a table.

use unicode_width::UnicodeWidthStr as _;

use crate::syntax::{Lexeme, LexemeKind, is_rule, lexemes, names_parties};

/// A row with its formatted cells.
pub(super) struct Row<'s> {
    /// The duty's name with its marks; free text in the heading.
    name: String,
    /// The title that declares the duty, with its marks.
    title: String,
    /// The other cells.
    cells: Vec<String>,
    /// The dashes that Markdown puts below a heading, as they were written.
    rule: Option<Vec<&'s str>>,
}

impl<'s> Row<'s> {
    /// A row of these cells; `parties` tells whether they name parties.
    pub(super) fn new(cells: &[&'s str], parties: bool) -> Self {
        let rule =
            (!cells.is_empty() && cells.iter().all(|cell| is_dashes(cell))).then(|| cells.to_vec());
        let (first, rest) = cells
            .split_first()
            .map_or(("", &[][..]), |(first, rest)| (*first, rest));
        let (name, title) = head(first);
        Self {
            name,
            title,
            cells: rest
                .iter()
                .map(|cell| {
                    if parties {
                        tidy(cell)
                    } else {
                        (*cell).to_owned()
                    }
                })
                .collect(),
            rule,
        }
    }
}

/// Whether a cell belongs to the rule below a Markdown heading and can be made wider.
fn is_dashes(cell: &str) -> bool {
    is_rule(cell) && cell.matches(':').count() <= 2
}

/// The part of a cell that formatting must keep.
pub(super) fn essence(cell: &str) -> String {
    let word = |it: Lexeme<'_>| format!("{} ", it.text);
    if is_dashes(cell.trim()) {
        dashes(cell.trim(), 0)
    } else {
        lexemes(cell).into_iter().map(word).collect()
    }
}

/// A row's name and title.
fn head(cell: &str) -> (String, String) {
    let words = lexemes(cell);
    let plain = words.iter().all(|word| {
        matches!(
            word.kind,
            LexemeKind::Word | LexemeKind::Text | LexemeKind::Mark
        )
    });
    match words.iter().position(|word| word.kind == LexemeKind::Text) {
        Some(title) if plain && title > 0 => (
            cell[..words[title].start].trim().to_owned(),
            cell[words[title].start..].to_owned(),
        ),
        _ => (cell.to_owned(), String::new()),
    }
}

/// A cell of parties with normalised spaces; any other cell stays as it is.
fn tidy(cell: &str) -> String {
    if !names_parties(cell) {
        return cell.to_owned();
    }
    lexemes(cell)
        .iter()
        .map(|word| if word.text == "+" { " + " } else { word.text })
        .collect()
}

/// A cell wider than this does not widen the others of its column: one long title would make a huge file.
const MAX_PADDED: usize = 160;

/// The aligned rows of a table.
pub(super) fn table(rows: &[&Row<'_>]) -> Vec<String> {
    let of_rows = || rows.iter().filter(|row| row.rule.is_none());
    let titled = of_rows().filter(|row| !row.title.is_empty()).count() > 0;
    let name_width = if titled {
        of_rows()
            .skip(1)
            .map(|row| row.name.width())
            .filter(|width| *width <= MAX_PADDED)
            .max()
            .unwrap_or(0)
    } else {
        0
    };
    let first = |row: &Row<'_>| {
        if row.title.is_empty() {
            row.name.clone()
        } else {
            format!("{} {}", padded(&row.name, name_width), row.title)
        }
    };
    let cells: Vec<Vec<String>> = rows
        .iter()
        .map(|row| {
            std::iter::once(first(row))
                .chain(row.cells.iter().cloned())
                .collect()
        })
        .collect();
    let count = cells.iter().map(Vec::len).max().unwrap_or(0);
    let width_of = |column: usize| {
        let plain = cells.iter().zip(rows).filter(|(_, row)| row.rule.is_none());
        plain
            .filter_map(|(row, _)| row.get(column))
            .map(|cell| cell.width())
            .filter(|width| *width <= MAX_PADDED)
            .max()
            .unwrap_or(0)
    };
    let widths: Vec<usize> = (0..count).map(width_of).collect();
    let line = |(cells, row): (&Vec<String>, &&Row<'_>)| match &row.rule {
        Some(rule) => {
            rule.iter()
                .zip(&widths)
                .map(|(cell, &width)| dashes(cell, width + 2))
                .collect::<String>()
                + "|"
        }
        None => {
            cells
                .iter()
                .zip(&widths)
                .map(|(cell, &width)| format!("| {} ", padded(cell, width)))
                .collect::<String>()
                + "|"
        }
    };
    cells.iter().zip(rows).map(line).collect()
}

/// Dashes as wide as their column, with the colons that were there.
fn dashes(cell: &str, width: usize) -> String {
    let (left, right) = (
        if cell.starts_with(':') { ":" } else { "" },
        if cell.ends_with(':') { ":" } else { "" },
    );
    format!(
        "|{left}{}{right}",
        "-".repeat(width.saturating_sub(left.len() + right.len()).max(1))
    )
}

/// A text padded with spaces to a width.
pub(super) fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}
