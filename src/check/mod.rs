//! The check: does every duty have exactly one holder in every situation?
//!
//! In: a [`Model`] and the day. Out: [`Checked`], with a finding for every gap, overlap,
//! contradiction, redundancy and broken constraint, by the rules of section 5 and 7 of the
//! language. Always: the answer is exact. Whatever could not be worked out within the budget is
//! named by a finding and never passed over; duties that a faulty statement may speak of are
//! counted, not judged. Each family of findings has a file; what is wrong is worked out on
//! regions, and put into words by `words`.

mod allowed;
mod applies;
mod constraints;
mod doubts;
mod freshness;
mod gaps;
mod order;
mod overlaps;
mod plain;
mod standing;
mod tangled;
mod words;

use std::cell::OnceCell;

use jiff::civil::Date;
use rustc_hash::FxHashMap;

use crate::diagnostic::{self, Code, Diagnostic};
use crate::model::{ClaimId, CondId, DutyId, Law, Model};
use crate::paths::PathEnds;
use crate::source::Span;
use crate::space::{AxisId, Mask, Region, Regions, masks};
use plain::ClaimsOf;

pub(crate) use freshness::due;
pub use standing::{Stake, Standing};

/// What the check needs to know besides the model.
#[derive(Clone, Copy, Debug)]
pub struct Options {
    /// The day by which ends and reviews are judged.
    pub today: Date,
    /// How many nodes of regions one duty may need before it is given up as not decided.
    pub budget: usize,
}

impl Options {
    /// Far more than any matrix needs that a person has written.
    pub const BUDGET: usize = 1 << 17;

    /// Judged by this day, with the usual budget.
    #[must_use]
    pub fn on(today: Date) -> Self {
        Self {
            today,
            budget: Self::BUDGET,
        }
    }
}

/// A model that was checked.
pub struct Checked {
    /// The model.
    pub model: Model,
    /// What was found, in the order of the files.
    pub findings: Vec<Diagnostic>,
    /// What the claims make of each duty, by duty; see [`Checked::settle`].
    pub(crate) standings: Vec<Standing>,
    /// The regions that the standings speak of.
    pub regions: Regions,
    /// The situations that can be.
    pub possible: Region,
    /// Duties that were not checked, because a fault may concern them.
    pub unchecked: usize,
    claims_of: ClaimsOf,
    conds: Vec<Option<Region>>,
}

impl Checked {
    /// What the claims make of each duty, by duty: of one that is sound at first sight only where
    /// it exists, until [`Checked::settle`].
    #[must_use]
    pub fn standings(&self) -> &[Standing] {
        &self.standings
    }

    /// Works out what the check had no need to: who holds the duties that are sound at first sight.
    pub fn settle(&mut self) {
        (0..self.standings.len()).for_each(|at| self.settle_one(at));
    }

    /// The same for one duty.
    pub(crate) fn settle_one(&mut self, at: usize) {
        if self
            .standings
            .get(at)
            .is_none_or(|standing| !standing.plain)
        {
            return;
        }
        let duty = DutyId(u32::try_from(at).unwrap_or(u32::MAX));
        self.regions.refill(Options::BUDGET);
        let Self {
            model,
            regions,
            conds,
            ..
        } = self;
        let mut when = |regions: &mut Regions, id| remembered(model, regions, conds, id);
        let standing = Standing::new(
            model,
            regions,
            self.possible,
            duty,
            self.claims_of.of(duty),
            &mut when,
        );
        self.standings[at] = Standing {
            decided: !self.regions.take_exhausted(),
            ..standing
        };
    }

    /// How many duties only an `otherwise` gives to somebody, somewhere.
    #[must_use]
    pub fn filled(&self) -> usize {
        let known = self
            .standings
            .iter()
            .zip(&self.model.duties)
            .filter(|(standing, duty)| standing.decided && !duty.uncertain);
        known
            .filter(|(standing, _)| !standing.filled.is_empty())
            .count()
    }

    /// Whether a finding forbids to write anything for the model.
    #[must_use]
    pub fn has_errors(&self) -> bool {
        diagnostic::Tally::of(&self.findings).errors > 0
    }
}

/// The check under way.
struct Judge {
    model: Model,
    options: Options,
    regions: Regions,
    possible: Region,
    /// Where each condition holds, as far as it was asked for.
    conds: Vec<Option<Region>>,
    /// Where each condition holds, as boxes, if those are few.
    masks: Vec<Option<Vec<Mask>>>,
    /// The number of values of each axis.
    sizes: Vec<u32>,
    claims_of: ClaimsOf,
    /// For each duty the claims that leave it out, once somebody asks.
    excepted: OnceCell<FxHashMap<DutyId, Vec<(ClaimId, Span)>>>,
    /// How many areas and duties have a path that ends so, once somebody asks.
    path_ends: OnceCell<PathEnds>,
    standings: Vec<Standing>,
    findings: Vec<Diagnostic>,
    /// Which `allow` silenced something.
    allow_used: Vec<bool>,
}

/// Checks a model.
#[must_use]
pub fn check(model: Model, options: Options) -> Checked {
    let sizes: Vec<u32> = model.axes.iter().map(crate::model::Axis::size).collect();
    let mut judge = Judge {
        options,
        regions: Regions::new(sizes.clone(), order::axis_order(&model), options.budget),
        possible: Region::ALL,
        conds: vec![None; model.conds.len()],
        masks: model.conds.iter().map(masks).collect(),
        sizes,
        claims_of: ClaimsOf::new(model.duties.len(), &model.claims),
        excepted: OnceCell::new(),
        path_ends: OnceCell::new(),
        standings: Vec::with_capacity(model.duties.len()),
        findings: Vec::new(),
        allow_used: vec![false; model.allows.len()],
        model,
    };
    judge.freshness();
    if judge.find_possible() {
        judge.stand();
        judge.judge_duties();
        judge.applies();
        judge.constraints();
        judge.unused_allows();
    }
    judge.finish()
}

