//! `impossible`, `ensure`, `separate` and `allow`.

use super::claims;
use super::reader::{Read, StatementReader};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Allow, ClaimExtras, Ensure, Impossible, Item, Requirement, Separate};
use crate::syntax::cursor::{ConvertError, Cursor};
use crate::syntax::grammar::Rule;

pub(super) fn impossible<'s>(reader: &mut StatementReader<'s, '_>, span: Span) -> Read<Item<'s>> {
    reader.keyword()?;
    let when = claims::maybe_when(reader)?.ok_or(ConvertError::Mismatch)?;
    let because = claims::maybe_because(reader)?;
    Ok(Item::Impossible(Box::new(Impossible {
        span,
        when,
        because,
        fields: Vec::new(),
    })))
}

pub(super) fn ensure<'s>(reader: &mut StatementReader<'s, '_>) -> Read<Item<'s>> {
    let word = reader.keyword()?;
    if reader.at.peek() == Some(Rule::claim) {
        let claim = claims::inner_claim(reader, None)?;
        let head = word.span.to(claim.head);
        let head = claim
            .targets
            .except
            .last()
            .map_or(head, |last| head.to(last.span));
        let more = claim.more.map_or_else(ClaimExtras::default, |more| *more);
        no_tail(
            reader,
            more.text.as_ref().map(|text| text.span),
            more.until.as_ref().map(|until| until.span),
        );
        let requirement = Requirement::Claim(claim.who, claim.verb, claim.targets);
        return Ok(boxed(Ensure {
            head,
            requirement,
            when: claim.when,
            because: more.because,
            fields: Vec::new(),
        }));
    }
    let pair = reader.at.need(Rule::law)?;
    let place = reader.at.place;
    requirement(&mut reader.inside(Cursor::new(pair, place)), word.span)
}

/// A requirement that only an `ensure` can have; `word` is the span of `ensure`.
pub(super) fn requirement<'s>(reader: &mut StatementReader<'s, '_>, word: Span) -> Read<Item<'s>> {
    let who = reader.at.who()?;
    let party = claims::one_party(reader, &who)?;
    let requirement = if let Some(pair) = reader.at.take(Rule::grows) {
        let mut inner = Cursor::new(pair, reader.at.place);
        inner.need(Rule::kw_grows)?;
        inner.need(Rule::kw_along)?;
        let axis = inner.name(Rule::axis_ref)?;
        inner.need(Rule::kw_from)?;
        let from = inner.name(Rule::value_ref)?;
        inner.need(Rule::kw_to)?;
        Requirement::Monotone {
            party,
            axis,
            from,
            to: inner.name(Rule::value_ref)?,
        }
    } else {
        let pair = reader.at.need(Rule::never)?;
        let mut inner = reader.inside(Cursor::new(pair, reader.at.place));
        inner.at.need(Rule::kw_never)?;
        inner.at.need(Rule::kw_owns)?;
        Requirement::Never(party, claims::targets(&mut inner)?)
    };
    let head = word.to(reader.at.last());
    let text = reader.maybe_text()?.map(|text| text.span);
    let (when, because) = (claims::maybe_when(reader)?, claims::maybe_because(reader)?);
    let until = claims::maybe_until(reader)?.map(|until| until.span);
    no_tail(reader, text, until);
    Ok(boxed(Ensure {
        head,
        requirement,
        when,
        because,
        fields: Vec::new(),
    }))
}

/// An `ensure` takes neither a text nor an end.
pub(super) fn no_tail(
    reader: &mut StatementReader<'_, '_>,
    text: Option<Span>,
    until: Option<Span>,
) {
    for span in text.into_iter().chain(until) {
        let fault = Diagnostic::new(
            Code::Unexpected,
            span,
            "an `ensure` cannot have a text or an end date",
            "",
        );
        reader
            .faults
            .push(fault.help("it always applies; say why with `because \"…\"`"));
    }
}

pub(super) fn separate<'s>(reader: &mut StatementReader<'s, '_>) -> Read<Item<'s>> {
    let word = reader.keyword()?;
    let left = claims::targets(reader)?;
    reader.at.need(Rule::kw_from)?;
    let right = claims::targets(reader)?;
    let head = word.span.to(reader.at.last());
    let (when, because) = (claims::maybe_when(reader)?, claims::maybe_because(reader)?);
    Ok(Item::Separate(Box::new(Separate {
        head,
        left,
        right,
        when,
        because,
        fields: Vec::new(),
    })))
}

pub(super) fn allow<'s>(reader: &mut StatementReader<'s, '_>) -> Read<Item<'s>> {
    let word = reader.keyword()?;
    let finding = reader.at.path(Rule::finding)?;
    reader.at.need(Rule::kw_on)?;
    let targets = claims::targets(reader)?;
    let head = word.span.to(reader.at.last());
    let when = claims::maybe_when(reader)?;
    let because = claims::maybe_because(reader)?.ok_or(ConvertError::Mismatch)?;
    let until = claims::maybe_until(reader)?;
    Ok(Item::Allow(Box::new(Allow {
        head,
        finding,
        targets,
        when,
        because,
        until,
        fields: Vec::new(),
    })))
}

fn boxed(ensure: Ensure<'_>) -> Item<'_> {
    Item::Ensure(Box::new(ensure))
}
