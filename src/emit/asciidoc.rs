//! Pages as AsciiDoc.
//!
//! In: a [`Page`]. Always: a text from a source is shown unchanged, whatever characters it
//! contains: every character that may be AsciiDoc markup is written as a character reference.

use super::{Dialect, DialectInfo, Layout, Makes, Target};
use crate::diagnostic::visible;
use crate::view::{Block, Inline, Item, Page, Run};

/// Its entry in the catalogue of targets.
pub(super) static TARGET: Target = Target {
    name: "asciidoc",
    extension: "adoc",
    about: "The same pages in AsciiDoc",
    draws_grid: true,
    makes: Makes::Pages(&[Dialect::AsciiDoc]),
};

/// The one dialect of AsciiDoc.
pub(super) static ASCIIDOC: DialectInfo = DialectInfo {
    title: "AsciiDoc",
    extensions: &["adoc", "asciidoc", "asc"],
    comments: &[("//", "")],
    aligns: false,
    render,
    text,
};

/// The page as text; see [`Layout`].
fn render(page: &Page, layout: Layout) -> String {
    let level = layout.level;
    let title = level.is_none().then(|| format!("= {}", said(&page.title)));
    let level = level.unwrap_or(2);
    let parts: Vec<String> = title
        .into_iter()
        .chain(page.blocks.iter().map(|block| render_block(block, level)))
        .collect();
    parts.join("\n\n") + "\n"
}

fn render_block(block: &Block, level: usize) -> String {
    match block {
        Block::Heading(text) => format!("{} {}", "=".repeat(level), inline(text)),
        Block::Paragraph(text) => inline(text),
        Block::Table { head, rows } => table(head, rows),
        Block::List(items) => list(items, "*"),
        Block::Tasks(items) => list(items, "* [ ]"),
        Block::Notes(notes) => notes
            .iter()
            .map(|note| format!(". {}", inline(note)))
            .collect::<Vec<_>>()
            .join("\n"),
    }
}

fn list(items: &[Item], bullet: &str) -> String {
    let lines = items.iter().flat_map(|item| {
        let details = item
            .details
            .iter()
            .map(|detail| format!("** {}", inline(detail)));
        std::iter::once(format!("{bullet} {}", inline(&item.text))).chain(details)
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn table(head: &[Inline], rows: &[Vec<Inline>]) -> String {
    let row = |row: &Vec<Inline>| {
        row.iter()
            .map(|cell| format!("|{}", inline(cell)))
            .collect::<Vec<_>>()
            .join(" ")
    };
    let columns = vec!["1"; head.len()].join(",");
    let lines = [
        format!("[%header,cols=\"{columns}\"]"),
        "|===".into(),
        row(&head.to_vec()),
        String::new(),
    ];
    lines
        .into_iter()
        .chain(rows.iter().map(row))
        .chain(["|===".into()])
        .collect::<Vec<_>>()
        .join("\n")
}

fn inline(runs: &Inline) -> String {
    let said = |run: &Run| match run {
        Run::Plain(text) => said(text),
        Run::Strong(text) if text.trim().is_empty() => String::new(),
        Run::Strong(text) => format!("**{}**", said(text.trim())),
        Run::Code(text) => format!("``{}``", said(text)),
        Run::Link { text, url } => format!("link:{}[{}]", destination(url), said(text)),
    };
    runs.iter().map(said).collect::<String>().trim().to_owned()
}

/// A text escaped for use within a line.
#[must_use]
fn text(text: &str) -> String {
    said(text.trim())
}

/// A text that is shown literally: every character except letters, digits and spaces becomes a
/// character reference.
fn said(text: &str) -> String {
    let folded = crate::source::one_line(text);
    let ends = |it: &str| if it.is_empty() { "" } else { " " };
    // A space at either end separates this run from the next.
    let (before, behind) = (
        text.starts_with(char::is_whitespace),
        text.ends_with(char::is_whitespace),
    );
    let mut out = String::from(if before { ends(text) } else { "" });
    for c in visible(&folded).chars() {
        match c {
            ' ' | ',' | '?' | '/' => out.push(c),
            c if c.is_alphanumeric() || !c.is_ascii() => out.push(c),
            c => out.push_str(&format!("&#{};", u32::from(c))),
        }
    }
    out + if behind && !folded.is_empty() {
        " "
    } else {
        ""
    }
}

/// A link's address, with every character that may be AsciiDoc markup percent-encoded.
fn destination(url: &str) -> String {
    let mut out = String::new();
    for byte in url.bytes() {
        match byte {
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b':'
            | b'/'
            | b'.'
            | b'-'
            | b'?'
            | b'='
            | b'&'
            | b'%'
            | b'#'
            | b'@'
            | b';'
            | b',' => {
                out.push(char::from(byte));
            }
            other => out.push_str(&format!("%{other:02X}")),
        }
    }
    out
}
