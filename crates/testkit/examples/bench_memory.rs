//! How much memory the app takes: `cargo xtask bench memory` builds it for release and starts this with the paths to
//! `pdt` and to the app.
//!
//! Counted is the proportional set size of all its processes, on a desktop of its own, with the history of a few
//! repositories and of a large Jira in its database. What is promised stands in the limit; the moments are the promise's, too.

#![cfg_attr(target_os = "linux", expect(clippy::print_stdout, reason = "a measurement is there to be read"))]

#[cfg(target_os = "linux")]
fn main() -> anyhow::Result<std::process::ExitCode> {
    linux::main()
}

#[cfg(not(target_os = "linux"))]
fn main() -> anyhow::Result<()> {
    anyhow::bail!("memory is counted on Linux only")
}

#[cfg(target_os = "linux")]
mod linux {
    use std::path::PathBuf;
    use std::process::{Command, ExitCode};
    use std::thread::sleep;
    use std::time::{Duration, Instant};

    use anyhow::{Context, Result, ensure};
    use pdt_testkit::jira::{Edit, World};
    use pdt_testkit::stage::{Running, wait_for, wait_until};
    use pdt_testkit::{DemoWorld, FakeJira, JiraSettings, NewToken, Stage};

    const JIRA_TOKEN: &str = "token-of-the-benchmark";

    /// At most so much in the tray, in bytes.
    const MOST: u64 = 60_000_000;

    /// How long after the start, and after a closing, is counted.
    const AFTER_START: Duration = Duration::from_secs(5);
    const AFTER_CLOSING: Duration = Duration::from_secs(8);

    /// How many runs a working day or two have.
    const RUNS: usize = 200;

    /// How long an order may take to show.
    const ASK_AGAIN: Duration = Duration::from_millis(300);

    /// How long something may take to happen at all.
    const PATIENCE: Duration = Duration::from_secs(60);

    struct Bench {
        stage: Stage,
        world: DemoWorld,
        /// 12 boards, 400 sprints, 600 cards to read with up to 450 changes each.
        jira: FakeJira,
        pdt: PathBuf,
        app: PathBuf,
    }

    pub(super) fn main() -> Result<ExitCode> {
        let mut programs = std::env::args_os().skip(1).map(PathBuf::from);
        let [pdt, app] = [programs.next(), programs.next()];
        let stage = Stage::plan().with_window_manager().raise()?;
        let words = "it needs the paths to pdt and to the app; `cargo xtask bench memory` knows them";
        let jira = FakeJira::with_world(JiraSettings::default(), &World::large(7))?;
        jira.add_token(NewToken::new(JIRA_TOKEN, "ada"));
        let bench = Bench {
            stage,
            world: DemoWorld::invented()?,
            jira,
            pdt: pdt.context(words)?,
            app: app.context(words)?,
        };
        bench.prepare()?;
        let worst = bench.measure()?;
        println!(
            "\n  At most {} in the tray are promised; the most that was counted is {}.",
            mb(MOST),
            mb(worst)
        );
        Ok(if worst > MOST { ExitCode::FAILURE } else { ExitCode::SUCCESS })
    }

    impl Bench {
        /// A record of a few hundred commits, and a large Jira that nothing was read of yet: the app itself will.
        fn prepare(&self) -> Result<()> {
            let (github, gitlab) = (self.world.github().url(), self.world.gitlab().url());
            let mut commands = vec![
                format!("account add github --url {github} --name demo-github"),
                format!("account add gitlab --url {gitlab} --name demo-gitlab"),
            ];
            commands.extend(self.world.repository_urls().iter().map(|url| format!("repo add {url}")));
            commands.push("sync commits".to_owned());
            let site = self.jira.site();
            commands.push(format!("account add jira --url {site} --email ada@example.com --name jira"));
            for words in commands {
                let output = self.command(&self.pdt).args(words.split(' ')).output()?;
                let complaint = String::from_utf8_lossy(&output.stderr);
                ensure!(output.status.success(), "`pdt {words}` failed: {complaint}");
            }
            Ok(())
        }

