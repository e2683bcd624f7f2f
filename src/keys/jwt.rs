//! Bearer tokens of the API: HS256 with the name of the server key in `kid` (S-13, S-15). The
//! header is read strictly before the library sees the token, and all times are compared here
//! with the `now` that is passed in: the library would take its own clock, round fractions of
//! seconds and allow a minute. A token alone is never enough; `sid` names a session that `storage`
//! must still know.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use serde::{Deserialize, Serialize};

use super::server_key::{KeyRing, Purpose};

/// Longest token that is looked at; ours have some 500 bytes.
pub const MOST_BYTES: usize = 2_048;
/// Longest life of a token in seconds; no session lives longer (S-11).
pub const LONGEST_LIFE: u64 = 12 * 3_600;

const ISSUER: &str = "starlight";
const AUDIENCE: &str = "starlight-api";

/// What a token says. Times are whole seconds since 1970, UTC.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Claims {
    pub iss: String,
    pub aud: String,
    /// Id of the person.
    pub sub: String,
    /// Id of the session in the database, which can be ended at once.
    pub sid: String,
    pub school: String,
    pub role: String,
    pub iat: u64,
    pub nbf: u64,
    pub exp: u64,
}

/// Whom a token is for.
#[derive(Debug, Clone, Copy)]
pub struct Bearer<'a> {
    pub person: &'a str,
    pub session: &'a str,
    pub school: &'a str,
    pub role: &'a str,
}

/// The token is not ours, not now or not well formed. Deliberately without a reason: every case
/// is answered with the same 401.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct BadToken;

impl std::fmt::Display for BadToken {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("not a valid token")
    }
}

impl std::error::Error for BadToken {}

/// Signs and checks tokens. Made once at start.
pub struct Signer {
    kid: String,
    sign: EncodingKey,
    check: Vec<(String, DecodingKey)>,
    rules: Validation,
}

impl Signer {
    pub fn new(ring: &KeyRing) -> Self {
        let current = ring.current(Purpose::Jwt);
        Self {
            sign: EncodingKey::from_secret(current.bytes()),
            kid: current.id,
            check: ring
                .all(Purpose::Jwt)
                .map(|key| (key.id.clone(), DecodingKey::from_secret(key.bytes())))
                .collect(),
            rules: rules(),
        }
    }

    /// A token that holds from `now` for `life` seconds, at most [`LONGEST_LIFE`].
    pub fn issue(&self, bearer: Bearer<'_>, now: u64, life: u64) -> Result<String, BadToken> {
        let claims = Claims {
            iss: ISSUER.to_owned(),
            aud: AUDIENCE.to_owned(),
            sub: bearer.person.to_owned(),
            sid: bearer.session.to_owned(),
            school: bearer.school.to_owned(),
            role: bearer.role.to_owned(),
            iat: now,
            nbf: now,
            exp: now.saturating_add(life.min(LONGEST_LIFE)),
        };
        let mut header = Header::new(Algorithm::HS256);
        header.kid = Some(self.kid.clone());
        jsonwebtoken::encode(&header, &claims, &self.sign).or(Err(BadToken))
    }

    /// What a token says, if it is one of ours and holds at `now`.
    pub fn check(&self, token: &str, now: u64) -> Result<Claims, BadToken> {
        let key = self.key_for(token)?;
        let data = jsonwebtoken::decode::<Claims>(token, key, &self.rules).or(Err(BadToken))?;
        let claims = data.claims;
        let lives = claims.nbf <= now && claims.iat <= now && now < claims.exp;
        let ours = claims.iss == ISSUER && claims.aud == AUDIENCE;
        let short = claims.exp.saturating_sub(claims.iat) <= LONGEST_LIFE;
        (lives && ours && short).then_some(claims).ok_or(BadToken)
    }

    fn key_for(&self, token: &str) -> Result<&DecodingKey, BadToken> {
        if token.len() > MOST_BYTES {
            return Err(BadToken);
        }
        let (first, rest) = token.split_once('.').ok_or(BadToken)?;
        if rest.split('.').count() != 2 {
            return Err(BadToken);
        }
        let json = URL_SAFE_NO_PAD.decode(first).or(Err(BadToken))?;
        let header: OurHeader = serde_json::from_slice(&json).or(Err(BadToken))?;
        if header.typ != "JWT" || header.alg != "HS256" {
            return Err(BadToken);
        }
        let known = self.check.iter().find(|(id, _)| *id == header.kid);
        known.map(|(_, key)| key).ok_or(BadToken)
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Signer({}, hidden)", self.kid)
    }
}

/// The only header we write, hence the only one we read: no `jwk`, `jku`, `x5u`, `crit`.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct OurHeader {
    typ: String,
    alg: String,
    kid: String,
}

fn rules() -> Validation {
    let mut rules = Validation::new(Algorithm::HS256);
    rules.set_issuer(&[ISSUER]);
    rules.set_audience(&[AUDIENCE]);
    rules.set_required_spec_claims(&["iss", "aud", "exp", "nbf", "sub"]);
    // Compared by `check` with the time it was given.
    rules.validate_exp = false;
    rules.validate_nbf = false;
    rules
}

#[cfg(test)]
mod tests;
