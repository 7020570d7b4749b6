//! What happens to text that no statement can read: one exact message, and as little lost as can be.
//!
//! The grammar hands over everything up to the next line that looks like a statement. Lines in it
//! that are indented no deeper than its first are read again on their own. Of the rest, the rule
//! that its first word calls for is tried once more, for the place where it stops and for what it
//! expected there; names, braces and the declared name are kept.

use pest::error::{ErrorVariant, InputLocation};

use super::ast::{Area, Axis, Broken, Duty, Framework, Item, Model, Party, Path, Table};
use super::build::Builder;
use super::convert;
use super::cursor::{Cursor, Place};
use super::grammar::{self, Rule};
use super::words::{self, COMPOSITION, CONTINUING, RESERVED, STARTERS};
use crate::diagnostic::{Code, Diagnostic};
use crate::resolve::suggest::closest;
use crate::source::{FileId, Span};

/// What stands behind what in a claim.
const ORDER: &str = "the order is: targets, text, `when`, `because`, `until`";

/// How often broken text may be cut into smaller pieces.
const MAX_CUTS: usize = 16;

/// A file with a NUL byte is no text.
pub fn nul(file: FileId, at: usize) -> Diagnostic {
    Diagnostic::new(Code::NotText, Span::new(file, at..at + 1), "this file is not text", "a NUL byte").help("save it as UTF-8")
}

/// The parser gave up for want of stack: some condition nests beyond reason.
pub fn too_deep(file: FileId, text: &str) -> Diagnostic {
    let mut depth = 0usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'(' => depth += 1,
            b')' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > super::MAX_DEPTH {
            return convert::too_deep(Span::new(file, at..at + 1));
        }
    }
    convert::too_deep(Span::new(file, 0..0))
}

/// How far the line of a byte is indented, in blanks.
pub fn indent(text: &str, at: usize) -> usize {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..].bytes().take_while(|byte| matches!(byte, b' ' | b'\t')).count()
}

/// Whether only blanks stand before a byte on its line.
pub fn begins_its_line(text: &str, at: usize) -> bool {
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    text[start..at].trim().is_empty()
}

/// Takes in text that no statement could read.
pub fn broken(builder: &mut Builder<'_>, range: std::ops::Range<usize>, depth: usize) {
    let text = builder.text;
    let own = indent(text, range.start);
    // Lines of a text block are no statements.
    let whole = depth >= MAX_CUTS || text[range.clone()].contains("\"\"\"");
    let first_end = if whole { range.end } else { cut(text, range.clone(), own) };
    lost_statement(builder, range.start..first_end);
    let mut at = first_end;
    while at < range.end {
        let end = cut(text, at..range.end, own);
        match grammar::read(Rule::file, &text[at..end]) {
            Ok(pairs) => {
                for pair in pairs.flat_map(pest::iterators::Pair::into_inner) {
                    builder.statement(pair, at, depth + 1);
                }
            }
            Err(_) => lost_statement(builder, at..end),
        }
        at = end;
    }
}

/// Where the first line ends behind which a line stands that is indented no deeper than `own`.
fn cut(text: &str, range: std::ops::Range<usize>, own: usize) -> usize {
    let piece = &text[range.clone()];
    let mut at = 0;
    while let Some(newline) = piece[at..].find('\n') {
        at += newline + 1;
        let line = piece[at..].lines().next().unwrap_or("");
        let bare = line.trim_start_matches([' ', '\t']);
        if !bare.trim().is_empty() && !bare.starts_with(['#', ')', ',']) && line.len() - bare.len() <= own {
            return range.start + at;
        }
    }
    range.end
}

/// Reports one statement that could not be read, and keeps what can be kept of it.
fn lost_statement(builder: &mut Builder<'_>, range: std::ops::Range<usize>) {
    let piece = &builder.text[range.clone()];
    let piece = piece.trim_end();
    let range = range.start..range.start + piece.len();
    if piece.is_empty() {
        return;
    }
    let word = first_word(piece);
    let alone = builder.begins_line(range.start) || words::FIELDS.contains(&word);
    let fault = if alone { fault(builder.file, piece, range.start) } else { left_over(builder.text, builder.file, piece, range.start) };
    let silent = builder.in_lost_block();
    if !silent {
        builder.faults.push(fault);
    }
    let scraps = scraps(piece, builder.place(range.start));
    if !alone {
        builder.spoil_last();
    }
    let block = alone || piece.ends_with('{');
    builder.keep(scraps, Span::new(builder.file, range.clone()), !alone, block);
    builder.ended(range.end, piece.ends_with('{'));
}

