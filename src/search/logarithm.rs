//! Logarithms from a table, so that every engine has the same ones.
//!
//! Libraries differ in the last digit of a logarithm, and where two scores are equal but for that,
//! engines would order chapters differently. The manifest carries the table.

/// The natural logarithms of 1 + n/64, in millionths, for n from 0 to 64.
pub(super) const LOGARITHMS: [u32; 65] = [
    0, 15_504, 30_772, 45_810, 60_625, 75_223, 89_612, 103_797, 117_783, 131_576, 145_182, 158_605, 171_850,
    184_922, 197_826, 210_565, 223_144, 235_566, 247_836, 259_958, 271_934, 283_768, 295_464, 307_025,
    318_454, 329_753, 340_927, 351_976, 362_905, 373_716, 384_412, 394_994, 405_465, 415_828, 426_084,
    436_237, 446_287, 456_237, 466_090, 475_846, 485_508, 495_077, 504_556, 513_946, 523_248, 532_465,
    541_597, 550_647, 559_616, 568_505, 577_315, 586_049, 594_707, 603_291, 611_802, 620_240, 628_609,
    636_907, 645_138, 653_301, 661_398, 669_431, 677_399, 685_304, 693_147,
];

/// What is more counts as this, so that no division by nothing halves for ever.
const LARGEST: f64 = (1_u64 << 63) as f64;

/// The natural logarithm of a number from 1, to about 0.00003: that of its power of two, and for the
/// rest a straight line between two entries of the table.
pub(super) fn logarithm(number: f64) -> f64 {
    let entry = |index: usize| f64::from(LOGARITHMS.get(index).copied().unwrap_or(0));
    let (mut rest, mut sum) = (number.min(LARGEST), 0.0);
    while rest >= 2.0 {
        rest /= 2.0;
        sum += entry(64);
    }
    let place = (rest - 1.0).max(0.0) * 64.0;
    let index = place as usize;
    let (from, to) = (entry(index), entry(index + 1));
    (sum + from + (place - index as f64) * (to - from)) / 1e6
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn logarithms_are_near_the_true_ones() {
        for (index, entry) in LOGARITHMS.iter().enumerate() {
            assert_eq!(*entry, ((1.0 + index as f64 / 64.0).ln() * 1e6).round() as u32);
        }
        for number in [1.0, 1.001, 1.5, 2.0, 3.7, 600.0, 1e6 + 0.3] {
            let error = logarithm(number) - number.ln();
            assert!(error.abs() < 0.000_04, "{number}: {error}");
        }
        assert_eq!(logarithm(1.0), 0.0);
        assert_eq!(logarithm(f64::INFINITY), logarithm(LARGEST));
    }
}
