//! Turns findings into messages: the last step of the check, and the only one that writes text.
//!
//! In: a model and [`Finding`]s, whose numbers and regions say all that is known. Out: a
//! [`Diagnostic`] for each, with text and machine-readable facts. Always: one file per kind of
//! finding; nothing is computed here, and messages are never parsed.

mod conditions;
mod constraints;
mod doubts;
mod freshness;
mod gaps;
mod many;
mod overlaps;
mod situated;

use std::cell::OnceCell;

use rustc_hash::FxHashSet;

use super::finding::{AllowedBy, Extent, Fact, Finding, GrantRef, Holder};
use crate::diagnostic::{Acceptance, Diagnostic, Label, Severity, Subject, visible};
use crate::model::{ClaimId, DutyId, Form, Model, PartyId, Roles};
use crate::paths::ShortPaths;
use crate::source::Span;
use crate::space::{AxisId, AxisNames as _};

/// Maximum number of claims labelled by one finding.
const MAX_LABELS: usize = 4;

/// The findings in words, in their order.
pub(super) fn words(model: &Model, findings: Vec<Finding>) -> Vec<Diagnostic> {
    let wording = Wording {
        model,
        short: OnceCell::new(),
        ambiguous: OnceCell::new(),
    };
    findings
        .into_iter()
        .map(|finding| wording.finding(finding))
        .collect()
}

/// A model whose findings are put into words.
struct Wording<'m> {
    model: &'m Model,
    /// The shortest path of each duty, computed on demand.
    short: OnceCell<ShortPaths>,
    /// The titles that several parties have, computed on demand.
    ambiguous: OnceCell<FxHashSet<&'m str>>,
}

