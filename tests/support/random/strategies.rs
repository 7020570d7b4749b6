//! How random models are generated, and how they shrink: to few statements, small conditions, no
//! areas and no groups.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use srmc::diagnostic::Code;
use srmc::model::Role;

use super::layout::AREAS;
use super::{
    Allowed, Cell, Cond, End, Kind, Layout, Letters, Node, PARTIES, Requirement, Says, Spec,
    Statement, Targets, Test,
};

/// The declarations for which statements are generated.
#[derive(Clone, Debug)]
struct Frame {
    axes: Vec<usize>,
    layout: Layout,
}

impl Frame {
    fn size(&self, axis: usize) -> usize {
        self.axes[axis].max(2)
    }
}

fn axes() -> impl Strategy<Value = Vec<usize>> {
    // The first axis is never an option: the text of a condition that always holds names it.
    (2..=4usize, vec(prop_oneof![Just(0usize), 2..4usize], 0..3))
        .prop_map(|(first, rest)| std::iter::once(first).chain(rest).collect())
}

fn home() -> impl Strategy<Value = Option<usize>> {
    proptest::option::weighted(0.6, 0..AREAS.len())
}

fn frame(duties: impl Into<proptest::collection::SizeRange>) -> impl Strategy<Value = Frame> {
    (axes(), vec(home(), duties)).prop_map(|(axes, homes)| Frame {
        axes,
        layout: Layout(homes),
    })
}

fn joins() -> impl Strategy<Value = Vec<Vec<usize>>> {
    let some = |party: usize| prop_oneof![2 => Just(Vec::new()), 1 => subsequence((0..party).collect::<Vec<_>>(), 1..=party)];
    (some(1), some(2)).prop_map(|(second, third)| vec![Vec::new(), second, third])
}

fn test(axes: &[usize]) -> impl Strategy<Value = Cond> + use<> {
    let sizes: Vec<usize> = axes.iter().map(|&size| size.max(2)).collect();
    (0..sizes.len()).prop_flat_map(move |axis| {
        let size = sizes[axis];
        let test = prop_oneof![
            3 => (0..size).prop_map(Test::Is),
            1 => (0..size).prop_map(Test::IsNot),
            2 => subsequence((0..size).collect::<Vec<_>>(), 1..=size).prop_map(Test::In),
            1 => (0..size, 0..size).prop_map(|(a, b)| Test::Range(a.min(b), a.max(b))),
        ];
        test.prop_map(move |test| Cond::Test(axis, test))
    })
}

fn cond(axes: &[usize]) -> impl Strategy<Value = Cond> + use<> {
    test(axes).prop_recursive(2, 6, 2, |inner| {
        prop_oneof![
            inner.clone().prop_map(|it| Cond::Not(Box::new(it))),
            (inner.clone(), inner.clone()).prop_map(|(a, b)| Cond::And(Box::new(a), Box::new(b))),
            (inner.clone(), inner).prop_map(|(a, b)| Cond::Or(Box::new(a), Box::new(b))),
        ]
    })
}

fn maybe(axes: &[usize]) -> impl Strategy<Value = Cond> + use<> {
    prop_oneof![1 => Just(Cond::Always), 2 => cond(axes)]
}

fn targets(layout: &Layout) -> impl Strategy<Value = Targets> + use<> {
    let (layout, nodes) = (layout.clone(), layout.nodes());
    let include = subsequence(nodes.clone(), 1..=nodes.len().min(3));
    let except = subsequence(nodes.clone(), 0..=nodes.len().min(2));
    (proptest::bool::weighted(0.3), include, except).prop_map(move |(all, include, except)| {
        Targets::new(&layout, all, if all { Vec::new() } else { include }, except)
    })
}

fn share() -> impl Strategy<Value = Vec<usize>> {
    subsequence((0..PARTIES).collect::<Vec<_>>(), 2..=PARTIES)
}

fn lesser() -> impl Strategy<Value = Says> {
    let some = subsequence((0..PARTIES).collect::<Vec<_>>(), 1..=2);
    (
        some,
        select(vec![Role::Consulted, Role::Informed, Role::Supports]),
    )
        .prop_map(|(parties, role)| Says::Role(parties, role))
}

