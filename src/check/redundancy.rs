//! Redundancy: the same role given twice to one party, or a weaker role in addition to a stronger
//! one (section 5, rule 6).

use jiff::civil::Date;
use rustc_hash::{FxHashMap, FxHashSet};

use super::alike::{self, Alike};
use super::context::Context;
use super::finding::{Fact, Finding, Repeated};
use super::many::{self, Faults};
use super::overlaps::{Clash, Meeting, are_disjoint};
use super::state::ActiveGrant;
use crate::diagnostic::Code;
use crate::model::{ClaimId, DutyId, Model, PartyId, Role, Roles};
use crate::space::Region;

/// Diagram nodes that comparing the claims on one duty may take; beyond that it says that it did
/// not.
pub(super) const WORTH_COMPARING: usize = 512;

/// The redundant grants of a duty; `clashes` are those already reported for it.
pub(super) fn findings(
    context: &Context,
    model: &Model,
    today: Date,
    duty: DutyId,
    clashes: &[Clash],
) -> Vec<Finding> {
    let mut faults = nobody_twice(context, model, duty);
    let repeated = repeated(context, model, duty, clashes);
    let fact = |(region, it)| (region, Fact::Repeated(it));
    faults.extend(repeated.into_iter().map(fact));
    many::findings(context, model, today, (Code::Redundant, duty), faults)
}

fn repeated(
    context: &Context,
    model: &Model,
    duty: DutyId,
    clashes: &[Clash],
) -> Vec<(Region, Repeated)> {
    let Some(state) = context.state(model, duty) else {
        return Vec::new();
    };
    let told = Told::new(clashes);
    let mut list = RepeatedList::default();
    let groups = alike::groups(model, state.grants.iter().copied());
    let mut meeting = Meeting::new(context, model, groups.iter().map(Alike::first));
    // For each party, the groups that name it so far.
    let mut of_party: FxHashMap<PartyId, Vec<usize>> = FxHashMap::default();
    for (at, group) in groups.iter().enumerate() {
        let later = group.first();
        let mut others: Vec<usize> = Vec::new();
        for party in later.parties(model) {
            let known = of_party.entry(*party).or_default();
            others.extend_from_slice(known);
            known.push(at);
        }
        // A grant that is never in force with another can only repeat its own roles.
        if !meeting.meets_any(context, later) {
            others.clear();
        }
        others.push(at);
        others.sort_unstable();
        others.dedup();
        for other in others {
            // Of several alike, the second repeats the first.
            let is_own = other == at;
            let other = &groups[other];
            let earlier = other.first();
            let against = if is_own {
                group.all.get(1).copied().unwrap_or(later)
            } else {
                later
            };
            let Some((parties, more, less)) = repeats(model, earlier, against) else {
                continue;
            };
            if are_disjoint(context, model, earlier.claim, later.claim) {
                continue;
            }
            let mut region = context.store.intersect(earlier.region, later.region);
            for &clash in told.of(earlier, later) {
                region = context.store.difference(region, clashes[clash].region);
                if region.is_empty() {
                    break;
                }
            }
            if !region.is_empty() {
                for party in parties {
                    let claims = other.all.iter().chain(&group.all).map(|grant| grant.claim);
                    list.add((party, region, more, less), claims);
                }
            }
        }
    }
    list.list
}

/// Which clashes already cover two grants: a reported overlap needs no redundancy finding.
struct Told {
    every: Vec<usize>,
    of_grant: FxHashMap<(ClaimId, usize), Vec<usize>>,
}

impl Told {
    fn new(clashes: &[Clash]) -> Self {
        let mut of_grant: FxHashMap<(ClaimId, usize), Vec<usize>> = FxHashMap::default();
        for (at, clash) in clashes.iter().enumerate() {
            for grant in &clash.grants {
                let clashes = of_grant.entry((grant.claim, grant.grant)).or_default();
                clashes.push(at);
            }
        }
        Self {
            every: (0..clashes.len()).collect(),
            of_grant,
        }
    }

