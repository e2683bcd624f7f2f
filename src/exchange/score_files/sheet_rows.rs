//! One share of sheets.csv: each row checked and packed. Ids become numbers at once, and a row that
//! follows a row of the same sheet looks up its indicator only. Used by `sheets`.

use super::people::{People, Ratee};
use super::sheets::{FILE, Key, Part, Piece, RawAnswer};
use super::{RowError, right_length};
use crate::domain::rubric::{Of, Rubric, Segment, Source};
use crate::domain::scoring::number::{compact, ix};
use crate::exchange::csv_rows::{Header, Row, Rows};
use crate::exchange::fast_map::FastMap;

/// What rows are checked against.
pub(super) struct Lookup<'a> {
    people: &'a People,
    indicators: FastMap<&'a [u8], u16>,
    /// By indicator, one bit per (segment, table) it is for.
    allowed: Vec<u32>,
    scales: [u8; 3],
}

fn bit(segment: Segment, table: u8) -> u32 {
    let segment: u32 = match segment {
        Segment::Low => 0,
        Segment::Middle => 1,
        Segment::High => 2,
    };
    1 << (segment * 8 + u32::from(table))
}

fn table(of: Of, source: Source) -> u8 {
    let source = u8::try_from(source.position()).unwrap_or_default();
    if of == Of::Class { source + 4 } else { source }
}

impl<'a> Lookup<'a> {
    pub fn new(rubric: &'a Rubric, people: &'a People) -> Lookup<'a> {
        let ids = rubric.indicators.iter().map(|i| i.id.as_bytes());
        let mut allowed = Vec::with_capacity(rubric.indicators.len());
        for indicator in &rubric.indicators {
            let mut bits = 0;
            for segment in Segment::ALL {
                for source in Source::ALL {
                    if indicator.is_for(indicator.of, source, segment) {
                        bits |= bit(segment, table(indicator.of, source));
                    }
                }
            }
            allowed.push(bits);
        }
        Lookup {
            people,
            indicators: ids.zip(0..).collect(),
            allowed,
            scales: Segment::ALL.map(|segment| rubric.scale(segment)),
        }
    }
}

/// Reads one share of the file.
pub(super) struct Reader<'l> {
    lookup: &'l Lookup<'l>,
    header: Header<8>,
    pub part: Part,
    rounds: FastMap<Vec<u8>, u32>,
    families: FastMap<Vec<u8>, u32>,
    /// The ids of the last sheet, to see that the next row goes on with it.
    last: [Vec<u8>; 4],
    last_is_open: bool,
    allowed: u32,
    scale: u8,
}

impl<'l> Reader<'l> {
    pub fn new(lookup: &'l Lookup<'l>, header: Header<8>) -> Self {
        Reader {
            lookup,
            header,
            part: Part::default(),
            rounds: FastMap::default(),
            families: FastMap::default(),
            last: Default::default(),
            last_is_open: false,
            allowed: 0,
            scale: 0,
        }
    }

    /// Reads up to a position; returns how many lines there were.
    pub fn read_to(&mut self, rows: &mut Rows<'_>, to: usize) -> u32 {
        let mut row = Row::default();
        while rows.position() < to && rows.next_into(&mut row) {
            if let Err(message) = self.row(&row) {
                self.part.errors.push(RowError {
                    file: FILE,
                    line: row.line,
                    message,
                });
            }
        }
        rows.line()
    }

    fn row(&mut self, row: &Row<'_>) -> Result<(), String> {
        right_length(&self.header, row)?;
        let [
            round,
            source,
            rater,
            ratee,
            indicator,
            anchor,
            seconds,
            comment,
        ] = self.header.columns.map(|column| row.get(column));
        let ids = [round, source, rater, ratee];
        let goes_on = self.last_is_open && self.last.iter().zip(ids).all(|(a, b)| a == b);
        if !goes_on {
            self.last_is_open = false;
            self.open(ids)?;
        }
        let indicator = self.indicator(indicator)?;
        let anchor = self.anchor(anchor)?;
        let seconds = seconds_of(seconds)?;
        let comment = match comment {
            [] => None,
            text => Some(utf8(text)?),
        };
        let Some(piece) = self.part.pieces.last_mut() else {
            return Ok(());
        };
        piece.count += 1;
        piece.seconds = larger(piece.seconds, seconds);
        if let (None, Some(text)) = (piece.comment, comment) {
            piece.comment = Some(compact(self.part.comments.len()));
            self.part.comments.push(text.to_owned());
        }
        self.part.answers.push(RawAnswer {
            indicator,
            anchor,
            line: row.line,
        });
        Ok(())
    }

