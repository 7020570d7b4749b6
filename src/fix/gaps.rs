//! Fixes for a duty that nobody holds: give it to a party, or declare it nobody's.

use super::{About, Applicability, Fix};
use crate::model::{Party, Roles};
use crate::syntax::ast::{Claim, Verb};
use crate::syntax::made::{TO_WRITE, claim};

/// Maximum number of parties offered for a duty.
const MAX_PARTIES: usize = 6;

/// One fix for each party that could take the duty, the likeliest first, and one for nobody. The
/// likeliest one is more than a guess only if one of its claims nearly covers the gap.
pub(super) fn fixes(about: &About<'_>, likeliest: Option<&str>, is_near: bool) -> Vec<Fix> {
    let verb = Verb::giving(about.roles);
    // A claim on what is left says such situations, but it gives no single role.
    let rest = about.is_unsaid();
    if rest && about.roles != Roles::OWNER {
        return Vec::new();
    }
    let told = if rest {
        format!("what is left of `{}`", about.short)
    } else {
        about.told()
    };
    let when = about.when.filter(|_| !rest);
    let is_likeliest = |name: &str| likeliest == Some(name);
    let mut parties: Vec<_> = about.model.parties.iter().collect();
    parties.sort_by_key(|party| (!is_likeliest(&party.decl.name), !party.used));
    let give = |party: &Party| {
        let decl = &party.decl;
        let edit = about.add_claim(&made(&decl.name, verb, about.short, (when, rest)))?;
        let title = match verb {
            Verb::Is(role) => {
                let (word, preposition) = (role.word(), role.preposition());
                format!("Make {} {word} {preposition} {told}", decl.title)
            }
            _ => format!("Let {} own {told}", decl.title),
        };
        let applicability = if is_likeliest(&decl.name) && is_near {
            Applicability::Unsafe
        } else {
            Applicability::Choice
        };
        Some(Fix::new(applicability, title, [edit]).preferred(is_likeliest(&decl.name)))
    };
    let offered = parties.into_iter().take(MAX_PARTIES);
    let mut fixes: Vec<Fix> = offered.filter_map(give).collect();
    if about.roles == Roles::OWNER {
        let title = format!("Assign {told} to nobody, with a reason");
        let nobody = made("nobody", Verb::Owns, about.short, (when, rest));
        let edit = about.add_claim(&nobody.because(TO_WRITE));
        fixes.extend(edit.map(|edit| Fix::new(Applicability::Draft, title, [edit])));
    }
    fixes
}

/// A claim on a duty, or on what other claims leave of it.
fn made<'a>(
    who: &'a str,
    verb: Verb,
    duty: &'a str,
    (when, is_rest): (Option<&'a str>, bool),
) -> Claim<'a> {
    let made = claim(&[who], verb, &[duty], when);
    if is_rest { made.otherwise() } else { made }
}
