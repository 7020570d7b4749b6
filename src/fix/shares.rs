//! Fixes for a share that does not say who does what: adds parts to fill in.

use super::edits::Edit;
use super::{Applicability, Fix, FixContext};
use crate::source::Span;
use crate::syntax::made::{TO_WRITE, part};
use crate::syntax::vocabulary::is_field;
use crate::syntax::{FlatKind, StatementKind, writer};

/// A part for each party without one, in the block of the claim or in a footnote to its cells.
pub(super) fn fixes(
    context: &FixContext<'_>,
    claim: Span,
    cells: &[Span],
    parties: &[String],
) -> Vec<Fix> {
    if parties.iter().any(|party| is_field(party)) {
        // A part of such a party would be read as a field; the party's name is an error already.
        return Vec::new();
    }
    let parts: Vec<String> = parties
        .iter()
        .map(|party| writer::part(&part(party, TO_WRITE)))
        .collect();
    let edits = if cells.is_empty() {
        let block = context.text.statement(claim.range().start);
        let block = block.filter(|block| block.kind == FlatKind::Statement(StatementKind::Claim));
        block.map(|block| vec![context.text.parts(block, &parts)])
    } else {
        footnote(context, cells, &parts)
    };
    let title = "Add what each party does";
    let fix = edits.map(|edits| Fix::new(Applicability::Draft, title, edits).preferred(true));
    fix.into_iter().collect()
}

/// A footnote with parts, and its mark on each of the cells.
fn footnote(context: &FixContext<'_>, cells: &[Span], parts: &[String]) -> Option<Vec<Edit>> {
    let text = &context.text;
    let first = cells.first()?.range().start;
    let row = text
        .blocks
        .iter()
        .find(|block| block.head.contains(&first))?;
    if cells
        .iter()
        .any(|cell| text.text[cell.range()].ends_with(']'))
    {
        return None;
    }
    let own = || {
        text.blocks
            .iter()
            .filter(|block| block.around == row.around)
    };
    let footnotes = own().filter(|block| block.kind == FlatKind::Footnote);
    let number = |block: &crate::syntax::blocks::Block| {
        let words = block.words(text.text);
        let mark = words.first()?.text.trim_matches(['[', ']']);
        mark.parse::<u32>().ok()
    };
    let mark = footnotes
        .filter_map(number)
        .max()
        .unwrap_or(0)
        .checked_add(1)?;
    let last = own().rfind(|block| matches!(block.kind, FlatKind::Row(_) | FlatKind::Footnote))?;
    let line = text.text[last.whole.end..].split('\n').next().unwrap_or("");
    let end = last.whole.end + line.trim_end().len();
    let marked = |cell: &Span| Edit::insert(cell.range().end, format!("[{mark}]"));
    let mut edits: Vec<Edit> = cells.iter().map(marked).collect();
    let indent = text.indent(row.head.start);
    let footnote = format!("\n{indent}[{mark}] {}", parts.join(", "));
    edits.push(Edit::insert(end, footnote));
    Some(edits)
}
