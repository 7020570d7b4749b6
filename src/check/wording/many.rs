//! Many findings of one kind on one duty, told as one: how many, and the worst of them.

use rustc_hash::FxHashSet;

use super::situated::Situated;
use super::{MAX_LABELS, Wording, duty_of};
use crate::check::finding::{Count, Fact, Finding, GrantRef, Many};
use crate::diagnostic::{Code, Diagnostic, Facts};
use crate::model::PartyId;
use crate::role::Roles;

pub(super) fn many(wording: &Wording<'_>, finding: &Finding, many: &Many) -> Diagnostic {
    let duty = duty_of(finding);
    let (path, times) = (wording.path(duty), times(many.count));
    let message = match finding.code {
        Code::Overlap => {
            format!("`{path}` is claimed more than once: its claims overlap in {times}")
        }
        Code::Contradiction => {
            format!("`{path}` is assigned to somebody and to nobody at once, in {times}")
        }
        _ => format!("parties get the same role on `{path}` twice, in {times}"),
    };
    let declared = wording.model.duty(duty).decl.span;
    let shown = format!("the {} largest are shown", many.worst.len());
    let mut told = Diagnostic::new(finding.code, declared, message, shown);
    let mut subject = wording.subject(Some(duty));
    let mut labelled = FxHashSet::default();
    let mut parties: Vec<PartyId> = Vec::new();
    for (place, (fact, described)) in ["the largest", "the next", "the next"]
        .into_iter()
        .zip(&many.worst)
    {
        let kind = (finding.code, duty);
        let one = Finding::in_situations(kind, None, described.clone(), fact.clone());
        let one = wording.fact(&one);
        for label in std::iter::once(one.primary).chain(one.related) {
            if labelled.len() < 2 * MAX_LABELS && labelled.insert(label.span) {
                told = told.and(label.span, label.text);
            }
        }
        let (who, roles) = held_by(wording, fact);
        subject.roles = subject.roles.or(roles);
        let line = format!("{place}: {}", wording.titles(&who));
        let line = if matches!(fact, Fact::Contradiction { .. } | Fact::NobodyTwice { .. }) {
            format!("{line} and nobody")
        } else {
            line
        };
        told = told.help(Situated::of(described).end(wording, line));
        parties.extend(who);
    }
    parties.sort_unstable();
    parties.dedup();
    subject.parties = wording.names(&parties);
    let facts = Facts::Many {
        count: many.count.number,
    };
    told.about(subject)
        .help(advice(finding.code))
        .knowing(facts)
}

fn times(count: Count) -> String {
    if count.more {
        format!("more than {} ways", count.number)
    } else {
        format!("{} ways", count.number)
    }
}

fn advice(code: Code) -> &'static str {
    match code {
        Code::Redundant => "remove the claims that repeat another",
        _ => {
            "restrict the claims with `when` so that no two of them hold at once; `otherwise` can \
             give what is left"
        }
    }
}

/// The parties that a fault is about, and the roles.
fn held_by(wording: &Wording<'_>, fact: &Fact) -> (Vec<PartyId>, Roles) {
    let mut parties: Vec<PartyId> = match fact {
        Fact::Overlap { grants, .. } => {
            let parties = grants.iter().flat_map(|it| wording.parties(*it).to_vec());
            parties.collect()
        }
        Fact::Contradiction { other, .. } => {
            let grants = other.grants.iter().map(|&grant| GrantRef {
                claim: other.claim,
                grant,
            });
            grants.flat_map(|it| wording.parties(it).to_vec()).collect()
        }
        Fact::Repeated(it) => vec![it.party],
        _ => Vec::new(),
    };
    let mut known = FxHashSet::default();
    parties.retain(|it| known.insert(*it));
    let roles = match fact {
        Fact::Overlap { roles, .. } => *roles,
        Fact::Repeated(it) => it.more.or(it.less),
        Fact::Contradiction { .. } => Roles::OWNER,
        _ => Roles::default(),
    };
    (parties, roles)
}
