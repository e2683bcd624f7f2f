//! What stands before and behind every handler: paths and sizes checked before routing, one
//! request id and log line, security headers on every answer, the client's address, CSRF, strict
//! bodies and cookies. `web/routes.rs` installs it with two lines:
//!
//! ```ignore
//! App::new()
//!     .app_data(Data::from(guard.clone()))       // Arc<Guard>, made once
//!     .wrap(from_fn(csrf::middleware))
//!     .wrap(from_fn(envelope::middleware))       // added last, hence outermost
//! ```

pub mod client_ip;
pub mod config;
pub mod cookies;
pub mod csrf;
pub mod envelope;
pub mod fields;
pub mod headers;
pub mod limits;
pub mod path;
pub mod queue;
pub mod request_id;
pub mod strict_json;
pub mod throttle;

pub use client_ip::ClientIp;
pub use config::{Guard, Transport};
pub use fields::{Boxes, Fields};
pub use queue::HashQueue;
pub use strict_json::StrictJson;
pub use throttle::Throttle;
