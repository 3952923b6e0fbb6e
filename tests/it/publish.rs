//! `publish` into object stores: what is sent, what is left alone, and what can
//! be seen when a run is cut off at any single operation.

use crate::support::{Project, repository};
use faulty::{Faulty, Mode};
use futures_util::TryStreamExt;
use handbook::builder::{Build, Builder, Request};
use handbook::disk;
use handbook::upload::{Options, Store, UploadError, compare, publish};
use object_store::local::LocalFileSystem;
use object_store::memory::InMemory;
use object_store::{Attribute, ObjectStore, ObjectStoreExt, path::Path};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

mod faulty;
mod reach;
mod slips;

const MANIFEST: &str = ".handbook-manifest.json";

const OLD: &str = "
//- handbook.yaml
title: 手册
//- content/index.md
# 手册

见[甲](a/甲.md)。
//- content/a/甲.md
# 甲

第一条 甲见[乙](../b/乙.md)。

![图](图.png)
//- content/a/图.png
an old picture
//- content/b/乙.md
# 乙

旧的乙。
//- content/c/丙.md
# 丙

丙将被删除。
//- content/c/plain
a file where a folder will be
";

/// A handbook, read and built.
struct Edition {
    _folder: Project,
    project: disk::Project,
    build: Build,
}

impl Edition {
    fn of(folder: Project) -> Self {
        let project = disk::Project::open(folder.path()).expect("a project");
        let request = Request::new("2026-11-24".parse().expect("a date"));
        let build = Builder::new().build(&project.read(), &request);
        Self { _folder: folder, project, build }
    }

    fn old() -> Self {
        Self::of(Project::new(OLD))
    }

    /// Pages added, changed and removed, and every page changed by a style sheet.
    fn new() -> Self {
        let folder = Project::new(OLD);
        folder.write("content/b/乙.md", "# 乙\n\n新的乙，见[丁](../d/丁.md)。\n");
        folder.write("content/d/丁.md", "# 丁\n\n![新图](新图.png)\n");
        folder.write("content/d/新图.png", "a new picture");
        folder.write("content/a/图.png", "a changed picture");
        std::fs::remove_file(folder.path().join("content/c/丙.md")).expect("removed");
        let style = std::fs::read_to_string(repository().join("themes/default/assets/handbook.css"));
        folder.write(
            "themes/default/assets/handbook.css",
            style.expect("readable")
                + "
/* new */
",
        );
        Self::of(folder)
    }

    fn publish(&self, store: &Store) -> Result<handbook::disk::publish::Publication, UploadError> {
        publish(&self.build.site, &self.project, store, Options::default(), &|_| {})
    }

    /// Every file of the site, as a folder gets it.
    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let folder = tempfile::tempdir().expect("a folder");
        let options = disk::publish::Options::default();
        disk::publish::publish(&self.build.site, &self.project, folder.path(), options, &|_| {})
            .expect("published");
        let mut files = crate::support::tree(folder.path());
        files.remove(MANIFEST);
        files
    }
}

fn wait<T>(future: impl Future<Output = T>) -> T {
    tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime").block_on(future)
}

/// Everything in a store, by name.
fn contents(objects: &dyn ObjectStore) -> BTreeMap<String, Vec<u8>> {
    wait(async {
        let found: Vec<_> = objects.list(None).try_collect().await.expect("listed");
        let mut all = BTreeMap::new();
        for object in found {
            let bytes = objects.get(&object.location).await.expect("there").bytes().await.expect("read");
            all.insert(object.location.to_string(), bytes.to_vec());
        }
        all
    })
}

/// The site in a store, without its manifest and what lies outside.
fn site(objects: &dyn ObjectStore) -> BTreeMap<String, Vec<u8>> {
    let all = contents(objects).into_iter();
    let ours = all.filter_map(|(name, bytes)| Some((name.strip_prefix("hr/")?.to_owned(), bytes)));
    ours.filter(|(name, _)| name != MANIFEST && name != "mine.txt").collect()
}

fn put(objects: &dyn ObjectStore, name: &str, bytes: &'static str) {
    wait(objects.put(&Path::parse(name).expect("a name"), bytes.into())).expect("put");
}

fn store(objects: &Arc<InMemory>) -> Store {
    Store::new(Arc::clone(objects) as Arc<dyn ObjectStore>, "hr", "memory://hr")
}

