//! Reads the fields of blocks.

use super::controls::ControlIds;
use super::reader::ModelReader;
use super::symbols::SymbolKind;
use super::wording;
use crate::diagnostic::{Diagnostic, trimmed};
use crate::model::{Annotations, PartyId};
use crate::syntax::ast::{self, Field, Path, Text, Value};
use crate::syntax::vocabulary::FieldKind;

/// The kinds of parties.
pub const KINDS: &[&str] = &["provider", "customer", "third_party", "team"];
/// The values of a model's `status`.
pub const STATES: &[&str] = &["draft", "preview", "final"];

/// The fields that any statement may have.
pub(super) fn annotations<'s>(
    reader: &mut ModelReader<'_, 's>,
    fields: &[Field<'s>],
) -> Annotations {
    let mut notes = Annotations::default();
    for field in fields {
        match &field.value {
            Value::Texts(texts) => {
                let text = |at: usize| {
                    let text = texts.get(at).filter(|text| !is_blank(text));
                    text.map(|text| text.node.to_string())
                };
                reader.report_blank(texts);
                let Some(first) = text(0) else { continue };
                match field.kind {
                    FieldKind::Source => notes.sources.push((first, text(1))),
                    FieldKind::Note => notes.notes.push(first),
                    FieldKind::Evidence => notes.evidence.push(first),
                    FieldKind::Meta => notes.meta.push((first, text(1).unwrap_or_default())),
                    FieldKind::Cadence => notes.cadence = Some(first),
                    _ => {}
                }
            }
            Value::Controls(framework, controls) => meets(reader, framework, controls, &mut notes),
            _ => {}
        }
    }
    once(fields, &mut reader.faults);
    notes
}

/// Whether a text says nothing at all.
pub(super) fn is_blank(text: &Text<'_>) -> bool {
    trimmed(&text.node).is_empty()
}

/// Reports fields that a block has twice but may have only once.
fn once(fields: &[Field<'_>], faults: &mut Vec<Diagnostic>) {
    for (at, field) in fields.iter().enumerate() {
        let repeats = fields[..at]
            .iter()
            .any(|earlier| earlier.kind == field.kind);
        if repeats && !field.kind.info().repeats {
            faults.push(wording::given_twice(field));
        }
    }
}

/// The controls that something meets.
fn meets<'s>(
    reader: &mut ModelReader<'_, 's>,
    framework: &Path<'s>,
    controls: &[Text<'s>],
    notes: &mut Annotations,
) {
    let Some(&id) = reader.names.frameworks.get(framework.node) else {
        reader.report_unknown(SymbolKind::Framework, framework);
        return;
    };
    let declared = reader.model.frameworks[id].decl.span;
    let (kind, name) = (SymbolKind::Framework, framework.node);
    reader.refs.add(kind, framework.span, name, declared);
    for control in controls {
        let known = reader.names.controls[id].as_ref();
        let unknown = known.filter(|known| !known.has(&control.node));
        let count = unknown.map(ControlIds::len);
        let may_compare = count.is_some_and(|count| reader.may_compare(count));
        if let Some(known) = &reader.names.controls[id]
            && !known.has(&control.node)
        {
            let near = may_compare.then(|| known.nearest(&control.node)).flatten();
            let fault = wording::unknown_control(name, control, near);
            reader.faults.push(fault);
            continue;
        }
        notes
            .meets
            .push((id, control.node.to_string(), control.span));
    }
}

/// The word of a field, which must be one of a few.
fn one_of(
    reader: &mut ModelReader<'_, '_>,
    word: &Path<'_>,
    what: &str,
    allowed: &[&'static str],
) -> Option<&'static str> {
    let found = allowed
        .iter()
        .copied()
        .find(|allowed| *allowed == word.node);
    if found.is_none() {
        reader.faults.push(wording::not_one_of(what, word, allowed));
    }
    found
}

/// Reads the fields that only a party may have.
pub(super) fn of_party<'s>(reader: &mut ModelReader<'_, 's>, id: PartyId, decl: &ast::Party<'s>) {
    for field in &decl.fields {
        match (&field.value, field.kind) {
            (Value::Word(word), FieldKind::Kind) => {
                let kind = one_of(reader, word, "kind of party", KINDS);
                reader.model.parties[id.0 as usize].kind = kind;
            }
            (Value::Texts(texts), FieldKind::Aka) => {
                let names = texts.iter().filter(|text| !is_blank(text));
                let names = names.map(|text| text.node.to_string());
                reader.model.parties[id.0 as usize].aka.extend(names);
            }
            _ => {}
        }
    }
}

/// Reads the fields that only a model may have.
pub(super) fn of_model(reader: &mut ModelReader<'_, '_>) {
    let fields = &reader.scope.ast.fields;
    for field in fields {
        match (&field.value, field.kind) {
            (Value::Texts(texts), FieldKind::Version) => {
                let version = texts.first().filter(|text| !is_blank(text));
                reader.model.version = version.map(|text| text.node.to_string());
            }
            (Value::Word(word), FieldKind::Status) => {
                reader.model.status = one_of(reader, word, "status", STATES);
            }
            (Value::Day(day), FieldKind::Effective) => reader.model.effective = *day,
            (Value::Day(day), FieldKind::Reviewed) => {
                reader.model.reviewed = day.map(|day| (day, field.span));
            }
            (Value::Every(count, period), FieldKind::Review) => {
                reader.model.review = Some((*count, *period, field.span));
            }
            _ => {}
        }
    }
    let is_unread = |field: &Field<'_>| matches!(field.value, Value::Day(None));
    if fields.iter().any(is_unread) {
        // Without a valid date, an overdue review cannot be detected.
        reader.model.review = None;
    }
}
