//! What needs all classes of a grade (scoring.md 5 and 6): teachers' corrected marks, the shrunk student
//! means, the class score, ranks and their intervals. Cheap: runs after any class has changed.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicUsize, Ordering};

use super::class::score_class;
use super::components::Estimate;
use super::input::{ClassInput, TermInput};
use super::mark_table::{Mark, MarkTable, RoundMarks};
use super::marks::{AnchorSpan, Scale};
use super::number::{Tenths, compact, mean, real, sample_sd, shown};
use super::peer_term::{WholeRun, whole_runs};
use super::rank::{HALF_WIDTH, competition_ranks, rank_intervals};
use super::result::{ClassResult, ClassRoundResult, TermResult};
use super::shrink::{GradeSpread, Group, Shrunk, pooled_variance, shrink};
use super::voices::{Blend, blend};
use crate::domain::rubric::{COMPONENTS, Rubric, Segment};

/// Fewest contributing students of a ranked class.
pub const ENOUGH_STUDENTS: usize = 10;

/// One grade's rankings.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GradeResult {
    pub grade: u8,
    /// Its classes, as indices into the classes handed in.
    pub classes: Vec<usize>,
    /// By round.
    pub rounds: Vec<GradeRound>,
    /// By class of this grade.
    pub term: Vec<ClassRow>,
}

/// One grade's round.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct GradeRound {
    /// By class of this grade.
    pub rows: Vec<ClassRow>,
    /// The grade's numbers behind the shrunk means; none where nothing was shrunk.
    pub spread: Option<GradeSpread>,
    /// Logins of the teachers who rate this grade's classes in the term: the raters of `teachers`.
    pub logins: Vec<String>,
    /// Section 2 over teachers and classes.
    pub teachers: WholeRun,
}

/// One class's row of a ranking, of a round or of the term.
#[derive(Clone, Debug, PartialEq)]
pub struct ClassRow {
    /// By `Component::ALL`, before filling.
    pub components: [Option<Estimate>; COMPONENTS],
    pub blend: Blend<COMPONENTS>,
    /// Standard error of the class score; 0 without a score.
    pub se: f64,
    /// n_c of the round; of the term: the rounds with enough contributing students.
    pub contributing: usize,
    /// Behind the students component; not in the term.
    pub shrunk: Option<Shrunk>,
    pub standing: Standing,
}

/// Where a class stands in its grade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Place by displayed points, and best and worst place it may have.
    Ranked {
        rank: usize,
        low: usize,
        high: usize,
    },
    /// No component at all.
    NoData,
    /// 统计中: too few contributing students.
    FewStudents,
}

impl ClassRow {
    /// Displayed points.
    pub fn shown(&self) -> Option<Tenths> {
        self.blend.score.map(shown)
    }

    /// Ends of the class's interval in stars, `score ± 1.39 SE`, not cut.
    pub fn ends(&self) -> Option<(f64, f64)> {
        let half = HALF_WIDTH * self.se;
        self.blend.score.map(|score| (score - half, score + half))
    }
}

/// Computes everything: classes on several threads, then the grades. The threads change no digit.
pub fn score_term(rubric: &Rubric, input: &TermInput, threads: usize) -> TermResult {
    let next = AtomicUsize::new(0);
    let work = || {
        let mut done = Vec::new();
        while let Some((at, class)) = {
            let at = next.fetch_add(1, Ordering::Relaxed);
            input.classes.get(at).map(|class| (at, class))
        } {
            done.push((at, score_class(rubric, class)));
        }
        done
    };
    let mut done = std::thread::scope(|scope| {
        let helpers: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        for helper in helpers {
            match helper.join() {
                Ok(part) => done.extend(part),
                Err(panic) => std::panic::resume_unwind(panic),
            }
        }
        done
    });
    done.sort_unstable_by_key(|(at, _)| *at);
    let classes: Vec<ClassResult> = done.into_iter().map(|(_, class)| class).collect();
    let both: Vec<_> = input.classes.iter().zip(&classes).collect();
    let grades = rank_classes(rubric, input.rounds.len(), &both);
    TermResult { classes, grades }
}

/// Ranks the classes of every grade from class results that may be kept from before.
pub fn rank_classes(
    rubric: &Rubric,
    rounds: usize,
    classes: &[(&ClassInput, &ClassResult)],
) -> Vec<GradeResult> {
    let grades: BTreeSet<u8> = classes.iter().map(|(input, _)| input.grade).collect();
    let rank = |grade: u8| {
        let of_grade = classes
            .iter()
            .enumerate()
            .filter(|(_, (c, _))| c.grade == grade);
        let (at, members): (Vec<usize>, Vec<_>) = of_grade.map(|(at, c)| (at, *c)).unzip();
        let (rounds, term) = rank_grade(rubric, rounds, grade, &members);
        GradeResult {
            grade,
            classes: at,
            rounds,
            term,
        }
    };
    grades.into_iter().map(rank).collect()
}

