//! The cells of a page in HTML: what each shows, and in which situations.

use std::collections::BTreeMap;

use proptest::prelude::*;
use scraper::{ElementRef, Html, Selector};
use serde_json::Value;
use srmc::emit::HTML;
use srmc::model::Role;

use super::judge::judge;
use super::random::Spec;
use super::run_text;

/// What one cell shows.
struct Cell {
    duty: String,
    /// The axis of the columns, and the value of the cell's column.
    column: Option<(String, String)>,
    /// Its regions.
    boxes: Value,
    holders: Vec<(usize, Role)>,
}

/// The cells of a model's page; `None` if it has an error, such as a duty that exists nowhere.
fn cells(text: &str) -> Option<Vec<Cell>> {
    let mut run = run_text(text);
    let matrices = run.take_matrices(None).expect("few regions");
    if matrices.is_empty() {
        return None;
    }
    let page = run
        .outputs(&matrices, &[&HTML])
        .expect("apart")
        .remove(0)
        .text;
    let page = Html::parse_document(&page);
    let select = |selector: &str| {
        page.select(&Selector::parse(selector).expect("a selector"))
            .collect::<Vec<_>>()
    };
    let data: Value =
        serde_json::from_str(&select("#data")[0].text().collect::<String>()).expect("JSON");
    let column = |head: &ElementRef| {
        Some((
            data["across"].as_str()?.to_owned(),
            head.attr("data-value")?.to_owned(),
        ))
    };
    let columns: Vec<_> = select("#table > thead th")
        .iter()
        .skip(1)
        .map(column)
        .collect();
    let mut cells = Vec::new();
    for (row, boxes) in select("#table tr.line")
        .iter()
        .zip(data["lines"].as_array().expect("lines"))
    {
        let row_cells = row
            .child_elements()
            .filter(|cell| cell.value().name() == "td");
        for ((cell, boxes), column) in row_cells
            .zip(boxes.as_array().expect("cells"))
            .zip(&columns)
        {
            let duty = row.attr("data-duty").expect("a path").to_owned();
            cells.push(Cell {
                duty,
                column: column.clone(),
                boxes: boxes.clone(),
                holders: holders(cell),
            });
        }
    }
    Some(cells)
}

/// Parties `p0`, `p1`, … and their roles.
fn holders(cell: ElementRef) -> Vec<(usize, Role)> {
    let role = |letter: &str| {
        Role::ALL
            .into_iter()
            .find(|role| letter.starts_with(role.letter()))
            .expect("a role")
    };
    let keys = cell
        .attr("data-who")
        .unwrap_or_default()
        .split(' ')
        .filter_map(|key| key.split_once(':'));
    let mut holders: Vec<_> = keys
        .map(|(party, letter)| {
            (
                party.trim_start_matches('p').parse().expect("a number"),
                role(letter),
            )
        })
        .collect();
    holders.sort_unstable();
    holders
}

/// Each duty has one cell in each situation in which it exists, and the cell says what the judge
/// says; elsewhere it has none.
pub fn agrees(spec: &Spec) -> Result<(), TestCaseError> {
    let text = spec.text();
    let Some(cells) = cells(&text) else {
        return Ok(());
    };
    for situation in spec.situations() {
        let named: BTreeMap<String, String> = spec.named(&situation).into_iter().collect();
        let allowed = |(axis, values): (&String, &Value)| {
            values
                .as_array()
                .expect("values")
                .iter()
                .any(|it| it.as_str() == named.get(axis).map(String::as_str))
        };
        let inside = |region: &Value| region.as_object().expect("a region").iter().all(allowed);
        for duty in 0..spec.duties.len() {
            let path = spec.path(duty);
            let of_duty = cells.iter().filter(|cell| cell.duty == path);
            let live: Vec<&Cell> = of_duty
                .filter(|cell| cell.boxes.as_array().into_iter().flatten().any(inside))
                .collect();
            let verdict = judge(spec, duty, &situation).filter(|_| spec.is_possible(&situation));
            let expected: Vec<Vec<(usize, Role)>> = verdict
                .into_iter()
                .map(|verdict| verdict.holders.into_iter().collect())
                .collect();
            let found: Vec<Vec<(usize, Role)>> =
                live.iter().map(|cell| cell.holders.clone()).collect();
            prop_assert_eq!(found, expected, "{} at {:?} in\n{}", path, named, text);
            let astray = live
                .iter()
                .filter_map(|cell| cell.column.as_ref())
                .any(|(axis, value)| named.get(axis) != Some(value));
            prop_assert!(
                !astray,
                "{path} stands in another column at {named:?} in\n{text}"
            );
        }
    }
    Ok(())
}
