//! A user's own layout: a template in the language of Jinja, filled with the JSON document of a
//! model.
//!
//! In: the template's text, and a matrix. Out: the rendered text, or where and why rendering
//! failed. Always: every key of the document's schema is present, an undefined name is an error,
//! and a template cannot read files.

use std::collections::BTreeMap;
use std::ops::Range;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Kwargs, Serde};
use minijinja::{AutoEscape, Environment, Error, ErrorKind, UndefinedBehavior, Value};
use serde_json::{Map, Value as Json};

use super::{Dialect, Layout, Makes, Target, json};
use crate::diagnostic::suggest::closest;
use crate::diagnostic::visible;
use crate::matrix::Matrix;
use crate::source::Sources;
use crate::view::{Page, VIEWS, View};

/// Maximum number of steps; a template that needs more is assumed to loop forever.
const FUEL: u64 = 5_000_000;

/// Maximum number of operators and words in one tag of a template; the items of a list do not count.
const MAX_OPERATORS: usize = 1000;

/// Why a template cannot be filled.
#[derive(Debug)]
pub struct TemplateError {
    /// The bytes of the template that it is about.
    pub at: Range<usize>,
    /// What is wrong.
    pub what: String,
    /// What to write instead, if that is known.
    pub help: Option<String>,
}

/// Its entry in the catalogue of targets.
pub static TARGET: Target = Target {
    name: "template",
    extension: "",
    about: "Your own template, filled with the data of the JSON document",
    draws_grid: false,
    makes: Makes::Template,
};

/// Fills a template with the JSON document of a model.
///
/// # Errors
/// The first thing that is wrong with it.
pub fn fill(
    name: &str,
    text: &str,
    dialect: Dialect,
    matrix: &Matrix,
    sources: &Sources,
) -> Result<String, TemplateError> {
    if let Some(at) = too_long(text) {
        return Err(TemplateError {
            at,
            what: format!("this expression has more than {MAX_OPERATORS} operators"),
            help: Some("divide it with `{% set name = … %}`".into()),
        });
    }
    let document = complete_document(matrix, sources);
    let keys: Vec<String> = document
        .as_object()
        .map_or(Vec::new(), |it| it.keys().cloned().collect());
    let pages = pages(matrix);
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // A line that contains only a block tag produces no output line.
    match SyntaxConfig::builder()
        .keep_trailing_newline(true)
        .trim_blocks(true)
        .lstrip_blocks(true)
        .build()
    {
        Ok(syntax) => environment.set_syntax(syntax),
        Err(error) => return Err(wrong(&error, text, &keys)),
    }
    environment.set_auto_escape_callback(|_| AutoEscape::None);
    environment.set_debug(true);
    environment.set_fuel(Some(FUEL));
    environment.add_filter("text", move |text: String| (dialect.info().text)(&text));
    environment.add_function("view", move |view: String, options: Kwargs| {
        page_of(&pages, dialect, &view, &options)
    });
    let made = environment
        .template_from_named_str(name, text)
        .and_then(|template| template.render(Value::from(Serde(&document))));
    match made {
        // Outputs have the same line endings, whatever the template has.
        Ok(made) => Ok(made
            .replace("\r\n", "\n")
            .trim_start_matches('\u{feff}')
            .trim_end_matches('\n')
            .to_owned()
            + "\n"),
        Err(error) => Err(wrong(&error, text, &keys)),
    }
}

/// The first tag of a template whose expression is a chain of too many operators: it is read by
/// recursion, and nothing else bounds how deep.
fn too_long(text: &str) -> Option<Range<usize>> {
    let mut at = 0;
    while let Some(found) = memchr::memchr(b'{', &text.as_bytes()[at..]) {
        let start = at + found;
        let (end, operators) = match text.as_bytes().get(start + 1) {
            Some(b'#') => (end_of(text, start, "#}"), 0),
            Some(b'{' | b'%') => tag(text, start),
            _ => (start + 1, 0),
        };
        if operators > MAX_OPERATORS {
            let line = text[start..end].lines().next().unwrap_or("").chars();
            return Some(start..start + line.take(80).map(char::len_utf8).sum::<usize>());
        }
        let is_raw = text[start + 1..end]
            .trim_start_matches(['%', '-'])
            .trim_start()
            .starts_with("raw");
        at = if is_raw {
            end_of(text, end, "endraw")
        } else {
            end
        };
    }
    None
}

