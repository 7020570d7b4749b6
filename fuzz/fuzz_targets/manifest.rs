//! Any text is a manifest, or has findings that point into it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use srmc::project::manifest::read;
use srmc::source::FileId;

fuzz_target!(|text: &str| {
    if let Err(faults) = read(FileId(0), text, &semver::Version::new(0, 1, 0)) {
        assert!(!faults.is_empty());
        for fault in faults {
            assert!(
                text.get(fault.span().range()).is_some(),
                "{fault:?} points outside the text"
            );
        }
    }
});
