//! Which claims are on which duty.

use crate::model::{Claim, ClaimId, DutyId};

/// The claims on each duty.
pub(super) struct ClaimsOf {
    /// Start index of each duty's claims, then the end of the last.
    starts: Vec<u32>,
    claims: Vec<ClaimId>,
}

impl ClaimsOf {
    /// Groups a model's claims by duty, keeping their order.
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
