//! Overlaps, contradictions and redundancy: claims that meet on one duty (section 5, rules 4 to 6).

use super::standing::Stake;
use super::words::Told;
use super::{Code, Diagnostic, Judge};
use crate::model::{ClaimId, DutyId, Form, PartyId, Role, Roles};
use crate::space::Region;

/// At most this many claims are labelled by one finding.
const MAX_LABELS: usize = 4;

/// Grants that make two parties responsible, or two accountable, in the same situations.
struct Clash {
    region: Region,
    roles: Roles,
    stakes: Vec<Stake>,
}

impl Judge {
    /// Reports what claims on one duty do to each other.
    pub(super) fn overlaps(&mut self, duty: DutyId) {
        let standing = &self.standings[duty.0 as usize];
        let owning: Vec<Stake> = standing.stakes.iter().copied().filter(|stake| stake.roles.owning()).collect();
        let clashes = self.clashes(&owning);
        let mut claimed_twice = Region::NONE;
        for clash in &clashes {
            claimed_twice = self.regions.or(claimed_twice, clash.region);
        }
        for clash in clashes {
            self.report(Code::Overlap, duty, clash.region, |judge, told| judge.word_overlap(duty, &clash, told));
        }
        self.contradictions(duty, &owning);
        self.redundant(duty, claimed_twice);
    }

    /// Every pair that clashes; pairs that clash in the same situations become one.
    fn clashes(&mut self, owning: &[Stake]) -> Vec<Clash> {
        let mut clashes: Vec<Clash> = Vec::new();
        let mut covered = Region::NONE;
        for (at, &later) in owning.iter().enumerate() {
            // Most claims meet no other: one intersection tells.
            let meets = self.regions.meet(covered, later.region);
            covered = self.regions.or(covered, later.region);
            if !meets {
                continue;
            }
            for &earlier in &owning[..at] {
                let roles = earlier.roles.and(later.roles).and(Roles::OWNER);
                if roles.is_empty() || !self.are_two(earlier, later) {
                    continue;
                }
                let region = self.regions.and(earlier.region, later.region);
                if !region.is_empty() {
                    join(&mut clashes, region, roles, earlier, later);
                }
            }
        }
        clashes
    }

    /// Whether two grants name more than one party between them.
    fn are_two(&self, a: Stake, b: Stake) -> bool {
        let (a, b) = (a.of(&self.model), b.of(&self.model));
        a.parties.len() > 1 || b.parties.len() > 1 || a.parties != b.parties
    }

    fn word_overlap(&mut self, duty: DutyId, clash: &Clash, told: &Told) -> Diagnostic {
        let mut claims: Vec<ClaimId> = clash.stakes.iter().map(|stake| stake.claim).collect();
        claims.dedup();
        let often = match clash.stakes.len() {
            2 => "twice".to_owned(),
            n => format!("{n} times"),
        };
        let path = self.model.duty(duty).path.clone();
        let message = match clash.roles {
            Roles::OWNER => format!("`{path}` is claimed {often}{}", told.tail()),
            one => format!("two parties are {} for `{path}`{}", one.words(), told.tail()),
        };
        let mut stakes = clash.stakes.clone();
        let spot = |judge: &Self, stake: &Stake| judge.place_of(stake.claim, stake.grant, clash.roles, &told.example);
        stakes.sort_by_key(|stake| spot(self, stake));
        let mut labels = stakes.iter().map(|stake| (spot(self, stake), self.says(stake.claim, &[stake.grant])));
        let (span, text) = labels.next().unwrap_or((self.model.duty(duty).label.span, String::new()));
        let mut parties: Vec<PartyId> = Vec::new();
        for party in stakes.iter().flat_map(|stake| stake.of(&self.model).parties.iter().copied()) {
            if !parties.contains(&party) {
                parties.push(party);
            }
        }
        let mut subject = self.subject(Some(duty));
        subject.roles = clash.roles.iter().map(Role::word).collect();
        subject.parties = self.names(&parties);
        let mut finding = Diagnostic::new(Code::Overlap, span, message, text).about(subject);
        for (span, text) in labels {
            finding = finding.and(span, text);
        }
        let shared = claims.iter().any(|claim| self.model.claim(*claim).form == Form::Share);
        let in_rows = clash.stakes.iter().any(|stake| self.model.claim(stake.claim).form == Form::Row);
        let help = if clash.roles != Roles::OWNER && !in_rows {
            format!("let one party alone be {}", clash.roles.words())
        } else if shared {
            "keep one of the claims, or restrict them with `when` so that they do not meet".to_owned()
        } else if claims.len() == 1 {
            "give the role to one party, or mark each with `+` if they hold it jointly".to_owned()
        } else {
            let names = self.names(&parties).join(", ");
            format!("keep one, or say who does what: `{names} share {}{} {{ … }}`", self.short_path(duty), told.clause())
        };
        finding.maybe_help(self.membership(&parties)).help(help)
    }

