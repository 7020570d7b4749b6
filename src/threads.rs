//! Work on many things of one kind, spread over all cores.
//!
//! In: things, and what to do with each. Out: the results, in the order of the things. Always: a
//! panic in one of the threads goes on in the caller.

/// With fewer things than this, one core does.
const WORTH_THREADS: usize = 8;

/// Does the same with each thing, on all cores if that is allowed and worth it.
pub(crate) fn each<T: Send, R: Send>(
    things: Vec<T>,
    parallel: bool,
    work: impl Fn(T) -> R + Copy + Send,
) -> Vec<R> {
    // Asking for the number of cores reads files, so it comes last.
    let cores = if parallel && things.len() >= WORTH_THREADS {
        std::thread::available_parallelism().map_or(1, std::num::NonZero::get)
    } else {
        1
    };
    if cores == 1 {
        return things.into_iter().map(work).collect();
    }
    let share = things.len().div_ceil(cores);
    let mut things = things.into_iter();
    let next = || {
        let share: Vec<T> = things.by_ref().take(share).collect();
        (!share.is_empty()).then_some(share)
    };
    let shares: Vec<Vec<T>> = std::iter::from_fn(next).collect();
    std::thread::scope(|scope| {
        let on_own =
            |share: Vec<T>| scope.spawn(move || share.into_iter().map(work).collect::<Vec<R>>());
        let running: Vec<_> = shares.into_iter().map(on_own).collect();
        let done = running.into_iter().map(|thread| match thread.join() {
            Ok(results) => results,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        done.flatten().collect()
    })
}
