//! Fields of blocks.

use super::reader::{Read, StatementReader};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Field, Period, Value};
use crate::syntax::cursor::ConvertError;
use crate::syntax::grammar::Rule;
use crate::syntax::vocabulary::FieldKind;

pub(super) fn field<'s>(
    reader: &mut StatementReader<'s, '_>,
    rule: Rule,
    span: Span,
) -> Read<Field<'s>> {
    let kind = FieldKind::of_rule(rule).ok_or(ConvertError::Mismatch)?;
    let word = reader.keyword()?;
    let value = match reader.at.peek().ok_or(ConvertError::Mismatch)? {
        Rule::text => Value::Texts(reader.texts()?),
        Rule::name => Value::Word(reader.at.path(Rule::name)?),
        Rule::party_ref => Value::Paths(reader.at.names(Rule::party_ref)?),
        Rule::framework_ref => {
            Value::Controls(reader.at.name(Rule::framework_ref)?, reader.texts()?)
        }
        Rule::date => Value::Day(reader.date()?.node),
        Rule::kw_every => {
            reader.keyword()?;
            let number = reader.at.path(Rule::number)?;
            let period = match reader.at.path(Rule::period)?.node {
                "day" | "days" => Period::Days,
                "week" | "weeks" => Period::Weeks,
                "month" | "months" => Period::Months,
                _ => Period::Years,
            };
            let count = number
                .node
                .parse()
                .ok()
                .filter(|count| (1..=10_000).contains(count));
            if count.is_none() {
                let message = format!("expected a number from 1 to 10000, found `{}`", number.node);
                reader
                    .faults
                    .push(Diagnostic::new(Code::FieldValue, number.span, message, ""));
            }
            Value::Every(count.unwrap_or(10_000), period)
        }
        _ => return Err(ConvertError::Mismatch),
    };
    Ok(Field {
        kind,
        word,
        span,
        value,
    })
}
