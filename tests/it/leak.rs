//! The leak test: words planted in every field of withheld chapters must not be
//! in any byte of what other audiences get.
//!
//! Two checks. The output is searched, decompressed and decoded, for the words;
//! and it is compared with the output of a project that never held the files,
//! byte for byte, which also covers what cannot be searched (search shards are
//! streams of bits, counts are numbers).

#[cfg(feature = "diagram")]
mod containers;
mod editions;
mod figures;
mod folders;
mod import;
mod names;
mod pairs;
mod schemes;
mod search;
mod suffixes;
mod written;

use crate::support::{Project, ask, repository, run_in, tree};
use std::collections::BTreeMap;
use std::fs;
use std::io::Read as _;
use std::path::Path;

/// The widest first, so that what its site made is there to leak into the others'.
const AUDIENCES: &str = "
audiences:
  board: {name: 董事会, includes: [managers]}
  managers: {name: 管理人员, includes: [staff]}
  staff: {name: 员工, includes: [everyone]}
  everyone: 全体人员
";

/// Each level's key and a character that the sample does not hold.
const LEVELS: [(&str, &str); 3] = [("staff", "龘"), ("managers", "靐"), ("board", "齉")];

/// A word of a level that stands nowhere else.
fn word(level: usize, field: &str) -> String {
    let (key, rare) = LEVELS[level];
    format!("zqx{key}{field}{rare}")
}

/// A copy of the sample with audiences.
fn sample() -> Project {
    let project = Project::new("");
    for (name, bytes) in tree(&repository().join("content")) {
        project.write(&format!("content/{name}"), bytes);
    }
    for name in ["handbook.yaml", "organization.yaml"] {
        project.write(name, fs::read(repository().join(name)).expect("readable"));
    }
    let settings = project.read("handbook.yaml");
    project
        .write("handbook.yaml", format!("{settings}\nbase_url: https://intra.example.com/hb/\n{AUDIENCES}"));
    project
}

