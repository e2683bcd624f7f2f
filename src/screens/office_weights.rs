//! The weights page: four voices of a student and six of a class in percent, presets, and a
//! rehearsal of who would move. Used by `GET,POST /a/weights`; template `office/weights.html`.

use super::explain_digits::fixed;
use super::teacher_shared::page;
use serde::Serialize;

page! {
    Weights => "office/weights.html", "staff-weights-title";
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct Weights {
    pub student: WeightSet,
    pub class: WeightSet,
    pub presets: Vec<Preset>,
    pub version: String,
    /// Term with which an adopted version starts.
    pub holds_from: String,
    /// The current term's first round has frozen the rules.
    pub frozen: bool,
    pub preview: Option<Preview>,
    /// Keys of `staff-refused-…`.
    pub refused: Vec<&'static str>,
    pub rehearsed_round: String,
}

/// Reasons why weights are refused.
pub const WEIGHT_REFUSALS: [&str; 3] = ["sum_student", "sum_class", "negative"];

/// One set of weights with its sum.
#[derive(Debug, Clone, Serialize)]
pub struct WeightSet {
    /// Prefix of the form fields: `s` or `c`.
    pub prefix: &'static str,
    pub fields: Vec<WeightField>,
    pub sum: String,
    pub sum_ok: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct WeightField {
    pub voice: &'static str,
    pub percent: String,
    /// Width of 100 units.
    pub bar: String,
}

/// The set for a page from shares (0…1) by voice.
pub fn weight_set(prefix: &'static str, shares: &[(&'static str, f64)]) -> WeightSet {
    let sum = shares
        .iter()
        .fold(0.0, |sum, (_, share)| sum + share * 100.0);
    WeightSet {
        prefix,
        fields: shares.iter().map(|(voice, s)| field(voice, *s)).collect(),
        sum: short(sum),
        sum_ok: (sum - 100.0).abs() < 1e-9,
    }
}

fn field(voice: &'static str, share: f64) -> WeightField {
    WeightField {
        voice,
        percent: short(share * 100.0),
        bar: short((share * 100.0).clamp(0.0, 100.0)),
    }
}

fn short(x: f64) -> String {
    let text = fixed(x, 2);
    text.trim_end_matches('0').trim_end_matches('.').to_owned()
}

/// A button that fills the four student weights in: `id` default, equal or teacher.
#[derive(Debug, Clone, Serialize)]
pub struct Preset {
    pub id: &'static str,
    /// Percent in the order self, peer, teacher, parent, for the script and for people.
    pub values: String,
    pub on: bool,
}

/// The presets; `on` marks the one equal to `current` (percent by voice).
pub fn presets(current: [u32; 4]) -> Vec<Preset> {
    [
        ("default", [10, 30, 40, 20]),
        ("equal", [25, 25, 25, 25]),
        ("teacher", [10, 20, 50, 20]),
    ]
    .into_iter()
    .map(|(id, values)| Preset {
        id,
        values: values.map(|v: u32| v.to_string()).join(" · "),
        on: values == current,
    })
    .collect()
}

/// What the rehearsal on the last published round says.
#[derive(Debug, Clone, Serialize)]
pub struct Preview {
    pub students: Vec<StudentMove>,
    pub students_moved: u32,
    pub students_of: u32,
    /// Largest change in points.
    pub largest: String,
    pub classes: Vec<ClassMove>,
    pub classes_moved: u32,
    /// Token of the rehearsed weights, posted back with `adopt`.
    pub token: String,
}

/// A student whose points change most; never a place.
#[derive(Debug, Clone, Serialize)]
pub struct StudentMove {
    pub name: String,
    pub class_name: String,
    pub before: String,
    pub after: String,
    pub change: String,
}

/// A class with points and place before and after.
#[derive(Debug, Clone, Serialize)]
pub struct ClassMove {
    pub grade: u8,
    pub name: String,
    pub before: String,
    pub after: String,
    pub change: String,
    pub place_before: Option<u32>,
    pub place_after: Option<u32>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_shown_as_people_type_them() {
        let set = weight_set("s", &[("self", 0.125), ("peer", 0.3), ("teacher", 0.575)]);
        assert_eq!(set.sum, "100");
        assert!(set.sum_ok);
        assert_eq!(set.fields[0].percent, "12.5");
        assert!(!weight_set("s", &[("self", 0.9)]).sum_ok);
    }

    #[test]
    fn the_preset_in_force_is_marked() {
        assert!(
            presets([25, 25, 25, 25])
                .iter()
                .any(|p| p.on && p.id == "equal")
        );
        assert!(presets([1, 2, 3, 94]).iter().all(|p| !p.on));
    }
}
