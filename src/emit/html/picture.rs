//! A bar chart of who holds what along the main axis, with every number also as text.

use std::collections::{BTreeMap, BTreeSet};

use super::escape::escape;
use super::grid::{CellKind, Grid};
use crate::emit::json::Document;

/// The height of a bar with its label above it and the space below it; then of each alone.
const STEP: usize = 52;
const LABEL: usize = 16;
const BAR: usize = 24;
/// Maximum label length; longer labels would be cut off on a narrow screen.
const MAX_LABEL: usize = 44;
/// Minimum share in percent of a segment that shows its number.
const MIN_SHARE: f64 = 5.0;

/// For each column, the number of duties of each kind.
type Counts = Vec<BTreeMap<CellKind, usize>>;

/// The picture, its legend and its numbers.
pub(super) fn picture(document: &Document, grid: &Grid) -> String {
    let counts = counts(grid);
    let kinds: BTreeSet<CellKind> = counts
        .iter()
        .flat_map(|column| column.keys().copied())
        .collect();
    if kinds.is_empty() {
        return String::new();
    }
    let item = |kind: &CellKind| {
        format!(
            "<li><svg class=\"swatch\" width=\"16\" height=\"16\" aria-hidden=\"true\" focusable=\"false\">{}</svg>{}</li>\n",
            rects(*kind, "0", "16", 0, 16),
            escape(&label(document, *kind))
        )
    };
    let legend: String = kinds.iter().map(item).collect();
    let by = grid.across.map_or(String::new(), |axis| {
        format!(
            "<p class=\"key\">Number of duties by {}</p>\n",
            escape(&axis.title)
        )
    });
    format!(
        "{by}<figure>\n{}<figcaption><ul class=\"legend\">\n{legend}</ul></figcaption>\n</figure>\n{}",
        bars(document, grid, &counts, &kinds),
        numbers(document, grid, &counts, &kinds)
    )
}

/// Each duty counts once in each column: under its kind of holder there, or as depending on other
/// axes.
fn counts(grid: &Grid) -> Counts {
    let mut seen: Vec<BTreeMap<&str, CellKind>> = vec![BTreeMap::new(); grid.columns.len()];
    for line in grid.groups.iter().flat_map(|group| &group.lines) {
        for (column, cell) in seen.iter_mut().zip(&line.cells) {
            let Some(cell) = cell else { continue };
            let kind = column.entry(&line.duty.path).or_insert(cell.kind);
            if *kind != cell.kind {
                *kind = CellKind::Depends;
            }
        }
    }
    let count = |column: BTreeMap<&str, CellKind>| {
        let mut counts = BTreeMap::new();
        for kind in column.into_values() {
            *counts.entry(kind).or_insert(0) += 1;
        }
        counts
    };
    seen.into_iter().map(count).collect()
}

fn label(document: &Document, kind: CellKind) -> String {
    match kind {
        CellKind::Party(at) => document
            .parties
            .get(at)
            .map_or(String::new(), |party| party.title.clone()),
        CellKind::Shared => "Shared or split".into(),
        CellKind::Depends => "Depends on more".into(),
        CellKind::NotApplicable => "Nobody: not applicable".into(),
        CellKind::Gap => "Nobody: accepted gap".into(),
    }
}

/// A column's title; a lone column stands for every situation.
fn title<'g>(grid: &'g Grid, column: usize) -> &'g str {
    if grid.across.is_none() {
        "In every situation"
    } else {
        grid.columns[column].1
    }
}

