//! The result: for each duty, regions of situations and who holds which role in each.
//!
//! In: a [`Checked`] model without errors; only that can become a [`Matrix`], so nothing unchecked
//! is ever written. Always: the regions of one duty never overlap and together are exactly the
//! possible situations in which it exists; a matrix is read-only.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use crate::check::{Checked, DutyState, Options};
use crate::diagnostic::Diagnostic;
use crate::model::{ClaimId, CondId, DutyId, Form, Model, PartyId, Role};
use crate::space::{
    AxisId, Cube, Phrase, Region, RegionStore, cover, cover_within, describe, partition,
};

/// Maximum number of regions of one duty; more would help neither readers nor programs.
const MAX_REGIONS: usize = 10_000;
/// Maximum number of cubes that say where the holders of a duty are the same.
const MAX_CUBES: usize = 512;

/// Disjoint regions, and the cubes of each.
type KnownCubes = FxHashMap<Box<[Region]>, Vec<Vec<Cube>>>;

/// A party's role on a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub party: PartyId,
    /// Which role.
    pub role: Role,
    /// Whether it is held jointly with the other holders from the same claim.
    pub joint: bool,
    /// The claim that gives the role.
    pub claim: ClaimId,
}

/// Who holds a duty in a region.
#[derive(Clone, Debug)]
pub struct Holding {
    /// The situations.
    pub region: Region,
    /// Every role, by party and role in declared order.
    pub holders: Vec<Holder>,
    /// Every claim in force, in the order of the files.
    pub claims: Vec<ClaimId>,
    /// The `nobody` claim in force, if any.
    pub nobody: Option<ClaimId>,
}

/// Whether somebody holds a duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HoldingState {
    /// Somebody is responsible and somebody accountable.
    Held,
    /// Declared nobody's.
    NotApplicable,
    /// Nobody is responsible or nobody accountable, and an `allow` accepts that.
    Gap,
}

impl Holding {
    /// The holders of a role.
    pub fn of(&self, role: Role) -> impl Iterator<Item = &Holder> {
        let holders = self.holders.iter();
        holders.filter(move |holder| holder.role == role)
    }

    /// Whether somebody holds the duty there.
    #[must_use]
    pub fn state(&self) -> HoldingState {
        let has = |role| self.of(role).next().is_some();
        match (
            self.nobody,
            has(Role::Responsible) && has(Role::Accountable),
        ) {
            (Some(_), _) => HoldingState::NotApplicable,
            (None, true) => HoldingState::Held,
            (None, false) => HoldingState::Gap,
        }
    }

    /// What a reader sees of it: each party with its role and whether it is joint, and whether a
    /// `nobody` is in force; not which claims give that.
    #[must_use]
    pub fn seen(&self) -> (Vec<(PartyId, Role, bool)>, bool) {
        let holders = self.holders.iter();
        let seen = holders.map(|it| (it.party, it.role, it.joint)).collect();
        (seen, self.nobody.is_some())
    }
}

/// One duty.
#[derive(Clone, Debug)]
pub struct Row {
    /// The duty.
    pub duty: DutyId,
    /// The possible situations in which it exists.
    pub exists: Region,
    /// Who holds it where.
    pub holdings: Vec<Holding>,
    /// The `otherwise` claims that fill it, and where.
    pub filled: Vec<(ClaimId, Region)>,
}

/// A checked model, and who holds its duties where.
pub struct Matrix {
    model: Model,
    rows: Vec<Row>,
    possible: Region,
    store: RegionStore,
    findings: Vec<Diagnostic>,
    /// The cubes of disjoint regions, once they were needed: most duties of a model have the same
    /// few.
    cubes: RefCell<KnownCubes>,
}

impl Checked {
    /// The matrix; `None` if the model has errors.
    ///
    /// # Errors
    /// The path of a duty with too many regions.
    pub fn matrix(self) -> Result<Option<Matrix>, String> {
        if self.has_errors() {
            return Ok(None);
        }
        let row = |(duty, it): (DutyId, &crate::model::Duty)| {
            let holdings = self.holdings(duty).ok_or_else(|| it.path.clone())?;
            let free = self.store().complement(self.possible());
            let is_tangled = |holding: &Holding| {
                self.store().ways(holding.region) > MAX_CUBES
                    && cover_within(self.store(), holding.region, free, MAX_CUBES).is_none()
            };
            if holdings.iter().any(is_tangled) {
                return Err(it.path.clone());
            }
            let state = self.state(duty).map_err(|_| it.path.clone())?;
            Ok(Row {
                duty,
                exists: state.exists,
                holdings,
                filled: state.filled.clone(),
            })
        };
        let rows = self
            .model
            .duties()
            .map(row)
            .collect::<Result<Vec<Row>, String>>()?;
        let (model, findings, store, possible) = self.into_parts();
        Ok(Some(Matrix {
            model,
            rows,
            possible,
            store,
            findings,
            cubes: RefCell::default(),
        }))
    }

    /// Who holds a duty where, even in a model with errors; `None` if the duty was not decided.
    #[must_use]
    pub fn holdings(&self, duty: DutyId) -> Option<Vec<Holding>> {
        let state = self.state(duty).ok()?;
        let store = self.store();
        let holdings = store.within(Options::BUDGET, || holdings(&self.model, state, store));
        holdings.ok().flatten().filter(|_| self.is_worked_out(duty))
    }
}

