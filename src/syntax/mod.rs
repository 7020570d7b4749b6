//! From the text of a file to its syntax tree.
//!
//! In: one text. Out: [`ast::File`] with all that could be understood, and one finding for each
//! fault. Always: a fault affects only the statement it is in; names in an unreadable statement are
//! kept in [`ast::Broken`], so that later stages raise no false alarm. Only this folder uses pest.

pub mod ast;
pub mod blocks;
mod build;
mod cells;
mod chunks;
mod convert;
mod cursor;
mod faults;
mod grammar;
mod lexemes;
pub mod made;
mod pieces;
mod placement;
mod recover;
mod statements;
mod text;
mod tree;
pub mod vocabulary;
pub mod writer;

pub use cells::{is_heading, is_rule, names_parties};
pub use lexemes::{Lexeme, LexemeKind, ends_in_brace, lexemes};
pub use statements::{FlatKind, FlatStatement, statements};
pub use text::{dedented, meaning, name_from};
pub use vocabulary::{FieldKind, StatementKind};

use std::sync::mpsc::sync_channel;

use crate::diagnostic::Diagnostic;
use crate::source::FileId;

/// The most faults that are told of one text. One with more is no `.srm` file, or a text block in it is
/// not closed.
pub const MAX_FAULTS: usize = 1000;

/// Maximum nesting of conditions and blocks, far beyond what is readable.
pub const MAX_DEPTH: usize = 64;

/// A file's tree, and what is wrong with its text.
#[derive(Debug, Default)]
pub struct Parsed<'s> {
    /// All that could be understood.
    pub file: ast::File<'s>,
    /// One finding for each fault.
    pub faults: Vec<Diagnostic>,
}

/// How many threads are worth starting for `bytes` bytes; 1 unless `parallel`.
#[must_use]
pub fn useful_threads(bytes: usize, parallel: bool) -> usize {
    if parallel && bytes > chunks::CHUNK {
        std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
    } else {
        1
    }
}

/// Parses a file with `threads` threads.
#[must_use]
pub fn parse_with(threads: usize, file: FileId, text: &str) -> Parsed<'_> {
    if let Some(at) = memchr::memchr(0, text.as_bytes()) {
        return Parsed {
            file: ast::File::default(),
            faults: vec![recover::nul(file, at)],
        };
    }
    if let Some(at) = lone_return(text) {
        return Parsed {
            file: ast::File::default(),
            faults: vec![recover::lone_return(file, at)],
        };
    }
    let first = read(threads, file, text, false);
    if first.balanced {
        return first.parsed;
    }
    // Some brace is unmatched. Indentation shows which one better than counting does.
    read(threads, file, text, true).parsed
}

/// The first carriage return that ends a line without a line feed.
#[must_use]
pub fn lone_return(text: &str) -> Option<usize> {
    let bytes = text.as_bytes();
    memchr::memchr_iter(b'\r', bytes).find(|&at| bytes.get(at + 1) != Some(&b'\n'))
}

/// Parses again a condition that is in a file's text.
#[must_use]
pub fn condition<'s>(text: &'s str, at: &ast::Path<'s>) -> Option<ast::Condition<'s>> {
    let base = at.span.range().start;
    let pair = grammar::read(grammar::Rule::condition, text.get(at.span.range())?)
        .ok()?
        .next()?;
    convert::condition(
        pair,
        cursor::TextPiece {
            file: at.span.file,
            text,
            base,
        },
    )
}

/// Parses the text piece by piece, and adds each piece to the tree as it arrives.
fn read(threads: usize, file: FileId, text: &str, trust_indent: bool) -> tree::Built<'_> {
    let mut tree = tree::Tree::new(file, text, trust_indent);
    let ranges = chunks::all(text, chunks::CHUNK);
    if threads < 2 || ranges.len() < 2 {
        let mut known = convert::Known::default();
        for range in ranges {
            if tree.is_flooded(range.start) {
                break;
            }
            build::take_all(&mut tree, pieces::read(file, text, range, &mut known), 0);
        }
        return tree.finish();
    }
    std::thread::scope(|scope| {
        // Threads take chunks round-robin; at most two finished chunks per thread wait for the
        // builder.
        let readers: Vec<_> = (0..threads)
            .map(|first| {
                let (send, receive) = sync_channel(1);
                let mine = ranges.iter().skip(first).step_by(threads);
                scope.spawn(move || {
                    let mut known = convert::Known::default();
                    mine.map(|range| pieces::read(file, text, range.clone(), &mut known))
                        .all(|pieces| send.send(pieces).is_ok())
                });
                receive
            })
            .collect();
        // A panicked thread sends nothing more; the scope propagates its panic.
        let stretches = readers
            .iter()
            .cycle()
            .take(ranges.len())
            .map_while(|reader| reader.recv().ok());
        stretches.for_each(|pieces| build::take_all(&mut tree, pieces, 0));
    });
    tree.finish()
}
