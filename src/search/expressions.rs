//! Dates and amounts of money in a query, in the other forms that texts have: 2026-11-01 is
//! 2026年11月1日, 5000 元 is 五千元 and 0.5 万元. `search-expressions.js` is the same for the browser.

use super::clause_number::{chinese, value};
use super::token::fold;
use crate::yaml::MONTHS;

/// Digits as years are written with them.
const DIGITS: &str = "〇一二三四五六七八九";
/// Amounts below this have other forms, in yuan.
const MOST: u64 = 100_000_000;
/// What a currency is called before a number; signs are folded.
const CURRENCIES: [&str; 4] = ["¥", "cny", "rmb", "人民币"];
const YUAN: [&str; 4] = ["元", "块钱", "块", "圆"];

/// A date or an amount that a query begins with.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Expression {
    /// How long it is, in bytes.
    pub(super) length: usize,
    /// Its forms, folded, as runs with spaces between them.
    pub(super) forms: Vec<String>,
}

/// The date or amount that a query begins with, if a space or nothing follows it.
pub(super) fn at_start(query: &str) -> Option<Expression> {
    let mut reader = Reader::new(query);
    let forms = reader.attempt(Reader::date).or_else(|| reader.attempt(Reader::money))?;
    let length = reader.ends.get(reader.at.checked_sub(1)?).copied()?;
    Some(Expression { length, forms })
}

/// Reads folded characters, each with the byte where it ends in the query.
struct Reader {
    characters: Vec<char>,
    ends: Vec<usize>,
    at: usize,
}

impl Reader {
    /// As much of a query as such an expression may be long.
    fn new(query: &str) -> Self {
        let (mut characters, mut ends) = (Vec::new(), Vec::new());
        for (start, c) in query.char_indices().take(40) {
            for folded in fold(c.encode_utf8(&mut [0; 4])).chars() {
                characters.push(if folded.is_whitespace() { ' ' } else { folded });
                ends.push(start + c.len_utf8());
            }
        }
        Self { characters, ends, at: 0 }
    }

    /// Reads with a function, and nothing if that fails or something else follows.
    fn attempt(&mut self, read: impl Fn(&mut Self) -> Option<Vec<String>>) -> Option<Vec<String>> {
        let found = read(self).filter(|_| matches!(self.characters.get(self.at), None | Some(' ')));
        if found.is_none() {
            self.at = 0;
        }
        found
    }

    fn take(&mut self, wanted: &str) -> Option<()> {
        let count = wanted.chars().count();
        let fits = self.characters.get(self.at..self.at + count)?.iter().copied().eq(wanted.chars());
        fits.then(|| self.at += count)
    }

