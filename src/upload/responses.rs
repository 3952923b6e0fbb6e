//! Reads responses of a store within bounds: an endless listing or a huge manifest must not take
//! all memory or time.

use super::error::UploadError;
use super::owned::RemoteObject;
use super::store::Store;
use crate::disk::publish::MANIFEST;
use crate::locale::Message;
use crate::message;
use futures_util::TryStreamExt;
use object_store::list::{PaginatedListOptions, PaginatedListStore};
use object_store::{GetResult, ObjectMeta, ObjectStore};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Objects that a listing may have; a site of 100,000 chapters has fewer.
const MAX_OBJECTS: usize = 2_000_000;
/// Bytes that a manifest may have: some 100 for each object.
const MAX_MANIFEST: usize = 256 * 1024 * 1024;
/// Empty pages of a listing that may follow each other. Some stores leave deleted objects out of a
/// page and send the rest of it.
const MAX_EMPTY_PAGES: usize = 100;
/// Bytes of the token for the next page of a listing.
const MAX_TOKEN: usize = 8 * 1024;

/// All objects in the store but the manifest.
pub(super) async fn list(store: &Store) -> Result<HashMap<String, RemoteObject>, UploadError> {
    let mut listed = Listing { store, objects: HashMap::new() };
    match &store.pages {
        Some(pages) => listed.read_pages(&**pages).await?,
        None => {
            let root = store.root()?;
            let mut objects = store.objects.list(root.as_ref());
            while let Some(object) = objects.try_next().await.map_err(|error| store.failed("", &error))? {
                listed.add(&object)?;
            }
        }
    }
    Ok(listed.objects)
}

struct Listing<'a> {
    store: &'a Store,
    objects: HashMap<String, RemoteObject>,
}

impl Listing<'_> {
    async fn read_pages(&mut self, pages: &dyn PaginatedListStore) -> Result<(), UploadError> {
        let root = self.store.root()?.map(|root| format!("{root}/"));
        let mut token: Option<String> = None;
        let mut empty = 0;
        loop {
            let options =
                PaginatedListOptions { page_token: token.clone(), ..PaginatedListOptions::default() };
            let page = pages.list_paginated(root.as_deref(), options).await;
            let page = page.map_err(|error| self.store.failed("", &error))?;
            empty = if page.result.objects.is_empty() { empty + 1 } else { 0 };
            for object in &page.result.objects {
                self.add(object)?;
            }
            let Some(next) = page.page_token.filter(|next| !next.is_empty()) else { return Ok(()) };
            if token.as_ref() == Some(&next) || empty > MAX_EMPTY_PAGES || next.len() > MAX_TOKEN {
                return Err(implausible(self.store, message!("upload-absurd-endless")));
            }
            token = Some(next);
        }
    }

    fn add(&mut self, object: &ObjectMeta) -> Result<(), UploadError> {
        // What lies outside was not asked for; a mark for the folder itself is usual.
        let address = self.store.address(&object.location).filter(|address| *address != MANIFEST);
        let Some(address) = address else { return Ok(()) };
        match self.objects.entry(address.to_owned()) {
            Entry::Vacant(place) => place.insert(RemoteObject::new(object)),
            Entry::Occupied(_) => return Err(implausible(self.store, message!("upload-absurd-twice"))),
        };
        match self.objects.len() > MAX_OBJECTS {
            true => Err(implausible(self.store, message!("upload-absurd-many"))),
            false => Ok(()),
        }
    }
}

/// The bytes of a manifest.
pub(super) async fn bytes(store: &Store, object: GetResult) -> Result<Vec<u8>, UploadError> {
    let mut parts = object.into_stream();
    let mut bytes = Vec::new();
    while let Some(part) = parts.try_next().await.map_err(|error| store.failed(MANIFEST, &error))? {
        if bytes.len() + part.len() > MAX_MANIFEST {
            return Err(implausible(store, message!("upload-absurd-manifest")));
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

fn implausible(store: &Store, what: Message) -> UploadError {
    UploadError::Store(store.shown().to_owned(), message!("upload-absurd", what = what))
}
