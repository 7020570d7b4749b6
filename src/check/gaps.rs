//! Gaps: a duty exists, and nobody is responsible, or nobody accountable (section 5, rule 3).

use super::Options;
use super::acceptance;
use super::context::Context;
use super::describe::{DescribedRegion, is_simple};
use super::finding::{Fact, Finding, Miss, NearMiss};
use super::gap_search::{Gap, Searched, search};
use crate::diagnostic::Code;
use crate::model::{DutyId, Form, Model, Role};
use crate::space::{AxisId, Region, Syntax, Undecided, describe};

/// Maximum length in bytes of a condition shown next to a claim.
const MAX_WHEN: usize = 80;
/// Maximum number of diagram nodes of a gap whose situations are listed whole.
const WORTH_LISTING: usize = 512;
/// Maximum number of cubes of a gap that are told where it is not listed whole.
const FIRST_CUBES: usize = 16;
/// Maximum number of near misses shown.
const MAX_NEAR: usize = 3;

/// The gaps of a duty: in both roles, and in each alone. Whether there are any is decided by a
/// search, if one can; what is cheap to list is then listed whole, and of the rest the first
/// situations.
pub(super) fn findings(
    context: &Context,
    model: &Model,
    options: Options,
    duty: DutyId,
) -> Vec<Finding> {
    let gaps = match search(context, model, options.today, duty) {
        Searched::Gaps(gaps) => gaps,
        Searched::Unknown => {
            return listed(context, model, options, duty, regions(context, model, duty));
        }
    };
    if gaps.is_empty() {
        return Vec::new();
    }
    let few = WORTH_LISTING.min(options.budget);
    let computed = || regions(context, model, duty);
    if let Ok(regions) = context.store.attempt(few, computed)
        && regions
            .iter()
            .all(|(_, region)| is_simple(context, *region))
    {
        let listed = listed(context, model, options, duty, regions);
        if !listed.iter().any(Finding::is_part) {
            return listed;
        }
    }
    let found = gaps.iter().map(|gap| found(context, model, duty, gap));
    found
        .collect::<Result<_, _>>()
        .unwrap_or_else(|Undecided| listed(context, model, options, duty, computed()))
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

/// A gap of which a search finds a part.
fn found(context: &Context, model: &Model, duty: DutyId, it: &Gap) -> Result<Finding, Undecided> {
    let cubes = it.first_cubes(context, FIRST_CUBES)?;
    let described = DescribedRegion::found(context, model, &cubes);
    let fact = gap(context, model, duty, &described.example);
    let kind = (it.code, duty);
    Ok(Finding::in_situations(kind, it.allowed, described, fact))
}

/// Where nobody is responsible or accountable, and where one of the two is missing.
pub(super) fn regions(context: &Context, model: &Model, duty: DutyId) -> [(Code, Region); 3] {
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
        // A statement shows its own condition; in a table it stands elsewhere.
        let claim = model.claim(active.claim);
        let in_table = !claim.cells.is_empty() || claim.form == Form::Row;
        let when = in_table.then(|| {
            context.describe(|| {
                let free = context.store.complement(state.exists);
                describe(&context.store, active.region, free, &Syntax(model))
            })
        });
        let when = when.flatten().flatten();
        near.push(NearMiss {
            claim: active.claim,
            miss: Miss::Elsewhere(active.grant, when.filter(|when| when.len() <= MAX_WHEN)),
        });
    }
    near
}
