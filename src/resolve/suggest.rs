//! Did you mean …?

/// A longer word is no slip of the hand, and measuring it would take long.
const MAX_WORD: usize = 64;

/// The candidate that a misspelt word most likely stands for, if any is near enough: a third of
/// the word's letters may differ, a swap of neighbours counting once.
pub fn closest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    if word.len() > MAX_WORD {
        return None;
    }
    let allowed = word.chars().count().div_ceil(3).min(3);
    candidates
        .filter(|candidate| *candidate != word && candidate.len() <= MAX_WORD)
        .map(|candidate| {
            (
                strsim::osa_distance(&word.to_lowercase(), &candidate.to_lowercase()),
                candidate,
            )
        })
        .filter(|&(distance, candidate)| {
            distance <= allowed && distance < candidate.chars().count()
        })
        .min()
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::closest;

    #[test]
    fn finds_near_words_only() {
        let words = ["patching", "physical", "network"];
        assert_eq!(closest("patchign", words.into_iter()), Some("patching"));
        assert_eq!(closest("netwrk", words.into_iter()), Some("network"));
        assert_eq!(closest("backups", words.into_iter()), None);
    }
}
