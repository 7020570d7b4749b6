//! A bundle for Open Policy Agent 1.x: a fixed policy that reads the matrix as data, and its tests.
//!
//! The policy is the same for every model except for the name: the number of rules does not depend
//! on the duties. The data are keyed by duty; a duty's regions are a short list. Names from a
//! source reach the policy only as data or as JSON strings.

use std::collections::BTreeMap;

use serde::Serialize;
use sha2::{Digest, Sha256};

use super::json::{Region, place, region};
use super::{Folder, Makes, Output, Target, safe_json};
use crate::matrix::{Holding, HoldingState, Matrix};
use crate::model::{Model, Role};
use crate::source::Sources;
use crate::space::{AxisNames as _, Cube};

/// The policy, with `MODEL` as a placeholder for the model's name.
const POLICY: &str = include_str!("rego/policy.rego");
/// The head of the tests, with `MODEL` as a placeholder for the model's name.
const TESTS: &str = include_str!("rego/policy_test.rego");

/// The state of a duty that does not exist; its answer has the number 0.
const ABSENT: &str = "absent";

#[derive(Serialize)]
struct Data {
    accepted: Vec<super::json::Accepted>,
    axes: BTreeMap<String, Vec<String>>,
    duties: BTreeMap<String, DutyData>,
    model: String,
    parties: BTreeMap<String, String>,
    /// The situations that are possible.
    possible: Vec<Region>,
}

#[derive(Serialize)]
struct DutyData {
    file: String,
    line: u32,
    regions: Vec<RegionData>,
    title: String,
}

/// One box of one region.
#[derive(Serialize)]
struct RegionData {
    /// Regions with the same holders have the same number.
    answer: usize,
    /// One possible situation of it.
    #[serde(skip)]
    example: BTreeMap<String, String>,
    holders: Vec<HolderData>,
    /// `held`, `not_applicable`, `gap` or `absent`.
    state: &'static str,
    when: Region,
}

#[derive(Clone, Serialize)]
struct HolderData {
    file: String,
    joint: bool,
    line: u32,
    party: String,
    role: &'static str,
}

/// Its entry in the catalogue of targets.
pub static TARGET: Target = Target {
    name: "rego",
    extension: "",
    about: "A bundle for Open Policy Agent",
    draws_grid: false,
    makes: Makes::Folder(Folder {
        prefix: "policy",
        each: emit,
        shared,
        takes: packages,
    }),
};

/// Policy, tests and data of one model.
pub(super) fn emit(matrix: &Matrix, sources: &Sources) -> Vec<Output> {
    let name = package(&matrix.model().decl.name);
    let data = data(matrix, sources);
    let text = serde_json::to_string_pretty(&data).unwrap_or_default();
    let tests = tests(&data, matrix.model());
    let output = |path: String, text: String| Output { path, text };
    vec![
        output(
            format!("srm/{name}/policy.rego"),
            POLICY.replace("MODEL", &reference(&name)),
        ),
        output(format!("srm/{name}/policy_test.rego"), tests),
        output(
            format!("srm_data/{name}/data.json"),
            safe_json(&text) + "\n",
        ),
    ]
}

/// The manifest of a bundle of these models.
fn shared(matrices: &[Matrix], sources: &Sources) -> Vec<Output> {
    let mut roots: Vec<String> = Vec::new();
    for matrix in matrices {
        let name = package(&matrix.model().decl.name);
        roots.extend([
            format!("srm/{name}"),
            format!("srm/{name}_test"),
            format!("srm_data/{name}"),
        ]);
    }
    roots.sort();
    let mut hash = Sha256::new();
    for (_, source) in sources.iter() {
        hash.update(source.text.as_bytes());
        hash.update([0]);
    }
    let revision: String = hash
        .finalize()
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    let manifest = serde_json::json!({ "revision": revision, "rego_version": 1, "roots": roots });
    let text = serde_json::to_string_pretty(&manifest).unwrap_or_default() + "\n";
    vec![Output {
        path: ".manifest".into(),
        text,
    }]
}

/// The packages of a model: its policy and the tests of it.
fn packages(model: &str) -> Vec<String> {
    let name = package(model);
    vec![format!("srm.{name}"), format!("srm.{name}_test")]
}

/// A model's name as a part of a package: `-` becomes `_`.
#[must_use]
pub fn package(name: &str) -> String {
    name.replace('-', "_")
}

/// A package part as written in Rego: a keyword is put in brackets.
fn reference(name: &str) -> String {
    const WORDS: &[&str] = &[
        "as", "contains", "data", "default", "else", "every", "false", "if", "import", "in",
        "input", "not", "null", "package", "some", "true", "with",
    ];
    if WORDS.contains(&name) {
        format!("[\"{name}\"]")
    } else {
        format!(".{name}")
    }
}

fn data(matrix: &Matrix, sources: &Sources) -> Data {
    let possible = matrix.possible_cubes();
    let possible = possible
        .iter()
        .map(|cell| region(matrix.model(), cell))
        .collect();
    let mut duties = BTreeMap::new();
    for at in 0..matrix.rows().len() {
        let regions = regions(matrix, sources, at);
        let it = matrix.model().duty(matrix.rows()[at].duty);
        let declared = place(matrix.model(), sources, it.decl.span);
        duties.insert(
            it.path.clone(),
            DutyData {
                file: declared.file,
                line: declared.line,
                regions,
                title: it.decl.title.clone(),
            },
        );
    }
    let model = matrix.model();
    let axes = model.used_axes().map(|(_, axis)| {
        (
            axis.decl.name.clone(),
            axis.values.iter().map(|(name, _)| name.clone()).collect(),
        )
    });
    let parties = model
        .used_parties()
        .map(|(_, party)| (party.decl.name.clone(), party.decl.title.clone()));
    Data {
        accepted: super::json::accepted(matrix, sources),
        axes: axes.collect(),
        parties: parties.collect(),
        model: model.decl.name.clone(),
        duties,
        possible,
    }
}

