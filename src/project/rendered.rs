//! The texts of a plan, written in advance on all cores: most of a build's time is spent on them.
//!
//! In: the manifest's outputs that are one document or page a model. Out: their texts, by model and
//! path. Always: only what is certain to be wanted and without a fault; the plan writes the rest
//! itself, and reports what is wrong.

use rustc_hash::FxHashMap;

use super::manifest::{Entry, Manifest, NamedView, OutputKind};
use super::plan::{RenderSpec, each_party, filled, target_of};
use crate::emit::{self, Dialect, Layout};
use crate::matrix::Matrix;
use crate::model::Model;
use crate::source::Sources;
use crate::view::{Choice, NoChoice, VIEWS};

/// With fewer models than this, one core does.
const WORTH_THREADS: usize = 8;

/// The texts of one model's outputs, by path.
pub(super) type Texts = FxHashMap<String, String>;

/// Writes the texts of each model; with a name, only for that model.
pub(super) fn render(
    manifest: &Manifest,
    matrices: &mut [Matrix],
    sources: &Sources,
    only: Option<&str>,
) -> Vec<Texts> {
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    if matrices.len() < WORTH_THREADS || threads == 1 || only.is_some() {
        return matrices.iter().map(|_| Texts::default()).collect();
    }
    let share = matrices.len().div_ceil(threads);
    let of_all = |some: &mut [Matrix]| -> Vec<Texts> {
        some.iter()
            .map(|matrix| of_model(manifest, matrix, sources))
            .collect()
    };
    std::thread::scope(|scope| {
        let parts: Vec<_> = matrices
            .chunks_mut(share)
            .map(|some| scope.spawn(move || of_all(some)))
            .collect();
        let texts = parts.into_iter().map(|part| match part.join() {
            Ok(texts) => texts,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        texts.flatten().collect()
    })
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
