//! The stages of a check, each alone: `cargo bench --bench stages`.
#![allow(clippy::expect_used, reason = "a benchmark may fail loudly")]

mod corpus;

use corpus::{Shape, gaps, paired_options, random, sound_text, srm, three_axes};
use divan::{Bencher, counter::BytesCount};
use srmc::check::{Options, check};
use srmc::compilation::Compilation;
use srmc::diagnostic::human;
use srmc::load::{Memory, load};
use srmc::model::Model;
use srmc::resolve::resolve;
use srmc::source::{FileId, Sources};
use srmc::syntax::parse_with;

fn main() {
    divan::main();
}

const SIZES: [usize; 2] = [1_000, 10_000];

fn options() -> Options {
    Options::on("2026-11-21".parse().expect("a day"))
}

fn models(text: &str) -> Vec<Model> {
    let memory = Memory::new().with("model.srm", text);
    let sources = Sources::new();
    let root = memory.root("model.srm").expect("just added");
    resolve(
        load(vec![root], &memory, options().parallel, &sources),
        &sources,
        &mut srmc::resolve::symbols::SymbolRefs::default(),
    )
    .models
}

/// From text to tree, one thread.
#[divan::bench(args = SIZES)]
fn parse(bencher: Bencher, claims: usize) {
    let text = sound_text(three_axes(claims));
    bencher
        .counter(BytesCount::of_str(&text))
        .bench(|| parse_with(1, FileId(0), &text));
}

/// From text to the verdict on every duty.
#[divan::bench(args = SIZES)]
fn whole(bencher: Bencher, claims: usize) {
    let memory = Memory::new().with("model.srm", sound_text(three_axes(claims)));
    bencher
        .with_inputs(|| memory.root("model.srm").expect("just added"))
        .bench_values(|root| Compilation::new(vec![root], &memory, options()));
}

fn judge(bencher: Bencher, text: &str) {
    bencher.with_inputs(|| models(text)).bench_values(|models| {
        models
            .into_iter()
            .map(|model| check(model, options()))
            .collect::<Vec<_>>()
    });
}

/// The check alone: sound duties on few axes, on six of eight values, on ten of ten.
#[divan::bench]
fn check_three_axes(bencher: Bencher) {
    judge(bencher, &sound_text(three_axes(10_000)));
}
#[divan::bench]
fn check_wide(bencher: Bencher) {
    judge(
        bencher,
        &sound_text(Shape {
            duties: 1_000,
            axes: 6,
            values: 8,
            claims: 20,
            tests: 4,
        }),
    );
}
#[divan::bench]
fn check_deep(bencher: Bencher) {
    judge(
        bencher,
        &sound_text(Shape {
            duties: 100,
            axes: 10,
            values: 10,
            claims: 20,
            tests: 3,
        }),
    );
}

/// Deliberately hard inputs.
#[divan::bench(args = [4, 5], sample_count = 5)]
fn check_random(bencher: Bencher, tests: usize) {
    let shape = Shape {
        duties: 1,
        axes: 10,
        values: 5,
        claims: 400,
        tests,
    };
    judge(bencher, &srm(shape, &random(shape, 1)));
}
#[divan::bench]
fn check_paired_options(bencher: Bencher) {
    judge(bencher, &paired_options(40));
}

/// Finds and renders a thousand findings.
#[divan::bench]
fn draw_findings(bencher: Bencher) {
    let memory = Memory::new().with("model.srm", gaps(1_000));
    let run = Compilation::new(
        vec![memory.root("model.srm").expect("just added")],
        &memory,
        options(),
    );
    bencher.bench(|| human::render(&run.findings, &run.sources, false));
}
