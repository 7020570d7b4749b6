//! What the names of parties, axes and frameworks mean in one model.

use std::collections::HashSet;

use rustc_hash::FxHashMap;

use super::controls::ControlIds;
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
    /// The controls of each framework; `None` if they are unknown.
    pub controls: Vec<Option<ControlIds>>,
    /// Axes whose values could not be read.
    pub faulty_axes: HashSet<AxisId>,
    /// Names that an unreadable statement of the model may have declared.
    pub maybe: HashSet<&'s str>,
    /// The declaration of each party, by its number.
    pub party_decls: Vec<usize>,
    /// The declaration of each axis, by its number.
    pub axis_decls: Vec<usize>,
    /// The number of each axis, by its declaration.
    pub axis_by_decl: FxHashMap<usize, AxisId>,
    /// The number of each framework, by its declaration.
    pub framework_by_decl: FxHashMap<usize, usize>,
    /// The number of each party, by its declaration.
    party_by_decl: FxHashMap<usize, PartyId>,
}

impl<'s> Names<'s> {
    /// No names yet; unreadable statements may have declared these.
    pub(super) fn new(maybe: Vec<&'s str>) -> Self {
        Self {
            maybe: maybe.into_iter().collect(),
            ..Self::default()
        }
    }

    /// The party made from the declaration with this address.
    pub(super) fn party_of(&self, address: usize) -> Option<PartyId> {
        self.party_by_decl.get(&address).copied()
    }

    /// Notes that the next party is made from the declaration with this address.
    pub(super) fn add_party(&mut self, address: usize) {
        let id = PartyId(super::count(self.party_decls.len()));
        self.party_decls.push(address);
        self.party_by_decl.insert(address, id);
    }
}
