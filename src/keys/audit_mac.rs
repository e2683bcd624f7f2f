//! stub
pub fn seal(_key: &[u8; 32], _fields: &[&str]) -> String { String::new() }
