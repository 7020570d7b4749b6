//! Where a duty has no holder, or several, and no `allow` accepts that: an `ensure` that fails
//! there fails for the same cause, which is told already.
//!
//! In: a duty. Out: the region. Always: computed only for duties that an `ensure` names, because it
//! may be far larger than anything that is told.

use jiff::civil::Date;

use super::acceptance;
use super::context::Context;
use super::gaps;
use super::state::DutyState;
use crate::diagnostic::Code;
use crate::model::{DutyId, Model, PartyId, Role};
use crate::space::Region;

/// The situations of a duty with an error that is not accepted.
pub(super) fn region(context: &Context, model: &Model, today: Date, duty: DutyId) -> Region {
    let Some(state) = context.state(model, duty) else {
        return Region::NONE;
    };
    let store = &context.store;
    let nobody = state.nobody_region(store);
    let owning = store.union_all(state.owning().map(|grant| grant.region));
    let mut faults: Vec<(Code, Region)> = gaps::regions(context, model, duty).into();
    faults.push((Code::Overlap, overlap(context, model, state)));
    faults.push((Code::Contradiction, store.intersect(nobody, owning)));
    faults
        .into_iter()
        .fold(Region::NONE, |spoiled, (code, region)| {
            let left = acceptance::naming(context, model, today, (code, duty)).into_iter();
            let left = left.filter(|it| it.holds).fold(region, |left, it| {
                store.difference(left, context.when(model, model.allows[it.allow].when))
            });
            store.union(spoiled, left)
        })
}

/// Where two parties are responsible, or two accountable.
fn overlap(context: &Context, model: &Model, state: &DutyState) -> Region {
    let store = &context.store;
    let mut twice = Region::NONE;
    for role in [Role::Responsible, Role::Accountable] {
        // Grants that name the same single party do not clash.
        let mut held: Vec<(&[PartyId], Region)> = Vec::new();
        for grant in state.grants.iter().filter(|grant| grant.roles.has(role)) {
            let parties = grant.parties(model);
            let clashes = |known: &[PartyId]| known != parties || parties.len() > 1;
            let others = held.iter().filter(|(known, _)| clashes(known));
            let others = store.union_all(others.map(|(_, region)| *region));
            twice = store.union(twice, store.intersect(others, grant.region));
            match held.iter_mut().find(|(known, _)| *known == parties) {
                Some((_, region)) => *region = store.union(*region, grant.region),
                None => held.push((parties, grant.region)),
            }
        }
    }
    twice
}
