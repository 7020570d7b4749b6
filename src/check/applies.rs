//! Statements that can never apply.

use super::{Code, Diagnostic, Judge};
use crate::model::DutyId;
use crate::source::Span;
use crate::space::{Cond, Region};

impl Judge {
    /// Reports claims, constraints and `impossible`s that hold in no situation or for no duty.
    pub(super) fn applies(&mut self) {
        if self.model.uncertain {
            return;
        }
        for at in 0..self.model.claims.len() {
            let claim = &self.model.claims[at];
            let (duties, when, head) = (claim.duties.clone(), claim.when.clone(), claim.head);
            let (otherwise, faulty) = (claim.otherwise, claim.faulty);
            if faulty || duties.iter().any(|&duty| !self.is_certain(duty)) {
                continue;
            }
            if otherwise && !duties.is_empty() {
                self.otherwise_fills(at, head);
            } else {
                self.must_apply(&duties, &when, head, "claim");
            }
        }
        for at in 0..self.model.ensures.len() {
            let it = &self.model.ensures[at];
            let (duties, when, head) = (it.duties.clone(), it.when.clone(), it.head);
            self.must_apply(&duties, &when, head, "`ensure`");
        }
        for at in 0..self.model.separates.len() {
            let it = &self.model.separates[at];
            let (duties, when, head) = (it.left.clone(), it.when.clone(), it.head);
            self.must_apply(&duties, &when, head, "`separate`");
        }
        for at in 0..self.model.impossible.len() {
            let it = &self.model.impossible[at];
            let (when, span) = (it.when.clone(), it.span);
            if self.regions.when(&when).is_empty() {
                self.never(span, "this `impossible` excludes nothing: its condition is never true".into());
            }
        }
    }

    /// Whether a statement speaks of a duty in some situation in which the duty exists.
    fn must_apply(&mut self, duties: &[DutyId], when: &Cond, head: Span, what: &str) {
        if duties.is_empty() {
            return self.never(head, format!("this {what} speaks of no duty"));
        }
        self.regions.refill(self.options.budget);
        let region = self.regions.when(when);
        if self.regions.take_exhausted() {
            // Whoever works with the condition says that it is too tangled.
            return;
        }
        if region.is_empty() {
            return self.never(head, format!("this {what} can never apply: its condition is never true"));
        }
        let region = self.regions.and(region, self.possible);
        if region.is_empty() {
            return self.never(head, format!("this {what} can never apply: its situations are impossible"));
        }
        let lives = |judge: &mut Self, duty: &DutyId| {
            let exists = judge.standings[duty.0 as usize].exists();
            judge.regions.meet(region, exists)
        };
        let never_exist = duties.iter().all(|duty| self.standings[duty.0 as usize].exists().is_empty());
        if !never_exist && !duties.iter().any(|duty| lives(self, duty)) {
            self.never(head, format!("this {what} can never apply: its duties do not exist in its situations"));
        }
    }

    fn otherwise_fills(&mut self, at: usize, head: Span) {
        let fills = self.standings.iter().any(|standing| standing.filled.iter().any(|(claim, _)| claim.0 as usize == at));
        if !fills {
            self.never(head, "this `otherwise` fills nothing: other claims give all its duties to somebody".into());
        }
    }

    fn never(&mut self, head: Span, message: String) {
        let fault = Diagnostic::new(Code::NeverApplies, head, message, "").about(self.subject(None));
        self.findings.push(fault.help("mend it, or remove it"));
    }

    /// The situations of a statement in which a duty exists.
    pub(super) fn scope(&mut self, when: &Cond, duty: DutyId) -> Region {
        let region = self.regions.when(when);
        let exists = self.standings[duty.0 as usize].exists();
        self.regions.and(region, exists)
    }
}
