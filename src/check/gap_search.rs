//! Gaps of duties that are too complex for a decision diagram: a search finds a gap, or proves that
//! there is none.

use super::context::Context;
use crate::model::{Allowed, CondId, DutyId, Model, Roles};
use crate::space::{AxisId, BitCube, Undecided, uncovered};

/// Maximum number of steps of the search.
const STEPS: usize = 1 << 19;

/// What a search for a gap has found.
pub(super) enum Searched {
    /// A situation in which the duty has no holder, by the axes that matter.
    Gap(Vec<(AxisId, u32)>),
    /// The duty has a holder everywhere.
    Covered,
    /// The search cannot decide: the two roles differ, an `allow` accepts a part of the gap,
    /// conditions need too many cubes, or the search took too long.
    Unknown,
}

/// Looks for a gap without a diagram.
pub(super) fn search(context: &Context, model: &Model, duty: DutyId) -> Searched {
    let covering = if is_one_question(context, model, duty) {
        covering(context, model, duty)
    } else {
        None
    };
    match covering.map(|covering| uncovered(&covering, &context.sizes, STEPS)) {
        Some(Ok(Some(situation))) => Searched::Gap(situation),
        Some(Ok(None)) => Searched::Covered,
        Some(Err(Undecided)) | None => Searched::Unknown,
    }
}

/// Whether the gap is simply what the claims' conditions do not cover: each claim gives both roles
/// or neither, and no `allow` accepts a part of the gap.
fn is_one_question(context: &Context, model: &Model, duty: DutyId) -> bool {
    let accepts = |what| what == Allowed::Gap;
    let mut allows = model.allows.iter();
    let is_accepted = allows.any(|it| accepts(it.what) && it.duties.contains(&duty));
    let claims = context.claims_of(duty).iter();
    let mut owning = claims
        .flat_map(|&claim| &model.claim(claim).grants)
        .filter(|grant| grant.roles.owning());
    !is_accepted && owning.all(|grant| grant.roles.and(Roles::OWNER) == Roles::OWNER)
}

/// The conditions of the claims that give a duty to somebody or to nobody.
pub(super) fn deciding(context: &Context, model: &Model, duty: DutyId) -> Vec<CondId> {
    let claims = context.claims_of(duty).iter().map(|&id| model.claim(id));
    let deciding = claims.filter(|claim| claim.decides());
    deciding.map(|claim| claim.when).collect()
}

/// Cubes that together cover all situations that are impossible or in which a claim gives the duty
/// to a party or to nobody; `None` if a condition needs too many.
fn covering(context: &Context, model: &Model, duty: DutyId) -> Option<Vec<BitCube>> {
    let impossible = model.impossible.iter().map(|it| it.when);
    let mut covering = Vec::new();
    for cond in deciding(context, model, duty).into_iter().chain(impossible) {
        covering.extend_from_slice(context.cubes(cond)?);
    }
    covering.extend(Context::cubes_outside(model, model.duty(duty).when)?);
    covering.sort_unstable();
    covering.dedup();
    Some(covering)
}
