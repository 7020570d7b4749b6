//! Which duties a list of targets means.

use rustc_hash::FxHashSet;

use super::index::duties_below;
use super::reader::ModelReader;
use super::symbols::SymbolKind;
use super::wording;
use crate::diagnostic::suggest::nearest;
use crate::model::{AreaId, DutyId, Node};
use crate::source::Span;
use crate::syntax::ast::{self, Path};
use crate::syntax::vocabulary::is_declaring;

/// The duties of a statement.
#[derive(Debug, Default)]
pub(super) struct Targets {
    /// The duties it is about.
    pub duties: Vec<DutyId>,
    /// The duties it excludes, and where.
    pub excepted: Vec<(DutyId, Span)>,
    /// A path was unknown or ambiguous.
    pub faulty: bool,
}

/// The duties that a list names; faults are reported, and the duties they may mean are marked
/// uncertain.
pub(super) fn targets<'s>(
    reader: &mut ModelReader<'_, 's>,
    list: &ast::Targets<'s>,
    area: Option<AreaId>,
) -> Targets {
    // Most statements name a single duty or area.
    if let ([path], []) = (&*list.include, &*list.except)
        && path.node != "all"
    {
        let node = find(reader, path, area);
        return Targets {
            duties: node.map_or_else(Vec::new, |node| duties_below(&reader.model, node)),
            faulty: node.is_none(),
            ..Targets::default()
        };
    }
    let mut targets = Targets::default();
    let (mut seen, mut items, mut again) = (FxHashSet::default(), Vec::new(), Vec::new());
    let mut named = FxHashSet::default();
    for path in &list.include {
        let duties = if path.node == "all" && named.insert(None) {
            reader.model.duties().map(|(id, _)| id).collect()
        } else if path.node == "all" {
            again.push(path);
            continue;
        } else if let Some(node) = find(reader, path, area) {
            if !named.insert(Some(node)) {
                again.push(path);
                continue;
            }
            duties_below(&reader.model, node)
        } else {
            targets.faulty = true;
            continue;
        };
        targets
            .duties
            .extend(duties.iter().copied().filter(|duty| seen.insert(*duty)));
        items.push((path, duties));
    }
    needless(reader, &items, &again, list.except.is_empty());
    // After a fault in the list, nobody knows what `except` may leave out.
    let all = targets.faulty || list.include.iter().any(|path| path.node == "all");
    for path in &list.except {
        match find_excepted(reader, path, area, (&named, all)) {
            Some(out) => {
                let out = out.into_iter().map(|duty| (duty, path.span));
                targets.excepted.extend(out);
            }
            None => targets.faulty = true,
        }
    }
    let out: FxHashSet<DutyId> = targets.excepted.iter().map(|(out, _)| *out).collect();
    targets.duties.retain(|duty| !out.contains(duty));
    if targets.faulty {
        reader.doubt(&targets.duties);
    }
    targets
}

/// Reports each item of a list whose duties the others name already. Their order does not matter: the
/// largest is kept, of equal ones the first.
fn needless<'s>(
    reader: &mut ModelReader<'_, 's>,
    items: &[(&Path<'s>, Vec<DutyId>)],
    again: &[&Path<'s>],
    is_removable: bool,
) {
    let mut seen = FxHashSet::default();
    let mut largest_first: Vec<_> = items.iter().enumerate().collect();
    largest_first.sort_by_key(|(_, (_, duties))| std::cmp::Reverse(duties.len()));
    let mut needless: Vec<&Path<'s>> = again.to_vec();
    for (at, (_, duties)) in largest_first {
        let fresh = duties.iter().filter(|duty| seen.insert(**duty)).count();
        if fresh == 0 && !duties.is_empty() {
            needless.push(items[at].0);
        }
    }
    needless.sort_by_key(|path| path.span);
    let faults = needless.into_iter();
    let faults = faults.map(|path| wording::already_covered(path, is_removable));
    reader.faults.extend(faults);
}

/// The duties of an excepted path, which must lie below the targets.
fn find_excepted<'s>(
    reader: &mut ModelReader<'_, 's>,
    path: &Path<'s>,
    area: Option<AreaId>,
    (nodes, all): (&FxHashSet<Option<Node>>, bool),
) -> Option<Vec<DutyId>> {
    let model = &reader.model;
    let is_below = |node: &Node| {
        let around =
            std::iter::successors(model.area_around(*node), |area| model.area(*area).parent);
        let mut around = around.map(Node::Area);
        all || around.any(|area| nodes.contains(&Some(area)))
    };
    let matches = reader.index.matching(model, path.node, None);
    let mut inside: Vec<Node> = matches.into_iter().filter(is_below).collect();
    // An area without duties is nothing that could be left out.
    inside.retain(|node| !duties_below(model, *node).is_empty());
    let whole = inside
        .iter()
        .find(|&&node| reader.model.path_of(node) == path.node);
    match (whole, inside.as_slice()) {
        (Some(&node), _) | (None, &[node]) => {
            refer(reader, path, node);
            return Some(duties_below(&reader.model, node));
        }
        (None, []) => {}
        (None, _) => {
            ambiguous(reader, path, &inside);
            return None;
        }
    }
    let node = find(reader, path, area)?;
    if nodes.contains(&Some(node)) {
        return Some(duties_below(&reader.model, node));
    }
    reader.faults.push(wording::except_outside(path));
    Some(Vec::new())
}

/// The area or duty that a path means, looked up outwards from an area.
pub(super) fn find<'s>(
    reader: &mut ModelReader<'_, 's>,
    path: &Path<'s>,
    area: Option<AreaId>,
) -> Option<Node> {
    let mut around = area;
    loop {
        let here = reader.index.matching(&reader.model, path.node, around);
        // A full path means the thing with exactly this path, even if other paths end with it.
        let whole = here
            .iter()
            .find(|&&node| reader.model.path_of(node) == path.node);
        match (whole, here.as_slice(), around) {
            (Some(&node), ..) | (None, &[node], _) => {
                refer(reader, path, node);
                return Some(node);
            }
            (None, [], Some(area)) => around = reader.model.area(area).parent,
            (None, [], None) => {
                unknown_duty(reader, path);
                return None;
            }
            _ => {
                ambiguous(reader, path, &here);
                return None;
            }
        }
    }
}

