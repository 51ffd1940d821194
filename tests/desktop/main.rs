//! The real app on a real desktop that nobody looks at, as a person uses it: window, tray, keychain, services.

#![cfg(all(test, target_os = "linux"))]
