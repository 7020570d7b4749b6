//! One run of the check: the kinds of findings in order, and what they share.

use super::context::Context;
use super::finding::{Fact, Finding};
use super::found::Found;
use super::{
    Checked, Options, acceptance, constraints, dead, freshness, gaps, otherwise, overlaps,
    redundancy, separate, shares, trivial, wording,
};
use crate::diagnostic::{self, Code};
use crate::model::{DutyId, Model};

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
            let is_trivial = |(duty, _)| trivial::is_sound(&context, &model, duty);
            context.trivial = model.duties().map(is_trivial).collect();
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
        let unused = acceptance::unused(context, model, &found.findings, certain);
        found.findings.extend(unused);
    }

    /// Computes the state that the claims give each duty.
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

    /// Constraints on single duties; uncertain duties are skipped.
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

    /// Duties that must be kept separate; uncertain duties are skipped.
    fn separates(self, found: &mut Found) {
        let Self { context, model, .. } = self;
        for (at, separate) in model.separates.iter().enumerate() {
            found.findings.extend(separate::both_sides(model, at));
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
