//! How a child's name is read: syllables with tone marks, and how the child is called. Used by the import of the roster,
//! whose result is stored and may be corrected by the file's own column, and by term comments.

use pinyin::ToPinyin;

/// Surnames that are read otherwise than the same hanzi elsewhere; longer ones first.
const SURNAMES: [(&str, &str); 26] = [
    ("欧阳", "ōu yáng"),
    ("尉迟", "yù chí"),
    ("万俟", "mò qí"),
    ("长孙", "zhǎng sūn"),
    ("单于", "chán yú"),
    ("单", "shàn"),
    ("曾", "zēng"),
    ("解", "xiè"),
    ("仇", "qiú"),
    ("区", "ōu"),
    ("任", "rén"),
    ("朴", "piáo"),
    ("查", "zhā"),
    ("华", "huà"),
    ("盖", "gě"),
    ("乐", "yuè"),
    ("召", "shào"),
    ("缪", "miào"),
    ("宁", "nìng"),
    ("覃", "qín"),
    ("翟", "zhái"),
    ("尹", "yǐn"),
    ("繁", "pó"),
    ("员", "yùn"),
    ("种", "chóng"),
    ("秘", "bì"),
];

/// The syllables of a name, separated by spaces; empty where a hanzi has no known reading or the name has none at all.
///
/// ```
/// use starlight::domain::name_pinyin::reading;
/// assert_eq!(reading("曾小单"), "zēng xiǎo dān");
/// assert_eq!(reading("Mary Ann"), "");
/// ```
pub fn reading(name: &str) -> String {
    let (surname, said) = SURNAMES
        .into_iter()
        .find(|(surname, _)| name.starts_with(surname))
        .unwrap_or_default();
    let given = name.strip_prefix(surname).unwrap_or(name);
    let mut syllables: Vec<&str> = said.split_whitespace().collect();
    for sign in given.chars().filter(|sign| *sign != '·') {
        match sign.to_pinyin() {
            Some(reading) => syllables.push(reading.with_tone()),
            None => return String::new(),
        }
    }
    syllables.join(" ")
}

/// Surnames of two hanzi.
const LONG_SURNAMES: [&str; 16] = [
    "欧阳", "尉迟", "万俟", "长孙", "单于", "司马", "上官", "诸葛", "司徒", "夏侯", "慕容", "皇甫",
    "东方", "公孙", "令狐", "宇文",
];

/// How a child is called: the name without its surname, the whole name where one hanzi or something else would be left.
///
/// ```
/// use starlight::domain::name_pinyin::given;
/// assert_eq!(["邓若溪", "田甜", "欧阳念", "欧阳小念", "Mary Ann"].map(given), ["若溪", "田甜", "欧阳念", "小念", "Mary Ann"]);
/// ```
pub fn given(name: &str) -> &str {
    let hanzi = |c: char| c.to_pinyin().is_some();
    if !name.chars().all(hanzi) {
        return name;
    }
    let long = LONG_SURNAMES
        .into_iter()
        .find_map(|surname| name.strip_prefix(surname));
    let mut rest = name.chars();
    rest.next();
    let left = long.unwrap_or(rest.as_str());
    if left.chars().count() == 2 {
        left
    } else {
        name
    }
}

/// What a screen shows of a name: the given name; of a name in other letters its first word.
///
/// ```
/// use starlight::domain::name_pinyin::on_screen;
/// assert_eq!(["邓若溪", "田甜", "欧阳小念", "Mary Ann Lee"].map(on_screen), ["若溪", "田甜", "小念", "Mary"]);
/// ```
pub fn on_screen(name: &str) -> &str {
    match given(name) {
        whole if whole == name => name.split_whitespace().next().unwrap_or(name),
        given => given,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_have_their_own_readings() {
        for (name, expected) in [
            ("张三", "zhāng sān"),
            ("单雯", "shàn wén"),
            ("解敏", "xiè mǐn"),
            ("仇英", "qiú yīng"),
            ("查良", "zhā liáng"),
            ("区晓", "ōu xiǎo"),
            ("欧阳鑫", "ōu yáng xīn"),
            ("阿依古丽·买买提", "ā yī gǔ lì mǎi mǎi tí"),
            ("", ""),
        ] {
            assert_eq!(reading(name), expected, "{name}");
        }
    }
}
