//! The answer: for each duty the regions of situations, and who holds which role in each.
//!
//! In: a [`Checked`] model without errors; only that can become a [`Matrix`], so nothing unchecked
//! is ever written. Always: the regions of one duty never overlap and together are exactly the
//! possible situations in which it exists.

use crate::check::{Checked, Standing};
use crate::diagnostic::Diagnostic;
use crate::model::{ClaimId, CondId, DutyId, Form, Model, PartyId, Role};
use crate::space::{Cell, Region, Regions, partition};

/// More regions of one duty than this, and no reader or program is served.
const MAX_REGIONS: usize = 10_000;

/// Somebody's role on a duty.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Holder {
    /// Who.
    pub party: PartyId,
    /// Which role.
    pub role: Role,
    /// Together with the other joint holders of the same claim.
    pub joint: bool,
    /// The claim that says so.
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
    /// The claim that says it is nobody's.
    pub nobody: Option<ClaimId>,
}

impl Holding {
    /// The holders of a role.
    pub fn of(&self, role: Role) -> impl Iterator<Item = &Holder> {
        self.holders
            .iter()
            .filter(move |holder| holder.role == role)
    }

    /// What a reader sees of it: parties, roles, and whether jointly; not which claims say so.
    #[must_use]
    pub fn seen(&self) -> (Vec<(PartyId, Role, bool)>, bool) {
        (
            self.holders
                .iter()
                .map(|it| (it.party, it.role, it.joint))
                .collect(),
            self.nobody.is_some(),
        )
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

/// A checked model and its answer.
pub struct Matrix {
    /// The model.
    pub model: Model,
    /// Its duties, in declared order.
    pub rows: Vec<Row>,
    /// The situations that can be.
    pub possible: Region,
    /// The algebra its regions belong to.
    pub regions: Regions,
    /// Warnings, notes, and the findings that somebody accepted.
    pub findings: Vec<Diagnostic>,
}

impl Checked {
    /// The answer.
    ///
    /// # Errors
    /// A duty whose regions are beyond counting; its path. A model with errors gives none at all.
    pub fn matrix(mut self) -> Result<Option<Matrix>, String> {
        if self.has_errors() {
            return Ok(None);
        }
        self.settle();
        let mut rows = Vec::new();
        for (duty, standing) in (0..).map(DutyId).zip(&self.standings) {
            self.regions.refill(crate::check::Options::BUDGET);
            let holdings = holdings(&self.model, standing, &mut self.regions);
            let Some(holdings) =
                holdings.filter(|_| standing.decided && !self.regions.take_exhausted())
            else {
                return Err(self.model.duty(duty).path.clone());
            };
            rows.push(Row {
                duty,
                exists: standing.exists(),
                holdings,
                filled: standing.filled.clone(),
            });
        }
        let Self {
            model,
            findings,
            regions,
            possible,
            ..
        } = self;
        Ok(Some(Matrix {
            model,
            rows,
            possible,
            regions,
            findings,
        }))
    }
}

impl Checked {
    /// Who holds a duty where, also in a model with errors; `None` where that is not decided.
    pub fn holdings(&mut self, duty: DutyId) -> Option<Vec<Holding>> {
        self.settle_one(duty.0 as usize);
        let standing = self.standings.get(duty.0 as usize)?;
        self.regions.refill(crate::check::Options::BUDGET);
        let holdings = holdings(&self.model, standing, &mut self.regions);
        holdings.filter(|_| standing.decided && !self.regions.take_exhausted())
    }
}

/// Cuts the situations of a duty by the claims in force; `None` if there are too many pieces.
fn holdings(model: &Model, standing: &Standing, regions: &mut Regions) -> Option<Vec<Holding>> {
    let mut claims: Vec<(ClaimId, Region)> = standing.nobody.clone();
    for stake in &standing.stakes {
        if !claims.iter().any(|(claim, _)| *claim == stake.claim) {
            claims.push((stake.claim, stake.region));
        }
    }
    claims.sort_unstable();
    let mut pieces: Vec<(Region, Vec<ClaimId>)> = vec![(standing.exists(), Vec::new())];
    for (claim, region) in claims {
        let mut next = Vec::with_capacity(pieces.len() + 1);
        for (piece, inside) in pieces {
            let within = regions.and(piece, region);
            let without = regions.minus(piece, region);
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
    holdings.sort_by_cached_key(|holding| regions.first(holding.region).map(in_declared_order));
    Some(holdings)
}

fn in_declared_order(
    mut path: Vec<(crate::space::AxisId, u32)>,
) -> Vec<(crate::space::AxisId, u32)> {
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
                    let known = holders
                        .iter()
                        .any(|holder| (holder.party, holder.role) == (party, role));
                    if !known {
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
    let nobody = claims
        .iter()
        .copied()
        .find(|claim| model.claim(*claim).form == Form::Nobody);
    Holding {
        region,
        holders,
        claims,
        nobody,
    }
}

impl Matrix {
    /// A region as boxes that never overlap; impossible situations may lie in any of them.
    pub fn boxes(&mut self, region: Region) -> Vec<Cell> {
        self.boxes_of(&[region]).pop().unwrap_or_default()
    }

    /// Regions that share no situation as boxes of which no two overlap; an impossible situation
    /// may lie in one of them.
    pub fn boxes_of(&mut self, disjoint: &[Region]) -> Vec<Vec<Cell>> {
        let mut free = self.regions.not(self.possible);
        let mut boxes = Vec::new();
        for &region in disjoint {
            let cells = partition(&mut self.regions, region, free);
            for cell in &cells {
                let covered = cell.region(&mut self.regions);
                free = self.regions.minus(free, covered);
            }
            boxes.push(cells);
        }
        boxes
    }

    /// Where a condition of the model holds.
    pub fn when(&mut self, id: CondId) -> Region {
        self.regions.when(self.model.cond(id))
    }

    /// The impossible situations as boxes.
    pub fn impossible(&mut self) -> Vec<Cell> {
        let impossible = self.regions.not(self.possible);
        crate::space::cover(&mut self.regions, impossible, Region::NONE)
    }

    /// The parts that a share in force gives to a party.
    #[must_use]
    pub fn parts(&self, holding: &Holding, party: PartyId) -> Vec<&str> {
        let parts = holding
            .claims
            .iter()
            .flat_map(|claim| &self.model.claim(*claim).parts);
        parts
            .filter(|part| part.party == party)
            .map(|part| part.text.as_str())
            .collect()
    }
}
