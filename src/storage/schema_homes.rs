//! Tables about families: decisions about the notice, requests, badges taken along. Same columns as the migrations.

diesel::table! {
    consents (school_id, id) {
        school_id -> Text,
        id -> Text,
        student_id -> Text,
        notice -> Integer,
        decision -> Text,
        how -> Text,
        by_id -> Text,
        said_on -> Date,
        said_at -> BigInt,
    }
}

diesel::table! {
    home_requests (school_id, id) {
        school_id -> Text,
        id -> Text,
        student_id -> Text,
        link_id -> Text,
        kind -> Text,
        words -> Text,
        state -> Text,
        filed_at -> BigInt,
        filed_on -> Date,
        due_on -> Date,
        answer -> Nullable<Text>,
        answered_by -> Nullable<Text>,
        answered_at -> Nullable<BigInt>,
    }
}

diesel::table! {
    erasures (school_id, student_id) {
        school_id -> Text,
        student_id -> Text,
        erased_by -> Text,
        erased_at -> BigInt,
    }
}

diesel::table! {
    issuer_keys (school_id, id) {
        school_id -> Text,
        id -> Text,
        public -> Text,
        sealed -> Text,
        made_at -> BigInt,
    }
}

diesel::table! {
    badge_classes (school_id, id) {
        school_id -> Text,
        id -> Text,
        name -> Text,
        description -> Text,
        picture -> Text,
    }
}

diesel::table! {
    credentials (school_id, id) {
        school_id -> Text,
        id -> Text,
        student_id -> Text,
        award_id -> Text,
        badge_class -> Text,
        shown -> Text,
        link_id -> Text,
        list -> Integer,
        slot -> Integer,
        signed_v3 -> Text,
        signed_v2 -> Text,
        issued_at -> BigInt,
        revoked_at -> Nullable<BigInt>,
        revoked_for -> Nullable<Text>,
    }
}
