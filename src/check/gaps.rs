//! Gaps: a duty exists, and nobody is responsible, or nobody accountable (section 5, rule 3).

use super::Options;
use super::acceptance;
use super::context::Context;
use super::finding::{DescribedRegion, Extent, Fact, Finding, Miss, NearMiss, named_situation};
use super::gap_search::{Searched, deciding, search};
use crate::diagnostic::{Code, Situations};
use crate::model::{DutyId, Model, Role};
use crate::space::{AxisId, Exhausted, Region, Syntax, cover_within, describe, describe_cond};

/// Maximum length in bytes of a condition shown next to a claim.
const MAX_WHEN: usize = 80;
/// Maximum number of cubes of a gap that is listed.
const MAX_LISTED: usize = 64;
/// Maximum number of diagram nodes of a gap that is listed.
const WORTH_LISTING: usize = 1 << 14;
/// Maximum number of near misses shown.
const MAX_NEAR: usize = 3;

/// The gaps of a duty: in both roles, and in each alone.
pub(super) fn findings(
    context: &Context,
    model: &Model,
    options: Options,
    duty: DutyId,
) -> Vec<Finding> {
    match search(context, model, duty) {
        Searched::Covered => Vec::new(),
        Searched::Unknown => listed(context, model, options, duty, regions(context, model, duty)),
        Searched::Gap(example) => {
            let known = worth_listing(context, model, options, duty);
            known.unwrap_or_else(|_| vec![wide(context, model, duty, &example)])
        }
    }
}

/// The gaps of a duty, if they are cheap to compute and short to describe.
fn worth_listing(
    context: &Context,
    model: &Model,
    options: Options,
    duty: DutyId,
) -> Result<Vec<Finding>, Exhausted> {
    let store = &context.store;
    let free = || store.complement(context.exists(duty));
    let is_short = |region: Region| cover_within(store, region, free(), MAX_LISTED).is_some();
    let regions = store.attempt(WORTH_LISTING.min(options.budget), || {
        let regions = regions(context, model, duty);
        let all_short = regions.iter().all(|&(_, region)| is_short(region));
        all_short.then_some(regions)
    })?;
    let regions = regions.ok_or(Exhausted)?;
    store.attempt(options.budget, || {
        listed(context, model, options, duty, regions)
    })
}

fn listed(
    context: &Context,
    model: &Model,
    options: Options,
    duty: DutyId,
    regions: [(Code, Region); 3],
) -> Vec<Finding> {
    let found = regions.into_iter().filter(|(_, region)| !region.is_empty());
    let findings = |(code, region)| {
        let part = (code, duty, region);
        acceptance::findings(context, model, options.today, part, |described| {
            gap(context, model, duty, &described.example)
        })
    };
    found.flat_map(findings).collect()
}

/// Where nobody is responsible or accountable, and where one of the two is missing.
fn regions(context: &Context, model: &Model, duty: DutyId) -> [(Code, Region); 3] {
    let store = &context.store;
    let codes = [Code::Gap, Code::GapResponsible, Code::GapAccountable];
    let Some(state) = context.state(model, duty) else {
        return codes.map(|code| (code, Region::NONE));
    };
    let wanted = store.difference(state.exists, state.nobody_region(store));
    let undone = store.difference(wanted, state.anybody(store, Role::Responsible));
    let unanswered = store.difference(wanted, state.anybody(store, Role::Accountable));
    let both = store.intersect(undone, unanswered);
    let regions = [
        both,
        store.difference(undone, both),
        store.difference(unanswered, both),
    ];
    [0, 1, 2].map(|at: usize| (codes[at], regions[at]))
}

/// Describes a gap that contains this example situation.
fn gap(context: &Context, model: &Model, duty: DutyId, example: &[(AxisId, u32)]) -> Fact {
    let blanks = model.duty(duty).blanks.iter();
    let blanks = blanks.filter(|(axis, value, _)| example.contains(&(*axis, *value)));
    Fact::Gap {
        near: near_misses(context, model, duty),
        blanks: blanks.map(|(.., span)| *span).collect(),
    }
}

/// The claims that nearly cover a gap: those that leave the duty out, and those that hold
/// elsewhere.
fn near_misses(context: &Context, model: &Model, duty: DutyId) -> Vec<NearMiss> {
    let excepted = context
        .excepted_from(model, duty)
        .iter()
        .map(|&(claim, span)| NearMiss {
            claim,
            miss: Miss::Excepted(span),
        });
    let mut near: Vec<NearMiss> = excepted.take(MAX_NEAR).collect();
    let Some(state) = context.state(model, duty) else {
        return near;
    };
    for active in state.owning() {
        if near.len() >= MAX_NEAR || near.iter().any(|it| it.claim == active.claim) {
            continue;
        }
        let free = context.store.complement(state.exists);
        let when = describe(&context.store, active.region, free, &Syntax(model));
        near.push(NearMiss {
            claim: active.claim,
            miss: Miss::Elsewhere(active.grant, when.filter(|when| when.len() <= MAX_WHEN)),
        });
    }
    near
}

/// A gap whose situations are too many to list.
fn wide(context: &Context, model: &Model, duty: DutyId, example: &[(AxisId, u32)]) -> Finding {
    let claims = deciding(context, model, duty);
    if claims.is_empty() {
        // Without any claim, the gap is everywhere the duty exists, so no list is needed.
        let situations = Situations {
            condition: None,
            cubes: vec![Vec::new()],
            example: named_situation(model, example),
        };
        let described = DescribedRegion {
            region: context.exists(duty),
            example: example.to_vec(),
            situations,
        };
        return Finding {
            extent: Extent::In(described),
            ..Finding::of_duty(Code::Gap, duty, gap(context, model, duty, example))
        };
    }
    let texts = claims
        .iter()
        .map(|&claim| describe_cond(model.cond(claim), &Syntax(model)));
    let situations = Situations {
        condition: Some(format!("not ({})", texts.collect::<Vec<_>>().join(" or "))),
        cubes: Vec::new(),
        example: named_situation(model, example),
    };
    let fact = Fact::WideGap {
        claims: claims.len(),
        example: example.to_vec(),
    };
    Finding {
        extent: Extent::Example(situations),
        ..Finding::of_duty(Code::Gap, duty, fact)
    }
}
