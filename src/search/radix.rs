//! Sorting by whole numbers in a few passes over the data.
//!
//! The index sorts millions of small entries by keys of some forty bits. Counting
//! them by parts of the key, lowest part first, takes a third of the time that
//! comparing them does. Entries with equal keys keep their order.

/// Bits of a key that one pass looks at.
const DIGIT: u32 = 14;

/// Sorts entries by a key of `bits` bits.
pub(super) fn sort<T: Copy + Default>(entries: &mut Vec<T>, bits: u32, key: impl Fn(&T) -> u64) {
    let mut other = vec![T::default(); entries.len()];
    let mut counts = vec![0_usize; 1 << DIGIT];
    for shift in (0..bits).step_by(DIGIT as usize) {
        let digit = |entry: &T| (key(entry) >> shift) as usize & ((1 << DIGIT) - 1);
        counts.fill(0);
        for entry in entries.iter() {
            counts[digit(entry)] += 1;
        }
        let mut before = 0;
        for count in &mut counts {
            before += std::mem::replace(count, before);
        }
        for entry in entries.iter() {
            let place = &mut counts[digit(entry)];
            other[*place] = *entry;
            *place += 1;
        }
        std::mem::swap(entries, &mut other);
    }
}

#[cfg(test)]
mod tests {
    #[test]
    fn entries_are_sorted_and_equal_ones_keep_their_order() {
        let numbers = (0..5_000_u64).map(|n| n.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 24);
        let mut entries: Vec<(u64, usize)> = numbers.map(|n| n / 3 * 3).zip(0..).collect();
        let mut sorted = entries.clone();
        sorted.sort();
        super::sort(&mut entries, 40, |entry| entry.0);
        assert_eq!(entries, sorted);
    }
}
