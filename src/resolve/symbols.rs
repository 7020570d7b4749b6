//! Which declaration each name in the files refers to; only editors need this.
//!
//! Always: a reference covers one name, without the path before it; a symbol is identified by its
//! kind and the name that declares it, so a party shared by two models is one symbol.

use std::ops::Range;

use crate::source::Span;

/// The kinds of things that a name can refer to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum SymbolKind {
    /// A party.
    Party,
    /// An axis or option.
    Axis,
    /// A value of an axis.
    Value,
    /// A framework.
    Framework,
    /// A model.
    Model,
    /// An area.
    Area,
    /// A duty.
    Duty,
    /// A file that another uses.
    File,
}

/// Something declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Symbol {
    /// What it is.
    pub kind: SymbolKind,
    /// The name that declares it; of a file, its beginning.
    pub declared: Span,
}

/// A name in a file, and the symbol it refers to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SymbolRef {
    /// The name.
    pub span: Span,
    /// What it means.
    pub symbol: Symbol,
}

impl SymbolRef {
    /// Whether it is the name in the declaration.
    #[must_use]
    pub fn declares(&self) -> bool {
        self.span == self.symbol.declared
    }
}

/// Collects references, if requested.
#[derive(Debug, Default)]
pub struct SymbolRefs {
    list: Option<Vec<SymbolRef>>,
}

impl SymbolRefs {
    /// With `wanted`, keeps the references; otherwise drops them.
    #[must_use]
    pub fn new(wanted: bool) -> Self {
        Self {
            list: wanted.then(Vec::new),
        }
    }

    /// Whether references are collected.
    #[must_use]
    pub fn wanted(&self) -> bool {
        self.list.is_some()
    }

    /// Records what a path, or its last name, refers to.
    pub fn add(&mut self, kind: SymbolKind, path: Span, text: &str, declared: Span) {
        if let Some(list) = &mut self.list {
            list.push(SymbolRef {
                span: last_name(path, text),
                symbol: Symbol { kind, declared },
            });
        }
    }

    /// Records the name of a declaration.
    pub fn declare(&mut self, kind: SymbolKind, name: Span) {
        if let Some(list) = &mut self.list {
            list.push(SymbolRef {
                span: name,
                symbol: Symbol {
                    kind,
                    declared: name,
                },
            });
        }
    }

    /// How many there are so far.
    #[must_use]
    pub fn count(&self) -> usize {
        self.list.as_ref().map_or(0, Vec::len)
    }

    /// Adds the references found in one text, by their numbers, for the same text at another place.
    pub fn repeat(&mut self, known: Range<usize>, from: Span, to: Span) {
        let Some(list) = &mut self.list else {
            return;
        };
        for at in known {
            let SymbolRef { span, symbol } = list[at];
            let (start, end) = (span.start - from.start, span.end - from.start);
            let span = Span {
                file: to.file,
                start: to.start + start,
                end: to.start + end,
            };
            list.push(SymbolRef { span, symbol });
        }
    }

    /// Adds the references of another collection.
    pub fn take(&mut self, other: Self) {
        if let (Some(list), Some(more)) = (&mut self.list, other.list) {
            list.extend(more);
        }
    }

    /// All of them in the order of the files, each once.
    #[must_use]
    pub fn finish(self) -> Vec<SymbolRef> {
        let mut list = self.list.unwrap_or_default();
        // Nearly sorted: a stable sort makes use of that.
        list.sort();
        list.dedup();
        list
    }
}

/// The last name of a path.
fn last_name(path: Span, text: &str) -> Span {
    let before = text.rfind('.').map_or(0, |at| at + 1);
    let range = path.range();
    Span::new(path.file, range.start + before..range.end)
}
