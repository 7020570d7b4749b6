//! Texts of a source within HTML, and data within a script.

use crate::diagnostic::{is_invisible, visible};
use crate::view::{Block, Inline, Item, Run};

/// Escapes a text for HTML text and quoted attributes: on one line, invisible characters written
/// out, and nothing that a browser or template engine would interpret.
pub(super) fn escape(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.chars() {
        if !c.is_whitespace() {
            folded.push(c);
        } else if !folded.ends_with(' ') {
            folded.push(' ');
        }
    }
    let mut out = String::with_capacity(folded.len() + 8);
    for c in visible(&folded).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            '{' => out.push_str("&#123;"),
            '}' => out.push_str("&#125;"),
            c => out.push(c),
        }
    }
    out
}

/// Data within `<script type="application/json">`: nothing in it can end the script or begin a
/// comment.
pub(super) fn json(value: &serde_json::Value) -> String {
    // Characters special to HTML can only be inside strings.
    crate::emit::safe_json(&value.to_string())
        .replace('<', "\\u003c")
        .replace('>', "\\u003e")
        .replace('&', "\\u0026")
}

/// Text with its links.
pub(super) fn inline(runs: &Inline) -> String {
    let run = |run: &Run| match run {
        Run::Plain(text) => escape(text),
        Run::Strong(text) => format!("<strong>{}</strong>", escape(text)),
        Run::Code(text) => format!("<code>{}</code>", escape(text)),
        Run::Link { text, url } => {
            let text = if text.trim().is_empty() { url } else { text };
            format!(
                "<a href=\"{}\" rel=\"noopener noreferrer\">{}</a>",
                escape(&address(url)),
                escape(text)
            )
        }
    };
    runs.iter().map(run).collect::<String>().trim().to_owned()
}

/// An address with whitespace and invisible characters percent-encoded.
fn address(url: &str) -> String {
    let mut out = String::with_capacity(url.len());
    for c in url.chars() {
        if c.is_whitespace() || is_invisible(c) {
            let mut bytes = [0; 4];
            c.encode_utf8(&mut bytes)
                .bytes()
                .for_each(|byte| out.push_str(&format!("%{byte:02X}")));
        } else {
            out.push(c);
        }
    }
    out
}

/// Blocks of a view. A paragraph before a list is its heading.
pub(super) fn blocks(blocks: &[Block]) -> String {
    let mut out = String::new();
    for (at, block) in blocks.iter().enumerate() {
        let heads_a_list = matches!(blocks.get(at + 1), Some(Block::List(_)));
        out.push_str(&match block {
            Block::Heading(text) => format!("<h3>{}</h3>\n", inline(text)),
            Block::Paragraph(text) if heads_a_list => {
                format!("<h3>{}</h3>\n", inline(text).trim_end_matches(':'))
            }
            Block::Paragraph(text) => format!("<p>{}</p>\n", inline(text)),
            Block::Table { head, rows } => table(head, rows),
            Block::List(items) | Block::Tasks(items) => list(items),
            Block::Notes(notes) => {
                format!(
                    "<ol>\n{}</ol>\n",
                    notes
                        .iter()
                        .map(|note| format!("<li>{}</li>\n", inline(note)))
                        .collect::<String>()
                )
            }
        });
    }
    out
}

fn list(items: &[Item]) -> String {
    let item = |item: &Item| {
        let details: String = item
            .details
            .iter()
            .map(|detail| format!("<li>{}</li>", inline(detail)))
            .collect();
        let details = if details.is_empty() {
            details
        } else {
            format!("<ul>{details}</ul>")
        };
        format!("<li>{}{details}</li>\n", inline(&item.text))
    };
    format!(
        "<ul>\n{}</ul>\n",
        items.iter().map(item).collect::<String>()
    )
}

fn table(head: &[Inline], rows: &[Vec<Inline>]) -> String {
    let heads: String = head
        .iter()
        .map(|cell| format!("<th scope=\"col\">{}</th>", inline(cell)))
        .collect();
    let row = |row: &Vec<Inline>| {
        let cells: String = row
            .iter()
            .map(|cell| format!("<td>{}</td>", inline(cell)))
            .collect();
        format!("<tr>{cells}</tr>\n")
    };
    let body: String = rows.iter().map(row).collect();
    format!(
        "<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Table of sources\"><table>\n<thead><tr>{heads}</tr></thead>\n<tbody>\n{body}</tbody>\n</table></div>\n"
    )
}

#[cfg(test)]
mod tests {
    use super::{address, escape, json};

    #[test]
    fn texts_are_shown_as_they_are() {
        assert_eq!(
            escape("a\n <b a='x' c=\"y\">&amp;"),
            "a &lt;b a=&#39;x&#39; c=&quot;y&quot;&gt;&amp;amp;"
        );
        assert_eq!(
            escape("\u{202e}x\u{0}{{y}}"),
            "\\u&#123;202e&#125;x\\u&#123;0&#125;&#123;&#123;y&#125;&#125;"
        );
    }

    #[test]
    fn data_cannot_end_its_script() {
        let text = json(&serde_json::json!({ "a": "</script><!--\u{2028}&" }));
        assert_eq!(text, r#"{"a":"\u003c/script\u003e\u003c!--\u2028\u0026"}"#);
    }

    #[test]
    fn addresses_hold_no_blanks() {
        assert_eq!(address("https://a/b c\u{202e}"), "https://a/b%20c%E2%80%AE");
    }
}
