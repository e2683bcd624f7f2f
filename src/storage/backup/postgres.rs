//! PostgreSQL: `pg_dump` and `pg_restore` do the copying, into a fresh database that then takes the name.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use diesel::{
    Connection, PgConnection, RunQueryDsl, connection::SimpleConnection, sql_query, sql_types::Text,
};

use super::{
    Links, Restored, Sealed, broken,
    check::Line,
    files::Part,
    prepare::{TakenBack, prepare},
    seal,
};
use crate::storage::{
    audit::AuditKeys,
    engine::{DatabaseUrl, Db},
    error::Stored,
};

/// A connection URL taken apart, so that another database of the server can be named and the password stays off the
/// command line.
struct Address {
    /// `postgres://user@host:port`
    server: String,
    password: Option<String>,
    database: String,
    /// `?…` or nothing.
    query: String,
}

impl Address {
    fn parse(url: &str) -> Stored<Self> {
        let unclear = || broken("database_url needs the form postgres://user@host/database");
        let (scheme, rest) = url.split_once("://").ok_or_else(unclear)?;
        let (rest, query) = match rest.split_once('?') {
            Some((rest, query)) => (rest, format!("?{query}")),
            None => (rest, String::new()),
        };
        let (place, database) = rest.split_once('/').ok_or_else(unclear)?;
        let (who, host) = place.rsplit_once('@').unwrap_or(("", place));
        let (user, password) = match who.split_once(':') {
            Some((user, password)) => (user, Some(decoded(password))),
            None => (who, None),
        };
        if database.is_empty() || database.contains(['"', '%']) {
            return Err(unclear());
        }
        let at = if user.is_empty() { "" } else { "@" };
        Ok(Self {
            server: format!("{scheme}://{user}{at}{host}"),
            password,
            database: database.to_owned(),
            query,
        })
    }

    fn url_of(&self, database: &str) -> String {
        format!("{}/{database}{}", self.server, self.query)
    }

    fn run(&self, tool: &str, database: &str, arguments: &[&std::ffi::OsStr]) -> Stored<()> {
        let mut command = Command::new(tool);
        command
            .args(arguments)
            .arg("--dbname")
            .arg(self.url_of(database));
        if let Some(password) = &self.password {
            command.env("PGPASSWORD", password);
        }
        let done = command.stdin(Stdio::null()).output().map_err(|e| {
            broken(format!(
                "{tool} could not be run ({e}): install PostgreSQL's client programs"
            ))
        })?;
        if done.status.success() {
            return Ok(());
        }
        let said = String::from_utf8_lossy(&done.stderr);
        Err(broken(format!("{tool} failed: {}", said.trim())))
    }
}

