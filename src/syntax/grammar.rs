//! The parser that pest generates from `grammar/srm.pest`.

#![allow(
    missing_docs,
    reason = "pest derives the rules from the grammar, which documents them"
)]

use pest::Parser;
use pest::iterators::Pairs;
use pest_derive::Parser;

#[derive(Parser)]
#[grammar = "grammar/srm.pest"]
pub(super) struct Grammar;

/// Reads a text with one rule, from its beginning.
pub(super) fn read(
    rule: Rule,
    text: &str,
) -> Result<Pairs<'_, Rule>, Box<pest::error::Error<Rule>>> {
    Grammar::parse(rule, text).map_err(Box::new)
}
