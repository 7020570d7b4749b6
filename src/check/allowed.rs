//! `allow`: which part of a finding somebody has accepted.

use super::{Code, Diagnostic, Judge};
use crate::diagnostic::Severity;
use crate::model::{Allow, Allowed, DutyId, Model};
use crate::space::Region;

/// A part of a finding's situations.
pub(super) struct Piece {
    /// The situations.
    pub region: Region,
    /// The `allow` that covers them, and whether it still holds.
    allow: Option<(usize, bool)>,
}

impl Piece {
    /// Marks a finding as accepted, or says when its acceptance ended.
    pub fn mark(&self, model: &Model, finding: &mut Diagnostic) {
        let Some((at, holds)) = self.allow else {
            return;
        };
        let allow = &model.allows[at];
        let reason = crate::diagnostic::visible(&allow.because);
        let end = allow.until.map(|(day, _)| day);
        let text = match (holds, end) {
            (true, Some(day)) => format!("accepted until {day}: {reason}"),
            (true, None) => format!("accepted: {reason}"),
            (false, Some(day)) => format!("accepted only until {day}"),
            (false, None) => return,
        };
        finding.labels.push(crate::diagnostic::Label {
            span: allow.head,
            text,
        });
        if holds {
            finding.accepted = true;
            finding.severity = Severity::Note;
            finding.help.clear();
        }
    }
}

impl Judge {
    /// Cuts a finding's situations by the `allow`s that cover them; one that has ended takes what
    /// no other covers.
    pub(super) fn allowed_pieces(
        &mut self,
        code: Code,
        duty: DutyId,
        region: Region,
    ) -> Vec<Piece> {
        let (mut pieces, mut left) = (Vec::new(), region);
        let today = self.options.today;
        let concerns = |allow: &&(usize, &Allow)| {
            allow.1.duties.contains(&duty) && silences(allow.1.what, code)
        };
        let allows = self.model.allows.iter().enumerate();
        let mut allows: Vec<(usize, bool)> = allows
            .filter(|it| concerns(&it))
            .map(|(at, allow)| (at, allow.holds(today)))
            .collect();
        allows.sort_by_key(|&(_, holds)| !holds);
        for (at, holds) in allows {
            let allow = &self.model.allows[at];
            let covered = self.when(allow.when);
            let covered = self.regions.and(covered, left);
            if covered.is_empty() {
                continue;
            }
            self.allow_used[at] = true;
            pieces.push(Piece {
                region: covered,
                allow: Some((at, holds)),
            });
            left = self.regions.minus(left, covered);
        }
        if !left.is_empty() {
            pieces.push(Piece {
                region: left,
                allow: None,
            });
        }
        pieces
    }

    /// Every `allow` that silenced nothing.
    pub(super) fn unused_allows(&mut self) {
        for at in 0..self.model.allows.len() {
            let allow = &self.model.allows[at];
            let doubtful = allow.duties.iter().any(|&duty| !self.is_certain(duty));
            if self.allow_used[at] || doubtful {
                continue;
            }
            let fault = Diagnostic::new(
                Code::AllowNothing,
                allow.head,
                "this `allow` silences nothing",
                "",
            );
            let fault = fault.about(self.subject(None));
            self.findings
                .push(fault.help("what it allowed is mended: remove it"));
        }
    }
}

fn silences(what: Allowed, code: Code) -> bool {
    match what {
        Allowed::Gap => matches!(
            code,
            Code::Gap | Code::GapResponsible | Code::GapAccountable
        ),
        Allowed::Overlap => code == Code::Overlap,
        Allowed::Code(allowed) => allowed == code,
    }
}
