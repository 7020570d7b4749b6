//! Links: to used files, addresses of sources, and pages of codes.

use std::ops::Range;
use std::path::PathBuf;

use super::{Snapshot, Workspace};
use crate::diagnostic::Code;
use crate::resolve::symbols::SymbolKind;
use crate::syntax::blocks::{Block, blocks};
use crate::syntax::{FieldKind, FlatKind, Lexeme, LexemeKind, StatementKind, meaning};

/// A link in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// The bytes of the link, without quotes.
    pub bytes: Range<usize>,
    /// Where it leads.
    pub target: LinkTarget,
}

/// Where a link leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkTarget {
    /// A used source file.
    Source(PathBuf),
    /// A catalog of a framework.
    Catalog(PathBuf),
    /// Where a statement comes from.
    Url(String),
    /// The page of a code.
    Page(Code),
}

/// The links of a text.
#[must_use]
pub fn links(workspace: &Workspace, snapshot: &Snapshot) -> Vec<Link> {
    let mut links = Vec::new();
    if let Some((analysis, file)) = workspace.analysis(&snapshot.path) {
        let uses = analysis
            .refs_in(file)
            .iter()
            .filter(|it| it.symbol.kind == SymbolKind::File);
        links.extend(uses.map(|used| Link {
            bytes: inside(used.span.range()),
            target: LinkTarget::Source(analysis.path(used.symbol.declared.file)),
        }));
    }
    for block in blocks(&snapshot.text) {
        let words = block.words(&snapshot.text);
        links.extend(
            words
                .iter()
                .filter_map(|word| link(workspace, snapshot, &block, word)),
        );
    }
    links
}

/// The link at a word of a statement, if it is one.
fn link(
    workspace: &Workspace,
    snapshot: &Snapshot,
    block: &Block,
    word: &Lexeme<'_>,
) -> Option<Link> {
    match (&block.kind, word.kind) {
        (FlatKind::Field(field), LexemeKind::Text) => {
            let said = meaning(word.text);
            let target = match field {
                FieldKind::Source
                    if said.starts_with("https://") || said.starts_with("http://") =>
                {
                    LinkTarget::Url(said.into_owned())
                }
                FieldKind::Catalog => {
                    let path = snapshot.path.parent()?.join(&*said);
                    LinkTarget::Catalog(Some(path).filter(|it| workspace.files().is_file(it))?)
                }
                _ => return None,
            };
            Some(Link {
                bytes: inside(word.range()),
                target,
            })
        }
        (FlatKind::Statement(StatementKind::Allow), LexemeKind::Word) => {
            let target = LinkTarget::Page(Code::find(word.text)?);
            Some(Link {
                bytes: word.range(),
                target,
            })
        }
        _ => None,
    }
}

/// A text without its quotes.
fn inside(bytes: Range<usize>) -> Range<usize> {
    bytes.start + 1..bytes.end.saturating_sub(1).max(bytes.start + 1)
}
