//! `separate` (section 7): no party may be responsible on both sides.

use jiff::civil::Date;

use super::acceptance;
use super::context::Context;
use super::finding::{DescribedRegion, Fact, Finding, GrantRef, NotSeparate};
use super::state::ActiveGrant;
use crate::diagnostic::Code;
use crate::model::{DutyId, Model, PartyId, Role};
use crate::space::Region;

/// Where one party is responsible for a duty on each side of the `separate` with this number.
pub(super) fn findings(
    context: &Context,
    model: &Model,
    today: Date,
    at: usize,
    (left_side, right_side): (&[DutyId], &[DutyId]),
) -> Vec<Finding> {
    let when = context.when(model, model.separates[at].when);
    let store = &context.store;
    let mut findings = Vec::new();
    for &left in left_side {
        for party in responsible_parties(context, model, left) {
            let held = store.intersect(responsible(context, model, left, party), when);
            for &right in right_side {
                let both = store.intersect(held, responsible(context, model, right, party));
                if both.is_empty() {
                    continue;
                }
                let part = (Code::NotSeparate, left, both);
                let fact = |described: &DescribedRegion| {
                    let here = context.around(both, &described.example);
                    Fact::NotSeparate(NotSeparate {
                        separate: at,
                        other: right,
                        party,
                        grants: [left, right].map(|duty| grant(context, model, duty, party, here)),
                        involved: involved(context, model, [left, right], party),
                    })
                };
                findings.extend(acceptance::findings(context, model, today, part, fact));
            }
        }
    }
    findings
}

/// Every grant on a duty that is in force somewhere.
fn grants<'c>(context: &'c Context, model: &Model, duty: DutyId) -> &'c [ActiveGrant] {
    let state = context.state(model, duty);
    state.map_or(&[], |state| state.grants.as_slice())
}

/// Where a party is responsible for a duty, itself or through a group.
fn responsible(context: &Context, model: &Model, duty: DutyId, party: PartyId) -> Region {
    let Some(state) = context.state(model, duty) else {
        return Region::NONE;
    };
    let everybody = (0..).map(PartyId).take(model.parties.len());
    let includes = |group: &PartyId| model.with_members(*group).any(|member| member == party);
    let held = |group| state.held(model, &context.store, group, Role::Responsible);
    context
        .store
        .union_all(everybody.filter(includes).map(held))
}

/// The parties that are responsible for a duty somewhere, members of groups included.
fn responsible_parties(context: &Context, model: &Model, duty: DutyId) -> Vec<PartyId> {
    let grants = grants(context, model, duty).iter();
    let mut parties: Vec<PartyId> = grants
        .filter(|grant| grant.roles.has(Role::Responsible))
        .flat_map(|grant| grant.parties(model))
        .flat_map(|&party| model.with_members(party))
        .collect();
    parties.sort_unstable();
    parties.dedup();
    parties
}

/// A grant that makes a party responsible for a duty in some situation of a region.
fn grant(
    context: &Context,
    model: &Model,
    duty: DutyId,
    party: PartyId,
    here: Region,
) -> Option<GrantRef> {
    let gives = |active: &&ActiveGrant| {
        let mut holders = active
            .parties(model)
            .iter()
            .flat_map(|&it| model.with_members(it));
        active.roles.has(Role::Responsible)
            && holders.any(|holder| holder == party)
            && context.store.intersects(active.region, here)
    };
    grants(context, model, duty)
        .iter()
        .find(gives)
        .map(Into::into)
}

/// The parties that may include a group and one of its members.
fn involved(context: &Context, model: &Model, duties: [DutyId; 2], party: PartyId) -> Vec<PartyId> {
    let grants = duties
        .into_iter()
        .flat_map(|duty| grants(context, model, duty));
    let parties = grants.flat_map(|active| active.parties(model).iter().copied());
    parties.chain([party]).collect()
}
