//! A share that does not say what each of its parties does (section 5, rule 7); reported once per
//! duty.

use jiff::civil::Date;

use super::acceptance;
use super::context::Context;
use super::finding::{Fact, Finding, GrantRef};
use super::state::ActiveGrant;
use crate::diagnostic::Code;
use crate::model::{DutyId, Form, Model, PartyId};

/// The shares of a duty that lack a part.
pub(super) fn findings(
    context: &Context,
    model: &Model,
    today: Date,
    duty: DutyId,
) -> Vec<Finding> {
    let claims = context.claims_of(duty);
    if !claims.iter().any(|&id| model.claim(id).form == Form::Share) {
        return Vec::new();
    }
    let Some(state) = context.state(model, duty) else {
        return Vec::new();
    };
    let silent: Vec<&ActiveGrant> = state
        .grants
        .iter()
        .filter(|grant| is_silent(model, grant))
        .collect();
    if silent.is_empty() {
        return Vec::new();
    }
    let region = context
        .store
        .union_all(silent.iter().map(|grant| grant.region));
    let silent: Vec<GrantRef> = silent.into_iter().map(Into::into).collect();
    let part = (Code::ShareParts, duty, region);
    acceptance::findings(context, model, today, part, |_| {
        Fact::SilentShare(silent.clone())
    })
}

/// Whether a share lacks the part of one of its parties.
fn is_silent(model: &Model, grant: &ActiveGrant) -> bool {
    let claim = model.claim(grant.claim);
    let has_part = |party: &PartyId| claim.parts.iter().any(|part| part.party == *party);
    claim.form == Form::Share && !claim.faulty && !grant.parties(model).iter().all(has_part)
}