    fn any<'w>(&mut self, wanted: &[&'w str]) -> Option<&'w str> {
        wanted.iter().copied().find(|word| self.take(word).is_some())
    }

    fn while_in(&mut self, is_wanted: impl Fn(char) -> bool) -> String {
        let taken: String =
            self.characters[self.at..].iter().copied().take_while(|c| is_wanted(*c)).collect();
        self.at += taken.chars().count();
        taken
    }

    fn spaces(&mut self) {
        self.while_in(|c| c == ' ');
    }

    /// Digits, at most so many, or a Chinese number.
    fn number(&mut self, most: usize) -> Option<u32> {
        let digits = self.while_in(|c| c.is_ascii_digit());
        match digits.is_empty() {
            true => value(&self.while_in(|c| "零〇一二三四五六七八九十百千两".contains(c))),
            false => digits.parse().ok().filter(|_| digits.len() <= most),
        }
    }

    /// A year of four digits, in either kind.
    fn year(&mut self) -> Option<u32> {
        let digit = |c: char| {
            let c = if c == '零' { '〇' } else { c };
            c.to_digit(10).or_else(|| DIGITS.chars().position(|known| known == c).map(|digit| digit as u32))
        };
        let written = self.while_in(|c| digit(c).is_some());
        if written.chars().count() != 4 {
            return None;
        }
        let year = written.chars().filter_map(digit).fold(0, |year, digit| year * 10 + digit);
        (1900..2200).contains(&year).then_some(year)
    }

    /// A month by its name or the first three letters of it.
    fn month(&mut self) -> Option<u32> {
        let name = self.while_in(|c| c.is_ascii_lowercase());
        let fits = |month: &&str| **month == name || name.len() == 3 && month.starts_with(&name);
        let month = MONTHS.iter().position(fits)?;
        let _ = self.take(".");
        Some(month as u32 + 1)
    }

    fn date(&mut self) -> Option<Vec<String>> {
        let start = self.at;
        if let Some(found) = self.numeric_date() {
            return Some(found);
        }
        self.at = start;
        let before = self.number(2);
        if before.is_some() {
            self.any(&["st", "nd", "rd", "th"]);
            self.spaces();
        } else {
            self.at = start;
        }
        let month = self.month()?;
        self.spaces();
        let mut day = before;
        if day.is_none() {
            let place = self.at;
            let found = self.number(2).filter(|_| {
                self.any(&["st", "nd", "rd", "th"]);
                let _ = self.take(",");
                self.take(" ").is_some()
            });
            match found {
                Some(found) => day = Some(found),
                None => self.at = place,
            }
        } else {
            let _ = self.take(",");
        }
        self.spaces();
        let year = self.year()?;
        forms_of_date(year, month, day)
    }

    fn numeric_date(&mut self) -> Option<Vec<String>> {
        let year = self.year()?;
        if self.take("年").is_some() {
            let month = self.number(2)?;
            self.take("月")?;
            let place = self.at;
            let day = self.number(2).filter(|_| self.any(&["日", "号"]).is_some());
            if day.is_none() {
                self.at = place;
            }
            return forms_of_date(year, month, day);
        }
        let sign = self.any(&["-", "/", "."])?;
        let month = self.number(2)?;
        self.take(sign)?;
        let day = self.number(2)?;
        forms_of_date(year, month, Some(day))
    }

    /// An amount of money: a number with 元 behind or a sign before it.
    fn money(&mut self) -> Option<Vec<String>> {
        let currency = self.any(&CURRENCIES);
        self.spaces();
        let cents = self.amount()?;
        let place = self.at;
        self.spaces();
        if self.any(&YUAN).is_none() {
            currency?;
            self.at = place;
        }
        (100..MOST * 100).contains(&cents).then(|| forms_of_money(cents))
    }

    /// A number, in hundredths.
    fn amount(&mut self) -> Option<u64> {
        let digits = self.while_in(|c| c.is_ascii_digit());
        if digits.is_empty() {
            let written = self.while_in(|c| "零〇一二三四五六七八九十百千两万".contains(c));
            let (high, low) = written.split_once('万').unwrap_or(("", &written));
            let low = if low.is_empty() { Some(0) } else { value(low) };
            let high = if high.is_empty() { Some(0) } else { value(high) };
            let yuan = u64::from(high?) * 10_000 + u64::from(low?);
            return Some(yuan * 100);
        }
        let mut whole = digits;
        // Thousands are parted by commas.
        while whole.len() < 12 {
            let place = self.at;
            let group = self.take(",").map(|()| self.while_in(|c| c.is_ascii_digit()));
            match group.filter(|group| group.len() == 3) {
                Some(group) => whole.push_str(&group),
                None => {
                    self.at = place;
                    break;
                }
            }
        }
        let place = self.at;
        let decimals = self.take(".").map(|()| self.while_in(|c| c.is_ascii_digit()));
        let decimals = decimals.filter(|decimals| !decimals.is_empty() && decimals.len() <= 4);
        if decimals.is_none() {
            self.at = place;
        }
        let place = self.at;
        self.spaces();
        let unit = match self.any(&["万", "千"]) {
            Some("万") => 10_000,
            Some(_) => 1_000,
            None => {
                self.at = place;
                1
            }
        };
        let whole: u64 = whole.parse().ok().filter(|_| whole.len() < 12)?;
        // In ten thousandths at first.
        let parts: u64 = format!("{:0<4}", decimals.unwrap_or_default()).parse().ok()?;
        let all = (whole * 10_000 + parts) * unit;
        all.is_multiple_of(100).then_some(all / 100)
    }
}

fn forms_of_date(year: u32, month: u32, day: Option<u32>) -> Option<Vec<String>> {
    if !(1..=12).contains(&month) || day.is_some_and(|day| !(1..=31).contains(&day)) {
        return None;
    }
    let name = MONTHS.get(month as usize - 1)?;
    let short = name.get(..3)?;
    let digits: String =
        year.to_string().bytes().filter_map(|digit| DIGITS.chars().nth(usize::from(digit - b'0'))).collect();
    let (written, of_day) = (chinese(month)?, |day: u32| chinese(day).unwrap_or_default());
    let mut forms = match day {
        Some(day) => vec![
            format!("{year}年{month}月{day}日"),
            format!("{year}年{month:02}月{day:02}日"),
            format!("{year} {month} {day}"),
            format!("{year} {month:02} {day:02}"),
            format!("{year}{month:02}{day:02}"),
            format!("{digits}年{written}月{}日", of_day(day)),
            format!("{}年{written}月{}日", digits.replace('〇', "零"), of_day(day)),
            format!("{day} {name} {year}"),
            format!("{day} {short} {year}"),
        ],
        None => vec![
            format!("{year}年{month}月"),
            format!("{year}年{month:02}月"),
            format!("{digits}年{written}月"),
            format!("{}年{written}月", digits.replace('〇', "零")),
            format!("{name} {year}"),
            format!("{short} {year}"),
        ],
    };
    unique(&mut forms);
    Some(forms)
}

