//! From claims as written to claims on duties.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{Annotations, AreaId, Claim, Form, Grant, Part, PartyId, Role, Roles};
use crate::syntax::ast::{self, Path, Verb};

use super::structure::ModelBuilder;
use super::symbols::SymbolKind;
use super::unknown;

/// The parties of a statement.
pub enum Who {
    /// These.
    Parties(Vec<PartyId>),
    /// Nobody.
    Nobody,
}

impl<'s> ModelBuilder<'_, 's> {
    /// The party of this name; `None` after a fault, which is reported.
    pub(super) fn party(&mut self, path: &Path<'s>) -> Option<PartyId> {
        let Some(&id) = self.party_ids.get(path.node) else {
            if !self.excused(path.node) {
                let names = self.party_ids.keys().map(String::as_str);
                self.faults
                    .push(unknown(Code::UnknownParty, "party", path, names));
            }
            return None;
        };
        let declared = self.model.party(id).decl.span;
        self.mentions
            .add(SymbolKind::Party, path.span, path.node, declared);
        self.mention(id);
        Some(id)
    }

    fn mention(&mut self, id: PartyId) {
        let everybody: Vec<PartyId> = self.model.with_members(id).collect();
        for party in everybody {
            self.model.parties[party.0 as usize].used = true;
        }
    }

    /// All parties of a list, or `nobody`; `None` after a fault, which is reported.
    pub(super) fn who(&mut self, list: &[Path<'s>]) -> Option<Who> {
        if let Some(nobody) = list.iter().find(|path| path.node == "nobody") {
            if list.len() > 1 {
                let fault =
                    Diagnostic::new(Code::OneParty, nobody.span, "`nobody` stands alone", "");
                self.faults.push(fault);
                return None;
            }
            return Some(Who::Nobody);
        }
        let read: Vec<Option<PartyId>> = list.iter().map(|path| self.party(path)).collect();
        let mut parties = Vec::new();
        for party in read {
            let party = party?;
            if !parties.contains(&party) {
                parties.push(party);
            }
        }
        Some(Who::Parties(parties))
    }

    pub(super) fn claim(&mut self, it: &ast::Claim<'s>, area: Option<AreaId>) {
        let before = self.faults.len();
        let who = self.who(&it.who);
        let targets = self.targets(&it.targets, area);
        let when = self.maybe_when(it.when.as_ref());
        let more = it.more.as_deref();
        let notes = more.map_or_else(Annotations::default, |more| self.notes(&more.fields));
        if it.faulty {
            // Half a statement says nothing to be blamed for.
            self.faults.truncate(before);
        }
        let (Some(who), Some(when), false) = (who, when, it.faulty) else {
            let excepted = targets.excepted.iter().map(|(duty, _)| *duty);
            let all: Vec<_> = targets.duties.iter().copied().chain(excepted).collect();
            return self.doubt(&all);
        };
        let (form, grants) = self.grants(it, who);
        let (parts, parts_lost) = self.parts(it, form, &grants);
        let because = more.and_then(|more| more.because.as_ref());
        if form == Form::Nobody
            && it.verb == Verb::Owns
            && because.is_none_or(|text| says_nothing(&text.node))
        {
            let message =
                "`nobody` without a reason: a reader cannot tell a decision from an oversight";
            let help = if because.is_some() {
                "write the reason in place of the dots"
            } else {
                "add `because \"…\"`"
            };
            self.faults
                .push(Diagnostic::new(Code::NoReason, it.head, message, "").help(help));
        }
        self.model.claims.push(Claim {
            head: it.head,
            cells: Box::default(),
            form,
            otherwise: it.otherwise,
            when,
            duties: targets.duties.into(),
            excepted: targets.excepted.into(),
            grants: grants.into(),
            parts: parts.into(),
            text: more
                .and_then(|more| more.text.as_ref())
                .map(|text| text.node.as_ref().into()),
            because: because.map(|text| text.node.as_ref().into()),
            until: more
                .and_then(|more| more.until.as_ref())
                .and_then(|until| until.node.map(|day| (day, until.span))),
            notes,
            faulty: targets.faulty || parts_lost,
        });
    }

    /// What a claim gives to whom.
    fn grants(&mut self, it: &ast::Claim<'s>, who: Who) -> (Form, Vec<Grant>) {
        let Who::Parties(parties) = who else {
            if it.verb != Verb::Owns {
                let fault = Diagnostic::new(Code::OneParty, it.head, "`nobody` can only own", "");
                self.faults
                    .push(fault.help("write `nobody owns …`, or leave the claim out"));
            }
            return (Form::Nobody, Vec::new());
        };
        match it.verb {
            Verb::Owns => (Form::Owns, vec![Grant::owner(parties)]),
            Verb::Share => (Form::Share, vec![Grant::owner(parties)]),
            Verb::Is(role) => {
                let roles = Roles::only(role);
                let each = |party| Grant {
                    roles,
                    parties: Box::new([party]),
                    letters: Box::default(),
                };
                (Form::Role(role), parties.into_iter().map(each).collect())
            }
        }
    }

    /// The parts of a share, and whether some could not be read.
    fn parts(&mut self, it: &ast::Claim<'s>, form: Form, grants: &[Grant]) -> (Vec<Part>, bool) {
        let (mut parts, mut lost) = (Vec::new(), it.parts_lost);
        for part in it.more.iter().flat_map(|more| &more.parts) {
            let Some(party) = self.party(&part.party) else {
                lost = true;
                continue;
            };
            let takes_part =
                form == Form::Share && grants.iter().any(|grant| grant.parties.contains(&party));
            if takes_part && says_nothing(&part.text.node) {
                continue;
            }
            if takes_part {
                parts.push(Part {
                    party,
                    text: part.text.node.to_string(),
                });
                continue;
            }
            let (message, help) = if form == Form::Share {
                (
                    format!("`{}` is not one of this share's parties", part.party.node),
                    "name it before `share`, or remove its part",
                )
            } else {
                (
                    "only a share has parts".to_owned(),
                    "write the text behind the targets, or a `note`",
                )
            };
            self.faults
                .push(Diagnostic::new(Code::StrayPart, part.party.span, message, "").help(help));
            lost = true;
        }
        (parts, lost)
    }
}

