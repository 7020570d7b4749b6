//! All messages of this layer, about names and structure.
//!
//! In: what was written, where, and what was expected. Out: findings, in which suggestions are both
//! text and data.

use super::symbols::SymbolKind;
use crate::diagnostic::suggest::{Near, nearest};
use crate::diagnostic::{Code, Correction, Diagnostic, Facts, Severity};
use crate::source::Span;
use crate::syntax::ast::{Cell, Content, Field, Path, Row, Text};
use crate::syntax::{name_from, writer};

/// Names in backticks, with commas between.
fn quoted_list<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let names: Vec<String> = names.into_iter().map(|name| format!("`{name}`")).collect();
    names.join(", ")
}

/// A finding with the candidate that was meant, as help and as data.
fn suggesting(fault: Diagnostic, near: Option<Near<'_>>) -> Diagnostic {
    let correction = near.map(|near| near.correction());
    fault
        .maybe_help(near.map(|near| near.help()))
        .correctable(correction)
}

/// A name of a party, an axis or a framework that nothing declares; the candidates are those that
/// are declared.
pub(super) fn unknown<'c>(
    kind: SymbolKind,
    path: &Path<'_>,
    candidates: impl IntoIterator<Item = &'c str>,
) -> Diagnostic {
    unknown_or(kind, path, candidates, None)
}

/// The same, where it may be known which of them is meant.
pub(super) fn unknown_or<'c>(
    kind: SymbolKind,
    path: &Path<'_>,
    candidates: impl IntoIterator<Item = &'c str>,
    meant: Option<&'c str>,
) -> Diagnostic {
    let (code, what) = match kind {
        SymbolKind::Party => (Code::UnknownParty, "party"),
        SymbolKind::Axis => (Code::UnknownAxis, "axis or option"),
        _ => (Code::UnknownFramework, "framework"),
    };
    let message = format!("there is no {what} `{}`", path.node);
    let candidates: Vec<&str> = candidates.into_iter().collect();
    let is_behind_prefix = |known: &str| {
        let name = known.rsplit_once('.');
        name.is_some_and(|(_, name)| name == path.node)
    };
    let behind_prefix = candidates
        .iter()
        .copied()
        .find(|known| is_behind_prefix(known));
    let near = match (meant, behind_prefix) {
        (Some(word), _) => Some(Near { word, sure: true }),
        (None, Some(word)) => Some(Near { word, sure: false }),
        (None, None) => nearest(path.node, candidates.into_iter()),
    };
    suggesting(Diagnostic::new(code, path.span, message, ""), near)
}

/// A path that no duty or area has.
pub(super) fn unknown_duty(path: &Path<'_>, near: Option<Near<'_>>) -> Diagnostic {
    let message = format!("there is no duty or area `{}` in this model", path.node);
    let fault = Diagnostic::new(Code::UnknownDuty, path.span, message, "");
    match path.node {
        "everything" | "every" | "any" | "anything" if near.is_none() => {
            fault.help("for every duty write `all`")
        }
        _ => suggesting(fault, near),
    }
}

/// A value that its axis does not have.
pub(super) fn unknown_value(
    what: &str,
    axis: &str,
    path: &Path<'_>,
    values: &[&str],
) -> Diagnostic {
    let message = format!("the {what} `{axis}` has no value `{}`", path.node);
    let fault = Diagnostic::new(Code::UnknownValue, path.span, message, "");
    let meant = match path.node.to_ascii_lowercase().as_str() {
        "true" | "on" | "enabled" if values == ["no", "yes"] => Some("yes"),
        "false" | "off" | "disabled" if values == ["no", "yes"] => Some("no"),
        _ => None,
    };
    if let Some(word) = meant {
        return suggesting(fault, Some(Near { word, sure: true }));
    }
    match nearest(path.node, values.iter().copied()) {
        Some(near) => suggesting(fault, Some(near)),
        None => fault.help(format!(
            "its values are {}",
            quoted_list(values.iter().copied())
        )),
    }
}

/// A control that its framework does not have.
pub(super) fn unknown_control(
    framework: &str,
    control: &Text<'_>,
    near: Option<Near<'_>>,
) -> Diagnostic {
    let message = format!("`{framework}` has no control `{}`", control.node);
    let fault = Diagnostic::new(Code::UnknownControl, control.span, message, "");
    let correction = near.map(|near| Correction {
        text: writer::quoted(near.word),
        sure: near.sure,
    });
    fault
        .maybe_help(near.map(|near| format!("did you mean `{}`?", near.word)))
        .correctable(correction)
}

/// Maximum number of things named that a path may mean.
const MAX_MEANT: usize = 8;

