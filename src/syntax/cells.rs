//! The rows of a table: from the text between the bars to duties, parties and letters.

use super::ast::{Cell, Content, Letter, Path, Row, Spanned, Table};
use super::convert::{RawRow, text};
use super::cursor::{Cursor, TextPiece};
use super::grammar::{self, Rule};
use super::vocabulary::is_reserved;
use crate::diagnostic::{Code, Diagnostic};
use crate::role::Role;
use crate::source::{FileId, Span};

/// One cell's trimmed text, and its position.
#[derive(Clone, Copy)]
struct Raw<'s> {
    text: &'s str,
    span: Span,
    file_text: &'s str,
}

impl<'s> Raw<'s> {
    fn new(file: FileId, file_text: &'s str, (text, start): (&'s str, usize)) -> Self {
        let trimmed = text.trim();
        let start = start + (text.len() - text.trim_start().len());
        // The span of an empty cell is the blank in it.
        let end = start
            + trimmed
                .len()
                .max(usize::from(trimmed.is_empty() && !text.is_empty()));
        let start = if trimmed.is_empty() {
            start - text.len()
        } else {
            start
        };
        Self {
            text: trimmed,
            span: Span::new(file, start..end.max(start)),
            file_text,
        }
    }

    fn place(self) -> TextPiece<'s> {
        TextPiece {
            file: self.span.file,
            text: self.file_text,
            base: self.span.range().start,
        }
    }

    fn says_nothing(self) -> bool {
        self.text.is_empty() || self.text == "-"
    }
}

/// Adds a row to its table: the first is the heading; a Markdown rule row is ignored.
pub(super) fn row<'s>(table: &mut Table<'s>, raw: &RawRow<'s>, faults: &mut Vec<Diagnostic>) {
    let cells: Vec<Raw<'s>> = raw
        .cells
        .iter()
        .map(|&cell| Raw::new(raw.span.file, raw.text, cell))
        .collect();
    let Some((&first, rest)) = cells.split_first() else {
        return;
    };
    if cells.iter().all(|cell| is_rule(cell.text)) {
        return;
    }
    if table.columns.is_empty() && table.faulty {
        // The table is broken, but this row is still its heading.
        table.columns.extend(cells.iter().map(|cell| Spanned {
            node: cell.text,
            span: cell.span,
        }));
        return;
    }
    if table.columns.is_empty() {
        heading(table, raw.span, rest, faults);
        return;
    }
    let Some(mut row) = row_head(first, raw.span, faults) else {
        table.lost.extend(first_word(first));
        return;
    };
    if table.faulty {
        row.faulty = true;
    } else if rest.len() == table.columns.len() {
        for (&cell, column) in rest.iter().zip(&table.columns) {
            match read_cell(cell, table.axis.is_none()) {
                Ok(read) => row.cells.push(read),
                Err(fault) => {
                    let place = format!("row `{}`, column `{}`: ", row.duty.node, column.node);
                    faults.push(Diagnostic {
                        message: place + &fault.message,
                        ..*fault
                    });
                    row.faulty = true;
                }
            }
        }
    } else {
        faults.push(wrong_count(&row, rest.len(), table));
        row.faulty = true;
    }
    table.rows.push(row);
}

/// Whether a cell of a `table by` names parties, and can be read.
#[must_use]
pub fn names_parties(cell: &str) -> bool {
    !cell.contains('/') && grammar::read(Rule::grid_cell, cell).is_ok()
}

/// `---`, `:--`, `--:`: a cell of the row that Markdown puts below the heading.
#[must_use]
pub fn is_rule(text: &str) -> bool {
    let dashes = text.trim_matches(':');
    !dashes.is_empty() && dashes.bytes().all(|byte| byte == b'-')
}

fn heading<'s>(table: &mut Table<'s>, span: Span, cells: &[Raw<'s>], faults: &mut Vec<Diagnostic>) {
    let what = if table.axis.is_some() {
        "a value of the axis"
    } else {
        "a party"
    };
    if cells.is_empty() {
        let fault = Diagnostic::new(
            Code::CellCount,
            span,
            format!("expected {what} in a heading, found none"),
            "",
        );
        faults.push(fault.help(format!(
            "the first heading can be any text; each other heading names {what}"
        )));
        table.faulty = true;
    }
    for &cell in cells {
        if grammar::read(Rule::heading, cell.text).is_err() {
            let message = format!("expected {what} in this heading, found `{}`", cell.text);
            faults.push(Diagnostic::new(Code::BadCell, cell.span, message, ""));
            table.faulty = true;
            continue;
        }
        let column = Spanned {
            node: cell.text,
            span: cell.span,
        };
        if let Some(first) = table.columns.iter().find(|other| other.node == column.node) {
            let message = format!("the column `{}` appears twice", column.node);
            faults.push(
                Diagnostic::new(Code::Duplicate, column.span, message, "again here")
                    .and(first.span, "first here"),
            );
            table.faulty = true;
        }
        table.columns.push(column);
    }
}

