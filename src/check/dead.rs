//! Statements that never take effect: claims, constraints and `impossible`s that hold in no
//! situation or for no duty, and an `otherwise` that fills nothing.

use super::context::Context;
use super::finding::{DeadReason, DeadStatement, Fact, Finding};
use super::found::Found;
use crate::diagnostic::Code;
use crate::model::{CondId, DutyId, Model};
use crate::source::Span;
use crate::space::Region;

/// Every statement that never takes effect.
pub(super) fn findings(
    context: &Context,
    model: &Model,
    budget: usize,
    found: &Found,
) -> Vec<Finding> {
    if model.uncertain {
        return Vec::new();
    }
    let dead = |statement, at: Span, reason: Option<DeadReason>| {
        reason.map(|reason| {
            let fact = Fact::Dead {
                statement,
                at,
                reason,
            };
            Finding::of_model(Code::NeverApplies, fact)
        })
    };
    let applies = |when, duties: &[DutyId]| why_dead(context, model, budget, when, duties);
    let mut findings = Vec::new();
    for (id, claim) in model.claims() {
        if claim.faulty
            || !claim
                .duties
                .iter()
                .all(|&duty| found.is_certain(model, duty))
        {
            continue;
        }
        if claim.otherwise && !claim.duties.is_empty() {
            let is_in_force = |duty: &DutyId| {
                let state = context.known_state(*duty);
                state.is_some_and(|state| state.is_in_force(id))
            };
            let nothing = !claim.duties.iter().any(is_in_force);
            let reason = nothing.then_some(DeadReason::NothingLeft);
            findings.extend(dead(DeadStatement::Otherwise, claim.head, reason));
        } else {
            let reason = applies(claim.when, &claim.duties);
            findings.extend(dead(DeadStatement::Claim, claim.head, reason));
        }
    }
    for it in &model.ensures {
        let reason = applies(it.when, &it.duties);
        findings.extend(dead(DeadStatement::Ensure, it.head, reason));
    }
    for it in &model.separates {
        // It can never apply if one of its sides cannot.
        let reason = applies(it.when, &it.left).or_else(|| applies(it.when, &it.right));
        findings.extend(dead(DeadStatement::Separate, it.head, reason));
    }
    for it in &model.impossible {
        let is_empty = context.when(model, it.when).is_empty();
        let reason = is_empty.then_some(DeadReason::NeverTrue);
        findings.extend(dead(DeadStatement::Impossible, it.span, reason));
    }
    findings
}

/// Why a statement applies to no existing duty in any situation; `None` if it applies to one.
fn why_dead(
    context: &Context,
    model: &Model,
    budget: usize,
    when: CondId,
    duties: &[DutyId],
) -> Option<DeadReason> {
    if duties.is_empty() {
        return Some(DeadReason::NoDuty);
    }
    let is_somewhere = context.cubes(when).is_some_and(|cubes| !cubes.is_empty());
    if is_somewhere
        && duties
            .iter()
            .any(|&duty| context.exists(duty) == Region::ALL)
    {
        return None;
    }
    let store = &context.store;
    let reason = store.within(budget, || {
        let region = context.when(model, when);
        if region.is_empty() {
            return Some(DeadReason::NeverTrue);
        }
        let region = store.intersect(region, context.possible);
        if region.is_empty() {
            return Some(DeadReason::Impossible);
        }
        let exist: Vec<Region> = duties.iter().map(|&duty| context.exists(duty)).collect();
        let is_alive = exist.iter().any(|&exists| store.intersects(region, exists));
        let exist_anywhere = exist.iter().any(|exists| !exists.is_empty());
        (!is_alive && exist_anywhere).then_some(DeadReason::NoDutyThere)
    });
    // The code that evaluates the condition reports that it exceeds the budget.
    reason.unwrap_or(None)
}
