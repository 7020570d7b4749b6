//! A quick check that most duties pass: each claim on the duty holds in a few cubes, no two cubes
//! overlap, and together they cover every situation. Anything else about such a duty is computed on
//! demand.
//!
//! # A worked example
//!
//! `vendor owns d when plan = paid` and `tenant owns d when plan = free`, and `plan` has these two
//! values: the cubes do not overlap, their volumes 1/2 and 1/2 add up to the whole space. So in
//! every situation exactly one claim is in force, and it names exactly one holder.

use super::context::Context;
use crate::model::{Claim, CondId, DutyId, Form, Model, Roles};
use crate::space::{BitCube, tiles_space};

/// Whether cubes alone prove that a duty has one holder, or is declared nobody's, in every
/// situation. Such a duty can only have findings about shares without parts and about constraints.
pub(super) fn is_sound(context: &Context, model: &Model, duty: DutyId) -> bool {
    if model.duty(duty).when != CondId::ALWAYS {
        return false;
    }
    let claims = context.claims_of(duty);
    let mut cubes: Vec<&BitCube> = Vec::with_capacity(claims.len());
    for &id in claims {
        let claim = model.claim(id);
        match context.cubes(claim.when) {
            Some(own) if is_simple(claim) => cubes.extend(own),
            _ => return false,
        }
    }
    let is_disjoint =
        |(at, cube): (usize, &&BitCube)| cubes[..at].iter().all(|other| cube.is_disjoint(other));
    cubes.iter().enumerate().all(is_disjoint) && tiles_space(&cubes, &context.sizes) == Some(true)
}

/// Whether a claim gives both roles to one party or one share, or the duty to nobody, and does not
/// wait for other claims, as `otherwise` does.
fn is_simple(claim: &Claim) -> bool {
    let gives_both = || matches!(&*claim.grants, [only] if only.roles == Roles::OWNER);
    !claim.otherwise && (claim.form == Form::Nobody || gives_both())
}
