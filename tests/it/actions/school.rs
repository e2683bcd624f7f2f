//! A school in a temporary SQLite file, with one term, and shortcuts to read files into it.

use std::sync::Arc;

use chrono::NaiveDate;
use starlight::{
    actions::{
        Acted, ActionError, import_roster, import_sheets, import_teachers,
        import_teachers::FirstPassword,
        imports::{Imported, school_year},
        rounds::{self as moves, NewRound},
    },
    domain::{
        actor::{Actor, Call, SchoolPermit},
        ids::{ClassId, SchoolId},
        round::Drawn,
        rubric::{Of, Rubric, Source},
    },
    exchange::{
        Report, roster, rubric_toml,
        sheets::SheetRow,
        table::{ReadOptions, Table, read},
        teachers,
    },
    keys::server_key::KeyRing,
    storage::{
        DatabaseUrl, Db, Migrate, Store, Tx, rounds,
        rounds::RoundRow,
        schools,
        schools::{RubricRow, SchoolRow, TermRow},
        students,
        students::{EnrolmentRow, StudentRow},
    },
};

pub struct School {
    pub store: Store,
    pub ring: Arc<KeyRing>,
    pub call: Call,
    _folder: tempfile::TempDir,
}

pub fn day(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

pub fn permit() -> SchoolPermit {
    Actor::System.run_school().unwrap()
}

/// The rows of a .csv, as a command or page reads it.
pub fn table(csv: &[u8]) -> Table {
    read("file.csv", None, csv, &ReadOptions::default()).unwrap()
}

pub fn fixture(name: &str) -> Table {
    let path = format!("{}/fixtures/exchange/{name}", env!("CARGO_MANIFEST_DIR"));
    table(&std::fs::read(path).unwrap())
}

/// A report of rows that are right.
pub fn clean<T>(rows: Vec<T>) -> Report<T> {
    Report {
        rows,
        errors: Vec::new(),
        notes: Vec::new(),
        ignored_columns: Vec::new(),
    }
}

impl School {
    /// On 1 September, the first day of its term, without a class.
    pub fn new() -> Self {
        let term = (day("2026-09-01"), day("2027-01-22"));
        Self::begin(1_788_220_800_000, term)
    }

    /// Forty days ago by this machine's clock, on the first day of its term: for pages, which go by that clock.
    pub fn forty_days_ago() -> Self {
        let now = chrono::Utc::now() - chrono::Days::new(40);
        let first = now.with_timezone(&chrono_tz::Asia::Shanghai).date_naive();
        let last = first + chrono::Days::new(150);
        Self::begin(now.timestamp_millis(), (first, last))
    }

    fn begin(now: i64, term: (NaiveDate, NaiveDate)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("school.db");
        let url = DatabaseUrl::parse(&format!("sqlite:{}", path.display())).unwrap();
        let ring = Arc::new(KeyRing::fresh().unwrap());
        let store = Store::open(&url, ring.clone(), Migrate::Run).unwrap();
        let call = Call::system(SchoolId::new("s"), now, term.0);
        let school = Self {
            store,
            ring,
            call,
            _folder: folder,
        };
        school.write(move |tx, call| found(tx, call, term));
        school
    }

    /// The same school on another day.
    pub fn on(&mut self, date: &str) -> &Self {
        let date = day(date);
        self.call.now += (date - self.call.today).num_milliseconds();
        self.call.today = date;
        self
    }

    pub fn write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>, &Call) -> Acted<T> + Send + 'static,
    ) -> T {
        self.try_write(work).unwrap()
    }

    pub fn try_write<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Tx<'_>, &Call) -> Acted<T> + Send + 'static,
    ) -> Result<T, ActionError> {
        let call = self.call.clone();
        // On a thread of its own: a test of pages waits inside a runtime, where waiting is not allowed.
        std::thread::scope(|scope| {
            let writer = scope.spawn(|| self.store.write_here(move |tx| work(tx, &call)));
            writer.join().unwrap()
        })
    }

    pub fn read<T>(&self, work: impl FnOnce(&mut Db, &Call) -> Acted<T>) -> T {
        self.store.read_here(|db| work(db, &self.call)).unwrap()
    }

    pub fn import_roster(
        &self,
        table: &Table,
        confirm: bool,
    ) -> Imported<import_roster::RosterPlan> {
        let read = roster::parse(table, school_year(&self.call));
        let ring = self.ring.clone();
        self.write(move |tx, call| import_roster::apply(tx, call, &ring, &read, confirm))
    }

    pub fn import_teachers(
        &self,
        csv: &str,
    ) -> (Imported<import_teachers::TeacherPlan>, Vec<FirstPassword>) {
        let read = teachers::parse(&table(csv.as_bytes()), school_year(&self.call));
        let plan = self
            .read(|db, call| import_teachers::report(db, call, &read))
            .plan;
        let prepared = import_teachers::prepare(&plan).unwrap();
        self.write(move |tx, call| import_teachers::apply(tx, call, &read, &prepared))
    }

    pub fn import_sheets(&self, rows: Vec<SheetRow>) -> Imported<import_sheets::SheetPlan> {
        let read = clean(rows);
        self.write(move |tx, call| import_sheets::apply(tx, call, &read))
    }

    pub fn children(&self) -> Vec<StudentRow> {
        self.read(|db, call| Ok(students::all(db, &permit(), &call.school)?))
    }

    pub fn stays(&self) -> Vec<EnrolmentRow> {
        let (from, to) = (day("2000-01-01"), day("2100-01-01"));
        let mut stays = self.read(|db, call| {
            let all = students::enrolments_between(db, &permit(), &call.school, from, to)?;
            Ok(all)
        });
        stays.sort_by(|a, b| (&a.student_id, a.starts_on).cmp(&(&b.student_id, b.starts_on)));
        stays
    }

    /// Everything that the roster decides, for comparing before and after.
    pub fn picture(&self) -> String {
        let classes = self.read(|db, call| Ok(students::classes(db, &call.school)?));
        format!("{classes:?}\n{:?}\n{:?}", self.children(), self.stays())
    }

    /// Two classes of twelve, 101 and 102, with two teachers.
    pub fn with_two_classes() -> Self {
        Self::new().two_classes()
    }

    /// The same in a school that is there already.
    pub fn two_classes(self) -> Self {
        let school = self;
        let mut csv = "学号,姓名,班级,座号\n".to_owned();
        for (class, first) in [(101, 1), (102, 13)] {
            for at in 0..12 {
                let no = first + at;
                csv.push_str(&format!("26{no:02},张小{},{class},{}\n", han(at), at + 1));
            }
        }
        assert!(school.import_roster(&table(csv.as_bytes()), false).done);
        let teachers =
            "login,name,homeroom,classes,subject\nwang,王芳,101,102,语文\nli,李明,102,101,数学\n";
        assert!(school.import_teachers(teachers).0.done);
        school
    }

    /// An opened round of a week.
    pub fn open_round(&self, name: &str, from: &str, to: &str) -> RoundRow {
        let new = NewRound {
            name: name.to_owned(),
            starts_on: day(from),
            ends_on: day(to),
            classes: Vec::new(),
        };
        self.write(move |tx, call| {
            let round = moves::create(tx, call, &new)?;
            moves::open(tx, call, &round.id)
        })
    }

    /// Everybody's sheets of an open round, by public names: each child about itself and the class, about its dealt
    /// classmates, both teachers and two thirds of the families about each child. Every thirteenth answer is 没看见.
    pub fn everybody_rates(&self, round: &RoundRow) -> Vec<SheetRow> {
        let mut pen = Pen {
            round: round.name.clone(),
            rows: Vec::new(),
            turn: 0,
        };
        self.read(|db, call| {
            let pairs = rounds::assignments(db, &permit(), &call.school, &round.id)?;
            let numbers: std::collections::HashMap<String, String> =
                students::all(db, &permit(), &call.school)?
                    .into_iter()
                    .map(|row| (row.id, row.student_no))
                    .collect();
            for part in rounds::classes_of(db, &call.school, &round.id)? {
                let drawn: Drawn = serde_json::from_str(&part.drawn).unwrap();
                let class = call.actor.see_class(&ClassId::new(part.class_id))?;
                for child in students::of_class(db, &class, &call.school, call.today)? {
                    let no = child.student_no.as_str();
                    let mut say = |source, rater: &str, ratee: &str, of| {
                        pen.sheet(source, rater, ratee, drawn.asked(of, source), &drawn);
                    };
                    say(Source::SelfRating, no, no, Of::Student);
                    say(Source::SelfRating, no, &part.code, Of::Class);
                    for pair in pairs.iter().filter(|pair| pair.rater_id == child.id) {
                        say(Source::Peer, no, &numbers[&pair.ratee_id], Of::Student);
                    }
                    say(Source::Teacher, "wang", no, Of::Student);
                    say(Source::Teacher, "li", no, Of::Student);
                    if !no.ends_with(['1', '4', '7']) {
                        let link = format!("link-{no}");
                        say(Source::Parent, &link, no, Of::Student);
                        say(Source::Parent, &link, &part.code, Of::Class);
                    }
                }
                for teacher in ["wang", "li"] {
                    let asked = drawn.asked(Of::Class, Source::Teacher);
                    pen.sheet(Source::Teacher, teacher, &part.code, asked, &drawn);
                }
            }
            Ok(())
        });
        pen.rows
    }
}

