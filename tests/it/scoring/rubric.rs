//! The rubric document: built-in, read, written, refused with lines.

use super::support::Folder;
use starlight::domain::rubric::{LookFor, Rubric};
use starlight::exchange::rubric_toml::{read, standard, write};

fn lines(text: &str) -> Vec<u32> {
    let errors = read(text.as_bytes()).err().unwrap_or_default();
    errors.into_iter().map(|error| error.line).collect()
}

#[test]
fn built_in_is_the_published_one() {
    let published = read(&Folder::golden("small-school").0["rubric.toml"]).unwrap();
    assert_eq!(Rubric::built_in(), published);
    assert_eq!(Rubric::built_in().flaws(), []);
}

#[test]
fn written_and_read_again_it_is_the_same() {
    let mut rubric = read(&Folder::golden("edge-school").0["rubric.toml"]).unwrap();
    assert_eq!(read(write(&rubric).as_bytes()).unwrap(), rubric);
    rubric.indicators[0].text = "a \"b\" \\ c\nd\u{7f}".into();
    rubric.indicators[0].pinyin = Some("yī".into());
    rubric.indicators[0].look_fors = vec![
        LookFor {
            text: "一 \"x\"".into(),
            pinyin: Some("yī".into()),
        },
        LookFor {
            text: "y".into(),
            pinyin: None,
        },
    ];
    assert_eq!(read(write(&rubric).as_bytes()).unwrap(), rubric);
}

#[test]
fn a_school_begins_with_the_built_in_rubric_and_its_words() {
    let mut rubric = standard();
    assert!(rubric.indicators.iter().all(|one| one.look_fors.len() == 3));
    assert_eq!(read(write(&rubric).as_bytes()).unwrap(), rubric);
    for indicator in &mut rubric.indicators {
        indicator.pinyin = None;
        indicator.look_fors = Vec::new();
    }
    assert_eq!(rubric, Rubric::built_in());
}

#[test]
fn an_empty_document_has_default_weights() {
    let rubric = read(b"").unwrap();
    assert_eq!(rubric.weights, [0.1, 0.3, 0.4, 0.2]);
    assert_eq!(rubric.peer.clamp, 1.5);
}

#[test]
fn flaws_are_told_by_line() {
    let head = "[[dimension]]\nid = \"d\"\n";
    assert_eq!(lines("[weights]\nself = 0.5\n"), [1]);
    assert_eq!(lines("[weights]\nself = \"x\"\npeer = 1\n"), [2]);
    assert_eq!(lines("a = \nb = \n"), [1, 2]);
    assert_eq!(lines(&format!("{head}\n[[dimension]]\nid = \"d\"\n")), [4]);
    let question = |more: &str| {
        format!("{head}[[indicator]]\nid = \"q\"\nof = \"student\"\nsources = [\"self\"]\n{more}\n")
    };
    assert_eq!(lines(&question("dimension = \"d\"")), [0_u32; 0]);
    assert_eq!(lines(&question("dimension = \"e\"")), [7]);
    assert_eq!(lines(&question("")), [3]);
    assert_eq!(lines(&question("dimension = \"d\"\nweight = 0")), [3]);
    let read_aloud = "dimension = \"d\"\nlook_fors = [\"a\", \"b\"]\nlook_fors_pinyin = [\"a\"]";
    assert_eq!(lines(&question(read_aloud)), [9]);
    let unsaid = "dimension = \"d\"\nlook_fors_pinyin = [\"a\"]";
    assert_eq!(lines(&question(unsaid)), [8]);
    assert_eq!(lines("[peer]\nlow_weight = 2\n"), [1]);
    assert_eq!(lines("[anchors]\nlow = [\"only\"]\n"), [1]);
}
