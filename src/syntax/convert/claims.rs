//! Claims: who does what to which duties, when and why.

use jiff::civil::Date;

use super::{Read, Reader, Statement};
use crate::diagnostic::{Code, Diagnostic};
use crate::syntax::ast::{At, Claim, Condition, Item, Part, Path, Role, Targets, Text, Verb};
use crate::syntax::cursor::{Cursor, Mismatch};
use crate::syntax::grammar::Rule;

impl<'s> Reader<'s, '_> {
    pub(super) fn sentence(&mut self) -> Read<Statement<'s>> {
        let otherwise = self.at.take(Rule::kw_otherwise);
        let first = otherwise.map(|pair| self.at.place.span(&pair));
        let who = self.who()?;
        if let Some(pair) = self.at.take(Rule::part_text) {
            let mut inner = Reader { at: Cursor::new(pair, self.at.place), faults: &mut *self.faults };
            let text = inner.text()?;
            let party = who.into_iter().next().ok_or(Mismatch)?;
            return Ok(Statement::Part(Part { party, text }));
        }
        let start = first.or_else(|| who.first().map(|path| path.span)).ok_or(Mismatch)?;
        let before = self.faults.len();
        let verb = self.verb(&who)?;
        let faulty = self.faults.len() > before;
        let targets = self.targets()?;
        let head = start.to(targets.include.last().map_or(targets.span, |path| path.span));
        let text = self.maybe_text()?;
        let (when, because, until) = (self.maybe_when()?, self.maybe_because()?, self.maybe_until()?);
        Ok(Statement::Item(Item::Claim(Claim {
            head,
            otherwise: first.is_some(),
            who,
            verb,
            targets,
            text,
            when,
            because,
            until,
            fields: Vec::new(),
            parts: Vec::new(),
            parts_lost: false,
            faulty,
        })))
    }

    pub(super) fn who(&mut self) -> Read<Vec<Path<'s>>> {
        let pair = self.at.need(Rule::who)?;
        Ok(Cursor::new(pair, self.at.place).paths(Rule::party_ref))
    }

    pub(super) fn one_party(&mut self, who: &[Path<'s>]) -> Read<Path<'s>> {
        let first = who.first().ok_or(Mismatch)?;
        if let Some(second) = who.get(1) {
            self.faults.push(Diagnostic::new(Code::OneParty, second.span, "expected one party, found a list", ""));
        }
        Ok(first.clone())
    }

    pub(super) fn verb(&mut self, who: &[Path<'s>]) -> Read<Verb> {
        let pair = self.at.need(Rule::verb)?;
        let mut inner = Cursor::new(pair, self.at.place);
        let first = inner.next().ok_or(Mismatch)?.as_rule();
        let rule = if matches!(first, Rule::kw_is | Rule::kw_are) { inner.next().ok_or(Mismatch)?.as_rule() } else { first };
        let verb = match rule {
            Rule::kw_owns => Verb::Owns,
            Rule::kw_share => Verb::Share,
            Rule::kw_supports => Verb::Is(Role::Supports),
            Rule::kw_responsible => Verb::Is(Role::Responsible),
            Rule::kw_accountable => Verb::Is(Role::Accountable),
            Rule::kw_consulted => Verb::Is(Role::Consulted),
            Rule::kw_informed => Verb::Is(Role::Informed),
            _ => return Err(Mismatch),
        };
        self.fit_parties(who, verb);
        Ok(verb)
    }

    /// Whether the verb takes that many parties.
    fn fit_parties(&mut self, who: &[Path<'s>], verb: Verb) {
        let alone = matches!(verb, Verb::Owns | Verb::Is(Role::Responsible | Role::Accountable));
        let names: Vec<&str> = who.iter().map(|path| path.it).collect();
        if let (true, Some(second)) = (alone, who.get(1)) {
            let fault = Diagnostic::new(Code::OneParty, second.span, "expected one party, found a list", "");
            self.faults.push(fault.help(format!("to hold it jointly, write `{} share …`", names.join(", "))));
        }
        if let (Verb::Share, [only]) = (verb, who) {
            let fault = Diagnostic::new(Code::SharePartners, only.span, "a share needs two parties or more", "");
            self.faults.push(fault.help(format!("name the others, or write `{} owns …`", only.it)));
        }
        for (i, path) in who.iter().enumerate() {
            if names[..i].contains(&path.it) {
                let message = format!("`{}` is named twice", path.it);
                self.faults.push(Diagnostic::new(Code::SharePartners, path.span, message, ""));
            }
        }
    }

    pub(super) fn targets(&mut self) -> Read<Targets<'s>> {
        let pair = self.at.need(Rule::targets)?;
        let span = self.at.place.span(&pair);
        let mut inner = Cursor::new(pair, self.at.place);
        let include = inner.paths(Rule::target);
        let except = match inner.take(Rule::except) {
            Some(pair) => {
                let mut inner = Cursor::new(pair, self.at.place);
                inner.need(Rule::kw_except)?;
                inner.paths(Rule::target)
            }
            None => Vec::new(),
        };
        Ok(Targets { span, include, except })
    }

    pub(super) fn maybe_when(&mut self) -> Read<Option<Condition<'s>>> {
        let Some(pair) = self.at.take(Rule::when) else { return Ok(None) };
        let mut inner = Cursor::new(pair, self.at.place);
        inner.need(Rule::kw_when)?;
        let condition = inner.need(Rule::condition)?;
        self.condition(condition, 0).map(Some)
    }

    pub(super) fn maybe_because(&mut self) -> Read<Option<Text<'s>>> {
        let Some(pair) = self.at.take(Rule::because) else { return Ok(None) };
        let mut inner = Reader { at: Cursor::new(pair, self.at.place), faults: &mut *self.faults };
        inner.keyword()?;
        inner.text().map(Some)
    }

    pub(super) fn maybe_until(&mut self) -> Read<Option<At<Option<Date>>>> {
        let Some(pair) = self.at.take(Rule::until) else { return Ok(None) };
        let mut inner = Reader { at: Cursor::new(pair, self.at.place), faults: &mut *self.faults };
        inner.keyword()?;
        inner.date().map(Some)
    }
}
