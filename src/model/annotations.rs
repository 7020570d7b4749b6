//! What blocks of fields say.

use std::ops::{Deref, DerefMut};

use crate::source::Span;

/// What a block of fields says; most statements have none.
#[derive(Clone, Debug, Default)]
pub struct Annotations(Option<Box<AnnotationFields>>);

/// No block.
static NO_FIELDS: AnnotationFields = AnnotationFields {
    sources: Vec::new(),
    notes: Vec::new(),
    evidence: Vec::new(),
    cadence: None,
    meets: Vec::new(),
    meta: Vec::new(),
};

impl Deref for Annotations {
    type Target = AnnotationFields;

    fn deref(&self) -> &AnnotationFields {
        self.0.as_deref().unwrap_or(&NO_FIELDS)
    }
}

impl DerefMut for Annotations {
    fn deref_mut(&mut self) -> &mut AnnotationFields {
        self.0.get_or_insert_default()
    }
}

impl PartialEq for Annotations {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

/// What the fields of a block say.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AnnotationFields {
    /// Where it comes from: a description, perhaps an address.
    pub sources: Vec<(String, Option<String>)>,
    /// Free remarks.
    pub notes: Vec<String>,
    /// What shows that the duty is done.
    pub evidence: Vec<String>,
    /// How often it is done.
    pub cadence: Option<String>,
    /// Controls that it meets: framework, control, where it says so.
    pub meets: Vec<(usize, String, Span)>,
    /// Keys and values of the author's own.
    pub meta: Vec<(String, String)>,
}