/// A path that means several things, each with its full path and the place of its name.
pub(super) fn ambiguous(path: &Path<'_>, meant: &[(&str, Span)]) -> Diagnostic {
    let count = match meant.len() {
        2 => "two".to_owned(),
        n => n.to_string(),
    };
    let message = format!("`{}` could mean {count} things", path.node);
    let fault = Diagnostic::new(Code::Ambiguous, path.span, message, "");
    let meant = meant.get(..MAX_MEANT).unwrap_or(meant);
    let fault = meant.iter().fold(fault, |fault, (full, at)| {
        fault.and(*at, format!("`{full}`"))
    });
    let full: Vec<String> = meant.iter().map(|(full, _)| format!("`{full}`")).collect();
    let correction = |(full, _): &(&str, Span)| Correction {
        text: (*full).to_owned(),
        sure: false,
    };
    fault
        .help(format!("write {}", full.join(" or ")))
        .knowing(Facts::Corrections(meant.iter().map(correction).collect()))
}

/// The help for a row whose name nothing declares: it may be meant to declare it, or to be a heading.
pub(super) fn declare_in_row(row: &Row<'_>) -> String {
    let (text, name) = (row.duty.node, name_from(row.duty.node));
    let is_empty = |cell: &Cell<'_>| matches!(cell.content, Content::Blank);
    if !row.cells.is_empty() && row.cells.iter().all(is_empty) {
        heading_of_rows(&name, text)
    } else {
        format!("to declare it in this row, give it a title: `{name} \"{text}\"`")
    }
}

/// The help for a row that is the heading of those below it.
pub(super) fn heading_of_rows(name: &str, title: &str) -> String {
    format!(
        "if it is a heading of the rows below, close the table and open an area with a table of its own: `area {name} \"{title}\" {{ … }}`"
    )
}

/// One party in a list under two names.
pub(super) fn same_party(code: Code, first: &Path<'_>, second: &Path<'_>) -> Diagnostic {
    let message = format!("`{}` and `{}` are the same party", first.node, second.node);
    let fault = Diagnostic::new(code, second.span, message, "the same party again");
    fault.and(first.span, "first here")
}

/// One name declared twice in one place.
pub(super) fn twice(what: &str, name: &str, first: Span, second: Span) -> Diagnostic {
    let message = format!("the {what} `{name}` is declared twice");
    Diagnostic::new(Code::Duplicate, second, message, "again here").and(first, "first here")
}

/// A row that declares what is declared elsewhere.
pub(super) fn row_twice(name: &str, first: Span, second: Span) -> Diagnostic {
    twice("duty", name, first, second)
        .help("to refer to the duty declared elsewhere, remove the title from this row")
}

/// A name imported by `use` that already means something else.
pub(super) fn use_clash(what: &str, name: &str, first: Span, second: Span) -> Diagnostic {
    let message = format!("another {what} is already named `{name}`");
    Diagnostic::new(
        Code::UseClash,
        second,
        message,
        "imported or declared again here",
    )
    .and(first, "first here")
    .help("give one of the files a prefix: `use \"…\" as prefix`")
}