fn forms_of_money(cents: u64) -> Vec<String> {
    let (yuan, rest) = (cents / 100, cents % 100);
    let grouped = grouped(yuan);
    let behind = if rest > 0 { format!(" {rest:02}") } else { String::new() };
    let mut forms = Vec::new();
    for number in [yuan.to_string(), grouped] {
        forms.extend(["元", " 元"].map(|unit| format!("{number}{behind}{unit}")));
    }
    if rest == 0 {
        let (high, low) = ((yuan / 10_000) as u32, (yuan % 10_000) as u32);
        let zero = if low < 1_000 { "零" } else { "" };
        let written = match (high, low) {
            (0, low) => chinese(low),
            (high, 0) => chinese(high).map(|high| format!("{high}万")),
            (high, low) => chinese(high).zip(chinese(low)).map(|(high, low)| format!("{high}万{zero}{low}")),
        };
        forms.extend(written.map(|number| format!("{number}元")));
        if yuan >= 1_000 && yuan.is_multiple_of(100) {
            let decimals = format!("{:02}", low / 100);
            let decimals = decimals.trim_end_matches('0');
            let number = if decimals.is_empty() { high.to_string() } else { format!("{high} {decimals}") };
            forms.extend(["万元", " 万元"].map(|unit| format!("{number}{unit}")));
        }
        if yuan < 10_000 && yuan.is_multiple_of(1_000) {
            forms.push(format!("{}千元", yuan / 1_000));
        }
    }
    unique(&mut forms);
    forms
}

/// A number with its thousands apart.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push(' ');
        }
        out.push(digit);
    }
    out
}

fn unique(forms: &mut Vec<String>) {
    let mut seen = std::collections::BTreeSet::new();
    forms.retain(|form| seen.insert(form.clone()));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn first(query: &str) -> Option<(&str, String)> {
        at_start(query).map(|found| (&query[..found.length], found.forms[0].clone()))
    }

    #[test]
    fn dates_are_read_in_each_form() {
        for query in [
            "2026-11-01",
            "2026/11/1",
            "2026.11.1",
            "2026年11月1日",
            "2026年11月01号",
            "二〇二六年十一月一日",
            "二零二六年十一月一日",
            "1 November 2026",
            "1st Nov. 2026",
            "November 1, 2026",
            "ＮＯＶ 1 2026",
        ] {
            assert_eq!(first(query), Some((query, "2026年11月1日".to_owned())), "{query}");
        }
        assert_eq!(first("2026-11-01 之前"), Some(("2026-11-01", "2026年11月1日".to_owned())));
        assert_eq!(first("May 2026").map(|found| found.1).as_deref(), Some("2026年5月"));
        for query in ["2026-13-01", "2026-11", "1.2.3", "may", "2026-11-01a", "2026-11-01之前", "", "第3条"]
        {
            assert_eq!(first(query), None, "{query}");
        }
    }

    #[test]
    fn amounts_are_read_in_each_form() {
        for query in [
            "5000元",
            "5,000元",
            "5000 元",
            "5,000.00 元",
            "五千元",
            "￥5000",
            "¥5,000",
            "RMB 5000",
            "0.5万元",
            "0.5 万元",
            "5千元",
            "５０００元",
        ] {
            assert_eq!(first(query), Some((query, "5000元".to_owned())), "{query}");
        }
        let forms = at_start("5000元").expect("an amount").forms;
        assert_eq!(
            forms,
            ["5000元", "5000 元", "5 000元", "5 000 元", "五千元", "0 5万元", "0 5 万元", "5千元"]
        );
        let forms = at_start("一万零五百元").expect("an amount").forms;
        assert!(
            ["10500元", "10 500元", "一万零五百元", "1 05万元"]
                .iter()
                .all(|form| forms.iter().any(|other| other == form)),
            "{forms:?}"
        );
        assert_eq!(first("12.5元").map(|found| found.1).as_deref(), Some("12 50元"));
        for query in ["5000", "元", "5,00元", "五千", "5000元整", "99999999999元"] {
            assert_eq!(first(query), None, "{query}");
        }
    }
}