#[test]
fn a_store_gets_what_a_folder_gets_and_only_what_differs() {
    let objects = Arc::new(InMemory::new());
    let (old, new) = (Edition::old(), Edition::new());
    let first = old.publish(&store(&objects)).expect("published");
    assert_eq!(site(&*objects), old.files());
    assert_eq!((first.unchanged, first.removed), (0, 0));
    let before = contents(&*objects);
    let again = old.publish(&store(&objects)).expect("published");
    assert_eq!((again.written, again.removed), (0, 0));
    assert_eq!(contents(&*objects), before);
    let would =
        compare(&new.build.site, &new.project, &store(&objects), Options::default(), &|_| {}).expect("said");
    assert_eq!(contents(&*objects), before, "a dry run wrote");
    assert!(would.added.contains(&"d/丁.html".to_owned()) && would.changed.contains(&"b/乙.html".to_owned()));
    assert!(
        would.removed.contains(&"c/丙.html".to_owned()) && !would.changed.contains(&"a/图.svg".to_owned())
    );
    let done = new.publish(&store(&objects)).expect("published");
    assert_eq!(done.written as usize, would.added.len() + would.changed.len());
    assert_eq!((done.removed as usize, done.unchanged), (would.removed.len(), would.unchanged));
    assert_eq!(site(&*objects), new.files());
}

#[test]
fn every_object_says_its_type_and_how_long_it_may_be_kept() {
    let objects = Arc::new(InMemory::new());
    let folder = Project::new(OLD);
    folder.write("content/a/画.svg", "<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>");
    let edition = Edition::of(folder);
    edition.publish(&store(&objects)).expect("published");
    let says = |name: &str, what: Attribute| {
        let object = Path::parse(format!("hr/{name}")).expect("a name");
        let found = wait(objects.get(&object)).expect("there");
        found.attributes.get(&what).map(|value| value.as_ref().to_owned())
    };
    let mut kept = 0;
    for name in site(&*objects).keys() {
        let kind = says(name, Attribute::ContentType).expect("a type");
        let cache = says(name, Attribute::CacheControl).expect("a word on caching");
        let text = [".html", ".css", ".js"].iter().any(|end| name.ends_with(end));
        assert!(!text || (kind.starts_with("text/") && kind.ends_with("; charset=utf-8")), "{name}: {kind}");
        if cache == "public, max-age=31536000, immutable" {
            assert!(
                name.starts_with("assets/") || name.starts_with("previews/") || name.starts_with("search/")
            );
            kept += 1;
        } else {
            assert_eq!(cache, "no-cache", "{name}");
            let data = ["search/", "previews/", "assets/"].iter().any(|folder| name.starts_with(folder));
            let listing = ["search/index.js", "previews/manifest.js"].contains(&name.as_str());
            // A hash that is digits only looks like a date, and is asked for anew.
            let dated = name
                .split(['/', '.', '-'])
                .any(|part| [8, 10].contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()));
            assert!(!data || listing || dated, "{name}");
        }
    }
    assert!(kept > 10, "{kept}");
    assert_eq!(says("a/图.png", Attribute::ContentType).as_deref(), Some("image/png"));
    assert_eq!(says("a/图.png", Attribute::ContentDisposition), None);
    assert_eq!(says("a/画.svg", Attribute::ContentDisposition).as_deref(), Some("attachment"));
    assert_eq!(says(MANIFEST, Attribute::CacheControl).as_deref(), Some("no-store"));
}

#[test]
fn texts_can_be_stored_compressed() {
    let objects = Arc::new(InMemory::new());
    let edition = Edition::old();
    let mut options = Options::default();
    options.precompress = true;
    let send = || {
        publish(&edition.build.site, &edition.project, &store(&objects), options, &|_| {}).expect("published")
    };
    send();
    let page = wait(objects.get(&Path::parse("hr/index.html").expect("a name"))).expect("there");
    assert_eq!(page.attributes.get(&Attribute::ContentEncoding).expect("said").as_ref(), "gzip");
    let packed = wait(page.bytes()).expect("read");
    let plain = &edition.files()["index.html"];
    assert!(handbook::compress::Encoding::Gzip.holds(&packed, plain) && packed.len() * 2 < plain.len());
    assert_eq!(send().written, 0);
    edition.publish(&store(&objects)).expect("published");
    assert_eq!(site(&*objects), edition.files());
}

