//! Duties that nobody holds, and duties that could not be decided.

use super::situated::situated;
use super::{Wording, duty_of};
use crate::check::finding::{Finding, Miss, NearMiss, Question};
use crate::diagnostic::{Code, Diagnostic, Facts};
use crate::model::PartyId;
use crate::role::{Role, Roles};
use crate::source::Span;
use crate::space::{AxisId, AxisNames as _};
use crate::syntax::ast::Verb;
use crate::syntax::made::{TO_WRITE, claim};
use crate::syntax::writer;

/// What a gap lacks: the roles, and a label.
fn lacking(code: Code) -> (Roles, &'static str) {
    match code {
        Code::GapResponsible => (Roles::only(Role::Responsible), "nobody is responsible"),
        Code::GapAccountable => (Roles::only(Role::Accountable), "nobody is accountable"),
        _ => (Roles::OWNER, "nobody is responsible or accountable"),
    }
}

pub(super) fn gap(
    wording: &Wording<'_>,
    finding: &Finding,
    near: &[NearMiss],
    blanks: &[Span],
) -> Diagnostic {
    let (duty, situated) = (duty_of(finding), situated(finding));
    let (roles, label) = lacking(finding.code);
    let verb = Verb::giving(roles);
    let does = writer::verb_words(verb, 1);
    let message = format!("nobody {does} `{}`", wording.path(duty));
    let message = situated.end(wording, message);
    let label = format!("{label}{}", situated.example_for(wording));
    let mut subject = wording.subject(Some(duty));
    subject.roles = roles;
    let declared = wording.model.duty(duty).decl.span;
    let mut told = Diagnostic::new(finding.code, declared, message, label).about(subject);
    if !near.is_empty() {
        for blank in blanks {
            told = told.and(*blank, "no claim in this cell");
        }
    }
    let mut near_misses = Vec::with_capacity(near.len());
    for miss in near {
        let (at, text) = near_miss(wording, miss, situated.example());
        near_misses.push(at);
        told = told.and(at, text);
    }
    let party = likeliest(wording, near);
    let name = party.map_or("somebody", |party| wording.name(party));
    let path = wording.short_path(duty);
    let add = |condition| writer::claim(&claim(&[name], verb, &[path], condition));
    let shown = situated.condition();
    let condition = shown.when();
    let help = match (shown.is_long(), finding.code == Code::Gap) {
        (false, true) => {
            let nobody = claim(&["nobody"], Verb::Owns, &[path], condition).because(TO_WRITE);
            let (add, nobody) = (add(condition), writer::claim(&nobody));
            format!("add `{add}`, or say why not: `{nobody}`")
        }
        (false, false) => format!("add `{}`", add(condition)),
        (true, true) => {
            let rest = writer::claim(&claim(&[name], verb, &[path], None).otherwise());
            format!("give what is left to one party: `{rest}`; or let its claims test fewer axes")
        }
        (true, false) => {
            "let its claims test fewer axes, or give the role without a condition".to_owned()
        }
    };
    let facts = Facts::Gap {
        likeliest: party.map(|party| wording.name(party).to_owned()),
        near_misses,
    };
    told.help(help).knowing(facts)
}

/// A claim that nearly covers a gap: where it is, and what it says instead.
fn near_miss(wording: &Wording<'_>, it: &NearMiss, example: &[(AxisId, u32)]) -> (Span, String) {
    match &it.miss {
        Miss::Excepted(at) => (*at, "left out here".to_owned()),
        Miss::Elsewhere(grant, when) => {
            let text = wording.grant_text(it.claim, &[*grant]);
            let text = match when {
                Some(when) => format!("{text}, when `{when}`"),
                None => text,
            };
            (wording.place(it.claim, Some(*grant), example), text)
        }
    }
}

/// The most likely party for the duty: one that nearly covers it, else one that the model mentions.
fn likeliest(wording: &Wording<'_>, near: &[NearMiss]) -> Option<PartyId> {
    let model = wording.model;
    let first = |it: &NearMiss| {
        model
            .claim(it.claim)
            .grants
            .first()?
            .parties
            .first()
            .copied()
    };
    let used = || model.used_parties().map(|(id, _)| id).next();
    let any = || (!model.parties.is_empty()).then_some(PartyId(0));
    near.iter().find_map(first).or_else(used).or_else(any)
}

pub(super) fn not_decided(
    wording: &Wording<'_>,
    finding: &Finding,
    open: &[Question],
    axes: &[AxisId],
) -> Diagnostic {
    let duty = duty_of(finding);
    let name = |axis: &AxisId| format!("`{}`", wording.model.axis(*axis));
    let axes: Vec<String> = axes.iter().map(name).collect();
    let message = format!(
        "the statements about `{}` have conditions that are too complex to check",
        wording.path(duty)
    );
    let declared = wording.model.duty(duty).decl.span;
    let label = if open.contains(&Question::State) {
        "this duty was not checked".to_owned()
    } else {
        let open: Vec<&str> = open.iter().copied().map(asked).collect();
        format!("not decided: {}", open.join("; "))
    };
    Diagnostic::new(finding.code, declared, message, label)
        .about(wording.subject(Some(duty)))
        .help(format!(
            "statements about it depend on {}: split the duty, or use fewer axes",
            axes.join(", ")
        ))
}

/// What a question asks.
fn asked(question: Question) -> &'static str {
    match question {
        Question::State => "where its claims apply",
        Question::Gaps => "whether somebody holds it in every situation",
        Question::Overlaps => "whether several parties hold it",
        Question::Contradictions => "whether somebody and nobody hold it at once",
        Question::Shares => "whether its shares say who does what",
        Question::Ensures => "whether it meets each `ensure`",
        Question::Separates => "whether it is kept apart from others",
    }
}

pub(super) fn situations_not_decided(wording: &Wording<'_>) -> Diagnostic {
    let decl = &wording.model.decl;
    let message = format!(
        "the `impossible` statements of `{}` are too complex to check",
        decl.name
    );
    let label = "none of its duties were checked";
    Diagnostic::new(Code::NotDecided, decl.span, message, label)
        .about(wording.subject(None))
        .help("use fewer axes in the `impossible` statements")
}
