//! The object that lists what handbook put into a store.

use super::refusal::UploadError;
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
    /// What the store calls this very writing of it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) tag: Option<String>,
    /// Whether it is a chapter's page.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub(super) chapter: bool,
}

#[derive(Debug, Serialize, Deserialize)]
struct Text {
    generator: String,
    version: u32,
    #[serde(default)]
    site: Option<Origin>,
    /// The first form wrote `None` for an object that a run was about to change.
    files: BTreeMap<String, Option<Entry>>,
    /// Fingerprints of objects that a run is about to write.
    #[serde(default, skip_serializing_if = "BTreeMap::is_empty")]
    pending: BTreeMap<String, String>,
}

/// The list as it stands in the store.
#[derive(Debug, Default)]
pub(super) struct Manifest {
    /// What site it is; `None` where the list is of the first form.
    pub(super) origin: Option<Origin>,
    pub(super) files: BTreeMap<String, Option<Entry>>,
    pub(super) pending: BTreeMap<String, String>,
    /// Whether its names alone are believed, as the first form had no tags.
    pub(super) is_of_names: bool,
    /// Which writing of it this is; `None` where there is none yet.
    version: Option<UpdateVersion>,
}

impl Manifest {
    /// `None` where the store holds none.
    pub(super) async fn read(store: &Store) -> Result<Option<Self>, UploadError> {
        let failed = |error: object_store::Error| store.failed(MANIFEST, &error);
        let found = match store.objects.get(&store.object(MANIFEST)?).await {
            Err(object_store::Error::NotFound { source, .. }) if is_missing_object(&source.to_string()) => {
                return Ok(None);
            }
            found => found.map_err(failed)?,
        };
        let version = UpdateVersion { e_tag: found.meta.e_tag.clone(), version: found.meta.version.clone() };
        let bytes = super::answers::bytes(store, found).await?;
        let text: Text = serde_json::from_slice(&bytes)
            .ok()
            .filter(|text: &Text| (1..=VERSION).contains(&text.version))
            .ok_or_else(|| {
                let object = format!("{}/{MANIFEST}", store.shown());
                UploadError::Refused(message!("upload-other-version", object = object))
            })?;
        Ok(Some(Self {
            origin: text.site,
            files: text.files.into_iter().filter(|(name, _)| is_plain(name)).collect(),
            pending: text.pending.into_iter().filter(|(name, _)| is_plain(name)).collect(),
            is_of_names: text.version == 1,
            version: Some(version),
        }))
    }

    /// Another list, to be written in the place of this one.
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
            is_of_names: false,
            version: self.version.clone(),
        }
    }

    /// Takes what another says, as the next writing of this one.
    pub(super) fn become_like(&mut self, other: Self) {
        *self = Self { version: self.version.take(), ..other };
    }

    /// Whether both say the same.
    pub(super) fn says(&self, other: &Self) -> bool {
        self.origin == other.origin && self.files == other.files && self.pending == other.pending
    }

    /// Writes the list, unless another has written it since it was read.
    pub(super) async fn write(&mut self, store: &Store) -> Result<(), UploadError> {
        let text = Text {
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
            // Not every store can look before it writes.
            Err(object_store::Error::NotImplemented { .. }) => put(store, bytes, PutMode::Overwrite).await,
            result => result,
        };
        match result {
            Ok(written) => {
                self.version = Some(UpdateVersion { e_tag: written.e_tag, version: written.version });
                Ok(())
            }
            Err(object_store::Error::Precondition { .. } | object_store::Error::AlreadyExists { .. }) => {
                Err(overtaken(store))
            }
            Err(error) => Err(store.failed(MANIFEST, &error)),
        }
    }

    /// Whether the list in the store is still the one written last.
    pub(super) async fn check(&self, store: &Store) -> Result<(), UploadError> {
        let found = store.objects.head(&store.object(MANIFEST)?).await;
        let found = found.map_err(|error| store.failed(MANIFEST, &error))?;
        match self.version.as_ref().and_then(|version| version.e_tag.as_ref()) {
            Some(tag) if found.e_tag.as_ref().is_some_and(|there| there != tag) => Err(overtaken(store)),
            _ => Ok(()),
        }
    }
}

/// A bucket that does not exist is no empty one.
fn is_missing_object(answer: &str) -> bool {
    !answer.contains("NoSuchBucket")
}

fn overtaken(store: &Store) -> UploadError {
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
