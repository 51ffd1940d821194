//! The unit for systemd is one that systemd takes, and starts something that there is.

use std::fs;
use std::path::Path;
use std::process::Command;

use crate::support::Pdt;

/// The unit, with this `pdt` in the place of the one that is installed.
fn unit() -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/systemd/pdt.service");
    fs::read_to_string(path).unwrap()
}

fn value<'u>(unit: &'u str, key: &str) -> &'u str {
    let found = unit.lines().find_map(|line| line.strip_prefix(key)?.strip_prefix('='));
    found.unwrap_or_else(|| panic!("the unit says {key}"))
}

#[test]
fn what_the_unit_starts_is_a_command_of_pdt() {
    let unit = unit();
    let mut words = value(&unit, "ExecStart").split_whitespace();
    assert!(words.next().is_some_and(|program| program.ends_with("/pdt")), "it starts pdt: {unit}");
    let arguments: Vec<&str> = words.chain(["--help"]).collect();
    assert_eq!(Pdt::new().run(&arguments).status, Some(0), "pdt knows {arguments:?}");
    let taken = value(&unit, "RestartPreventExitStatus");
    assert_eq!(taken, "3", "a worker that is there already is no reason to try for ever");
}

/// Where there is no systemd, nobody uses the unit, and the test above is all that can be said of it.
#[test]
fn systemd_takes_the_unit() {
    let pdt = Pdt::new();
    let file = pdt.home().join("pdt.service");
    let unit = unit();
    let installed = value(&unit, "ExecStart").split_whitespace().next().unwrap();
    fs::write(&file, unit.replace(installed, env!("CARGO_BIN_EXE_pdt"))).unwrap();
    let mut verify = Command::new("systemd-analyze");
    verify.args(["verify", "--user", "--man=no"]).arg(&file).env("XDG_RUNTIME_DIR", pdt.home());
    let Ok(verified) = verify.output() else { return };
    let said = String::from_utf8_lossy(&verified.stderr);
    assert!(verified.status.success(), "{said}");
    assert!(!said.contains("pdt.service"), "without a complaint: {said}");
}
