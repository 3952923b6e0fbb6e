//! Real books of other tools: imported, built and measured.
//!
//! A link counts where the tool itself would resolve it, by the rules that its
//! documentation gives, written down in [`resolves`]. What it resolves must lead on in the
//! site. Order is compared with the tool's own navigation by Kendall's tau.

use super::{Imported, reading_order};
use crate::support::{repository, run_in};
use std::collections::BTreeMap;
use std::path::Path;

struct Row {
    book: &'static str,
    chapters: usize,
    links: usize,
    working: usize,
    pictures: usize,
    shown: usize,
    markers: usize,
    tau: Option<f64>,
}

#[test]
#[ignore = "needs ../shared/corpora/strangers"]
fn books_of_strangers_come_over_whole() {
    let mut rows = Vec::new();
    for (book, has_order) in [
        ("clef", false),
        ("comply", false),
        ("front-docs", true),
        ("gds-way", false),
        ("hackerbay", false),
        ("mkdocs-material", true),
        ("openbao", false),
        ("oss-book", true),
        ("p3c", true),
        ("reg", true),
        ("rust-forge", true),
        ("tuist", false),
    ] {
        rows.push(measure(book, has_order));
    }
    println!("book                chapters  links  work    pictures shown   markers  tau");
    for row in &rows {
        let share = 100.0 * row.working as f64 / row.links.max(1) as f64;
        let tau = row.tau.map_or("-".to_owned(), |tau| format!("{tau:.4}"));
        println!(
            "{:18} {:9} {:6} {share:5.1} % {:8} {:6} {:8}  {tau}",
            row.book, row.chapters, row.links, row.pictures, row.shown, row.markers
        );
    }
    for row in rows {
        assert!(row.working * 100 >= row.links * 99, "{}: links", row.book);
        assert_eq!(row.shown, row.pictures, "{}: pictures", row.book);
        assert_eq!(row.markers, 0, "{}: markers that the report does not list", row.book);
        assert!(row.tau.is_none_or(|tau| tau >= 0.99), "{}: order {:?}", row.book, row.tau);
    }
}

fn measure(book: &'static str, has_order: bool) -> Row {
    let source = repository().join("../shared/corpora/strangers").join(book);
    let folder = tempfile::tempdir().expect("a folder");
    let (from, to) = (source.to_string_lossy().into_owned(), folder.path().join("new"));
    run_in(folder.path(), &["import", &from, &to.to_string_lossy()]).expect(0);
    let imported = Imported { folder: to };
    imported.build();
    let targets: BTreeMap<String, String> = imported
        .told("chapter")
        .into_iter()
        .map(|(file, target)| (file, target.trim_start_matches("content/").to_owned()))
        .collect();
    let mut row = Row {
        book,
        chapters: targets.len(),
        links: 0,
        working: 0,
        pictures: 0,
        shown: 0,
        markers: 0,
        tau: None,
    };
    // A finding of the build names what does not work, by the file it stands in.
    let mut dead: Vec<String> = imported.findings(&["broken-link"]);
    let mut blind: Vec<String> = imported.findings(&["broken-image"]);
    for file in targets.keys() {
        let text = std::fs::read_to_string(source.join(file)).expect("a text");
        for (dest, is_image) in destinations(&text) {
            let Some(found) = resolves(&source, book, file, &dest) else { continue };
            let target = &targets[file];
            let is_dead = |list: &mut Vec<String>| {
                let name = dest.rsplit('/').find(|part| !part.is_empty()).unwrap_or("");
                let place = format!("\"content/{target}\"");
                let at =
                    list.iter().position(|finding| finding.starts_with(&place) && finding.contains(name));
                at.map(|at| list.remove(at)).is_some()
            };
            if is_image {
                row.pictures += 1;
                row.shown += usize::from(!is_dead(&mut blind));
            } else {
                row.links += 1;
                row.working += usize::from(
                    !is_dead(&mut dead) && (!found.ends_with(".md") || targets.contains_key(&found)),
                );
            }
        }
    }
    row.markers = unlisted_markers(&imported, &targets);
    row.tau = has_order.then(|| tau(&imported, &source, book, &targets));
    row
}

