//! Several voices into one number (scoring.md 4): renormalised weights, and a fill for a missing voice
//! that costs nothing on average. Used for students (4 sources) and for classes (6 components).

use super::number::{cut, less, points};

/// One voice of a blend.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Voice {
    /// x: what this voice said, in stars.
    pub said: Option<f64>,
    /// m: mean of this voice in the group; none = nobody in the group has it.
    pub group_mean: Option<f64>,
    /// Weight after renormalising; 0 = takes no part.
    pub weight: f64,
    /// What entered the sum: `said`, else the fill `m + d/2` cut to 1…5.
    pub used: Option<f64>,
}

/// N voices and the number they make.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Blend<const N: usize> {
    pub voices: [Voice; N],
    /// Sum of the rubric's weights of the voices that take part.
    pub heard: f64,
    /// Sum of the rubric's weights of those among them that said something here.
    pub present: f64,
    /// d: how far the present voices lie above the group, weighted, in stars.
    pub shift: f64,
    /// The number, in stars; none without any voice.
    pub score: Option<f64>,
}

/// Why a student's score is provisional and out of every ranking.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Provisional {
    /// No voice at all.
    NoScore,
    /// The teacher is heard in the class but not for this student.
    NoTeacher,
    /// The voices heard in the class weigh less than .40.
    FewVoicesHeard,
    /// This student's voices weigh less than .60 of those heard.
    FewVoicesPresent,
}

/// Blends voices. `weights` as in the rubric, `said` the marks, `means` the group's means (some exactly
/// where the voice is heard in the group).
///
/// ```
/// # use starlight::domain::scoring::voices::blend;
/// let weights = [0.1, 0.3, 0.4, 0.2];
/// let said = [Some(4.5), Some(4.0), Some(3.5), None];
/// let means = [Some(4.4), Some(3.8), Some(3.7), Some(4.7)];
/// let score = blend(weights, said, means).score;
/// assert!((score.unwrap_or_default() - 3.98875).abs() < 1e-9);
/// ```
pub fn blend<const N: usize>(
    weights: [f64; N],
    said: [Option<f64>; N],
    means: [Option<f64>; N],
) -> Blend<N> {
    let mut voices = [Voice::default(); N];
    let mut heard = 0.0;
    for (((voice, weight), said), mean) in voices.iter_mut().zip(weights).zip(said).zip(means) {
        voice.said = said;
        voice.group_mean = mean;
        if weight > 0.0 && mean.is_some() {
            heard += weight;
        }
    }
    let mut present = 0.0;
    let (mut above, mut by) = (0.0, 0.0);
    for (voice, weight) in voices.iter_mut().zip(weights) {
        let Some(mean) = voice.group_mean.filter(|_| weight > 0.0) else {
            continue;
        };
        voice.weight = weight / heard;
        if let Some(x) = voice.said {
            present += weight;
            above += voice.weight * (x - mean);
            by += voice.weight;
        }
    }
    let any = by > 0.0;
    let shift = if any { above / by } else { 0.0 };
    let mut sum = 0.0;
    if any {
        for voice in voices.iter_mut().filter(|voice| voice.weight > 0.0) {
            voice.used = voice
                .said
                .or_else(|| voice.group_mean.map(|mean| cut(mean + shift / 2.0)));
            sum += voice.weight * voice.used.unwrap_or_default();
        }
    }
    Blend {
        voices,
        heard,
        present,
        shift,
        score: any.then_some(sum),
    }
}

impl<const N: usize> Blend<N> {
    /// Voices that take part and said something here.
    pub fn count(&self) -> usize {
        let counts = |voice: &&Voice| voice.weight > 0.0 && voice.said.is_some();
        self.voices.iter().filter(counts).count()
    }

    /// The score as points, 0…100, unrounded.
    pub fn points(&self) -> Option<f64> {
        self.score.map(points)
    }
}

impl Blend<4> {
    /// Why this score of a student is provisional; none = it counts.
    pub fn provisional(&self) -> Option<Provisional> {
        let [_, _, teacher, _] = &self.voices;
        if self.score.is_none() {
            Some(Provisional::NoScore)
        } else if teacher.weight > 0.0 && teacher.said.is_none() {
            Some(Provisional::NoTeacher)
        } else if less(self.heard, 0.40) {
            Some(Provisional::FewVoicesHeard)
        } else if less(self.present / self.heard, 0.60) {
            Some(Provisional::FewVoicesPresent)
        } else {
            None
        }
    }
}
