//! A place in an object store, and how it is reached.

use super::environment;
use super::error::{UploadError, describe, describe_setting};
use crate::message;
use object_store::ObjectStore;
use object_store::list::PaginatedListStore;
use object_store::path::Path;
use std::sync::Arc;

/// A place in an object store.
#[derive(Clone)]
pub struct Store {
    pub(super) objects: Arc<dyn ObjectStore>,
    /// The same, where its list comes in pages that can be counted.
    pub(super) pages: Option<Arc<dyn PaginatedListStore>>,
    /// Without `/` at its ends; empty for the whole store.
    prefix: String,
    /// What messages call it.
    shown: String,
}

impl std::fmt::Debug for Store {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Store").field(&self.shown).finish()
    }
}

impl Store {
    /// A place in a store that is open already. `shown` is what messages call it.
    #[must_use]
    pub fn new(objects: Arc<dyn ObjectStore>, prefix: &str, shown: &str) -> Self {
        Self { objects, pages: None, prefix: prefix.trim_matches('/').to_owned(), shown: shown.to_owned() }
    }

    /// A bucket of S3 or of a store that speaks its protocol. Credentials,
    /// region and all else come from the environment (`AWS_…`); `endpoint`
    /// outweighs `AWS_ENDPOINT`.
    ///
    /// # Errors
    /// What is said of a setting that is missing or wrong.
    pub fn s3(bucket: &str, prefix: &str, endpoint: Option<&str>) -> Result<Self, UploadError> {
        // Fails only where one is set already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let builder = environment::builder(bucket, endpoint)
            .map_err(UploadError::Refused)?
            // Not every store can delete many objects by one request, and the answer
            // to one may name objects that nobody asked about.
            .with_disable_bulk_delete(true);
        let shown = format!("s3://{bucket}/{prefix}");
        let objects = builder.build().map_err(|error| {
            UploadError::Refused(message!(
                "upload-unreachable",
                store = &shown,
                detail = describe_setting(&error)
            ))
        })?;
        let pages: Arc<dyn PaginatedListStore> = Arc::new(objects.clone());
        Ok(Self { pages: Some(pages), ..Self::new(Arc::new(objects), prefix, shown.trim_end_matches('/')) })
    }

    /// What messages call this place.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// What messages call an object.
    pub(super) fn named(&self, address: &str) -> String {
        format!("{}/{address}", self.shown)
    }

    /// The object of an address.
    pub(super) fn object(&self, address: &str) -> Result<Path, UploadError> {
        let name =
            if self.prefix.is_empty() { address.to_owned() } else { format!("{}/{address}", self.prefix) };
        Path::parse(&name)
            .ok()
            .filter(|path| path.as_ref() == name)
            .ok_or_else(|| UploadError::Refused(message!("upload-object-name", address = address)))
    }

    /// All of it; `None` for a whole store.
    pub(super) fn root(&self) -> Result<Option<Path>, UploadError> {
        if self.prefix.is_empty() {
            return Ok(None);
        }
        Path::parse(&self.prefix)
            .map(Some)
            .map_err(|_| UploadError::Refused(message!("upload-prefix", prefix = &self.prefix)))
    }

    /// The address of an object; `None` for one outside.
    pub(super) fn address<'a>(&self, object: &'a Path) -> Option<&'a str> {
        let name: &'a str = object.as_ref();
        if self.prefix.is_empty() {
            return Some(name);
        }
        name.strip_prefix(self.prefix.as_str())?.strip_prefix('/')
    }

    pub(super) fn failed(&self, address: &str, error: &object_store::Error) -> UploadError {
        UploadError::Store(self.named(address), describe(error))
    }
}
