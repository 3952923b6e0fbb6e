//! The lists of what only asks in a question, and of what answers it. They are our own. The manifest
//! carries them to the browser.

use serde::Serialize;
use std::sync::LazyLock;

type Words = Vec<&'static str>;

/// Words that make a query a question, and words that help them.
#[derive(Debug, Serialize)]
pub(super) struct QuestionWords {
    /// Chinese words that ask.
    pub(super) asking: Words,
    /// Chinese words that ask at the end only.
    pub(super) ending: Words,
    /// Chinese words that say nothing in a question.
    pub(super) helping: Words,
    /// Characters that say nothing right before a word that asks: 有 in 有几天.
    pub(super) leading: &'static str,
    /// Words of other scripts that ask where a query begins with them.
    pub(super) opening: Words,
    /// Words of other scripts that say nothing in a question.
    pub(super) filling: Words,
    /// Those of them by which one speaks of oneself: a query of several words with one tells what
    /// happened.
    pub(super) speaking: Words,
    /// What is in a query that asks for a number.
    pub(super) counting: Words,
    /// Words that ask for something, and words of a clause that answers.
    pub(super) cues: Vec<(Words, Words)>,
    /// Signs of a clause that answers few questions, such as that on the purpose of a rule, and words of those
    /// that it does answer.
    pub(super) formal: Vec<(Words, Words)>,
    /// Characters of the longest Chinese word.
    pub(super) longest: usize,
    /// A query of more words tells what happened, and so asks what is to be done.
    pub(super) telling: usize,
    /// A query of so many words asks too if the best chapter has them, but not in one place: that they all
    /// stand somewhere in it says little.
    pub(super) scattered: usize,
}

/// The words that hold.
pub(super) static QUESTION_WORDS: LazyLock<QuestionWords> = LazyLock::new(|| {
    let (asking, helping) = (words(ASKING), words(HELPING));
    let longest = asking.iter().chain(&helping).map(|word| word.chars().count()).max().unwrap_or(0);
    QuestionWords {
        asking,
        ending: words("吗, 呢, 么, 嘛, 吧"),
        helping,
        leading: "是有要能会该算应得需须可最",
        opening: words(OPENING),
        filling: words(FILLING),
        speaking: words("i, my, me, we, our, us, im"),
        counting: words(COUNTING),
        cues: CUES.iter().map(|(asking, answering)| (words(asking), words(answering))).collect(),
        formal: FORMAL.iter().map(|(signs, asking)| (words(signs), words(asking))).collect(),
        longest,
        telling: 5,
        scattered: 3,
    }
});

/// The words of a list.
fn words(list: &'static str) -> Words {
    list.split(',').map(str::trim).collect()
}

const ASKING: &str = "什么时候, 什么时间, 多长时间, 可不可以, 能不能够, 是多少, 怎么办, 怎么样, 为什么, 能不能, \
    是不是, 有没有, 要不要, 会不会, 该不该, 算不算, 行不行, 用不用, 需不需要, 什么, 怎么, 怎样, \
    如何, 多少, 多久, 多长, 多大, 多高, 多远, 多快, 多重, 能否, 可否, 是否, 请问, 找谁, 问谁, 谁, \
    哪里, 哪儿, 哪些, 哪个, 哪种, 哪天, 哪位, 何时, 何处, 为何, 几天, 几个, 几次, 几年, 几月, 几日, \
    几小时, 几岁, 几人, 几种, 几条, 几件, 几点, 几级, 几倍, 几号, 几周, 几分, 几元, 几家, 几名, \
    几位, 几成, 几块, 几类, 几项, 多少钱, 多少天, 多少年, 多少次, 多少元, 多少人, 多少个, \
    多少日, 多少月, 多少岁, 几个月, 几个人, 几个工作日, 几千, 几百, 几万, 哪个部门, \
    什么情况下, 什么情况, 什么样, 什么人, 咋办, 咋样, 咋, 啥时候, 啥, 凭什么, 好不好, 对不对, \
    可不可, 干什么, 做什么, 去哪里, 去哪儿, 去哪, 到哪里, 到哪儿, 到哪, 找哪个, 多早, 多晚, 要多久, \
    什么叫, 还能不能, 有啥, 难道, 究竟";

