//! Any text is parsed without a panic, and each fault points into it. If it is checked without
//! errors, the writer's output for its tree parses without faults.
#![no_main]

use libfuzzer_sys::fuzz_target;
use srmc::source::FileId;
use srmc::syntax::{parse_with, writer};
use srmc::{Compilation, Diagnostic, Memory, Options};

fuzz_target!(|text: &str| {
    let parsed = parse_with(1, FileId(0), text);
    for fault in &parsed.faults {
        for label in fault.labels() {
            assert!(
                text.get(label.span.range()).is_some(),
                "{fault:?} points outside the text"
            );
        }
    }
    // Where nothing else fits, a keyword is parsed as a name, which then refers to nothing.
    if parsed.faults.is_empty() && !has_errors(text) {
        let written = writer::file(&parsed.file);
        let again = parse_with(1, FileId(0), &written);
        assert!(
            again.faults.is_empty(),
            "written as:\n{written}\n{:?}",
            again.faults
        );
    }
});

fn has_errors(text: &str) -> bool {
    let files = Memory::new().with("main.srm", text);
    let options = Options {
        budget: 1 << 10,
        ..Options::on(jiff::civil::date(2026, 11, 21))
    };
    let compilation = Compilation::new(
        files.root("main.srm").into_iter().collect(),
        &files,
        options,
    );
    compilation.findings.iter().any(Diagnostic::is_error)
}
