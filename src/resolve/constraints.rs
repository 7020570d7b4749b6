//! `impossible`, `ensure`, `separate` and `allow`.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{
    Allow, Allowed, AreaId, DutyId, Ensure, Impossible, PartyId, Requirement, Separate,
};
use crate::syntax::ast::{self, Path, Verb};

use super::claims::{Who, says_nothing};
use super::structure::ModelBuilder;

impl<'s> ModelBuilder<'_, 's> {
    pub(super) fn impossible(&mut self, it: &ast::Impossible<'s>) {
        self.notes(&it.fields);
        match self.when(&it.when) {
            Some(when) => {
                let because = it.because.as_ref().map(|text| text.node.to_string());
                self.model.impossible.push(Impossible {
                    span: it.span,
                    when,
                    because,
                });
            }
            // Which situations there are is not known: any gap may lie in one that cannot be.
            None => self.model.uncertain = true,
        }
    }

    pub(super) fn ensure(&mut self, it: &ast::Ensure<'s>, area: Option<AreaId>) {
        self.notes(&it.fields);
        let requirement = self.requirement(&it.requirement, area);
        let when = self.maybe_when(it.when.as_ref());
        if let (Some((requirement, duties)), Some(when)) = (requirement, when) {
            let because = it.because.as_ref().map(|text| text.node.to_string());
            self.model.ensures.push(Ensure {
                head: it.head,
                requirement,
                duties,
                when,
                because,
            });
        }
    }

    fn requirement(
        &mut self,
        requirement: &ast::Requirement<'s>,
        area: Option<AreaId>,
    ) -> Option<(Requirement, Vec<DutyId>)> {
        match requirement {
            ast::Requirement::Claim(who, verb, targets) => {
                let who = self.who(who);
                // An `ensure` claims nothing: what it names wrongly puts no duty in doubt.
                let targets = self.targets_of_law(targets, area);
                let requirement = match (who?, verb) {
                    (Who::Nobody, _) => Requirement::Nobody,
                    (Who::Parties(parties), Verb::Owns) => Requirement::Owns(*parties.first()?),
                    (Who::Parties(parties), Verb::Share) => Requirement::Share(parties),
                    (Who::Parties(parties), Verb::Is(role)) => Requirement::Role(parties, *role),
                };
                Some((requirement, targets?))
            }
            ast::Requirement::Never(party, targets) => {
                let party = self.party(party);
                let targets = self.targets_of_law(targets, area);
                Some((Requirement::Never(party?), targets?))
            }
            ast::Requirement::Monotone {
                party,
                axis,
                from,
                to,
            } => {
                let (party, axis) = (self.party(party), self.axis(axis));
                let along = axis.and_then(|axis| self.steps(axis, from, to));
                let all = (0..).map(DutyId).take(self.model.duties.len()).collect();
                Some((Requirement::Monotone(party?, axis?, along?), all))
            }
        }
    }

    /// The values from one to another, in declared order or against it.
    fn steps(
        &mut self,
        axis: crate::space::AxisId,
        from: &Path<'s>,
        to: &Path<'s>,
    ) -> Option<Vec<u32>> {
        let (first, last) = (self.value(axis, from), self.value(axis, to));
        let (first, last) = (first?, last?);
        if first == last {
            let message = format!(
                "`{}` and `{}` are one value: nothing can grow between them",
                from.node, to.node
            );
            self.faults.push(Diagnostic::new(
                Code::BackwardsRange,
                from.span.to(to.span),
                message,
                "",
            ));
            return None;
        }
        Some(if first < last {
            (first..=last).collect()
        } else {
            (last..=first).rev().collect()
        })
    }

    /// Targets whose faults leave no doubt on what is claimed.
    fn targets_of_law(
        &mut self,
        list: &ast::Targets<'s>,
        area: Option<AreaId>,
    ) -> Option<Vec<DutyId>> {
        let doubts: Vec<bool> = self
            .model
            .duties
            .iter()
            .map(|duty| duty.uncertain)
            .collect();
        let model_doubt = self.model.uncertain;
        let targets = self.targets(list, area);
        if targets.faulty {
            self.model.uncertain = model_doubt;
            self.model
                .duties
                .iter_mut()
                .zip(doubts)
                .for_each(|(duty, doubt)| duty.uncertain = doubt);
            return None;
        }
        Some(targets.duties)
    }

    pub(super) fn separate(&mut self, it: &ast::Separate<'s>, area: Option<AreaId>) {
        self.notes(&it.fields);
        let left = self.targets_of_law(&it.left, area);
        let right = self.targets_of_law(&it.right, area);
        let when = self.maybe_when(it.when.as_ref());
        let (Some(left), Some(right), Some(when)) = (left, right, when) else {
            return;
        };
        if let Some(&both) = left.iter().find(|duty| right.contains(duty)) {
            let message = format!(
                "`{}` stands on both sides, and cannot be kept apart from itself",
                self.model.duty(both).path
            );
            self.faults
                .push(Diagnostic::new(Code::NotSeparate, it.head, message, ""));
            return;
        }
        let because = it.because.as_ref().map(|text| text.node.to_string());
        self.model.separates.push(Separate {
            head: it.head,
            left,
            right,
            when,
            because,
        });
    }

    pub(super) fn allow(&mut self, it: &ast::Allow<'s>, area: Option<AreaId>) {
        self.notes(&it.fields);
        let what = self.allowed(&it.finding);
        let targets = self.targets(&it.targets, area);
        let when = self.maybe_when(it.when.as_ref());
        let (Some(what), Some(when), false) = (what, when, targets.faulty) else {
            // What it meant to silence would only be noise beside its own fault.
            return self.doubt(&targets.duties);
        };
        let of_error = match what {
            Allowed::Gap => Some("a gap"),
            Allowed::Overlap | Allowed::Code(Code::Overlap) => Some("an overlap"),
            Allowed::Code(code) => {
                (code.severity() == crate::diagnostic::Severity::Error).then_some("a gap")
            }
        };
        if let (None, Some(thing)) = (&it.until, of_error) {
            let message = format!("an `allow` of {thing} needs an end");
            let fault = Diagnostic::new(Code::AllowNoEnd, it.head, message, "");
            self.faults
                .push(fault.help("add the last day on which it may last: `until 2027-03-31`"));
            return self.doubt(&targets.duties);
        }
        if says_nothing(&it.because.node) {
            let message =
                "`allow` without a reason: a reader cannot tell a decision from an oversight";
            self.faults.push(
                Diagnostic::new(Code::NoReason, it.because.span, message, "")
                    .help("say why it is accepted"),
            );
        }
        self.model.allows.push(Allow {
            head: it.head,
            what,
            duties: targets.duties,
            when,
            because: it.because.node.to_string(),
            until: it
                .until
                .as_ref()
                .and_then(|until| until.node.map(|day| (day, until.span))),
        });
    }

    fn allowed(&mut self, finding: &Path<'s>) -> Option<Allowed> {
        match finding.node {
            "gap" => return Some(Allowed::Gap),
            "overlap" => return Some(Allowed::Overlap),
            _ => {}
        }
        let (message, help) = match Code::find(finding.node) {
            Some(
                code @ (Code::Gap | Code::GapResponsible | Code::GapAccountable | Code::Overlap),
            ) => return Some(Allowed::Code(code)),
            Some(code) if ALLOWABLE.contains(&code) => return Some(Allowed::Code(code)),
            Some(code) if code.severity() == crate::diagnostic::Severity::Error => (
                format!("{} is an error and cannot be allowed", code.id()),
                "only gaps and overlaps can be allowed for a time; mend what it says",
            ),
            Some(code) => (
                format!(
                    "{} does not speak of a duty and cannot be allowed",
                    code.id()
                ),
                "mend what it says",
            ),
            None if crate::diagnostic::suggest::closest(
                finding.node,
                ["gap", "overlap"].into_iter(),
            ) == Some("gap") =>
            {
                (
                    format!("there is no finding `{}`", finding.node),
                    "did you mean `gap`?",
                )
            }
            None => (
                format!("there is no finding `{}`", finding.node),
                "write `gap`, `overlap`, or the code of a warning on a duty, such as `SRM0901`",
            ),
        };
        self.faults
            .push(Diagnostic::new(Code::NotAllowable, finding.span, message, "").help(help));
        None
    }
}

/// The warnings that speak of a duty, and so can be allowed on one.
pub const ALLOWABLE: &[Code] = &[Code::ShareParts, Code::Redundant];

/// The parties of a requirement.
impl Requirement {
    /// Every party it names.
    #[must_use]
    pub fn parties(&self) -> Vec<PartyId> {
        match self {
            Self::Owns(party) | Self::Never(party) | Self::Monotone(party, ..) => vec![*party],
            Self::Share(parties) | Self::Role(parties, _) => parties.clone(),
            Self::Nobody => Vec::new(),
        }
    }
}
