//! From conditions as written to conditions on axes.

use crate::diagnostic::{Code, Diagnostic};
use crate::model::CondId;
use crate::space::{AxisId, Cond, Values};
use crate::syntax::ast::{Comparison, Condition, Path, When};
use crate::syntax::condition;

use super::structure::ModelBuilder;
use super::symbols::SymbolKind;
use super::unknown;
use crate::diagnostic::suggest;

impl<'s> ModelBuilder<'_, 's> {
    /// A condition; `None` after a fault, which is reported.
    fn condition(&mut self, condition: &Condition<'s>) -> Option<Cond> {
        match condition {
            Condition::Test(test) => self.test(&test.axis, &test.comparison),
            Condition::Not(inner) => self
                .condition(inner)
                .map(|inner| Cond::Not(Box::new(inner))),
            Condition::And(list) => self.conditions(list).map(Cond::And),
            Condition::Or(list) => self.conditions(list).map(Cond::Or),
        }
    }

    /// All conditions of a list, so that each fault is reported.
    fn conditions(&mut self, list: &[Condition<'s>]) -> Option<Vec<Cond>> {
        let read: Vec<Option<Cond>> = list.iter().map(|inner| self.condition(inner)).collect();
        read.into_iter().collect()
    }

    /// The condition of a statement; `None` after a fault, which is reported. What is written the
    /// same means the same everywhere in a model.
    pub(super) fn when(&mut self, when: &When<'s>) -> Option<CondId> {
        let known = self.conditions_read.get(when.text.node).copied();
        if known.is_some() && !self.mentions.wanted() {
            return known;
        }
        // What was dropped because it repeats another is read again if that one said nothing here.
        let again = if when.condition.is_none() {
            condition(self.sources.text(when.text.span.file), &when.text)
        } else {
            None
        };
        let cond = self.condition(when.condition.as_ref().or(again.as_ref())?)?;
        if known.is_some() {
            return known;
        }
        let id = self.model.add_cond(cond);
        self.conditions_read.insert(when.text.node, id);
        Some(id)
    }

    /// A condition that may be left out.
    pub(super) fn maybe_when(&mut self, when: Option<&When<'s>>) -> Option<CondId> {
        when.map_or(Some(CondId::ALWAYS), |when| self.when(when))
    }

    /// The axis of this name; `None` after a fault, which is reported.
    pub(super) fn axis(&mut self, path: &Path<'s>) -> Option<AxisId> {
        let Some(&id) = self.axis_ids.get(path.node) else {
            if !self.excused(path.node) {
                let names = self.axis_ids.keys().map(String::as_str);
                self.faults
                    .push(unknown(Code::UnknownAxis, "axis or option", path, names));
            }
            return None;
        };
        let axis = &mut self.model.axes[id.0 as usize];
        axis.used = true;
        self.mentions
            .add(SymbolKind::Axis, path.span, path.node, axis.decl.span);
        Some(id)
    }

    /// The value of this name; `None` after a fault, which is reported.
    pub(super) fn value(&mut self, axis: AxisId, path: &Path<'s>) -> Option<u32> {
        let it = &self.model.axes[axis.0 as usize];
        let at = it.values.iter().position(|(name, _)| name == path.node);
        if at.is_none() && !self.faulty_axes.contains(&axis) {
            let names: Vec<&str> = it.values.iter().map(|(name, _)| name.as_str()).collect();
            let what = if it.option { "option" } else { "axis" };
            let message = format!("the {what} `{}` has no value `{}`", it.decl.name, path.node);
            let help = match suggest::closest(path.node, names.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!(
                    "its values are {}",
                    names
                        .iter()
                        .map(|name| format!("`{name}`"))
                        .collect::<Vec<_>>()
                        .join(", ")
                ),
            };
            self.faults
                .push(Diagnostic::new(Code::UnknownValue, path.span, message, "").help(help));
        }
        if let Some(&declared) = at.and_then(|at| self.model.axes[axis.0 as usize].declared.get(at))
        {
            self.mentions
                .add(SymbolKind::Value, path.span, path.node, declared);
        }
        at.and_then(|at| u32::try_from(at).ok())
    }

    fn test(&mut self, path: &Path<'s>, comparison: &Comparison<'s>) -> Option<Cond> {
        let axis = self.axis(path)?;
        let size = self.model.axes[axis.0 as usize].size();
        let values = match comparison {
            Comparison::Yes if self.model.axes[axis.0 as usize].option => Values::of(size, [1]),
            Comparison::Yes => {
                if !self.faulty_axes.contains(&axis) {
                    self.bare_axis(axis, path);
                }
                return None;
            }
            Comparison::Is(value) => Values::of(size, [self.value(axis, value)?]),
            Comparison::IsNot(value) => Values::of(size, [self.value(axis, value)?]).complement(),
            Comparison::In(list) => {
                let read: Vec<Option<u32>> =
                    list.iter().map(|value| self.value(axis, value)).collect();
                Values::of(size, read.into_iter().collect::<Option<Vec<u32>>>()?)
            }
            Comparison::Range(ends) => {
                let [from, to] = &**ends;
                let (first, last) = (self.value(axis, from), self.value(axis, to));
                let (first, last) = (first?, last?);
                if first > last {
                    let message = format!(
                        "`{}` comes after `{}`, so this range is empty",
                        from.node, to.node
                    );
                    let fault =
                        Diagnostic::new(Code::BackwardsRange, from.span.to(to.span), message, "");
                    self.faults
                        .push(fault.help(format!("write `{}..{}`", to.node, from.node)));
                    return None;
                }
                Values::of(size, first..=last)
            }
        };
        Some(Cond::Test(axis, values))
    }

    fn bare_axis(&mut self, axis: AxisId, path: &Path<'s>) {
        let it = &self.model.axes[axis.0 as usize];
        let first = it.values.first().map_or("…", |(name, _)| name.as_str());
        let help = format!(
            "only an option stands alone; write `{} = {first}`",
            path.node
        );
        let message = format!("expected a value for the axis `{}`", path.node);
        self.faults
            .push(Diagnostic::new(Code::BareAxis, path.span, message, "").help(help));
    }
}
