//! A Rust file without what is not code: comments, and the insides of strings and characters.

/// `text` with comments and the contents of literals left out. Line ends stay, so that lines can be counted.
pub(crate) fn code_of(text: &str) -> String {
    let mut rest = text;
    let mut code = String::with_capacity(text.len());
    while let Some(first) = rest.chars().next() {
        let skipped = length_of_non_code(rest, code.chars().next_back());
        if skipped == 0 {
            code.push(first);
            rest = &rest[first.len_utf8()..];
        } else {
            code.extend(rest[..skipped].matches('\n'));
            code.push(' ');
            rest = &rest[skipped..];
        }
    }
    code
}

/// The code before the inline test module, if there is one: the house puts it last in a file.
pub(crate) fn production_code_of(text: &str) -> String {
    let code = code_of(text);
    let end = code.find("#[cfg(test)]\nmod tests {").unwrap_or(code.len());
    code[..end].to_owned()
}

/// Whether `word` stands in `code` with no letter, digit or underscore beside it.
pub(crate) fn has_word(code: &str, word: &str) -> bool {
    let is_part = |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || c == '_');
    code.match_indices(word).any(|(at, _)| {
        !is_part(code[..at].chars().next_back()) && !is_part(code[at + word.len()..].chars().next())
    })
}

/// How many bytes at the start of `rest` are a comment or a literal; 0 where code begins.
fn length_of_non_code(rest: &str, before: Option<char>) -> usize {
    let in_a_name = before.is_some_and(|c| c.is_alphanumeric() || c == '_');
    if rest.starts_with("//") {
        rest.find('\n').unwrap_or(rest.len())
    } else if rest.starts_with("/*") {
        rest.find("*/").map_or(rest.len(), |end| end + 2)
    } else if let Some(inside) = rest.strip_prefix('"') {
        1 + length_up_to_quote(inside, '"')
    } else if rest.starts_with('r') && !in_a_name {
        length_of_raw_string(rest)
    } else if rest.starts_with('\'') {
        length_of_char(rest)
    } else {
        0
    }
}

fn length_up_to_quote(inside: &str, quote: char) -> usize {
    let mut escaped = false;
    for (at, c) in inside.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            _ if c == quote => return at + 1,
            _ => {}
        }
    }
    inside.len()
}

fn length_of_raw_string(rest: &str) -> usize {
    let hashes = rest[1..].chars().take_while(|c| *c == '#').count();
    let open = 1 + hashes;
    if !rest[open..].starts_with('"') {
        return 0;
    }
    let close = format!("\"{}", "#".repeat(hashes));
    rest[open + 1..].find(&close).map_or(rest.len(), |end| open + 1 + end + close.len())
}

/// A character literal, as opposed to a lifetime, which is code.
fn length_of_char(rest: &str) -> usize {
    let inside = &rest[1..];
    if inside.starts_with('\\') {
        return 1 + length_up_to_quote(inside, '\'');
    }
    let mut chars = inside.chars();
    match (chars.next(), chars.next()) {
        (Some(c), Some('\'')) => 2 + c.len_utf8(),
        _ => 0,
    }
}

#[test]
fn comments_and_literals_are_not_code() {
    let cases = [
        ("let a = 1; // reqwest\nb", "let a = 1;  \nb"),
        ("a /* reqwest\n */ b", "a \n  b"),
        (r#"f("re\"qwest // no", x)"#, "f( , x)"),
        ("f(r#\"re\"qwest\"#, x)", "f( , x)"),
        (r"('\'', '/', 'é')", "( ,  ,  )"),
        ("fn f<'a>(x: &'a str)", "fn f<'a>(x: &'a str)"),
        ("for r in x { r }", "for r in x { r }"),
        (r#"var("x")"#, "var( )"),
    ];
    for (text, code) in cases {
        assert_eq!(code_of(text), code, "{text}");
    }
}

#[test]
fn the_inline_test_module_is_not_production_code() {
    assert_eq!(production_code_of("a\n#[cfg(test)]\nmod tests {\n b }\n"), "a\n", "cut where tests begin");
    let elsewhere = "#[cfg(test)]\nmod tests;\na";
    assert_eq!(production_code_of(elsewhere), elsewhere, "a test module in its own file hides nothing");
}

#[test]
fn a_word_stands_alone() {
    assert!(has_word("use reqwest::Client;", "reqwest"), "between punctuation");
    assert!(!has_word("my_reqwest reqwests", "reqwest"), "not as a part of another");
    assert!(has_word("std::fs::read", "std::fs"), "a path counts as a word");
}
