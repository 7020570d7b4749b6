//! Conditions, parties and areas in the words of a page: titles, not names.

use super::{Block, Inline, Run, plain};
use crate::matrix::{Holding, Matrix};
use crate::model::{AreaId, DutyId, Model, PartyId, Role};
use crate::space::{AxisId, Phrase, Region, Values, describe};

/// Maximum number of duties named for a statement.
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

/// A region in words; `None` if it covers all of `among`.
pub fn when(matrix: &Matrix, region: Region, among: Region) -> Option<String> {
    let free = matrix.store().complement(among);
    describe(matrix.store(), region, free, &Words(matrix.model()))
}

/// A party's title.
pub(super) fn title(model: &Model, party: PartyId) -> &str {
    &model.party(party).decl.title
}

/// Leaves out a remark that says what an earlier one says: a note and a reason may be one text.
pub(super) fn each_once(remarks: &mut Vec<Inline>) {
    let mut known: Vec<Inline> = Vec::new();
    remarks.retain(|remark| {
        let is_new = !known.contains(remark);
        known.extend(is_new.then(|| remark.clone()));
        is_new
    });
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

/// Tracks the current area while duties are listed one after the other.
#[derive(Default)]
pub(super) struct Areas {
    begun: bool,
    last: Option<AreaId>,
}

impl Areas {
    /// The heading before a duty, if its area is not that of the duty before it. A duty directly in
    /// the model needs one only after an area: the model's title.
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

/// A row with an area's title, for this many columns.
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

/// The numbered notes of a page; equal notes share a number.
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

/// The fields of a duty's block, as remarks.
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
