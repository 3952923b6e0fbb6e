//! Numbers as Word writes them in each of its numbering formats.
//!
//! The names are those of `ST_NumberFormat` (ECMA-376, 17.18.59). Formats that no
//! Chinese or English document uses are shown in digits, as Word does where it has no
//! font for them.

/// A number in a format.
pub(super) fn format(name: &str, number: u32) -> String {
    let text = match name {
        "upperRoman" => roman(number),
        "lowerRoman" => roman(number).map(|text| text.to_lowercase()),
        "upperLetter" => letters(number, b'A'),
        "lowerLetter" => letters(number, b'a'),
        "ordinal" => Some(ordinal(number)),
        "cardinalText" => words(number, false).map(|text| capital(&text)),
        "ordinalText" => words(number, true).map(|text| capital(&text)),
        "hex" => Some(format!("{number:X}")),
        "chicago" => chicago(number),
        "none" => Some(String::new()),
        "decimalZero" => Some(format!("{number:02}")),
        "numberInDash" => Some(format!("- {number} -")),
        "decimalFullWidth" | "decimalFullWidth2" => Some(digits(number, "０１２３４５６７８９")),
        "decimalEnclosedCircle" | "decimalEnclosedCircleChinese" => circled(number),
        "decimalEnclosedFullstop" => offset(number, 20, 0x2488),
        "decimalEnclosedParen" => offset(number, 20, 0x2474),
        "ideographEnclosedCircle" => offset(number, 10, 0x3280),
        "ideographTraditional" => one_of(number, "甲乙丙丁戊己庚辛壬癸"),
        "ideographZodiac" => one_of(number, "子丑寅卯辰巳午未申酉戌亥"),
        "ideographZodiacTraditional" => stem_branch(number),
        "ideographDigital" | "japaneseDigitalTenThousand" => Some(digits(number, "〇一二三四五六七八九")),
        "taiwaneseDigital" => Some(digits(number, "○一二三四五六七八九")),
        "chineseCounting" | "taiwaneseCounting" if number >= 100 => {
            Some(digits(number, "○一二三四五六七八九"))
        }
        "chineseCounting" | "taiwaneseCounting" | "chineseCountingThousand" | "taiwaneseCountingThousand" => {
            counting(number, &SIMPLE)
        }
        "japaneseCounting" => counting(number, &JAPANESE),
        "koreanDigital2" => Some(digits(number, "零一二三四五六七八九")),
        "chineseLegalSimplified" => counting(number, &LEGAL),
        "ideographLegalTraditional" => counting(number, &LEGAL_TRADITIONAL),
        "japaneseLegal" => counting(number, &JAPANESE_LEGAL),
        "aiueo" | "aiueoFullWidth" => one_of(
            number,
            "アイウエオカキクケコサシスセソタチツテトナニヌネノハヒフヘホマミムメモヤユヨラリルレロワヲン",
        ),
        "iroha" | "irohaFullWidth" => one_of(
            number,
            "イロハニホヘトチリヌルヲワカヨタレソツネナラムウヰノオクヤマケフコエテアサキユメミシヱヒモセスン",
        ),
        "ganada" => one_of(number, "가나다라마바사아자차카타파하"),
        "chosung" => one_of(number, "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"),
        "russianUpper" => one_of(number, "АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЫЭЮЯ"),
        "russianLower" => one_of(number, "абвгдежзиклмнопрстуфхцчшщыэюя"),
        _ => None,
    };
    text.unwrap_or_else(|| number.to_string())
}

/// A number by a pattern of `w:format`: `001, 002, 003, ...`.
pub(super) fn custom(pattern: &str, number: u32) -> Option<String> {
    let first = pattern.split(',').next()?.trim();
    let is_padded = first.len() > 1 && first.bytes().all(|byte| byte.is_ascii_digit());
    is_padded.then(|| format!("{number:0width$}", width = first.len().min(20)))
}

fn offset(number: u32, most: u32, before: u32) -> Option<String> {
    let index = number.checked_sub(1).filter(|_| number <= most)?;
    char::from_u32(before + index).map(String::from)
}

/// ① to ⑳ as everywhere, and those that Unicode has beyond.
pub(super) fn circled(number: u32) -> Option<String> {
    match number {
        0 => Some("⓪".to_owned()),
        1..=20 => offset(number, 20, 0x2460),
        21..=35 => offset(number - 20, 15, 0x3251),
        36..=50 => offset(number - 35, 15, 0x32b1),
        _ => None,
    }
}

/// The signs of a row, again from the first where it ends.
fn one_of(number: u32, row: &str) -> Option<String> {
    let count = u32::try_from(row.chars().count()).ok()?;
    let index = number.checked_sub(1)? % count;
    row.chars().nth(index as usize).map(String::from)
}

fn stem_branch(number: u32) -> Option<String> {
    Some(one_of(number, "甲乙丙丁戊己庚辛壬癸")? + &one_of(number, "子丑寅卯辰巳午未申酉戌亥")?)
}

