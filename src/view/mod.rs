//! Projections for readers: what a page shows of a matrix, before anybody decides on Markdown or
//! HTML.
//!
//! In: a [`Matrix`]. Out: a [`Page`] of blocks whose texts are plain: escaping is the emitter's.
//! Always: nothing is shown that the matrix does not say, and conditions are as few as can be.

mod checklist;
mod matrix;
mod raci;
mod sources;
mod words;

use crate::matrix::Matrix;
use crate::model::PartyId;

pub use matrix::{Slot, Spread, main_axis, spread};
pub use sources::source;
pub use words::{Words, area_title, closing, opening, owners, when};

/// A run of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// As it is.
    Plain(String),
    /// Set off.
    Strong(String),
    /// Words of the language: letters, digits and the signs of paths and conditions.
    Code(String),
    /// A link; only `http`, `https` and `mailto` addresses become one.
    Link {
        /// What is shown.
        text: String,
        /// Where it leads.
        url: String,
    },
}

/// Text within a block.
pub type Inline = Vec<Run>;

/// Plain text.
#[must_use]
pub fn plain(text: impl Into<String>) -> Inline {
    vec![Run::Plain(text.into())]
}

/// An item of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Item {
    /// Its text.
    pub text: Inline,
    /// What belongs to it, a level deeper.
    pub details: Vec<Inline>,
}

/// A piece of a page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Block {
    /// A heading below the page's title.
    Heading(Inline),
    /// A paragraph.
    Paragraph(Inline),
    /// A table.
    Table {
        /// The headings.
        head: Vec<Inline>,
        /// The rows, each with a cell for every heading.
        rows: Vec<Vec<Inline>>,
    },
    /// A list.
    List(Vec<Item>),
    /// A list of things to tick.
    Tasks(Vec<Item>),
    /// A numbered list; marks in tables refer to its numbers.
    Notes(Vec<Inline>),
}

/// What a reader sees.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// What stands on it.
    pub blocks: Vec<Block>,
}

/// A way to look at a matrix.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum View {
    /// Duties by area, one axis across.
    Matrix,
    /// Duties by area, parties across, letters in the cells.
    Raci,
    /// One party's duties, to be ticked.
    Checklist(PartyId),
    /// Where each statement comes from.
    Sources,
}

/// The page that a view shows.
pub fn page(matrix: &Matrix, view: View) -> Page {
    match view {
        View::Matrix => matrix::page(matrix),
        View::Raci => raci::page(matrix),
        View::Checklist(party) => checklist::page(matrix, party),
        View::Sources => sources::page(matrix),
    }
}
