//! One run of the check: the kinds of findings in order, and what they share.

use rustc_hash::FxHashMap;

use super::context::Context;
use super::finding::{Fact, Finding, Question};
use super::found::Found;
use super::{
    Checked, Options, acceptance, constraints, dead, freshness, gaps, otherwise, overlaps,
    redundancy, separate, shares, spoiled, trivial, wording,
};
use crate::diagnostic::{self, Code};
use crate::model::{DutyId, Model};
use crate::space::Region;

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
    let answered = |(id, _): &(DutyId, _)| found.is_answered(&model, *id);
    let unchecked = model.duties.len() - model.duties().filter(answered).count();
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
        let certain = |duty| found.is_answered(model, duty);
        let unused = acceptance::unused(context, model, &found.findings, certain);
        found.findings.extend(unused);
        found.tell_open(model, context);
    }

    /// Answers a question about a duty within the budget, or leaves it open.
    fn ask(
        self,
        found: &mut Found,
        (duty, question): (DutyId, Question),
        work: impl FnOnce() -> Vec<Finding>,
    ) {
        match self.context.store.within(self.options.budget, work) {
            Ok(findings) => found.findings.extend(findings),
            Err(_) => found.leave_open(duty, question),
        }
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
                found.leave_open(duty, Question::State);
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
        let Self {
            context,
            model,
            options: Options { today, .. },
        } = self;
        for (duty, _) in model.duties() {
            if !found.is_certain(model, duty) {
                continue;
            }
            context.begin_describing();
            if !context.is_trivial(duty) {
                let gaps = || gaps::findings(context, model, self.options, duty);
                self.ask(found, (duty, Question::Gaps), gaps);
                self.clashes(found, duty);
                let both = || overlaps::contradictions(context, model, today, duty);
                self.ask(found, (duty, Question::Contradictions), both);
            }
            let shares = || shares::findings(context, model, today, duty);
            self.ask(found, (duty, Question::Shares), shares);
        }
    }

    /// Overlaps, and the redundancies that they do not explain. Redundancy is the least of all
    /// faults, so it gives way where it takes long.
    fn clashes(self, found: &mut Found, duty: DutyId) {
        let Self {
            context,
            model,
            options: Options { today, budget, .. },
        } = self;
        let clashes = context
            .store
            .within(budget, || overlaps::clashes(context, model, today, duty));
        let Ok(clashes) = clashes else {
            found.leave_open(duty, Question::Overlaps);
            found.unrepeated.push(duty);
            return;
        };
        let overlaps = || overlaps::findings(context, model, today, duty, &clashes);
        self.ask(found, (duty, Question::Overlaps), overlaps);
        let repeated = || {
            let all = clashes.all()?;
            Some(redundancy::findings(context, model, today, duty, all))
        };
        let worth = redundancy::WORTH_COMPARING.min(budget / 4);
        match context.store.attempt(worth, repeated) {
            Ok(Some(findings)) => found.findings.extend(findings),
            Ok(None) | Err(_) => found.unrepeated.push(duty),
        }
    }

    /// Constraints on single duties; uncertain duties are skipped.
    fn ensures(self, found: &mut Found) {
        let Self {
            context,
            model,
            options: Options { today, budget, .. },
        } = self;
        // Where each duty has a fault of its own, once it is needed.
        let mut spoiled: FxHashMap<DutyId, Option<Region>> = FxHashMap::default();
        for (at, ensure) in model.ensures.iter().enumerate() {
            let mut failing = 0;
            for &duty in &ensure.duties {
                if !found.is_certain(model, duty) {
                    continue;
                }
                let most = if found.findings.len() < constraints::MANY {
                    constraints::MAX_DUTIES
                } else {
                    1
                };
                if failing == most {
                    found.report(Code::EnsureFails, Fact::MoreEnsureFails(at));
                    break;
                }
                context.begin_describing();
                let region = || spoiled::region(context, model, today, duty);
                let spoiled = spoiled
                    .entry(duty)
                    .or_insert_with(|| context.store.within(budget, region).ok());
                let Some(spoiled) = *spoiled else {
                    found.leave_open(duty, Question::Ensures);
                    continue;
                };
                let before = found.findings.len();
                let broken = || constraints::findings(context, model, today, at, duty, spoiled);
                self.ask(found, (duty, Question::Ensures), broken);
                failing += usize::from(found.findings.len() > before);
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
            context.begin_describing();
            let today = self.options.today;
            let broken = || separate::findings(context, model, today, at, (&sides.0, &sides.1));
            match context.store.within(self.options.budget, broken) {
                Ok(findings) => found.findings.extend(findings),
                Err(_) => {
                    for duty in sides.0 {
                        found.leave_open(duty, Question::Separates);
                    }
                }
            }
        }
    }
}
