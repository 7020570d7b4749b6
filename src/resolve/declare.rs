//! The first phase: everything that a model declares, before any name is looked up, so the order of
//! statements never matters.
//!
//! In: a model's tree. Out: [`Declared`], a model with parties, axes, frameworks, areas and duties,
//! and the [`Todo`] list of everything that needs name lookup.

use rustc_hash::FxHashMap;

use super::names::{Names, Scope};
use super::scope::{self, Visible};
use super::symbols::{SymbolKind, SymbolRefs};
use super::{controls, count, declared, wording};
use crate::diagnostic::{Diagnostic, trimmed};
use crate::model::{
    Annotations, Area, AreaId, Axis, CondId, DeclName, Duty, DutyId, Framework, Model, Node, Party,
    PartyId,
};
use crate::source::Span;
use crate::space::{AxisId, Cond};
use crate::syntax::ast::{self, Item, Path, Text};

/// What must still be read after all declarations.
#[derive(Default)]
pub(super) struct Todo<'a, 's> {
    /// Statements other than claims, each with its area.
    pub statements: Vec<(Option<AreaId>, &'a Item<'s>)>,
    /// The blocks of areas and duties.
    pub blocks: Vec<(Node, &'a [ast::Field<'s>])>,
    /// The conditions of duties.
    pub conditions: Vec<(DutyId, &'a ast::When<'s>)>,
    /// The model itself and its areas, in declaration order; their claims must still be read.
    pub bodies: Vec<Option<AreaId>>,
}

/// A model whose declarations are known.
pub(super) struct Declared<'a, 's> {
    /// The model, without claims and constraints.
    pub model: Model,
    /// What names mean in it.
    pub names: Names<'s>,
    /// What is left to read.
    pub todo: Todo<'a, 's>,
    /// What is wrong so far.
    pub faults: Vec<Diagnostic>,
    /// What names mean, if requested.
    pub refs: SymbolRefs,
}

/// Declares all that a model has.
pub(super) fn declare<'a, 's>(scope: Scope<'a, 's>, refs: SymbolRefs) -> Declared<'a, 's> {
    let items = &scope.ast.items;
    let mut declaring = Declaring {
        scope,
        bearers: FxHashMap::default(),
        out: Declared {
            model: empty(scope.ast),
            names: Names::new(scope::maybe_declared(items)),
            todo: Todo::default(),
            faults: Vec::new(),
            refs,
        },
    };
    declaring.visible();
    declaring.own(items);
    declaring.out.todo.bodies.push(None);
    declaring.body(items, None);
    declaring.out
}

/// A model without anything in it.
fn empty(ast: &ast::Model<'_>) -> Model {
    Model {
        decl: decl_name(&ast.name, ast.title.as_ref(), ast.name.node.to_owned()),
        version: None,
        status: None,
        effective: None,
        reviewed: None,
        review: None,
        notes: Annotations::default(),
        parties: Vec::new(),
        axes: Vec::new(),
        frameworks: Vec::new(),
        areas: Vec::new(),
        duties: Vec::new(),
        children: Vec::new(),
        impossible: Vec::new(),
        conds: vec![Cond::Always],
        claims: Vec::new(),
        ensures: Vec::new(),
        separates: Vec::new(),
        allows: Vec::new(),
        uncertain: ast.faulty,
    }
}

struct Declaring<'a, 's> {
    scope: Scope<'a, 's>,
    /// The area or duty with a given name in an area.
    bearers: FxHashMap<(Option<AreaId>, &'s str), Node>,
    out: Declared<'a, 's>,
}

impl<'a, 's> Declaring<'a, 's> {
    /// Adds what is visible in the file: its own top-level declarations, and those of the files it
    /// uses.
    fn visible(&mut self) {
        let names = self.scope.names();
        for entry in &names.parties {
            self.add_party(entry);
        }
        for entry in &names.axes {
            self.add_axis(&entry.name, entry.decl);
        }
        for entry in &names.frameworks {
            self.add_framework(&entry.name, entry.decl);
        }
    }

