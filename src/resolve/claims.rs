//! From claims as written to claims on duties.

use rustc_hash::FxHashMap;

use super::parties::{Who, party, who};
use super::reader::ModelReader;
use super::targets::targets;
use super::{conditions, fields, wording};
use crate::diagnostic::trimmed;
use crate::model::{Annotations, AreaId, Claim, Form, Grant, Part, PartyId, Role, Roles};
use crate::source::Span;
use crate::syntax::ast::{self, Verb};

/// Reads a claim.
pub(super) fn read<'s>(
    reader: &mut ModelReader<'_, 's>,
    it: &ast::Claim<'s>,
    area: Option<AreaId>,
) {
    let before = reader.faults.len();
    let who = who(reader, &it.who);
    let targets = targets(reader, &it.targets, area);
    let when = conditions::maybe_when(reader, it.when.as_ref());
    let more = it.more.as_deref();
    let notes = more.map_or_else(Annotations::default, |more| {
        fields::annotations(reader, &more.fields)
    });
    if it.faulty {
        // Faults found in an incomplete statement are not reported.
        reader.faults.truncate(before);
    }
    let (Some(who), Some(when), false) = (who, when, it.faulty) else {
        let excepted = targets.excepted.iter().map(|(duty, _)| *duty);
        let all: Vec<_> = targets.duties.iter().copied().chain(excepted).collect();
        return reader.doubt(&all);
    };
    if matches!(who, Who::Nobody) && it.verb != Verb::Owns {
        reader.faults.push(wording::nobody_only_owns(it.head));
        return reader.doubt(&targets.duties);
    }
    let (form, grants) = grants(it, who);
    let (parts, parts_lost) = parts(reader, it, form, &grants);
    let because = more.and_then(|more| more.because.as_ref());
    if form == Form::Nobody {
        let has_no_reason = because.is_none_or(|text| says_nothing(&text.node));
        let fault = wording::nobody_without_reason(it.head, because.is_some());
        reader
            .faults
            .extend((has_no_reason && !it.parts_lost).then_some(fault));
    }
    let text = more.and_then(|more| more.text.as_ref());
    let blank = [text, because.filter(|_| form != Form::Nobody)];
    reader.report_blank(blank.into_iter().flatten());
    let [text, because] = [text, because].map(|text| text.filter(|text| !fields::is_blank(text)));
    let until = more.and_then(|more| more.until.as_ref());
    reader.model.claims.push(Claim {
        head: it.head,
        cells: Box::default(),
        form,
        otherwise: it.otherwise,
        when,
        duties: targets.duties.into(),
        excepted: targets.excepted.into(),
        grants: grants.into(),
        parts: parts.into(),
        text: text.map(|text| text.node.as_ref().into()),
        because: because.map(|text| text.node.as_ref().into()),
        until: until.and_then(|until| until.node.map(|day| (day, until.span))),
        notes,
        faulty: targets.faulty || parts_lost,
    });
}

/// Which roles a claim gives to whom.
fn grants(it: &ast::Claim<'_>, who: Who) -> (Form, Vec<Grant>) {
    let Who::Parties(parties) = who else {
        return (Form::Nobody, Vec::new());
    };
    match it.verb {
        Verb::Owns => (Form::Owns, vec![Grant::owner(parties)]),
        Verb::Share => (Form::Share, vec![Grant::owner(parties)]),
        Verb::Is(role) => {
            let each = |party| Grant {
                roles: Roles::only(role),
                parties: Box::new([party]),
                letters: Box::default(),
            };
            (Form::Role(role), parties.into_iter().map(each).collect())
        }
    }
}

/// The parts of a share, and whether some could not be read.
fn parts<'s>(
    reader: &mut ModelReader<'_, 's>,
    it: &ast::Claim<'s>,
    form: Form,
    grants: &[Grant],
) -> (Vec<Part>, bool) {
    let (mut parts, mut lost) = (Vec::new(), it.parts_lost);
    for part in it.more.iter().flat_map(|more| &more.parts) {
        let Some(party) = party(reader, &part.party) else {
            lost = true;
            continue;
        };
        let shares = form == Form::Share;
        if !shares || !grants.iter().any(|grant| grant.parties.contains(&party)) {
            reader.faults.push(wording::stray_part(&part.party, shares));
            lost = true;
        } else if !says_nothing(&part.text.node) {
            let text = part.text.node.to_string();
            parts.push(Part { party, text });
        }
    }
    (parts, lost)
}

/// Whether a text is missing: empty, or just the placeholder dots.
pub(super) fn says_nothing(text: &str) -> bool {
    matches!(trimmed(text), "" | "…" | "...")
}

/// The grants of one RACI row: the parties with a `+` on the same letter hold that role jointly.
pub(super) fn row_grants(letters: &[(PartyId, &ast::Letter)]) -> Vec<Grant> {
    let mut grants: Vec<Grant> = Vec::new();
    let mut places: FxHashMap<Vec<PartyId>, usize> = FxHashMap::default();
    for role in Role::ALL {
        let of_role = || letters.iter().filter(|(_, letter)| letter.role == role);
        let joint = || of_role().filter(|(_, letter)| letter.joint);
        let alone = of_role().filter(|(_, letter)| !letter.joint);
        let alone = alone.map(|(party, letter)| (vec![*party], letter.span));
        let together: Vec<PartyId> = joint().map(|(party, _)| *party).collect();
        let first_joint = joint().next().map(|(_, letter)| letter.span);
        for (parties, span) in alone.chain(first_joint.map(|span| (together, span))) {
            let at = places.entry(parties.clone()).or_insert(grants.len());
            add_letter(&mut grants, *at, parties, (role, span));
        }
    }
    grants
}

/// Gives one more role to parties, whose grant is at a place of the list or comes next.
fn add_letter(grants: &mut Vec<Grant>, at: usize, parties: Vec<PartyId>, letter: (Role, Span)) {
    let roles = Roles::only(letter.0);
    match grants.get_mut(at) {
        Some(grant) => {
            grant.roles = grant.roles.or(roles);
            grant.letters = grant.letters.iter().copied().chain([letter]).collect();
        }
        None => grants.push(Grant {
            roles,
            parties: parties.into(),
            letters: Box::new([letter]),
        }),
    }
}
