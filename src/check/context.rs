//! Shared input of all checks: where conditions hold, which claims are about a duty, and what they
//! result in.
//!
//! Always: a context is read through `&self`; the results that it caches never change an answer.

use std::cell::{Cell, OnceCell, RefCell};

use rustc_hash::FxHashMap;

use super::claims_of::ClaimsOf;
use super::state::DutyState;
use super::{Options, order};
use crate::model::{Axis, ClaimId, CondId, DutyId, Model};
use crate::source::Span;
use crate::space::{AxisId, BitCube, Cond, Exhausted, Region, RegionStore, Undecided, bit_cubes};

/// A model's situations, conditions and claims.
pub(super) struct Context {
    /// The regions of its situations.
    pub store: RegionStore,
    /// The situations that no `impossible` excludes.
    pub possible: Region,
    /// The number of values of each axis.
    pub sizes: Vec<u32>,
    conditions: Conditions,
    claims_of: ClaimsOf,
    /// The state that the claims give each duty, computed on demand.
    states: Vec<OnceCell<DutyState>>,
    /// Whether each duty passed the quick check; filled in during the run.
    pub trivial: Vec<bool>,
    /// For each duty, the claims that exclude it and where; computed on demand.
    excepted: OnceCell<FxHashMap<DutyId, Vec<(ClaimId, Span)>>>,
    /// For each duty, the `allow`s that name it, by number; computed on demand.
    allows: OnceCell<Vec<Vec<u32>>>,
    /// The most work on one description, and what the current duty may still spend on one.
    describing: (usize, Cell<usize>),
    /// The most steps of one search, and what searches may still waste.
    searching: (usize, Cell<usize>),
}

/// Nodes that describing one region may take. Regions of models that people write take a few
/// dozen.
const DESCRIBING: usize = 512;
/// The same once a region of the same duty took too long.
const DESCRIBING_REST: usize = 16;
/// Steps of one search, for each node of the budget of one duty.
const SEARCHING: usize = 4;
/// Number of whole searches that may be wasted on a model before later ones get less.
const SEARCHES_WASTED: usize = 2;
/// By how much less.
const SEARCHING_REST: usize = 64;

/// Where the conditions of a model hold.
struct Conditions {
    /// As regions, computed on demand.
    regions: RefCell<Vec<Option<Region>>>,
    /// As cubes, if there are few of them.
    cubes: Vec<Option<Vec<BitCube>>>,
}

impl Context {
    /// The context of a model; at first all situations are possible.
    pub(super) fn new(model: &Model, options: Options) -> Self {
        let sizes: Vec<u32> = model.axes.iter().map(Axis::size).collect();
        let duties = model.duties.len();
        let search = options.budget.saturating_mul(SEARCHING);
        Self {
            store: RegionStore::new(sizes.clone(), order::axis_order(model), options.budget),
            possible: Region::ALL,
            conditions: Conditions {
                regions: RefCell::new(vec![None; model.conds.len()]),
                cubes: model.conds.iter().map(bit_cubes).collect(),
            },
            claims_of: ClaimsOf::new(duties, &model.claims),
            states: vec![OnceCell::new(); duties],
            trivial: vec![false; duties],
            excepted: OnceCell::new(),
            allows: OnceCell::new(),
            describing: (options.budget.min(DESCRIBING), Cell::new(0)),
            searching: (search, Cell::new(search.saturating_mul(SEARCHES_WASTED))),
            sizes,
        }
    }

    /// Runs a search that may take the steps it is given; if they do not suffice, later searches
    /// get fewer.
    ///
    /// # Errors
    /// The steps did not suffice.
    pub(super) fn search<T>(
        &self,
        work: impl FnOnce(usize) -> Result<T, Undecided>,
    ) -> Result<T, Undecided> {
        let (most, left) = &self.searching;
        let steps = most.min(&left.get().max(most / SEARCHING_REST)).to_owned();
        work(steps).inspect_err(|_| left.set(left.get().saturating_sub(steps)))
    }

    /// Lets the descriptions of the next duty, or statement, take their time again.
    pub(super) fn begin_describing(&self) {
        self.describing.1.set(self.describing.0);
    }

    /// Runs a piece of work that describes a region; `None` if that takes too long, and then other
    /// regions of the same duty get less.
    pub(super) fn describe<T>(&self, work: impl FnOnce() -> T) -> Option<T> {
        let described = self.store.attempt(self.describing.1.get(), work).ok();
        if described.is_none() {
            self.describing
                .1
                .set(self.describing.0.min(DESCRIBING_REST));
        }
        described
    }

