//! Which of the objects in a store hold what handbook wrote.
//!
//! The manifest says under which name the store keeps each writing (its tag) and
//! how long it is. Where that does not fit, or a run was cut off in between, the
//! object itself is read and its fingerprint compared.

use super::manifest::{Entry, Manifest};
use super::plan::{ended, head};
use super::refusal::UploadError;
use super::store::Store;
use crate::compress::{Encoding, LARGEST};
use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::{ObjectMeta, ObjectStoreExt};
use std::collections::BTreeMap;

/// Objects that are looked at at a time.
const AT_ONCE: usize = 16;
/// What every gzip stream begins with.
const GZIP: &[u8] = b"\x1f\x8b";

/// An object as the store lists it.
#[derive(Debug, Clone)]
pub(super) struct Found {
    pub(super) size: u64,
    pub(super) tag: Option<String>,
}

impl Found {
    pub(super) fn of(object: &ObjectMeta) -> Self {
        Self { size: object.size, tag: object.e_tag.as_deref().map(plain_tag) }
    }
}

/// A tag without what some answers have around it and others have not.
pub(super) fn plain_tag(tag: &str) -> String {
    tag.trim_start_matches("W/").trim_matches('"').to_owned()
}

impl Entry {
    /// Whether the object may be what was written, as far as a listing tells.
    pub(super) fn fits(&self, found: &Found) -> bool {
        let other = self.tag.as_ref().zip(found.tag.as_ref()).is_some_and(|(known, tag)| known != tag);
        self.size == found.size && !other
    }

    /// Whether the object is what was written, as a listing tells.
    fn is(&self, found: &Found) -> bool {
        self.fits(found) && self.tag.is_some() && found.tag.is_some()
    }

    /// The same, as the store has it.
    pub(super) fn as_found(&self, found: &Found) -> Self {
        Self { size: found.size, tag: found.tag.clone().or_else(|| self.tag.clone()), ..self.clone() }
    }
}

/// What is known of those of these objects that handbook wrote; all are there
/// and named by the manifest.
pub(super) async fn owned(
    store: &Store,
    manifest: &Manifest,
    objects: Vec<(&str, &Found)>,
) -> Result<BTreeMap<String, Entry>, UploadError> {
    let looked = objects.into_iter().map(|(address, found)| async move {
        let known = manifest.files.get(address).and_then(Option::as_ref);
        if manifest.is_of_names {
            let entry = known.map_or_else(|| Entry::new("", found), |known| known.as_found(found));
            return Ok(Some((address.to_owned(), entry)));
        }
        if let Some(known) = known.filter(|known| known.is(found)) {
            return Ok(Some((address.to_owned(), known.clone())));
        }
        let known = known.map(|known| known.hash.as_str());
        let hashes: Vec<&str> =
            known.into_iter().chain(manifest.pending.get(address).map(String::as_str)).collect();
        let hash = if hashes.is_empty() { None } else { read(store, address, found.size, &hashes).await? };
        Ok(hash.map(|hash| (address.to_owned(), Entry::new(hash, found))))
    });
    let all: Vec<Option<(String, Entry)>> =
        stream::iter(looked).buffer_unordered(AT_ONCE).try_collect().await?;
    Ok(all.into_iter().flatten().collect())
}

impl Entry {
    fn new(hash: &str, found: &Found) -> Self {
        Self { hash: hash.to_owned(), size: found.size, tag: found.tag.clone(), chapter: false }
    }
}

/// Which of these fingerprints an object has.
async fn read<'a>(
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
    // How it was asked for is not known, but is part of its fingerprint.
    let heads = [0, 1, 2, 3, 4, 5, 6, 7].map(|bits| (bits & 1 > 0, bits & 2 > 0, bits & 4 > 0));
    let begin = |(attachment, packed, private)| head(address, attachment, packed, private);
    let mut made = heads.map(begin);
    let (mut whole, mut length) = (Vec::new(), 0);
    let mut parts = object.into_stream();
    while let Some(part) = parts.try_next().await.map_err(failed)? {
        length += part.len() as u64;
        if length > size {
            // Another than was listed.
            return Ok(None);
        }
        made.iter_mut().for_each(|hash| hash.update(&part));
        let packed = whole.len() + part.len() <= LARGEST && (!whole.is_empty() || part.starts_with(GZIP));
        if packed {
            whole.extend_from_slice(&part);
        }
    }
    let mut all: Vec<String> = made.iter().map(ended).collect();
    if let Some(plain) =
        Some(whole).filter(|whole| !whole.is_empty()).and_then(|whole| Encoding::Gzip.unpack(&whole, LARGEST))
    {
        all.extend(heads.map(|asked| {
            let mut hash = begin(asked);
            hash.update(&plain);
            ended(&hash)
        }));
    }
    Ok(hashes.iter().copied().find(|hash| all.iter().any(|made| made == hash)))
}