/// Where the first of these words ends, from a place on; the end of the text if there is none.
fn end_of(text: &str, from: usize, word: &str) -> usize {
    text[from..]
        .find(word)
        .map_or(text.len(), |at| from + at + word.len())
}

/// The end of a tag, and how many operators and words are in it, less the commas: a list is not deep.
fn tag(text: &str, start: usize) -> (usize, usize) {
    let (mut operators, mut quote, mut in_word) = (0usize, None, false);
    let mut chars = text[start + 2..].char_indices();
    while let Some((place, c)) = chars.next() {
        let here = start + 2 + place;
        let is_word = c.is_alphanumeric() || c == '_';
        match quote {
            Some(_) if c == '\\' => drop(chars.next()),
            Some(open) if c == open => quote = None,
            Some(_) => {}
            None if text[here..].starts_with("}}") || text[here..].starts_with("%}") => {
                return (here + 2, operators);
            }
            None if matches!(c, '"' | '\'') => quote = Some(c),
            None if c == ',' => operators = operators.saturating_sub(1),
            None if is_word && in_word || c.is_whitespace() => {}
            None => operators += 1,
        }
        in_word = is_word;
    }
    (text.len(), operators)
}

/// Every page of a model: by its view and, for a checklist, its party.
fn pages(matrix: &Matrix) -> BTreeMap<(&'static str, Option<String>), Page> {
    let of_view = |view: &'static View| {
        view.choices(matrix.model())
            .into_iter()
            .map(|(party, choice)| ((view.name, party.map(str::to_owned)), choice.page(matrix)))
    };
    VIEWS.into_iter().flat_map(of_view).collect()
}

