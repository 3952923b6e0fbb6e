//! How well the shipped search finds what a corpus holds.
//!
//! Queries are made from the corpus itself: titles, random fragments of two to
//! four characters, dictionary words, two words joined without a space, Latin
//! words. What each should find is worked out by plain matching over the texts.
//! The site is built, and node runs the browser's scripts over it.
//!
//!     cargo run --release --example search_quality -- DIR [--growth | --counted]
//!
//! It ends with what a search costs, beside the bars. `--counted` writes no page of the site, and
//! asks few queries: for books that are too large for the rest, such as those of `synthesize`.

use handbook::builder::{Build, Builder, Request};
use handbook::chapter::Chapter;
use handbook::disk::{Project, publish};
use handbook::markdown::pieces;
use handbook::site::Output;
use handbook::source::Sources;
use serde::Deserialize;
use std::collections::{BTreeMap, BTreeSet};
use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::Command;

/// That of the shipped binary, so that its processor time and its memory are what is measured.
#[cfg(not(all(target_os = "linux", target_env = "gnu")))]
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// A query with the chapters that hold it.
struct Query {
    class: &'static str,
    words: Vec<String>,
    text: String,
    truth: BTreeSet<String>,
}

#[derive(Deserialize)]
struct Report {
    script: usize,
    opening: usize,
    kinds: BTreeMap<String, usize>,
    files: usize,
    /// Those that are no texts.
    lists: usize,
    answers: Vec<Answer>,
}

#[derive(Deserialize)]
struct Answer {
    first: usize,
    later: usize,
    files: usize,
    ms: f64,
    warm: f64,
    count: usize,
    exact: usize,
    top: Vec<String>,
    all: Vec<String>,
}

/// A chapter's address, title and words as a reader sees them.
struct Text {
    url: String,
    title: String,
    words: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let dir = PathBuf::from(arguments.next().ok_or("usage: search_quality DIR [--growth]")?);
    let mode = arguments.next();
    if mode.as_deref() == Some("--growth") {
        return growth(&dir);
    }
    let is_counted = mode.as_deref() == Some("--counted");
    let work = tempfile::tempdir()?;
    let site = work.path().join("site");
    let built = build(&dir, &site, is_counted)?;
    let queries = if is_counted { few_queries(&built.texts) } else { queries(&built.texts) };
    let file = work.path().join("queries.json");
    let asked: Vec<&str> = queries.iter().map(|query| query.text.as_str()).collect();
    std::fs::write(&file, serde_json::to_string(&asked)?)?;
    let report = run(&site, &file)?;
    print_classes(&queries, &report, &built.texts);
    if !is_counted {
        print_agreement(&queries, &report, &built);
    }
    print_sizes(&report, &built);
    print_bars(&report, &built);
    Ok(())
}

fn run(site: &Path, queries: &Path) -> Result<Report, Box<dyn Error>> {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("examples/search_quality.mjs");
    let output = Command::new("node").arg(script).arg(site).arg(queries).output()?;
    if !output.status.success() {
        return Err(String::from_utf8_lossy(&output.stderr).into());
    }
    Ok(serde_json::from_slice(&output.stdout)?)
}

struct Built {
    site: handbook::site::Site,
    texts: Vec<Text>,
    source: usize,
    /// Seconds of processor time: of all, and of the index.
    total: f64,
    index: f64,
    /// Bytes of memory that the index takes while it is made, above what the book takes.
    memory: usize,
}

/// Builds the site and measures the processor time of its stages.
fn build(dir: &Path, site: &Path, is_counted: bool) -> Result<Built, Box<dyn Error>> {
    let begun = processor_time();
    let project = Project::open(dir)?;
    let (sources, build) = read(&project)?;
    let (held, _) = memory();
    // The highest point is counted from here.
    std::fs::write("/proc/self/clear_refs", "5")?;
    let before = processor_time();
    build.site.index();
    let index = processor_time() - before;
    let memory = memory().1.saturating_sub(held);
    if is_counted {
        write_search(&build, site)?;
    } else {
        let output = publish::check_output(&project, site)?;
        publish::publish(&build.site, &project, &output, publish::Options::default(), &|_| {})
            .map_err(|error| error.to_string())?;
    }
    let total = processor_time() - begun;
    let text = |chapter: &std::sync::Arc<Chapter>| {
        let pieces = pieces(&chapter.document, chapter.repeats_title);
        let words: Vec<String> = pieces.into_iter().map(|piece| piece.text).collect();
        let words = format!("{}\n{}", chapter.title, words.join("\n"));
        Text { url: chapter.url.to_string(), title: chapter.title.clone(), words }
    };
    Ok(Built {
        texts: build.site.handbook.chapters.iter().map(text).collect(),
        source: sources.chapters.iter().map(|source| source.text.len()).sum(),
        total,
        index,
        memory,
        site: build.site,
    })
}

