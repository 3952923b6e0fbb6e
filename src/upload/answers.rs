//! What a store says, taken in with bounds: a list that never ends, or a
//! manifest as large as a disk, must not take all memory or all time.

use super::owned::Found;
use super::refusal::UploadError;
use super::store::Store;
use crate::disk::publish::MANIFEST;
use crate::locale::Message;
use crate::message;
use futures_util::TryStreamExt;
use object_store::list::{PaginatedListOptions, PaginatedListStore};
use object_store::{GetResult, ObjectMeta, ObjectStore};
use std::collections::HashMap;
use std::collections::hash_map::Entry;

/// Objects that a list may have; a site of 100,000 chapters has fewer.
const MOST: usize = 2_000_000;
/// Bytes that a manifest may have: some 100 for each object.
const LARGEST: usize = 256 * 1024 * 1024;
/// Pages of a list that may hold nothing, one after the other. Some stores
/// leave out what was deleted, and send what is left of a page.
const EMPTY: usize = 100;
/// Bytes of the word by which a store finds the next page of its list again.
const TOKEN: usize = 8 * 1024;

/// All objects there but the manifest.
pub(super) async fn list(store: &Store) -> Result<HashMap<String, Found>, UploadError> {
    let mut listed = Listed { store, there: HashMap::new() };
    match &store.pages {
        Some(pages) => listed.take_pages(&**pages).await?,
        None => {
            let root = store.root()?;
            let mut objects = store.objects.list(root.as_ref());
            while let Some(object) = objects.try_next().await.map_err(|error| store.failed("", &error))? {
                listed.take(&object)?;
            }
        }
    }
    Ok(listed.there)
}

struct Listed<'a> {
    store: &'a Store,
    there: HashMap<String, Found>,
}

impl Listed<'_> {
    async fn take_pages(&mut self, pages: &dyn PaginatedListStore) -> Result<(), UploadError> {
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
                self.take(object)?;
            }
            let Some(next) = page.page_token.filter(|next| !next.is_empty()) else { return Ok(()) };
            if token.as_ref() == Some(&next) || empty > EMPTY || next.len() > TOKEN {
                return Err(absurd(self.store, message!("upload-absurd-endless")));
            }
            token = Some(next);
        }
    }

    fn take(&mut self, object: &ObjectMeta) -> Result<(), UploadError> {
        // What lies outside was not asked for; a mark for the folder itself is usual.
        let address = self.store.address(&object.location).filter(|address| *address != MANIFEST);
        let Some(address) = address else { return Ok(()) };
        match self.there.entry(address.to_owned()) {
            Entry::Vacant(place) => place.insert(Found::of(object)),
            Entry::Occupied(_) => return Err(absurd(self.store, message!("upload-absurd-twice"))),
        };
        match self.there.len() > MOST {
            true => Err(absurd(self.store, message!("upload-absurd-many"))),
            false => Ok(()),
        }
    }
}

/// The bytes of a manifest.
pub(super) async fn bytes(store: &Store, found: GetResult) -> Result<Vec<u8>, UploadError> {
    let mut parts = found.into_stream();
    let mut bytes = Vec::new();
    while let Some(part) = parts.try_next().await.map_err(|error| store.failed(MANIFEST, &error))? {
        if bytes.len() + part.len() > LARGEST {
            return Err(absurd(store, message!("upload-absurd-manifest")));
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

fn absurd(store: &Store, what: Message) -> UploadError {
    UploadError::Store(store.shown().to_owned(), message!("upload-absurd", what = what))
}
