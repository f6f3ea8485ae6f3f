//! The room of a register that is a form: its grammar, and the way from a parsed line to the verb. What a verb takes is built
//! when the parser enters it.

use anyhow::Result;
use clap::{Arg, ArgGroup, ArgMatches, Args, Command, FromArgMatches};

use super::field::Spec;
use super::filter::Filter;
use super::form::{Choice, Form, Formed, Own, Step, Verb, in_room};
use super::old_ledger::Import;
use super::old_rows::Taker;
use super::option::{At, exception};
use super::undo::UndoOne;
use super::void::Void;
use super::{history, old_columns, show, steps};
use crate::book::change::Change;
use crate::desk::{Deed, Desk};
use crate::language::{self, Language, are_beginnings_taken, help, words};
use crate::room::Room;
use crate::say;

/// The room of a register that is a form.
pub(crate) const fn of<F: Formed>(name: &'static str, about: &'static str) -> Room {
    Room {
        name,
        about,
        grammar: grammar::<F>,
        verb: |_, name| Some(F::FORM.verb(name)?.command(F::FORM)),
        run: enter::<F>,
    }
}

fn grammar<F: Formed>(room: Command) -> Command {
    let about = room.get_about().cloned().unwrap_or_default();
    // What is added behind the options on every command would stand behind them in a translated help.
    let verbs = F::FORM.verbs.iter().map(|verb| match Language::spoken() {
        Language::En => verb.door().defer(deferred::<F>),
        Language::Zh | Language::Ko => verb.command(F::FORM),
    });
    help::translated(
        room.subcommands(verbs)
            .about(about)
            .subcommand_required(true)
            .arg_required_else_help(true)
            .infer_subcommands(are_beginnings_taken())
            .infer_long_args(are_beginnings_taken()),
    )
}

fn deferred<F: Formed>(door: Command) -> Command {
    match F::FORM.verb(door.get_name()) {
        Some(verb) => language::of(F::FORM.register.name, || help::translated(verb.grammar(F::FORM, door))),
        None => door,
    }
}

fn enter<F: Formed>(matches: &mut ArgMatches, desk: &mut Desk<'_>) -> Result<()> {
    let Some((name, mut matches)) = matches.remove_subcommand() else { return Ok(()) };
    let Some(verb) = F::FORM.verb(&name) else { return Ok(()) };
    // Whatever the room says, sentences and pages alike, is said as the register means its words.
    language::of(F::FORM.register.name, || verb.run(F::FORM, &mut matches, desk))
}

impl Form {
    fn verb(&'static self, name: &str) -> Option<&'static Verb> {
        self.verbs.iter().find(|verb| verb.said().0 == name || !name.is_empty() && verb.was() == name)
    }
}

impl Form {
    /// The grammar of one of its verbs.
    pub(super) fn command(&'static self, name: &str) -> Option<Command> {
        Some(self.verb(name)?.command(self))
    }
}

impl Verb {
    /// Its word, and what help says of it.
    const fn said(&self) -> (&'static str, &'static str) {
        match self {
            Self::Step(step) => (step.name, step.about),
            Self::Decision(decision) => (decision.name, decision.about),
            Self::Extract(extract) => (extract.name, extract.about),
            Self::Sheet(sheet) => (sheet.name, sheet.about),
            Self::Own(own) => (own.name, own.about),
        }
    }

    /// What it was called before; empty where it always was called so.
    const fn was(&self) -> &'static str {
        match self {
            Self::Own(own) => own.formerly,
            Self::Step(_) | Self::Decision(_) | Self::Extract(_) | Self::Sheet(_) => "",
        }
    }

    fn door(&self) -> Command {
        let (name, about) = self.said();
        let was = Some(self.was()).filter(|was| !was.is_empty());
        Command::new(name).about(about).aliases(was)
    }

    fn command(&self, form: &'static Form) -> Command {
        // A field may be called otherwise than in other registers.
        language::of(form.register.name, || help::translated(self.grammar(form, self.door())))
    }

    /// The options behind a door; the help of those that several verbs have would replace what the door says.
    fn grammar(&self, form: &'static Form, door: Command) -> Command {
        let command = match self {
            Self::Step(step) => step.grammar(form, door),
            Self::Decision(decision) => decision.grammar(door),
            Self::Extract(extract) => extract.grammar(door),
            Self::Sheet(sheet) => sheet.grammar(door),
            Self::Own(own) => (own.grammar)(form, door),
        };
        command.about(self.said().1)
    }

