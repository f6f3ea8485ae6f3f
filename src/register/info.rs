//! User information: who collects how much, and who may read it (R2).

pub mod collector;
pub mod grant;
pub mod quota;
pub mod readings;
pub mod tally;

use anyhow::Result;
use clap::Subcommand;

use super::filter::Filter;
use super::shared;
use crate::desk::{Desk, Run};

/// What is done with user information.
#[derive(Debug, Subcommand)]
pub enum Verb {
    /// List entries; what you may not read is masked (R2.6)
    List(Filter),
    /// Indicators: how many entries a month a department or a person is to collect (R2.2)
    #[command(subcommand, arg_required_else_help = true)]
    Quota(quota::Verb),
    /// A month's entries against the indicators (R2.2, R2.2a)
    Tally(tally::Tally),
    /// Let somebody read user information until a day, as the branch manager approved (R2.6)
    Grant(grant::Grant),
    /// End a person's grants, or one of them
    Revoke(grant::Revoke),
    /// List who was granted what until when
    Grants(grant::Grants),
    /// Show who read what (R2.4)
    Access(readings::Readings),
}

impl Run for Verb {
    fn run(self, desk: &mut Desk<'_>) -> Result<()> {
        match self {
            Self::List(filter) => shared::list(desk, "info", &filter),
            Self::Quota(verb) => verb.run(desk),
            Self::Tally(tally) => tally.run(desk),
            Self::Grant(grant) => desk.change("info grant", &grant.deed, |change| grant.enter(change)),
            Self::Revoke(revoke) => desk.change("info revoke", &revoke.deed, |change| revoke.enter(change)),
            Self::Grants(grants) => grants.run(desk),
            Self::Access(readings) => readings.run(desk),
        }
    }
}
