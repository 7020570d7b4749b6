//! One run of the check: the families in their order, and what one must know of another.

use super::context::Context;
use super::finding::{Fact, Finding};
use super::{
    Checked, Options, acceptance, constraints, dead, freshness, gaps, otherwise, overlaps,
    redundancy, separate, shares, wording,
};
use crate::diagnostic::{self, Code};
use crate::model::{DutyId, Model, Requirement};
use crate::space::{AxisId, Region};

/// Checks a model.
#[must_use]
pub fn check(model: Model, options: Options) -> Checked {
    let mut context = Context::new(&model, options);
    let mut found = Found::new(&model);
    found
        .findings
        .extend(freshness::findings(&model, options.today));
    match context.find_possible(&model, options.budget) {
        Err(_) => found.report(Code::NotDecided, Fact::SituationsNotDecided),
        Ok(()) if context.possible.is_empty() => found.report(Code::NoSituation, Fact::NoSituation),
        Ok(()) => {
            context.find_trivial(&model);
            let run = Run {
                context: &context,
                model: &model,
                options,
            };
            run.everything(&mut found);
        }
    }
    if model.duties.is_empty() && !model.uncertain {
        found.report(Code::NoDuty, Fact::NoDuty);
    }
    let mut findings = wording::words(&model, std::mem::take(&mut found.findings));
    diagnostic::sort(&mut findings);
    let certain = |(id, _): &(DutyId, _)| found.is_certain(&model, *id);
    let unchecked = model.duties.len() - model.duties().filter(certain).count();
    Checked {
        model,
        findings,
        unchecked,
        context,
        decided: found.decided,
    }
}

/// What was found so far, and what later families must know of it.
pub(super) struct Found {
    /// In the order in which they were found.
    pub findings: Vec<Finding>,
    /// For each duty, where it has no holder, or several, and nobody accepted that.
    pub spoiled: Vec<Region>,
    /// For each duty, whether it was worked out within the budget.
    pub decided: Vec<bool>,
}

impl Found {
    fn new(model: &Model) -> Self {
        Self {
            findings: Vec::new(),
            spoiled: vec![Region::NONE; model.duties.len()],
            decided: vec![false; model.duties.len()],
        }
    }

    fn report(&mut self, code: Code, fact: Fact) {
        self.findings.push(Finding::of_model(code, fact));
    }

    /// Whether all that was written about a duty is known, and was worked out.
    pub fn is_certain(&self, model: &Model, duty: DutyId) -> bool {
        self.decided[duty.0 as usize] && !model.duty(duty).uncertain
    }

    /// A duty took more than the budget.
    fn give_up(&mut self, model: &Model, context: &Context, duty: DutyId) {
        self.decided[duty.0 as usize] = false;
        let fact = Fact::NotDecided(axes_of(model, context, duty));
        self.findings
            .push(Finding::of_duty(Code::NotDecided, duty, fact));
    }
}

/// A model and its context, while it is checked.
#[derive(Clone, Copy)]
struct Run<'c> {
    context: &'c Context,
    model: &'c Model,
    options: Options,
}

impl Run<'_> {
    fn everything(self, found: &mut Found) {
        let Self { context, model, .. } = self;
        self.states(found);
        self.duties(found);
        let filled = otherwise::filled(context, model, self.options.budget, found);
        found.findings.extend(filled);
        let dead = dead::findings(context, model, self.options.budget, found);
        found.findings.extend(dead);
        self.ensures(found);
        self.separates(found);
        let certain = |duty| found.is_certain(model, duty);
        let unused = acceptance::unused(model, &found.findings, certain);
        found.findings.extend(unused);
    }

    /// Works out what the claims make of each duty.
    fn states(self, found: &mut Found) {
        let Self { context, model, .. } = self;
        for (duty, it) in model.duties() {
            if context.is_trivial(duty) {
                found.decided[duty.0 as usize] = true;
                continue;
            }
            let state = || context.state(model, duty).is_some();
            if !matches!(context.store.within(self.options.budget, state), Ok(true)) {
                found.give_up(model, context, duty);
                continue;
            }
            found.decided[duty.0 as usize] = true;
            if context.exists(duty).is_empty() && !it.uncertain {
                let finding = Finding::of_duty(Code::DutyNever, duty, Fact::NeverExists);
                found.findings.push(finding);
            }
        }
    }

    /// Gaps, overlaps, contradictions, redundancies and shares, duty by duty.
    fn duties(self, found: &mut Found) {
        let Self { context, model, .. } = self;
        for (duty, _) in model.duties() {
            if !found.is_certain(model, duty) {
                continue;
            }
            match context
                .store
                .within(self.options.budget, || self.duty(duty))
            {
                Ok(findings) => {
                    let spoiled = &mut found.spoiled[duty.0 as usize];
                    for region in findings.iter().filter_map(Finding::spoils) {
                        *spoiled = context.store.union(*spoiled, region);
                    }
                    if findings
                        .iter()
                        .any(|it| matches!(it.fact, Fact::WideGap { .. }))
                    {
                        *spoiled = context.exists(duty);
                    }
                    found.findings.extend(findings);
                }
                Err(_) => found.give_up(model, context, duty),
            }
        }
    }

    fn duty(self, duty: DutyId) -> Vec<Finding> {
        let Self {
            context,
            model,
            options,
        } = self;
        let mut findings = Vec::new();
        if !context.is_trivial(duty) {
            findings.extend(gaps::findings(context, model, options, duty));
            let clashes = overlaps::clashes(context, model, duty);
            findings.extend(overlaps::findings(
                context,
                model,
                options.today,
                duty,
                &clashes,
            ));
            let repeated = redundancy::findings(context, model, options.today, duty, &clashes);
            findings.extend(repeated);
        }
        findings.extend(shares::findings(context, model, options.today, duty));
        findings
    }

    /// Constraints on single duties; duties in doubt are left out.
    fn ensures(self, found: &mut Found) {
        let Self { context, model, .. } = self;
        for (at, ensure) in model.ensures.iter().enumerate() {
            for &duty in &ensure.duties {
                if !found.is_certain(model, duty) {
                    continue;
                }
                let spoiled = found.spoiled[duty.0 as usize];
                let today = self.options.today;
                let broken = || constraints::findings(context, model, today, at, duty, spoiled);
                match context.store.within(self.options.budget, broken) {
                    Ok(findings) => found.findings.extend(findings),
                    Err(_) => found.give_up(model, context, duty),
                }
            }
        }
    }

    /// Duties that are to be kept apart; those in doubt are left out.
    fn separates(self, found: &mut Found) {
        let Self { context, model, .. } = self;
        for (at, separate) in model.separates.iter().enumerate() {
            let certain = |duties: &[DutyId]| -> Vec<DutyId> {
                let known = duties.iter().copied();
                known
                    .filter(|&duty| found.is_certain(model, duty))
                    .collect()
            };
            let sides = (certain(&separate.left), certain(&separate.right));
            let today = self.options.today;
            let broken = || separate::findings(context, model, today, at, (&sides.0, &sides.1));
            match context.store.within(self.options.budget, broken) {
                Ok(findings) => found.findings.extend(findings),
                Err(_) => {
                    for duty in sides.0 {
                        found.give_up(model, context, duty);
                    }
                }
            }
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
