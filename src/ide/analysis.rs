//! A checked run, queried by path and byte.

use std::collections::HashMap;
use std::ops::Range;
use std::path::{Path, PathBuf};

use crate::compilation::Compilation;
use crate::diagnostic::Code;
use crate::resolve::symbols::{Symbol, SymbolKind, SymbolRef};
use crate::source::{FileId, Span};

/// A checked run over one root and what it uses.
pub struct Analysis {
    /// The run.
    pub run: Compilation,
    /// The number of each file in it.
    pub(super) files: HashMap<PathBuf, FileId>,
    /// A used file could not be read; a newly created file may be that one.
    pub(super) incomplete: bool,
}

impl Analysis {
    /// Wraps a run for queries.
    pub(super) fn new(run: Compilation) -> Self {
        let files = run.sources.iter();
        let files = files
            .map(|(id, source)| (PathBuf::from(&source.key), id))
            .collect();
        let is_unread =
            |code| matches!(code, Code::UseMissing | Code::UseOutside | Code::BadCatalog);
        let incomplete = run.findings.iter().any(|finding| is_unread(finding.code));
        Self {
            run,
            files,
            incomplete,
        }
    }

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

    /// What the name at a byte of a file means. The position right after a name still counts as
    /// part of it.
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

    /// Where a symbol of this run is declared.
    pub fn place_of(&self, symbol: Symbol) -> FileRange {
        FileRange {
            path: self.path(symbol.declared.file),
            bytes: symbol.declared.range(),
        }
    }

    /// The symbol in this run that corresponds to one of another run.
    pub fn symbol(&self, kind: SymbolKind, place: &FileRange) -> Option<Symbol> {
        let file = self.file(&place.path)?;
        Some(Symbol {
            kind,
            declared: Span::new(file, place.bytes.clone()),
        })
    }
}

/// A range of a file, independent of any run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FileRange {
    /// The file.
    pub path: PathBuf,
    /// The range.
    pub bytes: Range<usize>,
}
