//! Writes `badges.csv` (interfaces.md); used by `starlight score` and `export badges`.

use crate::domain::badges::Award;

const COLUMNS: [&str; 6] = [
    "recipient_kind",
    "recipient",
    "badge",
    "tier",
    "round",
    "evidence",
];

/// The file as text: a header, then one row per award in the order given (sorted by key as
/// `evaluate` returns them), LF, quotes only where needed.
///
/// # Errors
/// None in practice: the writer fails only where memory does.
pub fn write(awards: &[Award]) -> Result<Vec<u8>, csv::Error> {
    let mut writer = csv::WriterBuilder::new().from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for Award { key, evidence, .. } in awards {
        let kind = key.recipient_kind.key();
        writer.write_record([
            kind,
            &key.recipient,
            &key.badge,
            &key.tier,
            &key.round,
            evidence,
        ])?;
    }
    writer
        .into_inner()
        .map_err(|error| csv::Error::from(error.into_error()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::badges::{Key, Recipient};

    #[test]
    fn a_header_and_rows() {
        let key = Key {
            recipient_kind: Recipient::Student,
            recipient: "202401".to_owned(),
            badge: "starlight_student.virtue".to_owned(),
            tier: "star".to_owned(),
            round: "week, 1".to_owned(),
        };
        let award = Award {
            key,
            evidence: "virtue=4.25;voices=3".to_owned(),
            rests_on_peer: true,
        };
        let text = String::from_utf8(write(&[award]).unwrap()).unwrap();
        assert_eq!(
            text,
            "recipient_kind,recipient,badge,tier,round,evidence\nstudent,202401,starlight_student.virtue,star,\"week, 1\",virtue=4.25;voices=3\n"
        );
    }
}
