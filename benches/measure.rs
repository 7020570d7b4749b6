//! Used by the scripts in this folder: writes models, and runs single steps of a check in separate
//! processes.
//!
//! ```text
//! measure write SHAPE FILE   a model; the shapes are those of `model` below
//! measure empty              nothing at all, as any program would
//! measure bare FILE          pest's parse of a file with our grammar, and nothing else
//! measure engine FILE        milliseconds of the check alone, without reading
//! ```
#![allow(
    clippy::print_stdout,
    clippy::expect_used,
    reason = "a tool for measuring may fail loudly"
)]

mod corpus;

use std::process::ExitCode;
use std::time::Instant;

use corpus::{Shape, of_bytes, paired_options, random, sound_text, srm, three_axes};
use pest::Parser as _;
use srmc::check::{Options, check};
use srmc::load::{Memory, load};
use srmc::resolve::resolve;
use srmc::source::Sources;

/// Only the parser, generated again from the same grammar.
#[allow(
    missing_docs,
    reason = "pest derives the rules from the grammar, which documents them"
)]
mod bare {
    #[derive(pest_derive::Parser)]
    #[grammar = "grammar/srm.pest"]
    pub(crate) struct Grammar;
}

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments
        .iter()
        .map(String::as_str)
        .filter(|argument| *argument != "--bench")
        .collect();
    match arguments.as_slice() {
        // `cargo bench` runs every bench; without arguments this one does nothing.
        [] | ["empty"] => ExitCode::SUCCESS,
        ["write", shape, file] => {
            std::fs::write(file, model(shape)).map_or(ExitCode::FAILURE, |()| ExitCode::SUCCESS)
        }
        ["bare", file] => {
            let text = std::fs::read_to_string(file).expect("a file");
            let is_read = bare::Grammar::parse(bare::Rule::file, &text).is_ok();
            if is_read {
                ExitCode::SUCCESS
            } else {
                ExitCode::FAILURE
            }
        }
        ["engine", file] => {
            println!("{:.3}", engine(file));
            ExitCode::SUCCESS
        }
        _ => ExitCode::from(2),
    }
}

/// A model of this shape: `claims=10000`, `bytes=1000000`, `random=5` and so on.
fn model(shape: &str) -> String {
    let (name, number) = shape.split_once('=').unwrap_or((shape, "0"));
    let number: usize = number.parse().expect("a number");
    let tangle = |tests| Shape {
        duties: 1,
        axes: 10,
        values: 5,
        claims: 400,
        tests,
    };
    match name {
        // Three axes of five values and this many claims.
        "claims" => sound_text(three_axes(number)),
        // The same, with this many bytes.
        "bytes" => of_bytes(number),
        // The same, with a statement at the end that cannot be read.
        "broken" => {
            of_bytes(number).trim_end().trim_end_matches('}').to_owned()
                + "  vendor ownz area0.duty0\n}\n"
        }
        // This many duties without a holder.
        "gaps" => corpus::gaps(number),
        // 262 144 situations per duty.
        "wide" => sound_text(Shape {
            duties: number,
            axes: 6,
            values: 8,
            claims: 20,
            tests: 4,
        }),
        // Ten billion situations per duty.
        "deep" => sound_text(Shape {
            duties: number,
            axes: 10,
            values: 10,
            claims: 20,
            tests: 3,
        }),
        // One duty with this many claims that together cover all situations.
        "one" => sound_text(Shape {
            duties: 1,
            axes: 6,
            values: 8,
            claims: number,
            tests: 6,
        }),
        // One duty with 400 random claims, each testing this many axes.
        "random" => srm(tangle(number), &random(tangle(number), 1)),
        // This many options, tested in pairs.
        "pairs" => paired_options(number),
        "five_lines" => "party a\nmodel m {\n  duty d\n  a owns d\n}\n".into(),
        _ => String::new(),
    }
}

/// The milliseconds that the check of a file's models takes, once they are read.
fn engine(file: &str) -> f64 {
    let text = std::fs::read_to_string(file).expect("a file");
    let memory = Memory::new().with("model.srm", text);
    let sources = Sources::new();
    let root = memory.root("model.srm").expect("just added");
    let options = Options::on("2026-11-21".parse().expect("a day"));
    let resolved = resolve(
        load(vec![root], &memory, options.parallel, &sources),
        &sources,
        &mut srmc::resolve::symbols::SymbolRefs::default(),
    );
    let start = Instant::now();
    let checked: Vec<_> = resolved
        .models
        .into_iter()
        .map(|model| check(model, options))
        .collect();
    let elapsed = start.elapsed().as_secs_f64() * 1000.0;
    std::mem::forget(checked);
    elapsed
}
