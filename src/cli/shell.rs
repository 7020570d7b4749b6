//! `srmc completions` and `srmc man`: made from the same definition of the command line.

use clap::{Args, CommandFactory as _};
use clap_complete::Shell;

use super::{Cli, Failure, print_stdout};

/// Arguments of `srmc completions`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  srmc completions bash > ~/.local/share/bash-completion/completions/srmc
  srmc completions zsh  > ~/.zfunc/_srmc
  srmc completions fish > ~/.config/fish/completions/srmc.fish")]
pub(super) struct Completions {
    /// The shell
    shell: Shell,
}

impl Completions {
    /// Prints the script.
    pub(super) fn run(&self) -> Result<u8, Failure> {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut Cli::command(), "srmc", &mut script);
        print_stdout(&String::from_utf8_lossy(&script))?;
        Ok(0)
    }
}

/// Arguments of `srmc man`.
#[derive(Args)]
#[command(after_help = "\
Examples:
  srmc man > srmc.1              the page of srmc itself
  srmc man build > srmc-build.1  the page of a command")]
pub(super) struct Man {
    /// A command; without one, srmc itself
    command: Option<String>,
}

impl Man {
    /// Prints the page.
    pub(super) fn run(&self) -> Result<u8, Failure> {
        let mut whole = Cli::command();
        whole.build();
        let command = match &self.command {
            None => whole,
            Some(name) => {
                let found = whole.find_subcommand(name).cloned();
                let own = found.ok_or_else(|| {
                    Failure::from(format!(
                        "there is no command {name}; `srmc help` lists them"
                    ))
                })?;
                own.bin_name(format!("srmc {name}"))
                    .display_name(format!("srmc-{name}"))
            }
        };
        let mut page = Vec::new();
        clap_mangen::Man::new(command)
            .render(&mut page)
            .map_err(|error| format!("cannot make the manual page: {error}"))?;
        print_stdout(&String::from_utf8_lossy(&page))?;
        Ok(0)
    }
}
