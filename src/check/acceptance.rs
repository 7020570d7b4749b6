//! `allow`: which part of a finding is accepted.

use super::context::Context;
use super::describe::DescribedRegion;
use super::finding::{AllowedBy, Fact, Finding};
use crate::diagnostic::Code;
use crate::model::{Allow, Allowed, ClaimId, DutyId, Model};
use crate::space::Region;
use jiff::civil::Date;

/// The most claims that are named beside an `allow` without effect.
const MAX_FILLING: usize = 3;

/// Turns a fault in some situations of a duty into findings: one for each part that an `allow`
/// accepts, and one for the rest.
pub(super) fn findings(
    context: &Context,
    model: &Model,
    today: Date,
    (code, duty, region): (Code, DutyId, Region),
    fact: impl Fn(&DescribedRegion) -> Fact,
) -> Vec<Finding> {
    let exists = context.exists(duty);
    let finding = |(region, allowed): (Region, Option<AllowedBy>)| {
        let described = DescribedRegion::new(context, model, region, exists);
        let fact = fact(&described);
        Finding::in_situations((code, duty), allowed, described, fact)
    };
    let parts = cut(context, model, today, (code, duty, region));
    parts.into_iter().map(finding).collect()
}

/// The `allow`s that name a kind of finding on a duty, those that still hold first.
pub(super) fn naming(
    context: &Context,
    model: &Model,
    today: Date,
    (code, duty): (Code, DutyId),
) -> Vec<AllowedBy> {
    let allows = context.allows_of(model, duty).iter();
    let mut allows: Vec<AllowedBy> = allows
        .map(|&at| at as usize)
        .filter(|&at| covers(model.allows[at].what, code))
        .map(|at| AllowedBy {
            allow: at,
            holds: model.allows[at].holds(today),
        })
        .collect();
    allows.sort_by_key(|it| !it.holds);
    allows
}

/// Splits a finding's situations by the `allow`s that name it. An expired `allow` gets only what no
/// other one covers.
pub(super) fn cut(
    context: &Context,
    model: &Model,
    today: Date,
    (code, duty, region): (Code, DutyId, Region),
) -> Vec<(Region, Option<AllowedBy>)> {
    let allows = naming(context, model, today, (code, duty));
    let (mut parts, mut left) = (Vec::new(), region);
    for it in allows {
        if left.is_empty() {
            break;
        }
        let covered = context.when(model, model.allows[it.allow].when);
        let covered = context.store.intersect(covered, left);
        if covered.is_empty() {
            continue;
        }
        parts.push((covered, Some(it)));
        left = context.store.difference(left, covered);
    }
    if !left.is_empty() {
        parts.push((left, None));
    }
    parts
}

/// Every `allow` that no finding used, except those on uncertain duties, which may still be needed.
pub(super) fn unused(
    context: &Context,
    model: &Model,
    found: &[Finding],
    is_certain: impl Fn(DutyId) -> bool,
) -> Vec<Finding> {
    let mut used = vec![false; model.allows.len()];
    for it in found.iter().filter_map(|finding| finding.allowed) {
        used[it.allow] = true;
    }
    let idle = |at: &usize| {
        !used[*at]
            && model.allows[*at]
                .duties
                .iter()
                .all(|&duty| is_certain(duty))
    };
    let finding = |allow| {
        let claims = filling(context, model, &model.allows[allow]);
        Finding::of_model(Code::AllowNothing, Fact::AllowsNothing { allow, claims })
    };
    (0..model.allows.len()).filter(idle).map(finding).collect()
}

/// The claims that leave no gap where an `allow` would accept one, each once.
fn filling(context: &Context, model: &Model, allow: &Allow) -> Vec<(ClaimId, DutyId)> {
    let mut claims: Vec<(ClaimId, DutyId)> = Vec::new();
    if allow.what != Allowed::Gap {
        return claims;
    }
    let store = &context.store;
    for &duty in &allow.duties {
        for &id in context.claims_of(duty) {
            let claim = model.claim(id);
            if !claim.decides() || claims.iter().any(|(known, _)| *known == id) {
                continue;
            }
            let there = store.intersect(context.when(model, claim.when), context.exists(duty));
            if store.intersects(there, context.when(model, allow.when)) {
                claims.push((id, duty));
            }
            if claims.len() == MAX_FILLING {
                return claims;
            }
        }
    }
    claims
}

fn covers(what: Allowed, code: Code) -> bool {
    match what {
        Allowed::Gap => matches!(
            code,
            Code::Gap | Code::GapResponsible | Code::GapAccountable
        ),
        Allowed::Overlap => code == Code::Overlap,
        Allowed::Code(allowed) => allowed == code,
    }
}