/// Splits the situations of a duty by the claims in force; `None` if there are too many pieces.
fn holdings(model: &Model, state: &DutyState, store: &RegionStore) -> Option<Vec<Holding>> {
    let mut claims: Vec<(ClaimId, Region)> = state.nobody.clone();
    for active in &state.grants {
        if !claims.iter().any(|(claim, _)| *claim == active.claim) {
            claims.push((active.claim, active.region));
        }
    }
    claims.sort_unstable();
    let mut pieces: Vec<(Region, Vec<ClaimId>)> = vec![(state.exists, Vec::new())];
    for (claim, region) in claims {
        let mut next = Vec::with_capacity(pieces.len() + 1);
        for (piece, inside) in pieces {
            let within = store.intersect(piece, region);
            let without = store.difference(piece, region);
            if !without.is_empty() {
                next.push((without, inside.clone()));
            }
            if !within.is_empty() {
                next.push((within, inside.into_iter().chain([claim]).collect()));
            }
        }
        pieces = next;
        if pieces.len() > MAX_REGIONS {
            return None;
        }
    }
    let mut holdings: Vec<Holding> = pieces
        .into_iter()
        .filter(|(region, _)| !region.is_empty())
        .map(|(region, claims)| holding(model, region, claims))
        .collect();
    holdings.sort_by_cached_key(|holding| store.first(holding.region).map(in_declared_order));
    Some(holdings)
}

fn in_declared_order(mut path: Vec<(AxisId, u32)>) -> Vec<(AxisId, u32)> {
    path.sort_unstable();
    path
}

fn holding(model: &Model, region: Region, claims: Vec<ClaimId>) -> Holding {
    let mut holders: Vec<Holder> = Vec::new();
    for &claim in &claims {
        for grant in &model.claim(claim).grants {
            for &party in &grant.parties {
                for role in grant.roles.iter() {
                    let joint = grant.parties.len() > 1;
                    let known = |holder: &Holder| (holder.party, holder.role) == (party, role);
                    if !holders.iter().any(known) {
                        holders.push(Holder {
                            party,
                            role,
                            joint,
                            claim,
                        });
                    }
                }
            }
        }
    }
    holders.sort_by_key(|holder| (holder.party, holder.role));
    let is_nobody = |claim: &ClaimId| model.claim(*claim).form == Form::Nobody;
    let nobody = claims.iter().copied().find(is_nobody);
    Holding {
        region,
        holders,
        claims,
        nobody,
    }
}

impl Matrix {
    /// The model.
    #[must_use]
    pub fn model(&self) -> &Model {
        &self.model
    }

    /// Its duties, in declared order.
    #[must_use]
    pub fn rows(&self) -> &[Row] {
        &self.rows
    }

    /// The possible situations.
    #[must_use]
    pub fn possible(&self) -> Region {
        self.possible
    }

    /// The store that its regions belong to.
    #[must_use]
    pub fn store(&self) -> &RegionStore {
        &self.store
    }

    /// The findings that an `allow` accepts.
    pub fn accepted(&self) -> impl Iterator<Item = &Diagnostic> {
        self.findings.iter().filter(|finding| finding.is_accepted())
    }

    /// A region as cubes that do not overlap; they may also contain impossible situations.
    #[must_use]
    pub fn cubes(&self, region: Region) -> Vec<Cube> {
        self.cubes_of(&[region]).pop().unwrap_or_default()
    }

    /// Disjoint regions as cubes, no two of which overlap; the cubes may also contain impossible
    /// situations.
    #[must_use]
    pub fn cubes_of(&self, disjoint: &[Region]) -> Vec<Vec<Cube>> {
        if let Some(known) = self.cubes.borrow().get(disjoint) {
            return known.clone();
        }
        let mut free = self.store.complement(self.possible);
        let mut all = Vec::new();
        for &region in disjoint {
            let cubes = partition(&self.store, region, free);
            for cube in &cubes {
                free = self.store.difference(free, cube.region(&self.store));
            }
            all.push(cubes);
        }
        let mut known = self.cubes.borrow_mut();
        known.insert(disjoint.into(), all.clone());
        all
    }

    /// Where a condition of the model holds.
    #[must_use]
    pub fn when(&self, id: CondId) -> Region {
        self.store.when(self.model.cond(id))
    }

    /// A region as a condition; `None` if it covers all of `among`.
    #[must_use]
    pub fn describe(&self, region: Region, among: Region, phrase: &dyn Phrase) -> Option<String> {
        describe(&self.store, region, self.store.complement(among), phrase)
    }

    /// The impossible situations as cubes.
    #[must_use]
    pub fn impossible(&self) -> Vec<Cube> {
        let impossible = self.store.complement(self.possible);
        cover(&self.store, impossible, Region::NONE)
    }

    /// The possible situations as cubes.
    #[must_use]
    pub fn possible_cubes(&self) -> Vec<Cube> {
        cover(&self.store, self.possible, Region::NONE)
    }

    /// What a party does according to the shares in force.
    #[must_use]
    pub fn parts(&self, holding: &Holding, party: PartyId) -> Vec<&str> {
        let claims = holding.claims.iter();
        let parts = claims.flat_map(|claim| &self.model.claim(*claim).parts);
        let own = parts.filter(|part| part.party == party);
        own.map(|part| part.text.as_str()).collect()
    }
}