/// Records what each name of a path refers to: the last one this node, the others its areas.
fn refer<'s>(reader: &mut ModelReader<'_, 's>, path: &Path<'s>, node: Node) {
    if !reader.refs.wanted() {
        return;
    }
    let (mut text, mut at) = (path.node, Some(node));
    while let Some(node) = at {
        let (kind, around) = match node {
            Node::Area(_) => (SymbolKind::Area, reader.model.area_around(node)),
            Node::Duty(_) => (SymbolKind::Duty, reader.model.area_around(node)),
        };
        let declared = reader.model.decl_of(node).span;
        let start = path.span.range().start;
        let span = Span::new(path.span.file, start..start + text.len());
        reader.refs.add(kind, span, text, declared);
        let Some((before, _)) = text.rsplit_once('.') else {
            break;
        };
        (text, at) = (before, around.map(Node::Area));
    }
}

fn ambiguous<'s>(reader: &mut ModelReader<'_, 's>, path: &Path<'s>, nodes: &[Node]) {
    for &node in nodes {
        reader.doubt_below(node);
    }
    let model = &reader.model;
    let meant = |&node: &Node| (model.path_of(node), model.decl_of(node).span);
    let meant: Vec<(&str, Span)> = nodes.iter().map(meant).collect();
    reader.faults.push(wording::ambiguous(path, &meant));
}

fn unknown_duty<'s>(reader: &mut ModelReader<'_, 's>, path: &Path<'s>) {
    let count = reader.model.areas.len() + reader.model.duties.len();
    let may_compare = reader.may_compare(2 * count);
    let model = &reader.model;
    let areas = model.areas.iter().map(|area| area.path.as_str());
    let paths = areas.chain(model.duties.iter().map(|duty| duty.path.as_str()));
    // A path may be shortened to its last names, so each ending is a candidate.
    let ends = paths.flat_map(|path| {
        let inner = path.match_indices('.').map(|(at, _)| &path[at + 1..]);
        inner.chain([path])
    });
    let near = may_compare.then(|| nearest(path.node, ends)).flatten();
    let meant = near.map_or_else(Vec::new, |near| {
        reader.index.matching(model, near.word, None)
    });
    if !reader.maybe_declared(path.node) {
        let fault = wording::unknown_duty(path, near);
        reader.faults.push(fault);
    }
    let meant: Vec<DutyId> = meant
        .into_iter()
        .flat_map(|node| duties_below(&reader.model, node))
        .collect();
    if meant.is_empty() {
        reader.model.uncertain = true;
    } else {
        reader.doubt(&meant);
    }
}

/// Marks everything that this path may mean as uncertain.
pub(super) fn doubt_matching(reader: &mut ModelReader<'_, '_>, path: &str) {
    for node in reader.index.matching(&reader.model, path, None) {
        reader.doubt_below(node);
    }
}

/// Every duty that a word of a broken statement names.
pub(super) fn duties_meant<'s>(
    reader: &ModelReader<'_, 's>,
    broken: &ast::Broken<'s>,
) -> Vec<DutyId> {
    let words = broken.words.iter();
    let nodes = words.flat_map(|path| reader.index.matching(&reader.model, path.node, None));
    nodes
        .flat_map(|node| duties_below(&reader.model, node))
        .collect()
}

/// Marks everything that the words of a broken statement name as uncertain.
pub(super) fn doubt_words<'s>(reader: &mut ModelReader<'_, 's>, broken: &ast::Broken<'s>) {
    let meant = duties_meant(reader, broken);
    let first = broken.words.first().map_or("", |path| path.node);
    let names_all = broken.words.iter().any(|path| path.node == "all");
    let of_all = !broken.bound && first == "impossible" || names_all;
    if of_all || (meant.is_empty() && !is_declaring(first) && !broken.bound) {
        reader.model.uncertain = true;
    }
    reader.doubt(&meant);
}
