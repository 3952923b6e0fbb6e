//! Days as people write them in tables: 2024年3月1日, 2024.3.1, 20240301, 二〇二四年三月一日.
//!
//! What has two readings (03/04/2024) or no day (2024年3月) is no date.

use jiff::civil::Date;

/// The day that a text says, if it says one and nothing else.
pub(super) fn read(text: &str) -> Option<Date> {
    find(text)
        .filter(|(_, before, behind)| before.trim().is_empty() && behind.trim().is_empty())
        .map(|found| found.0)
}

/// The first day in a text, with what stands before and behind it.
pub(super) fn find(text: &str) -> Option<(Date, String, String)> {
    let signs: Vec<char> = text.chars().map(plain).collect();
    let starts =
        (0..signs.len()).filter(|at| is_number(signs[*at]) && (*at == 0 || !is_number(signs[at - 1])));
    for start in starts {
        if let Some((date, end)) = at(&signs, start) {
            let original: Vec<char> = text.chars().collect();
            let before = original[..start].iter().collect();
            return Some((date, before, original[end..].iter().collect()));
        }
    }
    None
}

/// A day that begins at a place, and where it ends.
fn at(signs: &[char], start: usize) -> Option<(Date, usize)> {
    let mut place = start;
    let year = number(signs, &mut place)?;
    if place - start == 8 && year > 9_999_999 {
        return Some((date(year / 10_000, year / 100 % 100, year % 100)?, place));
    }
    if !(1900..=2200).contains(&year) {
        return None;
    }
    let first = separator(signs, &mut place, &['年', '-', '.', '/'])?;
    let month = number(signs, &mut place)?;
    let second = separator(signs, &mut place, if first == '年' { &['月'] } else { &['-', '.', '/'] })?;
    if first != '年' && first != second {
        return None;
    }
    let day = number(signs, &mut place)?;
    if first == '年' {
        separator(signs, &mut place, &['日', '号'])?;
    }
    Some((date(year, month, day)?, place))
}

fn date(year: u32, month: u32, day: u32) -> Option<Date> {
    Date::new(i16::try_from(year).ok()?, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()
}

fn separator(signs: &[char], place: &mut usize, known: &[char]) -> Option<char> {
    let skip = |place: &mut usize| {
        while signs.get(*place).is_some_and(|sign| sign.is_whitespace()) {
            *place += 1;
        }
    };
    skip(place);
    let sign = *signs.get(*place).filter(|sign| known.contains(sign))?;
    *place += 1;
    if !matches!(sign, '日' | '号') {
        skip(place);
    }
    Some(sign)
}

/// Signs of full width as those of half width.
fn plain(sign: char) -> char {
    match sign {
        '０'..='９' | '．' | '－' | '／' => char::from_u32(u32::from(sign) - 0xfee0).unwrap_or(sign),
        '–' | '—' | '―' => '-',
        '〇' | '○' | 'Ｏ' | '零' => '〇',
        sign => sign,
    }
}

fn is_number(sign: char) -> bool {
    sign.is_ascii_digit() || digit(sign).is_some() || sign == '十'
}

fn digit(sign: char) -> Option<u32> {
    "〇一二三四五六七八九".chars().position(|known| known == sign).and_then(|at| u32::try_from(at).ok())
}

/// A number in digits, or in Chinese characters with or without 十.
fn number(signs: &[char], place: &mut usize) -> Option<u32> {
    let length = signs.get(*place..)?.iter().take_while(|sign| is_number(**sign)).count();
    let text = &signs[*place..*place + length];
    if length == 0 || length > 8 {
        return None;
    }
    *place += length;
    if text.iter().all(char::is_ascii_digit) {
        return text.iter().collect::<String>().parse().ok();
    }
    let digits: Option<Vec<u32>> = text.iter().map(|sign| digit(*sign)).collect();
    if let Some(digits) = digits {
        return Some(digits.iter().fold(0, |number, digit| number * 10 + digit));
    }
    let ten = text.iter().position(|sign| *sign == '十')?;
    let side = |part: &[char], none: u32| match part {
        [] => Some(none),
        [sign] => digit(*sign),
        _ => None,
    };
    Some(side(&text[..ten], 1)? * 10 + side(&text[ten + 1..], 0)?)
}
