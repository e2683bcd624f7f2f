//! Progress of long work: a bar on a terminal, plain lines elsewhere.

use std::io::IsTerminal as _;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Counts steps of one piece of work.
pub struct Progress {
    bar: ProgressBar,
    name: String,
    plain: bool,
}

impl Progress {
    /// Begins work of so many steps.
    pub fn start(name: &str, steps: u64) -> Self {
        let plain = !std::io::stderr().is_terminal();
        let bar = ProgressBar::with_draw_target(Some(steps), ProgressDrawTarget::stderr());
        if let Ok(style) = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len} {elapsed}") {
            bar.set_style(style);
        }
        bar.set_message(name.to_owned());
        Self {
            bar,
            name: name.to_owned(),
            plain,
        }
    }

    /// One step is done.
    pub fn step(&self) {
        self.bar.inc(1);
        if self.plain {
            eprintln!(
                "{} {}/{}",
                self.name,
                self.bar.position(),
                self.bar.length().unwrap_or(0)
            );
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.bar.finish_and_clear();
    }
}
