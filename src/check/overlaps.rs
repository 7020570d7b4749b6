//! Overlaps and contradictions: claims on one duty that are in force together but must not be
//! (section 5, rules 4 and 5).
//!
//! # A worked example
//!
//! Three claims on one duty: `a owns d`, `b owns d when eu`, `c owns d when eu`. The pairs (a, b),
//! (a, c) and (b, c) clash, each in {eu}. The first makes a clash in {eu}; the second shares a
//! grant with it and the same situations, so it joins it, and so does the third: one finding,
//! "claimed 3 times when `eu`", with three labels. Had the third claim been `when plan = paid`, its
//! clash with `a` would be in other situations, and a finding of its own.

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use super::acceptance;
use super::context::Context;
use super::finding::{Fact, Finding, Holder};
use super::state::ActiveGrant;
use crate::diagnostic::Code;
use crate::model::{ClaimId, DutyId, Model, Roles};
use crate::space::Region;

/// Grants that make two parties responsible, or two accountable, in the same situations.
pub(super) struct Clash {
    /// The situations.
    pub region: Region,
    /// The roles.
    pub roles: Roles,
    /// The grants.
    pub grants: Vec<ActiveGrant>,
}

/// The overlaps and contradictions of a duty whose clashes are these.
pub(super) fn findings(
    context: &Context,
    model: &Model,
    today: Date,
    duty: DutyId,
    clashes: &[Clash],
) -> Vec<Finding> {
    let overlap = |clash: &Clash| {
        let part = (Code::Overlap, duty, clash.region);
        acceptance::findings(context, model, today, part, |_| Fact::Overlap {
            roles: clash.roles,
            grants: clash.grants.iter().map(Into::into).collect(),
        })
    };
    let mut findings: Vec<Finding> = clashes.iter().flat_map(overlap).collect();
    findings.extend(contradictions(context, model, today, duty));
    findings
}

/// Every pair of grants that clashes; pairs that clash in the same situations become one.
pub(super) fn clashes(context: &Context, model: &Model, duty: DutyId) -> Vec<Clash> {
    let Some(state) = context.state(model, duty) else {
        return Vec::new();
    };
    let owning: Vec<ActiveGrant> = state.owning().copied().collect();
    let mut clashes = Clashes::default();
    let mut meeting = Meeting::new(context, model, &owning);
    for (at, &later) in owning.iter().enumerate() {
        if !meeting.meets_any(context, later) {
            continue;
        }
        for &earlier in &owning[..at] {
            let roles = earlier.roles.and(later.roles).and(Roles::OWNER);
            if roles.is_empty()
                || !name_two(model, earlier, later)
                || are_disjoint(context, model, earlier.claim, later.claim)
            {
                continue;
            }
            let region = context.store.intersect(earlier.region, later.region);
            if !region.is_empty() {
                clashes.add(region, roles, earlier, later);
            }
        }
    }
    clashes.list
}

/// Clashes, and an index from situations to positions in the list.
#[derive(Default)]
struct Clashes {
    list: Vec<Clash>,
    known: FxHashMap<Region, Vec<usize>>,
}

impl Clashes {
    /// Adds a clash of two grants to one in the same situations, or as a new clash.
    fn add(&mut self, region: Region, roles: Roles, a: ActiveGrant, b: ActiveGrant) {
        let known = self.known.entry(region).or_default();
        // Grants that clash with the same grant are one finding, as are both roles of one pair of
        // claims.
        let found = known.iter().copied().find(|&at| {
            let clash = &self.list[at];
            let is_pair = || clash.grants[0].claim == a.claim && clash.grants[1].claim == b.claim;
            clash.grants.contains(&a) || clash.grants.contains(&b) || is_pair()
        });
        let Some(clash) = found.and_then(|at| self.list.get_mut(at)) else {
            known.push(self.list.len());
            return self.list.push(Clash {
                region,
                roles,
                grants: vec![a, b],
            });
        };
        clash.roles = clash.roles.or(roles);
        for grant in [a, b] {
            if !clash.grants.contains(&grant) {
                clash.grants.push(grant);
            }
        }
    }
}

/// Whether the conditions of two claims are known to share no situation.
pub(super) fn are_disjoint(context: &Context, model: &Model, a: ClaimId, b: ClaimId) -> bool {
    let cubes = |claim| context.cubes(model.claim(claim).when);
    match (cubes(a), cubes(b)) {
        (Some(a), Some(b)) => a.iter().all(|a| b.iter().all(|b| a.is_disjoint(b))),
        _ => false,
    }
}

/// Whether two grants name more than one party between them.
fn name_two(model: &Model, a: ActiveGrant, b: ActiveGrant) -> bool {
    let (a, b) = (a.parties(model), b.parties(model));
    a != b || a.len() > 1
}

/// Whether a grant is in force together with an earlier one. If cubes already tell which pairs
/// meet, this does nothing; otherwise one intersection with the union of the earlier grants saves
/// most pairwise tests.
pub(super) struct Meeting(Option<Region>);

impl Meeting {
    /// For these grants.
    pub(super) fn new(context: &Context, model: &Model, grants: &[ActiveGrant]) -> Self {
        let has_cubes =
            |grant: &ActiveGrant| context.cubes(model.claim(grant.claim).when).is_some();
        Self((!grants.iter().all(has_cubes)).then_some(Region::NONE))
    }

    /// Whether this grant may be in force together with one passed earlier.
    pub(super) fn meets_any(&mut self, context: &Context, grant: ActiveGrant) -> bool {
        let Some(covered) = self.0 else { return true };
        self.0 = Some(context.store.union(covered, grant.region));
        context.store.intersects(covered, grant.region)
    }
}

/// Where a `nobody` is in force together with a claim that gives the duty to somebody.
fn contradictions(context: &Context, model: &Model, today: Date, duty: DutyId) -> Vec<Finding> {
    let Some(state) = context.state(model, duty) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    for &(nobody, region) in &state.nobody {
        let mut met: Vec<(Region, Holder)> = Vec::new();
        for active in state.owning() {
            let both = context.store.intersect(region, active.region);
            let same = |(known, other): &&mut (Region, Holder)| {
                *known == both && other.claim == active.claim
            };
            if both.is_empty() {
                continue;
            }
            match met.iter_mut().find(same) {
                Some((_, other)) => other.grants.push(active.grant),
                None => met.push((both, holder(active))),
            }
        }
        for (both, other) in met {
            let part = (Code::Contradiction, duty, both);
            let fact = |_: &_| Fact::Contradiction {
                nobody,
                other: other.clone(),
            };
            findings.extend(acceptance::findings(context, model, today, part, fact));
        }
    }
    findings
}

fn holder(active: &ActiveGrant) -> Holder {
    Holder {
        claim: active.claim,
        grants: vec![active.grant],
    }
}
