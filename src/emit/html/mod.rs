//! An interactive HTML page: one self-contained file per model.
//!
//! In: a matrix, and the document that the JSON target writes of it. Always: the page works without
//! its script, runs only its own script, makes no network requests, and escapes every text from a
//! source.

mod escape;
mod filters;
mod grid;
mod notes;
mod picture;
mod table;

use data_encoding::BASE64;
use sha2::{Digest, Sha256};

use self::escape::{blocks, escape};
use self::grid::Grid;
use self::notes::{Term, of_block, terms};
use super::{Makes, Target};
use crate::emit::json::{self, Document, Region};
use crate::matrix::Matrix;
use crate::source::Sources;
use crate::space;
use crate::view;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// Its entry in the catalogue of targets.
pub static TARGET: Target = Target {
    name: "html",
    extension: "html",
    about: "A page to look at, one file per model",
    draws_grid: true,
    makes: Makes::Document(emit),
};

/// The page.
fn emit(matrix: &Matrix, sources: &Sources) -> String {
    let document = json::document(matrix, sources);
    let grid = grid::grid(matrix, sources, &document);
    let possible = possible(matrix);
    let data = escape::json(&filters::data(&document, &grid, &possible));
    // The browser normalises line endings before it computes the hash.
    let (style, script) = (STYLE.replace('\r', ""), SCRIPT.replace('\r', ""));
    let body = body(matrix, &document, &grid);
    let title = escape(heading(&document));
    format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta name=\"color-scheme\" content=\"light dark\">\n<meta name=\"referrer\" content=\"no-referrer\">\n<title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}<script type=\"application/json\" id=\"data\">{data}</script>\n<script>{script}</script>\n</body>\n</html>\n",
        policy(&style, &script)
    )
}

/// What the browser may load and run: this style and this script, and nothing else.
fn policy(style: &str, script: &str) -> String {
    let hash = |text: &str| BASE64.encode(&Sha256::digest(text.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{}'; script-src 'sha256-{}'; base-uri 'none'; form-action 'none'",
        hash(style),
        hash(script)
    )
}

/// The possible situations, as regions of the document.
fn possible(matrix: &Matrix) -> Vec<Region> {
    let boxes = space::cover(matrix.store(), matrix.possible(), space::Region::NONE);
    boxes
        .iter()
        .map(|cell| json::region(matrix.model(), cell))
        .collect()
}

fn heading(document: &Document) -> &str {
    if document.title.trim().is_empty() {
        &document.model
    } else {
        &document.title
    }
}

fn body(matrix: &Matrix, document: &Document, grid: &Grid) -> String {
    let mut sections = String::new();
    let picture = picture::picture(document, grid);
    if !picture.is_empty() {
        sections.push_str(&section("picture", "Who holds how much", &picture));
    }
    sections.push_str(&section(
        "matrix",
        "Who holds what",
        &matrix_part(document, grid),
    ));
    let closing = blocks(&view::closing(matrix));
    let closing = if closing.is_empty() {
        "<p>Nothing was accepted, nothing is impossible, and no constraint is stated.</p>\n"
            .to_owned()
    } else {
        closing
    };
    sections.push_str(&section("told", "Accepted, impossible, checked", &closing));
    sections.push_str(&section("parties", "Parties", &parties(document)));
    sections.push_str(&section("sources", "Where it comes from", &origin(matrix)));
    format!(
        "<a class=\"skip\" href=\"#matrix\">Skip to the matrix</a>\n<header>\n<h1>{}</h1>\n{}{}</header>\n<main>\n{sections}</main>\n",
        escape(heading(document)),
        blocks(&view::opening(matrix.model())),
        summary(document),
    )
}

fn section(id: &str, title: &str, content: &str) -> String {
    format!(
        "<section id=\"{id}\" aria-labelledby=\"{id}-title\" tabindex=\"-1\">\n<h2 id=\"{id}-title\">{title}</h2>\n{content}</section>\n"
    )
}

/// The counts, and what needs attention.
fn summary(document: &Document) -> String {
    let counted = |count: usize, one: &str, many: &str| {
        format!("{count} {}", if count == 1 { one } else { many })
    };
    let counts = &document.counts;
    let mut facts = vec![
        counted(counts.duties, "duty", "duties"),
        counted(document.parties.len(), "party", "parties"),
    ];
    let mut told = |count: usize, one: &str, many: &str| {
        if count > 0 {
            facts.push(format!(
                "<a href=\"#told\">{}</a>",
                counted(count, one, many)
            ));
        }
    };
    told(counts.accepted, "accepted finding", "accepted findings");
    told(
        counts.filled_by_otherwise,
        "duty covered only by the catch-all",
        "duties covered only by the catch-all",
    );
    told(
        document.constraints.len(),
        "constraint that holds",
        "constraints that hold",
    );
    let facts: String = facts
        .iter()
        .map(|fact| format!("<li>{fact}</li>"))
        .collect();
    format!("<ul class=\"facts\">{facts}</ul>\n")
}

fn matrix_part(document: &Document, grid: &Grid) -> String {
    let empty = grid
        .groups
        .iter()
        .flat_map(|group| &group.lines)
        .any(|line| line.cells.iter().any(Option::is_none));
    let empty = if empty {
        "<p class=\"key\">—: there is no such duty, or no such situation.</p>\n"
    } else {
        ""
    };
    format!(
        "{}<p id=\"count\" role=\"status\" aria-live=\"polite\"></p>\n<div class=\"scroller\" tabindex=\"0\" role=\"region\" aria-label=\"The matrix\">\n{}</div>\n{empty}",
        filters::form(document, grid),
        table::table(document, grid)
    )
}

fn parties(document: &Document) -> String {
    let of = |party: &json::Party| -> Term {
        let mut said: Vec<String> = party
            .kind
            .iter()
            .map(|kind| kind.replace('_', " "))
            .collect();
        let members: Vec<&str> = party
            .members
            .iter()
            .map(|member| notes::title(document, member))
            .collect();
        said.extend((!members.is_empty()).then(|| format!("jointly: {}", members.join(", "))));
        said.extend(
            (!party.aka.is_empty()).then(|| format!("also known as {}", party.aka.join(", "))),
        );
        let title = if party.title.trim().is_empty() {
            &party.name
        } else {
            &party.title
        };
        (
            escape(title),
            format!(
                "{}{}",
                escape(&said.join("; ")),
                terms(&of_block(document, &party.notes))
            ),
        )
    };
    terms(&document.parties.iter().map(of).collect::<Vec<_>>())
}

/// The sources of all statements, and when they must be reviewed.
fn origin(matrix: &Matrix) -> String {
    blocks(&view::origins(matrix.model()))
}
