//! Just enough of Rust's grammar: what is code, what is a string, what is a test.

/// A string literal and the line on which it begins.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Literal {
    pub(crate) line: usize,
    pub(crate) text: String,
}

/// A file taken apart.
#[derive(Debug)]
pub(crate) struct Source {
    /// The code with the insides of strings and comments blanked, line by line as in the file.
    pub(crate) code: String,
    pub(crate) literals: Vec<Literal>,
}

impl Source {
    pub(crate) fn parse(text: &str) -> Self {
        let mut scanner =
            Scanner { rest: text, line: 1, code: String::with_capacity(text.len()), literals: Vec::new() };
        scanner.run();
        Self { code: scanner.code, literals: scanner.literals }
    }

    /// The code without the module of unit tests at its foot.
    pub(crate) fn product_code(&self) -> &str {
        self.code.find("#[cfg(test)]\nmod ").map_or(self.code.as_str(), |start| &self.code[..start])
    }
}

struct Scanner<'a> {
    rest: &'a str,
    line: usize,
    code: String,
    literals: Vec<Literal>,
}

impl Scanner<'_> {
    fn run(&mut self) {
        while !self.rest.is_empty() {
            if self.rest.starts_with("//") {
                let end = self.rest.find('\n').unwrap_or(self.rest.len());
                self.skip(end);
            } else if self.rest.starts_with("/*") {
                let end = self.rest.find("*/").map_or(self.rest.len(), |at| at + 2);
                self.skip(end);
            } else if let Some(hashes) = raw_string(self.rest).filter(|_| !self.inside_word()) {
                let open = self.rest.find('"').map_or(0, |at| at + 1);
                let close = format!("\"{}", "#".repeat(hashes));
                let length = self.rest[open..].find(&close).unwrap_or(self.rest.len() - open);
                self.literal(open, length, close.len());
            } else if self.rest.starts_with('"') {
                let length = closing_quote(&self.rest[1..]);
                self.literal(1, length, 1);
            } else if let Some(length) = character(self.rest) {
                self.skip(length);
            } else {
                let next = self.rest.chars().next().unwrap_or(' ');
                self.code.push(next);
                self.line += usize::from(next == '\n');
                self.rest = &self.rest[next.len_utf8()..];
            }
        }
    }

    fn inside_word(&self) -> bool {
        self.code.ends_with(|last: char| last.is_alphanumeric() || last == '_')
    }

    fn literal(&mut self, open: usize, length: usize, close: usize) {
        let text = self.rest[open..open + length].to_owned();
        self.literals.push(Literal { line: self.line, text });
        self.code.push_str("\"\"");
        self.skip((open + length + close).min(self.rest.len()));
    }

    /// Leaves out `length` bytes but for their line ends.
    fn skip(&mut self, length: usize) {
        let breaks = self.rest[..length].matches('\n').count();
        self.code.push_str(&"\n".repeat(breaks));
        self.line += breaks;
        self.rest = &self.rest[length..];
    }
}

/// The number of hashes of a raw string that begins here.
fn raw_string(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('b').unwrap_or(text).strip_prefix('r')?;
    let hashes = inner.len() - inner.trim_start_matches('#').len();
    inner[hashes..].starts_with('"').then_some(hashes)
}

/// The distance to the quote that ends a string.
fn closing_quote(text: &str) -> usize {
    let mut escaped = false;
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return at,
            _ => {}
        }
    }
    text.len()
}

/// The length of a character literal that begins here; a lifetime is none.
fn character(text: &str) -> Option<usize> {
    let inner = text.strip_prefix('\'')?;
    if let Some(escape) = inner.strip_prefix('\\') {
        return escape.char_indices().skip(1).find(|(_, c)| *c == '\'').map(|(at, _)| at + 3);
    }
    let first = inner.chars().next()?;
    inner[first.len_utf8()..].starts_with('\'').then_some(first.len_utf8() + 2)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_and_comments_are_no_code() {
        let source =
            Source::parse("let a = \"sqlx::query\"; // web::x\nlet b = r#\"a \"quoted\" word\"#; b.c('\"');\n");
        assert_eq!(source.code, "let a = \"\"; \nlet b = \"\"; b.c();\n");
        let texts: Vec<(usize, &str)> = source.literals.iter().map(|l| (l.line, l.text.as_str())).collect();
        assert_eq!(texts, [(1, "sqlx::query"), (2, "a \"quoted\" word")]);
    }

    #[test]
    fn lines_are_counted_through_strings_of_many_lines() {
        let source = Source::parse("f(\"one\ntwo\");\ng(\"three\")");
        assert_eq!(source.literals[1], Literal { line: 3, text: "three".into() });
        assert_eq!(source.code.lines().count(), 3);
    }

    #[test]
    fn a_lifetime_is_no_character() {
        assert_eq!(Source::parse("fn f<'a>(x: &'a str) -> char { '\\n' }").code, "fn f<'a>(x: &'a str) -> char {  }");
    }

    #[test]
    fn the_unit_tests_at_the_foot_are_not_the_product() {
        let source = Source::parse("fn a() {}\n#[cfg(test)]\nmod tests { use sqlx::query; }\n");
        assert_eq!(source.product_code(), "fn a() {}\n");
    }
}
