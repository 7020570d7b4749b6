//! Aligns neighbouring lines in columns.
//!
//! Neighbours of one kind are aligned cell by cell: each cell is padded to the same column in all
//! lines that have another cell after it. Rows are aligned over their whole table.

use unicode_width::UnicodeWidthStr as _;

use super::INDENT;
use super::layout::{Key, LineContent, OutputLine};
use super::rows::{Row, padded, table};
use super::writer::{LineStart, StatementLines};

/// Cells whose widths differ by more than this are not aligned, because the gaps would be hard to
/// read across.
const MAX_SPREAD: usize = 40;

/// The finished text.
pub(super) fn text(mut lines: Vec<OutputLine<'_>>) -> String {
    align_statements(&mut lines);
    let mut rows = align_rows(&lines);
    let finished: Vec<Finished> = lines
        .iter()
        .enumerate()
        .map(|(at, line)| Finished::of(line, rows.get_mut(at).and_then(Option::take)))
        .collect();
    let comments = align_comments(&lines, &finished);
    let mut text = String::new();
    for ((line, finished), comment) in lines.iter().zip(finished).zip(comments) {
        if line.blank_before && !text.is_empty() {
            text.push('\n');
        }
        let mut own = finished.lines;
        if let (Some(last), Some(comment)) = (own.last_mut(), comment) {
            last.push_str(&comment);
        }
        for line in own {
            text.push_str(&line);
            text.push('\n');
        }
        for comment in line.behind.iter().skip(1) {
            text.push_str(&format!("{}{comment}\n", " ".repeat(line.depth * INDENT)));
        }
    }
    text
}

/// Finished lines, without trailing comments.
struct Finished {
    lines: Vec<String>,
}

impl Finished {
    fn of(line: &OutputLine<'_>, row: Option<String>) -> Self {
        let indent = " ".repeat(line.depth * INDENT);
        let lines = match (&line.what, row) {
            (_, Some(row)) => vec![format!("{indent}{row}")],
            (LineContent::Text(text, true), _) => vec![format!("{indent}{text}")],
            (LineContent::Text(text, false), _) => vec![(*text).to_owned()],
            (LineContent::StatementLines(laid, _), _) => laid_out(laid, line.depth * INDENT),
            (LineContent::Row(row), _) => table(&[row])
                .into_iter()
                .map(|row| format!("{indent}{row}"))
                .collect(),
        };
        Self { lines }
    }
}

/// The lines of a statement.
fn laid_out(laid: &StatementLines<'_>, indent: usize) -> Vec<String> {
    let first = laid.cells.join(" ");
    let last_cell = first.width() - laid.cells.last().map_or(0, |cell| cell.width());
    let rest = laid.rest.iter().map(|(at, text)| {
        let blanks = match at {
            LineStart::Indent(columns) => indent + columns,
            LineStart::Hang(columns) => indent + last_cell + columns,
            LineStart::Verbatim => 0,
        };
        if text.is_empty() {
            String::new()
        } else {
            format!("{}{text}", " ".repeat(blanks))
        }
    });
    std::iter::once(format!("{}{first}", " ".repeat(indent)))
        .chain(rest)
        .collect()
}

/// Aligns the cells of neighbouring statements of one kind.
fn align_statements(lines: &mut [OutputLine<'_>]) {
    fn key<'s>(line: &OutputLine<'s>) -> Option<(Key<'s>, usize)> {
        if let LineContent::StatementLines(_, Some(key)) = line.what {
            Some((key, line.depth))
        } else {
            None
        }
    }
    let runs = lines.chunk_by_mut(|before, line| {
        !line.blank_before && key(before).is_some() && key(before) == key(line)
    });
    for run in runs.filter(|run| run.len() > 1) {
        let mut laid: Vec<&mut StatementLines<'_>> = run
            .iter_mut()
            .filter_map(|line| {
                if let LineContent::StatementLines(laid, _) = &mut line.what {
                    Some(laid)
                } else {
                    None
                }
            })
            .collect();
        align(&mut laid, 0);
    }
}

/// Aligns a column and the following ones, in the lines that have them.
fn align(lines: &mut [&mut StatementLines<'_>], column: usize) {
    for run in lines.chunk_by_mut(|a, b| a.cells.len() > column + 1 && b.cells.len() > column + 1) {
        if run[0].cells.len() <= column + 1 {
            continue;
        }
        let widths = || run.iter().map(|laid| laid.cells[column].width());
        let (least, most) = (widths().min().unwrap_or(0), widths().max().unwrap_or(0));
        if most - least <= MAX_SPREAD {
            for laid in run.iter_mut() {
                laid.cells[column] = padded(&laid.cells[column], most);
            }
        }
        align(run, column + 1);
    }
}

/// For each line that is a table row, its aligned text.
fn align_rows(lines: &[OutputLine<'_>]) -> Vec<Option<String>> {
    let mut texts: Vec<Option<String>> = lines.iter().map(|_| None).collect();
    let mut at = 0;
    while at < lines.len() {
        if let LineContent::Row(_) = lines[at].what {
            let depth = lines[at].depth;
            let end = (at..lines.len())
                .find(|&next| lines[next].depth < depth)
                .unwrap_or(lines.len());
            let places: Vec<usize> = (at..end)
                .filter(|&row| {
                    lines[row].depth == depth && matches!(lines[row].what, LineContent::Row(_))
                })
                .collect();
            let rows: Vec<&Row<'_>> = places
                .iter()
                .filter_map(|&row| {
                    if let LineContent::Row(row) = &lines[row].what {
                        Some(row)
                    } else {
                        None
                    }
                })
                .collect();
            for (place, text) in places.into_iter().zip(table(&rows)) {
                texts[place] = Some(text);
            }
            at = end;
        } else {
            at += 1;
        }
    }
    texts
}

/// The trailing comment of each line; comments of neighbouring lines start in the same column.
fn align_comments(lines: &[OutputLine<'_>], finished: &[Finished]) -> Vec<Option<String>> {
    let width = |at: usize| finished[at].lines.last().map_or(0, |line| line.width());
    let mut behind: Vec<Option<String>> = Vec::with_capacity(lines.len());
    let mut at = 0;
    while at < lines.len() {
        let has = |next: usize| !lines[next].behind.is_empty();
        let end = (at + 1..lines.len())
            .find(|&next| {
                !has(next)
                    || lines[next].depth != lines[at].depth
                    || lines[next].blank_before
                    || finished[next].lines.len() > 1
            })
            .unwrap_or(lines.len());
        if !has(at) {
            behind.push(None);
            at += 1;
            continue;
        }
        let (least, most) = (
            (at..end).map(width).min().unwrap_or(0),
            (at..end).map(width).max().unwrap_or(0),
        );
        for (line, out) in (at..end).zip(&lines[at..end]) {
            let column = if most - least <= MAX_SPREAD {
                most
            } else {
                width(line)
            };
            behind.push(Some(format!(
                "{}  {}",
                " ".repeat(column - width(line)),
                out.behind[0]
            )));
        }
        at = end;
    }
    behind
}