/// Where a condition holds; worked out once.
fn remembered(
    model: &Model,
    regions: &mut Regions,
    conds: &mut [Option<Region>],
    id: CondId,
) -> Region {
    if let Some(known) = conds[id.0 as usize] {
        return known;
    }
    let region = regions.when(model.cond(id));
    if !regions.is_exhausted() {
        conds[id.0 as usize] = Some(region);
    }
    region
}

impl Judge {
    /// Where a condition holds.
    fn when(&mut self, id: CondId) -> Region {
        remembered(&self.model, &mut self.regions, &mut self.conds, id)
    }

    /// The situations that no `impossible` excludes; false if there are none.
    fn find_possible(&mut self) -> bool {
        for at in 0..self.model.impossible.len() {
            let out = self.when(self.model.impossible[at].when);
            self.possible = self.regions.minus(self.possible, out);
        }
        let name = &self.model.label.name;
        let fault = if self.regions.take_exhausted() {
            let message = format!("the situations of `{name}` are too tangled to decide");
            let fault = Diagnostic::new(
                Code::NotDecided,
                self.model.label.span,
                message,
                "none of its duties was checked",
            );
            fault.help("say `impossible` with fewer axes")
        } else if self.possible.is_empty() {
            let message = format!("no situation of `{name}` is possible");
            let fault = Diagnostic::new(
                Code::NoSituation,
                self.model.label.span,
                message,
                "would be complete whatever it says",
            );
            let spans = self.model.impossible.iter().map(|it| it.span);
            spans
                .fold(fault, |fault, span| fault.and(span, "excludes situations"))
                .help("exclude less: some situation must be left")
        } else {
            return true;
        };
        let about = self.subject(None);
        self.findings.push(fault.about(about));
        false
    }

    fn judge_duties(&mut self) {
        for at in 0..self.model.duties.len() {
            let duty = DutyId(u32::try_from(at).unwrap_or(u32::MAX));
            if !self.is_certain(duty) {
                continue;
            }
            let before = self.findings.len();
            self.regions.refill(self.options.budget);
            let mut decided = self.standings[at].plain || self.gaps(duty);
            if decided && !self.standings[at].plain {
                self.overlaps(duty);
            }
            self.share_parts(duty);
            decided &= !self.regions.take_exhausted();
            if !decided {
                self.findings.truncate(before);
                self.not_decided(duty);
            }
        }
        self.filled();
    }

    /// Whether all that was written about a duty is known, and was worked out.
    fn is_certain(&self, duty: DutyId) -> bool {
        !self.model.duty(duty).uncertain && self.standings[duty.0 as usize].decided
    }

    fn not_decided(&mut self, duty: DutyId) {
        self.standings[duty.0 as usize].decided = false;
        let it = self.model.duty(duty);
        let mut axes: Vec<AxisId> = Vec::new();
        let claims = self
            .claims_of
            .of(duty)
            .iter()
            .map(|&claim| self.model.claim(claim).when);
        let ensures = self
            .model
            .ensures
            .iter()
            .filter(|it| it.duties.contains(&duty))
            .map(|it| it.when);
        let separates = self
            .model
            .separates
            .iter()
            .filter(|it| it.left.contains(&duty))
            .map(|it| it.when);
        let mut name = |axis: AxisId| {
            if !axes.contains(&axis) {
                axes.push(axis);
            }
        };
        claims
            .chain(ensures)
            .chain(separates)
            .chain([it.when])
            .for_each(|when| self.model.cond(when).for_each_axis(&mut name));
        for law in self
            .model
            .ensures
            .iter()
            .filter(|it| it.duties.contains(&duty))
            .map(|it| &it.law)
        {
            if let Law::Grows(_, axis, _) = law {
                name(*axis);
            }
        }
        let names: Vec<String> = axes
            .iter()
            .map(|&axis| format!("`{}`", self.model.axes[axis.0 as usize].label.name))
            .collect();
        let message = format!("`{}` is too tangled to decide", it.path);
        let label = "what holds for it is not known";
        let fault = Diagnostic::new(Code::NotDecided, it.label.span, message, label)
            .about(self.subject(Some(duty)));
        self.findings.push(fault.help(format!(
            "statements on it depend on {}: split the duty, or use fewer axes",
            names.join(", ")
        )));
    }

    fn finish(mut self) -> Checked {
        let unchecked = self
            .model
            .duties()
            .filter(|(id, _)| self.standings.is_empty() || !self.is_certain(*id))
            .count();
        if self.model.duties.is_empty() && !self.model.uncertain {
            let message = format!("the model `{}` has no duty", self.model.label.name);
            let fault = Diagnostic::new(Code::NoDuty, self.model.label.span, message, "")
                .about(self.subject(None));
            self.findings
                .push(fault.help("declare one with `duty name \"Title\"`"));
        }
        diagnostic::sort(&mut self.findings);
        Checked {
            model: self.model,
            findings: self.findings,
            standings: self.standings,
            regions: self.regions,
            possible: self.possible,
            unchecked,
            claims_of: self.claims_of,
            conds: self.conds,
        }
    }
}
