//! Slips and edited manifests in object stores: as in folders (`tests/it/slips.rs`).

use super::{Edition, MANIFEST, Options, Project, contents, put, site, store, wait};
use crate::slips::GROUPS;
use handbook::builder::{Builder, Request};
use handbook::disk;
use handbook::locale::Language;
use handbook::upload::{UploadError, compare, publish};
use object_store::memory::InMemory;
use object_store::{ObjectStoreExt, path::Path};
use serde_json::{Value, json};
use std::sync::Arc;

/// The handbook of a folder as an audience sees it.
fn edition(folder: Project, audience: Option<&str>) -> Edition {
    let project = disk::Project::open(folder.path()).expect("a project");
    let mut request = Request::new("2026-11-24".parse().expect("a date"));
    request.audience = audience.map(str::to_owned);
    let build = Builder::new().build(&project.read(), &request);
    Edition { _folder: folder, project, build }
}

fn groups(audience: Option<&str>) -> Edition {
    edition(Project::new(GROUPS), audience)
}

fn send(edition: &Edition, objects: &Arc<InMemory>, options: Options) -> Result<u64, UploadError> {
    publish(&edition.build.site, &edition.project, &store(objects), options, &|_| {}).map(|done| done.written)
}

fn consent(replace: bool, shrink: bool) -> Options {
    let mut options = Options::default();
    options.consent.replace = replace;
    options.consent.shrink = shrink;
    options
}

/// A run that stops with a finding of this code, and touches nothing.
#[track_caller]
fn stops(edition: &Edition, objects: &Arc<InMemory>, code: &str, word: &str) {
    let before = contents(&**objects);
    let dry =
        compare(&edition.build.site, &edition.project, &store(objects), Options::default(), &|_| {}).err();
    for error in [dry, send(edition, objects, Options::default()).err()] {
        let Some(UploadError::Diagnostics(found)) = error else { panic!("{error:?}") };
        assert_eq!(found[0].rule.code, code, "{found:?}");
        let text = |message| Language::ENGLISH.text(message);
        let said =
            format!("{} {}", text(&found[0].message), found[0].help.as_ref().map(text).unwrap_or_default());
        assert!(said.contains("memory://hr") && said.contains(word), "{said}");
    }
    assert_eq!(contents(&**objects), before);
}

#[test]
fn a_store_for_some_is_not_widened_nor_given_to_another_handbook() {
    let objects = Arc::new(InMemory::new());
    send(&groups(Some("everyone")), &objects, Options::default()).expect("published");
    assert!(!site(&*objects).contains_key("pay.html"));
    for audience in [None, Some("managers")] {
        stops(&groups(audience), &objects, "site-audience", "--replace");
    }
    send(&groups(Some("managers")), &objects, consent(true, false)).expect("published");
    assert!(site(&*objects).contains_key("pay.html"));
    send(&groups(Some("everyone")), &objects, Options::default()).expect("published");
    assert!(!site(&*objects).contains_key("pay.html"));

    let objects = Arc::new(InMemory::new());
    Edition::old().publish(&store(&objects)).expect("published");
    let other = || Edition::of(Project::new("//- handbook.yaml\ntitle: 别的\n//- content/x.md\n# X\n"));
    stops(&other(), &objects, "site-handbook", "--replace");
    let bare = Project::new("//- handbook.yaml\ntitle: 手册\n//- elsewhere/甲.md\n# 甲\n");
    stops(&Edition::of(bare), &objects, "site-content", "--replace");
    send(&other(), &objects, consent(true, false)).expect("published");
    assert_eq!(site(&*objects), other().files());
}

#[test]
fn most_chapters_of_a_store_do_not_go_at_once() {
    let book = |chapters: std::ops::Range<usize>| {
        let folder = Project::new("//- handbook.yaml\ntitle: 手册\n");
        chapters.for_each(|at| folder.write(&format!("content/第{at}章.md"), format!("# 第{at}号\n")));
        Edition::of(folder)
    };
    let objects = Arc::new(InMemory::new());
    book(0..40).publish(&store(&objects)).expect("published");
    stops(&book(0..19), &objects, "site-shrinks", "--shrink");
    book(0..20).publish(&store(&objects)).expect("half may go");
    send(&book(19..20), &objects, Options::default()).expect("few may go");
    let draft = Project::new("//- handbook.yaml\ntitle: 手册\n");
    draft.write("content/第19章.md", "---\nstatus: draft\n---\n# 第19号\n");
    let draft = Edition::of(draft);
    stops(&draft, &objects, "site-shrinks", "--shrink");
    send(&draft, &objects, consent(false, true)).expect("said twice");
}

