//! Every page in both languages, every key, every piece of a page that has to hold.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use super::parts::{Avatar, Qr, choices, spoken_text};
use super::{Engine, Lang, Shell, assets, pinyin, samples, say};

fn shell(lang: Lang) -> Shell {
    Shell {
        lang,
        csrf: "t-o-k-e-n".to_owned(),
        school: "青藤小学".to_owned(),
        ..Shell::default()
    }
}

fn pages(lang: Lang) -> Vec<(String, String)> {
    let engine = Engine::new().unwrap();
    samples::all(&engine, &shell(lang))
        .into_iter()
        .map(|(name, html)| {
            let html = html.unwrap_or_else(|error| panic!("{name}: {error}"));
            (name, html)
        })
        .collect()
}

#[test]
fn every_page_renders_in_both_languages() {
    for lang in [Lang::Chinese, Lang::English] {
        for (name, html) in pages(lang) {
            assert!(html.starts_with("<!doctype html>"), "{name}");
            assert!(html.ends_with("</html>\n"), "{name}");
        }
    }
}

#[test]
fn pages_keep_to_the_content_security_policy() {
    for (name, html) in pages(Lang::Chinese) {
        for banned in [
            " style=",
            "<style",
            " onclick=",
            " onload=",
            "javascript:",
            "http://",
            "https://",
        ] {
            assert!(!html.contains(banned), "{name} has {banned}");
        }
        assert_eq!(
            html.matches("<script").count(),
            html.matches("<script src=\"/static/").count(),
            "{name}"
        );
    }
}

#[test]
fn every_posted_form_carries_the_token() {
    for (name, html) in pages(Lang::Chinese) {
        let forms = html.matches("method=\"post\"").count();
        let tokens = html.matches("name=\"csrf\" value=\"t-o-k-e-n\"").count();
        assert_eq!(forms, tokens, "{name}");
    }
}

#[test]
fn what_people_typed_is_escaped() {
    let pages = pages(Lang::Chinese);
    let (_, doors) = pages
        .iter()
        .find(|(name, _)| name == "doors-unknown")
        .unwrap();
    assert!(doors.contains("20&lt;3"));
    assert!(!doors.contains("20<3"));
}

#[test]
fn a_closed_class_page_names_nobody() {
    let pages = pages(Lang::Chinese);
    for (_, html) in pages
        .iter()
        .filter(|(name, _)| name.starts_with("class-closed"))
    {
        assert!(!html.contains("data-test=\"tile\""));
        assert!(!html.contains("林"));
    }
}

#[test]
fn the_landing_page_of_a_family_names_nobody() {
    let pages = pages(Lang::Chinese);
    let (_, html) = pages
        .iter()
        .find(|(name, _)| name == "family-landing")
        .unwrap();
    assert!(!html.contains("**"));
    assert!(html.contains("data-test=\"open\""));
}

#[test]
fn templates_hold_no_prose() {
    for file in files(Path::new("templates"), "html") {
        let text = fs::read_to_string(&file).unwrap();
        let prose: String = text
            .chars()
            .filter(|c| matches!(c, '\u{4e00}'..='\u{9fff}'))
            .collect();
        assert_eq!(prose, "", "{}", file.display());
        assert!(!text.contains("| safe"), "{}", file.display());
    }
}

