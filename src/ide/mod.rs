//! What an editor may ask, in bytes of texts: no protocol, no disk, no clock.
//!
//! In: a [`Workspace`] of open texts and the runs over them, and a place in a text. Out: plain
//! values, with bytes for places. Always: an answer is made from the texts as they are now; whoever
//! has a protocol (a language server, a page in a browser) turns bytes into its own places.
//!
//! ```text
//! Workspace ──► Analysis (a run a root file) ──► completion, hover, references, fixes, …
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

pub use analysis::{Analysis, Place};
pub use completion::{Completion, Offer, OfferKind, completion};
pub use fixes::{OfferedFix, fixes};
pub use folding::{Fold, folds, selection};
pub use hover::{Hover, hover};
pub use lens::{Hint, Lens, hints, lenses};
pub use links::{Link, LinkTarget, links};
pub use navigation::{Highlight, ResolvedName, highlights, references, resolve_name};
pub use rename::{prepare, rename};
pub use style::line_edits;
pub use symbols::{Found, OutlineItem, outline, query};
pub use tokens::{Token, tokens};
pub use workspace::Workspace;

/// A file, and its text as it counts now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The file.
    pub path: PathBuf,
    /// Its text.
    pub text: String,
}

impl Snapshot {
    /// The nearest place at or before a byte at which the text can be cut: a byte that somebody
    /// else counted may be beyond the text, or within a character.
    fn boundary(&self, byte: usize) -> usize {
        let end = byte.min(self.text.len());
        (0..=end)
            .rev()
            .find(|&at| self.text.is_char_boundary(at))
            .unwrap_or(0)
    }
}
