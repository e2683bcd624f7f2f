//! Names of sheets and columns of every export, in both languages. Used by `exports.rs`; imports know the same names.

use super::table::{Cell, Sheet};

/// In which language the columns are named; imports read both.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Headings {
    /// The stable names of interfaces.md, for scripts.
    Keys,
    /// Chinese, for people.
    Chinese,
}

/// Name of the sheet, then the columns by key and Chinese name.
pub(super) type Layout = (
    &'static str,
    &'static str,
    &'static [(&'static str, &'static str)],
);

pub(super) const ROSTER: Layout = (
    "roster",
    "花名册",
    &[
        ("student_no", "学号"),
        ("name", "姓名"),
        ("sex", "性别"),
        ("class", "班级"),
        ("seat", "座号"),
        ("group", "组"),
        ("pinyin", "拼音"),
        ("consent", "知情同意"),
    ],
);
pub(super) const TEACHERS: Layout = (
    "teachers",
    "教师",
    &[
        ("login", "工号"),
        ("name", "姓名"),
        ("homeroom", "班主任班级"),
        ("classes", "任教班级"),
        ("subject", "学科"),
    ],
);
pub(super) const SHEETS: Layout = (
    "sheets",
    "评价单",
    &[
        ("round", "星光时刻"),
        ("source", "评价主体"),
        ("rater", "评价人"),
        ("ratee", "被评人"),
        ("indicator", "指标"),
        ("anchor", "等级"),
        ("seconds", "用时"),
        ("comment", "评语"),
    ],
);
pub(super) const INSPECTIONS: Layout = (
    "inspections",
    "检查单",
    &[
        ("date", "日期"),
        ("round", "星光时刻"),
        ("post", "监督岗"),
        ("class", "班级"),
        ("item", "检查项目"),
        ("full", "满分"),
        ("points", "得分"),
    ],
);
pub(super) const SCORES: Layout = (
    "scores",
    "星光学生",
    &[
        ("round", "星光时刻"),
        ("student_no", "学号"),
        ("class", "班级"),
        ("self", "自评"),
        ("peer", "互评"),
        ("teacher", "教师"),
        ("parent", "家庭"),
        ("voices", "几方评价"),
        ("score", "星光值"),
        ("points", "得分"),
        ("se", "误差"),
        ("provisional", "暂定"),
    ],
);
pub(super) const CLASS_LIST: Layout = (
    "class list",
    "全班的数字",
    &[
        ("place", "位次"),
        ("low", "位次区间从"),
        ("high", "位次区间到"),
        ("student_no", "学号"),
        ("name", "姓名"),
        ("seat", "座号"),
        ("self", "自评"),
        ("peer", "互评"),
        ("teacher", "教师"),
        ("parent", "家庭"),
        ("voices", "几方评价"),
        ("score", "星光值"),
        ("points", "得分"),
        ("se", "误差"),
        ("provisional", "暂定"),
    ],
);
pub(super) const RANKINGS: Layout = (
    "rankings",
    "星光班级",
    &[
        ("round", "星光时刻"),
        ("grade", "年级"),
        ("class", "班级"),
        ("self", "自评"),
        ("peer", "检查"),
        ("teacher", "教师"),
        ("parent", "家庭"),
        ("participation", "参与"),
        ("students", "学生"),
        ("score", "星光值"),
        ("points", "得分"),
        ("rank", "名次"),
        ("low", "名次从"),
        ("high", "名次到"),
        ("unranked_because", "未排名原因"),
    ],
);
pub(super) const BADGES: Layout = (
    "badges",
    "授章",
    &[
        ("recipient_kind", "对象类别"),
        ("recipient", "对象"),
        ("badge", "奖章"),
        ("tier", "级别"),
        ("round", "星光时刻"),
        ("evidence", "依据"),
    ],
);

/// An export with the names of its layout.
pub(super) fn laid_out(layout: &Layout, headings: Headings, rows: Vec<Vec<Cell>>) -> Sheet {
    let (key, chinese, columns) = *layout;
    let name = if headings == Headings::Keys {
        key
    } else {
        chinese
    };
    let pick = |(key, chinese): &(&str, &str)| {
        (if headings == Headings::Keys {
            *key
        } else {
            *chinese
        })
        .to_owned()
    };
    Sheet {
        name: name.to_owned(),
        header: columns.iter().map(pick).collect(),
        rows,
        watermark: None,
    }
}
