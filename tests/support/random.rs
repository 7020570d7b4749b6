//! Random models: as text for the compiler, and as data for a judge that lists every situation.

use proptest::prelude::*;
use srmc::model::Role;

/// A condition.
#[derive(Clone, Debug)]
pub enum Cond {
    Always,
    Test(usize, Vec<usize>),
    Not(Box<Cond>),
    And(Box<Cond>, Box<Cond>),
    Or(Box<Cond>, Box<Cond>),
}

/// What a claim says.
#[derive(Clone, Debug)]
pub enum Says {
    Owns(usize),
    Share(Vec<usize>),
    Role(usize, Role),
    Nobody,
}

/// One statement.
#[derive(Clone, Debug)]
pub enum Statement {
    /// A claim on duties, perhaps `otherwise`.
    Claim { says: Says, duties: Vec<usize>, except: Vec<usize>, all: bool, when: Cond, otherwise: bool },
    /// A row of a `table by`: a cell for each value; `None` says nothing, an empty list is `n/a`.
    Grid { duty: usize, axis: usize, when: Cond, cells: Vec<Option<Vec<usize>>> },
    /// A row of a `raci`: for each party its letters, each perhaps with a `+`.
    Raci { duty: usize, when: Cond, letters: Vec<Vec<(Role, bool)>> },
}

/// A model.
#[derive(Clone, Debug)]
pub struct Spec {
    /// The number of values of each axis; 0 is an option.
    pub axes: Vec<usize>,
    /// The `when` of each duty; the first half stands in the area `z`.
    pub duties: Vec<Cond>,
    pub impossible: Vec<Cond>,
    pub statements: Vec<Statement>,
}

pub const PARTIES: usize = 3;

impl Spec {
    fn size(&self, axis: usize) -> usize {
        self.axes[axis].max(2)
    }

    fn value(&self, axis: usize, value: usize) -> String {
        match (self.axes[axis], value) {
            (0, 0) => "no".into(),
            (0, _) => "yes".into(),
            _ => format!("v{value}"),
        }
    }

    fn cond(&self, cond: &Cond) -> String {
        match cond {
            Cond::Always => "m0 in { v0, v1 } or m0 = v0".into(),
            Cond::Test(axis, values) => {
                let names: Vec<String> = values.iter().map(|&value| self.value(*axis, value)).collect();
                match names.as_slice() {
                    [only] if self.axes[*axis] == 0 && only == "yes" => format!("m{axis}"),
                    [only] => format!("m{axis} = {only}"),
                    names => format!("m{axis} in {{ {} }}", names.join(", ")),
                }
            }
            Cond::Not(inner) => format!("not ({})", self.cond(inner)),
            Cond::And(a, b) => format!("({}) and ({})", self.cond(a), self.cond(b)),
            Cond::Or(a, b) => format!("({}) or ({})", self.cond(a), self.cond(b)),
        }
    }

    fn when(&self, cond: &Cond) -> String {
        if matches!(cond, Cond::Always) { String::new() } else { format!(" when {}", self.cond(cond)) }
    }

    fn duty(&self, duty: usize) -> String {
        if duty < self.duties.len().div_ceil(2) { format!("z.d{duty}") } else { format!("d{duty}") }
    }

    fn names(&self, duties: &[usize]) -> String {
        duties.iter().map(|&duty| self.duty(duty)).collect::<Vec<_>>().join(", ")
    }

    /// The model as a file.
    pub fn text(&self) -> String {
        let mut text = String::new();
        for party in 0..PARTIES {
            text.push_str(&format!("party p{party}\n"));
        }
        for (axis, &size) in self.axes.iter().enumerate() {
            let values: Vec<String> = (0..size).map(|value| format!("v{value}")).collect();
            text.push_str(&if size == 0 { format!("option m{axis}\n") } else { format!("axis m{axis} {{ {} }}\n", values.join(", ")) });
        }
        text.push_str("model m {\n  area z {\n");
        let half = self.duties.len().div_ceil(2);
        for (duty, when) in self.duties.iter().enumerate() {
            if duty == half {
                text.push_str("  }\n");
            }
            text.push_str(&format!("  duty d{duty}{}\n", self.when(when)));
        }
        if half == self.duties.len() {
            text.push_str("  }\n");
        }
        for cond in &self.impossible {
            text.push_str(&format!("  impossible when {}\n", self.cond(cond)));
        }
        for statement in &self.statements {
            text.push_str(&self.statement(statement));
        }
        text + "}\n"
    }

