//! The command line: arguments in, text and an exit code out.
//!
//! The answer goes to standard output, everything else to standard error. Exit codes: 0 clean, 1
//! findings of error severity (or warnings under `--deny warnings`), 2 usage, configuration or I/O,
//! 3 outputs that are stale.

mod build;
mod check;
mod explain;
mod fmt;
mod init;
mod input;
mod lsp;
mod repair;
mod report;
mod shell;
mod watch;

use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;
use std::rc::Rc;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::diagnostic::{Diagnostic, human, is_invisible, visible_lines};
use crate::source::Sources;

/// Findings of error severity.
const FINDINGS: u8 = 1;
/// Usage, configuration or I/O.
const FAILED: u8 = 2;
/// The user stopped the run, as shells say it.
const INTERRUPTED: i32 = 130;
/// An output is stale.
const STALE: u8 = 3;

/// Compile shared-responsibility matrices: no duty without a holder, none with two.
#[derive(Parser)]
#[command(
    name = "srmc",
    version,
    max_term_width = 100,
    disable_help_flag = true,
    after_help = "\
Exit codes: 0 success, 1 findings, 2 wrong usage, configuration or I/O error, 3 stale outputs.
`srmc init` starts a project. `srmc help COMMAND` explains a command with examples."
)]
struct Cli {
    /// Print help
    #[arg(short, long, global = true, action = clap::ArgAction::HelpShort)]
    help: Option<bool>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Report gaps, overlaps and other errors
    Check(check::Check),
    /// Check, then write the outputs: Markdown, AsciiDoc and HTML pages, JSON, and Rego policies
    Build(build::Build),
    /// Build again whenever a source, page or template is saved
    Watch(watch::Watch),
    /// Format files in the standard style
    Fmt(fmt::Fmt),
    /// Explain a code such as SRM0301, or list all codes
    Explain(explain::Explain),
    /// Start a project: a manifest, a model, a page and a CI pipeline
    Init(init::Init),
    /// Run the language server for an editor, on standard input and output
    Lsp(lsp::Lsp),
    /// Print completions for a shell
    Completions(shell::Completions),
    /// Print the manual page
    Man(shell::Man),
}

impl Command {
    /// Whether it may write files.
    fn writes(&self) -> bool {
        match self {
            Self::Check(check) => check.repair.fix,
            Self::Build(_) | Self::Watch(_) | Self::Fmt(_) | Self::Init(_) => true,
            _ => false,
        }
    }

    /// When the user wants colour.
    fn colour(&self) -> Colour {
        match self {
            Self::Check(check) => check.common.color,
            Self::Build(build) => build.common.color,
            Self::Watch(watch) => watch.common.color,
            _ => Colour::Auto,
        }
    }
}

/// What `check` and `build` have in common.
#[derive(Args)]
struct Common {
    /// Files and folders; `-` is standard input. Default: the project that contains the current
    /// folder
    #[arg(value_name = "PATH")]
    paths: Vec<std::path::PathBuf>,
    /// The file name to show for standard input in messages
    #[arg(long, value_name = "NAME", default_value = "stdin.srm")]
    stdin_filename: String,
    /// Fail on warnings too
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Check end dates and reviews against this date, such as 2026-11-21, instead of today
    #[arg(long, value_name = "DATE", value_parser = date)]
    today: Option<jiff::civil::Date>,
    /// When to use colour
    #[arg(long, value_name = "WHEN", default_value = "auto")]
    color: Colour,
    /// Something could not be read, which was said
    #[arg(skip)]
    unreadable: std::cell::Cell<bool>,
}

fn date(text: &str) -> Result<jiff::civil::Date, String> {
    text.parse()
        .map_err(|_| "expected a date such as 2026-11-21".to_owned())
}

#[derive(Clone, Copy, ValueEnum)]
enum Deny {
    /// Exit 1 on warnings
    Warnings,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Colour {
    /// On a terminal, unless `NO_COLOR` is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

impl Colour {
    fn wanted(self, terminal: bool) -> bool {
        match self {
            Self::Always => true,
            Self::Never => false,
            Self::Auto => {
                let is_dumb = std::env::var_os("TERM").is_some_and(|value| value == "dumb");
                let forbids = std::env::var_os("NO_COLOR").is_some_and(|value| !value.is_empty());
                terminal && !is_dumb && !forbids
            }
        }
    }
}

/// Something outside the sources went wrong: usage, configuration or I/O.
enum Failure {
    /// The message, as one line.
    Message(String),
    /// What is wrong with the manifest, a page or a template.
    Faults(Vec<Diagnostic>, Rc<Sources>),
}

impl From<String> for Failure {
    fn from(text: String) -> Self {
        Self::Message(text)
    }
}

impl From<&str> for Failure {
    fn from(text: &str) -> Self {
        Self::Message(text.to_owned())
    }
}

impl Failure {
    /// Prints the message.
    fn report(&self, colour: Colour) {
        print_stderr(&match self {
            Self::Message(text) => visible_lines(&format!("srmc: {text}\n")),
            Self::Faults(faults, texts) => {
                human::render(faults, texts, colour.wanted(stderr_is_terminal()))
            }
        });
    }
}

/// Runs the command that the arguments name.
#[must_use]
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => {
            let code = if error.use_stderr() { FAILED } else { 0 };
            // What the user wrote comes back in the message.
            let words = std::env::args_os();
            let is_shown = words
                .map(|word| word.to_string_lossy().into_owned())
                .any(|word| word.contains(is_invisible));
            if is_shown {
                say(&error.to_string());
                return ExitCode::from(code);
            }
            return match error.print() {
                Ok(()) => ExitCode::from(code),
                Err(_) => ExitCode::from(FAILED),
            };
        }
    };
    if cli.command.writes() {
        // What a build has not finished writing goes with it.
        let _ = ctrlc::set_handler(|| {
            crate::disk::clean_up();
            std::process::exit(INTERRUPTED);
        });
    }
    let colour = cli.command.colour();
    let done = match cli.command {
        Command::Check(check) => check.run(),
        Command::Build(build) => build.run(),
        Command::Watch(watch) => watch.run(),
        Command::Fmt(fmt) => fmt.run(),
        Command::Explain(explain) => explain.run(),
        Command::Init(init) => init.run(),
        Command::Lsp(lsp) => lsp.run(),
        Command::Completions(completions) => completions.run(),
        Command::Man(man) => man.run(),
    };
    match done {
        Ok(code) => ExitCode::from(code),
        Err(failure) => {
            failure.report(colour);
            ExitCode::from(FAILED)
        }
    }
}

/// Writes an answer to standard output. A closed pipe is not an error.
fn print_stdout(text: &str) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => Err(Failure::from(format!(
            "cannot write to standard output: {error}"
        ))),
        _ => Ok(()),
    }
}

/// Says something to the user on standard error. Whatever a file, an argument or the system put into it
/// is shown as text.
fn say(text: &str) {
    print_stderr(&visible_lines(text));
}

/// Writes a text to standard error as it is; failing to write it is ignored.
fn print_stderr(text: &str) {
    let _ = io::stderr().lock().write_all(text.as_bytes());
}

fn stdout_is_terminal() -> bool {
    io::stdout().is_terminal()
}

fn stderr_is_terminal() -> bool {
    io::stderr().is_terminal()
}
