//! Renames a symbol at all its occurrences.

use super::navigation::{ResolvedName, references, resolve_name};
use super::{FileRange, Snapshot, Workspace};
use crate::model::{DeclName, Model};
use crate::resolve::symbols::{Symbol, SymbolKind};
use crate::syntax::vocabulary::{is_field, is_reserved};

/// The name at a byte of a text, if it can be changed.
///
/// # Errors
/// Why it cannot, in a sentence.
pub fn prepare(
    workspace: &Workspace,
    snapshot: &Snapshot,
    byte: usize,
) -> Result<ResolvedName, String> {
    let name = resolve_name(workspace, snapshot, byte)
        .ok_or("nothing to rename here: put the cursor on a declared name")?;
    if name.kind == SymbolKind::File {
        return Err("a file cannot be renamed here: rename it in the file explorer".to_owned());
    }
    Ok(name)
}

/// All places where the new name must be written.
///
/// # Errors
/// Why the new name does not fit, in a sentence.
pub fn rename(
    workspace: &Workspace,
    name: &ResolvedName,
    new: &str,
) -> Result<Vec<FileRange>, String> {
    fits(new, name.kind)?;
    clashes(workspace, name, new)?;
    Ok(references(workspace, name))
}

/// Whether a word can be a name at all.
fn fits(new: &str, kind: SymbolKind) -> Result<(), String> {
    let is_part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    let is_name = new.starts_with(|c: char| c.is_ascii_alphabetic()) && new.chars().all(is_part);
    if !is_name {
        return Err(format!(
            "`{new}` is not a valid name: start with a letter, then use letters, digits, `_` and `-`"
        ));
    }
    if is_reserved(new) {
        return Err(format!("`{new}` is a reserved word"));
    }
    if kind == SymbolKind::Party && is_field(new) {
        return Err(format!(
            "`{new}` is the name of a field, so a party cannot have this name"
        ));
    }
    Ok(())
}

/// Whether another symbol already has the new name where this one is visible.
fn clashes(workspace: &Workspace, name: &ResolvedName, new: &str) -> Result<(), String> {
    for analysis in workspace.analyses() {
        let Some(symbol) = analysis.symbol(name.kind, &name.declared) else {
            continue;
        };
        if !analysis.run.refs.iter().any(|it| it.symbol == symbol) {
            continue;
        }
        let models = || analysis.run.models.iter().map(|checked| &checked.model);
        let clash = if name.kind == SymbolKind::Model {
            models()
                .any(|model| model.decl.name == new)
                .then_some("a model")
        } else {
            models().find_map(|model| clash_in(model, symbol, new))
        };
        if let Some(what) = clash {
            return Err(format!("there is already {what} named `{new}`"));
        }
    }
    Ok(())
}

/// What in a model already has the new name.
fn clash_in(model: &Model, symbol: Symbol, new: &str) -> Option<&'static str> {
    let is_other = |decl: &DeclName| decl.name == new && decl.span != symbol.declared;
    match symbol.kind {
        SymbolKind::Party => model
            .parties
            .iter()
            .any(|it| is_other(&it.decl))
            .then_some("a party"),
        SymbolKind::Axis => model
            .axes
            .iter()
            .any(|it| is_other(&it.decl))
            .then_some("an axis"),
        SymbolKind::Framework => model
            .frameworks
            .iter()
            .any(|it| it.decl.name == new)
            .then_some("a framework"),
        SymbolKind::Value => {
            let axis = model
                .axes
                .iter()
                .find(|axis| axis.declared.contains(&symbol.declared))?;
            axis.values
                .iter()
                .any(|(name, _)| name == new)
                .then_some("a value")
        }
        SymbolKind::Area | SymbolKind::Duty => {
            let duties = model.duties.iter().map(|it| &it.decl);
            let decls: Vec<&DeclName> = duties
                .chain(model.areas.iter().map(|it| &it.decl))
                .collect();
            // This also applies elsewhere: a shortened path would become ambiguous.
            let is_of_model = decls.iter().any(|decl| decl.span == symbol.declared);
            (is_of_model && decls.iter().any(|decl| decl.name == new)).then_some("an area or duty")
        }
        SymbolKind::Model | SymbolKind::File => None,
    }
}
