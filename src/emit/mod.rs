//! Writes outputs, one source file per target: from a checked matrix to text in memory.
//!
//! In: a [`Matrix`], which only the check can make. Out: [`Output`]s with paths relative to the
//! folder that the user chose. Always: the same bytes for the same sources on every platform and
//! run, LF, one final newline, declared order, and everything taken from a source escaped for its
//! target. [`TARGETS`] lists them.

mod asciidoc;
pub mod html;
pub mod json;
mod markdown;
mod rego;
mod target;
pub mod template;

pub use html::TARGET as HTML;
pub use json::TARGET as JSON;
pub use markdown::TARGET as MARKDOWN;
pub use rego::{TARGET as REGO, package};
pub use target::{Dialect, DialectInfo, Folder, Makes, TARGETS, Target};

use std::collections::BTreeMap;

use crate::matrix::Matrix;
use crate::source::Sources;
use crate::view::{Choice, VIEWS};

/// A finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Its path, with `/` between folders.
    pub path: String,
    /// Its content.
    pub text: String,
}

/// Every output of one model for one target; none if the target needs a template.
pub fn emit(target: &Target, matrix: &Matrix, sources: &Sources) -> Vec<Output> {
    match target.makes {
        Makes::Document(document) => vec![Output {
            path: format!(
                "{}/{}.{}",
                target.name,
                matrix.model().decl.name,
                target.extension
            ),
            text: document(matrix, sources),
        }],
        Makes::Pages(dialects) => pages(target, dialects, matrix),
        Makes::Folder(folder) => folder.placed((folder.each)(matrix, sources)),
        Makes::Template => Vec::new(),
    }
}

/// Files that all models of a run share.
pub fn emit_shared(target: &Target, matrices: &[Matrix], sources: &Sources) -> Vec<Output> {
    match target.makes {
        Makes::Folder(folder) if !matrices.is_empty() => {
            folder.placed((folder.shared)(matrices, sources))
        }
        _ => Vec::new(),
    }
}

/// The most cells of a grid, and the most columns. A page with more could not be opened.
const MAX_CELLS: usize = 400_000;
const MAX_COLUMNS: usize = 2000;

/// Why a model is too large for a target, if it is.
#[must_use]
pub fn too_large(target: &Target, matrix: &Matrix) -> Option<String> {
    let model = matrix.model();
    let widest = model.used_axes().max_by_key(|(_, axis)| axis.size())?;
    let (axis, values) = (&widest.1.decl.name, widest.1.size() as usize);
    let is_wide = values > MAX_COLUMNS || values * model.duties.len() > MAX_CELLS;
    (target.draws_grid && is_wide).then(|| {
        format!(
            "the grid of {} is too large for {}: {} duties at {values} values of the axis {axis}; split the model, or write json",
            model.decl.name,
            target.name,
            model.duties.len(),
        )
    })
}

/// Why some models cannot be written into one folder, if they cannot: two of them would have the same
/// name there.
#[must_use]
pub fn clash(folder: &Folder, matrices: &[&Matrix]) -> Option<String> {
    let mut taken: BTreeMap<String, &str> = BTreeMap::new();
    for matrix in matrices {
        let model = matrix.model().decl.name.as_str();
        for name in (folder.takes)(model) {
            if let Some(other) = taken.insert(name.to_lowercase(), model) {
                return Some(format!(
                    "the models {other} and {model} would both be `{name}`"
                ));
            }
        }
    }
    None
}

/// A page for each view; for views of one party, a page for each party.
fn pages(target: &Target, dialects: &[Dialect], matrix: &Matrix) -> Vec<Output> {
    let layout = Layout {
        dialect: Dialect::usual(dialects),
        ..Layout::default()
    };
    let model = matrix.model();
    let choices = VIEWS.into_iter().flat_map(|view| {
        view.choices(model)
            .into_iter()
            .map(|(party, choice)| (view.file_stem(party), choice))
    });
    let output = |(name, choice): (String, Choice)| Output {
        path: format!(
            "{}/{}/{name}.{}",
            target.name, model.decl.name, target.extension
        ),
        text: page(matrix, choice, layout),
    };
    choices.map(output).collect()
}

/// How a page is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Its markup.
    pub dialect: Dialect,
    /// Whether to pad the columns of Markdown tables to equal width. Otherwise each cell has one
    /// space around it, so that changing a cell changes only one line.
    pub aligned: bool,
    /// The level of its headings if it is inserted into another page, which also omits its title;
    /// `None` for a separate page.
    pub level: Option<usize>,
}

/// One view of a model as a page.
pub fn page(matrix: &Matrix, choice: Choice, layout: Layout) -> String {
    laid_out(&choice.page(matrix), layout)
}

/// A page as text.
#[must_use]
pub fn laid_out(page: &crate::view::Page, layout: Layout) -> String {
    (layout.dialect.info().render)(page, layout)
}

/// JSON in which invisible characters, and those that change the reading direction, are written as
/// `\u` and four digits. They occur only in strings, where both forms mean the same.
pub(crate) fn safe_json(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c != '\n' && crate::diagnostic::is_invisible(c) {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                out.push_str(&format!("\\u{unit:04x}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}
