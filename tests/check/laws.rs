//! Property tests on random models: the check, the policy and the page are compared with a judge
//! that lists every situation, and the situations printed in findings with those they mean.
//! `PROPTEST_CASES=1000000` runs them longer.

use std::collections::{BTreeMap, BTreeSet};

use crate::support::answer::Answer;
use crate::support::conditions::{Set, of_example, of_regions, read_back, situations};
use crate::support::random::{Kind, Spec, sound, spec};
use crate::support::{brevity, drawn, judge, options, page, policy, random, run_files, run_text};
use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::{RngAlgorithm, TestRunner};
use srmc::check::Options;
use srmc::compilation::Compilation;
use srmc::diagnostic::{Code, Diagnostic, Facts, Family};
use srmc::fix::edits::apply;
use srmc::fix::{Applicability, FixContext};
use srmc::syntax::made::TO_WRITE;

/// Number of models per run; proptest's default is too low for a checker.
const CASES: u32 = 10_000;

/// The number of gaps that are compared with an exhaustive search (always the same ones), and the
/// number of boxes at which the search gives up.
const SPACES: usize = 500;
const MANY: usize = 4;
/// Maximum average ratio of the boxes used to the fewest possible.
const MORE: f64 = 1.001;

/// Number of bundles that are run in the real OPA.
const BUNDLES: usize = 20;

pub(super) fn cases(default: u32) -> ProptestConfig {
    let cases = std::env::var("PROPTEST_CASES")
        .ok()
        .and_then(|cases| cases.parse().ok())
        .unwrap_or(default);
    // The cheapest random source is enough here: nothing needs to be secret.
    let rng_algorithm = RngAlgorithm::XorShift;
    ProptestConfig {
        cases,
        rng_algorithm,
        failure_persistence: None,
        max_shrink_iters: 20_000,
        ..ProptestConfig::default()
    }
}

