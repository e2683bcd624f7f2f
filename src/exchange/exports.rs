//! Lays out what is exported: roster, teachers, sheets, inspections, scores, rankings, badges. Plain rows in, a typed
//! [`Sheet`] out, which `table::write` turns into .csv or .xlsx. The roster, teachers, sheets and inspections can be
//! imported again. Used by `/a/export/…`, `/api/v1` and `starlight export`.

pub use super::export_layouts::Headings;
use super::export_layouts::{
    BADGES, CLASS_LIST, INSPECTIONS, RANKINGS, ROSTER, SCORES, SHEETS, TEACHERS, laid_out,
};
use super::inspections::InspectionRow;
use super::roster::RosterRow;
use super::sheets::SheetRow;
use super::table::{Cell, Sheet, Watermark};
use super::teachers::TeacherRow;
use crate::domain::{roster_plan::Sex, scoring::number::real};

/// One row of exported student scores; the columns of `student_scores.csv`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ScoreRow {
    pub round: String,
    pub student_no: String,
    pub class: String,
    /// self, peer, teacher, parent before filling.
    pub voices: [Option<f64>; 4],
    /// e.g. `3/4`.
    pub heard: String,
    pub score: Option<f64>,
    pub points: Option<f64>,
    pub se: Option<f64>,
    pub provisional: bool,
    /// In the order of the dimensions given to [`scores`].
    pub dimensions: Vec<Option<f64>>,
}

/// One child of a class's ordered list.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ListRow {
    pub student_no: String,
    pub name: String,
    pub seat: Option<i32>,
    /// self, peer, teacher, parent before filling.
    pub voices: [Option<f64>; 4],
    /// e.g. `3/4`.
    pub heard: String,
    /// Stars 1…5.
    pub score: Option<f64>,
    pub points: Option<f64>,
    /// In stars.
    pub se: Option<f64>,
    /// Place, the best and the worst it may be.
    pub place: Option<(usize, usize, usize)>,
    pub provisional: bool,
}

/// One row of exported class rankings; the columns of `class_rankings.csv`.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct RankingRow {
    pub round: String,
    pub grade: u8,
    pub class: String,
    /// self, peer, teacher, parent, participation, students before filling.
    pub components: [Option<f64>; 6],
    pub score: Option<f64>,
    pub points: Option<f64>,
    pub rank: Option<u32>,
    pub low: Option<u32>,
    pub high: Option<u32>,
    /// `no_data` or `few_students`; empty when ranked.
    pub unranked_because: String,
}

/// One exported award; the columns of `badges.csv`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct BadgeRow {
    pub recipient_kind: String,
    pub recipient: String,
    pub badge: String,
    pub tier: String,
    pub round: String,
    pub evidence: String,
}

/// The roster, importable again.
pub fn roster(rows: &[RosterRow], headings: Headings) -> Sheet {
    let cells = rows.iter().map(|row| {
        let sex = row
            .sex
            .map(|sex| if sex == Sex::Male { "男" } else { "女" });
        let consent = row.consent.map(|given| if given { "是" } else { "否" });
        vec![
            Cell::text(&row.student_no),
            Cell::text(&row.name),
            Cell::text(sex.unwrap_or("")),
            Cell::text(row.class_code()),
            Cell::number(row.seat.map(f64::from)),
            optional(row.group.as_deref()),
            optional(row.pinyin.as_deref()),
            Cell::text(consent.unwrap_or("")),
        ]
    });
    laid_out(&ROSTER, headings, cells.collect())
}

/// The teachers, importable again. No password is ever in a row.
pub fn teachers(rows: &[TeacherRow], headings: Headings) -> Sheet {
    let cells = rows.iter().map(|row| {
        let classes: Vec<String> = row.classes.iter().map(|class| class.code()).collect();
        vec![
            Cell::text(&row.login),
            Cell::text(&row.name),
            Cell::text(row.homeroom.map(|class| class.code()).unwrap_or_default()),
            Cell::text(classes.join("、")),
            Cell::text(row.subjects.join("、")),
        ]
    });
    laid_out(&TEACHERS, headings, cells.collect())
}

