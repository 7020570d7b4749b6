//! Gaps: a duty exists, and nobody is responsible, or nobody accountable (section 5, rule 3).

use super::tangled::Searched;
use super::words::Told;
use rustc_hash::FxHashMap;

use super::{Code, Diagnostic, Judge};
use crate::model::{ClaimId, DutyId, PartyId, Role};
use crate::source::Span;
use crate::space::{Region, Syntax, cover_within, describe};

/// A condition longer than this, in bytes, helps nobody beside a claim.
const MAX_WHEN: usize = 80;

/// A gap that takes more boxes than this is not listed.
const MAX_LISTED: usize = 64;
/// Nor is one that takes more nodes of a diagram.
const WORTH_LISTING: usize = 1 << 14;

/// At most this many claims that came close are shown.
const MAX_NEAR: usize = 3;

impl Judge {
    /// Reports the gaps of one duty: in both roles, and in each alone. False where they could not
    /// be worked out.
    pub(super) fn gaps(&mut self, duty: DutyId) -> bool {
        let found = match self.search_gap(duty) {
            Searched::Whole => return true,
            Searched::Gap(situation) => {
                // If its extent takes much to work out, it is not worth listing.
                self.regions.refill(WORTH_LISTING.min(self.options.budget));
                Some(situation)
            }
            Searched::Unknown => None,
        };
        let before = self.findings.len();
        let gaps = self.gap_regions(duty);
        let mut is_listed = !self.regions.is_exhausted();
        for (code, region) in gaps {
            if !is_listed || region.is_empty() {
                continue;
            }
            if found.is_some() && !self.can_list(region, duty) {
                is_listed = false;
            } else {
                self.regions.refill(self.options.budget);
                self.report(code, duty, region, |judge, told| {
                    judge.word_gap(code, duty, told)
                });
            }
        }
        if let (Some(example), false) = (found, is_listed && !self.regions.is_exhausted()) {
            self.findings.truncate(before);
            self.loose_gap(duty, &example);
            self.regions.forgive();
            self.regions.refill(self.options.budget);
        }
        !self.regions.is_exhausted()
    }

    /// Where nobody is responsible or accountable, and where one of the two is missing.
    fn gap_regions(&mut self, duty: DutyId) -> [(Code, Region); 3] {
        let (standing, regions) = (&self.standings[duty.0 as usize], &mut self.regions);
        let nobodys = standing.nobodys(regions);
        let wanted = regions.minus(standing.exists(), nobodys);
        let responsible = standing.anybody(regions, Role::Responsible);
        let accountable = standing.anybody(regions, Role::Accountable);
        let undone = regions.minus(wanted, responsible);
        let unanswered = regions.minus(wanted, accountable);
        let both = regions.and(undone, unanswered);
        let undone = regions.minus(undone, both);
        let unanswered = regions.minus(unanswered, both);
        [
            (Code::Gap, both),
            (Code::GapResponsible, undone),
            (Code::GapAccountable, unanswered),
        ]
    }

    /// Whether the situations of a gap can be told in so many words.
    fn can_list(&mut self, region: Region, duty: DutyId) -> bool {
        let free = self.regions.not(self.standings[duty.0 as usize].exists());
        cover_within(&mut self.regions, region, free, MAX_LISTED).is_some()
            && !self.regions.is_exhausted()
    }

