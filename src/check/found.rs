//! The findings of a run so far, and what later checks need to know about earlier ones.

use super::context::Context;
use super::finding::{Fact, Finding};
use crate::diagnostic::Code;
use crate::model::{DutyId, Model, Requirement};
use crate::space::{AxisId, Region};

/// The findings so far, and what later checks need to know about them.
pub(super) struct Found {
    /// In the order in which they were found.
    pub findings: Vec<Finding>,
    /// For each duty, where it has no holder, or several, and no `allow` accepts that.
    pub spoiled: Vec<Region>,
    /// For each duty, whether it was computed within the budget.
    pub decided: Vec<bool>,
}

impl Found {
    pub(super) fn new(model: &Model) -> Self {
        Self {
            findings: Vec::new(),
            spoiled: vec![Region::NONE; model.duties.len()],
            decided: vec![false; model.duties.len()],
        }
    }

    pub(super) fn report(&mut self, code: Code, fact: Fact) {
        self.findings.push(Finding::of_model(code, fact));
    }

    /// Whether everything written about a duty was understood, and the duty was computed.
    pub(super) fn is_certain(&self, model: &Model, duty: DutyId) -> bool {
        self.decided[duty.0 as usize] && !model.duty(duty).uncertain
    }

    /// Records that a duty exceeded the budget.
    pub(super) fn give_up(&mut self, model: &Model, context: &Context, duty: DutyId) {
        self.decided[duty.0 as usize] = false;
        let fact = Fact::NotDecided(axes_of(model, context, duty));
        self.findings
            .push(Finding::of_duty(Code::NotDecided, duty, fact));
    }
}

/// The axes that statements on a duty test, in the order in which they are met.
fn axes_of(model: &Model, context: &Context, duty: DutyId) -> Vec<AxisId> {
    let mut axes: Vec<AxisId> = Vec::new();
    let mut visit = |axis: AxisId| {
        if !axes.contains(&axis) {
            axes.push(axis);
        }
    };
    let ensures = || model.ensures.iter().filter(|it| it.duties.contains(&duty));
    let separates = model.separates.iter().filter(|it| it.left.contains(&duty));
    let claims = context.claims_of(duty).iter();
    claims
        .map(|&claim| model.claim(claim).when)
        .chain(ensures().map(|it| it.when))
        .chain(separates.map(|it| it.when))
        .chain([model.duty(duty).when])
        .for_each(|when| model.cond(when).for_each_axis(&mut visit));
    for ensure in ensures() {
        if let Requirement::Monotone(_, axis, _) = ensure.requirement {
            visit(axis);
        }
    }
    axes
}
