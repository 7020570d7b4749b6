//! Groups: which members a `joins` names, and groups that contain themselves.
//!
//! In: the parties that one file or one model declares. Out: a finding for each unknown member and
//! each circle. Always: the work is in proportion to the number of members.

use rustc_hash::FxHashMap;

use super::scope::address;
use super::wording;
use crate::diagnostic::Diagnostic;
use crate::syntax::ast::{Item, Party, Path, Value};

/// The parties among some statements.
pub(super) fn parties<'a, 's>(items: &'a [Item<'s>]) -> impl Iterator<Item = &'a Party<'s>> {
    items.iter().filter_map(|item| match item {
        Item::Party(it) => Some(it),
        _ => None,
    })
}

/// The members that a party names.
pub(super) fn joins<'p, 's>(party: &'p Party<'s>) -> impl Iterator<Item = &'p Path<'s>> {
    party.fields.iter().flat_map(|field| match &field.value {
        Value::Paths(paths) => paths.as_slice(),
        _ => &[],
    })
}

/// Reports each circle among groups that are declared together; what they join elsewhere cannot
/// lead back to them. A group in two circles is reported once.
pub(super) fn circles<'a, 's>(items: &'a [Item<'s>], faults: &mut Vec<Diagnostic>) {
    let groups: Vec<&Party<'s>> = parties(items).collect();
    let places = groups.iter().enumerate();
    // Of two declarations of one name, which is a finding of its own, the first counts.
    let places: FxHashMap<&str, usize> = places
        .rev()
        .map(|(at, group)| (group.name.node, at))
        .collect();
    let mut walk = Walk {
        members: groups
            .iter()
            .map(|group| {
                let members = joins(group);
                members
                    .filter_map(|path| Some((path, *places.get(path.node)?)))
                    .collect()
            })
            .collect(),
        state: vec![State::New; groups.len()],
        told: vec![false; groups.len()],
    };
    for at in 0..groups.len() {
        for (first, circle) in walk.from(at) {
            let name = groups[first].name.node;
            faults.push(wording::group_cycle(name, &circle, circle[0].span));
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    /// On the way from the group where the walk began.
    Open,
    Done,
}

/// A walk over groups, depth first, without recursion.
struct Walk<'a, 's> {
    /// The members of each group, and the group that each of them is.
    members: Vec<Vec<(&'a Path<'s>, usize)>>,
    state: Vec<State>,
    /// Whether a group stands in a circle already reported.
    told: Vec<bool>,
}

impl<'a, 's> Walk<'a, 's> {
    /// The circles met from a group on: each begins with the group declared first.
    fn from(&mut self, start: usize) -> Vec<(usize, Vec<&'a Path<'s>>)> {
        let mut circles = Vec::new();
        if self.state[start] != State::New {
            return circles;
        }
        // Each group on the way, and which of its members comes next.
        let mut way: Vec<(usize, usize)> = vec![(start, 0)];
        self.state[start] = State::Open;
        while let Some((group, next)) = way.last_mut() {
            let Some(&(_, member)) = self.members[*group].get(*next) else {
                self.state[*group] = State::Done;
                way.pop();
                continue;
            };
            *next += 1;
            match self.state[member] {
                State::New => {
                    self.state[member] = State::Open;
                    way.push((member, 0));
                }
                State::Open => circles.extend(self.circle(&way, member)),
                State::Done => {}
            }
        }
        circles
    }

    /// The part of the way that a member closes to a circle; `None` if one of its groups is in a
    /// circle already reported.
    fn circle(
        &mut self,
        way: &[(usize, usize)],
        member: usize,
    ) -> Option<(usize, Vec<&'a Path<'s>>)> {
        let begin = way.iter().position(|(group, _)| *group == member)?;
        let mut steps = way[begin..].to_vec();
        if steps.iter().any(|(group, _)| self.told[*group]) {
            return None;
        }
        for (group, _) in &steps {
            self.told[*group] = true;
        }
        let first = steps.iter().map(|(group, _)| *group).enumerate();
        let (turn, _) = first.min_by_key(|(_, group)| *group)?;
        steps.rotate_left(turn);
        let names = steps
            .iter()
            .map(|&(group, next)| self.members[group][next - 1].0);
        Some((steps[0].0, names.collect()))
    }
}

/// Addresses of the members that the groups of a file name, by a lookup of names; unknown names are
/// passed on.
pub(super) fn joined<'a, 's: 'a>(
    items: &[Item<'s>],
    find: impl Fn(&str) -> Option<&'a Party<'s>>,
    mut unknown: impl FnMut(&Path<'s>),
) -> Vec<usize> {
    let mut members = Vec::new();
    for member in parties(items).flat_map(joins) {
        match find(member.node) {
            Some(decl) => members.push(address(decl)),
            None => unknown(member),
        }
    }
    members
}
