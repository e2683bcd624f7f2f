//! "你怎么评别人，一点也不影响你自己的分": whatever a student says of others, changed, added or deleted,
//! the student's own rows stay the same to the last bit.

use proptest::prelude::*;
use starlight::domain::rubric::{Rubric, Source};
use starlight::domain::scoring::class::score_class;
use starlight::domain::scoring::input::{
    Answer, ClassInput, ClassRoundInput, Sheet, StudentInput, TeacherInput,
};
use starlight::domain::scoring::result::ClassResult;

/// Answers of a peer sheet: three questions of the high segment, 0 = 没看见.
type Votes = Vec<Vec<(u32, u32, [u8; 3])>>;

fn class(students: u32, votes: &Votes, teacher: &[u8]) -> ClassInput {
    let rubric = Rubric::built_in();
    let place = |id: &str| u16::try_from(rubric.indicator(id).unwrap()).unwrap();
    let questions = ["high_virtue_1", "high_wisdom_1", "high_arts_2"].map(place);
    let rounds = votes.iter().map(|sheets| {
        let mut round = ClassRoundInput::default();
        let mut sheets = sheets.clone();
        sheets.sort_by_key(|(rater, ratee, _)| (*ratee, *rater));
        sheets.dedup_by_key(|(rater, ratee, _)| (*ratee, *rater));
        let put = |round: &mut ClassRoundInput, source: Source, rater, ratee, anchors: &[u8]| {
            let first = u32::try_from(round.answers.len()).unwrap();
            let answers = questions.iter().zip(anchors);
            round
                .answers
                .extend(answers.map(|(indicator, anchor)| Answer {
                    indicator: *indicator,
                    anchor: *anchor,
                }));
            round.about_students[source.position()].push(Sheet {
                rater,
                ratee,
                answers: (first, u32::try_from(anchors.len()).unwrap()),
                ..Sheet::default()
            });
        };
        for (rater, ratee, anchors) in sheets {
            if rater != ratee {
                put(&mut round, Source::Peer, rater, ratee, &anchors);
            }
        }
        for (ratee, anchor) in (0..students).zip(teacher) {
            put(&mut round, Source::Teacher, 0, ratee, &[*anchor]);
        }
        round
    });
    let student = |at| StudentInput {
        no: format!("s{at:03}"),
        name: String::new(),
    };
    ClassInput {
        code: "501".into(),
        grade: 5,
        students: (0..students).map(student).collect(),
        teachers: vec![TeacherInput {
            login: "T".into(),
            homeroom: true,
            subject: false,
        }],
        rounds: rounds.collect(),
        ..ClassInput::default()
    }
}

/// Every bit of a student's numbers; Debug prints the shortest digits that read back to the same f64.
fn rows(result: &ClassResult, student: usize) -> String {
    let rounds = result
        .rounds
        .iter()
        .map(|round| &round.students[student].number);
    format!(
        "{:?} {:?}",
        rounds.collect::<Vec<_>>(),
        result.term[student].number
    )
}

fn votes(students: u32) -> impl Strategy<Value = Votes> {
    let sheet = (0..students, 0..students, prop::array::uniform3(0..=5_u8));
    prop::collection::vec(prop::collection::vec(sheet, 0..60), 1..4)
}

fn case() -> impl Strategy<Value = (u32, Votes, Votes, Vec<u8>, u32)> {
    (2..12_u32).prop_flat_map(|n| {
        let teacher = prop::collection::vec(0..=5_u8, usize::try_from(n).unwrap());
        (Just(n), votes(n), votes(n), teacher, 0..n)
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn own_ratings_never_touch_the_own_score((n, before, other, teacher, who) in case()) {
        // The same votes of all others; those of `who` replaced by other ones, or by none.
        let without = |votes: &Votes| -> Votes {
            let keep = |sheets: &Vec<(u32, u32, [u8; 3])>| {
                sheets.iter().filter(|(rater, _, _)| *rater != who).copied().collect()
            };
            votes.iter().map(keep).collect()
        };
        let mut replaced = without(&before);
        for (round, sheets) in replaced.iter_mut().zip(&other) {
            round.extend(sheets.iter().filter(|(rater, _, _)| *rater == who));
        }
        let rubric = Rubric::built_in();
        let own = |votes: &Votes| {
            let result = score_class(&rubric, &class(n, votes, &teacher));
            rows(&result, usize::try_from(who).unwrap())
        };
        let kept = own(&before);
        prop_assert_eq!(&kept, &own(&without(&before)));
        prop_assert_eq!(&kept, &own(&replaced));
    }
}

#[test]
fn a_changed_rating_does_change_the_rated_one() {
    let teacher = [3; 4];
    let votes = |anchor| {
        vec![vec![
            (0, 1, [anchor; 3]),
            (2, 1, [3, 4, 2]),
            (1, 3, [2, 4, 5]),
        ]]
    };
    let rubric = Rubric::built_in();
    let of = |anchor, who| {
        rows(
            &score_class(&rubric, &class(4, &votes(anchor), &teacher)),
            who,
        )
    };
    assert_ne!(of(2, 1), of(4, 1));
    assert_eq!(of(2, 0), of(4, 0));
}
