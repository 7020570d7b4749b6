//! The language server, asked as editors ask. Each case of `tests/lsp` holds files and questions:
//!
//! ```text
//! -- shop.srm --             a file, open in the editor; `^|` marks a cursor
//! ? hover                    a question at each cursor so far; the answer is drawn below the line
//! ```

mod cursor;
mod files;
mod ide;
mod names_of_files;
mod session;

use std::collections::BTreeMap;
use std::fs;

use crate::support::client::{Client, byte, edited, position};
use crate::support::{answers, scratch_repository, stem};
use serde_json::{Value, json};
use similar::TextDiff;

const CURSOR: &str = "^|";

#[test]
fn every_case_reads_as_blessed() {
    insta::glob!("*.txt", |case| {
        let text = fs::read_to_string(case).expect("a file");
        answers(case, &play(&stem(case), &text));
    });
}

struct Scene {
    client: Client,
    texts: BTreeMap<String, String>,
    cursors: Vec<(String, usize)>,
}

/// Runs a case and renders the server's answers.
fn play(name: &str, case: &str) -> String {
    let root = scratch_repository(&format!("lsp/{name}"));
    let mut texts: BTreeMap<String, String> = BTreeMap::new();
    let (mut cursors, mut questions) = (Vec::new(), Vec::new());
    let mut file: Option<String> = None;
    for line in case.lines() {
        if let Some(name) = line
            .strip_prefix("-- ")
            .and_then(|rest| rest.strip_suffix(" --"))
        {
            file = Some(name.to_owned());
            texts.insert(name.to_owned(), String::new());
        } else if let Some(question) = line.strip_prefix("? ") {
            questions.push(question);
        } else if let Some(text) = file.as_ref().and_then(|name| texts.get_mut(name)) {
            text.push_str(line);
            text.push('\n');
        }
    }
    for (name, text) in &mut texts {
        while let Some(at) = text.find(CURSOR) {
            text.replace_range(at..at + CURSOR.len(), "");
            cursors.push((name.clone(), at));
        }
        fs::write(root.join(name), &*text).expect("written");
    }
    let snippets = json!({ "textDocument": { "completion": { "completionItem": { "snippetSupport": true } } } });
    let client = Client::start(
        &root,
        snippets,
        json!({ "codeLens": true, "inlayHints": true }),
    );
    for (name, text) in &texts {
        client.open(name, text);
    }
    let mut scene = Scene {
        client,
        texts,
        cursors,
    };
    scene.client.settle();
    let told: Vec<String> = questions
        .into_iter()
        .map(|question| scene.ask(question))
        .collect();
    assert!(scene.client.leave(), "the server did not leave in peace");
    told.join("\n")
}

impl Scene {
    fn ask(&mut self, question: &str) -> String {
        let (what, argument) = question.split_once(' ').unwrap_or((question, ""));
        let mut told = format!("? {question}\n");
        match what {
            "diagnostics" => {
                for (name, findings) in &self.client.findings {
                    told += &format!("{name}\n");
                    for finding in findings {
                        told += &self.finding(name, finding);
                    }
                }
            }
            "symbols" | "folding" | "format" | "tokens" | "lens" | "hints" | "links" => {
                for name in self.texts.keys().cloned().collect::<Vec<_>>() {
                    told += &self.of_document(what, &name);
                }
            }
            "workspace-symbols" => {
                let answer = self
                    .client
                    .ask("workspace/symbol", json!({ "query": argument }))
                    .expect("an answer");
                for symbol in answer.as_array().expect("a list") {
                    told += &format!(
                        "{} {} {}\n",
                        symbol["name"].as_str().expect("a name"),
                        symbol["kind"],
                        self.place(&symbol["location"])
                    );
                }
            }
            _ => {
                for (name, at) in self.cursors.clone() {
                    told += &self.at_cursor(what, argument, &name, at);
                }
            }
        }
        told
    }

