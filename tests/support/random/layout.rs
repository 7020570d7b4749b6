//! Which areas contain which duties, and the names by which statements find them (section 5 of the
//! language).

/// The area around each area.
pub const AREAS: [Option<usize>; 3] = [None, Some(0), None];

/// What a target names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Node {
    Area(usize),
    Duty(usize),
}

/// The duties that a statement is about.
#[derive(Clone, Debug, Default)]
pub struct Targets {
    /// It is `all`, and nothing else is named.
    pub all: bool,
    /// What is named.
    pub include: Vec<Node>,
    /// What is excluded: it is below something named, and not named itself.
    pub except: Vec<Node>,
}

impl Targets {
    /// One duty.
    pub fn duty(duty: usize) -> Self {
        Self {
            include: vec![Node::Duty(duty)],
            ..Self::default()
        }
    }

    /// A named target or `all`, except for excluded things below it.
    pub fn new(layout: &Layout, all: bool, include: Vec<Node>, mut except: Vec<Node>) -> Self {
        except.retain(|&out| {
            all || !include.contains(&out)
                && include.iter().any(|&node| layout.is_inside(out, node))
        });
        Self {
            all,
            include,
            except,
        }
    }

    /// Whether they include a duty.
    pub fn name(&self, layout: &Layout, duty: usize) -> bool {
        let covered = |&node: &Node| layout.duties(node).contains(&duty);
        (self.all || self.include.iter().any(covered)) && !self.except.iter().any(covered)
    }
}

/// The area around each duty.
#[derive(Clone, Debug)]
pub struct Layout(pub Vec<Option<usize>>);

impl Layout {
    /// The areas around something, the innermost first.
    pub fn around(&self, node: Node) -> impl Iterator<Item = usize> + use<> {
        let innermost = match node {
            Node::Area(area) => AREAS[area],
            Node::Duty(duty) => self.0[duty],
        };
        std::iter::successors(innermost, |&area| AREAS[area])
    }

    /// Whether one thing lies in another.
    fn is_inside(&self, node: Node, other: Node) -> bool {
        self.around(node).any(|area| Node::Area(area) == other)
    }

    /// The duties of something.
    pub fn duties(&self, node: Node) -> Vec<usize> {
        (0..self.0.len())
            .filter(|&duty| Node::Duty(duty) == node || self.is_inside(Node::Duty(duty), node))
            .collect()
    }

    /// Everything that can be named: each duty, and each area with a duty.
    pub fn nodes(&self) -> Vec<Node> {
        let areas = (0..AREAS.len())
            .map(Node::Area)
            .filter(|&area| !self.duties(area).is_empty());
        (0..self.0.len()).map(Node::Duty).chain(areas).collect()
    }

    /// The name that a declaration gives. Duties in different areas have the same names.
    pub fn name(&self, node: Node) -> String {
        match node {
            Node::Area(area) => format!("a{area}"),
            Node::Duty(duty) if self.0[duty].is_none() => format!("t{duty}"),
            Node::Duty(duty) => format!(
                "d{}",
                self.0[..duty]
                    .iter()
                    .filter(|&&area| area == self.0[duty])
                    .count()
            ),
        }
    }

    /// The full path.
    pub fn path(&self, node: Node) -> String {
        self.around(node).fold(self.name(node), |path, area| {
            format!("{}.{path}", self.name(Node::Area(area)))
        })
    }

    /// The shortest path that finds a node from an area.
    pub fn way(&self, node: Node, from: Option<usize>) -> String {
        let mut scopes: Vec<Vec<Node>> = Vec::new();
        for area in std::iter::successors(from, |&area| AREAS[area]) {
            scopes.push(
                self.nodes()
                    .into_iter()
                    .filter(|&it| self.is_inside(it, Node::Area(area)))
                    .collect(),
            );
        }
        scopes.push(self.nodes());
        self.shortest(node, &scopes)
    }

    /// The shortest path by which something is found after `except`: the search starts inside the
    /// targets.
    pub fn way_inside(&self, node: Node, targets: &Targets) -> String {
        let inside = |&it: &Node| {
            targets.all
                || targets
                    .include
                    .iter()
                    .any(|&target| self.is_inside(it, target))
        };
        self.shortest(node, &[self.nodes().into_iter().filter(inside).collect()])
    }

    /// The shortest ending of a node's path that is unique in the first scope where anything
    /// matches it.
    fn shortest(&self, node: Node, scopes: &[Vec<Node>]) -> String {
        let full = self.path(node);
        let parts: Vec<&str> = full.split('.').collect();
        let ends = (0..parts.len()).rev().map(|start| parts[start..].join("."));
        let found = |end: &String| {
            let matching = |scope: &Vec<Node>| -> Vec<Node> {
                scope
                    .iter()
                    .copied()
                    .filter(|&it| format!(".{}", self.path(it)).ends_with(&format!(".{end}")))
                    .collect()
            };
            scopes.iter().map(matching).find(|found| !found.is_empty()) == Some(vec![node])
        };
        ends.into_iter().find(found).unwrap_or(full)
    }
}
