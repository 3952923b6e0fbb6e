//! The manifest: the object that lists what handbook wrote to a store.

use super::error::UploadError;
use super::store::Store;
use crate::disk::publish::origin::Origin;
use crate::disk::publish::{MANIFEST, VERSION, is_plain};
use crate::message;
use object_store::{
    Attribute, Attributes, ObjectStore, ObjectStoreExt, PutMode, PutOptions, PutPayload, PutResult,
    UpdateVersion,
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is known of an object.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Entry {
    /// Fingerprint of headers and contents, before compression.
    pub(super) hash: String,
    /// Bytes as they are stored.
    pub(super) size: u64,
    /// The store's ETag of this version.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) tag: Option<String>,
    /// Whether it is a chapter's page.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) chapter: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct ManifestFile {
    generator: String,
    version: u32,
    #[serde(default)]
    site: Option<Origin>,
    /// Version 1 wrote `None` for an object that a run was about to change.
    files: BTreeMap<String, Option<Entry>>,
    /// Fingerprints of objects that a run is about to write.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pending: BTreeMap<String, String>,
}

/// The manifest as it is in the store.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// Which site it is of; `None` in version 1.
    pub(super) origin: Option<Origin>,
    pub(super) files: BTreeMap<String, Option<Entry>>,
    pub(super) pending: BTreeMap<String, String>,
    /// Whether a listed name suffices as proof of ownership: version 1 had no ETags.
    pub(super) trusts_names: bool,
    /// Which version in the store it is; `None` if there is none yet.
    version: Option<UpdateVersion>,
}

impl Manifest {
    /// Reads the manifest; `None` if the store has none.
    pub(super) async fn read(store: &Store) -> Result<Option<Self>, UploadError> {
        let failed = |error: object_store::Error| store.failed(MANIFEST, &error);
        let object = match store.objects.get(&store.object(MANIFEST)?).await {
            Err(object_store::Error::NotFound { source, .. }) if is_missing_object(&source.to_string()) => {
                return Ok(None);
            }
            object => object.map_err(failed)?,
        };
        let version =
            UpdateVersion { e_tag: object.meta.e_tag.clone(), version: object.meta.version.clone() };
        let bytes = super::responses::bytes(store, object).await?;
        let text: ManifestFile = serde_json::from_slice(&bytes)
            .ok()
            .filter(|text: &ManifestFile| (1..=VERSION).contains(&text.version))
            .ok_or_else(|| {
                let object = format!("{}/{MANIFEST}", store.shown());
                UploadError::Refused(message!("upload-other-version", object = object))
            })?;
        Ok(Some(Self {
            origin: text.site,
            files: text.files.into_iter().filter(|(name, _)| is_plain(name)).collect(),
            pending: text.pending.into_iter().filter(|(name, _)| is_plain(name)).collect(),
            trusts_names: text.version == 1,
            version: Some(version),
        }))
    }

    /// A manifest with other entries, to be written over this one.
    pub(super) fn with(
        &self,
        origin: &Origin,
        files: BTreeMap<String, Entry>,
        pending: BTreeMap<String, String>,
    ) -> Self {
        Self {
            origin: Some(origin.clone()),
            files: files.into_iter().map(|(name, entry)| (name, Some(entry))).collect(),
            pending,
            trusts_names: false,
            version: self.version.clone(),
        }
    }

    /// Takes the entries of another manifest, to be written over this one.
    pub(super) fn replace_with(&mut self, other: Self) {
        *self = Self { version: self.version.take(), ..other };
    }

    /// Whether both have the same entries.
    pub(super) fn is_same_as(&self, other: &Self) -> bool {
        self.origin == other.origin && self.files == other.files && self.pending == other.pending
    }

    /// Writes the manifest, unless somebody else has written it since it was read.
    pub(super) async fn write(&mut self, store: &Store) -> Result<(), UploadError> {
        let text = ManifestFile {
            generator: "handbook".to_owned(),
            version: VERSION,
            site: self.origin.clone(),
            files: self.files.clone(),
            pending: self.pending.clone(),
        };
        let bytes = serde_json::to_vec_pretty(&text).unwrap_or_default();
        let mode = match &self.version {
            Some(version) if version.e_tag.is_some() => PutMode::Update(version.clone()),
            Some(_) => PutMode::Overwrite,
            None => PutMode::Create,
        };
        let result = match put(store, bytes.clone(), mode).await {
            // Not every store supports conditional writes.
            Err(object_store::Error::NotImplemented { .. }) => put(store, bytes, PutMode::Overwrite).await,
            result => result,
        };
        match result {
            Ok(written) => {
                self.version = Some(UpdateVersion { e_tag: written.e_tag, version: written.version });
                Ok(())
            }
            Err(object_store::Error::Precondition { .. } | object_store::Error::AlreadyExists { .. }) => {
                Err(conflict(store))
            }
            Err(error) => Err(store.failed(MANIFEST, &error)),
        }
    }

    /// Fails if the manifest in the store is no longer the one that was written last.
    pub(super) async fn check(&self, store: &Store) -> Result<(), UploadError> {
        let meta = store.objects.head(&store.object(MANIFEST)?).await;
        let meta = meta.map_err(|error| store.failed(MANIFEST, &error))?;
        match self.version.as_ref().and_then(|version| version.e_tag.as_ref()) {
            Some(tag) if meta.e_tag.as_ref().is_some_and(|there| there != tag) => Err(conflict(store)),
            _ => Ok(()),
        }
    }
}

/// A bucket that does not exist is not an empty one.
fn is_missing_object(answer: &str) -> bool {
    !answer.contains("NoSuchBucket")
}

fn conflict(store: &Store) -> UploadError {
    UploadError::Store(store.shown().to_owned(), message!("upload-overtaken"))
}

async fn put(store: &Store, bytes: Vec<u8>, mode: PutMode) -> Result<PutResult, object_store::Error> {
    let object = store
        .object(MANIFEST)
        .map_err(|error| object_store::Error::Generic { store: "handbook", source: Box::new(error) })?;
    let mut attributes = Attributes::new();
    attributes.insert(Attribute::ContentType, "application/json".into());
    attributes.insert(Attribute::CacheControl, "no-store".into());
    let options = PutOptions { mode, attributes, ..PutOptions::default() };
    store.objects.put_opts(&object, PutPayload::from(bytes), options).await
}