    pub(super) fn word_gap(&mut self, code: Code, duty: DutyId, told: &Told) -> Diagnostic {
        let (verb, label, roles) = match code {
            Code::GapResponsible => (
                "is responsible for",
                "nobody is responsible",
                vec!["responsible"],
            ),
            Code::GapAccountable => (
                "is accountable for",
                "nobody is accountable",
                vec!["accountable"],
            ),
            _ => (
                "owns",
                "nobody is responsible or accountable",
                vec!["responsible", "accountable"],
            ),
        };
        let it = self.model.duty(duty);
        let message = format!("nobody {verb} `{}`{}", it.path, told.tail());
        let example = self.example(&told.example);
        let label = match &told.when {
            None => format!("{label}, in any situation"),
            Some(when) if *when == example => format!("{label} there"),
            Some(_) => format!("{label}, for example when `{example}`"),
        };
        let mut subject = self.subject(Some(duty));
        subject.roles = roles;
        let mut finding = Diagnostic::new(code, it.label.span, message, label).about(subject);
        let near = self.came_close(duty, told);
        let party = near.iter().find_map(|(claim, ..)| self.first_party(*claim));
        for (_, span, text) in near {
            finding = finding.and(span, text);
        }
        let party = party.or_else(|| self.model.mentioned_parties().map(|(id, _)| id).next());
        let declared = party
            .map(|party| self.model.party(party))
            .or(self.model.parties.first());
        let name = declared.map_or("somebody".to_owned(), |party| party.label.name.clone());
        let (path, clause) = (self.short_path(duty), told.clause());
        let help = match code {
            Code::Gap => format!(
                "add `{name} owns {path}{clause}`, or say why not: `nobody owns {path}{clause} because \"…\"`"
            ),
            _ => format!("add `{name} {verb} {path}{clause}`"),
        };
        finding.help(help)
    }

    /// The claims that nearly cover a gap: those that leave the duty out, and those that hold
    /// elsewhere.
    fn came_close(&mut self, duty: DutyId, told: &Told) -> Vec<(ClaimId, Span, String)> {
        let mut near = Vec::new();
        near.extend(
            self.excepted_from(duty)
                .iter()
                .map(|&(id, span)| (id, span, "left out here".to_owned())),
        );
        let blanks = self
            .model
            .duty(duty)
            .blanks
            .iter()
            .filter(|(axis, value, _)| told.example.contains(&(*axis, *value)));
        let blanks: Vec<Span> = blanks.map(|(.., span)| *span).collect();
        let standing = &self.standings[duty.0 as usize];
        let exists = standing.exists();
        let stakes = standing.stakes.clone();
        for stake in stakes.iter().filter(|stake| stake.roles.owning()) {
            if near.len() >= MAX_NEAR || near.iter().any(|(claim, ..)| *claim == stake.claim) {
                continue;
            }
            let free = self.regions.not(exists);
            let when = describe(&mut self.regions, stake.region, free, &Syntax(&self.model));
            let says = self.says(stake.claim, &[stake.grant]);
            let text = when
                .filter(|when| when.len() <= MAX_WHEN)
                .map_or(says.clone(), |when| format!("{says}, when `{when}`"));
            near.push((
                stake.claim,
                self.place(stake.claim, Some(stake.grant), &told.example),
                text,
            ));
        }
        near.truncate(MAX_NEAR);
        let claim = near.first().map(|(claim, ..)| *claim);
        let blanks = blanks
            .into_iter()
            .filter_map(|span| claim.map(|claim| (claim, span, "says nothing".to_owned())));
        blanks.chain(near.clone()).collect()
    }

    /// The claims that leave a duty out, and where.
    fn excepted_from(&self, duty: DutyId) -> &[(ClaimId, Span)] {
        let excepted = self.excepted.get_or_init(|| {
            let mut excepted: FxHashMap<DutyId, Vec<(ClaimId, Span)>> = FxHashMap::default();
            for (id, claim) in self.model.claims() {
                for &(out, span) in &claim.excepted {
                    let claims = excepted.entry(out).or_default();
                    if claims.last().is_none_or(|(known, _)| *known != id) {
                        claims.push((id, span));
                    }
                }
            }
            excepted
        });
        excepted.get(&duty).map_or(&[], Vec::as_slice)
    }

    fn first_party(&self, claim: ClaimId) -> Option<PartyId> {
        self.model
            .claim(claim)
            .grants
            .first()?
            .parties
            .first()
            .copied()
    }
}
