//! Grants that say the same of the same situations: a generated file may have thousands of them on one
//! duty, and what one of them clashes with, or repeats, the others do too.
//!
//! In: the grants of a duty. Out: groups, each named by its first grant, in the order of these.

use rustc_hash::FxHashMap;

use super::state::ActiveGrant;
use crate::model::{Model, PartyId, Role, Roles};
use crate::space::Region;

/// Grants that say the same.
#[derive(Debug)]
pub(super) struct Alike {
    /// In their order; at least one.
    pub all: Vec<ActiveGrant>,
}

impl Alike {
    /// The first of them.
    pub(super) fn first(&self) -> ActiveGrant {
        self.all[0]
    }
}

/// What makes two grants alike. Two ways to support are different.
type Key<'m> = (Region, Roles, &'m [PartyId], Option<&'m str>);

/// The groups, in the order of their first grants.
pub(super) fn groups(model: &Model, grants: impl Iterator<Item = ActiveGrant>) -> Vec<Alike> {
    let mut places: FxHashMap<Key<'_>, usize> = FxHashMap::default();
    let mut groups: Vec<Alike> = Vec::new();
    for grant in grants {
        let text = model.claim(grant.claim).text.as_deref();
        let text = text.filter(|_| grant.roles.has(Role::Supports));
        let key = (grant.region, grant.roles, grant.parties(model), text);
        let at = *places.entry(key).or_insert_with(|| {
            groups.push(Alike { all: Vec::new() });
            groups.len() - 1
        });
        groups[at].all.push(grant);
    }
    groups
}
