//! Real books build: exit status 0, whatever they lack.

use crate::support::{repository, run_in};

fn build(book: &str, chapters: usize) {
    let folder = repository().join("../shared/corpora").join(book);
    if !folder.is_dir() {
        eprintln!("skipped: {} is not here", folder.display());
        return;
    }
    let output = tempfile::tempdir().expect("folder");
    let site = output.path().join("site").to_string_lossy().into_owned();
    let root = folder.to_string_lossy().into_owned();
    let run = run_in(output.path(), &["build", "-C", &root, "-o", &site, "--format", "json"]).expect(0);
    let report: serde_json::Value = serde_json::from_str(&run.stdout()).expect("JSON");
    assert_eq!(report["summary"]["errors"], 0);
    let index = std::fs::read_to_string(output.path().join("site/index.json")).expect("index.json");
    let index: serde_json::Value = serde_json::from_str(&index).expect("JSON");
    assert_eq!(index["chapters"].as_array().map(Vec::len), Some(chapters));
}

#[test]
fn a_government_handbook_builds() {
    build("18f", 246);
}

#[test]
fn a_book_of_laws_builds() {
    build("laws", 600);
}