#[test]
fn what_handbook_did_not_put_there_is_neither_overwritten_nor_removed() {
    let objects = Arc::new(InMemory::new());
    put(&*objects, "hr/mine.txt", "mine");
    put(&*objects, "hrx/other.txt", "other");
    let before = contents(&*objects);
    let words = Edition::old().publish(&store(&objects)).expect_err("refused").to_string();
    assert!(words.contains("did not put there") && words.contains("nothing was touched"), "{words}");
    assert_eq!(contents(&*objects), before);

    let objects = Arc::new(InMemory::new());
    put(&*objects, "hrx/other.txt", "other");
    Edition::old().publish(&store(&objects)).expect("published");
    put(&*objects, "hr/mine.txt", "mine");
    put(&*objects, "hr/d/丁.html", "mine too");
    let before = contents(&*objects);
    let words = Edition::new().publish(&store(&objects)).expect_err("refused").to_string();
    assert!(words.contains("hr/d/丁.html was not put there by handbook"), "{words}");
    assert_eq!(contents(&*objects), before);
    wait(objects.delete(&Path::parse("hr/d/丁.html").expect("a name"))).expect("gone");
    Edition::new().publish(&store(&objects)).expect("published");
    let after = contents(&*objects);
    assert_eq!([&after["hr/mine.txt"], &after["hrx/other.txt"]], [&b"mine".to_vec(), &b"other".to_vec()]);
}

#[test]
fn a_manifest_of_another_is_not_believed() {
    let objects = Arc::new(InMemory::new());
    put(&*objects, "hr/.handbook-manifest.json", "{\"files\": [\"mine.txt\"]}");
    let words = Edition::old().publish(&store(&objects)).expect_err("refused").to_string();
    assert!(words.contains("nothing was touched"), "{words}");
    assert_eq!(contents(&*objects).len(), 1);
}

#[test]
fn objects_that_went_missing_come_back() {
    let objects = Arc::new(InMemory::new());
    let edition = Edition::old();
    edition.publish(&store(&objects)).expect("published");
    wait(objects.delete(&Path::parse("hr/index.html").expect("a name"))).expect("gone");
    assert_eq!(edition.publish(&store(&objects)).expect("published").written, 1);
    assert_eq!(site(&*objects), edition.files());
}

/// One publishes while another is at it: the later one is refused, or the
/// earlier one stops before it removes anything.
#[test]
fn a_second_run_at_the_same_time_is_noticed() {
    let objects = Arc::new(InMemory::new());
    let (old, new) = (Edition::old(), Edition::new());
    old.publish(&store(&objects)).expect("published");
    // The manifest changes under the run when it has begun to send.
    let rival = Faulty::new(Arc::clone(&objects) as Arc<dyn ObjectStore>, Mode::Rival, 6);
    let words =
        new.publish(&Store::new(Arc::new(rival), "hr", "memory://hr")).expect_err("stopped").to_string();
    assert!(words.contains("another handbook is publishing there"), "{words}");
    assert!(site(&*objects).contains_key("c/丙.html"), "something was removed");
    new.publish(&store(&objects)).expect("published");
    assert_eq!(site(&*objects), new.files());
}

/// The same without what these stores number in the order of writing.
fn without_tags(mut files: BTreeMap<String, Vec<u8>>) -> BTreeMap<String, Vec<u8>> {
    let bytes = files.get_mut(&format!("hr/{MANIFEST}")).expect("a manifest");
    let mut manifest: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
    for entry in manifest["files"].as_object_mut().expect("files").values_mut() {
        assert!(entry.as_object_mut().expect("an entry").remove("tag").is_some(), "{entry}");
    }
    *bytes = manifest.to_string().into_bytes();
    files
}

