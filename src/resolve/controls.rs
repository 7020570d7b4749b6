//! Control ids of frameworks, normalised for comparison.

use rustc_hash::FxHashSet;

use crate::diagnostic::suggest::{Near, nearest};
use crate::load::{Controls, Loaded};
use crate::syntax::ast;
use crate::syntax::vocabulary::FieldKind;

/// Normalises a control id: `AC-2(1)` from NIST SP 800-53 and `ac-2.1` from OSCAL are the same.
#[must_use]
fn comparable(id: &str) -> String {
    let id = id.trim().to_lowercase();
    id.replace([' ', ')'], "").replace('(', ".")
}

/// The controls of a framework.
#[derive(Debug, Default)]
pub(super) struct ControlIds {
    /// Each id, normalised and as the framework writes it.
    list: Vec<(String, String)>,
    known: FxHashSet<String>,
}

impl ControlIds {
    fn add(&mut self, written: String) {
        let id = comparable(&written);
        if self.known.insert(id.clone()) {
            self.list.push((id, written));
        }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.list.len()
    }

    /// Whether the framework has this control, however it is written.
    pub(super) fn has(&self, id: &str) -> bool {
        self.known.contains(&comparable(id))
    }

    /// The control most like an id that the framework lacks, as the framework writes it.
    pub(super) fn nearest(&self, id: &str) -> Option<Near<'_>> {
        let wanted = comparable(id);
        let near = nearest(&wanted, self.list.iter().map(|(id, _)| id.as_str()))?;
        let (_, written) = self.list.iter().find(|(id, _)| id == near.word)?;
        Some(Near {
            word: written,
            ..near
        })
    }
}

/// Every control of a framework; `None` if its catalog could not be read.
pub(super) fn of_framework(loaded: &Loaded<'_>, decl: &ast::Framework<'_>) -> Option<ControlIds> {
    let mut controls = ControlIds::default();
    for field in &decl.fields {
        let ast::Value::Texts(texts) = &field.value else {
            continue;
        };
        match field.kind {
            FieldKind::Ids => {
                for id in texts {
                    controls.add(id.node.to_string());
                }
            }
            FieldKind::Catalog => {
                let first = texts.first();
                let known: Option<&Controls> =
                    first.and_then(|text| loaded.catalogs.get(&text.span));
                // Catalogs write in lower case what people write in upper case.
                for id in known? {
                    controls.add(id.to_uppercase());
                }
            }
            _ => {}
        }
    }
    Some(controls)
}
