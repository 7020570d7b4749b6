//! The `srm` blocks of a Markdown page, each as a file of its own.

use std::ops::Range;

use memchr::{memchr_iter, memrchr};
use pulldown_cmark::{CodeBlockKind, Event, Options, Parser, Tag, TagEnd};

use super::SourceInput;
use crate::source::Start;

/// The blocks of a page whose first word is `srm`, except those with the word `ignore`. Each has
/// its start position in the page, so that findings point there. A page that is not text is
/// returned unchanged, and reported later.
#[must_use]
pub fn fences(page: SourceInput) -> Vec<SourceInput> {
    let Ok(text) = std::str::from_utf8(&page.bytes) else {
        return vec![page];
    };
    let mut blocks: Vec<Vec<Range<usize>>> = Vec::new();
    let mut inside = false;
    let mut beyond = 0;
    for (event, range) in Parser::new_ext(text, Options::all()).into_offset_iter() {
        match event {
            Event::Start(Tag::CodeBlock(CodeBlockKind::Fenced(info))) => {
                inside = is_srm(&info);
                if inside {
                    blocks.push(Vec::new());
                }
            }
            Event::Start(Tag::CodeBlock(CodeBlockKind::Indented))
                if is_inside_note(text, range.start) =>
            {
                let (found, _) = plain_fences(&text[..range.end], range, "`~");
                blocks.extend(found.into_iter().map(|block| vec![block]));
            }
            // A fence of MyST, which may hold blank lines and so is more than this paragraph; its colons
            // may be taken for those of a definition.
            Event::Start(
                Tag::Paragraph | Tag::DefinitionListTitle | Tag::DefinitionListDefinition,
            ) if range.start >= beyond && text[range.start..].starts_with(":::") => {
                let (found, end) = plain_fences(text, range, ":");
                blocks.extend(found.into_iter().map(|block| vec![block]));
                beyond = end;
            }
            Event::End(TagEnd::CodeBlock) => inside = false,
            Event::Text(_) if inside => blocks
                .last_mut()
                .into_iter()
                .for_each(|block| block.push(range.clone())),
            _ => {}
        }
    }
    let (mut lines, mut counted) = (0, 0);
    let found = blocks.into_iter().filter_map(|ranges| {
        let (first, last) = (ranges.first()?.start, ranges.last()?.end);
        let start = memrchr(b'\n', &page.bytes[..first]).map_or(0, |newline| newline + 1);
        lines += memchr_iter(b'\n', &page.bytes[counted..start]).count();
        counted = start;
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let start_at = Start {
            lines: count(lines),
            bytes: count(start),
        };
        let bytes = own(
            &page.bytes[start..last],
            ranges
                .iter()
                .map(|range| range.start - start..range.end - start),
        );
        Some(SourceInput {
            key: page.key.clone(),
            name: page.name.clone(),
            bytes,
            start: start_at,
        })
    });
    found.collect()
}

/// Whether indented text belongs to what stands above it, as MkDocs and other generators read it: a note
/// (`!!!`), one that folds (`???`), a tab (`===`), a footnote (`[^1]:`).
pub(crate) fn is_inside_note(text: &str, at: usize) -> bool {
    let indent = |line: &str| line.len() - line.trim_start().len();
    let start = text[..at].rfind('\n').map_or(0, |newline| newline + 1);
    let own = indent(text[start..].lines().next().unwrap_or(""));
    let mut above = text[..start]
        .lines()
        .rev()
        .filter(|line| !line.trim().is_empty());
    above.find(|line| indent(line) < own).is_some_and(|line| {
        let line = line.trim_start();
        ["!!!", "???", "===", "[^"]
            .iter()
            .any(|mark| line.starts_with(mark))
    })
}

/// The `srm` blocks that begin in a stretch of a page which the Markdown parser reads as plain
/// text, and where the last of them ends. A fence is three or more of one of these marks. What is
/// inside of another listing is skipped; colon fences may hold any text, and others of them.
fn plain_fences(text: &str, stretch: Range<usize>, marks: &str) -> (Vec<Range<usize>>, usize) {
    let mut found = Vec::new();
    let mut open: Option<(&str, bool, usize)> = None;
    let mut at = stretch.start;
    for line in text[stretch.start..].split_inclusive('\n') {
        if open.is_none() && at >= stretch.end {
            break;
        }
        let (bare, end) = (line.trim(), at + line.len());
        let info = bare.trim_start_matches(|c| marks.contains(c) && bare.starts_with(c));
        let fence = &bare[..bare.len() - info.len()];
        match open {
            Some((opened, is_srm, start)) if info.is_empty() && fence.starts_with(opened) => {
                if is_srm {
                    found.push(start..at);
                }
                open = None;
            }
            None if fence.len() >= 3 && (marks != ":" || is_srm(info)) => {
                open = Some((fence, is_srm(info), end));
            }
            _ => {}
        }
        at = end;
    }
    if let Some((_, true, start)) = open {
        found.push(start..at);
    }
    (found, at)
}

