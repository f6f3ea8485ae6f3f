//! One of several options is to be given: which is asked, and a value that only one of them takes is an answer as well.

use std::io::Write;

use anyhow::Result;
use clap::Arg;

use super::offers::Offers;
use super::question::{Answer, Question, help, is_switch, none_of};
use crate::prompt::{self, Offer, Offered, Pressed, folded};
use crate::say;

/// What was answered.
pub(super) enum Either {
    /// Which of them, whose value is asked for yet.
    Named(usize),
    /// A value, and the one of them that takes it.
    Valued(usize, String),
}

impl Question<'_> {
    /// Asks which of several arguments is to be given.
    pub(super) fn which(&self, arguments: &[Arg], before: &Answer, err: &mut dyn Write) -> Result<Pressed<Either>> {
        let name = |argument: &Arg| argument.get_long().map_or_else(|| argument.get_id().to_string(), str::to_owned);
        let list: Vec<Offer> =
            arguments.iter().map(|argument| Offer { key: name(argument), name: help(argument) }).collect();
        let offers = Offers { list, only: true, ..Offers::default() };
        let usual = offers.list.get(before.which).filter(|_| !before.values.is_empty());
        let usual = usual.map(|offer| offer.key.clone()).unwrap_or_default();
        writeln!(err, "{}", say!("One of these"))?;
        offers.show(err)?;
        loop {
            let typed = match prompt::read(err, &usual, Offered::of(&offers.list), Vec::new())? {
                Pressed::Entered(typed) if typed.trim().is_empty() => usual.clone(),
                Pressed::Entered(typed) => typed,
                Pressed::Back => return Ok(Pressed::Back),
                Pressed::Left => return Ok(Pressed::Left),
            };
            if typed.trim().is_empty() {
                writeln!(err, "{}", say!("something must be answered"))?;
                continue;
            }
            match self.either(arguments, &offers, &typed) {
                Ok(either) => return Ok(Pressed::Entered(either)),
                Err(why) => writeln!(err, "{why}")?,
            }
        }
    }

    /// What is meant by what was typed: one of the arguments by its name, its place or how it begins; else a value that one of them
    /// alone takes; else the one in whose description it stands.
    fn either(&self, arguments: &[Arg], offers: &Offers, typed: &str) -> Result<Either, String> {
        let place = |meant: &Offer| offers.list.iter().position(|offer| offer == meant).unwrap_or_default();
        let folded_typed = folded(typed);
        let is_named = |meant: &&Offer| {
            folded_typed.parse::<usize>().is_ok()
                || folded(&meant.key).starts_with(&folded_typed)
                || folded(&meant.name).starts_with(&folded_typed)
        };
        let meant = offers.meant(typed);
        if let Some(named) = meant.filter(is_named) {
            return Ok(Either::Named(place(named)));
        }
        let valued = |(which, argument): (usize, &Arg)| {
            let value = self.value(argument, &self.offers(argument), typed, &[], true).ok()?;
            Some((which, value)).filter(|(_, value)| !value.is_empty() && !is_switch(argument))
        };
        let mut taken: Vec<(usize, String)> = arguments.iter().enumerate().filter_map(valued).collect();
        if let (1, Some((which, value))) = (taken.len(), taken.pop()) {
            // What the book says against it is said before it is taken.
            let argument = &arguments[which];
            return self
                .value(argument, &self.offers(argument), &value, &[], false)
                .map(|value| Either::Valued(which, value));
        }
        meant.map(|meant| Either::Named(place(meant))).ok_or_else(|| none_of(typed, offers))
    }
}
