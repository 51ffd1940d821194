use crate::support::{Scene, TOKEN, desktop};
#[test]
fn shots() {
    let scene = Scene::set(desktop().with_notifications()).connected();
    let app = scene.app().with_token().with("SYNC_INTERVAL_COMMITS", "2s").hidden().start();
    app.wait_for_icon();
    let pid = app.running.pid();
    let nap = |s| std::thread::sleep(std::time::Duration::from_secs(s));
    let tell = |w: &str| {
        let threads = std::fs::read_dir(format!("/proc/{pid}/task")).unwrap().count();
        println!("{w}: {} kB, {threads} threads", scene.stage.pss(pid).unwrap() / 1024);
    };
    nap(20);
    tell("before");
    nap(10);
    tell("before");
    scene.github.revoke_token(TOKEN);
    scene.stage.wait_for_notification().unwrap();
    tell("just after");
    nap(20);
    tell("after");
    nap(10);
    tell("after");
    let cpu = |p: u32| { let s = std::fs::read_to_string(format!("/proc/{p}/stat")).unwrap(); s.split(' ').skip(13).take(2).collect::<Vec<_>>().join("+") };
    let sw = || { std::fs::read_dir(format!("/proc/{pid}/task")).unwrap().map(|t| { let t = t.unwrap().path(); let s = std::fs::read_to_string(t.join("status")).unwrap(); let n = s.lines().find_map(|l| l.strip_prefix("voluntary_ctxt_switches:")).unwrap().trim().parse::<u64>().unwrap(); (std::fs::read_to_string(t.join("comm")).unwrap().trim().to_owned(), n) }).collect::<Vec<_>>() };
    app.choose_in(&["Pause", "Until I resume"]);
    nap(15);
    let (a, c) = (sw(), cpu(pid));
    nap(120);
    let (b, d) = (sw(), cpu(pid));
    println!("cpu {c} -> {d}");
    for (x, y) in a.iter().zip(&b) { if x.1 != y.1 { println!("{} {} -> {}", x.0, x.1, y.1); } }
}
