//! A second, deliberately naive implementation of the check: it lists every situation and applies
//! the rules of sections 5 and 7 of the language literally.

use std::collections::BTreeSet;

use srmc::diagnostic::Code;
use srmc::model::Role;

use super::random::{End, Kind, Requirement, Says, Spec, Statement, tag};

/// A finding in one situation: its kind, something it is about, and whether it is accepted. It is
/// about a party, a role, the reason of the constraint that fails, or nothing; a finding about
/// several has one mark for each.
pub type Mark = (Code, String, bool);

/// What the rules say of one duty in one situation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    /// Who holds which role.
    pub holders: BTreeSet<(usize, Role)>,
    /// Every finding.
    pub marks: BTreeSet<Mark>,
    /// Every `otherwise` that decides who holds it, by its reason.
    pub filled: BTreeSet<String>,
}

/// One role that a statement gives to some parties jointly.
#[derive(Clone, Debug)]
struct Unit {
    statement: usize,
    role: Role,
    parties: Vec<usize>,
}

/// What is in force for one duty in one situation.
#[derive(Default)]
struct Force {
    units: Vec<Unit>,
    /// The statements that say `nobody`.
    nobody: Vec<usize>,
    /// Whether a share lacks a part.
    silent: bool,
}

/// The verdict on a duty in a situation; `None` where the duty does not exist.
pub fn judge(spec: &Spec, duty: usize, situation: &[usize]) -> Option<Verdict> {
    let force = force(spec, duty, situation)?;
    let mut marks = marks(spec, &force, duty, situation);
    marks.extend(broken(spec, &force, duty, situation));
    let deciding = force
        .units
        .iter()
        .filter(|unit| is_owning(unit.role))
        .map(|unit| unit.statement)
        .chain(force.nobody.iter().copied());
    let filled = deciding
        .filter(|&at| is_otherwise(&spec.statements[at]))
        .map(tag)
        .collect();
    Some(Verdict {
        holders: force.holders().collect(),
        marks,
        filled,
    })
}

/// What is in force; `None` where the duty does not exist.
fn force(spec: &Spec, duty: usize, situation: &[usize]) -> Option<Force> {
    if !spec.is_possible(situation) || !spec.duties[duty].holds(situation) {
        return None;
    }
    let mut force = Force::default();
    for otherwise in [false, true] {
        // Rule 1: `otherwise` is in force only where no other claim decides.
        if otherwise
            && (!force.nobody.is_empty() || force.units.iter().any(|unit| is_owning(unit.role)))
        {
            continue;
        }
        for (at, statement) in spec.statements.iter().enumerate() {
            if is_otherwise(statement) == otherwise && statement.when.holds(situation) {
                force.add(spec, at, &statement.kind, duty, situation);
            }
        }
    }
    Some(force)
}

fn is_otherwise(statement: &Statement) -> bool {
    matches!(
        statement.kind,
        Kind::Claim {
            otherwise: true,
            ..
        }
    )
}

fn is_owning(role: Role) -> bool {
    matches!(role, Role::Responsible | Role::Accountable)
}

impl Force {
    fn add(&mut self, spec: &Spec, at: usize, kind: &Kind, duty: usize, situation: &[usize]) {
        match kind {
            Kind::Claim {
                says,
                targets,
                parts,
                ..
            } if targets.name(&spec.layout, duty) => self.claim(at, says, *parts),
            Kind::Grid {
                axis,
                columns,
                rows,
                parts,
            } => {
                let cells = rows
                    .iter()
                    .filter(|(of, _)| *of == duty)
                    .flat_map(|(_, cells)| columns.iter().zip(cells));
                match cells
                    .filter(|(value, _)| **value == situation[*axis])
                    .find_map(|(_, cell)| cell.as_ref())
                    .map(Vec::as_slice)
                {
                    None => {}
                    Some([]) => self.claim(at, &Says::Nobody, false),
                    Some([party]) => self.claim(at, &Says::Owns(*party), false),
                    Some(parties) => self.claim(at, &Says::Share(parties.to_vec()), *parts),
                }
            }
            Kind::Raci { rows } => {
                for (_, row) in rows.iter().filter(|(of, _)| *of == duty) {
                    for role in Role::ALL {
                        let with = |joint: bool| {
                            let cells = row.iter().enumerate();
                            cells
                                .filter(move |(_, letters)| letters.contains(&(role, joint)))
                                .map(|(party, _)| party)
                        };
                        with(false).for_each(|party| self.give(at, role, vec![party]));
                        self.give(at, role, with(true).collect());
                    }
                }
            }
            _ => {}
        }
    }

