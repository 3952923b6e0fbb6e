//! Words of the texts by how they sound: what a character of the same sound was typed for.
//!
//! 差率 sounds like 差旅. The index has the pairs of characters of titles, headings and names, and
//! those of the texts that are frequent, by their syllables. Of each kind there are so many at most
//! that the files stay small. So that a browser knows how the characters of a query sound, some files,
//! the same in each site, have the common ones by syllable. Both are loaded only where characters of a
//! query stand nowhere side by side.

use super::document::IndexedDocument;
use super::ids::BigramKey;
use super::pinyin_readings::{readings, syllables_of};
use super::postings::Postings;
use super::shard::{Files, add_numbered};
use encoding_rs::GBK;
use pinyin::ToPinyin;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Pairs of titles, headings and names at most.
const NAMED: usize = 4_096;
/// Pairs of the texts at most.
const FREQUENT: usize = 3_072;
/// Pairs in a file, roughly.
const IN_FILE: usize = 128;
/// Characters that say little: pairs with one are mostly no words.
const PARTICLES: &str = "的了和与及或在是于之其为以由对从被把将应可并等按经所该各每本此这那有不未无上下中内外前后时个一二三四五六七八九十";

/// Two characters side by side.
pub(super) type Pair = [char; 2];

/// The pairs of a site, by their syllables; of those that sound alike the most frequent one first.
#[derive(Debug, Clone, Default)]
pub(super) struct Sounds {
    pairs: BTreeMap<String, Vec<Pair>>,
}

/// What the manifest says of the files.
#[derive(Debug, Default, Serialize)]
pub(super) struct SoundFiles {
    /// What the names of the files begin with; they have the numbers from 0.
    name: String,
    /// The first syllables of each but the first, which says how characters sound; the others have pairs.
    first: Vec<String>,
}

impl Sounds {
    pub(super) fn new<'a>(postings: &Postings, documents: impl Iterator<Item = &'a IndexedDocument>) -> Self {
        let mut named: Vec<BigramKey> =
            documents.flat_map(|document| &*document.spilled_bigrams).map(|bigram| bigram.key()).collect();
        named.sort_unstable();
        named.dedup();
        let named = named.into_iter().map(|key| (Reverse(postings.bigrams.find(key).len()), key));
        let lists = postings.bigrams.partitions().flat_map(|lists| lists.iter());
        let frequent = lists.map(|(key, list)| (Reverse(list.len()), *key));
        let mut all = most(named, NAMED, true);
        all.extend(most(frequent, FREQUENT, false));
        all.sort_unstable();
        all.dedup();
        let mut pairs: BTreeMap<String, Vec<Pair>> = BTreeMap::new();
        for (_, pair) in all {
            for key in syllables_of_pair(pair) {
                pairs.entry(key).or_default().push(pair);
            }
        }
        Self { pairs }
    }

    /// The pairs that sound so.
    pub(super) fn find(&self, syllables: &str) -> &[Pair] {
        self.pairs.get(syllables).map_or(&[], Vec::as_slice)
    }

    pub(super) fn write(&self, files: &mut Files) -> SoundFiles {
        let (mut first, mut contents): (Vec<String>, Vec<String>) = (Vec::new(), vec![written_characters()]);
        let (mut keys, mut words): (Vec<&str>, Vec<String>) = (Vec::new(), Vec::new());
        let mut end = |keys: &mut Vec<&str>, words: &mut Vec<String>| {
            if let Some(key) = keys.first() {
                first.push((*key).to_owned());
                contents.push(serde_json::to_string(&[keys.join(" "), words.join(" ")]).unwrap_or_default());
            }
            keys.clear();
            words.clear();
        };
        let mut count = 0;
        for (key, pairs) in &self.pairs {
            if count + pairs.len() > IN_FILE {
                end(&mut keys, &mut words);
                count = 0;
            }
            count += pairs.len();
            keys.push(key);
            words.push(pairs.iter().flatten().collect());
        }
        end(&mut keys, &mut words);
        let name = add_numbered(files, &contents);
        SoundFiles { name, first }
    }
}

