//! How the client names files, byte for byte.
//!
//! In: URIs of the client, and canonical paths. Out: paths and URIs. Always: an open document is named as
//! the client named it when it opened it; any other file below one of the client's folders is named below
//! the URI of that folder, so that an editor that came through a link stays behind it. Clients write
//! characters into URIs that belong there only in an escaped form, such as `[`: these are escaped on their
//! way in, and put back on their way out.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr as _;

use serde_json::Value;
use url::Url;

use super::types::Uri;

/// The path that a URI names, without resolving links; for a URI without a file, such as an unsaved
/// document, the URI itself.
pub(super) fn path_of(uri: &Uri) -> PathBuf {
    let file = Url::parse(uri.as_str())
        .ok()
        .filter(|url| url.scheme() == "file")
        .and_then(|url| url.to_file_path().ok());
    file.unwrap_or_else(|| PathBuf::from(uri.as_str()))
}

/// The URI of a file, if nothing is known of how the client names it.
pub(super) fn uri_of(path: &Path) -> Option<Uri> {
    let url = Url::from_file_path(path).ok();
    let text = match &url {
        Some(url) => url.as_str(),
        None => path.to_str()?,
    };
    Uri::from_str(&escaped(text)).ok()
}

/// A folder of the client.
#[derive(Debug)]
pub(super) struct ClientFolder {
    /// Its canonical path.
    pub path: PathBuf,
    /// How the client names it.
    pub uri: Uri,
}

impl ClientFolder {
    /// The URI of a file below it.
    pub(super) fn uri_below(&self, path: &Path) -> Option<Uri> {
        let below = path.strip_prefix(&self.path).ok()?;
        let mut text = self.uri.as_str().trim_end_matches('/').to_owned();
        for part in below.components() {
            // The path of a file with just this name has it escaped at its end.
            let name = Url::from_file_path(Path::new("/").join(part)).ok()?;
            text.push_str(name.path());
        }
        Uri::from_str(&escaped(&text)).ok()
    }
}

/// A URI in which characters that may not stand there are escaped.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_control() || !c.is_ascii() || " \"<>[]\\^`{|}".contains(c) {
            let mut bytes = [0; 4];
            for byte in c.encode_utf8(&mut bytes).bytes() {
                out.push_str(&format!("%{byte:02X}"));
            }
        } else {
            out.push(c);
        }
    }
    out
}

/// URIs as the client wrote them, where that is not how they are read.
#[derive(Debug, Default)]
pub(super) struct RawUris {
    /// By the escaped form.
    written: BTreeMap<String, String>,
}

impl RawUris {
    /// Escapes the URIs in a message of the client.
    pub(super) fn incoming(&mut self, message: &mut Value) {
        match message {
            Value::Object(fields) => {
                for (key, value) in fields {
                    match value {
                        Value::String(text) if is_uri(key) && Uri::from_str(text).is_err() => {
                            let read = escaped(text);
                            self.written
                                .insert(read.clone(), std::mem::replace(text, read));
                        }
                        other => self.incoming(other),
                    }
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|it| self.incoming(it)),
            _ => {}
        }
    }

    /// Puts the URIs in a message for the client back into the form that it knows.
    pub(super) fn outgoing(&self, message: &mut Value) {
        if self.written.is_empty() {
            return;
        }
        match message {
            Value::Object(fields) => {
                // The edits of a rename are keyed by URI.
                let known: Vec<String> = fields.keys().cloned().collect();
                for key in known.iter().filter(|key| self.written.contains_key(*key)) {
                    if let Some(value) = fields.remove(key) {
                        fields.insert(self.written[key].clone(), value);
                    }
                }
                for (key, value) in fields {
                    match value {
                        Value::String(text) if is_uri(key) || key == "target" => {
                            if let Some(written) = self.written.get(text) {
                                text.clone_from(written);
                            }
                        }
                        other => self.outgoing(other),
                    }
                }
            }
            Value::Array(list) => list.iter_mut().for_each(|it| self.outgoing(it)),
            _ => {}
        }
    }
}

/// Whether a field of a message is a URI.
fn is_uri(key: &str) -> bool {
    key == "uri" || key.ends_with("Uri")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_path_has_a_uri_that_names_it() {
        for name in [
            "/w/a.srm",
            "/w/[app]/a^b|c.srm",
            "/w/a b#c?d%e.srm",
            "/w/ä/`{}`.srm",
        ] {
            let uri = uri_of(Path::new(name)).expect("a URI");
            assert_eq!(path_of(&uri), Path::new(name), "{}", uri.as_str());
        }
    }

    #[test]
    fn a_file_is_named_below_the_clients_folder() {
        let folder = ClientFolder {
            path: "/real".into(),
            uri: Uri::from_str("file:///link%20to/").expect("a URI"),
        };
        let uri = |path: &str| folder.uri_below(Path::new(path));
        let told = uri("/real/[a]/b c.srm").expect("below");
        assert_eq!(told.as_str(), "file:///link%20to/%5Ba%5D/b%20c.srm");
        assert!(uri("/other/a.srm").is_none());
    }

    #[test]
    fn what_the_client_wrote_comes_back() {
        let mut raw = RawUris::default();
        let mut message = serde_json::json!({ "textDocument": { "uri": "file:///w/[app]/m.srm" } });
        raw.incoming(&mut message);
        let read = "file:///w/%5Bapp%5D/m.srm";
        assert_eq!(message["textDocument"]["uri"], read);
        let mut answer =
            serde_json::json!({ "changes": { read: [] }, "list": [{ "targetUri": read }] });
        raw.outgoing(&mut answer);
        let written = "file:///w/[app]/m.srm";
        assert_eq!(
            answer,
            serde_json::json!({ "changes": { written: [] }, "list": [{ "targetUri": written }] })
        );
    }
}
