//! One model's tree: its parties, axes, areas and duties, and then its statements.
//!
//! Everything is declared before anything is looked up, so the order of statements never matters.

use std::collections::HashSet;
use std::ops::Range;

use rustc_hash::FxHashMap;

use crate::diagnostic::{Code, Diagnostic};
use crate::load::{Controls, Loaded};
use crate::model::{
    Annotations, Area, AreaId, Axis, CondId, DeclName, Duty, DutyId, Framework, Model, Node, Party,
    PartyId,
};
use crate::source::{Sources, Span};
use crate::space::{AxisId, Cond};
use crate::syntax::ast::{self, Item, Text};

use super::scope::{self, FileNames, Visible};
use super::symbols::{SymbolKind, SymbolRefs};

/// A model that is being built.
pub struct ModelBuilder<'a, 's> {
    pub(super) names: &'a [FileNames<'a, 's>],
    pub(super) file: usize,
    pub(super) ast: &'a ast::Model<'s>,
    pub(super) model: Model,
    /// What is wrong so far.
    pub faults: Vec<Diagnostic>,
    /// What names mean, if anybody wants to know.
    pub mentions: SymbolRefs,
    pub(super) party_ids: FxHashMap<String, PartyId>,
    pub(super) axis_ids: FxHashMap<String, AxisId>,
    pub(super) framework_ids: FxHashMap<String, usize>,
    /// The controls of each framework, in a form that compares; `None` where they are not known.
    pub(super) controls: Vec<Option<Vec<String>>>,
    /// Areas and duties by the last name of their path, in the order of a walk over the model once
    /// all are declared.
    pub(super) index: FxHashMap<String, Vec<Node>>,
    /// What bears a name in an area.
    bearers: FxHashMap<(Option<AreaId>, &'s str), Node>,
    /// The place of each duty in a walk over the model.
    pub(super) duty_order: Vec<u32>,
    /// The places of each area and of the last thing below it.
    pub(super) area_order: Vec<Range<u32>>,
    /// Axes whose values could not be read.
    pub(super) faulty_axes: HashSet<AxisId>,
    loaded: &'a Loaded<'s>,
    pub(super) sources: &'s Sources,
    maybe: HashSet<&'s str>,
    party_decls: Vec<usize>,
    axis_decls: Vec<usize>,
    /// Statements to be read once all is declared, each with the area around it.
    statements: Vec<(Option<AreaId>, &'a Item<'s>)>,
    /// Declarations whose blocks are to be read then.
    blocks: Vec<(Node, &'a [ast::Field<'s>])>,
    conditions: Vec<(DutyId, &'a ast::When<'s>)>,
    /// Conditions already read, by how they are written.
    pub(super) conditions_read: FxHashMap<&'s str, CondId>,
    /// Areas in the order of their declarations, whose claims are to be read.
    bodies: Vec<Option<AreaId>>,
}

impl<'a, 's> ModelBuilder<'a, 's> {
    /// A builder for one model of one file.
    pub fn new(
        loaded: &'a Loaded<'s>,
        sources: &'s Sources,
        names: &'a [FileNames<'a, 's>],
        file: usize,
        ast: &'a ast::Model<'s>,
    ) -> Self {
        let model = Model {
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
        };
        Self {
            names,
            file,
            ast,
            model,
            faults: Vec::new(),
            mentions: SymbolRefs::default(),
            party_ids: FxHashMap::default(),
            axis_ids: FxHashMap::default(),
            framework_ids: FxHashMap::default(),
            controls: Vec::new(),
            index: FxHashMap::default(),
            bearers: FxHashMap::default(),
            duty_order: Vec::new(),
            area_order: Vec::new(),
            faulty_axes: HashSet::new(),
            loaded,
            sources,
            maybe: scope::maybe_declared(&ast.items).into_iter().collect(),
            party_decls: Vec::new(),
            axis_decls: Vec::new(),
            statements: Vec::new(),
            blocks: Vec::new(),
            conditions: Vec::new(),
            conditions_read: FxHashMap::default(),
            bodies: Vec::new(),
        }
    }

