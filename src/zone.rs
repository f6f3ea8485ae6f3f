//! The office's time zone: the days that entries bear are days there, whatever the machine's own zone is.

use std::fmt;
use std::str::FromStr;

use chrono_tz::Tz;

use crate::refusal::Refusal;
use crate::say;

/// A time zone by its IANA name, such as `Asia/Shanghai`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(Tz);

impl Zone {
    /// That of Shenyang, where the branch is.
    pub const SHENYANG: Self = Self(Tz::Asia__Shanghai);
}

impl FromStr for Zone {
    type Err = Refusal;

    fn from_str(name: &str) -> Result<Self, Refusal> {
        name.trim().parse().map(Self).map_err(|_| {
            Refusal::usage(say!("there is no time zone {name}", name = crate::text::visible(name)))
                .or(say!("give its IANA name, such as Asia/Shanghai"))
        })
    }
}

impl fmt::Display for Zone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.0.name())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_zone_is_known_by_its_name() {
        assert_eq!("Asia/Seoul".parse::<Zone>().unwrap().to_string(), "Asia/Seoul");
        assert_eq!(Zone::SHENYANG.to_string(), "Asia/Shanghai");
        assert_eq!(
            "Shenyang".parse::<Zone>().unwrap_err().to_string(),
            "there is no time zone Shenyang; give its IANA name, such as Asia/Shanghai"
        );
    }
}
