//! S-85: every way of doctoring the audit log is noticed, at the right entry.

use super::*;

fn fields(n: u64) -> Vec<String> {
    vec![
        format!("2026-09-01T08:00:{n:02}Z"),
        "office-1".into(),
        "export".into(),
        String::new(),
        format!("object-{n}"),
    ]
}

fn chain(ring: &KeyRing, entries: u64) -> Vec<Entry> {
    let mut end = GENESIS;
    (1..=entries)
        .map(|n| {
            let entry = seal(ring, end, fields(n));
            end = entry.link();
            entry
        })
        .collect()
}

fn check(ring: &KeyRing, log: &[Entry], point: &Checkpoint, seq: u64, why: Why) {
    assert_eq!(
        verify(ring, GENESIS, log, Some(point)),
        Err(Broken { seq, why })
    );
}

#[test]
fn an_untouched_log_is_intact_and_may_have_grown_since_the_checkpoint() {
    let ring = KeyRing::fresh().unwrap();
    let log = chain(&ring, 30);
    let point = checkpoint(&ring, log[19].link());
    assert_eq!(
        verify(&ring, GENESIS, &log, Some(&point)),
        Ok(log[29].link())
    );
    assert_eq!(verify(&ring, GENESIS, &[], None), Ok(GENESIS));
}

#[test]
fn each_way_of_doctoring_is_found_where_it_was_done() {
    let ring = KeyRing::fresh().unwrap();
    let log = chain(&ring, 20);
    let point = checkpoint(&ring, log[19].link());

    for (n, field) in [(0, 0), (7, 2), (19, 4)] {
        let mut flipped = log.clone();
        flipped[n].fields[field].push('x');
        check(&ring, &flipped, &point, flipped[n].seq, Why::Changed);
    }
    let mut flipped = log.clone();
    flipped[4].mac[31] ^= 1;
    check(&ring, &flipped, &point, 5, Why::Changed);

    let mut deleted = log.clone();
    deleted.remove(9);
    check(&ring, &deleted, &point, 10, Why::Missing);

    let mut renumbered = deleted.clone();
    for (entry, seq) in renumbered.iter_mut().zip(1..) {
        entry.seq = seq;
    }
    check(&ring, &renumbered, &point, 10, Why::Changed);

    let mut swapped = log.clone();
    swapped.swap(3, 4);
    check(&ring, &swapped, &point, 4, Why::Missing);
    (swapped[3].seq, swapped[4].seq) = (4, 5);
    check(&ring, &swapped, &point, 4, Why::Changed);

    let mut moved = log.clone();
    let text = moved[6].fields[4].pop().unwrap();
    moved[6].fields[3].push(text);
    check(&ring, &moved, &point, 7, Why::Changed);

    check(&ring, &log[1..], &point, 1, Why::Missing);
    check(&ring, &log[..15], &point, 16, Why::TailMissing);
    check(&ring, &[], &point, 1, Why::TailMissing);
}

#[test]
fn a_chain_restamped_with_another_key_is_refused() {
    let ring = KeyRing::fresh().unwrap();
    let thief = KeyRing::fresh().unwrap();
    let point = checkpoint(&ring, chain(&ring, 5)[4].link());
    let mut forged = chain(&thief, 5);
    check(&ring, &forged, &point, 1, Why::UnknownKey);
    for entry in &mut forged {
        entry.key_id = ring.current(Purpose::Audit).id;
    }
    check(&ring, &forged, &point, 1, Why::Changed);
}

#[test]
fn a_checkpoint_cannot_be_written_afresh() {
    let ring = KeyRing::fresh().unwrap();
    let log = chain(&ring, 9);
    let mut point = checkpoint(&ring, log[8].link());
    point.end = log[5].link();
    check(&ring, &log[..6], &point, 6, Why::ForgedCheckpoint);
}

#[test]
fn a_line_reads_back() {
    let ring = KeyRing::fresh().unwrap();
    let point = checkpoint(&ring, chain(&ring, 3)[2].link());
    assert_eq!(Checkpoint::from_line(&point.to_line()), Some(point));
    for bad in ["", "1 2 3 4", "x"] {
        assert_eq!(Checkpoint::from_line(bad), None);
    }
}

#[test]
fn old_entries_may_go_and_the_key_may_change() {
    let old = KeyRing::fresh().unwrap();
    let mut log = chain(&old, 10);
    let new = old.rotated().unwrap();
    let next = seal(&new, log[9].link(), fields(11));
    log.push(next);
    assert_eq!(verify(&new, GENESIS, &log, None), Ok(log[10].link()));
    let start = log[3].link();
    assert_eq!(verify(&new, start, &log[4..], None), Ok(log[10].link()));
}
