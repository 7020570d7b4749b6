//! A walk over the parts of one pest pair.
//!
//! The grammar decides which parts come in which order; a part that is missing here means that
//! grammar and converter disagree, which the builder reports as a fault of the statement.

use pest::iterators::{Pair, Pairs};

use super::ast::{At, Path};
use super::grammar::Rule;
use crate::source::{FileId, Span};

/// Grammar and converter disagree.
#[derive(Debug)]
pub struct Mismatch;

/// Where a piece of text lies in its file.
#[derive(Clone, Copy)]
pub struct Place {
    /// The file.
    pub file: FileId,
    /// The piece's first byte.
    pub base: usize,
}

impl Place {
    /// The span of a pair, from its first part to its last.
    pub fn span(self, pair: &Pair<'_, Rule>) -> Span {
        let span = pair.as_span();
        let text = span.as_str();
        Span::new(self.file, self.base + span.start()..self.base + span.start() + text.trim_end().len())
    }

    /// A pair as a path.
    pub fn path<'s>(self, pair: &Pair<'s, Rule>) -> Path<'s> {
        At { it: pair.as_str().trim_end(), span: self.span(pair) }
    }
}

/// The parts of a pair that are still to be read.
pub struct Cursor<'s> {
    pairs: Pairs<'s, Rule>,
    /// Where the text lies.
    pub place: Place,
    /// The span of the part read last.
    pub last: Span,
}

impl<'s> Cursor<'s> {
    /// The parts of a pair.
    pub fn new(pair: Pair<'s, Rule>, place: Place) -> Self {
        let start = place.span(&pair);
        Self { pairs: pair.into_inner(), place, last: Span { end: start.start, ..start } }
    }

    /// The next part's rule.
    pub fn peek(&self) -> Option<Rule> {
        self.pairs.peek().map(|pair| pair.as_rule())
    }

    /// The next part, whatever it is.
    pub fn next(&mut self) -> Option<Pair<'s, Rule>> {
        let pair = self.pairs.next()?;
        self.last = self.place.span(&pair);
        Some(pair)
    }

    /// The next part if it is of this rule.
    pub fn take(&mut self, rule: Rule) -> Option<Pair<'s, Rule>> {
        if self.peek() == Some(rule) { self.next() } else { None }
    }

    /// The next part, which must be of this rule.
    pub fn need(&mut self, rule: Rule) -> Result<Pair<'s, Rule>, Mismatch> {
        self.take(rule).ok_or(Mismatch)
    }

    /// The next part, of this rule, as a path.
    pub fn path(&mut self, rule: Rule) -> Result<Path<'s>, Mismatch> {
        let pair = self.need(rule)?;
        Ok(self.place.path(&pair))
    }

    /// All further parts of a rule as paths, commas between them passed over.
    pub fn paths(&mut self, rule: Rule) -> Vec<Path<'s>> {
        let mut paths = Vec::new();
        while let Some(pair) = self.take(rule) {
            paths.push(self.place.path(&pair));
            self.take(Rule::comma);
        }
        paths
    }
}
