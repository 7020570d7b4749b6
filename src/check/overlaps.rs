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
use rustc_hash::{FxHashMap, FxHashSet};

use super::acceptance;
use super::alike::{self, Alike};
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
    let owning = alike::groups(model, state.owning().copied());
    let mut clashes = Clashes::default();
    let mut meeting = Meeting::new(context, model, owning.iter().map(Alike::first));
    for (at, group) in owning.iter().enumerate() {
        let later = group.first();
        let inner = later.roles.and(Roles::OWNER);
        if group.all.len() > 1 && !inner.is_empty() && name_two(model, later, later) {
            clashes.add(later.region, inner, &[group]);
        }
        if !meeting.meets_any(context, later) {
            continue;
        }
        for other in &owning[..at] {
            let earlier = other.first();
            let roles = earlier.roles.and(later.roles).and(Roles::OWNER);
            if roles.is_empty()
                || !name_two(model, earlier, later)
                || are_disjoint(context, model, earlier.claim, later.claim)
            {
                continue;
            }
            let region = context.store.intersect(earlier.region, later.region);
            if !region.is_empty() {
                clashes.add(region, roles, &[other, group]);
            }
        }
    }
    clashes.list
}

/// Clashes, and an index from situations to positions in the list.
#[derive(Default)]
struct Clashes {
    list: Vec<Clash>,
    /// The claims that each began with.
    pairs: Vec<Option<(ClaimId, ClaimId)>>,
    /// The grants of each.
    taken: Vec<FxHashSet<(ClaimId, usize)>>,
    known: FxHashMap<Region, Vec<usize>>,
}

fn key(grant: &ActiveGrant) -> (ClaimId, usize) {
    (grant.claim, grant.grant)
}

impl Clashes {
    /// Adds a clash of groups of grants to one in the same situations, or as a new clash.
    fn add(&mut self, region: Region, roles: Roles, groups: &[&Alike]) {
        let known = self.known.entry(region).or_default();
        let firsts: Vec<ActiveGrant> = groups.iter().map(|group| group.first()).collect();
        let pair = match firsts.as_slice() {
            [a, b] => Some((a.claim, b.claim)),
            _ => None,
        };
        // Grants that clash with the same grant are one finding, as are both roles of one pair of
        // claims.
        let found = known.iter().copied().find(|&at| {
            let taken = &self.taken[at];
            let is_pair = || pair.is_some() && self.pairs[at] == pair;
            firsts.iter().any(|grant| taken.contains(&key(grant))) || is_pair()
        });
        let at = found.unwrap_or_else(|| {
            known.push(self.list.len());
            self.taken.push(FxHashSet::default());
            self.pairs.push(pair);
            self.list.push(Clash {
                region,
                roles,
                grants: Vec::new(),
            });
            self.list.len() - 1
        });
        let (clash, taken) = (&mut self.list[at], &mut self.taken[at]);
        clash.roles = clash.roles.or(roles);
        for group in groups {
            // Of a group, all are taken or none is.
            if !taken.contains(&key(&group.first())) {
                taken.extend(group.all.iter().map(key));
                clash.grants.extend(&group.all);
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
    pub(super) fn new(
        context: &Context,
        model: &Model,
        mut grants: impl Iterator<Item = ActiveGrant>,
    ) -> Self {
        let has_cubes = |grant: ActiveGrant| context.cubes(model.claim(grant.claim).when).is_some();
        Self((!grants.all(has_cubes)).then_some(Region::NONE))
    }

    /// Whether this grant may be in force together with one passed earlier.
    pub(super) fn meets_any(&mut self, context: &Context, grant: ActiveGrant) -> bool {
        let Some(covered) = self.0 else { return true };
        self.0 = Some(context.store.union(covered, grant.region));
        context.store.intersects(covered, grant.region)
    }
}

/// More `nobody`s on one duty than these are told once for each set of situations.
const MANY_NOBODIES: usize = 8;

/// Where a `nobody` is in force together with a claim that gives the duty to somebody.
fn contradictions(context: &Context, model: &Model, today: Date, duty: DutyId) -> Vec<Finding> {
    let Some(state) = context.state(model, duty) else {
        return Vec::new();
    };
    let mut findings = Vec::new();
    let owning = alike::groups(model, state.owning().copied());
    let mut told = FxHashSet::default();
    for &(nobody, region) in &state.nobody {
        // Of several that say the same of the same situations, one is enough.
        if state.nobody.len() > MANY_NOBODIES && !told.insert(region) {
            continue;
        }
        let mut met: Vec<(Region, Holder)> = Vec::new();
        for group in &owning {
            let active = &group.first();
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
