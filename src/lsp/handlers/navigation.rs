//! Where a thing is declared, and where it is named.

use std::collections::BTreeSet;
use std::ops::Range;
use std::path::PathBuf;

use crate::lsp::server::{Refused, Server};
use crate::lsp::types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, GotoDefinitionParams, GotoDefinitionResponse, Location,
    LocationLink, Places, ReferenceParams, uri_of,
};
use crate::lsp::workspace::Place;
use crate::resolve::mentions::Kind;
use crate::source::Lines;

use super::Asked;

/// A thing as all runs know it, and the name under the cursor.
pub struct Meant {
    /// What it is.
    pub kind: Kind,
    /// The name that declares it.
    pub declared: Place,
    /// The name under the cursor.
    pub name: Range<usize>,
}

/// What the name at a byte of a file means.
pub fn meant(server: &Server, asked: &Asked, byte: usize) -> Option<Meant> {
    let (analysis, file) = server.workspace.analysis(&asked.path)?;
    let mention = analysis.mention_at(file, byte)?;
    Some(Meant { kind: mention.thing.kind, declared: analysis.place_of(mention.thing), name: mention.span.range() })
}

/// Every place where a thing is named, in the order of the files.
pub fn named(server: &Server, meant: &Meant) -> BTreeSet<(PathBuf, usize, usize)> {
    let mut places = BTreeSet::new();
    for analysis in server.workspace.analyses() {
        let Some(thing) = analysis.thing(meant.kind, &meant.declared) else { continue };
        for mention in analysis.run.mentions.iter().filter(|mention| mention.thing == thing) {
            let bytes = mention.span.range();
            places.insert((analysis.path(mention.span.file), bytes.start, bytes.end));
        }
    }
    places
}

/// A place as the client names it.
pub fn location(server: &Server, place: &Place) -> Option<Location> {
    let text = server.workspace.text(&place.path)?;
    let lines = Lines::new(&text);
    let range = Places { text: &text, lines: &lines, encoding: server.encoding }.range(place.bytes.clone());
    Some(Location { uri: uri_of(&place.path)?, range })
}

/// Where the thing under the cursor is declared.
pub fn definition(server: &mut Server, params: GotoDefinitionParams) -> Result<Option<GotoDefinitionResponse>, Refused> {
    let at = params.text_document_position_params;
    let Some(asked) = Asked::of(server, &at.text_document.uri) else { return Ok(None) };
    let Some(meant) = meant(server, &asked, asked.byte(at.position)) else { return Ok(None) };
    let Some(target) = location(server, &meant.declared) else { return Ok(None) };
    let links = server.client.text_document.as_ref().and_then(|it| it.definition.as_ref()).and_then(|it| it.link_support);
    Ok(Some(if links == Some(true) {
        let origin_selection_range = Some(asked.places().range(meant.name));
        GotoDefinitionResponse::Link(vec![LocationLink {
            origin_selection_range,
            target_uri: target.uri,
            target_range: target.range,
            target_selection_range: target.range,
        }])
    } else {
        GotoDefinitionResponse::Scalar(target)
    }))
}

/// Where the thing under the cursor is named.
pub fn references(server: &mut Server, params: ReferenceParams) -> Result<Option<Vec<Location>>, Refused> {
    let at = params.text_document_position;
    let Some(asked) = Asked::of(server, &at.text_document.uri) else { return Ok(None) };
    finish_all(server);
    let Some(meant) = meant(server, &asked, asked.byte(at.position)) else { return Ok(None) };
    let places = named(server, &meant).into_iter().map(|(path, start, end)| Place { path, bytes: start..end });
    let wanted = places.filter(|place| params.context.include_declaration || *place != meant.declared);
    Ok(Some(wanted.filter_map(|place| location(server, &place)).collect()))
}

/// Makes every run that waits: what speaks of all files must know them.
pub fn finish_all(server: &mut Server) {
    server.workspace.look_again();
    for path in server.workspace.waiting() {
        server.settle(&path);
    }
}

/// Where the thing under the cursor is named in its file.
pub fn highlight(server: &mut Server, params: DocumentHighlightParams) -> Result<Option<Vec<DocumentHighlight>>, Refused> {
    let at = params.text_document_position_params;
    let Some(asked) = Asked::of(server, &at.text_document.uri) else { return Ok(None) };
    let byte = asked.byte(at.position);
    let Some((analysis, file)) = server.workspace.analysis(&asked.path) else { return Ok(None) };
    let Some(mention) = analysis.mention_at(file, byte) else { return Ok(None) };
    let same = analysis.mentions_in(file).iter().filter(|it| it.thing == mention.thing);
    let highlight = |it: &crate::resolve::mentions::Mention| DocumentHighlight {
        range: asked.places().range(it.span.range()),
        kind: Some(if it.declares() { DocumentHighlightKind::WRITE } else { DocumentHighlightKind::READ }),
    };
    Ok(Some(same.map(highlight).collect()))
}
