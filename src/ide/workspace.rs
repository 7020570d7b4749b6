//! What an editor works on: open texts, and for each root file a checked run.
//!
//! Every `.srm` file below the editor's folders is a root, and every open text. Each has its own
//! run, so that a keystroke only re-checks one file and those that use it. Whether a declaration is
//! used anywhere needs all files, so all runs are asked. Files are read only through a
//! [`FileProvider`].

use std::collections::{BTreeMap, BTreeSet, VecDeque};
use std::io;
use std::path::{Path, PathBuf};

use super::Snapshot;
use super::analysis::{Analysis, FileRange};
use crate::check::Options;
use crate::compilation::Compilation;
use crate::diagnostic::{Code, Diagnostic};
use crate::load::{FileProvider, FolderEntry, ReadError, SourceInput, is_source, shown};
use crate::source::{FileId, Span};

/// Everything an editor knows about files.
pub struct Workspace {
    /// The editor's folders.
    folders: Vec<PathBuf>,
    /// Open texts by path.
    open: BTreeMap<PathBuf, String>,
    /// Root files, each with its run if already checked.
    roots: BTreeMap<PathBuf, Option<Analysis>>,
    /// Roots whose runs are out of date.
    stale: VecDeque<PathBuf>,
    /// The saved files.
    files: Box<dyn FileProvider>,
    options: Options,
}

