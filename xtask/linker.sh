#!/bin/sh
# The linker that cargo calls on Linux: the C compiler, which is installed first where there is none.
#
# Rust needs a C compiler to link anything at all, `cargo xtask` included, so this one need cannot wait for
# the checks that xtask does. Where `cc` is there, this script adds nothing.
set -eu

if command -v cc >/dev/null 2>&1; then
    exec cc "$@"
fi

# cargo shows a linker's words only when it fails; the person at the terminal should see them now.
if (: >/dev/tty) 2>/dev/null; then
    exec 3>/dev/tty
else
    exec 3>&2
fi
say() { printf '%s\n' "$*" >&3; }

root=""
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        say "There is no C compiler (cc), which Rust needs to link programs. Please install one (gcc) as root."
        exit 1
    fi
    root="sudo"
    if [ -n "${CI:-}" ] || ! (: >/dev/tty) 2>/dev/null; then
        root="sudo --non-interactive"
    fi
fi

install_compiler() {
    if command -v apt-get >/dev/null 2>&1; then
        $root apt-get update
        $root env DEBIAN_FRONTEND=noninteractive \
            apt-get install --yes --no-install-recommends --option=DPkg::Lock::Timeout=300 gcc libc6-dev
    elif command -v dnf >/dev/null 2>&1; then
        $root dnf install --assumeyes gcc glibc-devel
    elif command -v pacman >/dev/null 2>&1; then
        $root pacman -S --needed --noconfirm gcc || $root pacman -Sy --needed --noconfirm gcc
    else
        say "There is no C compiler (cc), which Rust needs to link programs. Please install one."
        return 1
    fi
}

# cargo links several programs at once; the first one here installs, the others wait. The lock is on this file, and
# dies with its holder.
exec 9<"$0"
if command -v flock >/dev/null 2>&1; then
    flock 9
fi
if ! command -v cc >/dev/null 2>&1; then
    say "There is no C compiler (cc), which Rust needs to link programs: installing gcc."
    install_compiler >&3 2>&3 </dev/null 9>&- || true
fi

if ! command -v cc >/dev/null 2>&1; then
    say "The C compiler could not be installed. Please install gcc, then run this command again."
    exit 1
fi
exec cc "$@"
