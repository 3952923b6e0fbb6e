//! A string of bits, written most significant first.
//!
//! The codes are those that `search-engine.js` reads: Elias gamma, Rice with a
//! parameter that both sides work out from the same whole numbers, and numbers
//! below a known bound in as few bits as will do (truncated binary).

/// Bits being written.
#[derive(Debug, Clone, Default)]
pub(super) struct Bits {
    bytes: Vec<u8>,
    /// The last bits, up to 31 of them, not yet among the bytes: its lowest ones.
    open: u64,
    /// How many these are.
    count: u32,
}

impl Bits {
    /// Length in bytes, the last one counted as whole.
    pub(super) fn len(&self) -> usize {
        self.bytes.len() + self.count.div_ceil(8) as usize
    }

    /// Forgets all bits, but keeps the room.
    pub(super) fn clear(&mut self) {
        self.bytes.clear();
        (self.open, self.count) = (0, 0);
    }

    pub(super) fn bit(&mut self, one: bool) {
        self.bits(u32::from(one), 1);
    }

    /// The lowest `count` bits of a number, at most 32.
    #[inline]
    pub(super) fn bits(&mut self, value: u32, count: u32) {
        self.open = self.open << count | u64::from(value) & ((1 << count) - 1);
        self.count += count;
        if self.count >= 32 {
            self.count -= 32;
            let [.., a, b, c, d] = (self.open >> self.count).to_be_bytes();
            self.bytes.extend_from_slice(&[a, b, c, d]);
        }
    }

    /// All bits of another string behind these.
    pub(super) fn append(&mut self, other: &Self) {
        let (whole, rest) = other.bytes.as_chunks::<4>();
        debug_assert!(rest.is_empty(), "bytes come by fours");
        for four in whole {
            self.bits(u32::from_be_bytes(*four), 32);
        }
        self.bits(u32::try_from(other.open & 0xFFFF_FFFF).unwrap_or(0), other.count);
    }

    /// A number from 1: small ones are short.
    pub(super) fn gamma(&mut self, value: u32) {
        let value = value.max(1);
        let length = 31 - value.leading_zeros();
        if length < 16 {
            return self.bits(value, 2 * length + 1);
        }
        self.bits(0, length);
        self.bits(value, length + 1);
    }

    /// A bit that is set, and a number from 1 behind it.
    pub(super) fn next(&mut self, value: u32) {
        let length = 31 - value.max(1).leading_zeros();
        if length < 15 {
            return self.bits(1 << (2 * length + 1) | value.max(1), 2 * length + 2);
        }
        self.bit(true);
        self.gamma(value);
    }

    /// A number from 0, with a parameter near the logarithm of its mean.
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

    /// A number below `bound`.
    pub(super) fn below(&mut self, value: u32, bound: u32) {
        let (code, length) = below(value, bound);
        self.bits(code, length);
    }

    /// The same with a bit that is not set behind it.
    pub(super) fn below_and_end(&mut self, value: u32, bound: u32) {
        let (code, length) = below(value, bound);
        self.bits(code << 1, length + 1);
    }

    /// Numbers that rise, as gaps: each is below `bound`.
    pub(super) fn rising(&mut self, numbers: impl ExactSizeIterator<Item = u32>, bound: u32) {
        let parameter = parameter(bound, u32::try_from(numbers.len()).unwrap_or(u32::MAX));
        let mut next = 0;
        for number in numbers {
            self.rice(number - next, parameter);
            next = number + 1;
        }
    }

    /// The bits as bytes, the last one filled up with zeros.
    fn bytes(&self) -> Vec<u8> {
        let last = u32::try_from(self.open << (32 - self.count) & 0xFFFF_FFFF).unwrap_or(0);
        let last = last.to_be_bytes();
        let open = last.iter().take(self.count.div_ceil(8) as usize);
        self.bytes.iter().chain(open).copied().collect()
    }

    /// The bits as text that every script may hold.
    pub(super) fn base64(&self) -> String {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let bytes = self.bytes();
        let mut text = Vec::with_capacity(bytes.len().div_ceil(3) * 4);
        let four = |[a, b, c]: [u8; 3]| {
            let all = u32::from_be_bytes([0, a, b, c]);
            [18, 12, 6, 0].map(|shift: u32| DIGITS[(all >> shift & 63) as usize])
        };
        let (whole, rest) = bytes.as_chunks::<3>();
        text.extend(whole.iter().flat_map(|three| four(*three)));
        match (rest, four([rest.first().copied().unwrap_or(0), rest.get(1).copied().unwrap_or(0), 0])) {
            ([_], [a, b, ..]) => text.extend_from_slice(&[a, b, b'=', b'=']),
            ([_, _], [a, b, c, _]) => text.extend_from_slice(&[a, b, c, b'=']),
            _ => {}
        }
        String::from_utf8(text).unwrap_or_default()
    }
}

/// The code of a number below a bound of less than 2³¹, and its length.
fn below(value: u32, bound: u32) -> (u32, u32) {
    if bound < 2 {
        return (0, 0);
    }
    let length = 32 - (bound - 1).leading_zeros();
    let short = (1_u32 << length) - bound;
    if value < short { (value, length - 1) } else { (value + short, length) }
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
        let (length, bytes) = (bits.bytes.len() * 8 + bits.count as usize, bits.bytes());
        assert_eq!((bits.len(), bytes.len()), (length.div_ceil(8), length.div_ceil(8)));
        (0..length).map(|at| if bytes[at / 8] >> (7 - at % 8) & 1 == 1 { '1' } else { '0' }).collect()
    }

    #[test]
    fn strings_of_any_length_are_joined() {
        for (one, other) in [(0, 5), (3, 0), (31, 1), (32, 32), (33, 100), (95, 64)] {
            let some = |bits: &mut Bits, from: u32, count: u32| {
                (from..from + count).for_each(|n| bits.bit(n * n % 3 == 1));
            };
            let joined = written(|bits| {
                let mut behind = Bits::default();
                some(&mut behind, one, other);
                some(bits, 0, one);
                bits.append(&behind);
            });
            assert_eq!(joined, written(|bits| some(bits, 0, one + other)), "{one} and {other}");
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