/// Whether a text is still to be written: nothing, or the dots that stand for it.
pub(super) fn says_nothing(text: &str) -> bool {
    matches!(text.trim(), "" | "…" | "...")
}

/// The grants of one RACI row: a letter with `+` is held jointly with the row's other such letters.
pub fn row_grants(letters: &[(PartyId, &ast::Letter)]) -> Vec<Grant> {
    let mut grants: Vec<Grant> = Vec::new();
    for role in Role::ALL {
        let of_role: Vec<_> = letters
            .iter()
            .filter(|(_, letter)| letter.role == role)
            .collect();
        let joint: Vec<PartyId> = of_role
            .iter()
            .filter(|(_, letter)| letter.joint)
            .map(|(party, _)| *party)
            .collect();
        let first_joint = of_role
            .iter()
            .find(|(_, letter)| letter.joint)
            .map(|(_, letter)| letter.span);
        let alone = of_role
            .iter()
            .filter(|(_, letter)| !letter.joint)
            .map(|(party, letter)| (vec![*party], letter.span));
        for (parties, span) in alone.chain(first_joint.map(|span| (joint, span))) {
            let letters = vec![(role, span)];
            match grants.iter_mut().find(|grant| *grant.parties == *parties) {
                Some(grant) => {
                    grant.roles = grant.roles.or(Roles::only(role));
                    grant.letters = grant.letters.iter().copied().chain(letters).collect();
                }
                None => grants.push(Grant {
                    roles: Roles::only(role),
                    parties: parties.into(),
                    letters: letters.into(),
                }),
            }
        }
    }
    grants
}
