//! View models of the pages before anybody is known: doors, staff sign-in, set-up, errors.

use serde::Serialize;

use super::engine::Page;
use super::parts::Qr;

/// `GET /`: five doors. The class code form asks `GET /?code=201`; the handler answers with a
/// redirect to `/c/201`, or shows the doors again with `unknown_code`.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Doors {
    /// Ready addresses and logins; only in a demo school.
    pub demo: Option<DemoSheet>,
    /// The code typed before was not found; shown again in the field.
    pub unknown_code: Option<String>,
}

impl Page for Doors {
    const TEMPLATE: &'static str = "public/doors.html";
    const TITLE_KEY: &'static str = "doors-title";
}

/// What a demo school hands out at its doors.
#[derive(Debug, Clone, Default, Serialize)]
pub struct DemoSheet {
    pub classes: Vec<DemoClass>,
    pub teachers: Vec<DemoLogin>,
    pub office: Vec<DemoLogin>,
    pub families: Vec<DemoLink>,
    pub screens: Vec<DemoLink>,
}

/// A class page and one child of it with its secret, in words or digits.
#[derive(Debug, Clone, Serialize)]
pub struct DemoClass {
    pub name: String,
    pub href: String,
    pub child: String,
    /// Picture ids, drawn on the page; empty when the class uses digits.
    pub pictures: Vec<String>,
    /// Digits; empty when the class uses pictures.
    pub digits: String,
}

/// A staff login.
#[derive(Debug, Clone, Serialize)]
pub struct DemoLogin {
    pub name: String,
    /// Fluent key, such as `role-homeroom`.
    pub role_key: String,
    pub detail: String,
    pub login: String,
    pub password: String,
    /// Secret for the authenticator; empty when the account has none.
    pub totp_secret: String,
}

/// An address with a name.
#[derive(Debug, Clone, Serialize)]
pub struct DemoLink {
    pub name: String,
    pub href: String,
}

/// `GET, POST /sign-in` (fields `login`, `password`, `code`, hidden `next`).
#[derive(Debug, Clone, Default, Serialize)]
pub struct SignIn {
    /// What was typed before.
    pub login: String,
    /// Where to go afterwards; a path of ours or empty.
    pub next: String,
    pub problem: Option<SignInProblem>,
    /// Seconds to wait, with [`SignInProblem::Wait`].
    pub wait_seconds: u32,
}

impl Page for SignIn {
    const TEMPLATE: &'static str = "public/sign-in.html";
    const TITLE_KEY: &'static str = "sign-in-title";
}

/// Why the sign-in did not work; never says which of the fields was wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignInProblem {
    Wrong,
    Wait,
    Ended,
}

/// `GET, POST /password` (fields `old`, `new`, `again`).
#[derive(Debug, Clone, Default, Serialize)]
pub struct PasswordPage {
    /// First sign-in: the printed password has to be changed.
    pub first: bool,
    pub min_length: u32,
    pub problem: Option<PasswordProblem>,
}

impl Page for PasswordPage {
    const TEMPLATE: &'static str = "public/password.html";
    const TITLE_KEY: &'static str = "password-title";
}

/// Why a password was not taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum PasswordProblem {
    WrongOld,
    Short,
    Common,
    Same,
    Differs,
}

/// `GET, POST /enrol` (field `code`): a second factor for the account.
#[derive(Debug, Clone, Serialize)]
pub struct EnrolPage {
    pub qr: Qr,
    /// The same secret as text, in groups of four.
    pub secret: String,
    pub wrong_code: bool,
}

impl Page for EnrolPage {
    const TEMPLATE: &'static str = "public/enrol.html";
    const TITLE_KEY: &'static str = "enrol-title";
}

/// `GET, POST /setup/{token}` (fields `login`, `name`, `password`, `again`): the first administrator.
#[derive(Debug, Clone, Default, Serialize)]
pub struct SetupPage {
    /// The form's address.
    pub action: String,
    /// Given by `starlight init`, not to be changed here.
    pub school: String,
    pub login: String,
    pub name: String,
    pub min_length: u32,
    pub problem: Option<PasswordProblem>,
    /// The login has characters that cannot be typed everywhere, or is taken.
    pub bad_login: bool,
}

impl Page for SetupPage {
    const TEMPLATE: &'static str = "public/setup.html";
    const TITLE_KEY: &'static str = "setup-title";
}

/// An answer that is not the page asked for, in words of the person asking.
#[derive(Debug, Clone, Serialize)]
pub struct ErrorPage {
    /// 403, 404, 409, 410, 413, 429, 500, 503; others are shown as 500.
    pub status: u16,
    /// `error-403` and so on: the Fluent key with attributes `.what` and `.next`.
    key: String,
    /// A path of ours to go on; `/` when nothing is better.
    pub back: String,
    /// Printed small, for whoever is asked for help.
    pub request_id: String,
    /// Seconds, with 429 and 503; 0 says nothing.
    pub wait_seconds: u32,
}

impl ErrorPage {
    /// The page for a status.
    pub fn new(status: u16, back: &str, request_id: &str) -> Self {
        let known = match status {
            403 | 404 | 409 | 410 | 413 | 429 | 503 => status,
            400 | 422 => 400,
            _ => 500,
        };
        Self {
            status,
            key: format!("error-{known}"),
            back: back.to_owned(),
            request_id: request_id.to_owned(),
            wait_seconds: 0,
        }
    }
}

impl Page for ErrorPage {
    const TEMPLATE: &'static str = "public/error.html";
    const TITLE_KEY: &'static str = "error-title";
}
