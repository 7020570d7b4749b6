//! Whether a duty has a gap, decided by a search over cubes instead of a diagram.
//!
//! In: the claims on a duty. Out: for each kind of gap, and each part of it that an `allow`
//! accepts, cubes of situations without a holder, or the answer that there are none. Always: it
//! decides whether a gap exists, however many situations it has; only hard conditions, and a search
//! that takes too long, are left to the diagrams.
//!
//! # A worked example
//!
//! `a is responsible for d when eu` and `b is accountable for d when paid`. Three questions are
//! asked. Nobody at all: what do `eu` and `paid` leave? `not eu and not paid`. Nobody responsible,
//! although somebody is accountable: what of `paid` does `eu` leave? `paid and not eu`. Nobody
//! accountable: `eu and not paid`. If an `allow gap` accepts `not eu`, each question is asked twice:
//! inside `not eu`, and with `not eu` covered.

use jiff::civil::Date;

use super::acceptance;
use super::context::Context;
use super::finding::AllowedBy;
use crate::diagnostic::Code;
use crate::model::{Claim, CondId, DutyId, Form, Model, Role};
use crate::space::{BitCube, FoundCubes, Undecided, uncovered_cubes};

/// What a search for gaps has found.
pub(super) enum Searched {
    /// These gaps; none if the duty has a holder everywhere.
    Gaps(Vec<Gap>),
    /// The search cannot decide: a condition needs many cubes, an `otherwise` waits for claims of
    /// one role, or it took too long.
    Unknown,
}

/// A gap, or the question whether there is one: the part of some cubes that others leave.
pub(super) struct Gap {
    /// Which role is missing.
    pub code: Code,
    /// The `allow` that names it.
    pub allowed: Option<AllowedBy>,
    inside: Vec<BitCube>,
    covering: Vec<BitCube>,
}

/// Looks for gaps of a duty without a diagram.
pub(super) fn search(context: &Context, model: &Model, today: Date, duty: DutyId) -> Searched {
    let Some(questions) = questions(context, model, today, duty) else {
        return Searched::Unknown;
    };
    let mut gaps = Vec::new();
    for question in questions {
        match question.first_cubes(context, 1) {
            Ok(found) if found.cubes.is_empty() => {}
            Ok(_) => gaps.push(question),
            Err(Undecided) => return Searched::Unknown,
        }
    }
    Searched::Gaps(gaps)
}

impl Gap {
    /// Its first cubes, at most so many.
    ///
    /// # Errors
    /// Whether there are any was not decided.
    pub(super) fn first_cubes(
        &self,
        context: &Context,
        most: usize,
    ) -> Result<FoundCubes, Undecided> {
        let mut all = FoundCubes::default();
        for cube in &self.inside {
            let found = context.search(|steps| {
                uncovered_cubes(cube, &self.covering, &context.sizes, (most, steps))
            })?;
            all.more |= found.more || !found.cubes.is_empty() && self.inside.len() > 1;
            all.cubes.extend(found.cubes);
            if all.more {
                break;
            }
        }
        Ok(all)
    }
}

/// The questions whose answers are all gaps of a duty; `None` if cubes cannot ask them.
fn questions(context: &Context, model: &Model, today: Date, duty: DutyId) -> Option<Vec<Gap>> {
    let claims = context.claims_of(duty).iter().map(|&id| model.claim(id));
    let claims: Vec<&Claim> = claims.filter(|claim| claim.decides()).collect();
    let gives = |claim: &Claim, role| claim.grants.iter().any(|grant| grant.roles.has(role));
    let holds = |claim: &Claim, role| claim.form == Form::Nobody || gives(claim, role);
    let is_whole = |claim: &&Claim| {
        [Role::Responsible, Role::Accountable]
            .into_iter()
            .all(|role| holds(claim, role))
    };
    let are_whole = claims.iter().all(is_whole);
    if !are_whole && claims.iter().any(|claim| claim.otherwise) {
        return None;
    }
    let impossible = model.impossible.iter().map(|it| it.when);
    let mut never = union(context, impossible)?;
    never.extend(Context::cubes_outside(model, model.duty(duty).when)?);
    let cover = |wanted: &dyn Fn(&Claim) -> bool| {
        let wanted = claims.iter().filter(|claim| wanted(claim));
        let mut cubes = union(context, wanted.map(|claim| claim.when))?;
        cubes.extend_from_slice(&never);
        cubes.sort_unstable();
        cubes.dedup();
        Some(cubes)
    };
    let mut asked = vec![(Code::Gap, vec![BitCube::default()], cover(&|_| true)?)];
    if !are_whole {
        for (code, missing, other) in [
            (Code::GapResponsible, Role::Responsible, Role::Accountable),
            (Code::GapAccountable, Role::Accountable, Role::Responsible),
        ] {
            let held = claims
                .iter()
                .filter(|claim| gives(claim, other) && !gives(claim, missing));
            let inside = union(context, held.map(|claim| claim.when))?;
            asked.push((code, inside, cover(&|claim| holds(claim, missing))?));
        }
    }
    let mut questions = Vec::new();
    for (code, inside, covering) in asked {
        questions.extend(by_allow(
            context,
            model,
            today,
            duty,
            (code, inside, covering),
        )?);
    }
    Some(questions)
}

/// One question for each `allow` that names a gap, and one for the rest; an earlier `allow` takes
/// its part first.
fn by_allow(
    context: &Context,
    model: &Model,
    today: Date,
    duty: DutyId,
    (code, inside, mut covering): (Code, Vec<BitCube>, Vec<BitCube>),
) -> Option<Vec<Gap>> {
    let mut questions = Vec::new();
    for it in acceptance::naming(context, model, today, (code, duty)) {
        let there = context.cubes(model.allows[it.allow].when)?;
        let both = inside
            .iter()
            .flat_map(|cube| there.iter().filter_map(|other| cube.and(other)));
        questions.push(Gap {
            code,
            allowed: Some(it),
            inside: both.collect(),
            covering: covering.clone(),
        });
        if there.contains(&BitCube::default()) {
            // It accepts all that is left.
            return Some(questions);
        }
        covering.extend_from_slice(there);
    }
    questions.push(Gap {
        code,
        allowed: None,
        inside,
        covering,
    });
    Some(questions)
}

/// The cubes of several conditions; `None` if one needs too many.
fn union(context: &Context, conditions: impl Iterator<Item = CondId>) -> Option<Vec<BitCube>> {
    let mut cubes = Vec::new();
    for condition in conditions {
        cubes.extend_from_slice(context.cubes(condition)?);
    }
    Some(cubes)
}
