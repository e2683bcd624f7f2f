//! Tells cargo that templates, styles and texts are part of the program:
//! they are compiled in, and a new file alone would not be noticed.

fn main() {
    for folder in ["templates", "static", "locales"] {
        println!("cargo:rerun-if-changed={folder}");
    }
}