    /// Rule 2, and what the other verbs give.
    fn claim(&mut self, at: usize, says: &Says, parts: bool) {
        match says {
            Says::Owns(party) => self.own(at, &[*party]),
            Says::Share(parties) => {
                self.own(at, parties);
                self.silent |= !parts;
            }
            Says::Role(parties, role) => parties
                .iter()
                .for_each(|&party| self.give(at, *role, vec![party])),
            Says::Nobody => self.nobody.push(at),
        }
    }

    fn own(&mut self, at: usize, parties: &[usize]) {
        self.give(at, Role::Responsible, parties.to_vec());
        self.give(at, Role::Accountable, parties.to_vec());
    }

    fn give(&mut self, statement: usize, role: Role, parties: Vec<usize>) {
        if !parties.is_empty() {
            self.units.push(Unit {
                statement,
                role,
                parties,
            });
        }
    }

    fn holders(&self) -> impl Iterator<Item = (usize, Role)> + '_ {
        self.units
            .iter()
            .flat_map(|unit| unit.parties.iter().map(|&party| (party, unit.role)))
    }

    fn of(&self, role: Role) -> BTreeSet<usize> {
        self.holders()
            .filter(|(_, held)| *held == role)
            .map(|(party, _)| party)
            .collect()
    }
}

/// Rules 3 to 7, with what an `allow` in force accepts.
fn marks(spec: &Spec, force: &Force, duty: usize, situation: &[usize]) -> BTreeSet<Mark> {
    let mut found: BTreeSet<(Code, String)> = BTreeSet::new();
    let mut tell = |code: Code, about: &mut dyn Iterator<Item = String>| {
        found.insert((code, String::new()));
        found.extend(about.map(|about| (code, about)));
    };
    let name = |party: usize| format!("p{party}");
    let (does, answers) = (force.of(Role::Responsible), force.of(Role::Accountable));
    // Rule 3.
    if force.nobody.is_empty() {
        match (does.is_empty(), answers.is_empty()) {
            (true, true) => tell(Code::Gap, &mut std::iter::empty()),
            (true, false) => tell(Code::GapResponsible, &mut std::iter::empty()),
            (false, true) => tell(Code::GapAccountable, &mut std::iter::empty()),
            (false, false) => {}
        }
    }
    // Rule 4.
    let mut overlap = false;
    for (role, parties) in [(Role::Responsible, &does), (Role::Accountable, &answers)] {
        if parties.len() > 1 && force.units.iter().filter(|unit| unit.role == role).count() > 1 {
            overlap = true;
            tell(
                Code::Overlap,
                &mut parties
                    .iter()
                    .copied()
                    .map(name)
                    .chain([role.word().to_owned()]),
            );
        }
    }
    // Rule 5.
    let owners: BTreeSet<usize> = does.union(&answers).copied().collect();
    if !force.nobody.is_empty() && !owners.is_empty() {
        tell(Code::Contradiction, &mut owners.into_iter().map(name));
    }
    // Rule 6.
    if force.nobody.len() > 1 {
        tell(Code::Redundant, &mut std::iter::once("nobody".to_owned()));
    }
    for (at, a) in force.units.iter().enumerate().filter(|_| !overlap) {
        for b in force.units[..at]
            .iter()
            .filter(|b| a.role == b.role || is_owning(a.role) != is_owning(b.role))
        {
            for &party in a.parties.iter().filter(|party| b.parties.contains(party)) {
                tell(Code::Redundant, &mut std::iter::once(name(party)));
            }
        }
    }
    // Rule 7.
    if force.silent {
        tell(Code::ShareParts, &mut std::iter::empty());
    }
    found
        .into_iter()
        .map(|(code, about)| (code, about, is_accepted(spec, code, duty, situation)))
        .collect()
}

/// Whether an `allow` that still holds covers a finding. Their order does not matter.
fn is_accepted(spec: &Spec, code: Code, duty: usize, situation: &[usize]) -> bool {
    spec.statements.iter().any(|it| {
        let Kind::Allow { what, targets, end } = &it.kind else {
            return false;
        };
        what.silences(code)
            && *end != End::Past
            && targets.name(&spec.layout, duty)
            && it.when.holds(situation)
    })
}

