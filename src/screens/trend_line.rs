//! Geometry of a small chart: points of the last rounds as a line, the usual value as a level. Only numbers for SVG
//! attributes. Used by the class page and by a classroom's display.

use super::explain_digits::{coordinate, fixed};
use serde::Serialize;

const WIDE: f64 = 640.0;
const HIGH: f64 = 240.0;
const SIDE: f64 = 56.0;
const TOP: f64 = 54.0;
const FOOT: f64 = 44.0;
/// A smaller range than this many points would make noise look like a mountain.
const LEAST_RANGE: f64 = 8.0;

/// A line of values; the last one is now.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrendLine {
    pub width: String,
    pub height: String,
    pub path: String,
    pub dots: Vec<TrendDot>,
    /// Height of the usual value and the value itself.
    pub usual_y: Option<String>,
    pub usual: Option<String>,
    pub left: String,
    pub right: String,
}

/// One round.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct TrendDot {
    pub x: String,
    pub y: String,
    pub text_y: String,
    pub name: String,
    pub value: String,
    pub now: bool,
}

/// A chart of `values` (name and points, oldest first, the last one now); none of fewer than two.
pub fn trend_line(values: &[(String, f64)], usual: Option<f64>) -> Option<TrendLine> {
    if values.len() < 2 {
        return None;
    }
    let all = || values.iter().map(|(_, v)| *v).chain(usual);
    let (low, high) = all().fold((f64::MAX, f64::MIN), |(l, h), v| (l.min(v), h.max(v)));
    let middle = (low + high) / 2.0;
    let range = (high - low).max(LEAST_RANGE);
    let y = |v: f64| TOP + (0.5 - (v - middle) / range) * (HIGH - TOP - FOOT);
    let last = u32::try_from(values.len() - 1).unwrap_or(1);
    let x = |n: u32| SIDE + (WIDE - 2.0 * SIDE) * f64::from(n) / f64::from(last);
    let dots: Vec<TrendDot> = (0u32..)
        .zip(values)
        .map(|(n, (name, value))| TrendDot {
            x: coordinate(x(n)),
            y: coordinate(y(*value)),
            text_y: coordinate(y(*value) - 20.0),
            name: name.clone(),
            value: fixed(*value, 1),
            now: n == last,
        })
        .collect();
    let points: Vec<String> = dots.iter().map(|d| format!("{} {}", d.x, d.y)).collect();
    Some(TrendLine {
        width: coordinate(WIDE),
        height: coordinate(HIGH),
        path: format!("M{}", points.join("L")),
        dots,
        usual_y: usual.map(|v| coordinate(y(v))),
        usual: usual.map(|v| fixed(v, 1)),
        left: coordinate(SIDE - 24.0),
        right: coordinate(WIDE - SIDE + 24.0),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(values: &[f64], usual: Option<f64>) -> Option<TrendLine> {
        let named: Vec<(String, f64)> = values.iter().map(|v| (String::new(), *v)).collect();
        trend_line(&named, usual)
    }

    #[test]
    fn one_round_is_no_line() {
        assert_eq!(line(&[80.0], Some(80.0)), None);
    }

    #[test]
    fn small_changes_stay_small() {
        let flat = line(&[80.0, 80.1], None).unwrap();
        let (a, b): (f64, f64) = (
            flat.dots[0].y.parse().unwrap(),
            flat.dots[1].y.parse().unwrap(),
        );
        assert!((a - b).abs() < 3.0, "{a} {b}");
        let steep = line(&[70.0, 90.0], Some(80.0)).unwrap();
        assert_eq!(
            (steep.dots[0].y.as_str(), steep.dots[1].y.as_str()),
            ("196", "54")
        );
        assert!(steep.dots[1].now && !steep.dots[0].now);
        assert_eq!(steep.usual_y.as_deref(), Some("125"));
    }
}
