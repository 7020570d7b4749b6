//! Reviews and ends: what the day has overtaken. The matrix itself never depends on the day.

use jiff::ToSpan;
use jiff::civil::Date;

use super::{Code, Diagnostic, Judge};
use crate::model::Period;

impl Judge {
    /// Reports overdue reviews and claims whose end has passed.
    pub(super) fn freshness(&mut self) {
        let today = self.options.today;
        let mut found = Vec::new();
        match (self.model.reviewed, self.model.review) {
            (Some((day, span)), _) if day > today => {
                let fault = Diagnostic::new(
                    Code::FutureReview,
                    span,
                    format!("the review of {day} lies in the future"),
                    "",
                );
                found.push(fault.help(format!(
                    "today is {today}: write the day on which the review was done"
                )));
            }
            (Some((day, span)), Some((count, period, rhythm))) => {
                let due = due(day, count, period);
                if due < today {
                    let name = &self.model.label.name;
                    let fault = Diagnostic::new(
                        Code::ReviewOverdue,
                        span,
                        format!("the review of `{name}` is overdue since {due}"),
                        "the last review",
                    );
                    found.push(
                        fault
                            .and(rhythm, "the rhythm")
                            .help("review the model and write the day: `reviewed YYYY-MM-DD`"),
                    );
                }
            }
            (None, Some((_, _, rhythm))) => {
                let fault = Diagnostic::new(
                    Code::NeverReviewed,
                    rhythm,
                    "a review rhythm, but no review",
                    "",
                );
                found.push(fault.help("add the day of the last review: `reviewed YYYY-MM-DD`"));
            }
            _ => {}
        }
        for claim in &self.model.claims {
            if let Some((end, span)) = claim.until
                && end < today
            {
                let fault = Diagnostic::new(
                    Code::ClaimEnded,
                    span,
                    format!("this claim ended on {end}"),
                    "",
                );
                found.push(
                    fault
                        .and(claim.head, "the claim")
                        .help("renew it with a later day, or say who holds the duty now"),
                );
            }
        }
        let about = self.subject(None);
        self.findings.extend(
            found
                .into_iter()
                .map(|finding| finding.about(about.clone())),
        );
    }
}

/// The last day on which a review is not overdue.
pub(crate) fn due(reviewed: Date, count: u32, period: Period) -> Date {
    let count = i64::from(count);
    let span = match period {
        Period::Days => count.days(),
        Period::Weeks => count.weeks(),
        Period::Months => count.months(),
        Period::Years => count.years(),
    };
    reviewed.saturating_add(span)
}
