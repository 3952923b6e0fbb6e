//! Publishing a site to an object store, so that every page that can be
//! reached is a whole page at every moment.
//!
//! A store cannot rename many objects at once, as a disk can rename files. So
//! the order does the work (`disk::publish::order`): files with new names
//! first, then new pages, then pages that change, then the data that lead to
//! them, the home page last; and only then goes what nothing needs any more.
//! A manifest in the store lists what handbook put there, for whom, and a
//! fingerprint of each object. It is written before the first upload with old and new names
//! together, so that a run that is cut off leaves nothing that the next run
//! does not know.

mod answers;
mod environment;
mod manifest;
mod owned;
mod plan;
mod refusal;
mod send;
mod store;

pub use refusal::UploadError;
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
    /// Texts are stored gzip-compressed, with the header that says so. A store
    /// cannot choose between two forms, as a web server can.
    pub precompress: bool,
    /// What is no slip.
    pub consent: Consent,
}

/// Puts a site into a store. `progress` is called with the number of objects
/// compared and sent so far. Runs a runtime of its own: not to be called from
/// an asynchronous function.
///
/// # Errors
/// See [`UploadError`]. What can be reached in the store is then whole, page by
/// page, and the next run finishes.
pub fn publish(
    site: &Site,
    project: &Project,
    store: &Store,
    options: Options,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Publication, UploadError> {
    let runtime = runtime()?;
    let plan = Plan::make(&runtime, site, project, store, options, progress).map_err(UploadError::before)?;
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
    let plan = Plan::make(&runtime()?, site, project, store, options, progress);
    plan.map(Plan::differences).map_err(UploadError::before)
}

fn runtime() -> Result<tokio::runtime::Runtime, UploadError> {
    tokio::runtime::Builder::new_multi_thread()
        .worker_threads(2)
        .enable_all()
        .build()
        .map_err(|error| UploadError::Refused(message!("upload-no-threads", reason = &error)))
}
