//! `ensure` and `separate` (section 7): what must hold, whoever holds the duties.

use super::words::Told;
use super::{Code, Diagnostic, Judge};
use crate::model::{ClaimId, DutyId, Law, PartyId, Role};
use crate::space::{AxisId, AxisNames as _, Region, Values};

impl Judge {
    /// Reports constraints that do not hold. Duties in doubt are left out.
    pub(super) fn constraints(&mut self) {
        for at in 0..self.model.ensures.len() {
            self.regions.refill(self.options.budget);
            for duty in self.model.ensures[at].duties.clone() {
                if !self.is_certain(duty) {
                    continue;
                }
                let before = self.findings.len();
                self.settle(duty);
                match self.model.ensures[at].law.clone() {
                    Law::Grows(party, axis, steps) => self.grows(at, duty, party, axis, &steps),
                    law => self.ensure(at, duty, &law),
                }
                if self.regions.take_exhausted() {
                    self.findings.truncate(before);
                    self.not_decided(duty);
                }
            }
        }
        for at in 0..self.model.separates.len() {
            self.regions.refill(self.options.budget);
            let before = self.findings.len();
            self.separate(at);
            if self.regions.take_exhausted() {
                self.findings.truncate(before);
                for duty in self.model.separates[at].left.clone() {
                    if self.is_certain(duty) {
                        self.not_decided(duty);
                    }
                }
            }
        }
    }

    /// Where a law holds for a duty.
    fn holds(&mut self, duty: DutyId, law: &Law) -> Region {
        let (model, regions) = (&self.model, &mut self.regions);
        let standing = &self.standings[duty.0 as usize];
        let both = [Role::Responsible, Role::Accountable];
        match law {
            Law::Owns(_) | Law::Share(_) => {
                let parties = law.parties();
                let mut good = Region::ALL;
                for role in both {
                    for &party in &parties {
                        let held = standing.held(model, regions, party, role);
                        good = regions.and(good, held);
                    }
                    let others = standing.others(model, regions, &parties, role);
                    good = regions.minus(good, others);
                }
                good
            }
            Law::Role(parties, role) => parties.iter().fold(Region::ALL, |good, &party| {
                let held = standing.held(model, regions, party, *role);
                regions.and(good, held)
            }),
            Law::Never(party) => both.into_iter().fold(Region::ALL, |good, role| {
                let held = standing.held(model, regions, *party, role);
                regions.minus(good, held)
            }),
            Law::Nobody => both.into_iter().fold(Region::ALL, |good, role| {
                let held = standing.anybody(regions, role);
                regions.minus(good, held)
            }),
            Law::Grows(..) => Region::ALL,
        }
    }

    fn ensure(&mut self, at: usize, duty: DutyId, law: &Law) {
        let scope = self.scope(self.model.ensures[at].when, duty);
        let good = self.holds(duty, law);
        let broken = self.regions.minus(scope, good);
        let broken = self
            .regions
            .minus(broken, self.standings[duty.0 as usize].faulty);
        if !broken.is_empty() {
            self.report(Code::EnsureFails, duty, broken, |judge, told| {
                judge.word_ensure(at, duty, law, broken, told)
            });
        }
    }

    fn word_ensure(
        &mut self,
        at: usize,
        duty: DutyId,
        law: &Law,
        broken: Region,
        told: &Told,
    ) -> Diagnostic {
        let path = self.model.duty(duty).path.clone();
        let parties = law.parties();
        let wanted = match law {
            Law::Owns(_) => format!("{} alone owns", self.titles(&parties)),
            Law::Share(_) => format!("{} share", self.titles(&parties)),
            Law::Role(_, Role::Supports) => format!("{} supports", self.titles(&parties)),
            Law::Role(_, role) => format!("{} is {} for", self.titles(&parties), role.word()),
            Law::Never(_) => format!("{} never owns", self.titles(&parties)),
            Law::Nobody => "nobody owns".into(),
            Law::Grows(..) => String::new(),
        };
        let message = format!("it does not hold that {wanted} `{path}`{}", told.tail());
        let mut subject = self.subject(Some(duty));
        subject.parties = self.names(&parties);
        let ensure = &self.model.ensures[at];
        let finding = Diagnostic::new(Code::EnsureFails, ensure.head, message, "asked for here")
            .about(subject);
        let because = ensure.because.clone();
        let finding = self.show_holders(finding, duty, broken, told);
        finding.maybe_help(because.map(|because| {
            format!(
                "asked for because \"{}\"",
                crate::diagnostic::visible(&because)
            )
        }))
    }

