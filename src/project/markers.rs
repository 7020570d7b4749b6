//! Pages that hold generated blocks between markers:
//!
//! ```text
//! <!-- srm:begin azure checklist party=customer -->
//! …
//! <!-- srm:end -->
//! ```
//!
//! In: a page's text. Out: its [`Block`]s in order, or findings that point into it; and the text
//! with their content replaced. Always: the markers and everything outside them stay byte for byte,
//! and a block uses the line ending of its first marker.

use std::ops::Range;

use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag};

use crate::diagnostic::{Code, Diagnostic};
use crate::emit::Dialect;
use crate::load::is_inside_note;
use crate::source::{FileId, Span, line_end};

const BEGIN: &str = "srm:begin";
const END: &str = "srm:end";

/// A generated block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The words after `srm:begin`, such as `azure checklist party=customer`, with one blank
    /// between them.
    pub words: String,
    /// The span of these words.
    pub span: Span,
    /// The bytes between the lines of the two markers.
    pub inner: Range<usize>,
    /// The level of the heading above; 0 where there is none.
    pub level: usize,
    /// The text before the marker on its line.
    indent: String,
    /// Its line ending.
    newline: &'static str,
}

/// The dialect of a page, by its file name; Markdown by default.
fn dialect(name: &str) -> Dialect {
    Dialect::of_file(name).unwrap_or_default()
}

/// The pair of markers to paste into a page of this name.
#[must_use]
pub fn pair(name: &str, words: &str) -> [String; 2] {
    let (open, close) = dialect(name)
        .info()
        .comments
        .last()
        .copied()
        .unwrap_or_default();
    [format!("{BEGIN} {words}"), END.to_owned()]
        .map(|words| format!("{open} {words} {close}").trim_end().to_owned())
}

/// The blocks of a page.
///
/// # Errors
/// Unpaired markers, or two blocks with the same words.
pub fn blocks(file: FileId, name: &str, text: &str) -> Result<Vec<Block>, Vec<Diagnostic>> {
    let outline = Outline::of(name, text);
    let mut reader = MarkerReader {
        name,
        blocks: Vec::new(),
        open: None,
        faults: Vec::new(),
        lost: false,
        outline,
    };
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let bare = line.trim_start_matches('\u{feff}').trim();
        if let (Some(words), false) = (
            marker(name, bare),
            reader
                .outline
                .is_listing(at + line.len() - line.trim_start().len()),
        ) {
            let start = at + line.find(words).unwrap_or(0);
            let span = Span::new(file, start..start + words.len());
            reader.marker(words, span, line, at);
        } else if let Some(range) = crowded(name, line)
            && !reader.outline.is_listing(at + range.start)
        {
            let span = Span::new(file, at + range.start..at + range.end);
            let message = "a marker must be alone on its line";
            reader.fault(
                span,
                message,
                None,
                "move the other text to a line of its own",
            );
            reader.crowded(line[range].contains(BEGIN));
        }
        at += line.len();
    }
    reader.finish()
}

/// The code blocks of a page, in which markers are ignored, and its headings.
#[derive(Default)]
struct Outline {
    listings: Vec<Range<usize>>,
    /// Where each begins, and its level.
    headings: Vec<(usize, usize)>,
}

impl Outline {
    fn of(name: &str, text: &str) -> Self {
        match dialect(name) {
            Dialect::AsciiDoc => Self::of_asciidoc(text),
            dialect => Self::of_markdown(text, dialect),
        }
    }

    fn of_markdown(text: &str, dialect: Dialect) -> Self {
        let mut outline = Self::default();
        // A byte order mark is no part of the first line.
        let begin = text.len() - text.trim_start_matches('\u{feff}').len();
        for (event, range) in Parser::new_ext(&text[begin..], Options::all()).into_offset_iter() {
            let range = range.start + begin..range.end + begin;
            match event {
                Event::Start(Tag::Heading { level, .. }) => {
                    outline.headings.push((range.start, level as usize));
                }
                // In MDX, indented text is not a code block; nor is the inside of a note or a tab.
                Event::Start(Tag::CodeBlock(CodeBlockKind::Indented))
                    if dialect == Dialect::Mdx || is_inside_note(text, range.start) => {}
                Event::Start(Tag::CodeBlock(_)) => outline.listings.push(range),
                _ => {}
            }
        }
        outline
    }

