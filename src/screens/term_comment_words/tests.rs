//! Drafts: nothing but the evidence, every wording there in both languages, neighbours unlike each other.

use chrono::NaiveDate;

use super::*;
use crate::domain::{comment::LENGTH, scoring::signals::bare_text, term_comment::guard};

const KINDS: [Kind; 8] = [
    Kind::Moment(Teller::Teacher),
    Kind::Moment(Teller::Peer),
    Kind::Moment(Teller::Parent),
    Kind::Grew,
    Kind::Goal,
    Kind::Strong,
    Kind::Praise,
    Kind::Badge,
];

/// Whatever any of the sentences wants to hear.
const ARGUMENTS: [(&str, &str); 8] = [
    ("name", "a"),
    ("who", "b"),
    ("words", "c"),
    ("when", "d"),
    ("star", "e"),
    ("from", "f"),
    ("to", "g"),
    ("n", "3"),
];

fn fact(kind: Kind, said: &str) -> Fact {
    Fact {
        id: format!("{}-{said}", kind.key()),
        kind,
        star: "labour".to_owned(),
        said: said.to_owned(),
        on: NaiveDate::from_ymd_opt(2026, 11, 6),
        count: 3,
        from: "常常做到".to_owned(),
        to: "天天做到".to_owned(),
        names_other: false,
    }
}

fn voice(lang: Lang, tone: Tone, id: &str) -> Voice<'_> {
    Voice {
        lang,
        tone,
        id,
        name: "邓若溪",
        sex: Some(Sex::Female),
    }
}

#[test]
fn every_wording_is_there_in_both_languages() {
    for lang in [Lang::Chinese, Lang::English] {
        for tone in Tone::ALL {
            let kinds = KINDS.iter().map(|kind| (kind.key(), SENTENCES));
            for (kind, n) in kinds.chain([("open", FRAMES), ("close", FRAMES)]) {
                let keys: Vec<String> = (1..=n)
                    .map(|v| format!("draft-{}-{kind}-{v}", tone.key()))
                    .collect();
                let texts: Vec<String> =
                    keys.iter().map(|key| say(lang, key, &ARGUMENTS)).collect();
                assert!(
                    keys.iter().zip(&texts).all(|(key, text)| key != text),
                    "{keys:?}"
                );
                let one_more = format!("draft-{}-{kind}-{}", tone.key(), n + 1);
                assert_eq!(say(lang, &one_more, &ARGUMENTS), one_more);
            }
        }
        for group in LABELS {
            let key = format!("comments-labels-{group}.instead");
            assert_ne!(say(lang, &key, &[]), key);
        }
    }
}

#[test]
fn a_draft_says_the_evidence_and_has_a_good_length() {
    let facts = [
        fact(Kind::Moment(Teller::Teacher), "扶着崴脚的同学走到医务室。"),
        fact(Kind::Moment(Teller::Peer), "值日擦黑板，连粉笔槽也擦干净"),
        fact(Kind::Goal, "一个月读完一本书"),
        fact(Kind::Badge, "劳动小能手"),
    ];
    for tone in Tone::ALL {
        for id in ["a", "b", "c", "d", "e"] {
            let draft = voice(Lang::Chinese, tone, id).draft(&facts);
            assert!(draft.text.contains("若溪"), "{}", draft.text);
            assert!(draft.text.contains("11月6日") && draft.text.contains("走到医务室"));
            assert!(
                !draft.text.contains("。。") && !draft.text.contains("。，"),
                "{}",
                draft.text
            );
            let length = draft.text.chars().count();
            assert!(
                (LENGTH.0..=LENGTH.1).contains(&length),
                "{length} {}",
                draft.text
            );
            assert_eq!(draft, voice(Lang::Chinese, tone, id).draft(&facts));
        }
    }
}

#[test]
fn without_evidence_there_is_a_gap_and_no_claim() {
    for lang in [Lang::Chinese, Lang::English] {
        for tone in Tone::ALL {
            let draft = voice(lang, tone, "a").draft(&[]);
            assert!(draft.used.is_empty());
            let child = guard::Child {
                name: "邓若溪",
                sex: None,
                text: &draft.text,
            };
            let asked = guard::asks(&child, &[], &guard_words());
            assert_eq!(
                asked.first().map(guard::Ask::key),
                Some("gap"),
                "{}",
                draft.text
            );
        }
    }
}

/// The frame around the evidence is the same for many children: too short to count as a used sentence.
#[test]
fn openings_and_closes_are_nobodys_sentence() {
    for tone in Tone::ALL {
        for which in ["open", "close"] {
            for n in 1..=FRAMES {
                let key = format!("draft-{}-{which}-{n}", tone.key());
                let text = say(Lang::Chinese, &key, &[("name", ""), ("who", "")]);
                assert!(bare_text(&text).chars().count() < guard::SENTENCE, "{text}");
            }
        }
    }
}

#[test]
fn the_plain_tone_goes_by_the_sex_on_record() {
    let told = |sex| {
        let voice = Voice {
            sex,
            ..voice(Lang::Chinese, Tone::Plain, "a")
        };
        (0..SENTENCES)
            .map(|place| voice.sentence(&fact(Kind::Grew, ""), place))
            .collect::<String>()
    };
    assert!(told(Some(Sex::Female)).contains("她的") && !told(Some(Sex::Female)).contains('他'));
    assert!(told(Some(Sex::Male)).contains("他的"));
    let unknown = told(None);
    assert!(
        unknown.contains("若溪的") && !unknown.contains(['他', '她']),
        "{unknown}"
    );
}

#[test]
fn the_words_of_the_guard_are_read_from_the_texts() {
    let words = guard_words();
    assert_eq!(words.labels.len(), LABELS.len());
    let all: Vec<&String> = words.labels.iter().flat_map(|(_, list)| list).collect();
    assert!(all.iter().any(|w| *w == "懒") && all.iter().any(|w| *w == "lazy"));
    assert!(all.iter().all(|w| !w.starts_with("comments-")));
    for tone in Tone::ALL {
        for kind in KINDS {
            for place in 0..SENTENCES {
                let text = voice(Lang::Chinese, tone, "a").sentence(&fact(kind, "好"), place);
                let child = guard::Child {
                    name: "邓若溪",
                    sex: Some(Sex::Female),
                    text: &text,
                };
                let asked = guard::asks(&child, &[], &words);
                assert!(
                    asked.iter().all(|ask| ask.key() == "short"),
                    "{text} {asked:?}"
                );
            }
        }
    }
}
