//! Fixes for two claims that clash: combine them into one share, or restrict one of them.

use super::edits::Edit;
use super::{About, Applicability, Fix, FixContext};
use crate::model::{Claim, Form};
use crate::source::{Span, one_line};
use crate::syntax::ast::Verb;
use crate::syntax::blocks::Block;
use crate::syntax::made::{TO_WRITE, claim, part};
use crate::syntax::{FlatKind, StatementKind, writer};

/// A claim, and the statement that makes it.
type Made<'a> = (&'a Claim, &'a Block);

/// Fixes for claims with these heads. Cells of tables are not changed.
pub(super) fn fixes(context: &FixContext<'_>, about: &About<'_>, heads: &[Span]) -> Vec<Fix> {
    let made = |&head: &Span| {
        let block = context.text.statement(head.range().start)?;
        let is_claim = block.kind == FlatKind::Statement(StatementKind::Claim);
        let claim = about.claim(head).filter(|claim| claim.cells.is_empty());
        Some((claim?, is_claim.then_some(block)?))
    };
    let claims: Vec<Made<'_>> = heads.iter().filter_map(made).collect();
    if heads.len() != 2 || about.is_unsaid() {
        // With more than two claims, restricting one leaves the others clashing.
        return Vec::new();
    }
    let owns = |(claim, _): &Made<'_>| {
        claim.form == Form::Owns && *claim.duties == [about.duty] && !claim.otherwise
    };
    let mut fixes = Vec::new();
    if let [first, second] = claims.as_slice()
        && [first, second]
            .into_iter()
            .all(|it| owns(it) && is_alone(about, it))
    {
        fixes.extend(share(context, about, [*first, *second]));
    }
    let other = |head: Span| {
        let other = heads.iter().find(|other| **other != head);
        other.map(|other| one_line(&context.text.text[other.range()]))
    };
    let alone = claims.iter().filter(|it| is_alone(about, it));
    fixes.extend(alone.filter_map(|it| say_less(context, about, *it, other(it.0.head))));
    fixes
}

/// Whether no other claim gives the duty to a party of this one: the other would still clash.
fn is_alone(about: &About<'_>, (claim, _): &Made<'_>) -> bool {
    let parties = |claim: &Claim| {
        let owning = claim.grants.iter().filter(|grant| grant.roles.owning());
        owning
            .flat_map(|grant| grant.parties.clone())
            .collect::<Vec<_>>()
    };
    let own = parties(claim);
    let mut others = about
        .model
        .claims
        .iter()
        .filter(|other| other.head != claim.head && other.duties.contains(&about.duty));
    !others.any(|other| parties(other).iter().any(|party| own.contains(party)))
}

/// Restricts one of the claims, or removes it.
fn say_less(
    context: &FixContext<'_>,
    about: &About<'_>,
    (claim, block): Made<'_>,
    other: Option<String>,
) -> Option<Fix> {
    let text = &context.text;
    let head = one_line(&text.text[claim.head.range()]);
    let has_one_duty = *claim.duties == [about.duty];
    let (title, edit) = if is_whole(context, about, block) {
        if has_one_duty {
            (format!("Remove `{head}`"), text.remove(block))
        } else {
            let title = format!("Exclude `{}` from `{head}`", about.short);
            (title, text.except(block, about.short, &about.areas()))
        }
    } else {
        let when = about.when.filter(|_| has_one_duty)?;
        let other = other.unwrap_or_default();
        let title = format!("Restrict `{head}` to situations where `{other}` does not apply");
        (title, text.restrict(block, when))
    };
    Some(Fix::new(Applicability::Choice, title, [edit]))
}

/// Whether the clash covers all situations of a claim.
fn is_whole(context: &FixContext<'_>, about: &About<'_>, block: &Block) -> bool {
    let known = context.text.condition(block);
    let known = known.map(|bytes| one_line(&context.text.text[bytes]));
    about.when.is_none() || known.as_deref() == about.when
}

/// One share instead of two claims, where they clash.
fn share(
    context: &FixContext<'_>,
    about: &About<'_>,
    [(first, one), (second, other)]: [Made<'_>; 2],
) -> Option<Fix> {
    let name = |claim: &Claim| {
        let party = *claim.grants.first()?.parties.first()?;
        Some(about.model.party(party).decl.name.as_str())
    };
    let (a, b) = (name(first)?, name(second)?);
    let statement = claim(&[a, b], Verb::Share, &[about.short], about.when)
        .parts(vec![part(a, TO_WRITE), part(b, TO_WRITE)]);
    let text = &context.text;
    let indent = text.indent(one.head.start);
    let share = writer::indented(&writer::claim(&statement), &indent);
    let less = |block: &Block| match about.when {
        Some(when) if !is_whole(context, about, block) => text.restrict(block, when),
        _ => text.remove(block),
    };
    let mut edits = vec![less(other)];
    if is_whole(context, about, one) {
        edits.push(Edit {
            bytes: one.whole.clone(),
            new: share,
        });
    } else {
        // Both may insert at the end of the claim; its new condition comes first.
        edits.push(less(one));
        edits.push(Edit::insert(one.whole.end, format!("\n{indent}{share}")));
    }
    let title = format!("Let `{a}` and `{b}` share {}", about.told());
    Some(Fix::new(Applicability::Draft, title, edits))
}
