//! The language server: the same core as the command line, asked from an editor.
//!
//! In: messages of the Language Server Protocol 3.17. Out: answers, and findings as somebody types.
//! Always: a request is answered from the text as the client last told it; files that a change only
//! touches from afar are checked when no message waits; no message makes the server stop but
//! `exit`.
//!
//! ```text
//! messages ──► server ──► handlers ──► answers      a file a request: places to bytes and back
//!                            │
//!                           ide                      what to answer, in bytes
//! ```

mod document;
mod handlers;
mod server;
mod state;
mod types;

pub use server::serve;
