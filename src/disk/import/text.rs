//! Texts in the encodings in which people keep them.
//!
//! A chapter that another tool's readers could read is not to be lost for its encoding.
//! UTF-16 says of itself what it is. GBK does not, so a text is taken for it only where
//! nearly all it holds are the common characters; a person is told to look.

/// A text with `\n` at the end of its lines, and its encoding where that is not UTF-8.
pub(super) fn decode(bytes: Vec<u8>) -> Option<(String, Option<&'static str>)> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").map(<[u8]>::to_vec).unwrap_or(bytes);
    let (text, encoding) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(wrong) => {
            let (text, encoding) = other(wrong.as_bytes())?;
            (text, Some(encoding))
        }
    };
    if text.contains('\0') {
        return None;
    }
    let text = if text.contains('\r') { text.replace("\r\n", "\n").replace('\r', "\n") } else { text };
    Some((text, encoding))
}

#[cfg(feature = "word")]
fn other(bytes: &[u8]) -> Option<(String, &'static str)> {
    if bytes.starts_with(b"\xFF\xFE") || bytes.starts_with(b"\xFE\xFF") {
        let (text, encoding, is_wrong) = encoding_rs::UTF_16LE.decode(bytes);
        return (!is_wrong).then(|| (text.into_owned(), encoding.name()));
    }
    let text = encoding_rs::GB18030.decode_without_bom_handling_and_without_replacement(bytes)?;
    is_common(bytes).then(|| (text.into_owned(), "GBK"))
}

#[cfg(not(feature = "word"))]
fn other(_: &[u8]) -> Option<(String, &'static str)> {
    None
}

/// Whether what is not ASCII are, but for a tenth, characters of GB 2312: its two bytes lie
/// above all letters, so that words in another alphabet are not taken for Chinese. Of rare ones
/// that GB 18030 has four bytes for there are no more than of the others: a digit between two
/// letters with accents looks like one.
#[cfg(feature = "word")]
fn is_common(bytes: &[u8]) -> bool {
    let (mut common, mut others, mut rare, mut at) = (0_usize, 0_usize, 0_usize, 0);
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii() {
            at += 1;
            continue;
        }
        let second = bytes.get(at + 1).copied().unwrap_or(0);
        if second.is_ascii_digit() {
            rare += 1;
            at += 4;
            continue;
        }
        if (0xA1..=0xF7).contains(byte) && second >= 0xA1 {
            common += 1
        } else {
            others += 1
        }
        at += 2;
    }
    common > 0 && others * 10 <= common && rare <= common
}

#[cfg(all(test, feature = "word"))]
mod tests {
    use super::decode;

    #[test]
    fn encodings_are_told_apart() {
        let gbk = encoding_rs::GBK.encode("第一条　采购须经审批。\r\n").0.into_owned();
        assert_eq!(decode(gbk), Some(("第一条　采购须经审批。\n".to_owned(), Some("GBK"))));
        let rare = encoding_rs::GB18030.encode("姓名：𠮷田。").0.into_owned();
        assert_eq!(decode(rare), Some(("姓名：𠮷田。".to_owned(), Some("GBK"))));
        let wide: Vec<u8> = "\u{FEFF}制度".encode_utf16().flat_map(u16::to_le_bytes).collect();
        assert_eq!(decode(wide), Some(("制度".to_owned(), Some("UTF-16LE"))));
        assert_eq!(decode("\u{FEFF}a\r\nb\rc".into()), Some(("a\nb\nc".to_owned(), None)));
        for latin in [&b"Stra\xdfe und caf\xe9"[..], b"na\xefve", b"\xff", b"a\0b", b"\xFF\xFEa"] {
            assert_eq!(decode(latin.to_vec()), None, "{latin:?}");
        }
    }
}
