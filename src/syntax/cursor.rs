//! Walks over the parts of one pest pair.
//!
//! The grammar decides which parts come in which order; a part that is missing here means that
//! grammar and converter disagree, which the builder reports as a fault of the statement.

use pest::iterators::{Pair, Pairs};

use super::ast::{Path, Spanned};
use super::grammar::{self, Rule};
use super::text::begins_its_line;
use super::vocabulary::is_reserved;
use crate::source::{FileId, Span};

/// Why a statement could not be converted.
#[derive(Debug)]
pub(super) enum ConvertError {
    /// Grammar and converter disagree.
    Mismatch,
    /// The quick way cannot read it; the statement must be read in the plain way.
    Plain,
    /// The word at this byte of the file is not a name: it continues the statement or starts the
    /// next.
    At(usize),
}

/// Where a piece of the text lies in its file.
#[derive(Clone, Copy)]
pub(super) struct TextPiece<'s> {
    /// The file.
    pub file: FileId,
    /// The file's whole text.
    pub text: &'s str,
    /// The piece's first byte.
    pub base: usize,
}

impl TextPiece<'_> {
    /// The span of a pair, from its first word to its last.
    pub(super) fn span(self, pair: &Pair<'_, Rule>) -> Span {
        let start = pair.as_span().start();
        Span::new(self.file, self.base + start..self.base + end(pair))
    }

    /// A pair as a path.
    pub(super) fn path<'s>(self, pair: &Pair<'s, Rule>) -> Path<'s> {
        let node = pair.as_str().trim_end();
        let start = self.base + pair.as_span().start();
        Spanned {
            node,
            span: Span::new(self.file, start..start + node.len()),
        }
    }

    /// A pair as a name: not a word that continues a statement or starts the next. Other keywords
    /// are read as names, although nothing can have them.
    fn word<'s>(self, pair: &Pair<'s, Rule>) -> Result<Path<'s>, ConvertError> {
        let path = self.path(pair);
        let start = path.span.range().start;
        if is_reserved(path.node) && path.node != "nobody" && self.is_ahead(start) {
            Err(ConvertError::At(start))
        } else {
            Ok(path)
        }
    }

    /// A pair as a name after the first word of a statement, where instead the next statement may
    /// start.
    fn name<'s>(self, pair: &Pair<'s, Rule>) -> Result<Path<'s>, ConvertError> {
        let path = self.word(pair)?;
        let start = path.span.range().start;
        if self.begins_statement(start) {
            Err(ConvertError::At(start))
        } else {
            Ok(path)
        }
    }

    /// Whether a word begins its line, and a statement with it.
    pub(super) fn begins_statement(self, at: usize) -> bool {
        begins_its_line(self.text, at) && self.is_ahead(at)
    }

    /// Whether, judging by the line alone, a statement continues or starts at a byte.
    fn is_ahead(self, at: usize) -> bool {
        let line = self.text[at..].lines().next().unwrap_or("");
        grammar::read(Rule::ahead, line).is_ok()
    }
}

/// Where the last word of a pair ends; only blanks and comments may follow.
fn end(pair: &Pair<'_, Rule>) -> usize {
    let mut last = pair.clone();
    while let Some(inner) = last.clone().into_inner().next_back() {
        last = inner;
    }
    last.as_span().start() + last.as_str().trim_end().len()
}

/// The parts of a pair that are still to be read.
pub(super) struct Cursor<'s> {
    pairs: Pairs<'s, Rule>,
    /// Where the text lies.
    pub place: TextPiece<'s>,
    /// Where the first part may begin.
    start: usize,
    last: Option<Pair<'s, Rule>>,
}

impl<'s> Cursor<'s> {
    /// The parts of a pair.
    pub(super) fn new(pair: Pair<'s, Rule>, place: TextPiece<'s>) -> Self {
        let start = place.base + pair.as_span().start();
        Self {
            pairs: pair.into_inner(),
            place,
            start,
            last: None,
        }
    }

    /// The next part's rule.
    pub(super) fn peek(&self) -> Option<Rule> {
        self.pairs.peek().map(|pair| pair.as_rule())
    }

    /// The next part, whatever it is.
    pub(super) fn next(&mut self) -> Option<Pair<'s, Rule>> {
        let pair = self.pairs.next()?;
        self.last = Some(pair.clone());
        Some(pair)
    }

    /// The span of the part read last.
    pub(super) fn last(&self) -> Span {
        let nothing = || Span::new(self.place.file, self.start..self.start);
        self.last
            .as_ref()
            .map_or_else(nothing, |pair| self.place.span(pair))
    }

    /// The next part if it is of this rule.
    pub(super) fn take(&mut self, rule: Rule) -> Option<Pair<'s, Rule>> {
        if self.peek() == Some(rule) {
            self.next()
        } else {
            None
        }
    }

    /// The next part, which must be of this rule.
    pub(super) fn need(&mut self, rule: Rule) -> Result<Pair<'s, Rule>, ConvertError> {
        self.take(rule).ok_or(ConvertError::Mismatch)
    }

    /// The next part, of this rule, as it is written.
    pub(super) fn path(&mut self, rule: Rule) -> Result<Path<'s>, ConvertError> {
        let pair = self.need(rule)?;
        Ok(self.place.path(&pair))
    }

    /// The next part, of this rule, as the name of something.
    pub(super) fn name(&mut self, rule: Rule) -> Result<Path<'s>, ConvertError> {
        let pair = self.need(rule)?;
        self.place.name(&pair)
    }

    /// The names of parties, or `nobody`, with which a statement begins.
    pub(super) fn who(&mut self) -> Result<Vec<Path<'s>>, ConvertError> {
        let first = self.need(Rule::party_ref)?;
        let mut who = Vec::with_capacity(1);
        who.push(self.place.word(&first)?);
        // Another party before the verb may be on its own line.
        while let Some(next) = self.take(Rule::party_ref) {
            who.push(self.place.word(&next)?);
        }
        Ok(who)
    }

    /// The name that a declaration gives; whether it is allowed is not checked here.
    pub(super) fn new_name(&mut self) -> Result<Path<'s>, ConvertError> {
        let name = self.path(Rule::new_name)?;
        let start = name.span.range().start;
        if self.place.begins_statement(start) {
            Err(ConvertError::At(start))
        } else {
            Ok(name)
        }
    }

    /// All further parts of a rule as names, skipping commas.
    pub(super) fn names(&mut self, rule: Rule) -> Result<Vec<Path<'s>>, ConvertError> {
        // Most lists have one item.
        let mut names = Vec::with_capacity(1);
        while let Some(pair) = self.take(rule) {
            names.push(self.place.name(&pair)?);
            self.take(Rule::comma);
        }
        Ok(names)
    }
}
