//! Claims: who does what to which duties, when and why.
//!
//! # Two readings of one claim
//!
//! Most of a large file is claims, and most of their conditions are repeated. So a claim is read in
//! one of two ways:
//!
//! - The **quick** way: `who verb targets when …` up to the end of the line. The condition is kept
//!   as written and looked up in [`Known`](super::Known); it is parsed only the first time.
//! - The **plain** way: the whole statement, part by part. Only this way reports messages.
//!
//! The quick way never reports anything. Whatever it cannot read ends in [`ConvertError::Plain`],
//! and the statement is read again in the plain way; so both ways give the same tree, or the plain
//! one gives the message. A comment at the end of the line disables the quick way; a test in
//! `tests/check/mod.rs` uses that to compare the two.
//!
//! # A worked example
//!
//! ```text
//! 1  vendor owns logs    when plan = paid
//! 2  vendor owns backups when plan = paid
//! 3  vendor owns keys    when plan = paid and
//! 4    region = eu
//! 5  vendor owns mail    when plan == paid
//! ```
//!
//! Line 1 is quick: `plan = paid` is not known yet, so it is parsed and remembered. Line 2 is
//! quick: the same text is known, so its condition is `None`, which means "as in the first claim
//! with this text". In line 3 the condition does not end with the line: `plan = paid and` is not a
//! condition, so lines 3 and 4 are read in the plain way. Line 5 has `==`: the quick way gives up,
//! and the plain way reports "expected `=`, found `==`", once.

use jiff::civil::Date;
use pest::iterators::Pair;

use super::conditions;
use super::reader::{Read, StatementReader};
use crate::diagnostic::{Code, Diagnostic};
use crate::role::Role;
use crate::source::Span;
use crate::syntax::ast::{
    Claim, ClaimExtras, Condition, Part, Path, Spanned, Targets, Text, Verb, When,
};
use crate::syntax::cursor::{ConvertError, Cursor, TextPiece};
use crate::syntax::grammar::{self, Rule};

/// A claim; `otherwise` is the span of that word, if it is there.
pub(super) fn claim<'s>(
    reader: &mut StatementReader<'s, '_>,
    otherwise: Option<Span>,
) -> Read<Claim<'s>> {
    let who = reader.at.who()?;
    let start = otherwise
        .or_else(|| who.first().map(|path| path.span))
        .ok_or(ConvertError::Mismatch)?;
    let before = reader.faults.len();
    let verb = verb(reader, &who)?;
    let faulty = reader.faults.len() > before;
    let targets = targets(reader)?;
    let head = start.to(targets
        .include
        .last()
        .map_or(targets.span, |path| path.span));
    let text = reader.maybe_text()?;
    let when = reader
        .at
        .take(Rule::condition)
        .map(|pair| claimed_when(reader, pair))
        .transpose()?;
    let because = reader
        .at
        .take(Rule::reason)
        .map(|pair| reason(reader, pair))
        .transpose()?;
    let until = if reader.at.peek() == Some(Rule::date) {
        Some(reader.date()?)
    } else {
        None
    };
    let is_short = text.is_none() && because.is_none() && until.is_none();
    let more = (!is_short).then(|| {
        Box::new(ClaimExtras {
            text,
            because,
            until,
            ..ClaimExtras::default()
        })
    });
    let otherwise = otherwise.is_some();
    Ok(Claim {
        head,
        otherwise,
        who: who.into(),
        verb,
        targets,
        when,
        more,
        parts_lost: false,
        faulty,
    })
}

/// A claim whose condition is kept as text; it is parsed only at its first occurrence in a file.
pub(super) fn quick_claim<'s>(reader: &mut StatementReader<'s, '_>) -> Read<Claim<'s>> {
    let mut claim = claim(reader, None)?;
    let rest = reader.at.path(Rule::rest_of_line)?;
    let blanks = rest.node.len() - rest.node.trim_start().len();
    let start = rest.span.range().start + blanks;
    // A block may begin after it.
    let whole = rest.node.trim();
    let node = whole.strip_suffix('{').unwrap_or(whole).trim_end();
    let text = Spanned {
        node,
        span: Span::new(rest.span.file, start..start + node.len()),
    };
    let condition = if reader.known.contains(text.node) {
        None
    } else {
        Some(line_condition(reader, &text)?)
    };
    claim.when = Some(When { text, condition });
    Ok(claim)
}

