//! Overlaps, contradictions and redundancy: claims that meet on one duty (section 5, rules 4 to 6).

use super::standing::Stake;
use super::words::Told;
use super::{Code, Diagnostic, Judge};
use rustc_hash::FxHashMap;

use crate::model::{ClaimId, DutyId, Form, PartyId, Role, Roles};
use crate::source::Span;
use crate::space::Region;

/// At most this many claims are labelled by one finding.
const MAX_LABELS: usize = 4;

/// Grants that make two parties responsible, or two accountable, in the same situations.
struct Clash {
    region: Region,
    roles: Roles,
    stakes: Vec<Stake>,
}

/// Claims that give one party the same, or less beside more, in the same situations.
struct Repeated {
    party: PartyId,
    region: Region,
    /// The roles said first; owning ones, where lesser ones stand beside them.
    more: Roles,
    less: Roles,
    claims: Vec<ClaimId>,
}

impl Judge {
    /// Reports what claims on one duty do to each other.
    pub(super) fn overlaps(&mut self, duty: DutyId) {
        let standing = &self.standings[duty.0 as usize];
        let owning: Vec<Stake> = standing
            .stakes
            .iter()
            .copied()
            .filter(|stake| stake.roles.owning())
            .collect();
        let clashes = self.clashes(&owning);
        for clash in &clashes {
            self.report(Code::Overlap, duty, clash.region, |judge, told| {
                judge.word_overlap(duty, clash, told)
            });
        }
        self.contradictions(duty, &owning);
        self.redundant(duty, &clashes);
    }

    /// Every pair that clashes; pairs that clash in the same situations become one.
    fn clashes(&mut self, owning: &[Stake]) -> Vec<Clash> {
        let (mut clashes, mut known): (Vec<Clash>, FxHashMap<Region, Vec<usize>>) =
            (Vec::new(), FxHashMap::default());
        let mut meeting = Meeting::new(self, owning);
        for (at, &later) in owning.iter().enumerate() {
            if !meeting.meets_any(self, later) {
                continue;
            }
            for &earlier in &owning[..at] {
                let roles = earlier.roles.and(later.roles).and(Roles::OWNER);
                if roles.is_empty()
                    || !self.are_two(earlier, later)
                    || self.are_apart(earlier.claim, later.claim)
                {
                    continue;
                }
                let region = self.regions.and(earlier.region, later.region);
                if !region.is_empty() {
                    join(
                        &mut clashes,
                        known.entry(region).or_default(),
                        region,
                        roles,
                        earlier,
                        later,
                    );
                }
            }
        }
        clashes
    }

    /// Whether the conditions of two claims are known to share no situation.
    fn are_apart(&self, a: ClaimId, b: ClaimId) -> bool {
        let masks = |claim| self.masks[self.model.claim(claim).when.0 as usize].as_ref();
        match (masks(a), masks(b)) {
            (Some(a), Some(b)) => a.iter().all(|a| b.iter().all(|b| a.is_apart(b))),
            _ => false,
        }
    }

    /// Whether two grants name more than one party between them.
    fn are_two(&self, a: Stake, b: Stake) -> bool {
        let (a, b) = (a.of(&self.model), b.of(&self.model));
        a.parties != b.parties || a.parties.len() > 1
    }

