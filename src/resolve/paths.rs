//! Which duties a list of targets means.

use std::ops::Range;

use rustc_hash::FxHashSet;

use crate::diagnostic::{Code, Diagnostic};
use crate::model::{AreaId, DutyId, Node};
use crate::source::Span;
use crate::syntax::ast::{self, Path};

use super::structure::ModelBuilder;
use super::symbols::SymbolKind;
use crate::diagnostic::suggest;

/// The duties of a statement.
#[derive(Debug, Default)]
pub struct Targets {
    /// What it speaks of.
    pub duties: Vec<DutyId>,
    /// What it leaves out, and where.
    pub excepted: Vec<(DutyId, Span)>,
    /// A path meant nothing, or two things.
    pub faulty: bool,
}

impl<'s> ModelBuilder<'_, 's> {
    /// The duties that a list names; faults are reported, and the duties they may mean are marked
    /// uncertain.
    pub(super) fn targets(&mut self, list: &ast::Targets<'s>, area: Option<AreaId>) -> Targets {
        // Most statements speak of one thing.
        if let ([path], []) = (&*list.include, &*list.except)
            && path.node != "all"
        {
            let node = self.find(path, area);
            return Targets {
                duties: node.map_or_else(Vec::new, |node| self.duties_below(node)),
                faulty: node.is_none(),
                ..Targets::default()
            };
        }
        let mut targets = Targets::default();
        let (mut nodes, mut seen) = (Vec::new(), FxHashSet::default());
        for path in &list.include {
            let duties = if path.node == "all" {
                (0..).map(DutyId).take(self.model.duties.len()).collect()
            } else if let Some(node) = self.find(path, area) {
                nodes.push(node);
                self.duties_below(node)
            } else {
                targets.faulty = true;
                continue;
            };
            let fresh: Vec<DutyId> = duties
                .iter()
                .copied()
                .filter(|duty| seen.insert(*duty))
                .collect();
            if fresh.is_empty() && !duties.is_empty() {
                let message = format!("`{}` is already covered by this list", path.node);
                self.faults.push(
                    Diagnostic::new(Code::TargetTwice, path.span, message, "").help("remove it"),
                );
            }
            targets.duties.extend(fresh);
        }
        for path in &list.except {
            match self.find_excepted(path, area, &seen, &nodes) {
                Some(out) => targets
                    .excepted
                    .extend(out.into_iter().map(|duty| (duty, path.span))),
                None => targets.faulty = true,
            }
        }
        let out: FxHashSet<DutyId> = targets.excepted.iter().map(|(out, _)| *out).collect();
        targets.duties.retain(|duty| !out.contains(duty));
        if targets.faulty {
            self.doubt(&targets.duties);
        }
        targets
    }

    /// The duties of an excepted path, which must lie below the targets.
    fn find_excepted(
        &mut self,
        path: &Path<'s>,
        area: Option<AreaId>,
        targets: &FxHashSet<DutyId>,
        nodes: &[Node],
    ) -> Option<Vec<DutyId>> {
        let matches = self.matching(path.node);
        let covered = |builder: &Self, node: Node| {
            let below = builder.duties_below(node);
            !below.is_empty() && below.iter().all(|duty| targets.contains(duty))
        };
        let inside: Vec<Node> = matches
            .into_iter()
            .filter(|&node| covered(self, node) && !nodes.contains(&node))
            .collect();
        if let Some(&node) = inside.iter().find(|&&node| self.path(node) == path.node) {
            let node = self.mentioned(path, node);
            return Some(self.duties_below(node));
        }
        match inside.as_slice() {
            [node] => {
                let node = self.mentioned(path, *node);
                return Some(self.duties_below(node));
            }
            [] => {}
            _ => {
                self.ambiguous(path, &inside);
                return None;
            }
        }
        let node = self.find(path, area)?;
        if nodes.contains(&node) {
            return Some(self.duties_below(node));
        }
        let message = format!(
            "`{}` is below none of the targets, so there is nothing to except",
            path.node
        );
        self.faults
            .push(Diagnostic::new(Code::ExceptOutside, path.span, message, ""));
        Some(Vec::new())
    }

    /// The area or duty that a path means, looked up outwards from an area.
    pub(super) fn find(&mut self, path: &Path<'s>, area: Option<AreaId>) -> Option<Node> {
        let mut around = area;
        loop {
            let here = self.matching_below(path.node, around);
            // A full path means what bears it, even where others end in it.
            if let Some(&node) = here.iter().find(|&&node| self.path(node) == path.node) {
                return Some(self.mentioned(path, node));
            }
            match (here.as_slice(), around) {
                ([node], _) => return Some(self.mentioned(path, *node)),
                ([], Some(area)) => around = self.model.area(area).parent,
                ([], None) => {
                    self.unknown_duty(path);
                    return None;
                }
                _ => {
                    self.ambiguous(path, &here);
                    return None;
                }
            }
        }
    }

    /// Each name of a path means a thing: the last one this, those before it the areas around.
    fn mentioned(&mut self, path: &Path<'s>, node: Node) -> Node {
        if self.mentions.wanted() {
            let (mut text, mut at) = (path.node, Some(node));
            while let Some(node) = at {
                let (kind, around) = match node {
                    Node::Area(id) => (SymbolKind::Area, self.model.area(id).parent),
                    Node::Duty(id) => (SymbolKind::Duty, self.model.duty(id).area),
                };
                let declared = self.label_of(node).span;
                let start = path.span.range().start;
                self.mentions.add(
                    kind,
                    Span::new(path.span.file, start..start + text.len()),
                    text,
                    declared,
                );
                let Some((before, _)) = text.rsplit_once('.') else {
                    break;
                };
                (text, at) = (before, around.map(Node::Area));
            }
        }
        node
    }

    /// Every area and duty whose full path is this one or ends in it.
    pub(super) fn matching(&self, path: &str) -> Vec<Node> {
        self.matching_below(path, None)
    }

    /// Those of them that lie below an area; everything lies below the model.
    fn matching_below(&self, path: &str, around: Option<AreaId>) -> Vec<Node> {
        let last = path.rsplit('.').next().unwrap_or(path);
        let Some(nodes) = self.index.get(last) else {
            return Vec::new();
        };
        let below = match around {
            Some(area) => {
                let Range { start, end } = self.area_order[area.0 as usize];
                let first = nodes.partition_point(|&node| self.order(node) <= start);
                let behind = nodes.partition_point(|&node| self.order(node) < end);
                &nodes[first..behind.max(first)]
            }
            None => nodes,
        };
        let ends = |node: &Node| {
            let full = self.path(*node);
            full == path
                || full
                    .strip_suffix(path)
                    .is_some_and(|before| before.ends_with('.'))
        };
        below.iter().copied().filter(ends).collect()
    }

    fn path(&self, node: Node) -> &str {
        match node {
            Node::Area(id) => &self.model.area(id).path,
            Node::Duty(id) => &self.model.duty(id).path,
        }
    }

    pub(super) fn duties_below(&self, node: Node) -> Vec<DutyId> {
        if let Node::Duty(id) = node {
            return vec![id];
        }
        let (mut duties, mut todo) = (Vec::new(), vec![node]);
        while let Some(node) = todo.pop() {
            match node {
                Node::Duty(id) => duties.push(id),
                Node::Area(id) => todo.extend(self.model.area(id).children.iter().rev().copied()),
            }
        }
        duties
    }

    fn ambiguous(&mut self, path: &Path<'s>, nodes: &[Node]) {
        let duties: Vec<DutyId> = nodes
            .iter()
            .flat_map(|&node| self.duties_below(node))
            .collect();
        self.doubt(&duties);
        let count = match nodes.len() {
            2 => "two".to_owned(),
            n => n.to_string(),
        };
        let mut fault = Diagnostic::new(
            Code::Ambiguous,
            path.span,
            format!("`{}` names {count} things", path.node),
            "",
        );
        let full: Vec<String> = nodes
            .iter()
            .map(|&node| format!("`{}`", self.path(node)))
            .collect();
        for &node in nodes {
            fault = fault.and(self.label_of(node).span, format!("`{}`", self.path(node)));
        }
        self.faults
            .push(fault.help(format!("write {}", full.join(" or "))));
    }

    fn unknown_duty(&mut self, path: &Path<'s>) {
        let paths = (0..self.model.areas.len()).map(|at| self.model.areas[at].path.as_str());
        let paths: Vec<&str> = paths
            .chain(self.model.duties.iter().map(|duty| duty.path.as_str()))
            .collect();
        // A path may be written by its end alone, so each end is a candidate.
        let ends = paths.iter().flat_map(|path| {
            path.match_indices('.')
                .map(|(at, _)| &path[at + 1..])
                .chain([*path])
        });
        let near = suggest::closest(path.node, ends).map(str::to_owned);
        let meant: Vec<DutyId> = match &near {
            Some(near) => self
                .matching(near)
                .into_iter()
                .flat_map(|node| self.duties_below(node))
                .collect(),
            None => Vec::new(),
        };
        if !self.maybe_declared(path.node) {
            let message = format!("there is no duty or area `{}` in this model", path.node);
            let help = near.map(|near| format!("did you mean `{near}`?"));
            self.faults
                .push(Diagnostic::new(Code::UnknownDuty, path.span, message, "").maybe_help(help));
        }
        if meant.is_empty() {
            self.model.uncertain = true;
        } else {
            self.doubt(&meant);
        }
    }

    /// Not all that was written about these duties is known.
    pub(super) fn doubt(&mut self, duties: &[DutyId]) {
        for duty in duties {
            self.model.duties[duty.0 as usize].uncertain = true;
        }
    }

    /// Every duty that a word of a broken statement names.
    pub(super) fn duties_meant(&self, broken: &ast::Broken<'s>) -> Vec<DutyId> {
        let nodes = broken
            .words
            .iter()
            .flat_map(|path| self.matching(path.node));
        nodes.flat_map(|node| self.duties_below(node)).collect()
    }

    /// A statement that could not be read may have spoken of whatever its words name.
    pub(super) fn doubt_words(&mut self, broken: &ast::Broken<'s>) {
        let meant = self.duties_meant(broken);
        let first = broken.words.first().map_or("", |path| path.node);
        let of_all = !broken.bound && first == "impossible"
            || broken.words.iter().any(|path| path.node == "all");
        let declares = crate::syntax::vocabulary::DECLARING.contains(&first);
        if of_all || (meant.is_empty() && !declares && !broken.bound) {
            self.model.uncertain = true;
        }
        self.doubt(&meant);
    }
}
