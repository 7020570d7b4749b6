//! Gaps of duties whose situations are too tangled for a diagram: a search finds one, or shows that there is none.

use super::{Code, Diagnostic, Judge};
use crate::diagnostic::Situations;
use crate::model::{Allowed, CondId, DutyId, Form, Roles};
use crate::space::{AxisId, AxisNames as _, Mask, Syntax, describe_mask, masks, uncovered};

/// How far the search for a situation may go.
const STEPS: usize = 1 << 19;

impl Judge {
    /// Looks for a gap without a diagram; false where that cannot tell either.
    pub(super) fn tangled_gap(&mut self, duty: DutyId) -> bool {
        let Some((covering, claims)) = self.covering(duty) else { return false };
        match uncovered(&covering, &self.sizes, STEPS) {
            Ok(None) => true,
            Ok(Some(example)) => {
                let finding = self.word_tangled_gap(duty, &example, &claims);
                self.standings[duty.0 as usize].faulty = self.standings[duty.0 as usize].exists();
                self.findings.push(finding);
                true
            }
            Err(_) => false,
        }
    }

    /// Boxes that together are all situations in which the duty has a holder, is nobody's or does not exist,
    /// and the conditions of its claims; `None` where some condition takes too many boxes, or the two roles part.
    fn covering(&self, duty: DutyId) -> Option<(Vec<Mask>, Vec<CondId>)> {
        let accepts = |what| matches!(what, Allowed::Gap | Allowed::Code(Code::Gap));
        if self.model.allows.iter().any(|allow| accepts(allow.what) && allow.duties.contains(&duty)) {
            return None;
        }
        let (mut covering, mut conds) = (Vec::new(), Vec::new());
        for &id in self.claims_of.of(duty) {
            let claim = self.model.claim(id);
            let mut owning = claim.grants.iter().filter(|grant| grant.roles.owning());
            if owning.clone().any(|grant| grant.roles != Roles::OWNER) {
                return None;
            }
            if claim.form == Form::Nobody || owning.next().is_some() {
                covering.extend(self.masks[claim.when.0 as usize].clone()?);
                conds.push(claim.when);
            }
        }
        for it in &self.model.impossible {
            covering.extend(self.masks[it.when.0 as usize].clone()?);
        }
        let exists = self.model.cond(self.model.duty(duty).when);
        covering.extend(masks(&crate::space::Cond::Not(Box::new(exists.clone())))?);
        covering.sort_unstable();
        covering.dedup();
        Some((covering, conds))
    }

    fn word_tangled_gap(&mut self, duty: DutyId, example: &[(AxisId, u32)], claims: &[CondId]) -> Diagnostic {
        let it = self.model.duty(duty);
        let message = format!("nobody owns `{}` where none of its {} claims applies", it.path, claims.len());
        let label = format!("nobody is responsible or accountable, for example when `{}`", self.example(example));
        let mut subject = self.subject(Some(duty));
        subject.roles = vec!["responsible", "accountable"];
        let phrase = Syntax(&self.model);
        let boxes = claims.iter().filter_map(|claim| self.masks[claim.0 as usize].as_ref()).flatten();
        let texts: Vec<String> = boxes.map(|mask| describe_mask(mask, &self.sizes, &phrase)).collect();
        let whole = self.model.mentioned_axes().map(|(axis, it)| {
            let value = example.iter().find(|(known, _)| *known == axis).map_or(0, |(_, value)| *value);
            (it.label.name.clone(), self.model.value(axis, value).to_owned())
        });
        let text = format!("not ({})", texts.join(" or "));
        subject.situations = Some(Situations { text, regions: Vec::new(), example: whole.collect() });
        let finding = Diagnostic::new(Code::Gap, it.label.span, message, label).about(subject);
        finding.help("its situations are too many to list: give all that is left to somebody with `otherwise`, or split the duty")
    }
}
