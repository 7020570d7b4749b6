//! `ensure`, `separate` and `allow`.

use super::situated::situated;
use super::{Wording, duty_of};
use crate::check::finding::{Finding, Holder, NotSeparate, Shrinks};
use crate::check::separate::MAX_PAIRS;
use crate::diagnostic::{Code, Diagnostic, Facts, visible};
use crate::model::{ClaimId, DutyId, Requirement};
use crate::role::{Role, Roles};
use crate::space::AxisNames as _;
use crate::syntax::ast::Verb;
use crate::syntax::writer::verb_words;

pub(super) fn ensure(
    wording: &Wording<'_>,
    finding: &Finding,
    at: usize,
    holders: &[Holder],
) -> Diagnostic {
    let (duty, situated) = (duty_of(finding), situated(finding));
    let ensure = &wording.model.ensures[at];
    let parties = ensure.requirement.parties();
    let who = wording.titles(&parties);
    let wanted = match &ensure.requirement {
        Requirement::Owns(_) => format!("{who} alone owns"),
        Requirement::Share(_) => format!("{who} share"),
        Requirement::Role(_, role) => {
            format!("{who} {}", verb_words(Verb::Is(*role), parties.len()))
        }
        Requirement::Never(_) => format!("{who} never owns"),
        Requirement::Nobody => "nobody owns".into(),
        Requirement::Monotone(..) => String::new(),
    };
    let path = wording.path(duty);
    let message = format!("this `ensure` fails: expected that {wanted} `{path}`");
    let message = situated.end(wording, message);
    let mut subject = wording.subject(Some(duty));
    subject.parties = wording.names(&parties);
    let told = Diagnostic::new(Code::EnsureFails, ensure.head, message, "required here");
    let told = wording.with_holders(told, duty, holders, situated.example());
    let why = ensure.because.as_ref();
    told.about(subject)
        .maybe_help(why.map(|why| format!("required because \"{}\"", visible(why))))
}

pub(super) fn shrinks(wording: &Wording<'_>, finding: &Finding, fact: &Shrinks) -> Diagnostic {
    let (axis, from, to) = fact.step;
    let (duty, situated) = (duty_of(finding), situated(finding));
    let (model, title) = (wording.model, wording.titles(&[fact.party]));
    let (at_from, at_to) = (model.value(axis, from), model.value(axis, to));
    let message = format!(
        "{title} is responsible for `{}` at `{at_from}`, but no longer at `{at_to}`",
        wording.path(duty)
    );
    let mut subject = wording.subject(Some(duty));
    subject.roles = Roles::only(Role::Responsible);
    subject.parties = wording.names(&[fact.party]);
    let head = model.ensures[fact.ensure].head;
    let mut told = Diagnostic::new(Code::Shrinks, head, message, "required here").about(subject);
    if let Some(grant) = fact.before {
        let mut earlier = situated.example().to_vec();
        let own = earlier.iter_mut().filter(|(known, _)| *known == axis);
        own.for_each(|(_, value)| *value = from);
        let place = wording.place(grant.claim, Some(grant.grant), &earlier);
        told = told.and(place, format!("{title}, at `{at_from}`"));
    }
    wording.with_holders(told, duty, &fact.holders, situated.example())
}

pub(super) fn not_separate(
    wording: &Wording<'_>,
    finding: &Finding,
    fact: &NotSeparate,
) -> Diagnostic {
    let party = fact.party;
    let (duty, situated) = (duty_of(finding), situated(finding));
    let paths = [wording.path(duty), wording.path(fact.other)];
    let message = format!(
        "{} is responsible for both `{}` and `{}`",
        wording.titles(&[party]),
        paths[0],
        paths[1],
    );
    let message = situated.end(wording, message);
    let mut subject = wording.subject(Some(duty));
    subject.duties.push(paths[1].to_owned());
    subject.roles = Roles::only(Role::Responsible);
    subject.parties = wording.names(&[party]);
    let separate = &wording.model.separates[fact.separate];
    let mut told = Diagnostic::new(
        Code::NotSeparate,
        separate.head,
        message,
        "must be kept apart",
    );
    for (grant, path) in fact.grants.iter().zip(paths) {
        if let Some(grant) = grant {
            let place = wording.place(grant.claim, Some(grant.grant), situated.example());
            let who = wording.titles(wording.parties(*grant));
            told = told.and(place, format!("`{path}`: {who}"));
        }
    }
    let why = separate.because.as_ref();
    told.about(subject)
        .maybe_help(wording.membership(&fact.involved))
        .maybe_help(why.map(|why| format!("kept apart because \"{}\"", visible(why))))
        .help("give one of them to another party")
}

pub(super) fn both_sides(wording: &Wording<'_>, at: usize, duties: &[DutyId]) -> Diagnostic {
    let paths: Vec<String> = duties
        .iter()
        .map(|&duty| wording.path(duty).to_owned())
        .collect();
    let message = match paths.as_slice() {
        [only] => format!("`{only}` is on both sides: a duty cannot be kept apart from itself"),
        [first, rest @ ..] => format!(
            "`{first}` and {} other {} are on both sides: a duty cannot be kept apart from itself",
            rest.len(),
            if rest.len() == 1 { "duty" } else { "duties" }
        ),
        [] => String::new(),
    };
    let mut subject = wording.subject(None);
    subject.duties = paths;
    let head = wording.model.separates[at].head;
    Diagnostic::new(Code::NotSeparate, head, message, "")
        .about(subject)
        .help("name each duty on one side only")
}

pub(super) fn more_not_separate(wording: &Wording<'_>, at: usize) -> Diagnostic {
    let head = wording.model.separates[at].head;
    let message =
        format!("this `separate` fails for more pairs of duties: the first {MAX_PAIRS} are listed");
    Diagnostic::new(Code::NotSeparate, head, message, "")
        .about(wording.subject(None))
        .help("give the duties of one side to another party")
}

pub(super) fn more_ensure_fails(wording: &Wording<'_>, at: usize) -> Diagnostic {
    let head = wording.model.ensures[at].head;
    let message = "this `ensure` fails for more duties than are listed";
    Diagnostic::new(Code::EnsureFails, head, message, "")
        .about(wording.subject(None))
        .help("name fewer duties, or give them to other parties")
}

pub(super) fn allows_nothing(
    wording: &Wording<'_>,
    at: usize,
    claims: &[(ClaimId, DutyId)],
) -> Diagnostic {
    let allow = &wording.model.allows[at];
    let mut told = Diagnostic::new(
        Code::AllowNothing,
        allow.head,
        "this `allow` has no effect",
        "",
    )
    .about(wording.subject(None))
    .knowing(Facts::Removable { harmless: true });
    for &(claim, duty) in claims {
        let all: Vec<usize> = (0..wording.model.claim(claim).grants.len()).collect();
        let holds = wording.grant_text(claim, &all);
        let text = format!("`{}`: {holds}", wording.short_path(duty));
        told = told.and(wording.model.claim(claim).head, text);
    }
    let is_wider = |(claim, _): &&(ClaimId, DutyId)| {
        wording.model.claim(*claim).duties.len() > allow.duties.len()
    };
    match claims.iter().find(is_wider) {
        Some((_, duty)) => told.help(format!(
            "if the gap is meant, leave it out of that claim: `except {}`; else remove this `allow`",
            wording.short_path(*duty)
        )),
        None => told.help("no finding is left for it; remove this `allow`"),
    }
}