    /// The situations of a region that fit its example.
    fn around(&mut self, region: Region, told: &Told) -> Region {
        told.example.iter().fold(region, |here, (axis, value)| {
            let test = self
                .regions
                .test(*axis, &Values::of(self.regions.size(*axis), [*value]));
            self.regions.and(here, test)
        })
    }

    /// Labels the claims that decide who holds a duty in the example of a region.
    fn show_holders(
        &mut self,
        mut finding: Diagnostic,
        duty: DutyId,
        region: Region,
        told: &Told,
    ) -> Diagnostic {
        let standing = self.standings[duty.0 as usize].clone();
        let here = self.around(region, told);
        let mut shown: Vec<(ClaimId, Vec<usize>)> = Vec::new();
        for stake in standing.stakes.iter().filter(|stake| stake.roles.owning()) {
            if self.regions.meet(stake.region, here) {
                match shown.iter_mut().find(|(claim, _)| *claim == stake.claim) {
                    Some((_, grants)) => grants.push(stake.grant),
                    None => shown.push((stake.claim, vec![stake.grant])),
                }
            }
        }
        for &(claim, region) in &standing.nobody {
            if self.regions.meet(region, here) {
                shown.push((claim, Vec::new()));
            }
        }
        if shown.is_empty() {
            finding = finding.and(self.model.duty(duty).label.span, "nobody holds it there");
        }
        for (claim, grants) in shown {
            let span = self.place(claim, grants.first().copied(), &told.example);
            finding = finding.and(span, self.says(claim, &grants));
        }
        finding
    }

    /// What a party is responsible for at one value, it must be responsible for at the next value
    /// at which the duty exists.
    fn grows(&mut self, at: usize, duty: DutyId, party: PartyId, axis: AxisId, steps: &[u32]) {
        let scope = self.scope(self.model.ensures[at].when, duty);
        let scope = self
            .regions
            .minus(scope, self.standings[duty.0 as usize].faulty);
        let held = self.standings[duty.0 as usize].held(
            &self.model,
            &mut self.regions,
            party,
            Role::Responsible,
        );
        // What the party held at the last value at which the duty existed, all else equal.
        let mut carried = Region::NONE;
        for (at_step, &to) in steps.iter().enumerate() {
            let regions = &mut self.regions;
            let there = regions.fix(scope, axis, to);
            let kept = regions.fix(held, axis, to);
            let kept = regions.and(kept, there);
            let lost = regions.and(carried, there);
            let lost = regions.minus(lost, kept);
            carried = regions.minus(carried, there);
            carried = regions.or(carried, kept);
            let from = steps[..at_step].iter().rev().copied().find(|&from| {
                let held = regions.fix(held, axis, from);
                regions.meet(held, lost)
            });
            let step = regions.test(axis, &Values::of(regions.size(axis), [to]));
            let lost = regions.and(lost, step);
            if let (Some(from), false) = (from, lost.is_empty()) {
                self.report(Code::Shrinks, duty, lost, |judge, told| {
                    judge.word_grows(at, duty, party, (axis, from, to), lost, told)
                });
            }
        }
    }

    fn word_grows(
        &mut self,
        at: usize,
        duty: DutyId,
        party: PartyId,
        step: (AxisId, u32, u32),
        lost: Region,
        told: &Told,
    ) -> Diagnostic {
        let (axis, from, to) = step;
        let (from_name, to_name) = (
            self.model.value(axis, from).to_owned(),
            self.model.value(axis, to).to_owned(),
        );
        let (path, title) = (self.model.duty(duty).path.clone(), self.titles(&[party]));
        let message = format!(
            "{title} is responsible for `{path}` at `{from_name}`, but no longer at `{to_name}`"
        );
        let mut subject = self.subject(Some(duty));
        subject.roles = vec!["responsible"];
        subject.parties = self.names(&[party]);
        let finding = Diagnostic::new(
            Code::Shrinks,
            self.model.ensures[at].head,
            message,
            "asked for here",
        )
        .about(subject);
        let mut before = told.example.clone();
        before
            .iter_mut()
            .filter(|(known, _)| *known == axis)
            .for_each(|(_, value)| *value = from);
        let stakes = self.standings[duty.0 as usize].stakes.clone();
        let at_from = self
            .regions
            .test(axis, &Values::of(self.regions.size(axis), [from]));
        let holder = stakes.iter().find(|stake| {
            let holds = stake.roles.has(Role::Responsible)
                && stake.of(&self.model).parties.contains(&party);
            holds && self.regions.meet(stake.region, at_from)
        });
        let finding = match holder {
            Some(stake) => finding.and(
                self.place(stake.claim, Some(stake.grant), &before),
                format!("{title}, at `{from_name}`"),
            ),
            None => finding,
        };
        self.show_holders(finding, duty, lost, told)
    }

