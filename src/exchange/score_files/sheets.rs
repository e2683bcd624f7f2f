//! sheets.csv: every row checked and packed, on several threads. //! what `sheet_rows` reads, cut into shares. A million rows take well under a second.

use super::RowError;
use super::people::People;
use super::sheet_rows::{Lookup, Reader};
use crate::domain::rubric::Rubric;
use crate::exchange::csv_rows::{Column, Header, Rows, header};

pub(super) const FILE: &str = "sheets.csv";

/// Order of sheets within a class: round, kind and source, ratee, rater.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Key {
    pub round: u32,
    /// Source, + 4 for sheets about a class.
    pub table: u8,
    pub ratee: u32,
    /// Index within the class; of a family the number of its id.
    pub rater: u32,
}

/// Rows of one sheet that follow each other in the file.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub class: u32,
    pub key: Key,
    /// The largest so far.
    pub seconds: Option<f64>,
    /// The first so far, as an index into [`Part::comments`].
    pub comment: Option<u32>,
    pub first: u32,
    pub count: u32,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct RawAnswer {
    pub indicator: u16,
    /// 0 = 没看见.
    pub anchor: u8,
    pub line: u32,
}

/// What one thread read.
#[derive(Default)]
pub(super) struct Part {
    pub pieces: Vec<Piece>,
    pub answers: Vec<RawAnswer>,
    pub comments: Vec<String>,
    /// Names by number, in order of appearance.
    pub rounds: Vec<String>,
    pub families: Vec<String>,
    pub errors: Vec<RowError>,
}

const COLUMNS: [Column; 8] = [
    Column::required("round"),
    Column::required("source"),
    Column::required("rater"),
    Column::required("ratee"),
    Column::required("indicator"),
    Column::required("anchor"),
    Column::optional("seconds"),
    Column::optional("comment"),
];

/// Reads the file in as many parts as threads, in file order.
pub(super) fn read(
    bytes: &[u8],
    rubric: &Rubric,
    people: &People,
    threads: usize,
    errors: &mut Vec<RowError>,
) -> Vec<Part> {
    let mut rows = Rows::new(bytes);
    let header = match header(&mut rows, COLUMNS) {
        Ok(header) => header,
        Err((line, message)) => {
            errors.push(RowError {
                file: FILE,
                line,
                message,
            });
            return Vec::new();
        }
    };
    let lookup = Lookup::new(rubric, people);
    let cuts = cuts(bytes, rows.position(), threads);
    let mut parts = read_parts(&rows, &cuts, header, &lookup);
    for part in &mut parts {
        errors.append(&mut part.errors);
    }
    parts
}

/// Row boundaries near equal shares, supposing that quotes come in pairs.
fn cuts(bytes: &[u8], start: usize, threads: usize) -> Vec<usize> {
    const WORTH_A_THREAD: usize = 1 << 16;
    let rows = bytes.len().saturating_sub(start);
    let shares = threads.min(rows / WORTH_A_THREAD).max(1);
    let mut cuts = vec![start];
    let mut odd = false;
    let mut counted = start;
    for share in 1..shares {
        let target = (start + rows / shares * share).max(counted);
        let passed = bytes.get(counted..target).unwrap_or(&[]);
        odd ^= passed.iter().filter(|b| **b == b'"').count() % 2 == 1;
        let boundary = bytes.iter().enumerate().skip(target).find(|(_, byte)| {
            odd ^= **byte == b'"';
            **byte == b'\n' && !odd
        });
        counted = boundary.map_or(bytes.len(), |(at, _)| at + 1);
        cuts.push(counted);
    }
    cuts.push(bytes.len());
    cuts
}

/// Reads the shares at once. A share that did not end where the next began (a stray quote) shows that
/// the cuts were wrong: then everything is read in one go.
fn read_parts(
    rows: &Rows<'_>,
    cuts: &[usize],
    header: Header<8>,
    lookup: &Lookup<'_>,
) -> Vec<Part> {
    let bounds = cuts.iter().zip(cuts.iter().skip(1));
    let read = |from: usize, to: usize| {
        let mut reader = Reader::new(lookup, header);
        let mut rows = rows.from(from, 0);
        let lines = reader.read_to(&mut rows, to);
        (reader.part, lines, rows.position() == to)
    };
    let read = &read;
    let mut shares: Vec<(Part, u32, bool)> = std::thread::scope(|scope| {
        let work = bounds.map(|(from, to)| scope.spawn(move || read(*from, *to)));
        let work: Vec<_> = work.collect();
        let joined = work.into_iter().map(|share| match share.join() {
            Ok(share) => share,
            Err(panic) => std::panic::resume_unwind(panic),
        });
        joined.collect()
    });
    let ends = cuts.first().zip(cuts.last());
    if let (Some((from, to)), true) = (ends, shares.iter().any(|(_, _, fits)| !fits)) {
        shares = vec![read(*from, *to)];
    }
    let mut before = rows.line();
    let parts = shares.into_iter().map(|(mut part, lines, _)| {
        part.answers.iter_mut().for_each(|a| a.line += before);
        part.errors.iter_mut().for_each(|e| e.line += before);
        before += lines;
        part
    });
    parts.collect()
}
