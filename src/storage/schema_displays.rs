//! Tables of displays: what they show, lessons, classes whose teacher has hidden theirs. Same columns as the migrations.

diesel::table! {
    programmes (school_id, target) {
        school_id -> Text,
        target -> Text,
        running -> Bool,
        boards -> Text,
        seconds -> Integer,
        view -> Text,
        light -> Text,
        lessons -> Text,
    }
}

diesel::table! {
    lesson_times (school_id, weekday, starts_minute) {
        school_id -> Text,
        weekday -> Integer,
        starts_minute -> Integer,
        ends_minute -> Integer,
    }
}

diesel::table! {
    hidden_displays (school_id, class_id) {
        school_id -> Text,
        class_id -> Text,
        hidden_by -> Text,
        hidden_at -> BigInt,
        until -> BigInt,
    }
}
