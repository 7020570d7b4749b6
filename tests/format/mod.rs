//! The formatter against itself: every example, every case and random texts keep their meaning and
//! their comments, and formatting is idempotent. `tests/format` holds what it is to look like.

mod writer;

use std::fs;

use crate::support::{corpus, files_below, golden, home, random, scratch};
use proptest::prelude::*;
use srmc::format::{Left, format};
use srmc::source::FileId;
use srmc::syntax::ast::{Claim, Item, When};
use srmc::syntax::{LexemeKind, condition, lexemes, parse_with};

/// The meaning of a text, without positions.
fn meaning(text: &str) -> String {
    let text = &text.replace("\r\n", "\n");
    let mut parsed = parse_with(1, FileId(0), text);
    fill(text, &mut parsed.file.items);
    let faults = parsed.faults.iter();
    let faults: Vec<String> = faults
        .map(|fault| format!("{:?} {}", fault.code, fault.message))
        .collect();
    let told = format!("{:?}\n{faults:?}", parsed.file);
    let mut meaning = String::new();
    let mut rest = told.as_str();
    while let Some((before, behind)) = rest.split_once("Span {") {
        meaning.push_str(before);
        rest = behind.split_once('}').expect("a span ends").1;
    }
    meaning + rest
}

/// Parses every condition, also those that repeat one of an earlier claim, and drops their text.
fn fill<'s>(text: &'s str, items: &mut [Item<'s>]) {
    let whole = |when: &mut When<'s>| {
        when.condition = condition(text, &when.text);
        when.text.node = "";
    };
    let of_claims = |claims: &mut Vec<Claim<'s>>| {
        claims
            .iter_mut()
            .filter_map(|claim| claim.when.as_mut())
            .for_each(whole);
    };
    for item in items {
        match item {
            Item::Model(model) => {
                of_claims(&mut model.claims);
                fill(text, &mut model.items);
            }
            Item::Area(area) => {
                of_claims(&mut area.claims);
                fill(text, &mut area.items);
            }
            Item::Duty(it) => it.when.as_deref_mut().into_iter().for_each(whole),
            Item::Table(it) => it.when.iter_mut().for_each(whole),
            Item::Ensure(it) => it.when.iter_mut().for_each(whole),
            Item::Separate(it) => it.when.iter_mut().for_each(whole),
            Item::Allow(it) => it.when.iter_mut().for_each(whole),
            Item::Impossible(it) => whole(&mut it.when),
            _ => {}
        }
    }
}

/// Every comment, with the words before and after it; commas are ignored.
fn comments(text: &str) -> Vec<(String, String, String)> {
    let words: Vec<_> = lexemes(text)
        .into_iter()
        .filter(|it| it.text != ",")
        .collect();
    let word = |at: Option<usize>| {
        let near = at.and_then(|at| words.get(at));
        near.map_or_else(String::new, |it| {
            if it.kind == LexemeKind::Text {
                srmc::syntax::meaning(it.text).into_owned()
            } else {
                it.text.to_owned()
            }
        })
    };
    let comment = |(at, it): (usize, &srmc::syntax::Lexeme<'_>)| {
        (it.kind == LexemeKind::Comment).then(|| {
            (
                word(at.checked_sub(1)),
                it.text.to_owned(),
                word(Some(at + 1)),
            )
        })
    };
    words.iter().enumerate().filter_map(comment).collect()
}

/// Checks the laws; returns the formatted text.
fn obeys(text: &str) -> String {
    let formatted = format(text);
    let once = formatted.text.clone().into_owned();
    let twice = format(&once);
    assert_eq!(
        twice.text, once,
        "formatting twice is not formatting once:\n{text}"
    );
    if formatted.left == Left::Everything {
        assert_eq!(
            text, once,
            "not all of it was understood, and still it was changed"
        );
        return once;
    }
    let (became, was) = (meaning(&once), meaning(text));
    let at = became
        .bytes()
        .zip(was.bytes())
        .take_while(|(a, b)| a == b)
        .count();
    let around = |meaning: &str| {
        meaning
            .chars()
            .skip(at.saturating_sub(200))
            .take(400)
            .collect::<String>()
    };
    assert!(
        became == was,
        "it means something else: …{}…, not …{}…\n{text}\nbecame\n{once}",
        around(&became),
        around(&was)
    );
    assert_eq!(
        comments(&once),
        comments(text),
        "a comment lost its neighbour:\n{text}\nbecame\n{once}"
    );
    once
}

