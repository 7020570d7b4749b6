//! What the names of parties, axes and frameworks mean in one model.

use std::collections::HashSet;

use rustc_hash::FxHashMap;

use super::scope::FileNames;
use crate::load::Loaded;
use crate::model::PartyId;
use crate::source::Sources;
use crate::space::AxisId;
use crate::syntax::ast;

/// One model of one file, and all that it can see.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a, 's> {
    /// Every file of the run.
    pub loaded: &'a Loaded<'s>,
    /// Their texts.
    pub sources: &'s Sources,
    /// The names that each file can use.
    pub files: &'a [FileNames<'a, 's>],
    /// The file of the model.
    pub file: usize,
    /// The model.
    pub ast: &'a ast::Model<'s>,
}

impl<'a, 's> Scope<'a, 's> {
    /// The names that the model's file can use.
    pub(super) fn names(&self) -> &'a FileNames<'a, 's> {
        &self.files[self.file]
    }
}

/// The names of one model.
#[derive(Default)]
pub(super) struct Names<'s> {
    /// Parties by name.
    pub parties: FxHashMap<String, PartyId>,
    /// Axes and options by name.
    pub axes: FxHashMap<String, AxisId>,
    /// Frameworks by name: the place in the model's list.
    pub frameworks: FxHashMap<String, usize>,
    /// The normalised control ids of each framework; `None` if they are unknown.
    pub controls: Vec<Option<Vec<String>>>,
    /// Axes whose values could not be read.
    pub faulty_axes: HashSet<AxisId>,
    /// Names that an unreadable statement of the model may have declared.
    pub maybe: HashSet<&'s str>,
    /// The declaration of each party, by its number.
    pub party_decls: Vec<usize>,
    /// The declaration of each axis, by its number.
    pub axis_decls: Vec<usize>,
}

impl Names<'_> {
    /// The party made from the declaration with this address.
    pub(super) fn party_of(&self, address: usize) -> Option<PartyId> {
        let at = self
            .party_decls
            .iter()
            .position(|&known| known == address)?;
        Some(PartyId(super::count(at)))
    }
}
