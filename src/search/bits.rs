//! A string of bits, written most significant first.
//!
//! The codes are those that `search-engine.js` reads: Elias gamma, Rice with a
//! parameter that both sides work out from the same whole numbers, and numbers
//! below a known bound in as few bits as will do (truncated binary).

/// Bits being written.
#[derive(Debug, Clone, Default)]
pub(super) struct Bits {
    bytes: Vec<u8>,
    /// Bits used in the last byte, 0 for all of it.
    used: u32,
}

impl Bits {
    /// Length in bytes, the last one counted as whole.
    pub(super) fn len(&self) -> usize {
        self.bytes.len()
    }

    pub(super) fn bit(&mut self, one: bool) {
        if self.used == 0 {
            self.bytes.push(0);
        }
        if one && let Some(last) = self.bytes.last_mut() {
            *last |= 0x80 >> self.used;
        }
        self.used = (self.used + 1) % 8;
    }

    /// The lowest `count` bits of a number.
    pub(super) fn bits(&mut self, value: u32, count: u32) {
        let mut left = count;
        while left > 0 {
            if self.used == 0 {
                self.bytes.push(0);
            }
            let room = 8 - self.used;
            let taken = room.min(left);
            let piece = (value >> (left - taken)) & ((1 << taken) - 1);
            if let Some(last) = self.bytes.last_mut() {
                *last |= u8::try_from(piece << (room - taken)).unwrap_or(0);
            }
            self.used = (self.used + taken) % 8;
            left -= taken;
        }
    }

    /// All bits of another string behind these.
    pub(super) fn append(&mut self, other: &Self) {
        let Some((last, whole)) = other.bytes.split_last() else { return };
        for byte in whole {
            self.bits(u32::from(*byte), 8);
        }
        let used = if other.used == 0 { 8 } else { other.used };
        self.bits(u32::from(*last) >> (8 - used), used);
    }

    /// A number from 1: small ones are short.
    pub(super) fn gamma(&mut self, value: u32) {
        let length = 31 - value.max(1).leading_zeros();
        self.bits(0, length);
        self.bits(value.max(1), length + 1);
    }

    /// A number from 0, with a parameter near the logarithm of its mean.
    pub(super) fn rice(&mut self, value: u32, parameter: u32) {
        for _ in 0..value >> parameter {
            self.bit(true);
        }
        self.bit(false);
        self.bits(value, parameter);
    }

    /// A number below `bound`.
    pub(super) fn below(&mut self, value: u32, bound: u32) {
        if bound < 2 {
            return;
        }
        let length = 32 - (bound - 1).leading_zeros();
        let short = (1_u32 << length) - bound;
        if value < short { self.bits(value, length - 1) } else { self.bits(value + short, length) }
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

    /// The bits as text that every script may hold.
    pub(super) fn base64(&self) -> String {
        const DIGITS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = String::with_capacity(self.bytes.len().div_ceil(3) * 4);
        for three in self.bytes.chunks(3) {
            let byte = |at: usize| u32::from(three.get(at).copied().unwrap_or(0));
            let all = byte(0) << 16 | byte(1) << 8 | byte(2);
            for at in 0..4 {
                let digit = DIGITS[(all >> (18 - 6 * at) & 63) as usize];
                text.push(if at <= three.len() { char::from(digit) } else { '=' });
            }
        }
        text
    }
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
        let length = bits.bytes.len() * 8 - (8 - bits.used as usize) % 8;
        (0..length).map(|at| if bits.bytes[at / 8] >> (7 - at % 8) & 1 == 1 { '1' } else { '0' }).collect()
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
