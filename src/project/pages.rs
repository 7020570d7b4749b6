//! What goes between the markers of a project's pages.
//!
//! In: a page, and the entries of the manifest that inject into it. Out: the page with its blocks
//! filled. Always: a page is filled whole or not at all; where an entry says what goes where, its
//! block must be there, and where the markers say it themselves, each is followed.

use super::manifest::{
    Entry, FILE, Markup, OutputKind, VIEWS, ViewName, Word, leaves, named_view, one_of,
};
use super::markers::{self, Block};
use super::plan::{PlanInputs, Planner, RenderSpec, filled};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Span};

impl Planner<'_> {
    /// The pages into which an entry injects.
    pub(super) fn injected_paths(&mut self, entry: &Entry) -> Vec<String> {
        if !entry.path.it.contains("{model}") {
            return vec![entry.path.it.clone()];
        }
        let models = self.models(entry.model.as_ref(), &entry.path.it);
        models
            .into_iter()
            .map(|at| {
                filled(
                    &entry.path.it,
                    &self.means.matrices[at].model().decl.name,
                    "",
                )
            })
            .collect()
    }

    /// Plans a page, between whose markers something goes.
    pub(super) fn page(&mut self, path: &str, entries: &[&Entry]) {
        let span = entries[0].path.span;
        let (id, text) = match self.means.folder.read(path) {
            Ok(Some(read)) => read,
            Ok(None) => {
                let message = format!("there is no page `{path}` to write into");
                return self.fault(
                    Code::NoMarker,
                    span,
                    message,
                    "create it with a pair of markers, or remove `inject = true`",
                );
            }
            Err(why) => {
                return self.faults.push(Diagnostic::new(
                    Code::NoMarker,
                    span,
                    format!("`{path}` {why}"),
                    "",
                ));
            }
        };
        let blocks = match markers::blocks(id, path, text) {
            Ok(blocks) => blocks,
            Err(faults) => return self.faults.extend(faults),
        };
        let wanted: Vec<(String, &Entry)> = entries
            .iter()
            .filter_map(|entry| Some((words(entry, path, &self.means)?, *entry)))
            .collect();
        let mut open = entries
            .iter()
            .copied()
            .filter(|entry| words(entry, path, &self.means).is_none());
        let describes_itself = open.next();
        let twice = open.next().or_else(|| {
            wanted
                .iter()
                .enumerate()
                .find(|(at, it)| wanted[..*at].iter().any(|(words, _)| *words == it.0))
                .map(|(_, it)| it.1)
        });
        if let Some(twice) = twice {
            let message = format!("two outputs would fill the same blocks of `{path}`");
            return self.fault(
                Code::OutputTwice,
                twice.path.span,
                message,
                "remove one of the two",
            );
        }
        let before = self.faults.len();
        if !self.are_there(path, span, &wanted, describes_itself, &blocks) {
            return;
        }
        let left_out = self.plan.left_out.len();
        let contents: Vec<Option<String>> = blocks
            .iter()
            .map(|block| {
                match (
                    wanted.iter().find(|(words, _)| block.words == *words),
                    describes_itself,
                ) {
                    (Some((_, entry)), _) => self.block(
                        entry.what.clone(),
                        entry.aligned,
                        entry.model.as_ref(),
                        block,
                        path,
                    ),
                    (None, Some(entry)) => self.described(block, entry, path),
                    (None, None) => {
                        let message =
                            format!("no output of `{}` fills the block `{}`", FILE, block.words);
                        self.fault(
                            Code::BadMarker,
                            block.span,
                            message,
                            "add an `[[output]]` for it, or remove the markers",
                        );
                        None
                    }
                }
            })
            .collect();
        if self.faults.len() > before || self.plan.left_out.len() > left_out {
            return;
        }
        // A block of a model that is not wanted this time stays as it is.
        let kept = |block: &Block, content: Option<String>| {
            content.map(|content| (block.clone(), content))
        };
        let all = blocks;
        let (blocks, contents): (Vec<Block>, Vec<String>) = all
            .iter()
            .zip(contents)
            .filter_map(|(block, content)| kept(block, content))
            .unzip();
        let filled = markers::replace(text, &blocks, &contents);
        if !is_stable(id, path, &filled, &all) {
            let span = all.first().map_or(span, |block| block.span);
            let message = "what goes into this page holds markers itself";
            return self.fault(
                Code::BadMarker,
                span,
                message,
                "take them out of the template or title",
            );
        }
        self.add(path.to_owned(), filled, span, true);
    }

    /// Whether the blocks that the entries fill stand in the page; those that do not are reported.
    fn are_there(
        &mut self,
        path: &str,
        span: Span,
        wanted: &[(String, &Entry)],
        open: Option<&Entry>,
        blocks: &[Block],
    ) -> bool {
        let before = self.faults.len();
        for (words, entry) in wanted {
            if !blocks.iter().any(|block| block.words == *words) {
                let help = format!(
                    "paste where it shall stand:\n{}",
                    markers::pair(path, words).join("\n")
                );
                self.fault(
                    Code::NoMarker,
                    entry.path.span,
                    format!("`{path}` has no block `{words}`"),
                    help,
                );
            }
        }
        if open.is_some() && blocks.is_empty() {
            let name = self
                .means
                .matrices
                .first()
                .map_or("model", |it| it.model().decl.name.as_str());
            let pair = markers::pair(path, &format!("{name} matrix")).join("\n");
            let help = format!("paste where something shall stand, for example:\n{pair}");
            self.fault(Code::NoMarker, span, format!("`{path}` has no block"), help);
        }
        // Blocks that nobody asked for are reported too, by whoever fills the others.
        self.faults.len() == before || !blocks.is_empty()
    }

    /// The content of a block that says itself what it shows.
    fn described(&mut self, block: &Block, entry: &Entry, path: &str) -> Option<String> {
        let mut words = block.words.split(' ');
        let model = Word {
            it: words.next().unwrap_or_default().to_owned(),
            span: block.span,
        };
        let (mut view, mut party, mut aligned, mut template) = (None, None, entry.aligned, None);
        for word in words {
            let value = |value: &str| Word {
                it: value.to_owned(),
                span: block.span,
            };
            match word.split_once('=') {
                Some(("party", name)) if party.is_none() && template.is_none() => {
                    party = Some(value(name));
                }
                Some(("template", path))
                    if template.is_none() && party.is_none() && view.is_none() =>
                {
                    template = Some(value(path));
                }
                None if word == "aligned" && template.is_none() => aligned = true,
                None if view.is_none() && template.is_none() => view = Some(word),
                _ => {
                    let help = "behind the model stand a view and, as need be, `party=…`, `aligned` or `template=…`";
                    self.fault(
                        Code::BadMarker,
                        block.span,
                        format!("`{word}` says nothing in a marker"),
                        help,
                    );
                    return None;
                }
            }
        }
        let is_checklist = view == Some("checklist");
        let what = match (view, template) {
            (None, Some(template)) => {
                if let Some(why) = leaves(&template.it) {
                    let message = format!("a template stays in the project, and this {why}");
                    self.fault(
                        Code::OutputPath,
                        block.span,
                        message,
                        "its path is relative to the folder of the manifest",
                    );
                    return None;
                }
                OutputKind::Template(template)
            }
            (view, _) => {
                let Some(named) = named_view(view.unwrap_or("matrix"), party.clone()) else {
                    let view = view.unwrap_or_default();
                    self.fault(
                        Code::BadMarker,
                        block.span,
                        format!("there is no view `{view}`"),
                        one_of(view, &VIEWS, "the views are"),
                    );
                    return None;
                };
                if is_checklist != party.is_some() {
                    let (message, help) = if is_checklist {
                        ("a checklist in a page is of one party", "add `party=…`")
                    } else {
                        (
                            "only a checklist is of one party",
                            "remove `party=…`, or write `checklist`",
                        )
                    };
                    self.fault(Code::BadMarker, block.span, message, help);
                    return None;
                }
                OutputKind::Page(markup_of(&entry.what), Some(named))
            }
        };
        self.block(what, aligned, Some(&model), block, path)
    }

    /// The content of a block; `None` where its model has errors, or is not wanted now.
    fn block(
        &mut self,
        what: OutputKind,
        aligned: bool,
        model: Option<&Word>,
        block: &Block,
        path: &str,
    ) -> Option<String> {
        let named = block.words.split(' ').next().unwrap_or_default();
        let word = model.cloned().unwrap_or(Word {
            it: named.to_owned(),
            span: block.span,
        });
        let at = *self.models(Some(&word), path).first()?;
        let shown = RenderSpec {
            what,
            aligned,
            level: Some((block.level + 1).clamp(2, 6)),
        };
        self.text(&shown, at, path)
    }
}