    /// Reads the whole model. Its claims, those of the model itself first and then of each area in
    /// the order of their declarations, are given up one by one as they are read, so that tree and
    /// model never stand side by side.
    pub fn build(&mut self, claims: Vec<Vec<ast::Claim<'s>>>) {
        let seen = &self.names[self.file];
        for entry in &seen.parties {
            self.add_party(entry);
        }
        for entry in &seen.axes {
            self.add_axis(&entry.name, entry.decl);
        }
        for entry in &seen.frameworks {
            self.add_framework(&entry.name, entry.decl);
        }
        self.declare_shared(&self.ast.items);
        self.bodies.push(None);
        self.declare(&self.ast.items, None);
        self.number();
        self.read_parties();
        self.read_blocks();
        for (duty, condition) in std::mem::take(&mut self.conditions) {
            match self.when(condition) {
                Some(cond) => self.model.duties[duty.0 as usize].when = cond,
                None => self.model.duties[duty.0 as usize].uncertain = true,
            }
        }
        for (area, item) in std::mem::take(&mut self.statements) {
            self.statement(item, area);
        }
        for (area, claims) in std::mem::take(&mut self.bodies).into_iter().zip(claims) {
            for claim in claims {
                self.claim(&claim, area);
            }
        }
        // A statement outside every model may have been meant for this one.
        for item in &self.loaded.files[self.file].file.items {
            if let Item::Broken(broken) = item {
                let meant = self.duties_meant(broken);
                self.doubt(&meant);
            }
        }
    }

    /// The finished model, its claims in the order of the file.
    pub fn finish(mut self) -> Model {
        if self.model.uncertain {
            self.model
                .duties
                .iter_mut()
                .for_each(|duty| duty.uncertain = true);
        }
        // Tables were read before the claims between them.
        self.model.claims.sort_by_key(|claim| claim.head);
        self.model
    }

    /// The declarations that its statements name.
    pub fn named(&self) -> Vec<usize> {
        let parties = self
            .model
            .parties
            .iter()
            .zip(&self.party_decls)
            .filter(|(party, _)| party.used);
        let axes = self
            .model
            .axes
            .iter()
            .zip(&self.axis_decls)
            .filter(|(axis, _)| axis.used);
        let joined = self.ast.items.iter().filter_map(|item| {
            if let Item::Party(it) = item {
                Some(it)
            } else {
                None
            }
        });
        let joined = joined
            .flat_map(scope::joins)
            .filter_map(|path| self.party_ids.get(path.node));
        let joined = joined.map(|id| self.party_decls[id.0 as usize]);
        parties
            .map(|(_, &decl)| decl)
            .chain(axes.map(|(_, &decl)| decl))
            .chain(joined)
            .collect()
    }

    /// Whether a name that means nothing may be the fault of something already reported.
    pub(super) fn excused(&self, path: &str) -> bool {
        self.names[self.file].excused(path) || self.maybe.contains(path)
    }

    /// Whether a broken statement may have declared this.
    pub(super) fn maybe_declared(&self, path: &str) -> bool {
        self.ast.faulty || self.names[self.file].maybe.contains(path) || self.maybe.contains(path)
    }

    fn add_party(&mut self, entry: &Visible<'a, ast::Party<'s>>) -> PartyId {
        let id = PartyId(count(self.model.parties.len()));
        let decl = decl_name(
            &entry.decl.name,
            entry.decl.title.as_ref(),
            entry.name.clone(),
        );
        self.model.parties.push(Party {
            decl,
            kind: None,
            aka: Vec::new(),
            members: Vec::new(),
            notes: Annotations::default(),
            used: false,
        });
        self.party_decls.push(scope::address(entry.decl));
        self.party_ids.insert(entry.name.clone(), id);
        id
    }

    fn add_axis(&mut self, name: &str, decl: &'a ast::Axis<'s>) {
        let id = AxisId(count(self.model.axes.len()));
        let (mut values, mut spans): (Vec<(String, String)>, Vec<Span>) = (Vec::new(), Vec::new());
        for (value, title) in decl.values.iter().flatten() {
            if values.iter().any(|(known, _)| known == value.node) {
                let first = decl
                    .values
                    .iter()
                    .flatten()
                    .find(|(other, _)| other.node == value.node);
                let first = first.map_or(value.span, |(other, _)| other.span);
                self.faults
                    .push(scope::twice("value", value.node, first, value.span));
                continue;
            }
            let title = title
                .as_ref()
                .map_or_else(|| value.node.to_owned(), |title| title.node.to_string());
            values.push((value.node.to_owned(), title));
            spans.push(value.span);
        }
        let option = decl.values.is_none();
        if option {
            values = vec![("no".into(), "no".into()), ("yes".into(), "yes".into())];
        }
        if decl.faulty {
            self.faulty_axes.insert(id);
            // An axis has a value; which ones this has is not known.
            values.push(("…".into(), "…".into()));
        }
        let id_name = decl_name(&decl.name, decl.title.as_ref(), name.to_owned());
        self.model.axes.push(Axis {
            decl: id_name,
            values,
            declared: spans,
            option,
            used: false,
        });
        self.axis_decls.push(scope::address(decl));
        self.axis_ids.insert(name.to_owned(), id);
    }