/// The most frequent pairs that can be pronounced.
fn most(
    all: impl Iterator<Item = (Reverse<usize>, BigramKey)>,
    count: usize,
    has_particles: bool,
) -> Vec<(Reverse<usize>, Pair)> {
    let pair = |(often, key): (Reverse<usize>, BigramKey)| {
        let pair = [char::from_u32(key.first())?, char::from_u32(key.second()).filter(|c| *c != '\0')?];
        let is_word = |c: &char| c.to_pinyin().is_some() && (has_particles || !PARTICLES.contains(*c));
        pair.iter().all(is_word).then_some((often, pair))
    };
    let mut pairs: Vec<(Reverse<usize>, Pair)> = all.filter_map(pair).collect();
    pairs.sort_unstable();
    pairs.truncate(count);
    pairs
}

/// The ways to read a pair.
fn syllables_of_pair(pair: Pair) -> Vec<String> {
    let read = syllables_of(&pair);
    let [first, second] = read.as_slice() else { return Vec::new() };
    first.iter().flat_map(|a| second.iter().map(move |b| format!("{a}{b}"))).collect()
}

/// Whether a character is one of the 3,755 that GB 2312 puts first, since they are common.
fn is_common(c: char) -> bool {
    let mut bytes = [0; 4];
    let (encoded, _, unknown) = GBK.encode(c.encode_utf8(&mut bytes));
    matches!(*encoded, [0xB0..=0xD6, 0xA1..=0xFE] | [0xD7, 0xA1..=0xF9]) && !unknown
}

/// The ways to read a character of a query, if it is a common one, in order.
pub(super) fn sounds_of(c: char) -> Vec<&'static str> {
    let mut all = if is_common(c) { readings(c) } else { Vec::new() };
    all.sort_unstable();
    all
}

/// The common characters, in the order of GB 2312.
fn common() -> impl Iterator<Item = char> {
    let rows = (0xB0..=0xD7_u8).flat_map(|row| (0xA1..=0xFE_u8).map(move |cell| [row, cell]));
    let all = rows.filter_map(|bytes| GBK.decode(&bytes).0.chars().next());
    all.filter(|c| is_common(*c))
}

/// How the common characters sound. GB 2312 has them by their syllables: so first, for each syllable, how many
/// characters have it one after the other; then the characters that are read otherwise too, or only otherwise, each with
/// all of its syllables.
fn written_characters() -> String {
    let mut runs: Vec<(&str, usize)> = Vec::new();
    let mut others: Vec<String> = Vec::new();
    for c in common() {
        let own = sounds_of(c);
        let last = runs.last().map_or("", |run| run.0);
        // Of several readings the one that is next in the order.
        let main = own.iter().find(|syllable| **syllable >= last).or(own.first()).copied().unwrap_or(last);
        match runs.last_mut() {
            Some((syllable, count)) if own.contains(syllable) || own.is_empty() => *count += 1,
            _ => runs.push((main, 1)),
        }
        if own != [runs.last().map_or("", |run| run.0)] {
            others.push(format!("{c}{}", own.join(",")));
        }
    }
    let runs: Vec<String> = runs.iter().map(|(syllable, count)| format!("{syllable}{count}")).collect();
    serde_json::to_string(&[runs.join(" "), others.join(" ")]).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn common_characters_are_known_by_their_sounds() {
        assert_eq!(common().count(), 3_755);
        let file = written_characters();
        assert!(file.len() < 12_000, "{}", file.len());
        assert!(file.contains("率lu,shuai") && !file.contains('旅'), "{file}");
        assert_eq!(sounds_of('率'), ["lu", "shuai"]);
        assert!(sounds_of('a').is_empty() && sounds_of('齉').is_empty());
    }
}
