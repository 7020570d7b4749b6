//! What `otherwise` filled (section 5, rule 8): listed, never silent.

use super::{Code, Diagnostic, Judge};
use crate::model::{ClaimId, DutyId, Form};

/// At most this many duties are listed by a finding.
const MAX_LISTED: usize = 20;

impl Judge {
    /// Lists, for each `otherwise`, the duties that only it gives to somebody.
    pub(super) fn filled(&mut self) {
        for at in 0..self.model.claims.len() {
            if !self.model.claims[at].otherwise {
                continue;
            }
            let id = ClaimId(u32::try_from(at).unwrap_or(u32::MAX));
            let mut lines = Vec::new();
            for duty in 0..self.standings.len() {
                let standing = &self.standings[duty];
                let exists = standing.exists();
                if !self.is_certain(DutyId(u32::try_from(duty).unwrap_or(u32::MAX))) {
                    continue;
                }
                let Some((_, region)) = standing
                    .filled
                    .iter()
                    .copied()
                    .find(|(claim, _)| *claim == id)
                else {
                    continue;
                };
                self.regions.refill(self.options.budget);
                let told = self.tell(region, exists);
                let when = if self.regions.take_exhausted() {
                    ", in situations too tangled to list".into()
                } else {
                    told.tail()
                };
                let duty = DutyId(u32::try_from(duty).unwrap_or(u32::MAX));
                lines.push(format!("`{}`{when}", self.model.duty(duty).path));
            }
            if lines.is_empty() {
                continue;
            }
            let claim = self.model.claim(id);
            let whom = if claim.form == Form::Nobody {
                "to nobody".to_owned()
            } else {
                let parties: Vec<_> = claim
                    .grants
                    .first()
                    .map_or(Vec::new(), |grant| grant.parties.to_vec());
                format!("to {}", self.titles(&parties))
            };
            let message = match lines.len() {
                1 => format!("only `otherwise` gives 1 duty {whom}"),
                n => format!("only `otherwise` gives {n} duties {whom}"),
            };
            let more = lines.len().saturating_sub(MAX_LISTED);
            lines.truncate(MAX_LISTED);
            if more > 0 {
                lines.push(format!("and {more} more"));
            }
            let mut finding =
                Diagnostic::new(Code::Filled, claim.head, message, "").about(self.subject(None));
            finding.help = lines;
            self.findings.push(finding);
        }
    }
}
