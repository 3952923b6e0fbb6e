//! Which syllables a Chinese character is read as, by the word that it stands in.
//!
//! Many characters of offices have two readings: 差 is chai in 差旅 and cha in 差额. Where a
//! word says which one is meant, only that one is indexed. Elsewhere all usual readings are,
//! so that a reader finds the title however she reads it. The lists are our own.

use pinyin::ToPinyin;

/// Words that decide how a character in them is read, each with its syllables.
const WORDS: &[(&str, &[&str])] = &[
    // 差
    ("差旅", &["chai", "lu"]),
    ("出差", &["chu", "chai"]),
    ("公差", &["gong", "chai"]),
    ("差异", &["cha", "yi"]),
    ("差额", &["cha", "e"]),
    ("差错", &["cha", "cuo"]),
    ("差价", &["cha", "jia"]),
    ("偏差", &["pian", "cha"]),
    ("误差", &["wu", "cha"]),
    // 行
    ("银行", &["yin", "hang"]),
    ("行业", &["hang", "ye"]),
    ("行长", &["hang", "zhang"]),
    ("分行", &["fen", "hang"]),
    ("支行", &["zhi", "hang"]),
    ("行情", &["hang", "qing"]),
    ("同行", &["tong", "hang"]),
    ("行政", &["xing", "zheng"]),
    ("行为", &["xing", "wei"]),
    ("行使", &["xing", "shi"]),
    ("行程", &["xing", "cheng"]),
    ("执行", &["zhi", "xing"]),
    ("进行", &["jin", "xing"]),
    ("施行", &["shi", "xing"]),
    ("试行", &["shi", "xing"]),
    ("暂行", &["zan", "xing"]),
    ("运行", &["yun", "xing"]),
    ("发行", &["fa", "xing"]),
    ("履行", &["lu", "xing"]),
    ("旅行", &["lu", "xing"]),
    // 重
    ("重庆", &["chong", "qing"]),
    ("重复", &["chong", "fu"]),
    ("重新", &["chong", "xin"]),
    ("重组", &["chong", "zu"]),
    ("重置", &["chong", "zhi"]),
    ("重大", &["zhong", "da"]),
    ("重要", &["zhong", "yao"]),
    ("重点", &["zhong", "dian"]),
    ("严重", &["yan", "zhong"]),
    // 乐
    ("音乐", &["yin", "yue"]),
    ("乐器", &["yue", "qi"]),
    ("乐队", &["yue", "dui"]),
    ("娱乐", &["yu", "le"]),
    ("快乐", &["kuai", "le"]),
    // 长
    ("增长", &["zeng", "zhang"]),
    ("成长", &["cheng", "zhang"]),
    ("部长", &["bu", "zhang"]),
    ("校长", &["xiao", "zhang"]),
    ("院长", &["yuan", "zhang"]),
    ("局长", &["ju", "zhang"]),
    ("科长", &["ke", "zhang"]),
    ("组长", &["zu", "zhang"]),
    ("店长", &["dian", "zhang"]),
    ("董事长", &["dong", "shi", "zhang"]),
    ("长期", &["chang", "qi"]),
    ("长度", &["chang", "du"]),
    ("延长", &["yan", "chang"]),
    ("时长", &["shi", "chang"]),
    // 率
    ("效率", &["xiao", "lu"]),
    ("比率", &["bi", "lu"]),
    ("利率", &["li", "lu"]),
    ("税率", &["shui", "lu"]),
    ("汇率", &["hui", "lu"]),
    ("费率", &["fei", "lu"]),
    ("频率", &["pin", "lu"]),
    // 调
    ("调查", &["diao", "cha"]),
    ("调动", &["diao", "dong"]),
    ("调研", &["diao", "yan"]),
    ("调度", &["diao", "du"]),
    ("调岗", &["diao", "gang"]),
    ("调任", &["diao", "ren"]),
    ("借调", &["jie", "diao"]),
    ("调整", &["tiao", "zheng"]),
    ("调解", &["tiao", "jie"]),
    ("协调", &["xie", "tiao"]),
    ("空调", &["kong", "tiao"]),
    // Others
    ("会计", &["kuai", "ji"]),
    ("会议", &["hui", "yi"]),
    ("归还", &["gui", "huan"]),
    ("还款", &["huan", "kuan"]),
    ("退还", &["tui", "huan"]),
    ("首都", &["shou", "du"]),
    ("成都", &["cheng", "du"]),
    ("宣传", &["xuan", "chuan"]),
    ("传真", &["chuan", "zhen"]),
    ("参加", &["can", "jia"]),
    ("参与", &["can", "yu"]),
    ("给付", &["ji", "fu"]),
    ("供给", &["gong", "ji"]),
    ("给予", &["ji", "yu"]),
    ("西藏", &["xi", "zang"]),
    ("收藏", &["shou", "cang"]),
    ("弹性", &["tan", "xing"]),
    ("降低", &["jiang", "di"]),
    ("降级", &["jiang", "ji"]),
    ("学校", &["xue", "xiao"]),
    ("校准", &["jiao", "zhun"]),
    ("校对", &["jiao", "dui"]),
    ("校验", &["jiao", "yan"]),
    ("着装", &["zhuo", "zhuang"]),
    ("角色", &["jue", "se"]),
    ("便利", &["bian", "li"]),
    ("便宜", &["pian", "yi"]),
    ("住宿", &["zhu", "su"]),
    ("宿舍", &["su", "she"]),
    ("模具", &["mu", "ju"]),
    ("模式", &["mo", "shi"]),
    ("规模", &["gui", "mo"]),
    ("泄露", &["xie", "lu"]),
    ("没收", &["mo", "shou"]),
    ("没有", &["mei", "you"]),
    ("反省", &["fan", "xing"]),
    ("打卡", &["da", "ka"]),
    ("大厦", &["da", "sha"]),
    ("厦门", &["xia", "men"]),
    ("六安", &["lu", "an"]),
    ("番禺", &["pan", "yu"]),
    ("蚌埠", &["beng", "bu"]),
    ("佛山", &["fo", "shan"]),
    ("畜牧", &["xu", "mu"]),
    ("了解", &["liao", "jie"]),
    ("目的", &["mu", "di"]),
];

