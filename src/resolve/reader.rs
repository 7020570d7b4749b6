//! What all readers of statements share: the model as far as it is read, what its names mean, and
//! what is in doubt.

use rustc_hash::FxHashMap;

use super::index::{Index, duties_below};
use super::names::{Names, Scope};
use super::symbols::{SymbolKind, SymbolRefs};
use super::wording;
use crate::diagnostic::Diagnostic;
use crate::model::{CondId, DutyId, Model, Node};
use crate::syntax::ast::Path;

/// A model while its statements are read.
pub(super) struct Reader<'a, 's> {
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

impl Reader<'_, '_> {
    /// Reports a name of a party, an axis or a framework that nothing declares.
    pub(super) fn report_unknown(&mut self, kind: SymbolKind, path: &Path<'_>) {
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
    pub(super) fn excused(&self, path: &str) -> bool {
        self.scope.names().excused(path) || self.names.maybe.contains(path)
    }

    /// Whether a statement that could not be read may have declared this.
    pub(super) fn maybe_declared(&self, path: &str) -> bool {
        self.scope.ast.faulty
            || self.scope.names().maybe.contains(path)
            || self.names.maybe.contains(path)
    }

    /// Not all that was written about these duties is known.
    pub(super) fn doubt(&mut self, duties: &[DutyId]) {
        for duty in duties {
            self.model.duties[duty.0 as usize].uncertain = true;
        }
    }

    /// Not all that was written about the duties of an area, or about a duty, is known.
    pub(super) fn doubt_below(&mut self, node: Node) {
        let duties = duties_below(&self.model, node);
        self.doubt(&duties);
    }
}
