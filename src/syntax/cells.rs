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

/// Adds a row to its table: the first is the heading; a Markdown rule row is ignored. Cells and
/// headings that cannot be read are kept as they are: who knows the names can say what was meant.
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
    if !table.has_heading {
        table.has_heading = true;
        return heading(table, raw.span, rest, faults);
    }
    let named = row_head(first, raw.span, faults);
    let is_named = named.is_some();
    let mut row = named.unwrap_or_else(|| unnamed(first, raw.span));
    if table.faulty {
        row.faulty = true;
    } else {
        // Of a row that is far too long, nothing is read.
        let read = rest.len().min(2 * table.columns.len() + MAX_MORE);
        for (at, &cell) in rest[..read].iter().enumerate() {
            let (read, fault) = read_cell(cell, table.axis.is_none());
            let column = table.columns.get(at).map_or("", |column| column.node);
            faults.extend(fault.map(|fault| Diagnostic {
                message: format!(
                    "row `{}`, column `{column}`: {}",
                    row.duty.node, fault.message
                ),
                ..fault
            }));
            row.cells.push(read);
        }
        let is_unread = |cell: &Cell<'_>| matches!(cell.content, Content::Unread(_));
        row.faulty |= row.cells.iter().any(is_unread);
        let is_title = !is_named && rest.is_empty();
        if rest.len() != table.columns.len() && !is_title {
            faults.push(wrong_count(&row, rest.len(), table));
            row.faulty = true;
        }
    }
    if is_named {
        table.rows.push(row);
    } else {
        table.lost.extend(first_word(first));
        table.unnamed.push(row);
    }
}

/// Cells beyond twice the number of columns that are still read.
const MAX_MORE: usize = 20;

/// A row that does not begin with a name.
fn unnamed(cell: Raw<'_>, span: Span) -> Row<'_> {
    Row {
        span,
        duty: Spanned {
            node: cell.text,
            span: cell.span,
        },
        title: None,
        marks: Vec::new(),
        cells: Vec::new(),
        faulty: true,
    }
}

/// Whether the text of a heading can be a value or a party.
#[must_use]
pub fn is_heading(text: &str) -> bool {
    grammar::read(Rule::heading, text).is_ok()
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
    table.columns.extend(cells.iter().map(|cell| Spanned {
        node: cell.text,
        span: cell.span,
    }));
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
    let mut pairs = grammar::read(Rule::row_head, cell.text).ok()?;
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

fn read_cell(cell: Raw<'_>, raci: bool) -> (Cell<'_>, Option<Diagnostic>) {
    let whole = |content, marks| Cell {
        span: cell.span,
        content,
        marks,
    };
    if cell.says_nothing() {
        return (whole(Content::Blank, Vec::new()), None);
    }
    let rule = if raci {
        Rule::raci_cell
    } else {
        Rule::grid_cell
    };
    let place = cell.place();
    let read = grammar::read(rule, cell.text).ok();
    let Some(pair) = read.and_then(|mut pairs| pairs.next()) else {
        return (whole(Content::Unread(cell.text), Vec::new()), None);
    };
    let mut cursor = Cursor::new(pair, place);
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
        Some(fault) => (whole(Content::Unread(""), Vec::new()), Some(fault)),
        None => (whole(content, marks), None),
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
        Content::Blank | Content::NotApplicable | Content::Unread(_) => None,
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

/// The name that a row which cannot be read may begin with.
fn first_word(cell: Raw<'_>) -> Option<Path<'_>> {
    let bare = cell.text.trim_start_matches(['*', '_', '`', '"']);
    let word = bare
        .split(|c: char| !c.is_ascii_alphanumeric() && !matches!(c, '_' | '-' | '.'))
        .next()?;
    let start = cell.span.range().start + cell.text.len() - bare.len();
    (!word.is_empty()).then(|| Spanned {
        node: word,
        span: Span::new(cell.span.file, start..start + word.len()),
    })
}
