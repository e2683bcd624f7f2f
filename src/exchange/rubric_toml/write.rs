//! A rubric as a toml document.

use std::fmt::{Display, Write as _};

use crate::domain::rubric::{Component, Indicator, Of, Rubric, Segment, Source};
use crate::domain::scoring::number::push_digits;

/// The document; reads back to the same rubric.
pub fn write(rubric: &Rubric) -> String {
    let mut out = String::new();
    let sources = Source::ALL.map(Source::name);
    table(&mut out, "weights", sources.into_iter().zip(rubric.weights));
    let parts = Component::ALL.map(Component::name);
    table(
        &mut out,
        "class_weights",
        parts.into_iter().zip(rubric.class_weights),
    );
    let peer = &rubric.peer;
    let constants = [
        ("rater_prior", peer.rater_prior),
        ("ratee_prior", peer.ratee_prior),
        ("reference_prior", peer.reference_prior),
        ("clamp", peer.clamp),
        ("low_weight", peer.low_weight),
    ];
    table(&mut out, "peer", constants.into_iter());
    out.push_str("[anchors]\n");
    for segment in Segment::ALL {
        line(&mut out, segment.name(), list(rubric.anchors.of(segment)));
    }
    for dimension in &rubric.dimensions {
        out.push_str("\n[[dimension]]\n");
        line(&mut out, "id", text(&dimension.id));
        line(&mut out, "name", text(&dimension.name));
    }
    for indicator in &rubric.indicators {
        push_indicator(&mut out, rubric, indicator);
    }
    for item in &rubric.items {
        out.push_str("\n[[item]]\n");
        line(&mut out, "id", text(&item.id));
        line(&mut out, "name", text(&item.name));
        line(&mut out, "weight", number(item.weight));
    }
    out
}

fn push_indicator(out: &mut String, rubric: &Rubric, indicator: &Indicator) {
    out.push_str("\n[[indicator]]\n");
    line(out, "id", text(&indicator.id));
    let dimension = indicator.dimension.and_then(|at| rubric.dimensions.get(at));
    if let Some(dimension) = dimension {
        line(out, "dimension", text(&dimension.id));
    }
    if let Some(segment) = indicator.segment {
        line(out, "segment", text(segment.name()));
    }
    let of = match indicator.of {
        Of::Student => "student",
        Of::Class => "class",
    };
    line(out, "of", text(of));
    let sources = indicator.sources.iter().map(|source| source.name());
    line(out, "sources", list(&sources.collect::<Vec<_>>()));
    line(out, "weight", number(indicator.weight));
    line(out, "text", text(&indicator.text));
    if let Some(pinyin) = &indicator.pinyin {
        line(out, "pinyin", text(pinyin));
    }
    let look_fors = &indicator.look_fors;
    if !look_fors.is_empty() {
        let texts: Vec<&str> = look_fors.iter().map(|one| one.text.as_str()).collect();
        line(out, "look_fors", list(&texts));
    }
    if look_fors.iter().any(|one| one.pinyin.is_some()) {
        // A list as long as the texts; an empty reading stands for none.
        let readings = look_fors.iter().map(|one| one.pinyin.as_deref());
        let readings: Vec<&str> = readings.map(Option::unwrap_or_default).collect();
        line(out, "look_fors_pinyin", list(&readings));
    }
}

fn table(out: &mut String, name: &str, rows: impl Iterator<Item = (&'static str, f64)>) {
    line_of(out, format_args!("[{name}]"));
    for (key, value) in rows {
        line(out, key, number(value));
    }
    out.push('\n');
}

fn line(out: &mut String, key: &str, value: impl Display) {
    line_of(out, format_args!("{key} = {value}"));
}

fn line_of(out: &mut String, line: std::fmt::Arguments<'_>) {
    // Writing to a String cannot fail.
    let _ = writeln!(out, "{line}");
}

fn number(value: f64) -> String {
    if !value.is_finite() {
        return "inf".into();
    }
    let mut digits = String::new();
    push_digits(&mut digits, value);
    digits
}

fn list(texts: &[impl AsRef<str>]) -> String {
    let texts: Vec<String> = texts.iter().map(|t| text(t.as_ref())).collect();
    format!("[{}]", texts.join(", "))
}

/// A basic string.
fn text(raw: &str) -> String {
    let mut out = String::from("\"");
    for c in raw.chars() {
        match c {
            '"' | '\\' => out.extend(['\\', c]),
            c if c.is_control() => line_escape(&mut out, c),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}

fn line_escape(out: &mut String, c: char) {
    let _ = write!(out, "\\u{:04X}", u32::from(c));
}
