//! The unread parts of one statement, and the reading of parts that all statements share.

use jiff::civil::Date;
use pest::iterators::Pair;

use super::Known;
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;
use crate::syntax::ast::{Path, Spanned, Text};
use crate::syntax::cursor::{ConvertError, Cursor, TextPiece};
use crate::syntax::grammar::Rule;
use crate::syntax::text::{day, unquote};
use crate::syntax::vocabulary::{self};

/// A part, or why the statement cannot be converted.
pub(super) type Read<T> = Result<T, ConvertError>;

/// The parts of one statement that are still to be read.
pub(super) struct StatementReader<'s, 'f> {
    pub at: Cursor<'s>,
    pub known: &'f mut Known<'s>,
    pub faults: &'f mut Vec<Diagnostic>,
}

impl<'s> StatementReader<'s, '_> {
    /// A reader for the content of a part.
    pub(super) fn inside(&mut self, at: Cursor<'s>) -> StatementReader<'s, '_> {
        StatementReader {
            at,
            known: &mut *self.known,
            faults: &mut *self.faults,
        }
    }

    pub(super) fn keyword(&mut self) -> Read<Path<'s>> {
        let pair = self.at.next().ok_or(ConvertError::Mismatch)?;
        Ok(self.at.place.path(&pair))
    }

    /// The name a declaration gives.
    pub(super) fn new_name(&mut self) -> Read<Path<'s>> {
        let name = self.at.new_name()?;
        self.not_reserved(&name);
        Ok(name)
    }

    pub(super) fn not_reserved(&mut self, name: &Path<'s>) {
        if vocabulary::is_reserved(name.node) {
            let message = format!("expected a name, found the reserved word `{}`", name.node);
            self.faults.push(
                Diagnostic::new(Code::ReservedWord, name.span, message, "")
                    .help("choose another name"),
            );
        }
    }

    pub(super) fn maybe_text(&mut self) -> Read<Option<Text<'s>>> {
        if self.at.peek() == Some(Rule::text) {
            self.text().map(Some)
        } else {
            Ok(None)
        }
    }

    pub(super) fn text(&mut self) -> Read<Text<'s>> {
        let pair = self.at.need(Rule::text)?;
        Ok(text(&pair, self.at.place, self.faults))
    }

    pub(super) fn texts(&mut self) -> Read<Vec<Text<'s>>> {
        let mut texts = Vec::new();
        while self.at.peek() == Some(Rule::text) {
            texts.push(self.text()?);
            self.at.take(Rule::comma);
        }
        Ok(texts)
    }

    pub(super) fn date(&mut self) -> Read<Spanned<Option<Date>>> {
        let token = self.at.path(Rule::date)?;
        let node = day(token.node);
        if node.is_none() {
            let message = format!("the date `{}` does not exist", token.node);
            self.faults.push(
                Diagnostic::new(Code::BadDate, token.span, message, "")
                    .help("write year-month-day, such as `2027-03-31`"),
            );
        }
        Ok(Spanned {
            node,
            span: token.span,
        })
    }
}

/// The content of a text token; an unknown escape is a fault.
pub(in crate::syntax) fn text<'s>(
    pair: &Pair<'s, Rule>,
    place: TextPiece<'s>,
    faults: &mut Vec<Diagnostic>,
) -> Text<'s> {
    let span = place.span(pair);
    let node = unquote(pair.as_str().trim_end()).unwrap_or_else(|bad| {
        let start = span.range().start + bad.offset;
        let at = Span::new(span.file, start..start + bad.length);
        let fault = Diagnostic::new(Code::BadEscape, at, bad.what, "");
        faults.push(fault.help("the escapes are `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u{…}`; for a backslash, write `\\\\`"));
        "".into()
    });
    Spanned { node, span }
}