/// The usual readings of characters that have more than one.
const READINGS: &[(char, &[&str])] = &[
    ('差', &["cha", "chai"]),
    ('行', &["xing", "hang"]),
    ('重', &["zhong", "chong"]),
    ('乐', &["le", "yue"]),
    ('长', &["chang", "zhang"]),
    ('率', &["lu", "shuai"]),
    ('调', &["tiao", "diao"]),
    ('会', &["hui", "kuai"]),
    ('还', &["huan", "hai"]),
    ('都', &["du", "dou"]),
    ('传', &["chuan", "zhuan"]),
    ('单', &["dan", "shan"]),
    ('参', &["can", "shen"]),
    ('给', &["gei", "ji"]),
    ('朝', &["chao", "zhao"]),
    ('藏', &["cang", "zang"]),
    ('曾', &["ceng", "zeng"]),
    ('弹', &["dan", "tan"]),
    ('降', &["jiang", "xiang"]),
    ('校', &["xiao", "jiao"]),
    ('系', &["xi", "ji"]),
    ('血', &["xue", "xie"]),
    ('奇', &["qi", "ji"]),
    ('区', &["qu", "ou"]),
    ('石', &["shi", "dan"]),
    ('折', &["zhe", "she"]),
    ('着', &["zhe", "zhuo", "zhao"]),
    ('觉', &["jue", "jiao"]),
    ('角', &["jiao", "jue"]),
    ('解', &["jie", "xie"]),
    ('便', &["bian", "pian"]),
    ('宿', &["su", "xiu"]),
    ('模', &["mo", "mu"]),
    ('露', &["lu", "lou"]),
    ('落', &["luo", "la"]),
    ('没', &["mei", "mo"]),
    ('得', &["de", "dei"]),
    ('地', &["di", "de"]),
    ('的', &["de", "di"]),
    ('了', &["le", "liao"]),
    ('大', &["da", "dai"]),
    ('什', &["shen", "shi"]),
    ('乘', &["cheng", "sheng"]),
    ('省', &["sheng", "xing"]),
    ('识', &["shi", "zhi"]),
    ('似', &["si", "shi"]),
    ('提', &["ti", "di"]),
    ('薄', &["bo", "bao"]),
    ('卡', &["ka", "qia"]),
    ('车', &["che", "ju"]),
    ('强', &["qiang", "jiang"]),
    ('壳', &["ke", "qiao"]),
    ('说', &["shuo", "shui"]),
    ('查', &["cha", "zha"]),
    ('盛', &["sheng", "cheng"]),
    ('厦', &["xia", "sha"]),
    ('埔', &["pu", "bu"]),
    ('番', &["fan", "pan"]),
    ('堡', &["bao", "pu"]),
    ('畜', &["chu", "xu"]),
    ('择', &["ze", "zhai"]),
    ('佛', &["fo", "fu"]),
    ('伯', &["bo", "bai"]),
    ('柏', &["bai", "bo"]),
    ('恶', &["e", "wu"]),
    ('拓', &["tuo", "ta"]),
    ('叶', &["ye", "xie"]),
    ('否', &["fou", "pi"]),
    ('弄', &["nong", "long"]),
    ('熟', &["shu", "shou"]),
    ('削', &["xue", "xiao"]),
    ('仇', &["chou", "qiu"]),
    ('贾', &["jia", "gu"]),
    ('仔', &["zi", "zai"]),
    ('粘', &["zhan", "nian"]),
    ('扎', &["za", "zha"]),
    ('绿', &["lu"]),
];