/// A CR alone is no line end of ours: such a text stays as it is, wherever the CR stands.
#[test]
fn a_return_alone_stays() {
    for text in [
        "party   a\rparty b\n",
        "party   a\r\r\nparty b\r\n",
        "party   a\r\n\r",
        "party   a {\r\n  note \"\"\"\r\n x\r\n\"\"\"\r",
    ] {
        let formatted = format(text);
        assert_eq!((&*formatted.text, formatted.left), (text, Left::Everything));
    }
}

#[test]
fn examples_and_cases_keep_their_meaning() {
    let (mut all, mut left) = (0, 0);
    for (path, text) in corpus() {
        let formatted = format(&text);
        all += 1;
        // A text that parses is formatted completely.
        let reads = parse_with(1, FileId(0), &text).faults.is_empty();
        left += usize::from(formatted.left != Left::Nothing);
        assert!(
            !reads || formatted.left == Left::Nothing,
            "{} was left as it is",
            path.display()
        );
        obeys(&text);
        // Regardless of indentation and line endings.
        if reads && !text.contains("\"\"\"") {
            let flat: String = text
                .split('\n')
                .map(str::trim_start)
                .collect::<Vec<_>>()
                .join("\n");
            assert_eq!(obeys(&flat), formatted.text, "{}", path.display());
            let dos = text.replace("\r\n", "\n").replace('\n', "\r\n");
            assert_eq!(
                format(&dos).text.replace("\r\n", "\n"),
                formatted.text.replace("\r\n", "\n"),
                "{}",
                path.display()
            );
        }
    }
    assert!(all > 200 && left > 20, "{all} files, {left} with faults");
}

/// The expected style: `tests/format/NAME.srm` becomes `tests/format/NAME.out`.
#[test]
fn cases_look_as_blessed() {
    let cases = files_below(&home().join("tests/format"), "srm");
    assert!(!cases.is_empty(), "no cases");
    let faults: Vec<String> = cases
        .iter()
        .filter_map(|path| {
            let text = fs::read_to_string(path).expect("a case");
            golden(&path.with_extension("out"), &format(&text).text).err()
        })
        .collect();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Default number of texts per run; `PROPTEST_CASES` overrides it.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(1_000)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_models_keep_their_meaning(spec in random::spec(), seed in any::<u64>()) {
        let text = spec.text();
        obeys(&text);
        obeys(&scattered(&text, seed));
    }

    /// Any text: no panic, and no word is lost.
    #[test]
    fn broken_texts_keep_their_words(spec in random::spec(), cuts in proptest::collection::vec((any::<prop::sample::Index>(), 0..12usize), 1..6)) {
        let mut text = spec.text();
        for (at, length) in cuts {
            let mut from = at.index(text.len());
            while !text.is_char_boundary(from) { from -= 1; }
            let mut to = (from + length).min(text.len());
            while !text.is_char_boundary(to) { to -= 1; }
            text.replace_range(from..to.max(from), "");
        }
        obeys(&text);
    }
}

/// The same words with other blanks between them, and comments here and there.
fn scattered(text: &str, mut seed: u64) -> String {
    let mut chance = |n: u64| {
        seed = seed
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % n
    };
    let mut out = String::new();
    for (nth, line) in text.lines().enumerate() {
        let bare = line.trim_start();
        if bare.starts_with('|') {
            out.push_str(&format!(
                "{}{bare}\n",
                " ".repeat(usize::try_from(chance(5)).unwrap_or(0))
            ));
            continue;
        }
        if chance(6) == 0 {
            out.push_str(&format!("\n\n\n# above {nth}\n"));
        }
        let mut end = 0;
        for lexeme in lexemes(bare) {
            // Blanks are replaced by other blanks; a line break comes only before a word that
            // cannot begin a statement.
            if lexeme.start > end {
                out.push_str(["  ", " ", "\t", "   "][usize::try_from(chance(4)).unwrap_or(0)]);
            }
            out.push_str(lexeme.text);
            end = lexeme.range().end;
            if matches!(lexeme.text, "," | "and" | "or" | "=") && chance(4) == 0 {
                out.push_str(&format!("  # behind {nth}\n"));
                if chance(3) == 0 {
                    out.push_str(&format!("    # between {nth}\n"));
                }
            }
        }
        out.push_str(["", " ", "  # at the end"][usize::try_from(chance(3)).unwrap_or(0)]);
        out.push('\n');
    }
    out
}