    /// The model's own parties, axes and frameworks.
    fn own(&mut self, items: &'a [Item<'s>]) {
        declared(items, &mut self.out.refs);
        for item in items {
            match item {
                Item::Party(it) => {
                    let known = self.out.names.parties.get(it.name.node);
                    let first = known.map(|&id| self.out.model.party(id).decl.span);
                    if !self.is_twice("party", &it.name, first) {
                        let entry = Visible {
                            name: it.name.node.to_owned(),
                            decl: it,
                            home: self.scope.file,
                            via: it.name.span,
                        };
                        self.add_party(&entry);
                    }
                }
                Item::Axis(it) => {
                    let known = self.out.names.axes.get(it.name.node);
                    let first = known.map(|id| self.out.model.axes[id.0 as usize].decl.span);
                    if !self.is_twice("axis", &it.name, first) {
                        self.add_axis(it.name.node, it);
                    }
                }
                Item::Framework(it) => {
                    let known = self.out.names.frameworks.get(it.name.node);
                    let first = known.map(|&at| self.out.model.frameworks[at].decl.span);
                    if !self.is_twice("framework", &it.name, first) {
                        self.add_framework(it.name.node, it);
                    }
                }
                _ => {}
            }
        }
    }

    /// Whether a name is already taken; if so, reports it.
    fn is_twice(&mut self, what: &str, name: &Path<'s>, first: Option<Span>) -> bool {
        let fault = first.map(|first| wording::twice(what, name.node, first, name.span));
        self.out.faults.extend(fault);
        first.is_some()
    }

    /// Adds a party, or a second name of one that is known.
    fn add_party(&mut self, entry: &Visible<'_, ast::Party<'s>>) {
        let known = self.out.names.party_of(scope::address(entry.decl));
        let id = known.unwrap_or_else(|| {
            let (model, names) = (&mut self.out.model, &mut self.out.names);
            new_party(model, names, entry.decl, entry.name.clone())
        });
        self.out.names.parties.insert(entry.name.clone(), id);
    }

    fn add_axis(&mut self, name: &str, decl: &'a ast::Axis<'s>) {
        let known = self.out.names.axis_by_decl.get(&scope::address(decl));
        if let Some(&id) = known {
            // A second name of the same axis.
            self.out.names.axes.insert(name.to_owned(), id);
            return;
        }
        let id = AxisId(count(self.out.model.axes.len()));
        let (mut values, mut spans): (Vec<(String, String)>, Vec<Span>) = (Vec::new(), Vec::new());
        let mut known: FxHashMap<&str, Span> = FxHashMap::default();
        for (value, title) in decl.values.iter().flatten() {
            if self.is_twice("value", value, known.get(value.node).copied()) {
                continue;
            }
            known.insert(value.node, value.span);
            let title = title_or(title.as_ref(), value);
            values.push((value.node.to_owned(), title));
            spans.push(value.span);
        }
        let option = decl.values.is_none();
        if option {
            values = vec![("no".into(), "no".into()), ("yes".into(), "yes".into())];
        }
        if decl.faulty {
            self.out.names.faulty_axes.insert(id);
            // An axis needs at least one value, but its values are unknown.
            values.push(("…".into(), "…".into()));
        }
        self.out.model.axes.push(Axis {
            decl: decl_name(&decl.name, decl.title.as_ref(), name.to_owned()),
            values,
            declared: spans,
            option,
            used: false,
        });
        self.out.names.axis_decls.push(scope::address(decl));
        self.out.names.axis_by_decl.insert(scope::address(decl), id);
        self.out.names.axes.insert(name.to_owned(), id);
    }

    fn add_framework(&mut self, name: &str, decl: &'a ast::Framework<'s>) {
        let id = self.out.model.frameworks.len();
        let known = &mut self.out.names.framework_by_decl;
        let id = *known.entry(scope::address(decl)).or_insert(id);
        self.out.names.frameworks.insert(name.to_owned(), id);
        if id < self.out.model.frameworks.len() {
            // A second name of the same framework.
            return;
        }
        let controls = controls::of_framework(self.scope.loaded, decl);
        self.out.names.controls.push(controls);
        self.out.model.frameworks.push(Framework {
            decl: decl_name(&decl.name, decl.title.as_ref(), name.to_owned()),
        });
    }

