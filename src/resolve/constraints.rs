//! `impossible`, `ensure`, `separate` and `allow`.

use super::claims::says_nothing;
use super::conditions::{axis, maybe_when, value, when};
use super::parties::{Who, party, who};
use super::reader::ModelReader;
use super::targets::targets;
use super::{fields, wording};
use crate::diagnostic::Code;
use crate::model::{Allow, Allowed, AreaId, DutyId, Ensure, Impossible, Requirement, Separate};
use crate::space::AxisId;
use crate::syntax::ast::{self, Path, Text, Verb};

/// The warnings that are about a duty and so can be allowed.
pub const ALLOWABLE: &[Code] = &[Code::ShareParts, Code::Redundant];

/// Reads an `impossible`.
pub(super) fn impossible<'s>(reader: &mut ModelReader<'_, 's>, it: &ast::Impossible<'s>) {
    fields::annotations(reader, &it.fields);
    match when(reader, &it.when) {
        Some(when) => {
            let because = reason(reader, it.because.as_ref());
            reader.model.impossible.push(Impossible {
                span: it.span,
                when,
                because,
            });
        }
        // The set of possible situations is unknown: any gap may be in an impossible one.
        None => reader.model.uncertain = true,
    }
}

/// The reason of a constraint, which may be left out but not be empty.
fn reason(reader: &mut ModelReader<'_, '_>, because: Option<&Text<'_>>) -> Option<String> {
    let text = because?;
    if fields::is_blank(text) {
        reader.report_blank([text]);
        return None;
    }
    Some(text.node.to_string())
}

/// Reads an `ensure`.
pub(super) fn ensure<'s>(
    reader: &mut ModelReader<'_, 's>,
    it: &ast::Ensure<'s>,
    area: Option<AreaId>,
) {
    fields::annotations(reader, &it.fields);
    let requirement = requirement(reader, &it.requirement, area);
    let when = maybe_when(reader, it.when.as_ref());
    if let (Some((requirement, duties)), Some(when)) = (requirement, when) {
        let because = reason(reader, it.because.as_ref());
        reader.model.ensures.push(Ensure {
            head: it.head,
            requirement,
            duties,
            when,
            because,
        });
    }
}

fn requirement<'s>(
    reader: &mut ModelReader<'_, 's>,
    requirement: &ast::Requirement<'s>,
    area: Option<AreaId>,
) -> Option<(Requirement, Vec<DutyId>)> {
    match requirement {
        ast::Requirement::Claim(list, verb, targets) => {
            let who = who(reader, list);
            let targets = targets_of_constraint(reader, targets, area);
            let requirement = match (who?, verb) {
                (Who::Nobody, Verb::Owns) => Requirement::Nobody,
                (Who::Nobody, _) => {
                    let nobody = list.first()?;
                    reader.faults.push(wording::nobody_only_owns(nobody.span));
                    return None;
                }
                (Who::Parties(parties), Verb::Owns) => Requirement::Owns(*parties.first()?),
                (Who::Parties(parties), Verb::Share) => Requirement::Share(parties),
                (Who::Parties(parties), Verb::Is(role)) => Requirement::Role(parties, *role),
            };
            Some((requirement, targets?))
        }
        ast::Requirement::Never(path, targets) => {
            let party = party(reader, path);
            let targets = targets_of_constraint(reader, targets, area);
            Some((Requirement::Never(party?), targets?))
        }
        ast::Requirement::Monotone {
            party: who,
            axis: along,
            from,
            to,
        } => {
            let (party, axis) = (party(reader, who), axis(reader, along));
            let steps = axis.and_then(|axis| steps(reader, axis, from, to));
            let all = reader.model.duties().map(|(id, _)| id).collect();
            Some((Requirement::Monotone(party?, axis?, steps?), all))
        }
    }
}

/// The values from one to another, in declared or reverse order.
fn steps<'s>(
    reader: &mut ModelReader<'_, 's>,
    axis: AxisId,
    from: &Path<'s>,
    to: &Path<'s>,
) -> Option<Vec<u32>> {
    let (first, last) = (value(reader, axis, from), value(reader, axis, to));
    let (first, last) = (first?, last?);
    if first == last {
        reader.faults.push(wording::nothing_grows(from, to));
        return None;
    }
    Some(if first < last {
        (first..=last).collect()
    } else {
        (last..=first).rev().collect()
    })
}

