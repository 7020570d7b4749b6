//! Sets of values of one axis.

/// A set of values of one axis, each known by its number from 0.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Values {
    bits: Vec<u64>,
    size: u32,
}

impl Values {
    /// No value of an axis of that size.
    #[must_use]
    pub fn none(size: u32) -> Self {
        Self {
            bits: vec![0; size.div_ceil(64) as usize],
            size,
        }
    }

    /// Every value of an axis of that size.
    #[must_use]
    pub fn all(size: u32) -> Self {
        let mut values = Self::none(size);
        (0..size).for_each(|value| values.insert(value));
        values
    }

    /// These values of an axis of that size; larger numbers are ignored.
    pub fn of(size: u32, values: impl IntoIterator<Item = u32>) -> Self {
        let mut set = Self::none(size);
        values.into_iter().for_each(|value| set.insert(value));
        set
    }

    /// Adds a value; a number outside the axis is ignored.
    pub fn insert(&mut self, value: u32) {
        if value < self.size
            && let Some(word) = self.bits.get_mut((value / 64) as usize)
        {
            *word |= 1 << (value % 64);
        }
    }

    /// Whether a value belongs to the set.
    #[must_use]
    pub fn has(&self, value: u32) -> bool {
        self.bits
            .get((value / 64) as usize)
            .is_some_and(|word| word & (1 << (value % 64)) != 0)
    }

    /// How many values belong to the set.
    #[must_use]
    pub fn len(&self) -> u32 {
        self.bits.iter().map(|word| word.count_ones()).sum()
    }

    /// Whether no value belongs to the set.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.bits.iter().all(|&word| word == 0)
    }

    /// Whether every value of the axis belongs to the set.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.len() == self.size
    }

    /// The number of values of the axis.
    #[must_use]
    pub fn size(&self) -> u32 {
        self.size
    }

    /// The values in order.
    pub fn iter(&self) -> impl Iterator<Item = u32> + '_ {
        (0..self.size).filter(|&value| self.has(value))
    }

    /// The values that do not belong to the set.
    #[must_use]
    pub fn complement(&self) -> Self {
        Self::of(self.size, (0..self.size).filter(|&value| !self.has(value)))
    }
}

#[cfg(test)]
mod tests {
    use super::Values;

    #[test]
    fn sets_of_more_values_than_a_word_has_bits() {
        let set = Values::of(130, [0, 63, 64, 129, 130, 192]);
        assert_eq!(set.iter().collect::<Vec<_>>(), [0, 63, 64, 129]);
        assert_eq!(
            (set.len(), set.size(), set.is_all(), set.is_empty()),
            (4, 130, false, false)
        );
        assert!(!set.has(1) && !set.has(65) && !set.has(128) && !set.has(130) && !set.has(1000));
        let rest = set.complement();
        assert_eq!((rest.len(), rest.has(1), rest.has(64)), (126, true, false));
        assert_eq!(rest.complement(), set);
        let (all, none) = (Values::all(130), Values::none(130));
        assert!(all.is_all() && !all.is_empty() && none.is_empty() && !none.is_all());
        assert_eq!(all.complement(), none);
    }
}
