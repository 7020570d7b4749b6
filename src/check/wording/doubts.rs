//! Doubtful things: repeated grants, shares without parts, duties filled only by `otherwise`.

use super::situated::{Situated, situated};
use super::{MAX_LABELS, Wording, duty_of};
use crate::check::describe::DescribedRegion;
use crate::check::finding::{Finding, GrantRef, Repeated};
use crate::diagnostic::{Code, Diagnostic, Facts, FilledDuty};
use crate::model::{ClaimId, DutyId, Form, Grant, PartyId};
use crate::role::Roles;
use crate::source::Span;
use crate::syntax::made::{TO_WRITE, part};
use crate::syntax::writer;

/// Maximum number of duties listed by a finding.
const MAX_LISTED: usize = 20;

pub(super) fn repeated(wording: &Wording<'_>, finding: &Finding, fact: &Repeated) -> Diagnostic {
    let Repeated {
        party,
        more,
        less,
        claims,
    } = fact;
    let (duty, situated) = (duty_of(finding), situated(finding));
    let (path, title) = (wording.path(duty), wording.titles(&[*party]));
    let phrase = more.phrase();
    let message = match (more == less, claims.len()) {
        (true, 0..=2) => format!("{title} {phrase} `{path}` twice"),
        (true, n) => format!("{title} {phrase} `{path}` {n} times"),
        (false, _) => format!("{title} {phrase} `{path}`, and {} as well", less.words()),
    };
    let message = situated.end(wording, message);
    let mut subject = wording.subject(Some(duty));
    subject.roles = more.or(*less);
    subject.parties = wording.names(&[*party]);
    // The redundant one comes first.
    let order = if more == less {
        vec![*more]
    } else {
        vec![*less, *more]
    };
    let labels = places(wording, *party, claims, &order, situated.example());
    let mut labels = labels.into_iter();
    let declared = wording.model.duty(duty).decl.span;
    let (at, text) = labels.next().unwrap_or((declared, String::new()));
    let told = Diagnostic::new(Code::Redundant, at, message, text).about(subject);
    let told = labels.fold(told, |told, (at, text)| told.and(at, text));
    told.help(match (more == less, claims.len()) {
        (true, 0..=2) => "remove one of the two",
        (true, _) => "keep one of them",
        (false, _) => {
            "being responsible or accountable already implies this; remove the weaker role"
        }
    })
}

/// Where claims give a party these roles, the later ones first; a few of them.
fn places(
    wording: &Wording<'_>,
    party: PartyId,
    claims: &[ClaimId],
    order: &[Roles],
    example: &[(crate::space::AxisId, u32)],
) -> Vec<(Span, String)> {
    let mut labels: Vec<(Span, String)> = Vec::new();
    for &roles in order {
        for &claim in claims.iter().rev() {
            let gives = |grant: &Grant| {
                !grant.roles.and(roles).is_empty() && grant.parties.contains(&party)
            };
            let Some(grant) = wording.model.claim(claim).grants.iter().position(gives) else {
                continue;
            };
            let at = wording.place_of(GrantRef { claim, grant }, roles, example);
            if !labels.iter().any(|(known, _)| *known == at) {
                labels.push((at, roles.words()));
            }
            if labels.len() == MAX_LABELS {
                return labels;
            }
        }
    }
    labels
}

/// Maximum number of duties named by one note.
const MAX_NAMED: usize = 5;

pub(super) fn repeats_not_decided(wording: &Wording<'_>, duties: &[DutyId]) -> Diagnostic {
    let paths: Vec<String> = duties
        .iter()
        .map(|&it| wording.path(it).to_owned())
        .collect();
    let count = match paths.len() {
        1 => "1 duty".to_owned(),
        many => format!("{many} duties"),
    };
    let message = format!("whether claims repeat a role was not checked for {count}");
    let named: Vec<String> = paths
        .iter()
        .take(MAX_NAMED)
        .map(|it| format!("`{it}`"))
        .collect();
    let more = match paths.len().saturating_sub(MAX_NAMED) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let mut subject = wording.subject(None);
    subject.duties = paths;
    Diagnostic::new(
        Code::RepeatsNotDecided,
        wording.model.decl.span,
        message,
        "",
    )
    .about(subject)
    .help(format!(
        "too many claims overlap on {}{more}: mend that first",
        named.join(", ")
    ))
}

pub(super) fn nobody_twice(
    wording: &Wording<'_>,
    finding: &Finding,
    earlier: ClaimId,
    later: ClaimId,
) -> Diagnostic {
    let (duty, situated) = (duty_of(finding), situated(finding));
    let message = format!("two claims say that nobody owns `{}`", wording.path(duty));
    let message = situated.end(wording, message);
    let at = wording.place(later, None, situated.example());
    Diagnostic::new(Code::Redundant, at, message, "again here")
        .about(wording.subject(Some(duty)))
        .and(
            wording.place(earlier, None, situated.example()),
            "first here",
        )
        .help("remove one of the two")
}

