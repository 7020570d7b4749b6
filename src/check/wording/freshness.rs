//! Overdue reviews and expired claims.

use jiff::civil::Date;

use super::Wording;
use crate::diagnostic::{Code, Diagnostic};
use crate::model::ClaimId;
use crate::source::Span;

pub(super) fn future(wording: &Wording<'_>, day: Date, at: Span, today: Date) -> Diagnostic {
    let message = format!("the review date {day} is in the future");
    Diagnostic::new(Code::FutureReview, at, message, "")
        .about(wording.subject(None))
        .help(format!(
            "today is {today}; write the day of the last review"
        ))
}

pub(super) fn overdue(
    wording: &Wording<'_>,
    due: Date,
    reviewed: Span,
    rhythm: Span,
) -> Diagnostic {
    let name = &wording.model.decl.name;
    let message = format!("the review of `{name}` was due by {due}");
    Diagnostic::new(Code::ReviewOverdue, reviewed, message, "the last review")
        .and(rhythm, "the review interval")
        .about(wording.subject(None))
        .help("review the model, then write the day: `reviewed YYYY-MM-DD`")
}

pub(super) fn never(wording: &Wording<'_>, at: Span) -> Diagnostic {
    Diagnostic::new(
        Code::NeverReviewed,
        at,
        "there is a review interval, but no review date",
        "",
    )
    .about(wording.subject(None))
    .help("add the day of the last review: `reviewed YYYY-MM-DD`")
}

pub(super) fn ended(wording: &Wording<'_>, claim: ClaimId, (end, at): (Date, Span)) -> Diagnostic {
    let head = wording.model.claim(claim).head;
    Diagnostic::new(
        Code::ClaimEnded,
        at,
        format!("this claim ended on {end}"),
        "",
    )
    .and(head, "the claim")
    .about(wording.subject(None))
    .help("write a later date after `until`, or say who holds the duty now")
}
