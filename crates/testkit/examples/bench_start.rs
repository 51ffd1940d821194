//! How long the app takes until its icon is in the tray, beside a bare Tauri app of the same version: `cargo xtask bench
//! start` builds both for release and starts this with the paths to them.
//!
//! The two take turns on one desktop, so that whatever else the machine does hits both alike.

#![cfg_attr(target_os = "linux", expect(clippy::print_stdout, reason = "a measurement is there to be read"))]

#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<std::process::ExitCode> {
    linux::main()
}

#[cfg(not(target_os = "linux"))]
fn main() -> anyhow::Result<()> {
    anyhow::bail!("the start is measured on Linux only")
}

#[cfg(target_os = "linux")]
mod linux {
    use std::path::{Path, PathBuf};
    use std::process::ExitCode;
    use std::time::{Duration, Instant};

    use anyhow::{Context, Result};
    use pdt_testkit::Stage;
    use pdt_testkit::stage::wait_until;

    /// The app may take so much longer than the bare one.
    const MOST: Duration = Duration::from_millis(300);

    /// How often each is started. The first start of each only warms the system's caches and does not count.
    const ROUNDS: usize = 15;

    /// How long something may take to happen at all.
    const PATIENCE: Duration = Duration::from_secs(30);

    pub(super) fn main() -> Result<ExitCode> {
        let mut programs = std::env::args_os().skip(1).map(PathBuf::from);
        let [app, bare] = [programs.next(), programs.next()];
        let words = "it needs the paths to the app and to the bare one; `cargo xtask bench start` knows them";
        let (app, bare) = (app.context(words)?, bare.context(words)?);
        let stage = Stage::plan().with_window_manager().with_panel().raise()?;
        let (mut ours, mut bares) = (Vec::new(), Vec::new());
        for _ in 0..=ROUNDS {
            ours.push(start(&stage, &app, &["--hidden"])?);
            bares.push(start(&stage, &bare, &[])?);
        }
        let (ours, bare) = (median(ours.split_off(1)), median(bares.split_off(1)));
        let more = ours.saturating_sub(bare);
        println!("\n  from the start to the icon in the tray, median of {ROUNDS}\n");
        println!("  PDT               {:>5} ms", ours.as_millis());
        println!("  a bare Tauri app  {:>5} ms", bare.as_millis());
        println!("\n  PDT takes {} ms more; at most {} are promised.", more.as_millis(), MOST.as_millis());
        Ok(if more > MOST { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }

    /// One start, until the icon is there.
    fn start(stage: &Stage, program: &Path, arguments: &[&str]) -> Result<Duration> {
        let icons = stage.watch_tray()?;
        let mut command = stage.command(program);
        command.args(arguments).env("PDT_DATA_DIR", stage.home().join("data"));
        let begin = Instant::now();
        let running = stage.start(&mut command)?;
        let took = icons.next(PATIENCE)?.duration_since(begin);
        drop(running);
        // The next one shall find an empty tray.
        wait_until("the end of the icon", PATIENCE, || stage.tray().is_ok_and(|icons| icons.is_empty()))?;
        Ok(took)
    }

    fn median(mut times: Vec<Duration>) -> Duration {
        times.sort();
        times.get(times.len() / 2).copied().unwrap_or_default()
    }
}
