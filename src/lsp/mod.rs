//! The language server: the same core as the command line, used from an editor.
//!
//! In: messages of the Language Server Protocol 3.17. Out: answers, and findings while the user
//! types. Always: a request is answered from the client's latest text; files that a change affects
//! only indirectly are checked when no message is waiting; only `exit` stops the server.
//!
//! ```text
//! messages ──► server ──► handlers ──► answers      one file per request: positions ↔ bytes
//!                            │
//!                           ide                      what to answer, in bytes
//! ```

mod document;
mod handlers;
mod server;
mod state;
mod types;
mod uris;

pub use server::serve;