fn wrong_count(row: &Row<'_>, found: usize, table: &Table<'_>) -> Diagnostic {
    let expected = table.columns.len();
    let cells = |n: usize| {
        if n == 1 {
            "1 cell".to_owned()
        } else {
            format!("{n} cells")
        }
    };
    let message = format!(
        "row `{0}`: expected {2} after the name, found {1}",
        row.duty.node,
        cells(found),
        cells(expected)
    );
    let columns: Vec<&str> = table.columns.iter().map(|column| column.node).collect();
    Diagnostic::new(Code::CellCount, row.span, message, "").help(format!(
        "write one cell for each column: {}; write `-` in an empty cell",
        columns.join(", ")
    ))
}

fn row_head<'s>(cell: Raw<'s>, span: Span, faults: &mut Vec<Diagnostic>) -> Option<Row<'s>> {
    let place = cell.place();
    let Ok(mut pairs) = grammar::read(Rule::row_head, cell.text) else {
        let message = format!(
            "expected the name of a duty at the start of the row, found `{}`",
            cell.text
        );
        let title = cell.text.replace(['"', '*'], "");
        let help = format!(
            "write a name, then the title in quotes: `{} \"{}\"`",
            named(&title),
            title.trim()
        );
        faults.push(Diagnostic::new(Code::BadCell, cell.span, message, "").help(help));
        return None;
    };
    let mut cursor = Cursor::new(pairs.next()?, place);
    let duty = cursor.path(Rule::path).ok()?;
    let mut row = Row {
        span,
        duty,
        title: None,
        marks: Vec::new(),
        cells: Vec::new(),
        faulty: false,
    };
    while let Some(pair) = cursor.next() {
        match pair.as_rule() {
            Rule::mark => row.marks.push(bare_mark(place.path(&pair))),
            Rule::text => {
                row.title = Some(text(&pair, place, faults));
                if is_reserved(row.duty.node) || row.duty.node.contains('.') {
                    let message = format!(
                        "expected a name for the duty that this row declares, found `{}`",
                        row.duty.node
                    );
                    let help = "a row with a title declares a new duty; choose a name without dots that is not a reserved word";
                    faults.push(
                        Diagnostic::new(Code::ReservedWord, row.duty.span, message, "").help(help),
                    );
                    row.faulty = true;
                }
            }
            _ => {}
        }
    }
    Some(row)
}

