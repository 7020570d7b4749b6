//! Starts `srmc lsp` for Zed.

use zed_extension_api as zed;

struct Srm;

impl zed::Extension for Srm {
    fn new() -> Self {
        Self
    }

    fn language_server_command(&mut self, _: &zed::LanguageServerId, worktree: &zed::Worktree) -> zed::Result<zed::Command> {
        let command = worktree.which("srmc").ok_or("install srmc, and have it in your PATH")?;
        Ok(zed::Command { command, args: vec!["lsp".into()], env: worktree.shell_env() })
    }
}

zed::register_extension!(Srm);
