//! What can be done about a finding, ready to take.

use std::cell::OnceCell;
use std::collections::HashMap;
use std::ops::Range;

use crate::check::Checked;
use crate::diagnostic::{Code, Diagnostic as Finding};
use crate::format::format;
use crate::lsp::blocks::{Block, blocks};
use crate::lsp::edits::{Edit, Text};
use crate::lsp::server::{Refused, Server};
use crate::lsp::types::{
    CodeAction, CodeActionKind, CodeActionOrCommand, CodeActionParams, CodeActionResponse,
    TextEdit, WorkspaceEdit, uri_of,
};
use crate::lsp::workspace::Analysis;
use crate::model::{Claim, DutyId, Form, Model};
use crate::paths::ShortPaths;
use crate::source::Span;
use crate::syntax::{FlatKind, StatementKind};

use super::Snapshot;
use super::diagnostics::diagnostic;
use super::formatting::changes;

/// At most so many parties are offered a duty.
const MAX_PARTIES: usize = 6;
/// For how many days a gap or overlap is accepted, unless somebody says otherwise.
const DAYS: i64 = 90;

/// One thing that can be done.
struct Fix {
    title: String,
    edits: Vec<Edit>,
    preferred: bool,
}

impl Fix {
    fn new(title: impl Into<String>, edits: impl IntoIterator<Item = Edit>) -> Self {
        Self {
            title: title.into(),
            edits: edits.into_iter().collect(),
            preferred: false,
        }
    }
}

/// What can be done about the findings in a range.
pub fn actions(
    server: &mut Server,
    params: CodeActionParams,
) -> Result<Option<CodeActionResponse>, Refused> {
    let Some(snapshot) = Snapshot::of(server, &params.text_document.uri) else {
        return Ok(None);
    };
    if params.context.only.as_ref().is_some_and(|only| {
        !only
            .iter()
            .any(|kind| "quickfix".starts_with(kind.as_str()))
    }) {
        return Ok(Some(Vec::new()));
    }
    let (blocks, range) = (
        blocks(&snapshot.text),
        snapshot.places().bytes(params.range),
    );
    let until = server
        .workspace
        .today()
        .saturating_add(jiff::Span::new().days(DAYS));
    let desk = FixContext {
        text: Text {
            text: &snapshot.text,
            blocks: &blocks,
        },
        until: until.to_string(),
    };
    // Most places of a text have nothing to mend.
    let formatted = OnceCell::new();
    let mut actions = Vec::new();
    for (analysis, finding) in server.workspace.findings(&snapshot.path) {
        if finding.is_accepted() || !is_at(analysis, finding, &snapshot, &range) {
            continue;
        }
        for fix in desk.fixes(analysis, finding) {
            let Some(uri) = uri_of(&snapshot.path) else {
                continue;
            };
            #[allow(
                clippy::mutable_key_type,
                reason = "the protocol's own type is keyed so; nobody changes a URI"
            )]
            let changes = HashMap::from([(
                uri,
                edits(
                    &snapshot,
                    &fix,
                    *formatted.get_or_init(|| format(&snapshot.text).text == snapshot.text),
                ),
            )]);
            actions.push(CodeActionOrCommand::CodeAction(CodeAction {
                title: fix.title,
                kind: Some(CodeActionKind::QUICKFIX),
                diagnostics: diagnostic(analysis, finding, server.encoding).map(|it| vec![it]),
                edit: Some(WorkspaceEdit {
                    changes: Some(changes),
                    ..WorkspaceEdit::default()
                }),
                is_preferred: fix.preferred.then_some(true),
                ..CodeAction::default()
            }));
        }
    }
    Ok(Some(actions))
}

/// The edits of a fix; a text in the style stays in it.
fn edits(snapshot: &Snapshot, fix: &Fix, is_formatted: bool) -> Vec<TextEdit> {
    let crlf = snapshot
        .text
        .split_once('\n')
        .is_some_and(|(first, _)| first.ends_with('\r'));
    let new = |edit: &Edit| {
        if crlf {
            edit.new.replace('\n', "\r\n")
        } else {
            edit.new.clone()
        }
    };
    if is_formatted {
        let mut text = snapshot.text.clone();
        let mut sorted: Vec<&Edit> = fix.edits.iter().collect();
        sorted.sort_by_key(|edit| std::cmp::Reverse(edit.bytes.start));
        for edit in sorted {
            text.replace_range(edit.bytes.clone(), &new(edit));
        }
        return changes(snapshot, &format(&text).text, None);
    }
    fix.edits
        .iter()
        .map(|edit| TextEdit {
            range: snapshot.places().range(edit.bytes.clone()),
            new_text: new(edit),
        })
        .collect()
}

