//! Any text can be checked, every finding shown to people, every fix made, and every possible
//! output written.
#![no_main]

use libfuzzer_sys::fuzz_target;
use srmc::diagnostic::{human, short};
use srmc::emit::TARGETS;
use srmc::fix::FixContext;
use srmc::fix::edits::apply;
use srmc::{Compilation, Memory, Options};

fuzz_target!(|text: &str| {
    let files = Memory::new().with("main.srm", text);
    let options = Options {
        budget: 1 << 12,
        ..Options::on(jiff::civil::date(2026, 11, 21))
    };
    let roots = files.root("main.srm").into_iter().collect();
    let mut compilation = Compilation::new(roots, &files, options);
    let _ = human::render(&compilation.findings, &compilation.sources, false);
    let _ = short::render(&compilation.findings, &compilation.sources);
    let context = FixContext::new(text, &compilation.models, options.today);
    for finding in &compilation.findings {
        for fix in context.fixes(finding) {
            assert!(
                apply(text, &fix.edits).is_ok(),
                "`{}` clashes with itself",
                fix.title
            );
        }
    }
    if let Ok(matrices) = compilation.take_matrices(None) {
        let _ = compilation.outputs(&matrices, &TARGETS);
    }
});
