//! `srmc build`

use clap::Args;

use super::{Common, Failure};

/// Arguments of `srmc build`.
#[derive(Args)]
pub struct Build {
    #[command(flatten)]
    common: Common,
}

impl Build {
    /// Checks, then writes outputs.
    pub fn run(&self) -> Result<u8, Failure> {
        let _ = self.common.work()?;
        Ok(0)
    }
}