const HELPING: &str = "可以, 需要, 应该, 必须, 我们, 你们, 他们, 自己, 公司里, 一般, 具体, 到底, 最长, 最短, 最多, \
    最少, 最高, 最低, 最晚, 最迟, 最早, 最快, 至少, 至多, 的话, 时候, 一下, 我, 你, 您, 的, 了, \
    一定, 能够, 如果, 要是, 假如, 因为, 所以, 但是, 还是, 或者, 然后, 已经, 有人, 别人, 人家, 大家, \
    一个, 一些, 这个, 那个, 这种, 这样, 那么, 里面, 之后, 以后, 之前, 以前, 我家, 我的, 别的, 还要, \
    还能, 还可以, 还得, 就要, 就能, 就可以, 才能, 才可以, 只能, 都要, 都能, 也要, 也能, 会被, 能被, \
    想要, 想, 请教, 知道, 想知道, 有关, 关于, 允许, 大概, 大约, 通常, 平时, 最后, 我在, 我是, 我有";

const OPENING: &str = "how, what, whats, when, where, who, whom, whose, which, why, can, could, may, should, shall, \
    must, do, does, did, is, are, am, was, will, would, has, have, had, hows, wheres, whos";

const FILLING: &str = "i, me, my, mine, we, us, our, you, your, they, their, it, its, the, a, an, of, to, in, on, at, \
    for, from, with, by, as, and, or, if, be, been, being, have, has, had, having, get, got, there, \
    this, that, these, those, about, any, some, many, much, long, often, need, needs, want, allowed, \
    possible, one, someone, somebody, please, s, t, so, into, up, out, go, am, not, no, than, then, \
    before, after, while, don, didn, doesn, isn, won, ll, ve, re, d, m, just, also, only, still, \
    already, ever, other, more, less, very, too, way, thing, things, anyone, anything, something, \
    know, tell, find, see, like, try, going, doing, done, let, say, told, here, through, during, \
    over, under, between, because, since, until, without, within, instead, few, lot, him, her, he, \
    she, them, himself, were, happens, happen, happened, cannot, cant, dont, id, im";

const COUNTING: &str = "几, 多少, 多久, 多长, 多大, 多高, 多远, 多快, 多重, 最长, 最短, 最多, 最少, 最高, 最低, \
    how many, how much, how long, how often";

/// Who and where, when, what, with what consequence, how.
const CUES: [(&str, &str); 10] = [
    (
        "怎么罚, 怎么处罚, 罚多少, 罚多少钱, 罚款多少, 怎么处理, 什么处罚, 判几年, 关几天, 会怎样, 怎样处罚, 如何处罚, 处罚, 罚款, 罚多少, 赔多少",
        "元以上, 元以下, 处以, 并处, 元罚款, 有期徒刑, 日以下拘留, 吊销",
    ),
    (
        "最高, 最多, 最长, 至多, 上限, 封顶, at most, maximum",
        "超过, 以下, 以内, 不高于, 最高, 最长, 最多, 上限, 为限, up to, maximum, no more than, limit, limits",
    ),
    (
        "一次, 几次, 频率, how often",
        "每月, 每年, 每季, 每周, 每日, 每天, 按月, 按季, 按年, 每半年, 每次, monthly, weekly, daily, every, annually, yearly, quarterly",
    ),
    (
        "材料, 手续, 证件, 带什么, 提供什么, 交什么, documents, paperwork",
        "材料, 证明, 身份证, 复印件, 证件, 申请书, 凭, form, forms, documents",
    ),
    ("几岁, 多大, 年龄, 岁", "周岁, 岁, 年龄"),
    (
        "谁, 哪个部门, 哪个机关, 什么部门, 哪里, 哪儿, 去哪, 到哪, who, whom, where",
        "部门, 负责, 主管, 机关, 机构, 委员会, 办公室, contact, responsible, approve, approves, \
         approved, supervisor, team",
    ),
    (
        "多久, 几天, 几年, 几个月, 几小时, 几个小时, 什么时候, 何时, 多长时间, 多少天, 多少年, when, \
         how long, how soon, how often",
        "日, 天, 个月, 年, 小时, 周, day, days, week, weeks, month, months, hour, hours, year, years",
    ),
    ("什么是, 是什么, 什么叫, what is, what are, whats", "是指, 所称, means, mean"),
    ("罚, 后果, 什么责任", "罚款, 处罚, 拘留, 警告, 没收, 吊销"),
    (
        "怎么, 如何, 怎样, how do, how can, how to",
        "申请, 提交, 办理, 提出, submit, request, fill, email, ask, steps",
    ),
];

/// What a rule is for, from when it holds, what follows where it is broken.
const FORMAL: [(&str, &str); 3] = [
    ("制定本, 制订本", "目的, 依据, 根据, 宗旨, 为什么, 为何, 制定"),
    ("起施行, 起实施, 起执行", "施行, 实施, 生效, 执行, 废止, 时候, 何时, 哪天"),
    (
        "违反本, 违反前",
        "罚, 处分, 处理, 处置, 后果, 责任, 违反, 违法, 怎样, 怎么样, 坐牢, 拘留, 追究, 没收, 吊销",
    ),
];
