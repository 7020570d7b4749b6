//! From the text of a file to its syntax tree.
//!
//! In: one text. Out: [`ast::File`] with all that could be understood, and one finding for each
//! fault. Always: a fault costs the statement it stands in and nothing else; what a lost statement
//! may have spoken of is kept in [`ast::Broken`], so that later layers raise no false alarm.
//! pest lives in this folder and nowhere else.

pub mod ast;
mod build;
mod cells;
mod chunks;
mod convert;
mod cursor;
mod faults;
mod grammar;
mod pieces;
mod placement;
mod recover;
mod text;
pub mod words;

use crate::diagnostic::Diagnostic;
use crate::source::FileId;

/// How deep conditions and blocks may nest: far beyond what anybody can read.
pub const MAX_DEPTH: usize = 64;

/// A file's tree, and what is wrong with its text.
#[derive(Debug, Default)]
pub struct Parsed<'s> {
    /// All that could be understood.
    pub file: ast::File<'s>,
    /// One finding for each fault.
    pub faults: Vec<Diagnostic>,
}

/// Reads a file.
#[must_use]
pub fn parse(file: FileId, text: &str) -> Parsed<'_> {
    if let Some(at) = text.bytes().position(|byte| byte == 0) {
        return Parsed { file: ast::File::default(), faults: vec![recover::nul(file, at)] };
    }
    let first = tree(file, text, false);
    if first.balanced {
        return first.parsed;
    }
    // Some brace has no partner. Indentation tells which better than counting does.
    tree(file, text, true).parsed
}

/// Reads the text piece by piece, and builds the tree as they come.
fn tree(file: FileId, text: &str, trust_indent: bool) -> build::Built<'_> {
    let mut builder = build::Builder::new(file, text, trust_indent);
    for range in chunks::all(text, chunks::CHUNK) {
        builder.take_all(pieces::read(file, text, range), 0);
    }
    builder.finish()
}
