//! Names and titles with markup characters are output as plain text: each target is parsed back
//! with its own parser.

use crate::support::{home, options, run_disk};
use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};
use srmc::emit::{HTML, JSON, MARKDOWN, Output, REGO};
use srmc::model::Role;

fn hostile() -> (Vec<Output>, Vec<String>) {
    let mut run = run_disk(
        &home().join("tests/emit"),
        &["hostile.srm".into()],
        options(),
    );
    let matrices = run.take_matrices(None).expect("writable");
    let model = matrices[0].model();
    let parties = model.parties.iter().map(|party| party.decl.title.clone());
    let duties = model.duties.iter().map(|duty| duty.decl.title.clone());
    let values = model.axes[0].values.iter().map(|(_, title)| title.clone());
    let titles = parties
        .chain(duties)
        .chain(values)
        .filter(|title| !title.is_empty())
        .collect();
    (
        run.outputs(&matrices, &[&JSON, &MARKDOWN, &HTML, &REGO])
            .expect("apart"),
        titles,
    )
}

fn output<'o>(outputs: &'o [Output], path: &str) -> &'o str {
    &outputs
        .iter()
        .find(|output| output.path.ends_with(path))
        .expect(path)
        .text
}

/// A title as a page can show it: on one line, with invisible characters written as escapes.
fn on_a_page(title: &str) -> String {
    let folded: Vec<&str> = title.split_whitespace().collect();
    srmc::diagnostic::visible(&folded.join(" "))
}

/// The plain text of a page; fails on anything except tables, lists, headings, emphasis and
/// intended links.
fn text_of(page: &str) -> String {
    let options = Options::ENABLE_TABLES
        | Options::ENABLE_TASKLISTS
        | Options::ENABLE_STRIKETHROUGH
        | Options::ENABLE_MATH
        | Options::ENABLE_FOOTNOTES;
    let mut text = String::new();
    for event in Parser::new_ext(page, options) {
        match event {
            Event::Text(part) => text.push_str(&part),
            Event::SoftBreak | Event::HardBreak => text.push(' '),
            Event::End(
                TagEnd::TableCell | TagEnd::Paragraph | TagEnd::Item | TagEnd::Heading(_),
            ) => text.push('\n'),
            Event::Start(Tag::Link { dest_url, .. }) => assert!(
                dest_url.starts_with("https://example.com/"),
                "a link to {dest_url}"
            ),
            Event::Start(
                Tag::Emphasis
                | Tag::Strikethrough
                | Tag::Image { .. }
                | Tag::CodeBlock(_)
                | Tag::HtmlBlock
                | Tag::BlockQuote(_),
            ) => {
                panic!("markup out of a title: {event:?}\n{page}")
            }
            Event::Html(html) | Event::InlineHtml(html) => panic!("HTML out of a title: {html}"),
            Event::InlineMath(math) | Event::DisplayMath(math) => {
                panic!("math out of a title: {math}")
            }
            Event::Code(code) => text.push_str(&code),
            _ => {}
        }
    }
    text
}

#[test]
fn markdown_shows_every_title_as_text() {
    let (outputs, titles) = hostile();
    let page = text_of(output(&outputs, "hostile-names/matrix.md"));
    for title in &titles {
        assert!(
            page.contains(&on_a_page(title)),
            "{title:?} is not in\n{page}"
        );
    }
    for path in ["raci.md", "sources.md", "checklist-a.md", "checklist-b.md"] {
        text_of(output(&outputs, path));
    }
}

#[test]
fn markdown_holds_nothing_for_other_readers() {
    let (outputs, _) = hostile();
    for output in outputs.iter().filter(|output| output.path.ends_with(".md")) {
        for sign in [
            "{{", "}}", "{%", "%}", "<script", "<img", "\u{202e}", "\u{200b}", "\u{7}",
        ] {
            assert!(
                !output.text.contains(sign),
                "{sign:?} stands in {}",
                output.path
            );
        }
        let setext = output.text.lines().any(|line| line.starts_with('='));
        assert!(!setext, "{}", output.path);
    }
}

