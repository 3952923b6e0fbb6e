//! Making every file of a site, and finding out which of them are already in place.

use super::contents::{self, hash, same_bytes, same_file};
use super::manifest::Manifest;
use super::order::phase;
use super::ownership::{PathState, refuse_links};
use super::{Options, PublishError};
use crate::diagnostic::Diagnostic;
use crate::disk::Project;
use crate::message;
use crate::rule;
use crate::site::{Output, Site};
use rayon::prelude::*;
use std::borrow::Cow;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

pub(super) struct Run<'a> {
    site: &'a Site,
    project: &'a Project,
    pub(super) output: &'a Path,
    pub(super) options: Options,
    /// All addresses of the site, sorted.
    pub(super) addresses: Vec<&'a str>,
    /// `None` where nothing is written.
    staging: Option<&'a Path>,
    pub(super) old: &'a Manifest,
    count: AtomicU64,
    progress: &'a (dyn Fn(u64) + Sync),
}

/// A file of the new site.
pub(super) struct Staged<'a> {
    pub(super) address: Cow<'a, str>,
    /// Where it waits; `None` where it stands in its place already.
    pub(super) file: Option<Waiting>,
    pub(super) state: PathState,
    /// Its fingerprint; none in a run that writes nothing.
    pub(super) hash: u128,
    /// The fingerprint of the file that it replaces.
    pub(super) replaced: Option<u128>,
}

/// The name of a file that waits in the staging folder.
#[derive(Debug, Clone, Copy)]
pub(super) struct Waiting {
    pub(super) number: usize,
    pub(super) ending: &'static str,
}

impl Waiting {
    pub(super) fn path(self, staging: &Path) -> PathBuf {
        staging.join(format!("{}{}", self.number, self.ending))
    }
}

impl<'a> Run<'a> {
    pub(super) fn new(
        site: &'a Site,
        project: &'a Project,
        output: &'a Path,
        options: Options,
        staging: Option<&'a Path>,
        old: &'a Manifest,
        progress: &'a (dyn Fn(u64) + Sync),
    ) -> Self {
        let addresses = site.addresses();
        Self { site, project, output, options, addresses, staging, old, count: AtomicU64::new(0), progress }
    }