/// `view("checklist", party="customer", level=3)`: a view as Markdown, without its title.
fn page_of(
    pages: &BTreeMap<(&'static str, Option<String>), Page>,
    dialect: Dialect,
    view: &str,
    options: &Kwargs,
) -> Result<String, Error> {
    let party: Option<String> = options.get("party")?;
    let level: Option<usize> = options.get("level")?;
    let aligned: Option<bool> = options.get("aligned")?;
    options.assert_all_used()?;
    let found = pages
        .iter()
        .find(|((name, of), _)| *name == view && *of == party);
    let (_, page) = found.ok_or_else(|| {
        let what = match party {
            None if View::named(view).is_some() => {
                format!("the view `{view}` needs a party: add `party=…`")
            }
            None => {
                format!("there is no view `{view}`; {}", View::instead_of(view))
            }
            Some(party) => format!("there is no view `{view}` for a party `{party}`"),
        };
        Error::new(ErrorKind::InvalidOperation, what)
    })?;
    let layout = Layout {
        level: Some(level.unwrap_or(2).clamp(2, 6)),
        aligned: aligned.unwrap_or(false),
        dialect,
    };
    Ok(super::laid_out(page, layout).trim_end().to_owned())
}

fn wrong(error: &Error, text: &str, keys: &[String]) -> TemplateError {
    let line = error.line().unwrap_or(1).saturating_sub(1);
    let whole_line = || {
        let start = text
            .split_inclusive('\n')
            .take(line)
            .map(str::len)
            .sum::<usize>()
            .min(text.len());
        start..start + text[start..].lines().next().unwrap_or("").len()
    };
    let at = error
        .range()
        .filter(|range| text.get(range.clone()).is_some())
        .unwrap_or_else(whole_line);
    let at = before_filter(text, &at).unwrap_or(at);
    let said = visible(text[at.clone()].trim());
    let said = said.as_str();
    match error.kind() {
        ErrorKind::UndefinedError => {
            let last = said.rsplit('.').next().unwrap_or(said);
            let near = closest(last, keys.iter().map(String::as_str));
            let help = near.map_or(
                "use a key of the JSON document; docs/outputs.md lists them".into(),
                |near| format!("did you mean `{near}`?"),
            );
            let what = if said.contains(char::is_whitespace) {
                "a name in `{said}` is not defined"
            } else {
                "`{said}` is not defined"
            };
            TemplateError {
                what: what.replace("{said}", said),
                help: Some(help),
                at,
            }
        }
        ErrorKind::OutOfFuel => TemplateError {
            at,
            what: "this template ran too long (an endless loop?)".into(),
            help: None,
        },
        kind => TemplateError {
            at,
            what: visible(
                &error
                    .detail()
                    .map_or_else(|| kind.to_string(), str::to_owned),
            ),
            help: None,
        },
    }
}

/// The expression before a filter: an undefined name there is not the filter's fault.
fn before_filter(text: &str, filter: &Range<usize>) -> Option<Range<usize>> {
    let given = text[..filter.start]
        .trim_end()
        .strip_suffix('|')?
        .trim_end();
    let start = given
        .rfind(|c: char| c.is_whitespace() || matches!(c, '{' | '%' | '(' | ','))
        .map_or(0, |at| at + 1);
    (start < given.len()).then_some(start..given.len())
}

/// The document with every key of its schema: keys omitted because they are empty are added as
/// empty values.
fn complete_document(matrix: &Matrix, sources: &Sources) -> Json {
    // Strings, numbers and maps with string keys cannot fail to serialise.
    let mut document = serde_json::to_value(json::document(matrix, sources)).unwrap_or_default();
    let schema = json::schema();
    complete(&mut document, &schema, &schema);
    let mut duties = Vec::new();
    list_duties(&document["contents"], &mut Vec::new(), &mut duties);
    document["duties"] = Json::Array(duties);
    document
}

/// Every duty in declared order, each with the titles of the areas around it: most layouts do not
/// need the tree.
fn list_duties(contents: &Json, areas: &mut Vec<Json>, duties: &mut Vec<Json>) {
    for item in contents.as_array().into_iter().flatten() {
        if item["kind"] == "area" {
            areas.push(item["title"].clone());
            list_duties(&item["contents"], areas, duties);
            areas.pop();
        } else {
            let mut duty = item.clone();
            duty["areas"] = Json::Array(areas.clone());
            duties.push(duty);
        }
    }
}

fn complete(value: &mut Json, schema: &Json, root: &Json) {
    let schema = match schema.get("$ref").and_then(Json::as_str) {
        Some(path) => root.pointer(path.trim_start_matches('#')).unwrap_or(schema),
        None => schema,
    };
    match value {
        Json::Array(items) => {
            let of = schema.get("items").unwrap_or(&Json::Null);
            for item in items {
                complete(item, of, root);
            }
        }
        Json::Object(object) => {
            let kind = |it: &Json| it.pointer("/properties/kind/const").cloned();
            let choices = schema.get("oneOf").and_then(Json::as_array);
            let chosen = choices.and_then(|choices| {
                choices
                    .iter()
                    .find(|it| kind(it).is_some() && kind(it).as_ref() == object.get("kind"))
            });
            for schema in [Some(schema), chosen].into_iter().flatten() {
                complete_object(object, schema, root);
            }
        }
        _ => {}
    }
}

fn complete_object(object: &mut Map<String, Json>, schema: &Json, root: &Json) {
    if let Some(path) = schema.get("$ref").and_then(Json::as_str)
        && let Some(schema) = root.pointer(path.trim_start_matches('#'))
    {
        complete_object(object, schema, root);
    }
    for (key, of) in schema
        .get("properties")
        .and_then(Json::as_object)
        .into_iter()
        .flatten()
    {
        let value =
            object
                .entry(key)
                .or_insert_with(|| match of.get("type").and_then(Json::as_str) {
                    Some("array") => Json::Array(Vec::new()),
                    Some("object") => Json::Object(Map::new()),
                    _ => Json::Null,
                });
        complete(value, of, root);
    }
}
