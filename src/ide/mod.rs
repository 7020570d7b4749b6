//! Answers to an editor's requests, with byte positions: independent of protocol, disk and clock.
//!
//! In: a [`Workspace`] of open texts and the runs over them, and a place in a text. Out: plain
//! values, with bytes for places. Always: an answer uses the current texts; the caller (a language
//! server, a page in a browser) converts bytes to its own positions.
//!
//! ```text
//! Workspace ──► Analysis (one run per root file) ──► completion, hover, references, fixes, …
//! ```

mod analysis;
mod completion;
mod fixes;
mod folding;
mod hover;
mod lens;
mod links;
mod navigation;
mod rename;
mod style;
mod symbols;
mod tokens;
mod workspace;

use std::path::PathBuf;

pub use analysis::{Analysis, FileRange};
pub use completion::{Completion, Offer, OfferKind, completion};
pub use fixes::{OfferedFix, fixes};
pub use folding::{Fold, folds, selection};
pub use hover::{Hover, hover};
pub use lens::{Hint, Lens, hints, lenses};
pub use links::{Link, LinkTarget, links};
pub use navigation::{Highlight, ResolvedName, highlights, references, resolve_name};
pub use rename::{prepare, rename};
pub use style::line_edits;
pub use symbols::{OutlineItem, SymbolMatch, outline, query};
pub use tokens::{Token, tokens};
pub use workspace::Workspace;

/// A file and its current text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The file.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

impl Snapshot {
    /// The nearest character boundary at or before a byte: a byte from a client may be beyond the
    /// text or inside a character.
    fn boundary(&self, byte: usize) -> usize {
        let end = byte.min(self.text.len());
        (0..=end)
            .rev()
            .find(|&at| self.text.is_char_boundary(at))
            .unwrap_or(0)
    }
}
