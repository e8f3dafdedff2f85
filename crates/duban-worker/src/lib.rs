//! Work on untrusted bytes, in worker processes that may die.
//!
//! A parser that a hostile file sends into endless loops, or out of memory, takes down its process. So
//! the bytes go to a worker: [`Pool`] keeps a few of them, hands each one job at a time over pipes and
//! replaces those that die or grow. A worker is the same program started with other arguments; it calls
//! [`serve`], which first gives up what the work does not need: memory and processor time beyond
//! [`Limits`], files, the network, new processes (Landlock and seccomp where the kernel has them). The
//! parent ends a worker, with all that it started, when its time on the clock is over.
//!
//! What a job means is the caller's affair: a head and a body in, an answer out, all of them bytes. Work
//! that needs another program [`ask`]s the parent, who is not confined.

mod frame;
mod limits;
mod pool;
mod process;
mod sandbox;
mod serve;

pub use limits::Limits;
pub use pool::{Death, Pool, RunError};
pub use serve::{ask, serve};
