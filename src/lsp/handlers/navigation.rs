//! Where a thing is declared, and where it is named.

use std::collections::{BTreeSet, HashMap};
use std::ops::Range;
use std::path::PathBuf;

use crate::lsp::server::{Refused, Server};
use crate::lsp::types::{
    DocumentHighlight, DocumentHighlightKind, DocumentHighlightParams, GotoDefinitionParams,
    GotoDefinitionResponse, Location, LocationLink, ReferenceParams, uri_of,
};
use crate::lsp::workspace::Place;
use crate::resolve::symbols::SymbolKind;

use super::Snapshot;

/// A thing as all runs know it, and the name under the cursor.
pub struct ResolvedName {
    /// What it is.
    pub kind: SymbolKind,
    /// The name that declares it.
    pub declared: Place,
    /// The name under the cursor.
    pub name: Range<usize>,
}

/// What the name at a byte of a file means.
pub fn meant(server: &Server, snapshot: &Snapshot, byte: usize) -> Option<ResolvedName> {
    let (analysis, file) = server.workspace.analysis(&snapshot.path)?;
    let mention = analysis.ref_at(file, byte)?;
    Some(ResolvedName {
        kind: mention.thing.kind,
        declared: analysis.place_of(mention.thing),
        name: mention.span.range(),
    })
}

/// Every place where a thing is named, in the order of the files.
pub fn named(server: &Server, meant: &ResolvedName) -> Vec<Place> {
    let mut places = BTreeSet::new();
    for analysis in server.workspace.analyses() {
        let Some(thing) = analysis.thing(meant.kind, &meant.declared) else {
            continue;
        };
        for mention in analysis
            .run
            .refs
            .iter()
            .filter(|mention| mention.thing == thing)
        {
            let bytes = mention.span.range();
            places.insert((analysis.path(mention.span.file), bytes.start, bytes.end));
        }
    }
    places
        .into_iter()
        .map(|(path, start, end)| Place {
            path,
            bytes: start..end,
        })
        .collect()
}

/// Places as the client names them; a file with many of them is read once.
pub struct Locations<'s> {
    server: &'s Server,
    read: HashMap<PathBuf, Option<Snapshot>>,
}

impl<'s> Locations<'s> {
    /// No file is read yet.
    pub fn new(server: &'s Server) -> Self {
        Self {
            server,
            read: HashMap::new(),
        }
    }

    /// The place, if there is such a text.
    pub fn of(&mut self, place: &Place) -> Option<Location> {
        let snapshot = self
            .read
            .entry(place.path.clone())
            .or_insert_with(|| Snapshot::read(self.server, place.path.clone()));
        Some(Location {
            uri: uri_of(&place.path)?,
            range: snapshot.as_ref()?.places().range(place.bytes.clone()),
        })
    }
}

/// Where the thing under the cursor is declared.
pub fn definition(
    server: &mut Server,
    params: GotoDefinitionParams,
) -> Result<Option<GotoDefinitionResponse>, Refused> {
    let at = params.text_document_position_params;
    let Some(snapshot) = Snapshot::of(server, &at.text_document.uri) else {
        return Ok(None);
    };
    let Some(meant) = meant(server, &snapshot, snapshot.byte(at.position)) else {
        return Ok(None);
    };
    let Some(target) = Locations::new(server).of(&meant.declared) else {
        return Ok(None);
    };
    let links = server
        .client
        .text_document
        .as_ref()
        .and_then(|it| it.definition.as_ref())
        .and_then(|it| it.link_support);
    Ok(Some(if links == Some(true) {
        let origin_selection_range = Some(snapshot.places().range(meant.name));
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
pub fn references(
    server: &mut Server,
    params: ReferenceParams,
) -> Result<Option<Vec<Location>>, Refused> {
    let at = params.text_document_position;
    let Some(snapshot) = Snapshot::of(server, &at.text_document.uri) else {
        return Ok(None);
    };
    finish_all(server);
    let Some(meant) = meant(server, &snapshot, snapshot.byte(at.position)) else {
        return Ok(None);
    };
    let wanted = named(server, &meant)
        .into_iter()
        .filter(|place| params.context.include_declaration || *place != meant.declared);
    let mut locations = Locations::new(server);
    Ok(Some(
        wanted.filter_map(|place| locations.of(&place)).collect(),
    ))
}

/// Makes every run that waits: what speaks of all files must know them.
pub fn finish_all(server: &mut Server) {
    server.workspace.rescan_disk();
    for path in server.workspace.waiting() {
        server.settle(&path);
    }
}

/// Where the thing under the cursor is named in its file.
pub fn highlight(
    server: &mut Server,
    params: DocumentHighlightParams,
) -> Result<Option<Vec<DocumentHighlight>>, Refused> {
    let at = params.text_document_position_params;
    let Some(snapshot) = Snapshot::of(server, &at.text_document.uri) else {
        return Ok(None);
    };
    let byte = snapshot.byte(at.position);
    let Some((analysis, file)) = server.workspace.analysis(&snapshot.path) else {
        return Ok(None);
    };
    let Some(mention) = analysis.ref_at(file, byte) else {
        return Ok(None);
    };
    let same = analysis
        .refs_in(file)
        .iter()
        .filter(|it| it.thing == mention.thing);
    let highlight = |it: &crate::resolve::symbols::SymbolRef| DocumentHighlight {
        range: snapshot.places().range(it.span.range()),
        kind: Some(if it.declares() {
            DocumentHighlightKind::WRITE
        } else {
            DocumentHighlightKind::READ
        }),
    };
    Ok(Some(same.map(highlight).collect()))
}
