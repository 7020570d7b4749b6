//! The second phase: indexes areas and duties by the ends of their paths.
//!
//! In: a model whose declarations are known. Out: a read-only lookup of what a path may mean.

use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::model::{AreaId, DutyId, Model, Node};

/// Areas and duties by the last name of their path.
pub(super) struct Index {
    /// In the order of a walk over the model.
    by_name: FxHashMap<String, Vec<Node>>,
    /// The position of each duty in a depth-first walk over the model.
    duties: Vec<u32>,
    /// For each area, the range of positions from itself to the last thing below it.
    areas: Vec<Range<u32>>,
}

impl Index {
    /// The areas and duties of a model.
    pub(super) fn new(model: &Model) -> Self {
        let mut index = Self {
            by_name: FxHashMap::default(),
            duties: vec![0; model.duties.len()],
            areas: vec![0..0; model.areas.len()],
        };
        index.walk(model);
        index
    }

    /// Numbers areas and duties in walk order, so that everything below an area is contiguous.
    fn walk(&mut self, model: &Model) {
        let (mut next, mut open) = (0, Vec::new());
        let in_order = |nodes: &[Node]| nodes.iter().rev().copied().map(Some).collect::<Vec<_>>();
        let mut todo: Vec<Option<Node>> = in_order(&model.children);
        while let Some(step) = todo.pop() {
            let Some(node) = step else {
                // Everything below the area is numbered now.
                if let Some(AreaId(id)) = open.pop() {
                    self.areas[id as usize].end = next;
                }
                continue;
            };
            match node {
                Node::Duty(id) => self.duties[id.0 as usize] = next,
                Node::Area(id) => {
                    self.areas[id.0 as usize].start = next;
                    open.push(id);
                    todo.push(None);
                    todo.extend(in_order(&model.area(id).children));
                }
            }
            let name = &model.decl_of(node).name;
            match self.by_name.get_mut(name) {
                Some(nodes) => nodes.push(node),
                None => drop(self.by_name.insert(name.clone(), vec![node])),
            }
            next += 1;
        }
    }

    /// The position of a node in a walk over the model.
    fn place(&self, node: Node) -> u32 {
        match node {
            Node::Area(id) => self.areas[id.0 as usize].start,
            Node::Duty(id) => self.duties[id.0 as usize],
        }
    }

    /// Every area and duty of this name.
    pub(super) fn named(&self, name: &str) -> &[Node] {
        self.by_name.get(name).map_or(&[], Vec::as_slice)
    }

    /// The duty with this name directly in an area.
    pub(super) fn duty_in(
        &self,
        model: &Model,
        name: &str,
        area: Option<AreaId>,
    ) -> Option<DutyId> {
        self.named(name).iter().find_map(|node| match node {
            Node::Duty(id) if model.duty(*id).area == area => Some(*id),
            _ => None,
        })
    }

    /// Every area and duty whose full path equals this path or ends with it; if an area is given,
    /// only those below it.
    pub(super) fn matching(&self, model: &Model, path: &str, around: Option<AreaId>) -> Vec<Node> {
        let last = path.rsplit('.').next().unwrap_or(path);
        let nodes = self.named(last);
        let below = match around {
            Some(area) => {
                let Range { start, end } = self.areas[area.0 as usize];
                let first = nodes.partition_point(|&node| self.place(node) <= start);
                let behind = nodes.partition_point(|&node| self.place(node) < end);
                &nodes[first..behind.max(first)]
            }
            None => nodes,
        };
        let ends = |node: &Node| {
            let full = model.path_of(*node);
            let before = full.strip_suffix(path);
            full == path || before.is_some_and(|before| before.ends_with('.'))
        };
        below.iter().copied().filter(ends).collect()
    }
}

/// The duties of an area in declared order, or the duty itself.
pub(super) fn duties_below(model: &Model, node: Node) -> Vec<DutyId> {
    if let Node::Duty(id) = node {
        return vec![id];
    }
    let (mut duties, mut todo) = (Vec::new(), vec![node]);
    while let Some(node) = todo.pop() {
        match node {
            Node::Duty(id) => duties.push(id),
            Node::Area(id) => todo.extend(model.area(id).children.iter().rev().copied()),
        }
    }
    duties
}
