//! From paths to parsed files: reads the files of a run and all that they `use`.
//!
//! In: names of root files and somebody who can read, [`FileProvider`]. Out: [`Loaded`], each file
//! parsed once however often it is used, and findings for what could not be read. Always: the texts
//! lie in [`Sources`] and outlive the trees made from them.

mod catalog;
mod fences;
mod memory;
mod paths;

use std::collections::HashMap;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

pub use fences::fences;
pub use memory::Memory;
pub use paths::{below, is_page, is_source, leaves, relative, shown};

use crate::diagnostic::{Code, Diagnostic};
use crate::source::{FileId, Sources, Span, Start};
use crate::syntax::ast::{self, Item, Text, Value};
use crate::syntax::vocabulary::FieldKind;
use crate::syntax::{Parsed, parse_with, useful_threads};

/// A file as somebody found it.
#[derive(Clone, Debug)]
pub struct SourceInput {
    /// Its identity: one file has one key, whichever way it was named.
    pub key: PathBuf,
    /// The name that messages show.
    pub name: String,
    /// Its content.
    pub bytes: Vec<u8>,
    /// Where the content begins in the file.
    pub start: Start,
}

impl SourceInput {
    /// A whole file.
    #[must_use]
    pub fn whole(key: PathBuf, name: String, bytes: Vec<u8>) -> Self {
        Self {
            key,
            name,
            bytes,
            start: Start::default(),
        }
    }

    /// What tells it from every other: a page may hold several.
    fn identity(&self) -> (PathBuf, Start) {
        (self.key.clone(), self.start)
    }
}

/// Why a file was not read.
#[derive(Debug)]
pub enum ReadError {
    /// There is none of that name.
    Missing,
    /// It lies outside the project.
    Outside,
    /// The system said no; its words.
    Failed(String),
}

/// Where files are kept: on a disk, or in memory. Nothing but its implementors knows of a disk.
pub trait FileProvider {
    /// The file that `from` names in these words, relative to itself.
    ///
    /// # Errors
    /// It is missing, unreadable or outside the project.
    fn read_used(&self, from: &Path, written: &str) -> Result<SourceInput, ReadError>;

    /// The content of a file.
    ///
    /// # Errors
    /// The system's words.
    fn read_file(&self, path: &Path) -> io::Result<Vec<u8>>;

    /// Whether there is such a file.
    fn is_file(&self, path: &Path) -> bool;

    /// The one path of a file, whatever links lead there; the path itself where there is none.
    fn real_path(&self, path: &Path) -> PathBuf;

    /// What lies in a folder, by name; nothing where there is no such folder.
    fn list(&self, folder: &Path) -> Vec<FolderEntry>;

    /// Every source below a folder.
    fn sources_below(&self, folder: &Path) -> Vec<PathBuf>;

    /// Keeps a page for an editor to open; where.
    ///
    /// # Errors
    /// The system's words, or that there is no place for pages.
    fn write_page(&self, name: &str, text: &str) -> io::Result<PathBuf>;
}

/// Something in a folder.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct FolderEntry {
    /// Its name.
    pub name: String,
    /// It is a folder.
    pub is_folder: bool,
}

/// A parsed file.
#[derive(Debug)]
pub struct LoadedFile<'s> {
    /// Its number among the sources.
    pub id: FileId,
    /// Its tree.
    pub file: ast::File<'s>,
    /// The files it uses, by place in [`Loaded::files`]; `None` where it could not be read. One for
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
    /// The path of every file that was read, as [`SourceInput::key`] says it.
    pub read: Vec<PathBuf>,
}

impl Loaded<'_> {
    /// For each file, itself and all that it uses, however far away.
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

/// A file whose text is known, and not yet parsed.
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
            "this file is not UTF-8",
            "the first byte that is not",
        );
        Parsed {
            file: ast::File::default(),
            faults: vec![fault.help("save it as UTF-8")],
        }
    }
}

/// Parses many files side by side, or one with all threads.
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
    roots: Vec<SourceInput>,
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
    loader.find_cycles();
    loader.loaded
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

    /// Takes in a file's text; nothing if it is known.
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
                    self.loaded
                        .faults
                        .push(unread(Code::UseMissing, &written, &error));
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
                Err(error) => self
                    .loaded
                    .faults
                    .push(unread(Code::BadCatalog, &written, &error)),
            }
        }
    }

    /// Reports each `use` that closes a circle.
    fn find_cycles(&mut self) {
        let mut state = vec![State::New; self.loaded.files.len()];
        for start in 0..state.len() {
            if state[start] != State::New {
                continue;
            }
            state[start] = State::Open;
            let mut stack = vec![(start, 0usize)];
            while let Some((at, next)) = stack.last_mut() {
                let Some(target) = self.loaded.files[*at].uses.get(*next).copied() else {
                    state[*at] = State::Done;
                    stack.pop();
                    continue;
                };
                let (at, number) = (*at, *next);
                *next += 1;
                match target.map(|target| (target, state[target])) {
                    Some((target, State::New)) => {
                        state[target] = State::Open;
                        stack.push((target, 0));
                    }
                    Some((target, State::Open)) => {
                        let from = stack
                            .iter()
                            .position(|&(file, _)| file == target)
                            .unwrap_or(0);
                        let circle: Vec<usize> =
                            stack[from..].iter().map(|&(file, _)| file).collect();
                        let fault = self.cycle(at, number, &circle);
                        self.loaded.faults.extend(fault);
                    }
                    _ => {}
                }
            }
        }
    }

    fn cycle(&self, at: usize, number: usize, circle: &[usize]) -> Option<Diagnostic> {
        let written = self.loaded.files[at]
            .file
            .items
            .iter()
            .filter_map(used)
            .nth(number)?;
        let name = |file: usize| format!("`{}`", self.sources.name(self.loaded.files[file].id));
        let first = *circle.first()?;
        let path: Vec<String> = circle.iter().copied().chain([first]).map(name).collect();
        let message = if circle.len() == 1 {
            "this file uses itself".to_owned()
        } else {
            "these files use each other".to_owned()
        };
        let fault = Diagnostic::new(Code::UseCycle, written.span, message, "closes the circle");
        let fault = fault.help(path.join(" uses "));
        Some(fault.help("move what both need into a third file"))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    New,
    Open,
    Done,
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

fn unread(code: Code, written: &Text<'_>, error: &ReadError) -> Diagnostic {
    let name = &written.node;
    match error {
        ReadError::Missing => {
            let fault =
                Diagnostic::new(code, written.span, format!("there is no file `{name}`"), "");
            fault.help("paths are relative to the file that names them, with `/` between folders")
        }
        ReadError::Outside => {
            let fault = Diagnostic::new(
                Code::UseOutside,
                written.span,
                format!("`{name}` leaves the project"),
                "",
            );
            fault.help("the project is the folder with `srm.toml` or `.git`, or else the current folder; keep what it uses inside")
        }
        ReadError::Failed(why) => Diagnostic::new(
            code,
            written.span,
            format!("`{name}` cannot be read"),
            why.clone(),
        ),
    }
}
