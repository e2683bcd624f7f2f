//! Makes names for children and teachers: common characters, common frequencies, nobody famous.
//! Used by `build` while the school is put together.

use super::dice::{Dice, topic};
use super::given;
use super::pinyin::Reader;

/// 男 or 女, as the roster writes it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sex {
    Boy,
    Girl,
}

impl Sex {
    pub const fn label(self) -> &'static str {
        match self {
            Self::Boy => "男",
            Self::Girl => "女",
        }
    }
}

/// A name in its two parts; compound surnames make the seam invisible otherwise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Name {
    pub surname: &'static str,
    pub given: String,
}

impl Name {
    pub fn full(&self) -> String {
        format!("{}{}", self.surname, self.given)
    }
}

/// Names that everybody would take for somebody from television, sports or a textbook.
const TOO_FAMOUS: &str = "王源 王一博 王俊凯 王宝强 李现 李宁 李娜 李连杰 李白 杨洋 杨紫 杨幂 张杰 张艺兴 张继科 张若昀 \
    刘翔 刘洋 刘诗诗 刘涛 刘昊然 陈晓 陈龙 陈梦 陈芋汐 马龙 马云 许昕 周星驰 周深 周洋 林丹 孙杨 朱婷 朱一龙 吴磊 吴京 \
    赵云 赵薇 姚明 丁宁 胡歌 黄磊 黄轩 黄渤 苏轼 苏醒 邓超 龚俊 白宇 白敬亭 肖战 何洁 何炅 郭敬明 韩寒 罗翔 易建联 徐静蕾 \
    田亮 田雨 马可 江雪 白雪 钟楚红 段誉 慕容复 诸葛亮 诸葛瑾 诸葛瞻 夏侯惇 王思聪 宋佳 梁静茹 梁家辉 孔明 韩雪 蔡依林 \
    陈静 陈志强 任嘉伦 雷军 武磊 贾静雯 高晓松 史航 万茜 任泉 任远 宋小宝 王霞 董洁 董卿 汪涵 汪峰 陈国栋";

pub struct NameMaker {
    dice: Dice,
    surnames: Vec<(&'static str, usize)>,
    total: usize,
    pub reader: Reader,
}

impl NameMaker {
    pub fn new(dice: Dice) -> Self {
        let surnames = weighted_surnames();
        let total = surnames.iter().map(|(_, weight)| weight).sum();
        Self {
            dice: dice.about(topic("names")),
            surnames,
            total,
            reader: Reader::new(),
        }
    }

    /// A child's name; `surname` is given for brothers and sisters.
    pub fn child(&self, number: usize, sex: Sex, surname: Option<&'static str>) -> Name {
        self.first_unknown(self.dice.about(topic("child")).nth(number), |dice| Name {
            surname: surname.unwrap_or_else(|| self.surname(dice)),
            given: self.given(dice, sex),
        })
    }

    pub fn teacher(&self, number: usize, sex: Sex) -> Name {
        let bank = words(if sex == Sex::Boy {
            given::MEN
        } else {
            given::WOMEN
        });
        self.first_unknown(self.dice.about(topic("teacher")).nth(number), |dice| Name {
            surname: self.surname(dice),
            given: dice.about(topic("given")).word(&bank).to_owned(),
        })
    }

    /// Draws again, a few times, where the name belongs to somebody everybody knows.
    fn first_unknown(&self, dice: Dice, make: impl Fn(Dice) -> Name) -> Name {
        let mut tries = (0..8).map(|n| make(dice.about(n)));
        let first = tries.find(|name| !is_famous(&name.full()));
        first.unwrap_or_else(|| make(dice.about(8)))
    }

    fn surname(&self, dice: Dice) -> &'static str {
        let mut left = dice.about(topic("surname")).below(self.total);
        for (surname, weight) in &self.surnames {
            if left < *weight {
                return surname;
            }
            left -= weight;
        }
        "王"
    }