/// Writes what a search loads, and nothing else of the site.
fn write_search(build: &Build, site: &Path) -> Result<(), Box<dyn Error>> {
    let needed = |address: &&str| address.starts_with("search/") || address.starts_with("assets/search-");
    for address in build.site.addresses().into_iter().filter(needed) {
        let Some(Ok(Output::Bytes(bytes))) = build.site.render(address) else { continue };
        let path = site.join(address);
        std::fs::create_dir_all(path.parent().unwrap_or(site))?;
        std::fs::write(path, bytes)?;
    }
    Ok(())
}

/// Bytes of memory that this process holds, and the most that it has held (Linux).
fn memory() -> (usize, usize) {
    let text = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let field = |name: &str| {
        let line = text.lines().find_map(|line| line.strip_prefix(name));
        let kilobytes = line.and_then(|rest| rest.split_whitespace().next()?.parse::<usize>().ok());
        kilobytes.unwrap_or(0) * 1_024
    };
    (field("VmRSS:"), field("VmHWM:"))
}

/// All before the index.
fn read(project: &Project) -> Result<(Sources, Build), Box<dyn Error>> {
    let sources = project.read();
    let request = Request::new("2026-11-24".parse()?);
    let build = Builder::new().build(&sources, &request);
    Ok((sources, build))
}

/// Whether `handbook search` says the same as the browser's scripts.
fn print_agreement(queries: &[Query], report: &Report, built: &Built) {
    let (mut counts, mut firsts) = (0, 0);
    for (query, answer) in queries.iter().zip(&report.answers) {
        let ours = built.site.index().search(&query.text, 10);
        let urls: Vec<String> = ours
            .results
            .iter()
            .map(|result| percent_encoding::percent_decode_str(&result.url).decode_utf8_lossy().into_owned())
            .collect();
        counts += usize::from(ours.count == answer.count);
        firsts += usize::from(urls == answer.top);
        if ours.count != answer.count || urls != answer.top {
            eprintln!("terminal: `{}` count {} for {}", query.text, ours.count, answer.count);
        }
    }
    println!("\nhandbook search agrees: {counts} counts and {firsts} lists of ten, of {}", queries.len());
}

/// Processor time of this process so far, in seconds (Linux).
fn processor_time() -> f64 {
    let text = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let behind = text.rsplit(')').next().unwrap_or("");
    let ticks = behind.split_whitespace().skip(11).take(2).filter_map(|field| field.parse::<f64>().ok());
    ticks.sum::<f64>() / 100.0
}

/// Numbers that look random and are the same at every run (splitmix64).
struct Random(u64);

impl Random {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((mixed ^ (mixed >> 31)) % bound.max(1) as u64).unwrap_or(0)
    }
}

/// Some titles, and some fragments of texts.
fn few_queries(texts: &[Text]) -> Vec<Query> {
    let mut random = Random(5);
    let mut queries = Vec::new();
    let mut add = |class, text: String| {
        queries.push(Query { class, words: vec![text.clone()], text, truth: BTreeSet::new() });
    };
    for _ in 0..10.min(texts.len()) {
        add("title", texts[random.below(texts.len())].title.clone());
    }
    for (class, length) in [("2 characters", 2), ("3 characters", 3), ("4 characters", 4)] {
        for _ in 0..10 {
            fragment(texts, &mut random, length).into_iter().for_each(|found| add(class, found));
        }
    }
    queries
}

fn is_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

