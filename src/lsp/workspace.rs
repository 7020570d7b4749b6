//! What the server knows: open documents, and for each root file a checked run.
//!
//! Every `.srm` file below the client's folders is a root, and every open document. Each has a run
//! of its own, so that a keystroke costs one file and those that use it. What only all files
//! together tell, whether anybody names a declaration, is asked of all runs.

use std::collections::{BTreeMap, BTreeSet, HashMap, VecDeque};
use std::path::{Path, PathBuf};

use super::document::Document;
use crate::check::Options;
use crate::compilation::Compilation;
use crate::diagnostic::{Code, Diagnostic};
use crate::load::{Disk, FileProvider, ReadError, SourceInput, read, shown, walk};
use crate::resolve::symbols::{Symbol, SymbolRef};
use crate::source::{FileId, Span};

/// A checked run over one root and what it uses.
pub struct Analysis {
    /// The run.
    pub run: Compilation,
    /// The number of each file in it.
    files: HashMap<PathBuf, FileId>,
    /// A file it uses could not be read: one that appears may be it.
    incomplete: bool,
}

impl Analysis {
    /// The number of a file in this run.
    pub fn file(&self, path: &Path) -> Option<FileId> {
        self.files.get(path).copied()
    }

    /// The path of a file of this run.
    pub fn path(&self, file: FileId) -> PathBuf {
        self.run
            .sources
            .get(file)
            .map_or_else(PathBuf::new, |source| PathBuf::from(&source.key))
    }

    /// What the name at a byte of a file means; a place between two names belongs to the one before
    /// it too.
    pub fn ref_at(&self, file: FileId, byte: usize) -> Option<SymbolRef> {
        let refs = &self.run.refs;
        let first = refs.partition_point(|it| (it.span.file, it.span.range().end) < (file, byte));
        refs[first..]
            .iter()
            .take_while(|it| it.span.file == file && it.span.range().start <= byte)
            .last()
            .copied()
    }

    /// The names of a file and what they mean.
    pub fn refs_in(&self, file: FileId) -> &[SymbolRef] {
        let refs = &self.run.refs;
        let first = refs.partition_point(|it| it.span.file < file);
        let behind = refs.partition_point(|it| it.span.file <= file);
        &refs[first..behind]
    }

    /// Where a thing of this run is declared.
    pub fn place_of(&self, thing: Symbol) -> Place {
        Place {
            path: self.path(thing.declared.file),
            bytes: thing.declared.range(),
        }
    }

    /// A thing of another run, in this one.
    pub fn thing(
        &self,
        kind: crate::resolve::symbols::SymbolKind,
        place: &Place,
    ) -> Option<Symbol> {
        let file = self.file(&place.path)?;
        Some(Symbol {
            kind,
            declared: Span::new(file, place.bytes.clone()),
        })
    }
}

/// A stretch of a file, whatever runs say of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Place {
    /// The file.
    pub path: PathBuf,
    /// The stretch.
    pub bytes: std::ops::Range<usize>,
}

/// Everything the server knows of files.
pub struct Workspace {
    /// The client's folders.
    folders: Vec<PathBuf>,
    /// Open documents by path.
    pub open: BTreeMap<PathBuf, Document>,
    /// Root files, each with its run once it was checked.
    roots: BTreeMap<PathBuf, Option<Analysis>>,
    /// Roots whose runs no longer tell the truth.
    stale: VecDeque<PathBuf>,
    disk: Disk,
    options: Options,
}

impl Workspace {
    /// The folders of a client.
    pub fn new(folders: Vec<PathBuf>, options: Options) -> Self {
        let here = folders.first().cloned().unwrap_or_default();
        let mut new = Self {
            folders,
            open: BTreeMap::new(),
            roots: BTreeMap::new(),
            stale: VecDeque::new(),
            disk: Disk::new(&here),
            options,
        };
        new.find_roots();
        new
    }

    /// Adds and removes folders.
    pub fn change_folders(&mut self, added: Vec<PathBuf>, removed: &[PathBuf]) {
        self.folders.retain(|folder| !removed.contains(folder));
        self.folders.extend(added);
        let outside: Vec<PathBuf> = self
            .roots
            .keys()
            .filter(|root| !self.is_root(root))
            .cloned()
            .collect();
        for root in &outside {
            self.forget(root);
        }
        self.find_roots();
    }

    /// Whether a file is checked for its own sake.
    fn is_root(&self, path: &Path) -> bool {
        let is_source = path.extension().is_some_and(|extension| extension == "srm");
        self.open.contains_key(path)
            || is_source
                && path.is_file()
                && self.folders.iter().any(|folder| path.starts_with(folder))
    }

