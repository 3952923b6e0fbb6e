//! The limits of search: every number that both the index's writer and its readers must know.
//!
//! The code here uses [`LIMITS`]. The site's search manifest carries the same values, and the
//! browser's engine takes them from there, as it takes the ranking weights. So a limit is
//! changed here and nowhere else; `tests/it/search_limits.rs` shows that scripts have none of
//! their own. Limits of the browser alone, such as how many files it loads ahead, stand in the
//! scripts.

use serde::Serialize;

/// The limits of search. In the manifest their names are in camel case.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Limits {
    /// Characters of a query that count. Whoever pastes a text looks for its beginning; what
    /// ranking costs grows faster than the query.
    pub query_length: usize,
    /// Characters of a word that count. The rest is dropped, from the index and from queries.
    pub word_length: usize,
    /// Words that marks such as `-` may join to count as one word too.
    pub joined_words: usize,
    /// A query of more characters is long: then only a sample of the bigrams of its long runs is
    /// looked up first. They nearly always suffice, and each one less is a file less to load.
    pub long_query: usize,
    /// Characters of a long run at least.
    pub long_run: usize,
    /// Bigrams of a run in a sample.
    pub sampled_bigrams: usize,
    /// Characters of a prefix at least.
    pub prefix_letters: usize,
    /// Words with a common prefix that are taken at most.
    pub prefix_words: usize,
    /// Letters of a word at least for a typing error in it to be forgiven.
    pub typo_letters: usize,
    /// Characters in a row at most that stand beside none of their neighbours in any text and are taken for
    /// typing errors.
    pub loose_characters: usize,
    /// Initials in a pinyin key at most.
    pub pinyin_initials: usize,
    /// Letters of a syllable of pinyin at most.
    pub pinyin_syllable: usize,
    /// Ways of reading letters as syllables that are tried at most.
    pub pinyin_readings: usize,
    /// Chapters whose texts a search may load to verify a phrase. The index knows all trigrams of
    /// bigrams that meet in more.
    pub verified: usize,
    /// Chapters whose texts a search may load to tell how many match: where more may, the count is
    /// approximate in the browser. Of a sampled query that may match more, all is searched for.
    pub verified_for_count: usize,
    /// Results whose texts are looked at to rank them, of those that hold some of a query.
    pub rescored: usize,
    /// Sections and clauses that a result shows at most.
    pub clauses: usize,
    /// Characters of a Chinese excerpt; one in another script has twice as many.
    pub excerpt: usize,
    /// File format: posting lists in a chunk, which a reader reads as a whole.
    pub lists_in_chunk: usize,
}

/// The limits that hold.
pub(super) const LIMITS: Limits = Limits {
    query_length: 120,
    word_length: 40,
    joined_words: 5,
    long_query: 8,
    long_run: 6,
    sampled_bigrams: 5,
    prefix_letters: 2,
    prefix_words: 400,
    typo_letters: 5,
    loose_characters: 4,
    pinyin_initials: 4,
    pinyin_syllable: 6,
    pinyin_readings: 4,
    verified: 10,
    verified_for_count: 6,
    rescored: 6,
    clauses: 3,
    excerpt: 90,
    lists_in_chunk: 16,
};

impl Default for Limits {
    fn default() -> Self {
        LIMITS
    }
}
