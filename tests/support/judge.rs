//! A second judge, naive on purpose: it lists every situation and applies the rules of section 5
//! of the language word by word.

use srmc::model::Role;

use super::random::{Says, Spec, Statement};

/// One role that a statement gives to some parties jointly.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    pub statement: usize,
    pub role: Role,
    pub parties: Vec<usize>,
}

/// What the rules say of one duty in one situation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Verdict {
    pub holders: Vec<(usize, Role)>,
    pub gap: bool,
    pub gap_responsible: bool,
    pub gap_accountable: bool,
    pub overlap: bool,
    pub contradiction: bool,
    pub redundant: bool,
    /// An `otherwise` gives it to somebody.
    pub filled: bool,
}

/// The verdict on a duty in a situation; `None` where the duty does not exist.
pub fn judge(spec: &Spec, duty: usize, situation: &[usize]) -> Option<Verdict> {
    if spec.impossible.iter().any(|cond| cond.holds(situation)) || !spec.duties[duty].holds(situation) {
        return None;
    }
    let (mut units, mut nobodies) = (Vec::new(), Vec::new());
    let mut decided = false;
    for otherwise in [false, true] {
        // Rule 1: `otherwise` is in force only where no other claim decides.
        if otherwise && decided {
            continue;
        }
        for (at, statement) in spec.statements.iter().enumerate() {
            if is_otherwise(statement) == otherwise {
                collect(at, statement, duty, situation, &mut units, &mut nobodies);
            }
        }
        decided = !nobodies.is_empty() || units.iter().any(|unit: &Unit| owning(unit.role));
    }
    Some(verdict(spec, &units, &nobodies))
}

fn is_otherwise(statement: &Statement) -> bool {
    matches!(statement, Statement::Claim { otherwise: true, .. })
}

fn owning(role: Role) -> bool {
    matches!(role, Role::Responsible | Role::Accountable)
}

fn collect(at: usize, statement: &Statement, duty: usize, situation: &[usize], units: &mut Vec<Unit>, nobodies: &mut Vec<usize>) {
    let mut give = |role, parties: Vec<usize>| units.push(Unit { statement: at, role, parties });
    match statement {
        Statement::Claim { says, duties, except, all, when, .. } => {
            let named = if *all { !except.contains(&duty) } else { duties.contains(&duty) };
            if !named || !when.holds(situation) {
                return;
            }
            match says {
                Says::Owns(party) => {
                    give(Role::Responsible, vec![*party]);
                    give(Role::Accountable, vec![*party]);
                }
                Says::Share(parties) => {
                    give(Role::Responsible, parties.clone());
                    give(Role::Accountable, parties.clone());
                }
                Says::Role(party, role) => give(*role, vec![*party]),
                Says::Nobody => nobodies.push(at),
            }
        }
        Statement::Grid { duty: of, axis, when, cells } => {
            if *of != duty || !when.holds(situation) {
                return;
            }
            match &cells[situation[*axis]] {
                None => {}
                Some(parties) if parties.is_empty() => nobodies.push(at),
                Some(parties) => {
                    give(Role::Responsible, parties.clone());
                    give(Role::Accountable, parties.clone());
                }
            }
        }
        Statement::Raci { duty: of, when, letters } => {
            if *of != duty || !when.holds(situation) {
                return;
            }
            for role in Role::ALL {
                let with = |wanted: bool| -> Vec<usize> {
                    let cells = letters.iter().enumerate();
                    cells.filter(|(_, cell)| cell.contains(&(role, wanted))).map(|(party, _)| party).collect()
                };
                for party in with(false) {
                    give(role, vec![party]);
                }
                if !with(true).is_empty() {
                    give(role, with(true));
                }
            }
        }
    }
}

fn verdict(spec: &Spec, units: &[Unit], nobodies: &[usize]) -> Verdict {
    let mut verdict = Verdict::default();
    let holds = |role| units.iter().any(|unit| unit.role == role);
    let (does, answers) = (holds(Role::Responsible), holds(Role::Accountable));
    if nobodies.is_empty() {
        verdict.gap = !does && !answers;
        verdict.gap_responsible = !does && answers;
        verdict.gap_accountable = does && !answers;
    }
    verdict.contradiction = !nobodies.is_empty() && (does || answers);
    for (at, a) in units.iter().enumerate() {
        for b in &units[..at] {
            let mut both: Vec<usize> = a.parties.iter().chain(&b.parties).copied().collect();
            both.sort_unstable();
            both.dedup();
            verdict.overlap |= a.role == b.role && owning(a.role) && both.len() > 1;
        }
    }
    let mut redundant = nobodies.len() > 1;
    for (at, a) in units.iter().enumerate() {
        for b in &units[..at] {
            let shared = a.parties.iter().any(|party| b.parties.contains(party));
            let same = a.role == b.role;
            let lesser = owning(a.role) != owning(b.role);
            redundant |= shared && (same || lesser) && !verdict.overlap;
        }
    }
    verdict.redundant = redundant;
    for unit in units {
        for &party in &unit.parties {
            if !verdict.holders.contains(&(party, unit.role)) {
                verdict.holders.push((party, unit.role));
            }
        }
    }
    verdict.holders.sort_unstable();
    let mut deciding = units.iter().filter(|unit| owning(unit.role)).map(|unit| unit.statement).chain(nobodies.iter().copied());
    verdict.filled = deciding.any(|at| is_otherwise(&spec.statements[at]));
    verdict
}
