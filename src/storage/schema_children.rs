//! Tables of what children add to a round, as both engines have them; the continuation of `schema`.

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
