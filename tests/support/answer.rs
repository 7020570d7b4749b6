//! The engine's answer for one duty in one situation, in the judge's terms.

use std::collections::{BTreeMap, BTreeSet};

use srmc::check::Checked;
use srmc::compilation::Compilation;
use srmc::diagnostic::{Code, Diagnostic, Facts};
use srmc::model::{DutyId, PartyId};

use super::judge::{Mark, Verdict};
use super::random::Spec;

/// A situation by the names of axes and values.
pub type Named = [(String, String)];

/// The engine's result for one model.
pub struct Answer<'r> {
    /// The model.
    pub checked: &'r Checked,
    findings: &'r [Diagnostic],
    /// For each finding, what its marks are about.
    about: Vec<Vec<String>>,
}

impl<'r> Answer<'r> {
    /// The result of a run for its only model.
    pub fn of(run: &'r Compilation) -> Self {
        let checked = &run.models[0];
        let about = run
            .findings
            .iter()
            .map(|finding| about(checked, finding))
            .collect();
        Self {
            checked,
            findings: &run.findings,
            about,
        }
    }

    /// The verdict on a duty in a situation; `None` where the duty does not exist.
    pub fn verdict(&self, spec: &Spec, duty: usize, situation: &[usize]) -> Option<Verdict> {
        let point: Vec<u32> = situation
            .iter()
            .map(|&value| u32::try_from(value).expect("small"))
            .collect();
        let named = spec.named(situation);
        let path = spec.path(duty);
        let at = self
            .checked
            .model
            .duties
            .iter()
            .position(|it| it.path == path)
            .expect("declared");
        let checked = self.checked;
        let state = checked
            .state(DutyId(u32::try_from(at).expect("small")))
            .expect("little work");
        let here = |region| checked.store().contains(region, &point);
        if !here(state.exists) {
            return None;
        }
        let mut verdict = Verdict::default();
        for active in state.grants.iter().filter(|active| here(active.region)) {
            for &PartyId(party) in active.parties(&checked.model) {
                let roles = active.roles.iter();
                verdict
                    .holders
                    .extend(roles.map(|role| (party as usize, role)));
            }
        }
        verdict.marks.extend(self.turned(&path, &named, &point));
        for (finding, about) in self.findings.iter().zip(&self.about) {
            if finding.duty() == Some(&path) && holds(finding, &named) {
                verdict.marks.extend(
                    about
                        .iter()
                        .map(|about| (finding.code, about.clone(), finding.is_accepted())),
                );
            }
        }
        let filled = state.filled.iter().filter(|(_, region)| here(*region));
        verdict.filled = filled
            .map(|(claim, _)| {
                checked
                    .model
                    .claim(*claim)
                    .because
                    .as_deref()
                    .expect("a reason")
                    .to_owned()
            })
            .collect();
        Some(verdict)
    }

    /// Leaves out of a verdict what the engine does not tell in detail: of many findings of one kind
    /// on one duty it tells the parties of the largest only, and where claims overlap too often it
    /// does not compare them for repeated roles.
    pub fn without_untold(&self, path: &str, mut verdict: Verdict) -> Verdict {
        let is_many = |code| self.many(path).any(|finding| finding.code == code);
        verdict.marks.retain(|(code, ..)| {
            !(is_many(*code) || *code == Code::Redundant && self.is_uncompared(path))
        });
        verdict
    }

    /// Whether the claims on a duty were not compared for repeated roles.
    pub fn is_uncompared(&self, path: &str) -> bool {
        self.findings.iter().any(|finding| {
            let duties = finding.subject.iter().flat_map(|it| &it.duties);
            finding.code == Code::RepeatsNotDecided && duties.into_iter().any(|duty| duty == path)
        })
    }