/// An `allow` that covers no finding is reported as unused; one that is the only one to cover some
/// finding is not.
fn idle_allows_are_told(spec: &Spec, answer: &Answer<'_>) -> Result<(), TestCaseError> {
    let told = answer.idle_allows();
    let mut covering: BTreeMap<usize, bool> = BTreeMap::new();
    for situation in spec.situations() {
        for duty in 0..spec.duties.len() {
            for (code, ..) in judge::judge(spec, duty, &situation)
                .into_iter()
                .flat_map(|verdict| verdict.marks)
            {
                let covers = |(at, it): (usize, &random::Statement)| match &it.kind {
                    Kind::Allow { what, targets, .. } => (what.silences(code)
                        && targets.name(&spec.layout, duty)
                        && it.when.holds(&situation))
                    .then_some(at),
                    _ => None,
                };
                let found: Vec<usize> = spec
                    .statements
                    .iter()
                    .enumerate()
                    .filter_map(covers)
                    .collect();
                for &at in &found {
                    *covering.entry(at).or_default() |= found.len() == 1;
                }
            }
        }
    }
    for (at, _) in spec
        .statements
        .iter()
        .enumerate()
        .filter(|(_, it)| matches!(it.kind, Kind::Allow { .. }))
    {
        let idle = told.contains(&random::tag(at));
        match covering.get(&at) {
            None => prop_assert!(
                idle,
                "the `allow` of {} has no effect in\n{}",
                random::tag(at),
                spec.text()
            ),
            Some(true) => prop_assert!(
                !idle,
                "the `allow` of {} silences something in\n{}",
                random::tag(at),
                spec.text()
            ),
            // Other `allow`s cover all its findings too; the language does not say which of them is
            // unused.
            Some(false) => {}
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(cases(300))]

    #[test]
    fn every_fix_of_a_random_model_parses_and_takes_its_finding_away(spec in spec()) {
        let text = spec.text();
        let before = run_text(&text);
        let context = FixContext::new(&text, &before.models, options().today);
        for finding in before.findings.iter().filter(|it| !it.is_accepted()) {
            for fix in context.fixes(finding) {
                let mut edits = fix.edits.clone();
                if fix.applicability == Applicability::Draft {
                    for edit in &mut edits {
                        edit.new = edit.new.replace(TO_WRITE, "Written");
                    }
                }
                let fixed = apply(&text, &edits);
                prop_assert!(fixed.is_ok(), "`{}` clashes with itself in\n{text}", fix.title);
                let fixed = fixed.unwrap_or_default();
                let after = run_text(&fixed);
                let told = || format!("{} `{}`\n{text}\nbecame\n{fixed}", finding.code.id(), fix.title);
                let is_unread = |it: &Diagnostic| matches!(it.code.family(), Family::Syntax | Family::Names) && it.is_error();
                prop_assert!(!after.findings.iter().any(is_unread), "a new fault: {}", told());
                let place = |run: &Compilation, it: &Diagnostic| {
                    let text = run.sources.text(it.span().file);
                    text.get(it.span().range()).unwrap_or("").to_owned()
                };
                let told_at = place(&before, finding);
                let is_share = finding.code == Code::ShareParts;
                let is_same = |run: &Compilation, it: &Diagnostic| {
                    it.code == finding.code
                        && it.subject == finding.subject
                        && !it.is_accepted()
                        // Of two silent shares only one is reported at a time.
                        && (!is_share || it.span().range().start == finding.span().range().start)
                        && (it.duty().is_some() || place(run, it) == told_at)
                };
                let count = |run: &Compilation| run.findings.iter().filter(|it| is_same(run, it)).count();
                prop_assert!(count(&after) < count(&before), "left: {}", told());
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(CASES))]

    #[test]
    fn the_check_agrees_with_the_naive_judge(spec in spec()) {
        let text = spec.text();
        let run = run_text(&text);
        let nowhere = !spec.situations().iter().any(|situation| spec.is_possible(situation));
        prop_assert_eq!(run.findings.iter().any(|it| it.code == Code::NoSituation), nowhere, "{}", text);
        if nowhere {
            // Nothing else is compared for such a model.
            return Ok(());
        }
        prop_assert!(!run.findings.iter().any(|it| it.code < Code::Gap), "not understood:\n{}\n{}", text, drawn(&run));
        let answer = Answer::of(&run);
        prop_assert_eq!(answer.checked.unchecked, 0, "{}\n{}", text, drawn(&run));
        let mut filled: BTreeSet<(String, String)> = BTreeSet::new();
        for situation in spec.situations() {
            for duty in 0..spec.duties.len() {
                let expected = judge::judge(&spec, duty, &situation);
                let place = (spec.path(duty), spec.named(&situation));
                let many = expected.iter().try_for_each(|it| answer.many_hold(&place.0, &place.1, it));
                prop_assert!(many.is_ok(), "{} {many:?} in\n{text}\n{}", place.0, drawn(&run));
                let told = |verdict: Option<judge::Verdict>| verdict.map(|it| answer.without_untold(&place.0, it));
                let found = told(answer.verdict(&spec, duty, &situation));
                let expected = told(expected);
                prop_assert_eq!(&found, &expected, "{} at {:?} in\n{}\n{}", place.0, place.1, text, drawn(&run));
                for reason in expected.into_iter().flat_map(|verdict| verdict.filled) {
                    filled.insert((reason, spec.path(duty)));
                }
            }
        }
        let duties: BTreeSet<&String> = filled.iter().map(|(_, duty)| duty).collect();
        prop_assert_eq!(answer.checked.filled(), duties.len(), "{}", text);
        prop_assert_eq!(answer.listed().into_keys().collect::<BTreeSet<_>>(), filled, "{}\n{}", text, drawn(&run));
        idle_allows_are_told(&spec, &answer)?;
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn conditions_mean_what_they_say(spec in spec()) {
        let text = spec.text();
        let run = run_text(&text);
        let model = &run.models[0].model;
        let told: Vec<_> = run.findings.iter().filter_map(|it| Some((it, situations(it)?))).collect();
        let conditions: Vec<&str> = told.iter().map(|(_, situations)| situations.text()).collect();
        let used: Vec<&str> = model.used_axes().map(|(_, axis)| axis.decl.name.as_str()).collect();
        for ((finding, situations), whole) in told.iter().zip(read_back(&spec, &conditions)?) {
            let path = finding.duty().map(str::to_owned);
            let duty = (0..spec.duties.len()).find(|&duty| Some(spec.path(duty)) == path).expect("a duty");
            let exists: Set = spec.situations().into_iter().filter(|it| spec.is_possible(it) && spec.duties[duty].holds(it)).collect();
            let within = |set: &Set| -> Set { set.intersection(&exists).cloned().collect() };
            let meant = within(&of_regions(&spec, situations));
            prop_assert!(!meant.is_empty(), "{} nowhere:\n{}\n{}", finding.message, text, drawn(&run));
            prop_assert!(situations.cubes.len() <= 64, "{}", text);
            prop_assert!(finding.message.chars().count() <= 300, "{}", finding.message);
            prop_assert_eq!(within(&whole), meant.clone(), "{}: `{}`\n{}\n{}", finding.message, situations.text(), text, drawn(&run));
            let is_many = matches!(finding.facts, Facts::Many { .. });
            prop_assert!(is_many || (situations.text() == "always") == (meant == exists), "{}\n{}", text, drawn(&run));
            let named: Vec<&str> = situations.example.iter().map(|(axis, _)| axis.as_str()).collect();
            prop_assert_eq!(&named, &used, "{}\n{}", text, drawn(&run));
            let example = of_example(&spec, situations);
            prop_assert!(example.is_subset(&meant), "{}: {:?}\n{}\n{}", finding.message, situations.example, text, drawn(&run));
        }
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    /// With a tiny budget less is told: questions are left open, and situations are said to be more
    /// than those that are listed. What is told is right, and what is not told is said to be missing.
    #[test]
    fn a_small_budget_gives_no_wrong_answer(spec in spec(), budget in prop_oneof![1..20usize, 1..200usize]) {
        let text = spec.text();
        let run = run_files(&[("main.srm", text.as_str())], Options { budget, ..options() });
        let open = |code: Code, path: &str| run.findings.iter().any(|it| {
            it.code == code && it.subject.as_ref().is_some_and(|about| about.duties.first().is_none_or(|duty| duty == path))
        });
        let decided: Vec<usize> = (0..spec.duties.len()).filter(|&duty| !open(Code::NotDecided, &spec.path(duty))).collect();
        let is_unknown = |it: &Diagnostic| it.code == Code::NotDecided && it.duty().is_none();
        if open(Code::NoSituation, "") || run.findings.iter().any(is_unknown) {
            return Ok(());
        }
        prop_assert_eq!(run.models[0].unchecked, spec.duties.len() - decided.len(), "{}\n{}", text, drawn(&run));
        let answer = Answer::of(&run);
        let filled: BTreeSet<String> = answer.listed().into_keys().map(|(_, path)| path).collect();
        prop_assert_eq!(answer.checked.filled(), filled.len(), "{} with a budget of {}\n{}", text, budget, drawn(&run));
        for duty in 0..spec.duties.len() {
            let path = spec.path(duty);
            let is_open = !decided.contains(&duty);
            let of_duty: Vec<&Diagnostic> = run.findings.iter().filter(|it| it.duty() == Some(&path)).collect();
            for situation in spec.situations() {
                let named = spec.named(&situation);
                let both = (answer.verdict(&spec, duty, &situation), judge::judge(&spec, duty, &situation));
                let (Some(found), Some(expected)) = both else {
                    prop_assert!(both == (None, None), "{} at {:?} in\n{}", path, situation, text);
                    continue;
                };
                let told = || format!("{path} at {situation:?} with a budget of {budget} in\n{text}\n{}", drawn(&run));
                prop_assert_eq!(&found.holders, &expected.holders, "{}", told());
                prop_assert_eq!(answer.many_hold(&path, &named, &expected), Ok(()), "{}", told());
                let [found, expected] = [found, expected].map(|it| answer.without_untold(&path, it).marks);
                let wrong: Vec<_> = found.difference(&expected).collect();
                prop_assert!(wrong.is_empty(), "{:?}: {}", wrong, told());
                // Of a pair of duties that are not kept apart, either is named first.
                let is_about = |it: &&Diagnostic| it.subject.as_ref().is_some_and(|it| it.duties.contains(&path));
                let has_more = |code: Code| run.findings.iter().filter(is_about).any(|it| it.code == code && situations(it).is_some_and(|it| it.more));
                // A `separate` with a duty that is left open is not checked.
                let is_excused = |code: Code| is_open || has_more(code) || code == Code::NotSeparate && decided.len() < spec.duties.len();
                let missing: Vec<_> = expected.difference(&found).filter(|mark| !is_excused(mark.0)).collect();
                prop_assert!(missing.is_empty(), "{:?}: {}", missing, told());
            }
            let exists = |it: &Vec<usize>| judge::judge(&spec, duty, it).is_some();
            let conditions: Vec<&str> = of_duty.iter().filter_map(|it| Some(situations(it)?.text())).collect();
            let listed = of_duty.iter().filter_map(|it| situations(it));
            for (listed, told) in listed.zip(read_back(&spec, &conditions)?) {
                let told: Set = told.into_iter().filter(exists).collect();
                let meant: Set = of_regions(&spec, listed).into_iter().filter(exists).collect();
                prop_assert_eq!(told, meant, "`{}` of {} in\n{}", listed.text(), path, text);
            }
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn the_policy_agrees_with_the_judge(spec in sound()) {
        let text = spec.text();
        let nowhere = |duty: usize| !spec.situations().iter().any(|it| spec.is_possible(it) && spec.duties[duty].holds(it));
        let Some((document, outputs)) = policy::written(&text) else {
            // Output is written only for a model in which every duty exists somewhere.
            prop_assert!((0..spec.duties.len()).any(nowhere), "not written: {text}");
            return Ok(());
        };
        policy::regions_partition(&spec, &document)?;
        let mut engine = crate::support::rego::engine(&outputs);
        for question in policy::questions(&spec, &document) {
            let answer = crate::support::rego::eval(&mut engine, question.rule, &question.input);
            prop_assert!(question.is_met(&answer), "{}({}) is {answer}, expected {:?} in\n{text}", question.rule, question.input, question.expected);
        }
    }
}

proptest! {
    #![proptest_config(cases(200))]

    #[test]
    fn the_page_agrees_with_the_judge(spec in sound()) {
        page::agrees(&spec)?;
    }
}

/// The same through OPA itself: `cargo test laws -- --ignored`. It needs Python, and on
/// first use the network.
#[test]
#[ignore = "needs python3 and the OPA library"]
fn the_real_opa_agrees_with_the_judge() {
    let mut runner = TestRunner::deterministic();
    let specs =
        std::iter::repeat_with(|| sound().new_tree(&mut runner).expect("a model").current());
    let written = specs.filter_map(|spec| Some((policy::written(&spec.text())?, spec)));
    for ((document, outputs), spec) in written.take(BUNDLES) {
        let questions = policy::questions(&spec, &document);
        let queries: Vec<_> = questions
            .iter()
            .map(|question| (question.rule, &question.input))
            .collect();
        for (question, answer) in questions
            .iter()
            .zip(crate::support::rego::ask_opa(&outputs, &queries))
        {
            let asked = format!("{}({})", question.rule, question.input);
            assert!(
                question.is_met(&answer),
                "{asked} is {answer}, expected {:?} in\n{}",
                question.expected,
                spec.text()
            );
        }
    }
}

proptest! {
    #![proptest_config(cases(2_000))]

    #[test]
    fn a_gap_is_told_as_shortly_as_the_simple_ways(space in brevity::spaces()) {
        let (printed, _) = space.printed();
        for way in space.simple_ways() {
            let (weight, best) = (brevity::weight(&printed), brevity::weight(&way));
            prop_assert!(weight <= best, "`{printed}` weighs {weight}, `{way}` {best}:\n{}", space.text());
            prop_assert!(printed.len() <= way.len(), "`{printed}` is longer than `{way}`:\n{}", space.text());
        }
    }
}

/// Compares the number of boxes of a gap with the minimum found by an exhaustive search.
#[test]
#[allow(
    clippy::print_stdout,
    clippy::cast_precision_loss,
    reason = "a measurement"
)]
fn a_gap_takes_few_boxes() {
    let mut runner = TestRunner::deterministic();
    let (mut ratios, mut worst) = (Vec::new(), (1.0, String::new()));
    for _ in 0..SPACES {
        let space = brevity::small_spaces()
            .new_tree(&mut runner)
            .expect("a space")
            .current();
        let (printed, boxes) = space.printed();
        let Some(fewest) = space.fewest_boxes(MANY) else {
            continue;
        };
        assert!(boxes >= fewest, "`{printed}` cannot be:\n{}", space.text());
        assert!(
            fewest > 1 || boxes == 1,
            "`{printed}` is a single box:\n{}",
            space.text()
        );
        let ratio = boxes as f64 / fewest as f64;
        if ratio > worst.0 {
            worst = (
                ratio,
                format!("`{printed}`: {boxes} boxes, {fewest} do:\n{}", space.text()),
            );
        }
        ratios.push(ratio);
    }
    let more = ratios.iter().filter(|&&ratio| ratio > 1.0).count();
    let average = ratios.iter().sum::<f64>() / ratios.len() as f64;
    assert!(
        average <= MORE,
        "{average:.4} times the fewest boxes on average"
    );
    println!(
        "{} gaps: {average:.4} times the fewest boxes on average; {more} take more, at worst {}",
        ratios.len(),
        worst.1
    );
}
