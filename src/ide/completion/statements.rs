//! What may begin or continue a statement, from the vocabulary tables.

use super::{CompletionContext, Offer, OfferKind, names};
use crate::syntax::blocks::Block;
use crate::syntax::vocabulary::Home;
use crate::syntax::{FieldKind, FlatKind, StatementKind};

/// Claims that begin with a keyword, as snippets with placeholders.
const WORDED_CLAIMS: [(&str, &str); 2] = [
    ("nobody", "nobody owns ${1:duty} because \"${2:reason}\"$0"),
    ("otherwise", "otherwise ${1:party} owns ${2:all}$0"),
];

impl CompletionContext<'_> {
    /// What may continue a condition.
    pub(super) fn joiners(&self) -> Vec<Offer> {
        let is_axis = self.model.is_some_and(|model| {
            model
                .axes
                .iter()
                .any(|axis| axis.decl.name == self.cursor.last() && !axis.option)
        });
        let words: &[&str] = if is_axis {
            &["=", "!=", "in"]
        } else {
            &["and", "or"]
        };
        words
            .iter()
            .map(|word| Offer::new(OfferKind::Operator, *word, ""))
            .collect()
    }

    /// What may begin a statement here.
    pub(super) fn beginnings(&self) -> Vec<Offer> {
        let Some(kind) = self.cursor.block().map(|block| &block.kind) else {
            return statements(Home::File);
        };
        let FlatKind::Statement(kind) = *kind else {
            return fields(None);
        };
        let mut offers = match kind {
            StatementKind::Model | StatementKind::Area | StatementKind::Claim => {
                names::parties(self)
            }
            StatementKind::Axis => return Vec::new(),
            _ => Vec::new(),
        };
        match kind {
            StatementKind::Model => offers.extend(statements(Home::Model)),
            StatementKind::Area => offers.extend(statements(Home::Area)),
            _ => {}
        }
        offers.extend(fields(Some(kind)));
        offers
    }

    /// The cells of a table.
    pub(super) fn cells(&self, bars: usize) -> Vec<Offer> {
        let Some(block) = self.cursor.block() else {
            return Vec::new();
        };
        let line = self.text[..self.cursor.prefix.start]
            .rfind('\n')
            .map_or(0, |at| at + 1);
        let is_above = |it: &Block| {
            it.around == self.cursor.around
                && matches!(it.kind, FlatKind::Row(_))
                && it.head.start < line
        };
        let is_heading = !self.cursor.blocks.iter().any(is_above);
        match (&block.kind, bars) {
            (_, 1) if is_heading => Vec::new(),
            (_, 1) => names::duties(self, false),
            (FlatKind::Statement(StatementKind::Table), _) if is_heading => {
                let words = block.words(self.text);
                let axis = words
                    .get(2)
                    .and_then(|word| self.model?.axes.iter().find(|it| it.decl.name == word.text));
                let values = axis.into_iter().flat_map(|axis| &axis.values);
                values
                    .map(|(name, title)| Offer::new(OfferKind::AxisValue, name, title))
                    .collect()
            }
            (FlatKind::Statement(StatementKind::Raci), _) if is_heading => names::parties(self),
            (FlatKind::Statement(StatementKind::Raci), _) => {
                ["RA", "R", "A", "C", "I", "S", "R+A+", "CI", "-"]
                    .map(Offer::value)
                    .into()
            }
            _ => {
                let mut offers = names::parties(self);
                offers.push(Offer::new(
                    OfferKind::Value,
                    "n/a",
                    "does not apply; add a footnote with the reason",
                ));
                offers.push(Offer::new(OfferKind::Value, "-", "no claim in this cell"));
                offers
            }
        }
    }
}

/// What may directly follow the first word of a statement.
pub(super) fn following(first: &str) -> Vec<Offer> {
    let kind = StatementKind::of_word(first);
    let next = kind.map_or(&[][..], |kind| kind.info().next);
    next.iter().map(|word| Offer::word(word)).collect()
}

/// The statements allowed in a place; in a model, those also allowed in areas come first.
fn statements(home: Home) -> Vec<Offer> {
    let offer = |kind: StatementKind| Offer {
        snippet: Some(kind.info().snippet),
        ..Offer::word(kind.info().word)
    };
    let may_stand =
        |kind: &StatementKind| *kind != StatementKind::Claim && kind.info().homes.contains(&home);
    let of_areas = |kind: &StatementKind| kind.info().homes.contains(&Home::Area);
    let (inside, own): (Vec<_>, Vec<_>) = StatementKind::ALL
        .into_iter()
        .filter(may_stand)
        .partition(of_areas);
    let claims = WORDED_CLAIMS.into_iter().filter(|_| home != Home::File);
    let claims = claims.map(|(word, snippet)| Offer {
        snippet: Some(snippet),
        ..Offer::word(word)
    });
    let inside = inside.into_iter().map(offer);
    inside
        .chain(claims)
        .chain(own.into_iter().map(offer))
        .collect()
}

/// The fields that a block may have: those of its statement first.
fn fields(owner: Option<StatementKind>) -> Vec<Offer> {
    let own = |kind: &FieldKind| kind.info().home.is_some() && kind.info().home == owner;
    let any = |kind: &FieldKind| kind.info().home.is_none();
    let all = FieldKind::ALL.into_iter();
    let all = all.clone().filter(own).chain(all.filter(any));
    all.map(|kind| Offer::word(kind.info().word)).collect()
}
