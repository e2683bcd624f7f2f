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

pub fn inspections() -> Inspections {
    let item = |before: &str| ItemCell {
        name: text("卫生"),
        points: text("9"),
        before: text(before),
        reason: text("地面有纸屑"),
    };
    let look = |counts: bool| LookCell {
        time: text("08:05"),
        by: text("叶知秋"),
        counts,
        points: text("18"),
        full: text("20"),
        items: vec![item(""), item("8")],
    };
    let row = |(n, appeal): (usize, &&'static str)| CheckRow {
        post_name: text("卫生岗"),
        post: text("post"),
        slot: 460,
        class_id: format!("class-{n}"),
        class_name: format!("四({})班", n + 1),
        looks: vec![look(true), look(false)],
        differs: n == 0,
        decided: n == 1,
        appeal: text(appeal),
    };
    Inspections {
        date: text("2026-11-23"),
        posts: vec![pick("hygiene", "卫生岗", false)],
        only_differing: false,
        rows: CHECK_APPEALS.iter().enumerate().map(row).collect(),
        checked: 31,
        of: 45,
        waiting: vec![WaitingAppeal {
            id: text("appeal"),
            class_name: text("四(2)班"),
            day: text("11-23"),
            item: text("卫生"),
            points: text("9"),
            full: text("10"),
            reason: text("地面有纸屑"),
            words: text("那时正在大扫除。"),
        }],
        wrong: true,
    }
}
