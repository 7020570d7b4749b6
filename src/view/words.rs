//! Conditions, parties and areas in the words of a page: titles, not names.

use super::{Block, Inline, Item, Run, plain};
use crate::diagnostic::{Code, Diagnostic};
use crate::matrix::{Holding, Matrix};
use crate::model::{AreaId, DutyId, Ensure, Model, PartyId, Requirement, Role, Roles};
use crate::space::{AxisId, Phrase, Region, Values, describe};

/// At most this many duties of a statement are named.
const MAX_NAMED: usize = 3;

/// Conditions in words: `Service model: IaaS or PaaS`.
pub struct Words<'m>(pub &'m Model);

impl Phrase for Words<'_> {
    fn test(&self, axis: AxisId, values: &Values) -> String {
        let it = &self.0.axes[axis.0 as usize];
        let titles: Vec<&str> = values
            .iter()
            .map(|value| it.values[value as usize].1.as_str())
            .collect();
        format!("{}: {}", it.decl.title, list(&titles, "or"))
    }

    fn and(&self) -> &'static str {
        ", "
    }

    fn or(&self) -> &'static str {
        "; or "
    }
}

/// `a, b and c`
pub(super) fn list(items: &[&str], word: &str) -> String {
    match items.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {word} {last}", rest.join(", ")),
        _ => items.concat(),
    }
}

/// A region in words; `None` where it is all that `among` is.
pub fn when(matrix: &Matrix, region: Region, among: Region) -> Option<String> {
    let free = matrix.store().complement(among);
    describe(matrix.store(), region, free, &Words(matrix.model()))
}

/// A party's title.
pub(super) fn title(model: &Model, party: PartyId) -> &str {
    &model.party(party).decl.title
}

/// The titles of the areas around a duty, outermost first.
#[must_use]
pub fn area_title(model: &Model, area: Option<AreaId>) -> Option<String> {
    let mut titles = Vec::new();
    let mut at = area;
    while let Some(id) = at {
        titles.push(model.area(id).decl.title.clone());
        at = model.area(id).parent;
    }
    titles.reverse();
    (!titles.is_empty()).then(|| titles.join(" › "))
}

/// Follows the areas of duties that are listed one after the other.
#[derive(Default)]
pub(super) struct Areas {
    begun: bool,
    last: Option<AreaId>,
}

impl Areas {
    /// The heading before a duty, if its area is not that of the duty before it. A duty of the
    /// model itself needs one only behind an area: the model's title.
    pub(super) fn heading(&mut self, model: &Model, duty: DutyId) -> Option<String> {
        let area = model.duty(duty).area;
        let begun = std::mem::replace(&mut self.begun, true);
        let before = std::mem::replace(&mut self.last, area);
        if begun && before == area {
            return None;
        }
        area_title(model, area).or_else(|| begun.then(|| model.decl.title.clone()))
    }
}

/// A row that names an area, across so many columns.
pub(super) fn area_row(title: String, columns: usize) -> Vec<Inline> {
    std::iter::once(vec![Run::Strong(title)])
        .chain((1..columns).map(|_| Vec::new()))
        .collect()
}

/// Who owns a duty: `Customer`, `Customer + Oracle`, or who is responsible and who accountable.
#[must_use]
pub fn owners(model: &Model, holding: &Holding) -> String {
    let names = |role| -> Vec<&str> {
        holding
            .of(role)
            .map(|holder| title(model, holder.party))
            .collect()
    };
    let (does, answers) = (names(Role::Responsible), names(Role::Accountable));
    if does == answers {
        return does.join(" + ");
    }
    let part = |names: Vec<&str>, role: Role| {
        let names = if names.is_empty() {
            "nobody".to_owned()
        } else {
            names.join(" + ")
        };
        format!("{names} ({})", role.word())
    };
    format!(
        "{}, {}",
        part(does, Role::Responsible),
        part(answers, Role::Accountable)
    )
}

/// The numbered notes of a page; equal notes bear one number.
#[derive(Default)]
pub(super) struct Notes {
    notes: Vec<Inline>,
}