    fn statement(&self, statement: &Statement) -> String {
        match statement {
            Statement::Claim { says, duties, except, all, when, otherwise } => {
                let who = match says {
                    Says::Owns(party) => format!("p{party} owns"),
                    Says::Share(parties) => {
                        format!("{} share", parties.iter().map(|party| format!("p{party}")).collect::<Vec<_>>().join(", "))
                    }
                    Says::Nobody => "nobody owns".into(),
                    Says::Role(party, Role::Supports) => format!("p{party} supports"),
                    Says::Role(party, role) => {
                        let preposition = match role {
                            Role::Consulted => "on",
                            Role::Informed => "of",
                            _ => "for",
                        };
                        format!("p{party} is {} {preposition}", role.word())
                    }
                };
                let targets = if *all { "all".to_owned() } else { self.names(duties) };
                let except = if *all && !except.is_empty() { format!(" except {}", self.names(except)) } else { String::new() };
                let otherwise = if *otherwise { "otherwise " } else { "" };
                format!("  {otherwise}{who} {targets}{except}{} because \"x\"\n", self.when(when))
            }
            Statement::Grid { duty, axis, when, cells } => {
                let heads: Vec<String> = (0..self.size(*axis)).map(|value| self.value(*axis, value)).collect();
                let cells: Vec<String> = cells
                    .iter()
                    .map(|cell| match cell {
                        None => "-".into(),
                        Some(parties) if parties.is_empty() => "n/a[1]".into(),
                        Some(parties) => parties.iter().map(|party| format!("p{party}")).collect::<Vec<_>>().join(" + "),
                    })
                    .collect();
                format!(
                    "  table by m{axis}{} {{\n    | | {} |\n    | {} | {} |\n    [1] \"x\"\n  }}\n",
                    self.when(when),
                    heads.join(" | "),
                    self.duty(*duty),
                    cells.join(" | ")
                )
            }
            Statement::Raci { duty, when, letters } => {
                let heads: Vec<String> = (0..PARTIES).map(|party| format!("p{party}")).collect();
                let cells: Vec<String> = letters
                    .iter()
                    .map(|cell| cell.iter().map(|(role, joint)| format!("{}{}", role.letter(), if *joint { "+" } else { "" })).collect())
                    .collect();
                format!(
                    "  raci{} {{\n    | | {} |\n    | {} | {} |\n  }}\n",
                    self.when(when),
                    heads.join(" | "),
                    self.duty(*duty),
                    cells.join(" | ")
                )
            }
        }
    }

    /// Every situation: a value for each axis.
    pub fn situations(&self) -> Vec<Vec<usize>> {
        (0..self.axes.len()).fold(vec![Vec::new()], |known, axis| {
            known
                .iter()
                .flat_map(|start: &Vec<usize>| (0..self.size(axis)).map(|value| start.iter().copied().chain([value]).collect()))
                .collect()
        })
    }

    /// A situation by the names of axes and values.
    pub fn named(&self, situation: &[usize]) -> Vec<(String, String)> {
        situation.iter().enumerate().map(|(axis, &value)| (format!("m{axis}"), self.value(axis, value))).collect()
    }

    /// The full path of a duty.
    pub fn path(&self, duty: usize) -> String {
        self.duty(duty)
    }
}

impl Cond {
    /// Whether it holds in a situation.
    pub fn holds(&self, situation: &[usize]) -> bool {
        match self {
            Self::Always => true,
            Self::Test(axis, values) => values.contains(&situation[*axis]),
            Self::Not(inner) => !inner.holds(situation),
            Self::And(a, b) => a.holds(situation) && b.holds(situation),
            Self::Or(a, b) => a.holds(situation) || b.holds(situation),
        }
    }
}

fn test(axes: Vec<usize>) -> impl Strategy<Value = Cond> {
    (0..axes.len()).prop_flat_map(move |axis| {
        let size = axes[axis].max(2);
        proptest::sample::subsequence((0..size).collect::<Vec<_>>(), 1..size).prop_map(move |values| Cond::Test(axis, values))
    })
}

pub fn cond(axes: Vec<usize>) -> impl Strategy<Value = Cond> {
    test(axes).prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|it| Cond::Not(Box::new(it))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Cond::And(Box::new(a), Box::new(b))),
            (inner.clone(), inner).prop_map(|(a, b)| Cond::Or(Box::new(a), Box::new(b))),
        ]
    })
}

fn maybe(axes: Vec<usize>) -> impl Strategy<Value = Cond> {
    prop_oneof![1 => Just(Cond::Always), 2 => cond(axes)]
}

fn share() -> impl Strategy<Value = Vec<usize>> {
    proptest::sample::subsequence((0..PARTIES).collect::<Vec<_>>(), 2..=PARTIES)
}

fn role() -> impl Strategy<Value = Role> {
    proptest::sample::select(Role::ALL.to_vec())
}

fn says() -> impl Strategy<Value = Says> {
    prop_oneof![
        4 => (0..PARTIES).prop_map(Says::Owns),
        2 => share().prop_map(Says::Share),
        3 => (0..PARTIES, role()).prop_map(|(party, role)| Says::Role(party, role)),
        1 => Just(Says::Nobody),
    ]
}

