//! State shared by all statement readers: the model so far, what its names mean, and what is
//! uncertain.

use std::cell::OnceCell;

use rustc_hash::FxHashMap;

use super::cells::Called;
use super::conditions::KnownCondition;
use super::fields::is_blank;
use super::index::{Index, duties_below};
use super::names::{Names, Scope};
use super::symbols::{SymbolKind, SymbolRefs};
use super::{cells, wording};
use crate::diagnostic::{Diagnostic, trimmed};
use crate::model::{DutyId, Model, Node};
use crate::syntax::ast::{Path, Text};

/// A model while its statements are read.
pub(super) struct ModelReader<'a, 's> {
    /// The model and what it can see.
    pub scope: Scope<'a, 's>,
    /// What is known of the model.
    pub model: Model,
    /// What names mean in it.
    pub names: Names<'s>,
    /// Its areas and duties.
    pub index: Index,
    /// Conditions already read, by their text.
    pub conditions: FxHashMap<&'s str, KnownCondition>,
    /// What is wrong.
    pub faults: Vec<Diagnostic>,
    /// What names mean, if requested.
    pub refs: SymbolRefs,
    /// The parties by all that they are called, computed on demand.
    pub called: OnceCell<Called>,
    /// How many names may still be compared with misspelt ones.
    pub comparisons: usize,
}

/// The names that are compared with misspelt ones in one model: far more than a person makes typos, and
/// few enough for a generated file with thousands of unknown names.
pub(super) const COMPARISONS: usize = 2_000_000;

impl ModelReader<'_, '_> {
    /// Whether a misspelt name may be compared with so many others.
    pub(super) fn may_compare(&mut self, names: usize) -> bool {
        let may = names <= self.comparisons;
        self.comparisons = self.comparisons.saturating_sub(names);
        may
    }

    /// Reports a name of a party, an axis or a framework that nothing declares.
    pub(super) fn report_unknown(&mut self, kind: SymbolKind, path: &Path<'_>) {
        if !self.excused(path.node) {
            let names = self.names.parties.len().max(self.names.axes.len());
            let fault = if self.may_compare(names) {
                self.unknown(kind, path)
            } else {
                wording::unknown(kind, path, [])
            };
            self.faults.push(fault);
        }
    }

    /// The finding about a name that nothing declares. A party may be meant by its title.
    pub(super) fn unknown(&self, kind: SymbolKind, path: &Path<'_>) -> Diagnostic {
        let names: Vec<&str> = match kind {
            SymbolKind::Party => self.names.parties.keys().map(String::as_str).collect(),
            SymbolKind::Axis => self.names.axes.keys().map(String::as_str).collect(),
            _ => self.names.frameworks.keys().map(String::as_str).collect(),
        };
        let is_party = kind == SymbolKind::Party;
        let meant = cells::party_called(self, path.node).filter(|_| is_party);
        let fault = wording::unknown_or(kind, path, names, meant);
        let has_value =
            |axis: &&crate::model::Axis| axis.values.iter().any(|(value, _)| value == path.node);
        let axis = self.model.axes.iter().find(has_value);
        match axis.filter(|_| kind == SymbolKind::Axis && fault.help.is_empty()) {
            Some(axis) => {
                let (axis, value) = (&axis.decl.name, path.node);
                fault.help(format!(
                    "`{value}` is a value of `{axis}`: write `{axis} = {value}`, or `{axis} in {{ …, {value} }}`"
                ))
            }
            None => fault,
        }
    }

    /// Whether an unknown name may be the result of a fault already reported.
    pub(super) fn excused(&self, path: &str) -> bool {
        self.scope.names().excused(path) || self.names.maybe.contains(path)
    }

    /// Whether a statement that could not be read may have declared this.
    pub(super) fn maybe_declared(&self, path: &str) -> bool {
        self.scope.ast.faulty
            || self.scope.names().maybe.contains(path)
            || self.names.maybe.contains(path)
    }

    /// Reports texts in which nothing is written. One right before another quote is the beginning of a
    /// text block that is never closed, which is reported already.
    pub(super) fn report_blank<'t>(&mut self, texts: impl IntoIterator<Item = &'t Text<'t>>) {
        for text in texts {
            let file = self.scope.sources.text(text.span.file);
            let rest = file.get(text.span.range().end..).unwrap_or("");
            // A text with a fault in it is read as an empty one.
            let written = file.get(text.span.range()).unwrap_or("");
            let is_empty = trimmed(written.trim_matches('"')).is_empty();
            if is_blank(text) && is_empty && !rest.starts_with('"') {
                self.faults.push(wording::empty_text(text));
            }
        }
    }

    /// Marks these duties as uncertain: a statement about them was not understood.
    pub(super) fn doubt(&mut self, duties: &[DutyId]) {
        for duty in duties {
            self.model.duties[duty.0 as usize].uncertain = true;
        }
    }

    /// Marks a duty, or all duties of an area, as uncertain.
    pub(super) fn doubt_below(&mut self, node: Node) {
        let duties = duties_below(&self.model, node);
        self.doubt(&duties);
    }
}