/// The boxes of every region of a duty, and of the situations in which it does not exist.
fn regions(matrix: &Matrix, sources: &Sources, at: usize) -> Vec<RegionData> {
    let row = matrix.rows()[at].clone();
    // A duty that does not exist is not the same as one that nobody holds, and one that is nobody's on
    // purpose not the same as an accepted gap.
    let mut answers: Vec<(&'static str, Vec<(String, &'static str)>)> = vec![(ABSENT, Vec::new())];
    let absent = matrix.store().difference(matrix.possible(), row.exists);
    let all: Vec<crate::space::Region> = row
        .holdings
        .iter()
        .map(|holding| holding.region)
        .chain([absent])
        .collect();
    let mut boxes = matrix.cubes_of(&all);
    let outside = boxes.pop().unwrap_or_default();
    let mut regions = Vec::new();
    for (holding, cells) in row.holdings.iter().zip(boxes) {
        let holders = holders(matrix, sources, holding);
        let state = match holding.state() {
            HoldingState::Held => "held",
            HoldingState::NotApplicable => "not_applicable",
            HoldingState::Gap => "gap",
        };
        let roles = holders.iter();
        let roles = roles.map(|holder| (holder.party.clone(), holder.role));
        let seen = (state, roles.collect());
        let answer = answers
            .iter()
            .position(|known| *known == seen)
            .unwrap_or_else(|| {
                answers.push(seen);
                answers.len() - 1
            });
        for cell in cells {
            regions.push(region_data(matrix, &cell, (answer, state), holders.clone()));
        }
    }
    for cell in outside {
        regions.push(region_data(matrix, &cell, (0, ABSENT), Vec::new()));
    }
    regions
}

fn region_data(
    matrix: &Matrix,
    cell: &Cube,
    (answer, state): (usize, &'static str),
    holders: Vec<HolderData>,
) -> RegionData {
    let reach = cell.region(matrix.store());
    let real = matrix.store().intersect(reach, matrix.possible());
    let path = matrix.store().first(real).unwrap_or_default();
    let model = matrix.model();
    let example = model.used_axes().map(|(id, axis)| {
        let value = path
            .iter()
            .find(|(known, _)| *known == id)
            .map_or(0, |(_, value)| *value);
        (axis.decl.name.clone(), model.value(id, value).to_owned())
    });
    RegionData {
        answer,
        example: example.collect(),
        holders,
        state,
        when: region(model, cell),
    }
}

fn holders(matrix: &Matrix, sources: &Sources, holding: &Holding) -> Vec<HolderData> {
    let situation = matrix.store().first(holding.region).unwrap_or_default();
    let holder = |it: &crate::matrix::Holder| {
        let at = place(
            matrix.model(),
            sources,
            matrix.model().claim(it.claim).span_at(&situation),
        );
        let party = matrix.model().party(it.party).decl.name.clone();
        HolderData {
            file: at.file,
            joint: it.joint,
            line: at.line,
            party,
            role: it.role.word(),
        }
    };
    holding.holders.iter().map(holder).collect()
}

/// The tests: for every duty, one situation of every region, and what the policy must answer there.
fn tests(data: &Data, model: &Model) -> String {
    let name = reference(&package(&model.decl.name));
    // A package part in brackets cannot have a suffix, but the name of the tests is never a Rego
    // keyword.
    let test_name = format!(".{}_test", package(&model.decl.name));
    let mut text = TESTS
        .replace("MODEL_TEST", &test_name)
        .replace("MODEL", &name);
    for (number, (path, duty)) in (1..).zip(&data.duties) {
        let word: String = path
            .chars()
            .map(|c| if c.is_ascii_alphanumeric() { c } else { '_' })
            .collect();
        text.push_str(&format!("\ntest_{number}_{word} if {{\n\tcases := [\n"));
        for region in &duty.regions {
            text.push_str(&format!("\t\t{},\n", case(path, region, data)));
        }
        text.push_str("\t]\n\tevery case in cases {\n\t\tholds(case)\n\t}\n}\n");
    }
    text
}

/// One case as a Rego object on a line: a situation, its holders, and a claim that must be denied.
fn case(path: &str, region: &RegionData, data: &Data) -> String {
    let string = |text: &str| safe_json(&serde_json::to_string(text).unwrap_or_default());
    let situation: Vec<String> = region
        .example
        .iter()
        .map(|(axis, value)| format!("{}: {}", string(axis), string(value)))
        .collect();
    let holders: Vec<String> = region
        .holders
        .iter()
        .map(|it| {
            format!(
                "{{\"party\": {}, \"role\": {}}}",
                string(&it.party),
                string(it.role)
            )
        })
        .collect();
    let (party, role) = not_given(region, data);
    format!(
        "{{\"duty\": {}, \"situation\": {{{}}}, \"holders\": [{}], \"denied\": {{\"party\": {}, \"role\": {}}}}}",
        string(path),
        situation.join(", "),
        holders.join(", "),
        string(&party),
        string(role),
    )
}

/// A party and a role that the region does not give.
fn not_given(region: &RegionData, data: &Data) -> (String, &'static str) {
    for party in data.parties.keys() {
        for role in Role::ALL.map(Role::word) {
            if !region
                .holders
                .iter()
                .any(|holder| holder.party == *party && holder.role == role)
            {
                return (party.clone(), role);
            }
        }
    }
    ("nobody".into(), "responsible")
}
