//! From paths to parsed files: reads the files of a run and all that they `use`.
//!
//! In: names of root files and a [`FileProvider`] that reads them. Out: [`Loaded`], each file
//! parsed once however often it is used, and findings for what could not be read. Always: the texts
//! are in [`Sources`] and outlive the trees made from them.

mod catalog;
mod cycles;
mod fences;
mod memory;
mod paths;
mod provider;

use std::collections::HashMap;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

pub use fences::fences;
#[cfg(feature = "cli")]
pub(crate) use fences::is_inside_note;
pub use memory::Memory;
pub use paths::{below, is_page, is_source, leaves, relative, shown};
pub use provider::{FileProvider, FolderEntry, ReadError, SourceInput};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Sources, Span, Start};
use crate::syntax::ast::{self, Item, Text, Value};
use crate::syntax::vocabulary::FieldKind;
use crate::syntax::{Parsed, parse_with, useful_threads};

/// A parsed file.
#[derive(Debug)]
pub struct LoadedFile<'s> {
    /// Its number among the sources.
    pub id: FileId,
    /// Its tree.
    pub file: ast::File<'s>,
    /// The files it uses, by index in [`Loaded::files`]; `None` if one could not be read. One for
    /// each `use`, in order.
    pub uses: Vec<Option<usize>>,
    /// The user asked for it; otherwise another file uses it.
    pub root: bool,
}

/// The ids of a catalog's controls.
pub type Controls = Vec<String>;

/// Everything a run reads.
#[derive(Debug, Default)]
pub struct Loaded<'s> {
    /// The files, roots first.
    pub files: Vec<LoadedFile<'s>>,
    /// Catalogs by the span of the text that names them; a catalog that could not be read is not
    /// here.
    pub catalogs: HashMap<Span, Controls>,
    /// What is wrong with the texts, and with reading them.
    pub faults: Vec<Diagnostic>,
    /// The path of every file that was read, as in [`SourceInput::key`].
    pub read: Vec<PathBuf>,
}

impl Loaded<'_> {
    /// For each file, itself and all files that it uses, directly or indirectly.
    #[must_use]
    pub fn reach(&self) -> HashMap<FileId, Vec<FileId>> {
        let of = |start: usize| {
            let (mut seen, mut todo) = (vec![start], vec![start]);
            while let Some(at) = todo.pop() {
                for &target in self.files[at].uses.iter().flatten() {
                    if !seen.contains(&target) {
                        seen.push(target);
                        todo.push(target);
                    }
                }
            }
            (
                self.files[start].id,
                seen.into_iter().map(|at| self.files[at].id).collect(),
            )
        };
        (0..self.files.len()).map(of).collect()
    }
}

/// A file whose text is known, but not yet parsed.
struct Root {
    id: FileId,
    /// The first byte that is not UTF-8.
    fault: Option<usize>,
}

impl Root {
    fn parse<'s>(&self, threads: usize, sources: &'s Sources) -> Parsed<'s> {
        let Some(at) = self.fault else {
            return parse_with(threads, self.id, sources.text(self.id));
        };
        let span = Span::new(self.id, at..at + '\u{fffd}'.len_utf8());
        let fault = Diagnostic::new(
            Code::NotText,
            span,
            "this file is not valid UTF-8",
            "the first invalid byte",
        );
        Parsed {
            file: ast::File::default(),
            faults: vec![fault.help("save the file as UTF-8")],
        }
    }
}

/// Parses many files in parallel, or a single file with all threads.
fn parse_all<'s>(roots: &[Root], parallel: bool, sources: &'s Sources) -> Vec<Parsed<'s>> {
    let bytes = roots.iter().map(|root| sources.text(root.id).len()).sum();
    let threads = useful_threads(bytes, parallel);
    if threads < 2 || roots.len() < threads {
        return roots
            .iter()
            .map(|root| root.parse(threads, sources))
            .collect();
    }
    let next = AtomicUsize::new(0);
    let work = || {
        let mine = std::iter::from_fn(|| {
            let at = next.fetch_add(1, Ordering::Relaxed);
            roots.get(at).map(|root| (at, root.parse(1, sources)))
        });
        mine.collect::<Vec<_>>()
    };
    let mut parsed: Vec<(usize, Parsed<'s>)> = std::thread::scope(|scope| {
        let workers: Vec<_> = (0..threads).map(|_| scope.spawn(work)).collect();
        let done = workers.into_iter().flat_map(|worker| {
            worker
                .join()
                .unwrap_or_else(|panic| std::panic::resume_unwind(panic))
        });
        done.collect()
    });
    parsed.sort_by_key(|(at, _)| *at);
    parsed.into_iter().map(|(_, parsed)| parsed).collect()
}

struct Loader<'s, 'f> {
    sources: &'s Sources,
    files: &'f dyn FileProvider,
    parallel: bool,
    known: HashMap<(PathBuf, Start), usize>,
    keys: Vec<PathBuf>,
    loaded: Loaded<'s>,
}

/// Parses the roots and all they use; `parallel` as in [`crate::check::Options`].
pub fn load<'s>(
    mut roots: Vec<SourceInput>,
    files: &dyn FileProvider,
    parallel: bool,
    sources: &'s Sources,
) -> Loaded<'s> {
    let mut loader = Loader {
        sources,
        files,
        parallel,
        known: HashMap::new(),
        keys: Vec::new(),
        loaded: Loaded::default(),
    };
    // Blocks of one page stay in their order.
    roots.sort_by(|a, b| a.key.cmp(&b.key));
    let new: Vec<(Root, (PathBuf, Start))> = roots
        .into_iter()
        .filter_map(|root| loader.register(root))
        .collect();
    let (roots, identities): (Vec<Root>, Vec<(PathBuf, Start)>) = new.into_iter().unzip();
    for ((root, identity), parsed) in roots
        .iter()
        .zip(identities)
        .zip(parse_all(&roots, parallel, sources))
    {
        loader.install(root.id, identity, parsed, true);
    }
    let mut at = 0;
    while at < loader.loaded.files.len() {
        loader.follow(at);
        at += 1;
    }
    let mut loaded = loader.loaded;
    cycles::find_cycles(&mut loaded, sources);
    loaded
}

