//! `srmc lsp`

use clap::Args;
use lsp_server::Connection;

use super::{FAILED, Failure};
use crate::check::Options;

/// Arguments of `srmc lsp`.
#[derive(Args)]
#[command(after_help = "\
Editors start it; it speaks the Language Server Protocol on standard input and output.
docs/editors.md tells how to set up Visual Studio Code, Neovim, Helix, Zed and JetBrains IDEs.")]
pub(super) struct Lsp {
    /// Accepted, as some editors pass it; there is no other way
    #[arg(long)]
    stdio: bool,
}

impl Lsp {
    /// Serves one editor until it leaves.
    #[allow(clippy::unused_self, reason = "all commands are run alike")]
    pub(super) fn run(&self) -> Result<u8, Failure> {
        let (connection, threads) = Connection::stdio();
        let today = jiff::Zoned::now().date();
        let served = crate::lsp::serve(&connection, Options::on(today).in_parallel());
        drop(connection);
        // An editor that died took the streams with it.
        let _ = threads.join();
        Ok(if served? { 0 } else { FAILED })
    }
}
