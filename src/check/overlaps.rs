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
use super::finding::{Count, Fact, Finding, Holder};
use super::many::{self, Faults};
use super::state::ActiveGrant;
use crate::diagnostic::Code;
use crate::model::{ClaimId, DutyId, Model, Roles};
use crate::space::{BitCube, Region};

/// Grants that make two parties responsible, or two accountable, in the same situations.
pub(super) struct Clash {
    /// The situations.
    pub region: Region,
    /// The roles.
    pub roles: Roles,
    /// The grants.
    pub grants: Vec<ActiveGrant>,
}

impl Clash {
    fn fact(&self) -> Fact {
        Fact::Overlap {
            roles: self.roles,
            grants: self.grants.iter().map(Into::into).collect(),
        }
    }
}

/// Clashes of a duty.
pub(super) enum ClashesFound {
    /// All of them.
    All(Vec<Clash>),
    /// The largest of more than [`MAX_REGIONS`].
    Largest {
        /// How many there are.
        count: Count,
        /// The largest.
        clashes: Vec<Clash>,
    },
}

impl ClashesFound {
    /// The clashes, if they are all.
    pub(super) fn all(&self) -> Option<&[Clash]> {
        match self {
            Self::All(clashes) => Some(clashes),
            Self::Largest { .. } => None,
        }
    }
}

/// With more clashes than this on one duty, all but the largest are only counted.
const MAX_REGIONS: usize = 64;

/// The overlaps of a duty whose clashes are these.
pub(super) fn findings(
    context: &Context,
    model: &Model,
    today: Date,
    duty: DutyId,
    found: &ClashesFound,
) -> Vec<Finding> {
    let faults = |clashes: &[Clash]| -> Faults {
        clashes
            .iter()
            .map(|clash| (clash.region, clash.fact()))
            .collect()
    };
    let kind = (Code::Overlap, duty);
    match found {
        ClashesFound::All(clashes) => many::findings(context, model, today, kind, faults(clashes)),
        ClashesFound::Largest { count, clashes } => {
            vec![many::many(
                context,
                model,
                kind,
                None,
                (*count, faults(clashes)),
            )]
        }
    }
}

/// Every pair of grants that clashes; pairs that clash in the same situations become one.
pub(super) fn clashes(context: &Context, model: &Model, today: Date, duty: DutyId) -> ClashesFound {
    let Some(state) = context.state(model, duty) else {
        return ClashesFound::All(Vec::new());
    };
    let owning = alike::groups(model, state.owning().copied());
    let mut boxes = None;
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
        let mut seconds = 0;
        for other in &owning[..at] {
            let earlier = other.first();
            // Of several with the same situations and roles, a clash with one joins all.
            let is_same = earlier.region == later.region && earlier.roles == later.roles;
            seconds += usize::from(is_same);
            if is_same && seconds > 1 {
                continue;
            }
            let Some(roles) = clashing(model, earlier, later) else {
                continue;
            };
            if are_disjoint(context, model, earlier.claim, later.claim) {
                continue;
            }
            let region = context.store.intersect(earlier.region, later.region);
            if !region.is_empty() {
                clashes.add(region, roles, &[other, group]);
            }
        }
        if clashes.list.len() > MAX_REGIONS {
            let boxes =
                boxes.get_or_insert_with(|| Boxes::of(context, model, today, duty, &owning));
            if let Some(boxes) = boxes {
                return boxes.largest(context, model, &owning);
            }
        }
    }
    ClashesFound::All(clashes.list)
}

/// The roles that two grants give to different parties.
fn clashing(model: &Model, earlier: ActiveGrant, later: ActiveGrant) -> Option<Roles> {
    let roles = earlier.roles.and(later.roles).and(Roles::OWNER);
    (!roles.is_empty() && name_two(model, earlier, later)).then_some(roles)
}

/// Where each group of grants is in force, as cubes.
struct Boxes<'c>(Vec<&'c [BitCube]>);

