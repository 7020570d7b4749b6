//! Which thing each name of the files means: what an editor asks for, and nobody else.
//!
//! Always: a mention covers one name, without the path before it; a thing is told by its kind and
//! by the name that declares it, so two models that share a party mean one thing.

use crate::source::Span;

/// What a name can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
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
pub struct Thing {
    /// What it is.
    pub kind: Kind,
    /// The name that declares it; of a file, its beginning.
    pub declared: Span,
}

/// A name in a file, and what it means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Mention {
    /// The name.
    pub span: Span,
    /// What it means.
    pub thing: Thing,
}

impl Mention {
    /// It is the name that declares the thing.
    #[must_use]
    pub fn declares(&self) -> bool {
        self.span == self.thing.declared
    }
}

/// Takes in mentions, if anybody wants them.
#[derive(Debug, Default)]
pub struct Mentions {
    list: Option<Vec<Mention>>,
}

impl Mentions {
    /// Forgets what it is told, or with `wanted`, keeps it.
    #[must_use]
    pub fn new(wanted: bool) -> Self {
        Self {
            list: wanted.then(Vec::new),
        }
    }

    /// Whether anybody wants them.
    #[must_use]
    pub fn wanted(&self) -> bool {
        self.list.is_some()
    }

    /// A path, or its last name, means something.
    pub fn add(&mut self, kind: Kind, path: Span, text: &str, declared: Span) {
        if let Some(list) = &mut self.list {
            list.push(Mention {
                span: last_name(path, text),
                thing: Thing { kind, declared },
            });
        }
    }

    /// A declaration bears a name.
    pub fn declare(&mut self, kind: Kind, name: Span) {
        if let Some(list) = &mut self.list {
            list.push(Mention {
                span: name,
                thing: Thing {
                    kind,
                    declared: name,
                },
            });
        }
    }

    /// Takes in those of another.
    pub fn take(&mut self, other: Self) {
        if let (Some(list), Some(more)) = (&mut self.list, other.list) {
            list.extend(more);
        }
    }

    /// All of them in the order of the files, each once.
    #[must_use]
    pub fn finish(self) -> Vec<Mention> {
        let mut list = self.list.unwrap_or_default();
        list.sort_unstable();
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
