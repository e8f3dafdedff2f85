//! Jobs that behave and jobs that do not. The program starts itself as the worker.

use std::env;
use std::fs;
use std::hint::black_box;
use std::io;
use std::process::ExitCode;
use std::time::Duration;

use duban_worker::{Death, Limits, Pool, RunError, ask, serve};
use libtest_mimic::{Arguments, Failed, Trial};

/// What makes this program a worker.
const WORKER: &str = "--worker";

fn limits() -> Limits {
    Limits {
        memory: 256 << 20,
        processor: Duration::from_secs(1),
        clock: Duration::from_secs(4),
        answer: 1 << 20,
        grown: 64 << 20,
    }
}

/// Does what the head of a job says.
fn work(setup: &[u8], head: &[u8], body: Vec<u8>) -> Vec<u8> {
    let told = |result: io::Result<()>| match result {
        Ok(()) => b"done".to_vec(),
        Err(error) => error.to_string().into_bytes(),
    };
    match head {
        b"echo" => body,
        b"setup" => setup.to_vec(),
        b"pid" => std::process::id().to_string().into_bytes(),
        b"environment" => format!("{:?}", env::vars_os().collect::<Vec<_>>()).into_bytes(),
        b"ask" => ask(&body).unwrap_or_default(),
        b"allocate" => black_box(vec![1_u8; 400 << 20]),
        b"grow" => {
            black_box(vec![1_u8; 100 << 20]).leak();
            Vec::new()
        }
        b"flood" => vec![0; 2 << 20],
        b"spin" => loop {
            black_box(0);
        },
        b"sleep" => {
            std::thread::sleep(Duration::from_mins(1));
            Vec::new()
        }
        b"recurse" => vec![deeper(1)],
        b"exit" => std::process::exit(7),
        b"open" => told(fs::read("/etc/passwd").map(drop)),
        b"write" => told(fs::write("/tmp/duban-worker-was-here", "x")),
        b"connect" => told(std::net::TcpListener::bind("127.0.0.1:0").map(drop)),
        b"start" => told(std::process::Command::new("/bin/true").status().map(drop)),
        _ => b"no such job".to_vec(),
    }
}

fn deeper(depth: u8) -> u8 {
    if depth == 0 {
        return 0;
    }
    let frame = black_box([depth; 4096]);
    deeper(frame[17]).wrapping_add(frame[4000])
}

fn pool() -> Pool {
    let program = env::current_exe().expect("a program has a path");
    Pool::new(program, vec![WORKER.into()], b"set up".to_vec(), limits())
}

fn try_run(pool: &Pool, head: &str, body: &str) -> Result<String, RunError> {
    let answer = pool.run(head.as_bytes(), &mut body.as_bytes(), &mut |question: &[u8]| {
        [b"replied to ", question].concat()
    })?;
    Ok(String::from_utf8_lossy(&answer).into_owned())
}

/// The answer to a job that behaves.
fn run(pool: &Pool, head: &str, body: &str) -> String {
    try_run(pool, head, body).expect("the job has an answer")
}

fn dies_of(head: &str) -> Death {
    let pool = pool();
    let death = match try_run(&pool, head, "") {
        Err(RunError::Died(death)) => death,
        other => panic!("{head}: {other:?}"),
    };
    assert_eq!(run(&pool, "echo", "next"), "next");
    death
}

/// Jobs that behave.
fn answers() {
    let pool = pool();
    let long = "公开".repeat(100_000);
    assert_eq!(run(&pool, "echo", &long), long);
    assert_eq!(run(&pool, "setup", ""), "set up");
    assert_eq!(run(&pool, "ask", "for it"), "replied to for it");
    assert_eq!(run(&pool, "environment", ""), "[]");
}

fn workers_serve_many_jobs_and_are_replaced_when_they_grow() {
    let pool = pool();
    let first = run(&pool, "pid", "");
    assert_eq!(run(&pool, "pid", ""), first);
    run(&pool, "grow", "");
    assert_ne!(run(&pool, "pid", ""), first);
}

fn each_death_has_its_name() {
    assert_eq!(dies_of("allocate"), Death::Memory);
    assert_eq!(dies_of("spin"), Death::Processor);
    assert_eq!(dies_of("sleep"), Death::Clock);
    assert_eq!(dies_of("flood"), Death::Answer);
    assert_eq!(dies_of("recurse"), Death::Stack);
    assert!(matches!(dies_of("exit"), Death::Exit { code: Some(7), .. }));
}

fn nothing_outside_can_be_reached() {
    let pool = pool();
    for job in ["open", "write", "connect", "start"] {
        let told = run(&pool, job, "");
        assert!(told.contains("ermi"), "{job}: {told}");
    }
}

fn a_body_that_breaks_off_harms_no_later_job() {
    struct Broken;
    impl io::Read for Broken {
        fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
            Err(io::Error::other("it is gone"))
        }
    }
    let pool = pool();
    let broken = pool.run(b"echo", &mut Broken, &mut |_: &[u8]| Vec::new());
    assert!(matches!(broken, Err(RunError::Body(_))));
    assert_eq!(run(&pool, "echo", "next"), "next");
}

fn a_program_that_is_missing_is_said() {
    let pool = Pool::new("/no/such/program".into(), Vec::new(), Vec::new(), limits());
    assert!(matches!(try_run(&pool, "echo", ""), Err(RunError::Start(_))));
}

fn main() -> ExitCode {
    if env::args().nth(1).as_deref() == Some(WORKER) {
        let served = serve(&limits(), |setup| {
            let setup = setup.to_vec();
            move |head: &[u8], body: Vec<u8>| work(&setup, head, body)
        });
        return if served.is_ok() { ExitCode::SUCCESS } else { ExitCode::FAILURE };
    }
    let tests: [(&str, fn()); 6] = [
        ("answers", answers),
        (
            "workers_serve_many_jobs_and_are_replaced_when_they_grow",
            workers_serve_many_jobs_and_are_replaced_when_they_grow,
        ),
        ("each_death_has_its_name", each_death_has_its_name),
        ("nothing_outside_can_be_reached", nothing_outside_can_be_reached),
        ("a_body_that_breaks_off_harms_no_later_job", a_body_that_breaks_off_harms_no_later_job),
        ("a_program_that_is_missing_is_said", a_program_that_is_missing_is_said),
    ];
    let trial = |(name, test): (&str, fn())| {
        Trial::test(name, move || {
            test();
            Ok::<(), Failed>(())
        })
    };
    libtest_mimic::run(&Arguments::from_args(), tests.map(trial).into()).exit_code()
}