/// Keeps names and braces of a statement whose fault is already reported.
pub fn keep_scraps(builder: &mut Builder<'_>, range: std::ops::Range<usize>) {
    let scraps = scraps(&builder.text[range.clone()], builder.place(range.start));
    builder.keep(scraps, Span::new(builder.file, range), false, true);
}

/// Every name and word of a stretch of text.
pub fn words_of(text: &str, place: Place, range: std::ops::Range<usize>) -> Vec<Path<'_>> {
    scraps(&text[range], place).words
}

/// What is left of a statement.
pub struct Scraps<'s> {
    /// Its names and words.
    pub words: Vec<Path<'s>>,
    /// Its braces in order: true opens.
    pub braces: Vec<bool>,
}

fn scraps(piece: &str, place: Place) -> Scraps<'_> {
    let mut scraps = Scraps { words: Vec::new(), braces: Vec::new() };
    let Ok(mut pairs) = grammar::read(Rule::scraps, piece) else { return scraps };
    let Some(pair) = pairs.next() else { return scraps };
    let mut cursor = Cursor::new(pair, place);
    while let Some(pair) = cursor.next() {
        match pair.as_rule() {
            Rule::path => scraps.words.push(place.path(&pair)),
            Rule::open => scraps.braces.push(true),
            Rule::close => scraps.braces.push(false),
            _ => {}
        }
    }
    scraps
}

impl<'s> Builder<'s> {
    /// Puts what is left of a statement into the tree, and follows its braces. With `bound`, it is the
    /// end of a statement that is known; without `block`, a `{` in it opens a list at most.
    pub fn keep(&mut self, scraps: Scraps<'s>, span: Span, bound: bool, block: bool) {
        let salvaged = salvage(&scraps.words);
        let mut braces = scraps.braces.as_slice();
        // Pairs within the statement say nothing of the blocks around it.
        let mut open = 0usize;
        let mut closed = 0usize;
        while let Some((&opens, rest)) = braces.split_first() {
            match (opens, open) {
                (true, _) => open += 1,
                (false, 0) => closed += 1,
                (false, _) => open -= 1,
            }
            braces = rest;
        }
        if !block {
            open = 0;
        }
        // A block whose `{` is missing most likely has its `}`.
        let has_block = matches!(salvaged, Some(Item::Model(_) | Item::Area(_) | Item::Table(_)));
        if has_block && open == 0 && closed == 0 {
            open = 1;
            self.guess(span);
        }
        if let Some(item) = salvaged {
            self.item(item, span, open > 0);
        } else {
            self.item(Item::Broken(Broken { words: scraps.words, bound }), span, false);
            self.lost(span, open > 0);
        }
        for _ in 1..open {
            self.lost(span, true);
        }
        for _ in 0..closed {
            self.close(span);
        }
    }
}

/// A declaration of which at least the name is known: what refers to it is no fault.
fn salvage<'s>(words: &[Path<'s>]) -> Option<Item<'s>> {
    let word = words.first()?.it;
    // A misspelt word means the one it was told to be.
    let claims = words.get(1).is_some_and(|second| closest(second.it, words::VERBS.iter().copied()).is_some());
    let word = if claims || words::statement(word).is_some() { word } else { closest(word, STARTERS.iter().copied()).unwrap_or(word) };
    let name = || words.get(1).filter(|name| !RESERVED.contains(&name.it) && !name.it.contains('.')).cloned();
    let (title, fields) = (None, Vec::new());
    Some(match word {
        "party" => Item::Party(Party { name: name()?, title, fields }),
        "axis" => Item::Axis(Axis { name: name()?, title, values: Some(Vec::new()), fields, faulty: true }),
        "option" => Item::Axis(Axis { name: name()?, title, values: None, fields, faulty: true }),
        "framework" => Item::Framework(Framework { name: name()?, title, fields }),
        "model" => Item::Model(Model { name: name()?, title, fields, items: Vec::new(), faulty: true }),
        "area" => Item::Area(Area { name: name()?, title, fields, items: Vec::new() }),
        "duty" => Item::Duty(Duty { name: name()?, title, when: None, fields, faulty: true }),
        "table" | "raci" => Item::Table(Table {
            head: words.first()?.span,
            axis: None,
            when: None,
            columns: Vec::new(),
            rows: Vec::new(),
            lost: Vec::new(),
            footnotes: Vec::new(),
            fields,
            faulty: true,
        }),
        _ => return None,
    })
}

fn first_word(piece: &str) -> &str {
    let end = piece.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '-').unwrap_or(piece.len());
    &piece[..end]
}