    /// Renders every page; gives all files in the order in which they move,
    /// each after its copies: so a run that is cut off never leaves a page with
    /// a copy of another text.
    pub(super) fn stage(&self) -> Result<Vec<Staged<'a>>, PublishError> {
        let listed = self.old.files.keys().map(String::as_str);
        refuse_links(self.output, self.addresses.iter().copied().chain(listed))?;
        let staged: Vec<Result<Vec<Staged<'a>>, PublishError>> = self
            .addresses
            .par_iter()
            .enumerate()
            .map(|(number, address)| {
                let done = self.stage_one(number, address);
                (self.progress)(self.count.fetch_add(1, Ordering::Relaxed) + 1);
                done
            })
            .collect();
        let mut groups = Vec::with_capacity(staged.len());
        let (mut diagnostics, mut failed) = (Vec::new(), None);
        for result in staged {
            match result {
                Ok(group) => groups.push(group),
                Err(PublishError::Diagnostics(more)) => diagnostics.extend(more),
                Err(error) => failed = failed.or(Some(error)),
            }
        }
        if !diagnostics.is_empty() {
            diagnostics.sort_by(|a, b| (&a.path, &a.message).cmp(&(&b.path, &b.message)));
            diagnostics.dedup();
            return Err(PublishError::Diagnostics(diagnostics));
        }
        if let Some(error) = failed {
            return Err(error);
        }
        groups.sort_by_cached_key(|group| {
            group.last().map(|page| phase(&page.address, page.state != PathState::Ours))
        });
        // Counted first: a list that grows takes twice its length.
        let mut staged = Vec::with_capacity(groups.iter().map(Vec::len).sum());
        staged.extend(groups.into_iter().flatten());
        Ok(staged)
    }

    fn stage_one(&self, number: usize, address: &'a str) -> Result<Vec<Staged<'a>>, PublishError> {
        let state = self.old.path_state(self.output, address)?;
        let (same, hash, copies) = match self.site.render(address) {
            None => return Ok(Vec::new()),
            Some(Err(diagnostic)) => return Err(PublishError::Diagnostics(vec![diagnostic])),
            Some(Ok(Output::Bytes(bytes))) => {
                let same = self.stage_bytes(number, address, &state, &bytes)?;
                (same, hash(&bytes), self.copies(number, address, &bytes)?)
            }
            Some(Ok(Output::File(name))) => {
                let source = self.project.path_of(&name);
                let (same, hash) = self.stage_file(number, address, &state, &source)?;
                (same, hash, self.copies_of_file(number, address, &source)?)
            }
        };
        let file = (!same).then_some(Waiting { number, ending: "" });
        let replaced = if same { None } else { self.replaced(address, &state)? };
        let page = Staged { address: address.into(), file, state, hash, replaced };
        let mut group = copies;
        group.reserve_exact(1);
        group.push(page);
        Ok(group)
    }

    /// Whether these bytes stand in their place; else they wait.
    fn stage_bytes(
        &self,
        number: usize,
        address: &str,
        state: &PathState,
        bytes: &[u8],
    ) -> Result<bool, PublishError> {
        let target = self.output.join(address);
        let same = *state == PathState::Ours && same_bytes(&target, bytes);
        if !same {
            self.write(Waiting { number, ending: "" }, bytes, &target)?;
        }
        Ok(same)
    }

    /// The same for an author's file, with its fingerprint.
    fn stage_file(
        &self,
        number: usize,
        address: &str,
        state: &PathState,
        source: &Path,
    ) -> Result<(bool, u128), PublishError> {
        let target = self.output.join(address);
        if *state == PathState::Ours
            && let Some(hash) = same_file(source, &target)
        {
            return Ok((true, hash));
        }
        self.copy(source, Waiting { number, ending: "" }, &target).map(|hash| (false, hash))
    }

    /// The fingerprint of what stands in a file's place, if it is handbook's own
    /// and may be replaced.
    pub(super) fn replaced(&self, address: &str, state: &PathState) -> Result<Option<u128>, PublishError> {
        if *state != PathState::Ours {
            return Ok(None);
        }
        let path = self.output.join(address);
        match self.old.own(self.output, address) {
            Ok(Some(hash)) => Ok(Some(hash)),
            Ok(None) => Err(PublishError::Diagnostics(vec![changed(&path)])),
            Err(error) => Err(PublishError::Disk(path, error)),
        }
    }

    pub(super) fn write(&self, file: Waiting, bytes: &[u8], target: &Path) -> Result<(), PublishError> {
        let Some(staging) = self.staging else { return Ok(()) };
        fs::write(file.path(staging), bytes).map_err(|error| PublishError::Disk(target.to_owned(), error))
    }

    /// Copies the contents only: a read-only source must not make a page that
    /// the next build cannot replace.
    fn copy(&self, source: &Path, file: Waiting, target: &Path) -> Result<u128, PublishError> {
        let Some(staging) = self.staging else { return Ok(0) };
        // A file that cannot be read is reported by its own name, a full disk by the
        // page's.
        fs::File::open(source).map_err(|error| PublishError::Disk(source.to_owned(), error))?;
        let copied =
            fs::File::create(file.path(staging)).and_then(|mut writer| contents::copy(source, &mut writer));
        copied.map_err(|error| PublishError::Disk(target.to_owned(), error))
    }
}

fn changed(path: &Path) -> Diagnostic {
    Diagnostic::new(&rule::CHANGED_OUTPUT, message!("changed-output", place = path))
        .help(message!("changed-output.help"))
}