fn says() -> impl Strategy<Value = Says> {
    let main = (
        0..PARTIES,
        select(vec![Role::Responsible, Role::Accountable]),
    );
    prop_oneof![
        4 => (0..PARTIES).prop_map(Says::Owns),
        2 => share().prop_map(Says::Share),
        2 => main.prop_map(|(party, role)| Says::Role(vec![party], role)),
        2 => lesser(),
        1 => Just(Says::Nobody),
    ]
}

fn claim(layout: &Layout) -> impl Strategy<Value = Kind> + use<> {
    (
        says(),
        targets(layout),
        proptest::bool::weighted(0.25),
        any::<bool>(),
    )
        .prop_map(|(says, targets, otherwise, parts)| Kind::Claim {
            says,
            targets,
            otherwise,
            parts,
        })
}

/// The duties of a table's rows: each once.
fn rows(frame: &Frame) -> impl Strategy<Value = Vec<usize>> + use<> {
    let duties = frame.layout.0.len();
    subsequence((0..duties).collect::<Vec<_>>(), 1..=duties)
}

fn cell() -> impl Strategy<Value = Cell> {
    prop_oneof![
        1 => Just(None),
        1 => Just(Some(Vec::new())),
        3 => (0..PARTIES).prop_map(|party| Some(vec![party])),
        1 => share().prop_map(Some),
    ]
}

fn grid(frame: &Frame) -> impl Strategy<Value = Kind> + use<> {
    let frame = frame.clone();
    (0..frame.axes.len()).prop_flat_map(move |axis| {
        let size = frame.size(axis);
        let columns = prop_oneof![2 => Just((0..size).collect::<Vec<_>>()), 1 => subsequence((0..size).collect::<Vec<_>>(), 1..=size)];
        (columns.prop_shuffle(), rows(&frame), any::<bool>()).prop_flat_map(move |(columns, rows, parts)| {
            vec(vec(cell(), columns.len()), rows.len()).prop_map(move |cells| Kind::Grid {
                axis,
                columns: columns.clone(),
                rows: rows.iter().copied().zip(cells).collect(),
                parts,
            })
        })
    })
}

fn letters() -> impl Strategy<Value = Letters> {
    subsequence(Role::ALL.to_vec(), 0..=2).prop_flat_map(|roles| {
        vec(any::<bool>(), roles.len())
            .prop_map(move |joint| roles.iter().copied().zip(joint).collect())
    })
}

fn raci(frame: &Frame) -> impl Strategy<Value = Kind> + use<> {
    rows(frame).prop_flat_map(|rows| {
        vec(vec(letters(), PARTIES), rows.len()).prop_map(move |cells| Kind::Raci {
            rows: rows.iter().copied().zip(cells).collect(),
        })
    })
}

fn ensure(frame: &Frame) -> impl Strategy<Value = Kind> + use<> {
    let frame = frame.clone();
    let sizes = frame.axes.clone();
    let grows = (0..PARTIES, 0..sizes.len()).prop_flat_map(move |(party, axis)| {
        let size = sizes[axis].max(2);
        let steps = (0..size, 1..size).prop_map(move |(from, step)| (from, (from + step) % size));
        steps.prop_map(move |steps| Requirement::Monotone(party, axis, steps))
    });
    prop_oneof![
        3 => (says(), targets(&frame.layout)).prop_map(|(says, targets)| Requirement::Claim(says, targets)),
        1 => (0..PARTIES, targets(&frame.layout)).prop_map(|(party, targets)| Requirement::Never(party, targets)),
        2 => grows,
    ]
    .prop_map(Kind::Ensure)
}

/// A `separate`; its sides may share duties.
fn separate(frame: &Frame) -> impl Strategy<Value = Kind> + use<> {
    let sides = (targets(&frame.layout), targets(&frame.layout));
    sides.prop_map(|(left, right)| Kind::Separate(left, right))
}

fn allow(layout: &Layout) -> impl Strategy<Value = Kind> + use<> {
    let what = prop_oneof![
        3 => Just(Allowed::Gap),
        3 => Just(Allowed::Overlap),
        1 => select(vec![Code::Gap, Code::GapResponsible, Code::GapAccountable, Code::Overlap]).prop_map(Allowed::Code),
        1 => select(vec![Code::ShareParts, Code::Redundant]).prop_map(Allowed::Code),
    ];
    let end = select(vec![End::Today, End::Today, End::Past, End::Never]);
    (what, targets(layout), end).prop_map(|(what, targets, end)| {
        let endless = matches!(what, Allowed::Code(Code::ShareParts | Code::Redundant));
        Kind::Allow {
            what,
            targets,
            end: if end == End::Never && !endless {
                End::Today
            } else {
                end
            },
        }
    })
}

