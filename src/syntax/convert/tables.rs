//! Heads, rows and footnotes of tables.

use super::reader::{Read, StatementReader};
use super::{RawRow, claims};
use crate::source::Span;
use crate::syntax::ast::{Footnote, Item, Part, Table};
use crate::syntax::cursor::Cursor;
use crate::syntax::grammar::Rule;

pub(super) fn table<'s>(reader: &mut StatementReader<'s, '_>, rule: Rule) -> Read<Item<'s>> {
    let word = reader.keyword()?;
    let axis = if rule == Rule::table {
        reader.at.need(Rule::kw_by)?;
        Some(reader.at.name(Rule::axis_ref)?)
    } else {
        None
    };
    let when = claims::maybe_when(reader)?;
    let head = word.span.to(reader.at.last());
    Ok(Item::Table(Box::new(Table {
        head,
        axis,
        when,
        columns: Vec::new(),
        rows: Vec::new(),
        lost: Vec::new(),
        unnamed: Vec::new(),
        has_heading: false,
        footnotes: Vec::new(),
        fields: Vec::new(),
        faulty: false,
    })))
}

pub(super) fn row<'s>(reader: &mut StatementReader<'s, '_>, span: Span) -> RawRow<'s> {
    let mut cells = Vec::new();
    while let Some(pair) = reader.at.next() {
        if pair.as_rule() == Rule::cell {
            cells.push((pair.as_str(), reader.at.place.base + pair.as_span().start()));
        }
    }
    RawRow {
        span,
        cells,
        text: reader.at.place.text,
    }
}

pub(super) fn footnote<'s>(reader: &mut StatementReader<'s, '_>) -> Read<Footnote<'s>> {
    let mut mark = reader.at.path(Rule::mark)?;
    mark.node = mark.node.trim_matches(['[', ']']);
    let (mut texts, mut parts) = (Vec::new(), Vec::new());
    while let Some(pair) = reader.at.next() {
        if pair.as_rule() == Rule::footnote_item {
            let mut item = reader.inside(Cursor::new(pair, reader.at.place));
            match item.at.take(Rule::party_ref) {
                Some(party) => parts.push(Part {
                    party: item.at.place.path(&party),
                    text: item.text()?,
                }),
                None => texts.push(item.text()?),
            }
        }
    }
    Ok(Footnote { mark, texts, parts })
}
