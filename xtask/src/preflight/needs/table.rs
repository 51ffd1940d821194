//! The list of needs, a few lines each. Those of the command line stand first, those of tests last.

use super::{NPM, Need, Purpose, Sought, Systems, Weight};

/// Everything that is ever asked for.
pub(super) const NEEDS: &[Need] = &[
    Need {
        systems: Systems::NotWindows,
        ..tool(&["cc"], "the C compiler: it links every program, and builds SQLite").from(
            &["gcc", "libc6-dev"],
            &["gcc", "glibc-devel"],
            &["gcc"],
        )
    },
    tool(&["git"], "real history, out of which the fake services answer").from(
        &["git"],
        &["git-core"],
        &["git"],
    ),
    Need {
        systems: Systems::Linux,
        ..tool(&["pkg-config", "pkgconf"], "finds the libraries that the window is built with")
            .from(&["pkg-config"], &["pkgconf-pkg-config"], &["pkgconf"])
            .of_the_app()
    },
    Need {
        systems: Systems::Linux,
        ..tool(&["make"], "builds the memory allocator of the tray app")
            .from(&["make"], &["make"], &["make"])
            .of_the_app()
    },
    library("webkit2gtk-4.1", "the web view of the window, and GTK with it").from(
        &["libwebkit2gtk-4.1-dev"],
        &["webkit2gtk4.1-devel"],
        &["webkit2gtk-4.1"],
    ),
    Need { sought: Sought::Node, ..tool(&["node"], "builds what the window shows") }
        .from(&["nodejs"], &["nodejs"], &["nodejs"])
        .of_the_app(),
    Need { sought: NPM, ..tool(&["npm"], "brings the libraries that it is built from") }
        .from(&["npm"], &["nodejs-npm"], &["npm"])
        .of_the_app(),
    prop(&["gnome-keyring-daemon"], "a real keychain that tests store tokens in").from(
        &["gnome-keyring"],
        &["gnome-keyring"],
        &["gnome-keyring"],
    ),
    prop(&["dbus-run-session"], "a session bus of its own for that keychain, away from yours").from(
        &["dbus"],
        &["dbus-daemon"],
        &["dbus"],
    ),
    prop(&["dbus-daemon"], "likewise for a whole desktop").from(
        &["dbus-daemon"],
        &["dbus-daemon"],
        &["dbus"],
    ),
    prop(&["secret-tool"], "a second pair of eyes on what PDT stored in the keychain").from(
        &["libsecret-tools"],
        &["libsecret"],
        &["libsecret"],
    ),
    prop(&["gdbus"], "locks that keychain").from(&["libglib2.0-bin"], &["glib2"], &["glib2"]),
    prop(&["Xvfb"], "a display that nobody sees, for windows that nobody sees").from(
        &["xvfb"],
        &["xorg-x11-server-Xvfb"],
        &["xorg-server-xvfb"],
    ),
    prop(&["xdotool"], "the hand that clicks and types there").from(&["xdotool"], &["xdotool"], &["xdotool"]),
    prop(&["xprop"], "tells when that display is ready").from(&["x11-utils"], &["xprop"], &["xorg-xprop"]),
    prop(&["import"], "takes its picture").from(&["imagemagick"], &["ImageMagick"], &["imagemagick"]),
    prop(&["openbox"], "a window manager, which closes windows").from(
        &["openbox"],
        &["openbox"],
        &["openbox"],
    ),
    prop(&["xfce4-panel"], "a panel with a tray, for PDT's icon").from(
        &["xfce4-panel"],
        &["xfce4-panel"],
        &["xfce4-panel"],
    ),
    prop(&["dunst"], "shows notifications").from(&["dunst"], &["dunst"], &["dunst"]),
    prop(&["notify-send"], "sends one, to see that they show").from(
        &["libnotify-bin"],
        &["libnotify"],
        &["libnotify"],
    ),
    prop(&["dex"], "starts what starts at login, as a desktop does").from(
        &["dex"],
        &["dex-autostart"],
        &["dex"],
    ),
    prop(&["gio"], "likewise, as another desktop does").from(&["libglib2.0-bin"], &["glib2"], &["glib2"]),
    prop(&["desktop-file-validate"], "knows what an entry for that must look like").from(
        &["desktop-file-utils"],
        &["desktop-file-utils"],
        &["desktop-file-utils"],
    ),
    prop(&["WebKitWebDriver"], "reads and clicks in PDT's window").from(
        &["webkit2gtk-driver"],
        // Which package holds it has changed; a file's name is understood as well.
        &["/usr/bin/WebKitWebDriver"],
        &["webkitgtk-6.0"],
    ),
    Need { name: "a font", sought: Sought::Font, ..prop(&[], "or there is nothing to read in the window") }
        .from(&["fonts-dejavu-core"], &["dejavu-sans-fonts"], &["ttf-dejavu"]),
    Need {
        systems: Systems::All,
        ..prop(
            &["chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome"],
            "a browser, in which the window's pages are tested by themselves",
        )
        // A pattern, for Ubuntu has its own name for it.
        .from(&["^chromium(-browser)?$"], &["chromium"], &["chromium"])
    },
];

/// A program that nothing can be built without.
const fn tool(names: &'static [&'static str], why: &'static str) -> Need {
    Need {
        weight: Weight::Required,
        purpose: Purpose::CommandLine,
        systems: Systems::All,
        ..prop(names, why)
    }
}

/// A library that the app is built with.
const fn library(name: &'static str, why: &'static str) -> Need {
    Need { name, sought: Sought::Library(name), systems: Systems::Linux, ..tool(&[], why) }.of_the_app()
}

/// A program that stands on the stage of tests. Only Linux has such a stage; elsewhere these tests do not exist.
const fn prop(names: &'static [&'static str], why: &'static str) -> Need {
    Need {
        name: match names {
            [first, ..] => first,
            [] => "",
        },
        sought: Sought::Program(names),
        why,
        weight: Weight::Wanted,
        purpose: Purpose::Testing,
        systems: Systems::Linux,
        debian: &[],
        fedora: &[],
        arch: &[],
    }
}

impl Need {
    const fn of_the_app(self) -> Self {
        Self { purpose: Purpose::App, ..self }
    }

    /// The packages that bring it on Debian, on Fedora and on Arch.
    const fn from(
        self,
        debian: &'static [&'static str],
        fedora: &'static [&'static str],
        arch: &'static [&'static str],
    ) -> Self {
        Self { debian, fedora, arch, ..self }
    }
}
