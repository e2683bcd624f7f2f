//! The office at work, on a small school in a fresh SQLite file: rule, calendar, accounts, backups, configuration.

mod backups;
mod backups_postgres;
mod configuration;
mod doctor;
mod founding;
mod school;
mod terms;
mod weights;
