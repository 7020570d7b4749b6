//! Conditions: tests joined by `not`, `and` and `or`.

use pest::iterators::Pair;

use super::reader::{Read, StatementReader};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::MAX_DEPTH;
use crate::syntax::ast::{Comparison, Condition, Test};
use crate::syntax::cursor::{ConvertError, Cursor};
use crate::syntax::grammar::Rule;

/// `not` binds tighter than `and`, and `and` tighter than `or`.
pub(super) fn condition<'s>(
    reader: &mut StatementReader<'s, '_>,
    pair: Pair<'s, Rule>,
    depth: usize,
) -> Read<Condition<'s>> {
    let mut inner = Cursor::new(pair, reader.at.place);
    let mut any = Vec::new();
    let mut all = Vec::with_capacity(2);
    while let Some(pair) = inner.next() {
        if pair.as_rule() == Rule::or {
            any.push(one_or(std::mem::take(&mut all), Condition::And)?);
        } else {
            all.push(operand(reader, pair, &mut inner, depth)?);
        }
    }
    any.push(one_or(all, Condition::And)?);
    one_or(any, Condition::Or)
}

pub(super) fn operand<'s>(
    reader: &mut StatementReader<'s, '_>,
    mut pair: Pair<'s, Rule>,
    rest: &mut Cursor<'s>,
    depth: usize,
) -> Read<Condition<'s>> {
    let mut is_negated = false;
    // After `not`, the parts of a parenthesised condition are nested inside.
    let mut inside = None;
    while pair.as_rule() == Rule::negated {
        is_negated = !is_negated;
        let inner = inside.insert(Cursor::new(pair, reader.at.place));
        pair = inner.next().ok_or(ConvertError::Mismatch)?;
    }
    let rest = inside.as_mut().unwrap_or(rest);
    let condition = if pair.as_rule() == Rule::paren_open {
        let paren = reader.at.place.span(&pair);
        let nested = rest.need(Rule::condition)?;
        rest.need(Rule::paren_close)?;
        if depth >= MAX_DEPTH {
            reader.faults.push(too_deep(paren));
            return Err(ConvertError::Mismatch);
        }
        condition(reader, nested, depth + 1)?
    } else {
        Condition::Test(test(reader, pair)?)
    };
    Ok(if is_negated {
        Condition::Not(Box::new(condition))
    } else {
        condition
    })
}

pub(super) fn test<'s>(
    reader: &mut StatementReader<'s, '_>,
    pair: Pair<'s, Rule>,
) -> Read<Test<'s>> {
    let mut inner = Cursor::new(pair, reader.at.place);
    let axis = inner.name(Rule::axis_ref)?;
    let sign = inner.next();
    let comparison = match sign.as_ref().map(Pair::as_rule) {
        None => Comparison::Yes,
        Some(Rule::equals) => {
            if sign.is_some_and(|sign| sign.as_str() == "==") {
                reader.faults.push(Diagnostic::new(
                    Code::Unexpected,
                    inner.last(),
                    "expected `=`, found `==`",
                    "",
                ));
            }
            Comparison::Is(inner.name(Rule::value_ref)?)
        }
        Some(Rule::differs) => Comparison::IsNot(inner.name(Rule::value_ref)?),
        Some(_) => {
            if let Some(list) = inner.take(Rule::value_list) {
                Comparison::In(
                    Cursor::new(list, reader.at.place)
                        .names(Rule::value_ref)?
                        .into(),
                )
            } else {
                let from = inner.name(Rule::value_ref)?;
                inner.need(Rule::dots)?;
                Comparison::Range(Box::new([from, inner.name(Rule::value_ref)?]))
            }
        }
    };
    Ok(Test { axis, comparison })
}

/// A single item as itself, several as a list.
fn one_or<'s>(
    mut list: Vec<Condition<'s>>,
    join: fn(Box<[Condition<'s>]>) -> Condition<'s>,
) -> Read<Condition<'s>> {
    if list.len() > 1 {
        Ok(join(list.into()))
    } else {
        list.pop().ok_or(ConvertError::Mismatch)
    }
}

/// A condition nests too deeply to be read.
pub(crate) fn too_deep(paren: Span) -> Diagnostic {
    let message = format!("this condition is nested more than {MAX_DEPTH} levels deep");
    Diagnostic::new(
        Code::TooDeep,
        paren,
        message,
        "this parenthesis is one level too deep",
    )
    .help("split the claim into several")
}
