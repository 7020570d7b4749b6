//! What stands in blocks of fields.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::Annotations;
use crate::syntax::ast::{self, Field, Value};

use super::structure::ModelBuilder;
use super::symbols::SymbolKind;
use super::unknown;
use crate::diagnostic::suggest;

/// The kinds of parties.
pub const KINDS: &[&str] = &["provider", "customer", "third_party", "team"];
/// The states of a model.
pub const STATES: &[&str] = &["draft", "preview", "final"];

/// A control's id in a form that compares: `AC-2(1)`, as in NIST SP 800-53, and `ac-2.1`, as in
/// OSCAL, are one.
#[must_use]
pub fn comparable(id: &str) -> String {
    id.trim()
        .to_lowercase()
        .replace([' ', ')'], "")
        .replace('(', ".")
}

impl<'s> ModelBuilder<'_, 's> {
    /// The fields that any statement may carry.
    pub(super) fn notes(&mut self, fields: &[Field<'s>]) -> Annotations {
        let mut notes = Annotations::default();
        for field in fields {
            match (&field.value, field.word.node) {
                (Value::Texts(texts), word) => {
                    let text = |at: usize| texts.get(at).map(|text| text.node.to_string());
                    let first = text(0).unwrap_or_default();
                    match word {
                        "source" => notes.sources.push((first, text(1))),
                        "note" => notes.notes.push(first),
                        "evidence" => notes.evidence.push(first),
                        "meta" => notes.meta.push((first, text(1).unwrap_or_default())),
                        "cadence" if notes.cadence.replace(first).is_some() => {
                            self.given_twice(field);
                        }
                        _ => {}
                    }
                }
                (Value::Controls(framework, controls), _) => {
                    self.meets(framework, controls, &mut notes);
                }
                _ => {}
            }
        }
        notes
    }

    fn meets(
        &mut self,
        framework: &ast::Path<'s>,
        controls: &[ast::Text<'s>],
        notes: &mut Annotations,
    ) {
        let Some(&id) = self.framework_ids.get(framework.node) else {
            if !self.excused(framework.node) {
                let names = self.framework_ids.keys().map(String::as_str);
                self.faults.push(unknown(
                    Code::UnknownFramework,
                    "framework",
                    framework,
                    names,
                ));
            }
            return;
        };
        let declared = self.model.frameworks[id].decl.span;
        self.mentions.add(
            SymbolKind::Framework,
            framework.span,
            framework.node,
            declared,
        );
        for control in controls {
            let id_text = comparable(&control.node);
            if let Some(known) = &self.controls[id]
                && !known.contains(&id_text)
            {
                let message = format!("`{}` has no control `{}`", framework.node, control.node);
                let near = suggest::closest(&id_text, known.iter().map(String::as_str));
                let help = near.map(|near| format!("did you mean `{}`?", near.to_uppercase()));
                self.faults.push(
                    Diagnostic::new(Code::UnknownControl, control.span, message, "")
                        .maybe_help(help),
                );
                continue;
            }
            notes
                .meets
                .push((id, control.node.to_string(), control.span));
        }
    }

    fn given_twice(&mut self, field: &Field<'s>) {
        let message = format!("`{}` is given twice", field.word.node);
        self.faults
            .push(Diagnostic::new(Code::FieldValue, field.span, message, "").help("keep one"));
    }

    /// The word of a field, which must be one of a few.
    fn one_of(
        &mut self,
        word: &ast::Path<'s>,
        what: &str,
        allowed: &[&'static str],
    ) -> Option<&'static str> {
        let found = allowed
            .iter()
            .copied()
            .find(|allowed| *allowed == word.node);
        if found.is_none() {
            let message = format!("there is no {what} `{}`", word.node);
            let list = allowed
                .iter()
                .map(|word| format!("`{word}`"))
                .collect::<Vec<_>>()
                .join(", ");
            self.faults.push(
                Diagnostic::new(Code::FieldValue, word.span, message, "")
                    .help(format!("write one of {list}")),
            );
        }
        found
    }

    /// Reports fields of which a block may have one, and that it has twice.
    fn single(&mut self, fields: &[Field<'s>], words: &[&str]) {
        for (at, field) in fields.iter().enumerate() {
            if words.contains(&field.word.node)
                && fields[..at]
                    .iter()
                    .any(|earlier| earlier.word.node == field.word.node)
            {
                self.given_twice(field);
            }
        }
    }

    /// The fields of a party alone.
    pub(super) fn party_fields(&mut self, at: usize, decl: &ast::Party<'s>) {
        self.single(&decl.fields, &["kind"]);
        for field in &decl.fields {
            match &field.value {
                Value::Word(word) => {
                    let kind = self.one_of(word, "kind of party", KINDS);
                    self.model.parties[at].kind = kind;
                }
                Value::Texts(texts) if field.word.node == "aka" => {
                    self.model.parties[at]
                        .aka
                        .extend(texts.iter().map(|text| text.node.to_string()));
                }
                _ => {}
            }
        }
    }

    /// The fields of a model alone.
    pub(super) fn model_fields(&mut self) {
        let fields = &self.ast.fields;
        self.single(
            fields,
            &["version", "status", "effective", "reviewed", "review"],
        );
        for field in fields {
            match (&field.value, field.word.node) {
                (Value::Texts(texts), "version") => {
                    self.model.version = texts.first().map(|text| text.node.to_string());
                }
                (Value::Word(word), _) => self.model.status = self.one_of(word, "status", STATES),
                (Value::Day(day), "effective") => self.model.effective = *day,
                (Value::Day(day), _) => self.model.reviewed = day.map(|day| (day, field.span)),
                (Value::Every(count, period), _) => {
                    self.model.review = Some((*count, *period, field.span));
                }
                _ => {}
            }
        }
        if fields
            .iter()
            .any(|field| matches!(field.value, Value::Day(None)))
        {
            // Whether a review is overdue cannot be said.
            self.model.review = None;
        }
    }
}
