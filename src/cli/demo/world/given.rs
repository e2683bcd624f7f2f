//! The characters that names in the demo school are made of. Used by `names` alone.
//! Frequencies follow what is common, not any real person: see `names::TOO_FAMOUS`.

/// Surnames by how often they occur, per thousand or so; a number holds for the names after it.
pub const SURNAMES: &str = "\
    72 王 71 李 67 张 54 刘 48 陈 31 杨 24 黄 21 赵 20 吴 19 周 15 徐 孙 13 \
    马 朱 12 胡 郭 11 何 高 林 9 罗 郑 梁 8 谢 宋 7 唐 许 韩 冯 邓 6 曹 彭 曾 肖 5 田 \
    董 袁 潘 于 蒋 蔡 余 杜 4 叶 程 苏 魏 吕 丁 任 沈 姚 卢 姜 崔 钟 谭 陆 3 汪 范 金 石 廖 \
    贾 夏 韦 付 方 白 邹 孟 熊 秦 邱 江 2 尹 薛 闫 段 雷 侯 龙 史 陶 黎 贺 顾 毛 郝 龚 邵 万 \
    钱 严 武 戴 莫 欧阳 1 上官 司徒 诸葛 慕容 夏侯";

pub const BOYS_FIRST: &str = "浩子宇梓俊博泽明奕皓嘉思文一天睿承景书沐启逸云安锦亦瑞家志";
pub const BOYS_SECOND: &str = "轩宇然豪辰阳泽睿航杰博霖源铭凯晨翔恒远哲瑞诚屿朗安舟川昊庭";
pub const BOYS_SINGLE: &str = "轩昊睿泽晨阳航涛磊鑫毅辉";
pub const BOYS_FAVOURITES: &str = "子轩 浩宇 浩然 宇轩 梓豪 俊熙 博文 子墨 一鸣 明轩 天佑 皓轩 宇航 奕辰 梓睿 沐宸 亦辰 铭泽 承宇 景行";

pub const GIRLS_FIRST: &str = "梓欣诗雨思佳可若语子一雅芷嘉心梦艺晨静书安沐楚婉依清悦云紫慕知锦";
pub const GIRLS_SECOND: &str = "涵怡萱彤桐琪妍瑶悦宁晴菲然婷雯萌溪妮蕾琳颖洁月岚芮昕钰诺禾";
pub const GIRLS_SINGLE: &str = "萱怡玥琪妍瑶彤颖静蕊雪敏";
pub const GIRLS_FAVOURITES: &str = "梓涵 欣怡 诗涵 梓萱 雨桐 可馨 一诺 思涵 子涵 雨涵 欣妍 语桐 若汐 佳怡 梦琪 雅静 芷晴 艺涵 依诺 书瑶";

pub const MEN: &str = "志强 建华 海涛 文斌 俊峰 国栋 明亮 伟 勇 军 立新 永刚 卫东 晓东 家栋 学文";
pub const WOMEN: &str = "\
    晓燕 丽娟 海燕 雪梅 玉兰 文静 晓敏 丽华 慧敏 佳慧 雅琴 淑芬 晓雯 亚楠 静 敏 丽 燕 \
    娟 芳 霞 玲 艳 红霞 春梅 秀兰 立红 琳琳 思敏 雨晴 晓萍 爱华";
