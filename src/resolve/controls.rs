//! Control ids of frameworks, normalised for comparison.

use crate::load::{Controls, Loaded};
use crate::syntax::ast;
use crate::syntax::vocabulary::FieldKind;

/// Normalises a control id: `AC-2(1)` from NIST SP 800-53 and `ac-2.1` from OSCAL are the same.
#[must_use]
pub(super) fn comparable(id: &str) -> String {
    let id = id.trim().to_lowercase();
    id.replace([' ', ')'], "").replace('(', ".")
}

/// Every control of a framework; `None` if its catalog could not be read.
pub(super) fn of_framework(loaded: &Loaded<'_>, decl: &ast::Framework<'_>) -> Option<Vec<String>> {
    let mut controls = Vec::new();
    for field in &decl.fields {
        let ast::Value::Texts(texts) = &field.value else {
            continue;
        };
        match field.kind {
            FieldKind::Ids => controls.extend(texts.iter().map(|id| comparable(&id.node))),
            FieldKind::Catalog => {
                let first = texts.first();
                let known: Option<&Controls> =
                    first.and_then(|text| loaded.catalogs.get(&text.span));
                controls.extend(known?.iter().map(|id| comparable(id)));
            }
            _ => {}
        }
    }
    Some(controls)
}
