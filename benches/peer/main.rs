//! The program against `SQLite`'s own shell: the same work on the same book, side by side in one run.
//!
//! `cargo bench --bench peer -- [--size 10k|1m|10m | --all] [--only NAME] [--runs COUNT]` prints one table: what was
//! done, what it took here and there, the ratio, and the ratio that the project allows itself. Only the ratios mean
//! anything; both sides run in turns, so that a busy machine slows both. `--smallest` runs everything within seconds, to
//! see that it runs, and prints no figures.

mod add;
mod crowd;
mod export;
mod growth;
mod import;
mod ledger;
mod month;
mod office;
mod payments;
mod process;
mod table;

use std::env;

use anyhow::{Context, Result, bail};

use table::Table;

/// How much is measured.
struct Plan {
    /// Entries of the largest book.
    size: u32,
    /// Entries of the smallest book.
    first: u32,
    /// Whether it is to be seen only that everything runs.
    smallest: bool,
    /// The benchmark to run; all of them where none is named.
    only: Option<String>,
    /// How often each side of a short command runs, and each of a long one.
    runs: usize,
    rounds: usize,
    /// How many log forms at once, and how many forms each logs one after the other, each by a process of its own.
    clerks: u32,
    forms: u32,
}

/// A benchmark adds its lines to the table.
type Benchmark = fn(&Plan, &mut Table) -> Result<()>;

const BENCHMARKS: [(&str, Benchmark); 8] = [
    ("add", add::run),
    ("crowd", crowd::run),
    ("import", import::run),
    ("unnumbered", import::unnumbered),
    ("export", export::run),
    ("month", month::run),
    ("growth", growth::run),
    ("payments", payments::run),
];

fn main() -> Result<()> {
    let plan = Plan::from_arguments(env::args().skip(1))?;
    let mut table = Table::default();
    for (name, benchmark) in BENCHMARKS {
        if plan.only.as_deref().is_none_or(|only| only == name) {
            eprintln!("measuring: {name}");
            benchmark(&plan, &mut table).with_context(|| format!("benchmark {name}"))?;
        }
    }
    if plan.smallest {
        println!("every benchmark runs; figures of so small a size say nothing, and are not printed");
    } else {
        print!("{table}");
    }
    Ok(())
}

impl Plan {
    fn from_arguments(mut arguments: impl Iterator<Item = String>) -> Result<Self> {
        let mut plan = Self {
            size: 1_000_000,
            first: 10_000,
            smallest: false,
            only: None,
            runs: 41,
            rounds: 3,
            clerks: 64,
            forms: 20,
        };
        while let Some(argument) = arguments.next() {
            let mut value = || arguments.next().with_context(|| format!("{argument} needs a value"));
            match argument.as_str() {
                // Cargo passes it to every benchmark.
                "--bench" => {}
                "--all" => plan.size = 10_000_000,
                "--smallest" => {
                    plan = Self {
                        size: 4_000,
                        first: 400,
                        smallest: true,
                        runs: 1,
                        rounds: 1,
                        clerks: 4,
                        forms: 2,
                        ..plan
                    };
                }
                "--size" => plan.size = size(&value()?)?,
                "--only" => plan.only = Some(value()?),
                "--runs" => plan.runs = value()?.parse()?,
                _ => bail!("{argument} is not known; see the head of benches/peer/main.rs"),
            }
        }
        Ok(plan)
    }
}

/// Reads `10k`, `1m` or a plain number.
fn size(typed: &str) -> Result<u32> {
    let (digits, unit) = match typed.strip_suffix('k') {
        Some(digits) => (digits, 1_000),
        None => typed.strip_suffix('m').map_or((typed, 1), |digits| (digits, 1_000_000)),
    };
    let count: u32 = digits.parse().with_context(|| format!("{typed} is no size; give one such as 10k or 1m"))?;
    Ok(count * unit)
}
