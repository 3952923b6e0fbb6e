//! The cache that outlives the process: it makes a run faster and changes nothing else,
//! whatever is in it and wherever somebody puts it.

use crate::support::{Project, Run, program, run_bound, set_mode};
use handbook::builder::{Builder, Request};
use handbook::cache::{Cache, Store};
use handbook::disk;
use std::collections::HashMap;
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use xxhash_rust::xxh3::{Xxh3Default, xxh3_64};

/// Code, formulas and diagrams, in order and not.
const BOOK: &str = "//- handbook.yaml
title: Book
//- content/index.md
# Home

```rust
fn main() { let 甲 = \"<b>\"; } // &
```

```no-such-language
x = 1
```

Text with $a_1 < b^2$ and $\\color{red}{x}$ and $\\foo$.

$$
\\sum_{i=0}^n i
$$
//- content/diagram.md
# Diagram

```mermaid
flowchart TD
accTitle: A \"title\"
A[Begin] --> B{Done?}
click A \"index.md\" \"tip\"
```

```mermaid
nonsense
```

<div>

```yaml
a: [1, 2]
```

$x^2$

</div>
";

fn cached(project: &Project, cache: &Path, arguments: &[&str]) -> Run {
    let mut command = program();
    command.current_dir(project.path()).env("SOURCE_DATE_EPOCH", "1790000000").args(arguments);
    command.env_remove("HANDBOOK_CACHE").arg("--cache").arg(cache);
    Run(command.output().expect("handbook runs"))
}

#[test]
fn an_empty_name_means_no_cache() {
    let project = Project::new("//- content/a.md\n# A\n");
    let run = cached(&project, Path::new(""), &["build", "-v"]).expect(0);
    assert!(!run.stderr().contains("cache"), "{}", run.stderr());
}

/// The site that a build into an empty folder writes.
fn site(project: &Project, cache: Option<&Path>) -> std::collections::BTreeMap<String, Vec<u8>> {
    let _ = fs::remove_dir_all(project.path().join("site"));
    match cache {
        Some(cache) => cached(project, cache, &["build", "-q"]),
        None => project.run(&["build", "-q"]),
    }
    .expect(0);
    project.tree("site")
}

pub(crate) fn files(cache: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> =
        fs::read_dir(cache).into_iter().flatten().map(|entry| entry.expect("an entry").path()).collect();
    files.sort();
    files
}

#[test]
fn without_and_with_a_warm_a_damaged_and_a_forged_cache_all_bytes_are_the_same() {
    let (project, folder) = (Project::new(BOOK), tempfile::tempdir().expect("a folder"));
    let cache = folder.path().join("cache");
    let plain = site(&project, None);
    let text = |name: &str| String::from_utf8_lossy(&plain[name]).into_owned();
    assert!(text("index.html").contains("hl-keyword") && text("index.html").contains("<math"));
    assert!(text("diagram.html").contains("<svg class=\"drawing\""));
    assert!(plain == site(&project, Some(&cache)), "the first time");
    let whole: Vec<(PathBuf, Vec<u8>)> =
        files(&cache).into_iter().map(|path| (path.clone(), fs::read(path).expect("readable"))).collect();
    assert!(whole.len() > 4, "values lie in {} files", whole.len());
    assert!(plain == site(&project, Some(&cache)), "warm");
    // Damaged: cut off, turned over, emptied, moved to another file's name, a folder, a pipe.
    for (number, damage) in ["cut", "turned", "empty", "moved", "folder", "pipe"].into_iter().enumerate() {
        for (at, (path, bytes)) in whole.iter().enumerate() {
            let _ = fs::remove_dir(path);
            let mut bytes = bytes.clone();
            match damage {
                "cut" => bytes.truncate(bytes.len() * (at + 1) / (whole.len() + 1)),
                "turned" => bytes.iter_mut().skip(number).step_by(7).for_each(|byte| *byte ^= 1),
                "empty" => bytes.clear(),
                _ => bytes.clone_from(&whole[(at + 1) % whole.len()].1),
            }
            fs::remove_file(path).expect("gone");
            match damage {
                "folder" => fs::create_dir(path).expect("a folder"),
                "pipe" => {
                    let made = std::process::Command::new("mkfifo").arg(path).status();
                    assert!(made.expect("mkfifo runs").success());
                }
                _ => fs::write(path, bytes).expect("written"),
            }
        }
        assert!(plain == site(&project, Some(&cache)), "{damage}");
        for (path, _) in &whole {
            let _ = fs::remove_dir(path);
            let _ = fs::remove_file(path);
            fs::write(path, []).expect("a file");
        }
    }
    // Forged: in order by the format, with values that are not what the key stands for.
    for (path, bytes) in &whole {
        fs::write(path, forged(bytes, &|_, value| evil(value))).expect("written");
    }
    let seen = site(&project, Some(&cache));
    assert!(plain["index.html"] == seen["index.html"], "code and formulas are made anew");
    for (name, bytes) in &seen {
        let text = String::from_utf8_lossy(bytes);
        assert!(!text.contains("evil"), "{name}: {text}");
    }
}

