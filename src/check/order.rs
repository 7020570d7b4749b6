//! The order in which diagrams test the axes: axes that conditions test together should be
//! adjacent.

use std::collections::BTreeSet;

use crate::model::Model;
use crate::space::{AxisId, Cond};

/// Up to this many axes the order hardly matters, so the order of mention is kept for readability.
const FEW: usize = 8;

/// Maximum number of rounds of moving axes.
const ROUNDS: usize = 32;

/// The axes in the order in which conditions first mention them. If there are many, axes that are
/// tested together are then moved next to each other.
pub(super) fn axis_order(model: &Model) -> Vec<AxisId> {
    let mut order: Vec<AxisId> = Vec::new();
    let mut seen = vec![false; model.axes.len()];
    let mut visit = |axis: AxisId| {
        if let Some(slot) = seen.get_mut(axis.0 as usize)
            && !std::mem::replace(slot, true)
        {
            order.push(axis);
        }
    };
    model
        .impossible
        .iter()
        .for_each(|it| model.cond(it.when).for_each_axis(&mut visit));
    model
        .claims
        .iter()
        .for_each(|it| model.cond(it.when).for_each_axis(&mut visit));
    model
        .duties
        .iter()
        .for_each(|it| model.cond(it.when).for_each_axis(&mut visit));
    let spoken = order.len();
    order.extend(
        (0..)
            .map(AxisId)
            .zip(seen)
            .filter(|(_, seen)| !seen)
            .map(|(axis, _)| axis),
    );
    if spoken > FEW {
        draw_together(model, &mut order);
    }
    order
}

/// Moves each axis to the middle of the axes it is tested with, until that no longer helps. This is
/// FORCE, by F. Aloul, I. Markov and K. Sakallah (Great Lakes Symposium on VLSI, 2003).
fn draw_together(model: &Model, order: &mut Vec<AxisId>) {
    let mut groups = BTreeSet::new();
    model
        .conds
        .iter()
        .for_each(|cond| tested_together(cond, &mut groups));
    let mut place = vec![0.0; order.len()];
    let mut best = (f64::INFINITY, order.clone());
    for _ in 0..ROUNDS {
        (0u32..)
            .zip(order.iter())
            .for_each(|(at, axis)| place[axis.0 as usize] = f64::from(at));
        let span: f64 = groups.iter().map(|group| length(group, &place)).sum();
        if span >= best.0 {
            break;
        }
        best = (span, order.clone());
        let mut pull = vec![(0.0, 0.0); order.len()];
        for group in &groups {
            let count = f64::from(u32::try_from(group.len()).unwrap_or(u32::MAX));
            let middle = group.iter().map(|axis| place[axis.0 as usize]).sum::<f64>() / count;
            for axis in group {
                let (sum, weight) = &mut pull[axis.0 as usize];
                // The fewer axes are tested together, the stronger they attract each other.
                (*sum, *weight) = (*sum + middle / count, *weight + 1.0 / count);
            }
        }
        let wanted = |axis: &AxisId| match pull[axis.0 as usize] {
            (_, 0.0) => place[axis.0 as usize],
            (sum, weight) => sum / weight,
        };
        order.sort_by(|a, b| wanted(a).total_cmp(&wanted(b)));
    }
    *order = best.1;
}

/// How far apart the axes of a group are; small groups weigh more.
fn length(group: &[AxisId], place: &[f64]) -> f64 {
    let places = || group.iter().map(|axis| place[axis.0 as usize]);
    let count = f64::from(u32::try_from(group.len()).unwrap_or(u32::MAX));
    (places().fold(0.0, f64::max) - places().fold(f64::INFINITY, f64::min)) / count
}

/// The axes that each part of a condition tests together.
fn tested_together(cond: &Cond, groups: &mut BTreeSet<Vec<AxisId>>) {
    match cond {
        Cond::Always | Cond::Test(..) => {}
        Cond::Not(inner) => tested_together(inner, groups),
        Cond::And(list) | Cond::Or(list) => {
            let mut axes = Vec::new();
            cond.for_each_axis(&mut |axis| axes.push(axis));
            axes.sort_unstable();
            axes.dedup();
            if axes.len() > 1 {
                groups.insert(axes);
            }
            for inner in list {
                tested_together(inner, groups);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::axis_order;
    use crate::compilation::Compilation;
    use crate::load::Memory;
    use crate::space::AxisNames as _;

    /// The diagram's axis order for a model that has only options.
    fn order(options: &str, conditions: &[&str]) -> String {
        let claims: String = conditions
            .iter()
            .map(|condition| format!("  p is informed of d when {condition}\n"))
            .collect();
        let axes: String = options
            .split(' ')
            .map(|name| format!("option {name}\n"))
            .collect();
        let memory = Memory::new().with(
            "m.srm",
            format!("party p\n{axes}model m {{\n  duty d\n{claims}}}\n"),
        );
        let run = Compilation::new(
            memory.root("m.srm").into_iter().collect(),
            &memory,
            crate::check::Options::on(jiff::civil::date(2026, 1, 1)),
        );
        let model = &run.models[0].model;
        axis_order(model)
            .into_iter()
            .map(|axis| model.axis(axis).to_owned())
            .collect::<Vec<_>>()
            .join(" ")
    }

    #[test]
    fn few_axes_stay_as_they_are_spoken_of() {
        let conditions = [
            "b1",
            "b2",
            "b3",
            "b4",
            "a1 and b1",
            "a2 and b2",
            "a3 and b3",
            "a4 and b4",
        ];
        assert_eq!(
            order("a1 a2 a3 a4 b1 b2 b3 b4 c", &conditions),
            "b1 b2 b3 b4 a1 a2 a3 a4 c"
        );
    }

    #[test]
    fn many_axes_stand_beside_those_that_they_are_tested_with() {
        let conditions = [
            "b1",
            "b2",
            "b3",
            "b4",
            "b5",
            "a1 and b1",
            "a2 and b2",
            "a3 and b3",
            "a4 and b4",
            "a5 and b5",
        ];
        assert_eq!(
            order("a1 a2 a3 a4 a5 b1 b2 b3 b4 b5 c", &conditions),
            "b1 a1 b2 a2 b3 a3 b4 a4 b5 a5 c"
        );
        let conditions = [
            "b1",
            "b2",
            "b3",
            "b4",
            "b5",
            "a1 and b5",
            "a2 and b4",
            "a3 and b2 and b1 and a1",
            "a4 and b3 and not b5",
        ];
        assert_eq!(
            order("a1 a2 a3 a4 b1 b2 b3 b4 b5", &conditions),
            "b1 b2 a3 a1 b4 a2 b5 b3 a4"
        );
    }
}
