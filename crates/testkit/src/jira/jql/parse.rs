//! The grammar.

use super::super::refusals::{Sentence, say};

/// A query, taken apart.
#[derive(Debug, Default)]
pub(super) struct Parsed {
    pub(super) terms: Vec<Term>,
    /// Field, and direction where one is said.
    pub(super) order: Vec<(String, String)>,
}

/// Field, operator and one or several values.
#[derive(Debug)]
pub(super) struct Term {
    pub(super) field: String,
    /// `in`, or a sign.
    pub(super) operator: String,
    pub(super) values: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token {
    Word(String),
    /// In quotes: never a keyword.
    Quoted(String),
    Sign(String),
}

impl Token {
    fn text(&self) -> &str {
        match self {
            Self::Word(text) | Self::Quoted(text) | Self::Sign(text) => text,
        }
    }

    fn is_keyword(&self, keyword: &str) -> bool {
        matches!(self, Self::Word(word) if word.eq_ignore_ascii_case(keyword))
    }
}

pub(super) fn unexpected(found: &str, wanted: &str) -> Sentence {
    say(
        &format!("Error in the JQL Query: Expecting {wanted} but got '{found}'."),
        &format!("Fehler in der JQL-Abfrage: {wanted} erwartet, aber '{found}' gefunden."),
    )
}

pub(super) fn parse(text: &str) -> Result<Parsed, Sentence> {
    let mut reader = Reader { tokens: tokens(text)?, at: 0 };
    let mut parsed = Parsed::default();
    while !reader.is_over() && !reader.sees("order") {
        if !parsed.terms.is_empty() {
            reader.expect("and", "either 'AND' or 'ORDER BY'")?;
        }
        parsed.terms.push(reader.term()?);
    }
    if reader.sees("order") {
        reader.at += 1;
        reader.expect("by", "'BY'")?;
        parsed.order = reader.order()?;
    }
    Ok(parsed)
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
}

impl Reader {
    fn is_over(&self) -> bool {
        self.at >= self.tokens.len()
    }

    fn sees(&self, keyword: &str) -> bool {
        self.tokens.get(self.at).is_some_and(|token| token.is_keyword(keyword))
    }

    fn sees_sign(&self, sign: &str) -> bool {
        self.tokens.get(self.at) == Some(&Token::Sign(sign.to_owned()))
    }

    fn next(&mut self, wanted: &str) -> Result<Token, Sentence> {
        let token = self.tokens.get(self.at).cloned();
        self.at += 1;
        token.ok_or_else(|| unexpected("", wanted))
    }

    fn expect(&mut self, keyword: &str, wanted: &str) -> Result<(), Sentence> {
        let token = self.next(wanted)?;
        if token.is_keyword(keyword) { Ok(()) } else { Err(unexpected(token.text(), wanted)) }
    }

    fn value(&mut self, wanted: &str) -> Result<String, Sentence> {
        match self.next(wanted)? {
            Token::Word(text) | Token::Quoted(text) => Ok(text),
            Token::Sign(sign) => Err(unexpected(&sign, wanted)),
        }
    }

    fn term(&mut self) -> Result<Term, Sentence> {
        let field = self.value("a field")?;
        let operator = self.next("operator")?;
        if operator.is_keyword("in") {
            return Ok(Term { field, operator: "in".to_owned(), values: self.values()? });
        }
        match operator {
            Token::Sign(sign) if matches!(sign.as_str(), "=" | "!=" | "<" | "<=" | ">" | ">=" | "~") => {
                Ok(Term { field, operator: sign, values: vec![self.value("a value")?] })
            }
            Token::Sign(other) | Token::Word(other) | Token::Quoted(other) => {
                Err(unexpected(&other, "operator"))
            }
        }
    }

    /// What stands in parentheses.
    fn values(&mut self) -> Result<Vec<String>, Sentence> {
        let wanted = "'(' and a list of values";
        let open = self.next(wanted)?;
        if open != Token::Sign("(".to_owned()) {
            return Err(unexpected(open.text(), wanted));
        }
        let mut values = vec![self.value("a value")?];
        while self.sees_sign(",") {
            self.at += 1;
            values.push(self.value("a value")?);
        }
        let close = self.next("',' or ')'")?;
        if close == Token::Sign(")".to_owned()) {
            Ok(values)
        } else {
            Err(unexpected(close.text(), "',' or ')'"))
        }
    }

    fn order(&mut self) -> Result<Vec<(String, String)>, Sentence> {
        let mut order = Vec::new();
        loop {
            let field = self.value("a field")?;
            let is_said = matches!(self.tokens.get(self.at), Some(Token::Word(_)));
            let way = if is_said { self.value("'ASC' or 'DESC'")? } else { String::new() };
            order.push((field, way));
            if self.is_over() {
                return Ok(order);
            }
            let comma = self.next("','")?;
            if comma != Token::Sign(",".to_owned()) {
                return Err(unexpected(comma.text(), "','"));
            }
        }
    }
}

fn tokens(text: &str) -> Result<Vec<Token>, Sentence> {
    let mut tokens = Vec::new();
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        match letter {
            letter if letter.is_whitespace() => {}
            '"' | '\'' => tokens.push(Token::Quoted(quoted(&mut letters, letter)?)),
            '(' | ')' | ',' => tokens.push(Token::Sign(letter.to_string())),
            '=' | '!' | '<' | '>' | '~' => {
                let longer = letters.next_if_eq(&'=').filter(|_| letter != '=' && letter != '~');
                tokens.push(Token::Sign(longer.map_or(letter.to_string(), |end| format!("{letter}{end}"))));
            }
            first => {
                let mut word = first.to_string();
                while let Some(next) = letters.next_if(|next| is_part_of_word(*next)) {
                    word.push(next);
                }
                tokens.push(Token::Word(word));
            }
        }
    }
    Ok(tokens)
}

fn is_part_of_word(letter: char) -> bool {
    !letter.is_whitespace() && !"\"'(),=!<>~".contains(letter)
}

fn quoted(letters: &mut impl Iterator<Item = char>, quote: char) -> Result<String, Sentence> {
    let mut text = String::new();
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => text.extend(letters.next()),
            end if end == quote => return Ok(text),
            other => text.push(other),
        }
    }
    Err(unexpected(&text, "the end of a quoted string"))
}
