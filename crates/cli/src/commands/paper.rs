//! What is made from the grammar alone: shell completions and the manual page.

use std::fmt::Write as _;

use clap::{Arg, Command, CommandFactory};
use clap_complete::Shell;
use clap_mangen::Man;

use crate::args::Cli;

/// The completions of a shell, as a script that the shell reads.
pub(crate) fn completions(shell: Shell) -> String {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Cli::command(), "pdt", &mut script);
    String::from_utf8_lossy(&script).into_owned()
}

/// The manual page in roff: one page for all commands.
pub(crate) fn manual() -> anyhow::Result<String> {
    let mut grammar = Cli::command();
    grammar.build();
    let page = Man::new(grammar.clone()).manual("User Commands");
    let mut roff = Vec::new();
    page.render_title(&mut roff)?;
    page.render_name_section(&mut roff)?;
    page.render_synopsis_section(&mut roff)?;
    page.render_description_section(&mut roff)?;
    page.render_options_section(&mut roff)?;
    let mut roff = String::from_utf8(roff)?;
    roff.push_str(".SH COMMANDS\n");
    describe(&grammar, &mut roff);
    roff.push_str(OTHER_SECTIONS);
    Ok(roff)
}

const OTHER_SECTIONS: &str = r#".SH EXIT STATUS
.TP
\fB0\fR
Done, also when there was nothing to do.
.TP
\fB1\fR
Something failed, was refused, was partial or is unknown.
.TP
\fB2\fR
Wrong usage, a malformed URL included.
.TP
\fB3\fR
Skipped, because a run was already going.
.SH ENVIRONMENT
.TP
\fBPDT_DATA_DIR\fR
The folder of the database and the logs.
.TP
\fBPDT_TOKEN_NAME\fR
The token of the account NAME (in capitals, other characters as underscores), where no keychain can hold it.
.TP
\fBPDT_LOG\fR
What is logged on standard error, as a tracing filter like debug or pdt_remote=trace.
.TP
\fBNO_COLOR\fR
If set, nothing is coloured.
.SH FILES
.TP
\fI$XDG_CONFIG_HOME/pdt/.env\fR
Variables as above, one NAME=value a line. The environment wins.
.TP
\fI$XDG_DATA_HOME/pdt/pdt.db\fR
The database, open to your own tools.
"#;

/// A part for each command that can be given, with those below it.
fn describe(command: &Command, roff: &mut String) {
    for command in command.get_subcommands().filter(|command| command.get_name() != "help") {
        if command.has_subcommands() {
            describe(command, roff);
        } else {
            describe_leaf(command, roff);
        }
    }
}

fn describe_leaf(command: &Command, roff: &mut String) {
    let usage = command.clone().render_usage().to_string();
    let usage = usage.trim_start_matches("Usage:").trim();
    let about = command.get_about().map(ToString::to_string).unwrap_or_default();
    let _ = writeln!(roff, ".SS \"{}\"\n{}.", escaped(usage), escaped(&about));
    for argument in command.get_arguments().filter(|argument| is_own(argument)) {
        let help = argument.get_help().map(ToString::to_string).unwrap_or_default();
        let _ = writeln!(roff, ".TP\n\\fB{}\\fR\n{}.", escaped(&argument.to_string()), escaped(&help));
    }
}

/// Not one of those that every command has, and not hidden.
fn is_own(argument: &Arg) -> bool {
    !argument.is_global_set() && !argument.is_hide_set() && argument.get_id() != "help"
}

/// Text as roff reads it: a backslash and a hyphen mean something to it, and so does a point or a quote that
/// begins a line.
fn escaped(text: &str) -> String {
    let text = text.replace('\\', "\\e").replace('-', "\\-").replace('"', "\\(dq");
    if text.starts_with(['.', '\'']) { format!("\\&{text}") } else { text }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roff_takes_no_text_for_an_instruction() {
        assert_eq!(escaped(".x \\ --json \"a\""), "\\&.x \\e \\-\\-json \\(dqa\\(dq");
    }
}
