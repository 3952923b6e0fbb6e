//! `build --precompress`: compressed copies beside texts, and nothing stale.

use crate::support::{Project, repository};
use std::fs;
use std::io::Read;
use xxhash_rust::xxh3::xxh3_128;

/// A handbook with a page, a large and a small text, and what cannot shrink.
fn project() -> Project {
    let project = Project::new("//- content/index.md\n# 手册\n//- content/a.md\n# 甲\n\n第一条 甲。\n");
    project.write("content/表.csv", "编号,名称\n".repeat(200));
    project.write("content/small.txt", "a".repeat(1024));
    project.write("content/图.png", vec![0_u8; 5_000]);
    project
}

fn unpacked(name: &str, bytes: &[u8]) -> Vec<u8> {
    let mut plain = Vec::new();
    if name.ends_with(".gz") {
        flate2::read::GzDecoder::new(bytes).read_to_end(&mut plain).expect("gzip");
    } else {
        brotli::Decompressor::new(bytes, 4096).read_to_end(&mut plain).expect("brotli");
    }
    plain
}

#[test]
fn copies_hold_their_file_and_only_texts_over_a_kilobyte_have_them() {
    let project = project();
    project.run(&["build", "-q", "--precompress"]).expect(0);
    let tree = project.tree("site");
    let mut copies = 0;
    for (name, bytes) in &tree {
        let Some(plain) = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".br")) else { continue };
        assert_eq!(unpacked(name, bytes), tree[plain], "{name}");
        assert!(tree[plain].len() > 1024 && bytes.len() < tree[plain].len(), "{name}");
        copies += 1;
    }
    assert!(copies > 20, "{copies} copies");
    for name in ["index.html", "表.csv", "index.json"] {
        assert_eq!(tree.contains_key(&format!("{name}.br")), tree[name].len() > 1024, "{name}");
    }
    assert!(tree.contains_key("a.html.gz") && tree.contains_key("表.csv.br"));
    for name in ["small.txt.gz", "图.png.gz", ".handbook-manifest.json.gz"] {
        assert!(!tree.contains_key(name), "{name}");
    }
}

#[test]
fn a_second_build_writes_nothing_and_an_edit_only_its_own_files() {
    let project = project();
    project.run(&["build", "--precompress"]).expect(0);
    let first = project.tree("site");
    let again = project.run(&["build", "--precompress"]).expect(0).stderr();
    assert!(again.contains("; 0 written") && again.contains(" 0 removed"), "{again}");
    assert_eq!(project.tree("site"), first);
    project.write("content/表.csv", "编号,名称\n".repeat(201));
    let run = project.run(&["build", "--precompress"]).expect(0).stderr();
    assert!(run.contains("; 3 written"), "{run}");
    let table = &project.tree("site")["表.csv.gz"];
    assert_eq!(unpacked("表.csv.gz", table), "编号,名称\n".repeat(201).as_bytes());
}

#[test]
fn copies_are_the_same_bytes_each_time() {
    let one = project();
    let two = project();
    one.run(&["build", "-q", "--precompress"]).expect(0);
    two.run(&["build", "-q", "--precompress"]).expect(0);
    assert!(one.tree("site") == two.tree("site"));
}

#[test]
fn without_the_flag_the_copies_go() {
    let project = project();
    project.run(&["build", "-q"]).expect(0);
    let plain = project.tree("site");
    project.run(&["build", "-q", "--precompress"]).expect(0);
    assert!(project.tree("site").len() > plain.len() + 20);
    let run = project.run(&["build"]).expect(0).stderr();
    assert!(run.contains("; 0 written"), "{run}");
    assert_eq!(project.tree("site"), plain);
}

/// A build that was cut off can leave a copy of another text, listed as ours.
#[test]
fn a_copy_of_another_text_is_made_anew() {
    let project = project();
    project.run(&["build", "-q", "--precompress"]).expect(0);
    let right = project.tree("site");
    fs::copy(project.path().join("site/表.csv.gz"), project.path().join("site/a.html.gz")).expect("copied");
    project.write("site/a.html.br", b"broken");
    // One that nothing cut off leaves none: somebody else put it there.
    let run = project.run(&["build", "--precompress"]).expect(1).stderr();
    assert!(run.contains("error[changed-output]") && run.contains("a.html.br was changed"), "{run}");
    let now = [".gz", ".br"].map(|end| xxh3_128(&project.tree("site")[&format!("a.html{end}")]));
    let manifest = project.read("site/.handbook-manifest.json");
    let mut manifest: serde_json::Value = serde_json::from_str(&manifest).expect("JSON");
    for (end, now) in [".gz", ".br"].into_iter().zip(now) {
        let listed = &mut manifest["files"][&format!("a.html{end}")];
        *listed = serde_json::json!([listed.clone(), format!("{now:032x}")]);
    }
    project.write("site/.handbook-manifest.json", manifest.to_string());
    let run = project.run(&["build", "--precompress"]).expect(0).stderr();
    assert!(run.contains("; 2 written"), "{run}");
    assert_eq!(project.tree("site"), right);
}

#[test]
fn a_foreign_file_in_the_place_of_a_copy_is_kept() {
    let project = project();
    project.run(&["build", "-q"]).expect(0);
    project.write("site/a.html.gz", "mine");
    let before = project.tree("site");
    let run = project.run(&["build", "--precompress"]).expect(2).stderr();
    assert!(run.contains("a.html.gz was not written by handbook"), "{run}");
    assert_eq!(project.tree("site"), before);
}

#[test]
fn an_authors_own_compressed_file_comes_first() {
    let project = project();
    project.write("content/表.csv.gz", "the author's");
    project.run(&["build", "-q", "--precompress"]).expect(0);
    assert_eq!(project.read("site/表.csv.gz"), "the author's");
    assert!(project.tree("site").contains_key("表.csv.br"));
    project.run(&["build", "-q"]).expect(0);
    assert_eq!(project.read("site/表.csv.gz"), "the author's");
}

#[test]
fn the_sample_shrinks_to_a_third() {
    let folder = tempfile::tempdir().expect("folder");
    let output = folder.path().join("site").to_string_lossy().into_owned();
    let root = repository();
    crate::support::run_in(&root, &["build", "-q", "--precompress", "-o", &output]).expect(0);
    let tree = crate::support::tree(&folder.path().join("site"));
    let sum = |keep: &dyn Fn(&str) -> bool| -> usize {
        tree.iter().filter(|(name, _)| keep(name)).map(|(_, bytes)| bytes.len()).sum()
    };
    let plain = sum(&|name| tree.contains_key(&format!("{name}.br")));
    let packed = sum(&|name| name.ends_with(".br"));
    assert!(packed > 10_000 && packed * 3 < plain, "{packed} of {plain}");
}
