//! A string of bits, written most significant bit first.
//!
//! `search-bits.js` reads the same codes, which `docs/search-format.md` describes: Elias gamma,
//! Rice with a parameter that both sides compute from the same whole numbers, truncated binary
//! for numbers below a known bound, and binary interpolative code for rising ones.

/// Bits being written.
///
/// Each write stores eight bytes, whether they are full or not, and the next write
/// overwrites the incomplete ones. To test whether a byte is full would cost more: the
/// outcome follows no pattern, so the processor mispredicts the branch.
#[derive(Debug, Clone, Default)]
pub(super) struct Bits {
    /// Complete bytes, and room behind them.
    bytes: Vec<u8>,
    /// How many bytes are complete.
    whole: usize,
    /// The bits of the last, incomplete byte, in its lowest bits.
    open: u64,
    /// How many these are: fewer than 8.
    count: u32,
}

impl Bits {
    /// Length in bytes; an incomplete one counts.
    pub(super) const fn len(&self) -> usize {
        self.whole + (self.count > 0) as usize
    }

    /// Length in bits.
    pub(super) const fn position(&self) -> usize {
        self.whole * 8 + self.count as usize
    }

    #[inline]
    pub(super) fn bit(&mut self, item: bool) {
        self.bits(u32::from(item), 1);
    }

    /// The lowest `count` bits of a number, at most 32.
    #[inline]
    pub(super) fn bits(&mut self, value: u32, count: u32) {
        self.open = self.open << count | u64::from(value) & ((1 << count) - 1);
        self.count += count;
        if self.bytes.len() < self.whole + 8 {
            self.grow();
        }
        if let Some(place) = self.bytes[self.whole..].first_chunk_mut::<8>() {
            *place = (self.open << 1 << (63 - self.count)).to_be_bytes();
        }
        self.whole += self.count as usize / 8;
        self.count %= 8;
    }

    #[cold]
    fn grow(&mut self) {
        self.bytes.resize((self.whole * 2).max(24) + 8, 0);
    }

    /// Appends another string of bits.
    pub(super) fn append(&mut self, other: &Self) {
        let (fours, rest) = other.bytes[..other.whole].as_chunks::<4>();
        for four in fours {
            self.bits(u32::from_be_bytes(*four), 32);
        }
        rest.iter().for_each(|byte| self.bits(u32::from(*byte), 8));
        self.bits((other.open & 0xFF) as u32, other.count);
    }

    /// Elias gamma code of a number from 1; small numbers are short.
    #[inline]
    pub(super) fn gamma(&mut self, value: u32) {
        let value = value.max(1);
        let length = 31 - value.leading_zeros();
        if length < 16 {
            return self.bits(value, 2 * length + 1);
        }
        self.bits(0, length);
        self.bits(value, length + 1);
    }

    /// Rice code of a number from 0. The parameter should be near the binary logarithm of the
    /// mean.
    #[inline]
    pub(super) fn rice(&mut self, value: u32, parameter: u32) {
        let mut ones = value >> parameter;
        if ones + parameter < 31 {
            let low = value & ((1 << parameter) - 1);
            return self.bits(((1 << (ones + 1)) - 2) << parameter | low, ones + 1 + parameter);
        }
        while ones >= 31 {
            self.bits(u32::MAX, 31);
            ones -= 31;
        }
        self.bits((1 << (ones + 1)) - 2, ones + 1);
        self.bits(value, parameter);
    }

    /// Truncated binary code of a number below `bound`.
    #[inline]
    pub(super) fn below(&mut self, value: u32, bound: u32) {
        let (code, length) = below(value, bound);
        self.bits(code, length);
    }

    /// Rising numbers below `bound`, in binary interpolative code: the middle one, in as few bits
    /// as its neighbours leave open, and then each half likewise. Numbers that stand close together
    /// take few bits, and a row without gaps takes none.
    pub(super) fn rising(&mut self, numbers: &[u32], bound: u32) {
        self.between(numbers, 0, bound);
    }

    /// The same of numbers from `low` to below `high`.
    fn between(&mut self, numbers: &[u32], low: u32, high: u32) {
        let count = numbers.len() as u32;
        let middle = numbers.len() / 2;
        let Some(number) = numbers.get(middle).filter(|_| high - low > count) else { return };
        let (first, rest) = (low + middle as u32, high - low - count + 1);
        self.below(number - first, rest);
        self.between(&numbers[..middle], low, *number);
        self.between(&numbers[middle + 1..], number + 1, high);
    }