    fn find_roots(&mut self) {
        for folder in self.folders.clone() {
            for entry in walk(&folder).flatten() {
                if entry
                    .path()
                    .extension()
                    .is_some_and(|extension| extension == "srm")
                    && entry.path().is_file()
                {
                    let path = entry
                        .path()
                        .canonicalize()
                        .unwrap_or_else(|_| entry.path().to_owned());
                    self.add_root(path);
                }
            }
        }
    }

    fn add_root(&mut self, path: PathBuf) {
        if !self.roots.contains_key(&path) {
            self.roots.insert(path.clone(), None);
            self.stale.push_back(path);
        }
    }

    fn forget(&mut self, root: &Path) {
        self.roots.remove(root);
        self.stale.retain(|stale| stale != root);
    }

    /// A document was opened.
    pub fn opened(&mut self, path: &Path, document: Document) {
        self.open.insert(path.to_owned(), document);
        self.add_root(path.to_owned());
        self.changed(path);
    }

    /// A document was closed: the file on the disk counts again.
    pub fn closed(&mut self, path: &Path) {
        self.open.remove(path);
        self.changed(path);
        if !self.is_root(path) {
            self.forget(path);
        }
    }

    /// A file on the disk was written, created or deleted.
    pub fn changed_on_disk(&mut self, path: &Path) {
        if self.is_root(path) {
            self.add_root(path.to_owned());
        } else {
            self.forget(path);
        }
        if !self.open.contains_key(path) {
            self.changed(path);
        }
    }

    /// A text changed: the runs that read it are stale, that of the file itself first.
    pub fn changed(&mut self, path: &Path) {
        let appeared = !self
            .roots
            .values()
            .flatten()
            .any(|analysis| analysis.file(path).is_some());
        let touched = |analysis: &Analysis| {
            analysis.run.read.iter().any(|read| read == path) || (appeared && analysis.incomplete)
        };
        let stale: Vec<PathBuf> = self
            .roots
            .iter()
            .filter(|(_, run)| run.as_ref().is_some_and(touched))
            .map(|(root, _)| root.clone())
            .collect();
        for root in stale {
            if !self.stale.contains(&root) {
                self.stale.push_back(root);
            }
        }
        if self.roots.contains_key(path) {
            self.stale.retain(|stale| stale != path);
            self.stale.push_front(path.to_owned());
        }
    }

    /// Whether a run waits to be made.
    pub fn is_stale(&self) -> bool {
        !self.stale.is_empty()
    }

    /// Looks at the disk again: whoever writes files need not tell.
    pub fn rescan_disk(&mut self) {
        let mut changed = BTreeSet::new();
        for analysis in self.analyses() {
            for (path, id) in analysis
                .files
                .iter()
                .filter(|(path, _)| !self.open.contains_key(*path))
            {
                if !changed.contains(path)
                    && read(path).ok().as_deref() != Some(analysis.run.sources.text(*id).as_bytes())
                {
                    changed.insert(path.clone());
                }
            }
        }
        for path in changed {
            self.changed_on_disk(&path);
        }
    }

    /// The roots whose runs wait to be made.
    pub fn waiting(&self) -> Vec<PathBuf> {
        self.stale.iter().cloned().collect()
    }

    /// Makes the run that waits longest; the files of which something else may now be said.
    pub fn refresh_next(&mut self) -> BTreeSet<PathBuf> {
        self.stale
            .pop_front()
            .map(|root| self.refresh(&root))
            .unwrap_or_default()
    }

    /// Makes the run of a file, if it waits.
    pub fn settle(&mut self, path: &Path) -> BTreeSet<PathBuf> {
        if self.stale.contains(&path.to_owned()) {
            self.stale.retain(|stale| stale != path);
            return self.refresh(path);
        }
        BTreeSet::new()
    }

    fn refresh(&mut self, root: &Path) -> BTreeSet<PathBuf> {
        if !self.roots.contains_key(root) {
            return BTreeSet::new();
        }
        let told = |analysis: Option<&Analysis>| -> BTreeSet<PathBuf> {
            analysis
                .into_iter()
                .flat_map(|it| it.files.keys().cloned())
                .chain([root.to_owned()])
                .collect()
        };
        let mut touched = told(self.roots.get(root).and_then(Option::as_ref));
        let fresh = self.analyse(root);
        touched.extend(told(fresh.as_ref()));
        self.roots.insert(root.to_owned(), fresh);
        touched
    }

    fn analyse(&self, root: &Path) -> Option<Analysis> {
        let files = Overlay {
            disk: &self.disk,
            open: &self.open,
        };
        let bytes = files.bytes(root)?;
        let found = SourceInput::whole(root.to_owned(), shown(root), bytes);
        let run = Compilation::indexed(vec![found], &files, self.options);
        let files = run
            .sources
            .iter()
            .map(|(id, source)| (PathBuf::from(&source.key), id))
            .collect();
        let incomplete = run.findings.iter().any(|finding| {
            matches!(
                finding.code,
                Code::UseMissing | Code::UseOutside | Code::BadCatalog
            )
        });
        Some(Analysis {
            run,
            files,
            incomplete,
        })
    }