        /// Prints a line for each moment and answers with the most that was counted in the tray.
        fn measure(&self) -> Result<u64> {
            println!("\n  proportional set size of all processes of PDT\n");
            let app = self.stage.start(self.command(&self.app).arg("--hidden"))?;
            self.stage.wait_for_name("dev.pdt.desktop.SingleInstance")?;
            sleep(AFTER_START);
            // Nobody else uses GTK yet, as at login: libraries that are shared later are PDT's alone now.
            let mut in_tray = vec![self.count("5 s after a hidden start, alone", &app)?];
            let _panel = self.stage.start_panel()?;
            wait_until("PDT's icon", PATIENCE, || self.icons(&app) == 1)?;
            in_tray.push(self.count("beside a panel", &app)?);
            let begun = Instant::now();
            self.choose(&app, &["Sync now", "Everything"])?;
            self.wait_for_syncs(&app)?;
            let took = begun.elapsed().as_secs_f64();
            println!("  (the first sync of a large Jira took {took:.1} s)");
            sleep(AFTER_CLOSING);
            in_tray.push(self.count("8 s after the first sync of a large Jira", &app)?);
            self.sync_often(&app)?;
            sleep(AFTER_CLOSING);
            in_tray.push(self.count("8 s after 200 runs of both loops", &app)?);
            self.open(&app)?;
            sleep(AFTER_START);
            self.count("with the window open", &app)?;
            self.close(&app)?;
            sleep(AFTER_CLOSING);
            in_tray.push(self.count("8 s after closing it", &app)?);
            for _ in 0..10 {
                self.open(&app)?;
                self.close(&app)?;
            }
            sleep(AFTER_CLOSING);
            in_tray.push(self.count("8 s after ten more openings and closings", &app)?);
            in_tray.into_iter().max().context("something was counted")
        }

        /// Somebody works on cards, and PDT follows: each run of Jira has one to read.
        fn sync_often(&self, app: &Running) -> Result<()> {
            let (world, before) = (self.jira.world(), self.jira_runs());
            let cards = world.active_cards();
            for (number, key) in cards.iter().cycle().take(RUNS).enumerate() {
                world.edit(key, Edit::Summary(format!("Another title, number {number}")))?;
                self.sync_once_more(app, before + number)?;
            }
            Ok(())
        }

        /// A run that is asked for while the one before it is ending is skipped: then it is asked for again.
        fn sync_once_more(&self, app: &Running, runs: usize) -> Result<()> {
            let mut asked_at: Option<Instant> = None;
            wait_until("a run", PATIENCE, || {
                if asked_at.is_none_or(|at| at.elapsed() > ASK_AGAIN) {
                    asked_at = self.choose(app, &["Sync now", "Everything"]).is_ok().then(Instant::now);
                }
                self.jira_runs() > runs
            })?;
            self.wait_for_syncs(app)
        }

        /// How many runs have asked Jira so far: each begins by asking whom the token belongs to.
        fn jira_runs(&self) -> usize {
            self.jira.request_lines().iter().filter(|line| line.contains("/myself")).count()
        }

        fn wait_for_syncs(&self, app: &Running) -> Result<()> {
            let are_over = || self.says(app, "Jira: just now") && self.says(app, "Commits: just now");
            wait_until("the end of the sync", PATIENCE, are_over)
        }

        fn count(&self, moment: &str, app: &Running) -> Result<u64> {
            let bytes = self.stage.pss(app.pid())?;
            let processes = self.stage.tree(app.pid())?.len();
            println!("  {moment:<42} {:>9}  in {processes} processes", mb(bytes));
            Ok(bytes)
        }

        fn open(&self, app: &Running) -> Result<()> {
            self.choose(app, &["Open dashboard"])?;
            wait_until("the window", PATIENCE, || !self.stage.windows("^PDT$").is_empty())
        }

        fn close(&self, app: &Running) -> Result<()> {
            let window = wait_for("the window", PATIENCE, || self.stage.windows("^PDT$").pop())?;
            self.stage.close_window(&window)?;
            wait_until("the window's end", PATIENCE, || {
                self.stage.tree(app.pid()).is_ok_and(|tree| tree.len() == 1)
            })
        }

        fn choose(&self, app: &Running, labels: &[&str]) -> Result<()> {
            let icon = self.stage.icons_of(app.pid())?.pop().context("PDT has no icon")?;
            icon.choose(labels)
        }

        /// Whether a line of the icon's menu says this.
        fn says(&self, app: &Running, line: &str) -> bool {
            let icons = self.stage.icons_of(app.pid()).unwrap_or_default();
            let menus = icons.iter().filter_map(|icon| icon.menu().ok());
            menus.into_iter().any(|menu| menu.labels().contains(&line))
        }

        fn icons(&self, app: &Running) -> usize {
            self.stage.icons_of(app.pid()).map_or(0, |icons| icons.len())
        }

        fn command(&self, program: &PathBuf) -> Command {
            let mut command = self.stage.command(program);
            command
                .env("PDT_DATA_DIR", self.stage.home().join("data"))
                .env("PDT_TOKEN_DEMO_GITHUB", self.world.github_token())
                .env("PDT_TOKEN_DEMO_GITLAB", self.world.gitlab_token())
                .env("PDT_TOKEN_JIRA", JIRA_TOKEN);
            command
        }
    }

    fn mb(bytes: u64) -> String {
        format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
    }
}
