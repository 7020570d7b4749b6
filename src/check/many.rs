//! Many findings of one kind on one duty become one: nobody reads a hundred, and most have the same
//! cause.
//!
//! In: faults of one kind, each with its region. Out: a finding for each, or one that counts them
//! and names the worst. Always: faults that an `allow` accepts are counted apart from the others.

use jiff::civil::Date;

use super::acceptance;
use super::context::Context;
use super::describe::{DescribedRegion, MAX_CUBES};
use super::finding::{AllowedBy, Count, Fact, Finding, Many};
use crate::diagnostic::Code;
use crate::model::{DutyId, Model};
use crate::space::Region;

/// Maximum number of findings of one kind on one duty that are told one by one.
pub(super) const FEW: usize = 8;
/// How many of many are named.
const WORST: usize = 3;

/// Faults of one kind on one duty, each with where it holds.
pub(super) type Faults = Vec<(Region, Fact)>;

/// Findings for faults of one kind on one duty.
pub(super) fn findings(
    context: &Context,
    model: &Model,
    today: Date,
    (code, duty): (Code, DutyId),
    faults: Faults,
) -> Vec<Finding> {
    if faults.len() <= FEW {
        let each = faults.into_iter().flat_map(|(region, fact)| {
            let part = (code, duty, region);
            acceptance::findings(context, model, today, part, move |_| fact.clone())
        });
        return each.collect();
    }
    let mut parts: Vec<(Option<AllowedBy>, Faults)> = Vec::new();
    for (whole, fact) in faults {
        for (region, allowed) in acceptance::cut(context, model, today, (code, duty, whole)) {
            let number = |it: &Option<AllowedBy>| it.map(|it| it.allow);
            let at = parts
                .iter()
                .position(|(known, _)| number(known) == number(&allowed));
            let at = at.unwrap_or_else(|| {
                parts.push((allowed, Vec::new()));
                parts.len() - 1
            });
            parts[at].1.push((region, fact.clone()));
        }
    }
    let told = parts.into_iter().flat_map(|(allowed, faults)| {
        if faults.len() <= FEW {
            let each = faults.into_iter().map(|(region, fact)| {
                let described = DescribedRegion::new(context, model, region, context.exists(duty));
                Finding::in_situations((code, duty), allowed, described, fact)
            });
            each.collect()
        } else {
            let count = Count {
                number: faults.len(),
                more: false,
            };
            vec![many(context, model, (code, duty), allowed, (count, faults))]
        }
    });
    told.collect()
}

/// One finding for `count` faults, of which these are the first or all.
pub(super) fn many(
    context: &Context,
    model: &Model,
    (code, duty): (Code, DutyId),
    allowed: Option<AllowedBy>,
    (count, mut faults): (Count, Faults),
) -> Finding {
    let share = |(region, _): &(Region, Fact)| context.store.share(*region);
    faults.sort_by(|a, b| share(b).total_cmp(&share(a)));
    faults.truncate(MAX_CUBES);
    let exists = context.exists(duty);
    let (mut facts, mut regions) = (Vec::new(), Vec::new());
    for (region, fact) in faults {
        // Where one takes too long to describe whole, the rest is not worth the time.
        let is_whole = regions
            .iter()
            .all(|it: &DescribedRegion| !it.situations.more);
        if is_whole || regions.len() < WORST {
            facts.push(fact);
            regions.push(DescribedRegion::new(context, model, region, exists));
        }
    }
    let is_part = count.more || count.number > regions.len();
    let described = DescribedRegion::union(model, &regions, is_part);
    let worst = facts.into_iter().zip(regions).take(WORST).collect();
    let fact = Fact::Many(Many { count, worst });
    Finding::in_situations((code, duty), allowed, described, fact)
}
