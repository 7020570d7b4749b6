//! The content of blocks and claims, as lists of terms and descriptions.

use super::escape::{escape, inline};
use crate::emit::json::{Document, Held, Notes, Place, State};
use crate::view;

/// A term and its description, both as HTML.
pub(super) type Term = (String, String);

/// The list; empty if there are no terms.
pub(super) fn terms(terms: &[Term]) -> String {
    let term = |(term, said): &Term| format!("<div><dt>{term}</dt><dd>{said}</dd></div>\n");
    let all: String = terms.iter().map(term).collect();
    if all.is_empty() {
        all
    } else {
        format!("<dl>\n{all}</dl>\n")
    }
}

/// A text that is included in the page's search.
pub(super) fn found(text: &str) -> String {
    format!("<span data-find>{}</span>", escape(text))
}

/// The fields of a block.
pub(super) fn of_block(document: &Document, notes: &Notes) -> Vec<Term> {
    let mut all: Vec<Term> = notes
        .notes
        .iter()
        .map(|note| ("Note".into(), found(note)))
        .collect();
    all.extend(
        notes
            .cadence
            .iter()
            .map(|cadence| ("Cadence".into(), found(cadence))),
    );
    all.extend(
        notes
            .evidence
            .iter()
            .map(|evidence| ("Evidence".into(), found(evidence))),
    );
    for (framework, controls) in &notes.meets {
        let known = document.frameworks.iter().find(|it| it.name == *framework);
        let title = known.map_or(framework.as_str(), |it| it.title.as_str());
        all.push((
            "Meets".into(),
            format!("{}: {}", escape(title), found(&controls.join(", "))),
        ));
    }
    all.extend(notes.sources.iter().map(|it| {
        (
            "Source".into(),
            inline(&view::source(&it.place, it.url.as_ref())),
        )
    }));
    all.extend(
        notes
            .meta
            .iter()
            .map(|it| (escape(&it.key), found(&it.value))),
    );
    all
}

/// Who holds which role, with parts, reasons and remarks.
pub(super) fn of_holding(document: &Document, held: &Held) -> Vec<Term> {
    let mut all: Vec<Term> = Vec::new();
    match held.state {
        State::NotApplicable => all.push(("Nobody".into(), "The duty does not apply.".into())),
        State::Gap => all.push((
            "Accepted gap".into(),
            "Nobody is responsible, or nobody accountable; see what was accepted.".into(),
        )),
        State::Held => {}
    }
    let mut parties: Vec<&str> = held
        .holders
        .iter()
        .map(|holder| holder.party.as_str())
        .collect();
    parties.dedup();
    all.extend(
        parties
            .into_iter()
            .map(|party| of_party(document, held, party)),
    );
    for claim in &held.claims {
        all.extend(claim.text.iter().map(|text| ("Remark".into(), found(text))));
        all.extend(
            claim
                .because
                .iter()
                .map(|because| ("Reason".into(), found(because))),
        );
        all.extend(
            claim
                .until
                .iter()
                .map(|until| ("Holds until".into(), escape(until))),
        );
        all.extend(of_block(document, &claim.notes));
    }
    all
}

fn of_party(document: &Document, held: &Held, party: &str) -> Term {
    let mine = || held.holders.iter().filter(|holder| holder.party == party);
    let words = |joint| {
        mine()
            .filter(|holder| holder.joint == joint)
            .map(|holder| holder.role.word())
            .collect::<Vec<_>>()
            .join(", ")
    };
    let (alone, jointly) = (words(false), words(true));
    let mut said = match (alone.is_empty(), jointly.is_empty()) {
        (false, false) => format!("{jointly} jointly; {alone}"),
        (true, _) => format!("{jointly}, jointly"),
        (_, true) => alone,
    };
    let parts: String = mine()
        .flat_map(|holder| &holder.parts)
        .map(|part| format!("<li>{}</li>", found(part)))
        .collect();
    if !parts.is_empty() {
        said.push_str(&format!("<ul>{parts}</ul>"));
    }
    (escape(title(document, party)), said)
}

/// A party's title.
pub(super) fn title<'d>(document: &'d Document, party: &'d str) -> &'d str {
    document
        .parties
        .iter()
        .find(|it| it.name == party)
        .map_or(party, |it| &it.title)
}

/// `file:line`, one after the other.
pub(super) fn places(places: &[Place]) -> String {
    let mut all: Vec<String> = places
        .iter()
        .map(|it| format!("<code>{}:{}</code>", escape(&it.file), it.line))
        .collect();
    all.dedup();
    all.join(", ")
}
