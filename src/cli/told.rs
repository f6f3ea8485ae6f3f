//! What is said of a command line that came to nothing.

use std::io::Write;

use clap::error::{ContextKind, ContextValue, ErrorKind};

use crate::ask::Refused;
use crate::language::{self, help, usage};
use crate::refusal;
use crate::sheet::wrapped;

/// Says why a command line came to nothing. Gives the exit code.
pub(super) fn tell(error: anyhow::Error, width: Option<u16>, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    match error.downcast::<clap::Error>() {
        Ok(mut error) => {
            // Its usage would show what it refuses beside what was typed.
            if error.kind() == ErrorKind::ArgumentConflict {
                error.insert(ContextKind::Usage, ContextValue::None);
            }
            tell_usage(&error, width, out, err)
        }
        Err(error) => {
            let _ = writeln!(err, "{}", language::chain(&error));
            error.downcast_ref::<Refused>().map_or_else(|| refusal::exit_code(&error), |refused| refused.code)
        }
    }
}

/// Help goes to standard output and is success; anything else that the grammar refuses is a usage error. The library wraps the texts of
/// options alone.
fn tell_usage(error: &clap::Error, width: Option<u16>, out: &mut dyn Write, err: &mut dyn Write) -> u8 {
    if let Some(message) = usage::message(error) {
        let _ = write!(err, "{message}");
        return refusal::Kind::Usage.exit_code();
    }
    let text = error.render();
    if error.use_stderr() {
        let _ = write!(err, "{text}");
        return refusal::Kind::Usage.exit_code();
    }
    let _ = write!(out, "{}", wrapped::between_words(&help::headed(&text.to_string()), width));
    0
}
