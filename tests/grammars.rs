//! Three grammars for one language: pest's, which is authoritative, tree-sitter's and TextMate's.
//! They must agree on every example and test case, and have the same keywords.

use std::collections::BTreeSet;
use std::fs;

use crate::support::{corpus, files_below, home, random};
use proptest::prelude::*;
use srmc::syntax::vocabulary::{COMPOSITION, RESERVED, fields};
use srmc::syntax::{FlatKind, statements};

/// Whether pest's grammar accepts a text: every statement could be read, and every block is closed.
fn pest_reads(text: &str) -> bool {
    let mut depth = 0;
    let reads = statements(text).into_iter().all(|it| {
        depth += i32::from(it.opens) - i32::from(it.kind == FlatKind::Close);
        it.kind != FlatKind::Broken && depth >= 0
    });
    reads && depth == 0
}

fn tree_sitter_reads(text: &str) -> bool {
    let mut parser = tree_sitter::Parser::new();
    parser
        .set_language(&tree_sitter_srm::LANGUAGE.into())
        .expect("the language");
    !parser
        .parse(text, None)
        .expect("a tree")
        .root_node()
        .has_error()
}

#[test]
fn one_verdict_on_every_example_and_case() {
    let (mut good, mut bad, mut wrong) = (0, 0, Vec::new());
    for (path, text) in corpus() {
        // The nesting limit is not part of the grammar, and tree-sitter treats a NUL as the end.
        if text.contains('\0') || path.ends_with("too_deep.srm") {
            continue;
        }
        let ours = pest_reads(&text);
        *if ours { &mut good } else { &mut bad } += 1;
        if ours != tree_sitter_reads(&text) {
            wrong.push(format!(
                "{}: pest {}",
                path.display(),
                if ours { "reads it" } else { "does not" }
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(good > 150 && bad > 20, "{good} good files, {bad} bad ones");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn one_verdict_on_random_models(spec in random::spec()) {
        let text = spec.text();
        prop_assert!(pest_reads(&text) && tree_sitter_reads(&text), "{}", text);
    }
}

/// Words in quotes.
fn quoted(text: &str, quote: char) -> BTreeSet<String> {
    let words = text.split(quote).skip(1).step_by(2);
    words
        .filter(|it| it.len() > 1 && it.chars().all(|c| c.is_ascii_lowercase()))
        .map(str::to_owned)
        .collect()
}

/// The keywords of each grammar: pest's, tree-sitter's, TextMate's.
fn keywords() -> [BTreeSet<String>; 3] {
    let read = |path: &str| fs::read_to_string(home().join(path)).expect(path);
    let pest = read("grammar/srm.pest");
    // The word lists for recovery repeat the words of statements, and add others.
    let statements: String = pest
        .split("── What recovery skips")
        .next()
        .expect("a part")
        .to_owned()
        + pest.split("── Words and leaves").nth(1).expect("a part");
    let pest = statements
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let sitter = read("grammar/tree-sitter-srm/grammar.js");
    let sitter: String = sitter
        .lines()
        .filter(|line| !line.trim_start().starts_with(['*', '/']))
        .collect::<Vec<_>>()
        .join("\n");
    let sitter = sitter.split("rules: {").nth(1).expect("rules").to_owned();
    // The first word of a `field(…)` names the field.
    let sitter_words: BTreeSet<String> = sitter
        .split("field('")
        .enumerate()
        .flat_map(|(nth, part)| {
            let rest = if nth == 0 {
                part
            } else {
                part.split_once('\'').map_or("", |(_, rest)| rest)
            };
            quoted(rest, '\'')
        })
        .collect();
    let textmate: serde_json::Value =
        serde_json::from_str(&read("editors/vscode/syntaxes/srm.tmLanguage.json")).expect("JSON");
    let mut words = BTreeSet::new();
    patterns(&textmate["repository"], &mut words);
    [quoted(&pest.replace("\\\"", ""), '"'), sitter_words, words]
}

/// Every whole word of the patterns.
fn patterns(value: &serde_json::Value, words: &mut BTreeSet<String>) {
    match value {
        serde_json::Value::Object(map) => {
            for (key, value) in map {
                match value.as_str() {
                    Some(pattern) if key == "match" => {
                        let plain = pattern
                            .replace("\\s", " ")
                            .replace("\\w", " ")
                            .replace("\\d", " ")
                            .replace("A-Za-z", " ");
                        words.extend(
                            plain
                                .split(|c: char| !c.is_ascii_lowercase())
                                .filter(|it| it.len() > 1)
                                .map(str::to_owned),
                        );
                    }
                    _ => patterns(value, words),
                }
            }
        }
        serde_json::Value::Array(list) => list.iter().for_each(|value| patterns(value, words)),
        _ => {}
    }
}

#[test]
fn no_keyword_of_one_grammar_is_missing_in_another() {
    let [pest, sitter, textmate] = keywords();
    let missing = |from: &BTreeSet<String>, to: &BTreeSet<String>| {
        from.difference(to).cloned().collect::<Vec<_>>()
    };
    assert_eq!(
        missing(&pest, &sitter),
        [""; 0],
        "words of pest's grammar that tree-sitter's lacks"
    );
    assert_eq!(
        missing(&sitter, &pest),
        [""; 0],
        "words of tree-sitter's grammar that pest's lacks"
    );
    assert_eq!(
        missing(&pest, &textmate),
        [""; 0],
        "words of pest's grammar that TextMate's lacks"
    );
    // These are names with a special meaning, so only the colouring grammar lists them.
    let names = ["all", "nobody"];
    let more: Vec<String> = missing(&textmate, &pest)
        .into_iter()
        .filter(|it| !names.contains(&it.as_str()))
        .collect();
    assert_eq!(
        more, [""; 0],
        "words of TextMate's grammar that pest's lacks"
    );
    let reserved = RESERVED
        .iter()
        .filter(|it| !COMPOSITION.contains(it) && !names.contains(it))
        .copied()
        .chain(fields());
    let unknown: Vec<&str> = reserved.filter(|it| !pest.contains(*it)).collect();
    assert!(
        unknown.is_empty(),
        "reserved words that no statement has: {unknown:?}"
    );
}

#[test]
fn queries_fit_the_grammar() {
    let language: tree_sitter::Language = tree_sitter_srm::LANGUAGE.into();
    for path in files_below(&home().join("grammar/tree-sitter-srm/queries"), "scm") {
        let text = fs::read_to_string(&path).expect("a query");
        if let Err(error) = tree_sitter::Query::new(&language, &text) {
            panic!("{}: {error}", path.display());
        }
    }
    // Zed needs its own copy.
    let colours = fs::read_to_string(home().join("editors/zed/languages/srm/highlights.scm"))
        .expect("a query");
    assert_eq!(colours, tree_sitter_srm::HIGHLIGHTS_QUERY);
}