/// A group that is a member of itself, through these members.
pub(super) fn group_cycle(group: &str, circle: &[&Path<'_>], at: Span) -> Diagnostic {
    let names: Vec<String> = circle
        .iter()
        .map(|member| format!("`{}`", member.node))
        .collect();
    let message = format!("the group `{group}` is a member of itself");
    let joins = names.join(", which has the member ");
    Diagnostic::new(Code::GroupCycle, at, message, "")
        .help(format!("`{group}` has the member {joins}"))
}

/// A party that nothing names.
pub(super) fn unused_party(name: &Path<'_>) -> Diagnostic {
    let message = format!("the party `{}` is never used", name.node);
    unused(Code::UnusedParty, name, message)
}

/// An axis or option that nothing depends on.
pub(super) fn unused_axis(name: &Path<'_>, is_option: bool) -> Diagnostic {
    let what = if is_option { "option" } else { "axis" };
    let message = format!("the {what} `{}` is never used", name.node);
    unused(Code::UnusedAxis, name, message)
}

fn unused(code: Code, name: &Path<'_>, message: String) -> Diagnostic {
    Diagnostic::new(code, name.span, message, "declared here")
        .help("use it, or remove the declaration")
        .knowing(Facts::Removable { harmless: false })
}

/// `nobody` among other parties.
pub(super) fn nobody_in_list(nobody: &Path<'_>) -> Diagnostic {
    Diagnostic::new(
        Code::OneParty,
        nobody.span,
        "`nobody` cannot be in a list with parties",
        "",
    )
}

/// `nobody` with another verb than `owns`.
pub(super) fn nobody_only_owns(head: Span) -> Diagnostic {
    Diagnostic::new(
        Code::OneParty,
        head,
        "`nobody` can only be used with `owns`",
        "",
    )
    .help("write `nobody owns …`, or remove the claim")
}

/// A text that is empty or blank.
pub(super) fn empty_text(text: &Text<'_>) -> Diagnostic {
    Diagnostic::new(Code::EmptyText, text.span, "this text is empty", "")
        .help("write something, or remove it")
}

/// `nobody` without a reason, or with dots in its place.
pub(super) fn nobody_without_reason(head: Span, has_dots: bool) -> Diagnostic {
    let message =
        "`nobody` has no reason: a reader cannot tell whether this was decided or forgotten";
    Diagnostic::new(Code::NoReason, head, message, "")
        .help(if has_dots {
            "write the reason after `because`"
        } else {
            "add `because \"…\"`"
        })
        .knowing(if has_dots {
            Facts::None
        } else {
            Facts::NoReason
        })
}

/// `n/a` without a reason: without a mark, or with a footnote that says nothing.
pub(super) fn not_applicable_without_reason(cell: Span, has_mark: bool) -> Diagnostic {
    let message = "`n/a` has no reason: a reader cannot tell whether this was decided or forgotten";
    Diagnostic::new(Code::NoReason, cell, message, "").help(if has_mark {
        "write the reason in its footnote"
    } else {
        "write `n/a[1]` and add the footnote `[1] \"…\"`"
    })
}

/// An `allow` whose reason is empty, or dots.
pub(super) fn allow_without_reason(because: Span) -> Diagnostic {
    let message = "`allow` has no reason: a reader cannot tell why this is accepted";
    Diagnostic::new(Code::NoReason, because, message, "")
        .help("after `because`, write why it is accepted")
}

/// A part for a party that is not in the share.
pub(super) fn stray_part(party: &Path<'_>, in_share: bool) -> Diagnostic {
    let (message, help) = if in_share {
        (
            format!("`{}` is not one of this share's parties", party.node),
            "add it before `share`, or remove its part",
        )
    } else {
        (
            "only a `share` can have parts".to_owned(),
            "write the text after the duties, or put it in a `note`",
        )
    };
    Diagnostic::new(Code::StrayPart, party.span, message, "").help(help)
}

/// A footnote's part of a party that is not in the cell with its mark.
pub(super) fn stray_footnote_part(party: &Path<'_>, mark: &Path<'_>) -> Diagnostic {
    let message = format!(
        "`{}` is not in the cell marked `[{}]`",
        party.node, mark.node
    );
    Diagnostic::new(Code::StrayPart, party.span, message, "its part").and(mark.span, "the mark")
}

/// A row that is a heading of the rows below it.
pub(super) fn row_is_heading(name: &Path<'_>, title: &str) -> Diagnostic {
    let message = format!(
        "row `{}` is a heading of the rows below, and no duty",
        name.node
    );
    Diagnostic::new(Code::BadCell, name.span, message, "").help(format!(
        "close the table and open an area with a table of its own: `area {} \"{title}\" {{ … }}`",
        name.node
    ))
}

/// A duty that a list names again; not removable if an `except` may need it.
pub(super) fn already_covered(path: &Path<'_>, is_removable: bool) -> Diagnostic {
    let message = format!("`{}` is already covered by this list", path.node);
    Diagnostic::new(Code::TargetTwice, path.span, message, "")
        .help("remove it")
        .knowing(if is_removable {
            Facts::NeedlessItem
        } else {
            Facts::None
        })
}

/// An exception that is not among the targets it is excluded from.
pub(super) fn except_outside(path: &Path<'_>) -> Diagnostic {
    let message = format!(
        "`{}` is not part of the listed duties, so `except` excludes nothing",
        path.node
    );
    Diagnostic::new(Code::ExceptOutside, path.span, message, "")
}

/// A range whose last value comes before its first.
pub(super) fn backwards_range(from: &Path<'_>, to: &Path<'_>) -> Diagnostic {
    let (from_name, to_name) = (from.node, to.node);
    let message = format!("`{from_name}` comes after `{to_name}`, so this range is empty");
    let turned = format!("{to_name}..{from_name}");
    Diagnostic::new(Code::BackwardsRange, from.span.to(to.span), message, "")
        .help(format!("write `{turned}`"))
        .correctable(Some(Correction {
            text: turned,
            sure: false,
        }))
}

/// A `grows` from a value to itself.
pub(super) fn nothing_grows(from: &Path<'_>, to: &Path<'_>) -> Diagnostic {
    let message = format!(
        "`{}` and `{}` are the same value: `grows` needs two different values",
        from.node, to.node
    );
    Diagnostic::new(Code::BackwardsRange, from.span.to(to.span), message, "")
}

/// An axis without a value, where only an option is allowed.
pub(super) fn bare_axis(path: &Path<'_>, first_value: &str) -> Diagnostic {
    let axis = path.node;
    let message = format!("expected a value for the axis `{axis}`");
    Diagnostic::new(Code::BareAxis, path.span, message, "").help(format!(
        "only an option can be written without a value; write `{axis} = {first_value}`"
    ))
}

/// An `allow` of a gap or overlap that never ends.
pub(super) fn allow_without_end(what: &str, head: Span) -> Diagnostic {
    let message = format!("an `allow` of {what} needs an end date");
    Diagnostic::new(Code::AllowNoEnd, head, message, "")
        .help("add the last day on which it is allowed: `until 2027-03-31`")
}

/// An `allow` of something that cannot be allowed.
pub(super) fn not_allowable(finding: &Path<'_>) -> Diagnostic {
    let fault = |message| Diagnostic::new(Code::NotAllowable, finding.span, message, "");
    match Code::find(finding.node) {
        Some(code) if code.severity() == Severity::Error => {
            fault(format!("{} is an error and cannot be allowed", code.id()))
                .help("only gaps and overlaps can be allowed, and only until an end date; correct this error instead")
        }
        Some(code) => {
            let message = format!("{} is not about a duty and cannot be allowed", code.id());
            fault(message).help("fix the problem itself")
        }
        None => {
            let fault = fault(format!("there is no finding `{}`", finding.node));
            match nearest(finding.node, ["gap", "overlap"].into_iter()) {
                Some(near) if near.word == "gap" => suggesting(fault, Some(near)),
                _ => fault.help(
                    "write `gap`, `overlap`, or the code of a warning about a duty, such as `SRM0901`",
                ),
            }
        }
    }
}

/// A repeated field that a block may have only once.
pub(super) fn given_twice(field: &Field<'_>) -> Diagnostic {
    let message = format!("`{}` is given twice", field.word.node);
    Diagnostic::new(Code::FieldValue, field.span, message, "").help("keep one")
}

/// A word that a field does not accept.
pub(super) fn not_one_of(what: &str, word: &Path<'_>, allowed: &[&str]) -> Diagnostic {
    let message = format!("there is no {what} `{}`", word.node);
    let list = quoted_list(allowed.iter().copied());
    let near = nearest(word.node, allowed.iter().copied());
    Diagnostic::new(Code::FieldValue, word.span, message, "")
        .help(format!("write one of {list}"))
        .correctable(near.map(|near| near.correction()))
}

/// An area where a row must name a duty.
pub(super) fn row_of_area(path: &Path<'_>) -> Diagnostic {
    let message = format!("expected a duty, found the area `{}`", path.node);
    Diagnostic::new(Code::UnknownDuty, path.span, message, "")
        .help("write one row for each duty of the area")
}

/// A mark without a footnote; `known` are the marks of the table's footnotes.
pub(super) fn missing_footnote(mark: &Path<'_>, known: &[&str]) -> Diagnostic {
    let name = mark.node;
    let message = format!("there is no footnote `[{name}]` below this table");
    let list: Vec<String> = known.iter().map(|mark| format!("`[{mark}]`")).collect();
    let list = if list.is_empty() {
        String::new()
    } else {
        format!("; this table has the footnotes {}", list.join(", "))
    };
    Diagnostic::new(Code::MissingFootnote, mark.span, message, "")
        .help(format!("add `[{name}] \"…\"` below the rows{list}"))
}

/// A footnote that no cell marks.
pub(super) fn unused_footnote(mark: &Path<'_>) -> Diagnostic {
    let (message, help) = if mark.node == "+" {
        (
            "no share in this table needs the parts of `[+]`".to_owned(),
            "`[+]` is for shares without a mark of their own; remove it",
        )
    } else {
        (
            format!("no cell in this table has the mark `[{}]`", mark.node),
            "add its mark to a cell, or remove the footnote",
        )
    };
    Diagnostic::new(Code::UnusedFootnote, mark.span, message, "")
        .help(help)
        .knowing(Facts::Removable { harmless: false })
}

/// A joint letter without a partner in its row.
pub(super) fn lone_joint(letter: char, at: Span) -> Diagnostic {
    let message = format!("`{letter}+` is the only one in its row: a joint role needs two parties");
    Diagnostic::new(Code::LoneJoint, at, message, "")
        .help(format!(
            "mark the other cell `{letter}+` too, or write `{letter}`"
        ))
        .correctable(Some(Correction {
            text: letter.to_string(),
            sure: false,
        }))
}
