//! `starlight demo`: a school of 2,000 children to look at, written through the same actions as real use. A second
//! start reuses the data, opens the sign-in windows again and prints the same sheet.

mod deeds;
mod desk;
mod duty;
mod festivals;
mod objections;
mod people;
mod rounds;
mod secrets;
mod sheet;
mod wishes;
pub mod world;

use std::{
    fs,
    io::Write as _,
    net::TcpListener,
    path::{Path, PathBuf},
    process::ExitCode,
    sync::Arc,
};

use anyhow::Context as _;
use chrono::{Datelike, NaiveDate};
use clap::Args;

use self::{
    desk::Desk,
    people::People,
    secrets::Secrets,
    sheet::Sheet,
    world::{Plan, World},
};
use super::progress::Progress;
use crate::{
    actions::{
        Acted, class_room, founding, new_id,
        session::{self, Kind, Origin},
        terms,
    },
    domain::{
        actor::{Actor, Call},
        badges::Rules,
        ids::{SchoolId, ScreenId, StaffId},
    },
    exchange::badges_toml,
    keys::{mac, password, server_key::KeyRing},
    storage::{DatabaseUrl, Migrate, Store, displays, schools, staff},
    web::{
        app::{self, App},
        guard::{Guard, Transport},
        server,
    },
};

/// The same school for everybody.
const SEED: u64 = 20_260_901;
const TIMEZONE: chrono_tz::Tz = chrono_tz::Asia::Shanghai;

/// `starlight demo`.
#[derive(Args, Debug)]
pub struct DemoArgs {
    /// Folder of the demo's data and secrets
    #[arg(long, default_value = "starlight-demo")]
    pub data: PathBuf,
    /// Address to serve on; port 0 takes a free one
    #[arg(long, default_value = "127.0.0.1:8080")]
    pub listen: String,
    /// Throw the data of earlier starts away
    #[arg(long)]
    pub fresh: bool,
    /// Make the school and print the sheet, do not serve
    #[arg(long)]
    pub prepare_only: bool,
    /// Print the sign-in sheet as JSON
    #[arg(long)]
    pub json: bool,
}

/// Runs the command.
pub fn run(args: &DemoArgs) -> anyhow::Result<ExitCode> {
    let listener = TcpListener::bind(&args.listen)
        .with_context(|| format!("cannot listen on {}", args.listen))?;
    let address = format!("http://{}", listener.local_addr()?);
    if args.fresh && secrets::path(&args.data).exists() {
        fs::remove_dir_all(&args.data).context("cannot remove the old demo")?;
    }
    fs::create_dir_all(&args.data).context("cannot make the data folder")?;
    let rules = badges_toml::built_in()?;
    let (desk, world) = open(&args.data)?;
    let ready = secrets::path(&args.data).exists();
    let desk = if ready {
        reopen(desk)?
    } else {
        make(desk, &world, &rules, &args.data)?
    };
    let people = people::known(&desk, &world)?;
    open_windows(&desk, &world, &people)?;
    duty::open(&desk)?;
    let kept = Secrets::load(&args.data)?;
    let sheet = sheet::read(&desk, &world, &people, &kept, &address)?;
    print(args, &sheet, &world)?;
    if args.prepare_only {
        return Ok(ExitCode::SUCCESS);
    }
    serve(listener, desk, &sheet, &world, rules)?;
    Ok(ExitCode::SUCCESS)
}

fn print(args: &DemoArgs, sheet: &Sheet, world: &World) -> anyhow::Result<()> {
    let mut out = std::io::stdout().lock();
    if args.json {
        serde_json::to_writer(&mut out, sheet)?;
        out.write_all(b"\n")?;
    } else {
        out.write_all(sheet::print(sheet, world).as_bytes())?;
    }
    Ok(out.flush()?)
}

fn open(data: &Path) -> anyhow::Result<(Desk, World)> {
    let ring = Arc::new(KeyRing::open_or_create(&data.join("starlight.key"))?);
    let file = data.join("starlight.db");
    // A demo that was interrupted while it was made begins anew.
    if !secrets::path(data).exists() && file.exists() {
        for name in ["starlight.db", "starlight.db-wal", "starlight.db-shm"] {
            let _ = fs::remove_file(data.join(name));
        }
    }
    let url =
        DatabaseUrl::parse(&format!("sqlite:{}", file.display())).map_err(anyhow::Error::msg)?;
    let store = Store::open(&url, ring.clone(), Migrate::Run)?;
    let now = chrono::Utc::now().timestamp_millis();
    let date = session::date_at(now, TIMEZONE);
    let plan = Plan::around(date);
    let world = World::build(SEED, plan.school_year);
    let desk = Desk {
        store,
        ring,
        school: SchoolId::new(new_id()),
        plan,
        now,
        date,
    };
    Ok((desk, world))
}

/// The demo of an earlier start: its open round stays open however long ago that was.
fn reopen(desk: Desk) -> anyhow::Result<Desk> {
    let rows = desk.store.read_here(schools::all)?;
    let school = rows
        .first()
        .context("the demo's database holds no school; start with --fresh")?;
    Ok(Desk {
        school: SchoolId::new(school.id.clone()),
        ..desk
    })
}

