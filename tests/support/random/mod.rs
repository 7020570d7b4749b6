//! Random models: as text for the compiler, and as data for a judge that lists every situation.

mod layout;
mod strategies;
mod text;

use srmc::diagnostic::Code;
use srmc::model::Role;

pub use layout::{Layout, Node, Targets};
pub use strategies::{sound, spec};
pub use text::tag;

/// Number of parties in a model.
pub const PARTIES: usize = 3;

/// What a condition asks of an axis.
#[derive(Clone, Debug)]
pub enum Test {
    Is(usize),
    IsNot(usize),
    In(Vec<usize>),
    /// From a value to the same or a later one.
    Range(usize, usize),
}

/// A condition.
#[derive(Clone, Debug)]
pub enum Cond {
    Always,
    Test(usize, Test),
    Not(Box<Cond>),
    And(Box<Cond>, Box<Cond>),
    Or(Box<Cond>, Box<Cond>),
}

/// What a claim says, or an `ensure`.
#[derive(Clone, Debug)]
pub enum Says {
    Owns(usize),
    Share(Vec<usize>),
    Role(Vec<usize>, Role),
    Nobody,
}

/// What an `ensure` asks for.
#[derive(Clone, Debug)]
pub enum Requirement {
    Claim(Says, Targets),
    Never(usize, Targets),
    /// A party, an axis, and the first and last value of the range over which it grows.
    Monotone(usize, usize, (usize, usize)),
}

/// What an `allow` names.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Allowed {
    Gap,
    Overlap,
    Code(Code),
}

/// How long an `allow` holds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum End {
    Never,
    /// Its last day is today.
    Today,
    /// Its last day has passed.
    Past,
}

/// A cell of a `table by`: `None` is blank, an empty list is `n/a`, several parties share.
pub type Cell = Option<Vec<usize>>;
/// A cell of a `raci`: letters, each perhaps with a `+`.
pub type Letters = Vec<(Role, bool)>;

/// What a statement says.
#[derive(Clone, Debug)]
pub enum Kind {
    /// A claim; a share may say what each of its parties does.
    Claim {
        says: Says,
        targets: Targets,
        otherwise: bool,
        parts: bool,
    },
    /// A `table by`: the values of its columns, and a cell for each in each row.
    Grid {
        axis: usize,
        columns: Vec<usize>,
        rows: Vec<(usize, Vec<Cell>)>,
        parts: bool,
    },
    /// A `raci`: in each row a cell for each party.
    Raci {
        rows: Vec<(usize, Vec<Letters>)>,
    },
    Ensure(Requirement),
    /// Sides without a common duty.
    Separate(Targets, Targets),
    Allow {
        what: Allowed,
        targets: Targets,
        end: End,
    },
}

/// One statement.
#[derive(Clone, Debug)]
pub struct Statement {
    /// The area that it is in.
    pub home: Option<usize>,
    pub when: Cond,
    pub kind: Kind,
}

/// A model; it prints as a file.
#[derive(Clone)]
pub struct Spec {
    /// The number of values of each axis; 0 is an option.
    pub axes: Vec<usize>,
    /// For each party, the parties that it joins; only earlier ones.
    pub joins: Vec<Vec<usize>>,
    /// The area of each duty.
    pub layout: Layout,
    /// The `when` of each duty.
    pub duties: Vec<Cond>,
    pub impossible: Vec<Cond>,
    pub statements: Vec<Statement>,
}

impl std::fmt::Debug for Spec {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "\n{}", self.text())
    }
}

impl Spec {
    /// Every situation: a value for each axis.
    pub fn situations(&self) -> Vec<Vec<usize>> {
        (0..self.axes.len()).fold(vec![Vec::new()], |known, axis| {
            known
                .iter()
                .flat_map(|start: &Vec<usize>| {
                    (0..self.size(axis)).map(|value| start.iter().copied().chain([value]).collect())
                })
                .collect()
        })
    }

    /// Whether no `impossible` excludes a situation.
    pub fn is_possible(&self, situation: &[usize]) -> bool {
        !self.impossible.iter().any(|cond| cond.holds(situation))
    }

    /// A party and, of a group, its members.
    pub fn with_members(&self, party: usize) -> Vec<usize> {
        let mut everybody: Vec<usize> = self.joins[party]
            .iter()
            .flat_map(|&member| self.with_members(member))
            .chain([party])
            .collect();
        everybody.sort_unstable();
        everybody.dedup();
        everybody
    }
}

impl Cond {
    /// Whether it holds in a situation.
    pub fn holds(&self, situation: &[usize]) -> bool {
        match self {
            Self::Always => true,
            Self::Test(axis, test) => test.holds(situation[*axis]),
            Self::Not(inner) => !inner.holds(situation),
            Self::And(a, b) => a.holds(situation) && b.holds(situation),
            Self::Or(a, b) => a.holds(situation) || b.holds(situation),
        }
    }
}

impl Test {
    fn holds(&self, value: usize) -> bool {
        match self {
            Self::Is(wanted) => value == *wanted,
            Self::IsNot(unwanted) => value != *unwanted,
            Self::In(list) => list.contains(&value),
            Self::Range(first, last) => (*first..=*last).contains(&value),
        }
    }
}

impl Allowed {
    /// Whether it accepts findings of this kind.
    pub fn silences(self, code: Code) -> bool {
        match self {
            Self::Gap => matches!(
                code,
                Code::Gap | Code::GapResponsible | Code::GapAccountable
            ),
            Self::Overlap => code == Code::Overlap,
            // Each code of a gap means any gap.
            Self::Code(Code::Gap | Code::GapResponsible | Code::GapAccountable) => {
                Self::Gap.silences(code)
            }
            Self::Code(allowed) => allowed == code,
        }
    }
}
