//! Tables of what was published and of what was put right afterwards, as both engines have them; the continuation of
//! `schema`.

diesel::table! {
    publications (school_id, round_id, revision) {
        school_id -> Text,
        round_id -> Text,
        revision -> Integer,
        published_at -> BigInt,
        published_by -> Text,
        rubric_id -> Text,
        ranking -> Text,
        reason -> Text,
        moved_children -> Integer,
        moved_classes -> Integer,
    }
}

diesel::table! {
    published_classes (school_id, round_id, revision, class_id) {
        school_id -> Text,
        round_id -> Text,
        revision -> Integer,
        class_id -> Text,
        results -> Text,
    }
}

diesel::table! {
    peer_releases (school_id, term_id, student_id) {
        school_id -> Text,
        term_id -> Text,
        student_id -> Text,
        round_id -> Text,
        raters -> Integer,
        basis -> Text,
        released_at -> BigInt,
    }
}

diesel::table! {
    awards (school_id, id) {
        school_id -> Text,
        id -> Text,
        recipient_kind -> Text,
        recipient_id -> Text,
        badge -> Text,
        tier -> Text,
        term_id -> Text,
        period -> Text,
        evidence -> Text,
        rule_version -> Text,
        rests_on_peer -> Bool,
        needs_yes -> Bool,
        awarded_at -> BigInt,
        confirmed_at -> Nullable<BigInt>,
        confirmed_by -> Nullable<Text>,
        visible_at -> Nullable<BigInt>,
        released_at -> Nullable<BigInt>,
        released_by -> Nullable<Text>,
        doubted -> Nullable<Text>,
        revoked_at -> Nullable<BigInt>,
        revoked_by -> Nullable<Text>,
        revoked_why -> Nullable<Text>,
    }
}

diesel::table! {
    corrections (school_id, id) {
        school_id -> Text,
        id -> Text,
        round_id -> Text,
        ratee_id -> Text,
        source -> Text,
        rater_id -> Text,
        kind -> Text,
        indicator -> Nullable<Text>,
        anchor_before -> Nullable<Integer>,
        anchor_after -> Nullable<Integer>,
        reason -> Text,
        appeal_id -> Nullable<Text>,
        made_by -> Text,
        made_at -> BigInt,
        undone_by -> Nullable<Text>,
        undone_at -> Nullable<BigInt>,
        undone_reason -> Nullable<Text>,
    }
}

diesel::table! {
    appeals (school_id, id) {
        school_id -> Text,
        id -> Text,
        round_id -> Text,
        class_id -> Text,
        student_id -> Nullable<Text>,
        by_kind -> Text,
        by_id -> Text,
        about -> Text,
        words -> Text,
        state -> Text,
        filed_at -> BigInt,
        filed_on -> Date,
        proposal -> Nullable<Text>,
        proposal_words -> Nullable<Text>,
        proposed_by -> Nullable<Text>,
        proposed_at -> Nullable<BigInt>,
        source -> Nullable<Text>,
        rater_id -> Nullable<Text>,
        indicator -> Nullable<Text>,
        anchor -> Nullable<Integer>,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<BigInt>,
        answer -> Nullable<Text>,
    }
}

diesel::table! {
    extensions (school_id, round_id, student_id) {
        school_id -> Text,
        round_id -> Text,
        student_id -> Text,
        until -> Date,
        given_by -> Text,
        given_at -> BigInt,
    }
}

diesel::table! {
    badge_rules (school_id, version) {
        school_id -> Text,
        version -> Integer,
        name -> Text,
        document -> Text,
        holds_from -> Date,
        created_at -> BigInt,
        created_by -> Text,
    }
}
