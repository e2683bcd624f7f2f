//! Cuts a stream of XML into tags, seeing every tag that a parser would see. Used by `archive.rs`, which counts them.

/// Longest tag accepted. Honest ones stay far below; a tag of a million attributes does not.
const LONGEST_TAG: usize = 32 << 10;

/// The tag being read, without its angle brackets.
#[derive(Default)]
pub(super) struct Tags {
    inside: bool,
    /// The quote that an attribute value must end with.
    quote: Option<u8>,
    /// The last two bytes, which end comments and CDATA.
    last: [u8; 2],
    /// Number of equals signs.
    pub equals: usize,
    /// Bytes so far.
    pub length: usize,
    /// The tag so far, never longer than [`LONGEST_TAG`] and a byte.
    pub text: Vec<u8>,
}

impl Tags {
    /// Takes one byte; true when a tag is complete or already known to be forbidden.
    pub fn push(&mut self, byte: u8) -> bool {
        if !self.inside {
            if byte == b'<' {
                *self = Self {
                    inside: true,
                    text: std::mem::take(&mut self.text),
                    ..Self::default()
                };
                self.text.clear();
            }
            return false;
        }
        if byte == b'>' && self.may_end() {
            self.inside = false;
            return true;
        }
        self.grow(byte);
        self.is_forbidden()
    }

    fn grow(&mut self, byte: u8) {
        let [_, before] = self.last;
        self.last = [before, byte];
        self.length += 1;
        self.equals += usize::from(byte == b'=');
        self.text.push(byte);
        // Only opening tags have attributes; an apostrophe in a comment quotes nothing.
        let quotes = !matches!(self.text.first(), Some(b'/' | b'!' | b'?'));
        if quotes && matches!(byte, b'"' | b'\'') {
            match self.quote {
                None => self.quote = Some(byte),
                Some(open) if open == byte => self.quote = None,
                Some(_) => {}
            }
        }
    }

    /// Whether `>` ends what has been read.
    fn may_end(&self) -> bool {
        if self.text.starts_with(b"!--") {
            return self.last == *b"--" && self.length >= 5;
        }
        if self.text.starts_with(b"![CDATA[") {
            return self.last == *b"]]";
        }
        if self.text.starts_with(b"?") {
            let [_, last] = self.last;
            return last == b'?' && self.length >= 2;
        }
        self.quote.is_none()
    }

    /// Tags without end and declarations (document types, entities): nothing that writes workbooks needs them.
    pub fn is_forbidden(&self) -> bool {
        let declares = self.text.first() == Some(&b'!')
            && self.length >= 8
            && !self.text.starts_with(b"!--")
            && !self.text.starts_with(b"![CDATA[");
        declares || self.length > LONGEST_TAG
    }
}

/// The name of a tag without its prefix; closing tags are all called `/`.
pub(super) fn local_name(tag: &str) -> &str {
    let end = |c: char| c.is_whitespace() || c == '/';
    if tag.starts_with('/') {
        return "/";
    }
    let name = tag.split(end).next().unwrap_or("");
    name.rsplit(':').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(xml: &str, expected: &[&str]) {
        let mut tags = Tags::default();
        let mut found = Vec::new();
        for byte in xml.bytes() {
            if tags.push(byte) {
                found.push(String::from_utf8(tags.text.clone()).unwrap());
            }
        }
        assert_eq!(found, expected, "{xml}");
    }

    #[test]
    fn every_tag_is_seen_whole() {
        check("<a b=\">\" c='1'/>x<d>", &["a b=\">\" c='1'/", "d"]);
        check("</a \"><b>", &["/a \"", "b"]);
        check(
            "<!-- don't > <a b=\" --><c>",
            &["!-- don't > <a b=\" --", "c"],
        );
        check("<![CDATA[ > \" ]]><c>", &["![CDATA[ > \" ]]", "c"]);
        check("<?xml a=\"?><c>", &["?xml a=\"?", "c"]);
        check("<!--><c>--><d>", &["!--><c>--", "d"]);
    }

    #[test]
    fn names_lose_prefix_and_slash() {
        for (tag, name) in [
            ("x:xf a='1'", "xf"),
            ("si", "si"),
            ("si/", "si"),
            ("/si", "/"),
            ("row\nr='1'", "row"),
        ] {
            assert_eq!(local_name(tag), name);
        }
    }
}
