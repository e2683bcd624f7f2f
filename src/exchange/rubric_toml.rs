//! rubric.toml ↔ [`Rubric`]. Reading tells every flaw with its line; writing gives a document that reads
//! back to the same rubric. Used by `score_files`, by import and by export.

mod write;

pub use write::write;

use std::ops::Range;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::domain::rubric::{
    Anchors, Component, DEFAULT_CLASS_WEIGHTS, DEFAULT_WEIGHTS, Dimension, Indicator, Item,
    LookFor, Of, PeerConstants, Place, Rubric, Segment, Source,
};

/// The document that a school begins with: says what [`Rubric::built_in`] says, and besides how to read it and
/// what to look for.
pub const STANDARD: &str = include_str!("../../fixtures/rubric.toml");

/// The rubric of [`STANDARD`].
pub fn standard() -> Rubric {
    // A test reads the document, so that the other half never happens.
    read(STANDARD.as_bytes()).unwrap_or_else(|_| Rubric::built_in())
}

/// What is wrong in the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TomlError {
    /// The first line is 1.
    pub line: u32,
    pub message: String,
}

/// Reads a document. Unknown keys are ignored; at most one flaw per line is told, in the order of lines.
pub fn read(bytes: &[u8]) -> Result<Rubric, Vec<TomlError>> {
    let bytes = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    let text = std::str::from_utf8(bytes).map_err(|problem| {
        let lines = bytes.iter().take(problem.valid_up_to());
        vec![TomlError {
            line: line_after(lines),
            message: "the file is not UTF-8".into(),
        }]
    })?;
    let mut reader = Reader {
        text,
        errors: Vec::new(),
    };
    let (document, broken) = DeTable::parse_recoverable(text);
    for problem in &broken {
        let at = problem.span().unwrap_or_default();
        reader.note(at, problem.message().to_owned());
    }
    let rubric = if broken.is_empty() {
        Some(reader.rubric(document.get_ref()))
    } else {
        None
    };
    let mut errors = reader.errors;
    errors.sort_by_key(|error| error.line);
    errors.dedup_by_key(|error| error.line);
    match rubric {
        Some(rubric) if errors.is_empty() => Ok(rubric),
        _ => Err(errors),
    }
}

fn line_after<'b>(bytes: impl Iterator<Item = &'b u8>) -> u32 {
    let lines = bytes.filter(|byte| **byte == b'\n').count();
    u32::try_from(lines).unwrap_or(u32::MAX).saturating_add(1)
}

/// Walks the document and collects what is wrong.
struct Reader<'t> {
    text: &'t str,
    errors: Vec<TomlError>,
}

type Value<'t> = Spanned<DeValue<'t>>;

impl<'t> Reader<'t> {
    fn note(&mut self, at: Range<usize>, message: String) {
        let line = line_after(self.text.as_bytes().iter().take(at.start));
        self.errors.push(TomlError { line, message });
    }

    fn rubric(&mut self, document: &DeTable<'t>) -> Rubric {
        let weights = self.weights(document, "weights", Source::ALL.map(Source::name));
        let parts = Component::ALL.map(Component::name);
        let class_weights = self.weights(document, "class_weights", parts);
        let (dimension_spans, dimensions) = self.list(document, "dimension", Self::dimension);
        let ids: Vec<String> = dimensions
            .iter()
            .map(|d: &Dimension| d.id.clone())
            .collect();
        let indicator =
            |reader: &mut Self, table: &DeTable<'t>, at| reader.indicator(table, at, &ids);
        let (indicator_spans, indicators) = self.list(document, "indicator", indicator);
        let (item_spans, items) = self.list(document, "item", Self::item);
        let rubric = Rubric {
            weights: weights.unwrap_or(DEFAULT_WEIGHTS),
            class_weights: class_weights.unwrap_or(DEFAULT_CLASS_WEIGHTS),
            peer: self.peer(document),
            dimensions,
            indicators,
            items,
            anchors: self.anchors(document),
        };
        for flaw in rubric.flaws() {
            let table = |name: &str| document.get(name).map(Spanned::span);
            let entry =
                |spans: &[Option<Range<usize>>], at: usize| spans.get(at).cloned().flatten();
            let at = match flaw.place {
                Place::Weights => table("weights"),
                Place::ClassWeights => table("class_weights"),
                Place::Peer => table("peer"),
                Place::Anchors => table("anchors"),
                Place::Dimension(at) => entry(&dimension_spans, at),
                Place::Indicator(at) => entry(&indicator_spans, at),
                Place::Item(at) => entry(&item_spans, at),
            };
            // Without a place: what is wrong there has been told already.
            if let Some(at) = at {
                self.note(at, flaw.message);
            }
        }
        rubric
    }

