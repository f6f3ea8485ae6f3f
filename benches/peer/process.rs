//! Running cold processes and measuring them.

use std::process::{Command, Stdio};
use std::thread;
use std::time::{Duration, Instant};
use std::{fs, io};

use anyhow::{Result, ensure};

/// Runs a process to its end and gives its seconds of wall time; where it failed, an error.
pub(crate) fn time(command: &mut Command) -> Result<f64> {
    let start = Instant::now();
    let status = command.status()?;
    let seconds = start.elapsed().as_secs_f64();
    ensure!(status.success(), "{command:?} ended with {status}");
    Ok(seconds)
}

/// As [`time`], for a long process whose memory is watched: seconds, and the most memory that was resident, in KiB.
/// The memory is none where the system does not tell it.
pub(crate) fn time_and_memory(command: &mut Command) -> Result<(f64, Option<u64>)> {
    let start = Instant::now();
    let mut child = command.spawn()?;
    let status_file = format!("/proc/{}/status", child.id());
    let mut peak = None;
    let status = loop {
        // The system keeps the high-water mark, so a look every few milliseconds misses nothing but the last ones.
        peak = high_water(&status_file).or(peak);
        if let Some(status) = child.try_wait()? {
            break status;
        }
        thread::sleep(Duration::from_millis(2));
    };
    let seconds = start.elapsed().as_secs_f64();
    ensure!(status.success(), "{command:?} ended with {status}");
    Ok((seconds, peak))
}

/// Memory as a share of what it may be, both in KiB.
pub(crate) fn share(most: u64, allowed: u32) -> Result<f64> {
    Ok(f64::from(u32::try_from(most)?) / f64::from(allowed))
}

fn high_water(status_file: &str) -> Option<u64> {
    let status = fs::read_to_string(status_file).ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().trim_end_matches(" kB").parse().ok()
}

/// What a process says on standard output, without the line end.
pub(crate) fn answer(command: &mut Command) -> Result<String> {
    let output = command.stdout(Stdio::piped()).stderr(Stdio::piped()).output()?;
    ensure!(output.status.success(), "{command:?}: {}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?.trim_end().to_owned())
}

/// Lets each side run in turns, `rounds` times, and gives each side's seconds in order of size.
pub(crate) fn in_turns(rounds: usize, sides: &mut [&mut dyn FnMut() -> Result<f64>]) -> Result<Vec<Vec<f64>>> {
    let mut seconds = vec![Vec::with_capacity(rounds); sides.len()];
    for _ in 0..rounds {
        for (side, seconds) in sides.iter_mut().zip(&mut seconds) {
            seconds.push(side()?);
        }
    }
    for side in &mut seconds {
        side.sort_by(f64::total_cmp);
    }
    Ok(seconds)
}

/// The middle of figures that are in order.
pub(crate) fn median(sorted: &[f64]) -> f64 {
    sorted.get(sorted.len() / 2).copied().unwrap_or_default()
}

/// The mean of some figures.
pub(crate) fn mean(figures: &[f64]) -> f64 {
    let count = u32::try_from(figures.len()).map_or(f64::INFINITY, f64::from);
    figures.iter().sum::<f64>() / count
}

/// A file to write standard output to.
pub(crate) fn into_file(path: &std::path::Path) -> io::Result<Stdio> {
    fs::File::create(path).map(Stdio::from)
}
