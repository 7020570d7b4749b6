//! What `otherwise` filled (section 5, rule 8); it is always listed.

use super::context::Context;
use super::describe::DescribedRegion;
use super::finding::{Fact, Finding};
use super::found::Found;
use crate::diagnostic::Code;
use crate::model::{ClaimId, DutyId, Model};
use crate::space::Region;

/// For each `otherwise`, the duties that only it gives to somebody.
pub(super) fn filled(
    context: &Context,
    model: &Model,
    budget: usize,
    found: &Found,
) -> Vec<Finding> {
    let mut findings = Vec::new();
    context.begin_describing();
    for (claim, _) in model.claims().filter(|(_, claim)| claim.otherwise) {
        let certain = model
            .duties()
            .map(|(id, _)| id)
            .filter(|&id| found.is_certain(model, id));
        let rows: Vec<_> = certain
            .filter_map(|duty| Some((duty, region_filled(context, duty, claim)?)))
            .map(|(duty, region)| {
                let exists = context.exists(duty);
                let describe = || DescribedRegion::new(context, model, region, exists);
                (duty, context.store.within(budget, describe).ok())
            })
            .collect();
        if !rows.is_empty() {
            findings.push(Finding::of_model(
                Code::Filled,
                Fact::Filled { claim, rows },
            ));
        }
    }
    findings
}

/// Where a claim fills a duty, if anywhere.
fn region_filled(context: &Context, duty: DutyId, claim: ClaimId) -> Option<Region> {
    let filled = &context.known_state(duty)?.filled;
    let own = filled.iter().find(|(id, _)| *id == claim);
    own.map(|(_, region)| *region)
}
