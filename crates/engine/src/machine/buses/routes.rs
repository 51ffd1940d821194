//! The kernel's routes: is there a way out of this machine, whoever made it?
//!
//! The columns of the two lists are in the kernel's sources, `net/ipv4/fib_trie.c` and `net/ipv6/ip6_fib.c`.

use std::fs;
use std::path::PathBuf;

/// `RTF_UP`: the route is in use.
const UP: u32 = 0x0001;
/// `RTF_REJECT`: the route says that there is no way.
const REJECT: u32 = 0x0200;

/// The folder in which the kernel lists its routes.
#[derive(Debug)]
pub(super) struct Routes {
    folder: PathBuf,
}

impl Routes {
    pub(super) fn of(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Whether a route leads to everywhere. Where there is no list, no.
    pub(super) fn lead_out(&self) -> bool {
        let any = |file: &str, is_way_out: fn(&[&str]) -> bool| {
            let list = fs::read_to_string(self.folder.join(file)).unwrap_or_default();
            list.lines().any(|line| is_way_out(&line.split_whitespace().collect::<Vec<_>>()))
        };
        any("route", is_way_out) || any("ipv6_route", is_way_out_6)
    }
}

/// A line of `route`: interface, destination, gateway, flags, three counters, mask.
fn is_way_out(columns: &[&str]) -> bool {
    match columns {
        [_, to, _, flags, _, _, _, mask, ..] => is_zero(to) && is_zero(mask) && is_in_use(flags),
        _ => false,
    }
}

/// A line of `ipv6_route`: destination with its length, source with its length, gateway, three counters, flags,
/// interface.
fn is_way_out_6(columns: &[&str]) -> bool {
    match columns {
        [to, length, _, _, _, _, _, _, flags, _] => is_zero(to) && is_zero(length) && is_in_use(flags),
        _ => false,
    }
}

fn is_zero(number: &str) -> bool {
    number.bytes().all(|digit| digit == b'0')
}

fn is_in_use(flags: &str) -> bool {
    u32::from_str_radix(flags, 16).is_ok_and(|flags| flags & (UP | REJECT) == UP)
}

#[cfg(test)]
mod tests {
    use super::*;

    const HEAD: &str = "Iface\tDestination\tGateway \tFlags\tRefCnt\tUse\tMetric\tMask\t\tMTU\tWindow\tIRTT";
    const ZERO: &str = "00000000000000000000000000000000";

    fn leads_out(route: &str, ipv6_route: &str) -> bool {
        let folder = tempfile::tempdir().unwrap();
        fs::write(folder.path().join("route"), format!("{HEAD}\n{route}\n")).unwrap();
        fs::write(folder.path().join("ipv6_route"), ipv6_route).unwrap();
        Routes::of(folder.path().to_owned()).lead_out()
    }

    #[test]
    fn a_default_route_leads_out() {
        let four = "eth0\t00000000\t010200C0\t0003\t0\t0\t0\t00000000\t0\t0\t0";
        assert!(leads_out(four, ""), "the one of IPv4");
        let gateway = "fe800000000000000000000000000001";
        let six = format!("{ZERO} 00 {ZERO} 00 {gateway} 00000400 00000003 00000000 00000003     eth0");
        assert!(leads_out("", &six), "the one of IPv6");
    }

    #[test]
    fn a_route_to_somewhere_does_not_lead_out() {
        let own = "eth0\t000200C0\t00000000\t0001\t0\t0\t0\t00FFFFFF\t0\t0\t0";
        assert!(!leads_out(own, ""), "one's own network");
        let half = "tun0\t00000000\t010200C0\t0003\t0\t0\t0\t00000080\t0\t0\t0";
        assert!(
            !leads_out(half, ""),
            "half of the world, as a tunnel has it beside the way that it needs itself"
        );
        let link = "fe800000000000000000000000000000";
        let six = format!("{link} 40 {ZERO} 00 {ZERO} 00000100 00000002 00000000 00000001     eth0");
        assert!(!leads_out("", &six), "the neighbours");
    }

    #[test]
    fn a_route_that_says_there_is_no_way_does_not_lead_out() {
        let none = format!("{ZERO} 00 {ZERO} 00 {ZERO} ffffffff 00000001 00000000 00200200       lo");
        assert!(!leads_out("", &none), "the kernel lists it always");
        let refused = "*\t00000000\t00000000\t0201\t0\t0\t0\t00000000\t0\t0\t0";
        assert!(!leads_out(refused, ""), "somebody has forbidden it");
    }

    #[test]
    fn no_list_leads_nowhere() {
        assert!(!Routes::of(PathBuf::from("/nonexistent")).lead_out(), "a system without these lists");
    }
}