    /// Rising numbers as Rice codes of the gaps between them.
    #[inline]
    pub(super) fn rising_by(&mut self, numbers: impl Iterator<Item = u32>, parameter: u32) {
        let mut next = 0;
        for number in numbers {
            self.rice(number - next, parameter);
            next = number + 1;
        }
    }

    /// The bits as base64, the last byte filled up with zeros.
    pub(super) fn base64(&self) -> String {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = Vec::with_capacity(self.len().div_ceil(3) * 4);
        let four = |[a, b, c]: [u8; 3]| {
            let all = u32::from_be_bytes([0, a, b, c]);
            [18, 12, 6, 0].map(|shift: u32| DIGITS[(all >> shift & 63) as usize])
        };
        let last = (self.open << (8 - self.count)) as u8;
        let (threes, rest) = self.bytes[..self.whole].as_chunks::<3>();
        text.extend(threes.iter().flat_map(|three| four(*three)));
        let mut end = rest.to_vec();
        end.extend((self.count > 0).then_some(last));
        for three in end.chunks(3) {
            let mut all = [0; 3];
            all[..three.len()].copy_from_slice(three);
            let mut digits = four(all);
            digits[three.len() + 1..].fill(b'=');
            text.extend_from_slice(&digits);
        }
        String::from_utf8(text).unwrap_or_default()
    }
}

/// The code of a number below a bound of less than 2³¹, and its length.
#[inline]
fn below(value: u32, bound: u32) -> (u32, u32) {
    if bound < 2 {
        return (0, 0);
    }
    let length = 32 - (bound - 1).leading_zeros();
    let short = (1_u32 << length) - bound;
    let long = u32::from(value >= short);
    (value + short * long, length - 1 + long)
}

/// The Rice parameter for `count` rising numbers below `bound`.
pub(super) fn parameter(bound: u32, count: u32) -> u32 {
    let mean = u64::from(bound) * 11 / (16 * u64::from(count.max(1)));
    if mean < 2 { 0 } else { 63 - mean.leading_zeros() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(write: impl FnOnce(&mut Bits)) -> String {
        let mut bits = Bits::default();
        write(&mut bits);
        let length = bits.position();
        assert_eq!(bits.len(), length.div_ceil(8));
        let last = (bits.open << (8 - bits.count)) as u8;
        let bytes: Vec<u8> = bits.bytes[..bits.whole].iter().copied().chain([last]).collect();
        (0..length).map(|at| if bytes[at / 8] >> (7 - at % 8) & 1 == 1 { '1' } else { '0' }).collect()
    }

    #[test]
    fn strings_of_any_length_can_be_appended() {
        for (item, other) in [(0, 5), (3, 0), (31, 1), (32, 32), (33, 100), (95, 64)] {
            let some = |bits: &mut Bits, from: u32, count: u32| {
                (from..from + count).for_each(|n| bits.bit(n * n % 3 == 1));
            };
            let joined = written(|bits| {
                let mut behind = Bits::default();
                some(&mut behind, item, other);
                some(bits, 0, item);
                bits.append(&behind);
            });
            assert_eq!(joined, written(|bits| some(bits, 0, item + other)), "{item} and {other}");
        }
        assert_eq!(written(|bits| bits.rice(70, 0)), "1".repeat(70) + "0");
    }

    #[test]
    fn codes_are_the_known_ones() {
        assert_eq!(written(|bits| bits.gamma(1)), "1");
        assert_eq!(written(|bits| bits.gamma(5)), "00101");
        assert_eq!(written(|bits| bits.rice(9, 2)), "11001");
        assert_eq!(written(|bits| (0..5).for_each(|n| bits.below(n, 5))), "000110110111");
        assert_eq!(written(|bits| bits.below(0, 1)), "");
        // 4 of 2 to 8, 3 of 1 to 3, 1 of 0 to 2, 9 of 5 to 9.
        assert_eq!(written(|bits| bits.rising(&[1, 3, 4, 9], 10)), "0111110111");
        assert_eq!(written(|bits| bits.rising(&[0, 1, 2], 3)), "");
        assert_eq!([parameter(600, 1), parameter(600, 100), parameter(600, 600)], [8, 2, 0]);
    }

    #[test]
    fn base64_is_that_of_rfc_4648() {
        let of = |text: &str| {
            let mut bits = Bits::default();
            text.bytes().for_each(|byte| bits.bits(u32::from(byte), 8));
            bits.base64()
        };
        assert_eq!(
            [of(""), of("f"), of("fo"), of("foo"), of("foob")],
            ["", "Zg==", "Zm8=", "Zm9v", "Zm9vYg=="]
        );
    }
}
