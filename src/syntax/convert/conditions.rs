//! Conditions: tests joined by `not`, `and` and `or`.

use pest::iterators::Pair;

use super::{Read, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::MAX_DEPTH;
use crate::syntax::ast::{Ask, Condition, Test};
use crate::syntax::cursor::{Cursor, Mismatch};
use crate::syntax::grammar::Rule;

impl<'s> Reader<'s, '_> {
    /// `not` binds before `and`, `and` before `or`.
    pub(super) fn condition(&mut self, pair: Pair<'s, Rule>, depth: usize) -> Read<Condition<'s>> {
        let mut inner = Cursor::new(pair, self.at.place);
        let mut any = Vec::new();
        let mut all = vec![self.operand(&mut inner, depth)?];
        while let Some(pair) = inner.next() {
            if pair.as_rule() == Rule::kw_or {
                any.push(one_or(std::mem::take(&mut all), Condition::And)?);
            }
            all.push(self.operand(&mut inner, depth)?);
        }
        any.push(one_or(all, Condition::And)?);
        one_or(any, Condition::Or)
    }

    fn operand(&mut self, inner: &mut Cursor<'s>, depth: usize) -> Read<Condition<'s>> {
        let mut negated = false;
        while inner.take(Rule::kw_not).is_some() {
            negated = !negated;
        }
        let pair = inner.next().ok_or(Mismatch)?;
        let condition = if pair.as_rule() == Rule::paren_open {
            let paren = self.at.place.span(&pair);
            let nested = inner.need(Rule::condition)?;
            inner.need(Rule::paren_close)?;
            if depth >= MAX_DEPTH {
                self.faults.push(too_deep(paren));
                return Err(Mismatch);
            }
            self.condition(nested, depth + 1)?
        } else {
            Condition::Test(self.test(pair)?)
        };
        Ok(if negated { Condition::Not(Box::new(condition)) } else { condition })
    }

    fn test(&mut self, pair: Pair<'s, Rule>) -> Read<Test<'s>> {
        let span = self.at.place.span(&pair);
        let mut inner = Cursor::new(pair, self.at.place);
        let axis = inner.path(Rule::axis_ref)?;
        let sign = inner.next();
        let ask = match sign.as_ref().map(Pair::as_rule) {
            None => Ask::Yes,
            Some(Rule::equals) => {
                if sign.is_some_and(|sign| sign.as_str().trim_end() == "==") {
                    self.faults.push(Diagnostic::new(Code::Unexpected, inner.last, "expected `=`, found `==`", ""));
                }
                Ask::Is(inner.path(Rule::value_ref)?)
            }
            Some(Rule::differs) => Ask::IsNot(inner.path(Rule::value_ref)?),
            Some(_) => {
                if let Some(list) = inner.take(Rule::value_list) {
                    let mut list = Cursor::new(list, self.at.place);
                    list.need(Rule::list_open)?;
                    Ask::In(list.paths(Rule::value_ref))
                } else {
                    let from = inner.path(Rule::value_ref)?;
                    inner.need(Rule::dots)?;
                    Ask::Range(from, inner.path(Rule::value_ref)?)
                }
            }
        };
        Ok(Test { span, axis, ask })
    }
}

/// One thing as it is, several as a list.
fn one_or<'s>(mut list: Vec<Condition<'s>>, join: fn(Vec<Condition<'s>>) -> Condition<'s>) -> Read<Condition<'s>> {
    if list.len() > 1 { Ok(join(list)) } else { list.pop().ok_or(Mismatch) }
}
/// A condition nests too deeply to be read.
pub fn too_deep(paren: Span) -> Diagnostic {
    let message = format!("this condition nests more than {MAX_DEPTH} deep");
    Diagnostic::new(Code::TooDeep, paren, message, "one parenthesis too many").help("split the claim into several")
}
