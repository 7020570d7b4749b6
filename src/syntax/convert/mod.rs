//! From one pest pair to one statement of the tree.

mod claims;
mod conditions;

use jiff::civil::Date;
use pest::iterators::Pair;
use rustc_hash::FxHashSet;

use super::ast::{
    Allow, Area, Axis, ClaimExtras, Condition, Duty, Ensure, Field, Footnote, Framework,
    Impossible, Item, Model, Part, Party, Path, Period, Requirement, Separate, Spanned, Table,
    Text, Use, Value,
};
use super::cursor::{ConvertError, Cursor, Place};
use super::grammar::Rule;
use super::text::{day, unquote};
use super::vocabulary::{self, FieldKind};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Span;

pub(super) use conditions::too_deep;

/// One statement, without the block that may follow it.
pub(super) enum Statement<'s> {
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

type Read<T> = Result<T, ConvertError>;

/// The conditions of claims that were read before in a file, as they are written: large files
/// repeat them.
pub(super) type Known<'s> = FxHashSet<&'s str>;

/// Reads a statement; what is wrong inside it is added to the faults.
pub(super) fn statement<'s>(
    pair: Pair<'s, Rule>,
    place: Place<'s>,
    known: &mut Known<'s>,
    faults: &mut Vec<Diagnostic>,
) -> Read<Statement<'s>> {
    let rule = pair.as_rule();
    let span = place.span(&pair);
    let mut reader = Reader {
        at: Cursor::new(pair, place),
        known,
        faults,
    };
    let item = match rule {
        Rule::use_file => reader.use_file(span)?,
        Rule::party => reader.party()?,
        Rule::axis => reader.axis()?,
        Rule::option => reader.option()?,
        Rule::framework => reader.framework()?,
        Rule::model => reader.model()?,
        Rule::area => reader.area()?,
        Rule::duty => reader.duty()?,
        Rule::table | Rule::raci => reader.table(rule)?,
        Rule::impossible => reader.impossible(span)?,
        Rule::ensure => reader.ensure()?,
        Rule::separate => reader.separate()?,
        Rule::allow => reader.allow()?,
        Rule::claim => Item::Claim(reader.claim(None)?),
        Rule::quick => Item::Claim(reader.quick_claim()?),
        Rule::filling => {
            let word = reader.keyword()?;
            Item::Claim(reader.inner_claim(Some(word.span))?)
        }
        Rule::part => return reader.part().map(Statement::Part),
        Rule::row => return Ok(Statement::Row(reader.row(span))),
        Rule::footnote => return reader.footnote().map(Statement::Footnote),
        _ => return reader.field(rule, span).map(Statement::Field),
    };
    Ok(Statement::Item(item))
}

/// Reads a condition by itself, which once was read with its statement.
pub(super) fn condition<'s>(pair: Pair<'s, Rule>, place: Place<'s>) -> Option<Condition<'s>> {
    let mut faults = Vec::new();
    let mut reader = Reader {
        at: Cursor::new(pair.clone(), place),
        known: &mut Known::default(),
        faults: &mut faults,
    };
    reader.condition(pair, 0).ok()
}

/// The parts of one statement that are still to be read.
struct Reader<'s, 'f> {
    at: Cursor<'s>,
    known: &'f mut Known<'s>,
    faults: &'f mut Vec<Diagnostic>,
}

