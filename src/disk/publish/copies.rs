//! Compressed copies beside the texts of a site.
//!
//! A copy that is there already is unpacked and compared: what it holds decides
//! whether it stays, not when or by which version it was made.

use super::PublishError;
use super::contents::{hash, read_plain};
use super::ownership::PathState;
use super::stage::{Run, Staged, Waiting};
use crate::compress::{ENCODINGS, Encoding, is_worthwhile};
use crate::handbook::routes::disk::LONGEST_NAME;
use std::fs;
use std::path::Path;

impl<'a> Run<'a> {
    /// The copies of a text that the site holds in memory.
    pub(super) fn copies(
        &self,
        number: usize,
        address: &str,
        bytes: &[u8],
    ) -> Result<Vec<Staged<'a>>, PublishError> {
        if !self.options.precompress || !is_worthwhile(address, bytes.len() as u64) {
            return Ok(Vec::new());
        }
        let made = ENCODINGS.map(|encoding| self.packed(number, address, bytes, encoding));
        made.into_iter().filter_map(Result::transpose).collect()
    }

    /// The copies of an attachment, which is read only if it gets any.
    pub(super) fn copies_of_file(
        &self,
        number: usize,
        address: &str,
        source: &Path,
    ) -> Result<Vec<Staged<'a>>, PublishError> {
        let failed = |error| PublishError::Disk(source.to_owned(), error);
        if !self.options.precompress || !is_worthwhile(address, fs::metadata(source).map_err(failed)?.len()) {
            return Ok(Vec::new());
        }
        let bytes = fs::read(source).map_err(failed)?;
        self.copies(number, address, &bytes)
    }

    fn packed(
        &self,
        number: usize,
        address: &str,
        bytes: &[u8],
        encoding: Encoding,
    ) -> Result<Option<Staged<'a>>, PublishError> {
        let address = format!("{address}{}", encoding.ending());
        if self.addresses.binary_search(&address.as_str()).is_ok() {
            // An author's own file of this name comes first.
            return Ok(None);
        }
        // A site works without copies: one is left out where no file can have its
        // name, or an author's folder has it.
        let folder = format!("{address}/");
        let next = self.addresses.partition_point(|address| *address < folder.as_str());
        let is_folder = self.addresses.get(next).is_some_and(|address| address.starts_with(&folder));
        if is_folder || address.rsplit('/').next().is_some_and(|name| name.len() > LONGEST_NAME) {
            return Ok(None);
        }
        let target = self.output.join(&address);
        let state = self.old.path_state(self.output, &address)?;
        if let Some(hash) = Some(&target).filter(|_| state == PathState::Ours).and_then(|target| {
            let packed = read_plain(target, bytes.len() as u64)?;
            encoding.holds(&packed, bytes).then(|| hash(&packed))
        }) {
            return Ok(Some(Staged { address: address.into(), file: None, state, hash, replaced: None }));
        }
        let Some(packed) = encoding.compress(bytes) else { return Ok(None) };
        let replaced = self.replaced(&address, &state)?;
        let file = Waiting { number, ending: encoding.ending() };
        self.write(file, &packed, &target)?;
        Ok(Some(Staged { address: address.into(), file: Some(file), state, hash: hash(&packed), replaced }))
    }
}
