//! A place in an object store, and how it is reached.

use super::refusal::{UploadError, words};
use object_store::ObjectStore;
use object_store::aws::{AmazonS3Builder, AmazonS3ConfigKey};
use object_store::path::Path;
use std::sync::Arc;

/// A place in an object store.
#[derive(Debug, Clone)]
pub struct Store {
    pub(super) objects: Arc<dyn ObjectStore>,
    /// Without `/` at its ends; empty for the whole store.
    prefix: String,
    /// What messages call it.
    shown: String,
}

impl Store {
    /// A place in a store that is open already. `shown` is what messages call it.
    #[must_use]
    pub fn new(objects: Arc<dyn ObjectStore>, prefix: &str, shown: &str) -> Self {
        Self { objects, prefix: prefix.trim_matches('/').to_owned(), shown: shown.to_owned() }
    }

    /// A bucket of S3 or of a store that speaks its protocol. Credentials,
    /// region and all else come from the environment (`AWS_…`); `endpoint`
    /// outweighs `AWS_ENDPOINT`.
    ///
    /// # Errors
    /// Words on a setting that is missing or wrong.
    pub fn s3(bucket: &str, prefix: &str, endpoint: Option<&str>) -> Result<Self, UploadError> {
        // Fails only where one is set already, which is as good.
        let _ = rustls::crypto::ring::default_provider().install_default();
        let mut builder = AmazonS3Builder::from_env().with_bucket_name(bucket);
        if let Some(endpoint) = endpoint {
            builder = builder.with_endpoint(endpoint);
        }
        let endpoint = builder.get_config_value(&AmazonS3ConfigKey::Endpoint).unwrap_or_default();
        if endpoint.contains('@') {
            return Err(UploadError::Refused(
                "an endpoint holds no credentials: give them in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY"
                    .to_owned(),
            ));
        }
        // Whoever writes http:// means it.
        if endpoint.starts_with("http://") {
            builder = builder.with_allow_http(true);
        }
        let shown = format!("s3://{bucket}/{prefix}");
        let objects = builder
            .build()
            .map_err(|error| UploadError::Refused(format!("{shown} cannot be reached: {}", words(&error))))?;
        Ok(Self::new(Arc::new(objects), prefix, shown.trim_end_matches('/')))
    }

    /// What messages call this place.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// The object of an address.
    pub(super) fn object(&self, address: &str) -> Result<Path, UploadError> {
        let name =
            if self.prefix.is_empty() { address.to_owned() } else { format!("{}/{address}", self.prefix) };
        Path::parse(&name).ok().filter(|path| path.as_ref() == name).ok_or_else(|| {
            UploadError::Refused(format!(
                "{address:?} cannot be the name of an object; nothing was touched\n  rename the file"
            ))
        })
    }

    /// All of it; `None` for a whole store.
    pub(super) fn root(&self) -> Result<Option<Path>, UploadError> {
        if self.prefix.is_empty() {
            return Ok(None);
        }
        Path::parse(&self.prefix).map(Some).map_err(|error| UploadError::Refused(error.to_string()))
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
        UploadError::Store(format!("{}/{address}", self.shown), words(error))
    }
}
