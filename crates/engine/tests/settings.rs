//! Settings: which value wins, what is refused, and what the person hears about it.

use std::fs;
use std::path::Path;
use std::time::Duration;

use pdt_engine::environment::Environment;
use pdt_engine::settings::{Chosen, SettingWarning, Settings, Source};

const DOTENV: &str = "/etc/pdt/.env";

#[test]
fn without_a_word_from_anybody_the_defaults_hold() {
    let (settings, warnings) = load_environment([]);
    assert!(settings.sync_enabled.value, "the loops run");
    assert_eq!(settings.interval_commits.value, Duration::from_mins(15));
    assert_eq!(settings.interval_jira.value, Duration::from_mins(30));
    assert_eq!(settings.history_days.value, 30);
    assert_eq!(settings.log.value, "info");
    assert_eq!(settings.log.source, Source::Default, "and say that they are defaults");
    assert_eq!(warnings, [], "nothing is wrong");
}

#[test]
fn a_flag_beats_the_environment_beats_the_file_beats_what_was_chosen() {
    let name = "SYNC_INTERVAL_COMMITS";
    let flags = Chosen::none().with(name, "1m");
    let stored = Chosen::none().with(name, "4m");
    let process = || Environment::of([(name, "2m")]);
    let (below, warnings) =
        Environment::default().with_file_text(Path::new(DOTENV), "SYNC_INTERVAL_COMMITS=3m");
    assert_eq!(warnings, []);
    let (both, _) = process().with_file_text(Path::new(DOTENV), "SYNC_INTERVAL_COMMITS=3m");

    let nothing = Chosen::none();
    for (flags, environment, stored, minutes, source) in [
        (&flags, &both, &stored, 1, Source::Flag),
        (&nothing, &both, &stored, 2, Source::Environment),
        (&nothing, &below, &stored, 3, Source::EnvFile),
        (&nothing, &Environment::default(), &stored, 4, Source::Stored),
        (&nothing, &Environment::default(), &nothing, 15, Source::Default),
    ] {
        let (settings, _) = Settings::load(flags, environment, stored);
        assert_eq!(settings.interval_commits.value, Duration::from_mins(minutes), "{source} wins");
        assert_eq!(settings.interval_commits.source, source, "and the value tells where it came from");
    }
}

#[test]
fn every_spelling_of_a_switch_and_of_a_duration_is_read() {
    for (text, on) in [("true", true), ("1", true), ("false", false), ("0", false), ("FALSE", false)] {
        let (settings, warnings) = load_environment([("SYNC_ENABLED", text)]);
        assert_eq!((settings.sync_enabled.value, warnings), (on, vec![]), "{text}");
    }
    for (text, seconds) in [("90s", 90), ("15m", 900), ("1h30m", 5400), ("1s", 1), ("1.5h", 5400)] {
        let (settings, warnings) = load_environment([("SYNC_INTERVAL_JIRA", text)]);
        assert_eq!((settings.interval_jira.value.as_secs(), warnings), (seconds, vec![]), "{text}");
    }
}

#[test]
fn a_value_that_cannot_be_read_is_named_and_the_default_is_used() {
    let unreadable = [
        ("SYNC_ENABLED", "perhaps", "The default true is used."),
        ("SYNC_INTERVAL_COMMITS", "15", "The default 15m is used."),
        ("SYNC_INTERVAL_COMMITS", "999ms", "The default 15m is used."),
        ("SYNC_INTERVAL_JIRA", "0", "The default 30m is used."),
        ("SYNC_INTERVAL_JIRA", "-5m", "The default 30m is used."),
        ("SYNC_HISTORY_DAYS", "0", "The default 30 is used."),
        ("SYNC_HISTORY_DAYS", "3651", "The default 30 is used."),
        ("SYNC_HISTORY_DAYS", "a month", "The default 30 is used."),
    ];
    let (defaults, _) = load_environment([]);
    for (variable, value, instead) in unreadable {
        let (settings, warnings) = load_environment([(variable, value)]);
        assert_eq!(settings, defaults, "{variable}={value} changes nothing");
        let sentences = warnings.iter().map(SettingWarning::to_string).collect::<Vec<_>>();
        assert_eq!(sentences.len(), 1, "{variable}={value} is one warning: {sentences:?}");
        let sentence = &sentences[0];
        for part in [variable, value, "environment", instead] {
            assert!(sentence.contains(part), "the warning holds {part:?}: {sentence}");
        }
    }
}

