//! The names that a file can use: its own at the top, and those of the files it `use`s.

use std::collections::{HashMap, HashSet};

use crate::diagnostic::Diagnostic;
use crate::load::Loaded;
use crate::source::Span;
use crate::syntax::ast::{Axis, Framework, Item, Model, Party, Path};

use super::symbols::SymbolKind;
use super::{groups, wording};

/// A declaration, with the name under which it is visible here.
#[derive(Debug)]
pub(super) struct Visible<'a, T> {
    /// The name, with the prefix if it was imported with one.
    pub name: String,
    /// The declaration.
    pub decl: &'a T,
    /// The file that declares it.
    pub home: usize,
    /// The declaration, or the `use` that brought it here.
    pub via: Span,
}

/// A declaration's identity.
pub(super) fn address<T>(decl: &T) -> usize {
    std::ptr::from_ref(decl).addr()
}

/// The names that the top of a file can use.
#[derive(Debug)]
pub(super) struct FileNames<'a, 's> {
    /// Parties in declared order, imported ones first.
    pub parties: Vec<Visible<'a, Party<'s>>>,
    /// The place of each party in this list, by its name.
    places: HashMap<String, usize>,
    /// Axes and options.
    pub axes: Vec<Visible<'a, Axis<'s>>>,
    /// Frameworks.
    pub frameworks: Vec<Visible<'a, Framework<'s>>>,
    /// Prefixes of files that could not be read; an empty one for files used without prefix.
    pub blind: HashSet<&'s str>,
    /// Names that a broken statement may have declared.
    pub maybe: HashSet<&'s str>,
    /// Parties that are members of a group in this file.
    pub joined: HashSet<usize>,
}

/// A declaration with a name.
trait Named<'s> {
    fn name(&self) -> &Path<'s>;
}

macro_rules! named {
    ($($kind:ident)*) => {
        $(impl<'s> Named<'s> for $kind<'s> {
            fn name(&self) -> &Path<'s> {
                &self.name
            }
        })*
    };
}
named! { Party Axis Framework Model }

impl<'a, 's> FileNames<'a, 's> {
    /// The names of one file; clashes among them are findings.
    pub(super) fn new(loaded: &'a Loaded<'s>, at: usize, faults: &mut Vec<Diagnostic>) -> Self {
        let items = &loaded.files[at].file.items;
        let parties = gather(loaded, at, "party", faults, |item| {
            if let Item::Party(it) = item {
                Some(it)
            } else {
                None
            }
        });
        let places = parties.iter().enumerate();
        let places = places.map(|(place, entry)| (entry.name.clone(), place));
        let mut names = Self {
            places: places.collect(),
            parties,
            axes: gather(loaded, at, "axis", faults, |item| {
                if let Item::Axis(it) = item {
                    Some(it)
                } else {
                    None
                }
            }),
            frameworks: gather(loaded, at, "framework", faults, |item| {
                if let Item::Framework(it) = item {
                    Some(it)
                } else {
                    None
                }
            }),
            blind: HashSet::new(),
            maybe: HashSet::new(),
            joined: HashSet::new(),
        };
        gather(loaded, at, "model", faults, |item| {
            if let Item::Model(it) = item {
                Some(it)
            } else {
                None
            }
        });
        names.find_blind(items, &loaded.files[at].uses);
        names.maybe.extend(maybe_declared(items));
        names.check_groups(items, faults);
        names
    }