    fn of_asciidoc(text: &str) -> Self {
        let mut outline = Self::default();
        let (mut at, mut open) = (0, None::<(usize, &str)>);
        for line in text.split_inclusive('\n') {
            let bare = line.trim_end();
            let is_fence =
                |mark: char, least: usize| bare.len() >= least && bare.chars().all(|c| c == mark);
            let level = bare.chars().take_while(|&c| c == '=').count();
            if let Some((start, fence)) = open {
                if fence == bare {
                    outline.listings.push(start..at + line.len());
                    open = None;
                }
            } else if ['-', '.', '/'].into_iter().any(|mark| is_fence(mark, 4)) || is_fence('`', 3)
            {
                open = Some((at, bare));
            } else if level > 0 && bare[level..].starts_with(' ') {
                outline.headings.push((at, level));
            }
            at += line.len();
        }
        outline
            .listings
            .extend(open.map(|(start, _)| start..text.len()));
        outline
    }

    fn is_listing(&self, at: usize) -> bool {
        let next = self.listings.partition_point(|listing| listing.start <= at);
        next.checked_sub(1)
            .is_some_and(|last| self.listings[last].contains(&at))
    }
}

struct MarkerReader<'t> {
    name: &'t str,
    blocks: Vec<Block>,
    open: Option<Block>,
    faults: Vec<Diagnostic>,
    /// The last begin could not be read, so its end is no surprise.
    lost: bool,
    outline: Outline,
}

impl MarkerReader<'_> {
    /// A marker that shares its line, which is reported, begins or ends a block.
    fn crowded(&mut self, begins: bool) {
        self.lost = begins;
        self.open = None;
    }

    fn marker(&mut self, words: &str, span: Span, line: &str, at: usize) {
        let (word, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let rest = crate::source::one_line(rest);
        match (word, self.open.take()) {
            (BEGIN, open) => self.begins(rest, span, open, line, at),
            (_, Some(open)) => self.ends(&rest, span, open, at),
            (_, None) if std::mem::take(&mut self.lost) => {}
            (_, None) => {
                let [begin, _] = pair(self.name, "azure matrix");
                let help = format!("add a line such as `{begin}` above it, or remove this marker");
                self.fault(
                    span,
                    "this marker ends a block, but no block is open",
                    None,
                    help,
                );
            }
        }
    }

    /// Handles the start of a block.
    fn begins(&mut self, words: String, span: Span, open: Option<Block>, line: &str, at: usize) {
        if let Some(open) = open {
            let [_, end] = pair(self.name, "");
            let begun = Some((open.span, "the other block begins here"));
            let help = format!("close the first block with `{end}`");
            self.fault(span, "this block begins inside another block", begun, help);
        }
        if words.is_empty() {
            let help = format!(
                "write, for example, `{}`",
                pair(self.name, "azure matrix")[0]
            );
            self.fault(
                span,
                "expected a model and a view after `srm:begin`",
                None,
                help,
            );
        }
        if let Some(first) = self.blocks.iter().find(|block| block.words == words) {
            let message = format!("the block `{words}` is in this page twice");
            let first = Some((first.span, "first here"));
            self.fault(span, message, first, "remove one of the two blocks");
        }
        let end = at + line.len();
        self.open = Some(Block {
            words,
            span,
            inner: end..end,
            level: self.level(at),
            indent: line[..line.len() - line.trim_start().len()].to_owned(),
            newline: line_end(line),
        });
    }

    /// Handles the end of the open block.
    fn ends(&mut self, words: &str, span: Span, open: Block, at: usize) {
        if !words.is_empty() && words != open.words {
            let [_, end] = pair(self.name, "");
            let message = format!("expected the end of `{}`", open.words);
            let begun = Some((open.span, "this block begins here"));
            self.fault(span, message, begun, format!("end it with `{end}`"));
        }
        self.blocks.push(Block {
            inner: open.inner.start..at,
            ..open
        });
    }

    fn fault(
        &mut self,
        span: Span,
        message: impl Into<String>,
        other: Option<(Span, &str)>,
        help: impl Into<String>,
    ) {
        let fault = Diagnostic::new(Code::BadMarker, span, message, "");
        let fault = match other {
            Some((span, text)) => fault.and(span, text),
            None => fault,
        };
        self.faults.push(fault.help(help));
    }

    /// The level of the heading above a line; headings inside a block are ignored, because the
    /// block will be replaced.
    fn level(&self, at: usize) -> usize {
        let inside = |start: usize| self.blocks.iter().any(|block| block.inner.contains(&start));
        let headings = self.outline.headings.iter().rev();
        headings
            .filter(|(start, _)| *start < at && !inside(*start))
            .map(|(_, level)| *level)
            .next()
            .unwrap_or(0)
    }

    fn finish(mut self) -> Result<Vec<Block>, Vec<Diagnostic>> {
        if let Some(open) = self.open {
            let fault =
                Diagnostic::new(Code::BadMarker, open.span, "this block is never closed", "");
            let [_, end] = pair(self.name, "");
            self.faults.push(fault.help(format!(
                "write `{end}` on its own line where the block ends"
            )));
        }
        if self.faults.is_empty() {
            Ok(self.blocks)
        } else {
            Err(self.faults)
        }
    }
}