    /// Starts a piece for a sheet, or tells why there can be no such sheet.
    fn open(&mut self, ids: [&[u8]; 4]) -> Result<(), String> {
        let [round, source, rater, ratee] = ids;
        let round = self.round(round)?;
        let name = utf8(source)?;
        let source = Source::from_name(name).ok_or_else(|| format!("unknown source {name}"))?;
        if rater.is_empty() {
            return Err("rater is empty".into());
        }
        let (of, class, place) = match self.lookup.people.ratees.get(ratee) {
            None => return Err(format!("unknown ratee {}", utf8(ratee)?)),
            Some(Ratee::Student(class, at)) => (Of::Student, *class, *at),
            Some(Ratee::Class(class)) => (Of::Class, *class, 0),
        };
        let rater = match source {
            Source::SelfRating | Source::Peer => self.student(source, rater, of, class, place)?,
            Source::Teacher => self.teacher(rater, ratee, class)?,
            Source::Parent => self.family(rater)?,
        };
        let table = table(of, source);
        let segment = self.lookup.people.segments.get(ix(class));
        let segment = segment.copied().unwrap_or(Segment::Low);
        self.allowed = bit(segment, table);
        let [low, middle, high] = self.lookup.scales;
        self.scale = match segment {
            Segment::Low => low,
            Segment::Middle => middle,
            Segment::High => high,
        };
        for (last, id) in self.last.iter_mut().zip(ids) {
            last.clear();
            last.extend_from_slice(id);
        }
        self.last_is_open = true;
        self.part.pieces.push(Piece {
            class,
            key: Key {
                round,
                table,
                ratee: place,
                rater,
            },
            seconds: None,
            comment: None,
            first: compact(self.part.answers.len()),
            count: 0,
        });
        Ok(())
    }

    fn round(&mut self, name: &[u8]) -> Result<u32, String> {
        if let Some(number) = self.rounds.get(name) {
            return Ok(*number);
        }
        if name.is_empty() || name == b"term" {
            return Err("round must have a name other than term".into());
        }
        let number = compact(self.part.rounds.len());
        self.part.rounds.push(utf8(name)?.to_owned());
        self.rounds.insert(name.to_owned(), number);
        Ok(number)
    }

    fn family(&mut self, link: &[u8]) -> Result<u32, String> {
        if let Some(number) = self.families.get(link) {
            return Ok(*number);
        }
        let number = compact(self.part.families.len());
        self.part.families.push(utf8(link)?.to_owned());
        self.families.insert(link.to_owned(), number);
        Ok(number)
    }

    fn student(
        &self,
        source: Source,
        rater: &[u8],
        of: Of,
        class: u32,
        ratee: u32,
    ) -> Result<u32, String> {
        let name = || String::from_utf8_lossy(rater).into_owned();
        let Some(Ratee::Student(own_class, at)) = self.lookup.people.ratees.get(rater) else {
            return Err(format!("unknown student {}", name()));
        };
        let same_class = *own_class == class;
        let itself = of == Of::Student && same_class && *at == ratee;
        match (source, of) {
            (Source::SelfRating, Of::Class) if same_class => Ok(*at),
            (Source::SelfRating, Of::Student) if itself => Ok(*at),
            (Source::SelfRating, _) => {
                Err("a self sheet is about the rater or the own class".into())
            }
            (_, Of::Class) => Err("a peer sheet is about a classmate".into()),
            _ if itself => Err(format!("{} rates itself as a peer", name())),
            _ if !same_class => Err(format!("{} rates a peer of another class", name())),
            _ => Ok(*at),
        }
    }

    fn teacher(&self, login: &[u8], ratee: &[u8], class: u32) -> Result<u32, String> {
        let Some(number) = self.lookup.people.teachers.get(login) else {
            return Err(format!("unknown teacher {}", utf8(login)?));
        };
        let place = self.lookup.people.teaches.get(&(*number, class));
        place.copied().ok_or_else(|| {
            let text = |id| String::from_utf8_lossy(id).into_owned();
            format!("{} does not teach {}", text(login), text(ratee))
        })
    }

    fn indicator(&self, id: &[u8]) -> Result<u16, String> {
        let Some(at) = self.lookup.indicators.get(id) else {
            return Err(format!("unknown indicator {}", utf8(id)?));
        };
        let allowed = self.lookup.allowed.get(usize::from(*at));
        if allowed.is_some_and(|bits| bits & self.allowed != 0) {
            return Ok(*at);
        }
        let id = utf8(id)?;
        Err(format!(
            "indicator {id} is not for this source, segment or ratee"
        ))
    }

    fn anchor(&self, text: &[u8]) -> Result<u8, String> {
        match text {
            [] => Ok(0),
            [digit @ b'1'..=b'9'] if digit - b'0' <= self.scale => Ok(digit - b'0'),
            _ => Err(format!("anchor must be 1 to {}", self.scale)),
        }
    }
}

fn larger(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => a.or(b),
    }
}

fn seconds_of(text: &[u8]) -> Result<Option<f64>, String> {
    if text.is_empty() {
        return Ok(None);
    }
    let digits = |value: f64, byte: &u8| value * 10.0 + f64::from(byte - b'0');
    if text.len() <= 9 && text.iter().all(u8::is_ascii_digit) {
        return Ok(Some(text.iter().fold(0.0, digits)));
    }
    let number = super::decimal(utf8(text)?).filter(|n| *n >= 0.0);
    number
        .map(Some)
        .ok_or_else(|| "seconds must be a number from 0 on".into())
}

fn utf8(bytes: &[u8]) -> Result<&str, String> {
    let text = std::str::from_utf8(bytes).ok();
    text.ok_or_else(|| "a field is not UTF-8".into())
}
