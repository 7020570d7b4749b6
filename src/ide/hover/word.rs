//! Words of the language, codes, and controls of frameworks.

use std::ops::Range;

use super::{code, item, opening, shortened, words_of};
use crate::diagnostic::Code;
use crate::ide::{Snapshot, Workspace};
use crate::model::Duty;
use crate::syntax::blocks::{at, blocks};
use crate::syntax::{FieldKind, FlatKind, LexemeKind, lexemes, meaning, vocabulary};
use crate::view::{Block, Inline, Item, plain};

/// The hover text of a keyword, a code or a control, and the range of that word.
pub(super) fn of_word(
    workspace: &Workspace,
    snapshot: &Snapshot,
    byte: usize,
) -> Option<(Vec<Block>, Range<usize>)> {
    let words = lexemes(&snapshot.text);
    let word = words
        .into_iter()
        .find(|word| word.start <= byte && byte < word.range().end)?;
    if word.kind == LexemeKind::Text {
        return Some((
            of_control(workspace, snapshot, byte, &meaning(word.text))?,
            word.range(),
        ));
    }
    if word.kind != LexemeKind::Word {
        return None;
    }
    if let Some(code) = Code::find(word.text) {
        let page = code
            .page()
            .lines()
            .skip(1)
            .take_while(|line| !line.starts_with("##"))
            .collect::<Vec<_>>()
            .join("\n");
        let paragraphs = page.trim().split("\n\n").map(|it| it.replace('\n', " "));
        let told = paragraphs.map(|it| Block::Paragraph(with_code(&it)));
        return Some((
            std::iter::once(opening("code", code.id(), code.title()))
                .chain(told)
                .collect(),
            word.range(),
        ));
    }
    let said = vocabulary::meaning_of(word.text)?;
    Some((
        vec![Block::Paragraph(
            [vec![code(word.text), words_of(": ")], with_code(said)].concat(),
        )],
        word.range(),
    ))
}

/// A text in which the parts in backticks become code.
pub(super) fn with_code(text: &str) -> Inline {
    text.split('`')
        .enumerate()
        .map(|(nth, part)| {
            if nth % 2 == 1 {
                code(part)
            } else {
                words_of(part)
            }
        })
        .collect()
}

/// A control of a framework: the duties that meet it.
pub(super) fn of_control(
    workspace: &Workspace,
    snapshot: &Snapshot,
    byte: usize,
    control: &str,
) -> Option<Vec<Block>> {
    let blocks = blocks(&snapshot.text);
    let field = &blocks[at(&blocks, byte)?];
    let words = field.words(&snapshot.text);
    if field.kind != FlatKind::Field(FieldKind::Meets) {
        return None;
    }
    let framework = words.get(1)?.text;
    let (analysis, _) = workspace.analysis(&snapshot.path)?;
    let mut told = vec![Block::Paragraph(vec![
        words_of("control "),
        code(format!("{framework} {control}")),
    ])];
    for model in analysis.run.models.iter().map(|checked| &checked.model) {
        let meets = |duty: &&Duty| {
            duty.notes
                .meets
                .iter()
                .any(|(at, id, _)| model.frameworks[*at].decl.name == framework && id == control)
        };
        let duties: Vec<Item> = model
            .duties
            .iter()
            .filter(meets)
            .map(|duty| item(&duty.path, &duty.decl.title))
            .collect();
        if !duties.is_empty() {
            told.push(Block::Paragraph(plain("met by")));
            told.push(shortened(duties));
        }
    }
    Some(told)
}
