//! Statements that can never apply.

use super::{Code, Diagnostic, Judge};
use crate::model::{CondId, DutyId, Model};
use crate::source::Span;
use crate::space::Region;

impl Judge {
    /// Reports claims, constraints and `impossible`s that hold in no situation or for no duty.
    pub(super) fn applies(&mut self) {
        if self.model.uncertain {
            return;
        }
        for at in 0..self.model.claims.len() {
            let claim = &self.model.claims[at];
            if claim.faulty || claim.duties.iter().any(|&duty| !self.is_certain(duty)) {
                continue;
            }
            if claim.otherwise && !claim.duties.is_empty() {
                self.otherwise_fills(at, claim.head);
            } else {
                self.must_apply(claim.when, claim.head, "claim", |model| {
                    &model.claims[at].duties
                });
            }
        }
        for at in 0..self.model.ensures.len() {
            let it = &self.model.ensures[at];
            self.must_apply(it.when, it.head, "`ensure`", |model| {
                &model.ensures[at].duties
            });
        }
        for at in 0..self.model.separates.len() {
            let it = &self.model.separates[at];
            self.must_apply(it.when, it.head, "`separate`", |model| {
                &model.separates[at].left
            });
        }
        for at in 0..self.model.impossible.len() {
            let it = &self.model.impossible[at];
            let span = it.span;
            if self.when(it.when).is_empty() {
                self.never(
                    span,
                    "this `impossible` excludes nothing: its condition is never true".into(),
                );
            }
        }
    }

    /// Whether a statement speaks of a duty in some situation in which the duty exists.
    fn must_apply(
        &mut self,
        when: CondId,
        head: Span,
        what: &str,
        duties: impl Fn(&Model) -> &[DutyId],
    ) {
        if duties(&self.model).is_empty() {
            return self.never(head, format!("this {what} speaks of no duty"));
        }
        let is_box = self.masks[when.0 as usize]
            .as_ref()
            .is_some_and(|boxes| !boxes.is_empty());
        if is_box
            && duties(&self.model)
                .iter()
                .any(|duty| self.standings[duty.0 as usize].exists() == Region::ALL)
        {
            return;
        }
        self.regions.refill(self.options.budget);
        let region = self.when(when);
        if self.regions.take_exhausted() {
            // Whoever works with the condition says that it is too tangled.
            return;
        }
        if region.is_empty() {
            return self.never(
                head,
                format!("this {what} can never apply: its condition is never true"),
            );
        }
        let region = self.regions.and(region, self.possible);
        if region.is_empty() {
            return self.never(
                head,
                format!("this {what} can never apply: its situations are impossible"),
            );
        }
        let mut exists_somewhere = false;
        for &duty in duties(&self.model) {
            let exists = self.standings[duty.0 as usize].exists();
            exists_somewhere |= !exists.is_empty();
            if self.regions.meet(region, exists) {
                return;
            }
        }
        if exists_somewhere {
            self.never(
                head,
                format!("this {what} can never apply: its duties do not exist in its situations"),
            );
        }
    }

    fn otherwise_fills(&mut self, at: usize, head: Span) {
        let fills = self.standings.iter().any(|standing| {
            standing
                .filled
                .iter()
                .any(|(claim, _)| claim.0 as usize == at)
        });
        if !fills {
            self.never(
                head,
                "this `otherwise` fills nothing: other claims give all its duties to somebody"
                    .into(),
            );
        }
    }

    fn never(&mut self, head: Span, message: String) {
        let fault =
            Diagnostic::new(Code::NeverApplies, head, message, "").about(self.subject(None));
        self.findings.push(fault.help("mend it, or remove it"));
    }

    /// The situations of a statement in which a duty exists.
    pub(super) fn scope(&mut self, when: CondId, duty: DutyId) -> Region {
        let region = self.when(when);
        let exists = self.standings[duty.0 as usize].exists();
        self.regions.and(region, exists)
    }
}