struct Pen {
    round: String,
    rows: Vec<SheetRow>,
    turn: u64,
}

impl Pen {
    fn sheet(&mut self, source: Source, rater: &str, ratee: &str, asked: &[String], drawn: &Drawn) {
        for indicator in asked {
            self.turn += 1;
            let key = format!("{} {rater} {ratee} {indicator}", self.round);
            let dice = starlight::domain::random::keyed(7, &key);
            let most = u64::from(drawn.anchors_of(1));
            let anchor = u8::try_from(dice / 7 % most).unwrap() + 1;
            self.rows.push(SheetRow {
                line: self.rows.len() + 2,
                round: self.round.clone(),
                source,
                rater: rater.to_owned(),
                ratee: ratee.to_owned(),
                indicator: indicator.clone(),
                anchor: (!self.turn.is_multiple_of(13)).then_some(anchor),
                seconds: Some(12.0),
                comment: dice.is_multiple_of(5).then(|| "很\"好\",\n继续".to_owned()),
            });
        }
    }
}

fn han(at: usize) -> char {
    "一二三四五六七八九十甲乙".chars().nth(at).unwrap()
}

fn found(tx: &mut Tx<'_>, call: &Call, (starts_on, ends_on): (NaiveDate, NaiveDate)) -> Acted<()> {
    let school_id = call.school.to_string();
    let school = SchoolRow {
        id: school_id.clone(),
        name: "星光小学".to_owned(),
        timezone: "Asia/Shanghai".to_owned(),
        board_version: 0,
        created_at: call.now,
    };
    schools::add(tx, &permit(), &school)?;
    let rubric = RubricRow {
        school_id: school_id.clone(),
        id: "r".to_owned(),
        version: 1,
        name: "1".to_owned(),
        document: rubric_toml::write(&Rubric::built_in()),
        created_at: call.now,
        created_by: String::new(),
    };
    schools::add_rubric(tx, &permit(), &rubric)?;
    let term = TermRow {
        school_id,
        id: "t".to_owned(),
        name: "2026 秋".to_owned(),
        starts_on,
        ends_on,
        rubric_id: "r".to_owned(),
    };
    schools::add_term(tx, &permit(), &term)?;
    tx.record(call, "school.found", "school/s", "")?;
    Ok(())
}
