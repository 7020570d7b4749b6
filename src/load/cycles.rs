//! Files that use each other in a cycle.

use super::{Loaded, used};
use crate::diagnostic::{Code, Diagnostic};
use crate::source::Sources;

/// Reports each `use` that closes a cycle.
pub(super) fn find_cycles(loaded: &mut Loaded<'_>, sources: &Sources) {
    let mut state = vec![VisitState::New; loaded.files.len()];
    for start in 0..state.len() {
        if state[start] != VisitState::New {
            continue;
        }
        state[start] = VisitState::Open;
        let mut stack = vec![(start, 0usize)];
        while let Some((at, next)) = stack.last_mut() {
            let Some(target) = loaded.files[*at].uses.get(*next).copied() else {
                state[*at] = VisitState::Done;
                stack.pop();
                continue;
            };
            let (at, number) = (*at, *next);
            *next += 1;
            match target.map(|target| (target, state[target])) {
                Some((target, VisitState::New)) => {
                    state[target] = VisitState::Open;
                    stack.push((target, 0));
                }
                Some((target, VisitState::Open)) => {
                    let from = stack
                        .iter()
                        .position(|&(file, _)| file == target)
                        .unwrap_or(0);
                    let circle: Vec<usize> = stack[from..].iter().map(|&(file, _)| file).collect();
                    let fault = cycle(loaded, sources, at, number, &circle);
                    loaded.faults.extend(fault);
                }
                _ => {}
            }
        }
    }
}

fn cycle(
    loaded: &Loaded<'_>,
    sources: &Sources,
    at: usize,
    number: usize,
    circle: &[usize],
) -> Option<Diagnostic> {
    let written = loaded.files[at]
        .file
        .items
        .iter()
        .filter_map(used)
        .nth(number)?;
    let name = |file: usize| format!("`{}`", sources.name(loaded.files[file].id));
    let first = *circle.first()?;
    let path: Vec<String> = circle.iter().copied().chain([first]).map(name).collect();
    let (message, help) = if circle.len() == 1 {
        ("this file uses itself", "remove this `use`")
    } else {
        (
            "these files use each other",
            "move the shared declarations into a third file",
        )
    };
    let fault = Diagnostic::new(
        Code::UseCycle,
        written.span,
        message,
        "this `use` closes the cycle",
    );
    let fault = fault.help(path.join(" uses "));
    Some(fault.help(help))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum VisitState {
    New,
    Open,
    Done,
}