    /// The findings on a duty that each stand for many.
    pub fn many<'p>(&self, path: &'p str) -> impl Iterator<Item = &'r Diagnostic> + use<'r, 'p> {
        let is_many = |it: &&Diagnostic| matches!(it.facts, Facts::Many { .. });
        let findings = self.findings.iter().filter(is_many);
        findings.filter(move |it| it.duty() == Some(path))
    }

    /// Checks that the findings that stand for many hold where the judge says so: nowhere else, and
    /// everywhere unless they say that there is more.
    pub fn many_hold(&self, path: &str, named: &Named, expected: &Verdict) -> Result<(), String> {
        let codes: BTreeSet<Code> = self.many(path).map(|it| it.code).collect();
        for code in codes {
            let all = self.findings.iter().filter(|it| it.code == code);
            let all: Vec<_> = all.filter(|it| it.duty() == Some(path)).collect();
            let told = all.iter().any(|it| holds(it, named));
            let more = all
                .iter()
                .any(|it| it.situations().is_some_and(|it| it.more));
            let meant = expected.marks.iter().any(|(known, ..)| *known == code);
            if told && !meant || meant && !told && !more {
                let code = code.id();
                return Err(format!("{code} at {named:?}: told {told}, meant {meant}"));
            }
        }
        Ok(())
    }

    /// The marks of pairs of duties that both stand on both sides of a `separate`, on the second of
    /// them: the engine tells such a pair once.
    fn turned(&self, path: &str, named: &Named, point: &[u32]) -> Vec<Mark> {
        let model = &self.checked.model;
        let at = |path: &str| {
            model
                .duties()
                .find(|(_, it)| it.path == path)
                .map(|(id, _)| id)
        };
        let pairs = self.findings.iter().filter_map(|finding| {
            let subject = finding.subject.as_ref()?;
            let [first, second] = subject.duties.as_slice() else {
                return None;
            };
            let is_pair = finding.code == Code::NotSeparate && !subject.parties.is_empty();
            let both = [at(first)?, at(second)?];
            let broken = model
                .separates
                .iter()
                .find(|it| it.head == finding.span())?;
            let sides = [&broken.left, &broken.right];
            let turns = both
                .iter()
                .all(|duty| sides.iter().all(|side| side.contains(duty)));
            let exists = self.checked.state(both[0]).ok()?.exists;
            let exists = self.checked.store().contains(exists, point);
            let told = is_pair && exists && turns && second == path && holds(finding, named);
            let reason = broken.because.as_deref()?;
            let about = format!("{reason} {first} {}", subject.parties.concat());
            told.then_some((finding.code, about, finding.is_accepted()))
        });
        pairs.collect()
    }

    /// The duties that notes list as filled: the key is the reason of the `otherwise` and the duty,
    /// the value is the condition; `None` if that is too complex to list.
    pub fn listed(&self) -> BTreeMap<(String, String), Option<String>> {
        let notes = self
            .findings
            .iter()
            .filter(|finding| finding.code == Code::Filled);
        let lines = notes.flat_map(|finding| {
            let claim = self
                .checked
                .model
                .claims
                .iter()
                .find(|claim| claim.head == finding.span())
                .expect("the claim");
            let Facts::Filled(rows) = &finding.facts else {
                panic!("a note on `otherwise` knows what it fills");
            };
            rows.iter().map(move |row| {
                let reason = claim.because.as_deref().expect("a reason").to_owned();
                let when = row.situations.as_ref().map(|it| it.text().to_owned());
                ((reason, row.duty.clone()), when)
            })
        });
        lines.collect()
    }

    /// The reasons of the `allow`s reported as accepting nothing.
    pub fn idle_allows(&self) -> Vec<String> {
        let idle = self
            .findings
            .iter()
            .filter(|finding| finding.code == Code::AllowNothing);
        let reasons = idle.map(|finding| {
            let allow = self
                .checked
                .model
                .allows
                .iter()
                .find(|allow| allow.head == finding.span());
            allow.expect("an `allow`").because.clone()
        });
        reasons.collect()
    }
}

/// Whether the situations in a finding's data contain this one.
fn holds(finding: &Diagnostic, named: &Named) -> bool {
    let cubes = finding.situations().into_iter().flat_map(|it| &it.cubes);
    cubes.into_iter().any(|cube| lies_in(cube, named))
}

/// Whether a region, given as data, contains a situation.
pub fn lies_in(region: &[(String, Vec<String>)], named: &Named) -> bool {
    region.iter().all(|(axis, values)| {
        named
            .iter()
            .any(|(known, value)| known == axis && values.contains(value))
    })
}

/// What the marks of a finding are about: see [`super::judge::Mark`].
fn about(checked: &Checked, finding: &Diagnostic) -> Vec<String> {
    let Some(subject) = &finding.subject else {
        return Vec::new();
    };
    let (span, model) = (finding.span(), &checked.model);
    let reason = |because: &Option<String>| because.clone().expect("a reason");
    let mut about = vec![String::new()];
    match finding.code {
        Code::EnsureFails | Code::Shrinks => {
            let broken = model
                .ensures
                .iter()
                .find(|it| it.head == span)
                .expect("an `ensure`");
            about = vec![reason(&broken.because)];
        }
        // A duty on both sides, whatever the situation.
        Code::NotSeparate if subject.parties.is_empty() => about.clear(),
        Code::NotSeparate => {
            let broken = model
                .separates
                .iter()
                .find(|it| it.head == span)
                .expect("a `separate`");
            let other = &subject.duties[1];
            about = vec![format!(
                "{} {other} {}",
                reason(&broken.because),
                subject.parties.concat()
            )];
        }
        Code::Redundant if subject.parties.is_empty() => about.push("nobody".into()),
        Code::Redundant | Code::Contradiction => about.extend(subject.parties.iter().cloned()),
        Code::Overlap => about.extend(
            subject
                .parties
                .iter()
                .cloned()
                .chain(subject.roles.iter().map(|role| role.word().to_owned())),
        ),
        _ => {}
    }
    about
}
