//! Names that look alike though their characters differ (security.md S-52). Only flagged: 士 and 土 are honest names.

use unicode_normalization::UnicodeNormalization;

/// Groups of characters that are taken for one another; the first stands for all.
const ALIKE: &[&str] = &[
    "己已巳",
    "末未",
    "土士",
    "日曰",
    "戊戌戍",
    "人入",
    "大太犬",
    "千干于",
    "天夭",
    "王玉",
    "毋母",
    "冶治",
    "晴睛",
    "宣宜",
    "洒酒",
    "茶荼",
    "折析",
    "侯候",
    "郎朗",
    "祥详",
    "辰晨",
    "壬任",
    "俊浚",
    "刀力",
    "贝见",
    "户尸",
    "夂夊",
    "亳毫",
    "亨享",
    "祟崇",
    "囗口",
    "aаα",
    "eе",
    "oоο0",
    "pр",
    "cс",
    "xх",
    "yу",
    "iі1l|",
    "bв",
    "hн",
    "·.",
];

/// Two names with the same skeleton look alike.
pub(super) fn skeleton(name: &str) -> String {
    name.nfkc()
        .flat_map(char::to_lowercase)
        .filter(|c| !c.is_whitespace())
        .map(representative)
        .collect()
}

fn representative(c: char) -> char {
    let group = ALIKE.iter().find(|group| group.contains(c));
    group.and_then(|group| group.chars().next()).unwrap_or(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn look_alikes_share_a_skeleton() {
        for (one, other) in [
            ("王末", "王未"),
            ("张⽇", "张日"),
            ("李曰", "李日"),
            ("Mary", "Mаry"),
            ("李　四", "李四"),
        ] {
            assert_eq!(skeleton(one), skeleton(other), "{one} {other}");
        }
        assert_ne!(skeleton("张三"), skeleton("张四"));
    }
}
