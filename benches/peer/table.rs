//! The table that a run prints.

use std::fmt;

/// One line: two figures of the same kind, and the ratio that is allowed.
struct Line {
    what: String,
    ours: String,
    peer: String,
    ratio: Option<f64>,
    limit: Option<f64>,
}

/// What was measured, line by line.
#[derive(Default)]
pub(crate) struct Table {
    lines: Vec<Line>,
}

impl Table {
    /// Adds two durations in seconds; `limit` is the greatest ratio of ours to the peer's that is allowed.
    pub(crate) fn compare(&mut self, what: impl Into<String>, ours: f64, peer: f64, limit: Option<f64>) {
        let ratio = Some(ours / peer);
        self.lines.push(Line { what: what.into(), ours: duration(ours), peer: duration(peer), ratio, limit });
    }

    /// Adds a figure that has no peer, with a bound on it.
    pub(crate) fn bound(&mut self, what: impl Into<String>, ours: impl Into<String>, share_of_bound: f64) {
        let (what, ours) = (what.into(), ours.into());
        self.lines.push(Line { what, ours, peer: String::new(), ratio: Some(share_of_bound), limit: Some(1.0) });
    }

    /// Adds a remark, such as why something was left out.
    pub(crate) fn remark(&mut self, what: impl Into<String>) {
        self.lines.push(Line { what: what.into(), ours: String::new(), peer: String::new(), ratio: None, limit: None });
    }
}

impl fmt::Display for Table {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let width = self.lines.iter().map(|line| line.what.chars().count()).max().unwrap_or_default();
        writeln!(f, "{:width$} | {:>9} | {:>9} | {:>6} | limit", "what", "ours", "peer", "ratio")?;
        for Line { what, ours, peer, ratio, limit } in &self.lines {
            let missed = matches!((ratio, limit), (Some(ratio), Some(limit)) if ratio > limit);
            let ratio = ratio.map_or_else(String::new, |ratio| format!("{ratio:.2}"));
            let limit = limit.map_or_else(String::new, |limit| format!("{limit:.2}"));
            let mark = if missed { "  missed" } else { "" };
            writeln!(f, "{what:width$} | {ours:>9} | {peer:>9} | {ratio:>6} | {limit}{mark}")?;
        }
        Ok(())
    }
}

/// Seconds as people read them.
fn duration(seconds: f64) -> String {
    if seconds < 1.0 { format!("{:.2} ms", seconds * 1e3) } else { format!("{seconds:.2} s") }
}
