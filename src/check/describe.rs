//! Where a finding holds, written down: as a condition, as cubes and as one situation.
//!
//! In: a region of a duty's situations, or cubes of it. Out: [`DescribedRegion`]. Always: what is
//! written down lies in the region; it is the whole region, or says that there is more. Whether a
//! finding stands is decided before anything is described, so a region that is hard to describe
//! costs no finding.

use super::context::Context;
use crate::diagnostic::Situations;
use crate::model::Model;
use crate::space::{
    AxisId, AxisNames as _, BitCube, Condition, Cube, FoundCubes, Region, Said, Syntax, Values,
    first_cubes, joined,
};

/// A situation: a value for each axis that matters.
pub(super) type Example = Vec<(AxisId, u32)>;

/// Maximum number of cubes written down for one region.
pub(super) const MAX_CUBES: usize = 64;
/// A region that a diagram reaches in more ways hardly ever takes so few cubes.
const MANY_WAYS: usize = 1024;
/// Number of cubes written down of a region that takes too long to describe whole.
const FIRST_CUBES: usize = 3;

/// A region of a duty's situations, described.
#[derive(Clone, Debug)]
pub(super) struct DescribedRegion {
    /// One situation of it.
    pub example: Example,
    /// Conditions of which one must hold, in reading order; none if the region is everything.
    pub conditions: Vec<Condition>,
    /// Condition, cubes and example by name.
    pub situations: Situations,
}

impl DescribedRegion {
    /// A region of the situations in which a duty exists: whole if that is cheap, else a part.
    pub(super) fn new(context: &Context, model: &Model, region: Region, exists: Region) -> Self {
        let store = &context.store;
        let example = store.first(region).unwrap_or_default();
        if region == exists {
            return Self::everything(model, example);
        }
        let phrase = Syntax(model);
        let whole = || {
            let free = store.complement(exists);
            Said::of(store, region, free, &phrase, MAX_CUBES)
        };
        if is_simple(context, region)
            && let Some(Some(said)) = context.describe(whole)
        {
            return Self::said(model, said, example, false);
        }
        let part = context.describe(|| {
            let free = store.complement(exists);
            let (cubes, more) = first_cubes(store, region, free, FIRST_CUBES);
            (Said::by_cubes(store, cubes, &phrase), more)
        });
        let (said, more) = part.unwrap_or_else(|| {
            let only =
                |&(axis, value): &(AxisId, u32)| (axis, Values::of(store.size(axis), [value]));
            let mut tests: Vec<(AxisId, Values)> = example.iter().map(only).collect();
            tests.sort_unstable_by_key(|(axis, _)| *axis);
            (Said::by_cubes(store, vec![Cube { tests }], &phrase), true)
        });
        Self::said(model, said, example, more)
    }

    /// All situations of a duty.
    pub(super) fn everything(model: &Model, example: Example) -> Self {
        let said = Said {
            conditions: Vec::new(),
            cubes: vec![Cube::default()],
        };
        Self::said(model, said, example, false)
    }

    /// Cubes found of a region.
    pub(super) fn found(context: &Context, model: &Model, found: &FoundCubes) -> Self {
        let example = found.cubes.first().map(BitCube::first).unwrap_or_default();
        if found.cubes.contains(&BitCube::default()) {
            return Self::everything(model, example);
        }
        let cubes = found.cubes.iter().map(|cube| cube.to_cube(&context.sizes));
        let said = Said::by_cubes(&context.store, cubes.collect(), &Syntax(model));
        Self::said(model, said, example, found.more)
    }

    /// Several regions as one, with the example of the first; `more` if they are not all.
    pub(super) fn union(model: &Model, regions: &[Self], more: bool) -> Self {
        let mut all = Self {
            example: Example::new(),
            conditions: Vec::new(),
            situations: Situations {
                condition: None,
                cubes: Vec::new(),
                more,
                example: Vec::new(),
            },
        };
        if let Some(first) = regions.first() {
            all.example.clone_from(&first.example);
            all.situations.example.clone_from(&first.situations.example);
        }
        if let Some(whole) = regions.iter().find(|it| it.conditions.is_empty()) {
            all.situations.cubes.clone_from(&whole.situations.cubes);
            all.situations.more = false;
            return all;
        }
        let cubes = &mut all.situations.cubes;
        for it in regions {
            let new = it
                .situations
                .cubes
                .iter()
                .filter(|cube| !cubes.contains(cube));
            let new: Vec<_> = new.cloned().collect();
            if cubes.len() + new.len() > MAX_CUBES {
                all.situations.more = true;
                continue;
            }
            cubes.extend(new);
            all.situations.more |= it.situations.more;
            let conditions = it.conditions.iter();
            let new = conditions.filter(|new| all.conditions.iter().all(|it| it.text != new.text));
            let new: Vec<_> = new.cloned().collect();
            all.conditions.extend(new);
        }
        all.situations.condition = Some(joined(&all.conditions, &Syntax(model)));
        all
    }

    fn said(model: &Model, said: Said, example: Example, more: bool) -> Self {
        let is_everything = said.conditions.is_empty();
        let situations = Situations {
            condition: (!is_everything).then(|| said.text(&Syntax(model))),
            cubes: said
                .cubes
                .iter()
                .map(|cube| named_cube(model, cube))
                .collect(),
            more,
            example: named_situation(model, &example),
        };
        Self {
            example,
            conditions: said.conditions,
            situations,
        }
    }
}

/// Whether a region may be short enough to be written down whole.
pub(super) fn is_simple(context: &Context, region: Region) -> bool {
    context.store.ways(region) <= MANY_WAYS
}

/// A cube by the names of axes and values.
fn named_cube(model: &Model, cube: &Cube) -> Vec<(String, Vec<String>)> {
    let named = |(axis, values): &(AxisId, Values)| {
        let values = values
            .iter()
            .map(|value| model.value(*axis, value).to_owned());
        (model.axis(*axis).to_owned(), values.collect())
    };
    cube.tests.iter().map(named).collect()
}

/// A situation by name, with a value for every axis that statements test.
fn named_situation(model: &Model, example: &[(AxisId, u32)]) -> Vec<(String, String)> {
    let named = |(axis, it): (AxisId, &crate::model::Axis)| {
        let value = example.iter().find(|(known, _)| *known == axis);
        let value = model.value(axis, value.map_or(0, |(_, value)| *value));
        (it.decl.name.clone(), value.to_owned())
    };
    model.used_axes().map(named).collect()
}
