//! Reading a token: from standard input, or typed without being shown. It never stands in an argument, where every
//! process of the machine could read it.

use std::io::{BufRead, IsTerminal, stdin};

use pdt_domain::secret::{NotAToken, Token};

use crate::failure::Failure;

/// Far more than any service's tokens have.
const LONGEST: u64 = 16 * 1024;

/// The first line of standard input.
pub(crate) fn from_stdin() -> Result<Token, Failure> {
    first_line(stdin().lock())
}

/// Asks for it where a person sits at a terminal; elsewhere nobody can be asked.
pub(crate) fn from_person() -> Result<Option<Token>, Failure> {
    if !stdin().is_terminal() || !std::io::stderr().is_terminal() {
        return Ok(None);
    }
    let typed = dialoguer::Password::new().with_prompt("Token (it is not shown)").report(false).interact();
    let typed = typed.map_err(|error| {
        Failure::from(anyhow::anyhow!("No token could be read from the terminal: {error}."))
    })?;
    token(&typed).map(Some)
}

fn first_line(input: impl BufRead) -> Result<Token, Failure> {
    let mut line = Vec::new();
    let read = input.take(LONGEST).read_until(b'\n', &mut line);
    read.map_err(|error| Failure::from(anyhow::anyhow!("Standard input could not be read: {error}.")))?;
    if line.len() as u64 == LONGEST {
        return Err(Failure::usage("The first line of standard input is too long to be a token."));
    }
    let line = String::from_utf8(line);
    token(&line.map_err(|_| Failure::usage("The first line of standard input is no token: it is not text."))?)
}

/// The token in a line. Some shells write a byte order mark before what they pipe.
fn token(line: &str) -> Result<Token, Failure> {
    Token::parse(line).map_err(|error| {
        Failure::usage(match error {
            NotAToken::Empty => {
                "No token was given: the first line of standard input is empty.\n\
                 Pass it like this: pdt account add github --token-stdin < token.txt"
            }
            NotAToken::Unusual => {
                "The token holds a blank or a control character, which no token has. Copy it anew."
            }
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exit::Exit;

    fn read(input: &[u8]) -> Result<String, Failure> {
        first_line(input).map(|token| token.expose().to_owned())
    }

    #[test]
    fn a_token_is_the_first_line_without_its_end() {
        for input in ["ghp_x1", "ghp_x1\n", "ghp_x1\r\n", "  ghp_x1  \nmore\n", "\u{feff}ghp_x1\n"] {
            assert_eq!(read(input.as_bytes()).expect(input), "ghp_x1", "{input:?}");
        }
    }

    #[test]
    fn what_is_no_token_is_refused_without_repeating_it() {
        let endless = vec![b'x'; 1_000_000];
        for input in [&b""[..], b"\n", b"   \r\n", b"canary canary", b"canary\x07", b"canary\xff", &endless] {
            let failure = read(input).expect_err("no token");
            assert_eq!(failure.exit, Exit::Usage);
            assert!(!failure.sentence.contains("canary"), "{}", failure.sentence);
        }
    }
}