    fn add_framework(&mut self, name: &str, decl: &'a ast::Framework<'s>) {
        let id = self.model.frameworks.len();
        self.controls.push(self.controls_of(decl));
        self.model.frameworks.push(Framework {
            decl: decl_name(&decl.name, decl.title.as_ref(), name.to_owned()),
        });
        self.framework_ids.insert(name.to_owned(), id);
    }

    /// Every control of a framework; `None` if its catalog could not be read.
    fn controls_of(&self, decl: &ast::Framework<'s>) -> Option<Vec<String>> {
        let mut controls = Vec::new();
        for field in &decl.fields {
            let ast::Value::Texts(texts) = &field.value else {
                continue;
            };
            match field.word.node {
                "ids" => {
                    controls.extend(texts.iter().map(|id| super::fields::comparable(&id.node)));
                }
                "catalog" => {
                    let known: Option<&Controls> = texts
                        .first()
                        .and_then(|text| self.loaded.catalogs.get(&text.span));
                    controls.extend(known?.iter().map(|id| super::fields::comparable(id)));
                }
                _ => {}
            }
        }
        Some(controls)
    }

    /// Declares the model's own parties, axes and frameworks.
    fn declare_shared(&mut self, items: &'a [Item<'s>]) {
        super::declared(items, &mut self.mentions);
        for item in items {
            match item {
                Item::Party(it) => match self.party_ids.get(it.name.node) {
                    Some(&known) => {
                        let first = self.model.party(known).decl.span;
                        self.faults
                            .push(scope::twice("party", it.name.node, first, it.name.span));
                    }
                    None => {
                        self.add_party(&Visible {
                            name: it.name.node.to_owned(),
                            decl: it,
                            home: self.file,
                            via: it.name.span,
                        });
                    }
                },
                Item::Axis(it) => match self.axis_ids.get(it.name.node) {
                    Some(&known) => {
                        let first = self.model.axes[known.0 as usize].decl.span;
                        self.faults
                            .push(scope::twice("axis", it.name.node, first, it.name.span));
                    }
                    None => self.add_axis(it.name.node, it),
                },
                Item::Framework(it) => match self.framework_ids.get(it.name.node) {
                    Some(&known) => {
                        let first = self.model.frameworks[known].decl.span;
                        self.faults.push(scope::twice(
                            "framework",
                            it.name.node,
                            first,
                            it.name.span,
                        ));
                    }
                    None => self.add_framework(it.name.node, it),
                },
                _ => {}
            }
        }
    }

    /// Declares areas and duties, and puts off what looks up names.
    fn declare(&mut self, items: &'a [Item<'s>], area: Option<AreaId>) {
        for item in items {
            match item {
                Item::Area(it) => {
                    let id = self.declare_area(it, area);
                    self.bodies.push(Some(id));
                    self.declare(&it.items, Some(id));
                }
                Item::Duty(it) => {
                    if let Some(id) = self.declare_duty(&it.name, it.title.as_ref(), area, false) {
                        self.blocks.push((Node::Duty(id), &it.fields));
                        self.conditions.extend(
                            it.when
                                .as_deref()
                                .filter(|_| !it.faulty)
                                .map(|when| (id, when)),
                        );
                        self.model.duties[id.0 as usize].uncertain = it.faulty;
                    }
                }
                Item::Table(it) => {
                    for row in it.rows.iter().filter(|row| row.title.is_some()) {
                        if let Some(id) =
                            self.declare_duty(&row.duty, row.title.as_ref(), area, true)
                        {
                            self.model.duties[id.0 as usize].uncertain = row.faulty;
                        }
                    }
                    self.statements.push((area, item));
                }
                Item::Party(_)
                | Item::Axis(_)
                | Item::Framework(_)
                | Item::Use(_)
                | Item::Model(_) => {}
                _ => self.statements.push((area, item)),
            }
        }
    }

    fn declare_area(&mut self, it: &'a ast::Area<'s>, parent: Option<AreaId>) -> AreaId {
        let id = AreaId(count(self.model.areas.len()));
        let decl = decl_name(&it.name, it.title.as_ref(), it.name.node.to_owned());
        if let Some(&first) = self.bearers.get(&(parent, it.name.node)) {
            self.faults.push(scope::twice(
                "area or duty",
                &decl.name,
                self.label_of(first).span,
                decl.span,
            ));
            if let Node::Area(first) = first {
                return first;
            }
        }
        self.mentions.declare(SymbolKind::Area, it.name.span);
        self.blocks.push((Node::Area(id), &it.fields));
        let path = self.path_of(&decl.name, parent);
        self.bearers
            .entry((parent, it.name.node))
            .or_insert(Node::Area(id));
        self.index
            .entry(decl.name.clone())
            .or_default()
            .push(Node::Area(id));
        self.children(parent).push(Node::Area(id));
        self.model.areas.push(Area {
            decl,
            path,
            parent,
            children: Vec::new(),
            notes: Annotations::default(),
        });
        id
    }

    fn declare_duty(
        &mut self,
        name: &ast::Path<'s>,
        title: Option<&Text<'s>>,
        area: Option<AreaId>,
        row: bool,
    ) -> Option<DutyId> {
        let id = DutyId(count(self.model.duties.len()));
        let decl = decl_name(name, title, name.node.to_owned());
        if let Some(&first) = self.bearers.get(&(area, name.node)) {
            let fault = scope::twice("duty", &decl.name, self.label_of(first).span, decl.span);
            let help = "a table row without a title speaks of a duty that is declared elsewhere";
            self.faults
                .push(fault.maybe_help(row.then(|| help.to_owned())));
            if let Node::Duty(known) = first {
                self.model.duties[known.0 as usize].uncertain = true;
            }
            return None;
        }
        self.mentions.declare(SymbolKind::Duty, name.span);
        let path = self.path_of(&decl.name, area);
        self.bearers.insert((area, name.node), Node::Duty(id));
        self.index
            .entry(decl.name.clone())
            .or_default()
            .push(Node::Duty(id));
        self.children(area).push(Node::Duty(id));
        self.model.duties.push(Duty {
            decl,
            path,
            area,
            when: CondId::ALWAYS,
            notes: Annotations::default(),
            blanks: Vec::new(),
            uncertain: false,
        });
        Some(id)
    }

    /// Numbers areas and duties in the order of a walk, so that what lies below an area lies side
    /// by side.
    fn number(&mut self) {
        self.duty_order = vec![0; self.model.duties.len()];
        self.area_order = vec![0..0; self.model.areas.len()];
        let (mut next, mut open) = (0, Vec::new());
        let mut todo: Vec<Option<Node>> = self
            .model
            .children
            .iter()
            .rev()
            .copied()
            .map(Some)
            .collect();
        while let Some(node) = todo.pop() {
            match node {
                Some(Node::Duty(id)) => self.duty_order[id.0 as usize] = next,
                Some(Node::Area(id)) => {
                    self.area_order[id.0 as usize].start = next;
                    open.push(id);
                    todo.push(None);
                    todo.extend(self.model.area(id).children.iter().rev().copied().map(Some));
                }
                // All below the area is numbered.
                None => {
                    if let Some(id) = open.pop() {
                        self.area_order[id.0 as usize].end = next;
                    }
                    continue;
                }
            }
            next += 1;
        }
        let mut index = std::mem::take(&mut self.index);
        for nodes in index.values_mut() {
            nodes.sort_by_key(|&node| self.order(node));
        }
        self.index = index;
    }

    /// The place of something in a walk over the model.
    pub(super) fn order(&self, node: Node) -> u32 {
        match node {
            Node::Area(id) => self.area_order[id.0 as usize].start,
            Node::Duty(id) => self.duty_order[id.0 as usize],
        }
    }

    pub(super) fn label_of(&self, node: Node) -> &DeclName {
        match node {
            Node::Area(id) => &self.model.area(id).decl,
            Node::Duty(id) => &self.model.duty(id).decl,
        }
    }

    fn path_of(&self, name: &str, parent: Option<AreaId>) -> String {
        parent.map_or_else(
            || name.to_owned(),
            |parent| format!("{}.{name}", self.model.area(parent).path),
        )
    }

    fn children(&mut self, parent: Option<AreaId>) -> &mut Vec<Node> {
        match parent {
            Some(parent) => &mut self.model.areas[parent.0 as usize].children,
            None => &mut self.model.children,
        }
    }

    /// The blocks of all parties: kinds, other names, members.
    fn read_parties(&mut self) {
        let names = self.names;
        let entries: Vec<(usize, &'a ast::Party<'s>)> = names[self.file]
            .parties
            .iter()
            .map(|entry| (entry.home, entry.decl))
            .collect();
        let own = self.ast.items.iter().filter_map(|item| {
            if let Item::Party(it) = item {
                Some((self.file, it))
            } else {
                None
            }
        });
        for (home, decl) in entries.into_iter().chain(own.collect::<Vec<_>>()) {
            let Some(at) = self
                .party_decls
                .iter()
                .position(|&known| known == scope::address(decl))
            else {
                continue;
            };
            let notes = self.notes(&decl.fields);
            let members = self.members(home, decl);
            let party = &mut self.model.parties[at];
            party.notes = notes;
            party.members = members;
            self.party_fields(at, decl);
        }
    }

    /// The members of a group, members of members included; a group and its groups look up names
    /// where they stand.
    fn members(&mut self, home: usize, decl: &'a ast::Party<'s>) -> Vec<PartyId> {
        let (mut todo, mut members): (Vec<(usize, &'a ast::Party<'s>)>, Vec<PartyId>) =
            (vec![(home, decl)], Vec::new());
        while let Some((home, at)) = todo.pop() {
            for path in scope::joins(at) {
                let names = self.names;
                let own = self.ast.items.iter().find_map(|item| match item {
                    Item::Party(it) if it.name.node == path.node && home == self.file => {
                        Some((home, it))
                    }
                    _ => None,
                });
                let seen = names[home]
                    .parties
                    .iter()
                    .find(|entry| entry.name == path.node);
                let Some((home, member)) =
                    own.or_else(|| seen.map(|entry| (entry.home, entry.decl)))
                else {
                    self.unknown_member(home, path);
                    continue;
                };
                let known = self
                    .party_decls
                    .iter()
                    .position(|&known| known == scope::address(member));
                let id = match known {
                    Some(at) => PartyId(count(at)),
                    // The member stands in a file that this one does not use.
                    None => self.add_party(&Visible {
                        name: path.node.to_owned(),
                        decl: member,
                        home,
                        via: path.span,
                    }),
                };
                let declared = self.model.party(id).decl.span;
                self.mentions
                    .add(SymbolKind::Party, path.span, path.node, declared);
                if !members.contains(&id) {
                    members.push(id);
                    todo.push((home, member));
                }
            }
        }
        members
    }

    /// A member of one of the model's own groups; those at the top of a file are reported with the
    /// file.
    fn unknown_member(&mut self, home: usize, path: &ast::Path<'s>) {
        let own = self.ast.items.iter().any(|item| match item {
            Item::Party(it) => scope::joins(it).any(|member| member.span == path.span),
            _ => false,
        });
        if own && home == self.file && !self.excused(path.node) {
            let names = self.party_ids.keys().map(String::as_str);
            self.faults
                .push(super::unknown(Code::UnknownParty, "party", path, names));
        }
    }

    fn read_blocks(&mut self) {
        let ast = self.ast;
        self.model.notes = self.notes(&ast.fields);
        self.model_fields();
        for (node, fields) in std::mem::take(&mut self.blocks) {
            let notes = self.notes(fields);
            match node {
                Node::Area(id) => self.model.areas[id.0 as usize].notes = notes,
                Node::Duty(id) => self.model.duties[id.0 as usize].notes = notes,
            }
        }
    }

    fn statement(&mut self, item: &'a Item<'s>, area: Option<AreaId>) {
        match item {
            Item::Table(it) => self.table(it, area),
            Item::Impossible(it) => self.impossible(it),
            Item::Ensure(it) => self.ensure(it, area),
            Item::Separate(it) => self.separate(it, area),
            Item::Allow(it) => self.allow(it, area),
            Item::Broken(it) => self.doubt_words(it),
            _ => {}
        }
    }
}

/// A name with its title.
fn decl_name(name: &ast::Path<'_>, title: Option<&Text<'_>>, seen_as: String) -> DeclName {
    let title = title.map_or_else(|| name.node.to_owned(), |title| title.node.to_string());
    DeclName {
        name: seen_as,
        title,
        span: name.span,
    }
}

fn count(n: usize) -> u32 {
    u32::try_from(n).unwrap_or(u32::MAX)
}