    /// Which of these parties is a member of which.
    pub(super) fn membership(&self, parties: &[PartyId]) -> Option<String> {
        let member = |group: &PartyId| {
            let members = &self.model.party(*group).members;
            parties.iter().find(|party| members.contains(party)).map(|member| (*group, *member))
        };
        let (group, member) = parties.iter().find_map(member)?;
        let (group, member) = (&self.model.party(group).label, &self.model.party(member).label);
        Some(format!("`{}` is a member of the group `{}`, which counts as one party of its own", member.name, group.name))
    }

    fn contradictions(&mut self, duty: DutyId, owning: &[Stake]) {
        let nobody = self.standings[duty.0 as usize].nobody.clone();
        for (claim, region) in nobody {
            let mut met: Vec<(Region, Vec<Stake>)> = Vec::new();
            for &stake in owning {
                let both = self.regions.and(region, stake.region);
                if both.is_empty() {
                    continue;
                }
                match met.iter_mut().find(|(known, stakes)| *known == both && stakes[0].claim == stake.claim) {
                    Some((_, stakes)) => stakes.push(stake),
                    None => met.push((both, vec![stake])),
                }
            }
            for (both, stakes) in met {
                self.report(Code::Contradiction, duty, both, |judge, told| judge.word_contradiction(duty, claim, &stakes, told));
            }
        }
    }

    fn word_contradiction(&mut self, duty: DutyId, nobody: ClaimId, stakes: &[Stake], told: &Told) -> Diagnostic {
        let path = &self.model.duty(duty).path;
        let mut parties: Vec<PartyId> = stakes.iter().flat_map(|stake| stake.of(&self.model).parties.clone()).collect();
        parties.dedup();
        let message = format!("`{path}` is {}'s and nobody's{}", self.titles(&parties), told.tail());
        let claim = stakes[0].claim;
        let grants: Vec<usize> = stakes.iter().map(|stake| stake.grant).collect();
        let mut subject = self.subject(Some(duty));
        subject.roles = vec!["responsible", "accountable"];
        subject.parties = self.names(&parties);
        let span = self.place(nobody, None, &told.example);
        let finding = Diagnostic::new(Code::Contradiction, span, message, "nobody").about(subject);
        let finding = finding.and(self.place(claim, Some(stakes[0].grant), &told.example), self.says(claim, &grants));
        finding.help("keep one, or restrict both with `when` so that they do not meet")
    }

