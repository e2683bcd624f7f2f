//! Geometry of the dot plot "hollow = written, solid = aligned" of the explanation page and of
//! the small voice bars. Only numbers for SVG attributes: no text, no colour. Used by `explain`.

use super::explain_digits::{coordinate, fixed};
use serde::Serialize;

/// Left and right end of the scale and distance of the rows, in SVG units of the mock.
const LEFT: f64 = 96.0;
const RIGHT: f64 = 456.0;
const FIRST_ROW: f64 = 46.0;
const ROW: f64 = 34.0;
/// Room that the hollow circle needs before the arrow starts, and the solid one before it ends.
const HOLLOW: f64 = 9.0;
const TIP: f64 = 9.7;
const HEAD: f64 = 7.2;

/// One mark as written and as aligned, in stars.
#[derive(Debug, Clone, Copy)]
pub struct PlotMark {
    pub written: f64,
    pub aligned: f64,
    pub light: bool,
}

/// A vertical grid line with its label.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Tick {
    pub x: String,
    pub label: String,
}

/// One rater's row: two circles and, where they are apart, an arrow.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct PlotRow {
    pub number: u32,
    pub y: String,
    pub text_y: String,
    pub hollow_x: String,
    pub solid_x: String,
    pub solid_r: &'static str,
    pub arrow: Option<Arrow>,
}

/// Line from the hollow circle and a triangle towards the solid one.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Arrow {
    pub x1: String,
    pub x2: String,
    pub head: String,
}

/// The whole plot; `line_x` is the voice that comes out of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct DotPlot {
    pub width: u32,
    pub height: String,
    pub bottom: String,
    pub label_y: String,
    pub ticks: Vec<Tick>,
    pub rows: Vec<PlotRow>,
    pub line_x: String,
}

/// Lays out `marks` (in the order shown) around the voice `peer`, both in stars 1…5.
pub fn dot_plot(marks: &[PlotMark], peer: f64) -> DotPlot {
    let low = lower_end(marks, peer);
    let x = |stars: f64| LEFT + (stars.clamp(low, 5.0) - low) / (5.0 - low) * (RIGHT - LEFT);
    let rows: Vec<PlotRow> = (1u32..)
        .zip(marks)
        .map(|(number, mark)| row(number, *mark, &x))
        .collect();
    let bottom = FIRST_ROW - ROW + ROW * count(marks) + 20.0;
    DotPlot {
        width: 696,
        height: coordinate(bottom + 24.0),
        bottom: coordinate(bottom),
        label_y: coordinate(bottom + 18.0),
        ticks: ticks(low).into_iter().map(|s| tick(s, &x)).collect(),
        rows,
        line_x: coordinate(x(peer)),
    }
}

/// Half a star below the lowest value, on a half step, never above 3 and never below 1.
fn lower_end(marks: &[PlotMark], peer: f64) -> f64 {
    let lowest = marks
        .iter()
        .fold(peer, |low, m| low.min(m.written).min(m.aligned));
    (((lowest - 0.5) * 2.0).floor() / 2.0).clamp(1.0, 3.0)
}

fn count(marks: &[PlotMark]) -> f64 {
    u32::try_from(marks.len()).map_or(0.0, f64::from)
}

fn ticks(low: f64) -> Vec<f64> {
    std::iter::successors(Some(low), |at| Some(at + 0.5))
        .take_while(|at| *at <= 5.0 + 1e-9)
        .collect()
}

fn tick(stars: f64, x: &impl Fn(f64) -> f64) -> Tick {
    Tick {
        x: coordinate(x(stars)),
        label: coordinate(stars),
    }
}

fn row(number: u32, mark: PlotMark, x: &impl Fn(f64) -> f64) -> PlotRow {
    let y = FIRST_ROW + ROW * f64::from(number - 1);
    let (from, to) = (x(mark.written), x(mark.aligned));
    PlotRow {
        number,
        y: coordinate(y),
        text_y: coordinate(y + 5.0),
        hollow_x: coordinate(from),
        solid_x: coordinate(to),
        solid_r: if mark.light { "5.5" } else { "8.5" },
        arrow: arrow(from, to, y),
    }
}

/// None where the circles touch: an arrow of no length says nothing.
fn arrow(from: f64, to: f64, y: f64) -> Option<Arrow> {
    let way = (to - from).signum();
    let (start, tip) = (from + way * HOLLOW, to - way * TIP);
    if (to - from).abs() < HOLLOW + TIP + HEAD {
        return None;
    }
    let back = fixed(-way * HEAD, 1);
    Some(Arrow {
        x1: coordinate(start),
        x2: coordinate(tip - way * HEAD / 2.0),
        head: format!("M{} {}l{back} -5v10Z", coordinate(tip), coordinate(y)),
    })
}

/// Bar of one voice on the scale 1…5, in SVG units of a 270 wide track.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VoiceBar {
    pub mark_x: Option<String>,
    pub mean_x: Option<String>,
}

/// Where the class mean and the child's own value stand on the track.
pub fn voice_bar(mark: Option<f64>, mean: Option<f64>) -> VoiceBar {
    let x = |stars: f64| coordinate(8.0 + (stars.clamp(1.0, 5.0) - 1.0) / 4.0 * 254.0);
    VoiceBar {
        mark_x: mark.map(x),
        mean_x: mean.map(x),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn circles_that_touch_have_no_arrow() {
        let mark = |written, aligned| PlotMark {
            written,
            aligned,
            light: false,
        };
        let plot = dot_plot(&[mark(5.0, 4.1), mark(4.0, 3.9)], 4.0);
        assert_eq!(plot.rows.len(), 2);
        assert!(plot.rows[0].arrow.is_some());
        assert!(plot.rows[1].arrow.is_none());
        assert_eq!(plot.rows[0].hollow_x, "456");
        assert_eq!(plot.ticks.last().map(|t| t.label.as_str()), Some("5"));
    }

    #[test]
    fn the_scale_reaches_every_mark() {
        let low = PlotMark {
            written: 1.0,
            aligned: 1.6,
            light: true,
        };
        let plot = dot_plot(&[low], 3.2);
        assert_eq!(plot.ticks.first().map(|t| t.label.as_str()), Some("1"));
        assert_eq!(plot.rows[0].solid_r, "5.5");
    }
}
