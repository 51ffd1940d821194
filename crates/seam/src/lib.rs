//! What PDT's window and its resident process say to each other.
//!
//! The window has a process of its own, because a web view gives its memory back only by ending. It is started by the
//! resident process and talks to it over its standard input and output: nobody else can reach that way, and whoever of
//! the two ends, the other one hears it at once.
//!
//! [`calls`] declares, once, what the window may ask for; [`resident`] answers, [`window`] asks. [`typescript`] tells
//! the web view's code the same.

pub mod calls;
pub mod resident;
pub mod typescript;
pub mod window;
mod wire;