    fn run(&'static self, form: &'static Form, matches: &mut ArgMatches, desk: &mut Desk<'_>) -> Result<()> {
        let step = match self {
            Self::Step(step) => step,
            Self::Decision(decision) => return decision.run(form, matches, desk),
            Self::Extract(extract) => return extract.run(matches, desk),
            Self::Sheet(sheet) => return sheet.run(form.register, matches, desk),
            Self::Own(own) => return (own.run)(form, matches, desk),
        };
        let deed = Deed::from_arg_matches_mut(matches)?;
        let carry_out = if step.name == "add" { steps::add } else { steps::lead_on };
        desk.change(format!("{} {}", form.register.name, step.name), &deed, |change| {
            carry_out(form, step, matches, deed.by.as_deref(), change)
        })
    }
}

impl Step {
    fn grammar(&self, form: &Form, command: Command) -> Command {
        let number = Arg::new("number").value_name("NUMBER").help(form.number).required(true);
        let number = if self.several { number.num_args(1..) } else { number };
        let number = Some(number).filter(|_| self.name != "add");
        let chosen = self.choice.fields();
        let fields = self.fields.iter().filter_map(|field| {
            let one_of = chosen.iter().any(|chosen| chosen.column == field.column);
            field.argument(At::Step).map(|argument| if one_of { argument.required(false) } else { argument })
        });
        let command = command.args(number).args(fields).args(self.excuses().map(exception));
        let required = !matches!(self.choice, Choice::AtMostOne(_));
        Deed::augment_args(command.groups(self.choice.group().map(|group| group.required(required))))
    }
}

impl Choice {
    pub(super) const fn fields(&self) -> &'static [&'static Spec] {
        match self {
            Self::None => &[],
            Self::One(fields) | Self::YesOrNo(fields) | Self::AtMostOne(fields) | Self::Any(fields) => fields,
        }
    }

    /// The fields as a group of options; none where there are no such fields.
    pub(super) fn group(&self) -> Option<ArgGroup> {
        let group = ArgGroup::new("choice").args(self.fields().iter().map(|field| field.column));
        (!self.fields().is_empty()).then(|| group.multiple(matches!(self, Self::Any(_))))
    }
}

/// Voids entries, and numbers that an old file lacks.
pub(crate) const fn void(about: &'static str) -> Verb {
    Verb::Own(Own {
        formerly: "",
        name: "void",
        about,
        grammar: |_, command| Void::augment_args(command),
        run: |form, matches, desk| {
            let void = Void::from_arg_matches_mut(matches)?;
            desk.change(format!("{} void", form.register.name), &void.deed, |change| {
                let mut answer = void.enter(change, form.register.name, |change, entry, actor| {
                    entry.refuse_before_last(change, say!("voided"))?;
                    (form.voided)(change, entry, actor, &void.reason)
                })?;
                for number in answer.number.lines() {
                    answer.notes.extend((form.left_by)(change.sql(), number)?);
                }
                Ok(answer)
            })
        },
    })
}

/// Lists entries.
pub(crate) const fn list(about: &'static str) -> Verb {
    in_room::<Filter>("list", about)
}

/// Shows an entry.
pub(crate) const fn show(about: &'static str) -> Verb {
    in_room::<show::Show>("show", about)
}

/// Shows what happened to an entry.
pub(crate) const fn history(about: &'static str) -> Verb {
    in_room::<history::History>("history", about)
}

/// Takes the last step of an entry back.
pub(crate) const fn undo() -> Verb {
    in_room::<UndoOne>("undo", "Take the last step of an entry back")
}

/// Brings in old files.
pub(crate) const fn import<F: Formed>(about: &'static str) -> Verb {
    Verb::Own(Own {
        formerly: "",
        name: "import",
        about,
        grammar: |form, command| Import::augment_args(command).after_help(old_columns::help(form)),
        run: |form, matches, desk| {
            let import = Import::from_arg_matches_mut(matches)?;
            let (verb, what) = (format!("{} import", form.register.name), words(form.rows));
            let (exception, leaps) = (import.exception.as_deref(), import.leap.as_slice());
            let begin = |change: &Change<'_>| Taker::<F>::begin(change, exception, leaps);
            import.run(desk, verb, form.imported, &say!("brings in old {what}", what), begin)
        },
    })
}
