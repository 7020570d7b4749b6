//! Counts above a model, and who holds a duty behind its name; both only where the user wants them.

use crate::diagnostic::Family;
use crate::lsp::server::{Refused, Server};
use crate::lsp::types::{
    CodeLens, CodeLensParams, Command, InlayHint, InlayHintKind, InlayHintLabel, InlayHintParams,
};
use crate::matrix::Holding;
use crate::model::{DutyId, PartyId};
use crate::view::owners;

use super::Snapshot;

/// A command that does nothing: a lens must have one.
fn said(title: String) -> Command {
    Command {
        title,
        command: String::new(),
        arguments: None,
    }
}

/// Above each model: its duties, what is wrong, and how many duties each party holds.
pub fn lens(server: &mut Server, params: CodeLensParams) -> Result<Option<Vec<CodeLens>>, Refused> {
    if !server.settings.code_lens {
        return Ok(None);
    }
    let Some(snapshot) = Snapshot::of(server, &params.text_document.uri) else {
        return Ok(None);
    };
    let Some((analysis, file)) = server.workspace.analysis(&snapshot.path) else {
        return Ok(None);
    };
    let mut lenses = Vec::new();
    for checked in analysis
        .run
        .models
        .iter()
        .filter(|checked| checked.model.decl.span.file == file)
    {
        let model = &checked.model;
        let count =
            |n: usize, one: &str, many: &str| format!("{n} {}", if n == 1 { one } else { many });
        let open = |family| {
            let open = checked.findings.iter().filter(|it| !it.is_accepted());
            open.filter(|it| it.code.family() == family).count()
        };
        let (gaps, overlaps) = (open(Family::Gaps), open(Family::Overlaps));
        let mut titles = vec![format!(
            "{}, {}, {}",
            count(model.duties.len(), "duty", "duties"),
            count(gaps, "gap", "gaps"),
            count(overlaps, "overlap", "overlaps")
        )];
        for (id, party) in model.used_parties() {
            titles.push(format!("{}: {}", party.decl.title, owned(model, id)));
        }
        let range = snapshot.places().range(model.decl.span.range());
        lenses.extend(titles.into_iter().map(|title| CodeLens {
            range,
            command: Some(said(title)),
            data: None,
        }));
    }
    Ok(Some(lenses))
}

/// How many duties claims make a party responsible or accountable for.
pub fn owned(model: &crate::model::Model, party: PartyId) -> usize {
    let mut duties: Vec<DutyId> = Vec::new();
    for claim in &model.claims {
        if claim
            .grants
            .iter()
            .any(|grant| grant.roles.owning() && grant.parties.contains(&party))
        {
            duties.extend(&claim.duties);
        }
    }
    duties.sort_unstable();
    duties.dedup();
    duties.len()
}

/// Who holds a duty in a region, in a few words.
fn holder(model: &crate::model::Model, holding: &Holding) -> String {
    match owners(model, holding) {
        owners if holding.nobody.is_some() => {
            if owners.is_empty() {
                "n/a".to_owned()
            } else {
                format!("{owners} + n/a")
            }
        }
        nobody if nobody.is_empty() => "nobody".to_owned(),
        owners => owners,
    }
}

/// Behind each duty of the range: who holds it.
pub fn hints(
    server: &mut Server,
    params: InlayHintParams,
) -> Result<Option<Vec<InlayHint>>, Refused> {
    if !server.settings.inlay_hints {
        return Ok(None);
    }
    let Some(snapshot) = Snapshot::of(server, &params.text_document.uri) else {
        return Ok(None);
    };
    let within = snapshot.places().bytes(params.range);
    let Some((analysis, file)) = server.workspace.analysis_mut(&snapshot.path) else {
        return Ok(None);
    };
    let mut hints = Vec::new();
    for checked in &mut analysis.run.models {
        let duties: Vec<DutyId> = checked
            .model
            .duties()
            .filter(|(_, duty)| {
                duty.decl.span.file == file
                    && within.start <= duty.decl.span.range().start
                    && duty.decl.span.range().end <= within.end
            })
            .map(|(id, _)| id)
            .collect();
        for duty in duties {
            let Some(holdings) = checked.holdings(duty) else {
                continue;
            };
            let model = &checked.model;
            let mut names: Vec<String> = holdings.iter().map(|it| holder(model, it)).collect();
            names.sort();
            names.dedup();
            let text = names.join(" / ");
            hints.push(InlayHint {
                position: snapshot
                    .places()
                    .position(model.duty(duty).decl.span.range().end),
                label: InlayHintLabel::String(format!("← {text}")),
                kind: Some(InlayHintKind::TYPE),
                text_edits: None,
                tooltip: None,
                padding_left: Some(true),
                padding_right: None,
                data: None,
            });
        }
    }
    Ok(Some(hints))
}
