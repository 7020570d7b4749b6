//! In any page, filling the blocks with their own content changes nothing.
#![no_main]

use libfuzzer_sys::fuzz_target;
use srmc::project::markers::{blocks, replace};
use srmc::source::FileId;

fuzz_target!(|text: &str| {
    for name in ["page.md", "page.mdx", "page.adoc"] {
        let Ok(found) = blocks(FileId(0), name, text) else {
            continue;
        };
        let contents: Vec<String> = found.iter().map(|_| "One line\n".to_owned()).collect();
        let filled = replace(text, &found, &contents);
        let again = blocks(FileId(0), name, &filled).expect("still blocks");
        let words = |blocks: &[srmc::project::markers::Block]| -> Vec<String> {
            blocks.iter().map(|block| block.words.clone()).collect()
        };
        assert_eq!(words(&again), words(&found));
        assert_eq!(
            replace(&filled, &again, &contents),
            filled,
            "filling twice changes the page"
        );
    }
});
