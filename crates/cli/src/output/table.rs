//! Tables for people: as wide as the terminal, plain where there is none.

use comfy_table::{Attribute, Cell, Color, ColumnConstraint, ContentArrangement, Row, Table, Width, presets};

use super::terminal::Terminal;
use super::text::harmless;

/// The blanks between two columns.
const GAP: u16 = 2;

/// A column is not made narrower than that, unless its content is.
const NARROWEST: u16 = 8;

/// How a cell looks where styles are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    /// Nothing special.
    Plain,
    /// As it should be.
    Good,
    /// Worth a look.
    Warning,
    /// Wrong.
    Bad,
    /// Less important than the rest.
    Faint,
}

/// A cell: its text, made harmless, and how it looks.
#[derive(Debug, Clone)]
pub(crate) struct Entry {
    text: String,
    tone: Tone,
}

impl Entry {
    pub(crate) fn toned(text: impl AsRef<str>, tone: Tone) -> Self {
        Self { text: harmless(text.as_ref()), tone }
    }
}

impl<T: AsRef<str>> From<T> for Entry {
    fn from(text: T) -> Self {
        Self::toned(text, Tone::Plain)
    }
}

/// Rows under a heading.
#[derive(Debug)]
pub(crate) struct Listing {
    headings: Vec<&'static str>,
    rows: Vec<Vec<Entry>>,
    uncut: Vec<usize>,
    tallest: Option<usize>,
}

impl Listing {
    pub(crate) fn new<const N: usize>(headings: [&'static str; N]) -> Self {
        Self { headings: headings.to_vec(), rows: Vec::new(), uncut: Vec::new(), tallest: None }
    }

    /// Columns, counted from 0, that stay on one line however narrow the terminal is.
    pub(crate) fn keeping_whole<const N: usize>(mut self, columns: [usize; N]) -> Self {
        self.uncut = columns.to_vec();
        self
    }

    /// A row is one line; what has no room is cut, with an ellipsis.
    pub(crate) fn a_line_each(mut self) -> Self {
        self.tallest = Some(1);
        self
    }

    pub(crate) fn add<const N: usize>(&mut self, row: [Entry; N]) {
        self.rows.push(row.to_vec());
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The table as text that ends with a line end. Without rows it is the sentence given instead.
    pub(crate) fn render(self, terminal: Terminal, when_empty: &str) -> String {
        if self.rows.is_empty() {
            return format!("{when_empty}\n");
        }
        let mut table = Table::new();
        table.load_style(presets::NOTHING).force_no_tty();
        let styled = match terminal {
            Terminal::None => false,
            Terminal::Plain { width } => fit(&mut table, width, false),
            Terminal::Styled { width } => fit(&mut table, width, true),
        };
        table.set_header(self.headings.iter().map(|heading| head(heading, styled)));
        for row in &self.rows {
            let mut cells = Row::from(row.iter().map(|entry| cell(entry, styled)).collect::<Vec<_>>());
            if let Some(lines) = self.tallest {
                cells.max_height(lines);
            }
            table.add_row(cells);
        }
        self.space_columns(&mut table);
        let lines: Vec<String> = table.lines().map(|line| line.trim_end().to_owned()).collect();
        lines.join("\n") + "\n"
    }

    /// Blanks between columns and none before the first; no column is squeezed beyond reading.
    fn space_columns(&self, table: &mut Table) {
        let widest = table.column_max_content_widths();
        for ((index, column), widest) in table.column_iter_mut().enumerate().zip(widest) {
            column.set_padding((0, GAP));
            if self.uncut.contains(&index) {
                column.set_constraint(ColumnConstraint::ContentWidth);
            } else {
                column.set_constraint(ColumnConstraint::LowerBoundary(Width::Fixed(
                    widest.min(NARROWEST) + GAP,
                )));
            }
        }
    }
}

/// Makes the table as wide as the terminal; tells again whether it is to be styled.
fn fit(table: &mut Table, width: u16, styled: bool) -> bool {
    table.set_content_arrangement(ContentArrangement::Dynamic).set_width(width);
    if styled {
        table.enforce_styling();
    }
    styled
}

fn head(text: &str, styled: bool) -> Cell {
    let cell = Cell::new(text);
    if styled { cell.add_attribute(Attribute::Bold) } else { cell }
}

fn cell(entry: &Entry, styled: bool) -> Cell {
    let cell = Cell::new(&entry.text);
    match entry.tone {
        _ if !styled => cell,
        Tone::Plain => cell,
        Tone::Good => cell.fg(Color::Green),
        Tone::Warning => cell.fg(Color::Yellow),
        Tone::Bad => cell.fg(Color::Red),
        Tone::Faint => cell.add_attribute(Attribute::Dim),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn listing() -> Listing {
        let mut listing = Listing::new(["NAME", "STATE", "REASON"]).keeping_whole([0]);
        listing.add(["work".into(), Entry::toned("ok", Tone::Good), "".into()]);
        let reason = "the service does not accept this token any more, make a new one and give it to PDT";
        listing.add(["enterprise".into(), Entry::toned("refused", Tone::Bad), reason.into()]);
        listing
    }

    #[test]
    fn without_a_terminal_a_row_is_one_line_without_styles() {
        let text = listing().render(Terminal::None, "none");
        assert_eq!(text.lines().count(), 3, "{text}");
        assert!(!text.contains('\u{1b}'), "{text}");
        assert!(text.starts_with("NAME        STATE    REASON\nwork        ok\n"), "{text}");
    }

    #[test]
    fn a_terminal_is_never_overfilled() {
        for width in [40, 60, 80, 200] {
            let text = listing().render(Terminal::Plain { width }, "none");
            assert!(
                text.lines().all(|line| line.chars().count() <= width.into()),
                "{width} columns:\n{text}"
            );
            assert!(!text.contains('\u{1b}'), "{text}");
            assert!(text.contains("enterprise"), "a name stays whole:\n{text}");
        }
    }

    #[test]
    fn a_terminal_with_colours_shows_them() {
        let text = listing().render(Terminal::Styled { width: 80 }, "none");
        assert!(text.contains("\u{1b}["), "{text:?}");
    }

    #[test]
    fn what_a_service_wrote_cannot_steer_the_terminal() {
        let mut listing = Listing::new(["NAME"]);
        listing.add(["\u{1b}[2Jgone\nsecond\u{202e}".into()]);
        let text = listing.render(Terminal::Plain { width: 80 }, "none");
        assert!(
            !text.contains('\u{1b}') && !text.contains('\u{202e}') && text.lines().count() == 2,
            "{text:?}"
        );
    }

    #[test]
    fn an_empty_listing_is_a_sentence() {
        let text = Listing::new(["NAME"]).render(Terminal::None, "No accounts yet.");
        assert_eq!(text, "No accounts yet.\n");
    }
}
