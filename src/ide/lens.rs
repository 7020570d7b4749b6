//! Counts above a model, and inlay hints after a duty's name that show who holds it.

use std::ops::Range;

use super::{Snapshot, Workspace};
use crate::diagnostic::Family;
use crate::matrix::Holding;
use crate::model::{DutyId, Model, PartyId};
use crate::view::owners;

/// A line above a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lens {
    /// The bytes of the name that it is about.
    pub bytes: Range<usize>,
    /// What it says.
    pub text: String,
}

/// A hint after a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hint {
    /// The byte after the name.
    pub at: usize,
    /// What it says.
    pub text: String,
}

/// For each model: counts of its duties, gaps and overlaps, and how many duties each party holds.
#[must_use]
pub fn lenses(workspace: &Workspace, snapshot: &Snapshot) -> Option<Vec<Lens>> {
    let (analysis, file) = workspace.analysis(&snapshot.path)?;
    let mut lenses = Vec::new();
    for checked in &analysis.run.models {
        let model = &checked.model;
        if model.decl.span.file != file {
            continue;
        }
        let open = |family| {
            let open = checked.findings.iter().filter(|it| !it.is_accepted());
            open.filter(|it| it.code.family() == family).count()
        };
        let counts = format!(
            "{}, {}, {}",
            count(model.duties.len(), "duty", "duties"),
            count(open(Family::Gaps), "gap", "gaps"),
            count(open(Family::Overlaps), "overlap", "overlaps")
        );
        let parties = model.used_parties();
        let parties =
            parties.map(|(id, party)| format!("{}: {}", party.decl.title, owned(model, id)));
        let bytes = model.decl.span.range();
        let lens = |text| Lens {
            bytes: bytes.clone(),
            text,
        };
        lenses.extend(std::iter::once(counts).chain(parties).map(lens));
    }
    Some(lenses)
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The number of duties for which claims make a party responsible or accountable.
pub(super) fn owned(model: &Model, party: PartyId) -> usize {
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
fn holder(model: &Model, holding: &Holding) -> String {
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

/// For each duty in a range, a hint after its name that shows who holds it.
#[must_use]
pub fn hints(
    workspace: &Workspace,
    snapshot: &Snapshot,
    within: &Range<usize>,
) -> Option<Vec<Hint>> {
    let (analysis, file) = workspace.analysis(&snapshot.path)?;
    let mut hints = Vec::new();
    for checked in &analysis.run.models {
        let model = &checked.model;
        for (id, duty) in model.duties() {
            let (span, bytes) = (duty.decl.span, duty.decl.span.range());
            if span.file != file || bytes.start < within.start || within.end < bytes.end {
                continue;
            }
            let Some(holdings) = checked.holdings(id) else {
                continue;
            };
            let mut names: Vec<String> = holdings.iter().map(|it| holder(model, it)).collect();
            names.sort();
            names.dedup();
            hints.push(Hint {
                at: bytes.end,
                text: format!("← {}", names.join(" / ")),
            });
        }
    }
    Some(hints)
}