/// Whether a finding stands in a range; what two claims do wrong stands at both.
fn is_at(
    analysis: &Analysis,
    finding: &Finding,
    snapshot: &Snapshot,
    range: &Range<usize>,
) -> bool {
    let both = matches!(finding.code, Code::Overlap | Code::Contradiction);
    let shown = finding.labels().take(if both { usize::MAX } else { 1 });
    let mut own = shown
        .filter(|label| analysis.file(&snapshot.path) == Some(label.span.file))
        .map(|label| label.span.range());
    own.any(|bytes| bytes.start <= range.end && range.start <= bytes.end)
}

/// A text, and what is needed to mend it.
struct FixContext<'t> {
    text: Text<'t>,
    /// The day until which something is accepted.
    until: String,
}

/// A finding of the check: in which model, on which duty, when.
struct About<'a> {
    checked: &'a Checked,
    path: &'a str,
    /// The shortest path that means the duty.
    short: &'a str,
    /// Always, or a condition.
    when: Option<&'a str>,
}

impl About<'_> {
    fn model(&self) -> &Model {
        &self.checked.model
    }

    /// ` when …`, or nothing.
    fn clause(&self) -> String {
        self.when
            .map_or_else(String::new, |when| format!(" when {when}"))
    }

    /// The duty and the situations, for people.
    fn told(&self) -> String {
        let when = self
            .when
            .map_or_else(String::new, |when| format!(" when `{when}`"));
        format!("`{}`{when}", self.short)
    }

    fn duty(&self) -> Option<DutyId> {
        self.model()
            .duties()
            .find(|(_, duty)| duty.path == self.path)
            .map(|(id, _)| id)
    }

    /// The claim that a label of a finding points at.
    fn claim(&self, span: Span) -> Option<&Claim> {
        self.model().claims.iter().find(|claim| claim.head == span)
    }
}

