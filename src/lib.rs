//! `srmc` compiles `.srm` files, in which people declare who is responsible for what.
//!
//! ```text
//! files ──► load ──► syntax ──► resolve ──► check ──► matrix ──► view ──► emit ──► bytes
//! ```
//!
//! Data goes one way. Only [`cli`], [`load::Disk`] and [`project`] touch files, the clock or the
//! terminal; everything between is a pure function from values to values.

pub mod check;
pub mod cli;
pub mod compilation;
pub mod diagnostic;
pub mod disk;
pub mod emit;
pub mod fix;
pub mod format;
pub mod ide;
pub mod load;
pub mod lsp;
pub mod matrix;
pub mod model;
pub mod paths;
pub mod project;
pub mod resolve;
pub mod role;
pub mod source;
pub mod space;
pub mod syntax;
pub mod view;
