//! Secrets and proofs: the server key, passwords, PINs, tokens, signed tickets, one-time codes and
//! the audit seal. The only room that draws randomness from the operating system; `actions` and
//! `web` come here whenever something must be hard to guess or hard to forge. Time is an argument.

pub mod audit_mac;
pub mod backoff;
pub mod base32;
pub mod bucket;
pub mod card;
pub mod family_link;
pub mod first_password;
pub mod form_key;
pub mod issuer;
pub mod jwt;
pub mod mac;
pub mod password;
pub mod password_policy;
pub mod pin;
pub mod random;
pub mod server_key;
pub mod slip_code;
pub mod token;
pub mod totp;
pub mod tries;
