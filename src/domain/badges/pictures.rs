//! The pictures there are for badges, by the names of `static/badges.svg`: round ones for children, square ones for
//! classes.

/// For children.
pub const OF_CHILDREN: [&str; 24] = [
    "star",
    "sun",
    "moon",
    "rising-star",
    "spark",
    "flag",
    "footsteps",
    "scales",
    "heart",
    "broom",
    "bow",
    "whistle",
    "scarf",
    "book",
    "rope",
    "paddle",
    "flask",
    "palette",
    "sprout",
    "bloom",
    "fruit",
    "note",
    "runner",
    "kite",
];

/// For classes.
pub const OF_CLASSES: [&str; 5] = ["class-sun", "full-sky", "lanterns", "banner", "banner-up"];

/// Whether there is such a picture.
#[must_use]
pub fn exists(name: &str) -> bool {
    OF_CHILDREN.contains(&name) || OF_CLASSES.contains(&name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_picture_is_drawn_once_and_no_other() {
        let drawn: Vec<&str> = include_str!("../../../static/badges.svg")
            .split("<symbol id=\"b-")
            .skip(1)
            .filter_map(|part| part.split('"').next())
            .collect();
        let named: Vec<&str> = OF_CHILDREN.into_iter().chain(OF_CLASSES).collect();
        assert_eq!(drawn, named);
    }
}