    fn word_overlap(&mut self, duty: DutyId, clash: &Clash, told: &Told) -> Diagnostic {
        let mut claims: Vec<ClaimId> = clash.stakes.iter().map(|stake| stake.claim).collect();
        claims.dedup();
        // In the role that is given most often.
        let times = clash
            .roles
            .iter()
            .map(|role| {
                clash
                    .stakes
                    .iter()
                    .filter(|stake| stake.roles.has(role))
                    .count()
            })
            .max();
        let often = match times.unwrap_or(0) {
            2 => "twice".to_owned(),
            n => format!("{n} times"),
        };
        let path = self.model.duty(duty).path.clone();
        let message = match clash.roles {
            Roles::OWNER => format!("`{path}` is claimed {often}{}", told.tail()),
            one => format!(
                "two parties are {} for `{path}`{}",
                one.words(),
                told.tail()
            ),
        };
        let mut stakes = clash.stakes.clone();
        let spot = |judge: &Self, stake: &Stake| {
            judge.place_of(stake.claim, stake.grant, clash.roles, &told.example)
        };
        stakes.sort_by_key(|stake| spot(self, stake));
        let mut labels = stakes
            .iter()
            .map(|stake| (spot(self, stake), self.says(stake.claim, &[stake.grant])));
        let (span, text) = labels
            .next()
            .unwrap_or((self.model.duty(duty).label.span, String::new()));
        let mut parties: Vec<PartyId> = Vec::new();
        for party in stakes
            .iter()
            .flat_map(|stake| stake.of(&self.model).parties.iter().copied())
        {
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
        let shared = claims
            .iter()
            .any(|claim| self.model.claim(*claim).form == Form::Share);
        let in_rows = clash
            .stakes
            .iter()
            .any(|stake| self.model.claim(stake.claim).form == Form::Row);
        let help = if clash.roles != Roles::OWNER && !in_rows {
            format!("let one party alone be {}", clash.roles.words())
        } else if shared {
            "keep one of the claims, or restrict them with `when` so that they do not meet"
                .to_owned()
        } else if claims.len() == 1 {
            "give the role to one party, or mark each with `+` if they hold it jointly".to_owned()
        } else {
            let names = self.names(&parties).join(", ");
            format!(
                "keep one, or say who does what: `{names} share {}{} {{ … }}`",
                self.short_path(duty),
                told.clause()
            )
        };
        finding.maybe_help(self.membership(&parties)).help(help)
    }

    /// Which of these parties is a member of which.
    pub(super) fn membership(&self, parties: &[PartyId]) -> Option<String> {
        let member = |group: &PartyId| {
            let members = &self.model.party(*group).members;
            parties
                .iter()
                .find(|party| members.contains(party))
                .map(|member| (*group, *member))
        };
        let (group, member) = parties.iter().find_map(member)?;
        let (group, member) = (
            &self.model.party(group).label,
            &self.model.party(member).label,
        );
        Some(format!(
            "`{}` is a member of the group `{}`, which counts as one party of its own",
            member.name, group.name
        ))
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
                match met
                    .iter_mut()
                    .find(|(known, stakes)| *known == both && stakes[0].claim == stake.claim)
                {
                    Some((_, stakes)) => stakes.push(stake),
                    None => met.push((both, vec![stake])),
                }
            }
            for (both, stakes) in met {
                self.report(Code::Contradiction, duty, both, |judge, told| {
                    judge.word_contradiction(duty, claim, &stakes, told)
                });
            }
        }
    }

    fn word_contradiction(
        &mut self,
        duty: DutyId,
        nobody: ClaimId,
        stakes: &[Stake],
        told: &Told,
    ) -> Diagnostic {
        let path = &self.model.duty(duty).path;
        let mut parties: Vec<PartyId> = stakes
            .iter()
            .flat_map(|stake| stake.of(&self.model).parties.clone())
            .collect();
        parties.dedup();
        let message = format!(
            "`{path}` is {}'s and nobody's{}",
            self.titles(&parties),
            told.tail()
        );
        let claim = stakes[0].claim;
        let grants: Vec<usize> = stakes.iter().map(|stake| stake.grant).collect();
        let mut subject = self.subject(Some(duty));
        subject.roles = vec!["responsible", "accountable"];
        subject.parties = self.names(&parties);
        let span = self.place(nobody, None, &told.example);
        let finding = Diagnostic::new(Code::Contradiction, span, message, "nobody").about(subject);
        let finding = finding.and(
            self.place(claim, Some(stakes[0].grant), &told.example),
            self.says(claim, &grants),
        );
        finding.help("keep one, or restrict both with `when` so that they do not meet")
    }

    /// The same role twice, or a lesser role beside an owning one, for one party.
    fn redundant(&mut self, duty: DutyId, clashes: &[Clash]) {
        let stakes = self.standings[duty.0 as usize].stakes.clone();
        let mut repeated: Vec<Repeated> = Vec::new();
        let mut known: FxHashMap<(PartyId, Region, Roles, Roles), usize> = FxHashMap::default();
        let (every, none): (Vec<usize>, Vec<usize>) = ((0..clashes.len()).collect(), Vec::new());
        let mut of_stake: FxHashMap<(ClaimId, usize), Vec<usize>> = FxHashMap::default();
        for (at, clash) in clashes.iter().enumerate() {
            for stake in &clash.stakes {
                of_stake
                    .entry((stake.claim, stake.grant))
                    .or_default()
                    .push(at);
            }
        }
        let mut meeting = Meeting::new(self, &stakes);
        for (at, &later) in stakes.iter().enumerate() {
            // What meets no other can repeat its own roles only.
            let first = if meeting.meets_any(self, later) {
                0
            } else {
                at
            };
            for &earlier in &stakes[first..=at] {
                let Some((parties, more, less)) = self.repeats(earlier, later) else {
                    continue;
                };
                if self.are_apart(earlier.claim, later.claim) {
                    continue;
                }
                let mut region = self.regions.and(earlier.region, later.region);
                // Where an overlap is told, it says so already. A grant of both roles takes part in
                // every overlap of the situations in which it is in force.
                let whole = [earlier, later]
                    .into_iter()
                    .find(|stake| stake.roles.and(Roles::OWNER) == Roles::OWNER);
                let told = whole.map_or(&every, |stake| {
                    of_stake.get(&(stake.claim, stake.grant)).unwrap_or(&none)
                });
                for &at in told {
                    region = self.regions.minus(region, clashes[at].region);
                    if region.is_empty() {
                        break;
                    }
                }
                if region.is_empty() {
                    continue;
                }
                for party in parties {
                    let at = *known.entry((party, region, more, less)).or_insert_with(|| {
                        repeated.push(Repeated {
                            party,
                            region,
                            more,
                            less,
                            claims: Vec::new(),
                        });
                        repeated.len() - 1
                    });
                    let claims = &mut repeated[at].claims;
                    for claim in [earlier.claim, later.claim] {
                        if !claims.contains(&claim) {
                            claims.push(claim);
                        }
                    }
                }
            }
        }
        self.redundant_nobody(duty);
        for it in repeated {
            self.report(Code::Redundant, duty, it.region, |judge, told| {
                judge.word_redundant(duty, &it, told)
            });
        }
    }

    /// The parties that two grants give the same to, or less beside more, and what.
    fn repeats(&self, earlier: Stake, later: Stake) -> Option<(Vec<PartyId>, Roles, Roles)> {
        let same = (earlier.claim, earlier.grant) == (later.claim, later.grant);
        let (more, less) = repeats(earlier.roles, later.roles, same)?;
        let helps = more == Roles::only(Role::Supports) && more == less;
        if helps && self.model.claim(earlier.claim).text != self.model.claim(later.claim).text {
            // Two kinds of help are not one said twice.
            return None;
        }
        let (a, b) = (earlier.of(&self.model), later.of(&self.model));
        let shared: Vec<PartyId> = a
            .parties
            .iter()
            .copied()
            .filter(|party| b.parties.contains(party))
            .collect();
        (!shared.is_empty()).then_some((shared, more, less))
    }

    fn word_redundant(&mut self, duty: DutyId, it: &Repeated, told: &Told) -> Diagnostic {
        let (path, title) = (self.model.duty(duty).path.clone(), self.titles(&[it.party]));
        let message = match (it.more == it.less, it.claims.len()) {
            (true, 0..=2) => format!("{title} {} `{path}` twice{}", it.more.phrase(), told.tail()),
            (true, n) => format!(
                "{title} {} `{path}` {n} times{}",
                it.more.phrase(),
                told.tail()
            ),
            (false, _) => format!(
                "{title} {} `{path}`, and {} as well{}",
                it.more.phrase(),
                it.less.words(),
                told.tail()
            ),
        };
        let mut labels: Vec<(Span, String)> = Vec::new();
        // What is needless comes first.
        for roles in if it.more == it.less {
            vec![it.more]
        } else {
            vec![it.less, it.more]
        } {
            for &claim in it.claims.iter().rev() {
                let grants = &self.model.claim(claim).grants;
                let gives = |grant: &crate::model::Grant| {
                    !grant.roles.and(roles).is_empty() && grant.parties.contains(&it.party)
                };
                let Some(grant) = grants.iter().position(gives) else {
                    continue;
                };
                let span = self.place_of(claim, grant, roles, &told.example);
                if !labels.iter().any(|(known, _)| *known == span) {
                    labels.push((span, roles.words()));
                }
            }
        }
        let mut subject = self.subject(Some(duty));
        subject.roles = it.more.or(it.less).iter().map(Role::word).collect();
        subject.parties = self.names(&[it.party]);
        let mut labels = labels.into_iter().take(MAX_LABELS);
        let (at, text) = labels
            .next()
            .unwrap_or((self.model.duty(duty).label.span, String::new()));
        let finding = Diagnostic::new(Code::Redundant, at, message, text).about(subject);
        let finding = labels.fold(finding, |finding, (span, text)| finding.and(span, text));
        finding.help(match (it.more == it.less, it.claims.len()) {
            (true, 0..=2) => "remove one of the two",
            (true, _) => "keep one of them",
            (false, _) => {
                "who does the work or answers for it takes part anyway: remove the lesser role"
            }
        })
    }

    fn redundant_nobody(&mut self, duty: DutyId) {
        let nobody = self.standings[duty.0 as usize].nobody.clone();
        for (at, &(later, region)) in nobody.iter().enumerate() {
            for &(earlier, other) in &nobody[..at] {
                let both = self.regions.and(region, other);
                if !both.is_empty() {
                    self.report(Code::Redundant, duty, both, |judge, told| {
                        let message = format!(
                            "`{}` is declared nobody's twice{}",
                            judge.model.duty(duty).path,
                            told.tail()
                        );
                        let at = judge.place(later, None, &told.example);
                        let finding = Diagnostic::new(Code::Redundant, at, message, "again here")
                            .about(judge.subject(Some(duty)));
                        finding
                            .and(judge.place(earlier, None, &told.example), "first here")
                            .help("remove one of the two")
                    });
                }
            }
        }
    }

    /// A share that does not say what each of its parties does (rule 7): once a duty.
    pub(super) fn share_parts(&mut self, duty: DutyId) {
        if !self
            .claims_of
            .of(duty)
            .iter()
            .any(|&claim| self.model.claim(claim).form == Form::Share)
        {
            return;
        }
        self.settle(duty);
        let stakes = self.standings[duty.0 as usize].stakes.clone();
        let (mut silent, mut region): (Vec<Stake>, Region) = (Vec::new(), Region::NONE);
        for stake in stakes {
            let claim = self.model.claim(stake.claim);
            let parties = &stake.of(&self.model).parties;
            let all_said = parties
                .iter()
                .all(|party| claim.parts.iter().any(|part| part.party == *party));
            if claim.form == Form::Share && !claim.faulty && !all_said {
                region = self.regions.or(region, stake.region);
                silent.push(stake);
            }
        }
        if silent.is_empty() {
            return;
        }
        self.report(Code::ShareParts, duty, region, |judge, told| {
            judge.word_share(duty, &silent, told)
        });
    }

    fn word_share(&mut self, duty: DutyId, silent: &[Stake], told: &Told) -> Diagnostic {
        let mute = |judge: &Self, stake: &Stake| -> Vec<PartyId> {
            let parts = &judge.model.claim(stake.claim).parts;
            stake
                .of(&judge.model)
                .parties
                .iter()
                .copied()
                .filter(|party| parts.iter().all(|part| part.party != *party))
                .collect()
        };
        let message = format!(
            "`{}` is shared without saying who does what{}",
            self.model.duty(duty).path,
            told.tail()
        );
        let mut parties: Vec<PartyId> = silent.iter().flat_map(|stake| mute(self, stake)).collect();
        parties.sort_unstable();
        parties.dedup();
        let mut subject = self.subject(Some(duty));
        subject.parties = self.names(&parties);
        let mut labels = silent.iter().take(MAX_LABELS).map(|stake| {
            let label = format!("no part for {}", self.titles(&mute(self, stake)));
            (self.model.claim(stake.claim).head, label)
        });
        let (at, label) = labels
            .next()
            .unwrap_or((self.model.duty(duty).label.span, String::new()));
        let finding = Diagnostic::new(Code::ShareParts, at, message, label).about(subject);
        let finding = labels.fold(finding, |finding, (span, label)| finding.and(span, label));
        let in_table = silent
            .iter()
            .any(|stake| !self.model.claim(stake.claim).cells.is_empty());
        let parts: Vec<String> = self
            .names(&parties)
            .into_iter()
            .map(|name| format!("{name} \"…\""))
            .collect();
        finding.help(if in_table {
            format!(
                "give the parts in a footnote of the cell: `{}`",
                parts.join(", ")
            )
        } else {
            format!("add each party's part: `{{ {} }}`", parts.join("  "))
        })
    }
}

