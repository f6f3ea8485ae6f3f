//! A mistake in the program itself: it ends a command with a sentence and an exit code, like everything else that fails.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::{Write, stderr};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook};

use crate::refusal::Refusal;
use crate::say;

/// Carries a command out; none where the program panics, which is said on standard error. What was not committed by then is taken
/// back while the command is left.
pub fn caught<T>(command: impl FnOnce() -> T) -> Option<T> {
    set_hook(Box::new(tell));
    catch_unwind(AssertUnwindSafe(command)).ok()
}

/// Says what happened; where `RUST_BACKTRACE` asks for it, also how it came to that.
fn tell(mistake: &PanicHookInfo<'_>) {
    let place = mistake.location().map(ToString::to_string).unwrap_or_default();
    let what = mistake.payload_as_str().unwrap_or_default();
    let refusal = Refusal::failed(say!("branchbook itself has failed, at {place}: {what}", place, what))
        .or(say!("look whether it was done before you enter it again: branchbook journal --last 5"));
    let _ = writeln!(stderr(), "{refusal}");
    let way = Backtrace::capture();
    if way.status() == BacktraceStatus::Captured {
        let _ = writeln!(stderr(), "{way}");
    }
}