/// A syllable with u for ü, which those who have no key for it type as u or v.
pub(super) fn plain(syllable: &'static str) -> &'static str {
    match syllable {
        "lv" | "lü" => "lu",
        "nv" | "nü" => "nu",
        "lve" | "lüe" => "lue",
        "nve" | "nüe" => "nue",
        other => other,
    }
}

/// The syllables of each character of a run of characters that have some; the usual one first.
pub(super) fn syllables_of(run: &[char]) -> Vec<Vec<&'static str>> {
    let mut all = Vec::with_capacity(run.len());
    while let Some(rest) = run.get(all.len()..).filter(|rest| !rest.is_empty()) {
        let begins = |word: &str| word.chars().enumerate().all(|(place, c)| rest.get(place) == Some(&c));
        let words = WORDS.iter().filter(|(word, _)| begins(word));
        match words.max_by_key(|(_, syllables)| syllables.len()) {
            Some((_, syllables)) => all.extend(syllables.iter().map(|syllable| vec![*syllable])),
            None => all.extend(rest.first().map(|c| readings(*c))),
        }
    }
    all
}

/// The ways to read a character; the usual one first.
pub(super) fn readings(c: char) -> Vec<&'static str> {
    let usual = c.to_pinyin().map(|syllable| plain(syllable.plain()));
    let several = READINGS.iter().find(|(other, _)| *other == c).map_or(&[][..], |(_, readings)| readings);
    let mut all: Vec<&'static str> = usual.into_iter().collect();
    all.extend(several.iter().copied().filter(|reading| Some(*reading) != usual));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        let run: Vec<char> = text.chars().collect();
        let readings: Vec<String> = syllables_of(&run).iter().map(|all| all.join("/")).collect();
        readings.join(" ")
    }

    #[test]
    fn a_word_decides_how_a_character_is_read() {
        assert_eq!(read("差旅费"), "chai lu fei");
        assert_eq!(read("银行行长"), "yin hang hang zhang");
        assert_eq!(read("重要"), "zhong yao");
        assert_eq!(read("重庆"), "chong qing");
        assert_eq!(read("音乐"), "yin yue");
        assert_eq!(read("增长"), "zeng zhang");
        assert_eq!(read("董事长"), "dong shi zhang");
        assert_eq!(read("女工"), "nu gong");
    }

    #[test]
    fn elsewhere_all_readings_count() {
        for (c, expected) in READINGS {
            let found = readings(*c);
            assert!(expected.iter().all(|reading| found.contains(reading)), "{c}: {found:?}");
        }
    }

    #[test]
    fn each_character_of_a_word_has_a_syllable() {
        for (word, syllables) in WORDS {
            assert_eq!(word.chars().count(), syllables.len(), "{word}");
            assert!(WORDS.iter().filter(|(other, _)| other == word).count() == 1, "{word} twice");
        }
    }
}