    fn place(&self, location: &Value) -> String {
        let name = self.client.name(location["uri"].as_str().expect("a URI"));
        let start = &location["range"]["start"];
        let text = self.texts.get(&name).cloned().unwrap_or_default();
        let line = text
            .lines()
            .nth(usize::try_from(start["line"].as_u64().expect("a line")).expect("small"))
            .unwrap_or_default();
        let covered = &text[byte(&text, start)..byte(&text, &location["range"]["end"])];
        let number = |name: &str| start[name].as_u64().expect("a number") + 1;
        format!(
            "{name}:{}:{} `{covered}` in `{}`",
            number("line"),
            number("character"),
            line.trim()
        )
    }

    /// A finding, its range drawn below its line.
    fn finding(&self, name: &str, finding: &Value) -> String {
        let severity = ["", "error", "warning", "information", "hint"]
            [usize::try_from(finding["severity"].as_u64().expect("a number")).expect("small")];
        let message = finding["message"]
            .as_str()
            .expect("a text")
            .replace('\n', "\n      ");
        let mut told = drawn(&self.texts[name], &finding["range"]);
        told += &format!(
            "  {severity}[{}] {message}\n",
            finding["code"].as_str().expect("a code")
        );
        for related in finding["relatedInformation"]
            .as_array()
            .into_iter()
            .flatten()
        {
            told += &format!(
                "      {}: {}\n",
                self.place(&related["location"]),
                related["message"].as_str().expect("a text")
            );
        }
        if let Some(tags) = finding.get("tags") {
            told += &format!("      tags {tags}\n");
        }
        told
    }

    fn of_document(&mut self, what: &str, name: &str) -> String {
        let document = json!({ "uri": self.client.uri(name) });
        let text = self.texts[name].clone();
        let whole =
            json!({ "start": { "line": 0, "character": 0 }, "end": position(&text, text.len()) });
        let options = json!({ "tabSize": 2, "insertSpaces": true });
        let method = match what {
            "symbols" => "textDocument/documentSymbol",
            "folding" => "textDocument/foldingRange",
            "format" => "textDocument/formatting",
            "tokens" => "textDocument/semanticTokens/full",
            "lens" => "textDocument/codeLens",
            "hints" => "textDocument/inlayHint",
            _ => "textDocument/documentLink",
        };
        let answer = self
            .client
            .ask(
                method,
                json!({ "textDocument": document, "range": whole, "options": options }),
            )
            .expect("an answer");
        let mut told = format!("{name}\n");
        match what {
            "symbols" => outline(&answer, 1, &mut told),
            "format" => told += &changed(&text, &edited(&text, &answer)),
            "tokens" => told += &coloured(&text, &answer["data"]),
            "folding" => {
                for fold in answer.as_array().expect("a list") {
                    let line = |name: &str| {
                        usize::try_from(fold[name].as_u64().expect("a line")).expect("small")
                    };
                    let (first, last) = (line("startLine"), line("endLine"));
                    told += &format!(
                        "  {}-{} {}\n",
                        first + 1,
                        last + 1,
                        text.lines().nth(first).unwrap_or_default().trim()
                    );
                }
            }
            "lens" => {
                for lens in answer.as_array().into_iter().flatten() {
                    told += &format!(
                        "  line {}: {}\n",
                        lens["range"]["start"]["line"].as_u64().expect("a line") + 1,
                        lens["command"]["title"]
                    );
                }
            }
            "hints" => {
                let mut with = text.clone();
                let mut hints: Vec<_> = answer
                    .as_array()
                    .into_iter()
                    .flatten()
                    .map(|hint| {
                        (
                            byte(&text, &hint["position"]),
                            hint["label"].as_str().expect("a text"),
                        )
                    })
                    .collect();
                hints.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
                for (at, label) in hints {
                    with.insert_str(at, &format!(" «{label}»"));
                }
                told += &with;
            }
            _ => {
                for link in answer.as_array().into_iter().flatten() {
                    let link = if link["target"].is_null() {
                        self.client
                            .ask("documentLink/resolve", link.clone())
                            .expect("an answer")
                    } else {
                        link.clone()
                    };
                    let target = link["target"].as_str().expect("a target");
                    if link["data"].is_string() {
                        let page = url::Url::parse(target)
                            .expect("a URI")
                            .to_file_path()
                            .expect("a file");
                        let first = fs::read_to_string(page)
                            .expect("a page")
                            .lines()
                            .next()
                            .unwrap_or_default()
                            .to_owned();
                        told += &format!("{}  {first}\n", drawn(&text, &link["range"]));
                        continue;
                    }
                    let target = if target.starts_with("file:") {
                        self.client.name(target)
                    } else {
                        target.to_owned()
                    };
                    told += &format!("{}  {target}\n", drawn(&text, &link["range"]));
                }
            }
        }
        told
    }
}

