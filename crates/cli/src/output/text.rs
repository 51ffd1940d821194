//! Making text harmless that a service or another person wrote, before it reaches a terminal.

/// The text on one line, without anything that a terminal would obey: control characters (escape sequences begin
/// with one), characters that turn the direction of writing, and invisible ones that hide text.
pub(crate) fn harmless(text: &str) -> String {
    text.chars().map(|c| if c.is_whitespace() { ' ' } else { visible(c) }).collect()
}

/// The same for text of several lines, whose line ends stay.
pub(crate) fn harmless_lines(text: &str) -> String {
    text.lines().map(harmless).collect::<Vec<_>>().join("\n")
}

/// The first line that says something, at most `width` characters of it.
pub(crate) fn headline(text: &str, width: usize) -> String {
    let line = text.lines().map(str::trim).find(|line| !line.is_empty()).unwrap_or_default();
    shortened(&harmless(line), width)
}

/// At most `width` characters; an ellipsis stands for what is left out.
pub(crate) fn shortened(text: &str, width: usize) -> String {
    if text.chars().count() <= width {
        return text.to_owned();
    }
    let kept: String = text.chars().take(width.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

fn visible(c: char) -> char {
    if c.is_control() || turns_or_hides(c) { char::REPLACEMENT_CHARACTER } else { c }
}

/// The bidirectional controls of Unicode's annex 9 (<https://www.unicode.org/reports/tr9/>), the invisible
/// operators and joiners that can hide text, and the tag characters. The zero-width joiner stays: many scripts and
/// most emoji need it.
fn turns_or_hides(c: char) -> bool {
    matches!(c,
        '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{206f}'
        | '\u{200b}' | '\u{2060}'..='\u{2064}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_a_terminal_obeys_is_printed() {
        let hostile = "\u{1b}]0;title\u{7}\u{1b}[31mred\u{9b}0m \u{202e}gnp.exe\u{2066} \u{200b}\u{e0041}\r\n\tdone\u{2028}";
        let shown = harmless(hostile);
        assert_eq!(
            shown,
            "\u{fffd}]0;title\u{fffd}\u{fffd}[31mred\u{fffd}0m \u{fffd}gnp.exe\u{fffd} \u{fffd}\u{fffd}   done "
        );
        assert!(!shown.chars().any(char::is_control), "no control character is left");
    }

    #[test]
    fn ordinary_text_of_any_script_stays_as_it_is() {
        for text in ["Fix the build", "Größe: ½ 修复 שלום 👩\u{200d}💻 e\u{301}", ""] {
            assert_eq!(harmless(text), text);
        }
    }

    #[test]
    fn line_ends_of_a_sentence_with_a_hint_stay() {
        assert_eq!(harmless_lines("failed\u{1b}[2J\nhint"), "failed\u{fffd}[2J\nhint");
    }

    #[test]
    fn a_message_is_shown_by_its_first_line() {
        assert_eq!(headline("\n  Fix the build  \n\nLong story", 40), "Fix the build");
        assert_eq!(headline("", 40), "");
        assert_eq!(headline("abcdef", 6), "abcdef", "what fits is not cut");
        assert_eq!(headline("abc defg", 5), "abc…");
        assert_eq!(headline("éééééé", 3), "éé…", "characters are counted, not bytes");
    }
}
