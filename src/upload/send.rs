//! Uploads what differs, phase by phase, and deletes what is left over.

use super::error::UploadError;
use super::manifest::Entry;
use super::owned::plain_tag;
use super::plan::{Body, Change, Plan, hash_text};
use crate::disk::publish::Publication;
use crate::disk::publish::order::removal_order;
use futures_util::{StreamExt, TryStreamExt, stream};
use object_store::{Attribute, ObjectStore, PutMultipartOptions, PutOptions, PutPayload, WriteMultipart};
use rayon::prelude::*;
use std::collections::BTreeMap;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use tokio::runtime::Runtime;

/// Objects that are rendered, and so held in memory, at a time.
const BATCH: usize = 64;
/// Requests that are open at a time.
const MAX_REQUESTS: usize = 16;
/// Bytes of a part; a larger file is uploaded in parts.
const PART: usize = 8 * 1024 * 1024;
/// Parts that are uploaded at a time.
const MAX_PARTS: usize = 4;

pub(super) fn send(
    runtime: &Runtime,
    plan: &Plan<'_>,
    progress: &(dyn Fn(u64) + Sync),
) -> Result<Publication, UploadError> {
    let publication = Publication {
        written: plan.changes.len() as u64,
        unchanged: plan.unchanged.len() as u64,
        removed: plan.leftovers.len() as u64,
        diagnostics: plan.diagnostics.clone(),
    };
    if plan.changes.is_empty() && plan.leftovers.is_empty() {
        let mut manifest = plan.final_manifest(BTreeMap::new());
        if !manifest.is_same_as(&plan.manifest) {
            runtime.block_on(manifest.write(plan.store))?;
        }
        return Ok(publication);
    }
    let mut manifest = plan.interim_manifest();
    runtime.block_on(manifest.write(plan.store))?;
    let mut sent: BTreeMap<String, Entry> = BTreeMap::new();
    for phase in plan.changes.chunk_by(|a, b| a.phase == b.phase) {
        for batch in phase.chunks(BATCH) {
            sent.extend(send_batch(runtime, plan, batch)?);
            progress(sent.len() as u64);
        }
    }
    if !plan.leftovers.is_empty() {
        runtime.block_on(manifest.check(plan.store))?;
        runtime.block_on(remove(plan))?;
    }
    manifest.replace_with(plan.final_manifest(sent));
    runtime.block_on(manifest.write(plan.store))?;
    Ok(publication)
}

/// An object, ready to be uploaded.
struct PreparedObject<'a> {
    address: &'a str,
    body: Body,
    hash: String,
    packed: bool,
    /// Whether it is an author's own file.
    attachment: bool,
}

fn send_batch(
    runtime: &Runtime,
    plan: &Plan<'_>,
    batch: &[Change],
) -> Result<Vec<(String, Entry)>, UploadError> {
    let made: Result<Vec<Option<PreparedObject<'_>>>, UploadError> =
        batch.par_iter().map(|change| prepare(plan, &change.address)).collect();
    let sending = made?.into_iter().flatten().map(|ready| send_one(plan, ready));
    runtime.block_on(stream::iter(sending).buffer_unordered(MAX_REQUESTS).try_collect())
}

fn prepare<'a>(plan: &Plan<'_>, address: &'a str) -> Result<Option<PreparedObject<'a>>, UploadError> {
    let Some(body) = plan.body(address).transpose()? else { return Ok(None) };
    let attachment = matches!(body, Body::File(_));
    let bytes = match body {
        Body::Bytes(bytes) => bytes,
        Body::File(path) => {
            let failed = |error: io::Error| UploadError::Disk(path.clone(), error);
            if fs::metadata(&path).map_err(failed)?.len() > PART as u64 {
                return Ok(Some(PreparedObject {
                    address,
                    body: Body::File(path),
                    hash: String::new(),
                    packed: false,
                    attachment,
                }));
            }
            fs::read(&path).map_err(failed)?
        }
    };
    let mut hash = plan.start_hash(address, attachment);
    hash.update(&bytes);
    let hash = hash_text(&hash);
    Ok(Some(match plan.compressed(address, &bytes) {
        Some(small) => PreparedObject { address, body: Body::Bytes(small), hash, packed: true, attachment },
        None => PreparedObject { address, body: Body::Bytes(bytes), hash, packed: false, attachment },
    }))
}

