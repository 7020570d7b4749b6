//! From the grammar's flat list of statements to a tree.
//!
//! A statement that opens a block becomes a [`Frame`]; what follows goes into the innermost frame
//! until its `}`. A frame opened by something that could not be parsed, or is not allowed there, is
//! a [`Frame::Lost`]: it keeps the braces balanced and drops its content.

use super::ast::{Broken, Field, File, Footnote, Item, Part};
use super::convert::{self, ParsedStatement};
use super::cursor::TextPiece;
use super::faults::{UnreadStatement, bare_row};
use super::placement::{home, misplaced, misplaced_part, owner_of};
use super::recover::{Remnants, salvage, words_of};
use super::text::{begins_its_line, indent};
use super::vocabulary::{Home, is_field};
use super::{MAX_DEPTH, MAX_FAULTS, Parsed};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

/// An open block.
enum Frame<'s> {
    /// A statement whose block is being read.
    Kept(Item<'s>, Span),
    /// A block whose content is ignored.
    Lost(Span),
}

impl Frame<'_> {
    /// The span of its statement.
    fn span(&self) -> Span {
        match self {
            Self::Kept(_, span) | Self::Lost(span) => *span,
        }
    }
}

/// Claims are stored separately from other statements, so the order between the two is not kept.
#[derive(PartialEq, Eq)]
enum Last {
    Claim,
    Other,
}

/// The result of parsing a file.
pub(super) struct Built<'s> {
    /// Tree and faults.
    pub parsed: Parsed<'s>,
    /// Every brace was matched.
    pub balanced: bool,
}

/// The tree as far as it is read.
pub(super) struct Tree<'s> {
    /// The file.
    pub file: FileId,
    /// The whole text.
    pub text: &'s str,
    /// What is wrong so far.
    pub faults: Vec<Diagnostic>,
    top: Vec<Item<'s>>,
    frames: Vec<Frame<'s>>,
    /// The table whose rows lack their bars, which is already reported.
    bare_table: Option<Span>,
    /// Blocks that were opened without a `{`, which is already reported.
    guessed: Vec<Span>,
    /// Where the statement before this one ended.
    end: usize,
    /// The statement before this one opened a block, or this is the first one of the file.
    fresh: bool,
    /// What was put into the tree last.
    last: Last,
    /// The conditions of claims, as they are written: large files repeat them.
    conditions: convert::Known<'s>,
    trust_indent: bool,
    balanced: bool,
    /// Where the text is given up, because it has too many faults.
    given_up: Option<usize>,
}

impl<'s> Tree<'s> {
    /// A new tree for a text. With `trust_indent`, unmatched braces are found by indentation.
    pub(super) fn new(file: FileId, text: &'s str, trust_indent: bool) -> Self {
        Self {
            file,
            text,
            faults: Vec::new(),
            top: Vec::new(),
            frames: Vec::new(),
            bare_table: None,
            guessed: Vec::new(),
            end: 0,
            fresh: true,
            last: Last::Other,
            conditions: convert::Known::default(),
            trust_indent,
            balanced: true,
            given_up: None,
        }
    }

    /// Whether there are more faults than are told; if so, the rest, from a place on, is given up.
    pub(super) fn is_flooded(&mut self, at: usize) -> bool {
        if self.given_up.is_none() && self.faults.len() >= MAX_FAULTS {
            self.given_up = Some(at);
            let message = format!("this file has {MAX_FAULTS} errors in its text or more");
            let here = Span::new(self.file, at..at);
            self.faults.push(
                Diagnostic::new(Code::Unexpected, here, message, "the rest is not read")
                    .help("correct the first ones: a text or a block may not be closed"),
            );
            // What is not read may be about anything, and may declare or use anything.
            let word = |node| super::ast::Path { node, span: here };
            let words = vec![word("use"), word("all")];
            let rest = |bound| {
                Item::Broken(Broken {
                    words: words.clone(),
                    bound,
                })
            };
            if !self.frames.is_empty() {
                self.push(rest(false));
            }
            self.top.push(rest(false));
        }
        self.given_up.is_some()
    }

