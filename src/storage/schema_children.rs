//! Tables around what children add to a round, as both engines have them; the continuation of `schema`.

diesel::table! {
    moments (school_id, id) {
        school_id -> Text,
        id -> Text,
        student_id -> Text,
        class_id -> Text,
        term_id -> Text,
        round_id -> Nullable<Text>,
        by_kind -> Text,
        by_id -> Text,
        dimension -> Text,
        chip -> Text,
        text -> Text,
        told_on -> Date,
        state -> Text,
        decided_by -> Nullable<Text>,
        decided_at -> Nullable<BigInt>,
        created_at -> BigInt,
        stamp -> BigInt,
    }
}

diesel::table! {
    thanks (school_id, moment_id) {
        school_id -> Text,
        moment_id -> Text,
        kind -> Text,
        sent_at -> BigInt,
        seen_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    class_chips (school_id, id) {
        school_id -> Text,
        id -> Text,
        class_id -> Text,
        dimension -> Text,
        text -> Text,
        added_by -> Text,
        added_at -> BigInt,
        removed_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    class_seats (school_id, class_id, student_id) {
        school_id -> Text,
        class_id -> Text,
        student_id -> Text,
        line -> Integer,
        place -> Integer,
    }
}

diesel::table! {
    praises (school_id, id) {
        school_id -> Text,
        id -> Text,
        student_id -> Text,
        class_id -> Text,
        term_id -> Text,
        dimension -> Text,
        indicator -> Text,
        label -> Text,
        by_id -> Text,
        praised_on -> Date,
        praised_at -> BigInt,
        undone_by -> Nullable<Text>,
        undone_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    goals (school_id, id) {
        school_id -> Text,
        id -> Text,
        student_id -> Text,
        term_id -> Text,
        dimension -> Text,
        ready -> Text,
        text -> Text,
        set_at -> BigInt,
        done_at -> Nullable<BigInt>,
        confirmed_kind -> Nullable<Text>,
        confirmed_by -> Nullable<Text>,
        confirmed_at -> Nullable<BigInt>,
        dropped_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    kept_apart (school_id, student_a, student_b) {
        school_id -> Text,
        student_a -> Text,
        student_b -> Text,
        reason -> Text,
        noted_by -> Text,
        noted_at -> BigInt,
    }
}

diesel::table! {
    recalls (school_id, round_id, rater_id) {
        school_id -> Text,
        round_id -> Text,
        rater_id -> Text,
        ratee_id -> Text,
        indicator -> Text,
        occasion -> Text,
        deed -> Text,
        recalled_at -> BigInt,
    }
}

diesel::table! {
    practices (school_id, term_id, student_id) {
        school_id -> Text,
        term_id -> Text,
        student_id -> Text,
        done_at -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    moments, thanks, praises, goals, kept_apart, recalls, practices
);

diesel::table! {
    class_links (school_id, id) {
        school_id -> Text,
        id -> Text,
        class_id -> Text,
        term_id -> Text,
        nonce -> Text,
        key_id -> Text,
        token_hash -> Text,
        issued_by -> Text,
        issued_at -> BigInt,
        expires_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    logs (school_id, id) {
        school_id -> Text,
        id -> Text,
        student_id -> Text,
        term_id -> Text,
        kind -> Text,
        done_on -> Date,
        amount -> Integer,
        state -> Text,
        by_kind -> Text,
        by_id -> Text,
        kept_at -> BigInt,
    }
}
