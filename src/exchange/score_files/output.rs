//! Results as the OUT files, rows sorted by their key columns. badges.csv is not among them: whoever
//! makes it takes the same [`TermResult`].

use crate::domain::badges::TERM;
use crate::domain::rubric::{Component, Rubric, SOURCES, Source};
use crate::domain::scoring::input::{ClassInput, TermInput};
use crate::domain::scoring::number::{ix, push_digits, shown};
use crate::domain::scoring::result::{StudentNumber, TermResult};
use crate::domain::scoring::school::{ClassRow, Standing};

/// A file to write: its name within OUT, and its bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutFile {
    pub name: &'static str,
    pub bytes: Vec<u8>,
}

/// The files of a result. `threads` changes the speed and nothing else.
pub fn write_results(
    rubric: &Rubric,
    term: &TermInput,
    result: &TermResult,
    threads: usize,
) -> Vec<OutFile> {
    let file = |name, text: String| OutFile {
        name,
        bytes: text.into_bytes(),
    };
    vec![
        file(
            "student_scores.csv",
            student_scores(rubric, term, result, threads),
        ),
        file("class_rankings.csv", class_rankings(term, result)),
        file("raters.csv", raters(term, result)),
    ]
}

fn student_scores(
    rubric: &Rubric,
    term: &TermInput,
    result: &TermResult,
    threads: usize,
) -> String {
    let mut out = String::from(
        "round,student_no,class,self,peer,teacher,parent,voices,score,points,se,provisional",
    );
    for dimension in &rubric.dimensions {
        out.push(',');
        push_text(&mut out, &dimension.id);
    }
    out.push('\n');
    let order = students(term);
    // One period a job; periods are put together in order.
    let periods: Vec<Option<usize>> = (0..term.rounds.len()).map(Some).chain([None]).collect();
    let share = periods.len().div_ceil(threads.max(1)).max(1);
    let write = |periods: &[Option<usize>]| {
        let mut out = String::new();
        for period in periods {
            student_period(&mut out, term, result, &order, *period);
        }
        out
    };
    let write = &write;
    std::thread::scope(|scope| {
        let shares = periods.chunks(share);
        let jobs: Vec<_> = shares
            .map(|share| scope.spawn(move || write(share)))
            .collect();
        for job in jobs {
            match job.join() {
                Ok(text) => out.push_str(&text),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
    });
    out
}

/// All students as (class, index in it), by the bytes of their numbers.
fn students(term: &TermInput) -> Vec<(usize, usize)> {
    let classes = term.classes.iter().enumerate();
    let all = classes.flat_map(|(at, class)| {
        let students = class.students.iter().enumerate();
        students.map(move |(student, row)| (row.no.as_bytes(), (at, student)))
    });
    let mut all: Vec<_> = all.collect();
    all.sort_unstable();
    all.into_iter().map(|(_, place)| place).collect()
}

fn student_period(
    out: &mut String,
    term: &TermInput,
    result: &TermResult,
    order: &[(usize, usize)],
    period: Option<usize>,
) {
    let round = period.and_then(|at| term.rounds.get(at));
    let mut name = String::new();
    push_text(&mut name, round.map_or(TERM, String::as_str));
    let codes = term.classes.iter().map(|class| {
        let mut code = String::new();
        push_text(&mut code, &class.code);
        code
    });
    let codes: Vec<String> = codes.collect();
    for (class, student) in order {
        let computed = result.classes.get(*class);
        let number = computed.and_then(|class| match period {
            Some(round) => class
                .rounds
                .get(round)?
                .students
                .get(*student)
                .map(|s| &s.number),
            None => class.term.get(*student).map(|s| &s.number),
        });
        let row = term
            .classes
            .get(*class)
            .and_then(|c| c.students.get(*student));
        if let (Some(number), Some(row)) = (number, row) {
            out.push_str(&name);
            out.push(',');
            push_text(out, &row.no);
            out.push(',');
            out.push_str(codes.get(*class).map_or("", String::as_str));
            push_student(out, number);
        }
    }
}

fn push_student(out: &mut String, number: &StudentNumber) {
    debug_assert_eq!(Source::ALL.len(), SOURCES);
    for voice in &number.blend.voices {
        push_number(out, voice.said);
    }
    out.push(',');
    push_whole(out, number.blend.count());
    out.push('/');
    push_whole(out, number.voices_of);
    push_number(out, number.blend.score);
    push_points(out, number.blend.score);
    push_number(out, number.se);
    out.push_str(if number.provisional.is_some() {
        ",true"
    } else {
        ",false"
    });
    for dimension in &number.dimensions {
        push_number(out, dimension.score);
    }
    out.push('\n');
}

fn class_rankings(term: &TermInput, result: &TermResult) -> String {
    let mut out = String::from("round,grade,class");
    for component in Component::ALL {
        out.push(',');
        out.push_str(component.name());
    }
    out.push_str(",score,points,rank,low,high,unranked_because\n");
    for period in (0..term.rounds.len()).map(Some).chain([None]) {
        let round = period.and_then(|at| term.rounds.get(at));
        for grade in &result.grades {
            let rows = match period {
                Some(at) => grade.rounds.get(at).map(|round| &round.rows),
                None => Some(&grade.term),
            };
            for (class, row) in grade.classes.iter().zip(rows.into_iter().flatten()) {
                if let Some(class) = term.classes.get(*class) {
                    push_text(&mut out, round.map_or(TERM, String::as_str));
                    push_class(&mut out, class, row);
                }
            }
        }
    }
    out
}

fn push_class(out: &mut String, class: &ClassInput, row: &ClassRow) {
    out.push(',');
    push_whole(out, usize::from(class.grade));
    out.push(',');
    push_text(out, &class.code);
    for component in &row.components {
        push_number(out, component.map(|part| part.value));
    }
    push_number(out, row.blend.score);
    push_points(out, row.blend.score);
    match row.standing {
        Standing::Ranked { rank, low, high } => {
            for place in [rank, low, high] {
                out.push(',');
                push_whole(out, place);
            }
            out.push(',');
        }
        Standing::NoData => out.push_str(",,,,no_data"),
        Standing::FewStudents => out.push_str(",,,,few_students"),
    }
    out.push('\n');
}

fn raters(term: &TermInput, result: &TermResult) -> String {
    let mut out = String::from("round,class,rater,marks,leniency,flat,flags\n");
    for (at, round) in term.rounds.iter().enumerate() {
        for (class, computed) in term.classes.iter().zip(&result.classes) {
            let rows = computed.rounds.get(at).map(|round| round.raters.iter());
            for row in rows.into_iter().flatten() {
                let rater = class.students.get(ix(row.rater));
                push_text(&mut out, round);
                out.push(',');
                push_text(&mut out, &class.code);
                out.push(',');
                push_text(&mut out, rater.map_or("", |student| &student.no));
                out.push(',');
                push_whole(&mut out, row.marks);
                push_number(&mut out, Some(row.leniency));
                out.push_str(if row.flat { ",true," } else { ",false," });
                for (at, flag) in row.flags.iter().enumerate() {
                    out.push_str(if at > 0 { " " } else { "" });
                    out.push_str(flag.name());
                }
                out.push('\n');
            }
        }
    }
    out
}

fn push_number(out: &mut String, number: Option<f64>) {
    out.push(',');
    if let Some(number) = number {
        push_digits(out, number);
    }
}

fn push_points(out: &mut String, score: Option<f64>) {
    out.push(',');
    if let Some(score) = score {
        out.push_str(&shown(score).to_string());
    }
}

fn push_whole(out: &mut String, number: usize) {
    out.push_str(&number.to_string());
}

/// A text field, in quotes only where needed.
pub(super) fn push_text(out: &mut String, text: &str) {
    if !text.contains([',', '"', '\n', '\r']) {
        out.push_str(text);
        return;
    }
    out.push('"');
    out.push_str(&text.replace('"', "\"\""));
    out.push('"');
}
