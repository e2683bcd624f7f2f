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

#[test]
fn every_indicator_has_two_or_three_look_fors() {
    let rubric = rubric();
    let indicators = rubric["indicator"].as_array().unwrap();
    assert_eq!(indicators.len(), 52);
    for indicator in indicators {
        let look_fors = indicator["look_fors"].as_array().unwrap();
        assert!((2..=3).contains(&look_fors.len()), "{}", indicator["id"]);
        assert!(
            look_fors
                .iter()
                .all(|one| hanzi(one.as_str().unwrap()) <= 16),
            "{}",
            indicator["id"]
        );
    }
}

#[test]
fn whatever_the_low_segment_reads_has_a_syllable_per_character() {
    let rubric = rubric();
    for indicator in rubric["indicator"].as_array().unwrap() {
        let low = indicator
            .get("segment")
            .is_none_or(|segment| segment.as_str() == Some("low"));
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
