//! Duties that are sound at first sight: each claim on them holds in a box, no two boxes meet, and
//! together they fill every situation. Most duties are; what else can be said of them is worked out
//! when somebody asks.

use super::{Judge, Standing};
use crate::model::{Claim, ClaimId, CondId, DutyId, Form, Roles};
use crate::space::{Mask, fill};

impl Judge {
    /// Whether a duty has one holder, or is nobody's, in every situation, as far as boxes can tell.
    /// No finding but of shares without parts can concern such a duty, unless a constraint does.
    pub(super) fn is_plain(&self, duty: DutyId, claims: &[ClaimId]) -> bool {
        if self.model.duty(duty).when != CondId::ALWAYS {
            return false;
        }
        let mut boxes: Vec<&Mask> = Vec::with_capacity(claims.len());
        for &id in claims {
            let claim = self.model.claim(id);
            match self.masks[claim.when.0 as usize].as_deref() {
                Some([only]) if is_simple(claim) => boxes.push(only),
                _ => return false,
            }
        }
        let apart =
            |(at, mask): (usize, &&Mask)| boxes[..at].iter().all(|other| mask.is_apart(other));
        boxes.iter().enumerate().all(apart) && fill(&boxes, &self.sizes) == Some(true)
    }

    /// Works out the standing of a duty that was found to be plain.
    pub(super) fn settle(&mut self, duty: DutyId) {
        if !self.standings[duty.0 as usize].plain {
            return;
        }
        let claims = self.claims_of.of(duty).to_vec();
        let standing = self.standing(duty, &claims);
        if !self.regions.is_exhausted() {
            self.standings[duty.0 as usize] = Standing {
                decided: true,
                ..standing
            };
        }
    }
}

/// Whether a claim gives both roles to one party or one share, or says that it is nobody's; and
/// takes no turn.
fn is_simple(claim: &Claim) -> bool {
    let whole = || matches!(&*claim.grants, [only] if only.roles == Roles::OWNER);
    !claim.otherwise && (claim.form == Form::Nobody || whole())
}

/// The claims on each duty.
pub(super) struct ClaimsOf {
    /// Where those of each duty begin, and where the last end.
    starts: Vec<u32>,
    claims: Vec<ClaimId>,
}

impl ClaimsOf {
    /// Sorts the claims of a model by duty; in their order for each.
    pub(super) fn new(duties: usize, claims: &[Claim]) -> Self {
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
    pub(super) fn of(&self, duty: DutyId) -> &[ClaimId] {
        let at = duty.0 as usize;
        &self.claims[self.starts[at] as usize..self.starts[at + 1] as usize]
    }
}
