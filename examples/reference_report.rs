//! How well references in running text are understood, measured on a real book.
//!
//!     cargo run --release --example reference_report -- DIR [--sample N]
//!
//! Titles are counted by a naive matcher of its own: the exact inside of each 《》
//! in running text, against each text's title, with and without 中华人民共和国 and
//! what stands in brackets behind it. Clause references are all 第X条 in running
//! text but those that open a clause. With `--sample N` it prints N linked clause
//! references at random, one a line, with what they lead to, to be checked by hand.

use handbook::builder::{Builder, Request};
use handbook::disk::Project;
use handbook::handbook::Handbook;
use handbook::handbook::reference::ResolvedReference;
use handbook::id::ChapterId;
use handbook::markdown::{Mention, MentionKind};
use handbook::text::LineIndex;
use std::collections::HashMap;
use std::ops::Range;
use std::path::Path;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = arguments.next().ok_or("usage: reference_report DIR [--sample N]")?;
    let sample = match (arguments.next().as_deref(), arguments.next()) {
        (Some("--sample"), Some(count)) => Some(count.parse::<usize>()?),
        _ => None,
    };
    let sources = Project::open(Path::new(&folder))?.read();
    let build = Builder::new().build(&sources, &Request::new("2026-11-24".parse()?));
    let handbook = &build.site.handbook;
    if let Some(count) = sample {
        print_sample(handbook, count);
        return Ok(());
    }
    titles(handbook);
    clauses(handbook);
    for (name, time) in &build.timings {
        if matches!(*name, "mentions" | "links") {
            println!("{name}: {:.1} ms", time.as_secs_f64() * 1e3);
        }
    }
    Ok(())
}

/// Numbers that look random and are the same each time (SplitMix64).
struct Random(u64);

impl Random {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    fn shuffle<T>(&mut self, list: &mut [T]) {
        for at in (1..list.len()).rev() {
            let other = usize::try_from(self.next() % (at as u64 + 1)).unwrap_or(0);
            list.swap(at, other);
        }
    }
}

/// Running text of a chapter, joined where pieces touch: emphasis cuts it.
fn running(handbook: &Handbook, at: ChapterId) -> Vec<Range<usize>> {
    let mut pieces: Vec<Range<usize>> = Vec::new();
    for span in handbook.chapters[at].document.running_text() {
        match pieces.last_mut() {
            Some(last) if last.end == span.start => last.end = span.end,
            _ => pieces.push(span),
        }
    }
    pieces
}

fn naive_names(title: &str) -> Vec<String> {
    let bare = |text: &str| {
        text.trim_end_matches(|c| c != '（' && c != '(').trim_end_matches(['（', '(']).to_owned()
    };
    let mut names = vec![title.to_owned()];
    if title.ends_with(['）', ')']) {
        names.push(bare(title));
    }
    for at in 0..names.len() {
        let short = names[at].strip_prefix("中华人民共和国").map(str::to_owned);
        names.extend(short);
    }
    names.retain(|name| name.chars().count() > 1);
    names
}

fn titles(handbook: &Handbook) {
    let mut known: HashMap<String, Vec<ChapterId>> = HashMap::new();
    for (at, chapter) in handbook.chapters.iter_enumerated() {
        for name in naive_names(&chapter.title) {
            known.entry(name).or_default().push(at);
        }
    }
    let (mut all, mut inside, mut linked, mut own, mut right) = (0, 0, 0, 0, 0);
    let mut missed = Vec::new();
    for (at, chapter) in handbook.chapters.iter_enumerated() {
        let text = &*chapter.source.text;
        for piece in running(handbook, at) {
            let mut from = piece.start;
            while let Some(open) = text[from..piece.end].find('《').map(|step| from + step) {
                let name_at = open + '《'.len_utf8();
                let Some(close) = text[name_at..piece.end].find(['《', '》']).map(|step| name_at + step)
                else {
                    break;
                };
                from = close;
                if !text[close..].starts_with('》') {
                    continue;
                }
                all += 1;
                let Some(targets) = known.get(&text[name_at..close]) else { continue };
                if targets.contains(&at) {
                    own += 1;
                    continue;
                }
                inside += 1;
                let mention = chapter
                    .document
                    .mentions
                    .iter()
                    .position(|mention| mention.span.start <= open && mention.span.end > close);
                match mention.and_then(|mention| handbook.references.resolved[at].get(mention)) {
                    Some(ResolvedReference::Chapter(to, _)) => {
                        linked += 1;
                        right += usize::from(targets.contains(to));
                    }
                    _ => missed.push(format!(
                        "{}: {}",
                        chapter.source.path,
                        &text[open..close + '》'.len_utf8()]
                    )),
                }
            }
        }
    }
    println!("《》 mentions in running text: {all}");
    println!("  that name the text itself: {own}");
    println!("  that name another text of the corpus: {inside}");
    println!(
        "  of these linked: {linked} (recall {:.4}), to a text of that name: {right}",
        ratio(linked, inside)
    );
    for line in missed.iter().take(20) {
        println!("  missed: {line}");
    }
}

