//! The catalogue of targets and of the markup of pages.
//!
//! The flag `--emit`, the manifest and its schema, templates and the documentation are all made
//! from these tables. To add a target, write its file with a `TARGET` of its own and add that to
//! [`TARGETS`].

use super::{Layout, Output, asciidoc, html, json, markdown, rego, template};
use crate::matrix::Matrix;
use crate::source::Sources;
use crate::view::Page;

/// A kind of output.
#[derive(Debug)]
pub struct Target {
    /// Its name, used for the flag, in a manifest, and for the folder of its files.
    pub name: &'static str,
    /// The extension of its files; empty for a folder with several kinds of files.
    pub extension: &'static str,
    /// What it is good for, in a line.
    pub about: &'static str,
    /// Whether it draws a cell for each duty and each value of an axis.
    pub draws_grid: bool,
    /// How it is made.
    pub makes: Makes,
}

/// How a target is made, and so which inputs it needs.
#[derive(Clone, Copy, Debug)]
pub enum Makes {
    /// One document per model.
    Document(fn(&Matrix, &Sources) -> String),
    /// Pages of views, in one of these dialects; the first one if the file name does not decide.
    Pages(&'static [Dialect]),
    /// A folder with all models.
    Folder(Folder),
    /// The output of a user's template.
    Template,
}

/// How a folder with all models is made.
#[derive(Clone, Copy, Debug)]
pub struct Folder {
    /// The folder of its files, below the one that the user chose.
    pub prefix: &'static str,
    /// The files of one model.
    pub each: fn(&Matrix, &Sources) -> Vec<Output>,
    /// The files that all models share.
    pub shared: fn(&[Matrix], &Sources) -> Vec<Output>,
    /// The names that a model takes among those of all models, such as packages.
    pub takes: fn(&str) -> Vec<String>,
}

impl Folder {
    /// The files, with their paths below the folder that the user chose.
    #[must_use]
    pub fn placed(&self, outputs: Vec<Output>) -> Vec<Output> {
        let placed = |output: Output| Output {
            path: format!("{}/{}", self.prefix, output.path),
            ..output
        };
        outputs.into_iter().map(placed).collect()
    }
}

/// Every target, in the order used by help and documentation.
pub static TARGETS: [&Target; 6] = [
    &json::TARGET,
    &markdown::TARGET,
    &asciidoc::TARGET,
    &html::TARGET,
    &rego::TARGET,
    &template::TARGET,
];

impl Target {
    /// The target of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        TARGETS.into_iter().find(|target| target.name == name)
    }

    /// Whether it can be made without a user's template.
    #[must_use]
    pub fn stands_alone(&self) -> bool {
        !matches!(self.makes, Makes::Template)
    }
}

/// How a page is marked up.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dialect {
    /// GitHub-flavoured Markdown.
    #[default]
    Markdown,
    /// Markdown in which braces and tags are code (MDX).
    Mdx,
    /// AsciiDoc.
    AsciiDoc,
}

/// Properties of a dialect.
#[derive(Debug)]
pub struct DialectInfo {
    /// Its display name.
    pub title: &'static str,
    /// The extensions of its files, in lower case.
    pub extensions: &'static [&'static str],
    /// The start and end of a comment; the last pair is the default.
    pub comments: &'static [(&'static str, &'static str)],
    /// Whether the columns of its tables can be given an even width.
    pub aligns: bool,
    /// Writes a page.
    pub render: fn(&Page, Layout) -> String,
    /// Escapes a text from a source so that it is shown unchanged within a line.
    pub text: fn(&str) -> String,
}

impl Dialect {
    /// Every dialect.
    pub const ALL: [Self; 3] = [Self::Markdown, Self::Mdx, Self::AsciiDoc];

    /// Its properties.
    #[must_use]
    pub fn info(self) -> &'static DialectInfo {
        match self {
            Self::Markdown => &markdown::MARKDOWN,
            Self::Mdx => &markdown::MDX,
            Self::AsciiDoc => &asciidoc::ASCIIDOC,
        }
    }

    /// The dialect of a file, if its extension is known.
    #[must_use]
    pub fn of_file(name: &str) -> Option<Self> {
        let (_, extension) = name.rsplit_once('.')?;
        let extension = extension.to_ascii_lowercase();
        Self::ALL
            .into_iter()
            .find(|dialect| dialect.info().extensions.contains(&extension.as_str()))
    }

    /// The dialect of a page, of those that its target knows, if its name does not decide.
    #[must_use]
    pub fn usual(known: &[Self]) -> Self {
        known.first().copied().unwrap_or_default()
    }

    /// The target that makes pages of it.
    #[must_use]
    pub fn target(self) -> Option<&'static Target> {
        TARGETS.into_iter().find(|target| match target.makes {
            Makes::Pages(dialects) => dialects.contains(&self),
            _ => false,
        })
    }
}
