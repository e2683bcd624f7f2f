//! The guard of term comments, with the lists of words that the school ships.

use proptest::prelude::*;

use super::*;

fn list(words: &[&str]) -> Vec<String> {
    words.iter().map(|w| (*w).to_owned()).collect()
}

fn words() -> Words {
    Words {
        labels: vec![
            ("able".to_owned(), list(&["笨", "差生", "slow"])),
            ("lazy".to_owned(), list(&["懒", "偷懒", "拖拉"])),
        ],
        negations: list(&["不", "从不", "not"]),
        he: list(&["他", "he"]),
        she: list(&["她", "she"]),
        neutral: list(&["其他", "他人", "他们"]),
    }
}

fn child<'a>(name: &'a str, sex: Option<Sex>, text: &'a str) -> Child<'a> {
    Child { name, sex, text }
}

fn keys(child: &Child<'_>, class: &[Child<'_>]) -> Vec<&'static str> {
    let found = asks(child, class, &words());
    found
        .iter()
        .map(Ask::key)
        .filter(|key| *key != "short")
        .collect()
}

fn girl(text: &str) -> Child<'_> {
    child("邓若溪", Some(Sex::Female), text)
}

#[test]
fn length_counts_characters() {
    let length = |n: usize| asks(&girl(&"好".repeat(n)), &[], &words());
    assert_eq!(length(0), [Ask::Empty]);
    assert_eq!(length(59), [Ask::Short(59)]);
    assert_eq!([length(60), length(120)], [vec![], vec![]]);
    assert_eq!(length(121), [Ask::Long(121)]);
}

#[test]
fn a_gap_and_a_label_have_to_be_changed_and_come_first() {
    let found = asks(&girl("若溪有点懒，喜欢__。"), &[], &words());
    let keys: Vec<_> = found.iter().map(|ask| (ask.key(), ask.blocks())).collect();
    assert_eq!(keys, [("gap", true), ("label", true), ("short", false)]);
}

#[test]
fn what_is_negated_is_no_label() {
    assert_eq!(keys(&girl("值日时从不偷懒，也不拖拉。"), &[]), [""; 0]);
    let found = asks(&girl("值日时爱偷懒。"), &[], &words());
    let label = Ask::Label {
        word: "偷懒".to_owned(),
        group: "lazy".to_owned(),
    };
    assert_eq!(
        found.first(),
        Some(&label),
        "the longest word is the one named"
    );
}

#[test]
fn latin_words_count_whole() {
    assert_eq!(keys(&girl("She slowed down."), &[]), [""; 0]);
    assert_eq!(keys(&girl("She is slow."), &[]), ["label"]);
}

#[test]
fn the_pronoun_fits_the_sex_on_record() {
    assert_eq!(keys(&girl("他爱帮助其他同学。"), &[]), ["pronoun"]);
    assert_eq!(
        keys(&girl("她爱帮助其他同学，他们都谢谢她。"), &[]),
        [""; 0]
    );
    let boy = child("赵一", Some(Sex::Male), "她真棒。");
    assert_eq!(keys(&boy, &[]), ["pronoun"]);
    assert_eq!(keys(&child("赵一", None, "她真棒，他也是。"), &[]), [""; 0]);
}

#[test]
fn a_classmate_by_name_is_asked_about() {
    let class = [
        child("韩朵朵", None, ""),
        child("邓一", None, ""),
        child("王若溪", None, ""),
    ];
    let named = |text| {
        asks(&girl(text), &class, &words())
            .into_iter()
            .find(|a| a.key() == "named")
    };
    assert_eq!(named("若溪扶着朵朵。"), Some(Ask::Named(list(&["朵朵"]))));
    assert_eq!(
        named("若溪扶着韩朵朵。"),
        Some(Ask::Named(list(&["韩朵朵"])))
    );
    assert_eq!(
        named("若溪第一。"),
        None,
        "one hanzi is no name, and her own is nobody else's"
    );
    assert_eq!(
        named("王若溪真棒。"),
        None,
        "what is left beside her own name is no name"
    );
}

#[test]
fn a_sentence_of_another_childs_is_found_whatever_the_names_and_signs() {
    let class = [
        child("韩朵朵", None, "朵朵，新的一年，愿你更上一层楼！加油。"),
        child("方圆", None, "愿你更上一层楼。"),
    ];
    let mine = "若溪，新的一年愿你更上一层楼。加油。";
    let found = asks(&girl(mine), &class, &words());
    let reused = Ask::Reused {
        sentence: "若溪，新的一年愿你更上一层楼".to_owned(),
        names: list(&["韩朵朵"]),
    };
    assert!(found.contains(&reused), "{found:?}");
    assert_eq!(found.len(), 2, "the short word is nobody's: {found:?}");
}

proptest! {
    #[test]
    fn no_text_breaks_it(text in any::<String>(), other in any::<String>(), name in any::<String>()) {
        let class = [child(&name, None, &other)];
        let found = asks(&child("邓若溪", Some(Sex::Female), &text), &class, &words());
        prop_assert_eq!(text.trim().is_empty(), found == [Ask::Empty]);
        let first_hint = found.iter().position(|ask| !ask.blocks()).unwrap_or(found.len());
        prop_assert!(found.iter().skip(first_hint).all(|ask| !ask.blocks()), "{:?}", found);
    }

    #[test]
    fn a_sentence_of_eight_or_more_is_found_in_both_directions(body in "[一-龥]{1,16}", before in "[一-龥]{0,5}") {
        let (a, b) = (format!("{before}。{body}！"), format!("{body}。"));
        let (one, two) = (child("甲乙丙", None, &a), child("丁戊己", None, &b));
        let found = |of: &Child<'_>, by: Child<'_>| asks(of, &[by], &words()).iter().any(|ask| ask.key() == "reused");
        prop_assert_eq!(found(&one, two), found(&two, one));
        let named = ["甲乙丙", "乙丙", "丁戊己", "戊己"].iter().any(|name| body.contains(name));
        prop_assume!(!named);
        prop_assert_eq!(found(&one, two), body.chars().count() >= SENTENCE);
    }

    #[test]
    fn a_label_anywhere_blocks(before in "[一-龥]{0,9}", after in "[一-龥]{0,9}") {
        prop_assume!(!before.ends_with('不') && !before.ends_with('偷') && !before.ends_with('没'));
        let text = format!("{before}懒{after}");
        prop_assert!(asks(&girl(&text), &[], &words()).iter().any(|ask| ask.blocks()));
    }
}
