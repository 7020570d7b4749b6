//! `ensure` (section 7): requirements on who holds the duties.

use jiff::civil::Date;

use super::acceptance;
use super::context::Context;
use super::describe::DescribedRegion;
use super::finding::{Fact, Finding, Holder, Shrinks};
use super::state::{ActiveGrant, DutyState};
use crate::diagnostic::Code;
use crate::model::{DutyId, Model, PartyId, Requirement, Role};
use crate::space::{AxisId, Region, RegionStore};

/// Maximum number of duties listed for one `ensure` that fails.
pub(super) const MAX_DUTIES: usize = 100;

/// Once a model has this many findings, each further `ensure` lists only one duty.
pub(super) const MANY: usize = 10_000;

/// The roles that make a party hold a duty.
const OWNING: [Role; 2] = [Role::Responsible, Role::Accountable];

/// Where the `ensure` with this number fails for a duty, except in situations already spoiled by
/// another finding.
pub(super) fn findings(
    context: &Context,
    model: &Model,
    today: Date,
    at: usize,
    duty: DutyId,
    spoiled: Region,
) -> Vec<Finding> {
    let ensure = &model.ensures[at];
    let Some(state) = context.state(model, duty) else {
        return Vec::new();
    };
    let scope = context.scope(model, ensure.when, duty);
    let scope = context.store.difference(scope, spoiled);
    if let Requirement::Monotone(party, axis, steps) = &ensure.requirement {
        let along = (*party, *axis, steps.as_slice());
        return shrinks(context, model, today, (at, duty), along, (scope, state));
    }
    let good = satisfied(model, &context.store, state, &ensure.requirement);
    let broken = context.store.difference(scope, good);
    if broken.is_empty() {
        return Vec::new();
    }
    let part = (Code::EnsureFails, duty, broken);
    acceptance::findings(context, model, today, part, |described| Fact::EnsureFails {
        ensure: at,
        holders: holders(context, state, context.around(broken, &described.example)),
    })
}

/// Where a duty meets a requirement.
fn satisfied(
    model: &Model,
    store: &RegionStore,
    state: &DutyState,
    requirement: &Requirement,
) -> Region {
    let held = |party, role| state.held(model, store, party, role);
    match requirement {
        Requirement::Owns(_) | Requirement::Share(_) => {
            let parties = requirement.parties();
            OWNING.into_iter().fold(Region::ALL, |good, role| {
                let good = parties.iter().fold(good, |good, &party| {
                    store.intersect(good, held(party, role))
                });
                store.difference(good, state.held_by_others(model, store, &parties, role))
            })
        }
        Requirement::Role(parties, role) => parties.iter().fold(Region::ALL, |good, &party| {
            store.intersect(good, held(party, *role))
        }),
        Requirement::Never(party) => OWNING.into_iter().fold(Region::ALL, |good, role| {
            store.difference(good, held(*party, role))
        }),
        Requirement::Nobody => OWNING.into_iter().fold(Region::ALL, |good, role| {
            store.difference(good, state.anybody(store, role))
        }),
        Requirement::Monotone(..) => Region::ALL,
    }
}

/// The claims that decide who holds a duty in some situation of a region.
fn holders(context: &Context, state: &DutyState, here: Region) -> Vec<Holder> {
    let mut holders: Vec<Holder> = Vec::new();
    for active in state.owning() {
        if context.store.intersects(active.region, here) {
            match holders.iter_mut().find(|it| it.claim == active.claim) {
                Some(known) => known.grants.push(active.grant),
                None => holders.push(Holder {
                    claim: active.claim,
                    grants: vec![active.grant],
                }),
            }
        }
    }
    for &(claim, region) in &state.nobody {
        if context.store.intersects(region, here) {
            holders.push(Holder {
                claim,
                grants: Vec::new(),
            });
        }
    }
    holders
}

/// A party that is responsible at one value must also be responsible at the next value at which the
/// duty exists.
fn shrinks(
    context: &Context,
    model: &Model,
    today: Date,
    (ensure, duty): (usize, DutyId),
    (party, axis, steps): (PartyId, AxisId, &[u32]),
    (scope, state): (Region, &DutyState),
) -> Vec<Finding> {
    let store = &context.store;
    let held = state.held(model, store, party, Role::Responsible);
    // Where the party was responsible at the last value at which the duty existed, with all other
    // axes unchanged.
    let mut carried = Region::NONE;
    let mut findings = Vec::new();
    for (at_step, &to) in steps.iter().enumerate() {
        let there = store.restrict(scope, axis, to);
        let kept = store.intersect(store.restrict(held, axis, to), there);
        let lost = store.difference(store.intersect(carried, there), kept);
        carried = store.union(store.difference(carried, there), kept);
        if lost.is_empty() {
            continue;
        }
        let holds_at = |from: u32| store.intersects(store.restrict(held, axis, from), lost);
        let from = steps[..at_step]
            .iter()
            .rev()
            .copied()
            .find(|&from| holds_at(from));
        let lost = store.intersect(lost, store.test_one(axis, to));
        let (Some(from), false) = (from, lost.is_empty()) else {
            continue;
        };
        let at_from = store.test_one(axis, from);
        let held_before = |active: &&ActiveGrant| {
            active.roles.has(Role::Responsible)
                && active.parties(model).contains(&party)
                && store.intersects(active.region, at_from)
        };
        let before = state.grants.iter().find(held_before).map(Into::into);
        let part = (Code::Shrinks, duty, lost);
        let fact = |described: &DescribedRegion| {
            Fact::Shrinks(Shrinks {
                ensure,
                party,
                step: (axis, from, to),
                before,
                holders: holders(context, state, context.around(lost, &described.example)),
            })
        };
        findings.extend(acceptance::findings(context, model, today, part, fact));
    }
    findings
}
