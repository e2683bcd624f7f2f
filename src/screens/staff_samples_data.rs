//! Invented data for import, export, calendar, first passwords and inspections.

use super::office_data::*;
use super::office_inspection::*;
use super::staff_samples::{NAMES, pick, text};

pub fn passwords() -> Vec<FirstPassword> {
    NAMES
        .iter()
        .zip(1..)
        .take(6)
        .map(|(name, n)| FirstPassword {
            name: text(name),
            login: format!("t{n:03}"),
            password: format!("river-{n}cloud-lamp"),
            classes: text("四(2)班 班主任"),
        })
        .collect()
}

pub fn import(kind: &'static str, step: u8) -> Import {
    let column = |name: &str, example: &str, needed: bool| ImportColumn {
        name: text(name),
        example: text(example),
        needed,
    };
    Import {
        kind,
        kinds: IMPORTS.to_vec(),
        columns: vec![
            column("student_no（学号）", "202510101", true),
            column("name（姓名）", "林小满", true),
            column("class（班级）", "402", true),
            column("pinyin（拼音）", "lín xiǎo mǎn", false),
        ],
        report: (step == 1 || step == 2).then(|| report(step == 1)),
        done: (step == 3).then(|| ImportDone {
            new: 6,
            changed: 1,
            left: 0,
            passwords: passwords(),
        }),
        refused: (step == 0).then_some("encoding"),
    }
}

fn report(bad: bool) -> ImportReport {
    let error = |line: u32, column: &str, value: &str, message: &str| RowError {
        line,
        column: text(column),
        value: text(value),
        message: text(message),
    };
    let change = |kind: &'static str, who: &str, before: &str, after: &str| RowChange {
        kind,
        who: text(who),
        before: text(before),
        after: text(after),
    };
    ImportReport {
        file_name: text("名册.xlsx"),
        hash: text("9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"),
        rows: 1998,
        new: 320,
        changed: 4,
        unchanged: 1674,
        left: 3,
        errors: if bad {
            vec![
                error(17, "班级", "四2", "没有这个班级，班级码例如 402"),
                error(203, "学号", "20251011", "学号重复，第 11 行已经有了"),
            ]
        } else {
            Vec::new()
        },
        changes: vec![
            change("changed", "202230214 邓若溪", "四(1)班", "四(2)班"),
            change("left", "202230244 高远", "四(3)班", ""),
            change("new", "202630101 林小满", "", "一(1)班"),
        ],
        fix_href: bad.then(|| text("/a/import/roster/fix")),
    }
}

pub fn first_passwords() -> Passwords {
    Passwords {
        school_name: text("星光小学"),
        address: text("http://192.168.1.10:8080/sign-in"),
        people: passwords(),
    }
}

pub fn export() -> Export {
    Export {
        items: EXPORTS
            .iter()
            .map(|what| ExportItem {
                what,
                formats: vec!["csv", "xlsx"],
                personal: !matches!(*what, "inspections" | "rankings"),
            })
            .collect(),
        rounds: vec![pick("r5", "2026-R05", true)],
        reauth: true,
    }
}

pub fn calendar() -> Calendar {
    let term = |id: &str, name: &str, from: &str, to: &str, current: bool| TermRow {
        id: text(id),
        name: text(name),
        starts_on: text(from),
        ends_on: text(to),
        weeks: 20,
        current,
        in_use: current,
    };
    Calendar {
        terms: vec![
            term("1", "2026–2027 第一学期", "2026-09-01", "2027-01-21", true),
            term("2", "2026–2027 第二学期", "2027-02-22", "2027-07-02", false),
        ],
        holidays: vec![HolidayRow {
            id: text("h1"),
            name: text("国庆节"),
            from_on: text("2026-10-01"),
            to_on: text("2026-10-07"),
        }],
        today: text("2026年11月23日"),
        week: Some(12),
        refused: DATE_REFUSALS.to_vec(),
    }
}

pub fn inspection(monitor: bool) -> InspectionForm {
    let class = |n: u32| InspectionClass {
        id: format!("40{n}"),
        name: format!("四({n})班"),
        done: n < 3,
        chosen: n == 3,
    };
    let item = |(n, name): (u32, &str)| InspectionItem {
        id: format!("item{n}"),
        name: text(name),
        full: text("10"),
        points: text(if n == 2 { "8.5" } else { "10" }),
        step: text("0.5"),
        reduced: n == 2,
        reasons: vec![
            pick("board", "讲台有粉笔灰", n == 2),
            pick("floor", "地面有纸屑", false),
            pick("tools", "工具没放好", false),
        ],
    };
    InspectionForm {
        post_id: text("hygiene"),
        post_name: text("卫生岗"),
        date: text("11月23日 星期一"),
        monitor,
        posts: vec![pick("hygiene", "卫生岗", true)],
        classes: (1..=7).map(class).collect(),
        class_id: text("403"),
        class_name: text("四(3)班"),
        items: (1u32..)
            .zip(["地面", "讲台", "卫生角", "窗台"])
            .map(item)
            .collect(),
        note: String::new(),
        sent: true,
        refused: (!monitor).then_some("reason"),
    }
}

pub fn inspections() -> Inspections {
    let row = |(n, appeal): (usize, &&'static str)| InspectionRow {
        id: format!("i{n}"),
        time: text("08:05"),
        post_name: text("卫生岗"),
        class_name: format!("四({})班", n + 1),
        by: text("叶知秋"),
        points: text("18"),
        full: text("20"),
        reasons: vec![text("讲台有粉笔灰"), text("地面有纸屑")],
        appeal,
    };
    Inspections {
        date: text("2026-11-23"),
        posts: vec![pick("hygiene", "卫生岗", false)],
        rows: APPEALS
            .iter()
            .enumerate()
            .map(|(n, a)| row((n, a)))
            .collect(),
        checked: 31,
        of: 45,
    }
}
