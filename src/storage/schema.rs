//! Tables as both engines have them: only types that mean the same on SQLite and PostgreSQL.
//! Used by every file of `storage`; a test compares it with both migration folders.

diesel::table! {
    schools (id) {
        id -> Text,
        name -> Text,
        timezone -> Text,
        board_version -> BigInt,
        created_at -> BigInt,
    }
}

diesel::table! {
    settings (school_id, name) {
        school_id -> Text,
        name -> Text,
        value -> Text,
    }
}

diesel::table! {
    setup_tokens (token_hash) {
        token_hash -> Text,
        school_id -> Text,
        expires_at -> BigInt,
        used_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    staff (school_id, id) {
        school_id -> Text,
        id -> Text,
        login -> Text,
        name -> Text,
        role -> Text,
        password_hash -> Text,
        must_change -> Bool,
        totp_secret -> Nullable<Text>,
        totp_last_step -> BigInt,
        recovery -> Text,
        disabled_at -> Nullable<BigInt>,
        created_at -> BigInt,
    }
}

diesel::table! {
    classes (school_id, id) {
        school_id -> Text,
        id -> Text,
        cohort -> Integer,
        number -> Integer,
        door -> Text,
    }
}

diesel::table! {
    teaching (school_id, id) {
        school_id -> Text,
        id -> Text,
        staff_id -> Text,
        class_id -> Text,
        role -> Text,
        subject -> Text,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
    }
}

diesel::table! {
    students (school_id, id) {
        school_id -> Text,
        id -> Text,
        student_no -> Text,
        name -> Text,
        pinyin -> Text,
        sex -> Text,
        seat -> Nullable<Integer>,
        avatar -> Integer,
        pin_epoch -> Integer,
        pin_kind -> Text,
        pin_key -> Text,
        pin_tag -> Text,
        consent -> Text,
        consent_on -> Date,
    }
}

diesel::table! {
    enrolments (school_id, id) {
        school_id -> Text,
        id -> Text,
        student_id -> Text,
        class_id -> Text,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
        reason -> Text,
    }
}

diesel::table! {
    rubrics (school_id, id) {
        school_id -> Text,
        id -> Text,
        version -> Integer,
        name -> Text,
        document -> Text,
        created_at -> BigInt,
        created_by -> Text,
    }
}

diesel::table! {
    terms (school_id, id) {
        school_id -> Text,
        id -> Text,
        name -> Text,
        starts_on -> Date,
        ends_on -> Date,
        rubric_id -> Text,
    }
}

diesel::table! {
    holidays (school_id, id) {
        school_id -> Text,
        id -> Text,
        term_id -> Text,
        name -> Text,
        starts_on -> Date,
        ends_on -> Date,
    }
}

diesel::table! {
    rounds (school_id, id) {
        school_id -> Text,
        id -> Text,
        term_id -> Text,
        name -> Text,
        ordinal -> Integer,
        state -> Text,
        seed -> BigInt,
        rubric_id -> Text,
        starts_on -> Date,
        ends_on -> Date,
        opened_at -> Nullable<BigInt>,
        closed_at -> Nullable<BigInt>,
        published_at -> Nullable<BigInt>,
        revision -> Integer,
    }
}

diesel::table! {
    round_classes (school_id, round_id, class_id) {
        school_id -> Text,
        round_id -> Text,
        class_id -> Text,
        code -> Text,
        grade -> Integer,
        drawn -> Text,
        peers -> Integer,
    }
}

diesel::table! {
    assignments (school_id, round_id, rater_id, ratee_id) {
        school_id -> Text,
        round_id -> Text,
        rater_id -> Text,
        ratee_id -> Text,
        place -> Integer,
    }
}

diesel::table! {
    excusals (school_id, round_id, student_id) {
        school_id -> Text,
        round_id -> Text,
        student_id -> Text,
        reason -> Text,
        excused_by -> Text,
        excused_at -> BigInt,
    }
}

diesel::table! {
    sheets (school_id, round_id, ratee_id, source, rater_id) {
        school_id -> Text,
        round_id -> Text,
        ratee_id -> Text,
        source -> Text,
        rater_id -> Text,
        class_id -> Text,
        answers -> Text,
        comment -> Text,
        seconds -> Nullable<BigInt>,
        version -> Integer,
        from_paper -> Bool,
        saved_at -> BigInt,
        stamp -> BigInt,
    }
}

diesel::table! {
    sheet_history (school_id, id) {
        school_id -> Text,
        id -> Text,
        round_id -> Text,
        ratee_id -> Text,
        source -> Text,
        rater_id -> Text,
        version -> Integer,
        answers -> Text,
        comment -> Text,
        saved_at -> BigInt,
    }
}

diesel::table! {
    family_links (school_id, id) {
        school_id -> Text,
        id -> Text,
        student_id -> Text,
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
    sessions (id) {
        school_id -> Text,
        id -> Text,
        kind -> Text,
        subject_id -> Text,
        class_id -> Nullable<Text>,
        created_at -> BigInt,
        seen_at -> BigInt,
        proved_at -> BigInt,
        expires_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
        device -> Text,
    }
}

diesel::table! {
    windows (school_id, class_id) {
        school_id -> Text,
        class_id -> Text,
        opened_by -> Text,
        opened_at -> BigInt,
        closes_at -> BigInt,
    }
}

diesel::table! {
    screens (school_id, id) {
        school_id -> Text,
        id -> Text,
        name -> Text,
        kind -> Text,
        class_id -> Nullable<Text>,
        paired_by -> Text,
        paired_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    pairings (id) {
        id -> Text,
        code -> Text,
        expires_at -> BigInt,
        school_id -> Nullable<Text>,
        screen_id -> Nullable<Text>,
    }
}

diesel::table! {
    uploads (school_id, id) {
        school_id -> Text,
        id -> Text,
        kind -> Text,
        file_name -> Text,
        sha256 -> Text,
        body -> Binary,
        uploaded_by -> Text,
        uploaded_at -> BigInt,
    }
}

diesel::table! {
    audit (school_id, seq) {
        school_id -> Text,
        seq -> BigInt,
        at -> BigInt,
        actor_kind -> Text,
        actor_id -> Text,
        ip -> Text,
        action -> Text,
        object -> Text,
        outcome -> Text,
        detail -> Text,
        request_id -> Text,
        key_id -> Text,
        mac -> Text,
    }
}

diesel::table! {
    audit_heads (school_id) {
        school_id -> Text,
        seq -> BigInt,
        checkpoint -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(
    schools,
    settings,
    setup_tokens,
    staff,
    classes,
    teaching,
    students,
    enrolments,
    rubrics,
    terms,
    holidays,
    rounds,
    round_classes,
    assignments,
    excusals,
    sheets,
    sheet_history,
    family_links,
    sessions,
    windows,
    screens,
    pairings,
    uploads,
    audit,
    audit_heads,
);
