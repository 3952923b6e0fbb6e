//! Numbers as rules write them: 十五, 一〇五, 壹拾伍, 廿一, 15, １５.

/// The most characters of a number in Chinese, and the most digits of one in Arabic.
const CHINESE: usize = 10;
const ARABIC: usize = 6;

/// The number that a text begins with, and its bytes.
pub(in super::super) fn numeral(text: &str) -> Option<(u32, usize)> {
    if text.starts_with(|c| arabic(c).is_some()) { digits(text) } else { chinese(text) }
}

/// Whether a text begins with an Arabic digit, of either width.
pub(super) fn starts_arabic(text: &str) -> bool {
    text.starts_with(|c| arabic(c).is_some())
}

fn arabic(c: char) -> Option<u32> {
    match c {
        '０'..='９' => Some(c as u32 - '０' as u32),
        _ => c.to_digit(10),
    }
}

fn digits(text: &str) -> Option<(u32, usize)> {
    let (mut number, mut count, mut used) = (0, 0, 0);
    for (at, c) in text.char_indices() {
        let Some(digit) = arabic(c) else { break };
        count += 1;
        if count > ARABIC {
            return None;
        }
        number = number * 10 + digit;
        used = at + c.len_utf8();
    }
    Some((number, used))
}

fn chinese(text: &str) -> Option<(u32, usize)> {
    // What is summed up, and the digits that wait for 十, 百 or 千.
    let (mut total, mut waiting, mut used): (u32, Option<u32>, usize) = (0, None, 0);
    for (at, c) in text.char_indices().take(CHINESE + 1) {
        let Some(value) = value(c) else { break };
        used = at + c.len_utf8();
        match value {
            20 | 30 => total += value,
            10.. => total = total.saturating_add(waiting.take().unwrap_or(1).max(1).saturating_mul(value)),
            // 一〇五 is read digit by digit; the 零 of 一百零五 counts nothing.
            digit => waiting = Some(waiting.unwrap_or(0).saturating_mul(10).saturating_add(digit)),
        }
    }
    (used > 0).then(|| (total.saturating_add(waiting.unwrap_or(0)), used))
}

/// What one character of a number stands for.
const fn value(c: char) -> Option<u32> {
    Some(match c {
        '零' | '〇' | '○' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '兩' | '贰' | '貳' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        '十' | '拾' => 10,
        '廿' => 20,
        '卅' => 30,
        '百' | '佰' => 100,
        '千' | '仟' => 1_000,
        _ => return None,
    })
}

/// A number as a rule's label has it: 一百零五. From a hundred thousand on it is in
/// Arabic, which no label is.
pub(crate) fn written(number: u32) -> String {
    const DIGITS: [char; 10] = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九'];
    if number == 0 || number >= 10_000 {
        return number.to_string();
    }
    let mut out = String::new();
    let mut skipped = false;
    for (unit, name) in [(1_000, "千"), (100, "百"), (10, "十"), (1, "")] {
        let digit = number / unit % 10;
        if digit == 0 {
            skipped = !out.is_empty();
            continue;
        }
        if std::mem::take(&mut skipped) {
            out.push('零');
        }
        // 十五, but 一百一十五.
        if !(digit == 1 && unit == 10 && out.is_empty()) {
            out.push(DIGITS[digit as usize]);
        }
        out.push_str(name);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read() {
        for (text, number) in [
            ("一", 1),
            ("十", 10),
            ("十五条", 15),
            ("二十", 20),
            ("一百零五", 105),
            ("一百〇五", 105),
            ("一〇五", 105),
            ("一二", 12),
            ("二〇", 20),
            ("一千二百六十", 1_260),
            ("壹拾伍", 15),
            ("廿一", 21),
            ("15", 15),
            ("１５", 15),
            ("1５条", 15),
            ("两百", 200),
        ] {
            assert_eq!(numeral(text).map(|found| found.0), Some(number), "{text}");
        }
        assert_eq!(numeral("1234567"), None);
        assert_eq!(numeral("条"), None);
        assert!(numeral(&"九".repeat(40)).is_some());
    }

    #[test]
    fn numbers_are_written_as_they_are_read() {
        for number in 1..10_000 {
            let text = written(number);
            assert_eq!(numeral(&text), Some((number, text.len())), "{text}");
        }
        assert_eq!(
            [15, 20, 105, 110, 115].map(written),
            ["十五", "二十", "一百零五", "一百一十", "一百一十五"]
        );
    }
}