/// The answers, importable again; with [`Headings::Keys`] the `sheets.csv` of `starlight score`.
pub fn sheets(rows: &[SheetRow], headings: Headings) -> Sheet {
    let cells = rows.iter().map(|row| {
        vec![
            Cell::text(&row.round),
            Cell::text(row.source.name()),
            Cell::text(&row.rater),
            Cell::text(&row.ratee),
            Cell::text(&row.indicator),
            Cell::number(row.anchor.map(f64::from)),
            Cell::number(row.seconds),
            optional(row.comment.as_deref()),
        ]
    });
    laid_out(&SHEETS, headings, cells.collect())
}

/// The checks, importable again; with [`Headings::Keys`] the `inspections.csv` of `starlight score`.
pub fn inspections(rows: &[InspectionRow], headings: Headings) -> Sheet {
    let cells = rows.iter().map(|row| {
        vec![
            Cell::text(row.date.format("%Y-%m-%d").to_string()),
            optional(row.round.as_deref()),
            Cell::text(&row.post),
            Cell::text(&row.class),
            Cell::text(&row.item),
            Cell::Number(row.full),
            Cell::Number(row.points),
        ]
    });
    laid_out(&INSPECTIONS, headings, cells.collect())
}

/// Scores of students; `dimensions` are the headings of the columns behind the fixed ones.
pub fn scores(rows: &[ScoreRow], dimensions: &[String], headings: Headings) -> Sheet {
    let cells = rows.iter().map(|row| {
        let names = [&row.round, &row.student_no, &row.class].map(Cell::text);
        let numbers = [row.score, row.points, row.se].map(Cell::number);
        names
            .into_iter()
            .chain(row.voices.map(Cell::number))
            .chain([Cell::text(&row.heard)])
            .chain(numbers)
            .chain([Cell::text(row.provisional.to_string())])
            .chain(row.dimensions.iter().copied().map(Cell::number))
            .collect()
    });
    let mut sheet = laid_out(&SCORES, headings, cells.collect());
    sheet.header.extend(dimensions.iter().cloned());
    sheet
}

/// A class's ordered list.
pub fn class_list(rows: &[ListRow], headings: Headings) -> Sheet {
    let cells = rows.iter().map(|row| {
        let places = row
            .place
            .map(|(place, low, high)| [place, low, high].map(real));
        let places = match places {
            Some(places) => places.map(Some),
            None => [None; 3],
        };
        let names = [&row.student_no, &row.name].map(Cell::text);
        places
            .map(Cell::number)
            .into_iter()
            .chain(names)
            .chain([Cell::number(row.seat.map(f64::from))])
            .chain(row.voices.map(Cell::number))
            .chain([Cell::text(&row.heard)])
            .chain([row.score, row.points, row.se].map(Cell::number))
            .chain([Cell::text(row.provisional.to_string())])
            .collect()
    });
    laid_out(&CLASS_LIST, headings, cells.collect())
}

/// Rankings of classes.
pub fn rankings(rows: &[RankingRow], headings: Headings) -> Sheet {
    let cells = rows.iter().map(|row| {
        let names = [
            Cell::text(&row.round),
            Cell::Number(f64::from(row.grade)),
            Cell::text(&row.class),
        ];
        let places = [row.rank, row.low, row.high].map(|place| Cell::number(place.map(f64::from)));
        names
            .into_iter()
            .chain(row.components.map(Cell::number))
            .chain([row.score, row.points].map(Cell::number))
            .chain(places)
            .chain([Cell::text(&row.unranked_because)])
            .collect()
    });
    laid_out(&RANKINGS, headings, cells.collect())
}

/// Awards.
pub fn badges(rows: &[BadgeRow], headings: Headings) -> Sheet {
    let cells = rows.iter().map(|row| {
        [
            &row.recipient_kind,
            &row.recipient,
            &row.badge,
            &row.tier,
            &row.round,
            &row.evidence,
        ]
        .map(Cell::text)
        .to_vec()
    });
    laid_out(&BADGES, headings, cells.collect())
}

impl Sheet {
    /// The sheet marked with who exported it and when (security.md S-67).
    #[must_use]
    pub fn marked(mut self, headings: Headings, text: impl Into<String>) -> Self {
        let heading = match headings {
            Headings::Keys => "watermark",
            Headings::Chinese => "导出水印",
        };
        self.watermark = Some(Watermark {
            heading: heading.to_owned(),
            text: text.into(),
        });
        self
    }
}