fn queries(texts: &[Text]) -> Vec<Query> {
    let mut random = Random(5);
    let mut queries = Vec::new();
    let mut titles: Vec<&str> = texts.iter().map(|text| text.title.as_str()).collect();
    let mut add = |class, words: Vec<String>| {
        let text = words.concat();
        let holds = |one: &&Text| words.iter().all(|word| holds(&one.words, word));
        let truth = texts.iter().filter(holds).map(|one| one.url.clone()).collect();
        queries.push(Query { class, text, words, truth });
    };
    for _ in 0..60.min(titles.len()) {
        let title = titles.swap_remove(random.below(titles.len()));
        add("title", vec![title.to_owned()]);
    }
    for (class, length) in [("2 characters", 2), ("3 characters", 3), ("4 characters", 4)] {
        for _ in 0..50 {
            if let Some(found) = fragment(texts, &mut random, length) {
                add(class, vec![found]);
            }
        }
    }
    let words = dictionary_words(texts);
    for _ in 0..50.min(words.len()) {
        add("word", vec![words[random.below(words.len())].clone()]);
    }
    let mut joined = 0;
    for _ in 0..10_000 {
        let pair = [0; 2].map(|_| words[random.below(words.len().max(1))].clone()).to_vec();
        // Both stand in some text, or there is nothing to be found.
        if joined < 50 && texts.iter().any(|text| pair.iter().all(|word| text.words.contains(word))) {
            add("two words joined", pair);
            joined += 1;
        }
    }
    let latin = latin_words(texts);
    for _ in 0..40.min(latin.len()) {
        add("Latin word", vec![latin[random.below(latin.len())].clone()]);
    }
    queries
}

/// Whether a text holds a word; one of Latin letters as a word of its own.
fn holds(text: &str, word: &str) -> bool {
    if !word.is_ascii() {
        return text.contains(word);
    }
    let text = text.to_lowercase();
    let edge = |c: Option<char>| c.is_none_or(|c| !c.is_ascii_alphanumeric());
    text.match_indices(word)
        .any(|(at, _)| edge(text[..at].chars().next_back()) && edge(text[at + word.len()..].chars().next()))
}

