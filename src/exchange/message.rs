//! What is wrong with a file, as a Fluent key with arguments, so that this room holds no prose.
//! Whoever shows it (page, command, fixable copy) passes it through `locales/*/exchange.ftl`.

/// A Fluent key of `exchange.ftl` and its arguments. `key` never changes once published: tests hold on to it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Message {
    /// Fluent message id, `import-…`.
    pub key: &'static str,
    /// Names and values of the placeables.
    pub args: Vec<(&'static str, String)>,
}

impl Message {
    /// A message without arguments.
    pub fn new(key: &'static str) -> Self {
        Self {
            key,
            args: Vec::new(),
        }
    }

    /// The same message with one more argument.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl ToString) -> Self {
        self.args.push((name, value.to_string()));
        self
    }
}
