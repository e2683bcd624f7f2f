//! Secrets.
pub mod audit_mac;
