//! `srmc check`

use clap::Args;

use super::repair::{Outcome, Repair};
use super::report::{Format, NOTHING, exit_code, render, render_faults};
use super::{Common, FAILED, Failure, print_stdout, say, stdout_is_terminal};

/// Arguments of `srmc check`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  srmc check                              the project that contains the current folder
  srmc check models aws.srm               folders and files
  srmc check docs/*.md                    the `srm` blocks of pages
  srmc check --format sarif > srmc.sarif  for code scanning
  srmc check --fix --diff                 what the safe fixes would change")]
pub(super) struct Check {
    #[command(flatten)]
    pub(super) common: Common,
    /// How to print the findings
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    #[command(flatten)]
    pub(super) repair: Repair,
}

impl Check {
    /// Checks the files and prints the findings.
    pub(super) fn run(&self) -> Result<u8, Failure> {
        let run = match self.repair.run(&self.common) {
            Ok(Outcome::Checked(run)) => run,
            Ok(Outcome::Shown(code)) => return Ok(code),
            // Findings about the manifest are printed in the requested format too.
            Err(Failure::Faults(faults, texts)) if self.format != Format::Human => {
                print_stdout(&render_faults(&faults, &texts, self.format, &self.common)?)?;
                return Ok(FAILED);
            }
            Err(failure) => return Err(failure),
        };
        print_stdout(&render(
            &run,
            self.format,
            &self.common,
            stdout_is_terminal(),
        )?)?;
        let code = exit_code(&run, &self.common);
        if code == FAILED && run.models.is_empty() && self.format != Format::Human {
            say(&format!("srmc: {NOTHING}\n"));
        }
        // The process ends here; freeing a large model first would only cost time.
        std::mem::forget(run);
        Ok(code)
    }
}
