//! The control ids of an OSCAL catalog (NIST, Open Security Controls Assessment Language 1.x,
//! JSON).

use serde_json::Value;

use super::Controls;

/// The ids of every control, enhancements included.
pub(super) fn controls(bytes: &[u8]) -> Result<Controls, String> {
    let document: Value =
        serde_json::from_slice(bytes).map_err(|error| format!("not valid JSON: {error}"))?;
    let catalog = document
        .get("catalog")
        .ok_or("no `catalog` key at the top level")?;
    let mut ids = Vec::new();
    collect(catalog, &mut ids);
    if ids.is_empty() {
        Err("it lists no controls".into())
    } else {
        Ok(ids)
    }
}

/// Groups hold groups and controls; controls hold controls. serde_json limits the depth.
fn collect(parent: &Value, ids: &mut Controls) {
    let list = |key: &str| {
        parent
            .get(key)
            .and_then(Value::as_array)
            .into_iter()
            .flatten()
    };
    for group in list("groups") {
        collect(group, ids);
    }
    for control in list("controls") {
        ids.extend(control.get("id").and_then(Value::as_str).map(str::to_owned));
        collect(control, ids);
    }
}
