//! Which characters the bytes of a .csv are: UTF-8, UTF-16 with a mark, or GB18030 (what Chinese Excel saves).
//! Doubt is never resolved silently: the file is refused with samples, and the user chooses (security.md S-57).

use super::TableError;
use encoding_rs::Encoding;
use std::borrow::Cow;

/// The encodings a user can choose when the bytes leave it open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Charset {
    /// UTF-8.
    Utf8,
    /// GB18030, of which GBK and GB2312 are parts.
    Gb18030,
    /// Big5 (Hong Kong, Taiwan).
    Big5,
    /// Shift_JIS.
    ShiftJis,
    /// EUC-KR.
    EucKr,
}

impl Charset {
    /// The name forms carry, e.g. `gb18030`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf-8",
            Self::Gb18030 => "gb18030",
            Self::Big5 => "big5",
            Self::ShiftJis => "shift_jis",
            Self::EucKr => "euc-kr",
        }
    }

    /// The charset of a name of [`Charset::name`].
    pub fn of_name(name: &str) -> Option<Self> {
        Self::ASKED
            .into_iter()
            .chain([Self::Utf8])
            .find(|charset| charset.name() == name)
    }

    const ASKED: [Self; 4] = [Self::Gb18030, Self::Big5, Self::ShiftJis, Self::EucKr];

    fn encoding(self) -> &'static Encoding {
        match self {
            Self::Utf8 => encoding_rs::UTF_8,
            Self::Gb18030 => encoding_rs::GB18030,
            Self::Big5 => encoding_rs::BIG5,
            Self::ShiftJis => encoding_rs::SHIFT_JIS,
            Self::EucKr => encoding_rs::EUC_KR,
        }
    }
}

/// The beginning of the file as one charset would read it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sample {
    /// The charset.
    pub charset: Charset,
    /// The first lines, at most 120 characters.
    pub text: String,
}

/// The text of the file, without a byte order mark.
pub(super) fn decode(bytes: &[u8], chosen: Option<Charset>) -> Result<Cow<'_, str>, TableError> {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        let body = bytes.get(mark..).unwrap_or_default();
        return strict(encoding, body).ok_or_else(|| TableError::invalid("import-encoding-broken"));
    }
    if let Some(charset) = chosen {
        return strict(charset.encoding(), bytes)
            .ok_or_else(|| TableError::invalid("import-encoding-broken"));
    }
    if bytes.contains(&0) {
        return Err(TableError::invalid("import-encoding-broken"));
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Cow::Borrowed(text));
    }
    match strict(encoding_rs::GB18030, bytes) {
        Some(text) if looks_like_gb(bytes) => Ok(text),
        _ => Err(doubt(bytes)),
    }
}

/// Decodes without replacement characters, or not at all.
fn strict<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Option<Cow<'a, str>> {
    encoding.decode_without_bom_handling_and_without_replacement(bytes)
}

fn doubt(bytes: &[u8]) -> TableError {
    let samples: Vec<Sample> = Charset::ASKED
        .into_iter()
        .filter_map(|charset| {
            let text = strict(charset.encoding(), bytes)?;
            Some(Sample {
                charset,
                text: text.chars().take(120).collect(),
            })
        })
        .collect();
    if samples.is_empty() {
        TableError::invalid("import-encoding-broken")
    } else {
        TableError::ambiguous(samples)
    }
}

