//! What goes between the markers of a project's pages.
//!
//! In: a page, and the entries of the manifest that inject into it. Out: the page with its blocks
//! filled. Always: a page is filled completely or not at all. If an entry names its block, the
//! block must exist; if the markers choose the content, each marker is filled.

use super::manifest::{Entry, FILE, NamedView, OutputKind, Word};
use super::markers::{self, Block};
use super::output_paths::leaves;
use super::plan::{PlanInputs, Planner};
use super::rendered::{RenderSpec, filled};
use crate::diagnostic::{Code, Diagnostic};
use crate::emit::Dialect;
use crate::source::{FileId, Span};
use crate::view::{VIEWS, View};

/// Which entries fill the blocks of a page.
struct Wanted<'e> {
    /// By the words of the block.
    named: Vec<(String, &'e Entry)>,
    /// The entry for blocks whose markers choose the content.
    open: Option<&'e Entry>,
}

/// What the words of a marker ask for.
#[derive(Default)]
struct Options<'w> {
    view: Option<&'w str>,
    party: Option<Word>,
    aligned: bool,
    template: Option<Word>,
}

impl Planner<'_> {
    /// The pages into which an entry injects.
    pub(super) fn injected_paths(&mut self, entry: &Entry) -> Vec<String> {
        if !entry.path.text.contains("{model}") {
            return vec![entry.path.text.clone()];
        }
        let models = self.models(entry.model.as_ref(), &entry.path.text);
        models
            .into_iter()
            .map(|at| {
                filled(
                    &entry.path.text,
                    &self.means.matrices[at].model().decl.name,
                    "",
                )
            })
            .collect()
    }

    /// Plans a page with blocks to fill.
    pub(super) fn page(&mut self, path: &str, entries: &[&Entry]) {
        let span = entries[0].path.span;
        let (id, text) = match self.means.folder.read(path) {
            Ok(Some(read)) => read,
            Ok(None) => {
                return self.faults.add(
                    Code::NoMarker,
                    span,
                    format!("there is no page `{path}` to write into"),
                    "create the page with a pair of markers, or remove `inject = true`",
                );
            }
            Err(why) => {
                let message = format!("`{path}` {why}");
                return self
                    .faults
                    .push(Diagnostic::new(Code::NoMarker, span, message, ""));
            }
        };
        let blocks = match markers::blocks(id, path, text) {
            Ok(blocks) => blocks,
            Err(faults) => return self.faults.extend(faults),
        };
        let Some(wanted) = self.wanted(path, entries) else {
            return;
        };
        let Some(contents) = self.contents(path, span, &wanted, &blocks) else {
            return;
        };
        // A block of a model that was not requested in this run stays as it is.
        let (filling, contents): (Vec<Block>, Vec<String>) = blocks
            .iter()
            .zip(contents)
            .filter_map(|(block, content)| Some((block.clone(), content?)))
            .unzip();
        let filled = markers::replace(text, &filling, &contents);
        if !is_stable(id, path, &filled, &blocks) {
            return self.faults.add(
                Code::BadMarker,
                blocks.first().map_or(span, |block| block.span),
                "the text for this page contains `srm:` markers",
                "remove them from the template or title",
            );
        }
        self.add(path.to_owned(), filled, span, true);
    }

    /// Which entry fills which block; `None` if two would fill the same one, which is reported.
    fn wanted<'e>(&mut self, path: &str, entries: &[&'e Entry]) -> Option<Wanted<'e>> {
        let mut wanted = Wanted {
            named: Vec::new(),
            open: None,
        };
        for &entry in entries {
            let taken = match words(entry, path, &self.means) {
                None => wanted.open.replace(entry).is_some(),
                Some(words) => {
                    let taken = wanted.named.iter().any(|(known, _)| *known == words);
                    wanted.named.push((words, entry));
                    taken
                }
            };
            if taken {
                let message = format!("two outputs would fill the same blocks of `{path}`");
                let help = "remove one of the two outputs";
                self.faults
                    .add(Code::OutputTwice, entry.path.span, message, help);
                return None;
            }
        }
        Some(wanted)
    }

    /// The content of each block, `None` for an unchanged one. The whole result is `None` if
    /// anything is wrong, which is reported, or a model is left out.
    fn contents(
        &mut self,
        path: &str,
        span: Span,
        wanted: &Wanted<'_>,
        blocks: &[Block],
    ) -> Option<Vec<Option<String>>> {
        let before = self.faults.len();
        if !self.are_there(path, span, &wanted.named, wanted.open, blocks) {
            return None;
        }
        let left_out = self.plan.left_out.len();
        let mut contents = Vec::with_capacity(blocks.len());
        for block in blocks {
            let named = wanted.named.iter().find(|(words, _)| block.words == *words);
            contents.push(match (named, wanted.open) {
                (Some((_, entry)), _) => {
                    let (what, model) = (entry.what.clone(), entry.model.as_ref());
                    self.block(what, entry.aligned, model, block, path)
                }
                (None, Some(entry)) => self.described(block, entry, path),
                (None, None) => {
                    self.faults.add(
                        Code::BadMarker,
                        block.span,
                        format!("no output of `{FILE}` fills the block `{}`", block.words),
                        "add an `[[output]]` for it, or remove the markers",
                    );
                    None
                }
            });
        }
        let is_whole = self.faults.len() == before && self.plan.left_out.len() == left_out;
        is_whole.then_some(contents)
    }

    /// Whether the page has the blocks that the entries fill; missing ones are reported.
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
                    "paste this where the output should go:\n{}",
                    markers::pair(path, words).join("\n")
                );
                self.faults.add(
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
            let help = format!("paste markers where the output should go, for example:\n{pair}");
            self.faults.add(
                Code::NoMarker,
                span,
                format!("`{path}` has no markers for an output"),
                help,
            );
        }
        // Blocks that nobody asked for are reported too, when the others are filled.
        self.faults.len() == before || !blocks.is_empty()
    }

    /// The content of a block whose marker chooses it.
    fn described(&mut self, block: &Block, entry: &Entry, path: &str) -> Option<String> {
        let (model, words) = block.words.split_once(' ').unwrap_or((&block.words, ""));
        let model = Word {
            text: model.to_owned(),
            span: block.span,
        };
        let options = self.options(words, block)?;
        let what = match options.template {
            Some(template) => self.described_template(template)?,
            None => OutputKind::Page(
                dialects_of(&entry.what),
                Some(self.described_view(options.view, options.party, block)?),
            ),
        };
        self.block(
            what,
            entry.aligned || options.aligned,
            Some(&model),
            block,
            path,
        )
    }

    /// Parses the words after the model in a marker.
    fn options<'w>(&mut self, words: &'w str, block: &Block) -> Option<Options<'w>> {
        let mut options = Options::default();
        let value = |text: &str| {
            Some(Word {
                text: text.to_owned(),
                span: block.span,
            })
        };
        for word in words.split(' ').filter(|word| !word.is_empty()) {
            let Options {
                view,
                party,
                aligned,
                template,
            } = &mut options;
            match word.split_once('=') {
                Some(("party", name)) if party.is_none() && template.is_none() => {
                    *party = value(name);
                }
                Some(("template", path))
                    if template.is_none() && party.is_none() && view.is_none() =>
                {
                    *template = value(path);
                }
                None if word == "aligned" && template.is_none() => *aligned = true,
                None if view.is_none() && template.is_none() => *view = Some(word),
                _ => {
                    self.faults.add(
                        Code::BadMarker,
                        block.span,
                        format!("unknown word `{word}` in a marker"),
                        "after the model, write a view and, if needed, `party=…` or `aligned`; or write `template=…`",
                    );
                    return None;
                }
            }
        }
        Some(options)
    }

    fn described_template(&mut self, template: Word) -> Option<OutputKind> {
        let Some(why) = leaves(&template.text) else {
            return Some(OutputKind::Template(template));
        };
        self.faults.add(
            Code::OutputPath,
            template.span,
            format!("a template must be inside the project, but this path {why}"),
            "write its path relative to the folder of srm.toml",
        );
        None
    }

    fn described_view(
        &mut self,
        name: Option<&str>,
        party: Option<Word>,
        block: &Block,
    ) -> Option<NamedView> {
        let name = name.unwrap_or(VIEWS[0].name);
        let fault = match View::named(name) {
            None => (format!("there is no view `{name}`"), View::instead_of(name)),
            Some(view) if view.is_of_party() == party.is_some() => {
                return Some(NamedView { view, party });
            }
            Some(_) if party.is_none() => (
                format!("a {name} in a page needs one party"),
                "add `party=…`".to_owned(),
            ),
            Some(_) => (
                "only a checklist can have a party".to_owned(),
                "remove `party=…`, or write `checklist`".to_owned(),
            ),
        };
        self.faults
            .add(Code::BadMarker, block.span, fault.0, fault.1);
        None
    }

    /// The content of a block; `None` if its model has errors, or was not requested in this run.
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
            text: named.to_owned(),
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

