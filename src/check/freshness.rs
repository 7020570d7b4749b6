//! Overdue reviews and expired claims. The matrix itself never depends on the date.

use jiff::ToSpan;
use jiff::civil::Date;

use super::finding::{Fact, Finding};
use crate::diagnostic::Code;
use crate::model::{Model, Period};

/// Overdue reviews, and claims whose end has passed.
pub(super) fn findings(model: &Model, today: Date) -> Vec<Finding> {
    let mut findings: Vec<Finding> = review(model, today).into_iter().collect();
    for (claim, it) in model.claims() {
        if let Some(end) = it.until.filter(|(day, _)| *day < today) {
            let fact = Fact::ClaimEnded { claim, end };
            findings.push(Finding::of_model(Code::ClaimEnded, fact));
        }
    }
    findings
}

fn review(model: &Model, today: Date) -> Option<Finding> {
    let (code, fact) = match (model.reviewed, model.review) {
        (Some((day, at)), _) if day > today => {
            (Code::FutureReview, Fact::FutureReview { day, at, today })
        }
        (Some((day, reviewed)), Some((count, period, rhythm))) => {
            let due = due(day, count, period);
            let fact = Fact::ReviewOverdue {
                due,
                reviewed,
                rhythm,
            };
            (due < today).then_some((Code::ReviewOverdue, fact))?
        }
        (None, Some((_, _, rhythm))) => (Code::NeverReviewed, Fact::NeverReviewed(rhythm)),
        _ => return None,
    };
    Some(Finding::of_model(code, fact))
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
