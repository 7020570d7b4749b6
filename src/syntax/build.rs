//! From pieces of text to the tree: each statement goes where it belongs. Text that cannot be
//! parsed causes one precise message and as little other loss as possible.
//!
//! In: pieces in the order of the text. Out: they are in the [`Tree`]. Lines of broken text that
//! are indented no deeper than its first are read again on their own. On the rest, the rule for its
//! first word is tried again, to find where it stops and what it expected there; names, braces and
//! the declared name are kept.

use std::ops::Range;

use super::convert::Known;
use super::faults::{UnreadStatement, bare_row, fault, first_word, left_over};
use super::pieces::{self, Piece, PieceKind, Pieces};
use super::recover::{self, remnants};
use super::tree::Tree;
use super::vocabulary;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

/// Adds the statements of the next range of text.
pub(super) fn take_all<'s>(tree: &mut Tree<'s>, pieces: Pieces<'s>, depth: usize) {
    let mut faults = pieces.faults.into_iter().peekable();
    for (number, piece) in pieces.list.into_iter().enumerate() {
        if tree.is_flooded(piece.span.range().start) {
            return;
        }
        let own = std::iter::from_fn(|| faults.next_if(|(of, _)| *of == number))
            .map(|(_, fault)| fault)
            .collect();
        take(tree, piece, own, depth);
    }
}

/// Adds one statement with its faults.
fn take<'s>(tree: &mut Tree<'s>, piece: Piece<'s>, own: Vec<Diagnostic>, depth: usize) {
    let span = piece.span;
    match piece.kind {
        PieceKind::Broken(wrong) => return broken(tree, &span.range(), wrong, depth),
        PieceKind::TooDeep => {
            return tree
                .faults
                .push(recover::too_deep(tree.file, tree.text, span.range()));
        }
        PieceKind::Close => {
            tree.close(span);
            tree.ended(span.range().end, false);
            return;
        }
        PieceKind::Unread | PieceKind::Statement { .. } => tree.close_by_indent(span),
    }
    let PieceKind::Statement {
        statement,
        opens,
        own_line,
    } = piece.kind
    else {
        if own.is_empty() {
            let fault = Diagnostic::new(
                Code::Unexpected,
                span,
                "this statement could not be read",
                "",
            );
            tree.faults
                .push(fault.help("this is a bug in srmc; please report this statement"));
        }
        tree.faults.extend(own);
        keep_remnants(tree, span.range());
        return tree.ended(span.range().end, false);
    };
    if own_line && !tree.begins_line(span.range().start) && !tree.in_lost_block() {
        let fault = Diagnostic::new(
            Code::SameLine,
            span,
            "expected a new line before this statement",
            "starts on the same line as the previous statement",
        );
        tree.faults
            .push(fault.help("start every declaration, claim and constraint on its own line"));
    }
    tree.faults.extend(own);
    tree.take(statement, span, opens);
    tree.ended(span.range().end, opens);
}

/// Adds unparsable text; `wrong` is the byte of a word that is not allowed where it is.
fn broken(tree: &mut Tree<'_>, range: &Range<usize>, wrong: Option<usize>, depth: usize) {
    let mut parts = recover::parts(tree.text, range.clone(), depth).into_iter();
    if let Some(first) = parts.next() {
        lost_statement(tree, first, wrong);
    }
    for part in parts {
        if tree.is_flooded(part.start) {
            return;
        }
        let again = pieces::read(tree.file, tree.text, part, &mut Known::default());
        take_all(tree, again, depth + 1);
    }
}

/// Reports one unreadable statement, and keeps its names and braces.
fn lost_statement(tree: &mut Tree<'_>, range: Range<usize>, wrong: Option<usize>) {
    let piece = &tree.text[range.clone()];
    let piece = piece.trim_end();
    let range = range.start..range.start + piece.len();
    if piece.is_empty() {
        return;
    }
    let word = first_word(piece);
    let alone = tree.begins_line(range.start) || vocabulary::is_field(word);
    let text = UnreadStatement {
        text: tree.text,
        file: tree.file,
        piece,
        base: range.start,
        wrong: wrong.map(|at| at - range.start).filter(|&at| at > 0),
    };
    if alone && piece.starts_with('|') {
        tree.miss_heading();
    }
    let is_rest_of_row = !alone && piece.starts_with('|');
    let is_row = is_rest_of_row || (alone && may_be_row(piece, word));
    let bare = if is_row {
        tree.bare_row_in_table()
    } else {
        None
    };
    let fault = if bare.is_some() {
        bare_row(&text)
    } else if alone {
        fault(&text)
    } else {
        left_over(&text)
    };
    // One message is enough for all rows of a table that lack their bars.
    let silent = tree.in_lost_block() || bare == Some(true);
    if !silent {
        tree.faults.push(fault);
    }
    let remnants = remnants(piece, tree.place(range.start));
    if !alone {
        tree.spoil_last();
    }
    let block = alone || piece.ends_with('{');
    tree.keep(remnants, Span::new(tree.file, range.clone()), !alone, block);
    tree.ended(range.end, piece.ends_with('{'));
}

/// Whether broken text in a table may be a row: it is no field, footnote, comment or brace.
fn may_be_row(piece: &str, word: &str) -> bool {
    !piece.starts_with(['|', '[', '{', '}']) && !vocabulary::is_field(word)
}

/// Keeps names and braces of a statement whose fault is already reported.
fn keep_remnants(tree: &mut Tree<'_>, range: Range<usize>) {
    let remnants = remnants(&tree.text[range.clone()], tree.place(range.start));
    tree.keep(remnants, Span::new(tree.file, range), false, true);
}
