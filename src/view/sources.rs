//! Where each statement comes from, and when it was last reviewed.

use super::closing::accepted;
use super::words::{area_title, duties, opening, title};
use super::{Block, Inline, Page, Run, Shows, View, plain};
use crate::matrix::Matrix;
use crate::model::{Annotations, Claim, Form, Model};

/// Its entry in the catalogue of views.
pub(super) static VIEW: View = View {
    name: "sources",
    about: "Where each statement comes from",
    shows: Shows::Model(page),
};

/// The page.
pub(super) fn page(matrix: &Matrix) -> Page {
    let model = matrix.model();
    let mut blocks = opening(model);
    blocks.extend(origins(model));
    blocks.extend(accepted(matrix));
    Page {
        title: format!("{}: sources", model.decl.title),
        blocks,
    }
}

/// Where each statement comes from, and when the model must be reviewed.
#[must_use]
pub fn origins(model: &Model) -> Vec<Block> {
    let mut blocks = Vec::new();
    blocks.extend(rhythm(model).map(|text| Block::Paragraph(plain(text))));
    let mut rows: Vec<Vec<Inline>> = Vec::new();
    let mut add = |what: String, notes: &Annotations| {
        rows.extend(
            notes
                .sources
                .iter()
                .map(|(place, url)| vec![plain(what.clone()), source(place, url.as_ref())]),
        );
    };
    add("The whole model".into(), &model.notes);
    for (_, party) in model.used_parties() {
        add(party.decl.title.clone(), &party.notes);
    }
    for at in 0..model.areas.len() {
        let area = &model.areas[at];
        let title = area
            .parent
            .and_then(|parent| area_title(model, Some(parent)));
        add(
            title.map_or(area.decl.title.clone(), |above| {
                format!("{above} › {}", area.decl.title)
            }),
            &area.notes,
        );
    }
    for (_, duty) in model.duties() {
        add(duty.decl.title.clone(), &duty.notes);
    }
    for claim in &model.claims {
        add(statement(model, claim), &claim.notes);
    }
    if rows.is_empty() {
        blocks.push(Block::Paragraph(plain(
            "No statement of this model names its source.",
        )));
    } else {
        blocks.push(Block::Table {
            head: vec![plain("Statement"), plain("Source")],
            rows,
        });
    }
    blocks
}

/// A source; a link if the scheme of its address allows one.
#[must_use]
pub fn source(place: &str, url: Option<&String>) -> Inline {
    match url {
        Some(url)
            if ["https://", "http://", "mailto:"]
                .iter()
                .any(|scheme| url.starts_with(scheme)) =>
        {
            vec![Run::Link {
                text: place.to_owned(),
                url: url.clone(),
            }]
        }
        Some(url) => plain(format!("{place} ({url})")),
        None => plain(place),
    }
}

/// How often the model must be reviewed, and when next.
fn rhythm(model: &Model) -> Option<String> {
    let (count, period, _) = model.review?;
    let often = format!("every {}", period.times(count));
    let next = model.reviewed.map_or(String::new(), |(day, _)| {
        format!(
            " The next review is due by {}.",
            crate::check::due(day, count, period)
        )
    });
    Some(format!("To be reviewed {often}.{next}"))
}

/// A claim in a few words: who, and on which duties.
fn statement(model: &Model, claim: &Claim) -> String {
    let mut parties: Vec<&str> = Vec::new();
    for party in claim.grants.iter().flat_map(|grant| &grant.parties) {
        let name = title(model, *party);
        if !parties.contains(&name) {
            parties.push(name);
        }
    }
    let who = if claim.form == Form::Nobody {
        "Nobody".to_owned()
    } else {
        parties.join(", ")
    };
    format!("{who}: {}", duties(model, &claim.duties))
}