fn ratio(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

/// Why a clause reference is no link.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Why {
    OtherDocument,
    Missing,
    NotSeen,
}

fn clauses(handbook: &Handbook) {
    let (mut seen, mut resolved) = (0, 0);
    let mut unresolved = Vec::new();
    for (at, chapter) in handbook.chapters.iter_enumerated() {
        let text = &*chapter.source.text;
        for piece in running(handbook, at) {
            for place in ordinals(&text[piece.clone()]) {
                let place = piece.start + place.start..piece.start + place.end;
                seen += 1;
                let covering =
                    chapter.document.mentions.iter().position(|mention| {
                        mention.span.start <= place.start && mention.span.end >= place.end
                    });
                let reference = covering.and_then(|mention| handbook.references.resolved[at].get(mention));
                let why = match (reference, covering.map(|mention| &chapter.document.mentions[mention].kind))
                {
                    (Some(ResolvedReference::Chapter(..) | ResolvedReference::External(_)), _) => {
                        resolved += 1;
                        continue;
                    }
                    (_, Some(MentionKind::Clause { document, .. })) => match document {
                        handbook::markdown::MentionedDocument::Own => Why::Missing,
                        _ => Why::OtherDocument,
                    },
                    _ => Why::NotSeen,
                };
                unresolved.push((why, at, place));
            }
        }
    }
    let count = |why: Why| unresolved.iter().filter(|found| found.0 == why).count();
    let outside = count(Why::OtherDocument);
    println!("第X条 references in running text: {seen}");
    println!(
        "  resolved: {resolved} ({:.4}; of those not to documents outside the corpus: {:.4})",
        ratio(resolved, seen),
        ratio(resolved, seen - outside)
    );
    println!("  of documents outside the corpus, or without such a clause: {outside}");
    println!("  of this text, which has no such clause: {}", count(Why::Missing));
    println!("  not understood: {}", count(Why::NotSeen));
    Random(50).shuffle(&mut unresolved);
    unresolved.truncate(50);
    unresolved.sort_by_key(|(why, at, place)| (*why, *at, place.start));
    println!("50 unresolved ones at random:");
    for (why, at, place) in unresolved {
        println!("  {why:?} {}", shown(handbook, at, &place));
    }
}

/// 第X条 in a text.
fn ordinals(text: &str) -> Vec<Range<usize>> {
    let digit = |c: char| c.is_ascii_digit() || "零〇一二三四五六七八九十百千".contains(c);
    let starts = text.match_indices('第').map(|(at, _)| at);
    starts
        .filter_map(|start| {
            let from = start + '第'.len_utf8();
            let length = text[from..].find(|c| !digit(c))?;
            (length > 0 && text[from + length..].starts_with('条'))
                .then(|| start..from + length + '条'.len_utf8())
        })
        .collect()
}

fn shown(handbook: &Handbook, at: ChapterId, place: &Range<usize>) -> String {
    let chapter = &handbook.chapters[at];
    let text = &*chapter.source.text;
    let position = LineIndex::new(text).position(place.start);
    let before: String =
        text[..place.start].chars().rev().take(30).collect::<Vec<_>>().into_iter().rev().collect();
    let after: String = text[place.end..].chars().take(20).collect();
    let path = &chapter.source.path;
    format!("{path}:{}:{} {before}【{}】{after}", position.line, position.column, &text[place.clone()])
        .replace('\n', "⏎")
}

fn print_sample(handbook: &Handbook, count: usize) {
    let mut all: Vec<(ChapterId, &Mention, ChapterId, &str)> = Vec::new();
    for (at, chapter) in handbook.chapters.iter_enumerated() {
        for (mention, reference) in
            chapter.document.mentions.iter().zip(handbook.references.resolved[at].iter())
        {
            if let (MentionKind::Clause { .. }, ResolvedReference::Chapter(to, anchor)) =
                (&mention.kind, reference)
            {
                all.push((at, mention, *to, anchor));
            }
        }
    }
    println!("# {} linked clause references; {count} at random", all.len());
    Random(200).shuffle(&mut all);
    all.truncate(count);
    for (at, mention, to, anchor) in all {
        let own = if to == at { "own".to_owned() } else { handbook.chapters[to].title.clone() };
        println!(
            "{} => {own} #{anchor} | {}",
            shown(handbook, at, &mention.span),
            opening(handbook, to, anchor)
        );
    }
}

/// How the place of an anchor begins.
fn opening(handbook: &Handbook, at: ChapterId, anchor: &str) -> String {
    let chapter = &handbook.chapters[at];
    let document = &chapter.document;
    let clause =
        document.clauses.iter().find(|clause| *clause.anchor == *anchor).map(|clause| clause.span().start);
    let place = || document.clause_part(anchor).map(|place| place.start);
    let heading = || {
        document
            .headings
            .iter()
            .find(|heading| heading.anchor == anchor || heading.aliases.iter().any(|alias| alias == anchor))
            .map(|heading| heading.span.start)
    };
    let start = clause.or_else(place).or_else(heading);
    start
        .map_or_else(|| "?".to_owned(), |start| chapter.source.text[start..].chars().take(24).collect())
        .replace('\n', "⏎")
}
