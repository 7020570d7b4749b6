//! Duties that are sound at first sight: each claim on them holds in a cube, no two cubes overlap,
//! and together they fill every situation. Most duties are; what else can be said of them is worked
//! out when somebody asks.
//!
//! # A worked example
//!
//! `vendor owns d when plan = paid` and `tenant owns d when plan = free`, and `plan` has these two
//! values: the cubes do not overlap, their volumes 1/2 and 1/2 add up to the whole space. So in
//! every situation exactly one claim is in force, and it names exactly one holder.

use super::context::Context;
use crate::model::{Claim, ClaimId, CondId, DutyId, Form, Model, Roles};
use crate::space::{BitCube, tiles_space};

/// Whether a duty has one holder, or is declared nobody's, in every situation, as far as cubes can
/// tell. The only findings that can concern such a duty are of shares without parts, and of
/// constraints.
pub(super) fn is_sound(context: &Context, model: &Model, duty: DutyId) -> bool {
    if model.duty(duty).when != CondId::ALWAYS {
        return false;
    }
    let claims = context.claims_of(duty);
    let mut cubes: Vec<&BitCube> = Vec::with_capacity(claims.len());
    for &id in claims {
        let claim = model.claim(id);
        match context.cubes(claim.when) {
            Some([only]) if is_simple(claim) => cubes.push(only),
            _ => return false,
        }
    }
    let is_apart =
        |(at, cube): (usize, &&BitCube)| cubes[..at].iter().all(|other| cube.is_apart(other));
    cubes.iter().enumerate().all(is_apart) && tiles_space(&cubes, &context.sizes) == Some(true)
}

/// Whether a claim gives both roles to one party or one share, or the duty to nobody, and does not
/// wait for other claims, as `otherwise` does.
fn is_simple(claim: &Claim) -> bool {
    let gives_both = || matches!(&*claim.grants, [only] if only.roles == Roles::OWNER);
    !claim.otherwise && (claim.form == Form::Nobody || gives_both())
}

/// The claims on each duty.
pub(super) struct ClaimsOf {
    /// Where those of each duty begin, and where the last end.
    starts: Vec<u32>,
    claims: Vec<ClaimId>,
}

impl ClaimsOf {
    /// Sorts the claims of a model by duty; in their order for each.
    pub fn new(duties: usize, claims: &[Claim]) -> Self {
        let mut starts = vec![0u32; duties + 1];
        for duty in claims.iter().flat_map(|claim| &claim.duties) {
            starts[duty.0 as usize + 1] += 1;
        }
        for at in 0..duties {
            starts[at + 1] += starts[at];
        }
        let mut next = starts.clone();
        let mut sorted = vec![ClaimId(0); starts[duties] as usize];
        for (id, claim) in (0..).map(ClaimId).zip(claims) {
            for duty in &claim.duties {
                let slot = &mut next[duty.0 as usize];
                sorted[*slot as usize] = id;
                *slot += 1;
            }
        }
        Self {
            starts,
            claims: sorted,
        }
    }

    /// The claims on a duty.
    pub fn of(&self, duty: DutyId) -> &[ClaimId] {
        let at = duty.0 as usize;
        &self.claims[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}