    /// Leaves out the situations that are impossible.
    ///
    /// # Errors
    /// Computing them exceeds the budget.
    pub(super) fn find_possible(&mut self, model: &Model, budget: usize) -> Result<(), Exhausted> {
        self.possible = self.store.within(budget, || {
            let out = model.impossible.iter().map(|it| self.when(model, it.when));
            out.fold(Region::ALL, |left, out| self.store.difference(left, out))
        })?;
        Ok(())
    }

    /// Where a condition holds; computed once.
    pub(super) fn when(&self, model: &Model, id: CondId) -> Region {
        let at = id.0 as usize;
        let known = self.conditions.regions.borrow().get(at).copied().flatten();
        known.unwrap_or_else(|| {
            let region = self.store.when(model.cond(id));
            if !self.store.is_exhausted() {
                self.conditions.regions.borrow_mut()[at] = Some(region);
            }
            region
        })
    }

    /// Where a condition holds, as cubes that may overlap; `None` where that takes too many.
    pub(super) fn cubes(&self, id: CondId) -> Option<&[BitCube]> {
        self.conditions.cubes.get(id.0 as usize)?.as_deref()
    }

    /// Where a condition does not hold, as cubes.
    pub(super) fn cubes_outside(model: &Model, id: CondId) -> Option<Vec<BitCube>> {
        bit_cubes(&Cond::Not(Box::new(model.cond(id).clone())))
    }

    /// The claims on a duty, in their order.
    pub(super) fn claims_of(&self, duty: DutyId) -> &[ClaimId] {
        self.claims_of.of(duty)
    }

    /// The claims that leave a duty out, and where.
    pub(super) fn excepted_from(&self, model: &Model, duty: DutyId) -> &[(ClaimId, Span)] {
        let excepted = self.excepted.get_or_init(|| {
            let mut excepted: FxHashMap<DutyId, Vec<(ClaimId, Span)>> = FxHashMap::default();
            for (id, claim) in model.claims() {
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

    /// The `allow`s that name a duty, by number, in their order.
    pub(super) fn allows_of(&self, model: &Model, duty: DutyId) -> &[u32] {
        let allows = self.allows.get_or_init(|| {
            let mut allows = vec![
                Vec::new();
                if model.allows.is_empty() {
                    0
                } else {
                    model.duties.len()
                }
            ];
            for (at, allow) in (0..).zip(&model.allows) {
                for duty in &allow.duties {
                    allows[duty.0 as usize].push(at);
                }
            }
            allows
        });
        allows.get(duty.0 as usize).map_or(&[], Vec::as_slice)
    }

    /// Whether a duty passed the quick check: the only possible problems left are a share without
    /// parts and a failed constraint.
    pub(super) fn is_trivial(&self, duty: DutyId) -> bool {
        self.trivial.get(duty.0 as usize).copied().unwrap_or(false)
    }

    /// The state that the claims give a duty; `None` if the budget ran out, which also ends the
    /// current work.
    pub(super) fn state(&self, model: &Model, duty: DutyId) -> Option<&DutyState> {
        let cell = self.states.get(duty.0 as usize)?;
        if cell.get().is_none() {
            let exists = self.when(model, model.duty(duty).when);
            let exists = self.store.intersect(exists, self.possible);
            let when = |id| self.when(model, id);
            let state = DutyState::new(&self.store, model, self.claims_of(duty), exists, when);
            if self.store.is_exhausted() {
                return None;
            }
            let _ = cell.set(state);
        }
        cell.get()
    }

    /// The same, but only if it was already computed.
    pub(super) fn known_state(&self, duty: DutyId) -> Option<&DutyState> {
        self.states.get(duty.0 as usize)?.get()
    }

    /// The possible situations in which a duty exists; empty if they were not computed.
    pub(super) fn exists(&self, duty: DutyId) -> Region {
        if self.is_trivial(duty) {
            return self.possible;
        }
        self.known_state(duty)
            .map_or(Region::NONE, |state| state.exists)
    }

    /// The situations where a statement applies and the duty exists.
    pub(super) fn scope(&self, model: &Model, when: CondId, duty: DutyId) -> Region {
        self.store
            .intersect(self.when(model, when), self.exists(duty))
    }

    /// The situations of a region that match an example on the axes that the example names.
    pub(super) fn around(&self, region: Region, example: &[(AxisId, u32)]) -> Region {
        example.iter().fold(region, |here, &(axis, value)| {
            self.store.intersect(here, self.store.test_one(axis, value))
        })
    }
}
