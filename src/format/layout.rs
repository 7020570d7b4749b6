//! Which words are on which line.
//!
//! In: entries in the order of the text, each with its comments. Out: finished lines. A statement
//! is on one line if it fits (`statement.rs` breaks the others). A block that was written on the
//! line of its statement is merged into that line, if everything in it was, it has no comments, and
//! it fits.
//!
//! # A worked example
//!
//! ```text
//! duty  backups "Back up the data" { evidence "Restore test"
//!   cadence "quarterly" }
//! duty keys { note "rotate" }
//! ```
//!
//! The entries are `duty backups … {`, `evidence …`, `cadence …`, `}`, `duty keys {`, `note …`,
//! `}`; an entry that began on the line of the one before it is *joined*. `cadence` is not joined,
//! so the first block stays open: four lines, `backups` at depth 0, its fields at depth 1, `}` at
//! depth 0. All of the second block is joined and it fits, so three entries become one line:
//!
//! ```text
//! duty backups "Back up the data" {
//!   evidence "Restore test"
//!   cadence  "quarterly"
//! }
//! duty keys { note "rotate" }
//! ```
//!
//! Neighbours with one [`Key`] are aligned afterwards (`columns.rs`): the two fields are, but not
//! the two duties, because only one of them has a title and the first opens a block.

use std::mem::{Discriminant, discriminant};

use super::entries::{Entry, Placed, Shape, Token};
use super::rows::Row;
use super::statement::{flat, statement, verb, without_comma};
use super::writer::StatementLines;
use super::{INDENT, WIDTH};
use crate::syntax::LexemeKind;

/// What neighbours must have in common to be aligned: the kind of line; for declarations, the first
/// word; for claims, whether they name several parties; and whether they have a title.
pub(super) type Key<'s> = (Discriminant<Shape>, &'s str, bool);

/// One or more finished lines.
pub(super) struct OutputLine<'s> {
    /// How many blocks are around it.
    pub depth: usize,
    /// Its words.
    pub what: LineContent<'s>,
    /// Comments after it.
    pub behind: Vec<&'s str>,
    /// There is a blank line before it.
    pub blank_before: bool,
}

/// The content of finished lines.
pub(super) enum LineContent<'s> {
    /// Text as it is; with `false`, not indented.
    Text(&'s str, bool),
    /// A statement; without a key it is not aligned.
    StatementLines(StatementLines<'s>, Option<Key<'s>>),
    /// A row of a table.
    Row(Row<'s>),
}

/// Lays out the entries of a text; `None` where its blocks do not match.
pub(super) fn layout<'s>(entries: &[Placed<'s>]) -> Option<Vec<OutputLine<'s>>> {
    let mut out: Vec<OutputLine<'_>> = Vec::new();
    let mut depth = 0usize;
    let mut opened = true;
    let mut table = Table::default();
    let mut at = 0;
    while let Some(placed) = entries.get(at) {
        let Step {
            mut what,
            taken,
            deeper,
        } = step(&entries[at..], depth, &mut table)?;
        let closes = matches!(placed.entry, Entry::Close);
        if closes {
            depth = depth.checked_sub(1)?;
        }
        let mut behind = match &mut what {
            LineContent::StatementLines(laid, _) => std::mem::take(&mut laid.comments),
            _ => Vec::new(),
        };
        behind.extend(&entries[at + taken - 1].behind);
        let blank_before = placed.blank_before && !opened && !closes;
        out.push(OutputLine {
            depth,
            what,
            behind,
            blank_before,
        });
        if !closes {
            depth = depth.checked_add_signed(deeper)?;
        }
        opened = deeper > 0;
        at += taken;
    }
    Some(out)
}

/// What the rows of the innermost table hold.
#[derive(Default)]
struct Table {
    /// Whether the next row contains parties; a heading row and the rows of a `raci` do not.
    names_parties: bool,
    /// It is a `table`, not a `raci`.
    is_grid: bool,
}

/// The result of laying out the next entries.
struct Step<'s> {
    what: LineContent<'s>,
    /// How many entries it takes.
    taken: usize,
    /// How much deeper the next ones are.
    deeper: isize,
}