    /// Notes the prefixes of files that could not be read.
    fn find_blind(&mut self, items: &[Item<'s>], targets: &[Option<usize>]) {
        let uses = items.iter().filter_map(|item| {
            if let Item::Use(it) = item {
                Some(it)
            } else {
                None
            }
        });
        for (used, target) in uses.zip(targets) {
            if target.is_none() {
                self.blind
                    .insert(used.prefix.as_ref().map_or("", |prefix| prefix.node));
            }
        }
        for item in items.iter().chain(items.iter().flat_map(inside)) {
            if let Item::Broken(broken) = item
                && broken.words.first().is_some_and(|word| word.node == "use")
            {
                self.blind.insert("");
            }
        }
    }

    /// Whether an unknown name may be the result of a fault already reported.
    pub(super) fn excused(&self, path: &str) -> bool {
        let prefix = path.split_once('.').map_or("", |(prefix, _)| prefix);
        self.blind.contains(prefix) || self.blind.contains("") || self.maybe.contains(path)
    }

    /// Reports unknown members, and groups that contain themselves.
    fn check_groups(&mut self, items: &[Item<'s>], faults: &mut Vec<Diagnostic>) {
        let mut unknown = Vec::new();
        let find = |name: &str| self.party(name).map(|entry| entry.decl);
        let joined = groups::joined(items, find, |member| unknown.push(member.clone()));
        for member in unknown.iter().filter(|member| !self.excused(member.node)) {
            let names = self.parties.iter().map(|entry| entry.name.as_str());
            faults.push(wording::unknown(SymbolKind::Party, member, names));
        }
        self.joined.extend(joined);
        groups::circles(items, faults);
    }

    /// The party of this name.
    pub(super) fn party(&self, name: &str) -> Option<&Visible<'a, Party<'s>>> {
        self.parties.get(*self.places.get(name)?)
    }
}

/// The statements of a model.
fn inside<'a, 's>(item: &'a Item<'s>) -> &'a [Item<'s>] {
    if let Item::Model(model) = item {
        &model.items
    } else {
        &[]
    }
}

/// The names that statements and rows which could not be read may have declared: one of their first
/// two words.
pub(super) fn maybe_declared<'s>(items: &[Item<'s>]) -> Vec<&'s str> {
    let mut names = Vec::new();
    for item in items {
        match item {
            Item::Broken(broken) => names.extend(broken.words.iter().take(2).map(|path| path.node)),
            Item::Table(table) => names.extend(table.lost.iter().map(|path| path.node)),
            Item::Area(area) => names.extend(maybe_declared(&area.items)),
            _ => {}
        }
    }
    names
}

/// The declarations of one kind that are visible in a file.
fn gather<'a, 's, T: Named<'s>>(
    loaded: &'a Loaded<'s>,
    at: usize,
    what: &str,
    faults: &mut Vec<Diagnostic>,
    pick: impl Fn(&'a Item<'s>) -> Option<&'a T>,
) -> Vec<Visible<'a, T>> {
    let mut visible: Vec<Visible<'a, T>> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut add = |entry: Visible<'a, T>, faults: &mut Vec<Diagnostic>| {
        if let Some(&first) = places.get(&entry.name) {
            let first: &Visible<'a, T> = &visible[first];
            if !std::ptr::eq(first.decl, entry.decl) {
                faults.push(clash(first, &entry, what, at));
            }
            return;
        }
        places.insert(entry.name.clone(), visible.len());
        visible.push(entry);
    };
    let items = &loaded.files[at].file.items;
    let uses = items.iter().filter_map(|item| {
        if let Item::Use(it) = item {
            Some(it)
        } else {
            None
        }
    });
    for (used, target) in uses.zip(&loaded.files[at].uses) {
        let Some(target) = *target else { continue };
        for decl in loaded.files[target].file.items.iter().filter_map(&pick) {
            let name = match &used.prefix {
                Some(prefix) => format!("{}.{}", prefix.node, decl.name().node),
                None => decl.name().node.to_owned(),
            };
            add(
                Visible {
                    name,
                    decl,
                    home: target,
                    via: used.span,
                },
                faults,
            );
        }
    }
    for decl in items.iter().filter_map(pick) {
        let name = decl.name();
        add(
            Visible {
                name: name.node.to_owned(),
                decl,
                home: at,
                via: name.span,
            },
            faults,
        );
    }
    visible
}

fn clash<'s, T: Named<'s>>(
    first: &Visible<'_, T>,
    second: &Visible<'_, T>,
    what: &str,
    at: usize,
) -> Diagnostic {
    let name = &second.name;
    if first.home == at && second.home == at {
        return wording::twice(what, name, first.via, second.via);
    }
    wording::use_clash(what, name, first.via, second.via)
}