/// The words of a marker, which must be alone on its line.
fn marker<'t>(name: &str, line: &'t str) -> Option<&'t str> {
    let inside =
        |(open, close): &(&str, &str)| line.strip_prefix(open)?.strip_suffix(close).map(str::trim);
    let words = dialect(name).info().comments.iter().find_map(inside)?;
    let first = words.split_whitespace().next()?;
    (first == BEGIN || first == END).then_some(words)
}

/// Where a line holds a marker beside other text; not one in a code span, which only shows it.
fn crowded(name: &str, line: &str) -> Option<Range<usize>> {
    let bare = line.trim_start_matches('\u{feff}').trim();
    if marker(name, bare).is_some() {
        return None;
    }
    let pairs = dialect(name).info().comments.iter();
    let mut found = pairs
        .filter(|(_, close)| !close.is_empty())
        .filter_map(|(open, close)| {
            let mut starts = line.match_indices(open).map(|(at, _)| at);
            starts.find_map(|start| {
                let words = line[start + open.len()..].trim_start();
                let is_marker = [BEGIN, END].iter().any(|word| words.starts_with(word));
                if !is_marker {
                    return None;
                }
                let end = start + line[start..].find(close)? + close.len();
                let is_shown = line[..start].matches('`').count() % 2 == 1;
                (!is_shown).then_some(start..end)
            })
        });
    found.next()
}

/// The page with new content in its blocks, one for each, each ending in a newline.
#[must_use]
pub fn replace(text: &str, blocks: &[Block], contents: &[String]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut at = 0;
    for (block, content) in blocks.iter().zip(contents) {
        out.push_str(&text[at..block.inner.start]);
        // Blank lines keep tables and lists apart from the markers.
        out.push_str(block.newline);
        for line in content.lines() {
            if !line.is_empty() {
                out.push_str(&block.indent);
                out.push_str(line);
            }
            out.push_str(block.newline);
        }
        out.push_str(block.newline);
        at = block.inner.end;
    }
    out + &text[at..]
}

#[cfg(test)]
mod tests {
    use super::{blocks, replace};
    use crate::source::FileId;

    fn filled(name: &str, text: &str) -> String {
        let blocks = blocks(FileId(0), name, text).expect("paired");
        let contents: Vec<String> = blocks
            .iter()
            .map(|block| format!("[{} {}]\n", block.words, block.level))
            .collect();
        replace(text, &blocks, &contents)
    }

