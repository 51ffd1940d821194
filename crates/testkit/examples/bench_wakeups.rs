//! How often the app wakes the processor while it has nothing to do: `cargo xtask bench wakeups` builds it for release
//! and starts this with the paths to `pdt` and to the app.
//!
//! It sits in the tray of a panel, connected to a service where nothing happens, after its first sync. Counted are the
//! moments in which any of its threads gave the processor back, as the kernel counts them; several threads that run
//! within a tenth of a second have woken it once.

#![cfg_attr(target_os = "linux", expect(clippy::print_stdout, reason = "a measurement is there to be read"))]

#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<std::process::ExitCode> {
    linux::main()
}

#[cfg(not(target_os = "linux"))]
fn main() -> anyhow::Result<()> {
    anyhow::bail!("wake-ups are counted on Linux only")
}

#[cfg(target_os = "linux")]
mod linux {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::PathBuf;
    use std::process::{Command, ExitCode};
    use std::thread::sleep;
    use std::time::{Duration, Instant};

    use anyhow::{Context, Result, ensure};
    use pdt_testkit::stage::{Running, wait_until};
    use pdt_testkit::{DemoWorld, Stage};

    /// How long is counted, and how many wake-ups are promised for it: one a minute.
    const COUNTED: Duration = Duration::from_mins(5);
    const MOST: usize = 5;

    /// Threads that run within this have woken the processor once.
    const MOMENT: Duration = Duration::from_millis(100);

    /// After the first sync some threads wait a while for more work before they end, and the next beat reads once what
    /// may have changed with it.
    const SETTLING: Duration = Duration::from_secs(75);

    /// How long something may take to happen at all.
    const PATIENCE: Duration = Duration::from_secs(60);

    /// How often each thread has given the processor back since it began, by its number, with its name.
    type Counts = BTreeMap<u32, (String, u64)>;

    pub(super) fn main() -> Result<ExitCode> {
        let mut programs = std::env::args_os().skip(1).map(PathBuf::from);
        let words = "it needs the paths to pdt and to the app; `cargo xtask bench wakeups` knows them";
        let (pdt, app) = (programs.next().context(words)?, programs.next().context(words)?);
        let stage = Stage::plan().with_window_manager().with_panel().raise()?;
        let world = DemoWorld::invented()?;
        connect(&stage, &world, &pdt)?;
        let mut app = stage.start(command(&stage, &world, &app).arg("--hidden"))?;
        wait_until("the first sync", PATIENCE, || has_synced(&stage, &app))?;
        sleep(SETTLING);
        let before = counts(&app)?;
        let moments = count(&app)?;
        tell(&before, &counts(&app)?);
        ensure!(app.ended()?.is_none(), "the app has ended, and sleeps for that reason");
        println!(
            "\n  {moments} wake-ups in {} minutes; at most {MOST} are promised.",
            COUNTED.as_secs() / 60
        );
        Ok(if moments > MOST { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }

    fn connect(stage: &Stage, world: &DemoWorld, pdt: &PathBuf) -> Result<()> {
        let github = world.github().url();
        let mut commands = vec![format!("account add github --url {github} --name demo-github")];
        let urls = world.repository_urls().into_iter().filter(|url| url.starts_with(github));
        commands.extend(urls.map(|url| format!("repo add {url}")));
        for words in commands {
            let output = command(stage, world, pdt).args(words.split(' ')).output()?;
            let complaint = String::from_utf8_lossy(&output.stderr);
            ensure!(output.status.success(), "`pdt {words}` failed: {complaint}");
        }
        Ok(())
    }

    fn command(stage: &Stage, world: &DemoWorld, program: &PathBuf) -> Command {
        let mut command = stage.command(program);
        command
            .env("PDT_DATA_DIR", stage.home().join("data"))
            .env("PDT_TOKEN_DEMO_GITHUB", world.github_token());
        command
    }

    fn has_synced(stage: &Stage, app: &Running) -> bool {
        let icons = stage.icons_of(app.pid()).unwrap_or_default();
        let menus = icons.iter().filter_map(|icon| icon.menu().ok());
        menus.into_iter().any(|menu| menu.labels().contains(&"Commits: just now"))
    }

    /// The moments in which any thread ran.
    fn count(app: &Running) -> Result<usize> {
        let end = Instant::now() + COUNTED;
        let (mut seen, mut moments, mut was_awake) = (total(&counts(app)?), 0, false);
        while Instant::now() < end {
            sleep(MOMENT);
            let now = total(&counts(app)?);
            let is_awake = now != seen;
            moments += usize::from(is_awake && !was_awake);
            (seen, was_awake) = (now, is_awake);
        }
        Ok(moments)
    }

    fn counts(app: &Running) -> Result<Counts> {
        let mut counts = Counts::new();
        for task in fs::read_dir(format!("/proc/{}/task", app.pid()))? {
            let task = task?.path();
            // A thread may end while it is looked at.
            let (Ok(name), Ok(status)) =
                (fs::read_to_string(task.join("comm")), fs::read_to_string(task.join("status")))
            else {
                continue;
            };
            let number = |line: &str| line.rsplit('\t').next()?.trim().parse::<u64>().ok();
            let switches =
                status.lines().filter(|line| line.contains("voluntary_ctxt_switches")).filter_map(number);
            let thread =
                task.file_name().and_then(|name| name.to_str()?.parse().ok()).context("a thread's number")?;
            counts.insert(thread, (name.trim().to_owned(), switches.sum()));
        }
        Ok(counts)
    }

    fn total(counts: &Counts) -> u64 {
        counts.values().map(|(_, switches)| switches).sum()
    }

    /// A line for each thread that has run.
    fn tell(before: &Counts, after: &Counts) {
        println!("\n  thread                how often it gave the processor back\n");
        for (thread, (name, switches)) in after {
            let was = before.get(thread).map_or(0, |(_, switches)| *switches);
            if *switches > was {
                println!("  {name:<20} {:>6}", switches - was);
            }
        }
    }
}