/// The page, every element of it, and the texts that it shows.
fn parsed(outputs: &[Output]) -> (scraper::Html, Vec<String>) {
    let page = scraper::Html::parse_document(output(outputs, "html/hostile-names.html"));
    let shown = page
        .root_element()
        .descendent_elements()
        .filter(|it| !["script", "style", "head", "html", "body"].contains(&it.value().name()));
    let texts = shown.map(|it| it.text().collect::<String>()).collect();
    (page, texts)
}

#[test]
fn html_shows_every_title_as_text() {
    let (outputs, titles) = hostile();
    let (page, texts) = parsed(&outputs);
    for title in titles {
        let shown = on_a_page(&title);
        assert!(
            texts.iter().any(|text| text.trim() == shown),
            "no element shows {title:?}"
        );
    }
    for title in [
        "Page | with `ticks`",
        "C:\\temp\\*.log",
        "value'\\u{7}",
        "because | of { text }",
        "</script><script>alert(1)</script>",
    ] {
        assert!(
            texts.iter().any(|text| text.trim() == title),
            "no element shows {title:?}"
        );
    }
    let heading = scraper::Selector::parse("h1").expect("a selector");
    let heading: String = page
        .select(&heading)
        .next()
        .expect("a heading")
        .text()
        .collect();
    assert_eq!(heading, "]](javascript:alert(1)) <b>&copy;</b> %}{% raw %}");
}

#[test]
fn html_holds_no_element_attribute_or_address_of_a_title() {
    let (outputs, _) = hostile();
    let (page, _) = parsed(&outputs);
    assert!(page.errors.is_empty(), "{:?}", page.errors);
    for it in page.root_element().descendent_elements() {
        let name = it.value().name();
        assert!(
            !["img", "b", "iframe", "object", "embed", "base"].contains(&name),
            "an element {name}"
        );
        for (attribute, value) in it.value().attrs() {
            assert!(
                !attribute.starts_with("on") && attribute != "style" && attribute != "src",
                "{name} {attribute}"
            );
            let leads = ["https://example.com/", "#"]
                .iter()
                .any(|start| value.starts_with(start));
            assert!(attribute != "href" || leads, "a link to {value}");
        }
    }
    let scripts = page
        .root_element()
        .descendent_elements()
        .filter(|it| it.value().name() == "script")
        .count();
    assert_eq!(scripts, 2, "the data and the page's own script");
    let text = output(&outputs, "html/hostile-names.html");
    for sign in [
        "{%", "%}", "<img", "\u{202e}", "\u{200b}", "\u{2028}", "\u{feff}", "\u{7}",
    ] {
        assert!(!text.contains(sign), "{sign:?}");
    }
}

#[test]
fn json_gives_every_title_back() {
    let (outputs, titles) = hostile();
    let text = output(&outputs, "hostile-names.json");
    assert!(!text.contains('\u{202e}') && !text.contains('\u{feff}'));
    let document: serde_json::Value = serde_json::from_str(text).expect("JSON");
    let mut strings = Vec::new();
    collect(&document, &mut strings);
    for title in &titles {
        assert!(strings.contains(title), "{title:?}");
    }
}

fn collect(value: &serde_json::Value, strings: &mut Vec<String>) {
    match value {
        serde_json::Value::String(text) => strings.push(text.clone()),
        serde_json::Value::Array(list) => list.iter().for_each(|inner| collect(inner, strings)),
        serde_json::Value::Object(map) => map.values().for_each(|inner| collect(inner, strings)),
        _ => {}
    }
}

#[test]
fn rego_answers_and_gives_titles_back() {
    let (outputs, titles) = hostile();
    let mut engine = crate::support::rego::engine(&outputs);
    let data = crate::support::rego::eval(
        &mut engine,
        "data.srm.hostile_names.matrix",
        &serde_json::json!({}),
    );
    let mut strings = Vec::new();
    collect(&data, &mut strings);
    for title in titles
        .iter()
        .filter(|title| !title.starts_with("1.") && !title.starts_with('+'))
    {
        assert!(strings.contains(title), "{title:?}");
    }
    let input = serde_json::json!({ "duty": "z.d", "situation": { "m": "x", "o": "no" } });
    let held = crate::support::rego::eval(&mut engine, "data.srm.hostile_names.holders", &input);
    assert_eq!(held[0]["party"], "a");
    assert_eq!(held[0]["role"], Role::Responsible.word());
}
