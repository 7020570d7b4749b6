//! `separate` (section 7): no party may be responsible on both sides.

use std::collections::BTreeMap;

use jiff::civil::Date;
use rustc_hash::FxHashSet;

use super::acceptance;
use super::context::Context;
use super::describe::DescribedRegion;
use super::finding::{Fact, Finding, GrantRef, NotSeparate};
use super::state::ActiveGrant;
use crate::diagnostic::Code;
use crate::model::{DutyId, Model, PartyId, Role};
use crate::space::Region;

/// The most pairs of duties that are listed for one `separate`.
pub(super) const MAX_PAIRS: usize = 100;

/// Duties that stand on both sides of the `separate` with this number.
pub(super) fn both_sides(model: &Model, at: usize) -> Option<Finding> {
    let it = &model.separates[at];
    let right: FxHashSet<DutyId> = it.right.iter().copied().collect();
    let both = it.left.iter().copied().filter(|duty| right.contains(duty));
    let duties: Vec<DutyId> = both.collect();
    let fact = Fact::BothSides {
        separate: at,
        duties: duties.clone(),
    };
    (!duties.is_empty()).then(|| Finding::of_model(Code::NotSeparate, fact))
}

/// Where one party is responsible for a duty on each side of the `separate` with this number. A pair
/// of duties that both stand on both sides is told once.
pub(super) fn findings(
    context: &Context,
    model: &Model,
    today: Date,
    at: usize,
    (left_side, right_side): (&[DutyId], &[DutyId]),
) -> Vec<Finding> {
    let when = context.when(model, model.separates[at].when);
    let store = &context.store;
    // For each party, the duties of the right side that it is responsible for.
    let mut rights: BTreeMap<PartyId, Vec<(DutyId, Region)>> = BTreeMap::new();
    for &right in right_side {
        for (party, there) in responsible(context, model, right) {
            rights.entry(party).or_default().push((right, there));
        }
    }
    let set = |side: &[DutyId]| -> FxHashSet<DutyId> { side.iter().copied().collect() };
    let (in_left, in_right) = (set(left_side), set(right_side));
    let is_told = |left: DutyId, right: DutyId| {
        left == right || right < left && in_left.contains(&right) && in_right.contains(&left)
    };
    let (mut findings, mut pairs) = (Vec::new(), 0);
    for &left in left_side {
        for (party, held) in responsible(context, model, left) {
            let held = store.intersect(held, when);
            let theirs = rights.get(&party).map_or(&[][..], Vec::as_slice);
            for (right, there) in theirs.iter().filter(|(right, _)| !is_told(left, *right)) {
                let both = store.intersect(held, *there);
                if both.is_empty() {
                    continue;
                }
                if pairs == MAX_PAIRS {
                    let fact = Fact::MoreNotSeparate(at);
                    findings.push(Finding::of_model(Code::NotSeparate, fact));
                    return findings;
                }
                pairs += 1;
                let part = (Code::NotSeparate, left, both);
                let fact = |described: &DescribedRegion| {
                    let here = context.around(both, &described.example);
                    Fact::NotSeparate(NotSeparate {
                        separate: at,
                        other: *right,
                        party,
                        grants: [left, *right].map(|duty| grant(context, model, duty, party, here)),
                        involved: involved(context, model, [left, *right], party),
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

/// Every party that is responsible for a duty, itself or through a group, and where.
fn responsible(context: &Context, model: &Model, duty: DutyId) -> BTreeMap<PartyId, Region> {
    let mut held: BTreeMap<PartyId, Region> = BTreeMap::new();
    for active in grants(context, model, duty) {
        if !active.roles.has(Role::Responsible) {
            continue;
        }
        for &party in active.parties(model) {
            for holder in model.with_members(party) {
                let known = held.entry(holder).or_insert(Region::NONE);
                *known = context.store.union(*known, active.region);
            }
        }
    }
    held
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
