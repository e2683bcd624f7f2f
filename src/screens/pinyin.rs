//! Syllables over what small children read.
//!
//! Phrases of the built-in rubric are listed here as spoken, sandhi included; a school's own
//! wording is shown without pinyin, whole phrases or none, because a table of single hanzi would
//! be wrong too often (为, 得, 好 …). Names are read hanzi by hanzi, surnames by their own list.

use pinyin::ToPinyin;

use super::parts::{Spoken, spoken_text};

/// A phrase of the rubric with its syllables, where they are known.
pub fn phrase(text: &str) -> Spoken {
    spoken_text(text, of(text))
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

/// A child's name with its syllables; without them when one hanzi has no reading.
pub fn name(text: &str) -> Spoken {
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
    spoken_text(text, Some(&spoken))
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

pub(super) const PHRASES: [(&str, &str); 31] = [
    ("桌下没有小纸屑", "zhuō xià méi yǒu xiǎo zhǐ xiè"),
    (
        "我们班同学互相尊重",
        "wǒ men bān tóng xué hù xiāng zūn zhòng",
    ),
    ("我们班上课有秩序", "wǒ men bān shàng kè yǒu zhì xù"),
    ("我们班教室整洁", "wǒ men bān jiào shì zhěng jié"),
    ("我们班像一个大家庭", "wǒ men bān xiàng yí gè dà jiā tíng"),
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
    (
        "见到老师同学会问好",
        "jiàn dào lǎo shī tóng xué huì wèn hǎo",
    ),
    ("上下楼梯靠右慢慢走", "shàng xià lóu tī kào yòu màn màn zǒu"),
    ("同学有困难我会帮", "tóng xué yǒu kùn nan wǒ huì bāng"),
    ("不开心会说出来", "bù kāi xīn huì shuō chū lái"),
    ("上课认真听，敢举手", "shàng kè rèn zhēn tīng gǎn jǔ shǒu"),
    ("每天读书二十分钟", "měi tiān dú shū èr shí fēn zhōng"),
    ("爱问“为什么”", "ài wèn wèi shén me"),
    ("大课间认真做操", "dà kè jiān rèn zhēn zuò cāo"),
    ("天天练一练跳绳", "tiān tiān liàn yí liàn tiào shéng"),
    ("早睡早起好好吃饭", "zǎo shuì zǎo qǐ hǎo hǎo chī fàn"),
    ("大声唱歌不害羞", "dà shēng chàng gē bú hài xiū"),
    ("画画手工有想法", "huà huà shǒu gōng yǒu xiǎng fǎ"),
    ("红领巾整整齐齐", "hóng lǐng jīn zhěng zhěng qí qí"),
    ("自己整理小书包", "zì jǐ zhěng lǐ xiǎo shū bāo"),
    ("值日时我不偷懒", "zhí rì shí wǒ bù tōu lǎn"),
];
