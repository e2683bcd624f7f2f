//! The data room and the only place that names diesel. `Store` is its one door: `read` gives a [`Db`], `write` a [`Tx`];
//! every function below takes one of the two, the school, and a permit where another person's data is touched.

pub mod access;
pub mod appeals;
pub mod audit;
pub mod backup;
pub mod corrections;
pub mod displays;
pub mod duty;
mod engine;
mod error;
pub mod extensions;
pub mod goals;
pub mod kept_apart;
pub mod moments;
pub mod practices;
pub mod praises;
pub mod recalls;
pub mod releases;
pub mod results;
pub mod rounds;
mod schema;
mod schema_children;
mod schema_results;
pub mod schools;
pub mod sheets;
pub mod staff;
pub mod stays;
mod store;
pub mod students;
mod writer;

pub use audit::AuditKeys;
pub use engine::{DatabaseUrl, Db};
pub use error::{StorageError, Stored};
pub use store::{Migrate, Store, Tx};