    /// The finished tree.
    pub(super) fn finish(mut self) -> Built<'s> {
        if self.given_up.is_some() {
            while let Some(frame) = self.frames.pop() {
                self.end(frame, self.end);
            }
        }
        self.close_all();
        let parsed = Parsed {
            file: File { items: self.top },
            faults: self.faults,
        };
        Built {
            parsed,
            balanced: self.balanced,
        }
    }

    /// The place of a piece of the text that starts at `base`.
    pub(super) fn place(&self, base: usize) -> TextPiece<'s> {
        TextPiece {
            file: self.file,
            text: self.text,
            base,
        }
    }

    /// Whether there are only blanks between this position and the start of its line, or the `{`
    /// before it.
    pub(super) fn begins_line(&self, at: usize) -> bool {
        self.fresh
            || self
                .text
                .get(self.end..at)
                .is_none_or(|gap| gap.contains('\n'))
    }

    /// Notes where the last statement ended.
    pub(super) fn ended(&mut self, at: usize, fresh: bool) {
        self.end = at;
        self.fresh = fresh;
    }

    /// Whether the current content will be dropped anyway.
    pub(super) fn in_lost_block(&self) -> bool {
        matches!(self.frames.last(), Some(Frame::Lost(_)))
    }

    /// Whether the innermost block is a table; if so, whether a row without bars was met in it before.
    pub(super) fn bare_row_in_table(&mut self) -> Option<bool> {
        let Some(Frame::Kept(Item::Table(_), span)) = self.frames.last() else {
            return None;
        };
        let span = *span;
        self.miss_heading();
        Some(self.bare_table.replace(span) == Some(span))
    }

    /// After a row that cannot be read: if the table has no heading yet, that was it, and nobody knows
    /// what the columns mean.
    pub(super) fn miss_heading(&mut self) {
        if let Some(Frame::Kept(Item::Table(table), _)) = self.frames.last_mut()
            && !table.has_heading
        {
            table.has_heading = true;
            table.faulty = true;
        }
    }

    /// Notes that a block was opened without its `{`.
    fn guess(&mut self, span: Span) {
        self.guessed.push(span);
    }

    /// Opens a block that will be dropped, or skips a statement.
    fn lost(&mut self, span: Span, opens: bool) {
        if opens {
            self.frames.push(Frame::Lost(span));
        }
    }

    /// Adds a statement; with `opens`, its block follows.
    pub(super) fn take(&mut self, statement: ParsedStatement<'s>, span: Span, opens: bool) {
        if self.in_lost_block() {
            if matches!(
                statement,
                ParsedStatement::Item(_) | ParsedStatement::Row(_)
            ) {
                // Unreadable text may still mention duties.
                let words = words_of(self.text, self.place(span.range().start), span.range());
                self.push(Item::Broken(Broken { words, bound: true }));
            }
            return self.lost(span, opens);
        }
        match statement {
            ParsedStatement::Item(item) => self.item(item, span, opens),
            ParsedStatement::Field(field) => self.field(field),
            ParsedStatement::Part(part) => self.part(part),
            ParsedStatement::Row(row) => self.row(&row, span),
            ParsedStatement::Footnote(footnote) => self.footnote(footnote, span),
        }
    }

    /// Adds a declaration, claim or constraint; with `opens`, its block follows.
    pub(super) fn item(&mut self, item: Item<'s>, span: Span, opens: bool) {
        // A model that is indented no deeper than the block it is in comes after that block.
        if matches!(item, Item::Model(_)) {
            let own = indent(self.text, span.range().start);
            if self
                .frames
                .first()
                .is_some_and(|frame| of_frame(self.text, frame) >= own)
            {
                self.close_all();
            }
        }
        if let Some((message, help)) = misplaced(&item, self.home()) {
            if !self.in_lost_block() {
                let words = match item {
                    Item::Broken(broken) if broken.bound => Vec::new(),
                    Item::Broken(broken) => broken.words,
                    _ => {
                        self.faults.push(
                            Diagnostic::new(
                                Code::Misplaced,
                                span.first_line(self.text),
                                message,
                                "",
                            )
                            .help(help),
                        );
                        words_of(self.text, self.place(span.range().start), span.range())
                    }
                };
                self.remember(words);
            }
            return self.lost(span, opens);
        }
        if opens && self.frames.len() >= MAX_DEPTH {
            let message = format!("this block is nested more than {MAX_DEPTH} levels deep");
            self.faults.push(Diagnostic::new(
                Code::TooDeep,
                span.first_line(self.text),
                message,
                "",
            ));
            self.lost(span, opens);
        } else if opens {
            self.frames.push(Frame::Kept(item, span));
        } else {
            self.push(item);
        }
    }

    /// Adds the remnants of a statement to the tree and applies its braces. With `bound`, they are
    /// the end of a statement that is known; without `block`, a `{` in them can only open a list.
    pub(super) fn keep(&mut self, remnants: Remnants<'s>, span: Span, bound: bool, block: bool) {
        let in_table = matches!(self.frames.last(), Some(Frame::Kept(Item::Table(_), _)));
        let salvaged = (!in_table).then(|| salvage(&remnants.words)).flatten();
        // Brace pairs inside the statement do not affect the blocks around it.
        let (mut open, mut closed) = (0usize, 0usize);
        for &opens in &remnants.braces {
            match (opens, open) {
                (true, _) => open += 1,
                (false, 0) => closed += 1,
                (false, _) => open -= 1,
            }
        }
        if !block {
            open = 0;
        }
        // A block whose `{` is missing most likely has its `}`.
        let has_block = matches!(
            salvaged,
            Some(Item::Model(_) | Item::Area(_) | Item::Table(_))
        );
        if has_block && open == 0 && closed == 0 {
            open = 1;
            self.guess(span);
        }
        if let Some(item) = salvaged {
            self.item(item, span, open > 0);
        } else {
            self.item(
                Item::Broken(Broken {
                    words: remnants.words,
                    bound,
                }),
                span,
                false,
            );
            self.lost(span, open > 0);
        }
        for _ in 1..open {
            self.lost(span, true);
        }
        for _ in 0..closed {
            self.close(span);
        }
    }

    /// What the current statement is in: a file, model or area; `None` if no statement is allowed
    /// there.
    fn home(&self) -> Option<Home> {
        match self.frames.last() {
            None => home(None),
            Some(Frame::Kept(item, _)) => home(Some(item)),
            Some(Frame::Lost(_)) => None,
        }
    }

    /// Keeps the words of an ignored statement: it may have been about these.
    fn remember(&mut self, words: Vec<super::ast::Path<'s>>) {
        let names_field = words.first().is_some_and(|word| is_field(word.node));
        match self.frames.last_mut() {
            Some(Frame::Kept(Item::Claim(claim), _)) => claim.parts_lost = true,
            Some(Frame::Kept(Item::Table(table), _)) => table.lost.extend(words),
            _ if names_field => {}
            _ => self.push(Item::Broken(Broken {
                words,
                bound: false,
            })),
        }
    }

    fn push(&mut self, item: Item<'s>) {
        // Blocks inside a lost block are lost too, so lost frames come after all others.
        let kept = self
            .frames
            .partition_point(|frame| matches!(frame, Frame::Kept(..)));
        let around = self.frames[..kept]
            .iter_mut()
            .rev()
            .find_map(|frame| match frame {
                Frame::Kept(Item::Model(model), _) => Some((&mut model.claims, &mut model.items)),
                Frame::Kept(Item::Area(area), _) => Some((&mut area.claims, &mut area.items)),
                _ => None,
            });
        self.last = if matches!(item, Item::Claim(_)) {
            Last::Claim
        } else {
            Last::Other
        };
        match (item, around) {
            (Item::Claim(mut claim), Some((claims, _))) => {
                if let Some(when) = claim.when.as_mut().filter(|when| when.condition.is_some())
                    && !self.conditions.insert(when.text.node)
                {
                    // Another thread already parsed the same condition.
                    when.condition = None;
                }
                claims.push(claim);
            }
            (item, Some((_, items))) => items.push(item),
            (item, None) => self.top.push(item),
        }
    }

    /// Marks the last statement as incomplete: the text after it did not parse.
    pub(super) fn spoil_last(&mut self) {
        let (claim, item) = match self.frames.last_mut() {
            Some(Frame::Kept(Item::Model(model), _)) => {
                (model.claims.last_mut(), model.items.last_mut())
            }
            Some(Frame::Kept(Item::Area(area), _)) => {
                (area.claims.last_mut(), area.items.last_mut())
            }
            Some(_) => return,
            None => (None, self.top.last_mut()),
        };
        match (claim, item) {
            (Some(claim), _) if self.last == Last::Claim => claim.faulty = true,
            (_, Some(Item::Duty(duty))) => duty.faulty = true,
            (_, Some(Item::Axis(axis))) => axis.faulty = true,
            _ => {}
        }
    }

    fn field(&mut self, field: Field<'s>) {
        let word = field.word.node;
        let owner = match self.frames.last() {
            Some(Frame::Kept(item, _)) => item.kind(),
            _ => None,
        };
        let fields = match self.frames.last_mut() {
            Some(Frame::Kept(item, _)) => item.fields_mut(),
            _ => None,
        };
        let (Some(owner), Some(fields)) = (owner, fields) else {
            let message = format!("`{word}` cannot be used here");
            let help = format!("move it into the block of {}", owner_of(field.kind));
            let fault = Diagnostic::new(Code::Misplaced, field.span, message, "");
            self.faults.push(fault.help(help));
            return;
        };
        if field.kind.fits(owner) {
            fields.push(field);
        } else {
            let message = format!("`{word}` is not a field of {}", owner.info().owner);
            let help = format!("move it into the block of {}", owner_of(field.kind));
            let fault = Diagnostic::new(Code::Misplaced, field.span, message, "");
            self.faults.push(fault.help(help));
        }
    }

    fn part(&mut self, part: Part<'s>) {
        if let Some(Frame::Kept(Item::Claim(claim), _)) = self.frames.last_mut() {
            claim.more().parts.push(part);
            return;
        }
        if let Some(again) = self.bare_row_in_table() {
            let base = part.party.span.range().start;
            let row = UnreadStatement {
                text: self.text,
                file: self.file,
                piece: &self.text[base..],
                base,
                wrong: None,
            };
            self.faults.extend((!again).then(|| bare_row(&row)));
            return;
        }
        let around = match self.frames.last() {
            Some(Frame::Kept(item, _)) => Some(item),
            _ => None,
        };
        let (message, help) = misplaced_part(around, part.party.node, &part.text.node);
        self.faults
            .push(Diagnostic::new(Code::Misplaced, part.party.span, message, "").help(help));
    }

    fn row(&mut self, row: &convert::RawRow<'s>, span: Span) {
        if let Some(Frame::Kept(Item::Table(table), _)) = self.frames.last_mut() {
            super::cells::row(table, row, &mut self.faults);
            return;
        }
        let fault = Diagnostic::new(Code::Misplaced, span, "a table row cannot be used here", "");
        self.faults
            .push(fault.help("move it into the block of `table by …` or `raci`"));
    }

    fn footnote(&mut self, footnote: Footnote<'s>, span: Span) {
        if let Some(Frame::Kept(Item::Table(table), _)) = self.frames.last_mut() {
            table.footnotes.push(footnote);
            return;
        }
        let fault = Diagnostic::new(Code::Misplaced, span, "a footnote cannot be used here", "");
        self.faults
            .push(fault.help("move it below the rows of a `table by …` or `raci`"));
    }

    /// In a file whose braces do not match: a statement that is indented no deeper than the block
    /// around it comes after that block.
    pub(super) fn close_by_indent(&mut self, span: Span) {
        let start = span.range().start;
        if !self.trust_indent || !begins_its_line(self.text, start) {
            return;
        }
        let own = indent(self.text, start);
        while self
            .frames
            .last()
            .is_some_and(|frame| of_frame(self.text, frame) >= own)
        {
            self.unclosed();
        }
    }

    /// Closes the innermost block.
    pub(super) fn close(&mut self, brace: Span) {
        if self.trust_indent && begins_its_line(self.text, brace.range().start) {
            let own = indent(self.text, brace.range().start);
            let top = self.frames.last().map(|frame| of_frame(self.text, frame));
            if self
                .frames
                .iter()
                .any(|frame| of_frame(self.text, frame) == own)
            {
                while self
                    .frames
                    .last()
                    .is_some_and(|frame| of_frame(self.text, frame) > own)
                {
                    self.unclosed();
                }
            } else if top.is_none_or(|top| top < own) {
                self.stray(brace);
                return;
            }
        }
        match self.frames.pop() {
            Some(frame) => self.end(frame, brace.range().end),
            None => self.stray(brace),
        }
    }

    /// Puts what a block made into the block around it; it ended before this byte.
    fn end(&mut self, frame: Frame<'s>, at: usize) {
        if let Frame::Kept(mut item, span) = frame {
            if let Item::Model(model) = &mut item {
                model.block = Span::new(self.file, span.range().start..at);
            }
            self.push(item);
        }
    }

    fn stray(&mut self, brace: Span) {
        self.balanced = false;
        self.faults.push(Diagnostic::new(
            Code::Brace,
            brace,
            "unmatched `}`",
            "no block is open here",
        ));
    }

    /// Closes the innermost block, which lacks its brace.
    fn unclosed(&mut self) {
        let Some(frame) = self.frames.pop() else {
            return;
        };
        self.balanced = false;
        if !self.guessed.contains(&frame.span()) {
            let span = frame.span().first_line(self.text);
            let fault = Diagnostic::new(
                Code::Brace,
                span,
                "this block is never closed",
                "opened here",
            );
            self.faults.push(fault.help("close it with `}`"));
        }
        self.end(frame, self.end);
    }

    /// Closes every open block; one fault reports the missing braces.
    fn close_all(&mut self) {
        self.unclosed();
        while let Some(frame) = self.frames.pop() {
            self.end(frame, self.end);
        }
    }
}

fn of_frame(text: &str, frame: &Frame<'_>) -> usize {
    indent(text, frame.span().range().start)
}
