//! The ranking weights: every number that the order of results depends on.
//!
//! The command line ranks with `Weights::default()`. The site's search manifest carries the
//! same values, and the browser's engine takes them from there. So a weight is changed
//! here and nowhere else. `tests/it/weights.rs` changes each of them and compares the two
//! engines; `examples/search_quality.rs` measures whether a change is for the better.
//!
//! How results are ordered: first by tier (the title itself, then phrases as typed, then
//! approximate matches, then matches in parts, fewest parts first), within a tier current
//! chapters before those that are not in force, and then by score. The score of a
//! chapter is the sum over the clauses of the query of
//!
//! ```text
//! match × (rarity × frequency + heading) + title × match × share
//! ```
//!
//! where *match* is the weight of the best way in which the chapter matches the clause,
//! *rarity* and *frequency* are those of BM25, and *share* is how much of the title the
//! clause makes up. Where all clauses of a query meet in one passage, the sum is multiplied
//! by `same_passage`.
//!
//! The browser sorts by whole millionths below 2³¹, so scores of 2,147 and more would be equal
//! there. With the weights below a clause scores at most about 40.

use super::logarithm::logarithm;
use serde::{Deserialize, Serialize};

/// The ranking weights. In the manifest their names are in camel case.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
#[non_exhaustive]
pub struct Weights {
    /// Match: the chapter holds the clause as typed. From 0 to 1, as for all kinds of match.
    pub phrase: f64,
    /// Match: the last word of the clause begins a longer word.
    pub prefix: f64,
    /// Match: the chapter holds a synonym of the clause.
    pub synonym: f64,
    /// Coverage: the chapter holds what an everyday word stands for. From 0 to 1.
    pub everyday: f64,
    /// Match: the clause is the pinyin of a title or heading.
    pub pinyin: f64,
    /// Match: a word of the chapter differs from the clause by one typing error.
    pub typo: f64,
    /// Match: the chapter holds the clause in parts only.
    pub parts: f64,
    /// What a match in a heading or in metadata adds. A very rare word adds about 8.
    pub heading: f64,
    /// What a match of a whole title adds. A match of half a title adds half as much.
    pub title: f64,
    /// Factor for chapters where all clauses of a query meet in one passage. At least 1.
    pub same_passage: f64,
    /// Factor for chapters of a department or role that is preferred. At least 1.
    pub preferred: f64,
    /// `k1` of BM25: how soon further occurrences stop to count. With 0 only the first counts.
    pub saturation: f64,
    /// `b` of BM25: how much a long chapter's occurrences count less. From 0 (no less) to 1
    /// (in proportion to its length).
    pub length: f64,
    /// Added to the numbers of chapters with and without a clause when its rarity is
    /// calculated, so that neither is 0.
    pub rarity_smoothing: f64,
    /// Excerpts: what a whole term in a text counts, compared with 1 for each character of it
    /// or of its parts. Sections with whole terms are shown before others.
    pub whole_term: f64,
    /// Which passage the browser opens for an excerpt: what a clause that stands in it counts.
    pub passage_phrase: f64,
    /// The same for each token of a clause that no passage holds as a whole.
    pub passage_token: f64,
    /// Excerpts: what the clause counts whose number is asked for behind a title or an id.
    pub reference: f64,
    /// Coverage: what the best passage of a chapter counts. See `coverage` for the formula.
    pub closest_passage: f64,
    /// Coverage: what the best clause of a chapter's best passages counts, where texts are looked at.
    pub closest_clause: f64,
    /// Coverage: what a clause with a number counts more where a number is asked for, as a share.
    pub closest_number: f64,
    /// Coverage: what a clause counts more for each thing that is asked for and of which it has a word of an
    /// answer, as a share: who is asked for, and it says 负责.
    pub closest_cue: f64,
    /// Coverage: factor for clauses that answer few questions, such as that on the purpose of a rule. From 0 to 1.
    pub closest_formal: f64,
    /// Coverage: what a character in a clause counts where no pair does that it is part of: 尘 of 灰尘 where
    /// the clause says 粉尘. From 0 to 1, of its rarity.
    pub closest_character: f64,
    /// Coverage: the same of a character in a title, as a share of what a pair there counts.
    pub closest_title_character: f64,
    /// Coverage: how much the clauses of one chapter are told apart by what few of its passages hold, from
    /// 0, as everywhere, to 1, where what all passages hold counts nothing.
    pub closest_local: f64,
    /// Coverage: what a unit that the title of a chapter holds counts where its passages and clauses are compared: 借贷
    /// says little there of the clauses of rules on 借贷. From 0 to 1.
    pub closest_titled: f64,
    /// Coverage: factor for a pair that reaches from one word into the next, as both its neighbours stand in
    /// more chapters. From 0 to 1.
    pub closest_loose: f64,
    /// Coverage: a character that is a word counts where no pair that it is part of stands in more of all chapters
    /// than this share: 狗 in 带狗, not 交 in 交通.
    pub closest_rare: f64,
    /// Coverage: factor for pages of folders, which say what stands elsewhere. From 0 to 1.
    pub closest_folder: f64,
    /// Coverage: what all passages count, by BM25.
    pub closest_body: f64,
    /// Coverage: what the title, aliases and the id count.
    pub closest_title: f64,
    /// Coverage: what headings and metadata count.
    pub closest_heading: f64,
    /// Coverage: what the heading of a section counts besides the text that it stands over, where texts are looked at.
    pub closest_section: f64,
    /// Coverage: what two pairs that overlap count more where one passage holds both, as a share
    /// of the lighter one. So a whole word counts more than its halves.
    pub closest_neighbours: f64,
    /// Coverage: what a unit counts that is not wholly asked for: one that reaches into a word
    /// that only asks, or a single character. From 0 to 1.
    pub closest_edge: f64,
    /// Coverage: factor for chapters that are not in force: superseded, retired, not yet. From 0 to 1.
    pub closest_past: f64,
    /// Factor more for each doubling of the number of chapters that refer to a chapter.
    pub cited: f64,
    /// Factor for guides, which explain what rules say. From 0 to 1.
    pub guide: f64,
    /// Coverage: how much of the query a chapter must hold to be shown, compared with the one
    /// that holds most. From 0 to 1.
    pub closest_share: f64,
    /// Coverage: another form of an English word, such as `days` for `day`. From 0 to 1.
    pub inflection: f64,
    /// Coverage: an English word made of it by another ending, such as `promotion` for `promote`. From 0 to 1.
    pub derivation: f64,
    /// Suggestions where nothing was found, in the browser: what a token in a title counts.
    pub suggestion_title: f64,
    /// The same for a token elsewhere in the chapter.
    pub suggestion_text: f64,
    /// The same, as a factor for tokens that are words and not characters.
    pub suggestion_word: f64,
}