/// The rule that a statement's beginning calls for.
fn called_for(piece: &str) -> Rule {
    match piece.as_bytes().first() {
        Some(b'|') => Rule::row,
        Some(b'[') => Rule::footnote,
        _ => words::statement(first_word(piece)).unwrap_or(Rule::sentence),
    }
}

/// The furthest place a rule reaches, and what it could have read there.
fn stopped(rule: Rule, piece: &str) -> Option<(usize, Vec<Rule>)> {
    let error = grammar::read(rule, piece).err()?;
    let (InputLocation::Pos(at) | InputLocation::Span((at, _))) = error.location;
    match error.variant {
        ErrorVariant::ParsingError { positives, .. } => Some((at, positives)),
        ErrorVariant::CustomError { .. } => None,
    }
}

/// The message for a statement of its own.
fn fault(file: FileId, piece: &str, base: usize) -> Diagnostic {
    let at = |range: std::ops::Range<usize>| Span::new(file, base + range.start..base + range.end);
    let word = first_word(piece);
    let mut early = piece.split_whitespace().take(6);
    if let Some(found) = early.find(|early| COMPOSITION.contains(early)) {
        let start = piece.find(found).unwrap_or(0);
        let message = format!("`{found}` belongs to composition, which this version does not read");
        let fault = Diagnostic::new(Code::Composition, at(start..start + found.len()), message, "");
        return fault.help("write the claims out in this model");
    }
    let Some((stop, positives)) = stopped(called_for(piece), piece) else {
        return Diagnostic::new(Code::Unexpected, at(0..word.len().max(1)), "this text does not fit here", "");
    };
    if let Some(fault) = unclosed_text(piece, stop, &at) {
        return fault;
    }
    if called_for(piece) == Rule::row {
        let line = piece.lines().next().unwrap_or(piece).trim_end();
        let fault = Diagnostic::new(Code::BadRow, at(line.len()..line.len()), "expected `|` at the end of the row", "");
        return fault.help("close the last cell with `|`");
    }
    if let Some(fault) = misspelt_start(piece, word, stop, &at) {
        return fault;
    }
    unexpected(piece, stop, &positives, &at)
}

/// What could have stood where the parser stopped, and what stands there.
fn unexpected(piece: &str, stop: usize, positives: &[Rule], at: &dyn Fn(std::ops::Range<usize>) -> Span) -> Diagnostic {
    let (found, range) = found_at(piece, stop);
    let mut expected: Vec<String> = Vec::new();
    for words in positives.iter().filter_map(|&rule| words::expected(rule)) {
        if !expected.contains(&words) {
            expected.push(words);
        }
    }
    expected.truncate(5);
    let message = match expected.split_last() {
        None => format!("{found} does not fit here"),
        Some((only, [])) => format!("expected {only}, found {found}"),
        Some((last, rest)) => format!("expected {} or {last}, found {found}", rest.join(", ")),
    };
    let verbs = positives.contains(&Rule::verb).then_some(words::VERBS).into_iter().flatten().copied();
    let keywords = positives.iter().filter_map(|&rule| words::keyword(rule)).chain(verbs);
    let near = closest(&piece[range.clone()], keywords).map(|near| format!("did you mean `{near}`?"));
    let help = if positives.contains(&Rule::date) {
        Some("write year-month-day, such as `2027-03-31`".to_owned())
    } else {
        near.or_else(|| foreign(piece, stop))
    };
    Diagnostic::new(Code::Unexpected, at(range), message, "").maybe_help(help)
}