/// Whether the pairs of bytes fall where everyday Chinese falls. GB2312 puts its 3,755 everyday characters together
/// (first bytes B0–D7, second A1–FE); Big5, UTF-8 with a broken byte or Latin-1 read as GB18030 scatter elsewhere.
fn looks_like_gb(bytes: &[u8]) -> bool {
    let (mut everyday, mut rarer, mut strange) = (0_u32, 0_u32, 0_u32);
    let mut rest = bytes.iter().copied();
    while let Some(first) = rest.next() {
        if first < 0x80 {
            continue;
        }
        match (first, rest.next().unwrap_or(0)) {
            (0xb0..=0xd7, 0xa1..) => everyday += 1,
            // Full-width signs and digits say nothing either way.
            (0xa1 | 0xa3, 0xa1..) => {}
            (0xd8..=0xf7, 0xa1..) => rarer += 1,
            (_, 0x30..=0x39) => {
                strange += 1;
                rest.nth(1);
            }
            _ => strange += 1,
        }
    }
    let all = everyday + rarer + strange;
    strange * 5 <= all && everyday * 10 >= all * 6
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::table::TableErrorKind;

    const TEXT: &str =
        "学号,姓名,班级\r\n202403017,张喆,三年级2班\r\n202403018,欧阳鑫,三年级2班\r\n";

    fn encoded(encoding: &'static Encoding, text: &str) -> Vec<u8> {
        let (bytes, _, lossy) = encoding.encode(text);
        assert!(!lossy);
        bytes.into_owned()
    }

    #[test]
    fn what_chinese_excel_saves_is_read() {
        assert_eq!(decode(TEXT.as_bytes(), None).unwrap(), TEXT);
        assert_eq!(
            decode(&encoded(encoding_rs::GB18030, TEXT), None).unwrap(),
            TEXT
        );
        let utf16: Vec<u8> = [0xff, 0xfe]
            .into_iter()
            .chain(TEXT.encode_utf16().flat_map(u16::to_le_bytes))
            .collect();
        assert_eq!(decode(&utf16, None).unwrap(), TEXT);
        let big: Vec<u8> = [0xfe, 0xff]
            .into_iter()
            .chain(TEXT.encode_utf16().flat_map(u16::to_be_bytes))
            .collect();
        assert_eq!(decode(&big, None).unwrap(), TEXT);
        let marked = [b"\xef\xbb\xbf".as_slice(), TEXT.as_bytes()].concat();
        assert_eq!(decode(&marked, None).unwrap(), TEXT);
    }

    #[test]
    fn four_byte_characters_of_gb18030_are_read() {
        let text = "学号,姓名\n1,张三\n2,李四\n3,王𬭎\n";
        assert_eq!(
            decode(&encoded(encoding_rs::GB18030, text), None).unwrap(),
            text
        );
    }

    #[test]
    fn big5_is_a_question_and_the_answer_is_used() {
        let text = "學號,姓名,班級\n1,陳嘉然,三年級\n";
        let bytes = encoded(encoding_rs::BIG5, text);
        let error = decode(&bytes, None).unwrap_err();
        let TableErrorKind::Ambiguous(samples) = error.kind else {
            panic!("{error:?}")
        };
        assert!(
            samples
                .iter()
                .any(|s| s.charset == Charset::Big5 && s.text.starts_with("學號"))
        );
        assert_eq!(decode(&bytes, Some(Charset::Big5)).unwrap(), text);
    }

    #[test]
    fn broken_bytes_are_never_replaced() {
        let mut utf8 = TEXT.as_bytes().to_vec();
        utf8.remove(2);
        assert!(decode(&utf8, None).is_err());
        assert!(decode(b"\xff\xfea", None).is_err());
        assert!(decode(b"\xff\xfe\x00\xd8a\x00", None).is_err());
        assert!(decode(b"\xef\xbb\xbf\xff", None).is_err());
        assert!(decode(b"a\0b", None).is_err());
        assert!(decode(b"caf\xe9 au lait,na\xefve\n", None).is_err());
        assert!(decode(b"\xff\xff", Some(Charset::Gb18030)).is_err());
    }

    #[test]
    fn names_lead_back() {
        for charset in [
            Charset::Utf8,
            Charset::Gb18030,
            Charset::Big5,
            Charset::ShiftJis,
            Charset::EucKr,
        ] {
            assert_eq!(Charset::of_name(charset.name()), Some(charset));
        }
    }
}
