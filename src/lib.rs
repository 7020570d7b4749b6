//! `srmc` compiles `.srm` files, in which people declare who is responsible for what, and proves
//! that no duty is left without a holder and none has two.
//!
//! Files become a [`Compilation`]: the texts, the models in them, and the findings. A model without
//! errors has a [`Matrix`], from which every output is made.
//!
//! ```
//! use srmc::{Compilation, Memory, Options};
//!
//! let text = r#"
//! party provider
//! party customer
//! axis service { iaas, saas }
//!
//! model cloud {
//!   duty patching
//!   customer owns patching when service = iaas
//! }
//! "#;
//! let files = Memory::new().with("cloud.srm", text);
//! let options = Options::on("2026-11-21".parse()?);
//! let compilation = Compilation::new(files.root("cloud.srm").into_iter().collect(), &files, options);
//!
//! let gap = compilation.findings.iter().find(|finding| finding.is_error()).ok_or("sound")?;
//! assert_eq!(gap.code.id(), "SRM0301");
//! let shown = srmc::diagnostic::human::render(&[gap.clone()], &compilation.sources, false);
//! assert!(shown.starts_with("error[SRM0301]: nobody owns `patching` when `service = saas`"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! Each step is a separate module, and data flows in one direction:
//!
//! ```text
//! files ──► load ──► syntax ──► resolve ──► check ──► matrix ──► view ──► emit ──► bytes
//! ```
//!
//! | to | use |
//! | --- | --- |
//! | check texts | [`Compilation`], [`Options`], [`Memory`], or a [`FileProvider`] of your own |
//! | show findings | [`diagnostic::human`], [`diagnostic::json`], [`diagnostic::sarif`] and others |
//! | fix them | [`fix`] |
//! | write outputs | [`emit::TARGETS`], [`emit::emit`] |
//! | format a text | [`format::format`] |
//! | answer an editor | [`ide`], with byte positions and without a protocol |
//!
//! Without the feature `cli`, which is on by default, the library is pure: it accesses no file,
//! clock or terminal, and starts threads only if [`Options`] allow it.

pub mod check;
#[cfg(feature = "cli")]
pub mod cli;
pub mod compilation;
pub mod diagnostic;
#[cfg(feature = "cli")]
pub mod disk;
pub mod emit;
pub mod fix;
pub mod format;
pub mod ide;
pub mod load;
#[cfg(feature = "cli")]
pub mod lsp;
pub mod matrix;
pub mod model;
pub mod paths;
#[cfg(feature = "cli")]
pub mod project;
pub mod resolve;
pub mod role;
pub mod source;
pub mod space;
pub mod syntax;
mod threads;
pub mod view;

pub use check::{Checked, Options};
pub use compilation::Compilation;
pub use diagnostic::{Code, Diagnostic};
pub use emit::{Output, Target};
pub use fix::Fix;
pub use load::{FileProvider, Memory, SourceInput};
pub use matrix::Matrix;
pub use model::Model;