    /// Declares areas and duties; anything that needs name lookup is postponed.
    fn body(&mut self, items: &'a [Item<'s>], area: Option<AreaId>) {
        for item in items {
            match item {
                Item::Area(it) => {
                    let id = self.area(it, area);
                    self.out.todo.bodies.push(Some(id));
                    self.body(&it.items, Some(id));
                }
                Item::Duty(it) => self.duty(it, area),
                Item::Table(it) => {
                    for row in it.rows.iter().filter(|row| row.title.is_some()) {
                        if let Some(id) = self.new_duty(&row.duty, row.title.as_ref(), area, true) {
                            self.out.model.duties[id.0 as usize].uncertain = row.faulty;
                        }
                    }
                    self.out.todo.statements.push((area, item));
                }
                Item::Party(_)
                | Item::Axis(_)
                | Item::Framework(_)
                | Item::Use(_)
                | Item::Model(_) => {}
                _ => self.out.todo.statements.push((area, item)),
            }
        }
    }

    fn area(&mut self, it: &'a ast::Area<'s>, parent: Option<AreaId>) -> AreaId {
        let id = AreaId(count(self.out.model.areas.len()));
        if let Some(&first) = self.bearers.get(&(parent, it.name.node)) {
            let known = self.out.model.decl_of(first).span;
            self.is_twice("area or duty", &it.name, Some(known));
            if let Node::Area(first) = first {
                return first;
            }
        }
        self.out.refs.declare(SymbolKind::Area, it.name.span);
        self.out.todo.blocks.push((Node::Area(id), &it.fields));
        let bearer = self.bearers.entry((parent, it.name.node));
        bearer.or_insert(Node::Area(id));
        let model = &mut self.out.model;
        let path = model.path_below(parent, it.name.node);
        children(model, parent).push(Node::Area(id));
        model.areas.push(Area {
            decl: decl_name(&it.name, it.title.as_ref(), it.name.node.to_owned()),
            path,
            parent,
            children: Vec::new(),
            notes: Annotations::default(),
        });
        id
    }

    fn duty(&mut self, it: &'a ast::Duty<'s>, area: Option<AreaId>) {
        let Some(id) = self.new_duty(&it.name, it.title.as_ref(), area, false) else {
            return;
        };
        self.out.todo.blocks.push((Node::Duty(id), &it.fields));
        let when = it.when.as_deref().filter(|_| !it.faulty);
        self.out.todo.conditions.extend(when.map(|when| (id, when)));
        self.out.model.duties[id.0 as usize].uncertain = it.faulty;
    }

    fn new_duty(
        &mut self,
        name: &Path<'s>,
        title: Option<&Text<'s>>,
        area: Option<AreaId>,
        is_row: bool,
    ) -> Option<DutyId> {
        let id = DutyId(count(self.out.model.duties.len()));
        if let Some(&first) = self.bearers.get(&(area, name.node)) {
            let known = self.out.model.decl_of(first).span;
            self.out.faults.push(if is_row {
                wording::row_twice(name.node, known, name.span)
            } else {
                wording::twice("duty", name.node, known, name.span)
            });
            if let Node::Duty(known) = first {
                self.out.model.duties[known.0 as usize].uncertain = true;
            }
            return None;
        }
        self.out.refs.declare(SymbolKind::Duty, name.span);
        self.bearers.insert((area, name.node), Node::Duty(id));
        let model = &mut self.out.model;
        let path = model.path_below(area, name.node);
        children(model, area).push(Node::Duty(id));
        model.duties.push(Duty {
            decl: decl_name(name, title, name.node.to_owned()),
            path,
            area,
            when: CondId::ALWAYS,
            notes: Annotations::default(),
            blanks: Vec::new(),
            uncertain: false,
        });
        Some(id)
    }
}

/// Adds a party that outputs show under this name; no statement finds it by that name yet.
pub(super) fn new_party(
    model: &mut Model,
    names: &mut Names<'_>,
    decl: &ast::Party<'_>,
    shown_as: String,
) -> PartyId {
    let id = PartyId(count(model.parties.len()));
    model.parties.push(Party {
        decl: decl_name(&decl.name, decl.title.as_ref(), shown_as),
        kind: None,
        aka: Vec::new(),
        joins: Vec::new(),
        notes: Annotations::default(),
        used: false,
    });
    names.add_party(scope::address(decl));
    id
}

fn children(model: &mut Model, parent: Option<AreaId>) -> &mut Vec<Node> {
    match parent {
        Some(parent) => &mut model.areas[parent.0 as usize].children,
        None => &mut model.children,
    }
}

/// A title; the name, if there is none or it is blank.
fn title_or(title: Option<&Text<'_>>, name: &Path<'_>) -> String {
    let title = title.filter(|title| !trimmed(&title.node).is_empty());
    title.map_or_else(|| name.node.to_owned(), |title| title.node.to_string())
}

/// A name with its title.
fn decl_name(name: &Path<'_>, title: Option<&Text<'_>>, seen_as: String) -> DeclName {
    let title = title_or(title, name);
    DeclName {
        name: seen_as,
        title,
        span: name.span,
    }
}
