//! What a worker gives up before it sees the first byte of a file.

use std::io;

/// Confines this thread, and whatever it starts, for good, as far as the kernel can.
#[cfg(target_os = "linux")]
pub(crate) fn enter() -> io::Result<()> {
    linux::forbid_files()?;
    linux::forbid_calls()
}

/// Other systems have limits on memory and time only.
#[cfg(not(target_os = "linux"))]
pub(crate) fn enter() -> io::Result<()> {
    Ok(())
}

#[cfg(target_os = "linux")]
mod linux {
    use std::io;

    use landlock::{ABI, Access, AccessFs, AccessNet, Ruleset, RulesetAttr, RulesetError, Scope};
    use seccompiler::{BpfProgram, SeccompAction, SeccompFilter, TargetArch, apply_filter};

    /// The newest version of Landlock that the rules know; an older kernel gets what it has.
    const LANDLOCK: ABI = ABI::V6;

    /// The system calls that parsing needs: memory, time, the pipes, and how a process ends.
    const ALLOWED: [libc::c_long; 36] = [
        libc::SYS_read,
        libc::SYS_readv,
        libc::SYS_write,
        libc::SYS_writev,
        libc::SYS_close,
        libc::SYS_fstat,
        libc::SYS_lseek,
        libc::SYS_fcntl,
        libc::SYS_mmap,
        libc::SYS_munmap,
        libc::SYS_mremap,
        libc::SYS_mprotect,
        libc::SYS_madvise,
        libc::SYS_brk,
        libc::SYS_futex,
        libc::SYS_membarrier,
        libc::SYS_sched_yield,
        libc::SYS_sched_getaffinity,
        libc::SYS_nanosleep,
        libc::SYS_clock_nanosleep,
        libc::SYS_clock_gettime,
        libc::SYS_gettimeofday,
        libc::SYS_getrandom,
        libc::SYS_getpid,
        libc::SYS_gettid,
        libc::SYS_tgkill,
        libc::SYS_rt_sigaction,
        libc::SYS_rt_sigprocmask,
        libc::SYS_rt_sigreturn,
        libc::SYS_sigaltstack,
        libc::SYS_restart_syscall,
        libc::SYS_rseq,
        libc::SYS_prlimit64,
        libc::SYS_getrusage,
        libc::SYS_exit,
        libc::SYS_exit_group,
    ];

    /// Keeps this process from all files, the network and other processes (Landlock).
    pub(super) fn forbid_files() -> io::Result<()> {
        let rules = || -> Result<(), RulesetError> {
            let rules = Ruleset::default()
                .handle_access(AccessFs::from_all(LANDLOCK))?
                .handle_access(AccessNet::from_all(LANDLOCK))?
                .scope(Scope::from_all(LANDLOCK))?;
            rules.create()?.restrict_self()?;
            Ok(())
        };
        rules().map_err(io::Error::other)
    }

    /// Lets the kernel refuse this thread every other system call with EPERM (seccomp).
    pub(super) fn forbid_calls() -> io::Result<()> {
        let Ok(architecture) = TargetArch::try_from(std::env::consts::ARCH) else { return Ok(()) };
        let rules = ALLOWED.into_iter().map(|call| (call, Vec::new())).collect();
        let refused = SeccompAction::Errno(libc::EPERM.unsigned_abs());
        let filter = SeccompFilter::new(rules, refused, SeccompAction::Allow, architecture)
            .and_then(BpfProgram::try_from)
            .map_err(io::Error::other)?;
        match apply_filter(&filter) {
            // Some kernels have it not.
            Ok(()) | Err(seccompiler::Error::Prctl(_) | seccompiler::Error::Seccomp(_)) => Ok(()),
            Err(error) => Err(io::Error::other(error)),
        }
    }
}
