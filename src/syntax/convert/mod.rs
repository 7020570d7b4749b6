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
use super::vocabulary::StatementKind;
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
    /// A row whose cells are not parsed yet.
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
    let reader = &mut reader;
    // Most statements are claims; the others are told apart by the vocabulary.
    let item = match rule {
        Rule::claim => Item::Claim(claims::claim(reader, None)?),
        Rule::quick => Item::Claim(claims::quick_claim(reader)?),
        Rule::row => return Ok(ParsedStatement::Row(tables::row(reader, span))),
        Rule::part => return claims::part(reader).map(ParsedStatement::Part),
        Rule::footnote => return tables::footnote(reader).map(ParsedStatement::Footnote),
        Rule::filling => {
            let word = reader.keyword()?;
            Item::Claim(claims::inner_claim(reader, Some(word.span))?)
        }
        _ => match StatementKind::of_rule(rule) {
            Some(kind) => item(reader, kind, rule, span)?,
            None => return fields::field(reader, rule, span).map(ParsedStatement::Field),
        },
    };
    Ok(ParsedStatement::Item(item))
}

/// A statement that begins with a word of its own.
fn item<'s>(
    reader: &mut StatementReader<'s, '_>,
    kind: StatementKind,
    rule: Rule,
    span: Span,
) -> Read<Item<'s>> {
    match kind {
        StatementKind::Use => declarations::use_file(reader, span),
        StatementKind::Party => declarations::party(reader),
        StatementKind::Axis => declarations::axis(reader),
        StatementKind::Option => declarations::option(reader),
        StatementKind::Framework => declarations::framework(reader),
        StatementKind::Model => declarations::model(reader),
        StatementKind::Area => declarations::area(reader),
        StatementKind::Duty => declarations::duty(reader),
        StatementKind::Claim => claims::claim(reader, None).map(Item::Claim),
        StatementKind::Table | StatementKind::Raci => tables::table(reader, rule),
        StatementKind::Impossible => constraints::impossible(reader, span),
        StatementKind::Ensure => constraints::ensure(reader),
        StatementKind::Separate => constraints::separate(reader),
        StatementKind::Allow => constraints::allow(reader),
    }
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
