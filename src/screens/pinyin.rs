//! Syllables over what small children read.
//!
//! The rubric's document says how its indicators and look-fors are read; names of stars and levels
//! of the built-in rubric are listed here. A school's own wording without a reading is shown
//! without pinyin, whole phrases or none, because a table of single hanzi would be wrong too often (为, 得, 好 …). Names are read hanzi by hanzi, surnames by their own list.

use pinyin::ToPinyin;

use super::parts::{Spoken, spoken_text};

/// A phrase of the rubric with its syllables, where they are known.
pub fn phrase(text: &str) -> Spoken {
    spoken_text(text, of(text))
}

/// A badge's name, whose parts a middle dot joins: each part is a phrase or an aspect without its 星.
pub fn badge(text: &str) -> Spoken {
    let part = |part: &str| {
        of(part).or_else(|| of(&format!("{part}星")).and_then(|s| s.strip_suffix(" xīng")))
    };
    let read: Option<Vec<&str>> = text.split('·').map(part).collect();
    spoken_text(text, read.map(|parts| parts.join(" ")).as_deref())
}

/// A level of a scale as it stands beside its picture: without the emoji of the rubric and,
/// in the low segment, without 我, since it is said of classmates as well.
pub fn level(text: &str) -> Spoken {
    let words = text.trim_start_matches(|c: char| !c.is_alphanumeric());
    let words = words
        .strip_prefix("我在")
        .map_or(words, |_| words.strip_prefix('我').unwrap_or(words));
    phrase(words)
}

/// A person's name with its syllables; without them when one hanzi has no reading.
pub fn name(text: &str) -> Spoken {
    spoken_text(text, Some(&reading(text)))
}

/// The syllables of a person's name, hanzi by hanzi.
pub fn reading(text: &str) -> String {
    let (surname, syllables) = SURNAMES
        .iter()
        .find(|(surname, _)| text.starts_with(surname))
        .copied()
        .unwrap_or_default();
    let given = text.strip_prefix(surname).unwrap_or(text);
    let mut spoken = syllables.to_owned();
    for letter in given.chars() {
        if let Some(reading) = letter.to_pinyin() {
            spoken.push(' ');
            spoken.push_str(reading.with_tone());
        }
    }
    spoken
}

/// Surnames that are read otherwise than the same hanzi elsewhere; longer ones first.
const SURNAMES: [(&str, &str); 24] = [
    ("欧阳", "ōu yáng"),
    ("尉迟", "yù chí"),
    ("万俟", "mò qí"),
    ("长孙", "zhǎng sūn"),
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
    ("重", "chóng"),
    ("种", "chóng"),
    ("秘", "bì"),
];

/// Syllables of a known phrase, one for each hanzi, separated by spaces.
pub fn of(text: &str) -> Option<&'static str> {
    PHRASES
        .iter()
        .find(|(phrase, _)| *phrase == text)
        .map(|(_, pinyin)| *pinyin)
}

pub(super) const PHRASES: [(&str, &str); 37] = [
    ("我在发芽", "wǒ zài fā yá"),
    ("我在开花", "wǒ zài kāi huā"),
    ("我在发光", "wǒ zài fā guāng"),
    ("在发芽", "zài fā yá"),
    ("在开花", "zài kāi huā"),
    ("在发光", "zài fā guāng"),
    ("向善星", "xiàng shàn xīng"),
    ("智慧星", "zhì huì xīng"),
    ("健体星", "jiàn tǐ xīng"),
    ("尚美星", "shàng měi xīng"),
    ("勤劳星", "qín láo xīng"),
    ("星光学生", "xīng guāng xué shēng"),
    ("星光班级", "xīng guāng bān jí"),
    ("进步星", "jìn bù xīng"),
    ("闪光点", "shǎn guāng diǎn"),
    ("成功点", "chéng gōng diǎn"),
    ("坚持星", "jiān chí xīng"),
    ("公正小评委", "gōng zhèng xiǎo píng wěi"),
    ("热心星", "rè xīn xīng"),
    ("劳动小能手", "láo dòng xiǎo néng shǒu"),
    ("礼仪星", "lǐ yí xīng"),
    ("小小监督员", "xiǎo xiǎo jiān dū yuán"),
    ("书香星", "shū xiāng xīng"),
    ("绳采星", "shéng cǎi xīng"),
    ("乒乓小将", "pīng pāng xiǎo jiàng"),
    ("小小科学家", "xiǎo xiǎo kē xué jiā"),
    ("艺术星", "yì shù xīng"),
    ("科技节", "kē jì jié"),
    ("体育节", "tǐ yù jié"),
    ("合唱节", "hé chàng jié"),
    ("艺术节", "yì shù jié"),
    ("红领巾奖章", "hóng lǐng jīn jiǎng zhāng"),
    ("推荐", "tuī jiàn"),
    ("萌芽", "méng yá"),
    ("开花", "kāi huā"),
    ("结果", "jiē guǒ"),
    ("全员参与班", "quán yuán cān yù bān"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_badge_of_a_child_and_every_festival_is_read() {
        let badges = include_str!("../../fixtures/badges.toml").split("[[badge]]");
        let of_children = badges.filter(|one| one.contains("recipient = \"student\""));
        let names: Vec<String> = of_children
            .map(|one| one.split("name = { zh = \"").nth(1).unwrap())
            .map(|rest| rest.split('"').next().unwrap().replace("{star}", "向善"))
            .collect();
        assert!(names.len() > 15, "{names:?}");
        let grown = ["小小科学家·萌芽", "艺术星·开花", "书香星·结果"].map(str::to_owned);
        for name in names.iter().chain(&grown) {
            let read = badge(name)
                .iter()
                .all(|part| !part.pinyin.is_empty() || part.hanzi == "·");
            assert!(read, "{name}: {:?}", badge(name));
        }
        for name in ["科技节", "体育节", "合唱节", "艺术节"] {
            assert!(of(name).is_some(), "{name}");
        }
    }
}
