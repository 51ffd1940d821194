//! `cargo xtask pictures`: makes the README's pictures of the window again, from the sample data of its tests.

use crate::failure::Failure;
use crate::preflight::{self, Purpose};
use crate::say;
use crate::steps::Steps;
use crate::workspace::{npm, root};

/// Where they lie, from the workspace's folder.
const FOLDER: &str = "docs/pictures";

/// Builds the window with sample data, and takes a picture of its main views in both themes.
pub(crate) fn make() -> Result<(), Failure> {
    let mut steps = Steps::begin();
    let result = all(&mut steps);
    say::line(&format!("\n{}", steps.summary()));
    result
}

fn all(steps: &mut Steps) -> Result<(), Failure> {
    steps.step("what the system needs", || preflight::run(Purpose::Testing))?;
    steps.command(
        "libraries of the window",
        &mut npm(&["ci", "--no-audit", "--no-fund"]),
        "npm's messages above say why.",
    )?;
    let folder = root().join(FOLDER);
    let mut camera = npm(&["run", "pictures", "--"]);
    steps.command("pictures of the window", camera.arg(&folder), "The messages above say why.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_has_the_script_that_is_called() {
        let package = std::fs::read_to_string(root().join("ui/package.json")).expect("the window's package");
        assert!(
            package.contains("\"pictures\": \"node tests/browser/pictures.js\""),
            "npm knows it: {package}"
        );
        assert!(root().join("ui/tests/browser/pictures.js").is_file(), "and it is there");
    }
}