#[test]
fn a_warning_reads_as_a_sentence() {
    let (_, warnings) = load_environment([("SYNC_INTERVAL_COMMITS", "soon"), ("SYNC_INTERVAL_JIRA", "10ms")]);
    let sentences = warnings.iter().map(SettingWarning::to_string).collect::<Vec<_>>().join("\n");
    insta::assert_snapshot!(sentences, @r#"
    SYNC_INTERVAL_COMMITS="soon" (environment) cannot be used: "soon" is not a duration; write one like 90s, 15m or 1h30m. The default 15m is used.
    SYNC_INTERVAL_JIRA="10ms" (environment) cannot be used: an interval is a second or more. The default 30m is used.
    "#);
}

#[test]
fn a_value_that_cannot_be_read_hides_the_layers_below_it() {
    let environment = Environment::of([("SYNC_INTERVAL_COMMITS", "soon")]);
    let stored = Chosen::none().with("SYNC_INTERVAL_COMMITS", "5m");
    let (settings, warnings) = Settings::load(&Chosen::none(), &environment, &stored);
    assert_eq!(
        settings.interval_commits.value,
        Duration::from_mins(15),
        "the default is used, as the warning says"
    );
    assert_eq!(warnings.len(), 1);
}

#[test]
fn an_empty_value_is_none() {
    let (settings, warnings) = load_environment([("SYNC_INTERVAL_COMMITS", ""), ("PDT_DATA_DIR", "")]);
    assert_eq!(
        settings.interval_commits.source,
        Source::Default,
        "as in a container's file with nothing filled in"
    );
    assert_eq!(settings.data_folder_source(), Source::Default, "an empty path is no folder");
    assert_eq!(warnings, []);
}

#[test]
fn a_long_value_is_cut_in_its_warning() {
    let long = "x".repeat(5000);
    let (_, warnings) = load_environment([("SYNC_ENABLED", long.as_str())]);
    assert!(warnings[0].to_string().len() < 250, "a warning fits a terminal");
}

#[cfg(unix)]
#[test]
fn bytes_that_are_no_text_are_a_warning_in_a_value_and_welcome_in_a_path() {
    use std::ffi::OsString;
    use std::os::unix::ffi::OsStringExt;

    let bytes = OsString::from_vec(b"/tmp/\xff".to_vec());
    let environment = Environment::of([("SYNC_ENABLED", bytes.clone()), ("PDT_DATA_DIR", bytes.clone())]);
    let (settings, warnings) = Settings::load(&Chosen::none(), &environment, &Chosen::none());
    assert!(settings.sync_enabled.value, "the default");
    assert_eq!(warnings.len(), 1, "only the switch must be text: {warnings:?}");
    assert_eq!(settings.data_folder().unwrap().path(), Path::new(&bytes), "a folder may have any name");
}

#[test]
fn the_data_folder_follows_the_flag_then_the_variable() {
    let environment = Environment::of([("PDT_DATA_DIR", "/srv/pdt")]);
    let flags = Chosen::none().with("PDT_DATA_DIR", "/home/me/pdt");
    let folder = |flags: &Chosen| {
        let (settings, _) =
            Settings::load(flags, &environment, &Chosen::none().with("PDT_DATA_DIR", "/elsewhere"));
        settings.data_folder().unwrap().path().to_owned()
    };
    assert_eq!(folder(&flags), Path::new("/home/me/pdt"));
    assert_eq!(folder(&Chosen::none()), Path::new("/srv/pdt"), "a stored one could not be found");
}

#[test]
fn a_certificate_file_belongs_to_its_host_and_must_be_there() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("acme.pem");
    fs::write(&file, "").unwrap();
    let (settings, warnings) = load_environment([
        ("PDT_CA_FILE_GIT_ACME_EXAMPLE", file.to_str().unwrap()),
        ("PDT_CA_FILE_OTHER_EXAMPLE", "/nowhere/other.pem"),
    ]);
    assert_eq!(settings.certificate_for("git.acme.example"), Some(file.as_path()), "the host's own file");
    assert_eq!(
        settings.certificate_for("Git.Acme.Example"),
        Some(file.as_path()),
        "hosts know no letter case"
    );
    assert_eq!(settings.certificate_for("acme.example"), None, "no other host is trusted for it");
    assert_eq!(settings.certificate_for("other.example"), None, "a file that is not there is left out");
    let sentence = warnings[0].to_string();
    assert!(
        sentence.contains("PDT_CA_FILE_OTHER_EXAMPLE") && sentence.contains("/nowhere/other.pem"),
        "{sentence}"
    );

    let stored = Chosen::none().with("PDT_CA_FILE_GIT_ACME_EXAMPLE", file.clone());
    let (settings, _) = Settings::load(&Chosen::none(), &Environment::default(), &stored);
    assert_eq!(
        settings.certificate_for("git.acme.example"),
        Some(file.as_path()),
        "it may be chosen in Settings"
    );
}