impl FixContext<'_> {
    fn fixes(&self, analysis: &Analysis, finding: &Finding) -> Vec<Fix> {
        let mut fixes: Vec<Fix> = self.typo(finding).into_iter().collect();
        if let Some(about) = about(analysis, finding) {
            match finding.code {
                Code::Gap | Code::GapResponsible | Code::GapAccountable => {
                    fixes.extend(self.gap(&about, finding));
                }
                Code::Overlap | Code::Contradiction => fixes.extend(self.overlap(&about, finding)),
                Code::ShareParts => fixes.extend(self.parts(&about, finding)),
                _ => {}
            }
            fixes.extend(self.allow(&about, finding));
        }
        fixes.extend(self.needless(finding));
        if let (Code::NoReason, Some(block)) = (finding.code, self.statement(finding))
            && block.kind == FlatKind::Statement(StatementKind::Claim)
            && !block
                .words(self.text.text)
                .iter()
                .any(|word| word.text == "because")
        {
            fixes.push(Fix {
                preferred: true,
                ..Fix::new("Give a reason", [self.text.because(block)])
            });
        }
        fixes
    }

    fn statement(&self, finding: &Finding) -> Option<&Block> {
        self.text.statement(finding.span().range().start)
    }

    /// Writes the name that was meant.
    fn typo(&self, finding: &Finding) -> Option<Fix> {
        let near = finding
            .help
            .iter()
            .find_map(|help| help.strip_prefix("did you mean `")?.strip_suffix("`?"))?;
        let bytes = finding.span().range();
        let written = self.text.text.get(bytes.clone())?;
        let new = if written.starts_with('"') {
            format!("\"{near}\"")
        } else {
            near.to_owned()
        };
        Some(Fix {
            preferred: true,
            ..Fix::new(format!("Write `{near}`"), [Edit { bytes, new }])
        })
    }

    /// Adds a statement to the model.
    fn add(&self, about: &About<'_>, statement: &str) -> Option<Edit> {
        self.text
            .add(about.model().decl.span.range().start, statement)
    }

    /// Gives the duty to a party, or says that it is nobody's.
    fn gap(&self, about: &About<'_>, finding: &Finding) -> Vec<Fix> {
        let (path, clause) = (about.short, about.clause());
        let verb = match finding.code {
            Code::GapResponsible => "is responsible for",
            Code::GapAccountable => "is accountable for",
            _ => "owns",
        };
        // The party that the message names first is the likeliest.
        let named = |name: &str| {
            finding
                .help
                .iter()
                .any(|help| help.contains(&format!("`{name} {verb} ")))
        };
        let mut parties: Vec<_> = about.model().parties.iter().collect();
        parties.sort_by_key(|party| (!named(&party.decl.name), !party.used));
        let mut fixes: Vec<Fix> = parties
            .into_iter()
            .take(MAX_PARTIES)
            .filter_map(|party| {
                let label = &party.decl;
                let edit = self.add(about, &format!("{} {verb} {path}{clause}", label.name))?;
                let title = match verb.strip_prefix("is ") {
                    Some(role) => format!("Make {} {role} {}", label.title, about.told()),
                    None => format!("Let {} own {}", label.title, about.told()),
                };
                Some(Fix {
                    preferred: named(&label.name),
                    ..Fix::new(title, [edit])
                })
            })
            .collect();
        if finding.code == Code::Gap {
            let nobody = self.add(about, &format!("nobody owns {path}{clause} because \"…\""));
            fixes.extend(nobody.map(|edit| {
                Fix::new(
                    format!("Let nobody own {}, with a reason", about.told()),
                    [edit],
                )
            }));
        }
        fixes
    }

    /// Turns an overlap of two claims into a share, or lets one of them speak of less.
    fn overlap(&self, about: &About<'_>, finding: &Finding) -> Vec<Fix> {
        let Some(duty) = about.duty() else {
            return Vec::new();
        };
        let spans = finding.labels().map(|label| label.span);
        let claims: Vec<(&Claim, &Block)> = spans
            .filter_map(|span| Some((about.claim(span)?, self.text.statement(span.range().start)?)))
            .filter(|(claim, _)| claim.cells.is_empty())
            .collect();
        let mut fixes = Vec::new();
        if let [(first, one), (second, other)] = claims.as_slice() {
            let owns = |claim: &Claim| {
                claim.form == Form::Owns && *claim.duties == [duty] && !claim.otherwise
            };
            if owns(first)
                && owns(second)
                && one.kind == FlatKind::Statement(StatementKind::Claim)
                && other.kind == FlatKind::Statement(StatementKind::Claim)
            {
                fixes.extend(self.share(about, [(first, one), (second, other)]));
            }
        }
        for (claim, block) in claims
            .iter()
            .filter(|(_, block)| block.kind == FlatKind::Statement(StatementKind::Claim))
        {
            let head = self.text.text[claim.head.range()]
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ");
            if self.is_whole(about, block) {
                if *claim.duties == [duty] {
                    fixes.push(Fix::new(
                        format!("Remove `{head}`"),
                        [self.text.remove(block)],
                    ));
                } else {
                    fixes.push(Fix::new(
                        format!("Leave `{}` out of `{head}`", about.short),
                        [self.text.except(block, about.short)],
                    ));
                }
            } else if let (Some(when), [_]) = (about.when, &*claim.duties) {
                fixes.push(Fix::new(
                    format!("Restrict `{head}` to where the other is not in force"),
                    [self.text.restrict(block, when)],
                ));
            }
        }
        fixes
    }

    /// Whether an overlap takes all the situations that a claim speaks of.
    fn is_whole(&self, about: &About<'_>, block: &Block) -> bool {
        let known = self.text.condition(block).map(|bytes| {
            self.text.text[bytes]
                .split_whitespace()
                .collect::<Vec<_>>()
                .join(" ")
        });
        about.when.is_none() || known.as_deref() == about.when
    }

    /// One share instead of two claims, where they overlap.
    fn share(
        &self,
        about: &About<'_>,
        [(first, one), (second, other)]: [(&Claim, &Block); 2],
    ) -> Option<Fix> {
        let name = |claim: &Claim| {
            Some(
                about
                    .model()
                    .party(*claim.grants.first()?.parties.first()?)
                    .decl
                    .name
                    .clone(),
            )
        };
        let (a, b) = (name(first)?, name(second)?);
        let indent = self.text.indent(one.head.start);
        let share = format!(
            "{a}, {b} share {}{} {{\n{indent}  {a} \"…\"\n{indent}  {b} \"…\"\n{indent}}}",
            about.short,
            about.clause()
        );
        let edit = |block: &Block| match about.when {
            Some(when) if !self.is_whole(about, block) => self.text.restrict(block, when),
            _ => self.text.remove(block),
        };
        let mut edits = vec![edit(other)];
        if self.is_whole(about, one) {
            edits.push(Edit {
                bytes: one.whole.clone(),
                new: share,
            });
        } else {
            edits.push(edit(one));
            edits.push(Edit {
                bytes: one.whole.end..one.whole.end,
                new: format!("\n{indent}{share}"),
            });
        }
        edits.sort_by_key(|edit| edit.bytes.start);
        Some(Fix::new(
            format!("Let `{a}` and `{b}` share {}", about.told()),
            edits,
        ))
    }

    /// Says who does what of a share.
    fn parts(&self, about: &About<'_>, finding: &Finding) -> Option<Fix> {
        let claim = about.claim(finding.span()).or_else(|| {
            about
                .model()
                .claims
                .iter()
                .find(|it| it.cells.iter().any(|(.., span)| *span == finding.span()))
        })?;
        let grant = claim.grants.first()?;
        let without = grant
            .parties
            .iter()
            .filter(|party| !claim.parts.iter().any(|part| part.party == **party));
        let names: Vec<&str> = without
            .map(|&party| about.model().party(party).decl.name.as_str())
            .collect();
        let edits = if claim.cells.is_empty() {
            let block = self
                .statement(finding)
                .filter(|block| block.kind == FlatKind::Statement(StatementKind::Claim))?;
            vec![self.text.parts(block, &names)]
        } else {
            self.footnote(claim, &names)?
        };
        Some(Fix {
            preferred: true,
            ..Fix::new("Add what each party does", edits)
        })
    }

    /// A footnote with parts, and its mark on each cell of a claim.
    fn footnote(&self, claim: &Claim, names: &[&str]) -> Option<Vec<Edit>> {
        let cells: Vec<Range<usize>> = claim.cells.iter().map(|(.., span)| span.range()).collect();
        let row = self.text.blocks.iter().find(|block| {
            cells
                .first()
                .is_some_and(|cell| block.head.contains(&cell.start))
        })?;
        let own = || {
            self.text
                .blocks
                .iter()
                .filter(|block| block.around == row.around)
        };
        if cells
            .iter()
            .any(|cell| self.text.text[cell.clone()].ends_with(']'))
        {
            return None;
        }
        let marks = own()
            .filter(|block| block.kind == FlatKind::Footnote)
            .filter_map(|block| {
                block
                    .words(self.text.text)
                    .first()
                    .map(|word| word.text.trim_matches(['[', ']']))
            });
        let mark = marks
            .filter_map(|mark| mark.parse::<u32>().ok())
            .max()
            .unwrap_or(0)
            + 1;
        let last =
            own().rfind(|block| matches!(block.kind, FlatKind::Row(_) | FlatKind::Footnote))?;
        let line = self.text.text[last.whole.end..]
            .split('\n')
            .next()
            .unwrap_or("")
            .trim_end();
        let parts: Vec<String> = names.iter().map(|name| format!("{name} \"…\"")).collect();
        let end = last.whole.end + line.len();
        let mut edits: Vec<Edit> = cells
            .iter()
            .map(|cell| Edit {
                bytes: cell.end..cell.end,
                new: format!("[{mark}]"),
            })
            .collect();
        edits.push(Edit {
            bytes: end..end,
            new: format!(
                "\n{}[{mark}] {}",
                self.text.indent(row.head.start),
                parts.join(", ")
            ),
        });
        Some(edits)
    }

    /// Accepts a finding, with a reason.
    fn allow(&self, about: &About<'_>, finding: &Finding) -> Option<Fix> {
        let (what, end) = match finding.code {
            Code::Gap | Code::GapResponsible | Code::GapAccountable => {
                ("gap", format!(" until {}", self.until))
            }
            Code::Overlap => ("overlap", format!(" until {}", self.until)),
            Code::ShareParts | Code::Redundant => (finding.code.id(), String::new()),
            _ => return None,
        };
        let edit = self.add(
            about,
            &format!(
                "allow {what} on {}{} because \"…\"{end}",
                about.short,
                about.clause()
            ),
        )?;
        Some(Fix::new(
            format!(
                "Accept it{}, with a reason",
                if end.is_empty() { "" } else { " for a time" }
            ),
            [edit],
        ))
    }

    /// Takes away what nothing needs.
    fn needless(&self, finding: &Finding) -> Option<Fix> {
        if !matches!(
            finding.code,
            Code::UnusedParty | Code::UnusedAxis | Code::AllowNothing
        ) {
            return None;
        }
        let block = self.statement(finding)?;
        Some(Fix::new("Remove it", [self.text.remove(block)]))
    }
}

/// What a finding of the check is about, if its model stands in the same file.
fn about<'a>(analysis: &'a Analysis, finding: &'a Finding) -> Option<About<'a>> {
    let subject = finding.subject.as_ref()?;
    let checked = analysis.run.models.iter().find(|it| {
        it.model.decl.name == subject.model && it.model.decl.span.file == finding.span().file
    })?;
    let when = subject
        .situations
        .as_ref()
        .and_then(|it| it.condition.as_deref());
    let path = finding.duty()?;
    Some(About {
        checked,
        path,
        short: ShortPaths::of(&checked.model).short(path),
        when,
    })
}