/// A line of a text with a range marked below it.
fn drawn(text: &str, range: &Value) -> String {
    let (start, end) = (byte(text, &range["start"]), byte(text, &range["end"]));
    let first = text[..start].rfind('\n').map_or(0, |at| at + 1);
    let line = text[first..].lines().next().unwrap_or_default();
    let width = |text: &str| text.chars().count();
    let marked = width(text[start..end].lines().next().unwrap_or_default()).max(1);
    let number = text[..start].matches('\n').count() + 1;
    let sign = if start == end { "^" } else { "~" };
    format!(
        "{number:>4} | {line}\n     | {}{}\n",
        " ".repeat(width(&text[first..start])),
        sign.repeat(marked)
    )
}

fn indented(text: &str) -> String {
    text.lines()
        .map(|line| format!("  {line}").trim_end().to_owned() + "\n")
        .collect()
}

/// The lines that differ.
fn changed(before: &str, after: &str) -> String {
    let diff = TextDiff::from_lines(before, after);
    let lines = diff
        .iter_all_changes()
        .filter(|change| change.tag() != similar::ChangeTag::Equal);
    lines
        .map(|change| {
            format!(
                "    {}{}\n",
                change.tag(),
                change.value().trim_end_matches('\n')
            )
        })
        .collect()
}

fn outline(symbols: &Value, depth: usize, told: &mut String) {
    for symbol in symbols.as_array().into_iter().flatten() {
        let detail = symbol["detail"]
            .as_str()
            .map(|it| format!(" {it:?}"))
            .unwrap_or_default();
        *told += &format!(
            "{}{} {}{detail}\n",
            "  ".repeat(depth),
            symbol["kind"],
            symbol["name"].as_str().expect("a name")
        );
        outline(&symbol["children"], depth + 1, told);
    }
}

/// Each line with a letter below each of its tokens; capitals declare.
fn coloured(text: &str, data: &Value) -> String {
    let numbers: Vec<usize> = data
        .as_array()
        .expect("a list")
        .iter()
        .map(|it| usize::try_from(it.as_u64().expect("a number")).expect("small"))
        .collect();
    let mut marks: Vec<Vec<char>> = text
        .lines()
        .map(|line| vec![' '; line.chars().count()])
        .collect();
    let (mut line, mut column) = (0, 0);
    for token in numbers.chunks(5) {
        column = if token[0] == 0 {
            column + token[1]
        } else {
            token[1]
        };
        line += token[0];
        let letter = ['p', 'x', 'v', 'f', 'm', 'a', 'd'][token[3]];
        let letter = if token[4] == 1 {
            letter.to_ascii_uppercase()
        } else {
            letter
        };
        marks[line][column..column + token[2]].fill(letter);
    }
    let both = text.lines().zip(marks).flat_map(|(line, marks)| {
        [
            format!("  {line}"),
            format!("  {}", marks.into_iter().collect::<String>()),
        ]
    });
    both.map(|line| line.trim_end().to_owned() + "\n")
        .filter(|line| line.trim() != "")
        .collect()
}