fn fragment(texts: &[Text], random: &mut Random, length: usize) -> Option<String> {
    for _ in 0..1_000 {
        let text = &texts[random.below(texts.len())].words;
        let mut at = random.below(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let found: String = text[at..].chars().take(length).collect();
        if found.chars().count() == length && found.chars().all(is_han) {
            return Some(found);
        }
    }
    None
}

/// Words of two to four characters that stand in at least two texts.
fn dictionary_words(texts: &[Text]) -> Vec<String> {
    let jieba = jieba_rs::Jieba::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for text in texts.iter().step_by((texts.len() / 200).max(1)) {
        let head = text.words.char_indices().nth(3_000).map_or(text.words.len(), |(at, _)| at);
        for word in jieba.cut(&text.words[..head], false).into_iter().collect::<BTreeSet<_>>() {
            if (2..=4).contains(&word.chars().count()) && word.chars().all(is_han) {
                *seen.entry(word).or_default() += 1;
            }
        }
    }
    seen.into_iter().filter(|(_, times)| *times > 1).map(|(word, _)| word.to_owned()).collect()
}

fn latin_words(texts: &[Text]) -> Vec<String> {
    let mut words = BTreeSet::new();
    for text in texts {
        for word in text.words.split(|c: char| !c.is_alphanumeric()) {
            if word.len() > 1 && word.chars().all(|c| c.is_ascii_alphanumeric()) {
                words.insert(word.to_lowercase());
            }
        }
    }
    words.into_iter().collect()
}

#[derive(Default)]
struct Sum {
    queries: usize,
    /// Those of which it is known what they must find.
    judged: usize,
    recall: f64,
    reciprocal: f64,
    precise: usize,
    exactly: usize,
    counted: usize,
    later: Vec<usize>,
    first: Vec<usize>,
    files: Vec<usize>,
    times: Vec<f64>,
    warm: Vec<f64>,
}

fn print_classes(queries: &[Query], report: &Report, texts: &[Text]) {
    let mut classes: BTreeMap<&str, Sum> = BTreeMap::new();
    let mut all = Sum::default();
    for (query, answer) in queries.iter().zip(&report.answers) {
        for sum in [classes.entry(query.class).or_default(), &mut all] {
            enter(sum, query, answer, texts);
        }
    }
    println!(
        "{:<18}{:>5}{:>8}{:>8}{:>7}{:>8}{:>9}{:>16}{:>16}{:>7}{:>15}{:>8}",
        "class",
        "n",
        "recall",
        "MRR",
        "P@10",
        "count=",
        "phrase=",
        "first KB (max)",
        "later KB (max)",
        "files",
        "ms med (max)",
        "warm"
    );
    for (class, sum) in classes.into_iter().chain([("all", all)]) {
        print_class(class, sum);
    }
}

fn enter(sum: &mut Sum, query: &Query, answer: &Answer, texts: &[Text]) {
    let found: BTreeSet<&String> = answer.all.iter().collect();
    let hits = query.truth.iter().filter(|url| found.contains(url)).count();
    sum.queries += 1;
    sum.judged += usize::from(!query.truth.is_empty());
    sum.recall += hits as f64 / query.truth.len().max(1) as f64;
    if query.class == "title" {
        let title = |url: &String| texts.iter().any(|text| text.url == *url && text.title == query.text);
        let rank = answer.all.iter().position(title);
        sum.reciprocal += rank.map_or(0.0, |rank| 1.0 / (rank + 1) as f64);
    }
    let needed = query.truth.len().min(10);
    let right = answer.top.iter().take(10).filter(|url| query.truth.contains(*url)).count();
    let phrase: BTreeSet<&str> =
        texts.iter().filter(|text| holds(&text.words, &query.text)).map(|text| text.url.as_str()).collect();
    sum.precise += usize::from(right == needed);
    sum.exactly += usize::from(answer.count == answer.all.len());
    sum.counted += usize::from(answer.exact == phrase.len());
    if answer.exact != phrase.len()
        || answer.count != answer.all.len()
        || right != needed
        || hits < query.truth.len()
    {
        eprintln!(
            "{}: `{}` count {} exact {} phrase {} all {} truth {} right {right} of {needed} ({})",
            query.class,
            query.text,
            answer.count,
            answer.exact,
            phrase.len(),
            answer.all.len(),
            query.truth.len(),
            query.words.join("+")
        );
    }
    sum.later.push(answer.later);
    sum.first.push(answer.first);
    sum.files.push(answer.files);
    sum.times.push(answer.ms);
    sum.warm.push(answer.warm);
}

fn print_class(class: &str, mut sum: Sum) {
    let count = sum.queries.max(1) as f64;
    let kilo = |list: &mut Vec<usize>| {
        list.sort_unstable();
        let middle = list.get(list.len() / 2).copied().unwrap_or(0) as f64 / 1_000.0;
        format!("{middle:.1} ({:.1})", list.last().copied().unwrap_or(0) as f64 / 1_000.0)
    };
    let middle = |list: &mut Vec<f64>| {
        list.sort_by(f64::total_cmp);
        (list.get(list.len() / 2).copied().unwrap_or(0.0), list.last().copied().unwrap_or(0.0))
    };
    let reciprocal = if class == "title" { format!("{:.3}", sum.reciprocal / count) } else { "-".to_owned() };
    let share = |digits: usize, part: f64| match sum.judged {
        0 => "-".to_owned(),
        _ => format!("{:.digits$}", part / count),
    };
    let (first, later) = (kilo(&mut sum.first), kilo(&mut sum.later));
    sum.files.sort_unstable();
    let (time, slowest) = middle(&mut sum.times);
    println!(
        "{class:<18}{:>5}{:>8}{reciprocal:>8}{:>7}{:>8}{:>9}{first:>16}{later:>16}{:>7}{:>15}{:>8.1}",
        sum.queries,
        share(4, sum.recall),
        share(3, sum.precise as f64),
        share(3, sum.exactly as f64),
        share(3, sum.counted as f64),
        sum.files.get(sum.files.len() / 2).copied().unwrap_or(0),
        format!("{time:.1} ({slowest:.0})"),
        middle(&mut sum.warm).0,
    );
}

fn print_sizes(report: &Report, built: &Built) {
    let size = |kind: &str| report.kinds.get(kind).copied().unwrap_or(0);
    let share = |bytes: usize| 100.0 * bytes as f64 / built.source.max(1) as f64;
    let index = size("postings") + size("other");
    println!(
        "\n{} chapters, {} bytes of source, {} files of search",
        built.texts.len(),
        built.source,
        report.files
    );
    println!("script {} bytes, manifest and folding {} bytes (gzip)", report.script, report.opening);
    println!(
        "index {index} bytes gzip, {:.1} % of the source: postings {}, manifest and tables {}",
        share(index),
        size("postings"),
        size("other")
    );
    println!(
        "text for excerpts {} bytes gzip, {:.1} %; all {:.1} %",
        size("text"),
        share(size("text")),
        share(index + size("text"))
    );
    println!(
        "processor time: index {:.2} s of {:.2} s, {:.0} %",
        built.index,
        built.total,
        100.0 * built.index / built.total.max(0.01)
    );
}

/// What a search costs, beside the bars of the issue.
fn print_bars(report: &Report, built: &Built) {
    let size = |kind: &str| report.kinds.get(kind).copied().unwrap_or(0);
    let index = size("postings") + size("other");
    let source = built.source.max(1) as f64;
    let spread = |list: Vec<usize>, unit: f64| {
        let mut list: Vec<f64> = list.into_iter().map(|number| number as f64 / unit).collect();
        list.sort_by(f64::total_cmp);
        let at = |share: f64| {
            list.get((list.len() as f64 * share) as usize).or(list.last()).copied().unwrap_or(0.0)
        };
        format!("{:.1} median, {:.1} at 95 %, {:.1} at most", at(0.5), at(0.95), at(1.0))
    };
    let first = report.answers.iter().map(|answer| answer.first).collect();
    let requests = report.answers.iter().map(|answer| answer.files).collect();
    println!("\n{} chapters; what a search costs", built.texts.len());
    println!("  first search, KB gzip (bar 100)     {}", spread(first, 1_000.0));
    println!("  requests (bar 15)                   {}", spread(requests, 1.0));
    println!("  index of the source (bar 15 %)      {:.1} %", 100.0 * index as f64 / source);
    println!(
        "  files for each 100 KB (bar 1)       {:.1} of lists, {:.1} of all",
        report.lists as f64 / (index as f64 / 100_000.0).max(0.01),
        report.files as f64 / ((index + size("text")) as f64 / 100_000.0).max(0.01)
    );
    println!("  memory of making it (bar 2)         {:.1} times the source", built.memory as f64 / source);
    println!(
        "  time of making it (bar 30 %)        {:.0} %{}",
        100.0 * built.index / built.total.max(0.01),
        if built.total > 0.0 { "" } else { " (not measured)" }
    );
}

/// Index size and time as the corpus grows by copies with altered names.
fn growth(dir: &Path) -> Result<(), Box<dyn Error>> {
    println!(
        "{:>9}{:>14}{:>14}{:>8}{:>10}{:>10}{:>8}",
        "chapters", "source", "index gzip", "share", "index s", "build s", "share"
    );
    for copies in [1, 2, 4] {
        let work = tempfile::tempdir()?;
        for copy in 0..copies {
            copy_altered(&dir.join("content"), &work.path().join(format!("project/content/{copy}")), copy)?;
        }
        let site = work.path().join("site");
        let built = build(&work.path().join("project"), &site, false)?;
        let file = work.path().join("queries.json");
        std::fs::write(&file, "[\"规定\"]")?;
        let report = run(&site, &file)?;
        let index: usize =
            report.kinds.iter().filter(|(kind, _)| *kind != "text").map(|(_, size)| size).sum();
        println!(
            "{:>9}{:>14}{index:>14}{:>7.1}%{:>10.2}{:>10.2}{:>7.0}%",
            built.texts.len(),
            built.source,
            100.0 * index as f64 / built.source as f64,
            built.index,
            built.total,
            100.0 * built.index / built.total.max(0.01)
        );
    }
    Ok(())
}

fn copy_altered(from: &Path, to: &Path, copy: usize) -> Result<(), Box<dyn Error>> {
    for entry in walkdir::WalkDir::new(from).into_iter().filter_map(Result::ok) {
        let path = entry.path();
        if path.extension().is_none_or(|end| end != "md") {
            continue;
        }
        let target = to.join(path.strip_prefix(from)?);
        std::fs::create_dir_all(target.parent().unwrap_or(to))?;
        let text = std::fs::read_to_string(path)?;
        let altered = match text.split_once('\n') {
            Some((first, rest)) if copy > 0 && first.starts_with("# ") => {
                format!("{first} 第{copy}份\n{rest}")
            }
            _ => text,
        };
        std::fs::write(target, altered)?;
    }
    Ok(())
}
