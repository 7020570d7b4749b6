//! Pages as GitHub-flavoured Markdown or MDX, clean under the default rules of markdownlint.
//!
//! In: a [`Page`]. Always: a text from a source is shown unchanged and does not affect the text
//! around it, whatever characters it contains; `https://` and `{{` are broken up so that neither
//! the page's renderer nor a template engine interprets them.

use unicode_width::UnicodeWidthStr;

use super::{Dialect, DialectInfo, Layout, Makes, Target};
use crate::diagnostic::visible;
use crate::view::{Block, Inline, Item, Page, Run};

/// Its entry in the catalogue of targets.
pub static TARGET: Target = Target {
    name: "markdown",
    extension: "md",
    about: "Pages in Markdown: matrix, raci, sources, and a checklist for each party",
    draws_grid: true,
    makes: Makes::Pages(&[Dialect::Markdown, Dialect::Mdx]),
};

/// GitHub-flavoured Markdown.
pub(super) static MARKDOWN: DialectInfo = DialectInfo {
    title: "Markdown",
    extensions: &["md", "markdown"],
    comments: &[("<!--", "-->")],
    aligns: true,
    render,
    text,
};

/// Markdown with embedded JavaScript (MDX).
pub(super) static MDX: DialectInfo = DialectInfo {
    title: "MDX",
    extensions: &["mdx"],
    comments: &[("<!--", "-->"), ("{/*", "*/}")],
    aligns: true,
    render: |page, layout| escape_braces(&render(page, layout)),
    text: |it| escape_braces(&text(it)),
};

/// The page as text; see [`Layout`].
fn render(page: &Page, layout: Layout) -> String {
    let title = layout
        .level
        .is_none()
        .then(|| format!("# {}", heading(&page.title)));
    let parts: Vec<String> = title
        .into_iter()
        .chain(page.blocks.iter().map(|block| render_block(block, layout)))
        .collect();
    parts.join("\n\n") + "\n"
}

