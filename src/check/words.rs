//! Findings of the check in words: conditions, paths, parties, labels.

use super::{Code, Diagnostic, Judge};
use crate::diagnostic::{Severity, Situations, Subject};
use crate::model::{ClaimId, DutyId, Form, PartyId, Roles};
use crate::paths::PathEnds;
use crate::source::Span;
use crate::space::{AxisId, AxisNames as _, Region, Syntax, cover, describe};

/// A region of a duty's situations, in words.
pub(super) struct Told {
    /// The region as a condition; `None` where it is all of the duty's situations.
    pub when: Option<String>,
    /// One situation, by the axes that matter.
    pub example: Vec<(AxisId, u32)>,
    /// The region and its example for programs.
    pub situations: Situations,
}

impl Told {
    /// `` when `service_model = paas` ``, or nothing.
    pub fn tail(&self) -> String {
        self.when
            .as_ref()
            .map_or(String::new(), |when| format!(" when `{when}`"))
    }

    /// ` when service_model = paas`, to stand inside a statement.
    pub fn clause(&self) -> String {
        self.when
            .as_ref()
            .map_or(String::new(), |when| format!(" when {when}"))
    }
}

impl Judge {
    /// A region of a duty's situations, in words.
    pub(super) fn tell(&mut self, region: Region, exists: Region) -> Told {
        let free = self.regions.not(exists);
        let when = describe(&mut self.regions, region, free, &Syntax(&self.model));
        let example = self.regions.first(region).unwrap_or_default();
        let cells = if when.is_none() {
            vec![crate::space::Cell::default()]
        } else {
            cover(&mut self.regions, region, free)
        };
        let named = |axis: AxisId, value: u32| self.model.value(axis, value).to_owned();
        let name = |axis: AxisId| self.model.axes[axis.0 as usize].label.name.clone();
        let regions = cells.iter().map(|cell| {
            let tests = cell.tests.iter();
            tests
                .map(|(axis, values)| {
                    (
                        name(*axis),
                        values.iter().map(|value| named(*axis, value)).collect(),
                    )
                })
                .collect()
        });
        let text = when.clone().unwrap_or_else(|| "always".into());
        let situations = Situations {
            text,
            regions: regions.collect(),
            example: self.whole(&example),
        };
        Told {
            when,
            example,
            situations,
        }
    }

    /// A situation by name, with a value for every axis that statements ask about.
    pub(super) fn whole(&self, situation: &[(AxisId, u32)]) -> Vec<(String, String)> {
        let axes = self.model.mentioned_axes().map(|(axis, it)| {
            let value = situation
                .iter()
                .find(|(known, _)| *known == axis)
                .map_or(0, |(_, value)| *value);
            (
                it.label.name.clone(),
                self.model.value(axis, value).to_owned(),
            )
        });
        axes.collect()
    }

    /// A situation as a condition.
    pub(super) fn example(&self, situation: &[(AxisId, u32)]) -> String {
        let mut situation = situation.to_vec();
        situation.sort_unstable();
        let tests = situation.iter().map(|(axis, value)| {
            let it = &self.model.axes[axis.0 as usize];
            match (it.option, value) {
                (true, 0) => format!("not {}", it.label.name),
                (true, _) => it.label.name.clone(),
                (false, _) => format!("{} = {}", it.label.name, self.model.value(*axis, *value)),
            }
        });
        tests.collect::<Vec<_>>().join(" and ")
    }

    /// What a finding is about.
    pub(super) fn subject(&self, duty: Option<DutyId>) -> Subject {
        Subject {
            model: self.model.label.name.clone(),
            duty: duty.map(|duty| self.model.duty(duty).path.clone()),
            ..Subject::default()
        }
    }

    /// The shortest path by which a duty can be named at the top of its model.
    pub(super) fn short_path(&self, duty: DutyId) -> &str {
        self.path_ends
            .get_or_init(|| PathEnds::of(&self.model))
            .short(&self.model.duty(duty).path)
    }

    /// The titles of parties, joined by `and`.
    pub(super) fn titles(&self, parties: &[PartyId]) -> String {
        let titles: Vec<String> = parties
            .iter()
            .map(|&party| crate::diagnostic::visible(&self.model.party(party).label.title))
            .collect();
        match titles.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => titles.concat(),
        }
    }

    /// The names of parties, as statements write them.
    pub(super) fn names(&self, parties: &[PartyId]) -> Vec<String> {
        parties
            .iter()
            .map(|&party| self.model.party(party).label.name.clone())
            .collect()
    }

    /// Where a claim speaks of a situation: the cell, the letter, or the claim's head.
    pub(super) fn place(
        &self,
        claim: ClaimId,
        grant: Option<usize>,
        situation: &[(AxisId, u32)],
    ) -> Span {
        let it = self.model.claim(claim);
        let letter = grant
            .and_then(|grant| it.grants.get(grant))
            .and_then(|grant| grant.letters.first());
        letter.map_or_else(|| it.span_at(situation), |(_, span)| *span)
    }

    /// Where a claim gives one of these roles in a situation.
    pub(super) fn place_of(
        &self,
        claim: ClaimId,
        grant: usize,
        roles: Roles,
        situation: &[(AxisId, u32)],
    ) -> Span {
        let letters = self
            .model
            .claim(claim)
            .grants
            .get(grant)
            .map_or(&[][..], |grant| &grant.letters);
        let letter = letters.iter().find(|(role, _)| roles.has(*role));
        letter.map_or_else(
            || self.place(claim, Some(grant), situation),
            |(_, span)| *span,
        )
    }

    /// `responsible and accountable: Customer`, or `nobody`.
    pub(super) fn says(&self, claim: ClaimId, grants: &[usize]) -> String {
        let it = self.model.claim(claim);
        if it.form == Form::Nobody {
            return "nobody".into();
        }
        let each = grants.iter().filter_map(|&grant| it.grants.get(grant));
        let each =
            each.map(|grant| format!("{}: {}", grant.roles.words(), self.titles(&grant.parties)));
        each.collect::<Vec<_>>().join("; ")
    }

    /// Reports a finding on a part of a duty's situations: what an `allow` covers is accepted.
    pub(super) fn report(
        &mut self,
        code: Code,
        duty: DutyId,
        region: Region,
        word: impl Fn(&mut Self, &Told) -> Diagnostic,
    ) {
        let exists = self.standings[duty.0 as usize].exists();
        for piece in self.allowed_pieces(code, duty, region) {
            let told = self.tell(piece.region, exists);
            let mut finding = word(self, &told);
            if let Some(subject) = &mut finding.subject {
                subject.situations = Some(told.situations);
            }
            piece.mark(&self.model, &mut finding);
            // What is nobody's or claimed twice breaks constraints too: one message is enough.
            let of_holding = matches!(
                code,
                Code::Gap
                    | Code::GapResponsible
                    | Code::GapAccountable
                    | Code::Overlap
                    | Code::Contradiction
            );
            if of_holding && !finding.accepted && finding.severity == Severity::Error {
                let faulty = self.standings[duty.0 as usize].faulty;
                self.standings[duty.0 as usize].faulty = self.regions.or(faulty, piece.region);
            }
            self.findings.push(finding);
        }
    }
}