fn optional(text: Option<&str>) -> Cell {
    text.map_or(Cell::Empty, Cell::text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::class_name::SchoolYear;
    use crate::exchange::table::{Format, ReadOptions, read, write};
    use crate::exchange::{
        inspections as inspection_rows, roster as roster_rows, sheets as sheet_rows,
        teachers as teacher_rows,
    };

    /// Writes, reads, parses and writes again, in both formats and both headings; the bytes must not change.
    fn check_round_trip<T>(
        csv: &str,
        parse: impl Fn(&crate::exchange::table::Table) -> crate::exchange::Report<T>,
        lay_out: impl Fn(&[T], Headings) -> Sheet,
    ) {
        let first = parse(&read("a.csv", None, csv.as_bytes(), &ReadOptions::default()).unwrap());
        assert_eq!(first.errors, []);
        for format in [Format::Csv, Format::Xlsx] {
            for headings in [Headings::Keys, Headings::Chinese] {
                let name = format!("a.{}", format.extension());
                let bytes = write(&lay_out(&first.rows, headings), format).unwrap();
                let again = parse(&read(&name, None, &bytes, &ReadOptions::default()).unwrap());
                assert_eq!(again.errors, [], "{name} {headings:?}");
                assert_eq!(
                    write(&lay_out(&again.rows, headings), format).unwrap(),
                    bytes,
                    "{name} {headings:?}"
                );
            }
        }
    }

    #[test]
    fn what_is_exported_can_be_imported() {
        check_round_trip(
            "学号,姓名,性别,班级,座号,组,拼音,知情同意\n001,张三,男,302,7,红组,zhāng sān,是\n002,=1+1,,三年级3班,,,,否\n",
            |table| roster_rows::parse(table, SchoolYear::default()),
            roster,
        );
        check_round_trip(
            "login,name,homeroom,classes,subject\nT01,王芳,302,301、302,语文、道法\nT02,李明,,,\n",
            |table| teacher_rows::parse(table, SchoolYear::default()),
            teachers,
        );
        check_round_trip(
            "round,source,rater,ratee,indicator,anchor,seconds,comment\nR1,self,1,1,i,3,34.5,-好\nR1,parent,F1,101,i,,,\n",
            sheet_rows::parse,
            sheets,
        );
        check_round_trip(
            "date,round,post,class,item,full,points\n2026-03-05,R1,卫生岗,302,hygiene,10,9.5\n2026-03-16,,卫生岗,302,hygiene,10,8\n",
            |table| inspection_rows::parse(table, SchoolYear::default()),
            inspections,
        );
    }

    fn text(sheet: &Sheet) -> String {
        let bytes = write(sheet, Format::Csv).unwrap();
        String::from_utf8(bytes)
            .unwrap()
            .trim_start_matches('\u{feff}')
            .replace("\r\n", "\n")
    }

    #[test]
    fn numbers_are_numbers_and_gaps_are_empty() {
        let row = ScoreRow {
            round: "R1".into(),
            student_no: "001".into(),
            class: "302".into(),
            voices: [Some(4.0), None, Some(0.1 + 0.2), None],
            heard: "2/4".into(),
            score: Some(-0.0),
            points: Some(83.6),
            dimensions: vec![None, Some(4.25)],
            ..ScoreRow::default()
        };
        let sheet = scores(
            &[row],
            &["virtue".to_owned(), "arts".to_owned()],
            Headings::Keys,
        );
        let expected = "round,student_no,class,self,peer,teacher,parent,voices,score,points,se,provisional,virtue,arts\n\
            R1,001,302,4,,0.30000000000000004,,2/4,0,83.6,,false,,4.25\n";
        assert_eq!(text(&sheet), expected);
    }

    #[test]
    fn rankings_and_badges_are_laid_out() {
        let ranking = RankingRow {
            round: "R1".into(),
            grade: 3,
            class: "302".into(),
            rank: Some(1),
            ..RankingRow::default()
        };
        let expected = "round,grade,class,self,peer,teacher,parent,participation,students,score,points,rank,low,high,unranked_because\n\
            R1,3,302,,,,,,,,,1,,,\n";
        assert_eq!(text(&rankings(&[ranking], Headings::Keys)), expected);
        let badge = BadgeRow {
            recipient_kind: "class".into(),
            recipient: "302".into(),
            ..BadgeRow::default()
        };
        let marked = badges(&[badge], Headings::Chinese).marked(Headings::Chinese, "王老师");
        assert_eq!(
            text(&marked),
            "对象类别,对象,奖章,级别,星光时刻,依据,导出水印\nclass,302,,,,,王老师\n"
        );
    }
}
