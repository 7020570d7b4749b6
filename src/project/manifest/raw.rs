//! The manifest as TOML has it, and the schema that editors read.

use schemars::{Schema, SchemaGenerator};
use serde::Deserialize;
use toml::Spanned;

use crate::emit::TARGETS;
use crate::view::VIEWS;

/// The manifest as it is written; `schema/manifest-1.json` is made from it.
#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(title = "srm.toml, the manifest of an srmc project")]
pub(super) struct Raw {
    /// The project itself.
    #[serde(default)]
    pub(super) project: RawProject,
    /// What is made from the sources.
    #[serde(default)]
    #[schemars(with = "Vec<RawOutput>")]
    pub(super) output: Vec<Spanned<RawOutput>>,
}

#[derive(Debug, Default, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawProject {
    /// The name of the project, for people.
    #[serde(rename = "name")]
    #[allow(
        dead_code,
        reason = "it names the project for people; nothing is made from it"
    )]
    pub(super) name: Option<String>,
    /// The versions of srmc that the project builds with, such as `>=0.1, <1`.
    #[schemars(with = "Option<String>")]
    #[allow(dead_code, reason = "it is read before all else, as `Versioned`")]
    pub(super) srmc: Option<Spanned<String>>,
    /// Globs of the sources, relative to this file; the default is `**/*.srm`.
    #[schemars(with = "Option<Vec<String>>")]
    pub(super) sources: Option<Vec<Spanned<String>>>,
}

#[derive(Debug, Deserialize, schemars::JsonSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct RawOutput {
    /// The output format.
    #[schemars(schema_with = "formats")]
    pub(super) format: Spanned<String>,
    /// The model; leave it out, or write `*`, for all models.
    #[schemars(with = "Option<String>")]
    pub(super) model: Option<Spanned<String>>,
    /// For a page: what it shows; the default is `matrix`.
    #[serde(default)]
    #[schemars(schema_with = "views")]
    pub(super) view: Option<Spanned<String>>,
    /// For a checklist: the party; leave it out, or write `*`, for all parties.
    #[schemars(with = "Option<String>")]
    pub(super) party: Option<Spanned<String>>,
    /// Where it goes, relative to this file; may contain `{model}` and `{party}`. For a policy
    /// bundle, the folder.
    #[schemars(with = "String")]
    pub(super) path: Spanned<String>,
    /// Replace only the text between the markers of an existing page.
    #[serde(default)]
    pub(super) inject: bool,
    /// Align the columns of Markdown tables.
    #[serde(default)]
    pub(super) aligned: bool,
    /// For the format `template`: the path of the template, relative to this file.
    #[schemars(with = "Option<String>")]
    pub(super) template: Option<Spanned<String>>,
}

/// The identity of the schema.
pub const SCHEMA: &str = "urn:srmc:schema/manifest-1.json";

/// The schema of a manifest, for editors.
#[must_use]
pub fn schema() -> serde_json::Value {
    let mut schema = schemars::generate::SchemaSettings::draft2020_12()
        .into_generator()
        .into_root_schema_for::<Raw>();
    schema.insert("$id".into(), SCHEMA.into());
    schema.to_value()
}

/// What of a manifest every version of srmc reads.
#[derive(Deserialize)]
pub(super) struct Versioned {
    pub(super) project: VersionedProject,
}

#[derive(Deserialize)]
pub(super) struct VersionedProject {
    pub(super) srmc: Option<Spanned<String>>,
}

/// The formats, as the catalogue of targets has them.
fn formats(_: &mut SchemaGenerator) -> Schema {
    choice(TARGETS.iter().map(|target| (target.name, target.about)))
}

/// The views, as their catalogue has them.
fn views(_: &mut SchemaGenerator) -> Schema {
    choice(VIEWS.iter().map(|view| (view.name, view.about)))
}

/// One of these words, each with what it means.
fn choice(words: impl Iterator<Item = (&'static str, &'static str)>) -> Schema {
    let word = |(name, about)| serde_json::json!({ "const": name, "description": about });
    schemars::json_schema!({ "oneOf": words.map(word).collect::<Vec<_>>() })
}
