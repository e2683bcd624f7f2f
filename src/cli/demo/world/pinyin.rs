//! How the names of the demo school are read: one table for the characters of `given`.
//! Used by `names`; the class page and the cards of the low segment print it above the name.

use std::collections::BTreeMap;

/// Syllable, then the characters read so (as names: 肖 xiāo, 任 rén, 曾 zēng).
const READINGS: &str = "\
    ài爱 ān安 bái白 bīn斌 bó博 cài蔡 cáo曹 chén宸晨辰陈 chéng承程诚 chǔ楚 chuān川 chūn春 cuī崔 dài戴 dèng邓 \
    dīng丁 dòng栋 dōng东 dǒng董 dù杜 duàn段 fàn范 fāng方芳 fēi菲 fēn芬 féng冯 fēng峰 fù付 gāng刚 gāo高 gě葛 \
    gōng龚 gù顾 guān官 guó国 guō郭 hǎi海 hán涵韩 háng航 hào昊浩皓 háo豪 hǎo郝 hè贺 hé何禾 héng恒 hóng红 hóu侯 \
    hú胡 huá华 huáng黄 huì慧 huī辉 jiā佳嘉家 jiǎ贾 jiàn建 jiāng姜江 jiǎng蒋 jié杰洁 jīn金 jǐn锦 jìng静 jǐng景 \
    juān娟 jùn俊 jūn军 kǎi凯 kě可 lán兰岚 lǎng朗 léi雷 lěi磊蕾 lì丽立 lí黎 lǐ李 liàng亮 liáng梁 liào廖 \
    lín林琳霖 líng玲 liú刘 lóng龙 lù陆 lú卢 lǚ吕 luó罗 mǎ马 máo毛 méi梅 mèng孟梦 méng萌 mǐn敏 míng明铭鸣 mò墨莫 \
    mù慕沐 nán楠 nī妮 níng宁 nuò诺 ōu欧 pān潘 péng彭 píng萍 qí琪 qǐ启 qián钱 qiáng强 qín琴秦 qíng晴 qīng清 \
    qiū邱 rán然 rén任 róng容 ruì瑞睿芮 ruǐ蕊 ruò若 shàng上 shào邵 shěn沈 shí石 shī诗 shǐ史 shū书淑 sī司思 \
    sòng宋 sū苏 sūn孙 tán谭 táng唐 táo陶 tāo涛 tián田 tiān天 tíng婷庭 tóng彤桐 tú徒 wàn万 wǎn婉 wáng王 \
    wāng汪 wèi卫魏 wéi韦 wěi伟 wén文雯 wú吴 wǔ武 xī汐溪熙 xià夏 xiá霞 xiáng翔 xiāo肖 xiǎo晓 xiè谢 xīn心新昕欣鑫馨 \
    xíng行 xióng熊 xiù秀 xú徐 xǔ许 xuān萱轩 xué学 xuē薛 xuě雪 yà亚 yǎ雅 yàn燕艳 yán严妍闫 yáng杨阳 yáo姚瑶 yè叶 \
    yì亦奕毅艺逸 yí怡 yī一依 yǐn尹 yǐng颖 yǒng勇永 yòu佑 yù玉钰 yú于余 yǔ宇屿语雨 yuán源袁 yuǎn远 yuè悦月玥 yún云 zé泽 \
    zēng曾 zhāng张 zhào赵 zhé哲 zhèng郑 zhì志 zhī知 zhǐ芷 zhōng钟 zhōu周舟 zhū朱诸 zǐ子梓紫 zōu邹";

const FALLING: &str = "àèìòùǜ";

/// Reads names aloud.
pub struct Reader(BTreeMap<char, &'static str>);

impl Reader {
    pub fn new() -> Self {
        Self(READINGS.split(' ').flat_map(entries).collect())
    }

    /// One syllable per character, separated by spaces, with 一 as spoken (一诺 yí nuò).
    /// A character outside the table keeps a place of its own, so that ruby stays aligned.
    pub fn read(&self, name: &str) -> String {
        let following = name.chars().skip(1).map(Some).chain([None]);
        let syllables = name
            .chars()
            .zip(following)
            .map(|(hanzi, next)| match (hanzi, next) {
                ('一', Some(next)) => spoken_one(self.syllable(next)),
                _ => self.syllable(hanzi),
            });
        syllables.collect::<Vec<_>>().join(" ")
    }

    fn syllable(&self, hanzi: char) -> &'static str {
        self.0.get(&hanzi).copied().unwrap_or("·")
    }

    #[cfg(test)]
    pub fn knows(&self, hanzi: char) -> bool {
        self.0.contains_key(&hanzi)
    }
}

fn entries(group: &'static str) -> impl Iterator<Item = (char, &'static str)> {
    let is_hanzi = |c: char| ('\u{4e00}'..='\u{9fff}').contains(&c);
    let (syllable, hanzi) = group.split_at(group.find(is_hanzi).unwrap_or(group.len()));
    hanzi.chars().map(move |c| (c, syllable))
}

fn spoken_one(next: &str) -> &'static str {
    if next.contains(|c| FALLING.contains(c)) {
        "yí"
    } else {
        "yì"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(name: &str, expected: &str) {
        assert_eq!(Reader::new().read(name), expected);
    }

    #[test]
    fn names_are_read_syllable_by_syllable() {
        check("张梓涵", "zhāng zǐ hán");
        check("欧阳若汐", "ōu yáng ruò xī");
        check("曾乐", "zēng ·");
    }

    #[test]
    fn one_changes_its_tone() {
        check("王一诺", "wáng yí nuò");
        check("李一鸣", "lǐ yì míng");
        check("陈天一", "chén tiān yī");
    }
}