fn make(desk: Desk, world: &World, rules: &Rules, data: &Path) -> anyhow::Result<Desk> {
    let progress = Progress::start("demo", 12);
    let mut kept = Secrets::fresh()?;
    found(&desk, world, &kept)?;
    progress.step();
    kept.teachers = people::import(&desk, world)?.into_iter().collect();
    progress.step();
    people::complete(&desk, world)?;
    progress.step();
    let people = people::known(&desk, world)?;
    rounds::make(&desk, world, &people, rules, &progress)?;
    objections::file(&desk, world, &people, rules)?;
    deeds::make(&desk, world, &people)?;
    wishes::make(&desk, &people)?;
    festivals::make(&desk, world, &people)?;
    rounds::recount(&desk, rules)?;
    pair_screens(&desk, world, &people, &mut kept)?;
    kept.save(data)?;
    Ok(desk)
}

fn found(desk: &Desk, world: &World, kept: &Secrets) -> anyhow::Result<()> {
    let call = desk.start();
    let hash = password::hash(&kept.office_password)?;
    let (name, office, totp) = (world.school, world.office.clone(), kept.office_totp.clone());
    let plan = desk.plan.clone();
    let origin = Origin {
        now: call.now,
        ip: String::new(),
        request_id: String::new(),
        timezone: TIMEZONE,
    };
    desk.store.write_here(move |tx| {
        let founded = founding::found(tx, &call, name, TIMEZONE.name())?;
        let token = founded.setup.hash().hex();
        let admin =
            founding::set_up_first_admin(tx, &origin, &token, office.login, &office.name, &hash)?;
        staff::set_totp(
            tx,
            &call.school,
            &StaffId::new(admin.id),
            Some(&totp),
            0,
            "",
        )?;
        let term = terms::Span {
            name: term_name(plan.school_year, plan.term_starts),
            starts_on: plan.term_starts,
            ends_on: plan.term_ends,
        };
        terms::plan(tx, &call, &term)?;
        Acted::Ok(())
    })?;
    Ok(())
}

/// As schools say it: a term that begins from August to January is the first of its school year.
fn term_name(year: i32, starts: NaiveDate) -> String {
    let half = match starts.month() {
        2..=7 => "二",
        _ => "一",
    };
    format!("{year}—{} 学年第{half}学期", year + 1)
}

fn pair_screens(
    desk: &Desk,
    world: &World,
    people: &People,
    kept: &mut Secrets,
) -> anyhow::Result<()> {
    let firsts = world
        .classes
        .iter()
        .zip(&people.classes)
        .filter(|(c, _)| c.first_of_segment);
    let mut wanted: Vec<(&str, Option<String>, String)> =
        vec![("hall", None, world.school.to_owned())];
    wanted.extend(firsts.map(|(c, id)| ("classroom", Some(id.to_string()), c.name.clone())));
    for (kind, class, name) in wanted {
        let token = Secrets::screen_token()?;
        let row = displays::ScreenRow {
            school_id: desk.school.to_string(),
            id: new_id(),
            name,
            kind: kind.to_owned(),
            class_id: class,
            paired_by: String::new(),
            paired_at: desk.now,
            revoked_at: None,
        };
        kept.screens.insert(row.id.clone(), token.clone());
        let call = desk.today();
        desk.store.write_here(move |tx| {
            displays::add_screen(tx, &call.actor.run_displays(None)?, &row)?;
            let session = mac::hex(&mac::sha256(token.as_bytes()));
            let who = Call {
                actor: Actor::Screen {
                    id: ScreenId::new(row.id.clone()),
                    class: None,
                },
                ..call
            };
            session::begin_as(tx, &who, Kind::Screen, &row.id, None, "demo", &session)
        })?;
    }
    Ok(())
}

/// The first class of each segment can sign in for the next hour.
fn open_windows(desk: &Desk, world: &World, people: &People) -> anyhow::Result<()> {
    let firsts = world
        .classes
        .iter()
        .zip(&people.classes)
        .filter(|(c, _)| c.first_of_segment);
    let ids: Vec<_> = firsts.map(|(_, id)| id.clone()).collect();
    let call = desk.today();
    desk.store.write_here(move |tx| {
        for id in &ids {
            class_room::set_window(tx, &call, id, 60)?;
        }
        Acted::Ok(())
    })?;
    Ok(())
}

fn serve(
    listener: TcpListener,
    desk: Desk,
    sheet: &Sheet,
    world: &World,
    rules: Rules,
) -> anyhow::Result<()> {
    let transport = Transport::LanHttp;
    let guard = Guard::new(transport, &desk.ring, app::cookie_names());
    let app = App::new(
        desk.store,
        desk.ring,
        rules,
        TIMEZONE,
        sheet.address.clone(),
        transport,
    )?
    .with_demo(sheet::doors(sheet, world));
    password::warm_up();
    super::serve::log();
    server::run(listener, app, guard)?;
    Ok(())
}
