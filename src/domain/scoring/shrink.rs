//! Shrunk class means (scoring.md 6): a small class with a lucky mean is drawn towards its grade.
//! Used by `school` for the students component.

use super::number::{CLOSE, real};

/// What goes in for one class: number of contributing students and their mean score.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Group {
    /// n_c > 0.
    pub n: usize,
    /// x_c, in stars.
    pub mean: f64,
}

/// What comes out for one class.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Shrunk {
    pub n: usize,
    /// x_c.
    pub mean: f64,
    /// v_c = s²/n_c; none where nothing was shrunk.
    pub variance: Option<f64>,
    /// B_c: how much of the class's own mean remains; 1 where nothing was shrunk.
    pub own_part: f64,
    /// μ + B_c (x_c − μ).
    pub value: f64,
}

/// The grade's numbers behind the shrinkage.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GradeSpread {
    /// s², pooled within-class variance.
    pub within: f64,
    /// μ_F, mean with weights 1/v_c.
    pub fixed_mean: f64,
    /// Q, the weighted squares around μ_F.
    pub q: f64,
    /// τ², variance between classes.
    pub between: f64,
    /// μ, mean with weights 1/(v_c + τ²).
    pub mean: f64,
}

/// Pooled within-class variance of the scores of the grade's classes; none without a degree of freedom.
pub fn pooled_variance<'a>(classes: impl Iterator<Item = &'a [f64]>) -> Option<f64> {
    let (mut squares, mut freedom) = (0.0, 0.0);
    for scores in classes.filter(|scores| !scores.is_empty()) {
        let centre = scores.iter().fold(0.0, |sum, x| sum + x) / real(scores.len());
        for x in scores {
            squares += (x - centre) * (x - centre);
        }
        freedom += real(scores.len() - 1);
    }
    (freedom > 0.0).then(|| squares / freedom)
}

/// DerSimonian–Laird over the classes of a grade. `within` none, ≤ 1e-9, or fewer than two classes:
/// every class keeps its own mean and there is no spread.
pub fn shrink(groups: &[Group], within: Option<f64>) -> (Vec<Shrunk>, Option<GradeSpread>) {
    let Some(within) = within.filter(|s2| *s2 > CLOSE && groups.len() >= 2) else {
        return (groups.iter().map(unshrunk).collect(), None);
    };
    let variance = |group: &Group| within / real(group.n);
    let (mut w1, mut w2, mut wx) = (0.0, 0.0, 0.0);
    for group in groups {
        let w = 1.0 / variance(group);
        w1 += w;
        w2 += w * w;
        wx += w * group.mean;
    }
    let fixed_mean = wx / w1;
    let q = groups.iter().fold(0.0, |sum, group| {
        sum + (group.mean - fixed_mean).powi(2) / variance(group)
    });
    let between = ((q - real(groups.len() - 1)) / (w1 - w2 / w1)).max(0.0);
    let (mut w1, mut wx) = (0.0, 0.0);
    for group in groups {
        let w = 1.0 / (variance(group) + between);
        w1 += w;
        wx += w * group.mean;
    }
    let mean = wx / w1;
    let spread = GradeSpread {
        within,
        fixed_mean,
        q,
        between,
        mean,
    };
    let shrunk = groups.iter().map(|group| {
        let own_part = between / (between + variance(group));
        Shrunk {
            n: group.n,
            mean: group.mean,
            variance: Some(variance(group)),
            own_part,
            value: mean + own_part * (group.mean - mean),
        }
    });
    (shrunk.collect(), Some(spread))
}

fn unshrunk(group: &Group) -> Shrunk {
    Shrunk {
        n: group.n,
        mean: group.mean,
        variance: None,
        own_part: 1.0,
        value: group.mean,
    }
}
