//! The third phase: every statement of a model, its names looked up.
//!
//! In: a model whose declarations are known, and an index of them. Out: the finished model, and
//! what is wrong with its statements. A file a family of statements reads them; what they share is
//! the [`Reader`].

use rustc_hash::FxHashMap;

use super::declare::{Declared, Todo};
use super::index::{Index, duties_below};
use super::names::{Names, Scope};
use super::symbols::{SymbolKind, SymbolRefs};
use super::{claims, conditions, constraints, fields, parties, scope, tables, targets, wording};
use crate::diagnostic::Diagnostic;
use crate::model::{CondId, DutyId, Model, Node};
use crate::syntax::ast::{self, Item, Path};

/// A model while its statements are read.
pub struct Reader<'a, 's> {
    /// The model and what it can see.
    pub scope: Scope<'a, 's>,
    /// What is known of the model.
    pub model: Model,
    /// What names mean in it.
    pub names: Names<'s>,
    /// Its areas and duties.
    pub index: Index,
    /// Conditions already read, by how they are written.
    pub conditions: FxHashMap<&'s str, CondId>,
    /// What is wrong.
    pub faults: Vec<Diagnostic>,
    /// What names mean, if anybody wants to know.
    pub refs: SymbolRefs,
}

/// A model that was read whole.
pub struct ReadModel {
    /// The model.
    pub model: Model,
    /// What is wrong with it.
    pub faults: Vec<Diagnostic>,
    /// What names mean, if anybody wants to know.
    pub refs: SymbolRefs,
    /// The declarations that its statements name, by address.
    pub used: Vec<usize>,
}

/// Reads what is left of a model. Its claims, those of the model itself first and then of each area
/// in the order of their declarations, are given up one by one as they are read, so that tree and
/// model never stand side by side.
pub fn read<'a, 's>(
    scope: Scope<'a, 's>,
    declared: Declared<'a, 's>,
    claims: Vec<Vec<ast::Claim<'s>>>,
) -> ReadModel {
    let mut reader = Reader {
        scope,
        index: Index::new(&declared.model),
        model: declared.model,
        names: declared.names,
        conditions: FxHashMap::default(),
        faults: declared.faults,
        refs: declared.refs,
    };
    reader.statements(declared.todo, claims);
    reader.finish()
}

impl<'a, 's> Reader<'a, 's> {
    fn statements(&mut self, todo: Todo<'a, 's>, claims: Vec<Vec<ast::Claim<'s>>>) {
        parties::read(self);
        self.blocks(&todo);
        for (duty, condition) in todo.conditions {
            match conditions::when(self, condition) {
                Some(cond) => self.model.duties[duty.0 as usize].when = cond,
                None => self.doubt(&[duty]),
            }
        }
        for (area, item) in todo.statements {
            match item {
                Item::Table(it) => tables::read(self, it, area),
                Item::Impossible(it) => constraints::impossible(self, it),
                Item::Ensure(it) => constraints::ensure(self, it, area),
                Item::Separate(it) => constraints::separate(self, it, area),
                Item::Allow(it) => constraints::allow(self, it, area),
                Item::Broken(it) => targets::doubt_words(self, it),
                _ => {}
            }
        }
        for (area, body) in todo.bodies.into_iter().zip(claims) {
            for claim in body {
                claims::read(self, &claim, area);
            }
        }
        // A statement outside every model may have been meant for this one.
        for item in &self.scope.loaded.files[self.scope.file].file.items {
            if let Item::Broken(broken) = item {
                let meant = targets::duties_meant(self, broken);
                self.doubt(&meant);
            }
        }
    }

    /// The blocks of the model, its areas and duties.
    fn blocks(&mut self, todo: &Todo<'a, 's>) {
        self.model.notes = fields::annotations(self, &self.scope.ast.fields);
        fields::of_model(self);
        for (node, block) in &todo.blocks {
            let notes = fields::annotations(self, block);
            match node {
                Node::Area(id) => self.model.areas[id.0 as usize].notes = notes,
                Node::Duty(id) => self.model.duties[id.0 as usize].notes = notes,
            }
        }
    }

    /// The finished model, its claims in the order of the file.
    fn finish(mut self) -> ReadModel {
        if self.model.uncertain {
            let duties = self.model.duties.iter_mut();
            duties.for_each(|duty| duty.uncertain = true);
        }
        // Tables were read before the claims between them.
        self.model.claims.sort_by_key(|claim| claim.head);
        ReadModel {
            used: self.used(),
            model: self.model,
            faults: self.faults,
            refs: self.refs,
        }
    }

    /// The declarations that its statements name.
    fn used(&self) -> Vec<usize> {
        let names = &self.names;
        let parties = self.model.parties.iter().zip(&names.party_decls);
        let parties = parties.filter(|(party, _)| party.used);
        let axes = self.model.axes.iter().zip(&names.axis_decls);
        let axes = axes.filter(|(axis, _)| axis.used);
        let own = self.scope.ast.items.iter();
        let groups = own.filter_map(|item| match item {
            Item::Party(it) => Some(it),
            _ => None,
        });
        let members = groups.flat_map(scope::joins);
        let members = members.filter_map(|path| names.parties.get(path.node));
        let members = members.map(|id| names.party_decls[id.0 as usize]);
        parties
            .map(|(_, &decl)| decl)
            .chain(axes.map(|(_, &decl)| decl))
            .chain(members)
            .collect()
    }

    /// Reports a name of a party, an axis or a framework that nothing declares.
    pub fn report_unknown(&mut self, kind: SymbolKind, path: &Path<'_>) {
        if self.excused(path.node) {
            return;
        }
        let names: Vec<&str> = match kind {
            SymbolKind::Party => self.names.parties.keys().map(String::as_str).collect(),
            SymbolKind::Axis => self.names.axes.keys().map(String::as_str).collect(),
            _ => self.names.frameworks.keys().map(String::as_str).collect(),
        };
        self.faults.push(wording::unknown(kind, path, names));
    }

    /// Whether a name that means nothing may be the fault of something already reported.
    pub fn excused(&self, path: &str) -> bool {
        self.scope.names().excused(path) || self.names.maybe.contains(path)
    }

    /// Whether a statement that could not be read may have declared this.
    pub fn maybe_declared(&self, path: &str) -> bool {
        self.scope.ast.faulty
            || self.scope.names().maybe.contains(path)
            || self.names.maybe.contains(path)
    }

    /// Not all that was written about these duties is known.
    pub fn doubt(&mut self, duties: &[DutyId]) {
        for duty in duties {
            self.model.duties[duty.0 as usize].uncertain = true;
        }
    }

    /// Not all that was written about the duties of an area, or about a duty, is known.
    pub fn doubt_below(&mut self, node: Node) {
        let duties = duties_below(&self.model, node);
        self.doubt(&duties);
    }
}
