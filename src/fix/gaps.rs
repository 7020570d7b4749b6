//! A duty that nobody holds: somebody takes it, or nobody is to.

use super::{About, Applicability, Fix, FixContext};
use crate::diagnostic::Code;
use crate::model::Role;
use crate::syntax::ast::Verb;
use crate::syntax::made::{TO_WRITE, claim};

/// At most so many parties are offered a duty.
const MAX_PARTIES: usize = 6;

/// Who could take the duty, the likeliest first, and that nobody does. Only where a claim of the
/// likeliest nearly covers the gap is it more than a guess.
pub(super) fn fixes(
    context: &FixContext<'_>,
    about: &About<'_>,
    likeliest: Option<&str>,
    is_near: bool,
) -> Vec<Fix> {
    let (verb, role) = match about.code {
        Code::GapResponsible => (Verb::Is(Role::Responsible), Some(Role::Responsible)),
        Code::GapAccountable => (Verb::Is(Role::Accountable), Some(Role::Accountable)),
        _ => (Verb::Owns, None),
    };
    let is_likeliest = |name: &str| likeliest == Some(name);
    let mut parties: Vec<_> = about.model.parties.iter().collect();
    parties.sort_by_key(|party| (!is_likeliest(&party.decl.name), !party.used));
    let give = |party: &crate::model::Party| {
        let decl = &party.decl;
        let statement = claim(&[&decl.name], verb, &[about.short], about.when);
        let edit = context.add_claim(about, &statement)?;
        let title = match role {
            Some(role) => {
                let (word, preposition) = (role.word(), role.preposition());
                format!("Make {} {word} {preposition} {}", decl.title, about.told())
            }
            None => format!("Let {} own {}", decl.title, about.told()),
        };
        let fix = if is_likeliest(&decl.name) && is_near {
            Fix::new(Applicability::Unsafe, title, [edit])
        } else {
            Fix::new(Applicability::Choice, title, [edit])
        };
        Some(Fix {
            preferred: is_likeliest(&decl.name),
            ..fix
        })
    };
    let mut fixes: Vec<Fix> = parties
        .into_iter()
        .take(MAX_PARTIES)
        .filter_map(give)
        .collect();
    if about.code == Code::Gap {
        let nobody = claim(&["nobody"], Verb::Owns, &[about.short], about.when).because(TO_WRITE);
        let title = format!("Let nobody own {}, with a reason", about.told());
        let edit = context.add_claim(about, &nobody);
        fixes.extend(edit.map(|edit| Fix::new(Applicability::Draft, title, [edit])));
    }
    fixes
}
