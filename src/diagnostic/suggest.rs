//! Did you mean …?

use super::Correction;

/// Maximum word length: longer words are hardly typos, and comparing them would be slow.
const MAX_WORD: usize = 64;

/// A candidate that a misspelt word most likely means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near<'c> {
    /// The candidate.
    pub word: &'c str,
    /// It differs by one letter, and no other candidate is that close.
    pub sure: bool,
}

impl Near<'_> {
    /// The line of help.
    #[must_use]
    pub fn help(&self) -> String {
        format!("did you mean `{}`?", self.word)
    }

    /// What to write instead.
    #[must_use]
    pub fn correction(&self) -> Correction {
        Correction {
            text: self.word.to_owned(),
            sure: self.sure,
        }
    }
}

/// The candidate that a misspelt word most likely means, if any is near enough: a third of the
/// word's letters may differ, a swap of neighbours counting once.
pub fn nearest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<Near<'c>> {
    if word.len() > MAX_WORD {
        return None;
    }
    let allowed = word.chars().count().div_ceil(3).min(3);
    let lower = word.to_lowercase();
    let mut best: Option<(usize, &str)> = None;
    let mut alone = true;
    for candidate in candidates.filter(|it| *it != word && it.len() <= MAX_WORD) {
        let distance = strsim::osa_distance(&lower, &candidate.to_lowercase());
        if distance > allowed || distance >= candidate.chars().count() {
            continue;
        }
        match best {
            Some((known, other)) if known == distance && other != candidate => {
                alone = false;
                best = Some((known, other.min(candidate)));
            }
            Some((known, _)) if known <= distance => {}
            _ => (best, alone) = (Some((distance, candidate)), true),
        }
    }
    best.map(|(distance, word)| Near {
        word,
        sure: alone && distance <= 1,
    })
}

/// The same, without saying how certain it is.
pub fn closest<'c>(word: &str, candidates: impl Iterator<Item = &'c str>) -> Option<&'c str> {
    nearest(word, candidates).map(|near| near.word)
}

/// Help for a word that is not among the known ones.
#[must_use]
pub fn one_of(word: &str, known: &[&str], are: &str) -> String {
    let list = || {
        known
            .iter()
            .map(|known| format!("`{known}`"))
            .collect::<Vec<_>>()
            .join(", ")
    };
    closest(word, known.iter().copied()).map_or_else(
        || format!("{are} {}", list()),
        |near| format!("did you mean `{near}`?"),
    )
}

#[cfg(test)]
mod tests {
    use super::{closest, nearest};

    #[test]
    fn finds_near_words_only() {
        let words = ["patching", "physical", "network"];
        assert_eq!(closest("patchign", words.into_iter()), Some("patching"));
        assert_eq!(closest("netwrk", words.into_iter()), Some("network"));
        assert_eq!(closest("backups", words.into_iter()), None);
    }

    #[test]
    fn is_sure_of_one_letter_and_one_word() {
        let sure = |word: &str, words: &[&'static str]| {
            nearest(word, words.iter().copied()).map(|near| (near.word, near.sure))
        };
        assert_eq!(sure("netwrk", &["network"]), Some(("network", true)));
        assert_eq!(sure("ntwrk", &["network"]), Some(("network", false)));
        // Two swapped letters count as one typo; a difference in case counts as none.
        assert_eq!(sure("netwokr", &["network"]), Some(("network", true)));
        assert_eq!(sure("Network", &["network"]), Some(("network", true)));
        assert_eq!(sure("dat", &["data", "date"]), Some(("data", false)));
        assert_eq!(sure("dat", &["date", "data"]), Some(("data", false)));
        assert_eq!(sure("dat", &["data", "data"]), Some(("data", true)));
        assert_eq!(sure("dat", &["database", "data"]), Some(("data", true)));
    }
}
