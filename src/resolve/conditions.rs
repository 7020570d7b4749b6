//! From conditions as written to conditions on axes.

use std::ops::Range;

use super::reader::ModelReader;
use super::symbols::SymbolKind;
use super::wording;
use crate::model::CondId;
use crate::source::Span;
use crate::space::{AxisId, Cond, Values};
use crate::syntax::ast::{Comparison, Condition, Path, When};
use crate::syntax::condition;

/// The condition of a statement; `None` after a fault, which is reported. The same text means the
/// same condition everywhere in a model.
pub(super) fn when<'s>(reader: &mut ModelReader<'_, 's>, when: &When<'s>) -> Option<CondId> {
    if let Some(known) = reader.conditions.get(when.text.node) {
        let refs = known.refs.clone();
        reader.refs.repeat(refs, known.at, when.text.span);
        return Some(known.id);
    }
    // A condition that was not parsed because it repeats an earlier one is parsed now if the
    // earlier one is not in this model.
    let again = if when.condition.is_none() {
        let text = reader.scope.sources.text(when.text.span.file);
        condition(text, &when.text)
    } else {
        None
    };
    let before = reader.refs.count();
    let cond = read(reader, when.condition.as_ref().or(again.as_ref())?)?;
    let id = reader.model.add_cond(cond);
    let known = KnownCondition {
        id,
        at: when.text.span,
        refs: before..reader.refs.count(),
    };
    reader.conditions.insert(when.text.node, known);
    Some(id)
}

/// A condition that was read before: its number, where its text stands first, and which references
/// were found in it.
pub(super) struct KnownCondition {
    id: CondId,
    at: Span,
    refs: Range<usize>,
}

/// An optional condition.
pub(super) fn maybe_when<'s>(
    reader: &mut ModelReader<'_, 's>,
    it: Option<&When<'s>>,
) -> Option<CondId> {
    it.map_or(Some(CondId::ALWAYS), |it| when(reader, it))
}

/// A condition; `None` after a fault, which is reported.
fn read<'s>(reader: &mut ModelReader<'_, 's>, condition: &Condition<'s>) -> Option<Cond> {
    match condition {
        Condition::Test(it) => test(reader, &it.axis, &it.comparison),
        Condition::Not(inner) => read(reader, inner).map(|inner| Cond::Not(Box::new(inner))),
        Condition::And(list) => all(reader, list).map(Cond::And),
        Condition::Or(list) => all(reader, list).map(Cond::Or),
    }
}

/// All conditions of a list, so that each fault is reported.
fn all<'s>(reader: &mut ModelReader<'_, 's>, list: &[Condition<'s>]) -> Option<Vec<Cond>> {
    let each: Vec<Option<Cond>> = list.iter().map(|inner| read(reader, inner)).collect();
    each.into_iter().collect()
}

fn test<'s>(
    reader: &mut ModelReader<'_, 's>,
    path: &Path<'s>,
    comparison: &Comparison<'s>,
) -> Option<Cond> {
    let id = axis(reader, path)?;
    let axis = &reader.model.axes[id.0 as usize];
    let (size, is_option) = (axis.size(), axis.option);
    let values = match comparison {
        Comparison::Yes if is_option => Values::of(size, [1]),
        Comparison::Yes => {
            if !reader.names.faulty_axes.contains(&id) {
                let first = axis.values.first().map_or("…", |(name, _)| name.as_str());
                reader.faults.push(wording::bare_axis(path, first));
            }
            return None;
        }
        Comparison::Is(it) => Values::of(size, [value(reader, id, it)?]),
        Comparison::IsNot(it) => Values::of(size, [value(reader, id, it)?]).complement(),
        Comparison::In(list) => Values::of(size, values(reader, id, list)?),
        Comparison::Range(ends) => {
            let [from, to] = &**ends;
            let (first, last) = (value(reader, id, from), value(reader, id, to));
            let (first, last) = (first?, last?);
            if first > last {
                reader.faults.push(wording::backwards_range(from, to));
                return None;
            }
            Values::of(size, first..=last)
        }
    };
    Some(Cond::Test(id, values))
}

/// The axis of this name; `None` after a fault, which is reported.
pub(super) fn axis<'s>(reader: &mut ModelReader<'_, 's>, path: &Path<'s>) -> Option<AxisId> {
    let Some(&id) = reader.names.axes.get(path.node) else {
        reader.report_unknown(SymbolKind::Axis, path);
        return None;
    };
    let axis = &mut reader.model.axes[id.0 as usize];
    axis.used = true;
    let declared = axis.decl.span;
    reader
        .refs
        .add(SymbolKind::Axis, path.span, path.node, declared);
    Some(id)
}

/// The value of this name; `None` after a fault, which is reported.
pub(super) fn value<'s>(
    reader: &mut ModelReader<'_, 's>,
    id: AxisId,
    path: &Path<'s>,
) -> Option<u32> {
    let axis = &reader.model.axes[id.0 as usize];
    let Some(at) = axis.values.iter().position(|(name, _)| name == path.node) else {
        if !reader.names.faulty_axes.contains(&id) {
            let names: Vec<&str> = axis.values.iter().map(|(name, _)| name.as_str()).collect();
            let what = if axis.option { "option" } else { "axis" };
            let fault = wording::unknown_value(what, &axis.decl.name, path, &names);
            reader.faults.push(fault);
        }
        return None;
    };
    if let Some(&declared) = axis.declared.get(at) {
        reader
            .refs
            .add(SymbolKind::Value, path.span, path.node, declared);
    }
    u32::try_from(at).ok()
}

/// All values of a list, so that each fault is reported.
pub(super) fn values<'s>(
    reader: &mut ModelReader<'_, 's>,
    id: AxisId,
    list: &[Path<'s>],
) -> Option<Vec<u32>> {
    let each: Vec<Option<u32>> = list.iter().map(|path| value(reader, id, path)).collect();
    each.into_iter().collect()
}
