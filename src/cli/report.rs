//! Prints a run's findings for people and programs, and computes the exit code.

use std::collections::HashMap;

use clap::ValueEnum;

use super::{Common, Deny, FAILED, FINDINGS, Failure, say};
use crate::compilation::Compilation;
use crate::diagnostic::forge::Told;
use crate::diagnostic::{
    Diagnostic, Severity, Tally, github, gitlab, human, json, junit, sarif, short,
};
use crate::fix::edits::Edit;
use crate::fix::{Applicability, Fix, FixContext};
use crate::source::{FileId, Sources, Span};

/// Maximum number of findings shown to a person; the rest is only counted.
const MAX_DRAWN: usize = 100;

/// How findings are printed.
#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// With source lines
    Human,
    /// One line for each finding
    Short,
    /// One JSON document
    Json,
    /// One SARIF 2.1.0 log, for code scanning
    Sarif,
    /// Annotations of GitHub Actions
    Github,
    /// A Code Quality report of GitLab
    Gitlab,
    /// A JUnit report: each duty is a test
    Junit,
}

/// The findings of a run in one of the formats.
pub(super) fn render(
    run: &Compilation,
    format: Format,
    common: &Common,
    terminal: bool,
) -> Result<String, Failure> {
    match format {
        Format::Human => Ok(human(run, common.color.wanted(terminal))),
        Format::Short => Ok(format!(
            "{}{}",
            short::render(&run.findings, &run.sources),
            summary(run)
        )),
        _ => {
            let duties = run
                .models
                .iter()
                .map(|model| model.model.duties.len())
                .sum();
            let unchecked = run.models.iter().map(|model| model.unchecked).sum();
            let counts = [run.models.len(), duties, unchecked];
            let today = common.options().today;
            let files = run.sources.iter().filter(|_| format == Format::Sarif);
            let context = |source| FixContext::new(source, &run.models, today);
            let contexts: Contexts<'_> = files
                .map(|(id, source)| (id, context(&source.text)))
                .collect();
            for_programs(
                &run.findings,
                &run.sources,
                format,
                counts,
                &tested(run),
                fails(common),
                &|finding| proposals(&contexts, finding),
            )
        }
    }
}

/// The findings about a manifest, when there is no run yet.
pub(super) fn render_faults(
    faults: &[Diagnostic],
    texts: &Sources,
    format: Format,
    common: &Common,
) -> Result<String, Failure> {
    match format {
        Format::Human | Format::Short => Ok(short::render(faults, texts)),
        _ => for_programs(faults, texts, format, [0; 3], &[], fails(common), &|_| {
            Vec::new()
        }),
    }
}

/// Findings in a format that programs read; the counts are those of models, duties and unchecked
/// duties.
fn for_programs(
    findings: &[Diagnostic],
    sources: &Sources,
    format: Format,
    [models, duties, unchecked]: [usize; 3],
    tested: &[junit::Tested],
    fails: Severity,
    proposals: &dyn Fn(&Diagnostic) -> Vec<sarif::Proposal>,
) -> Result<String, Failure> {
    if format == Format::Json {
        let document = json::document(findings, sources, models, duties, unchecked);
        return Ok(
            serde_json::to_string_pretty(&document).map_err(|error| error.to_string())? + "\n",
        );
    }
    let root = super::input::repository()?;
    let told = Told {
        findings,
        sources,
        root: &root,
    };
    Ok(match format {
        Format::Sarif => sarif::render(&told, proposals),
        Format::Github => github::render(&told),
        Format::Gitlab => gitlab::render(&told),
        _ => junit::render(&told, tested, fails),
    })
}

/// What is needed to fix each file.
type Contexts<'r> = HashMap<FileId, FixContext<'r>>;

/// Fixes for a finding that need no further text.
fn proposals(contexts: &Contexts<'_>, finding: &Diagnostic) -> Vec<sarif::Proposal> {
    let file = finding.span().file;
    let context = contexts.get(&file).filter(|_| !finding.is_accepted());
    let mut fixes = context.map_or_else(Vec::new, |context| context.fixes(finding));
    fixes.retain(|fix| fix.applicability != Applicability::Draft);
    let replacement = |edit: Edit| (Span::new(file, edit.bytes), edit.new);
    let proposal = |fix: Fix| sarif::Proposal {
        title: fix.title,
        replacements: fix.edits.into_iter().map(replacement).collect(),
    };
    fixes.into_iter().map(proposal).collect()
}