/// What links of a text lead to, as CommonMark reads them; not in code.
fn destinations(text: &str) -> Vec<(String, bool)> {
    use comrak::nodes::NodeValue;
    let arena = comrak::Arena::new();
    let mut options = comrak::Options::default();
    options.extension.front_matter_delimiter = Some("---".to_owned());
    options.extension.table = true;
    let root = comrak::parse_document(&arena, text, &options);
    let own = root.descendants().filter_map(|node| match &node.data.borrow().value {
        NodeValue::Link(link) => Some((link.url.clone(), false)),
        NodeValue::Image(link) => Some((link.url.clone(), true)),
        _ => None,
    });
    own.filter(|(dest, _)| !dest.is_empty() && !dest.contains("://") && !dest.starts_with("mailto:"))
        .collect()
}

/// The file of the book that its tool resolves a destination to.
///
/// - A path to a source file (`x.md`) counts from the file's folder: all of them.
/// - A path from the top counts from the folder of the chapters, and from the folders of
///   public files (`static` of Docusaurus and Hugo, `public` of VuePress); `/docs` is where
///   Docusaurus puts its documents.
/// - A path without a source suffix is an address. MkDocs, Hugo and Docusaurus publish
///   `a/b.md` at `a/b/`, the others at `a/b.html`; it counts from there.
fn resolves(source: &Path, book: &str, file: &str, dest: &str) -> Option<String> {
    let path = dest.split(['#', '?']).next().unwrap_or("");
    let path = percent_encoding::percent_decode_str(path).decode_utf8().ok()?;
    if path.is_empty() {
        return None;
    }
    let (root, public, mount, is_folders): (&str, &[&str], &str, bool) = match book {
        "mkdocs-material" => ("docs", &[], "", true),
        "openbao" => ("docs", &["static"], "docs", true),
        "reg" => ("content", &["static"], "", true),
        "front-docs" => ("docs", &["docs/.vuepress/public"], "", false),
        "gds-way" => ("source", &[], "", false),
        "oss-book" | "rust-forge" => ("src", &[], "", false),
        "tuist" => ("handbook", &["public"], "", false),
        _ => ("", &[], "", false),
    };
    let is_file = |path: &str| source.join(path).is_file().then(|| path.to_owned());
    let join = |base: &str, path: &str| handbook::handbook::link::join(base, path);
    let folder = |path: &str| path.rsplit_once('/').map_or(String::new(), |(folder, _)| folder.to_owned());
    let page = |place: &str| {
        let stem = place.trim_end_matches('/');
        let stem = stem.strip_suffix(".html").unwrap_or(stem);
        let stem = stem.strip_suffix("/index").unwrap_or(stem);
        let names = [
            ".md",
            ".mdx",
            ".html.md.erb",
            "/index.md",
            "/index.mdx",
            "/README.md",
            "/_index.md",
            "/index.html.md.erb",
        ];
        is_file(place)
            .or_else(|| names.iter().find_map(|end| is_file(format!("{stem}{end}").trim_start_matches('/'))))
    };
    if let Some(top) = path.strip_prefix('/') {
        let inside = top.strip_prefix(mount).unwrap_or(top).trim_start_matches('/');
        let place = join(root, inside)?;
        return page(&place).or_else(|| public.iter().find_map(|public| is_file(&join(public, top)?)));
    }
    if path.ends_with(".md") || path.ends_with(".mdx") {
        return is_file(&join(&folder(file), &path)?);
    }
    let is_index = ["index", "README", "_index"]
        .iter()
        .any(|name| file.rsplit('/').next().unwrap_or(file).starts_with(name));
    let base = match is_folders && !is_index {
        true => file.rsplit_once('.').map_or(file.to_owned(), |(stem, _)| stem.to_owned()),
        false => folder(file),
    };
    let beside = join(&folder(file), &path).and_then(|place| is_file(&place));
    // MkDocs and Docusaurus resolve pictures beside the file.
    join(&base, &path).and_then(|place| page(&place)).or(beside)
}

/// Markers of the old tool on pages, but those that the report lists.
fn unlisted_markers(imported: &Imported, targets: &BTreeMap<String, String>) -> usize {
    let listed = imported.told("markup");
    let mut count = 0;
    for (file, target) in targets {
        let text = imported.read(&format!("content/{target}"));
        let own: Vec<&str> =
            listed.iter().filter(|(path, _)| path == file).map(|(_, what)| what.as_str()).collect();
        for marker in ["{{<", "{{%", "{{#", "--8<--", "<%", "{% "] {
            let shown = visible(&text).matches(marker).count();
            let known = own.iter().filter(|what| what.contains(marker)).count();
            if shown > known {
                println!("{}: {shown} {marker}, {known} listed", target);
                count += shown - known;
            }
        }
    }
    count
}