fn bare_mark(mut mark: Path<'_>) -> Path<'_> {
    mark.node = mark.node.trim_matches(['[', ']']);
    mark
}

fn read_cell(cell: Raw<'_>, raci: bool) -> Result<Cell<'_>, Box<Diagnostic>> {
    if cell.says_nothing() {
        return Ok(Cell {
            span: cell.span,
            content: Content::Blank,
            marks: Vec::new(),
        });
    }
    let rule = if raci {
        Rule::raci_cell
    } else {
        Rule::grid_cell
    };
    let bad = || {
        Box::new(if raci {
            bad_letters(cell)
        } else {
            bad_parties(cell)
        })
    };
    let mut pairs = grammar::read(rule, cell.text).map_err(|_| bad())?;
    let place = cell.place();
    let mut cursor = Cursor::new(pairs.next().ok_or_else(bad)?, place);
    let (mut parties, mut letters, mut marks) = (Vec::new(), Vec::new(), Vec::new());
    let mut applies = true;
    while let Some(pair) = cursor.next() {
        match pair.as_rule() {
            Rule::not_applicable => applies = false,
            Rule::party_ref => parties.push(place.path(&pair)),
            Rule::mark => marks.push(bare_mark(place.path(&pair))),
            Rule::letter => letters.extend(letter(pair.as_str(), place.span(&pair))),
            _ => {}
        }
    }
    let content = match (applies, raci) {
        (false, _) => Content::NotApplicable,
        (true, false) => Content::Parties(parties),
        (true, true) => Content::Letters(letters),
    };
    match repeated(&content, cell.span) {
        Some(fault) => Err(Box::new(fault)),
        None => Ok(Cell {
            span: cell.span,
            content,
            marks,
        }),
    }
}

fn letter(text: &str, span: Span) -> Option<Letter> {
    let role = Role::ALL
        .into_iter()
        .find(|role| text.starts_with(role.letter()))?;
    Some(Letter {
        role,
        joint: text.ends_with('+'),
        span,
    })
}

/// The same letter or party twice in one cell.
fn repeated(content: &Content<'_>, span: Span) -> Option<Diagnostic> {
    let twice = match content {
        Content::Letters(letters) => {
            let twice = letters
                .iter()
                .enumerate()
                .find(|(i, letter)| letters[..*i].iter().any(|l| l.role == letter.role));
            twice.map(|(_, letter)| letter.role.letter().to_string())
        }
        Content::Parties(parties) => {
            let twice = parties
                .iter()
                .enumerate()
                .find(|(i, party)| parties[..*i].iter().any(|p| p.node == party.node));
            twice.map(|(_, party)| party.node.to_owned())
        }
        Content::Blank | Content::NotApplicable => None,
    };
    twice.map(|twice| {
        Diagnostic::new(
            Code::BadCell,
            span,
            format!("this cell has `{twice}` twice"),
            "",
        )
    })
}

fn bad_parties(cell: Raw<'_>) -> Diagnostic {
    let message = format!(
        "expected a party, `a + b`, `n/a` or `-`, found `{}`",
        cell.text
    );
    let foreign = cell
        .text
        .chars()
        .find(|c| c.is_alphabetic() && !c.is_ascii());
    let help = match foreign {
        Some(c) => Some(format!(
            "`{c}` (U+{:04X}) is not a Latin letter",
            u32::from(c)
        )),
        None if cell.text.contains(['/', '&', ',']) || cell.text.contains(" and ") => {
            Some("write `+` between parties that share".into())
        }
        None => None,
    };
    Diagnostic::new(Code::BadCell, cell.span, message, "").maybe_help(help)
}

/// The name that a row which cannot be read may begin with.
fn first_word(cell: Raw<'_>) -> Option<Path<'_>> {
    let word = cell
        .text
        .split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-' | '.'))
        .next()?;
    let start = cell.span.range().start;
    (!word.is_empty()).then(|| Spanned {
        node: word,
        span: Span::new(cell.span.file, start..start + word.len()),
    })
}

fn bad_letters(cell: Raw<'_>) -> Diagnostic {
    let wrong = cell
        .text
        .char_indices()
        .find(|(_, c)| !matches!(c, 'R' | 'A' | 'C' | 'I' | 'S' | '+' | ' '));
    let Some((at, wrong)) = wrong else {
        let message = format!(
            "expected letters, each with or without a `+` after it, found `{}`",
            cell.text
        );
        return Diagnostic::new(Code::BadCell, cell.span, message, "");
    };
    let start = cell.span.range().start + at;
    let span = Span::new(cell.span.file, start..start + wrong.len_utf8());
    match lookalike(wrong) {
        Some(letter) if wrong.is_ascii() => {
            let message = format!("expected a capital `{letter}`, found `{wrong}`");
            Diagnostic::new(Code::BadCell, span, message, "")
        }
        None if matches!(wrong, '/' | ',' | '&') => {
            let message = format!("expected letters with no `{wrong}` between them");
            Diagnostic::new(Code::BadCell, span, message, "").help("write them together: `RA`")
        }
        Some(letter) => {
            let message = format!(
                "`{wrong}` (U+{:04X}) only looks like the letter {letter}",
                u32::from(wrong)
            );
            Diagnostic::new(Code::BadCell, span, message, "")
                .help(format!("write a Latin capital `{letter}`"))
        }
        None => {
            let message = format!("expected one of the letters R, A, C, I, S, found `{wrong}`");
            Diagnostic::new(Code::BadCell, span, message, "")
                .help("if the party has no role, leave the cell empty or write `-`")
        }
    }
}

/// The RACI letter that a letter of another script, width or case looks like.
fn lookalike(c: char) -> Option<char> {
    let table = [
        ('A', "\u{410}\u{391}\u{ff21}a\u{430}"),
        ('C', "\u{421}\u{3f9}\u{ff23}c\u{441}"),
        ('I', "\u{406}\u{399}\u{4c0}\u{ff29}i\u{456}l|"),
        ('R', "\u{ff32}r"),
        ('S', "\u{405}\u{ff33}s\u{455}"),
    ];
    table
        .into_iter()
        .find(|(_, drawn)| drawn.contains(c))
        .map(|(letter, _)| letter)
}

/// A name made from a title: its words in lower case, joined by `_`.
fn named(title: &str) -> String {
    let words = title
        .split(|c: char| !c.is_ascii_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_ascii_lowercase);
    let name = words.take(4).collect::<Vec<_>>().join("_");
    if name.starts_with(|c: char| c.is_ascii_alphabetic()) {
        name
    } else {
        "name".into()
    }
}
