//! How numbers are written on pages (scoring.md, opening paragraph): half away from zero,
//! numbers closer than 1e-9 counted as equal. Used by the explanation, ranking and board models.

/// `x` with `digits` decimals (0 to 6), rounded half away from zero; never `-0`.
pub fn fixed(x: f64, digits: u8) -> String {
    let scale = 10f64.powi(i32::from(digits));
    let rounded = ((x.abs() * scale) + 0.5 + 1e-9).floor() / scale;
    let signed = if x < 0.0 && rounded > 0.0 {
        -rounded
    } else {
        rounded
    };
    let places = usize::from(digits);
    format!("{signed:.places$}")
}

/// Points of a score in stars: `25 (score − 1)`, one decimal (section 4).
pub fn points(stars: f64) -> String {
    fixed(25.0 * (stars - 1.0), 1)
}

/// A share 0…1 as whole percent.
pub fn percent(share: f64) -> String {
    fixed(share * 100.0, 0)
}

/// A coordinate for SVG attributes: at most one decimal, no trailing `.0`.
pub fn coordinate(x: f64) -> String {
    let text = fixed(x, 1);
    match text.strip_suffix(".0") {
        Some(whole) => whole.to_owned(),
        None => text,
    }
}

/// A weight as people say it: `¼` for a quarter, otherwise up to two decimals.
pub fn weight(w: f64) -> String {
    if (w - 0.25).abs() < 1e-9 {
        return "¼".to_owned();
    }
    let text = fixed(w, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A share 0…1 that is multiplied with: two decimals where they say all of it, else four.
pub fn share(w: f64) -> String {
    let digits = if (w * 100.0 - (w * 100.0).round()).abs() < 1e-9 {
        2
    } else {
        4
    };
    fixed(w, digits)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_away_from_zero() {
        let check = |x: f64, digits: u8, expected: &str| assert_eq!(fixed(x, digits), expected);
        check(70.25, 1, "70.3");
        check(70.249_999_999_9, 1, "70.3");
        check(-70.25, 1, "-70.3");
        check(-0.01, 1, "0.0");
        check(3.988_75, 2, "3.99");
        check(0.0, 0, "0");
    }

    #[test]
    fn weights_and_coordinates_are_short() {
        assert_eq!(weight(0.25), "¼");
        assert_eq!(weight(1.0), "1");
        assert_eq!(weight(5.25), "5.25");
        assert_eq!(share(0.3), "0.30");
        assert_eq!(share(1.0 / 3.0), "0.3333");
        assert_eq!(coordinate(12.0), "12");
        assert_eq!(coordinate(12.34), "12.3");
        assert_eq!(points(4.276), "81.9");
        assert_eq!(percent(0.86), "86");
    }
}
