//! Tables of duty: posts, who stands there, checks of classes, the decided weeks. Same columns as the migrations.

diesel::table! {
    posts (school_id, id) {
        school_id -> Text,
        id -> Text,
        name -> Text,
        items -> Text,
        starts_minute -> Integer,
        ends_minute -> Integer,
        more_slots -> Text,
        grades -> Text,
        double_check -> Bool,
        retired_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    monitors (school_id, post_id, student_id) {
        school_id -> Text,
        post_id -> Text,
        student_id -> Text,
        starts_on -> Date,
        ends_on -> Nullable<Date>,
    }
}

diesel::table! {
    inspections (school_id, id) {
        school_id -> Text,
        id -> Text,
        round_id -> Nullable<Text>,
        on_date -> Date,
        post -> Text,
        class_id -> Text,
        item -> Text,
        full_marks -> Double,
        points -> Double,
        reason -> Text,
        checked_by -> Text,
        saved_at -> BigInt,
        slot -> Integer,
        second -> Bool,
        counts -> Bool,
        decided_at -> Nullable<BigInt>,
        first_at -> BigInt,
        stamp -> BigInt,
    }
}

diesel::table! {
    rosters (school_id, post_id, monday, student_id) {
        school_id -> Text,
        post_id -> Text,
        monday -> Date,
        student_id -> Text,
        second -> Bool,
    }
}

diesel::table! {
    inspection_history (school_id, id) {
        school_id -> Text,
        id -> Text,
        inspection_id -> Text,
        on_date -> Date,
        post -> Text,
        class_id -> Text,
        item -> Text,
        full_marks -> Double,
        points -> Double,
        reason -> Text,
        checked_by -> Text,
        saved_at -> BigInt,
        ended_at -> BigInt,
        ended_by -> Text,
        why -> Text,
        words -> Text,
    }
}

diesel::table! {
    check_appeals (school_id, id) {
        school_id -> Text,
        id -> Text,
        inspection_id -> Text,
        class_id -> Text,
        words -> Text,
        filed_by -> Text,
        filed_at -> BigInt,
        state -> Text,
        answer -> Text,
        decided_by -> Text,
        decided_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    week_closings (school_id, id) {
        school_id -> Text,
        id -> Text,
        term_id -> Text,
        monday -> Date,
        revision -> Integer,
        decided_at -> BigInt,
        decided_by -> Text,
        why -> Text,
    }
}

diesel::table! {
    week_flags (school_id, closing_id, class_id) {
        school_id -> Text,
        closing_id -> Text,
        class_id -> Text,
        code -> Text,
        grade -> Integer,
        tenths -> Nullable<Integer>,
        days -> Integer,
        rise -> Nullable<Integer>,
        parts -> Text,
        flags -> Text,
    }
}
