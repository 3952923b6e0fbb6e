//! Which cache a command uses: that of `--cache`, of `HANDBOOK_CACHE`, or the user's own.
//!
//! A run never fails for its cache. What was asked for and cannot be is told; for the
//! user's own cache, which nobody asked for, it is told with `--verbose` only.

use super::{Common, output};
use handbook::cache::Cache;
use handbook::disk::Project;
use handbook::disk::cache::{DiskCache, Place, Refusal};
use handbook::locale::Message;
use handbook::message;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The cache of a command, if it has one.
pub(super) struct OpenCache {
    disk: Option<Arc<DiskCache>>,
    /// Whether somebody asked for it.
    asked: bool,
}

/// Opens the cache. It must lie neither in the project nor in one of the `outputs`. With
/// `writes`, what is new is kept for later runs.
pub(super) fn open<'a>(
    common: &Common,
    project: &Project,
    outputs: impl IntoIterator<Item = &'a Path>,
    writes: bool,
) -> OpenCache {
    let asked = common.cache.clone().or_else(|| std::env::var_os("HANDBOOK_CACHE").map(PathBuf::from));
    let mut cache = OpenCache { disk: None, asked: asked.is_some() };
    let Some(folder) = asked.or_else(own_folder).filter(|folder| !folder.as_os_str().is_empty()) else {
        return cache;
    };
    let output = common.output(project);
    let mut taken: Vec<&Path> = outputs.into_iter().collect();
    taken.extend([project.root.as_path(), &project.content, &output]);
    match Place::new(&folder, &taken) {
        Ok(place) => cache.disk = Some(Arc::new(DiskCache::new(place, writes))),
        Err(refusal) => cache.tell(common, &words(&folder, &refusal)),
    }
    cache
}

impl OpenCache {
    /// What a builder takes.
    pub(super) fn handle(&self) -> Cache {
        self.disk.as_ref().map_or_else(Cache::default, |disk| Cache::new(Arc::<DiskCache>::clone(disk)))
    }

    /// Writes what is new.
    pub(super) fn save(&self, common: &Common) {
        let Some(disk) = &self.disk else { return };
        if let Err(error) = disk.save() {
            self.tell(common, &message!("cli-cache-unwritten", folder = disk.folder(), reason = &error));
        }
    }

    fn tell(&self, common: &Common, words: &Message) {
        if self.asked || common.verbose > 0 {
            output::print_line(common, words);
        }
    }
}

/// The folder for this program in the user's own cache.
fn own_folder() -> Option<PathBuf> {
    let folder = |name: &str| {
        let folder = std::env::var_os(name).map(PathBuf::from);
        folder.filter(|folder| folder.is_absolute())
    };
    let home = |inside: &str| folder("HOME").map(|home| home.join(inside));
    let place = folder("XDG_CACHE_HOME").or_else(|| match () {
        () if cfg!(windows) => folder("LOCALAPPDATA"),
        () if cfg!(target_os = "macos") => home("Library/Caches"),
        () => home(".cache"),
    });
    place.map(|place| place.join("handbook"))
}

fn words(folder: &Path, refusal: &Refusal) -> Message {
    match refusal {
        Refusal::Project(outer) => {
            message!("cli-cache-in-project", folder = folder, outer = outer.as_path())
        }
        Refusal::Checkout(outer) => {
            message!("cli-cache-in-checkout", folder = folder, outer = outer.as_path())
        }
        Refusal::NotPrivate(inner) => message!("cli-cache-not-private", folder = inner.as_path()),
        _ => message!("cli-cache-not-private", folder = folder),
    }
}
