//! Pictures of what to look for: `static/lookfors.svg` has one for each indicator that classmates rate in the low
//! segment, for children who do not read yet. Used by the sheet.

/// Indicators that have a picture, with its symbol in `lookfors.svg` (viewBox 0 0 160 100).
const PICTURES: [(&str, &str); 11] = [
    ("low_virtue_1", "lf-low_virtue_1"),
    ("low_virtue_2", "lf-low_virtue_2"),
    ("low_virtue_3", "lf-low_virtue_3"),
    ("low_wisdom_1", "lf-low_wisdom_1"),
    ("low_wisdom_3", "lf-low_wisdom_3"),
    ("low_health_1", "lf-low_health_1"),
    ("low_arts_1", "lf-low_arts_1"),
    ("low_arts_2", "lf-low_arts_2"),
    ("low_arts_3", "lf-low_arts_3"),
    ("low_labour_2", "lf-low_labour_2"),
    ("low_labour_3", "lf-low_labour_3"),
];

/// Symbol of an indicator's picture; none for indicators without one.
///
/// ```
/// # use starlight::screens::look_fors::picture;
/// assert_eq!(picture("low_arts_1"), Some("lf-low_arts_1"));
/// assert_eq!(picture("high_arts_1"), None);
/// ```
pub fn picture(indicator: &str) -> Option<&'static str> {
    let mut known = PICTURES.iter();
    known
        .find(|(id, _)| *id == indicator)
        .map(|(_, symbol)| *symbol)
}

#[cfg(test)]
mod tests {
    use super::{PICTURES, picture};
    use crate::domain::rubric::{Segment, Source};
    use crate::exchange::rubric_toml;
    use crate::screens::assets;

    #[test]
    fn whatever_small_children_say_of_classmates_has_a_picture() {
        let rubric = rubric_toml::standard();
        let asked = rubric
            .indicators
            .iter()
            .filter(|one| one.segment == Some(Segment::Low) && one.sources.contains(&Source::Peer));
        let ids: Vec<&str> = asked.map(|one| one.id.as_str()).collect();
        assert!(ids.iter().all(|id| picture(id).is_some()));
        assert_eq!(ids.len(), PICTURES.len());
    }

    #[test]
    fn the_sprite_has_them_and_stays_small() {
        let sprite = assets::find("lookfors.svg").unwrap().bytes;
        let sprite = String::from_utf8(sprite.into_owned()).unwrap();
        for (_, symbol) in PICTURES {
            let begin = format!("<symbol id=\"{symbol}\" viewBox=\"0 0 160 100\">");
            assert!(sprite.contains(&begin), "{symbol}");
        }
        assert!(sprite.len() <= 28 * 1024);
        assert!(!sprite.contains("<text"));
    }
}
