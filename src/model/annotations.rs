//! The fields of blocks.

use std::ops::{Deref, DerefMut};

use crate::source::Span;

/// The fields of a block; most statements have none.
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
    /// Where it comes from: a description, and optionally an address.
    pub sources: Vec<(String, Option<String>)>,
    /// Free remarks.
    pub notes: Vec<String>,
    /// What shows that the duty is done.
    pub evidence: Vec<String>,
    /// How often it is done.
    pub cadence: Option<String>,
    /// Controls that it meets: framework, control, and its span.
    pub meets: Vec<(usize, String, Span)>,
    /// The author's own keys and values.
    pub meta: Vec<(String, String)>,
}