/// Whether the text behind the ``` of a block says that it holds `srm`, in any of the ways that page
/// tools have: `srm`, `SRM`, `srm title="…"`, `srm{1,3}`, `srm:name`, `{.srm #id}`, `{srm}`,
/// `{code-block} srm`; and does not say `ignore`.
fn is_srm(info: &str) -> bool {
    let is_part_of_word = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-');
    // What stands in quotes, or behind `=`, is the value of an attribute.
    let bare = info.split('"').step_by(2).collect::<Vec<_>>().join(" ");
    let bare: Vec<&str> = bare
        .split(|c: char| c.is_whitespace() || matches!(c, ',' | '{' | '}'))
        .filter(|word| !word.is_empty() && !word.contains('='))
        .collect();
    if info.trim_start().starts_with('{') && bare.iter().any(|it| it.eq_ignore_ascii_case(".srm")) {
        return !bare.contains(&".ignore");
    }
    let mut words = bare
        .iter()
        .flat_map(|word| word.split(|c| !is_part_of_word(c)))
        .filter(|word| !word.is_empty());
    let mut first = words.next();
    // MyST names a directive first, and the language after it.
    if info.trim_start().starts_with('{')
        && matches!(
            first,
            Some("code" | "code-block" | "code-cell" | "sourcecode")
        )
    {
        first = words.next();
    }
    first.is_some_and(|word| word.eq_ignore_ascii_case("srm")) && words.all(|word| word != "ignore")
}

/// Keeps some ranges of a text at their positions; the bytes between, such as quote marks, become
/// spaces.
fn own(text: &[u8], stretches: impl Iterator<Item = Range<usize>>) -> Vec<u8> {
    let mut out: Vec<u8> = text
        .iter()
        .map(|&byte| {
            if matches!(byte, b'\n' | b'\r') {
                byte
            } else {
                b' '
            }
        })
        .collect();
    for range in stretches {
        out[range.clone()].copy_from_slice(&text[range]);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::{fences, is_srm};
    use crate::load::SourceInput;

    #[test]
    fn a_block_is_known_by_any_spelling() {
        for info in [
            "srm",
            " srm ",
            "SRM",
            "Srm",
            "srm title=\"x\"",
            "srm,linenos",
            "srm{1,3}",
            "srm {1,3}",
            "srm:models/a.srm",
            "{.srm}",
            "{.srm .numberLines}",
            "{ .SRM #one }",
            "{srm}",
            "{.foo .srm}",
            "{#id .srm}",
            "srm title=\"ignore\"",
            "srm file=ignore.srm",
            "{srm, echo=FALSE}",
            "{code-block} srm",
            "{code} srm",
            "{sourcecode} srm",
        ] {
            assert!(is_srm(info), "{info}");
        }
        for info in [
            "",
            "text",
            "srmx",
            "srm-like",
            "x srm",
            "srm ignore",
            "srm,ignore",
            "{.srm .ignore}",
            "srm{ignore}",
            "{note} srm",
        ] {
            assert!(!is_srm(info), "{info}");
        }
    }

    #[test]
    fn blocks_of_page_tools_are_found() {
        let page = "!!! note\n\n    ```srm\n    party a\n\n    party b\n    ```\n\n    ```text\n    ~~~srm\n    ```\n\n=== \"Tab\"\n\n    ~~~~ {.srm}\n    party c\n    ~~~\n    ~~~~\n\n[^1]:\n\n    ```srm\n    party d\n    ```\n\nText.\n\n    ```srm\n    a listing\n    ```\n\n::::{note}\n:::{code-block} srm\nparty e\n\n    party f\n:::\n::::\n\n:::{code-block} srm\nparty g\n";
        let blocks = fences(SourceInput::whole(
            "p.md".into(),
            "p.md".into(),
            page.into(),
        ));
        let told = blocks.iter().map(|block| {
            let text = String::from_utf8_lossy(&block.bytes);
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        });
        let told: Vec<String> = told.collect();
        assert_eq!(
            told,
            [
                "party a party b",
                "party c ~~~",
                "party d",
                "party e party f",
                "party g"
            ]
        );
    }

    #[test]
    fn each_block_keeps_its_place() {
        let page = "# Ä\n\n```srm\nparty a\n```\n\n- item\n  ```srm title\n  party b\n  ```\n> ```srm\n> party c\n> party d\n> ```\n```srm ignore\nparty e\n```\n```text\nparty f\n```\n```srm\n```\n";
        let blocks = fences(SourceInput::whole(
            "p.md".into(),
            "p.md".into(),
            page.into(),
        ));
        let told: Vec<(String, usize)> = blocks
            .iter()
            .map(|block| {
                let text = String::from_utf8(block.bytes.clone()).expect("text");
                let before = &page[..block.start.bytes as usize];
                assert_eq!(before.matches('\n').count(), block.start.lines as usize);
                (
                    text.split_whitespace().collect::<Vec<_>>().join(" "),
                    block.start.lines as usize,
                )
            })
            .collect();
        assert_eq!(
            told,
            [
                ("party a".to_owned(), 3),
                ("party b".to_owned(), 8),
                ("party c party d".to_owned(), 11)
            ]
        );
        assert!(
            blocks
                .iter()
                .all(|block| page[block.start.bytes as usize..].len() >= block.bytes.len())
        );
    }
}
