//! What in a query only asks: 「试用期最长多久」 asks for 试用期, `how many days of leave` for
//! `days` and `leave`. Such words weigh nothing where a chapter is judged by how much of the
//! query it holds.
//!
//! The lists are our own. The manifest carries them to the browser, whose
//! `search-question.js` reads a query as this does.

use super::query::{QueryClause, Segment};
use super::token::fold;
use serde::Serialize;

/// Words that make a query a question, and words that help them.
#[derive(Debug, Serialize)]
pub(super) struct QuestionWords {
    /// Chinese words that ask.
    asking: &'static [&'static str],
    /// Chinese words that ask at the end only.
    ending: &'static [&'static str],
    /// Chinese words that say nothing in a question.
    helping: &'static [&'static str],
    /// Characters that say nothing right before a word that asks: 有 in 有几天.
    leading: &'static str,
    /// Words of other scripts that ask where a query begins with them.
    opening: &'static [&'static str],
    /// Words of other scripts that say nothing in a question.
    filling: &'static [&'static str],
    /// What is in a query that asks for a number.
    counting: &'static [&'static str],
    /// Characters of the longest Chinese word.
    longest: usize,
}

/// The words that hold.
pub(super) const QUESTION_WORDS: QuestionWords = QuestionWords {
    asking: &[
        "什么时候",
        "什么时间",
        "多长时间",
        "可不可以",
        "能不能够",
        "是多少",
        "怎么办",
        "怎么样",
        "为什么",
        "能不能",
        "是不是",
        "有没有",
        "要不要",
        "会不会",
        "该不该",
        "算不算",
        "行不行",
        "用不用",
        "需不需要",
        "什么",
        "怎么",
        "怎样",
        "如何",
        "多少",
        "多久",
        "多长",
        "多大",
        "多高",
        "多远",
        "多快",
        "多重",
        "能否",
        "可否",
        "是否",
        "请问",
        "找谁",
        "问谁",
        "谁来",
        "谁",
        "哪里",
        "哪儿",
        "哪些",
        "哪个",
        "哪种",
        "哪天",
        "哪位",
        "何时",
        "何处",
        "为何",
        "几天",
        "几个",
        "几次",
        "几年",
        "几月",
        "几日",
        "几小时",
        "几岁",
        "几人",
        "几种",
        "几条",
        "几件",
        "几点",
        "几级",
        "几倍",
        "几号",
        "几周",
        "几分",
        "几元",
        "几家",
        "几名",
        "几位",
        "几成",
        "几块",
        "几类",
        "几项",
    ],
    ending: &["吗", "呢", "么", "嘛", "吧"],
    helping: &[
        "可以",
        "需要",
        "应该",
        "必须",
        "我们",
        "你们",
        "他们",
        "自己",
        "公司里",
        "一般",
        "具体",
        "到底",
        "最长",
        "最短",
        "最多",
        "最少",
        "最高",
        "最低",
        "最晚",
        "最迟",
        "最早",
        "最快",
        "至少",
        "至多",
        "的话",
        "时候",
        "一下",
        "我",
        "你",
        "您",
        "的",
        "了",
    ],
    leading: "是有要能会该算应得需须可最",
    opening: &[
        "how", "what", "whats", "when", "where", "who", "whom", "whose", "which", "why", "can", "could",
        "may", "should", "shall", "must", "do", "does", "did", "is", "are", "am", "was", "will", "would",
    ],
    filling: &[
        "i", "me", "my", "mine", "we", "us", "our", "you", "your", "they", "their", "it", "its", "the", "a",
        "an", "of", "to", "in", "on", "at", "for", "from", "with", "by", "as", "and", "or", "if", "be",
        "been", "being", "have", "has", "had", "having", "get", "got", "there", "this", "that", "these",
        "those", "about", "any", "some", "many", "much", "long", "often", "need", "needs", "want", "allowed",
        "possible", "one", "someone", "somebody", "please", "s", "t", "so", "into", "up", "out", "go", "am",
        "not", "no", "than", "then", "before", "after", "while",
    ],
    counting: &[
        "几",
        "多少",
        "多久",
        "多长",
        "多大",
        "多高",
        "多远",
        "多快",
        "多重",
        "最长",
        "最短",
        "最多",
        "最少",
        "最高",
        "最低",
        "how many",
        "how much",
        "how long",
        "how often",
    ],
    longest: 5,
};

