//! The findings of a run so far, and what later checks need to know about earlier ones.

use std::collections::BTreeMap;

use super::context::Context;
use super::finding::{Fact, Finding, Question};
use crate::diagnostic::Code;
use crate::model::{DutyId, Model, Requirement};
use crate::space::AxisId;

/// The findings so far, and what later checks need to know about them.
pub(super) struct Found {
    /// In the order in which they were found.
    pub findings: Vec<Finding>,
    /// For each duty, whether it was computed within the budget.
    pub decided: Vec<bool>,
    /// The questions about duties that exceeded the budget.
    open: BTreeMap<DutyId, Vec<Question>>,
    /// The duties whose claims were not compared for repeated roles.
    pub unrepeated: Vec<DutyId>,
}

impl Found {
    pub(super) fn new(model: &Model) -> Self {
        Self {
            findings: Vec::new(),
            decided: vec![false; model.duties.len()],
            open: BTreeMap::new(),
            unrepeated: Vec::new(),
        }
    }

    pub(super) fn report(&mut self, code: Code, fact: Fact) {
        self.findings.push(Finding::of_model(code, fact));
    }

    /// Whether everything written about a duty was understood, and the duty was computed.
    pub(super) fn is_certain(&self, model: &Model, duty: DutyId) -> bool {
        self.decided[duty.0 as usize] && !model.duty(duty).uncertain
    }

    /// Whether every question about a duty was answered.
    pub(super) fn is_answered(&self, model: &Model, duty: DutyId) -> bool {
        self.is_certain(model, duty) && !self.open.contains_key(&duty)
    }

    /// Records that a question about a duty exceeded the budget.
    pub(super) fn leave_open(&mut self, duty: DutyId, question: Question) {
        let open = self.open.entry(duty).or_default();
        if !open.contains(&question) {
            open.push(question);
        }
    }

    /// Turns what was left open into findings: one for each duty, and one for all repeated roles.
    pub(super) fn tell_open(&mut self, model: &Model, context: &Context) {
        for (duty, open) in &self.open {
            let axes = axes_of(model, context, *duty);
            let fact = Fact::NotDecided {
                open: open.clone(),
                axes,
            };
            self.findings
                .push(Finding::of_duty(Code::NotDecided, *duty, fact));
        }
        if !self.unrepeated.is_empty() {
            let fact = Fact::RepeatsNotDecided(std::mem::take(&mut self.unrepeated));
            self.report(Code::RepeatsNotDecided, fact);
        }
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
