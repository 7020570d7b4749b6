//! What can be followed: files that are used, addresses of sources, pages of codes.

use std::str::FromStr as _;

use serde_json::Value;

use crate::diagnostic::Code;
use crate::lsp::server::{Refused, Server};
use crate::lsp::types::{DocumentLink, DocumentLinkParams, Uri, uri_of};
use crate::project::write;
use crate::resolve::symbols::SymbolKind;
use crate::syntax::blocks::blocks;
use crate::syntax::{FieldKind, FlatKind, LexemeKind, StatementKind, meaning};

use super::Snapshot;

/// The links of a document.
pub fn links(
    server: &mut Server,
    params: DocumentLinkParams,
) -> Result<Option<Vec<DocumentLink>>, Refused> {
    let Some(snapshot) = Snapshot::of(server, &params.text_document.uri) else {
        return Ok(None);
    };
    let mut links = Vec::new();
    let mut add =
        |bytes: std::ops::Range<usize>, target: Option<Uri>, tooltip: &str, data: Option<Value>| {
            let range = snapshot.places().range(bytes);
            links.push(DocumentLink {
                range,
                target,
                tooltip: Some(tooltip.to_owned()),
                data,
            });
        };
    // Without its quotes.
    let inside = |bytes: std::ops::Range<usize>| {
        bytes.start + 1..bytes.end.saturating_sub(1).max(bytes.start + 1)
    };
    if let Some((analysis, file)) = server.workspace.analysis(&snapshot.path) {
        for mention in analysis
            .refs_in(file)
            .iter()
            .filter(|mention| mention.thing.kind == SymbolKind::File)
        {
            if let Some(target) = uri_of(&analysis.path(mention.thing.declared.file)) {
                add(
                    inside(mention.span.range()),
                    Some(target),
                    "Open the file",
                    None,
                );
            }
        }
    }
    for block in blocks(&snapshot.text) {
        let words = block.words(&snapshot.text);
        for word in &words {
            let said = meaning(word.text);
            if let (FlatKind::Field(field), LexemeKind::Text) = (&block.kind, word.kind) {
                let (target, tooltip) = match field {
                    FieldKind::Source
                        if said.starts_with("https://") || said.starts_with("http://") =>
                    {
                        (Uri::from_str(&said).ok(), "Open the source")
                    }
                    FieldKind::Catalog => {
                        let folder = snapshot.path.parent();
                        let path = folder.map(|folder| folder.join(&*said));
                        let path = path.filter(|path| path.is_file());
                        (path.and_then(|path| uri_of(&path)), "Open the catalog")
                    }
                    _ => (None, ""),
                };
                if target.is_some() {
                    add(inside(word.range()), target, tooltip, None);
                }
            } else if block.kind.is(StatementKind::Allow)
                && word.kind == LexemeKind::Word
                && Code::find(word.text).is_some()
            {
                add(
                    word.range(),
                    None,
                    "Open the page of the code",
                    Some(Value::String(word.text.to_owned())),
                );
            }
        }
    }
    Ok(Some(links))
}

/// Where a link leads that is made only when somebody follows it: the page of a code, written for
/// the editor to open.
pub fn resolve(_: &mut Server, link: DocumentLink) -> Result<DocumentLink, Refused> {
    let Some(code) = link
        .data
        .as_ref()
        .and_then(Value::as_str)
        .and_then(Code::find)
    else {
        return Ok(link);
    };
    let folder = std::env::temp_dir().join(format!("srmc-{}", env!("CARGO_PKG_VERSION")));
    let page = folder.join(format!("{}.md", code.id()));
    write(&page, code.page()).map_err(|why| {
        Refused::because(format!("cannot write the page of {}: {why}", code.id()))
    })?;
    Ok(DocumentLink {
        target: uri_of(&page),
        ..link
    })
}