/// Whether there is a finding about who holds the duty that no `allow` accepts: constraints are not
/// reported there.
fn is_faulty(spec: &Spec, force: &Force, duty: usize, situation: &[usize]) -> bool {
    let of_holding = [
        Code::Gap,
        Code::GapResponsible,
        Code::GapAccountable,
        Code::Overlap,
        Code::Contradiction,
    ];
    marks(spec, force, duty, situation)
        .iter()
        .any(|(code, _, accepted)| of_holding.contains(code) && !accepted)
}

/// Every constraint that does not hold of a duty (section 7).
fn broken(spec: &Spec, force: &Force, duty: usize, situation: &[usize]) -> Vec<Mark> {
    let faulty = is_faulty(spec, force, duty, situation);
    let mut broken = Vec::new();
    for (at, it) in spec
        .statements
        .iter()
        .enumerate()
        .filter(|(_, it)| it.when.holds(situation))
    {
        match &it.kind {
            Kind::Ensure(law) if !faulty => {
                let (code, holds) = match law {
                    Requirement::Claim(says, targets) => (
                        Code::EnsureFails,
                        !targets.name(&spec.layout, duty) || is_so(force, says),
                    ),
                    Requirement::Never(party, targets) => {
                        let owns = force
                            .holders()
                            .any(|(holder, role)| holder == *party && is_owning(role));
                        (
                            Code::EnsureFails,
                            !targets.name(&spec.layout, duty) || !owns,
                        )
                    }
                    Requirement::Monotone(party, axis, steps) => (
                        Code::Shrinks,
                        !shrinks(spec, it, (*party, *axis, *steps), duty, situation),
                    ),
                };
                if !holds {
                    broken.push((code, tag(at), false));
                }
            }
            Kind::Separate(left, right) if left.name(&spec.layout, duty) => {
                let is_right = |duty| right.name(&spec.layout, duty);
                let others = (0..spec.duties.len()).filter(|&other| other != duty);
                for other in others.filter(|&other| is_right(other)) {
                    let Some(there) = self::force(spec, other, situation) else {
                        continue;
                    };
                    let (here, there) = (everybody(spec, force), everybody(spec, &there));
                    let both = here.intersection(&there);
                    broken.extend(both.map(|party| {
                        (
                            Code::NotSeparate,
                            format!("{} {} p{party}", tag(at), spec.path(other)),
                            false,
                        )
                    }));
                }
            }
            _ => {}
        }
    }
    broken
}

/// Whether the requirement of an `ensure` holds: `owns` and `share` with nobody else, a role with
/// others or alone.
fn is_so(force: &Force, says: &Says) -> bool {
    let both = |wanted: &[usize]| {
        let wanted: BTreeSet<usize> = wanted.iter().copied().collect();
        force.of(Role::Responsible) == wanted && force.of(Role::Accountable) == wanted
    };
    match says {
        Says::Owns(party) => both(&[*party]),
        Says::Share(parties) => both(parties),
        Says::Nobody => both(&[]),
        Says::Role(parties, role) => parties.iter().all(|party| force.of(*role).contains(party)),
    }
}

/// Whether a party is no longer responsible, although it was at the last earlier value for which
/// the statement covers the duty, with all other axes unchanged.
fn shrinks(
    spec: &Spec,
    it: &Statement,
    law: (usize, usize, (usize, usize)),
    duty: usize,
    situation: &[usize],
) -> bool {
    let (party, axis, (from, to)) = law;
    let steps: Vec<usize> = if from < to {
        (from..=to).collect()
    } else {
        (to..=from).rev().collect()
    };
    let Some(here) = steps.iter().position(|&value| value == situation[axis]) else {
        return false;
    };
    let holds = |value: usize| -> Option<bool> {
        let mut there = situation.to_vec();
        there[axis] = value;
        let force = it
            .when
            .holds(&there)
            .then(|| force(spec, duty, &there))
            .flatten()?;
        (!is_faulty(spec, &force, duty, &there))
            .then(|| force.of(Role::Responsible).contains(&party))
    };
    let before = steps[..here].iter().rev().find_map(|&value| holds(value));
    before == Some(true) && holds(situation[axis]) == Some(false)
}

/// Everybody who is responsible, members of groups included.
fn everybody(spec: &Spec, force: &Force) -> BTreeSet<usize> {
    force
        .of(Role::Responsible)
        .into_iter()
        .flat_map(|party| spec.with_members(party))
        .collect()
}
