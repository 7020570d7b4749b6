//! The shortest unambiguous paths of areas and duties.
//!
//! A path may be shortened to its last names. In: a model. Out: for each full path, the shortest
//! ending that no other path in the model has.

use rustc_hash::FxHashMap;

use crate::model::Model;

/// For each path ending, how many areas and duties of a model have it.
#[derive(Debug, Default)]
pub struct ShortPaths(FxHashMap<String, u32>);

impl ShortPaths {
    /// Counts the endings of all paths of a model.
    #[must_use]
    pub fn of(model: &Model) -> Self {
        let mut ends: FxHashMap<String, u32> = FxHashMap::default();
        let areas = model.areas.iter().map(|area| area.path.as_str());
        for path in areas.chain(model.duties.iter().map(|duty| duty.path.as_str())) {
            for start in path.match_indices('.').map(|(at, _)| at + 1).chain([0]) {
                *ends.entry(path[start..].to_owned()).or_default() += 1;
            }
        }
        Self(ends)
    }

    /// The shortest ending of a full path that is unambiguous at the top of its model.
    #[must_use]
    pub fn short<'p>(&self, full: &'p str) -> &'p str {
        let starts = full.rmatch_indices('.').map(|(at, _)| at + 1);
        starts
            .map(|start| &full[start..])
            .find(|end| self.0.get(*end) == Some(&1))
            .unwrap_or(full)
    }
}
