//! Formatting keeps every word, and formatting again changes nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use srmc::format::{format, same_words};

fuzz_target!(|text: &str| {
    let once = format(text).text.into_owned();
    assert!(same_words(text, &once), "words were lost:\n{once}");
    assert_eq!(
        format(&once).text,
        once,
        "formatting twice is not formatting once"
    );
});