fn decoded(text: &str) -> String {
    let mut bytes = Vec::new();
    let mut rest = text.bytes();
    while let Some(byte) = rest.next() {
        let pair = || -> Option<u8> {
            let mut ahead = rest.clone();
            let digits = [ahead.next()?, ahead.next()?];
            u8::from_str_radix(std::str::from_utf8(&digits).ok()?, 16).ok()
        };
        match (byte, pair()) {
            (b'%', Some(value)) => {
                bytes.push(value);
                rest.nth(1);
            }
            _ => bytes.push(byte),
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

/// Writes an archive of the database.
pub fn dump(url: &str, to: &Path) -> Stored<()> {
    let address = Address::parse(url)?;
    let options = ["--format=custom", "--no-owner", "--no-privileges", "--file"];
    let mut arguments: Vec<&std::ffi::OsStr> = options.iter().map(AsRef::as_ref).collect();
    arguments.push(to.as_os_str());
    address.run("pg_dump", &address.database, &arguments)
}

/// Restores into a fresh database, which then takes the name; the one of before is kept under another.
pub fn restore(
    url: &str,
    keys: &AuditKeys,
    from: &Path,
    sealed: &Sealed,
    links: Links,
    now: i64,
) -> Stored<Restored> {
    let address = Address::parse(url)?;
    let part = Part::beside(from)?;
    seal::copy_body(from, sealed, keys, part.path())?;
    let mut server = Server::connect(url, &address)?;
    let present = match server.has(&address.database)? {
        true => {
            server.refuse_in_use(&address.database)?;
            let gone = Db::open(&DatabaseUrl::Postgres(url.to_owned()))
                .and_then(|mut db| TakenBack::read(&mut db));
            Some(gone.ok())
        }
        false => None,
    };
    let fresh = format!("{}_restoring", address.database);
    server.make(&fresh)?;
    let filled = fill(&address, url, &fresh, part.path()).and_then(|mut db| {
        let gone = present.as_ref().and_then(Option::as_ref);
        prepare(&mut db, keys, gone, links, sealed.made_at, now)
    });
    let (migrated, links_revoked) = match filled {
        Ok(done) => done,
        Err(error) => {
            let _ = server.drop(&fresh);
            return Err(error);
        }
    };
    let before = present.map(|_| format!("{}_before_{now}", address.database));
    server.switch(&address.database, before.as_deref(), &fresh)?;
    Ok(Restored {
        made_at: sealed.made_at,
        before,
        migrated,
        links_revoked,
    })
}

fn fill(address: &Address, url: &str, fresh: &str, archive: &Path) -> Stored<Db> {
    let options = [
        "--exit-on-error",
        "--single-transaction",
        "--no-owner",
        "--no-privileges",
    ];
    let mut arguments: Vec<&std::ffi::OsStr> = options.iter().map(AsRef::as_ref).collect();
    arguments.push(archive.as_os_str());
    address.run("pg_restore", fresh, &arguments)?;
    Db::open(&DatabaseUrl::Postgres(renamed(url, address, fresh)))
}

/// The URL with its password, for another database.
fn renamed(url: &str, address: &Address, database: &str) -> String {
    let without_query = url.split('?').next().unwrap_or(url);
    let base = without_query
        .strip_suffix(&address.database)
        .unwrap_or(without_query);
    format!("{base}{database}{}", address.query)
}

/// A connection to the server's own database, for making and naming others.
struct Server(PgConnection);

impl Server {
    fn connect(url: &str, address: &Address) -> Stored<Self> {
        let conn = PgConnection::establish(&renamed(url, address, "postgres")).map_err(broken)?;
        Ok(Self(conn))
    }

    fn count(&mut self, query: &str, database: &str) -> Stored<String> {
        let line: Line = sql_query(query)
            .bind::<Text, _>(database)
            .get_result(&mut self.0)?;
        Ok(line.line)
    }

    fn has(&mut self, database: &str) -> Stored<bool> {
        let query = "SELECT count(*)::text AS line FROM pg_database WHERE datname = $1";
        Ok(self.count(query, database)? != "0")
    }

    /// Connections that are just being closed get two seconds.
    fn refuse_in_use(&mut self, database: &str) -> Stored<()> {
        let query = "SELECT count(*)::text AS line FROM pg_stat_activity WHERE datname = $1";
        for _ in 0..20 {
            if self.count(query, database)? == "0" {
                return Ok(());
            }
            std::thread::sleep(std::time::Duration::from_millis(100));
        }
        Err(broken(
            "the database is in use: stop `starlight serve` first",
        ))
    }

    fn make(&mut self, database: &str) -> Stored<()> {
        self.drop(database)?;
        let query = format!("CREATE DATABASE \"{database}\" TEMPLATE template0");
        Ok(self.0.batch_execute(&query)?)
    }

    fn drop(&mut self, database: &str) -> Stored<()> {
        let query = format!("DROP DATABASE IF EXISTS \"{database}\"");
        Ok(self.0.batch_execute(&query)?)
    }

    fn switch(&mut self, live: &str, before: Option<&str>, fresh: &str) -> Stored<()> {
        let away = before.map_or_else(String::new, |before| {
            format!("ALTER DATABASE \"{live}\" RENAME TO \"{before}\";")
        });
        let query =
            format!("BEGIN; {away} ALTER DATABASE \"{fresh}\" RENAME TO \"{live}\"; COMMIT;");
        Ok(self.0.batch_execute(&query)?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_taken_apart_without_its_password() {
        let url = "postgres://star:p%40ss%3A1@db.local:5433/district?connect_timeout=5";
        let address = Address::parse(url).unwrap();
        assert_eq!(address.password.as_deref(), Some("p@ss:1"));
        assert_eq!(
            address.url_of("district"),
            "postgres://star@db.local:5433/district?connect_timeout=5"
        );
        assert_eq!(
            renamed(url, &address, "postgres"),
            "postgres://star:p%40ss%3A1@db.local:5433/postgres?connect_timeout=5"
        );
        assert!(Address::parse("postgres://db.local").is_err());
    }
}