    /// Where a party is responsible for a duty, itself or through a group.
    fn responsible(&mut self, duty: DutyId, party: PartyId) -> Region {
        let groups: Vec<PartyId> = (0..).map(PartyId).take(self.model.parties.len()).collect();
        let standing = &self.standings[duty.0 as usize];
        groups
            .into_iter()
            .filter(|&group| self.model.with_members(group).any(|member| member == party))
            .fold(Region::NONE, |sum, group| {
                let held = standing.held(&self.model, &mut self.regions, group, Role::Responsible);
                self.regions.or(sum, held)
            })
    }

    /// The parties that are responsible for a duty somewhere, members of groups included.
    fn responsible_parties(&self, duty: DutyId) -> Vec<PartyId> {
        let mut parties = Vec::new();
        for stake in self.standings[duty.0 as usize]
            .stakes
            .iter()
            .filter(|stake| stake.roles.has(Role::Responsible))
        {
            parties.extend(
                stake
                    .of(&self.model)
                    .parties
                    .iter()
                    .flat_map(|&party| self.model.with_members(party)),
            );
        }
        parties.sort_unstable();
        parties.dedup();
        parties
    }

    fn separate(&mut self, at: usize) {
        let it = self.model.separates[at].clone();
        for &duty in it.left.iter().chain(&it.right) {
            self.settle(duty);
        }
        let when = self.when(it.when);
        for &left in it
            .left
            .iter()
            .filter(|&&duty| self.is_certain(duty))
            .collect::<Vec<_>>()
        {
            for party in self.responsible_parties(left) {
                let held = self.responsible(left, party);
                let held = self.regions.and(held, when);
                for &right in it
                    .right
                    .iter()
                    .filter(|&&duty| self.is_certain(duty))
                    .collect::<Vec<_>>()
                {
                    let other = self.responsible(right, party);
                    let both = self.regions.and(held, other);
                    if !both.is_empty() {
                        self.report(Code::NotSeparate, left, both, |judge, told| {
                            judge.word_separate(at, (left, right), party, both, told)
                        });
                    }
                }
            }
        }
    }

    fn word_separate(
        &mut self,
        at: usize,
        (left, right): (DutyId, DutyId),
        party: PartyId,
        both: Region,
        told: &Told,
    ) -> Diagnostic {
        let (a, b) = (
            self.model.duty(left).path.clone(),
            self.model.duty(right).path.clone(),
        );
        let message = format!(
            "{} is responsible for both `{a}` and `{b}`{}",
            self.titles(&[party]),
            told.tail()
        );
        let mut subject = self.subject(Some(left));
        subject.roles = vec!["responsible"];
        subject.parties = self.names(&[party]);
        let separate = &self.model.separates[at];
        let because = separate.because.clone();
        let mut finding = Diagnostic::new(
            Code::NotSeparate,
            separate.head,
            message,
            "to be kept apart",
        )
        .about(subject);
        let here = self.around(both, told);
        for (duty, path) in [(left, a), (right, b)] {
            let (model, regions) = (&self.model, &mut self.regions);
            let mut holds = |stake: &&super::Stake| {
                let mut parties = stake
                    .of(model)
                    .parties
                    .iter()
                    .flat_map(|&party| model.with_members(party));
                stake.roles.has(Role::Responsible)
                    && parties.any(|holder| holder == party)
                    && regions.meet(stake.region, here)
            };
            if let Some(stake) = self.standings[duty.0 as usize]
                .stakes
                .iter()
                .find(|stake| holds(stake))
            {
                let span = self.place(stake.claim, Some(stake.grant), &told.example);
                finding = finding.and(
                    span,
                    format!("`{path}`: {}", self.titles(&stake.of(&self.model).parties)),
                );
            }
        }
        let holders = self.standings[left.0 as usize]
            .stakes
            .iter()
            .chain(&self.standings[right.0 as usize].stakes);
        let groups: Vec<PartyId> = holders
            .flat_map(|stake| stake.of(&self.model).parties.clone())
            .chain([party])
            .collect();
        finding
            .maybe_help(self.membership(&groups))
            .maybe_help(because.map(|because| {
                format!(
                    "kept apart because \"{}\"",
                    crate::diagnostic::visible(&because)
                )
            }))
            .help("give one of them to another party")
    }
}
