//! Duties that two parties hold, or that somebody and nobody hold.

use std::hash::Hash;

use rustc_hash::FxHashSet;

use super::situated::situated;
use super::{MAX_LABELS, Wording, duty_of};
use crate::check::finding::{Finding, GrantRef, Holder};
use crate::diagnostic::{Code, Diagnostic, Facts};
use crate::model::{ClaimId, Form, PartyId};
use crate::role::Roles;
use crate::source::Span;
use crate::syntax::ast::Verb;
use crate::syntax::made::claim;
use crate::syntax::writer;

pub(super) fn overlap(
    wording: &Wording<'_>,
    finding: &Finding,
    roles: Roles,
    grants: &[GrantRef],
) -> Diagnostic {
    let (duty, situated) = (duty_of(finding), situated(finding));
    let path = wording.path(duty);
    let message = match roles {
        Roles::OWNER => {
            let often = often(wording, roles, grants);
            format!("`{path}` is claimed {often}")
        }
        one => {
            let holders = each_once(grants.iter().flat_map(|grant| wording.parties(*grant)));
            let number = number(holders.len());
            format!("{number} parties are {} for `{path}`", one.words())
        }
    };
    let message = situated.end(wording, message);
    let mut sorted = grants.to_vec();
    let place = |grant: &GrantRef| wording.place_of(*grant, roles, situated.example());
    sorted.sort_by_cached_key(place);
    let label = |grant: &GrantRef| {
        (
            place(grant),
            wording.grant_text(grant.claim, &[grant.grant]),
        )
    };
    let places = each_once(sorted.iter().map(place));
    let labels: Vec<(Span, String)> = sorted.iter().take(2 * MAX_LABELS).map(label).collect();
    let parties = each_once(
        sorted
            .iter()
            .flat_map(|grant| wording.parties(*grant).iter().copied()),
    );
    let mut subject = wording.subject(Some(duty));
    subject.roles = roles;
    subject.parties = wording.names(&parties);
    let help = overlap_help(wording, finding, roles, (grants, &parties));
    let facts = Facts::Clash { claims: places };
    let declared = wording.model.duty(duty).decl.span;
    let mut labels = labels.into_iter();
    let (at, text) = labels.next().unwrap_or((declared, String::new()));
    let told = Diagnostic::new(Code::Overlap, at, message, text).about(subject);
    let told = labels.fold(told, |told, (at, text)| told.and(at, text));
    told.maybe_help(wording.membership(&parties))
        .help(help)
        .knowing(facts)
}

/// A small number in words.
fn number(count: usize) -> String {
    match count {
        0..=2 => "two".into(),
        3 => "three".into(),
        4 => "four".into(),
        many => many.to_string(),
    }
}

/// How often a duty is claimed, counting the role that is given most often.
fn often(wording: &Wording<'_>, roles: Roles, grants: &[GrantRef]) -> String {
    let gives = |grant: &GrantRef, role| {
        wording.model.claim(grant.claim).grants[grant.grant]
            .roles
            .has(role)
    };
    let times = roles
        .iter()
        .map(|role| grants.iter().filter(|grant| gives(grant, role)).count());
    match times.max().unwrap_or(0) {
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

fn overlap_help(
    wording: &Wording<'_>,
    finding: &Finding,
    roles: Roles,
    (grants, parties): (&[GrantRef], &[PartyId]),
) -> String {
    let has_form = |form| {
        grants
            .iter()
            .any(|grant| wording.model.claim(grant.claim).form == form)
    };
    let claims = each_once(grants.iter().map(|grant| grant.claim));
    if roles != Roles::OWNER && !has_form(Form::Row) {
        format!("make only one party {}", roles.words())
    } else if has_form(Form::Share) {
        "keep one of the claims, or restrict them with `when` so that they do not overlap"
            .to_owned()
    } else if claims.len() == 1 {
        "give the role to one party, or mark each with `+` if they hold it jointly".to_owned()
    } else {
        let names: Vec<&str> = parties.iter().map(|&party| wording.name(party)).collect();
        let path = wording.short_path(duty_of(finding));
        let shown = situated(finding).condition();
        let keep = if shown.is_long() || names.len() > MAX_LABELS {
            "keep one, or restrict them with `when` so that they do not overlap".to_owned()
        } else {
            let share = claim(&names, Verb::Share, &[path], shown.when());
            let share = writer::claim(&share);
            format!("keep one, or say who does what: `{share} {{ … }}`")
        };
        if is_exception(wording, &claims) {
            format!(
                "if one is an exception to the other, leave it out there: `except {path}`; else {keep}"
            )
        } else {
            keep
        }
    }
}

/// Whether one of two claims is about some of the duties that the other is about.
fn is_exception(wording: &Wording<'_>, claims: &[ClaimId]) -> bool {
    let [one, other] = claims else { return false };
    let duties = |claim: &ClaimId| wording.model.claim(*claim).duties.len();
    duties(one) != duties(other) && duties(one).max(duties(other)) > 1
}

pub(super) fn contradiction(
    wording: &Wording<'_>,
    finding: &Finding,
    nobody: ClaimId,
    other: &Holder,
) -> Diagnostic {
    let (duty, situated) = (duty_of(finding), situated(finding));
    let grant = |grant| GrantRef {
        claim: other.claim,
        grant,
    };
    let grants = other.grants.iter().map(|&at| grant(at));
    let mut parties: Vec<PartyId> = grants
        .flat_map(|grant| wording.parties(grant).iter().copied())
        .collect();
    parties.dedup();
    let message = format!(
        "`{}` is assigned to {} and to nobody at once",
        wording.path(duty),
        wording.titles(&parties),
    );
    let message = situated.end(wording, message);
    let mut subject = wording.subject(Some(duty));
    subject.roles = Roles::OWNER;
    subject.parties = wording.names(&parties);
    let first = wording.place(nobody, None, situated.example());
    let second = wording.place(
        other.claim,
        other.grants.first().copied(),
        situated.example(),
    );
    Diagnostic::new(Code::Contradiction, first, message, "nobody")
        .about(subject)
        .and(second, wording.grant_text(other.claim, &other.grants))
        .help(if is_exception(wording, &[nobody, other.claim]) {
            format!(
                "if one is an exception to the other, leave it out there: `except {}`; else keep one",
                wording.short_path(duty)
            )
        } else {
            "keep one, or restrict both with `when` so that they do not overlap".to_owned()
        })
        .knowing(Facts::Clash {
            claims: vec![first, second],
        })
}

/// Each item once, in order of first appearance.
fn each_once<T: Copy + Eq + Hash>(items: impl Iterator<Item = T>) -> Vec<T> {
    let mut known = FxHashSet::default();
    items.filter(|item| known.insert(*item)).collect()
}
