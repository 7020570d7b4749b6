//! `srmc explain`

use clap::Args;

use super::{Failure, print_stdout};
use crate::diagnostic::Code;
use crate::diagnostic::suggest::closest;

/// Arguments of `srmc explain`.
#[derive(Args)]
pub(super) struct Explain {
    /// A code such as SRM0301; without a code, all codes are listed
    code: Option<String>,
}

impl Explain {
    /// Prints the code's page, or the list.
    pub(super) fn run(&self) -> Result<u8, Failure> {
        let Some(wanted) = &self.code else {
            let lines = Code::ALL.iter().map(|code| {
                format!(
                    "{}  {:7}  {}\n",
                    code.id(),
                    code.severity().word(),
                    code.title()
                )
            });
            print_stdout(&lines.collect::<String>())?;
            return Ok(0);
        };
        let digits = wanted.chars().all(|c| c.is_ascii_digit());
        let number = if digits {
            wanted.as_str()
        } else {
            wanted.get(3..).unwrap_or_default()
        };
        let short =
            !number.is_empty() && number.len() < 4 && number.chars().all(|c| c.is_ascii_digit());
        let upper = if digits || short {
            format!("SRM{number:0>4}")
        } else {
            wanted.to_uppercase()
        };
        if let Some(code) = Code::find(&upper) {
            print_stdout(code.page())?;
            Ok(0)
        } else {
            let near = closest(&upper, Code::ALL.iter().map(|code| code.id()));
            let help = near.map_or("`srmc explain` lists all codes".to_owned(), |near| {
                format!("did you mean {near}?")
            });
            Err(Failure::from(format!("there is no code {wanted}; {help}")))
        }
    }
}