fn statement(frame: &Frame) -> impl Strategy<Value = Statement> + use<> {
    let kind = prop_oneof![
        8 => claim(&frame.layout),
        2 => grid(frame),
        2 => raci(frame),
        2 => ensure(frame),
        1 => separate(frame),
        2 => allow(&frame.layout),
    ];
    (home(), maybe(&frame.axes), kind).prop_map(|(home, when, kind)| Statement { home, when, kind })
}

fn exists(axes: &[usize]) -> impl Strategy<Value = Cond> + use<> {
    prop_oneof![3 => Just(Cond::Always), 1 => cond(axes)]
}

/// Any model.
pub fn spec() -> impl Strategy<Value = Spec> {
    frame(1..5).prop_flat_map(|frame| {
        let duties = vec(exists(&frame.axes), frame.layout.0.len());
        (
            joins(),
            duties,
            vec(cond(&frame.axes), 0..2),
            vec(statement(&frame), 0..7),
        )
            .prop_map(move |(joins, duties, impossible, statements)| Spec {
                axes: frame.axes.clone(),
                joins,
                layout: frame.layout.clone(),
                duties,
                impossible,
                statements,
            })
    })
}

/// What decides a duty: the first condition that holds. `None` is a gap that an `allow` accepts.
type Chain = (Cond, Vec<(Cond, Says)>, Option<Says>);

/// A model without errors: each duty is decided by a chain of conditions.
pub fn sound() -> impl Strategy<Value = Spec> {
    frame(1..4).prop_flat_map(|frame| {
        let chain = (
            exists(&frame.axes),
            vec((cond(&frame.axes), deciding()), 0..3),
            proptest::option::weighted(0.9, deciding()),
        );
        let extra = (home(), lesser(), targets(&frame.layout), maybe(&frame.axes));
        (
            joins(),
            vec(chain, frame.layout.0.len()),
            vec(cond(&frame.axes), 0..2),
            vec(extra, 0..3),
        )
            .prop_map(move |(joins, chains, impossible, extras)| {
                let duties = chains.iter().map(|(exists, ..)| exists.clone()).collect();
                let extras = extras
                    .into_iter()
                    .map(|(home, says, targets, when)| Statement {
                        home,
                        when,
                        kind: plain(says, targets),
                    });
                let statements = chains
                    .iter()
                    .enumerate()
                    .flat_map(|(duty, chain)| links(&frame.layout, duty, chain))
                    .chain(extras)
                    .collect();
                Spec {
                    axes: frame.axes.clone(),
                    joins,
                    layout: frame.layout.clone(),
                    duties,
                    impossible,
                    statements,
                }
            })
    })
}

fn deciding() -> impl Strategy<Value = Says> {
    prop_oneof![4 => (0..PARTIES).prop_map(Says::Owns), 2 => share().prop_map(Says::Share), 1 => Just(Says::Nobody)]
}

fn plain(says: Says, targets: Targets) -> Kind {
    Kind::Claim {
        says,
        targets,
        otherwise: false,
        parts: false,
    }
}

/// A chain as statements that never overlap, in the duty's own area.
fn links(layout: &Layout, duty: usize, (_, chain, last): &Chain) -> Vec<Statement> {
    let mut statements = Vec::new();
    let mut before: Option<Cond> = None;
    let rest = |before: &Option<Cond>| {
        before
            .clone()
            .map_or(Cond::Always, |before| Cond::Not(Box::new(before)))
    };
    let link = |when, kind| Statement {
        home: layout.around(Node::Duty(duty)).next(),
        when,
        kind,
    };
    for (cond, says) in chain {
        let here = match &before {
            None => cond.clone(),
            some => Cond::And(Box::new(rest(some)), Box::new(cond.clone())),
        };
        before = Some(before.map_or_else(
            || cond.clone(),
            |before| Cond::Or(Box::new(before), Box::new(cond.clone())),
        ));
        statements.push(link(here, plain(says.clone(), Targets::duty(duty))));
    }
    let last = last.clone().map_or_else(
        || Kind::Allow {
            what: Allowed::Gap,
            targets: Targets::duty(duty),
            end: End::Today,
        },
        |says| plain(says, Targets::duty(duty)),
    );
    statements.push(link(rest(&before), last));
    statements
}
