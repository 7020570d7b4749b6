//! Fixes for a duty that nobody holds: give it to a party, or declare it nobody's.

use super::{About, Applicability, Fix};
use crate::model::{Party, Roles};
use crate::syntax::ast::Verb;
use crate::syntax::made::{TO_WRITE, claim};

/// Maximum number of parties offered for a duty.
const MAX_PARTIES: usize = 6;

/// One fix for each party that could take the duty, the likeliest first, and one for nobody. The
/// likeliest one is more than a guess only if one of its claims nearly covers the gap.
pub(super) fn fixes(about: &About<'_>, likeliest: Option<&str>, is_near: bool) -> Vec<Fix> {
    let verb = Verb::giving(about.roles);
    let is_likeliest = |name: &str| likeliest == Some(name);
    let mut parties: Vec<_> = about.model.parties.iter().collect();
    parties.sort_by_key(|party| (!is_likeliest(&party.decl.name), !party.used));
    let give = |party: &Party| {
        let decl = &party.decl;
        let edit = about.add_claim(&claim(&[&decl.name], verb, &[about.short], about.when))?;
        let title = match verb {
            Verb::Is(role) => {
                let (word, preposition) = (role.word(), role.preposition());
                format!("Make {} {word} {preposition} {}", decl.title, about.told())
            }
            _ => format!("Let {} own {}", decl.title, about.told()),
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
        let nobody = claim(&["nobody"], Verb::Owns, &[about.short], about.when).because(TO_WRITE);
        let title = format!("Assign {} to nobody, with a reason", about.told());
        let edit = about.add_claim(&nobody);
        fixes.extend(edit.map(|edit| Fix::new(Applicability::Draft, title, [edit])));
    }
    fixes
}
