//! `score_in_memory IN RUNS`: the computation alone, without files, for `bench/score.sh`: one `ours MILLISECONDS` line a
//! run, and at the end `class MICROSECONDS`, the median of recomputing one class's term.

use std::{io::Write as _, path::Path, time::Instant};

use starlight::{
    domain::scoring::{class::score_class, school::score_term},
    exchange::score_files::{InFiles, read_term},
};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let (Some(folder), Some(runs)) = (args.next(), args.next()) else {
        return Err("score_in_memory IN RUNS".into());
    };
    let file = |name: &str| std::fs::read(Path::new(&folder).join(name)).ok();
    let bytes = [
        file("rubric.toml"),
        file("classes.csv"),
        file("students.csv"),
        file("teachers.csv"),
        file("sheets.csv"),
        file("assignments.csv"),
        file("excused.csv"),
        file("inspections.csv"),
    ];
    let [
        rubric,
        classes,
        students,
        teachers,
        sheets,
        assignments,
        excused,
        inspections,
    ] = &bytes;
    let files = InFiles {
        rubric: rubric.as_deref(),
        classes: classes.as_deref(),
        students: students.as_deref(),
        teachers: teachers.as_deref(),
        sheets: sheets.as_deref(),
        assignments: assignments.as_deref(),
        excused: excused.as_deref(),
        inspections: inspections.as_deref(),
    };
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let (rubric, term) =
        read_term(&files, threads).map_err(|errors| format!("{} bad rows", errors.len()))?;
    let mut out = std::io::stdout().lock();
    for _ in 0..runs.parse::<usize>()? {
        let started = Instant::now();
        let result = score_term(&rubric, &term, threads);
        writeln!(out, "ours {:.3}", started.elapsed().as_secs_f64() * 1e3)?;
        drop(result);
    }
    let mut times: Vec<f64> = Vec::new();
    for class in term.classes.iter().cycle().take(200) {
        let started = Instant::now();
        let result = score_class(&rubric, class);
        times.push(started.elapsed().as_secs_f64() * 1e6);
        drop(result);
    }
    times.sort_by(f64::total_cmp);
    writeln!(
        out,
        "class {:.1}",
        times.get(times.len() / 2).copied().unwrap_or_default()
    )?;
    Ok(())
}
