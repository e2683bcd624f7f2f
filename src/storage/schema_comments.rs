//! Tables of the term's end: term comments and closings, as both engines have them; the continuation of `schema`.

diesel::table! {
    term_comments (school_id, term_id, student_id) {
        school_id -> Text,
        term_id -> Text,
        student_id -> Text,
        class_id -> Text,
        text -> Text,
        state -> Text,
        tone -> Text,
        stamp -> BigInt,
        hand -> Text,
        turn -> BigInt,
        updated_by -> Text,
        updated_at -> BigInt,
        finalled_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    term_comment_history (school_id, id) {
        school_id -> Text,
        id -> Text,
        term_id -> Text,
        student_id -> Text,
        text -> Text,
        finalled_at -> Nullable<BigInt>,
        opened_by -> Text,
        opened_at -> BigInt,
    }
}

diesel::table! {
    term_comment_releases (school_id, term_id, class_id) {
        school_id -> Text,
        term_id -> Text,
        class_id -> Text,
        released_by -> Text,
        released_at -> BigInt,
    }
}

diesel::table! {
    comment_phrases (school_id, staff_id, place) {
        school_id -> Text,
        staff_id -> Text,
        place -> Integer,
        text -> Text,
    }
}

diesel::table! {
    closings (school_id, id) {
        school_id -> Text,
        id -> Text,
        term_id -> Text,
        class_id -> Text,
        closed_by -> Text,
        closed_at -> BigInt,
        reopened_by -> Nullable<Text>,
        reopened_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    closing_reasons (school_id, closing_id, student_id) {
        school_id -> Text,
        closing_id -> Text,
        student_id -> Text,
        reason -> Text,
    }
}

diesel::allow_tables_to_appear_in_same_query!(closings, closing_reasons);