/// A value that does harm where nobody looks at it.
fn evil(value: &[u8]) -> Vec<u8> {
    let harm = "<script>evil()</script><a href=\"javascript:evil()\" onclick=\"evil()\">x</a>";
    match String::from_utf8_lossy(value) {
        text if text.starts_with("<math") => format!("<math>{harm}</math>").into_bytes(),
        text if text.contains("<svg") => {
            format!("\0\0<svg viewBox=\"0 0 9 9\" onload=\"evil()\">{harm}</svg>").into_bytes()
        }
        // Pieces of a code that end too early, or in a character.
        _ => vec![1, 200],
    }
}

/// A file of a cache with other values, whose checksums are right.
pub(crate) fn forged(file: &[u8], value: &dyn Fn(u128, &[u8]) -> Vec<u8>) -> Vec<u8> {
    let number = |bytes: &[u8]| bytes.iter().rev().fold(0_u128, |sum, byte| sum << 8 | u128::from(*byte));
    let end = file.len() - 20;
    let count = number(&file[end..end + 4]) as usize;
    let (mut values, mut list) = (Vec::new(), Vec::new());
    for entry in file[end - count * 32..end].chunks(32) {
        let (key, start, length) = (number(&entry[..16]), number(&entry[16..20]), number(&entry[20..24]));
        let value = value(key, &file[start as usize..(start + length) as usize]);
        let mut check = Xxh3Default::new();
        check.update(&key.to_le_bytes());
        check.update(&value);
        list.extend(key.to_le_bytes());
        list.extend((values.len() as u32).to_le_bytes());
        list.extend((value.len() as u32).to_le_bytes());
        list.extend(check.digest().to_le_bytes());
        values.extend(value);
    }
    let check = xxh3_64(&list);
    [&values[..], &list, &(count as u32).to_le_bytes(), &check.to_le_bytes(), b"hbcache1"].concat()
}

/// A store in memory that counts.
#[derive(Debug, Default)]
struct Counting {
    values: Mutex<HashMap<u128, Vec<u8>>>,
    put: Mutex<usize>,
}

impl Store for Counting {
    fn get(&self, key: u128) -> Option<Vec<u8>> {
        self.values.lock().expect("a lock").get(&key).cloned()
    }
    fn put(&self, key: u128, value: &[u8]) {
        *self.put.lock().expect("a lock") += 1;
        self.values.lock().expect("a lock").insert(key, value.to_vec());
    }
}

#[test]
fn nothing_is_made_twice() {
    let project = Project::new(BOOK);
    let sources = disk::Project::open(project.path()).expect("a project").read();
    let store = Arc::new(Counting::default());
    let run = || {
        let cache = Cache::new(Arc::<Counting>::clone(&store));
        let request = Request::new("2026-11-24".parse().expect("a day"));
        let build = Builder::new().with_cache(cache).build(&sources, &request);
        build.site.addresses().iter().for_each(|address| drop(build.site.render(address)));
        std::mem::take(&mut *store.put.lock().expect("a lock"))
    };
    // Two codes with colours and one of a language that nobody knows, three formulas (one has
    // a colour and is not kept, one cannot be read), one diagram.
    assert_eq!(run(), 7);
    assert_eq!(run(), 0);
}

/// `build` frees what only a next run would need, as soon as it can.
#[test]
fn a_builder_for_one_site_makes_the_same_site() {
    let project = Project::new(BOOK);
    let sources = disk::Project::open(project.path()).expect("a project").read();
    let request = Request::new("2026-11-24".parse().expect("a day"));
    let site = |mut builder: Builder| builder.build(&sources, &request).site;
    let bytes = |builder: Builder| -> Vec<(String, handbook::site::Output)> {
        let site = site(builder);
        let page = |address: &str| site.render(address).expect("a file").expect("no template fails");
        site.addresses().into_iter().map(|address| (address.to_owned(), page(address))).collect()
    };
    let kept = bytes(Builder::new());
    assert!(kept.iter().any(|(address, _)| address.starts_with("search/")));
    assert!(
        kept.iter().any(|(address, _)| address.starts_with("previews/") && !address.contains("manifest"))
    );
    assert!(kept == bytes(Builder::new().for_one_site()), "the sites differ");
    // What was given away is made again.
    let once = site(Builder::new().for_one_site());
    let page = |address: &str| once.render(address).expect("a file").expect("no template fails");
    for (address, first) in kept.iter().filter(|(address, _)| address.starts_with("previews/")) {
        assert!((0..3).all(|_| page(address) == *first), "{address}");
    }
    // What is freed of its index is missed by searches alone, and they find nothing rather than fail.
    let count = |builder: Builder, query: &str| site(builder).index().search(query, 5).count;
    for query in ["diagram", "diagramm", "\"text with\"", "title:diagram", "甲乙", "how do I begin?"] {
        assert_eq!(count(Builder::new().for_one_site(), query), 0, "{query}");
    }
    assert!(count(Builder::new(), "diagram") > 0);
}