/// Text behind a statement that was already whole.
fn left_over(text: &str, file: FileId, piece: &str, base: usize) -> Diagnostic {
    let at = |range: std::ops::Range<usize>| Span::new(file, base + range.start..base + range.end);
    if piece.starts_with('"') && text[..base].ends_with("\"\"") {
        // Two of three quotes were read as an empty text.
        return unclosed_block(Span::new(file, base - 2..base + 1));
    }
    let clause = match first_word(piece) {
        "when" => Some(Rule::when),
        "because" => Some(Rule::because),
        "until" => Some(Rule::until),
        "except" => Some(Rule::except),
        "in" => Some(Rule::comparison),
        _ if piece.starts_with(['=', '!']) => Some(Rule::comparison),
        _ => None,
    };
    let stop = clause.and_then(|rule| stopped(rule, piece));
    if let Some(fault) = unclosed_text(piece, stop.as_ref().map_or(0, |(stop, _)| *stop), &at) {
        return fault;
    }
    if let Some((stop, positives)) = stop {
        return unexpected(piece, stop, &positives, &at);
    }
    let (found, range) = found_at(piece, 0);
    let other = match piece.split_whitespace().next().unwrap_or("") {
        "if" => Some("a condition begins with `when`"),
        "unless" => Some("write `when not`"),
        "&&" => Some("write `and`"),
        "||" => Some("write `or`"),
        "otherwise" => Some("`otherwise` stands before the claim"),
        word if word.starts_with(',') => Some("no comma stands between fields; several values of an axis are `in { a, b }`"),
        _ => None,
    };
    if let Some(help) = other {
        let message = format!("expected the end of the statement, found {found}");
        return Diagnostic::new(Code::Unexpected, at(range), message, "").help(help);
    }
    let help = match (clause, closest(&piece[range.clone()], CONTINUING.iter().copied()), foreign(piece, 0)) {
        (None, None, Some(help)) => help,
        (Some(Rule::except), ..) => "one `except` list, behind all targets, holds for all of them".into(),
        (Some(_), ..) => ORDER.into(),
        (None, ..) if piece.starts_with('"') => ORDER.into(),
        (None, Some(near), _) => format!("did you mean `{near}`?"),
        (None, None, None) if first_word(piece).len() > 1 && piece.contains(' ') && piece.starts_with(char::is_uppercase) => {
            "a text stands between double quotes: `\"…\"`".into()
        }
        (None, None, None) => "divide the items of a list with commas; begin a new statement on a new line".into(),
    };
    Diagnostic::new(Code::Unexpected, at(range), format!("expected the end of the statement, found {found}"), "").help(help)
}

/// What to write instead of a character that the language does not know.
fn foreign(piece: &str, at: usize) -> Option<String> {
    let c = piece.get(at..)?.chars().next()?;
    match c {
        '“' | '”' | '„' | '«' | '»' | '‘' | '’' | '\'' => Some("texts stand between straight double quotes: `\"…\"`".into()),
        '/' => Some("a comment begins with `#`".into()),
        ';' => Some("a statement ends with its line, without `;`".into()),
        c if c.is_alphanumeric() && (!c.is_ascii() || c.is_ascii_digit()) => {
            Some("a name begins with a letter from a to z and goes on with such letters, digits, `_` and `-`".into())
        }
        _ => None,
    }
}

/// A quote that is never closed.
fn unclosed_text(piece: &str, stop: usize, at: &dyn Fn(std::ops::Range<usize>) -> Span) -> Option<Diagnostic> {
    let rest = piece.get(stop..)?;
    if rest.starts_with("\"\"\"") {
        return Some(unclosed_block(at(stop..stop + 3)));
    }
    let line = rest.strip_prefix('"')?.lines().next().unwrap_or("").trim_end();
    if grammar::read(Rule::string, rest).is_ok() {
        return None;
    }
    let fault = Diagnostic::new(Code::UnclosedText, at(stop..stop + 1 + line.len()), "this text is not closed on its line", "opened here");
    Some(fault.help("close it with `\"`; a text over several lines stands between `\"\"\"` and `\"\"\"`"))
}

fn unclosed_block(quotes: Span) -> Diagnostic {
    let fault = Diagnostic::new(Code::UnclosedText, quotes, "this text block is never closed", "opened here");
    fault.help("close it with `\"\"\"`")
}

/// A statement whose first word is nearly one that begins statements.
fn misspelt_start(piece: &str, word: &str, stop: usize, at: &dyn Fn(std::ops::Range<usize>) -> Span) -> Option<Diagnostic> {
    let only_word_read = piece.get(word.len()..stop).is_some_and(|between| between.trim().is_empty());
    if !only_word_read || words::statement(word).is_some() || RESERVED.contains(&word) {
        return None;
    }
    let near = closest(word, STARTERS.iter().chain(words::FIELDS).copied())?;
    let fault = Diagnostic::new(Code::Unexpected, at(0..word.len()), format!("no statement begins with `{word}`"), "");
    Some(fault.help(format!("did you mean `{near}`?")))
}

/// What stands at a place, in words, and its extent.
fn found_at(piece: &str, stop: usize) -> (String, std::ops::Range<usize>) {
    let rest = piece.get(stop..).unwrap_or("");
    let Some(first) = rest.chars().next() else {
        let end = piece.len();
        let last = piece.chars().next_back().map_or(0, char::len_utf8);
        return ("the end of the statement".into(), end - last..end);
    };
    let word = first_word(rest);
    let length = match (word.len(), first) {
        (0, '"') => rest[1..].find('"').map_or(1, |at| at + 2),
        (0, _) => first.len_utf8(),
        (length, _) => length,
    };
    let shown = if first == '"' { "a text".into() } else { format!("`{}`", &rest[..length]) };
    (shown, stop..stop + length)
}