    fn weights<const N: usize>(
        &mut self,
        document: &DeTable<'t>,
        name: &str,
        keys: [&str; N],
    ) -> Option<[f64; N]> {
        let table = self.table(document, name)?;
        Some(keys.map(|key| self.number(table, key).unwrap_or(0.0)))
    }

    fn peer(&mut self, document: &DeTable<'t>) -> PeerConstants {
        let mut peer = PeerConstants::default();
        let Some(table) = self.table(document, "peer") else {
            return peer;
        };
        let slots = [
            ("rater_prior", &mut peer.rater_prior),
            ("ratee_prior", &mut peer.ratee_prior),
            ("reference_prior", &mut peer.reference_prior),
            ("clamp", &mut peer.clamp),
            ("low_weight", &mut peer.low_weight),
        ];
        for (key, slot) in slots {
            if let Some(number) = self.number(table, key) {
                *slot = number;
            }
        }
        peer
    }

    fn anchors(&mut self, document: &DeTable<'t>) -> Anchors {
        let mut anchors = Rubric::built_in().anchors;
        let Some(table) = self.table(document, "anchors") else {
            return anchors;
        };
        let slots = [
            ("low", &mut anchors.low),
            ("middle", &mut anchors.middle),
            ("high", &mut anchors.high),
        ];
        for (key, slot) in slots {
            if let Some(value) = table.get(key) {
                *slot = self.texts(value);
            }
        }
        anchors
    }

    fn dimension(&mut self, table: &DeTable<'t>, _: Range<usize>) -> Dimension {
        Dimension {
            id: self.text(table, "id").unwrap_or_default(),
            name: self.text(table, "name").unwrap_or_default(),
        }
    }

    fn item(&mut self, table: &DeTable<'t>, _: Range<usize>) -> Item {
        Item {
            id: self.text(table, "id").unwrap_or_default(),
            name: self.text(table, "name").unwrap_or_default(),
            weight: self.number(table, "weight").unwrap_or(1.0),
        }
    }

    fn indicator(
        &mut self,
        table: &DeTable<'t>,
        at: Range<usize>,
        dimensions: &[String],
    ) -> Indicator {
        let mut named = |key: &str, known: &dyn Fn(&str) -> bool| {
            let name = self.text(table, key)?;
            if !known(&name) {
                let at = table.get(key).map_or(at.clone(), Spanned::span);
                self.note(at, format!("unknown {key} {name}"));
            }
            Some(name)
        };
        let place = |id: &str| dimensions.iter().position(|known| known == id);
        let dimension = named("dimension", &|id| place(id).is_some());
        let segment = named("segment", &|name| Segment::from_name(name).is_some());
        let of = named("of", &|name| matches!(name, "student" | "class"));
        if of.is_none() {
            self.note(at, "of must be student or class".into());
        }
        let sources = table.get("sources").map(|value| {
            let names = self.texts(value);
            let unknown = names.iter().find(|name| Source::from_name(name).is_none());
            if let Some(name) = unknown {
                self.note(value.span(), format!("unknown source {name}"));
            }
            let given = |source: &Source| names.iter().any(|name| name == source.name());
            Source::ALL.into_iter().filter(given).collect()
        });
        Indicator {
            id: self.text(table, "id").unwrap_or_default(),
            dimension: dimension.as_deref().and_then(place),
            segment: segment.as_deref().and_then(Segment::from_name),
            of: if of.as_deref() == Some("class") {
                Of::Class
            } else {
                Of::Student
            },
            sources: sources.unwrap_or_default(),
            weight: self.number(table, "weight").unwrap_or(1.0),
            text: self.text(table, "text").unwrap_or_default(),
            pinyin: self.text(table, "pinyin"),
            look_fors: self.look_fors(table),
        }
    }

