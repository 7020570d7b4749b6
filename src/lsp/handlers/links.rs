//! What can be followed: files that are used, addresses of sources.

use std::str::FromStr as _;

use crate::lsp::blocks::blocks;
use crate::lsp::server::{Refused, Server};
use crate::lsp::types::{DocumentLink, DocumentLinkParams, Uri, uri_of};
use crate::resolve::mentions::Kind;
use crate::syntax::{Kind as Statement, LexemeKind, meaning};

use super::Asked;

/// The links of a document.
pub fn links(server: &mut Server, params: DocumentLinkParams) -> Result<Option<Vec<DocumentLink>>, Refused> {
    let Some(asked) = Asked::of(server, &params.text_document.uri) else { return Ok(None) };
    let mut links = Vec::new();
    let mut add = |bytes: std::ops::Range<usize>, target: Option<Uri>, tooltip: &str| {
        let range = asked.places().range(bytes.start + 1..bytes.end.saturating_sub(1).max(bytes.start + 1));
        links.extend(target.map(|target| DocumentLink { range, target: Some(target), tooltip: Some(tooltip.to_owned()), data: None }));
    };
    if let Some((analysis, file)) = server.workspace.analysis(&asked.path) {
        for mention in analysis.mentions_in(file).iter().filter(|mention| mention.thing.kind == Kind::File) {
            add(mention.span.range(), uri_of(&analysis.path(mention.thing.declared.file)), "Open the file");
        }
    }
    for block in blocks(&asked.text).into_iter().filter(|block| block.kind == Statement::Field) {
        let words = block.words(&asked.text);
        let is = |word: &str| words.first().is_some_and(|first| first.text == word);
        for text in words.iter().filter(|it| it.kind == LexemeKind::Text) {
            let said = meaning(text.text);
            if is("source") && (said.starts_with("https://") || said.starts_with("http://")) {
                add(text.range(), Uri::from_str(&said).ok(), "Open the source");
            } else if is("catalog") {
                let path = asked.path.parent().map(|folder| folder.join(&*said)).filter(|path| path.is_file());
                add(text.range(), path.and_then(|path| uri_of(&path)), "Open the catalog");
            }
        }
    }
    Ok(Some(links))
}
