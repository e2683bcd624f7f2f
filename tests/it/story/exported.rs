//! What the exported folder gives, computed as `starlight score` does, against what the story published.

use starlight::{
    actions::export_score_folder,
    domain::scoring::school::score_term,
    exchange::score_files::{InFiles, read_term},
};

use super::Story;

/// Every child's score, bit by bit.
pub fn files_give_the_same_digits(story: &Story, round: &str) {
    let call = story.office();
    let period = export_score_folder::Period::default();
    let files = story
        .store
        .read_here(|db| export_score_folder::files(db, &call, &period))
        .unwrap();
    let find = |name: &str| {
        files
            .iter()
            .find(|f| f.name == name)
            .map(|f| f.bytes.as_slice())
    };
    let input = InFiles {
        rubric: find("rubric.toml"),
        classes: find("classes.csv"),
        students: find("students.csv"),
        teachers: find("teachers.csv"),
        sheets: find("sheets.csv"),
        assignments: find("assignments.csv"),
        excused: find("excused.csv"),
        inspections: find("inspections.csv"),
    };
    let (rubric, term) = read_term(&input, 1).unwrap();
    let result = score_term(&rubric, &term, 1);
    let (_, published) = story.published(round);
    let mut compared = 0;
    for (class, computed) in term.classes.iter().zip(&result.classes) {
        let stored = &published[&class.code];
        for ((pupil, row), stored) in class
            .students
            .iter()
            .zip(&computed.rounds[0].students)
            .zip(&stored.students)
        {
            assert_eq!(pupil.no, stored.no);
            assert_eq!(
                row.number.blend.score.map(f64::to_bits),
                stored.round.score.map(f64::to_bits),
                "{}",
                pupil.no
            );
            compared += 1;
        }
    }
    assert_eq!(compared, 37);
}
