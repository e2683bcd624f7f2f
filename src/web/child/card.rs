//! A child's own QR card: `GET, POST /c/{code}/{student}/card/{token}` for a device's camera, `POST /c/{code}/card` for
//! a scanner that types the address. Opening the address does nothing and checks nothing; only the tap does, so that a
//! prefetch signs nobody in and a wrong card is counted like a wrong PIN.

use actix_web::{HttpResponse, http::StatusCode, web};

use super::{
    door,
    enter::{self, Stay, at_door},
    speak,
};
use crate::{
    actions::sign_in::{AtDoor, Knock, Proof},
    domain::refusal::Refusal,
    keys::token::Token,
    screens::child::{CardPage, CardProblem, PinProblem},
    web::{failure::Failure, guard::Fields, visit::Visit},
};

/// Longest text of a scanner that is looked at.
const MOST_SCANNED: usize = 600;

/// `GET`: the child's tile with one button.
pub async fn show(
    visit: Visit,
    path: web::Path<(String, String, String)>,
) -> Result<HttpResponse, Failure> {
    let (door, student, _unread) = path.into_inner();
    let knock = to_class(door, student);
    let at = at_door(&visit, &knock).await?;
    Ok(discreet(visit.open_page(&page(&knock.door, &at, None))?))
}

/// `POST`: the tap.
pub async fn tap(
    visit: Visit,
    path: web::Path<(String, String, String)>,
    fields: Fields,
) -> Result<HttpResponse, Failure> {
    fields.finish()?;
    let (door, student, token) = path.into_inner();
    let knock = to_class(door, student);
    let at = at_door(&visit, &knock).await?;
    let proof = Token::parse(&token).map(Proof::Card);
    match enter::enter(&visit, &knock, proof).await? {
        Ok(inside) => Ok(discreet(inside)),
        Err(stay) => {
            let page = page(&knock.door, &at, Some(stay));
            Ok(discreet(stay.told(&visit, &page)?))
        }
    }
}

/// `POST /c/{code}/card`: what a scanner typed into the class page.
pub async fn scan(
    visit: Visit,
    code: web::Path<String>,
    mut fields: Fields,
) -> Result<HttpResponse, Failure> {
    let text = fields.need("card")?;
    fields.finish()?;
    let unknown = || door::again(&visit, &code, StatusCode::UNPROCESSABLE_ENTITY);
    let Some(card) = Scanned::read(&text).filter(|card| card.code.eq_ignore_ascii_case(&code))
    else {
        return unknown().await;
    };
    let knock = to_class(code.to_string(), card.student);
    match at_door(&visit, &knock).await {
        Ok(_there) => {}
        Err(Failure::Refused(Refusal::NotFound)) => return unknown().await,
        Err(other) => return Err(other),
    }
    let proof = Token::parse(&card.token).map(Proof::Card);
    match enter::enter(&visit, &knock, proof).await? {
        Ok(inside) => Ok(inside),
        Err(stay) => {
            let page = door::telling(&visit, &code, problem(stay), stay.seconds).await?;
            stay.told(&visit, &page)
        }
    }
}

/// A card leads into the class; to the post only while the window is closed.
const fn to_class(door: String, student: String) -> Knock {
    Knock {
        door,
        student,
        duty: false,
    }
}

/// The parts of a card's address.
#[derive(Debug, PartialEq, Eq)]
struct Scanned {
    code: String,
    student: String,
    token: String,
}

impl Scanned {
    /// Reads what a scanner typed. Caps lock and a Chinese keyboard's wide letters are undone: addresses of cards have
    /// small letters only.
    fn read(text: &str) -> Option<Self> {
        if text.len() > MOST_SCANNED {
            return None;
        }
        let plain: String = text.trim().chars().map(narrow).collect();
        let (_site, path) = plain.split_once("/c/")?;
        let parts: Vec<&str> = path.split('/').collect();
        let [code, student, "card", token] = parts.as_slice() else {
            return None;
        };
        Some(Self {
            code: (*code).to_owned(),
            student: (*student).to_owned(),
            token: (*token).to_owned(),
        })
    }
}

fn narrow(letter: char) -> char {
    let code = u32::from(letter);
    let narrow = match code {
        0xFF01..=0xFF5E => char::from_u32(code - 0xFEE0).unwrap_or(letter),
        _ => letter,
    };
    narrow.to_ascii_lowercase()
}

fn problem(stay: Stay) -> CardProblem {
    match stay.problem {
        PinProblem::Wrong => CardProblem::Old,
        PinProblem::Wait => CardProblem::Wait,
        PinProblem::Closed => CardProblem::Closed,
    }
}

fn page(code: &str, at: &AtDoor, stay: Option<Stay>) -> CardPage {
    let low = at.child.pin_kind != "digits";
    // While the window is closed the page names nobody.
    let shown = at.open.then_some(&at.child);
    CardPage {
        class_href: format!("/c/{code}"),
        low,
        name: shown.map(|c| speak::name(c, low)).unwrap_or_default(),
        avatar: shown.map(speak::avatar),
        problem: stay.map(problem),
        wait_seconds: stay.map_or(0, |s| s.seconds),
    }
}

/// The address is as good as a PIN: no other page learns it. Not `no-referrer`, under which browsers on plain http send
/// an Origin that says nothing, and the form would be refused.
fn discreet(response: HttpResponse) -> HttpResponse {
    crate::web::discreet::discreet(response, "strict-origin")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scanners_text_is_read_whatever_the_keyboard_does() {
        let card = Scanned::read("http://10.0.0.2:8080/c/123456/0190-ab/card/abc").unwrap();
        assert_eq!(
            (&*card.code, &*card.student, &*card.token),
            ("123456", "0190-ab", "abc")
        );
        for same in [
            " http://10.0.0.2:8080/c/123456/0190-ab/card/abc\r\n",
            "HTTP://10.0.0.2:8080/C/123456/0190-AB/CARD/ABC",
            "ｈｔｔｐ：／／10.0.0.2:8080／ｃ／123456／0190-ab／ｃａｒｄ／ａｂｃ",
            "/c/123456/0190-ab/card/abc",
        ] {
            assert_eq!(Scanned::read(same).as_ref(), Some(&card), "{same}");
        }
    }

    #[test]
    fn anything_else_is_no_card() {
        for other in [
            "",
            "6901234567892",
            "http://10.0.0.2/c/123456",
            "http://10.0.0.2/c/123456/0190/card",
            "http://10.0.0.2/c/123456/0190/card/a/b",
            "http://10.0.0.2/p/abc",
            &format!("/c/1/2/card/{}", "a".repeat(MOST_SCANNED)),
        ] {
            assert_eq!(Scanned::read(other), None, "{other}");
        }
    }
}
