//! Names that the run knows: parties, axes, duties and the like.

use super::{CompletionContext, Offer, OfferKind};
use crate::paths::ShortPaths;
use crate::resolve::symbols::SymbolKind;

pub(super) fn parties(context: &CompletionContext<'_>) -> Vec<Offer> {
    let Some(model) = context.model else {
        return declared(context);
    };
    let parties = model
        .parties
        .iter()
        .map(|it| Offer::new(OfferKind::Party, &it.decl.name, &it.decl.title));
    parties.collect()
}

/// The parties of a file without a model.
pub(super) fn declared(context: &CompletionContext<'_>) -> Vec<Offer> {
    let mentions = context.analysis.refs_in(context.file).iter();
    let parties = mentions.filter(|it| it.declares() && it.symbol.kind == SymbolKind::Party);
    parties
        .filter_map(|it| context.text.get(it.span.range()))
        .map(|name| Offer::new(OfferKind::Party, name, ""))
        .collect()
}

pub(super) fn frameworks(context: &CompletionContext<'_>) -> Vec<Offer> {
    let known = context
        .model
        .into_iter()
        .flat_map(|model| &model.frameworks);
    known
        .map(|it| Offer::new(OfferKind::Framework, &it.decl.name, &it.decl.title))
        .collect()
}

pub(super) fn axes(context: &CompletionContext<'_>, condition: bool) -> Vec<Offer> {
    let axes = context
        .model
        .into_iter()
        .flat_map(|model| &model.axes)
        .filter(|axis| condition || !axis.option);
    let mut offers: Vec<Offer> = axes
        .map(|it| Offer::new(OfferKind::Axis, &it.decl.name, &it.decl.title))
        .collect();
    if condition && context.cursor.last() != "not" {
        offers.push(Offer::new(
            OfferKind::Operator,
            "not",
            "true when the condition is false",
        ));
    }
    offers
}

/// Duties and areas, each by its shortest unambiguous path.
pub(super) fn duties(context: &CompletionContext<'_>, all: bool) -> Vec<Offer> {
    let Some(model) = context.model else {
        return Vec::new();
    };
    let ends = ShortPaths::of(model);
    let dotted = context.text[context.cursor.prefix.clone()].contains('.');
    let short = |path: &str| {
        if dotted {
            path.to_owned()
        } else {
            ends.short(path).to_owned()
        }
    };
    let areas = model
        .areas
        .iter()
        .map(|it| Offer::new(OfferKind::Area, short(&it.path), &it.decl.title));
    let duties = model
        .duties
        .iter()
        .map(|it| Offer::new(OfferKind::Duty, short(&it.path), &it.decl.title));
    let all = all.then(|| Offer::word("all"));
    duties.chain(areas).chain(all).collect()
}
