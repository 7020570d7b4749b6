//! scratch
mod corpus;
use pest::Parser as _;
use pest_derive::Parser;

#[derive(Parser)]
#[grammar = "grammar/srm.pest"]
struct Grammar;

fn main() {
    let args: Vec<String> = std::env::args().collect();
    match args[1].as_str() {
        "bare" => {
            let text = std::fs::read_to_string(&args[2]).unwrap();
            let ok = Grammar::parse(Rule::file, &text).is_ok();
            std::process::exit(i32::from(!ok));
        }
        "empty" => {}
        "engine" => {
            let text = std::fs::read_to_string(&args[2]).unwrap();
            let memory = srmc::load::Memory::new().with("a.srm", text);
            let root = memory.root("a.srm").unwrap();
            let sources = srmc::source::Sources::new();
            let loaded = srmc::load::load(vec![root], &memory, &sources);
            let (models, _) = srmc::resolve::resolve(loaded);
            for model in models {
                let start = std::time::Instant::now();
                let checked = srmc::check::check(model, srmc::check::Options::on("2026-11-21".parse().unwrap()));
                println!("{:?} {} findings {} unchecked", start.elapsed(), checked.findings.len(), checked.unchecked);
            }
        }
        _ => {
            let dir = std::path::Path::new(&args[2]);
            std::fs::create_dir_all(dir).unwrap();
            let put = |name: &str, text: String| std::fs::write(dir.join(name), text).unwrap();
            put("c10k.srm", corpus::sound_text(corpus::three_axes(10_000)));
            put("c100k.srm", corpus::sound_text(corpus::three_axes(100_000)));
            put("b1m.srm", corpus::of_bytes(1_000_000));
            put("b10m.srm", corpus::of_bytes(10_000_000));
            let wide = corpus::Shape { duties: 1000, axes: 6, values: 8, claims: 20, tests: 4 };
            put("wide.srm", corpus::sound_text(wide));
            let deep = corpus::Shape { duties: 100, axes: 10, values: 10, claims: 20, tests: 3 };
            put("deep.srm", corpus::sound_text(deep));
            put("deeprand.srm", corpus::srm(deep, &corpus::random(deep, 1)));
            for tests in [4, 5] {
                let adv = corpus::Shape { duties: 1, axes: 10, values: 5, claims: 400, tests };
                put(&format!("adv{tests}.srm"), corpus::srm(adv, &corpus::random(adv, 1)));
            }
            let adv = corpus::Shape { duties: 1, axes: 10, values: 10, claims: 400, tests: 5 };
            put("adv5x10.srm", corpus::srm(adv, &corpus::random(adv, 1)));
            put("pairs.srm", corpus::paired_options(40));
        }
    }
}