#[test]
fn both_languages_have_the_same_keys() {
    let chinese = keys("zh-CN", false);
    let english = keys("en", false);
    assert_eq!(
        chinese.difference(&english).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
    assert_eq!(
        english.difference(&chinese).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
}

#[test]
fn every_key_used_in_a_template_exists() {
    let known = keys("zh-CN", true);
    for file in files(Path::new("templates"), "html") {
        let text = fs::read_to_string(&file).unwrap();
        for used in text.split("(key=\"").skip(1) {
            let (key, rest) = used.split_once('"').unwrap();
            let found = if rest.starts_with(" ~") {
                known.iter().any(|name| name.starts_with(key))
            } else {
                known.contains(key)
            };
            assert!(found, "{} uses {key}", file.display());
        }
    }
}

#[test]
fn every_hanzi_of_a_spoken_text_has_a_syllable() {
    for file in files(Path::new("locales/zh-CN"), "ftl") {
        let text = fs::read_to_string(&file).unwrap();
        let mut message = String::new();
        // Texts in several forms by a number, and those with a name, are checked where they are shown.
        let shown = |line: &&str| line.ends_with("->") || line.contains("{ $reading }");
        for line in text.lines().filter(|line| !shown(line)) {
            if let Some((_, pinyin)) = line.split_once("    .pinyin = ") {
                let spoken = spoken_text(&message, Some(pinyin));
                assert!(
                    spoken.iter().any(|part| !part.pinyin.is_empty()),
                    "{message}: {pinyin}"
                );
            } else if let Some((_, value)) = line.split_once(" = ") {
                message = value.to_owned();
            }
        }
    }
}

#[test]
fn syllables_are_whole_phrases_or_none() {
    let check = |text: &str, pinyin: &str, expected: &[(&str, &str)]| {
        let parts = spoken_text(text, Some(pinyin));
        let found: Vec<(&str, &str)> = parts
            .iter()
            .map(|part| (part.hanzi.as_str(), part.pinyin.as_str()))
            .collect();
        assert_eq!(found, expected);
    };
    check(
        "二(3)班",
        "èr bān",
        &[("二", "èr"), ("(3)", ""), ("班", "bān")],
    );
    check(
        "听，说 好",
        "tīng shuō hǎo",
        &[("听", "tīng"), ("，", ""), ("说", "shuō"), ("好", "hǎo")],
    );
    check("小满", "xiǎo", &[("小满", "")]);
    check("小满", "", &[("小满", "")]);
    check("Ann", "", &[("Ann", "")]);
}

#[test]
fn lines_break_before_hanzi_only_or_where_a_space_says_so() {
    let check = |text: &str, pinyin: &str, expected: &[&str]| {
        let mut lines: Vec<String> = Vec::new();
        for part in spoken_text(text, Some(pinyin)) {
            if part.opens {
                lines.push(String::new());
            }
            lines.last_mut().unwrap().push_str(&part.hanzi);
        }
        assert_eq!(lines, expected);
    };
    check("听，说", "tīng shuō", &["听，", "说"]);
    check(
        "你看见的 同学？",
        "nǐ kàn jiàn de tóng xué",
        &["你看见的", "同学？"],
    );
}

#[test]
fn long_levels_break_between_words() {
    let check = |label: &str, expected: &[&str]| {
        let labels = [spoken_text(label, None)];
        let choices = choices(&labels, None);
        let parts: Vec<&str> = choices[0]
            .label
            .iter()
            .map(|part| part.hanzi.as_str())
            .collect();
        assert_eq!(parts, expected);
    };
    check("起步中", &["起步中"]);
    check("有时做到", &["有时", "做到"]);
    check("几乎总做到", &["几乎总", "做到"]);
    check("做到并带动同学", &["做到并", "带动同学"]);
    check("often true", &["often true"]);
}

#[test]
fn names_are_read_as_names() {
    let check = |name: &str, expected: &str| {
        let spoken = pinyin::name(name);
        let syllables: Vec<&str> = spoken.iter().map(|part| part.pinyin.as_str()).collect();
        assert_eq!(syllables.join(" "), expected);
    };
    check("林小满", "lín xiǎo mǎn");
    check("单晓华", "shàn xiǎo huá");
    check("欧阳念慈", "ōu yáng niàn cí");
    check("Ann", "");
}

#[test]
fn levels_lose_their_emoji_and_every_known_phrase_fits() {
    let words = |text: &str| -> String {
        pinyin::level(text)
            .iter()
            .map(|part| part.hanzi.clone())
            .collect()
    };
    assert_eq!(words("🌱我在发芽"), "在发芽");
    assert_eq!(words("⭐我在发光"), "在发光");
    assert_eq!(words("有时做到"), "有时做到");
    for (text, syllables) in pinyin::PHRASES {
        assert!(spoken_text(text, Some(syllables)).len() > 1, "{text}");
    }
}

#[test]
fn scales_are_drawn_by_their_length() {
    let icons = |count: usize| -> Vec<String> {
        let labels = vec![spoken_text("x", None); count];
        choices(&labels, Some(2))
            .into_iter()
            .map(|choice| choice.icon)
            .collect()
    };
    assert_eq!(icons(3), ["an-sprout", "an-flower", "an-shine"]);
    assert_eq!(icons(4), ["an-f0", "an-f2", "an-f3", "an-rays"]);
    assert_eq!(icons(5), ["an-f0", "an-f1", "an-f2", "an-f3", "an-rays"]);
}

#[test]
fn the_sprite_has_every_picture_that_pages_use() {
    let sprite = assets::find("icons.svg").unwrap();
    let sprite = String::from_utf8(sprite.bytes.into_owned()).unwrap();
    for (name, html) in pages(Lang::Chinese) {
        for used in html.split("icons.svg?v=").skip(1) {
            let id = used.split_once('#').unwrap().1.split('"').next().unwrap();
            assert!(sprite.contains(&format!("id=\"{id}\"")), "{name} uses {id}");
        }
    }
}

#[test]
fn assets_are_ours_or_nothing() {
    assert!(assets::find("starlight.css").is_some());
    assert!(assets::find("js/pin.js").is_some());
    for path in [
        "",
        "../Cargo.toml",
        "/etc/passwd",
        "js",
        "css/none.css",
        "icons.svg/..",
    ] {
        assert!(assets::find(path).is_none(), "{path}");
    }
    let sheet = assets::style_sheet();
    assert!(sheet.starts_with("/* Colours"));
    assert!(
        !sheet.contains("@import") && !sheet.contains("http:")
            || sheet.contains("http://www.w3.org")
    );
}

#[test]
fn avatars_come_in_turn_and_stay_inside_the_sprite() {
    for number in 0..200 {
        let avatar = Avatar::by_number(number);
        assert!(avatar.ground < super::parts::GROUNDS);
        assert!(super::parts::ANIMALS.contains(&avatar.animal.as_str()));
    }
    assert_ne!(Avatar::by_number(1).animal, Avatar::by_number(2).animal);
}

#[test]
fn a_qr_code_has_a_quiet_zone() {
    let qr = Qr::from_modules(2, |row, column| row == column);
    assert_eq!(qr.side, 10);
    assert_eq!(qr.path, "M4 4h1v1h-1zM5 5h1v1h-1z");
}

#[test]
fn messages_take_arguments() {
    assert_eq!(
        say(Lang::Chinese, "sign-in-wait", &[("n", "30")]),
        "试了好几次了，请等 30 秒再试。"
    );
    assert_eq!(say(Lang::English, "common-times", &[("n", "1")]), "once");
    assert_eq!(say(Lang::English, "no-such-key", &[]), "no-such-key");
}

#[test]
fn the_language_follows_the_header() {
    let check = |header: &str, expected: Lang| assert_eq!(Lang::from_header(header), expected);
    check("", Lang::Chinese);
    check("en-GB,en;q=0.9", Lang::English);
    check("zh-CN,zh;q=0.9,en;q=0.8", Lang::Chinese);
    check("fr,en;q=0.5", Lang::English);
}

fn files(folder: &Path, ending: &str) -> Vec<std::path::PathBuf> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.extend(files(&path, ending));
        } else if path.extension().is_some_and(|have| have == ending) {
            found.push(path);
        }
    }
    found
}

/// Keys of one language; attributes as `key.attribute`, without `.pinyin` unless `all`.
fn keys(lang: &str, all: bool) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for file in files(&Path::new("locales").join(lang), "ftl") {
        let text = fs::read_to_string(file).unwrap();
        let mut message = String::new();
        for line in text.lines() {
            let Some((left, _)) = line.split_once(" =") else {
                continue;
            };
            if let Some(attribute) = left.strip_prefix("    .") {
                if all || attribute != "pinyin" {
                    found.insert(format!("{message}.{attribute}"));
                }
            } else if left
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || matches!(c, '-' | '_'))
            {
                message = left.to_owned();
                assert!(found.insert(message.clone()), "{message} twice in {lang}");
            }
        }
    }
    found
}