/// Whether a filled page has the same blocks as before: what a template makes may hold a marker of
/// its own, and the page would never come to rest.
fn is_stable(id: FileId, path: &str, filled: &str, blocks: &[Block]) -> bool {
    let words = |blocks: &[Block]| {
        blocks
            .iter()
            .map(|block| block.words.clone())
            .collect::<Vec<_>>()
    };
    markers::blocks(id, path, filled).is_ok_and(|again| words(&again) == words(blocks))
}

/// How the pages of an entry are marked up.
fn markup_of(what: &OutputKind) -> Markup {
    if let OutputKind::Page(markup, _) = what {
        *markup
    } else {
        Markup::Markdown
    }
}

/// The words of the block that an entry fills; `None` where the markers say what goes where.
fn words(entry: &Entry, path: &str, means: &PlanInputs<'_>) -> Option<String> {
    let model = if let Some(model) = &entry.model {
        model.it.clone()
    } else {
        let mut names = means
            .matrices
            .iter()
            .map(|it| it.model().decl.name.as_str());
        names
            .find(|name| {
                entry.path.it.contains("{model}") && filled(&entry.path.it, name, "") == path
            })?
            .to_owned()
    };
    let view = match &entry.what {
        OutputKind::Page(_, Some(ViewName::Matrix)) => "matrix".to_owned(),
        OutputKind::Page(_, Some(ViewName::Raci)) => "raci".to_owned(),
        OutputKind::Page(_, Some(ViewName::Sources)) => "sources".to_owned(),
        OutputKind::Page(_, Some(ViewName::Checklist(Some(party)))) => {
            format!("checklist party={}", party.it)
        }
        OutputKind::Template(template) => format!("template={}", template.it),
        _ => return None,
    };
    Some(format!("{model} {view}"))
}