impl<'c> Boxes<'c> {
    /// `None` if cubes alone do not tell: a claim needs too many, not all situations count, or an
    /// `allow` accepts a part.
    fn of(
        context: &'c Context,
        model: &Model,
        today: Date,
        duty: DutyId,
        owning: &[Alike],
    ) -> Option<Self> {
        let is_everywhere = context.exists(duty) == Region::ALL;
        if !is_everywhere
            || !acceptance::naming(context, model, today, (Code::Overlap, duty)).is_empty()
        {
            return None;
        }
        let cubes = |group: &Alike| {
            let claim = model.claim(group.first().claim);
            context.cubes(claim.when).filter(|_| !claim.otherwise)
        };
        owning
            .iter()
            .map(cubes)
            .collect::<Option<Vec<_>>>()
            .map(Self)
    }

    /// The number of clashes, and the largest.
    fn largest(&self, context: &Context, model: &Model, owning: &[Alike]) -> ClashesFound {
        let mut pairs: Vec<(f64, usize, usize)> = Vec::new();
        let (mut count, mut tests) = (0, 0);
        for (later, group) in owning.iter().enumerate() {
            let inner =
                clashing(model, group.first(), group.first()).map_or(0, |_| group.all.len());
            count += inner * inner.saturating_sub(1) / 2;
            for (earlier, other) in owning[..later].iter().enumerate() {
                if clashing(model, other.first(), group.first()).is_none() {
                    continue;
                }
                let share = self.share(context, earlier, later);
                if share > 0.0 {
                    count += group.all.len() * other.all.len();
                    pairs.push((share, earlier, later));
                }
            }
            tests += later;
            if pairs.len() > MANY_PAIRS {
                keep_largest(&mut pairs);
            }
            if tests > MAX_TESTS {
                break;
            }
        }
        keep_largest(&mut pairs);
        let clash = |&(_, earlier, later): &(f64, usize, usize)| {
            let [a, b] = [earlier, later].map(|at: usize| owning[at].first());
            Clash {
                region: context.store.intersect(a.region, b.region),
                roles: clashing(model, a, b).unwrap_or_default(),
                grants: vec![a, b],
            }
        };
        ClashesFound::Largest {
            count: Count {
                number: count,
                more: tests > MAX_TESTS,
            },
            clashes: pairs.iter().map(clash).collect(),
        }
    }

    /// The share of all situations in which both are in force; of several cubes, the largest.
    fn share(&self, context: &Context, a: usize, b: usize) -> f64 {
        let pairs = self.0[a]
            .iter()
            .flat_map(|a| self.0[b].iter().map(move |b| (a, b)));
        let shares = pairs.map(|(a, b)| a.share_with(b, &context.sizes));
        shares.fold(0.0, f64::max)
    }
}

/// After this many pairs were compared, the rest is not counted.
const MAX_TESTS: usize = 1 << 21;
/// More pairs than this are not kept while they are counted.
const MANY_PAIRS: usize = 1 << 14;

fn keep_largest(pairs: &mut Vec<(f64, usize, usize)>) {
    // Pairs of the same size stay in the order of the claims.
    pairs.sort_by(|a, b| b.0.total_cmp(&a.0));
    pairs.truncate(MAX_REGIONS);
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
pub(super) fn contradictions(
    context: &Context,
    model: &Model,
    today: Date,
    duty: DutyId,
) -> Vec<Finding> {
    let Some(state) = context.state(model, duty) else {
        return Vec::new();
    };
    let mut faults = Vec::new();
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
        let fact = |(both, other)| (both, Fact::Contradiction { nobody, other });
        faults.extend(met.into_iter().map(fact));
    }
    many::findings(context, model, today, (Code::Contradiction, duty), faults)
}

fn holder(active: &ActiveGrant) -> Holder {
    Holder {
        claim: active.claim,
        grants: vec![active.grant],
    }
}