    /// Every run that was made.
    pub fn analyses(&self) -> impl Iterator<Item = &Analysis> {
        self.roots.values().flatten()
    }

    /// The run to ask about a file: its own, or of one that uses it.
    pub fn analysis(&self, path: &Path) -> Option<(&Analysis, FileId)> {
        let own = self.roots.get(path).and_then(Option::as_ref);
        own.into_iter()
            .chain(self.analyses())
            .find_map(|analysis| Some((analysis, analysis.file(path)?)))
    }

    /// The same, to work in.
    pub fn analysis_mut(&mut self, path: &Path) -> Option<(&mut Analysis, FileId)> {
        let (own, others): (Vec<_>, Vec<_>) =
            self.roots.iter_mut().partition(|(root, _)| *root == path);
        let mut all = own
            .into_iter()
            .chain(others)
            .filter_map(|(_, analysis)| analysis.as_mut());
        all.find_map(|analysis| analysis.file(path).map(|file| (analysis, file)))
    }

    /// What is to be said of a file, each finding with the run it comes from, in the order of the
    /// file.
    pub fn findings(&self, path: &Path) -> Vec<(&Analysis, &Diagnostic)> {
        let mut found: Vec<(&Analysis, &Diagnostic)> = Vec::new();
        for (root, analysis) in self
            .roots
            .iter()
            .filter_map(|(root, analysis)| Some((root, analysis.as_ref()?)))
        {
            let Some(file) = analysis.file(path) else {
                continue;
            };
            // A run that waits to be made anew knows an old text; only what it says of its own
            // models is kept until then.
            let is_fresh = root == path || !self.stale.contains(root);
            let told = |finding: &&Diagnostic| {
                finding.span().file == file && (is_fresh || finding.subject.is_some())
            };
            let own = analysis.run.findings.iter().filter(told);
            for finding in own.filter(|finding| !self.is_named_elsewhere(analysis, finding)) {
                let same = |(_, known): &(&Analysis, &Diagnostic)| {
                    (known.code, &known.message, known.span().range())
                        == (finding.code, &finding.message, finding.span().range())
                };
                if !found.iter().any(same) {
                    found.push((analysis, finding));
                }
            }
        }
        found.sort_by_key(|(_, finding)| {
            let span = finding.span();
            (span.start, span.end, finding.code)
        });
        found
    }

    /// Whether a declaration that its own run says nobody names is named in another.
    fn is_named_elsewhere(&self, own: &Analysis, finding: &Diagnostic) -> bool {
        if !matches!(finding.code, Code::UnusedParty | Code::UnusedAxis) {
            return false;
        }
        let span = finding.span();
        let place = Place {
            path: own.path(span.file),
            bytes: span.range(),
        };
        self.analyses().any(|analysis| {
            let Some(file) = analysis.file(&place.path) else {
                return false;
            };
            let declared = Span::new(file, place.bytes.clone());
            analysis
                .run
                .refs
                .iter()
                .any(|mention| mention.thing.declared == declared && !mention.declares())
        })
    }

    /// The day by which ends are judged.
    pub fn today(&self) -> jiff::civil::Date {
        self.options.today
    }

    /// The text of a file as it counts now.
    pub fn text(&self, path: &Path) -> Option<String> {
        let bytes = Overlay {
            disk: &self.disk,
            open: &self.open,
        }
        .bytes(path)?;
        String::from_utf8(bytes).ok()
    }
}

/// Files as the client holds them, and the others as they lie on the disk.
struct Overlay<'w> {
    disk: &'w Disk,
    open: &'w BTreeMap<PathBuf, Document>,
}

impl Overlay<'_> {
    fn bytes(&self, path: &Path) -> Option<Vec<u8>> {
        self.open.get(path).map_or_else(
            || read(path).ok(),
            |document| Some(document.text.clone().into_bytes()),
        )
    }
}

impl FileProvider for Overlay<'_> {
    fn read_used(&self, from: &Path, written: &str) -> Result<SourceInput, ReadError> {
        match self.disk.read_used(from, written) {
            Ok(found) => match self.open.get(&found.key) {
                Some(document) => Ok(SourceInput {
                    bytes: document.text.clone().into_bytes(),
                    ..found
                }),
                None => Ok(found),
            },
            Err(ReadError::Missing) => {
                // A document that was never saved.
                let path = from.parent().unwrap_or(from).join(written);
                let open = self.open.get(&path).ok_or(ReadError::Missing)?;
                Ok(SourceInput::whole(
                    path.clone(),
                    shown(&path),
                    open.text.clone().into_bytes(),
                ))
            }
            Err(error) => Err(error),
        }
    }
}
