//! A file a target: from a checked matrix to bytes in memory.
//!
//! In: a [`Matrix`], which only the check can make. Out: [`Output`]s with paths relative to the
//! folder that the user chose. Always: the same bytes for the same sources on every platform and
//! run, LF, one final newline, declared order, and everything taken from a source escaped for its
//! target. To add a target, write a file with one function from a matrix to outputs and name it in
//! [`Target`].

mod asciidoc;
pub mod html;
pub mod json;
mod markdown;
mod rego;
pub mod template;

pub use rego::package;

use crate::matrix::Matrix;
use crate::source::Sources;
use crate::view::View;

/// A finished file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Output {
    /// Where it belongs, with `/` between folders.
    pub path: String,
    /// Its content.
    pub text: String,
}

/// What can be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub enum Target {
    /// One JSON document a model, of the schema `schema/matrix-1.json`
    Json,
    /// Pages: matrix, raci, sources, and a checklist for each party
    Markdown,
    /// A page to look at, in one file a model
    Html,
    /// A bundle for Open Policy Agent
    Rego,
}

/// Every output of one model for one target.
pub fn emit(target: Target, matrix: &Matrix, sources: &Sources) -> Vec<Output> {
    match target {
        Target::Json => vec![Output {
            path: format!("json/{}.json", matrix.model().decl.name),
            text: json::emit(matrix, sources),
        }],
        Target::Markdown => pages(matrix),
        Target::Html => vec![Output {
            path: format!("html/{}.html", matrix.model().decl.name),
            text: html::emit(matrix, sources),
        }],
        Target::Rego => rego::emit(matrix, sources),
    }
}

/// Files that all models of a run share.
pub fn emit_shared(target: Target, matrices: &[Matrix], sources: &Sources) -> Vec<Output> {
    match target {
        Target::Rego if !matrices.is_empty() => vec![rego::manifest(matrices, sources)],
        _ => Vec::new(),
    }
}

fn pages(matrix: &Matrix) -> Vec<Output> {
    let folder = format!("markdown/{}", matrix.model().decl.name);
    let parties: Vec<_> = matrix
        .model()
        .used_parties()
        .map(|(id, party)| (id, party.decl.name.clone()))
        .collect();
    let mut views = vec![
        (View::Matrix, "matrix".to_owned()),
        (View::Raci, "raci".to_owned()),
        (View::Sources, "sources".to_owned()),
    ];
    views.extend(
        parties
            .into_iter()
            .map(|(id, name)| (View::Checklist(id), format!("checklist-{name}"))),
    );
    let output = |(view, name): (View, String)| Output {
        path: format!("{folder}/{name}.md"),
        text: page(matrix, view, Layout::default()),
    };
    views.into_iter().map(output).collect()
}

/// How a page is marked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// GitHub-flavoured Markdown.
    #[default]
    Markdown,
    /// Markdown in which braces and tags are programs.
    Mdx,
    /// AsciiDoc.
    AsciiDoc,
}

/// How a page is laid out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Layout {
    /// Its markup.
    pub dialect: Dialect,
    /// Columns of Markdown have an even width; else there is one blank around each cell, so that a
    /// change in one cell changes one line.
    pub aligned: bool,
    /// It goes into another page: without its title, its headings at this level. `None` for a page
    /// of its own.
    pub level: Option<usize>,
}

/// One view of a model as a page.
pub fn page(matrix: &Matrix, view: View, layout: Layout) -> String {
    laid_out(&crate::view::page(matrix, view), layout)
}

/// A text that shows as itself within a line of a page.
fn text(text: &str, dialect: Dialect) -> String {
    match dialect {
        Dialect::AsciiDoc => asciidoc::text(text),
        Dialect::Markdown | Dialect::Mdx => markdown::text(text, dialect),
    }
}

/// A page as text.
#[must_use]
pub fn laid_out(page: &crate::view::Page, layout: Layout) -> String {
    match layout.dialect {
        Dialect::AsciiDoc => asciidoc::render(page, layout.level),
        Dialect::Markdown | Dialect::Mdx => markdown::render(page, layout),
    }
}

/// JSON in which no character hides or turns the reading direction: such ones can stand only
/// within strings, where `\u` and four digits mean the same.
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
