//! Applies fixes until no automatic fix is left.
//!
//! In: the root files of a run. Out: the same files, fixed. Always: the fixes of one round are
//! applied together; if that causes new errors, each is tried alone, and harmful ones are skipped.
//! Files that the roots only use are not changed.

use std::collections::{HashMap, HashSet};

use super::edits::{Edit, apply};
use super::{Applicability, Fix, FixContext};
use crate::check::Options;
use crate::compilation::Compilation;
use crate::diagnostic::{Code, Diagnostic};
use crate::load::{FileProvider, SourceInput, shown};
use crate::source::FileId;

/// Maximum number of rounds. A fix may reveal a finding that was hidden before, but no real file
/// needs more rounds.
const MAX_ROUNDS: usize = 32;

/// Files after their fixes.
pub struct Repaired {
    /// The root files, in the order in which they were given.
    pub roots: Vec<SourceInput>,
    /// How many fixes were made in each.
    pub fixes: Vec<usize>,
    /// The check result of the fixed files.
    pub compilation: Compilation,
}

/// A fix of one of the roots.
struct Planned {
    root: usize,
    fix: Fix,
}

impl Planned {
    /// The identity of the fix: the file, the position, and the new text.
    fn mark(&self) -> (usize, Vec<(usize, String)>) {
        let edits = self.fix.edits.iter();
        let edits = edits.map(|edit| (edit.bytes.start, edit.new.clone()));
        (self.root, edits.collect())
    }
}

/// Applies every safe fix and, with `unsafe_too`, also fixes that may change the meaning of a
/// model.
#[must_use]
pub fn repair(
    roots: Vec<SourceInput>,
    files: &dyn FileProvider,
    options: Options,
    unsafe_too: bool,
) -> Repaired {
    let mut done = Repaired {
        fixes: vec![0; roots.len()],
        compilation: Compilation::new(roots.clone(), files, options),
        roots,
    };
    let mut refused = HashSet::new();
    for _ in 0..MAX_ROUNDS {
        let mut plan = plan(&done, options, unsafe_too);
        plan.retain(|it| !refused.contains(&it.mark()));
        if plan.is_empty() {
            break;
        }
        if done.take(&plan, files, options) {
            continue;
        }
        // One of them is harmful. Apply the first harmless one; it shifts the text after it, so the
        // others are planned again.
        for one in plan {
            if done.take(std::slice::from_ref(&one), files, options) {
                break;
            }
            refused.insert(one.mark());
        }
    }
    done
}

impl Repaired {
    /// Applies fixes, unless they cause new errors.
    fn take(&mut self, plan: &[Planned], files: &dyn FileProvider, options: Options) -> bool {
        let mut roots = self.roots.clone();
        for (at, root) in roots.iter_mut().enumerate() {
            let own = plan.iter().filter(|it| it.root == at);
            let edits: Vec<&Edit> = own.flat_map(|it| &it.fix.edits).collect();
            let text = std::str::from_utf8(&root.bytes);
            match text.map(|text| apply(text, edits)) {
                Ok(Ok(text)) => root.bytes = text.into_bytes(),
                _ => return false,
            }
        }
        let compilation = Compilation::new(roots.clone(), files, options);
        if !new_errors(&self.compilation, &compilation).is_empty() {
            return false;
        }
        for it in plan {
            self.fixes[it.root] += 1;
        }
        (self.roots, self.compilation) = (roots, compilation);
        true
    }
}

/// One fix for each finding that has one, skipping conflicting ones.
fn plan(done: &Repaired, options: Options, unsafe_too: bool) -> Vec<Planned> {
    let run = &done.compilation;
    let mut plan = Vec::new();
    for (at, root) in done.roots.iter().enumerate() {
        let Some((file, text)) = file_of(run, root) else {
            continue;
        };
        let context = FixContext::new(text, &run.models, options.today);
        let mut edits: Vec<Edit> = Vec::new();
        let findings = run.findings.iter();
        for finding in findings.filter(|it| it.span().file == file && !it.is_accepted()) {
            let may = |fix: &Fix| match fix.applicability {
                Applicability::Safe => true,
                Applicability::Unsafe => unsafe_too,
                Applicability::Choice | Applicability::Draft => false,
            };
            let Some(fix) = context.fixes(finding).into_iter().find(may) else {
                continue;
            };
            if apply(text, edits.iter().chain(&fix.edits)).is_ok() {
                edits.extend(fix.edits.iter().cloned());
                plan.push(Planned { root: at, fix });
            }
        }
    }
    plan
}

/// The id and text of a root in a run; `None` if the file is not text.
fn file_of<'r>(run: &'r Compilation, root: &SourceInput) -> Option<(FileId, &'r str)> {
    let key = shown(&root.key);
    let mut sources = run.sources.iter();
    let (id, source) = sources.find(|(_, it)| it.key == key && it.start == root.start)?;
    (source.text.as_bytes() == root.bytes).then_some((id, source.text.as_str()))
}

/// Key to compare the errors of two runs; without positions, because these change.
type ErrorKey = (Code, String, Vec<String>);

/// The errors found only by the second run, except on duties that were uncertain in the first run
/// and so were not checked.
#[must_use]
pub fn new_errors<'r>(before: &Compilation, after: &'r Compilation) -> Vec<&'r Diagnostic> {
    let mut known: HashMap<ErrorKey, usize> = HashMap::new();
    for finding in before.findings.iter().filter(|it| it.is_error()) {
        *known.entry(key(before, finding)).or_default() += 1;
    }
    let is_new = |finding: &&Diagnostic| match known.get_mut(&key(after, finding)) {
        Some(left @ 1..) => {
            *left -= 1;
            false
        }
        _ => !was_in_doubt(before, finding),
    };
    let errors = after.findings.iter().filter(|it| it.is_error());
    errors.filter(is_new).collect()
}

fn key(run: &Compilation, finding: &Diagnostic) -> ErrorKey {
    let file = run.sources.name(finding.span().file);
    let about = match &finding.subject {
        Some(subject) if !subject.duties.is_empty() => {
            let model = std::iter::once(&subject.model);
            model.chain(&subject.duties).cloned().collect()
        }
        _ => {
            let text = run.sources.text(finding.span().file);
            let text = text.get(finding.span().range()).unwrap_or("");
            vec![text.to_owned()]
        }
    };
    (finding.code, file.to_owned(), about)
}

/// Whether the duty of a finding was uncertain in a run.
fn was_in_doubt(run: &Compilation, finding: &Diagnostic) -> bool {
    let (Some(name), Some(path)) = (finding.model(), finding.duty()) else {
        return false;
    };
    let mut models = run.models.iter().map(|checked| &checked.model);
    let model = models.find(|model| model.decl.name == name);
    let duty = model.and_then(|model| model.duties.iter().find(|duty| duty.path == path));
    duty.is_none_or(|duty| duty.uncertain)
}
