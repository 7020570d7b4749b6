//! `srmc lsp`

use clap::Args;
use lsp_server::Connection;

use super::Failure;
use crate::check::Options;

/// Arguments of `srmc lsp`.
#[derive(Args)]
#[command(after_help = "\
Your editor starts this command. It uses the Language Server Protocol on standard input and output.
docs/editors.md explains how to set up Visual Studio Code, Neovim, Helix, Zed and JetBrains IDEs.")]
pub(super) struct Lsp {
    /// Has no effect; accepted because some editors pass it
    #[arg(long)]
    stdio: bool,
}

impl Lsp {
    /// Serves one editor until it exits.
    #[allow(clippy::unused_self, reason = "all commands are run alike")]
    pub(super) fn run(&self) -> Result<u8, Failure> {
        let (connection, threads) = Connection::stdio();
        let today = jiff::Zoned::now().date();
        let served = crate::lsp::serve(&connection, Options::on(today).in_parallel());
        drop(connection);
        // If the editor has crashed, the streams are closed too.
        let _ = threads.join();
        // The protocol asks for 1 where no `shutdown` came before `exit`.
        Ok(u8::from(!served?))
    }
}
