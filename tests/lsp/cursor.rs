//! What an editor asks at a cursor, and how the answers are drawn.

use serde_json::{Value, json};

use super::{Scene, changed, drawn, indented};
use crate::support::client::{byte, edited, position};

impl Scene {
    pub(super) fn at_cursor(
        &mut self,
        what: &str,
        argument: &str,
        name: &str,
        at: usize,
    ) -> String {
        let text = self.texts[name].clone();
        let here = position(&text, at);
        let mut told = drawn(&text, &json!({ "start": here, "end": here }));
        let document = json!({ "uri": self.client.uri(name) });
        let at_here = json!({ "textDocument": document, "position": here, "context": { "includeDeclaration": true, "triggerKind": 1 }, "newName": argument });
        match what {
            "hover" => match self
                .client
                .ask("textDocument/hover", at_here)
                .expect("an answer")
            {
                Value::Null => told += "  nothing\n",
                hover => {
                    told += &format!(
                        "  over `{}`\n",
                        &text[byte(&text, &hover["range"]["start"])
                            ..byte(&text, &hover["range"]["end"])]
                    );
                    told += &indented(hover["contents"]["value"].as_str().expect("a text"));
                }
            },
            "completion" => {
                // A person types one line at a time, so the lines of the other cursors do not exist
                // yet.
                let line = |at: usize| text[..at].matches('\n').count();
                let others: Vec<usize> = self
                    .cursors
                    .iter()
                    .filter(|(it, _)| it == name)
                    .map(|(_, other)| line(*other))
                    .filter(|it| *it != line(at))
                    .collect();
                let kept = |(nth, it): (usize, &'_ str)| {
                    if others.contains(&nth) && !it.contains(['{', '}', '|']) {
                        String::new()
                    } else {
                        it.to_owned()
                    }
                };
                let alone: String = text
                    .split('\n')
                    .enumerate()
                    .map(kept)
                    .collect::<Vec<_>>()
                    .join("\n");
                self.client.change(name, 2, &alone);
                let answer = self
                    .client
                    .ask("textDocument/completion", at_here)
                    .expect("an answer");
                for item in answer.as_array().into_iter().flatten() {
                    let range = &item["textEdit"]["range"];
                    let replaced = &text[byte(&text, &range["start"])..byte(&text, &range["end"])];
                    let detail = item["detail"]
                        .as_str()
                        .map(|it| format!(" — {it}"))
                        .unwrap_or_default();
                    let new = item["textEdit"]["newText"].as_str().expect("a text");
                    let label = item["label"].as_str().expect("a text");
                    let new = if new == label {
                        String::new()
                    } else {
                        format!(" → {}", new.replace('\n', "⏎"))
                    };
                    let replaced = if replaced.is_empty() {
                        String::new()
                    } else {
                        format!(" for `{replaced}`")
                    };
                    told += &format!("  {label}{replaced}{new}{detail}\n");
                }
                self.client.change(name, 3, &text);
            }
            "definition" => {
                let answer = self
                    .client
                    .ask("textDocument/definition", at_here)
                    .expect("an answer");
                told += &if answer.is_null() {
                    "  nothing\n".to_owned()
                } else {
                    format!("  {}\n", self.place(&answer))
                };
            }
            "references" => {
                let answer = self
                    .client
                    .ask("textDocument/references", at_here)
                    .expect("an answer");
                for location in answer.as_array().into_iter().flatten() {
                    told += &format!("  {}\n", self.place(location));
                }
            }
            "highlight" => {
                let answer = self
                    .client
                    .ask("textDocument/documentHighlight", at_here)
                    .expect("an answer");
                for highlight in answer.as_array().into_iter().flatten() {
                    told += &format!(
                        "{}  kind {}\n",
                        drawn(&text, &highlight["range"]),
                        highlight["kind"]
                    );
                }
            }
            "rename" => {
                let prepared = self
                    .client
                    .ask("textDocument/prepareRename", at_here.clone());
                told += &prepared.map_or_else(
                    |why| format!("  refused: {why}\n"),
                    |it| {
                        format!(
                            "  name `{}`\n",
                            it["placeholder"].as_str().unwrap_or_default()
                        )
                    },
                );
                match self.client.ask("textDocument/rename", at_here) {
                    Err(why) => told += &format!("  refused: {why}\n"),
                    Ok(answer) => {
                        let mut changes: Vec<_> = answer["changes"]
                            .as_object()
                            .into_iter()
                            .flatten()
                            .collect();
                        changes.sort_by_key(|(uri, _)| (*uri).clone());
                        for (uri, edits) in changes {
                            let name = self.client.name(uri);
                            told += &format!(
                                "  {name}\n{}",
                                changed(&self.texts[&name], &edited(&self.texts[&name], edits))
                            );
                        }
                    }
                }
            }
            "selection" => {
                let answer = self
                    .client
                    .ask(
                        "textDocument/selectionRange",
                        json!({ "textDocument": document, "positions": [here] }),
                    )
                    .expect("an answer");
                let mut selection = &answer[0];
                while !selection.is_null() {
                    let range = &selection["range"];
                    let chosen = &text[byte(&text, &range["start"])..byte(&text, &range["end"])];
                    let lines: Vec<&str> = chosen.lines().collect();
                    told += &match lines.as_slice() {
                        [] => "  nothing\n".to_owned(),
                        [one] => format!("  `{one}`\n"),
                        [first, .., last] => {
                            format!("  `{first}` … `{last}` ({} lines)\n", lines.len())
                        }
                    };
                    selection = &selection["parent"];
                }
            }
            "format-line" => {
                let range = json!({ "start": here, "end": here });
                let options = json!({ "tabSize": 2, "insertSpaces": true });
                let answer = self
                    .client
                    .ask(
                        "textDocument/rangeFormatting",
                        json!({ "textDocument": document, "range": range, "options": options }),
                    )
                    .expect("an answer");
                told += &changed(&text, &edited(&text, &answer));
            }
            "actions" => {
                let range = json!({ "start": here, "end": here });
                let params = json!({ "textDocument": document, "range": range, "context": { "diagnostics": [] } });
                let answer = self
                    .client
                    .ask("textDocument/codeAction", params)
                    .expect("an answer");
                for action in answer.as_array().into_iter().flatten() {
                    told += &self.action(action, name, &text);
                }
            }
            other => panic!("no such question: {other}"),
        }
        told
    }