    #[test]
    fn only_what_stands_between_changes() {
        let page = "\u{feff}# A\r\n\r\n<!-- srm:begin m matrix -->\r\nold\r\n<!-- srm:end -->\r\n## B\n\n  <!--srm:begin m raci-->\n<!-- srm:end m raci -->\nno newline";
        let expected = "\u{feff}# A\r\n\r\n<!-- srm:begin m matrix -->\r\n\r\n[m matrix 1]\r\n\r\n<!-- srm:end -->\r\n## B\n\n  <!--srm:begin m raci-->\n\n  [m raci 2]\n\n<!-- srm:end m raci -->\nno newline";
        assert_eq!(filled("a.md", page), expected);
        assert_eq!(filled("a.md", expected), expected);
    }

    #[test]
    fn every_kind_of_page_has_its_comments() {
        assert_eq!(
            filled("a.adoc", "== A\n// srm:begin m matrix\n// srm:end\n"),
            "== A\n// srm:begin m matrix\n\n[m matrix 2]\n\n// srm:end\n"
        );
        assert!(
            filled("a.mdx", "{/* srm:begin m matrix */}\n{/* srm:end */}\n")
                .contains("[m matrix 0]")
        );
        assert_eq!(
            filled("a.md", "// srm:begin m matrix\n"),
            "// srm:begin m matrix\n"
        );
    }

    #[test]
    fn a_listing_holds_no_marker() {
        let page = "````text\n```\n<!-- srm:begin m matrix -->\n````\n<!-- srm:begin m raci -->\n<!-- srm:end -->\n";
        assert!(filled("a.md", page).contains("[m raci 0]"));
        for fence in ["----", "....", "////", "```"] {
            let page = format!("{fence}\n// srm:begin m matrix\n{fence}\n");
            assert_eq!(filled("a.adoc", &page), page);
        }
        let page = "- ```text\n  <!-- srm:begin m matrix -->\n  ```\n";
        assert_eq!(filled("a.md", page), page);
        let page = "1. ```sh\n   make\n   ```\n\n<!-- srm:begin m raci -->\n<!-- srm:end -->\n";
        assert!(filled("a.md", page).contains("[m raci 0]"));
        assert!(
            filled(
                "a.md",
                "```a``` is code\n\n<!-- srm:begin m raci -->\n<!-- srm:end -->\n"
            )
            .contains("[m raci 0]")
        );
    }

    #[test]
    fn headings_of_every_kind_say_how_deep_a_block_stands() {
        let block = "\n<!-- srm:begin m raci -->\n## Old\n<!-- srm:end -->\n<!-- srm:begin m matrix -->\n<!-- srm:end -->\n";
        for (heading, level) in [
            ("Title\n===\n", 1),
            ("Part\n---\n", 2),
            ("### Deep ###\n", 3),
            ("<!--\n## not one\n-->\n", 0),
        ] {
            let shown = filled("a.md", &format!("{heading}{block}"));
            assert!(
                shown.contains(&format!("[m raci {level}]"))
                    && shown.contains(&format!("[m matrix {level}]")),
                "{shown}"
            );
        }
    }

    #[test]
    fn markers_that_do_not_pair_are_told() {
        let told = |text: &str| -> Vec<String> {
            blocks(FileId(0), "a.md", text)
                .expect_err("no pairs")
                .into_iter()
                .map(|fault| fault.message)
                .collect()
        };
        let (begin, end) = ("<!-- srm:begin m matrix -->\n", "<!-- srm:end -->\n");
        assert_eq!(told(begin), ["this block is never closed"]);
        assert_eq!(
            told(end),
            ["this marker ends a block, but no block is open"]
        );
        assert_eq!(
            told(&format!("{begin}{end}{begin}{end}")),
            ["the block `m matrix` is in this page twice"]
        );
        assert_eq!(
            told(&format!("{begin}<!-- srm:begin m raci -->\n{end}")),
            ["this block begins inside another block"]
        );
        assert_eq!(
            told(&format!("{begin}<!-- srm:end m raci -->\n")),
            ["expected the end of `m matrix`"]
        );
        assert_eq!(
            told("<!-- srm:begin -->\n<!-- srm:end -->\n"),
            ["expected a model and a view after `srm:begin`"]
        );
    }
}