#[test]
fn the_file_is_read_line_by_line_and_a_bad_line_is_named_by_its_number_alone() {
    let text = "\u{feff}# PDT\r\n\r\nexport SYNC_ENABLED=false\r\nglpat-canary without a name\nSYNC_HISTORY_DAYS=\"7\" # a week\nX='unclosed\nPDT_LOG=debug";
    let (environment, warnings) = Environment::default().with_file_text(Path::new(DOTENV), text);
    let (settings, none) = Settings::load(&Chosen::none(), &environment, &Chosen::none());
    assert!(!settings.sync_enabled.value, "a byte order mark, CRLF and export are no hindrance");
    assert_eq!(settings.history_days.value, 7, "quotes and comments are not part of the value");
    assert_eq!(settings.log.value, "debug", "a bad line does not hide those below it");
    assert_eq!(none, []);
    let sentences = warnings.iter().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(sentences.len(), 2, "{sentences:?}");
    assert!(sentences[0].starts_with("Line 4 of /etc/pdt/.env cannot be read"), "{}", sentences[0]);
    assert!(sentences[1].starts_with("Line 6 of /etc/pdt/.env cannot be read"), "{}", sentences[1]);
    assert!(!sentences.concat().contains("canary"), "a line may hold a token, and is never repeated");
}

#[test]
fn a_file_that_is_not_there_adds_nothing_and_one_that_cannot_be_read_is_a_warning() {
    let folder = tempfile::tempdir().unwrap();
    let (_, warnings) = Environment::default().with_file(&folder.path().join(".env"));
    assert_eq!(warnings, [], "nobody needs the file");
    let (_, warnings) = Environment::default().with_file(folder.path());
    assert_eq!(warnings.len(), 1, "a folder in its place is worth a word: {warnings:?}");
}

#[cfg(unix)]
#[test]
fn a_token_in_a_file_that_others_can_read_is_a_warning() {
    use std::os::unix::fs::PermissionsExt;

    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join(".env");
    fs::write(&file, "PDT_TOKEN_WORK=glpat-canary\n").unwrap();
    for (mode, warned) in [(0o644, true), (0o600, false)] {
        fs::set_permissions(&file, fs::Permissions::from_mode(mode)).unwrap();
        let (environment, warnings) = Environment::default().with_file(&file);
        assert_eq!(!warnings.is_empty(), warned, "mode {mode:o}: {warnings:?}");
        let text = format!("{environment:?} {warnings:?}");
        assert!(!text.contains("canary"), "neither prints the token: {text}");
    }
}

fn load_environment<const N: usize>(variables: [(&str, &str); N]) -> (Settings, Vec<SettingWarning>) {
    Settings::load(&Chosen::none(), &Environment::of(variables), &Chosen::none())
}