/// Cuts a run at each operation in turn; looks at what can be seen; finishes.
fn cut_everywhere(mode: Mode, fresh: &dyn Fn() -> (Arc<dyn ObjectStore>, Option<tempfile::TempDir>)) {
    let (old, new) = (Edition::old(), Edition::new());
    let (old_files, new_files) = (old.files(), new.files());
    let names: BTreeSet<&String> = old_files.keys().chain(new_files.keys()).collect();
    let differing = names.iter().filter(|name| old_files.get(**name) != new_files.get(**name)).count();
    let states = reach::States::new(&old_files, &new_files);
    let place = |objects: Arc<dyn ObjectStore>| Store::new(objects, "hr", "test://hr");
    let (clean, _folder) = fresh();
    let plain =
        |inner: &Arc<dyn ObjectStore>| Arc::new(Faulty::new(Arc::clone(inner), Mode::Cut, usize::MAX));
    old.publish(&place(plain(&clean))).expect("published");
    new.publish(&place(plain(&clean))).expect("published");
    let wanted = without_tags(contents(&*clean));
    assert!(wanted.len() > 30 && old_files.len() > 30);
    let mut seen = BTreeSet::new();
    for at in 0.. {
        let (objects, _folder) = fresh();
        put(&*objects, "other.txt", "other");
        old.publish(&place(plain(&objects))).expect("published");
        put(&*objects, "hr/mine.txt", "mine");
        let faulty = Arc::new(Faulty::new(Arc::clone(&objects), mode, at));
        let result = new.publish(&place(Arc::clone(&faulty) as Arc<dyn ObjectStore>));
        let visible = site(&*objects);
        seen.insert(states.check(&visible, &format!("{mode:?} at {at}")));
        let done = faulty.count() <= at;
        assert_eq!(result.is_ok(), done, "{mode:?} at {at}: {result:?}");
        new.publish(&place(plain(&objects))).unwrap_or_else(|error| panic!("{mode:?} at {at}: {error}"));
        let mut after = contents(&*objects);
        assert_eq!(after.remove("other.txt").as_deref(), Some(&b"other"[..]), "{mode:?} at {at}");
        assert_eq!(after.remove("hr/mine.txt").as_deref(), Some(&b"mine"[..]), "{mode:?} at {at}");
        assert!(without_tags(after) == wanted, "{mode:?} at {at}: the next run did not finish");
        if done {
            // One for each file at least, and some for the manifest.
            assert!(at > differing + 3 && differing > 25, "{at} operations for {differing} files");
            break;
        }
    }
    assert!(seen.contains(&reach::Seen::Old) && seen.contains(&reach::Seen::New), "{seen:?}");
}

fn memory() -> (Arc<dyn ObjectStore>, Option<tempfile::TempDir>) {
    (Arc::new(InMemory::new()), None)
}

fn local() -> (Arc<dyn ObjectStore>, Option<tempfile::TempDir>) {
    let folder = tempfile::tempdir().expect("a folder");
    (Arc::new(LocalFileSystem::new_with_prefix(folder.path()).expect("a store")), Some(folder))
}

#[test]
fn cut_at_each_operation_a_local_store_shows_whole_pages() {
    cut_everywhere(Mode::Cut, &local);
}

#[test]
fn cut_at_each_operation_a_store_in_memory_shows_whole_pages() {
    cut_everywhere(Mode::Cut, &memory);
}

#[test]
fn a_lost_answer_at_each_operation_leaves_whole_pages() {
    cut_everywhere(Mode::Late, &memory);
}

#[test]
fn a_single_failure_at_each_operation_leaves_whole_pages() {
    cut_everywhere(Mode::Once, &memory);
}

#[test]
fn a_large_file_appears_when_its_last_part_is_there() {
    let old = Edition::old();
    let folder = Project::new(OLD);
    let film: Vec<u8> = (0..20_000_000_u32).map(|at| (at % 251) as u8).collect();
    folder.write("content/a/film.mp4", &film);
    let new = Edition::of(folder);
    let mut parts = 0;
    for at in 0.. {
        let objects = Arc::new(InMemory::new());
        old.publish(&store(&objects)).expect("published");
        let inner = Arc::clone(&objects) as Arc<dyn ObjectStore>;
        let faulty = Arc::new(Faulty::new(inner, Mode::OncePart, at));
        let result =
            new.publish(&Store::new(Arc::clone(&faulty) as Arc<dyn ObjectStore>, "hr", "memory://hr"));
        let there = site(&*objects).remove("a/film.mp4");
        if faulty.count() <= at {
            assert!(result.is_ok() && there.as_ref() == Some(&film), "{result:?}");
            assert_eq!(new.publish(&store(&objects)).expect("published").written, 0);
            break;
        }
        parts += 1;
        assert!(result.is_err() && there.is_none(), "at {at}");
        new.publish(&store(&objects)).expect("published");
        assert!(site(&*objects).remove("a/film.mp4") == Some(film.clone()), "at {at}");
    }
    assert!(parts >= 4, "{parts}");
}