/// Whether a filled page has the same blocks as before: template output may contain a marker, and
/// then each build would change the page again.
fn is_stable(id: FileId, path: &str, filled: &str, blocks: &[Block]) -> bool {
    let words = |blocks: &[Block]| {
        blocks
            .iter()
            .map(|block| block.words.clone())
            .collect::<Vec<_>>()
    };
    markers::blocks(id, path, filled).is_ok_and(|again| words(&again) == words(blocks))
}

/// The dialects of an entry's pages.
fn dialects_of(what: &OutputKind) -> &'static [Dialect] {
    if let OutputKind::Page(dialects, _) = what {
        dialects
    } else {
        &[Dialect::Markdown]
    }
}

/// The words of the block that an entry fills; `None` if the markers choose the content.
fn words(entry: &Entry, path: &str, means: &PlanInputs<'_>) -> Option<String> {
    let model = if let Some(model) = &entry.model {
        model.text.clone()
    } else {
        let mut names = means
            .matrices
            .iter()
            .map(|it| it.model().decl.name.as_str());
        names
            .find(|name| {
                entry.path.text.contains("{model}") && filled(&entry.path.text, name, "") == path
            })?
            .to_owned()
    };
    let view = match &entry.what {
        OutputKind::Page(
            _,
            Some(NamedView {
                view,
                party: Some(party),
            }),
        ) => {
            format!("{} party={}", view.name, party.text)
        }
        OutputKind::Page(_, Some(NamedView { view, party: None })) if !view.is_of_party() => {
            view.name.to_owned()
        }
        OutputKind::Template(template) => format!("template={}", template.text),
        _ => return None,
    };
    Some(format!("{model} {view}"))
}