impl Notes {
    /// The number of a note.
    pub(super) fn mark(&mut self, note: Inline) -> String {
        let at = self
            .notes
            .iter()
            .position(|known| *known == note)
            .unwrap_or_else(|| {
                self.notes.push(note);
                self.notes.len() - 1
            });
        format!(" ({})", at + 1)
    }

    /// The block that lists them, if there are any.
    pub(super) fn block(self) -> Option<Block> {
        (!self.notes.is_empty()).then_some(Block::Notes(self.notes))
    }
}

/// What a holding says beyond its holders: parts, reasons, remarks, help.
pub(super) fn remarks(matrix: &Matrix, holding: &Holding) -> Vec<Inline> {
    let model = matrix.model();
    let mut remarks = Vec::new();
    let mut parts: Inline = Vec::new();
    for holder in holding.of(Role::Responsible) {
        let of_party = matrix.parts(holding, holder.party);
        if !of_party.is_empty() {
            if !parts.is_empty() {
                parts.push(Run::Plain(". ".into()));
            }
            parts.push(Run::Strong(title(model, holder.party).to_owned()));
            parts.push(Run::Plain(format!(": {}", of_party.join("; "))));
        }
    }
    if !parts.is_empty() {
        remarks.push(parts);
    }
    for &id in &holding.claims {
        let claim = model.claim(id);
        let supports = claim
            .grants
            .iter()
            .filter(|grant| grant.roles.has(Role::Supports))
            .flat_map(|grant| &grant.parties);
        let supporters: Vec<&str> = supports.map(|party| title(model, *party)).collect();
        let text = claim
            .text
            .as_deref()
            .into_iter()
            .chain(claim.because.as_deref())
            .chain(claim.notes.notes.iter().map(String::as_str));
        let text = text.collect::<Vec<_>>().join(". ");
        match (supporters.is_empty(), text.is_empty()) {
            (false, true) => remarks.push(plain(format!("{} supports", list(&supporters, "and")))),
            (false, false) => remarks.push(vec![
                Run::Strong(list(&supporters, "and")),
                Run::Plain(format!(" supports: {text}")),
            ]),
            (true, false) => remarks.push(plain(text)),
            (true, true) => {}
        }
    }
    remarks
}

/// What a block of fields says of a duty, as remarks.
pub(super) fn duty_remarks(model: &Model, duty: DutyId) -> Vec<Inline> {
    model
        .duty(duty)
        .notes
        .notes
        .iter()
        .map(|note| plain(note.clone()))
        .collect()
}

/// Paragraphs that open a page: what the model's block says.
#[must_use]
pub fn opening(model: &Model) -> Vec<Block> {
    let mut facts = Vec::new();
    facts.extend(
        model
            .version
            .as_ref()
            .map(|version| format!("Version {version}")),
    );
    facts.extend(model.status.map(|status| format!("Status: {status}")));
    facts.extend(model.effective.map(|day| format!("In effect from {day}")));
    facts.extend(
        model
            .reviewed
            .map(|(day, _)| format!("Last reviewed on {day}")),
    );
    let facts = (!facts.is_empty()).then(|| Block::Paragraph(plain(facts.join(". ") + ".")));
    facts
        .into_iter()
        .chain(
            model
                .notes
                .notes
                .iter()
                .map(|note| Block::Paragraph(plain(note.clone()))),
        )
        .collect()
}

/// The findings that somebody accepted, in the words of the page.
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
    let conditions: Vec<String> = cubes.map(|cube| said(model, cube)).collect();
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

/// A region of a finding, which names axes and values, in words.
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

/// What cannot be, and what must hold and does.
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

/// The titles of a few duties, and how many more there are.
pub(super) fn duties(model: &Model, duties: &[DutyId]) -> String {
    let named: Vec<String> = duties
        .iter()
        .take(MAX_NAMED)
        .map(|duty| format!("“{}”", model.duty(*duty).decl.title))
        .collect();
    let named: Vec<&str> = named.iter().map(String::as_str).collect();
    match duties.len().saturating_sub(MAX_NAMED) {
        0 => list(&named, "and"),
        more => format!("{} and {more} more", named.join(", ")),
    }
}

/// What was accepted, and what `otherwise` filled: never silent.
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
