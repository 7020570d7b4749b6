//! Gaps of duties whose situations are too tangled for a diagram: a search finds one, or shows that
//! there is none.

use super::words::Told;
use super::{Code, Diagnostic, Judge};
use crate::diagnostic::Situations;
use crate::model::{Allowed, CondId, DutyId, Roles};
use crate::space::{AxisId, Cond, Mask, Syntax, Undecided, describe_cond, masks, uncovered};

/// How far the search for a situation may go.
const STEPS: usize = 1 << 19;

/// What a search for a gap has found.
pub(super) enum Searched {
    /// A situation in which the duty has no holder, by the axes that matter.
    Gap(Vec<(AxisId, u32)>),
    /// The duty has a holder everywhere.
    Whole,
    /// A search does not serve: the two roles part, somebody accepts a part of the gap, conditions
    /// take too many boxes, or it took too long.
    Unknown,
}

impl Judge {
    /// Looks for a gap without a diagram.
    pub(super) fn search_gap(&self, duty: DutyId) -> Searched {
        let covering = if self.takes_loose(duty) {
            self.covering(duty)
        } else {
            None
        };
        match covering.map(|covering| uncovered(&covering, &self.sizes, STEPS)) {
            Some(Ok(Some(situation))) => Searched::Gap(situation),
            Some(Ok(None)) => Searched::Whole,
            Some(Err(Undecided)) | None => Searched::Unknown,
        }
    }

    /// Whether a gap can be told as what the conditions of the claims leave: each claim gives both
    /// roles or none, and nobody accepts a part of the gap.
    fn takes_loose(&self, duty: DutyId) -> bool {
        let accepts = |what| matches!(what, Allowed::Gap | Allowed::Code(Code::Gap));
        let is_accepted = self
            .model
            .allows
            .iter()
            .any(|allow| accepts(allow.what) && allow.duties.contains(&duty));
        let grants = self
            .claims_of
            .of(duty)
            .iter()
            .flat_map(|&claim| &self.model.claim(claim).grants);
        !is_accepted
            && grants
                .filter(|grant| grant.roles.owning())
                .all(|grant| grant.roles.and(Roles::OWNER) == Roles::OWNER)
    }

    /// The conditions of the claims that give the duty to somebody or to nobody.
    fn deciding(&self, duty: DutyId) -> Vec<CondId> {
        let claims = self
            .claims_of
            .of(duty)
            .iter()
            .map(|&claim| self.model.claim(claim));
        claims
            .filter(|claim| claim.decides())
            .map(|claim| claim.when)
            .collect()
    }

    /// Boxes that together are all situations in which the duty has a holder, is nobody's or does
    /// not exist; `None` where some condition takes too many.
    fn covering(&self, duty: DutyId) -> Option<Vec<Mask>> {
        let conds = self
            .deciding(duty)
            .into_iter()
            .chain(self.model.impossible.iter().map(|it| it.when));
        let mut covering = Vec::new();
        for cond in conds {
            covering.extend(self.masks[cond.0 as usize].clone()?);
        }
        let exists = self.model.cond(self.model.duty(duty).when);
        covering.extend(masks(&Cond::Not(Box::new(exists.clone())))?);
        covering.sort_unstable();
        covering.dedup();
        Some(covering)
    }

    /// Reports a gap whose situations are too many to list.
    pub(super) fn loose_gap(&mut self, duty: DutyId, example: &[(AxisId, u32)]) {
        let claims = self.deciding(duty);
        let (mut finding, situations) = if claims.is_empty() {
            self.word_bare_gap(duty, example)
        } else {
            self.word_loose_gap(duty, &claims, example)
        };
        if let Some(subject) = &mut finding.subject {
            subject.situations = Some(situations);
        }
        self.standings[duty.0 as usize].faulty = self.standings[duty.0 as usize].exists();
        self.findings.push(finding);
    }

    /// What no claim decides is a gap wherever it exists, which takes no list.
    fn word_bare_gap(
        &mut self,
        duty: DutyId,
        example: &[(AxisId, u32)],
    ) -> (Diagnostic, Situations) {
        let situations = Situations {
            text: "always".into(),
            regions: vec![Vec::new()],
            example: self.whole(example),
        };
        let told = Told {
            when: None,
            example: example.to_vec(),
            situations,
        };
        (self.word_gap(Code::Gap, duty, &told), told.situations)
    }

    fn word_loose_gap(
        &self,
        duty: DutyId,
        claims: &[CondId],
        example: &[(AxisId, u32)],
    ) -> (Diagnostic, Situations) {
        let it = self.model.duty(duty);
        let nowhere = match claims.len() {
            1 => "where its claim does not apply".to_owned(),
            many => format!("where none of its {many} claims applies"),
        };
        let message = format!("nobody owns `{}` {nowhere}", it.path);
        let label = format!(
            "nobody is responsible or accountable, for example when `{}`",
            self.example(example)
        );
        let mut subject = self.subject(Some(duty));
        subject.roles = vec!["responsible", "accountable"];
        let phrase = Syntax(&self.model);
        let texts: Vec<String> = claims
            .iter()
            .map(|&claim| describe_cond(self.model.cond(claim), &phrase))
            .collect();
        let text = format!("not ({})", texts.join(" or "));
        let situations = Situations {
            text,
            regions: Vec::new(),
            example: self.whole(example),
        };
        let finding = Diagnostic::new(Code::Gap, it.label.span, message, label).about(subject);
        let help = "these situations are too many to list: give what is left to somebody with `otherwise`, or split the duty";
        (finding.help(help), situations)
    }
}