impl Workspace {
    /// A workspace with these folders; `files` reads the saved files.
    #[must_use]
    pub fn new(folders: Vec<PathBuf>, files: Box<dyn FileProvider>, options: Options) -> Self {
        let mut new = Self {
            folders,
            open: BTreeMap::new(),
            roots: BTreeMap::new(),
            stale: VecDeque::new(),
            files,
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

    /// Whether a file is a root.
    fn is_root(&self, path: &Path) -> bool {
        self.open.contains_key(path)
            || is_source(path)
                && self.files.is_file(path)
                && self.folders.iter().any(|folder| path.starts_with(folder))
    }

    fn find_roots(&mut self) {
        for folder in self.folders.clone() {
            for path in self.files.sources_below(&folder) {
                self.add_root(self.files.real_path(&path));
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

    /// A text was opened.
    pub fn opened(&mut self, path: &Path, text: String) {
        self.open.insert(path.to_owned(), text);
        self.add_root(path.to_owned());
        self.changed(path);
    }

    /// Changes an open text.
    pub fn edit(&mut self, path: &Path, change: impl FnOnce(&mut String)) {
        if let Some(text) = self.open.get_mut(path) {
            change(text);
            self.changed(path);
        }
    }

    /// A text was closed: the saved file is used again.
    pub fn closed(&mut self, path: &Path) {
        self.open.remove(path);
        self.changed(path);
        if !self.is_root(path) {
            self.forget(path);
        }
    }

    /// A file or folder on the disk was written, created or deleted, or says which files are left out.
    /// Returns the files whose findings may have changed.
    pub fn changed_on_disk(&mut self, path: &Path) -> BTreeSet<PathBuf> {
        let name = path.file_name().and_then(|name| name.to_str());
        let mut touched: BTreeSet<PathBuf> = self.known_below(path);
        let says_what_is_left_out = matches!(name, Some(".gitignore" | ".ignore" | ".git"));
        if says_what_is_left_out {
            let roots: BTreeSet<PathBuf> = self.roots.keys().cloned().collect();
            touched.extend(roots);
            self.drop_left_out();
        }
        let is_new = !self.roots.contains_key(path) && is_source(path) && self.files.is_file(path);
        if is_new || says_what_is_left_out || !self.files.list(path).is_empty() {
            // New files may have come with it, of which some may be left out.
            self.find_roots();
        }
        touched.insert(path.to_owned());
        for file in &touched {
            if !self.is_root(file) {
                self.forget(file);
            }
            if !self.open.contains_key(file) {
                self.changed(file);
            }
        }
        touched
    }

    /// The files that some run read, and the roots, at a path or below it.
    fn known_below(&self, path: &Path) -> BTreeSet<PathBuf> {
        let read = self.analyses().flat_map(|analysis| analysis.files.keys());
        let known = self.roots.keys().chain(read);
        known
            .filter(|file| file.starts_with(path))
            .cloned()
            .collect()
    }

    /// Forgets the roots that the walk over the folders no longer finds.
    fn drop_left_out(&mut self) {
        let folders = self.folders.iter();
        let found = folders.flat_map(|folder| self.files.sources_below(folder));
        let found: BTreeSet<PathBuf> = found.map(|path| self.files.real_path(&path)).collect();
        let is_kept = |root: &PathBuf| found.contains(root) || self.open.contains_key(root);
        let gone: Vec<PathBuf> = self
            .roots
            .keys()
            .filter(|it| !is_kept(it))
            .cloned()
            .collect();
        for root in gone {
            self.forget(&root);
        }
    }

    /// A text changed: the runs that read it are stale, that of the file itself first.
    fn changed(&mut self, path: &Path) {
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

    /// Whether a root must be checked again.
    #[must_use]
    pub fn is_stale(&self) -> bool {
        !self.stale.is_empty()
    }

    /// Scans the disk again, because files may have changed without notice.
    pub fn rescan_disk(&mut self) {
        let mut changed = BTreeSet::new();
        for analysis in self.analyses() {
            for (path, id) in analysis
                .files
                .iter()
                .filter(|(path, _)| !self.open.contains_key(*path))
            {
                if !changed.contains(path)
                    && self.files.read_file(path).ok().as_deref()
                        != Some(analysis.run.sources.text(*id).as_bytes())
                {
                    changed.insert(path.clone());
                }
            }
        }
        for path in changed {
            self.changed_on_disk(&path);
        }
    }

    /// The roots that must be checked again.
    #[must_use]
    pub fn waiting(&self) -> Vec<PathBuf> {
        self.stale.iter().cloned().collect()
    }

    /// Re-checks the root that has waited longest; returns the files whose findings may have
    /// changed.
    pub fn refresh_next(&mut self) -> BTreeSet<PathBuf> {
        self.stale
            .pop_front()
            .map(|root| self.refresh(&root))
            .unwrap_or_default()
    }

    /// Re-checks a file if its run is stale.
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
            files: &*self.files,
            open: &self.open,
        };
        let bytes = files.read_file(root).ok()?;
        let found = SourceInput::whole(root.to_owned(), shown(root), bytes);
        Some(Analysis::new(Compilation::indexed(
            vec![found],
            &files,
            self.options,
        )))
    }

    /// Every run that was made.
    pub fn analyses(&self) -> impl Iterator<Item = &Analysis> {
        self.roots.values().flatten()
    }

    /// The run to ask about a file: its own, or that of a file that uses it.
    pub fn analysis(&self, path: &Path) -> Option<(&Analysis, FileId)> {
        let own = self.roots.get(path).and_then(Option::as_ref);
        own.into_iter()
            .chain(self.analyses())
            .find_map(|analysis| Some((analysis, analysis.file(path)?)))
    }

    /// The findings of a file, each with the run it comes from, in file order.
    #[must_use]
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
            // A stale run knows an old text; until it is re-checked, only findings about its own
            // models are kept.
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

    /// Whether a declaration reported as unused by its own run is used in another.
    fn is_named_elsewhere(&self, own: &Analysis, finding: &Diagnostic) -> bool {
        if !matches!(finding.code, Code::UnusedParty | Code::UnusedAxis) {
            return false;
        }
        let span = finding.span();
        let place = FileRange {
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
                .any(|mention| mention.symbol.declared == declared && !mention.declares())
        })
    }

    /// The date used to decide what has expired.
    #[must_use]
    pub fn today(&self) -> jiff::civil::Date {
        self.options.today
    }

    /// The current text of a file; `None` if there is no such text.
    #[must_use]
    pub fn snapshot(&self, path: &Path) -> Option<Snapshot> {
        let files = Overlay {
            files: &*self.files,
            open: &self.open,
        };
        let text = String::from_utf8(files.read_file(path).ok()?).ok()?;
        Some(Snapshot {
            path: path.to_owned(),
            text,
        })
    }

    /// The saved files.
    #[must_use]
    pub fn files(&self) -> &dyn FileProvider {
        &*self.files
    }
}

/// Open texts, and the saved content of all other files.
struct Overlay<'w> {
    files: &'w dyn FileProvider,
    open: &'w BTreeMap<PathBuf, String>,
}

impl FileProvider for Overlay<'_> {
    fn read_used(&self, from: &Path, written: &str) -> Result<SourceInput, ReadError> {
        let bytes = |text: &String| text.clone().into_bytes();
        match self.files.read_used(from, written) {
            Ok(found) => match self.open.get(&found.key) {
                Some(text) => Ok(SourceInput {
                    bytes: bytes(text),
                    ..found
                }),
                None => Ok(found),
            },
            Err(ReadError::Missing) => {
                // A text that was never saved.
                let path = from.parent().unwrap_or(from).join(written);
                let open = self.open.get(&path).ok_or(ReadError::Missing)?;
                Ok(SourceInput::whole(path.clone(), shown(&path), bytes(open)))
            }
            Err(error) => Err(error),
        }
    }

    fn read_file(&self, path: &Path) -> io::Result<Vec<u8>> {
        match self.open.get(path) {
            Some(text) => Ok(text.clone().into_bytes()),
            None => self.files.read_file(path),
        }
    }

    fn is_file(&self, path: &Path) -> bool {
        self.open.contains_key(path) || self.files.is_file(path)
    }

    fn real_path(&self, path: &Path) -> PathBuf {
        self.files.real_path(path)
    }

    fn list(&self, folder: &Path) -> Vec<FolderEntry> {
        self.files.list(folder)
    }

    fn sources_below(&self, folder: &Path) -> Vec<PathBuf> {
        self.files.sources_below(folder)
    }

    fn write_page(&self, name: &str, text: &str) -> io::Result<PathBuf> {
        self.files.write_page(name, text)
    }
}
