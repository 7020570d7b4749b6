//! How a page ends: what was accepted, what is impossible, and what was checked.

use super::words::{Words, duties, list, title, when};
use super::{Block, Inline, Item, Run, plain};
use crate::diagnostic::{Code, Diagnostic};
use crate::matrix::Matrix;
use crate::model::{Ensure, Model, Requirement, Role, Roles};
use crate::space::{AxisId, Phrase, Region, Values};

/// The accepted findings, in the words of the page.
pub(super) fn accepted(matrix: &Matrix) -> Vec<Block> {
    let accepted = matrix.accepted();
    let accepted: Vec<Item> = accepted
        .map(|finding| Item {
            text: accepted_text(matrix.model(), finding),
            details: Vec::new(),
        })
        .collect();
    if accepted.is_empty() {
        Vec::new()
    } else {
        vec![
            Block::Paragraph(plain("Accepted for now:")),
            Block::List(accepted),
        ]
    }
}

fn accepted_text(model: &Model, finding: &Diagnostic) -> Inline {
    let subject = finding.subject.as_deref().cloned().unwrap_or_default();
    let duty = model
        .duties
        .iter()
        .find(|duty| Some(duty.path.as_str()) == finding.duty());
    let parties = model.parties.iter();
    let parties = parties.filter(|party| subject.parties.contains(&party.decl.name));
    let titles: Vec<&str> = parties.map(|party| party.decl.title.as_str()).collect();
    let roles: Vec<&str> = subject.roles.iter().map(Role::word).collect();
    let (who, roles_held) = (list(&titles, "and"), subject.roles.words());
    let what = match finding.code {
        Code::Gap | Code::GapResponsible | Code::GapAccountable => {
            format!("nobody is {}", list(&roles, "or"))
        }
        Code::Overlap => format!("{who} are {roles_held} at once"),
        Code::ShareParts => format!("nothing says what {who} does"),
        _ => format!("{who}: {roles_held}"),
    };
    let cubes = finding.situations().map_or(&[][..], |it| &it.cubes);
    let cubes = cubes.iter().filter(|cube| !cube.is_empty());
    let mut conditions: Vec<String> = cubes.map(|cube| said(model, cube)).collect();
    if finding.situations().is_some_and(|it| it.more) {
        conditions.push("in other situations".to_owned());
    }
    let when = if conditions.is_empty() {
        String::new()
    } else {
        format!(" ({})", conditions.join("; or "))
    };
    let why = finding
        .acceptance
        .as_ref()
        .map_or_else(String::new, |it| it.phrase());
    vec![
        Run::Strong(duty.map_or(String::new(), |duty| duty.decl.title.clone())),
        Run::Plain(format!("{when}: {what}; {why}")),
    ]
}

/// A region of a finding in words, with titles instead of names.
fn said(model: &Model, region: &[(String, Vec<String>)]) -> String {
    let tests = region.iter().filter_map(|(name, allowed)| {
        let at = model.axes.iter().position(|axis| axis.decl.name == *name)?;
        let values = (0..)
            .zip(&model.axes[at].values)
            .filter(|(_, (value, _))| allowed.contains(value))
            .map(|(value, _)| value);
        let values = Values::of(model.axes[at].size(), values);
        Some(Words(model).test(AxisId(u32::try_from(at).ok()?), &values))
    });
    tests.collect::<Vec<_>>().join(Words(model).and())
}

/// What is impossible, and the constraints that hold.
pub(super) fn laws(matrix: &Matrix) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut listed = |title: &str, texts: Vec<String>| {
        if !texts.is_empty() {
            blocks.push(Block::Paragraph(plain(title)));
            blocks.push(Block::List(
                texts
                    .into_iter()
                    .map(|text| Item {
                        text: plain(text),
                        details: Vec::new(),
                    })
                    .collect(),
            ));
        }
    };
    let aside = |when: Option<String>, because: &Option<String>| {
        let parts: Vec<String> = when.into_iter().chain(because.clone()).collect();
        if parts.is_empty() {
            String::new()
        } else {
            format!(" ({})", parts.join("; "))
        }
    };
    let mut impossible = Vec::new();
    for it in matrix.model().impossible.clone() {
        let region = matrix.when(it.when);
        impossible.extend(
            when(matrix, region, Region::ALL)
                .map(|text| format!("{text}{}", aside(None, &it.because))),
        );
    }
    let mut held = Vec::new();
    for it in matrix.model().ensures.clone() {
        let region = matrix.when(it.when);
        let condition = when(matrix, region, matrix.possible());
        held.push(format!(
            "{}{}",
            requirement(matrix.model(), &it),
            aside(condition, &it.because)
        ));
    }
    for it in matrix.model().separates.clone() {
        let region = matrix.when(it.when);
        let condition = when(matrix, region, matrix.possible());
        let (left, right) = (
            duties(matrix.model(), &it.left),
            duties(matrix.model(), &it.right),
        );
        held.push(format!(
            "No party is responsible for both {left} and {right}{}",
            aside(condition, &it.because)
        ));
    }
    listed("Impossible:", impossible);
    listed("Checked to hold:", held);
    blocks
}

fn requirement(model: &Model, it: &Ensure) -> String {
    let parties: Vec<&str> = it
        .requirement
        .parties()
        .iter()
        .map(|&party| title(model, party))
        .collect();
    let (who, what) = (list(&parties, "and"), duties(model, &it.duties));
    match &it.requirement {
        Requirement::Owns(_) => format!("{who} alone owns {what}"),
        Requirement::Share(_) => format!("{who} share {what}"),
        Requirement::Nobody => format!("Nobody owns {what}"),
        Requirement::Never(_) => format!("{who} never owns {what}"),
        Requirement::Role(_, role) => format!("{who} {} {what}", Roles::only(*role).phrase()),
        Requirement::Monotone(_, axis, steps) => {
            let axis = &model.axes[axis.0 as usize];
            let values: Vec<&str> = steps
                .iter()
                .map(|&value| axis.values[value as usize].1.as_str())
                .collect();
            format!(
                "What {who} is responsible for only grows along {}: {}",
                axis.decl.title,
                values.join(", ")
            )
        }
    }
}

/// What was accepted, and what `otherwise` filled; both are always shown.
pub fn closing(matrix: &Matrix) -> Vec<Block> {
    let mut blocks = laws(matrix);
    blocks.extend(accepted(matrix));
    let mut filled = Vec::new();
    for at in 0..matrix.rows().len() {
        let (duty, exists) = (matrix.rows()[at].duty, matrix.rows()[at].exists);
        for (claim, region) in matrix.rows()[at].filled.clone() {
            let condition =
                when(matrix, region, exists).map_or(String::new(), |when| format!(" ({when})"));
            let parties = matrix
                .model()
                .claim(claim)
                .grants
                .first()
                .map_or(Vec::new(), |grant| grant.parties.to_vec());
            let whom: Vec<&str> = parties
                .iter()
                .map(|&party| title(matrix.model(), party))
                .collect();
            let whom = if whom.is_empty() {
                "nobody".to_owned()
            } else {
                list(&whom, "and")
            };
            let text = format!(
                "{}{condition}: {whom}",
                matrix.model().duty(duty).decl.title
            );
            filled.push(Item {
                text: plain(text),
                details: Vec::new(),
            });
        }
    }
    if !filled.is_empty() {
        blocks.push(Block::Paragraph(plain(
            "Assigned by the catch-all rule only:",
        )));
        blocks.push(Block::List(filled));
    }
    blocks
}
