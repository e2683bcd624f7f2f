//! Every worked example of peer_examples.json, within 1e-9.

use serde_json::Value;
use starlight::domain::rubric::PeerConstants;
use starlight::domain::scoring::agreement::{Metric, krippendorff};
use starlight::domain::scoring::mark_table::{Mark, MarkTable, RoundMarks};
use starlight::domain::scoring::number::tenths;
use starlight::domain::scoring::peer::{Memory, Runner};
use starlight::domain::scoring::peer_term::{own_runs, pool_term, whole_runs};
use starlight::domain::scoring::rank::{competition_ranks, rank_intervals};
use starlight::domain::scoring::shrink::{Group, shrink};
use starlight::domain::scoring::voices::blend;

fn examples() -> Value {
    let path = super::support::golden("peer_examples.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn near(ours: Option<f64>, expected: &Value, what: &str) {
    match (ours, expected.as_f64()) {
        (None, None) => {}
        (Some(a), Some(b)) if (a - b).abs() < 1e-9 => {}
        _ => panic!("{what}: {ours:?} is not {expected}"),
    }
}

const STUDENTS: usize = 7;

fn students(example: &Value) -> usize {
    let flat = example["marks_by_rater"].as_object().unwrap();
    let ids = flat.iter().flat_map(|(rater, marks)| {
        let ratees = marks.as_object().unwrap().keys().cloned();
        ratees.chain([rater.clone()])
    });
    1 + ids.map(|id| id.parse::<usize>().unwrap()).max().unwrap()
}

fn round(example: &Value, constants: &PeerConstants, students: usize) -> RoundMarks {
    let mut marks = Vec::new();
    for (rater, given) in example["marks_by_rater"].as_object().unwrap() {
        for (ratee, y) in given.as_object().unwrap() {
            marks.push(Mark {
                ratee: ratee.parse().unwrap(),
                rater: rater.parse().unwrap(),
                y: y.as_f64().unwrap(),
            });
        }
    }
    marks.sort_by_key(|mark| (mark.ratee, mark.rater));
    let flat = example["flat"].as_array().unwrap();
    let flat = |at: usize| flat.iter().any(|id| id.as_str() == Some(&at.to_string()));
    let weight = |at| if flat(at) { constants.low_weight } else { 1.0 };
    RoundMarks::new(
        MarkTable::new(marks, students),
        Vec::new(),
        (0..students).map(weight).collect(),
    )
}

fn constants(changed: &Value) -> PeerConstants {
    let mut constants = PeerConstants::default();
    match &changed["clamp"] {
        Value::String(none) if none == "none" => constants.clamp = f64::INFINITY,
        Value::Number(clamp) => constants.clamp = clamp.as_f64().unwrap(),
        _ => {}
    }
    constants
}

fn runs(
    rounds: &[RoundMarks],
    student: usize,
    constants: &PeerConstants,
) -> Vec<starlight::domain::scoring::peer_term::OwnRun> {
    let mut memory = Memory::new(rounds[0].weights.len());
    let student = u32::try_from(student).unwrap();
    own_runs(
        &mut Runner::default(),
        &mut memory,
        rounds,
        student,
        constants,
    )
}

#[test]
fn one_round_at_a_time() {
    let all = examples();
    for (name, example) in all["peer"].as_object().unwrap() {
        for (variant, expected) in example["expected"].as_object().unwrap() {
            let constants = constants(&expected["constants_changed"]);
            let n = students(example);
            let rounds = [round(example, &constants, n)];
            let whole = whole_runs(&rounds, &constants).remove(0);
            let facts = whole.facts.unwrap();
            let one = &expected["one_run"];
            let what = format!("{name} {variant}");
            near(Some(facts.g0), &one["g0"], &what);
            near(Some(facts.g1), &one["g1"], &what);
            near(Some(facts.s2), &one["s2"], &what);
            near(Some(facts.df), &one["df"], &what);
            for at in 0..n {
                let id = at.to_string();
                let what = format!("{what} of {id}");
                near(Some(whole.leniency[at]), &expected["leniency"][&id], &what);
                near(whole.scores[at], &one["score"][&id], &what);
                near(whole.errors[at], &one["se"][&id], &what);
                let own = runs(&rounds, at, &constants).remove(0);
                let impartial = &expected["impartial"][&id];
                near(own.score, &impartial["score"], &what);
                near(own.se, &impartial["se"], &what);
                near(own.pool.g1(), &impartial["g1"], &what);
            }
        }
    }
}

#[test]
fn rounds_of_a_term() {
    let all = examples();
    let constants = PeerConstants::default();
    let term = &all["peer_term"];
    let expected_rounds = term["rounds"].as_array().unwrap();
    let names = expected_rounds
        .iter()
        .map(|r| r["marks_by_rater"].as_str().unwrap());
    let rounds: Vec<RoundMarks> = names
        .map(|name| round(&all["peer"][name], &constants, STUDENTS))
        .collect();
    let wholes = whole_runs(&rounds, &constants);
    for at in 0..STUDENTS {
        let id = at.to_string();
        let own = runs(&rounds, at, &constants);
        for ((whole, own), expected) in wholes.iter().zip(&own).zip(expected_rounds) {
            near(Some(whole.memory.a[at]), &expected["sum_A"][&id], "A");
            near(Some(whole.memory.b[at]), &expected["sum_B"][&id], "B");
            near(Some(whole.leniency[at]), &expected["leniency"][&id], "r");
            let impartial = &expected["impartial"][&id];
            near(own.score, &impartial["score"], "score");
            near(own.se, &impartial["se"], "se");
            near(own.pool.g1(), &impartial["g1"], "g1");
        }
        let pooled = pool_term(own.iter(), 0, constants.ratee_prior);
        let expected = &term["term"][&id];
        near(pooled.score, &expected["score"], "term score");
        near(pooled.se, &expected["se"], "term se");
        near(pooled.pool.g1(), &expected["g1"], "term g1");
    }
}

#[test]
fn four_voices() {
    let example = &examples()["four_voices"];
    let sources = ["self", "peer", "teacher", "parent"];
    let of = |key: &str| sources.map(|source| example[key][source].as_f64());
    let weights = of("weights").map(Option::unwrap);
    let check = |who: &str, expected: &str| {
        let score = blend(weights, of(who), of("class_means")).score;
        near(score, &example[expected], expected);
    };
    check("student", "expected_score");
    let mate = "a_classmate_that_gives_these_means";
    check(mate, "expected_classmate_score");
}

#[test]
fn shrinkage() {
    let example = &examples()["shrink"];
    let classes = ["A", "B", "C", "D", "E"];
    let group = |id: &str| Group {
        n: usize::try_from(example["n"][id].as_u64().unwrap()).unwrap(),
        mean: example["mean"][id].as_f64().unwrap(),
    };
    let within = example["within_class_variance"].as_f64();
    let (shrunk, spread) = shrink(&classes.map(group), within);
    let expected = &example["expected"];
    let spread = spread.unwrap();
    near(Some(spread.fixed_mean), &expected["mu_fixed"], "mu_fixed");
    near(Some(spread.q), &expected["Q"], "Q");
    near(Some(spread.between), &expected["tau2"], "tau2");
    near(Some(spread.mean), &expected["mu"], "mu");
    for (id, class) in classes.iter().zip(shrunk) {
        near(Some(class.own_part), &expected["B"][id], "B");
        near(Some(class.value), &expected["shrunk"][id], "shrunk");
    }
}

#[test]
fn intervals_and_ranks() {
    let all = examples();
    let example = &all["rank_interval"];
    let classes = ["A", "B", "C", "D", "E"];
    let ends = classes.map(|id| {
        let mean = example["mean"][id].as_f64().unwrap();
        let half = 1.39 * example["se"][id].as_f64().unwrap();
        (mean - half, mean + half)
    });
    for (id, (low, high)) in classes.iter().zip(rank_intervals(&ends)) {
        assert_eq!(
            example["expected_low_high"][id],
            serde_json::json!([low, high])
        );
    }
    let example = &all["competition_rank"];
    let shown = example["shown"].as_object().unwrap();
    let points: Vec<_> = shown
        .values()
        .map(|p| tenths(p.as_f64().unwrap()))
        .collect();
    for (id, rank) in shown.keys().zip(competition_ranks(&points)) {
        assert_eq!(example["expected"][id], rank, "{id}");
    }
}

#[test]
fn display_rounding() {
    for pair in examples()["display"]["expected"].as_array().unwrap() {
        let shown = tenths(pair[0].as_f64().unwrap()).to_string();
        assert_eq!(Some(shown.as_str()), pair[1].as_str());
    }
    assert_eq!(tenths(-0.25).to_string(), "-0.3");
    assert_eq!(tenths(-0.01).to_string(), "0.0");
}

#[test]
fn krippendorffs_alpha() {
    let example = &examples()["krippendorff"];
    let rows = example["rows"].as_array().unwrap();
    let unit = |at: usize| rows.iter().filter_map(|row| row[at].as_f64()).collect();
    let units: Vec<Vec<f64>> = (0..12).map(unit).collect();
    let metrics = [
        ("nominal", Metric::Nominal),
        ("ordinal", Metric::Ordinal),
        ("interval", Metric::Interval),
    ];
    for (name, metric) in metrics {
        near(
            krippendorff(&units, metric),
            &example["expected"][name],
            name,
        );
    }
}