/// Lays out the first of some entries, and with it those of its block that share its line.
fn step<'s>(entries: &[Placed<'s>], depth: usize, table: &mut Table) -> Option<Step<'s>> {
    let alone = |what, deeper| {
        Some(Step {
            what,
            taken: 1,
            deeper,
        })
    };
    match &entries.first()?.entry {
        Entry::Comment(text) => alone(LineContent::Text(text, true), 0),
        Entry::Frozen(text, deeper) => alone(LineContent::Text(text, false), *deeper),
        Entry::Close => alone(LineContent::Text("}", true), -1),
        Entry::Row(cells) => {
            let row = Row::new(cells, table.names_parties);
            table.names_parties = table.is_grid;
            alone(LineContent::Row(row), 0)
        }
        Entry::Line {
            shape,
            tokens,
            opens,
        } => {
            if *shape == Shape::Table {
                let is_grid = tokens.first().is_some_and(|token| token.text == "table");
                *table = Table {
                    names_parties: false,
                    is_grid,
                };
            }
            if let Some((laid, taken)) = inline(entries, depth) {
                let what = LineContent::StatementLines(laid, Some(key(*shape, tokens)));
                return Some(Step {
                    what,
                    taken,
                    deeper: 0,
                });
            }
            let laid = statement(*shape, tokens, depth);
            let aligned = is_aligned(*shape, *opens, &laid).then(|| key(*shape, tokens));
            alone(
                LineContent::StatementLines(laid, aligned),
                isize::from(*opens),
            )
        }
    }
}

/// Whether a statement is aligned with its neighbours. Statements of several lines are not, except
/// fields with a text block.
fn is_aligned(shape: Shape, opens: bool, laid: &StatementLines<'_>) -> bool {
    let whole = matches!(shape, Shape::Field(_)) || (!opens && laid.rest.is_empty());
    let stands_alone = matches!(
        shape,
        Shape::Plain | Shape::Separate | Shape::Allow | Shape::Table | Shape::Footnote
    );
    whole && !stands_alone
}

/// A statement with its block on one line, if it was written that way and fits, and how many
/// entries that uses.
fn inline<'s>(entries: &[Placed<'s>], depth: usize) -> Option<(StatementLines<'s>, usize)> {
    let (head, rest) = entries.split_first()?;
    let Entry::Line {
        shape,
        tokens,
        opens: true,
    } = &head.entry
    else {
        return None;
    };
    let length = rest
        .iter()
        .position(|placed| matches!(placed.entry, Entry::Close))?;
    let items = &rest[..length];
    let empty = items.is_empty();
    if !is_plain(tokens)
        || !head.behind.is_empty()
        || !items.iter().all(is_inline_item)
        || !(empty || rest[length].joined)
    {
        return None;
    }
    let mut laid = flat(*shape, tokens, true);
    if let Some(cell) = laid.cells.last_mut() {
        for (nth, placed) in items.iter().enumerate() {
            let Entry::Line { shape, tokens, .. } = &placed.entry else {
                continue;
            };
            cell.push_str(match (nth, shape) {
                (0, _) => " ",
                (_, Shape::Value) => ", ",
                _ => "  ",
            });
            cell.push_str(
                &flat(Shape::Plain, &without_comma(tokens), false)
                    .cells
                    .concat(),
            );
        }
        cell.push_str(if empty { "}" } else { " }" });
    }
    (depth * INDENT + laid.width() <= WIDTH).then_some((laid, length + 2))
}

/// Words on one line, without comments.
fn is_plain(tokens: &[Token<'_>]) -> bool {
    tokens
        .iter()
        .all(|it| it.above.is_empty() && it.behind.is_empty() && !it.text.contains('\n'))
}

/// A value, field or part that was written on the line of its block.
fn is_inline_item(placed: &Placed<'_>) -> bool {
    let Entry::Line {
        shape,
        tokens,
        opens: false,
    } = &placed.entry
    else {
        return false;
    };
    matches!(shape, Shape::Value | Shape::Field(_) | Shape::Part)
        && placed.joined
        && placed.behind.is_empty()
        && is_plain(tokens)
}

fn key<'s>(shape: Shape, tokens: &[Token<'s>]) -> Key<'s> {
    let word = match shape {
        Shape::Named => tokens.first(),
        Shape::Claim | Shape::Ensure => tokens[..verb(tokens).unwrap_or(0)]
            .iter()
            .find(|token| token.text == ","),
        _ => None,
    };
    (
        discriminant(&shape),
        word.map_or("", |token| token.text),
        shape == Shape::Named
            && tokens
                .get(2)
                .is_some_and(|token| token.kind == LexemeKind::Text),
    )
}
