//! The shipped rubric is fit for children's pages: every indicator says what to look for, and the low
//! segment can be read aloud syllable by syllable.

use std::path::Path;

fn rubric() -> toml::Table {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("fixtures/rubric.toml");
    let text = std::fs::read_to_string(path)
        .unwrap_or_else(|error| panic!("fixtures/rubric.toml: {error}"));
    text.parse()
        .unwrap_or_else(|error| panic!("fixtures/rubric.toml: {error}"))
}

fn hanzi(text: &str) -> usize {
    text.chars()
        .filter(|c| ('\u{4e00}'..='\u{9fff}').contains(c))
        .count()
}

fn texts<'t>(indicator: &'t toml::Value, key: &str) -> Vec<&'t str> {
    let list = indicator.get(key).and_then(toml::Value::as_array);
    let texts = list.into_iter().flatten();
    texts.map(|one| one.as_str().unwrap()).collect()
}

/// Small children read an indicator of their own segment, and those of every segment.
fn is_low(indicator: &toml::Value) -> bool {
    let segment = indicator.get("segment");
    segment.is_none_or(|segment| segment.as_str() == Some("low"))
}

#[test]
fn every_indicator_has_three_short_look_fors() {
    let rubric = rubric();
    let indicators = rubric["indicator"].as_array().unwrap();
    assert_eq!(indicators.len(), 52);
    for indicator in indicators {
        let look_fors = texts(indicator, "look_fors");
        assert_eq!(look_fors.len(), 3, "{}", indicator["id"]);
        let longest = if is_low(indicator) { 14 } else { 22 };
        for one in look_fors {
            assert!((1..=longest).contains(&hanzi(one)), "{one}");
        }
    }
}

#[test]
fn look_fors_of_small_children_have_a_syllable_per_character() {
    for indicator in rubric()["indicator"].as_array().unwrap() {
        let look_fors = texts(indicator, "look_fors");
        let readings = texts(indicator, "look_fors_pinyin");
        let expected = if is_low(indicator) {
            look_fors.len()
        } else {
            0
        };
        assert_eq!(readings.len(), expected, "{}", indicator["id"]);
        for (text, reading) in look_fors.into_iter().zip(readings) {
            assert_eq!(reading.split(' ').count(), hanzi(text), "{text}");
        }
    }
}

#[test]
fn nothing_classmates_rate_is_about_home() {
    for indicator in rubric()["indicator"].as_array().unwrap() {
        if !texts(indicator, "sources").contains(&"peer") {
            continue;
        }
        for one in texts(indicator, "look_fors") {
            let home = ["家里", "爸", "妈", "晚上", "周末", "睡"];
            assert!(!home.iter().any(|word| one.contains(word)), "{one}");
        }
    }
}

#[test]
fn the_small_school_has_the_same_document() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = |path: &str| std::fs::read_to_string(root.join(path)).unwrap();
    assert_eq!(
        text("fixtures/rubric.toml"),
        text("fixtures/small-school/score-in/rubric.toml")
    );
}

#[test]
fn whatever_the_low_segment_reads_has_a_syllable_per_character() {
    let rubric = rubric();
    for indicator in rubric["indicator"].as_array().unwrap() {
        let low = is_low(indicator);
        let pinyin = indicator.get("pinyin").and_then(|p| p.as_str());
        assert_eq!(low, pinyin.is_some(), "{}", indicator["id"]);
        let syllables = pinyin.map_or(0, |p| p.split(' ').count());
        assert_eq!(
            syllables,
            if low {
                hanzi(indicator["text"].as_str().unwrap())
            } else {
                0
            },
            "{}",
            indicator["id"]
        );
    }
    for (text, pinyin) in rubric["pinyin"].as_table().unwrap() {
        assert_eq!(
            hanzi(text),
            pinyin.as_str().unwrap().split(' ').count(),
            "{text}"
        );
    }
}

#[test]
fn small_children_read_twelve_characters_at_most() {
    for indicator in rubric()["indicator"].as_array().unwrap() {
        if indicator.get("segment").and_then(|s| s.as_str()) == Some("low") {
            assert!(
                indicator["text"].as_str().unwrap().chars().count() <= 12,
                "{}",
                indicator["id"]
            );
        }
    }
}