fn letters() -> impl Strategy<Value = Vec<Vec<(Role, bool)>>> {
    let cell = proptest::sample::subsequence(Role::ALL.to_vec(), 0..=2);
    let cell = cell.prop_flat_map(|roles| {
        proptest::collection::vec(any::<bool>(), roles.len()).prop_map(move |joint| roles.iter().copied().zip(joint).collect())
    });
    proptest::collection::vec(cell, PARTIES)
}

fn statement(axes: Vec<usize>, duties: usize) -> impl Strategy<Value = Statement> {
    let some = proptest::sample::subsequence((0..duties).collect::<Vec<_>>(), 1..=duties);
    let except = proptest::sample::subsequence((0..duties).collect::<Vec<_>>(), 0..duties);
    let claim = (says(), some, except, any::<bool>(), maybe(axes.clone()), proptest::bool::weighted(0.15))
        .prop_map(|(says, duties, except, all, when, otherwise)| Statement::Claim { says, duties, except, all, when, otherwise });
    let sizes = axes.clone();
    let grid = (0..duties, 0..axes.len(), maybe(axes.clone())).prop_flat_map(move |(duty, axis, when)| {
        let cell = prop_oneof![
            1 => Just(None),
            1 => Just(Some(Vec::new())),
            3 => (0..PARTIES).prop_map(|party| Some(vec![party])),
            1 => share().prop_map(Some),
        ];
        proptest::collection::vec(cell, sizes[axis].max(2)).prop_map(move |cells| Statement::Grid { duty, axis, when: when.clone(), cells })
    });
    let raci = (0..duties, maybe(axes), letters()).prop_map(|(duty, when, letters)| Statement::Raci { duty, when, letters });
    prop_oneof![5 => claim, 1 => grid, 1 => raci]
}

fn axes() -> impl Strategy<Value = Vec<usize>> {
    // The first axis is never an option: the text of a condition that always holds names it.
    (2..4usize, proptest::collection::vec(prop_oneof![Just(0usize), 2..4usize], 0..3))
        .prop_map(|(first, rest)| std::iter::once(first).chain(rest).collect())
}

/// Any model.
pub fn spec() -> impl Strategy<Value = Spec> {
    (axes(), 1..4usize).prop_flat_map(|(axes, duties)| {
        (
            proptest::collection::vec(prop_oneof![3 => Just(Cond::Always), 1 => cond(axes.clone())], duties),
            proptest::collection::vec(cond(axes.clone()), 0..2),
            proptest::collection::vec(statement(axes.clone(), duties), 0..6),
            Just(axes),
        )
            .prop_map(|(duties, impossible, statements, axes)| Spec { axes, duties, impossible, statements })
    })
}

/// A model without gaps and overlaps: each duty is decided by a chain of conditions.
pub fn sound() -> impl Strategy<Value = Spec> {
    axes().prop_flat_map(|axes| {
        let chain = proptest::collection::vec((cond(axes.clone()), says_owning()), 0..3);
        let duty = (prop_oneof![3 => Just(Cond::Always), 1 => cond(axes.clone())], chain, says_owning());
        let extra = (0..PARTIES, proptest::sample::select(vec![Role::Consulted, Role::Informed, Role::Supports]), maybe(axes.clone()));
        (
            proptest::collection::vec(duty, 1..4),
            proptest::collection::vec(cond(axes.clone()), 0..2),
            proptest::collection::vec(extra, 0..3),
            Just(axes),
        )
            .prop_map(|(chains, impossible, extras, axes)| {
                let mut statements = Vec::new();
                let mut duties = Vec::new();
                for (at, (exists, chain, last)) in chains.into_iter().enumerate() {
                    duties.push(exists);
                    let mut before: Option<Cond> = None;
                    for (cond, says) in chain {
                        let here = match &before {
                            None => cond.clone(),
                            Some(before) => Cond::And(Box::new(Cond::Not(Box::new(before.clone()))), Box::new(cond.clone())),
                        };
                        before = Some(match before {
                            None => cond,
                            Some(before) => Cond::Or(Box::new(before), Box::new(cond)),
                        });
                        statements.push(Statement::Claim {
                            says,
                            duties: vec![at],
                            except: vec![],
                            all: false,
                            when: here,
                            otherwise: false,
                        });
                    }
                    let rest = before.map_or(Cond::Always, |before| Cond::Not(Box::new(before)));
                    statements.push(Statement::Claim {
                        says: last,
                        duties: vec![at],
                        except: vec![],
                        all: false,
                        when: rest,
                        otherwise: false,
                    });
                }
                for (party, role, when) in extras {
                    statements.push(Statement::Claim {
                        says: Says::Role(party, role),
                        duties: vec![],
                        except: vec![],
                        all: true,
                        when,
                        otherwise: false,
                    });
                }
                Spec { axes, duties, impossible, statements }
            })
    })
}

fn says_owning() -> impl Strategy<Value = Says> {
    prop_oneof![4 => (0..PARTIES).prop_map(Says::Owns), 2 => share().prop_map(Says::Share), 1 => Just(Says::Nobody)]
}