    /// The effect of an action, and whether its finding is gone afterwards.
    pub(super) fn action(&self, action: &Value, name: &str, text: &str) -> String {
        let after = edited(text, &action["edit"]["changes"][self.client.uri(name)]);
        let finding = &action["diagnostics"][0];
        let files: Vec<(&str, &str)> = std::iter::once((name, after.as_str()))
            .chain(
                self.texts
                    .iter()
                    .filter(|(it, _)| *it != name)
                    .map(|(it, text)| (it.as_str(), text.as_str())),
            )
            .collect();
        let run = crate::support::run_files(&files, crate::support::options());
        let message = finding["message"]
            .as_str()
            .expect("a text")
            .lines()
            .next()
            .unwrap_or_default()
            .to_owned();
        let still = run
            .findings
            .iter()
            .any(|it| !it.is_accepted() && it.message == message);
        let errors = |run: &srmc::compilation::Compilation| {
            run.findings
                .iter()
                .filter(|it| {
                    it.code < srmc::diagnostic::Code::Gap
                        && it.severity == srmc::diagnostic::Severity::Error
                })
                .count()
        };
        let before: Vec<(&str, &str)> = files
            .iter()
            .map(|&(it, _)| (it, self.texts[it].as_str()))
            .collect();
        let outcome = match (
            still,
            errors(&run)
                > errors(&crate::support::run_files(
                    &before,
                    crate::support::options(),
                )),
        ) {
            (_, true) => "BREAKS THE FILE",
            (true, _) => "STILL THERE",
            (false, _) => "gone",
        };
        let preferred = if action["isPreferred"] == true {
            " (preferred)"
        } else {
            ""
        };
        format!(
            "  {}{preferred}: {outcome}\n{}",
            action["title"].as_str().expect("a title"),
            changed(text, &after)
        )
    }
}
