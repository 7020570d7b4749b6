//! Edits of statements: adds, removes or restricts one.
//!
//! In: a text and its blocks. Out: [`Edit`]s of that text. Always: new text follows the layout
//! around it; comments stay where they are.

use std::ops::Range;

use super::edits::Edit;
use crate::syntax::blocks::Block;
use crate::syntax::made::TO_WRITE;
use crate::syntax::{FlatKind, Lexeme, LexemeKind, StatementKind, writer};

/// A text and its blocks.
pub(super) struct Statements<'t> {
    /// The text.
    pub text: &'t str,
    /// Its blocks.
    pub blocks: Vec<Block>,
}

/// A place in a block where a statement can be added.
pub(super) struct Insertion {
    at: usize,
    indent: String,
    /// The text after this place must start a new line.
    breaks: bool,
}

impl Insertion {
    /// Writes a statement there.
    pub(super) fn add(&self, statement: &str) -> Edit {
        let (indent, end) = (&self.indent, if self.breaks { "\n" } else { "" });
        Edit::insert(self.at, format!("\n{indent}{statement}{end}"))
    }
}

impl Statements<'_> {
    /// The statement whose head contains this byte.
    pub(super) fn statement(&self, byte: usize) -> Option<&Block> {
        // Statements are sorted by position.
        let behind = self
            .blocks
            .partition_point(|block| block.head.start <= byte);
        let last = self.blocks[..behind].last();
        last.filter(|block| byte < block.head.end)
    }

    /// Where a statement can be added to the block of a model or area whose name is at this byte:
    /// after its last claim, or else at its end.
    pub(super) fn room(&self, name: usize) -> Option<Insertion> {
        // If a block is unclosed, the block of a statement is unknown.
        if self.blocks.iter().any(|block| block.unclosed) {
            return None;
        }
        let at = self
            .blocks
            .iter()
            .position(|block| block.opens && block.head.contains(&name))?;
        let own = || self.blocks.iter().filter(|block| block.around == Some(at));
        let indent = own().next().map_or_else(
            || self.indent(self.blocks[at].head.start) + "  ",
            |first| self.indent(first.head.start),
        );
        let before = own()
            .rfind(|block| block.kind == FlatKind::Statement(StatementKind::Claim))
            .or_else(|| own().next_back());
        let end = before.map_or(self.blocks[at].head.end, |block| block.whole.end);
        let rest = self.text[end..].split('\n').next().unwrap_or("");
        let bare = rest.trim();
        let breaks = !bare.is_empty() && !bare.starts_with('#');
        let at = if breaks {
            end
        } else {
            end + rest.trim_end().len()
        };
        Some(Insertion { at, indent, breaks })
    }

    /// The indentation of a line.
    pub(super) fn indent(&self, byte: usize) -> String {
        let line = self.text[..byte].rfind('\n').map_or(0, |at| at + 1);
        self.text[line..byte]
            .chars()
            .take_while(|c| c.is_whitespace())
            .collect()
    }

    /// Removes a statement, with its trailing comment and its line.
    pub(super) fn remove(&self, block: &Block) -> Edit {
        let line = self.text[..block.whole.start]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let alone = self.text[line..block.whole.start].trim().is_empty();
        let rest = self.text[block.whole.end..]
            .split_inclusive('\n')
            .next()
            .unwrap_or("");
        let bare = rest.trim();
        if alone && (bare.is_empty() || bare.starts_with('#')) {
            return Edit::remove(line..block.whole.end + rest.len());
        }
        Edit::remove(block.whole.clone())
    }

    /// Where to insert a clause that must come before these words.
    fn before(words: &[Lexeme<'_>], behind: &[&str], block: &Block) -> usize {
        let next = words
            .iter()
            .skip(1)
            .position(|word| behind.contains(&word.text))
            .map(|at| at + 1);
        next.map_or(block.head.end, |at| words[at - 1].range().end)
    }

    /// The range of a statement's condition.
    pub(super) fn condition(&self, block: &Block) -> Option<Range<usize>> {
        let words = block.words(self.text);
        let when = words.iter().position(|word| word.text == "when")?;
        let mut depth = 0usize;
        let ends = |word: &Lexeme<'_>| {
            match word.text {
                "{" if depth == 0 && word.range().end == block.head.end => return true,
                "{" | "(" => depth += 1,
                "}" | ")" => depth = depth.saturating_sub(1),
                _ => {}
            }
            depth == 0 && matches!(word.text, "because" | "until")
        };
        let end = words[when + 1..]
            .iter()
            .position(ends)
            .map_or(words.len(), |at| when + 1 + at);
        Some(words.get(when + 1)?.start..words[end - 1].range().end)
    }

    /// Restricts a statement so that it excludes these situations.
    pub(super) fn restrict(&self, block: &Block, not: &str) -> Edit {
        let without = negated(not);
        match self.condition(block) {
            Some(known) => {
                let text = &self.text[known.clone()];
                let text = if text.contains(" or ") {
                    format!("({text})")
                } else {
                    text.to_owned()
                };
                Edit {
                    bytes: known,
                    new: format!("{text} and {without}"),
                }
            }
            None => Edit::insert(
                Self::before(&block.words(self.text), &["because", "until", "{"], block),
                format!(" when {without}"),
            ),
        }
    }

    /// Excludes a duty from a claim; `areas` are the names of the areas around the duty.
    pub(super) fn except(&self, block: &Block, path: &str, areas: &[&str]) -> Edit {
        let words = block.words(self.text);
        // If an area in the list also covers the duty, removing its name is not enough.
        let covers = |word: &Lexeme<'_>| {
            let name = word.text.rsplit('.').next().unwrap_or("");
            word.text == "all" || areas.contains(&name)
        };
        let own = Self::listed(&words, path);
        if let Some(own) = own.filter(|_| !words.iter().any(covers)) {
            return own;
        }
        let text = words
            .iter()
            .find(|word| word.kind == LexemeKind::Text)
            .map(|word| word.text);
        let behind: Vec<&str> = ["when", "because", "until", "{"]
            .into_iter()
            .chain(text)
            .collect();
        let at = Self::before(&words, &behind, block);
        let known = words
            .iter()
            .any(|word| word.text == "except" && word.start < at);
        Edit::insert(
            at,
            if known {
                format!(", {path}")
            } else {
                format!(" except {path}")
            },
        )
    }

    /// Removes a duty from a list that names it, with the comma next to it.
    fn listed(words: &[Lexeme<'_>], path: &str) -> Option<Edit> {
        let means = |word: &str| {
            word == path
                || path.ends_with(&format!(".{word}"))
                || word.ends_with(&format!(".{path}"))
        };
        let is_it = |at: &usize| words[*at].kind == LexemeKind::Word && means(words[*at].text);
        let found: Vec<usize> = (0..words.len()).filter(is_it).collect();
        // If several words have the same ending, their position decides which one means the duty.
        let exact = found.iter().copied().find(|&at| words[at].text == path);
        let at = match found.as_slice() {
            [one] => *one,
            _ => exact?,
        };
        if words[..at]
            .iter()
            .any(|word| matches!(word.text, "except" | "when"))
        {
            return None;
        }
        Self::item(words, at)
    }

    /// Removes the item that begins at a byte from its list, with the comma next to it.
    pub(super) fn remove_item(&self, block: &Block, byte: usize) -> Option<Edit> {
        let words = block.words(self.text);
        let at = words.iter().position(|word| word.start == byte)?;
        Self::item(&words, at)
    }

    /// Removes a word from a list, with the comma next to it.
    fn item(words: &[Lexeme<'_>], at: usize) -> Option<Edit> {
        let is_comma = |at: usize| words.get(at).is_some_and(|word| word.text == ",");
        let bytes = if at > 1 && is_comma(at - 1) {
            words[at - 2].range().end..words[at].range().end
        } else if is_comma(at + 1) {
            words[at].start..words.get(at + 2)?.start
        } else {
            return None;
        };
        Some(Edit::remove(bytes))
    }

    /// Adds a placeholder for the reason.
    pub(super) fn because(&self, block: &Block) -> Edit {
        Edit::insert(
            Self::before(&block.words(self.text), &["until", "{"], block),
            format!(" because {}", writer::quoted(TO_WRITE)),
        )
    }

    /// Adds parts to the block of a share.
    pub(super) fn parts(&self, block: &Block, parts: &[String]) -> Edit {
        let indent = self.indent(block.head.start);
        if !block.opens {
            let parts: Vec<String> = parts
                .iter()
                .map(|part| format!("{indent}  {part}\n"))
                .collect();
            return Edit::insert(block.head.end, format!(" {{\n{}{indent}}}", parts.concat()));
        }
        let parts: Vec<String> = parts
            .iter()
            .map(|part| format!("\n{indent}  {part}"))
            .collect();
        let rest = self.text[block.head.end..]
            .split('\n')
            .next()
            .unwrap_or("")
            .trim();
        let more = if rest.is_empty() || rest.starts_with('#') {
            ""
        } else {
            "\n"
        };
        Edit::insert(block.head.end, parts.concat() + more)
    }
}

/// The negation of a condition, as short as is still readable.
fn negated(condition: &str) -> String {
    let words: Vec<&str> = condition.split_whitespace().collect();
    match words.as_slice() {
        [axis, "=", value] => format!("{axis} != {value}"),
        [axis, "!=", value] => format!("{axis} = {value}"),
        ["not", option] => (*option).to_owned(),
        [_] => format!("not {condition}"),
        _ => format!("not ({condition})"),
    }
}