impl Wording<'_> {
    fn finding(&self, finding: Finding) -> Diagnostic {
        let mut told = self.fact(&finding);
        self.accept(finding.allowed, &mut told);
        if let Some(subject) = &mut told.subject {
            subject.situations = match finding.extent {
                Extent::In(described) => Some(described.situations),
                Extent::Any => None,
            };
        }
        told
    }

    fn fact(&self, finding: &Finding) -> Diagnostic {
        match &finding.fact {
            Fact::Gap { near, blanks } => gaps::gap(self, finding, near, blanks),
            Fact::NotDecided { open, axes } => gaps::not_decided(self, finding, open, axes),
            Fact::RepeatsNotDecided(duties) => doubts::repeats_not_decided(self, duties),
            Fact::Many(many) => many::many(self, finding, many),
            Fact::SituationsNotDecided => gaps::situations_not_decided(self),
            Fact::Overlap { roles, grants } => overlaps::overlap(self, finding, *roles, grants),
            Fact::Contradiction { nobody, other } => {
                overlaps::contradiction(self, finding, *nobody, other)
            }
            Fact::NoSituation => conditions::no_situation(self),
            Fact::NeverExists => conditions::never_exists(self, finding),
            Fact::Dead {
                statement,
                at,
                reason,
            } => conditions::dead(self, *statement, *at, *reason),
            Fact::EnsureFails { ensure, holders } => {
                constraints::ensure(self, finding, *ensure, holders)
            }
            Fact::Shrinks(fact) => constraints::shrinks(self, finding, fact),
            Fact::NotSeparate(fact) => constraints::not_separate(self, finding, fact),
            Fact::BothSides { separate, duties } => {
                constraints::both_sides(self, *separate, duties)
            }
            Fact::MoreNotSeparate(at) => constraints::more_not_separate(self, *at),
            Fact::MoreEnsureFails(at) => constraints::more_ensure_fails(self, *at),
            Fact::AllowsNothing { allow, claims } => {
                constraints::allows_nothing(self, *allow, claims)
            }
            Fact::FutureReview { day, at, today } => freshness::future(self, *day, *at, *today),
            Fact::ReviewOverdue {
                due,
                reviewed,
                rhythm,
            } => freshness::overdue(self, *due, *reviewed, *rhythm),
            Fact::NeverReviewed(at) => freshness::never(self, *at),
            Fact::ClaimEnded { claim, end } => freshness::ended(self, *claim, *end),
            Fact::Repeated(fact) => doubts::repeated(self, finding, fact),
            Fact::NobodyTwice { earlier, later } => {
                doubts::nobody_twice(self, finding, *earlier, *later)
            }
            Fact::SilentShare(grants) => doubts::silent_share(self, finding, grants),
            Fact::Filled { claim, rows } => doubts::filled(self, *claim, rows),
            Fact::NoDuty => doubts::no_duty(self),
        }
    }

    /// Marks a finding as accepted, or says when its acceptance ended.
    fn accept(&self, allowed: Option<AllowedBy>, told: &mut Diagnostic) {
        let Some(allowed) = allowed else {
            return;
        };
        let allow = &self.model.allows[allowed.allow];
        let until = allow.until.map(|(day, _)| day);
        if !allowed.holds {
            let ended = until.map(|day| format!("accepted only until {day}"));
            told.related
                .extend(ended.map(|text| Label::new(allow.head, text)));
            return;
        }
        let acceptance = Acceptance {
            reason: allow.because.clone(),
            until,
            at: allow.head,
        };
        told.related
            .push(Label::new(allow.head, acceptance.phrase()));
        told.acceptance = Some(Box::new(acceptance));
        told.severity = Severity::Note;
        told.help.clear();
    }

    /// What a finding is about.
    fn subject(&self, duty: Option<DutyId>) -> Subject {
        let path = |duty| self.path(duty).to_owned();
        Subject {
            model: self.model.decl.name.clone(),
            duties: duty.map(path).into_iter().collect(),
            ..Subject::default()
        }
    }

    /// A duty's whole path.
    fn path(&self, duty: DutyId) -> &str {
        &self.model.duty(duty).path
    }

    /// The shortest path by which a duty can be named at the top of its model.
    fn short_path(&self, duty: DutyId) -> &str {
        let short = self.short.get_or_init(|| ShortPaths::of(self.model));
        short.short(self.path(duty))
    }

    /// A party's title; with its name, if another party has the same title.
    fn title(&self, party: PartyId) -> String {
        let decl = &self.model.party(party).decl;
        let title = visible(&decl.title);
        if self.is_ambiguous(&decl.title) {
            format!("{title} (`{}`)", decl.name)
        } else {
            title
        }
    }

    /// Whether several parties have this title.
    fn is_ambiguous(&self, title: &str) -> bool {
        let twice = self.ambiguous.get_or_init(|| {
            let (mut once, mut twice) = (FxHashSet::default(), FxHashSet::default());
            for party in &self.model.parties {
                if !once.insert(party.decl.title.as_str()) {
                    twice.insert(party.decl.title.as_str());
                }
            }
            twice
        });
        twice.contains(title)
    }

    /// The titles of parties, joined by `and`.
    fn titles(&self, parties: &[PartyId]) -> String {
        let title = |&party: &PartyId| self.title(party);
        let titles: Vec<String> = parties.iter().map(title).collect();
        match titles.split_last() {
            Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
            _ => titles.concat(),
        }
    }

    /// The name of a party, as statements write it.
    fn name(&self, party: PartyId) -> &str {
        &self.model.party(party).decl.name
    }

    /// The names of parties.
    fn names(&self, parties: &[PartyId]) -> Vec<String> {
        parties
            .iter()
            .map(|&party| self.name(party).to_owned())
            .collect()
    }

    /// A situation as a condition.
    fn situation(&self, example: &[(AxisId, u32)]) -> String {
        let mut sorted = example.to_vec();
        sorted.sort_unstable();
        let test = |(axis, value): &(AxisId, u32)| {
            let name = self.model.axis(*axis);
            match (self.model.is_option(*axis), value) {
                (true, 0) => format!("not {name}"),
                (true, _) => name.to_owned(),
                (false, _) => format!("{name} = {}", self.model.value(*axis, *value)),
            }
        };
        sorted.iter().map(test).collect::<Vec<_>>().join(" and ")
    }

    /// The parties of a grant.
    fn parties(&self, grant: GrantRef) -> &[PartyId] {
        &self.model.claim(grant.claim).grants[grant.grant].parties
    }

    /// Where a claim covers a situation: the cell, the letter, or the claim's head.
    fn place(&self, claim: ClaimId, grant: Option<usize>, example: &[(AxisId, u32)]) -> Span {
        let it = self.model.claim(claim);
        let grant = grant.and_then(|grant| it.grants.get(grant));
        let letter = grant.and_then(|grant| grant.letters.first());
        letter.map_or_else(|| it.span_at(example), |(_, span)| *span)
    }

    /// Where a grant gives one of these roles in a situation.
    fn place_of(&self, grant: GrantRef, roles: Roles, example: &[(AxisId, u32)]) -> Span {
        let letters = &self.model.claim(grant.claim).grants[grant.grant].letters;
        let letter = letters.iter().find(|(role, _)| roles.has(*role));
        let place = || self.place(grant.claim, Some(grant.grant), example);
        letter.map_or_else(place, |(_, span)| *span)
    }

    /// `responsible and accountable: Customer`, or `nobody`.
    fn grant_text(&self, claim: ClaimId, grants: &[usize]) -> String {
        let it = self.model.claim(claim);
        if it.form == Form::Nobody {
            return "nobody".into();
        }
        let each = grants.iter().filter_map(|&grant| it.grants.get(grant));
        let text = |grant: &crate::model::Grant| {
            format!("{}: {}", grant.roles.words(), self.titles(&grant.parties))
        };
        each.map(text).collect::<Vec<_>>().join("; ")
    }

    /// A label for each claim that decides who holds a duty in a situation.
    fn with_holders(
        &self,
        mut told: Diagnostic,
        duty: DutyId,
        holders: &[Holder],
        example: &[(AxisId, u32)],
    ) -> Diagnostic {
        if holders.is_empty() {
            let declared = self.model.duty(duty).decl.span;
            told = told.and(declared, "nobody holds it in this case");
        }
        for it in holders.iter().take(2 * MAX_LABELS) {
            let at = self.place(it.claim, it.grants.first().copied(), example);
            told = told.and(at, self.grant_text(it.claim, &it.grants));
        }
        told
    }

    /// Which of these parties is a member of which.
    fn membership(&self, parties: &[PartyId]) -> Option<String> {
        let member = |group: &PartyId| {
            let members = self.model.members(*group);
            let member = parties.iter().find(|party| members.contains(party))?;
            Some((*group, *member))
        };
        let (group, member) = parties.iter().find_map(member)?;
        Some(format!(
            "`{}` is a member of the group `{}`, which counts as a separate party",
            self.name(member),
            self.name(group)
        ))
    }
}

/// The duty of a finding that has one.
fn duty_of(finding: &Finding) -> DutyId {
    finding.duty.unwrap_or(DutyId(0))
}