fn digits(number: u32, row: &str) -> String {
    let digit = |digit: char| row.chars().nth(digit.to_digit(10).unwrap_or(0) as usize).unwrap_or(digit);
    number.to_string().chars().map(digit).collect()
}

fn roman(number: u32) -> Option<String> {
    const PARTS: [(u32, &str); 13] = [
        (1000, "M"),
        (900, "CM"),
        (500, "D"),
        (400, "CD"),
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ];
    let mut rest = Some(number).filter(|number| (1..=9999).contains(number))?;
    let mut text = String::new();
    for (value, sign) in PARTS {
        while rest >= value {
            text.push_str(sign);
            rest -= value;
        }
    }
    Some(text)
}

/// A to Z, then AA to ZZ, then AAA.
fn letters(number: u32, first: u8) -> Option<String> {
    let index = number.checked_sub(1).filter(|index| *index < 26 * 30)?;
    let letter = char::from(first + (index % 26) as u8);
    Some(letter.to_string().repeat(index as usize / 26 + 1))
}

fn ordinal(number: u32) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

fn chicago(number: u32) -> Option<String> {
    let index = number.checked_sub(1).filter(|index| *index < 400)? as usize;
    Some(["*", "†", "‡", "§"][index % 4].repeat(index / 4 + 1))
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// English words for numbers below a thousand.
fn words(number: u32, ordinal: bool) -> Option<String> {
    const ONES: [&str; 20] = [
        "",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 10] =
        ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let number = Some(number as usize).filter(|number| (1..1000).contains(number))?;
    let mut text = String::new();
    if number >= 100 {
        text = format!("{} hundred", ONES[number / 100]);
    }
    let rest = number % 100;
    if rest > 0 {
        let space = if text.is_empty() { "" } else { " " };
        let below = match rest {
            0..20 => ONES[rest].to_owned(),
            _ if rest % 10 == 0 => TENS[rest / 10].to_owned(),
            _ => format!("{}-{}", TENS[rest / 10], ONES[rest % 10]),
        };
        text = format!("{text}{space}{below}");
    }
    Some(if ordinal { ordinal_word(&text) } else { text })
}

fn ordinal_word(text: &str) -> String {
    const ODD: [(&str, &str); 7] = [
        ("one", "first"),
        ("two", "second"),
        ("three", "third"),
        ("five", "fifth"),
        ("eight", "eighth"),
        ("nine", "ninth"),
        ("twelve", "twelfth"),
    ];
    for (word, ordinal) in ODD {
        if let Some(before) = text.strip_suffix(word) {
            return format!("{before}{ordinal}");
        }
    }
    text.strip_suffix('y').map_or_else(|| format!("{text}th"), |before| format!("{before}ieth"))
}

/// The signs of a way to count in Chinese characters.
struct Signs {
    digits: &'static str,
    /// Ten, hundred, thousand, ten thousand.
    units: [&'static str; 4],
    /// Whether 10 to 19 leave the one before the ten out.
    bare_ten: bool,
    /// Whether a hundred and a thousand leave it out too, and no zero is written.
    bare: bool,
}

const SIMPLE: Signs =
    Signs {
        digits: "零一二三四五六七八九", units: ["十", "百", "千", "万"], bare_ten: true, bare: false
    };
const JAPANESE: Signs =
    Signs {
        digits: "〇一二三四五六七八九", units: ["十", "百", "千", "万"], bare_ten: true, bare: true
    };
const LEGAL: Signs =
    Signs {
        digits: "零壹贰叁肆伍陆柒捌玖", units: ["拾", "佰", "仟", "万"], bare_ten: false, bare: false
    };
const LEGAL_TRADITIONAL: Signs =
    Signs {
        digits: "零壹貳參肆伍陸柒捌玖", units: ["拾", "佰", "仟", "萬"], bare_ten: false, bare: false
    };
const JAPANESE_LEGAL: Signs =
    Signs {
        digits: "零壱弐参四伍六七八九", units: ["拾", "百", "阡", "萬"], bare_ten: false, bare: false
    };

fn counting(number: u32, signs: &Signs) -> Option<String> {
    let digit = |value: u32| signs.digits.chars().nth(value as usize);
    if number == 0 {
        return digit(0).map(String::from);
    }
    let mut rest = Some(number).filter(|number| *number < 100_000)?;
    let (mut text, mut gap) = (String::new(), false);
    for (at, value) in [10_000, 1000, 100, 10, 1].into_iter().enumerate() {
        let count = rest / value;
        rest %= value;
        if count == 0 {
            gap = !text.is_empty();
            continue;
        }
        if std::mem::take(&mut gap) && !signs.bare {
            text.extend(digit(0));
        }
        let is_bare = count == 1
            && (value == 10 && signs.bare_ten && text.is_empty()
                || signs.bare && (10..=1000).contains(&value));
        if !is_bare {
            text.extend(digit(count));
        }
        text.push_str(signs.units.iter().rev().nth(at).copied().unwrap_or(""));
    }
    Some(text)
}