    fn look_fors(&mut self, table: &DeTable<'t>) -> Vec<LookFor> {
        let texts = table.get("look_fors").map(|value| self.texts(value));
        let texts = texts.unwrap_or_default();
        let mut readings = Vec::new();
        if let Some(value) = table.get("look_fors_pinyin") {
            readings = self.texts(value);
            if readings.len() != texts.len() {
                let message = format!("look_fors_pinyin must have {} texts", texts.len());
                self.note(value.span(), message);
            }
        }
        let known = readings.into_iter().map(|r| (!r.is_empty()).then_some(r));
        let pairs = texts.into_iter().zip(known.chain(std::iter::repeat(None)));
        pairs
            .map(|(text, pinyin)| LookFor { text, pinyin })
            .collect()
    }

    fn table<'d>(&mut self, document: &'d DeTable<'t>, name: &str) -> Option<&'d DeTable<'t>> {
        let value = document.get(name)?;
        let table = value.get_ref().as_table();
        if table.is_none() {
            self.note(value.span(), format!("{name} must be a table"));
        }
        table
    }

    /// Reads every table of a list, with where it starts; no place if something in it was wrong.
    fn list<T>(
        &mut self,
        document: &DeTable<'t>,
        name: &str,
        mut each: impl FnMut(&mut Self, &DeTable<'t>, Range<usize>) -> T,
    ) -> (Vec<Option<Range<usize>>>, Vec<T>) {
        let (mut spans, mut found) = (Vec::new(), Vec::new());
        let Some(value) = document.get(name) else {
            return (spans, found);
        };
        let list = value.get_ref().as_array();
        if list.is_none() {
            self.note(value.span(), format!("{name} must be a list of tables"));
        }
        for entry in list.into_iter().flatten() {
            let Some(table) = entry.get_ref().as_table() else {
                self.note(entry.span(), format!("{name} must be a list of tables"));
                continue;
            };
            let before = self.errors.len();
            found.push(each(self, table, entry.span()));
            let clean = self.errors.len() == before;
            spans.push(clean.then(|| entry.span()));
        }
        (spans, found)
    }

    fn text(&mut self, table: &DeTable<'t>, key: &str) -> Option<String> {
        let value = table.get(key)?;
        let text = value.get_ref().as_str();
        if text.is_none() {
            self.note(value.span(), format!("{key} must be a text"));
        }
        text.map(str::to_owned)
    }

    fn number(&mut self, table: &DeTable<'t>, key: &str) -> Option<f64> {
        let value = table.get(key)?;
        let digits = match value.get_ref() {
            DeValue::Integer(whole) if whole.radix() == 10 => Some(whole.as_str()),
            DeValue::Float(number) => Some(number.as_str()),
            _ => None,
        };
        let number = digits.and_then(|digits| digits.replace('_', "").parse::<f64>().ok());
        if number.is_none() {
            self.note(value.span(), format!("{key} must be a number"));
        }
        number
    }

    fn texts(&mut self, value: &Value<'t>) -> Vec<String> {
        let list = value.get_ref().as_array();
        let texts = list.map(|list| {
            let texts = list.iter().map(|entry| entry.get_ref().as_str());
            texts
                .map(|text| text.map(str::to_owned))
                .collect::<Option<Vec<_>>>()
        });
        texts.flatten().unwrap_or_else(|| {
            self.note(value.span(), "must be a list of texts".into());
            Vec::new()
        })
    }
}