#[test]
fn it_is_private_and_check_writes_nothing() {
    let (project, folder) = (Project::new(BOOK), tempfile::tempdir().expect("a folder"));
    let cache = folder.path().join("a/cache");
    for arguments in [&["check"][..], &["search", "x"]] {
        cached(&project, &cache, arguments).expect(0);
        assert_eq!(files(folder.path()), [] as [PathBuf; 0], "{arguments:?}");
    }
    cached(&project, &cache, &["build"]).expect(0);
    let mode = |path: &Path| fs::metadata(path).expect("there").permissions().mode() & 0o777;
    assert_eq!((mode(&folder.path().join("a")), mode(&cache)), (0o700, 0o700));
    let before: Vec<_> = files(&cache)
        .into_iter()
        .map(|path| (mode(&path), fs::read(&path).expect("readable"), path))
        .collect();
    assert!(!before.is_empty() && before.iter().all(|file| file.0 == 0o600));
    project.write("content/more.md", "# More\n\n```sh\necho 1\n```\n\n$y$\n");
    cached(&project, &cache, &["check"]).expect(0);
    let after: Vec<_> = files(&cache)
        .into_iter()
        .map(|path| (mode(&path), fs::read(&path).expect("readable"), path))
        .collect();
    assert!(before == after, "check wrote");
    // A folder that others may look into gets one inside.
    let open = folder.path().join("open");
    fs::create_dir(&open).expect("a folder");
    fs::set_permissions(&open, fs::Permissions::from_mode(0o755)).expect("a mode");
    cached(&project, &open, &["build"]).expect(0);
    assert_eq!((files(&open).len(), mode(&open), mode(&open.join("handbook"))), (1, 0o755, 0o700));
}

#[test]
fn it_is_in_no_project_and_in_no_checkout() {
    let (project, folder) = (Project::new(BOOK), tempfile::tempdir().expect("a folder"));
    let checkout = folder.path().join("checkout");
    fs::create_dir_all(checkout.join(".git")).expect("a checkout");
    std::os::unix::fs::symlink(project.path(), folder.path().join("link")).expect("a link");
    let output = folder.path().join("output");
    let before = project.tree("");
    let output_name = output.to_string_lossy().into_owned();
    let build = ["build", "-o", &output_name];
    for inside in [
        project.path().join("cache"),
        project.path().join("content/no/such/cache"),
        folder.path().join("link/cache"),
        folder.path().join("no/../link/cache"),
        output.join("cache"),
        checkout.join("a/cache"),
    ] {
        let said = cached(&project, &inside, &build).expect(0).stderr();
        assert!(said.contains("no cache: "), "{}: {said}", inside.display());
        assert!(!inside.exists() && !inside.with_file_name("handbook").exists(), "{}", inside.display());
    }
    assert_eq!(before, project.tree(""), "something was written into the project");
    assert_eq!(files(&checkout).len(), 1);
}

#[test]
fn a_cache_that_cannot_be_written_stops_nothing() {
    let project = Project::new(BOOK);
    let plain = site(&project, None);
    let folder = tempfile::tempdir().expect("a folder");
    let file = folder.path().join("file");
    fs::write(&file, "x").expect("a file");
    for cache in [file.clone(), file.join("cache")] {
        fs::remove_dir_all(project.path().join("site")).expect("gone");
        let said = cached(&project, &cache, &["build"]).expect(0).stderr();
        assert!(said.contains("cache"), "{said}");
        assert!(plain == project.tree("site"));
    }
    assert_eq!(fs::read_to_string(&file).expect("the file"), "x");
    // A folder that nobody may write into.
    let locked = Project::new("//- x\n");
    fs::create_dir(locked.path().join("cache")).expect("a folder");
    set_mode(&locked, "cache", 0o500);
    let cache = locked.path().join("cache").to_string_lossy().into_owned();
    fs::remove_dir_all(project.path().join("site")).expect("gone");
    let said = run_bound(&project, &["build", "--cache", &cache]).expect(0).stderr();
    assert!(said.contains("was not written"), "{said}");
    assert!(plain == project.tree("site"));
}

#[test]
fn the_users_own_folder_is_used_unless_another_is_named() {
    let (project, folder) = (Project::new(BOOK), tempfile::tempdir().expect("a folder"));
    let run = |name: &str, value: &str| {
        let mut command = program();
        command.current_dir(project.path()).env_remove("HANDBOOK_CACHE").env_remove("XDG_CACHE_HOME");
        command.env("HOME", folder.path().join("home")).env(name, value).arg("build");
        Run(command.output().expect("handbook runs")).expect(0);
    };
    run("HANDBOOK_CACHE", "");
    assert_eq!(files(folder.path()), [] as [PathBuf; 0]);
    let [own, named] = ["own", "named"].map(|name| folder.path().join(name));
    run("XDG_CACHE_HOME", &own.to_string_lossy());
    assert!(!files(&own.join("handbook")).is_empty());
    run("HANDBOOK_CACHE", &named.to_string_lossy());
    assert!(!files(&named).is_empty());
    // A relative one counts for nothing, as its specification has it.
    run("XDG_CACHE_HOME", "relative");
    assert!(!project.path().join("relative").exists());
    assert!(!files(&folder.path().join("home/.cache/handbook")).is_empty());
}