fn bars(document: &Document, grid: &Grid, counts: &Counts, kinds: &BTreeSet<CellKind>) -> String {
    let most = counts
        .iter()
        .map(|column| column.values().sum::<usize>())
        .max()
        .unwrap_or(0)
        .max(1);
    let mut drawn = String::new();
    for (at, column) in counts.iter().enumerate() {
        let top = at * STEP;
        let mut before = 0;
        drawn.push_str(&format!(
            "<text class=\"value\" x=\"0\" y=\"{}\">{}</text>\n",
            top + LABEL - 4,
            escape(&short(title(grid, at)))
        ));
        for kind in kinds {
            let Some(&count) = column.get(kind) else {
                continue;
            };
            let (from, width) = (percent(before, most), percent(count, most));
            drawn.push_str(&format!(
                "<g class=\"{}\"><title>{}: {}: {count}</title>{}",
                kind.class(),
                escape(title(grid, at)),
                escape(&label(document, *kind)),
                rects(
                    *kind,
                    &format!("{from:.3}%"),
                    &format!("{width:.3}%"),
                    top + LABEL,
                    BAR
                )
            ));
            if width >= MIN_SHARE {
                let middle = from + width / 2.0;
                drawn.push_str(&format!(
                    "<text class=\"count\" x=\"{middle:.3}%\" y=\"{}\">{count}</text>",
                    top + LABEL + BAR / 2 + 5
                ));
            }
            drawn.push_str("</g>\n");
            before += count;
        }
    }
    let axis = grid
        .across
        .map_or(String::new(), |axis| format!(" by {}", escape(&axis.title)));
    format!(
        "<svg class=\"picture\" role=\"img\" aria-labelledby=\"bars-title bars-desc\" width=\"100%\" height=\"{}\">\n<title id=\"bars-title\">Duties by holder{axis}</title>\n<desc id=\"bars-desc\">A bar for each value, a segment for each holder. The numbers stand in the table below.</desc>\n{PATTERNS}{drawn}</svg>\n",
        counts.len() * STEP
    )
}

/// A segment: its colour, plus a pattern if it does not belong to a single party.
fn rects(kind: CellKind, x: &str, width: &str, y: usize, height: usize) -> String {
    let rect = |class: &str, fill: &str| {
        format!(
            "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{fill}/>"
        )
    };
    let pattern = match kind {
        CellKind::Party(_) => None,
        CellKind::Shared => Some("stripes"),
        CellKind::Depends => Some("lines"),
        CellKind::NotApplicable => Some("dots"),
        CellKind::Gap => Some("cross"),
    };
    let over = pattern.map_or(String::new(), |pattern| {
        rect(
            &format!("over {}", kind.class()),
            &format!(" fill=\"url(#{pattern})\""),
        )
    });
    format!("{}{over}", rect(&format!("bar {}", kind.class()), ""))
}

const PATTERNS: &str = r#"<defs>
<pattern id="stripes" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="ink" width="2" height="8"/></pattern>
<pattern id="lines" width="8" height="5" patternUnits="userSpaceOnUse"><rect class="ink" width="8" height="1"/></pattern>
<pattern id="dots" width="7" height="7" patternUnits="userSpaceOnUse"><circle class="ink" cx="2" cy="2" r="1"/></pattern>
<pattern id="cross" width="8" height="8" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"><rect class="ink" width="1" height="8"/><rect class="ink" width="8" height="1"/></pattern>
</defs>
"#;

/// The numbers of the picture as a table.
fn numbers(
    document: &Document,
    grid: &Grid,
    counts: &Counts,
    kinds: &BTreeSet<CellKind>,
) -> String {
    let heads: String = (0..counts.len())
        .map(|at| format!("<th scope=\"col\">{}</th>", escape(title(grid, at))))
        .collect();
    let row = |title: &str, number: &dyn Fn(&BTreeMap<CellKind, usize>) -> usize| {
        let cells: String = counts
            .iter()
            .map(|column| format!("<td>{}</td>", number(column)))
            .collect();
        format!("<tr><th scope=\"row\">{}</th>{cells}</tr>\n", escape(title))
    };
    let mut rows: String = kinds
        .iter()
        .map(|kind| {
            row(&label(document, *kind), &|column| {
                column.get(kind).copied().unwrap_or(0)
            })
        })
        .collect();
    let duties = document.counts.duties;
    if counts
        .iter()
        .any(|column| column.values().sum::<usize>() < duties)
    {
        rows.push_str(&row("No such duty", &|column| {
            duties - column.values().sum::<usize>()
        }));
    }
    format!(
        "<details class=\"numbers\"><summary>The numbers</summary>\n<div class=\"wide\" tabindex=\"0\" role=\"region\" aria-label=\"Numbers of the picture\"><table>\n<caption>Duties by holder</caption>\n<thead><tr><th scope=\"col\">Holder</th>{heads}</tr></thead>\n<tbody>\n{rows}</tbody>\n</table></div>\n</details>\n"
    )
}

#[allow(
    clippy::cast_precision_loss,
    reason = "a count of duties is far below the limit"
)]
fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole as f64
}

fn short(title: &str) -> String {
    if title.chars().count() <= MAX_LABEL {
        title.to_owned()
    } else {
        title.chars().take(MAX_LABEL - 1).collect::<String>() + "…"
    }
}
