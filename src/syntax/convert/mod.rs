//! From one pest pair to one statement of the tree.

mod claims;
mod conditions;
mod constraints;
mod declarations;
mod fields;
mod reader;
mod tables;

use pest::iterators::Pair;
use rustc_hash::FxHashSet;

use super::ast::{Condition, Field, Footnote, Item, Part};
use super::cursor::{Cursor, TextPiece};
use super::grammar::Rule;
use crate::diagnostic::Diagnostic;
use crate::source::Span;
use reader::{Read, StatementReader};

pub(super) use conditions::too_deep;
pub(super) use reader::text;

/// One statement, without the block that may follow it.
pub(super) enum ParsedStatement<'s> {
    /// A declaration, claim or constraint.
    Item(Item<'s>),
    /// A field.
    Field(Field<'s>),
    /// A party's part of a share.
    Part(Part<'s>),
    /// A row, its cells unread.
    Row(RawRow<'s>),
    /// A footnote.
    Footnote(Footnote<'s>),
}

/// A row whose cells are still text.
pub(super) struct RawRow<'s> {
    /// The whole row.
    pub span: Span,
    /// The text between two bars, with its blanks, and where it begins.
    pub cells: Vec<(&'s str, usize)>,
    /// The file's whole text.
    pub text: &'s str,
}

/// The condition texts of earlier claims in a file, because large files repeat them.
pub(super) type Known<'s> = FxHashSet<&'s str>;

/// Reads a statement; what is wrong inside it is added to the faults.
pub(super) fn statement<'s>(
    pair: Pair<'s, Rule>,
    place: TextPiece<'s>,
    known: &mut Known<'s>,
    faults: &mut Vec<Diagnostic>,
) -> Read<ParsedStatement<'s>> {
    let rule = pair.as_rule();
    let span = place.span(&pair);
    let mut reader = StatementReader {
        at: Cursor::new(pair, place),
        known,
        faults,
    };
    let item = match rule {
        Rule::use_file => declarations::use_file(&mut reader, span)?,
        Rule::party => declarations::party(&mut reader)?,
        Rule::axis => declarations::axis(&mut reader)?,
        Rule::option => declarations::option(&mut reader)?,
        Rule::framework => declarations::framework(&mut reader)?,
        Rule::model => declarations::model(&mut reader)?,
        Rule::area => declarations::area(&mut reader)?,
        Rule::duty => declarations::duty(&mut reader)?,
        Rule::table | Rule::raci => tables::table(&mut reader, rule)?,
        Rule::impossible => constraints::impossible(&mut reader, span)?,
        Rule::ensure => constraints::ensure(&mut reader)?,
        Rule::separate => constraints::separate(&mut reader)?,
        Rule::allow => constraints::allow(&mut reader)?,
        Rule::claim => Item::Claim(claims::claim(&mut reader, None)?),
        Rule::quick => Item::Claim(claims::quick_claim(&mut reader)?),
        Rule::filling => {
            let word = reader.keyword()?;
            Item::Claim(claims::inner_claim(&mut reader, Some(word.span))?)
        }
        Rule::part => return claims::part(&mut reader).map(ParsedStatement::Part),
        Rule::row => return Ok(ParsedStatement::Row(tables::row(&mut reader, span))),
        Rule::footnote => return tables::footnote(&mut reader).map(ParsedStatement::Footnote),
        _ => return fields::field(&mut reader, rule, span).map(ParsedStatement::Field),
    };
    Ok(ParsedStatement::Item(item))
}

/// Parses a condition again on its own, after its statement was already parsed.
pub(super) fn condition<'s>(pair: Pair<'s, Rule>, place: TextPiece<'s>) -> Option<Condition<'s>> {
    let mut faults = Vec::new();
    let mut reader = StatementReader {
        at: Cursor::new(pair.clone(), place),
        known: &mut Known::default(),
        faults: &mut faults,
    };
    conditions::condition(&mut reader, pair, 0).ok()
}