/// Front matter and text with a word of the level in every place there is.
fn chapter(level: usize, field: &str, audience: &str) -> String {
    let w = |place: &str| word(level, &format!("{field}{place}"));
    format!(
        "---
{audience}title: {title}
id: {id}
aliases: [{alias}]
redirect_from: [/{old}/{old}.html, /{old}2/]
summary: {summary}
departments: [运营中心]
roles: [运营经理]
owner: {owner}
author: [{author}]
reviewer: {reviewer}
approver: {approver}
raci:
  {activity}: {{responsible: [{doer}], accountable: [运营总监], consulted: [{asked}], informed: [{told}]}}
required_reading: all
status: in_force
version: {version}
effective: 2026-01-01
review_by: 2026-02-01
revisions:
  - {{version: {version}, date: 2026-01-01, by: {by}, note: {note}}}
reviews:
  - {{date: 2026-01-15, by: {judge}, outcome: unchanged, note: {verdict}}}
approvals:
  - {{by: {signer}, date: 2026-01-01, version: {version}, record: {minutes}, digest: {digest}}}
procedure:
  discussion: {{date: 2026-01-01, record: {congress}, note: {talk}}}
kind: record
confidentiality: secret
topics: [{topic}]
terms:
  - {{term: {term}, aliases: [{termalias}], definition: \"{definition}，见[处]({file}.md)。\"}}
x-{key}: {own}
extra: {{{key}: {own}}}
---
# {title}

{opening}。《{unknown}》、《运维管理制度》第三条、《{title}》。

第一条 {clause}。[{linktext}](https://example.com/{target} \"{linktitle}\")

（一）{item}；

## {heading}

![{alt}]({image}.svg \"{imagetitle}\") [{attached}]({attachment}.pdf)

| {cell} | b |
| --- | --- |
| `{code}` | b |

[[OPS-001|{wiki}]]

```{info}
{block}
```

<div id=\"{anchor}\" class=\"{class}\"><!-- {comment} -->{raw}</div>

- [x] {task}[^1]

> [!NOTE]
> {alert}

[^1]: {footnote}
",
        title = w("title"),
        id = w("id"),
        alias = w("alias"),
        old = w("old"),
        summary = w("summary"),
        owner = w("owner"),
        author = w("author"),
        reviewer = w("reviewer"),
        approver = w("approver"),
        activity = w("activity"),
        doer = w("doer"),
        asked = w("asked"),
        told = w("told"),
        version = w("version"),
        by = w("by"),
        note = w("note"),
        judge = w("judge"),
        signer = w("signer"),
        minutes = w("minutes"),
        congress = w("congress"),
        talk = w("talk"),
        digest = "e".repeat(64),
        verdict = w("verdict"),
        topic = w("topic"),
        term = w("term"),
        termalias = w("termalias"),
        definition = w("definition"),
        file = word(level, "file"),
        key = w("key"),
        own = w("mine"),
        opening = w("opening"),
        unknown = w("unknown"),
        clause = w("clause"),
        linktext = w("linktext"),
        target = w("target"),
        linktitle = w("linktitle"),
        item = w("item"),
        heading = w("heading"),
        alt = w("alt"),
        image = w("image"),
        imagetitle = w("imagetitle"),
        attached = w("attached"),
        attachment = w("attachment"),
        cell = w("cell"),
        code = w("code"),
        wiki = w("wiki"),
        info = w("info"),
        block = w("block"),
        anchor = w("anchor"),
        class = w("class"),
        comment = w("comment"),
        raw = w("raw"),
        task = w("task"),
        alert = w("alert"),
        footnote = w("footnote"),
    )
}

/// Plants a level's chapters: a folder with a page of its own, a folder in it, and
/// a chapter among those that everyone may read; each with attachments.
fn plant(project: &Project, level: usize) {
    let key = LEVELS[level].0;
    let folder = word(level, "folder");
    let audience = format!("audience: [{key}]\n");
    let attach = |folder: &str, field: &str| {
        let file = |place: &str| word(level, &format!("{field}{place}"));
        let bytes = word(level, &format!("{field}bytes"));
        project.write(&format!("content/{folder}/{}.pdf", file("attachment")), &bytes);
        let svg = format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"9\" height=\"8\"><title>{bytes}</title></svg>"
        );
        project.write(&format!("content/{folder}/{}.svg", file("image")), svg);
        project.write(&format!("content/{folder}/{}.txt", file("unused")), bytes);
    };
    project.write(&format!("content/{folder}/index.md"), chapter(level, "page", &audience));
    project.write(&format!("content/{folder}/{}.md", word(level, "file")), chapter(level, "file", ""));
    let deep = format!("{folder}/{}", word(level, "sub"));
    project.write(&format!("content/{deep}/{}.md", word(level, "deep")), chapter(level, "deep", ""));
    project
        .write(&format!("content/ecommerce/{}.md", word(level, "lone")), chapter(level, "lone", &audience));
    for (folder, field) in [(&*folder, "page"), (&*folder, "file"), (&*deep, "deep"), ("ecommerce", "lone")] {
        attach(folder, field);
    }
}

/// A chapter for everyone that refers to a level's chapters in every way, by words
/// that only stand in destinations.
fn refer(project: &Project, level: usize) {
    let (folder, file, lone) = (word(level, "folder"), word(level, "file"), word(level, "lone"));
    let (title, id) = (word(level, "filetitle"), word(level, "fileid"));
    let (old, topic) = (word(level, "fileold"), word(level, "filetopic"));
    let text = format!(
        "---
title: 引用{level}
related: [{id}, {title}]
supersedes: [{title}]
terms:
  - {{term: 术语{level}号, definition: \"见[甲]({folder}/{file}.md)。\"}}
---
一、[甲]({folder}/{file}.md)、[乙]({folder}/{file}.html#第一条)、[丙](/{folder}/)、[丁]({folder}/{file})。

二、[[{title}|甲]]、[[{id}#第一条|乙]]、[[{folder}/{file}.md|丙]]、[丁][ref]、[戊](id/{id}.html)。

三、[甲](/{old}/{old}.html)、[乙](topics/{topic}.html)、[丙](https://intra.example.com/hb/{folder}/{file}.html)、[丁](ecommerce/{lone}.md)、[戊](https://intra.example.com/hb/board/{folder}/{file}.html#x)。

四、<a class=\"x\" href=\"{folder}/{file}.md\">甲</a>、<a href='{folder}/index.html'>乙</a>、<https://example.com>、[丙]({upper}/{file}.MD)。

![图]({folder}/{file}.md)

[ref]: {folder}/{file}.md \"{title}\"
",
        upper = folder.to_uppercase(),
    );
    project.write(&format!("content/ref{level}.md"), text);
}

/// A file's bytes, decompressed.
fn plain(name: &str, bytes: Vec<u8>) -> Vec<u8> {
    let mut plain = Vec::new();
    if name.ends_with(".gz") {
        flate2::read::GzDecoder::new(&*bytes).read_to_end(&mut plain).expect("gzip");
        return plain;
    }
    if name.ends_with(".br") {
        brotli::Decompressor::new(&*bytes, 4096).read_to_end(&mut plain).expect("brotli");
        return plain;
    }
    bytes
}

/// Every file of an output folder, its name in front of what it holds.
fn read(folder: &Path) -> Vec<(String, Vec<u8>)> {
    let files = tree(folder).into_iter();
    let all = files.map(|(name, bytes)| {
        let mut whole = format!("{name}\n").into_bytes();
        whole.extend(plain(&name, bytes));
        (name, whole)
    });
    all.collect()
}

/// Which files of a folder hold some of these words, in their names or in what they hold, and which.
fn files_with(folder: &Path, words: &[&str]) -> Vec<String> {
    let with = |(name, bytes): (String, Vec<u8>)| {
        let text = String::from_utf8_lossy(&bytes).to_lowercase();
        let held = words.iter().filter(|word| text.contains(**word));
        held.map(|word| format!("{name}: {word}")).collect::<Vec<_>>()
    };
    read(folder).into_iter().flat_map(with).collect()
}

/// What a level's words are known by, as texts, addresses, JSON and HTML write it.
fn signs(level: usize) -> Vec<String> {
    let (key, rare) = LEVELS[level];
    let point = rare.chars().next().map_or(0, u32::from);
    let percent: String = rare.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let latin = format!("zqx{key}");
    let mut signs = vec![latin.to_uppercase(), latin, rare.to_owned(), percent.to_lowercase(), percent];
    for written in [format!("{point:x}"), format!("{point:X}")] {
        signs.extend([format!("\\u{written}"), format!("&#x{written};"), format!("\\{written}")]);
    }
    signs.push(format!("&#{point};"));
    signs
}

/// All files that hold a level's words, with some of what follows.
fn traces(read: &[(String, Vec<u8>)], level: usize) -> Vec<String> {
    let mut found = Vec::new();
    for sign in signs(level) {
        let finder = memchr::memmem::Finder::new(&sign);
        for (name, bytes) in read {
            if let Some(at) = finder.find(bytes) {
                let around = String::from_utf8_lossy(&bytes[at..(at + 80).min(bytes.len())]).into_owned();
                found.push(format!("{name}: {around}"));
            }
        }
    }
    found
}

#[test]
fn no_byte_tells_of_what_is_withheld_from_three_nested_audiences() {
    let project = sample();
    for level in 0..3 {
        plant(&project, level);
        refer(&project, level);
    }
    project.run(&["build", "--all-audiences"]).expect(0);
    // Compressing takes its time, so that only the widest audience's site has copies.
    project.run(&["build", "--audience", "everyone", "-o", "site/everyone", "--precompress"]).expect(0);
    assert!(project.tree("site/everyone").contains_key("index.html.br"));
    let site = project.path().join("site");
    // What a reader finds by searching, in the published index, with the published scripts.
    let fields =
        ["filetitle", "fileclause", "deepopening", "lonealias", "pageheading", "filetopic", "fileid"];
    for audience in ["everyone", "staff", "managers", "board"] {
        let read = read(&site.join(audience));
        let own = LEVELS.iter().position(|row| row.0 == audience);
        for (level, (key, rare)) in LEVELS.into_iter().enumerate() {
            let may_see = own.is_some_and(|own| own >= level);
            let found = traces(&read, level);
            if may_see {
                assert!(found.len() > 50, "{audience} sees {key} only {} times", found.len());
            } else {
                assert!(found.is_empty(), "{audience} learns of {key}: {found:#?}");
            }
            let words = fields.iter().map(|field| word(level, field));
            let queries: Vec<String> = words.chain([rare.to_owned(), format!("zqx{key}")]).collect();
            for (query, count) in queries.iter().zip(ask(&site.join(audience), &queries)) {
                assert_eq!(count > 0, may_see, "{audience} asks for {query} and finds {count}");
            }
        }
    }
}

#[test]
fn every_planted_word_is_published_where_it_may_be() {
    let project = sample();
    plant(&project, 2);
    project.run(&["build", "--audience", "board"]).expect(0);
    let files = read(&project.path().join("site"));
    let holds = |word: &str| {
        let finder = memchr::memmem::Finder::new(word);
        files.iter().any(|(_, bytes)| finder.find(bytes).is_some())
    };
    let text = chapter(2, "file", "");
    let sign = format!("zqx{}", LEVELS[2].0);
    let words: std::collections::BTreeSet<String> = text
        .match_indices(&sign)
        .map(|(at, _)| text[at..].chars().take_while(|c| c.is_ascii_alphanumeric()).collect())
        .collect();
    assert!(words.len() > 40, "{words:?}");
    let unseen: Vec<&String> = words.iter().filter(|word| !holds(word)).collect();
    // Comments and a project's own keys are in no page of the default theme.
    let known = ["comment", "key", "mine"].map(|field| format!("zqxboardfile{field}"));
    assert_eq!(unseen, known.iter().collect::<Vec<_>>());
    assert!(holds(&word(2, "lonebytes")));
    assert!(!holds(&word(2, "loneunused")), "nobody uses it");
}

/// Two outputs must be one.
fn assert_same(one: &BTreeMap<String, Vec<u8>>, two: &BTreeMap<String, Vec<u8>>, what: &str) {
    let names: Vec<&String> =
        one.keys().chain(two.keys()).filter(|name| one.get(*name) != two.get(*name)).collect();
    assert!(one.len() > 40 && names.is_empty(), "{what}: {names:#?}");
}

/// Leaves of the manifest which site it is, and which files it has.
fn forget_fingerprints(site: &mut BTreeMap<String, Vec<u8>>) {
    let bytes = site.get_mut(".handbook-manifest.json").expect("a manifest");
    let mut manifest: serde_json::Value = serde_json::from_slice(bytes).expect("JSON");
    for kind in ["chapters", "files"] {
        let files = manifest[kind].as_object_mut().expect("files");
        assert!(!files.is_empty(), "{kind}");
        files.values_mut().for_each(|hash| *hash = serde_json::Value::Null);
    }
    *bytes = manifest.to_string().into_bytes();
}

#[test]
fn an_audience_gets_the_bytes_of_a_project_that_never_held_the_rest() {
    let whole = sample();
    (0..3).for_each(|level| plant(&whole, level));
    whole.run(&["build", "--all-audiences"]).expect(0);
    for (audience, levels) in [("everyone", 0), ("staff", 1), ("managers", 2)] {
        let part = sample();
        (0..levels).for_each(|level| plant(&part, level));
        part.run(&[
            "build",
            "--audience",
            audience,
            "--base-url",
            &format!("https://intra.example.com/hb/{audience}/"),
        ])
        .expect(0);
        assert_same(&whole.tree(&format!("site/{audience}")), &part.tree("site"), audience);
    }
}

/// Words of other programs, files of hidden folders and frames, in chapters that the
/// board alone may see, and in one for everyone that leads to all of them.
#[test]
fn foreign_words_hidden_folders_and_frames_tell_nothing() {
    let word = |field: &str| word(2, field);
    let (whole, part) = (sample(), sample());
    for project in [&whole, &part] {
        let settings = project.read("handbook.yaml");
        project.write("handbook.yaml", format!("{settings}\nkinds: {{runbook: 运维手册}}\n"));
        for name in [".attachments/own.pdf", ".vuepress/public/own.svg", "own.html"] {
            project.write(&format!("content/{name}"), "own");
        }
        project.write(
            "content/other.md",
            "---\ntitle: 外来\nstatus: active\nkind: runbook\n---\n\n[甲](.attachments/own.pdf) ![乙](/own.svg)\n\n<iframe src=\"own.html\" title=\"框\"></iframe>\n",
        );
    }
    let files = [".attachments/S.pdf", ".gitbook/assets/S.png", ".vuepress/public/S.svg", "S.html"];
    for (at, front) in [
        "status: STATUS\nkind: KIND",
        "status: wip",
        "draft: true",
        "archived: true",
        "publishDate: 2999-01-01",
    ]
    .iter()
    .enumerate()
    {
        let front = front.replace("STATUS", &word("status")).replace("KIND", &word("kind"));
        let secret = word(&format!("secret{at}"));
        let text = format!(
            "---\ntitle: {secret}\naudience: board\n{front}\n---\n\n{secret} [a](.attachments/S.pdf) ![{secret}](.gitbook/assets/S.png \"{secret}\") ![](/S.svg)\n\n<iframe src=\"S.html\" title=\"{secret}\"></iframe> <iframe src=\"https://example.com/{secret}\"></iframe>\n"
        );
        whole.write(&format!("content/{}.md", word(&format!("file{at}"))), text.replace('S', &word("held")));
    }
    for file in files {
        whole.write(&format!("content/{}", file.replace('S', &word("held"))), word("bytes"));
    }
    let lead = |name: &str| {
        format!(
            "# 引\n\n<iframe src=\"{name}.html\" title=\"框\"></iframe> <iframe src=\"{name}.md\"></iframe>\n"
        )
    };
    whole.write("content/lead.md", lead(&word("held")));
    for audience in ["everyone", "staff", "managers"] {
        whole.run(&["build", "--audience", audience]).expect(0);
        let found = traces(&read(&whole.path().join("site")), 2);
        assert!(found.is_empty(), "{audience}: {found:#?}");
        std::fs::remove_dir_all(whole.path().join("site")).expect("removed");
    }
    // The same bytes as where nothing of it ever was.
    std::fs::remove_file(whole.path().join("content/lead.md")).expect("removed");
    for project in [&whole, &part] {
        project.run(&["build", "--audience", "everyone"]).expect(0);
    }
    assert!(part.tree("site").contains_key(".attachments/own.pdf"));
    assert_same(&whole.tree("site"), &part.tree("site"), "everyone");
    // And whoever may see it does.
    whole.run(&["build", "--audience", "board", "-o", "board-site"]).expect(0);
    let found = traces(&read(&whole.path().join("board-site")), 2);
    assert!(found.len() > 5, "{found:#?}");
}

/// A number from the clock, or of the environment so that a failure can be seen again.
fn seed() -> u64 {
    let given = std::env::var("HANDBOOK_SEED").ok().and_then(|seed| seed.parse().ok());
    let now = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH);
    given.unwrap_or_else(|| now.map_or(1, |now| now.as_nanos() as u64)) | 1
}

/// Whether the seed's next coin falls one way (xorshift).
fn coin(state: &mut u64) -> bool {
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    state.is_multiple_of(2)
}

/// A text with a line more in its front matter.
fn with_front(text: &str, line: &str) -> String {
    match text.strip_prefix("---\n") {
        Some(rest) => format!("---\n{line}\n{rest}"),
        None => format!("---\n{line}\n---\n{text}"),
    }
}

/// Bytes with the marks of withheld links written as those of broken ones, which
/// is what they are where the files never were.
fn as_broken(bytes: &[u8]) -> Vec<u8> {
    let Ok(text) = std::str::from_utf8(bytes) else { return bytes.to_vec() };
    let note = "<span class=\"withheld-note\">（本版未收录）</span></span>";
    let text = text.replace(note, "</span>");
    text.replace("<span class=\"withheld\">", "<span class=\"broken-link\">").into_bytes()
}

#[test]
fn a_random_half_of_the_sample_leaves_no_trace_but_marks() {
    let seed = seed();
    eprintln!("HANDBOOK_SEED={seed}");
    let mut state = seed;
    let (whole, part) = (sample(), sample());
    for (name, bytes) in tree(&repository().join("content")) {
        if !name.ends_with(".md") {
            continue;
        }
        let (path, text) = (format!("content/{name}"), String::from_utf8(bytes).expect("UTF-8"));
        if coin(&mut state) {
            whole.write(&path, with_front(&text, "audience: board"));
            fs::remove_file(part.path().join(&path)).expect("removed");
        } else {
            let text = with_front(&text, "audience: staff");
            whole.write(&path, &text);
            part.write(&path, text);
        }
    }
    if coin(&mut state) {
        // Then departments and roles are those that visible chapters name.
        for project in [&whole, &part] {
            fs::remove_file(project.path().join("organization.yaml")).expect("removed");
        }
    }
    for project in [&whole, &part] {
        let run = project.run(&["build", "--audience", "staff", "-q"]);
        assert_eq!(run.status(), 0, "seed {seed}: {}", run.stderr());
    }
    let (mut seen, mut wanted) = (whole.tree("site"), part.tree("site"));
    seen.values_mut().for_each(|bytes| *bytes = as_broken(bytes));
    // Where the pages differ so far, so do their fingerprints.
    [&mut seen, &mut wanted].into_iter().for_each(forget_fingerprints);
    assert_same(&seen, &wanted, &format!("seed {seed}"));
}

#[test]
fn a_random_half_of_a_few_laws_leaves_no_trace() {
    half_leaves_no_trace("tests/sites/laws", 2);
}

#[test]
#[ignore = "needs ../shared/corpora/laws"]
fn a_random_half_of_a_book_of_laws_leaves_no_trace() {
    half_leaves_no_trace("../shared/corpora/laws", 200);
}

/// Withholds about half of a book's chapters, and more than `least`.
fn half_leaves_no_trace(book: &str, least: usize) {
    let book = repository().join(book);
    let seed = seed();
    eprintln!("HANDBOOK_SEED={seed}");
    let (whole, part) = (Project::new(""), Project::new(""));
    let settings = fs::read_to_string(book.join("handbook.yaml")).expect("readable") + AUDIENCES;
    let (mut state, mut withheld) = (seed, 0);
    for (name, bytes) in tree(&book.join("content")) {
        let path = format!("content/{name}");
        if !name.ends_with(".md") || !coin(&mut state) {
            whole.write(&path, &bytes);
            part.write(&path, &bytes);
            continue;
        }
        withheld += 1;
        // Its own title becomes an alias, so that others' references still mean it.
        let text = String::from_utf8(bytes).expect("UTF-8");
        let title = text.lines().next().unwrap_or("").trim_start_matches("# ").trim();
        let planted = word(2, &format!("law{withheld}"));
        let front = format!(
            "---\naudience: [board]\ntitle: {planted}\naliases: [{title}]\nsummary: {planted}\n---\n"
        );
        whole.write(&path, format!("{front}{text}\n\n第九千条 {planted}\n"));
    }
    for project in [&whole, &part] {
        project.write("handbook.yaml", &settings);
        let run = run_in(project.path(), &["build", "--audience", "staff", "-q", "--format", "json"]);
        assert_eq!(run.status(), 0, "seed {seed}: {}", run.stderr());
    }
    assert!(withheld > least, "seed {seed}: {withheld}");
    let found = traces(&read(&whole.path().join("site")), 2);
    assert!(found.is_empty(), "seed {seed}: {found:#?}");
    assert_same(&whole.tree("site"), &part.tree("site"), &format!("seed {seed}"));
    // The words would have been found.
    assert!(traces(&read(&whole.path().join("content")), 2).len() > withheld, "seed {seed}");
}
