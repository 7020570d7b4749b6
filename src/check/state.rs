//! The state that the claims give each duty: which are in force where.

use crate::model::{ClaimId, CondId, Form, Grant, Model, PartyId, Role, Roles};
use crate::space::{Region, RegionStore};

/// One grant of one claim, where it is in force.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ActiveGrant {
    /// The claim.
    pub claim: ClaimId,
    /// Index of the grant in the claim.
    pub grant: usize,
    /// The roles it gives.
    pub roles: Roles,
    /// Where it is in force; never empty.
    pub region: Region,
}

impl ActiveGrant {
    /// The grant itself.
    #[must_use]
    pub fn of<'m>(&self, model: &'m Model) -> &'m Grant {
        &model.claim(self.claim).grants[self.grant]
    }

    /// The parties that it names.
    #[must_use]
    pub fn parties<'m>(&self, model: &'m Model) -> &'m [PartyId] {
        &self.of(model).parties
    }
}

/// The state that the claims give one duty.
#[derive(Clone, Debug, Default)]
pub struct DutyState {
    /// The possible situations in which it exists.
    pub exists: Region,
    /// Every grant in force somewhere, in the order of the claims.
    pub grants: Vec<ActiveGrant>,
    /// Every `nobody` in force somewhere.
    pub nobody: Vec<(ClaimId, Region)>,
    /// Every `otherwise` claim that makes somebody responsible or accountable, or says `nobody`, and
    /// where.
    pub filled: Vec<(ClaimId, Region)>,
}

impl DutyState {
    /// Computes a duty's state from its claims. `exists` is where the duty exists; `when` returns
    /// where a condition holds.
    pub(super) fn new(
        store: &RegionStore,
        model: &Model,
        claims: &[ClaimId],
        exists: Region,
        when: impl Fn(CondId) -> Region,
    ) -> Self {
        let mut state = Self {
            exists,
            ..Self::default()
        };
        let mut decided = Region::NONE;
        // `otherwise` comes last: it fills what the others leave open.
        let (last, first): (Vec<ClaimId>, Vec<ClaimId>) =
            claims.iter().partition(|id| model.claim(**id).otherwise);
        for id in first {
            let claim = model.claim(id);
            let region = store.intersect(when(claim.when), exists);
            if claim.decides() && !last.is_empty() {
                decided = store.union(decided, region);
            }
            state.add(model, id, region);
        }
        for id in last {
            let region = store.intersect(when(model.claim(id).when), exists);
            let region = store.difference(region, decided);
            state.add(model, id, region);
            if !region.is_empty() && model.claim(id).decides() {
                state.filled.push((id, region));
            }
        }
        state
    }

    fn add(&mut self, model: &Model, id: ClaimId, region: Region) {
        if region.is_empty() {
            return;
        }
        let claim = model.claim(id);
        if claim.form == Form::Nobody {
            self.nobody.push((id, region));
        }
        let grants = claim.grants.iter().enumerate();
        self.grants.extend(grants.map(|(grant, it)| ActiveGrant {
            claim: id,
            grant,
            roles: it.roles,
            region,
        }));
    }

    /// Whether a claim is in force anywhere.
    #[must_use]
    pub fn is_in_force(&self, claim: ClaimId) -> bool {
        let nobody = self.nobody.iter().map(|(id, _)| *id);
        let mut claims = self.grants.iter().map(|grant| grant.claim).chain(nobody);
        claims.any(|id| id == claim)
    }

    /// Whether an `otherwise` fills it anywhere.
    #[must_use]
    pub fn is_filled(&self) -> bool {
        !self.filled.is_empty()
    }

    /// The grants that make somebody responsible or accountable.
    pub fn owning(&self) -> impl Iterator<Item = &ActiveGrant> {
        self.grants.iter().filter(|grant| grant.roles.owning())
    }

    /// Where somebody holds a role.
    pub fn anybody(&self, store: &RegionStore, role: Role) -> Region {
        self.union(store, |grant| grant.roles.has(role))
    }

    /// Where one party holds a role, alone or jointly.
    pub fn held(&self, model: &Model, store: &RegionStore, party: PartyId, role: Role) -> Region {
        self.union(store, |grant| {
            grant.roles.has(role) && grant.parties(model).contains(&party)
        })
    }

    /// Where somebody other than these parties holds a role.
    pub fn held_by_others(
        &self,
        model: &Model,
        store: &RegionStore,
        parties: &[PartyId],
        role: Role,
    ) -> Region {
        self.union(store, |grant| {
            let mut holders = grant.parties(model).iter();
            grant.roles.has(role) && holders.any(|party| !parties.contains(party))
        })
    }

    fn union(&self, store: &RegionStore, wanted: impl Fn(&ActiveGrant) -> bool) -> Region {
        let chosen = self.grants.iter().filter(|grant| wanted(grant));
        store.union_all(chosen.map(|grant| grant.region))
    }

    /// Where a `nobody` is in force.
    pub fn nobody_region(&self, store: &RegionStore) -> Region {
        store.union_all(self.nobody.iter().map(|(_, region)| *region))
    }
}
