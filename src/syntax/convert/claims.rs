//! Claims: who does what to which duties, when and why.

use jiff::civil::Date;
use pest::iterators::Pair;

use super::{Read, Reader};
use crate::diagnostic::{Code, Diagnostic};
use crate::role::Role;
use crate::source::Span;
use crate::syntax::ast::{
    Claim, ClaimExtras, Condition, Part, Path, Spanned, Targets, Text, Verb, When,
};
use crate::syntax::cursor::{ConvertError, Cursor, Place};
use crate::syntax::grammar::{self, Rule};

impl<'s> Reader<'s, '_> {
    /// A claim; with `otherwise`, the place of that word.
    pub(super) fn claim(&mut self, otherwise: Option<Span>) -> Read<Claim<'s>> {
        let who = self.at.who()?;
        let start = otherwise
            .or_else(|| who.first().map(|path| path.span))
            .ok_or(ConvertError::Mismatch)?;
        let before = self.faults.len();
        let verb = self.verb(&who)?;
        let faulty = self.faults.len() > before;
        let targets = self.targets()?;
        let head = start.to(targets
            .include
            .last()
            .map_or(targets.span, |path| path.span));
        let text = self.maybe_text()?;
        let when = self
            .at
            .take(Rule::condition)
            .map(|pair| self.claimed_when(pair))
            .transpose()?;
        let because = self
            .at
            .take(Rule::reason)
            .map(|pair| self.reason(pair))
            .transpose()?;
        let until = if self.at.peek() == Some(Rule::date) {
            Some(self.date()?)
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

    /// A claim whose condition stands as it is written; it is taken apart where it is met first in
    /// a file.
    pub(super) fn quick_claim(&mut self) -> Read<Claim<'s>> {
        let mut claim = self.claim(None)?;
        let rest = self.at.path(Rule::rest_of_line)?;
        let blanks = rest.node.len() - rest.node.trim_start().len();
        let start = rest.span.range().start + blanks;
        // A block may begin behind it.
        let whole = rest.node.trim();
        let node = whole.strip_suffix('{').unwrap_or(whole).trim_end();
        let text = Spanned {
            node,
            span: Span::new(rest.span.file, start..start + node.len()),
        };
        let condition = if self.known.contains(text.node) {
            None
        } else {
            Some(self.line_condition(&text)?)
        };
        claim.when = Some(When { text, condition });
        Ok(claim)
    }

    /// A condition that stands alone; whatever is wrong with it is told when its statement is read
    /// as a claim.
    fn line_condition(&mut self, text: &Path<'s>) -> Read<Condition<'s>> {
        let mut pairs =
            grammar::read(Rule::line_condition, text.node).map_err(|_| ConvertError::Plain)?;
        let place = Place {
            base: text.span.range().start,
            ..self.at.place
        };
        let pair =
            Cursor::new(pairs.next().ok_or(ConvertError::Plain)?, place).need(Rule::condition)?;
        let mut faults = Vec::new();
        let mut reader = Reader {
            at: Cursor::new(pair.clone(), place),
            known: &mut *self.known,
            faults: &mut faults,
        };
        match reader.condition(pair, 0) {
            Ok(condition) if faults.is_empty() => {
                self.known.insert(text.node);
                Ok(condition)
            }
            _ => Err(ConvertError::Plain),
        }
    }

    /// The claim inside an `otherwise` or `ensure`.
    pub(super) fn inner_claim(&mut self, otherwise: Option<Span>) -> Read<Claim<'s>> {
        let pair = self.at.need(Rule::claim)?;
        self.inside(Cursor::new(pair, self.at.place))
            .claim(otherwise)
    }

    pub(super) fn part(&mut self) -> Read<Part<'s>> {
        let party = self
            .at
            .who()?
            .into_iter()
            .next()
            .ok_or(ConvertError::Mismatch)?;
        Ok(Part {
            party,
            text: self.text()?,
        })
    }

    pub(super) fn one_party(&mut self, who: &[Path<'s>]) -> Read<Path<'s>> {
        let first = who.first().ok_or(ConvertError::Mismatch)?;
        if let Some(second) = who.get(1) {
            self.faults.push(Diagnostic::new(
                Code::OneParty,
                second.span,
                "expected one party, found a list",
                "",
            ));
        }
        Ok(first.clone())
    }

    fn verb(&mut self, who: &[Path<'s>]) -> Read<Verb> {
        let word = self.at.next().ok_or(ConvertError::Mismatch)?;
        let verb = match (word.as_rule(), word.as_str().trim_end()) {
            (Rule::verb, "owns") => Verb::Owns,
            (Rule::verb, "share") => Verb::Share,
            (Rule::verb, _) => Verb::Is(Role::Supports),
            _ => Verb::Is(self.standing()?),
        };
        self.fit_parties(who, verb);
        Ok(verb)
    }

    /// The role in `is … for`.
    fn standing(&mut self) -> Read<Role> {
        let word = self.at.next().ok_or(ConvertError::Mismatch)?;
        self.at.next().ok_or(ConvertError::Mismatch)?;
        Ok(match word.as_rule() {
            Rule::kw_responsible => Role::Responsible,
            Rule::kw_accountable => Role::Accountable,
            Rule::kw_consulted => Role::Consulted,
            Rule::kw_informed => Role::Informed,
            _ => return Err(ConvertError::Mismatch),
        })
    }

    /// Whether the verb takes that many parties.
    fn fit_parties(&mut self, who: &[Path<'s>], verb: Verb) {
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
            self.faults.push(fault.help(format!(
                "to hold it jointly, write `{} share …`",
                names.join(", ")
            )));
        }
        if let (Verb::Share, [only]) = (verb, who) {
            let fault = Diagnostic::new(
                Code::SharePartners,
                only.span,
                "a share needs two parties or more",
                "",
            );
            self.faults
                .push(fault.help(format!("name the others, or write `{} owns …`", only.node)));
        }
        for (i, path) in who.iter().enumerate() {
            if names[..i].contains(&path.node) {
                let message = format!("`{}` is named twice", path.node);
                self.faults
                    .push(Diagnostic::new(Code::SharePartners, path.span, message, ""));
            }
        }
    }

    pub(super) fn targets(&mut self) -> Read<Targets<'s>> {
        let pair = self.at.need(Rule::targets)?;
        let span = self.at.place.span(&pair);
        let mut inner = Cursor::new(pair, self.at.place);
        let include = inner.names(Rule::target)?.into();
        let except = match inner.take(Rule::excepted) {
            Some(pair) => Cursor::new(pair, self.at.place).names(Rule::target)?.into(),
            None => Box::default(),
        };
        Ok(Targets {
            span,
            include,
            except,
        })
    }

    /// `when …`
    pub(super) fn maybe_when(&mut self) -> Read<Option<When<'s>>> {
        let Some(pair) = self.at.take(Rule::when) else {
            return Ok(None);
        };
        let condition = Cursor::new(pair, self.at.place).need(Rule::condition)?;
        self.when(condition).map(Some)
    }

    /// The condition of a claim, which may be known.
    fn claimed_when(&mut self, pair: Pair<'s, Rule>) -> Read<When<'s>> {
        let text = self.text_of(&pair);
        if self.known.contains(text.node) {
            return Ok(When {
                text,
                condition: None,
            });
        }
        let before = self.faults.len();
        let when = self.when(pair)?;
        // What is wrong with a condition is told wherever it stands.
        if self.faults.len() == before {
            self.known.insert(when.text.node);
        }
        Ok(when)
    }

    fn when(&mut self, pair: Pair<'s, Rule>) -> Read<When<'s>> {
        Ok(When {
            text: self.text_of(&pair),
            condition: Some(self.condition(pair, 0)?),
        })
    }

    /// A condition as it is written, without what follows its last word.
    fn text_of(&self, pair: &Pair<'s, Rule>) -> Path<'s> {
        let span = self.at.place.span(pair);
        Spanned {
            node: self.at.place.text.get(span.range()).unwrap_or(""),
            span,
        }
    }

    /// `because "…"`
    pub(super) fn maybe_because(&mut self) -> Read<Option<Text<'s>>> {
        let Some(pair) = self.at.take(Rule::because) else {
            return Ok(None);
        };
        let reason = Cursor::new(pair, self.at.place).need(Rule::reason)?;
        self.reason(reason).map(Some)
    }

    fn reason(&mut self, pair: Pair<'s, Rule>) -> Read<Text<'s>> {
        self.inside(Cursor::new(pair, self.at.place)).text()
    }

    /// `until 2027-03-31`
    pub(super) fn maybe_until(&mut self) -> Read<Option<Spanned<Option<Date>>>> {
        let Some(pair) = self.at.take(Rule::until) else {
            return Ok(None);
        };
        self.inside(Cursor::new(pair, self.at.place))
            .date()
            .map(Some)
    }
}