impl Default for Weights {
    fn default() -> Self {
        Self {
            phrase: 1.0,
            prefix: 0.5,
            synonym: 0.7,
            everyday: 0.7,
            pinyin: 0.5,
            typo: 0.5,
            parts: 0.3,
            heading: 2.0,
            title: 12.0,
            same_passage: 1.3,
            preferred: 1.25,
            saturation: 1.2,
            length: 0.3,
            rarity_smoothing: 0.5,
            whole_term: 100.0,
            passage_phrase: 10.0,
            passage_token: 1.0,
            reference: 1_000.0,
            closest_passage: 1.0,
            closest_clause: 1.25,
            closest_number: 0.3,
            closest_cue: 0.4,
            closest_formal: 0.3,
            closest_character: 0.5,
            closest_title_character: 0.15,
            closest_local: 0.7,
            closest_titled: 0.3,
            closest_loose: 0.2,
            closest_rare: 0.01,
            closest_folder: 0.8,
            closest_body: 0.6,
            closest_title: 3.5,
            closest_heading: 1.0,
            closest_section: 0.8,
            closest_neighbours: 0.5,
            closest_edge: 0.2,
            closest_past: 0.6,
            closest_share: 0.15,
            cited: 0.06,
            guide: 0.7,
            inflection: 0.9,
            derivation: 0.5,
            suggestion_title: 3.0,
            suggestion_text: 0.01,
            suggestion_word: 2.0,
        }
    }
}

impl Weights {
    /// The inverse document frequency, as BM25 has it, of what some of all chapters hold.
    pub(super) fn rarity(&self, all: usize, with: usize) -> f64 {
        let (all, with) = (all as f64, with as f64);
        logarithm(1.0 + (all - with + self.rarity_smoothing) / (with + self.rarity_smoothing))
    }

    /// What occurrences in so many passages count in a chapter, as BM25 has it, each by how well it fits.
    /// `length` is that of the chapter, compared with the average.
    pub(super) fn frequency(&self, times: f64, length: f64) -> f64 {
        let length = 1.0 - self.length + self.length * length;
        times * (self.saturation + 1.0) / (times + self.saturation * length)
    }
}
