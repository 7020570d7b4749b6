//! Conditions that are never true, and statements that never take effect.

use super::{Wording, duty_of};
use crate::check::finding::{DeadReason, DeadStatement, Finding};
use crate::diagnostic::{Code, Diagnostic, Facts};
use crate::source::Span;

pub(super) fn no_situation(wording: &Wording<'_>) -> Diagnostic {
    let decl = &wording.model.decl;
    let message = format!("the model `{}` has no possible situation", decl.name);
    let label = "with no possible situation, every model is complete";
    let told = Diagnostic::new(Code::NoSituation, decl.span, message, label);
    let excluding = wording.model.impossible.iter();
    excluding
        .fold(told, |told, it| told.and(it.span, "excludes situations"))
        .help("exclude fewer situations: at least one must stay possible")
        .about(wording.subject(None))
}

pub(super) fn never_exists(wording: &Wording<'_>, finding: &Finding) -> Diagnostic {
    let duty = duty_of(finding);
    let message = format!(
        "the duty `{}` does not exist in any possible situation",
        wording.path(duty)
    );
    let declared = wording.model.duty(duty).decl.span;
    Diagnostic::new(
        Code::DutyNever,
        declared,
        message,
        "its `when` is never true",
    )
    .about(wording.subject(Some(duty)))
    .help("correct the `when`, or remove the duty")
}

pub(super) fn dead(
    wording: &Wording<'_>,
    statement: DeadStatement,
    at: Span,
    reason: DeadReason,
) -> Diagnostic {
    let what = match statement {
        DeadStatement::Claim => "claim",
        DeadStatement::Ensure => "`ensure`",
        DeadStatement::Separate => "`separate`",
        DeadStatement::Impossible => "`impossible`",
        DeadStatement::Otherwise => "`otherwise`",
    };
    let message = match (statement, reason) {
        (DeadStatement::Impossible, _) => {
            "this `impossible` excludes nothing: its condition is never true".to_owned()
        }
        (_, DeadReason::NothingLeft) => {
            "this `otherwise` has no effect: other claims already assign all its duties".to_owned()
        }
        (_, DeadReason::NoDuty) => format!("this {what} names no duty"),
        (_, DeadReason::NeverTrue) => {
            format!("this {what} can never apply: its condition is never true")
        }
        (_, DeadReason::Impossible) => {
            format!("this {what} can never apply: `impossible` excludes all its situations")
        }
        (_, DeadReason::NoDutyThere) => {
            format!(
                "this {what} can never apply: its duties do not exist when its condition is true"
            )
        }
    };
    Diagnostic::new(Code::NeverApplies, at, message, "")
        .about(wording.subject(None))
        .help("correct it, or remove it")
        .knowing(Facts::Removable { harmless: false })
}
