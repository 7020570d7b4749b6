//! The texts of a plan, written in advance on all cores: most of a build's time is spent on them.
//!
//! In: the manifest's outputs that are one document or page a model. Out: their texts, by model and
//! path. Always: only what is certain to be wanted and without a fault; the plan writes the rest
//! itself, and reports what is wrong.

use rustc_hash::FxHashMap;

use super::manifest::{Entry, Manifest, NamedView, OutputKind, Word};
use crate::emit::{self, Dialect, Layout, Target};
use crate::matrix::Matrix;
use crate::model::Model;
use crate::source::{FileId, Sources, Span};
use crate::threads;
use crate::view::{Choice, NoChoice, VIEWS};

/// The texts of one model's outputs, by path.
pub(super) type Texts = FxHashMap<String, String>;

/// Writes the texts of each model; with a name, only for that model.
pub(super) fn render(
    manifest: &Manifest,
    matrices: &mut [Matrix],
    sources: &Sources,
    only: Option<&str>,
) -> Vec<Texts> {
    if only.is_some() {
        return matrices.iter().map(|_| Texts::default()).collect();
    }
    let matrices = matrices.iter_mut().collect();
    threads::each(matrices, true, |matrix: &mut Matrix| {
        of_model(manifest, matrix, sources)
    })
}

/// What a block or an entry shows of one model.
pub(super) struct RenderSpec {
    pub(super) what: OutputKind,
    pub(super) aligned: bool,
    /// The level of a block's headings; `None` for a whole page.
    pub(super) level: Option<usize>,
}

fn of_model(manifest: &Manifest, matrix: &Matrix, sources: &Sources) -> Texts {
    let name = &matrix.model().decl.name;
    let is_meant = |entry: &&Entry| {
        !entry.inject && entry.model.as_ref().is_none_or(|model| model.text == *name)
    };
    let mut texts = Texts::default();
    for entry in manifest.outputs.iter().filter(is_meant) {
        if target_of(&entry.what).is_some_and(|target| emit::too_large(target, matrix).is_some()) {
            continue;
        }
        for (what, party) in each_party(&entry.what, matrix) {
            let path = filled(&entry.path.text, name, &party);
            let shown = RenderSpec {
                what,
                aligned: entry.aligned,
                level: None,
            };
            let text = text(&shown, matrix, sources, &path);
            texts.extend(text.map(|text| (path, text)));
        }
    }
    texts
}

/// A document or page of a model; `None` for anything else, and if its view does not fit the model.
pub(super) fn text(
    shown: &RenderSpec,
    matrix: &Matrix,
    sources: &Sources,
    path: &str,
) -> Option<String> {
    match &shown.what {
        OutputKind::Document(_, document) => Some(document(matrix, sources)),
        OutputKind::Page(dialects, named) => {
            let choice = choice(named.as_ref(), matrix.model()).ok()?;
            let known = Dialect::of_file(path).filter(|dialect| dialects.contains(dialect));
            let layout = Layout {
                dialect: known.unwrap_or_else(|| Dialect::usual(dialects)),
                aligned: shown.aligned,
                level: shown.level,
            };
            Some(emit::page(matrix, choice, layout))
        }
        OutputKind::Folder(_) | OutputKind::Template(_) => None,
    }
}

/// The view that an entry or a marker names, of a model.
///
/// # Errors
/// The model has no such party, or the view needs another choice.
pub(super) fn choice(named: Option<&NamedView>, model: &Model) -> Result<Choice, NoChoice> {
    let (view, party) = named.map_or((VIEWS[0], None), |it| (it.view, it.party.as_ref()));
    view.choose(model, party.map(|party| party.text.as_str()))
}

/// A path with its placeholders filled.
pub(super) fn filled(path: &str, model: &str, party: &str) -> String {
    path.replace("{model}", model).replace("{party}", party)
}

/// A view without a given party is made for each party.
pub(super) fn each_party(what: &OutputKind, matrix: &Matrix) -> Vec<(OutputKind, String)> {
    let OutputKind::Page(dialects, Some(named)) = what else {
        return vec![(what.clone(), String::new())];
    };
    if let Some(party) = &named.party {
        return vec![(what.clone(), party.text.clone())];
    }
    let of_party = |name: Option<&str>| {
        let party = name.map(|name| Word {
            text: name.to_owned(),
            span: Span::new(FileId(0), 0..0),
        });
        let named = NamedView {
            view: named.view,
            party,
        };
        (
            OutputKind::Page(dialects, Some(named)),
            name.unwrap_or_default().to_owned(),
        )
    };
    let choices = named.view.choices(matrix.model());
    choices
        .into_iter()
        .map(|(party, _)| of_party(party))
        .collect()
}

/// The target whose limits an output must keep.
pub(super) fn target_of(what: &OutputKind) -> Option<&'static Target> {
    match what {
        OutputKind::Document(target, _) => Some(*target),
        OutputKind::Page(dialects, _) => Dialect::usual(dialects).target(),
        OutputKind::Folder(_) | OutputKind::Template(_) => None,
    }
}