/// Puts a backslash before each brace: in MDX every brace without one begins an expression.
fn escape_braces(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut escaped = false;
    for c in text.chars() {
        if matches!(c, '{' | '}') && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out
}

fn render_block(block: &Block, layout: Layout) -> String {
    match block {
        Block::Heading(text) => format!(
            "{} {}",
            "#".repeat(layout.level.unwrap_or(2)),
            heading_runs(text)
        ),
        Block::Paragraph(text) => inline(text),
        Block::Table { head, rows } => table(head, rows, layout.aligned),
        Block::List(items) => list(items, "- "),
        Block::Tasks(items) => list(items, "- [ ] "),
        Block::Notes(notes) => {
            let lines: Vec<String> = (1..)
                .zip(notes)
                .map(|(number, note)| format!("{number}. {}", inline(note)))
                .collect();
            lines.join("\n")
        }
    }
}

fn list(items: &[Item], bullet: &str) -> String {
    let mut lines = Vec::new();
    for item in items {
        lines.push(format!("{bullet}{}", inline(&item.text)));
        lines.extend(
            item.details
                .iter()
                .map(|detail| format!("  - {}", inline(detail))),
        );
    }
    lines.join("\n")
}

/// A cell wider than this does not widen the others of its column.
const MAX_PADDED: usize = 160;

fn table(head: &[Inline], rows: &[Vec<Inline>], aligned: bool) -> String {
    let mut cells: Vec<Vec<String>> = vec![head.iter().map(cell_text).collect()];
    cells.extend(rows.iter().map(|row| row.iter().map(cell_text).collect()));
    let columns = head.len();
    let widest = |at: usize| {
        cells
            .iter()
            .map(|row| row.get(at).map_or(0, |cell| cell.width()))
            .filter(|width| *width <= MAX_PADDED)
            .max()
            .unwrap_or(0)
            .max(3)
    };
    let widths: Vec<usize> = if aligned {
        (0..columns).map(widest).collect()
    } else {
        vec![0; columns]
    };
    let line = |row: &[String]| {
        let padded = row.iter().zip(&widths).map(|(cell, &width)| {
            let blanks = " ".repeat(width.saturating_sub(cell.width()));
            if cell.is_empty() && width == 0 {
                " ".to_owned()
            } else {
                format!(" {cell}{blanks} ")
            }
        });
        format!("|{}|", padded.collect::<Vec<_>>().join("|"))
    };
    let rule: Vec<String> = widths
        .iter()
        .map(|&width| "-".repeat(width.max(3)))
        .collect();
    let mut lines = vec![line(&cells[0]), line(&rule)];
    lines.extend(cells[1..].iter().map(|row| line(row)));
    lines.join("\n")
}

/// A text escaped for use within a line.
fn text(text: &str) -> String {
    escape(text, false).trim().to_owned()
}

/// The runs of a block.
fn inline(runs: &Inline) -> String {
    joined(runs, true)
}

/// The runs of a cell, in which nothing can begin a block.
fn cell_text(runs: &Inline) -> String {
    joined(runs, false)
}

fn joined(runs: &Inline, block: bool) -> String {
    let mut out = String::new();
    for run in runs {
        match run {
            Run::Plain(text) => {
                let escaped = escape(text, block && out.is_empty());
                out.push_str(&escaped);
            }
            Run::Strong(text) => out.push_str(&strong(text)),
            Run::Code(text) => out.push_str(&format!("`{text}`")),
            Run::Link { text, url } => out.push_str(&format!(
                "[{}](<{}>)",
                escape(text, false),
                destination(url)
            )),
        }
    }
    // A cell or item neither begins nor ends with blanks.
    out.trim().to_owned()
}

/// Bold text. Spaces at its ends are removed, because inside the marks they would disable them.
fn strong(text: &str) -> String {
    let bare = text.trim();
    if bare.is_empty() {
        String::new()
    } else {
        format!("**{}**", escape(bare, false))
    }
}

/// A heading's text: on one line, and without the full stop that linters refuse.
fn heading(text: &str) -> String {
    let escaped = escape(text, false);
    let bare = escaped
        .trim()
        .trim_end_matches(['.', ',', ';', ':', '!'])
        .trim_end();
    if bare.is_empty() {
        "Untitled".to_owned()
    } else {
        bare.to_owned()
    }
}

fn heading_runs(runs: &Inline) -> String {
    let text: Vec<&str> = runs
        .iter()
        .map(|run| match run {
            Run::Plain(text) | Run::Strong(text) | Run::Code(text) | Run::Link { text, .. } => {
                text.as_str()
            }
        })
        .collect();
    heading(&text.concat())
}

/// A link's address within `<…>`.
fn destination(url: &str) -> String {
    let mut out = String::new();
    for c in url.chars() {
        match c {
            '<' => out.push_str("%3C"),
            '>' => out.push_str("%3E"),
            '|' => out.push_str("%7C"),
            '\\' => out.push_str("%5C"),
            '{' => out.push_str("%7B"),
            '}' => out.push_str("%7D"),
            '`' => out.push_str("%60"),
            ' ' => out.push_str("%20"),
            c if crate::diagnostic::is_invisible(c) => {
                let mut bytes = [0; 4];
                c.encode_utf8(&mut bytes)
                    .bytes()
                    .for_each(|byte| out.push_str(&format!("%{byte:02X}")));
            }
            c => out.push(c),
        }
    }
    out
}

/// Escapes a text within a line; more characters are special at the beginning of a block.
fn escape(text: &str, beginning: bool) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_whitespace() {
            folded.push(c);
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    let chars: Vec<char> = visible(&folded).chars().collect();
    let mut out = String::with_capacity(text.len() + 8);
    for (at, &c) in chars.iter().enumerate() {
        let before = at
            .checked_sub(1)
            .and_then(|before| chars.get(before))
            .copied();
        let after = chars.get(at + 1).copied();
        if is_special(c, before, after)
            || (c == ':' && begins_emoji(&chars[at..]))
            || (beginning && begins_a_block(&chars, at))
        {
            out.push('\\');
        }
        // No Markdown parser may see the start of a tag.
        if c == '<' {
            out.push_str("&lt;");
        } else {
            out.push(c);
        }
    }
    out
}

/// Whether a colon begins a `:word:`, which becomes an emoji.
fn begins_emoji(rest: &[char]) -> bool {
    let word = rest
        .iter()
        .skip(1)
        .take_while(|c| c.is_ascii_alphanumeric() || matches!(c, '_' | '+' | '-'))
        .count();
    word > 0 && rest.get(word + 1) == Some(&':')
}

/// Whether a character would be markup between these neighbours.
fn is_special(c: char, before: Option<char>, after: Option<char>) -> bool {
    let in_word = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    match c {
        '\\' | '`' | '*' | '[' | ']' | '>' | '|' | '~' | '$' | '@' => true,
        '_' => !(in_word(before) && in_word(after)),
        '{' => {
            before == Some('{') || after == Some('{') || after == Some('%') || after == Some('#')
        }
        '}' => before == Some('}') || after == Some('}') || before == Some('%'),
        '&' => after.is_some_and(|c| c.is_ascii_alphanumeric() || c == '#'),
        // `https://` would become a link.
        ':' => after == Some('/'),
        // `www.` would become a link too.
        '.' => before.is_some_and(|c| c.eq_ignore_ascii_case(&'w')),
        '!' => after == Some('['),
        '#' => before == Some('{') || after.is_some_and(|c| c.is_ascii_digit() || c == '}'),
        '%' => before == Some('{') || after == Some('}'),
        _ => false,
    }
}

/// Whether a character at the beginning of a block would make it a heading, a list or a rule.
fn begins_a_block(chars: &[char], at: usize) -> bool {
    match (at, chars.get(at)) {
        (0, Some('#' | '+' | '-' | '=' | ':')) => true,
        (_, Some('.' | ')')) => at < 10 && chars[..at].iter().all(char::is_ascii_digit) && at > 0,
        _ => false,
    }
}