type Member<'a> = (&'a ClassInput, &'a ClassResult);

fn rank_grade(
    rubric: &Rubric,
    rounds: usize,
    grade: u8,
    members: &[Member<'_>],
) -> (Vec<GradeRound>, Vec<ClassRow>) {
    let logins: Vec<String> = logins(members);
    let marks: Vec<RoundMarks> = (0..rounds)
        .map(|round| teacher_marks(rubric, grade, members, round, &logins))
        .collect();
    let mut ranked = Vec::with_capacity(rounds);
    for (at, teachers) in whole_runs(&marks, &rubric.peer).into_iter().enumerate() {
        let parts: Vec<_> = members
            .iter()
            .map(|(_, class)| class.rounds.get(at))
            .collect();
        let (shrunk, spread) = shrunk_means(&parts);
        let mut inputs = Vec::with_capacity(members.len());
        for (class, (part, shrunk)) in parts.iter().zip(&shrunk).enumerate() {
            let contributing = part.map_or(0, |p| p.contributing.len());
            inputs.push(RowInput {
                components: round_components(*part, class, &teachers, shrunk.as_ref()),
                contributing,
                enough: contributing >= ENOUGH_STUDENTS,
                shrunk: *shrunk,
            });
        }
        ranked.push(GradeRound {
            rows: rows(rubric, inputs),
            spread,
            logins: logins.clone(),
            teachers,
        });
    }
    let inputs = (0..members.len()).map(|class| term_input(&ranked, class));
    let term = rows(rubric, inputs.collect());
    (ranked, term)
}

/// Teachers with a sheet about one of these classes in any round, ascending by bytes.
fn logins(members: &[Member<'_>]) -> Vec<String> {
    let mut found = BTreeSet::new();
    for (input, class) in members {
        let sheets = class
            .rounds
            .iter()
            .flat_map(|round| &round.components.teachers);
        let teachers = sheets.filter_map(|s| input.teachers.get(super::number::ix(s.teacher)));
        found.extend(teachers.map(|teacher| teacher.login.clone()));
    }
    found.into_iter().collect()
}

fn teacher_marks(
    rubric: &Rubric,
    grade: u8,
    members: &[Member<'_>],
    round: usize,
    logins: &[String],
) -> RoundMarks {
    let segment = Segment::of_grade(grade.clamp(1, 6)).unwrap_or(Segment::High);
    let scale = Scale::new(rubric, segment);
    let mut spans = vec![AnchorSpan::default(); logins.len()];
    let mut marks = Vec::new();
    for (ratee, (input, class)) in members.iter().enumerate() {
        let sheets = class
            .rounds
            .get(round)
            .map(|r| r.components.teachers.iter());
        for sheet in sheets.into_iter().flatten() {
            let teacher = input.teachers.get(super::number::ix(sheet.teacher));
            let Some(rater) = teacher.and_then(|t| logins.binary_search(&t.login).ok()) else {
                continue;
            };
            if let Some(span) = spans.get_mut(rater) {
                *span = span.and(sheet.span);
            }
            marks.extend(sheet.mark.map(|y| Mark {
                ratee: compact(ratee),
                rater: compact(rater),
                y,
            }));
        }
    }
    marks.sort_by_key(|mark| (mark.ratee, mark.rater));
    let weight = |span: &AnchorSpan| match scale.is_flat(*span) {
        true => rubric.peer.low_weight,
        false => 1.0,
    };
    RoundMarks::new(
        MarkTable::new(marks, members.len()),
        Vec::new(),
        spans.iter().map(weight).collect(),
    )
}

/// Section 6 over the grade's classes that have a contributing student.
fn shrunk_means(parts: &[Option<&ClassRoundResult>]) -> (Vec<Option<Shrunk>>, Option<GradeSpread>) {
    let scores = || {
        parts
            .iter()
            .map(|p| p.map_or(&[][..], |p| p.contributing.as_slice()))
    };
    let group = |scores: &[f64]| {
        mean(scores.iter().copied()).map(|mean| Group {
            n: scores.len(),
            mean,
        })
    };
    let groups: Vec<Option<Group>> = scores().map(group).collect();
    let heard: Vec<Group> = groups.iter().flatten().copied().collect();
    let (shrunk, spread) = shrink(&heard, pooled_variance(scores()));
    let mut shrunk = shrunk.into_iter();
    let by_class = groups.iter().map(|group| group.and_then(|_| shrunk.next()));
    (by_class.collect(), spread)
}

fn round_components(
    part: Option<&ClassRoundResult>,
    class: usize,
    teachers: &WholeRun,
    shrunk: Option<&Shrunk>,
) -> [Option<Estimate>; COMPONENTS] {
    let Some(part) = part else {
        return [None; COMPONENTS];
    };
    let local = &part.components;
    let score = teachers.scores.get(class).copied().flatten();
    let error = teachers.errors.get(class).copied().flatten();
    let raters = local.teachers.iter().filter(|t| t.mark.is_some()).count();
    let by_teachers = score.map(|value| Estimate {
        value,
        se: error.unwrap_or_default(),
        n: raters,
    });
    let sd = sample_sd(&part.contributing).unwrap_or_default();
    let students = shrunk.map(|shrunk| Estimate {
        value: shrunk.value,
        se: sd / real(shrunk.n).sqrt(),
        n: shrunk.n,
    });
    [
        local.by_students,
        local.inspections,
        by_teachers,
        local.by_families,
        local.participation,
        students,
    ]
}

/// What a row is made from.
struct RowInput {
    components: [Option<Estimate>; COMPONENTS],
    contributing: usize,
    enough: bool,
    shrunk: Option<Shrunk>,
}

/// Plain means over the rounds in which the class has the component (scoring.md 5, term).
fn term_input(rounds: &[GradeRound], class: usize) -> RowInput {
    let rows = || rounds.iter().filter_map(|round| round.rows.get(class));
    let mut at = 0..COMPONENTS;
    let components = [(); COMPONENTS].map(|()| {
        let at = at.next()?;
        let had = || rows().filter_map(|row| row.components.get(at).copied().flatten());
        let squares = had().fold(0.0, |sum, part| sum + part.se * part.se);
        let n = had().count();
        mean(had().map(|part| part.value)).map(|value| Estimate {
            value,
            se: squares.sqrt() / real(n),
            n,
        })
    });
    let heard = rows().filter(|row| row.blend.score.is_some());
    let held = heard.clone().count();
    let good = heard
        .filter(|row| row.contributing >= ENOUGH_STUDENTS)
        .count();
    RowInput {
        components,
        contributing: good,
        enough: good >= 1 && 2 * good >= held,
        shrunk: None,
    }
}

/// Section 4 with the grade's classes as the group, then ranks and intervals of the ranked ones.
fn rows(rubric: &Rubric, inputs: Vec<RowInput>) -> Vec<ClassRow> {
    let value = |input: &RowInput| input.components.map(|part| part.map(|part| part.value));
    let said: Vec<[Option<f64>; COMPONENTS]> = inputs.iter().map(value).collect();
    let mut at = 0..COMPONENTS;
    let means = [(); COMPONENTS].map(|()| {
        let at = at.next()?;
        mean(said.iter().filter_map(|row| row.get(at).copied().flatten()))
    });
    let row = |(input, said): (RowInput, &[Option<f64>; COMPONENTS])| {
        let blend = blend(rubric.class_weights, *said, means);
        let errors = blend.voices.iter().zip(&input.components);
        let squares = errors.fold(0.0, |sum, (voice, part)| {
            let share = part.map_or(0.0, |part| voice.weight * part.se);
            sum + share * share
        });
        ClassRow {
            components: input.components,
            se: squares.sqrt(),
            contributing: input.contributing,
            shrunk: input.shrunk,
            standing: match (blend.score.is_some(), input.enough) {
                (false, _) => Standing::NoData,
                (true, false) => Standing::FewStudents,
                // Places follow below, once all rows are there.
                (true, true) => Standing::Ranked {
                    rank: 0,
                    low: 0,
                    high: 0,
                },
            },
            blend,
        }
    };
    let mut rows: Vec<ClassRow> = inputs.into_iter().zip(&said).map(row).collect();
    place(&mut rows);
    rows
}

fn place(rows: &mut [ClassRow]) {
    let ranked = |row: &&ClassRow| matches!(row.standing, Standing::Ranked { .. });
    let shown: Vec<Option<Tenths>> = rows.iter().filter(ranked).map(ClassRow::shown).collect();
    let ends = rows.iter().filter(ranked).filter_map(ClassRow::ends);
    let intervals = rank_intervals(&ends.collect::<Vec<_>>());
    let mut places = competition_ranks(&shown).into_iter().zip(intervals);
    for row in rows.iter_mut() {
        if matches!(row.standing, Standing::Ranked { .. })
            && let Some((rank, (low, high))) = places.next()
        {
            row.standing = Standing::Ranked { rank, low, high };
        }
    }
}
