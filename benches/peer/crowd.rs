//! Many processes at once on one series.

use std::process::{Command, Stdio};
use std::thread;

use anyhow::{Result, anyhow, ensure};

use crate::office::Office;
use crate::process::{mean, time};
use crate::table::Table;
use crate::{Plan, add};

/// Nobody waits longer, in seconds.
const PATIENCE: f64 = 0.5;

/// Measures how long the unluckiest of all processes took from its start to its end.
pub(crate) fn run(plan: &Plan, table: &mut Table) -> Result<()> {
    let (office, logged) = (Office::found()?, plan.clerks * plan.forms);
    let (ours, failed) = all_at_once(plan, || office.program(&add::ADD))?;
    ensure!(failed == 0, "{failed} forms were not logged");
    let given: u32 =
        office.sql()?.query_row("SELECT last FROM counter WHERE prefix = 'HAY05'", (), |row| row.get(0))?;
    ensure!(given == logged, "{given} numbers were given out for {logged} forms");
    let other = Office::found()?;
    let script = format!(".bail on\n.timeout 15000\n{}", add::sql());
    std::fs::write(other.file("add.sql"), script)?;
    let read = format!(".read {}", crate::office::argument(&other.file("add.sql")));
    let (shell, failed) = all_at_once(plan, || {
        let mut shell = other.shell(&[&read]);
        shell.stderr(Stdio::null());
        shell
    })?;
    let worst = |seconds: &[f64]| seconds.iter().copied().fold(0.0, f64::max);
    let what = format!("{} processes at once, {logged} forms, the longest wait", plan.clerks);
    table.compare(what, worst(&ours), worst(&shell), None);
    table.compare("the same, mean wait", mean(&ours), mean(&shell), None);
    table.bound(
        "the same, longest wait in half seconds",
        format!("{:.0} ms", worst(&ours) * 1e3),
        worst(&ours) / PATIENCE,
    );
    if failed > 0 {
        table.remark(format!("  the shell gave {failed} forms up, which are not in its figures"));
    }
    Ok(())
}

/// The seconds of every process that did its work, and how many did not.
#[allow(clippy::disallowed_methods, reason = "a measurement that cannot go on may panic")]
fn all_at_once(plan: &Plan, command: impl Fn() -> Command + Sync) -> Result<(Vec<f64>, usize)> {
    let clerk = || -> Vec<f64> { (0..plan.forms).filter_map(|_| time(&mut command()).ok()).collect() };
    let done: Vec<_> = thread::scope(|scope| {
        let clerks: Vec<_> = (0..plan.clerks).map(|_| scope.spawn(clerk)).collect();
        clerks.into_iter().map(|clerk| clerk.join().map_err(|_| anyhow!("a clerk's thread ended"))).collect()
    });
    let mut seconds = Vec::new();
    for clerk in done {
        seconds.extend(clerk?);
    }
    let failed = usize::try_from(plan.clerks * plan.forms)? - seconds.len();
    Ok((seconds, failed))
}