/// A condition on its own; its faults are reported when its statement is read as a claim.
pub(super) fn line_condition<'s>(
    reader: &mut StatementReader<'s, '_>,
    text: &Path<'s>,
) -> Read<Condition<'s>> {
    let mut pairs =
        grammar::read(Rule::line_condition, text.node).map_err(|_| ConvertError::Plain)?;
    let place = TextPiece {
        base: text.span.range().start,
        ..reader.at.place
    };
    let pair =
        Cursor::new(pairs.next().ok_or(ConvertError::Plain)?, place).need(Rule::condition)?;
    let mut faults = Vec::new();
    let mut inner = StatementReader {
        at: Cursor::new(pair.clone(), place),
        known: &mut *reader.known,
        faults: &mut faults,
    };
    match conditions::condition(&mut inner, pair, 0) {
        Ok(condition) if faults.is_empty() => {
            reader.known.insert(text.node);
            Ok(condition)
        }
        _ => Err(ConvertError::Plain),
    }
}

/// The claim inside an `otherwise` or `ensure`.
pub(super) fn inner_claim<'s>(
    reader: &mut StatementReader<'s, '_>,
    otherwise: Option<Span>,
) -> Read<Claim<'s>> {
    let pair = reader.at.need(Rule::claim)?;
    let place = reader.at.place;
    claim(&mut reader.inside(Cursor::new(pair, place)), otherwise)
}

pub(super) fn part<'s>(reader: &mut StatementReader<'s, '_>) -> Read<Part<'s>> {
    let party = reader
        .at
        .who()?
        .into_iter()
        .next()
        .ok_or(ConvertError::Mismatch)?;
    Ok(Part {
        party,
        text: reader.text()?,
    })
}

pub(super) fn one_party<'s>(
    reader: &mut StatementReader<'s, '_>,
    who: &[Path<'s>],
) -> Read<Path<'s>> {
    let first = who.first().ok_or(ConvertError::Mismatch)?;
    if let Some(second) = who.get(1) {
        reader.faults.push(Diagnostic::new(
            Code::OneParty,
            second.span,
            "expected one party, found a list",
            "",
        ));
    }
    Ok(first.clone())
}

pub(super) fn verb<'s>(reader: &mut StatementReader<'s, '_>, who: &[Path<'s>]) -> Read<Verb> {
    let word = reader.at.next().ok_or(ConvertError::Mismatch)?;
    let verb = match (word.as_rule(), word.as_str().trim_end()) {
        (Rule::verb, "owns") => Verb::Owns,
        (Rule::verb, "share") => Verb::Share,
        (Rule::verb, _) => Verb::Is(Role::Supports),
        _ => Verb::Is(role_phrase(reader)?),
    };
    fit_parties(reader, who, verb);
    Ok(verb)
}

/// The role in `is … for`.
pub(super) fn role_phrase(reader: &mut StatementReader<'_, '_>) -> Read<Role> {
    let word = reader.at.next().ok_or(ConvertError::Mismatch)?;
    reader.at.next().ok_or(ConvertError::Mismatch)?;
    Ok(match word.as_rule() {
        Rule::kw_responsible => Role::Responsible,
        Rule::kw_accountable => Role::Accountable,
        Rule::kw_consulted => Role::Consulted,
        Rule::kw_informed => Role::Informed,
        _ => return Err(ConvertError::Mismatch),
    })
}

