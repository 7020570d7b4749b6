//! Files that can be used, within the text of a `use`.

use super::{Completion, Offer, OfferKind};
use crate::ide::Snapshot;
use crate::load::{FileProvider, is_source};

/// The files and folders that can complete the path that begins at a byte.
pub(super) fn completion(
    files: &dyn FileProvider,
    snapshot: &Snapshot,
    byte: usize,
) -> Option<Completion> {
    let line = snapshot.text[..byte].rfind('\n').map_or(0, |at| at + 1);
    let written = snapshot.text[line..byte]
        .trim_start()
        .strip_prefix("use")?
        .trim_start()
        .strip_prefix('"')?;
    let inside = written.rfind('/').map_or("", |slash| &written[..=slash]);
    let folder = snapshot.path.parent()?.join(inside);
    let offers = files.list(&folder).into_iter().filter_map(|entry| {
        if entry.is_folder {
            let is_hidden = entry.name.starts_with('.');
            return (!is_hidden).then(|| Offer::new(OfferKind::Folder, entry.name + "/", ""));
        }
        let path = folder.join(&entry.name);
        let fits = is_source(&path) && path != snapshot.path;
        fits.then(|| Offer::new(OfferKind::File, entry.name, ""))
    });
    Some(Completion {
        offers: offers.collect(),
        replaces: byte - written.len() + inside.len()..byte,
    })
}