    /// The same role twice, or a lesser role beside an owning one, for one party.
    fn redundant(&mut self, duty: DutyId, claimed_twice: Region) {
        let stakes = self.standings[duty.0 as usize].stakes.clone();
        let mut said: Vec<(PartyId, ClaimId, ClaimId, Region, Roles, Roles)> = Vec::new();
        for (at, &later) in stakes.iter().enumerate() {
            for &earlier in &stakes[..=at] {
                let same_stake = (earlier.claim, earlier.grant) == (later.claim, later.grant);
                let shared: Vec<PartyId> = {
                    let (a, b) = (earlier.of(&self.model), later.of(&self.model));
                    a.parties.iter().copied().filter(|party| b.parties.contains(party)).collect()
                };
                let Some(&party) = shared.first() else { continue };
                let Some((first, second)) = repeats(earlier.roles, later.roles, same_stake) else { continue };
                let helps = first == Roles::only(Role::Supports) && first == second;
                if helps && self.model.claim(earlier.claim).text != self.model.claim(later.claim).text {
                    // Two kinds of help are not one said twice.
                    continue;
                }
                let region = self.regions.and(earlier.region, later.region);
                let region = self.regions.minus(region, claimed_twice);
                if region.is_empty() {
                    continue;
                }
                for party in if shared.len() > 1 { shared } else { vec![party] } {
                    let known = said.iter_mut().find(|(p, a, b, r, ..)| (*p, *a, *b, *r) == (party, earlier.claim, later.claim, region));
                    match known {
                        Some((.., a, b)) => (*a, *b) = (a.or(first), b.or(second)),
                        None => said.push((party, earlier.claim, later.claim, region, first, second)),
                    }
                }
            }
        }
        self.redundant_nobody(duty);
        for (party, earlier, later, region, first, second) in said {
            self.report(Code::Redundant, duty, region, |judge, told| {
                judge.word_redundant(duty, party, [(earlier, first), (later, second)], told)
            });
        }
    }

    fn word_redundant(&mut self, duty: DutyId, party: PartyId, claims: [(ClaimId, Roles); 2], told: &Told) -> Diagnostic {
        let [(earlier, first), (later, second)] = claims;
        let (path, title) = (self.model.duty(duty).path.clone(), self.titles(&[party]));
        let span = |judge: &Self, claim, roles: Roles| {
            let grants = &judge.model.claim(claim).grants;
            let grant = grants.iter().position(|grant| !grant.roles.and(roles).is_empty() && grant.parties.contains(&party));
            grant.map_or_else(|| judge.place(claim, None, &told.example), |grant| judge.place_of(claim, grant, roles, &told.example))
        };
        let message = if first == second {
            format!("{title} {} `{path}` twice{}", first.phrase(), told.tail())
        } else {
            let (more, less) = if first.owning() { (first, second) } else { (second, first) };
            format!("{title} {} `{path}`, and {} as well{}", more.phrase(), less.words(), told.tail())
        };
        let mut subject = self.subject(Some(duty));
        subject.roles = first.or(second).iter().map(Role::word).collect();
        subject.parties = self.names(&[party]);
        let at = span(self, later, second);
        let finding = Diagnostic::new(Code::Redundant, at, message, second.words()).about(subject);
        let other = span(self, earlier, first);
        let finding = if other == at { finding } else { finding.and(other, first.words()) };
        let help = if first == second {
            "remove one of the two"
        } else {
            "who does the work or answers for it takes part anyway: remove the lesser role"
        };
        finding.help(help)
    }

    fn redundant_nobody(&mut self, duty: DutyId) {
        let nobody = self.standings[duty.0 as usize].nobody.clone();
        for (at, &(later, region)) in nobody.iter().enumerate() {
            for &(earlier, other) in &nobody[..at] {
                let both = self.regions.and(region, other);
                if !both.is_empty() {
                    self.report(Code::Redundant, duty, both, |judge, told| {
                        let message = format!("`{}` is declared nobody's twice{}", judge.model.duty(duty).path, told.tail());
                        let at = judge.place(later, None, &told.example);
                        let finding = Diagnostic::new(Code::Redundant, at, message, "again here").about(judge.subject(Some(duty)));
                        finding.and(judge.place(earlier, None, &told.example), "first here").help("remove one of the two")
                    });
                }
            }
        }
    }

