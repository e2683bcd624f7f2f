//! Tables of star cards and festivals. Same columns as the migrations.

diesel::table! {
    card_entries (school_id, student_id, no) {
        school_id -> Text,
        student_id -> Text,
        no -> Integer,
        term_id -> Text,
        act -> Text,
        unit -> Text,
        amount -> Integer,
        cause -> Text,
        privilege_id -> Nullable<Text>,
        by_id -> Text,
        written_at -> BigInt,
    }
}

diesel::table! {
    privileges (school_id, id) {
        school_id -> Text,
        id -> Text,
        class_id -> Text,
        picture -> Text,
        words -> Text,
        unit -> Text,
        price -> Integer,
        added_by -> Text,
        added_at -> BigInt,
        off_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    card_prints (school_id, student_id, upto) {
        school_id -> Text,
        student_id -> Text,
        upto -> Integer,
        printed_by -> Text,
        printed_at -> BigInt,
    }
}

diesel::table! {
    festivals (school_id, id) {
        school_id -> Text,
        id -> Text,
        term_id -> Text,
        class_id -> Nullable<Text>,
        kind -> Text,
        name -> Text,
        held_on -> Date,
        made_by -> Text,
        made_at -> BigInt,
        gone_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    festival_children (school_id, festival_id, student_id) {
        school_id -> Text,
        festival_id -> Text,
        student_id -> Text,
        class_id -> Text,
        words -> Text,
        by_id -> Text,
        kept_at -> BigInt,
    }
}

diesel::allow_tables_to_appear_in_same_query!(festivals, festival_children);