/// The duties of a constraint. A constraint claims nothing, so a wrong name in it makes no duty
/// uncertain.
fn targets_of_constraint<'s>(
    reader: &mut ModelReader<'_, 's>,
    list: &ast::Targets<'s>,
    area: Option<AreaId>,
) -> Option<Vec<DutyId>> {
    let doubts: Vec<bool> = reader
        .model
        .duties
        .iter()
        .map(|duty| duty.uncertain)
        .collect();
    let model_doubt = reader.model.uncertain;
    let targets = targets(reader, list, area);
    if !targets.faulty {
        return Some(targets.duties);
    }
    reader.model.uncertain = model_doubt;
    for (duty, doubt) in reader.model.duties.iter_mut().zip(doubts) {
        duty.uncertain = doubt;
    }
    None
}

/// Reads a `separate`.
pub(super) fn separate<'s>(
    reader: &mut ModelReader<'_, 's>,
    it: &ast::Separate<'s>,
    area: Option<AreaId>,
) {
    fields::annotations(reader, &it.fields);
    let left = targets_of_constraint(reader, &it.left, area);
    let right = targets_of_constraint(reader, &it.right, area);
    let when = maybe_when(reader, it.when.as_ref());
    let (Some(left), Some(right), Some(when)) = (left, right, when) else {
        return;
    };
    let because = reason(reader, it.because.as_ref());
    reader.model.separates.push(Separate {
        head: it.head,
        left,
        right,
        when,
        because,
    });
}

/// Reads an `allow`.
pub(super) fn allow<'s>(
    reader: &mut ModelReader<'_, 's>,
    it: &ast::Allow<'s>,
    area: Option<AreaId>,
) {
    fields::annotations(reader, &it.fields);
    let what = allowed(reader, &it.finding);
    let targets = targets(reader, &it.targets, area);
    let when = maybe_when(reader, it.when.as_ref());
    let (Some(what), Some(when), false) = (what, when, targets.faulty) else {
        // The finding that it was meant to accept would only be noise next to this fault.
        return reader.doubt(&targets.duties);
    };
    let of_error = match what {
        Allowed::Gap => Some("a gap"),
        Allowed::Overlap => Some("an overlap"),
        Allowed::Code(_) => None,
    };
    if let (None, Some(symbol)) = (&it.until, of_error) {
        reader
            .faults
            .push(wording::allow_without_end(symbol, it.head));
        return reader.doubt(&targets.duties);
    }
    if says_nothing(&it.because.node) {
        reader
            .faults
            .push(wording::allow_without_reason(it.because.span));
    }
    let until = it.until.as_ref();
    reader.model.allows.push(Allow {
        head: it.head,
        what,
        duties: targets.duties,
        when,
        because: it.because.node.to_string(),
        until: until.and_then(|until| until.node.map(|day| (day, until.span))),
    });
}

/// What an `allow` accepts; `None` after a fault, which is reported.
fn allowed(reader: &mut ModelReader<'_, '_>, finding: &Path<'_>) -> Option<Allowed> {
    match finding.node {
        "gap" => return Some(Allowed::Gap),
        "overlap" => return Some(Allowed::Overlap),
        _ => {}
    }
    let code = Code::find(finding.node);
    let is_of_duty = |code: &Code| {
        use Code::{Gap, GapAccountable, GapResponsible, Overlap};
        matches!(code, Gap | GapResponsible | GapAccountable | Overlap) || ALLOWABLE.contains(code)
    };
    let allowed = code.filter(is_of_duty).map(|code| match code {
        // Each code of a gap means any gap.
        Code::Gap | Code::GapResponsible | Code::GapAccountable => Allowed::Gap,
        Code::Overlap => Allowed::Overlap,
        other => Allowed::Code(other),
    });
    if allowed.is_none() {
        reader.faults.push(wording::not_allowable(finding));
    }
    allowed
}