/// The words of a text that are not code.
fn visible(text: &str) -> String {
    use comrak::nodes::NodeValue;
    let arena = comrak::Arena::new();
    let mut options = comrak::Options::default();
    options.extension.front_matter_delimiter = Some("---".to_owned());
    let root = comrak::parse_document(&arena, text, &options);
    let words = root.descendants().filter_map(|node| match &node.data.borrow().value {
        NodeValue::Text(words) => Some(words.to_string()),
        _ => None,
    });
    words.collect::<Vec<_>>().join(" ")
}

/// Kendall's tau between the tool's navigation and ours, over the chapters in both.
fn tau(imported: &Imported, source: &Path, book: &str, targets: &BTreeMap<String, String>) -> f64 {
    let ours: Vec<String> =
        reading_order(&imported.folder.join("site")).into_iter().map(|(_, href)| href).collect();
    let address = |target: &str| handbook::chapter::url(target);
    let place: BTreeMap<&str, usize> =
        ours.iter().enumerate().map(|(at, href)| (href.as_str(), at)).collect();
    let theirs: Vec<usize> = navigation(source, book)
        .iter()
        .filter_map(|file| place.get(address(targets.get(file)?).as_str()).copied())
        .collect();
    assert!(theirs.len() > 10, "{book}: only {} chapters of the navigation are in the tree", theirs.len());
    tau_of(&theirs)
}

/// Kendall's tau between the order of the places and their numbers.
pub(super) fn tau_of(theirs: &[usize]) -> f64 {
    let (mut with, mut against) = (0_i64, 0_i64);
    for (at, first) in theirs.iter().enumerate() {
        for second in &theirs[at + 1..] {
            if first < second { with += 1 } else { against += 1 }
        }
    }
    (with - against) as f64 / (with + against) as f64
}

/// The chapters in the order of the tool's navigation, read without the code under test.
fn navigation(source: &Path, book: &str) -> Vec<String> {
    let read = |path: &str| std::fs::read_to_string(source.join(path)).expect("the navigation");
    let (file, root) = match book {
        "mkdocs-material" => ("mkdocs.yml", "docs"),
        "front-docs" => ("docs/.vuepress/config.js", "docs"),
        "oss-book" | "rust-forge" => ("src/SUMMARY.md", "src"),
        "p3c" => ("SUMMARY.md", ""),
        "reg" => return by_weight(source, "content"),
        _ => panic!("{book} has no navigation"),
    };
    let text = read(file);
    let text =
        if book == "mkdocs-material" { text.split("\nnav:").nth(1).expect("nav").to_owned() } else { text };
    // Every path to a chapter, in the order in which they stand.
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '\'' | '"'));
    let paths = words
        .filter(|word| word.ends_with(".md"))
        .map(|word| word.trim_start_matches("./").trim_start_matches('/'));
    paths.map(|path| if root.is_empty() { path.to_owned() } else { format!("{root}/{path}") }).collect()
}

/// Hugo Book lists pages by weight (none and 0 come last), then by title.
fn by_weight(source: &Path, folder: &str) -> Vec<String> {
    let about = |path: &str| -> (f64, String) {
        let text = std::fs::read_to_string(source.join(path)).unwrap_or_default();
        let field = |key: &str| {
            let line = text.split("\n---").next()?.lines().find_map(|line| line.strip_prefix(key))?;
            Some(line.trim().trim_matches(['"', '\'']).to_owned())
        };
        let weight =
            field("weight:").and_then(|text| text.parse().ok()).filter(|weight: &f64| *weight != 0.0);
        (weight.unwrap_or(f64::INFINITY), field("title:").unwrap_or_default().to_lowercase())
    };
    let mut entries = Vec::new();
    for entry in std::fs::read_dir(source.join(folder)).expect("a folder").filter_map(Result::ok) {
        let name = entry.file_name().to_string_lossy().into_owned();
        let path = format!("{folder}/{name}");
        if entry.path().is_dir() {
            entries.push((about(&format!("{path}/_index.md")), path, true));
        } else if name.ends_with(".md") && name != "_index.md" {
            entries.push((about(&path), path, false));
        }
    }
    entries.sort_by(|a, b| a.0.0.total_cmp(&b.0.0).then_with(|| a.0.1.cmp(&b.0.1)));
    let index = format!("{folder}/_index.md");
    let mut all: Vec<String> = source.join(&index).is_file().then_some(index).into_iter().collect();
    for (_, path, is_folder) in entries {
        if is_folder { all.extend(by_weight(source, &path)) } else { all.push(path) }
    }
    all
}
