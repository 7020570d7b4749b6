//! Views of a matrix: what a page shows, independent of Markdown or HTML.
//!
//! In: a [`Matrix`]. Out: a [`Page`] of blocks whose texts are plain: escaping is the emitter's.
//! Always: a page shows only what is in the matrix, with as few conditions as possible.

mod checklist;
mod closing;
mod matrix;
mod raci;
mod sources;
mod words;

use crate::diagnostic::suggest::one_of;
use crate::matrix::Matrix;
use crate::model::{Model, PartyId};

pub use closing::closing;
pub use matrix::{Slot, Spread, main_axis, spread};
pub use sources::{origins, source};
pub use words::{Words, area_title, opening, owners, when};

/// A run of text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Run {
    /// As it is.
    Plain(String),
    /// Bold text.
    Strong(String),
    /// Code in the language: letters, digits and the characters of paths and conditions.
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

/// A page of text for a reader.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page {
    /// Its title.
    pub title: String,
    /// Its content.
    pub blocks: Vec<Block>,
}

/// A way to look at a matrix.
#[derive(Debug)]
pub struct View {
    /// Its name, for a flag, in a manifest, a marker and a template.
    pub name: &'static str,
    /// What it shows, in a line.
    pub about: &'static str,
    /// Its page.
    shows: Shows,
}

/// How to make a view's page, for a model or for one party.
#[derive(Clone, Copy, Debug)]
enum Shows {
    /// A whole model.
    Model(fn(&Matrix) -> Page),
    /// One party of a model.
    Party(fn(&Matrix, PartyId) -> Page),
}

/// Every view, in the order used by help and documentation; the first is the default.
pub static VIEWS: [&View; 4] = [&matrix::VIEW, &raci::VIEW, &checklist::VIEW, &sources::VIEW];

/// A view of one model, with its party if it needs one.
#[derive(Clone, Copy, Debug)]
pub struct Choice(Chosen);

#[derive(Clone, Copy, Debug)]
enum Chosen {
    Model(fn(&Matrix) -> Page),
    Party(fn(&Matrix, PartyId) -> Page, PartyId),
}

/// Why a view cannot be shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoChoice {
    /// The view needs a party, and none was given.
    NeedsParty,
    /// The view takes no party, and one was given.
    TakesNoParty,
    /// The model names no such party.
    NoSuchParty,
}

impl View {
    /// The view of this name.
    #[must_use]
    pub fn named(name: &str) -> Option<&'static Self> {
        VIEWS.into_iter().find(|view| view.name == name)
    }

    /// What to write instead of a name that no view has.
    #[must_use]
    pub fn instead_of(name: &str) -> String {
        one_of(name, &VIEWS.map(|view| view.name), "the views are")
    }

    /// Whether each of its pages is about one party.
    #[must_use]
    pub fn is_of_party(&self) -> bool {
        matches!(self.shows, Shows::Party(_))
    }

    /// Selects the view of a model and, if it needs one, the party.
    ///
    /// # Errors
    /// The party does not fit the view or the model.
    pub fn choose(&self, model: &Model, party: Option<&str>) -> Result<Choice, NoChoice> {
        match (self.shows, party) {
            (Shows::Model(page), None) => Ok(Choice(Chosen::Model(page))),
            (Shows::Model(_), Some(_)) => Err(NoChoice::TakesNoParty),
            (Shows::Party(_), None) => Err(NoChoice::NeedsParty),
            (Shows::Party(page), Some(name)) => model
                .used_parties()
                .find(|(_, party)| party.decl.name == name)
                .map(|(id, _)| Choice(Chosen::Party(page, id)))
                .ok_or(NoChoice::NoSuchParty),
        }
    }

    /// Every page of the view: one, or one for each party by its name.
    #[must_use]
    pub fn choices<'m>(&self, model: &'m Model) -> Vec<(Option<&'m str>, Choice)> {
        match self.shows {
            Shows::Model(page) => vec![(None, Choice(Chosen::Model(page)))],
            Shows::Party(page) => model
                .used_parties()
                .map(|(id, party)| {
                    (
                        Some(party.decl.name.as_str()),
                        Choice(Chosen::Party(page, id)),
                    )
                })
                .collect(),
        }
    }

    /// The file name of the view, including the party if it has one.
    #[must_use]
    pub fn file_stem(&self, party: Option<&str>) -> String {
        party.map_or_else(
            || self.name.to_owned(),
            |party| format!("{}-{party}", self.name),
        )
    }
}

impl Choice {
    /// The page that is shown.
    #[must_use]
    pub fn page(self, matrix: &Matrix) -> Page {
        match self.0 {
            Chosen::Model(page) => page(matrix),
            Chosen::Party(page, party) => page(matrix, party),
        }
    }
}
