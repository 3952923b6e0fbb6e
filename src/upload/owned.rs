//! The ownership check: which objects in a store have the content that handbook wrote.
//!
//! The manifest has the ETag and the size of each object. Where these differ, or a run was
//! interrupted, the object itself is read and its fingerprint compared.

use super::error::UploadError;
use super::manifest::{Entry, Manifest};
use super::plan::{hash_text, header_hash};
use super::store::Store;
use crate::compress::{Encoding, LARGEST};
use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::{ObjectMeta, ObjectStoreExt};
use std::collections::BTreeMap;

/// Objects that are checked at a time.
const MAX_REQUESTS: usize = 16;
/// The first bytes of every gzip stream.
const GZIP: &[u8] = b"\x1f\x8b";

/// An object as the store lists it.
#[derive(Debug, Clone)]
pub(super) struct RemoteObject {
    pub(super) size: u64,
    pub(super) tag: Option<String>,
}

impl RemoteObject {
    pub(super) fn new(object: &ObjectMeta) -> Self {
        Self { size: object.size, tag: object.e_tag.as_deref().map(plain_tag) }
    }
}

/// An ETag without the prefix and quotes that only some responses have.
pub(super) fn plain_tag(tag: &str) -> String {
    tag.trim_start_matches("W/").trim_matches('"').to_owned()
}

impl Entry {
    /// Whether the object may be what was written, as far as the listing shows.
    pub(super) fn fits(&self, remote: &RemoteObject) -> bool {
        let other = self.tag.as_ref().zip(remote.tag.as_ref()).is_some_and(|(known, tag)| known != tag);
        self.size == remote.size && !other
    }

    /// Whether the listing proves that the object is what was written.
    fn is(&self, remote: &RemoteObject) -> bool {
        self.fits(remote) && self.tag.is_some() && remote.tag.is_some()
    }

    /// The same entry with size and ETag of the listing.
    pub(super) fn as_remote(&self, remote: &RemoteObject) -> Self {
        Self { size: remote.size, tag: remote.tag.clone().or_else(|| self.tag.clone()), ..self.clone() }
    }
}

/// The entries of those objects that handbook wrote. All of them exist and are in the manifest.
pub(super) async fn find_owned(
    store: &Store,
    manifest: &Manifest,
    objects: Vec<(&str, &RemoteObject)>,
) -> Result<BTreeMap<String, Entry>, UploadError> {
    let looked = objects.into_iter().map(|(address, remote)| async move {
        let known = manifest.files.get(address).and_then(Option::as_ref);
        if manifest.trusts_names {
            let entry = known.map_or_else(|| Entry::new("", remote), |known| known.as_remote(remote));
            return Ok(Some((address.to_owned(), entry)));
        }
        if let Some(known) = known.filter(|known| known.is(remote)) {
            return Ok(Some((address.to_owned(), known.clone())));
        }
        let known = known.map(|known| known.hash.as_str());
        let hashes: Vec<&str> =
            known.into_iter().chain(manifest.pending.get(address).map(String::as_str)).collect();
        let hash = if hashes.is_empty() {
            None
        } else {
            matching_hash(store, address, remote.size, &hashes).await?
        };
        Ok(hash.map(|hash| (address.to_owned(), Entry::new(hash, remote))))
    });
    let all: Vec<Option<(String, Entry)>> =
        stream::iter(looked).buffer_unordered(MAX_REQUESTS).try_collect().await?;
    Ok(all.into_iter().flatten().collect())
}

impl Entry {
    fn new(hash: &str, remote: &RemoteObject) -> Self {
        Self { hash: hash.to_owned(), size: remote.size, tag: remote.tag.clone(), chapter: false }
    }
}

/// The fingerprint of these that an object has.
async fn matching_hash<'a>(
    store: &Store,
    address: &str,
    size: u64,
    hashes: &[&'a str],
) -> Result<Option<&'a str>, UploadError> {
    let failed = |error: object_store::Error| store.failed(address, &error);
    let object = match store.objects.get(&store.object(address)?).await {
        Err(object_store::Error::NotFound { .. }) => return Ok(None),
        object => object.map_err(failed)?,
    };
    // The options with which it was published are unknown, but part of its fingerprint.
    let heads = [0, 1, 2, 3, 4, 5, 6, 7].map(|bits| (bits & 1 > 0, bits & 2 > 0, bits & 4 > 0));
    let begin = |(attachment, packed, private)| header_hash(address, attachment, packed, private);
    let mut made = heads.map(begin);
    let (mut whole, mut length) = (Vec::new(), 0);
    let mut parts = object.into_stream();
    while let Some(part) = parts.try_next().await.map_err(failed)? {
        length += part.len() as u64;
        if length > size {
            // It has changed since it was listed.
            return Ok(None);
        }
        made.iter_mut().for_each(|hash| hash.update(&part));
        let packed = whole.len() + part.len() <= LARGEST && (!whole.is_empty() || part.starts_with(GZIP));
        if packed {
            whole.extend_from_slice(&part);
        }
    }
    let mut all: Vec<String> = made.iter().map(hash_text).collect();
    if let Some(plain) =
        Some(whole).filter(|whole| !whole.is_empty()).and_then(|whole| Encoding::Gzip.unpack(&whole, LARGEST))
    {
        all.extend(heads.map(|asked| {
            let mut hash = begin(asked);
            hash.update(&plain);
            hash_text(&hash)
        }));
    }
    Ok(hashes.iter().copied().find(|hash| all.iter().any(|made| made == hash)))
}