fn edit(objects: &Arc<InMemory>, change: impl FnOnce(&mut Value)) {
    let name = Path::parse(format!("hr/{MANIFEST}")).expect("a name");
    let bytes = wait(async { objects.get(&name).await.expect("there").bytes().await.expect("read") });
    let mut manifest: Value = serde_json::from_slice(&bytes).expect("JSON");
    change(&mut manifest);
    wait(objects.put(&name, manifest.to_string().into())).expect("put");
}

/// As `publish` of the first form wrote it: no tags, and nothing of the site.
fn age(manifest: &mut Value) {
    manifest["version"] = json!(1);
    manifest.as_object_mut().expect("a list").remove("site");
    for entry in manifest["files"].as_object_mut().expect("files").values_mut() {
        *entry = json!({ "hash": entry["hash"], "size": entry["size"] });
    }
}

#[test]
fn a_list_of_the_first_form_goes_on_to_hold() {
    let objects = Arc::new(InMemory::new());
    let (old, new) = (Edition::old(), Edition::new());
    old.publish(&store(&objects)).expect("published");
    let before = contents(&*objects);
    edit(&objects, age);
    assert_eq!(send(&old, &objects, Options::default()).expect("published"), 0);
    assert_eq!(contents(&*objects), before, "the list was not brought up to date");
    // One that a run of then had cut off knows nothing of what it was changing.
    edit(&objects, |manifest| {
        age(manifest);
        for name in ["b/乙.html", "c/丙.html", "d/丁.html"] {
            manifest["files"][name] = Value::Null;
        }
    });
    new.publish(&store(&objects)).expect("published");
    assert_eq!(site(&*objects), new.files());
    let objects = Arc::new(InMemory::new());
    send(&groups(Some("everyone")), &objects, Options::default()).expect("published");
    edit(&objects, age);
    stops(&groups(Some("everyone")), &objects, "site-audience", "--replace");
}

#[test]
fn an_edited_list_neither_removes_nor_overwrites() {
    let edition = Edition::old();
    let entries: [&dyn Fn(&Value) -> Value; 4] = [
        &|_| Value::Null,
        &|_| json!({ "hash": "0".repeat(32), "size": 4 }),
        &|other| json!({ "hash": other["hash"], "size": 4 }),
        &|other| json!({ "hash": other["hash"], "size": 4, "tag": other["tag"], "chapter": true }),
    ];
    for entry in entries {
        let objects = Arc::new(InMemory::new());
        edition.publish(&store(&objects)).expect("published");
        put(&*objects, "hr/mine.txt", "mine");
        edit(&objects, |manifest| {
            let new = entry(&manifest["files"]["index.html"]);
            manifest["files"]["mine.txt"] = new;
            manifest["pending"] = json!({ "mine.txt": "0" });
        });
        let site = (&edition.build.site, &edition.project, &store(&objects));
        let would = compare(site.0, site.1, site.2, Options::default(), &|_| {}).expect("said");
        assert!(would.removed.is_empty() && would.diagnostics[0].rule.code == "changed-output", "{would:?}");
        let done = publish(site.0, site.1, site.2, Options::default(), &|_| {}).expect("published");
        assert!(
            done.removed == 0 && Language::ENGLISH.text(&done.diagnostics[0].message).contains("mine.txt"),
            "{done:?}"
        );
        assert_eq!(contents(&*objects)["hr/mine.txt"], b"mine");
        edit(&objects, |manifest| {
            let new = entry(&manifest["files"]["index.html"]);
            manifest["files"]["mine.txt"] = new;
        });
        let folder = Project::new(super::OLD);
        folder.write("content/mine.txt", "the author's");
        stops(&Edition::of(folder), &objects, "changed-output", "would be overwritten");
    }
}

#[test]
fn an_object_that_somebody_changed_is_not_overwritten() {
    let objects = Arc::new(InMemory::new());
    let edition = Edition::old();
    let page = |objects: &Arc<InMemory>| contents(&**objects)["hr/index.html"].clone();
    edition.publish(&store(&objects)).expect("published");
    let before = page(&objects);
    put(&*objects, "hr/index.html", "mine");
    stops(&edition, &objects, "changed-output", "move it away");
    wait(objects.delete(&Path::parse("hr/index.html").expect("a name"))).expect("gone");
    edition.publish(&store(&objects)).expect("published");
    assert_eq!(page(&objects), before);
    // A store that was copied numbers its objects anew; they are what they were.
    for precompress in [false, true] {
        let mut options = Options::default();
        options.precompress = precompress;
        send(&edition, &objects, options).expect("published");
        let copy = Arc::new(InMemory::new());
        for (name, bytes) in contents(&*objects) {
            let name = Path::parse(name).expect("a name");
            wait(copy.put(&Path::from("x"), "x".into())).expect("put");
            wait(copy.put(&name, bytes.into())).expect("put");
        }
        assert_eq!(send(&edition, &copy, options).expect("published"), 0);
    }
}
