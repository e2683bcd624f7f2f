//! The document is read with every mistake where it stands.

use super::*;
use crate::domain::badges::{Counted, Guard};

/// A document of one badge, whose lines from the sixth on are these.
fn one(lines: &str) -> String {
    let text = "{ zh = \"a\", en = \"a\" }";
    format!(
        "version = 3\n[[badge]]\nid = \"a\"\nname = {text}\ntext = {text}\n{lines}\npicture = \"star\"\n"
    )
}

const COUNT: &str = "recipient = \"student\"\nrounds = \"term\"\ntier = \"grow\"\nwhen = { kind = \"count\", of = \"moments\", at_least = [1, 4, 8] }";

fn check(text: &str, expected: &[(usize, usize, &str)]) {
    let mistakes = parse(text).unwrap_err();
    assert_eq!(mistakes.len(), expected.len(), "{mistakes:?}");
    for (mistake, (line, column, part)) in mistakes.iter().zip(expected) {
        assert_eq!(
            (mistake.line, mistake.column),
            (*line, *column),
            "{mistake:?}"
        );
        assert!(mistake.message.contains(part), "{mistake:?}");
    }
}

#[test]
fn the_shipped_rules_read() {
    let rules = parse(SHIPPED).unwrap();
    assert_eq!(rules.version, 4);
    let (rope, _) = rules.find("rope_star").unwrap();
    assert!(rope.is_live());
    assert!(
        matches!(&rope.when, Condition::Count(c) if c.of == Counted::Bests && c.which.as_deref() == Some("rope"))
    );
    let (rule, dimension) = rules.find("starlight_student.virtue").unwrap();
    assert_eq!((rule.tier.as_str(), dimension), ("star", Some("virtue")));
    assert_eq!(rule.name.about("向善星", "virtue").zh, "星光学生·向善");
    assert_eq!(rules.find("starlight_student").unwrap().0.tier, "sun");
    assert_eq!(rules.find("progress"), None);
    assert_eq!(
        rule.guard,
        Guard {
            raters: 3,
            no_flat: true
        }
    );
    let (fair, _) = rules.find("fair_rater").unwrap();
    assert!(fair.confirm && !fair.is_live());
    let Condition::Count(count) = &fair.when else {
        panic!("{fair:?}")
    };
    assert_eq!(
        count.also,
        [
            (Counted::Thanks, 1),
            (Counted::Told, 3),
            (Counted::Varied, 3)
        ]
    );
    let (point, _) = rules.find("shining_point").unwrap();
    assert!(point.is_live());
    assert!(parse(&one(COUNT)).is_ok());
}

#[test]
fn mistakes_have_lines_and_columns() {
    check("version = 1\n[[badge]]\nid = 3\n", &[(3, 6, "string")]);
    check("version = 1\nbadges = 3\n", &[(2, 1, "badges")]);
    check("", &[(1, 1, "version")]);
    let unknown = one(COUNT).replace("of = ", "off = ");
    check(&unknown, &[(9, 8, "off")]);
    let what = COUNT.replace("moments", "marbles");
    check(&one(&what), &[(9, 8, "marbles")]);
}

#[test]
fn all_mistakes_of_meaning_are_told() {
    let falling = COUNT.replace("[1, 4, 8]", "[1, 1, 8]");
    check(&one(&falling), &[(9, 8, "rise")]);
    let two = COUNT.replace("[1, 4, 8]", "[1, 4]");
    check(&one(&two), &[(2, 1, "needs 3")]);
    let class = COUNT.replace("\"student\"", "\"class\"");
    check(&one(&class), &[(2, 1, "recipient")]);
    let each_round = COUNT.replace("\"term\"", "\"round\"");
    check(&one(&each_round), &[(2, 1, "rounds = \"term\"")]);
    let shifts = COUNT.replace("[1, 4, 8]", "[1, 4, 8], overturned = 0.1");
    check(&one(&shifts), &[(9, 8, "shifts")]);
    let kind = COUNT.replace("[1, 4, 8]", "[1, 4, 8], which = \"rope\"");
    check(&one(&kind), &[(9, 8, "which is not for")]);
    let swim = kind.replace("moments", "bests").replace("rope", "swim");
    check(&one(&swim), &[(9, 8, "no \"swim\"")]);
    assert!(parse(&one(&swim.replace("swim", "read"))).is_ok());
    let flags = "recipient = \"class\"\nrounds = \"term\"\ntier = \"grow\"\nwhen = { kind = \"flags\", of = \"flag\", at_least = [1, 3, 6] }";
    assert!(parse(&one(flags)).is_ok());
    check(&one(&flags.replace("3, 6", "6, 3")), &[(9, 8, "rise")]);
    check(
        &one(&flags.replace("\"class\"", "\"student\"")),
        &[(2, 1, "recipient")],
    );
    check(
        &one(&flags.replace("\"flag\"", "\"banner\"")),
        &[(9, 8, "banner")],
    );
    let guarded = format!("{COUNT}\nguard = {{ raters = 2 }}");
    check(&one(&guarded), &[(2, 1, "guard")]);
    let twice = one(COUNT) + one(COUNT).split_once('\n').unwrap().1;
    check(&twice, &[(11, 1, "twice")]);
    let wrong = SHIPPED.replace("one_in = 3", "one_in = 0");
    assert!(parse(&wrong).unwrap_err()[0].message.contains("one_in"));
}