/// Whether the verb takes that many parties.
pub(super) fn fit_parties<'s>(reader: &mut StatementReader<'s, '_>, who: &[Path<'s>], verb: Verb) {
    let alone = matches!(
        verb,
        Verb::Owns | Verb::Is(Role::Responsible | Role::Accountable)
    );
    let names: Vec<&str> = who.iter().map(|path| path.node).collect();
    if let (true, Some(second)) = (alone, who.get(1)) {
        let fault = Diagnostic::new(
            Code::OneParty,
            second.span,
            "expected one party, found a list",
            "",
        );
        reader.faults.push(fault.help(format!(
            "if they hold it together, write `{} share …`",
            names.join(", ")
        )));
    }
    if let (Verb::Share, [only]) = (verb, who) {
        let fault = Diagnostic::new(
            Code::SharePartners,
            only.span,
            "a `share` needs at least two parties",
            "",
        );
        reader.faults.push(fault.help(format!(
            "add the other parties, or write `{} owns …`",
            only.node
        )));
    }
    for (i, path) in who.iter().enumerate() {
        if names[..i].contains(&path.node) {
            let message = format!("`{}` is named twice", path.node);
            reader
                .faults
                .push(Diagnostic::new(Code::SharePartners, path.span, message, ""));
        }
    }
}

pub(super) fn targets<'s>(reader: &mut StatementReader<'s, '_>) -> Read<Targets<'s>> {
    let pair = reader.at.need(Rule::targets)?;
    let span = reader.at.place.span(&pair);
    let mut inner = Cursor::new(pair, reader.at.place);
    let include = inner.names(Rule::target)?.into();
    let except = match inner.take(Rule::excepted) {
        Some(pair) => Cursor::new(pair, reader.at.place)
            .names(Rule::target)?
            .into(),
        None => Box::default(),
    };
    Ok(Targets {
        span,
        include,
        except,
    })
}

/// `when …`
pub(super) fn maybe_when<'s>(reader: &mut StatementReader<'s, '_>) -> Read<Option<When<'s>>> {
    let Some(pair) = reader.at.take(Rule::when) else {
        return Ok(None);
    };
    let condition = Cursor::new(pair, reader.at.place).need(Rule::condition)?;
    when(reader, condition).map(Some)
}

/// The condition of a claim; its text may already be known.
pub(super) fn claimed_when<'s>(
    reader: &mut StatementReader<'s, '_>,
    pair: Pair<'s, Rule>,
) -> Read<When<'s>> {
    let text = text_of(reader, &pair);
    if reader.known.contains(text.node) {
        return Ok(When {
            text,
            condition: None,
        });
    }
    let before = reader.faults.len();
    let when = when(reader, pair)?;
    // A faulty condition is reported at every occurrence.
    if reader.faults.len() == before {
        reader.known.insert(when.text.node);
    }
    Ok(when)
}

pub(super) fn when<'s>(
    reader: &mut StatementReader<'s, '_>,
    pair: Pair<'s, Rule>,
) -> Read<When<'s>> {
    Ok(When {
        text: text_of(reader, &pair),
        condition: Some(conditions::condition(reader, pair, 0)?),
    })
}

/// A condition as written, up to its last word.
pub(super) fn text_of<'s>(reader: &StatementReader<'s, '_>, pair: &Pair<'s, Rule>) -> Path<'s> {
    let span = reader.at.place.span(pair);
    Spanned {
        node: reader.at.place.text.get(span.range()).unwrap_or(""),
        span,
    }
}

/// `because "…"`
pub(super) fn maybe_because<'s>(reader: &mut StatementReader<'s, '_>) -> Read<Option<Text<'s>>> {
    let Some(pair) = reader.at.take(Rule::because) else {
        return Ok(None);
    };
    let pair = Cursor::new(pair, reader.at.place).need(Rule::reason)?;
    reason(reader, pair).map(Some)
}

pub(super) fn reason<'s>(
    reader: &mut StatementReader<'s, '_>,
    pair: Pair<'s, Rule>,
) -> Read<Text<'s>> {
    reader.inside(Cursor::new(pair, reader.at.place)).text()
}

/// `until 2027-03-31`
pub(super) fn maybe_until(
    reader: &mut StatementReader<'_, '_>,
) -> Read<Option<Spanned<Option<Date>>>> {
    let Some(pair) = reader.at.take(Rule::until) else {
        return Ok(None);
    };
    reader
        .inside(Cursor::new(pair, reader.at.place))
        .date()
        .map(Some)
}