impl<'s> Reader<'s, '_> {
    /// A reader of what lies inside a part.
    fn inside(&mut self, at: Cursor<'s>) -> Reader<'s, '_> {
        Reader {
            at,
            known: &mut *self.known,
            faults: &mut *self.faults,
        }
    }

    fn keyword(&mut self) -> Read<Path<'s>> {
        let pair = self.at.next().ok_or(ConvertError::Mismatch)?;
        Ok(self.at.place.path(&pair))
    }

    /// The name a declaration gives.
    fn new_name(&mut self) -> Read<Path<'s>> {
        let name = self.at.new_name()?;
        self.not_reserved(&name);
        Ok(name)
    }

    fn not_reserved(&mut self, name: &Path<'s>) {
        if vocabulary::is_reserved(name.node) {
            let message = format!("expected a name, found the reserved word `{}`", name.node);
            self.faults.push(
                Diagnostic::new(Code::ReservedWord, name.span, message, "")
                    .help("choose another name"),
            );
        }
    }

    fn maybe_text(&mut self) -> Read<Option<Text<'s>>> {
        if self.at.peek() == Some(Rule::text) {
            self.text().map(Some)
        } else {
            Ok(None)
        }
    }

    fn text(&mut self) -> Read<Text<'s>> {
        let pair = self.at.need(Rule::text)?;
        Ok(text(&pair, self.at.place, self.faults))
    }

    fn texts(&mut self) -> Read<Vec<Text<'s>>> {
        let mut texts = Vec::new();
        while self.at.peek() == Some(Rule::text) {
            texts.push(self.text()?);
            self.at.take(Rule::comma);
        }
        Ok(texts)
    }

    fn date(&mut self) -> Read<Spanned<Option<Date>>> {
        let token = self.at.path(Rule::date)?;
        let node = day(token.node);
        if node.is_none() {
            let message = format!("the calendar has no day `{}`", token.node);
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

    fn use_file(&mut self, span: Span) -> Read<Item<'s>> {
        self.keyword()?;
        let file = self.text()?;
        self.at.take(Rule::kw_as);
        let prefix = self
            .at
            .take(Rule::name)
            .map(|pair| self.at.place.path(&pair));
        if let Some(prefix) = &prefix {
            self.not_reserved(prefix);
        }
        Ok(Item::Use(Use { span, file, prefix }))
    }

    fn party(&mut self) -> Read<Item<'s>> {
        self.keyword()?;
        let name = self.new_name()?;
        if vocabulary::is_field(name.node) {
            let message = format!(
                "a party cannot be named `{}`: that word begins a field",
                name.node
            );
            self.faults.push(
                Diagnostic::new(Code::FieldName, name.span, message, "")
                    .help("choose another name"),
            );
        }
        Ok(Item::Party(Party {
            name,
            title: self.maybe_text()?,
            fields: Vec::new(),
        }))
    }

    fn axis(&mut self) -> Read<Item<'s>> {
        self.keyword()?;
        let (name, title) = (self.new_name()?, self.maybe_text()?);
        let mut values = Vec::new();
        while let Some(pair) = self.at.next() {
            if pair.as_rule() == Rule::axis_value {
                let mut value = self.inside(Cursor::new(pair, self.at.place));
                let name = value.at.path(Rule::name)?;
                value.not_reserved(&name);
                values.push((name, value.maybe_text()?));
            }
        }
        Ok(Item::Axis(Axis {
            name,
            title,
            values: Some(values),
            fields: Vec::new(),
            faulty: false,
        }))
    }

    fn option(&mut self) -> Read<Item<'s>> {
        self.keyword()?;
        let (name, title) = (self.new_name()?, self.maybe_text()?);
        Ok(Item::Axis(Axis {
            name,
            title,
            values: None,
            fields: Vec::new(),
            faulty: false,
        }))
    }

    fn framework(&mut self) -> Read<Item<'s>> {
        self.keyword()?;
        Ok(Item::Framework(Framework {
            name: self.new_name()?,
            title: self.maybe_text()?,
            fields: Vec::new(),
        }))
    }

    fn model(&mut self) -> Read<Item<'s>> {
        self.keyword()?;
        let (name, title) = (self.new_name()?, self.maybe_text()?);
        Ok(Item::Model(Model {
            name,
            title,
            fields: Vec::new(),
            claims: Vec::new(),
            items: Vec::new(),
            faulty: false,
        }))
    }

    fn area(&mut self) -> Read<Item<'s>> {
        self.keyword()?;
        let (name, title) = (self.new_name()?, self.maybe_text()?);
        Ok(Item::Area(Area {
            name,
            title,
            fields: Vec::new(),
            claims: Vec::new(),
            items: Vec::new(),
        }))
    }

    fn duty(&mut self) -> Read<Item<'s>> {
        self.keyword()?;
        let (name, title, when) = (self.new_name()?, self.maybe_text()?, self.maybe_when()?);
        let faulty = vocabulary::is_reserved(name.node);
        Ok(Item::Duty(Duty {
            name,
            title,
            when: when.map(Box::new),
            fields: Vec::new(),
            faulty,
        }))
    }

    fn table(&mut self, rule: Rule) -> Read<Item<'s>> {
        let word = self.keyword()?;
        let axis = if rule == Rule::table {
            self.at.need(Rule::kw_by)?;
            Some(self.at.name(Rule::axis_ref)?)
        } else {
            None
        };
        let when = self.maybe_when()?;
        let head = word.span.to(self.at.last());
        Ok(Item::Table(Box::new(Table {
            head,
            axis,
            when,
            columns: Vec::new(),
            rows: Vec::new(),
            lost: Vec::new(),
            footnotes: Vec::new(),
            fields: Vec::new(),
            faulty: false,
        })))
    }

    fn impossible(&mut self, span: Span) -> Read<Item<'s>> {
        self.keyword()?;
        let when = self.maybe_when()?.ok_or(ConvertError::Mismatch)?;
        let because = self.maybe_because()?;
        Ok(Item::Impossible(Box::new(Impossible {
            span,
            when,
            because,
            fields: Vec::new(),
        })))
    }

    fn ensure(&mut self) -> Read<Item<'s>> {
        let word = self.keyword()?;
        if self.at.peek() == Some(Rule::claim) {
            let claim = self.inner_claim(None)?;
            let head = word.span.to(claim.head);
            let head = claim
                .targets
                .except
                .last()
                .map_or(head, |last| head.to(last.span));
            let more = claim.more.map_or_else(ClaimExtras::default, |more| *more);
            self.no_tail(
                more.text.as_ref().map(|text| text.span),
                more.until.as_ref().map(|until| until.span),
            );
            let requirement = Requirement::Claim(claim.who, claim.verb, claim.targets);
            return Ok(ensure(Ensure {
                head,
                requirement,
                when: claim.when,
                because: more.because,
                fields: Vec::new(),
            }));
        }
        let pair = self.at.need(Rule::law)?;
        self.inside(Cursor::new(pair, self.at.place))
            .requirement(word.span)
    }

    /// What only an `ensure` can ask for; `word` is that word's place.
    fn requirement(&mut self, word: Span) -> Read<Item<'s>> {
        let who = self.at.who()?;
        let party = self.one_party(&who)?;
        let requirement = if let Some(pair) = self.at.take(Rule::grows) {
            let mut inner = Cursor::new(pair, self.at.place);
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
            let pair = self.at.need(Rule::never)?;
            let mut inner = self.inside(Cursor::new(pair, self.at.place));
            inner.at.need(Rule::kw_never)?;
            inner.at.need(Rule::kw_owns)?;
            Requirement::Never(party, inner.targets()?)
        };
        let head = word.to(self.at.last());
        let text = self.maybe_text()?.map(|text| text.span);
        let (when, because) = (self.maybe_when()?, self.maybe_because()?);
        let until = self.maybe_until()?.map(|until| until.span);
        self.no_tail(text, until);
        Ok(ensure(Ensure {
            head,
            requirement,
            when,
            because,
            fields: Vec::new(),
        }))
    }

    /// An `ensure` takes neither a text nor an end.
    fn no_tail(&mut self, text: Option<Span>, until: Option<Span>) {
        for span in text.into_iter().chain(until) {
            let fault = Diagnostic::new(
                Code::Unexpected,
                span,
                "an `ensure` takes neither a text nor an end",
                "",
            );
            self.faults
                .push(fault.help("it holds for good; say why with `because \"…\"`"));
        }
    }

    fn separate(&mut self) -> Read<Item<'s>> {
        let word = self.keyword()?;
        let left = self.targets()?;
        self.at.need(Rule::kw_from)?;
        let right = self.targets()?;
        let head = word.span.to(self.at.last());
        let (when, because) = (self.maybe_when()?, self.maybe_because()?);
        Ok(Item::Separate(Box::new(Separate {
            head,
            left,
            right,
            when,
            because,
            fields: Vec::new(),
        })))
    }

    fn allow(&mut self) -> Read<Item<'s>> {
        let word = self.keyword()?;
        let finding = self.at.path(Rule::finding)?;
        self.at.need(Rule::kw_on)?;
        let targets = self.targets()?;
        let head = word.span.to(self.at.last());
        let when = self.maybe_when()?;
        let because = self.maybe_because()?.ok_or(ConvertError::Mismatch)?;
        let until = self.maybe_until()?;
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

    fn row(&mut self, span: Span) -> RawRow<'s> {
        let mut cells = Vec::new();
        while let Some(pair) = self.at.next() {
            if pair.as_rule() == Rule::cell {
                cells.push((pair.as_str(), self.at.place.base + pair.as_span().start()));
            }
        }
        RawRow {
            span,
            cells,
            text: self.at.place.text,
        }
    }

    fn footnote(&mut self) -> Read<Footnote<'s>> {
        let mut mark = self.at.path(Rule::mark)?;
        mark.node = mark.node.trim_matches(['[', ']']);
        let (mut texts, mut parts) = (Vec::new(), Vec::new());
        while let Some(pair) = self.at.next() {
            if pair.as_rule() == Rule::footnote_item {
                let mut item = self.inside(Cursor::new(pair, self.at.place));
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

    fn field(&mut self, rule: Rule, span: Span) -> Read<Field<'s>> {
        let kind = FieldKind::of_rule(rule).ok_or(ConvertError::Mismatch)?;
        let word = self.keyword()?;
        let value = match self.at.peek().ok_or(ConvertError::Mismatch)? {
            Rule::text => Value::Texts(self.texts()?),
            Rule::name => Value::Word(self.at.path(Rule::name)?),
            Rule::party_ref => Value::Paths(self.at.names(Rule::party_ref)?),
            Rule::framework_ref => {
                Value::Controls(self.at.name(Rule::framework_ref)?, self.texts()?)
            }
            Rule::date => Value::Day(self.date()?.node),
            Rule::kw_every => {
                self.keyword()?;
                let number = self.at.path(Rule::number)?;
                let period = match self.at.path(Rule::period)?.node {
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
                    let message =
                        format!("expected a number from 1 to 10000, found `{}`", number.node);
                    self.faults
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
}

fn ensure(it: Ensure<'_>) -> Item<'_> {
    Item::Ensure(Box::new(it))
}

/// A text token's meaning; an escape that does not exist is a fault.
pub(super) fn text<'s>(
    pair: &Pair<'s, Rule>,
    place: Place<'s>,
    faults: &mut Vec<Diagnostic>,
) -> Text<'s> {
    let span = place.span(pair);
    let node = unquote(pair.as_str().trim_end()).unwrap_or_else(|bad| {
        let start = span.range().start + bad.offset;
        let at = Span::new(span.file, start..start + bad.length);
        let fault = Diagnostic::new(Code::BadEscape, at, bad.what, "");
        faults.push(fault.help("the escapes are `\\\"`, `\\\\`, `\\n`, `\\t` and `\\u{…}`; a backslash itself is `\\\\`"));
        "".into()
    });
    Spanned { node, span }
}
