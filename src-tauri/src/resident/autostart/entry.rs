//! The text of the file by which a desktop starts PDT at login: the Desktop Entry Specification
//! (<https://specifications.freedesktop.org/desktop-entry-spec/latest/>) and the Desktop Application Autostart
//! Specification.

/// What starts `program`. With `TryExec` a desktop passes over a program that is no longer there.
pub(super) fn text(program: &str) -> String {
    format!(
        "[Desktop Entry]\nType=Application\nVersion=1.0\nName=PDT\n\
         Comment=Keeps your own record of commits and cards fresh\nIcon=pdt-desktop\n\
         TryExec={}\nExec={}\nTerminal=false\nStartupNotify=false\n",
        escaped(program),
        command(program),
    )
}

/// Whether a desktop would start what the file names.
pub(super) fn is_on(text: &str) -> bool {
    let says = |key, word| value(text, key).is_some_and(|value| value.eq_ignore_ascii_case(word));
    value(text, "Exec").is_some() && !says("Hidden", "true") && !says("X-GNOME-Autostart-enabled", "false")
}

/// The program that is started, where the command is as PDT writes it: what a person has changed is theirs.
pub(super) fn program(text: &str) -> Option<String> {
    let program = unescaped(value(text, "TryExec")?);
    (value(text, "Exec")? == command(&program)).then_some(program)
}

/// The program as one quoted argument, and `--hidden`. A percent sign would begin a field, and some characters mean
/// something between quotes; all of it is then escaped once more, as every value is.
fn command(program: &str) -> String {
    let mut argument = String::with_capacity(program.len());
    for c in program.chars() {
        match c {
            '%' => argument.push('%'),
            '"' | '`' | '$' | '\\' => argument.push('\\'),
            _ => {}
        }
        argument.push(c);
    }
    // Some desktops look whether the first word is a program before they have made one percent sign of two.
    let starter = if program.contains('%') { "env " } else { "" };
    format!("{starter}\"{}\" --hidden", escaped(&argument))
}

fn escaped(value: &str) -> String {
    let mut escaped = String::with_capacity(value.len());
    for c in value.chars() {
        match c {
            '\\' => escaped.push_str("\\\\"),
            '\n' => escaped.push_str("\\n"),
            '\r' => escaped.push_str("\\r"),
            '\t' => escaped.push_str("\\t"),
            _ => escaped.push(c),
        }
    }
    escaped
}

fn unescaped(value: &str) -> String {
    let mut plain = String::with_capacity(value.len());
    let mut characters = value.chars();
    while let Some(c) = characters.next() {
        if c != '\\' {
            plain.push(c);
            continue;
        }
        plain.extend(characters.next().map(|c| match c {
            's' => ' ',
            'n' => '\n',
            'r' => '\r',
            't' => '\t',
            other => other,
        }));
    }
    plain
}

/// The value of a key of the file's main group.
fn value<'t>(text: &'t str, key: &str) -> Option<&'t str> {
    let group = text.lines().skip_while(|line| line.trim_end() != "[Desktop Entry]").skip(1);
    let lines = group.take_while(|line| !line.starts_with('['));
    let pairs = lines.filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once('='));
    pairs
        .map(|(name, value)| (name.trim(), value.trim()))
        .find(|(name, _)| *name == key)
        .map(|(_, value)| value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_is_one_argument_whatever_its_path_holds() {
        let command = |path| text(path).lines().find(|line| line.starts_with("Exec=")).unwrap().to_owned();
        assert_eq!(command("/usr/bin/pdt-desktop"), r#"Exec="/usr/bin/pdt-desktop" --hidden"#);
        assert_eq!(command("/a b/c'd"), r#"Exec="/a b/c'd" --hidden"#, "a space does not end it");
        assert_eq!(
            command("/100%/$HOME"),
            r#"Exec=env "/100%%/\\$HOME" --hidden"#,
            "nothing is put in its place"
        );
        assert_eq!(command(r#"/"q"\`"#), r#"Exec="/\\"q\\"\\\\\\`" --hidden"#, "escaped twice");
    }

    #[test]
    fn the_program_is_read_as_it_was_written() {
        for path in ["/usr/bin/pdt-desktop", "/ä b/%f/$x/\"y\"/\\n/`z`", "/tab\there/line\nbreak"] {
            assert_eq!(program(&text(path)).as_deref(), Some(path), "{}", text(path));
            assert!(is_on(&text(path)), "what PDT writes is on");
        }
    }

    #[test]
    fn what_a_person_has_changed_is_not_taken_for_pdts_own() {
        let own = text("/usr/bin/pdt-desktop");
        let changed = own.replace("Exec=\"", "Exec=env PDT_LOG=debug \"");
        assert_ne!(changed, own, "the command is there to be changed");
        assert_eq!(program(&changed), None, "another command is the person's");
        let more = format!("{own}X-GNOME-Autostart-Delay=10\n");
        assert_eq!(program(&more).as_deref(), Some("/usr/bin/pdt-desktop"), "a line more changes no command");
        assert_eq!(program(""), None, "an empty file names no program");
    }

    #[test]
    fn the_ways_in_which_desktops_turn_an_entry_off_count() {
        let own = text("/usr/bin/pdt-desktop");
        for off in ["Hidden=true\n", "Hidden = True\n", "X-GNOME-Autostart-enabled=false\n"] {
            assert!(!is_on(&format!("{own}{off}")), "{off}");
        }
        for on in ["Hidden=false\n", "X-GNOME-Autostart-enabled=true\n", "#Hidden=true\n"] {
            assert!(is_on(&format!("{own}{on}")), "{on}");
        }
        assert!(
            is_on(&format!("{own}[Desktop Action x]\nHidden=true\n")),
            "another group says nothing of it"
        );
        assert!(!is_on(""), "nothing starts nothing");
    }
}