pub(super) fn silent_share(
    wording: &Wording<'_>,
    finding: &Finding,
    grants: &[GrantRef],
) -> Diagnostic {
    let (duty, situated) = (duty_of(finding), situated(finding));
    let path = wording.path(duty);
    let message = format!("`{path}` is shared without saying who does what");
    let message = situated.end(wording, message);
    let mut parties: Vec<PartyId> = grants
        .iter()
        .flat_map(|&grant| without_part(wording, grant))
        .collect();
    parties.sort_unstable();
    parties.dedup();
    let mut subject = wording.subject(Some(duty));
    subject.parties = wording.names(&parties);
    let label = |&grant: &GrantRef| {
        let silent = wording.titles(&without_part(wording, grant));
        (
            wording.model.claim(grant.claim).head,
            format!("no part for {silent}"),
        )
    };
    let mut labels = grants.iter().take(MAX_LABELS).map(label);
    let declared = wording.model.duty(duty).decl.span;
    let (at, text) = labels.next().unwrap_or((declared, String::new()));
    let told = Diagnostic::new(Code::ShareParts, at, message, text).about(subject);
    let told = labels.fold(told, |told, (at, text)| told.and(at, text));
    let in_table = |grant: &GrantRef| !wording.model.claim(grant.claim).cells.is_empty();
    let parts = |between: &str| {
        let part = |&party: &PartyId| writer::part(&part(wording.name(party), TO_WRITE));
        parties.iter().map(part).collect::<Vec<_>>().join(between)
    };
    let help = if grants.iter().any(in_table) {
        format!(
            "write each party's part in a footnote of the cell: `{}`",
            parts(", ")
        )
    } else {
        format!("add each party's part: `{{ {} }}`", parts("  "))
    };
    told.help(help).knowing(silent_facts(wording, grants))
}

/// The first share that lacks parts, for the fix that adds them.
fn silent_facts(wording: &Wording<'_>, grants: &[GrantRef]) -> Facts {
    let Some(&grant) = grants.first() else {
        return Facts::None;
    };
    let claim = wording.model.claim(grant.claim);
    Facts::SilentShare {
        claim: claim.head,
        cells: claim.cells.iter().map(|(.., span)| *span).collect(),
        parties: wording.names(&without_part(wording, grant)),
    }
}

/// The parties of a share that have no part.
fn without_part(wording: &Wording<'_>, grant: GrantRef) -> Vec<PartyId> {
    let parts = &wording.model.claim(grant.claim).parts;
    let parties = wording.parties(grant).iter().copied();
    parties
        .filter(|&party| parts.iter().all(|part| part.party != party))
        .collect()
}

pub(super) fn filled(
    wording: &Wording<'_>,
    claim: ClaimId,
    rows: &[(DutyId, Option<DescribedRegion>)],
) -> Diagnostic {
    let it = wording.model.claim(claim);
    let (duties, are) = match rows.len() {
        1 => ("1 duty".to_owned(), "is"),
        n => (format!("{n} duties"), "are"),
    };
    let message = if it.form == Form::Nobody {
        format!("only `otherwise` says that nobody owns {duties}")
    } else {
        let parties = it.grants.first().map_or(&[][..], |grant| &grant.parties);
        format!(
            "{duties} {are} assigned to {} only by `otherwise`",
            wording.titles(parties)
        )
    };
    let line = |(duty, described): &(DutyId, Option<DescribedRegion>)| {
        let path = format!("`{}`", wording.path(*duty));
        match described {
            Some(described) => Situated::of(described).end(wording, path),
            None => format!("{path}, in situations too complex to list"),
        }
    };
    let mut told = Diagnostic::new(Code::Filled, it.head, message, "").about(wording.subject(None));
    told.help = rows.iter().take(MAX_LISTED).map(line).collect();
    let more = rows.len().saturating_sub(MAX_LISTED);
    if more > 0 {
        told.help.push(format!("and {more} more"));
    }
    let row = |(duty, described): &(DutyId, Option<DescribedRegion>)| FilledDuty {
        duty: wording.path(*duty).to_owned(),
        situations: described.as_ref().map(|it| it.situations.clone()),
    };
    told.knowing(Facts::Filled(rows.iter().map(row).collect()))
}

pub(super) fn no_duty(wording: &Wording<'_>) -> Diagnostic {
    let decl = &wording.model.decl;
    let message = format!("the model `{}` has no duty", decl.name);
    Diagnostic::new(Code::NoDuty, decl.span, message, "")
        .about(wording.subject(None))
        .help("declare one with `duty name \"Title\"`")
}
