//! What the policy of a sound model must answer, as questions with the judge's answers.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use serde_json::{Value, json};
use srmc::diagnostic::Code;
use srmc::emit::{JSON, Output, REGO};
use srmc::model::Role;

use super::judge::judge;
use super::random::{Allowed, PARTIES, Spec};
use super::{rego, run_text};

/// A question to the policy.
pub struct Question {
    /// The rule that answers.
    pub rule: &'static str,
    /// The input.
    pub input: Value,
    /// The parties and roles that the answer must name; `None` if there must be no answer.
    pub expected: Option<Vec<(usize, Role)>>,
}

impl Question {
    /// Whether an answer names what it must.
    pub fn is_met(&self, answer: &Value) -> bool {
        let mut found = answer.as_array().map(|held| rego::holders(held));
        if let Some(found) = &mut found {
            found.dedup();
        }
        found == self.expected
    }
}

/// The JSON document and the bundle of a model; `None` if it has an error, such as a duty that
/// exists nowhere.
pub fn written(text: &str) -> Option<(Value, Vec<Output>)> {
    let mut run = run_text(text);
    let matrices = run.take_matrices(None).expect("few regions");
    if matrices.is_empty() {
        return None;
    }
    let mut outputs = run.outputs(&matrices, &[&JSON, &REGO]).expect("apart");
    Some((
        serde_json::from_str(&outputs.remove(0).text).expect("JSON"),
        outputs,
    ))
}

/// For each duty in each situation: who holds it, and which of all claims on it are denied.
pub fn questions(spec: &Spec, document: &Value) -> Vec<Question> {
    let mut questions = Vec::new();
    // The policy knows only the axes that some statement names.
    let known: Vec<&str> = document["axes"]
        .as_array()
        .into_iter()
        .flatten()
        .filter_map(|axis| axis["name"].as_str())
        .collect();
    for situation in spec.situations() {
        let named = spec
            .named(&situation)
            .into_iter()
            .filter(|(axis, _)| known.contains(&axis.as_str()));
        let named: BTreeMap<String, String> = named.collect();
        for duty in 0..spec.duties.len() {
            let path = spec.path(duty);
            let given: Vec<(usize, Role)> = judge(spec, duty, &situation)
                .into_iter()
                .flat_map(|verdict| verdict.holders)
                .collect();
            let every = || (0..PARTIES).flat_map(|party| Role::ALL.map(|role| (party, role)));
            let claim = |(party, role): (usize, Role)| json!({ "party": format!("p{party}"), "duty": path, "role": role.word(), "situation": named });
            questions.push(Question {
                rule: "data.srm.m.deny",
                input: json!({ "claims": every().map(claim).collect::<Vec<_>>() }),
                expected: Some(every().filter(|held| !given.contains(held)).collect()),
            });
            questions.push(Question {
                rule: "data.srm.m.holders",
                input: json!({ "duty": path, "situation": named }),
                expected: spec.is_possible(&situation).then_some(given),
            });
        }
    }
    questions.extend(open_questions(spec, &known));
    questions
}

/// What a duty is in one situation: whether it exists there, is held, nobody's or an accepted gap, and
/// by whom.
type Hands = (&'static str, Vec<(usize, Role)>);

fn hands(spec: &Spec, duty: usize, situation: &[usize]) -> Hands {
    let Some(verdict) = judge(spec, duty, situation) else {
        return ("absent", Vec::new());
    };
    let is_gap = |code: &Code| Allowed::Gap.silences(*code);
    let owns = |(_, role): &(usize, Role)| matches!(role, Role::Responsible | Role::Accountable);
    let state = if verdict.marks.iter().any(|(code, ..)| is_gap(code)) {
        "gap"
    } else if verdict.holders.iter().any(owns) {
        "held"
    } else {
        "not_applicable"
    };
    (state, verdict.holders.into_iter().collect())
}

/// Questions that leave one axis open: there is an answer only if all possible situations agree.
fn open_questions(spec: &Spec, known: &[&str]) -> Vec<Question> {
    let mut questions = Vec::new();
    for axis in 0..spec.axes.len() {
        for situation in spec.situations().into_iter().filter(|it| it[axis] == 0) {
            let named = spec.named(&situation).into_iter().enumerate();
            let named =
                named.filter(|(at, (name, _))| *at != axis && known.contains(&name.as_str()));
            let named: BTreeMap<String, String> = named.map(|(_, it)| it).collect();
            let completed = (0..spec.size(axis)).map(|value| {
                let mut whole = situation.clone();
                whole[axis] = value;
                whole
            });
            let possible: Vec<Vec<usize>> = completed.filter(|it| spec.is_possible(it)).collect();
            for duty in 0..spec.duties.len() {
                let answers: BTreeSet<Hands> =
                    possible.iter().map(|it| hands(spec, duty, it)).collect();
                let only = (answers.len() == 1)
                    .then(|| answers.into_iter().next())
                    .flatten();
                questions.push(Question {
                    rule: "data.srm.m.holders",
                    input: json!({ "duty": spec.path(duty), "situation": named }),
                    expected: only.map(|(_, holders)| holders),
                });
            }
        }
    }
    questions
}

/// The regions of a written model are disjoint and cover exactly the situations in which a duty
/// exists.
pub fn regions_partition(spec: &Spec, document: &Value) -> Result<(), TestCaseError> {
    let mut duties: BTreeMap<String, &Value> = BTreeMap::new();
    let mut todo: Vec<&Value> = document["contents"]
        .as_array()
        .into_iter()
        .flatten()
        .collect();
    while let Some(node) = todo.pop() {
        match node["kind"].as_str() {
            Some("duty") => {
                duties.insert(node["path"].as_str().unwrap_or_default().into(), node);
            }
            _ => todo.extend(node["contents"].as_array().into_iter().flatten()),
        }
    }
    for situation in spec.situations() {
        let named: BTreeMap<String, String> = spec.named(&situation).into_iter().collect();
        let inside = |region: &Value| {
            let tests = region.as_object().into_iter().flatten();
            tests.clone().all(|(axis, values)| {
                values.as_array().is_some_and(|values| {
                    values
                        .iter()
                        .any(|value| value.as_str() == named.get(axis).map(String::as_str))
                })
            })
        };
        for (duty, exists) in spec.duties.iter().enumerate() {
            let holdings = duties[&spec.path(duty)]["holdings"]
                .as_array()
                .into_iter()
                .flatten();
            let regions = holdings.flat_map(|held| held["when"].as_array().into_iter().flatten());
            let count = regions.filter(|region| inside(region)).count();
            let expected = usize::from(exists.holds(&situation));
            let possible = spec.is_possible(&situation);
            prop_assert!(
                !possible || count == expected,
                "{count} regions of {} hold {named:?} in\n{}",
                spec.path(duty),
                spec.text()
            );
            prop_assert!(
                count <= 1,
                "regions overlap at {named:?} in\n{}",
                spec.text()
            );
        }
    }
    Ok(())
}
