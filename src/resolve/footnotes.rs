//! Footnotes of tables, and the cells that have their marks.

use std::collections::HashSet;

use super::claims::says_nothing;
use super::fields::is_blank;
use super::parties::party;
use super::reader::ModelReader;
use super::wording;
use crate::model::{Part, PartyId};
use crate::syntax::ast::{Footnote, Path, Text};

/// What the footnotes of a cell or row say.
#[derive(Clone, Default)]
pub(super) struct FootnoteText<'s> {
    /// Texts for the cell as a whole.
    pub texts: Vec<String>,
    /// Texts for the cell in which nothing is written.
    pub blank: Vec<Text<'s>>,
    /// What each party does.
    pub parts: Vec<Part>,
    /// A footnote is missing or names an unknown party.
    pub faulty: bool,
}

/// The footnotes of one table while its rows are read.
pub(super) struct Footnotes<'t, 's> {
    list: &'t [Footnote<'s>],
    /// Marks used by a cell or row.
    used: HashSet<&'s str>,
    /// Some mark has no footnote, perhaps because of a typo in the footnote's mark.
    missing: bool,
}

impl<'t, 's> Footnotes<'t, 's> {
    /// The footnotes of a table, with no mark used yet; reports duplicate marks.
    pub(super) fn new(reader: &mut ModelReader<'_, 's>, list: &'t [Footnote<'s>]) -> Self {
        for (at, footnote) in list.iter().enumerate() {
            let mark = &footnote.mark;
            let mut earlier = list[..at].iter();
            if let Some(first) = earlier.find(|other| other.mark.node == mark.node) {
                let fault = wording::twice("footnote", mark.node, first.mark.span, mark.span);
                reader.faults.push(fault);
            }
        }
        Self {
            list,
            used: HashSet::new(),
            missing: false,
        }
    }

    fn find(&self, mark: &str) -> Option<&'t Footnote<'s>> {
        self.list.iter().find(|footnote| footnote.mark.node == mark)
    }

    /// What the footnotes with these marks say.
    pub(super) fn said(
        &mut self,
        reader: &mut ModelReader<'_, 's>,
        marks: &[Path<'s>],
    ) -> FootnoteText<'s> {
        let mut said = FootnoteText::default();
        for mark in marks {
            self.used.insert(mark.node);
            if let Some(footnote) = self.find(mark.node) {
                read(reader, footnote, &mut said);
                continue;
            }
            (said.faulty, self.missing) = (true, true);
            let known: Vec<&str> = self
                .list
                .iter()
                .map(|footnote| footnote.mark.node)
                .collect();
            reader.faults.push(wording::missing_footnote(mark, &known));
        }
        said
    }

    /// The parts from `[+]`, for the parties of an unmarked share.
    pub(super) fn default_parts(
        &mut self,
        reader: &mut ModelReader<'_, 's>,
        parties: &[PartyId],
    ) -> FootnoteText<'s> {
        let mut said = FootnoteText::default();
        if let Some(footnote) = self.find("+") {
            self.used.insert("+");
            read(reader, footnote, &mut said);
            said.parts.retain(|part| parties.contains(&part.party));
        }
        said
    }

    /// Each part in a footnote must belong to a party of the cell.
    pub(super) fn parts_fit(
        &self,
        reader: &mut ModelReader<'_, 's>,
        marks: &[Path<'s>],
        parties: &[PartyId],
        said: &mut FootnoteText<'s>,
    ) {
        for mark in marks {
            for part in self
                .find(mark.node)
                .iter()
                .flat_map(|footnote| &footnote.parts)
            {
                let known = reader.names.parties.get(part.party.node);
                if known.is_some_and(|party| !parties.contains(party)) {
                    let fault = wording::stray_footnote_part(&part.party, mark);
                    reader.faults.push(fault);
                    said.faulty = true;
                }
            }
        }
        said.parts.retain(|part| parties.contains(&part.party));
    }

    /// Reports footnotes without a mark in the table; all its rows must have been read before.
    pub(super) fn unused(&self, reader: &mut ModelReader<'_, 's>) {
        if self.missing {
            return;
        }
        let marks = self.list.iter().map(|footnote| &footnote.mark);
        let unused = marks.filter(|mark| !self.used.contains(mark.node));
        reader.faults.extend(unused.map(wording::unused_footnote));
    }
}

fn read<'s>(
    reader: &mut ModelReader<'_, 's>,
    footnote: &Footnote<'s>,
    said: &mut FootnoteText<'s>,
) {
    // What an empty footnote should say is asked where its mark is.
    let texts = footnote.texts.iter().filter(|text| !is_blank(text));
    said.texts.extend(texts.map(|text| text.node.to_string()));
    let blank = footnote.texts.iter().filter(|text| is_blank(text));
    said.blank.extend(blank.cloned());
    for part in &footnote.parts {
        match party(reader, &part.party) {
            Some(_) if says_nothing(&part.text.node) => {}
            Some(party) => said.parts.push(Part {
                party,
                text: part.text.node.to_string(),
            }),
            None => said.faulty = true,
        }
    }
}
