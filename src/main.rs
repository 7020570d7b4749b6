//! The `srmc` command.

use std::process::ExitCode;

fn main() -> ExitCode {
    srmc::cli::run()
}