/// A query as a question.
#[derive(Debug, Default)]
pub(super) struct Question {
    /// Whether it is one.
    pub(super) asks: bool,
    /// Whether it asks for a number.
    pub(super) asks_number: bool,
    /// For each clause, for each character of its runs, whether it says nothing.
    pub(super) idle: Vec<Vec<bool>>,
}

impl Question {
    /// Reads the clauses of a query.
    pub(super) fn new(query: &str, clauses: &[QueryClause]) -> Self {
        let mut question = Self { asks: query.trim_end().ends_with(['?', '？']), ..Self::default() };
        for (index, clause) in clauses.iter().enumerate() {
            let mut idle = Vec::new();
            if !clause.exact && !clause.title {
                for segment in clause.runs.iter().flat_map(|run| &run.segments) {
                    question.asks |= read(segment, index == 0, &mut idle);
                }
            }
            question.idle.push(idle);
        }
        let folded = fold(query);
        let counts = |word: &str| folded.contains(word);
        question.asks_number = question.asks && QUESTION_WORDS.counting.iter().any(|word| counts(word));
        question
    }
}

/// Adds whether each character of a segment says nothing. Returns whether the segment asks.
fn read(segment: &Segment, opens: bool, idle: &mut Vec<bool>) -> bool {
    let words = &QUESTION_WORDS;
    let all = &segment.characters;
    if !segment.unsegmented {
        let word = segment.text();
        let is = |list: &[&str]| list.contains(&word.as_str());
        let asks = is(words.opening);
        idle.extend(std::iter::repeat_n(asks || is(words.filling), all.len()));
        return asks && opens;
    }
    let base = idle.len();
    idle.resize(base + all.len(), false);
    let (mut asks, mut start) = (false, 0);
    while start < all.len() {
        let longest = words.longest.min(all.len() - start);
        let found = (1..=longest).rev().find_map(|length| {
            let word: String = all[start..start + length].iter().collect();
            let is = |list: &[&str]| list.contains(&word.as_str());
            let asks = is(words.asking) || (start > 0 && start + length == all.len() && is(words.ending));
            (asks || is(words.helping)).then_some((length, asks))
        });
        let Some((length, is_asking)) = found else {
            start += 1;
            continue;
        };
        idle[base + start..base + start + length].fill(true);
        if is_asking {
            asks = true;
            if start > 0 && words.leading.contains(all[start - 1]) {
                idle[base + start - 1] = true;
            }
        }
        start += length;
    }
    asks
}

#[cfg(test)]
mod tests {
    use super::super::query::parse;
    use super::*;

    /// What is left of a query, with `?` if it asks.
    fn left(query: &str) -> String {
        let clauses = parse(query);
        let question = Question::new(query, &clauses);
        let characters = clauses
            .iter()
            .flat_map(|clause| clause.runs.iter().flat_map(|run| run.text().chars().collect::<Vec<_>>()));
        let kept: String = characters
            .zip(question.idle.iter().flatten())
            .filter(|(_, idle)| !(question.asks && **idle))
            .map(|(c, _)| c)
            .collect();
        format!("{kept}{}", if question.asks { "?" } else { "" })
    }

    #[test]
    fn what_only_asks_is_known() {
        for (query, wanted) in [
            ("试用期最长多久", "试用期?"),
            ("年假有几天", "年假?"),
            ("上下班路上出车祸算工伤吗", "上下班路上出车祸算工伤?"),
            ("差旅住宿标准是多少", "差旅住宿标准?"),
            ("请问可以坐飞机吗？", "坐飞机?"),
            ("吗啡管理", "吗啡管理"),
            ("最高人民法院", "最高人民法院"),
            ("how many days of leave can I take", "daysleavetake?"),
            ("travel?", "travel?"),
            ("travel", "travel"),
        ] {
            assert_eq!(left(query), wanted, "{query}");
        }
    }
}