#[test]
fn a_text_without_words_becomes_nothing() {
    for text in ["", "\n\n", "   \n"] {
        assert_eq!(format(text).text, "");
    }
}

/// Formatting follows links and leaves read-only files unchanged, and an unreadable file does not
/// stop the others from being formatted.
#[cfg(unix)]
#[test]
fn files_that_are_no_plain_files() {
    let root = scratch("format");
    let ugly = "party   a \"A\"\n";
    for name in ["a.srm", "behind", "closed.srm", "z.srm"] {
        fs::write(root.join(name), ugly).expect("written");
    }
    fs::write(root.join("bytes.srm"), b"\xff").expect("written");
    std::os::unix::fs::symlink("behind", root.join("link.srm")).expect("linked");
    let mut closed = fs::metadata(root.join("closed.srm"))
        .expect("a file")
        .permissions();
    closed.set_readonly(true);
    fs::set_permissions(root.join("closed.srm"), closed).expect("closed");
    let fmt = |more: &[&str]| {
        let done = std::process::Command::new(env!("CARGO_BIN_EXE_srmc"))
            .arg("fmt")
            .args(more)
            .arg(".")
            .current_dir(&root)
            .output()
            .expect("run");
        (
            String::from_utf8_lossy(&done.stdout).into_owned(),
            String::from_utf8_lossy(&done.stderr).into_owned(),
            done.status.code(),
        )
    };
    let (out, err, code) = fmt(&["--check"]);
    assert_eq!(
        out,
        ["a.srm", "closed.srm", "link.srm", "z.srm"]
            .map(|it| format!("not formatted  {it}\n"))
            .concat()
    );
    assert_eq!(
        (err.as_str(), code),
        (
            "srmc: cannot format bytes.srm: it is not valid UTF-8\n",
            Some(2)
        )
    );
    let (_, err, code) = fmt(&[]);
    assert!(
        err.contains("srmc: cannot write closed.srm: it is read-only\n"),
        "{err}"
    );
    assert_eq!(code, Some(2));
    assert!(
        fs::symlink_metadata(root.join("link.srm"))
            .expect("a link")
            .is_symlink()
    );
    for (name, text) in [
        ("a.srm", "party a \"A\"\n"),
        ("behind", "party a \"A\"\n"),
        ("z.srm", "party a \"A\"\n"),
        ("closed.srm", ugly),
    ] {
        assert_eq!(
            fs::read_to_string(root.join(name)).expect("a file"),
            text,
            "{name}"
        );
    }
}

/// Found by fuzzing: one CR more than CRLF was taken from a faulty line at each run.
#[test]
fn line_ends_with_more_than_one_cr_settle_at_once() {
    for text in [
        "use \r\r\r\r\n",
        "party a\r\r\nparty  b\r\n",
        "# x\r\r\r\n\r\r\nmodel m {\r\r\n}\r",
    ] {
        let once = format(text).text.into_owned();
        assert_eq!(format(&once).text, once, "{text:?}");
    }
}

/// The braces match, but a model in a party's block is read as one behind it, by its indentation.
#[test]
fn a_text_that_would_come_to_mean_something_else_stays() {
    let text = "party p0\nparty p1 { joins p0 axis m0 { v0, v1 }\nmodel m {\n  duty d\n  p0 owns d\n}\n}\n";
    let formatted = format(text);
    assert_eq!(
        (formatted.text.as_ref(), formatted.left),
        (text, Left::Everything)
    );
}
