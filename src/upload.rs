//! Publishes a site to an object store, such that every page that can be reached is whole at every
//! moment.
//!
//! A store has no atomic rename. So objects are uploaded in an order that keeps pages whole
//! (`disk::publish::order`): files with new names first, then new pages, then pages that change,
//! then the data that lead to them, the home page last. What nothing needs any longer is deleted
//! after that. A manifest in the store lists what handbook wrote there, for which audience, and a
//! fingerprint of each object. It is written before the first upload, with old and new names, so
//! that the next run knows every object that an interrupted run left.

mod environment;
mod error;
mod manifest;
mod owned;
mod plan;
mod responses;
mod send;
mod store;

pub use error::UploadError;
pub use store::Store;

use crate::disk::Project;
use crate::disk::publish::{Consent, Differences, Publication};
use crate::message;
use crate::site::Site;
use plan::Plan;

/// How objects are stored.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Options {
    /// Whether texts are stored gzip-compressed, with the header that says so. A store cannot
    /// choose between two forms as a web server can.
    pub precompress: bool,
    /// What the user has confirmed.
    pub consent: Consent,
}

/// Publishes a site to a store. `progress` is called with the number of objects that have been
/// compared and uploaded. It runs its own runtime, so it must not be called from an asynchronous
/// function.
///
/// # Errors
/// See [`UploadError`]. Every page in the store is then still whole, and the next run finishes.
pub fn publish(
    site: &Site,
    project: &Project,
    store: &Store,
    options: Options,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Publication, UploadError> {
    let runtime = runtime()?;
    let plan = Plan::new(&runtime, site, project, store, options, progress).map_err(UploadError::before)?;
    send::send(&runtime, &plan, progress)
}

/// What [`publish`] would do; writes nothing.
///
/// # Errors
/// As [`publish`].
pub fn compare(
    site: &Site,
    project: &Project,
    store: &Store,
    options: Options,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Differences, UploadError> {
    let plan = Plan::new(&runtime()?, site, project, store, options, progress);
    plan.map(Plan::differences).map_err(UploadError::before)
}

fn runtime() -> Result<tokio::runtime::Runtime, UploadError> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| UploadError::Refused(message!("upload-no-threads", reason = &error)))
}