/// The models and their duties.
fn tested(run: &Compilation) -> Vec<junit::Tested> {
    let of = |checked: &crate::check::Checked| {
        let duties = checked.model.duties();
        let duties = duties.map(|(id, duty)| (duty.path.clone(), checked.is_decided(id)));
        let decl = &checked.model.decl;
        junit::Tested {
            model: decl.name.clone(),
            file: decl.span.file,
            duties: duties.collect(),
        }
    };
    run.models.iter().map(of).collect()
}

/// The lowest severity that fails a run.
fn fails(common: &Common) -> Severity {
    if matches!(common.deny, Some(Deny::Warnings)) {
        Severity::Warning
    } else {
        Severity::Error
    }
}

fn human(run: &Compilation, colour: bool) -> String {
    let mut shown: Vec<_> = run.findings.iter().collect();
    // Errors come first if not all findings can be shown.
    if shown.len() > MAX_DRAWN {
        shown.sort_by_key(|finding| std::cmp::Reverse((!finding.is_accepted(), finding.severity)));
        shown.truncate(MAX_DRAWN);
    }
    let shown: Vec<_> = shown.into_iter().cloned().collect();
    let mut text = human::render(&shown, &run.sources, colour);
    let hidden = run.findings.len() - shown.len();
    if hidden > 0 {
        text.push_str(&format!("and {hidden} more; `--format short` lists all\n"));
    }
    text + &summary(run)
}

/// What is said of a run that found no model.
pub(super) const NOTHING: &str = "nothing was checked: there is no model in these files";

/// Stops a build of nothing.
pub(super) fn must_have_checked(run: &Compilation, code: u8) -> Result<(), Failure> {
    if code == FAILED && run.models.is_empty() {
        return Err(Failure::from(NOTHING));
    }
    if code == 0 && run.models.is_empty() {
        say(&format!("{NOTHING}\n"));
    }
    Ok(())
}

/// One line on the whole run.
fn summary(run: &Compilation) -> String {
    let tally = Tally::of(&run.findings);
    let duties: usize = run
        .models
        .iter()
        .map(|model| model.model.duties.len())
        .sum();
    let unchecked: usize = run.models.iter().map(|model| model.unchecked).sum();
    let filled: usize = run.models.iter().map(crate::check::Checked::filled).sum();
    let scope = format!(
        "{} in {}",
        count(duties, "duty", "duties"),
        count(run.models.len(), "model", "models")
    );
    let verdict = match (tally.errors, tally.warnings) {
        (0, 0) if run.models.is_empty() => NOTHING.to_owned(),
        (0, 0) if unchecked > 0 || duties == 0 => format!("no problem found in {scope}"),
        (0, 0) => format!("complete: {scope}"),
        (0, warnings) if duties > 0 && unchecked == 0 => format!(
            "complete, with {}: {scope}",
            count(warnings, "warning", "warnings")
        ),
        (0, warnings) => format!("{}: {scope}", count(warnings, "warning", "warnings")),
        (errors, 0) => format!("{}: {scope}", count(errors, "error", "errors")),
        (errors, warnings) => format!(
            "{} and {}: {scope}",
            count(errors, "error", "errors"),
            count(warnings, "warning", "warnings")
        ),
    };
    let mut remarks = Vec::new();
    if tally.accepted > 0 {
        remarks.push(format!(
            "{} accepted",
            count(tally.accepted, "finding", "findings")
        ));
    }
    if filled > 0 {
        remarks.push(format!(
            "{} filled by `otherwise`",
            count(filled, "duty", "duties")
        ));
    }
    if unchecked > 0 {
        remarks.push(format!(
            "{} not checked for gaps and overlaps",
            count(unchecked, "duty", "duties")
        ));
    }
    if remarks.is_empty() {
        format!("{verdict}\n")
    } else {
        format!("{verdict}; {}\n", remarks.join(", "))
    }
}

fn count(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The exit code of the run. A run that finds no model has checked nothing, and so does not succeed,
/// unless the user named a file that only declares things for others.
pub(super) fn exit_code(run: &Compilation, common: &Common) -> u8 {
    let fails = run
        .findings
        .iter()
        .any(|finding| !finding.is_accepted() && finding.severity >= fails(common));
    let is_library = || run.declares && common.names_a_file();
    if fails {
        FINDINGS
    } else if common.unreadable.get() || run.models.is_empty() && !is_library() {
        FAILED
    } else {
        0
    }
}