impl<'s> Loader<'s, '_> {
    /// Adds a used file, unless it is known.
    fn add(&mut self, found: SourceInput) -> usize {
        if let Some(&known) = self.known.get(&found.identity()) {
            return known;
        }
        let Some((root, identity)) = self.register(found) else {
            return 0;
        };
        let bytes = self.sources.text(root.id).len();
        let parsed = root.parse(useful_threads(bytes, self.parallel), self.sources);
        self.install(root.id, identity, parsed, false)
    }

    /// Registers a file's text; `None` if the file is already known.
    fn register(&mut self, found: SourceInput) -> Option<(Root, (PathBuf, Start))> {
        let identity = found.identity();
        if self.known.contains_key(&identity) {
            return None;
        }
        self.known.insert(identity.clone(), usize::MAX);
        let (text, fault) = match String::from_utf8(found.bytes) {
            Ok(text) => (text, None),
            Err(error) => {
                let at = error.utf8_error().valid_up_to();
                (
                    String::from_utf8_lossy(error.as_bytes()).into_owned(),
                    Some(at),
                )
            }
        };
        let id = self
            .sources
            .add_from(found.start, found.name, shown(&found.key), text);
        Some((Root { id, fault }, identity))
    }

    fn install(
        &mut self,
        id: FileId,
        identity: (PathBuf, Start),
        parsed: Parsed<'s>,
        root: bool,
    ) -> usize {
        self.loaded.faults.extend(parsed.faults);
        let at = self.loaded.files.len();
        self.keys.push(identity.0.clone());
        self.loaded.read.push(identity.0.clone());
        self.known.insert(identity, at);
        self.loaded.files.push(LoadedFile {
            id,
            file: parsed.file,
            uses: Vec::new(),
            root,
        });
        at
    }

    /// Loads what one file uses.
    fn follow(&mut self, at: usize) {
        let key = self.keys[at].clone();
        let file = &self.loaded.files[at].file;
        let uses: Vec<Text<'s>> = file.items.iter().filter_map(used).cloned().collect();
        let catalogs: Vec<Text<'s>> = file.items.iter().flat_map(catalogs_of).cloned().collect();
        for written in uses {
            let target = match self.files.read_used(&key, &written.node) {
                Ok(found) => Some(self.add(found)),
                Err(error) => {
                    let fault = unread(Code::UseMissing, &written, &error);
                    self.loaded.faults.extend(fault);
                    None
                }
            };
            self.loaded.files[at].uses.push(target);
        }
        for written in catalogs {
            let found = self.files.read_used(&key, &written.node);
            self.loaded
                .read
                .extend(found.as_ref().ok().map(|found| found.key.clone()));
            match found.map(|found| catalog::controls(&found.bytes)) {
                Ok(Ok(controls)) => {
                    self.loaded.catalogs.insert(written.span, controls);
                }
                Ok(Err(why)) => {
                    let message = format!("`{}` is not an OSCAL catalog", written.node);
                    self.loaded.faults.push(Diagnostic::new(
                        Code::BadCatalog,
                        written.span,
                        message,
                        why,
                    ));
                }
                Err(error) => {
                    let fault = unread(Code::BadCatalog, &written, &error);
                    self.loaded.faults.extend(fault);
                }
            }
        }
    }
}

fn used<'a, 's>(item: &'a Item<'s>) -> Option<&'a Text<'s>> {
    if let Item::Use(it) = item {
        Some(&it.file)
    } else {
        None
    }
}

/// The catalog files that the frameworks of a statement name.
fn catalogs_of<'a, 's>(item: &'a Item<'s>) -> Vec<&'a Text<'s>> {
    match item {
        Item::Framework(framework) => {
            let fields = framework
                .fields
                .iter()
                .filter(|field| field.kind == FieldKind::Catalog);
            fields
                .filter_map(|field| {
                    if let Value::Texts(texts) = &field.value {
                        texts.first()
                    } else {
                        None
                    }
                })
                .collect()
        }
        Item::Model(model) => model.items.iter().flat_map(catalogs_of).collect(),
        _ => Vec::new(),
    }
}

/// Why a file that is named cannot be read; `None` if its name has a fault, which is reported.
fn unread(code: Code, written: &Text<'_>, error: &ReadError) -> Option<Diagnostic> {
    let name = &written.node;
    if name.is_empty() && written.span.range().len() > "\"\"".len() {
        return None;
    }
    Some(match error {
        ReadError::Missing => {
            let fault =
                Diagnostic::new(code, written.span, format!("there is no file `{name}`"), "");
            fault.help("write the path relative to this file, with `/` between folders")
        }
        ReadError::Outside => {
            let fault = Diagnostic::new(
                Code::UseOutside,
                written.span,
                format!("`{name}` is outside the project"),
                "",
            );
            fault.help("move the file into the project folder (the one with `srm.toml` or `.git`, or else the current folder)")
        }
        ReadError::Failed(why) => Diagnostic::new(
            code,
            written.span,
            format!("`{name}` cannot be read"),
            why.clone(),
        ),
    })
}