    /// A grant of both roles takes part in every overlap of the situations in which it is in force.
    fn of(&self, a: ActiveGrant, b: ActiveGrant) -> &[usize] {
        let gives_both = |grant: &ActiveGrant| grant.roles.and(Roles::OWNER) == Roles::OWNER;
        match [a, b].into_iter().find(gives_both) {
            Some(grant) => {
                let own = self.of_grant.get(&(grant.claim, grant.grant));
                own.map_or(&[], Vec::as_slice)
            }
            None => &self.every,
        }
    }
}

#[derive(Default)]
struct RepeatedList {
    list: Vec<(Region, Repeated)>,
    known: FxHashMap<(PartyId, Region, Roles, Roles), usize>,
    /// The claims of each.
    claims: Vec<FxHashSet<ClaimId>>,
}

impl RepeatedList {
    fn add(&mut self, key: (PartyId, Region, Roles, Roles), claims: impl Iterator<Item = ClaimId>) {
        let at = *self.known.entry(key).or_insert_with(|| {
            let (party, region, more, less) = key;
            let repeated = Repeated {
                party,
                more,
                less,
                claims: Vec::new(),
            };
            self.list.push((region, repeated));
            self.claims.push(FxHashSet::default());
            self.list.len() - 1
        });
        let (list, known) = (&mut self.list[at].1.claims, &mut self.claims[at]);
        list.extend(claims.filter(|claim| known.insert(*claim)));
    }
}

/// The parties that get the same roles from two grants, or weaker ones next to stronger, and which.
fn repeats(
    model: &Model,
    earlier: ActiveGrant,
    later: ActiveGrant,
) -> Option<(Vec<PartyId>, Roles, Roles)> {
    let is_one = (earlier.claim, earlier.grant) == (later.claim, later.grant);
    let (more, less) = repeated_roles(earlier.roles, later.roles, is_one)?;
    let helps = more == Roles::only(Role::Supports) && more == less;
    if helps && model.claim(earlier.claim).text != model.claim(later.claim).text {
        // Two different supporting texts are not a repetition.
        return None;
    }
    let others = later.parties(model);
    let shared = earlier.parties(model).iter().copied();
    let shared: Vec<PartyId> = shared.filter(|party| others.contains(party)).collect();
    (!shared.is_empty()).then_some((shared, more, less))
}

/// Which roles two grants give the same party twice, or the owning and the weaker roles if a weaker
/// one is given next to an owning one.
fn repeated_roles(a: Roles, b: Roles, is_one: bool) -> Option<(Roles, Roles)> {
    let common = a.and(b);
    if !is_one && !common.is_empty() {
        return Some((common, common));
    }
    let (less_a, less_b) = (a.without(Roles::OWNER), b.without(Roles::OWNER));
    if a.owning() && !less_b.is_empty() {
        return Some((a.and(Roles::OWNER), less_b));
    }
    (b.owning() && !less_a.is_empty()).then_some((b.and(Roles::OWNER), less_a))
}

/// Two `nobody`s that are in force together.
fn nobody_twice(context: &Context, model: &Model, duty: DutyId) -> Faults {
    let Some(state) = context.state(model, duty) else {
        return Vec::new();
    };
    let (store, mut covered) = (&context.store, Region::NONE);
    let mut faults = Vec::new();
    for (at, &(later, region)) in state.nobody.iter().enumerate() {
        // What it repeats is told of the first that says so.
        let mut left = store.intersect(region, covered);
        covered = store.union(covered, region);
        if left.is_empty() {
            continue;
        }
        for &(earlier, other) in &state.nobody[..at] {
            let both = store.intersect(left, other);
            if both.is_empty() {
                continue;
            }
            faults.push((both, Fact::NobodyTwice { earlier, later }));
            left = store.difference(left, both);
            if left.is_empty() {
                break;
            }
        }
    }
    faults
}