    /// A share that does not say what each of its parties does (rule 7): once a duty.
    pub(super) fn share_parts(&mut self, duty: DutyId) {
        let stakes = self.standings[duty.0 as usize].stakes.clone();
        let (mut silent, mut region): (Vec<Stake>, Region) = (Vec::new(), Region::NONE);
        for stake in stakes {
            let claim = self.model.claim(stake.claim);
            let parties = &stake.of(&self.model).parties;
            let all_said = parties.iter().all(|party| claim.parts.iter().any(|part| part.party == *party));
            if claim.form == Form::Share && !claim.faulty && !all_said {
                region = self.regions.or(region, stake.region);
                silent.push(stake);
            }
        }
        if silent.is_empty() {
            return;
        }
        self.report(Code::ShareParts, duty, region, |judge, told| judge.word_share(duty, &silent, told));
    }

    fn word_share(&mut self, duty: DutyId, silent: &[Stake], told: &Told) -> Diagnostic {
        let mute = |judge: &Self, stake: &Stake| -> Vec<PartyId> {
            let parts = &judge.model.claim(stake.claim).parts;
            stake.of(&judge.model).parties.iter().copied().filter(|party| parts.iter().all(|part| part.party != *party)).collect()
        };
        let message = format!("`{}` is shared without saying who does what{}", self.model.duty(duty).path, told.tail());
        let mut parties: Vec<PartyId> = silent.iter().flat_map(|stake| mute(self, stake)).collect();
        parties.sort_unstable();
        parties.dedup();
        let mut subject = self.subject(Some(duty));
        subject.parties = self.names(&parties);
        let mut labels = silent.iter().take(MAX_LABELS).map(|stake| {
            let label = format!("no part for {}", self.titles(&mute(self, stake)));
            (self.model.claim(stake.claim).head, label)
        });
        let (at, label) = labels.next().unwrap_or((self.model.duty(duty).label.span, String::new()));
        let finding = Diagnostic::new(Code::ShareParts, at, message, label).about(subject);
        let finding = labels.fold(finding, |finding, (span, label)| finding.and(span, label));
        let in_table = silent.iter().any(|stake| !self.model.claim(stake.claim).cells.is_empty());
        let parts: Vec<String> = self.names(&parties).into_iter().map(|name| format!("{name} \"…\"")).collect();
        finding.help(if in_table {
            format!("give the parts in a footnote of the cell: `{}`", parts.join(", "))
        } else {
            format!("add each party's part: `{{ {} }}`", parts.join("  "))
        })
    }
}

/// Adds a clash of two grants to those in the same situations.
fn join(clashes: &mut Vec<Clash>, region: Region, roles: Roles, a: Stake, b: Stake) {
    let known = clashes.iter_mut().find(|clash| clash.region == region && (clash.stakes.contains(&a) || clash.stakes.contains(&b)));
    if let Some(clash) = known {
        clash.roles = clash.roles.or(roles);
        for stake in [a, b] {
            if !clash.stakes.contains(&stake) {
                clash.stakes.push(stake);
            }
        }
    } else {
        // Both roles of one pair of claims are one finding.
        let pair =
            clashes.iter_mut().find(|clash| clash.region == region && clash.stakes[0].claim == a.claim && clash.stakes[1].claim == b.claim);
        match pair {
            Some(clash) => clash.roles = clash.roles.or(roles),
            None => clashes.push(Clash { region, roles, stakes: vec![a, b] }),
        }
    }
}

/// Which roles of two grants of one party say the same, or less beside more.
fn repeats(a: Roles, b: Roles, same: bool) -> Option<(Roles, Roles)> {
    let common = a.and(b);
    if !same && !common.is_empty() {
        return Some((common, common));
    }
    let lesser = |roles: Roles| {
        roles.iter().filter(|&role| !Roles::only(role).owning()).fold(Roles::default(), |sum, role| sum.or(Roles::only(role)))
    };
    let (owning_a, owning_b) = (a.and(Roles::OWNER), b.and(Roles::OWNER));
    if a.owning() && !lesser(b).is_empty() {
        return Some((owning_a, lesser(b)));
    }
    (b.owning() && !lesser(a).is_empty()).then_some((lesser(a), owning_b))
}