async fn send_one(plan: &Plan<'_>, ready: PreparedObject<'_>) -> Result<(String, Entry), UploadError> {
    let address = ready.address;
    let object = plan.store.object(address)?;
    let mut attributes = plan.attributes(address, ready.attachment);
    if ready.packed {
        attributes.insert(Attribute::ContentEncoding, "gzip".into());
    }
    let entry = match ready.body {
        Body::Bytes(bytes) => {
            let size = bytes.len() as u64;
            let options = PutOptions { attributes, ..PutOptions::default() };
            let put = plan.store.objects.put_opts(&object, PutPayload::from(bytes), options).await;
            let put = put.map_err(|error| plan.store.failed(address, &error))?;
            Entry { hash: ready.hash, size, tag: put.e_tag.as_deref().map(plain_tag), chapter: false }
        }
        Body::File(path) => {
            let options = PutMultipartOptions { attributes, ..PutMultipartOptions::default() };
            let upload = plan.store.objects.put_multipart_opts(&object, options).await;
            let upload = upload.map_err(|error| plan.store.failed(address, &error))?;
            send_parts(plan, address, &path, WriteMultipart::new_with_chunk_size(upload, PART)).await?
        }
    };
    Ok((address.to_owned(), entry))
}

/// Uploads a large file in parts. It appears in the store when the last part has arrived.
async fn send_parts(
    plan: &Plan<'_>,
    address: &str,
    path: &Path,
    mut parts: WriteMultipart,
) -> Result<Entry, UploadError> {
    let mut hash = plan.start_hash(address, true);
    let mut size = 0;
    let mut block = vec![0; 1 << 16];
    let read = fs::File::open(path).map(|file| io::BufReader::with_capacity(1 << 20, file));
    let mut file = match read {
        Ok(file) => file,
        Err(error) => {
            let _ = parts.abort().await;
            return Err(UploadError::Disk(path.to_owned(), error));
        }
    };
    loop {
        match file.read(&mut block) {
            Ok(0) => break,
            Ok(read) => {
                hash.update(&block[..read]);
                size += read as u64;
                if let Err(error) = parts.wait_for_capacity(MAX_PARTS).await {
                    let _ = parts.abort().await;
                    return Err(plan.store.failed(address, &error));
                }
                parts.write(&block[..read]);
            }
            Err(error) => {
                let _ = parts.abort().await;
                return Err(UploadError::Disk(path.to_owned(), error));
            }
        }
    }
    let put = parts.finish().await.map_err(|error| plan.store.failed(address, &error))?;
    Ok(Entry { hash: hash_text(&hash), size, tag: put.e_tag.as_deref().map(plain_tag), chapter: false })
}

/// Deletes leftovers: pages before the files that they need.
async fn remove(plan: &Plan<'_>) -> Result<(), UploadError> {
    let mut left: Vec<&String> = plan.leftovers.keys().collect();
    left.sort_by_cached_key(|address| removal_order(address));
    for phase in left.chunk_by(|a, b| removal_order(a) == removal_order(b)) {
        let objects =
            phase.iter().map(|address| plan.store.object(address)).collect::<Result<Vec<_>, _>>()?;
        let mut gone = plan.store.objects.delete_stream(stream::iter(objects).map(Ok).boxed());
        // Responses come in the order of the objects.
        let mut names = phase.iter();
        while let Some(item) = gone.next().await {
            let name = names.next().map_or("", |name| name.as_str());
            match item {
                Ok(_) | Err(object_store::Error::NotFound { .. }) => {}
                Err(error) => return Err(plan.store.failed(name, &error)),
            }
        }
    }
    Ok(())
}