/// Adds a clash of two grants to those in the same situations, which are known.
fn join(
    clashes: &mut Vec<Clash>,
    known: &mut Vec<usize>,
    region: Region,
    roles: Roles,
    a: Stake,
    b: Stake,
) {
    // Grants that clash with the same one are one finding, and so are both roles of one pair of
    // claims.
    let found = known.iter().copied().find(|&at| {
        let clash: &Clash = &clashes[at];
        let is_pair = || clash.stakes[0].claim == a.claim && clash.stakes[1].claim == b.claim;
        clash.stakes.contains(&a) || clash.stakes.contains(&b) || is_pair()
    });
    let Some(clash) = found.and_then(|at| clashes.get_mut(at)) else {
        known.push(clashes.len());
        return clashes.push(Clash {
            region,
            roles,
            stakes: vec![a, b],
        });
    };
    clash.roles = clash.roles.or(roles);
    for stake in [a, b] {
        if !clash.stakes.contains(&stake) {
            clash.stakes.push(stake);
        }
    }
}

/// Whether a grant meets one before it. Where boxes tell which pairs meet, nothing is asked here;
/// else one intersection with all before it spares most grants the look at each of them.
struct Meeting(Option<Region>);

impl Meeting {
    fn new(judge: &Judge, stakes: &[Stake]) -> Self {
        let has_masks =
            |stake: &Stake| judge.masks[judge.model.claim(stake.claim).when.0 as usize].is_some();
        Self((!stakes.iter().all(has_masks)).then_some(Region::NONE))
    }

    fn meets_any(&mut self, judge: &mut Judge, stake: Stake) -> bool {
        let Some(covered) = self.0 else { return true };
        self.0 = Some(judge.regions.or(covered, stake.region));
        judge.regions.meet(covered, stake.region)
    }
}

/// Which roles of two grants of one party say the same, or the owning and the lesser ones where
/// less stands beside more.
fn repeats(a: Roles, b: Roles, same: bool) -> Option<(Roles, Roles)> {
    let common = a.and(b);
    if !same && !common.is_empty() {
        return Some((common, common));
    }
    let (less_a, less_b) = (a.without(Roles::OWNER), b.without(Roles::OWNER));
    if a.owning() && !less_b.is_empty() {
        return Some((a.and(Roles::OWNER), less_b));
    }
    (b.owning() && !less_a.is_empty()).then_some((b.and(Roles::OWNER), less_a))
}
