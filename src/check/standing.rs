//! What the claims make of each duty: which are in force where.

use super::{Code, Diagnostic, Judge, remembered};
use crate::model::{ClaimId, CondId, DutyId, Form, Grant, Model, PartyId, Role, Roles};
use crate::space::{Region, Regions};

/// One grant of one claim, where it is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Stake {
    /// The claim.
    pub claim: ClaimId,
    /// The place of the grant within the claim.
    pub grant: usize,
    /// The roles it gives.
    pub roles: Roles,
    /// Where it is in force; never empty.
    pub region: Region,
}

impl Stake {
    /// The grant itself.
    #[must_use]
    pub fn of<'m>(&self, model: &'m Model) -> &'m Grant {
        &model.claim(self.claim).grants[self.grant]
    }
}

/// What the claims make of one duty.
#[derive(Clone, Debug, Default)]
pub struct Standing {
    /// The possible situations in which it exists.
    pub exists: Option<Region>,
    /// Every grant in force somewhere, in the order of the claims.
    pub stakes: Vec<Stake>,
    /// Every `nobody` in force somewhere.
    pub nobody: Vec<(ClaimId, Region)>,
    /// Every `otherwise` claim, and where it fills.
    pub filled: Vec<(ClaimId, Region)>,
    /// Where a gap, overlap or contradiction is reported that nobody has accepted: what else is
    /// wrong there follows from it.
    pub faulty: Region,
    /// It was worked out within the budget.
    pub decided: bool,
    /// It is sound at first sight, and nothing but `exists` is worked out yet.
    pub(super) plain: bool,
}

impl Standing {
    /// The possible situations in which the duty exists.
    #[must_use]
    pub fn exists(&self) -> Region {
        self.exists.unwrap_or(Region::NONE)
    }

    /// Where somebody holds a role.
    pub fn anybody(&self, regions: &mut Regions, role: Role) -> Region {
        self.union(regions, |stake| stake.roles.has(role))
    }

    /// Where one party holds a role, alone or jointly.
    pub fn held(&self, model: &Model, regions: &mut Regions, party: PartyId, role: Role) -> Region {
        self.union(regions, |stake| {
            stake.roles.has(role) && stake.of(model).parties.contains(&party)
        })
    }

    /// Where somebody else than these parties holds a role.
    pub fn others(
        &self,
        model: &Model,
        regions: &mut Regions,
        parties: &[PartyId],
        role: Role,
    ) -> Region {
        self.union(regions, |stake| {
            stake.roles.has(role)
                && stake
                    .of(model)
                    .parties
                    .iter()
                    .any(|party| !parties.contains(party))
        })
    }

    fn union(&self, regions: &mut Regions, wanted: impl Fn(&Stake) -> bool) -> Region {
        let chosen = self.stakes.iter().filter(|stake| wanted(stake));
        chosen.fold(Region::NONE, |sum, stake| regions.or(sum, stake.region))
    }

    /// Where a `nobody` is in force.
    pub fn nobodys(&self, regions: &mut Regions) -> Region {
        self.nobody
            .iter()
            .fold(Region::NONE, |sum, (_, region)| regions.or(sum, *region))
    }
}

impl Judge {
    /// Works out the standing of every duty.
    pub(super) fn stand(&mut self) {
        for at in 0..self.model.duties.len() {
            let duty = DutyId(u32::try_from(at).unwrap_or(u32::MAX));
            let claims = self.claims_of.of(duty);
            if self.is_plain(duty, claims) {
                self.standings.push(Standing {
                    exists: Some(self.possible),
                    decided: true,
                    plain: true,
                    ..Standing::default()
                });
                continue;
            }
            let claims = claims.to_vec();
            self.regions.refill(self.options.budget);
            let mut standing = self.standing(duty, &claims);
            standing.decided = !self.regions.take_exhausted();
            let (decided, nowhere) = (standing.decided, standing.exists().is_empty());
            self.standings.push(standing);
            if !decided {
                self.not_decided(duty);
            } else if nowhere && !self.model.duty(duty).uncertain {
                self.never_exists(duty);
            }
        }
    }

    /// What the claims make of a duty.
    pub(super) fn standing(&mut self, duty: DutyId, claims: &[ClaimId]) -> Standing {
        let Self {
            model,
            regions,
            conds,
            possible,
            ..
        } = self;
        Standing::new(
            model,
            regions,
            *possible,
            duty,
            claims,
            &mut |regions, id| remembered(model, regions, conds, id),
        )
    }

    fn never_exists(&mut self, duty: DutyId) {
        let it = self.model.duty(duty);
        let message = format!("`{}` exists in no possible situation", it.path);
        let fault = Diagnostic::new(
            Code::DutyNever,
            it.label.span,
            message,
            "its `when` is never true",
        );
        let fault = fault.about(self.subject(Some(duty)));
        self.findings
            .push(fault.help("mend the `when`, or remove the duty"));
    }
}

impl Standing {
    /// What these claims make of a duty, where conditions hold in regions that somebody knows.
    pub(super) fn new(
        model: &Model,
        regions: &mut Regions,
        possible: Region,
        duty: DutyId,
        claims: &[ClaimId],
        when: &mut impl FnMut(&mut Regions, CondId) -> Region,
    ) -> Self {
        let exists = when(regions, model.duty(duty).when);
        let exists = regions.and(exists, possible);
        let mut standing = Self {
            exists: Some(exists),
            ..Self::default()
        };
        let mut decided = Region::NONE;
        // `otherwise` comes last: it fills what the others leave.
        let (last, first): (Vec<ClaimId>, Vec<ClaimId>) =
            claims.iter().partition(|id| model.claim(**id).otherwise);
        for id in first {
            let claim = model.claim(id);
            let region = when(regions, claim.when);
            let region = regions.and(region, exists);
            if claim.decides() && !last.is_empty() {
                decided = regions.or(decided, region);
            }
            standing.add(model, id, region);
        }
        for id in last {
            let region = when(regions, model.claim(id).when);
            let region = regions.and(region, exists);
            let region = regions.minus(region, decided);
            standing.add(model, id, region);
            if !region.is_empty() {
                standing.filled.push((id, region));
            }
        }
        standing
    }

    fn add(&mut self, model: &Model, id: ClaimId, region: Region) {
        if region.is_empty() {
            return;
        }
        let claim = model.claim(id);
        if claim.form == Form::Nobody {
            self.nobody.push((id, region));
        }
        let stakes = claim.grants.iter().enumerate();
        self.stakes.extend(stakes.map(|(grant, it)| Stake {
            claim: id,
            grant,
            roles: it.roles,
            region,
        }));
    }
}