    fn given(&self, dice: Dice, sex: Sex) -> String {
        let taste = dice.about(topic("taste")).unit();
        let bank = Bank::of(sex);
        if taste < 0.08 {
            return letter(dice, bank.single).to_string();
        }
        if taste < 0.30 {
            return dice
                .about(topic("favourite"))
                .word(&words(bank.favourites))
                .to_owned();
        }
        let mut pairs = (0..8).map(|n| {
            (
                letter(dice.about(n), bank.first),
                letter(dice.about(n + 100), bank.second),
            )
        });
        let pair = pairs.find(|(a, b)| self.sound_apart(*a, *b));
        pair.map_or_else(|| "子涵".to_owned(), |(a, b)| format!("{a}{b}"))
    }

    /// 宇语 or 梓子 is nobody's name.
    fn sound_apart(&self, a: char, b: char) -> bool {
        self.reader.read(&a.to_string()) != self.reader.read(&b.to_string())
    }
}

struct Bank {
    first: &'static str,
    second: &'static str,
    single: &'static str,
    favourites: &'static str,
}

impl Bank {
    const fn of(sex: Sex) -> Self {
        match sex {
            Sex::Boy => Self {
                first: given::BOYS_FIRST,
                second: given::BOYS_SECOND,
                single: given::BOYS_SINGLE,
                favourites: given::BOYS_FAVOURITES,
            },
            Sex::Girl => Self {
                first: given::GIRLS_FIRST,
                second: given::GIRLS_SECOND,
                single: given::GIRLS_SINGLE,
                favourites: given::GIRLS_FAVOURITES,
            },
        }
    }
}

pub fn is_famous(name: &str) -> bool {
    TOO_FAMOUS.split_whitespace().any(|famous| famous == name)
}

fn weighted_surnames() -> Vec<(&'static str, usize)> {
    let mut weight = 0;
    let mut list = Vec::new();
    for word in given::SURNAMES.split_whitespace() {
        match word.parse() {
            Ok(number) => weight = number,
            Err(_not_a_number) => list.push((word, weight)),
        }
    }
    list
}

fn words(bank: &'static str) -> Vec<&'static str> {
    bank.split_whitespace().collect()
}

fn letter(dice: Dice, bank: &str) -> char {
    let letters: Vec<char> = bank.chars().collect();
    dice.about(topic("letter"))
        .pick(&letters)
        .copied()
        .unwrap_or('安')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn maker() -> NameMaker {
        NameMaker::new(Dice::new(1))
    }

    #[test]
    fn every_character_of_a_name_can_be_read() {
        let banks = [
            given::BOYS_FIRST,
            given::BOYS_SECOND,
            given::BOYS_SINGLE,
            given::BOYS_FAVOURITES,
        ];
        let more = [
            given::GIRLS_FIRST,
            given::GIRLS_SECOND,
            given::GIRLS_SINGLE,
            given::GIRLS_FAVOURITES,
        ];
        let surnames = weighted_surnames();
        let all = banks
            .into_iter()
            .chain(more)
            .chain([given::MEN, given::WOMEN])
            .chain(surnames.iter().map(|s| s.0));
        for hanzi in all.flat_map(str::chars).filter(|c| !c.is_whitespace()) {
            assert!(maker().reader.knows(hanzi), "{hanzi}");
        }
    }

    #[test]
    fn surnames_come_by_frequency() {
        let surnames = (0..3_000).map(|n| maker().child(n, Sex::Girl, None).surname);
        let (mut wang, mut compound) = (0, 0);
        for surname in surnames {
            wang += u32::from(surname == "王");
            compound += u32::from(surname.chars().count() == 2);
        }
        assert!((140..320).contains(&wang), "{wang}");
        assert!((5..60).contains(&compound), "{compound}");
    }

    #[test]
    fn brothers_and_sisters_share_the_surname() {
        assert_eq!(maker().child(5, Sex::Boy, Some("欧阳")).surname, "欧阳");
    }

    #[test]
    fn the_famous_are_left_alone() {
        assert!(is_famous("姚明") && !is_famous("张梓涵"));
        assert!((0..5_000).all(|n| !is_famous(&maker().child(n, Sex::Boy, None).full())));
    }
}
