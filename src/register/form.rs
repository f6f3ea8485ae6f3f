//! A register as data: its fields, the verbs that enter them, and the rules that they must keep.
//!
//! From a [`Form`] follow the grammar of a room (`room.rs`), `add` and the steps (`steps.rs`), the rows of its lists
//! (`child.rs`), `amend` (`amend.rs`), `import` (`old_form.rs`), and what waits (`waits.rs`). What is particular to a register is
//! a function here and there: who may, what a rule refuses, what is answered. A verb that is no step, such as a tally, stays a
//! command of its own.

use std::borrow::Cow;

use anyhow::Result;
use chrono::NaiveDate;
use clap::{ArgMatches, Args, Command, Subcommand};
use rusqlite::Connection;

use super::Register;
use super::approval::Shown;
use super::child::List;
use super::decide::{Decision, Subject};
use super::entry::Entry;
use super::extract::Extract;
use super::field::{Kind, Spec};
use super::old_form::Old;
use super::printed::Sheet;
use super::task::{Row, Task};
pub use super::waits::{Owed, Waits};
use crate::book::change::Change;
use crate::desk::{Desk, Run};
use crate::language;
use crate::person::Person;

/// A register as data.
#[derive(Debug)]
pub struct Form {
    /// What list, show and the other common verbs need to know of it; its name is also that of its table and its series.
    pub register: &'static Register,
    /// Whose entry it is: a field of the column `department`, or one that names the entry whose department it is.
    pub(crate) whose: &'static Spec,
    /// What an entry is called where its number is asked for, such as `The reception's number`.
    pub(crate) number: &'static str,
    /// What its rows are called where an old file of them comes in.
    pub(crate) rows: &'static str,
    /// The clause by which it is corrected, and who does.
    pub(crate) amended: (&'static str, Who),
    /// The clause by which only a clerk brings in old files.
    pub(crate) imported: &'static str,
    /// The department for which its steps wait, and whether they wait for the person as well whom an entry is about.
    pub(crate) office: (&'static str, bool),
    /// What an entry that waits for a step may wait for besides; `state` is that of no entry.
    pub(crate) besides: &'static [Waits],
    /// What waits besides entries for their steps.
    pub owed: &'static [&'static Owed],
    /// What its decisions are given on; none where nobody decides.
    pub subject: Option<Subject>,
    /// What is done with it, in the order of the help.
    pub(crate) verbs: &'static [Verb],
    /// The fields by which two entries of one day, department and person say the same; none where that says nothing.
    pub alike: &'static [&'static Spec],
    /// What its fields must keep.
    pub(crate) rules: &'static [Rule],
    /// Lists whose rows `amend` corrects, and no step adds one by one.
    pub(crate) corrects: &'static [&'static List],
    /// Fields that no option enters and an old file may have.
    pub also: &'static [&'static Spec],
    /// What else an old file of it may have.
    pub old: Old,
    /// What is checked and done besides where this person voids an entry for this reason.
    pub(crate) voided: fn(&Change<'_>, &Entry, &Person, &str) -> Result<()>,
    /// What is looked at besides where an entry that was void comes back: what was entered meanwhile that says the same.
    pub(crate) returned: fn(&mut Task<'_, '_>) -> Result<()>,
    /// What is told besides where the entry of this number was voided, as were all that were named with it.
    pub(crate) left_by: fn(&Connection, &str) -> Result<Option<String>>,
    /// What is done besides where a step of an entry was taken back, which was this row of the journal, by whom and why.
    pub(crate) undone: fn(&mut Change<'_>, i64, &Person, Option<&str>) -> Result<()>,
}

/// What is done with a register.
#[derive(Debug)]
#[allow(clippy::large_enum_variant, reason = "verbs are constants, and none is ever moved")]
pub(crate) enum Verb {
    /// Opens an entry, or leads it on.
    Step(Step),
    /// Decides on an entry.
    Decision(Decision),
    /// Lists something else than entries.
    Extract(&'static Extract),
    /// Prints entries.
    Sheet(&'static Sheet),
    /// Anything else: a command with its own grammar.
    Own(Own),
}

/// A verb that opens an entry or leads it on, by the rows of table `step`.
#[derive(Debug)]
#[allow(clippy::struct_excessive_bools, reason = "each says something else of it")]
pub struct Step {
    /// The verb; `add` opens an entry.
    pub name: &'static str,
    /// What help says.
    pub(crate) about: &'static str,
    /// The state to which it leads; empty where the entry stays in its state, or `to` says.
    pub state: &'static str,
    /// The state to which it leads where there are several; empty where the entry stays in its state.
    pub to: Option<fn(&Task<'_, '_>) -> Result<&'static str>>,
    /// What cannot be done with an entry where the step is refused, as in `{number} … cannot be taken in`; empty where that is
    /// what the state is called.
    pub(crate) done: &'static str,
    /// Whether it commits money or goods, so that it is not taken for what refers to something that came to nothing.
    pub commits: bool,
    /// Whether it may be dated before the entry's last step, though not before the entry was opened; a guard says where not.
    pub(crate) early: bool,
    /// The fields that it enters.
    pub fields: &'static [&'static Spec],
    /// The fields of which some must be given.
    pub(crate) choice: Choice,
    /// Whether it takes several entries, for which the same is entered.
    pub(crate) several: bool,
    /// The list to which its fields are a new row; none where they are the entry's own.
    pub into: Option<&'static List>,
    /// The field that tells which row of the list it goes on with; where it is not given, a row is added, unless a guard finds one.
    pub at: Option<&'static Spec>,
    /// The column that tells, also in an old file, that it was taken; of a list, the column of the day.
    pub sign: &'static str,
    /// Whether that column is the day, which the verb writes by itself.
    pub dated: bool,
    /// The field by which `amend` corrects that day, of a step on the entry itself.
    pub signed: Option<&'static Spec>,
    /// The columns that it fills by itself besides.
    pub fills: &'static [(&'static str, Fill)],
    /// What help says of `--exception REASON`, where that records the breach of a rule instead of refusing it.
    pub(crate) exception: Option<&'static str>,
    /// Who may take it.
    pub who: Who,
    /// Gives a new entry its number.
    pub(crate) opens: fn(&mut Task<'_, '_>) -> Result<()>,
    /// Finds the entry of the register by what was typed for its number.
    pub(crate) find: fn(&Connection, &str, &str) -> Result<Entry>,
    /// What says more than that no step leads on from the entry's state, and is looked at before.
    pub(crate) first: fn(&Connection, &Entry) -> Result<()>,
    /// What is checked whenever it is taken, besides the rules over its fields.
    pub(crate) guards: &'static [Check],
    /// The fields at which these look, so that a line that is only begun is not held to them before.
    pub(crate) needs: &'static [&'static Spec],
    /// What is checked of the day on which it is taken, also where `amend` corrects that day.
    pub(crate) on_day: &'static [Check],
    /// What it does besides, once the fields are written and before the journal is.
    pub(crate) then: fn(&mut Task<'_, '_>) -> Result<()>,
    /// What keeps it from being taken back, besides what stands on it.
    pub(crate) stays: fn(&Task<'_, '_>) -> Result<()>,
    /// What it answers.
    pub(crate) says: fn(&Task<'_, '_>) -> Result<String>,
    /// What waits for it.
    pub waits: &'static [Waits],
    /// The fields that it asks for of an entry as it is, besides those that it always does.
    pub(crate) wants: Option<Wants>,
}

/// The fields that a step asks for of an entry as it is on a day.
pub(crate) type Wants = fn(&Connection, &Entry, NaiveDate) -> Result<&'static [&'static Spec]>;

/// The fields of a step of which some must be given.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Choice {
    /// No such fields.
    None,
    /// Exactly one of these.
    One(&'static [&'static Spec]),
    /// A word for yes and one for no: the first of them is kept, as the one or the other.
    YesOrNo(&'static [&'static Spec]),
    /// One of these, or none.
    AtMostOne(&'static [&'static Spec]),
    /// At least one of these.
    Any(&'static [&'static Spec]),
}

/// What a step fills a column with.
#[derive(Debug, Clone, Copy)]
pub enum Fill {
    /// The key of whoever takes it.
    Actor,
    /// The state in which the entry was.
    State,
    /// This word of the book.
    Word(&'static str),
}

/// Who may take a step.
#[derive(Debug, Clone, Copy)]
pub enum Who {
    /// Whoever holds one of the step's roles; `voiding an entry`.
    Roles(&'static str),
    /// Somebody of General Management, or a clerk; `receptions are arranged`.
    GeneralManagement(&'static str),
    /// Somebody of the entry's department or of General Management, or a clerk; `entering offers`.
    Office(&'static str),
    /// A clerk at the keyboard; `corrects receptions`.
    Clerk(&'static str),
    /// Whom the function lets.
    Check(fn(&Task<'_, '_>) -> Result<()>),
    /// Whom the function finds by what was typed and by `--by`: also somebody who is not on the staff.
    Hand(fn(&Change<'_>, &ArgMatches, Option<&str>) -> Result<Person>),
    /// Anybody.
    Anybody,
}

/// A rule over fields: it is checked wherever one of them is given, so that no correction gets round it.
#[derive(Debug)]
pub(crate) struct Rule {
    /// The fields.
    pub(crate) fields: &'static [&'static Spec],
    /// What is checked.
    pub(crate) check: Check,
}

/// What a rule checks.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Check {
    /// That the fields go together, whenever and however they are entered; of an old row, its last field is named.
    Sound(fn(&Row) -> Result<()>),
    /// What the regulation asks; not of what was before the book. `--exception` excuses it where the step takes that.
    Regulation(fn(&Task<'_, '_>) -> Result<()>),
    /// What follows from the fields: other columns, a breach that is noted. Nothing excuses what it refuses.
    Follows(fn(&mut Task<'_, '_>) -> Result<()>),
}

/// A command with its own grammar.
#[derive(Debug)]
pub(crate) struct Own {
    /// The verb.
    pub(crate) name: &'static str,
    /// What it was called before, which is still understood and not shown; empty where it always was called so.
    pub(crate) formerly: &'static str,
    /// What help says.
    pub(crate) about: &'static str,
    /// Adds its options.
    pub(crate) grammar: fn(&'static Form, Command) -> Command,
    /// Carries it out.
    pub(crate) run: fn(&'static Form, &mut ArgMatches, &mut Desk<'_>) -> Result<()>,
}

/// A register that is a form; the type carries it where only types go.
pub(crate) trait Formed: 'static {
    /// The form.
    const FORM: &'static Form;
}

/// Names the type that carries the `FORM` of a register's file.
macro_rules! formed {
    ($name:ident) => {
        /// The register, where only types go.
        #[derive(Debug)]
        pub(crate) struct $name;

        impl $crate::register::form::Formed for $name {
            const FORM: &'static Form = &FORM;
        }
    };
}
pub(crate) use formed;

impl Step {
    /// What cannot be done with an entry where the step is refused.
    #[must_use]
    pub fn done(&self) -> Cow<'static, str> {
        if self.done.is_empty() { language::led_to(self.state) } else { language::words(self.done).into() }
    }

    /// A step of which nothing is said yet.
    pub(crate) const BLANK: Self = Self {
        name: "",
        about: "",
        state: "",
        to: None,
        done: "",
        commits: false,
        early: false,
        fields: &[],
        choice: Choice::None,
        several: false,
        into: None,
        at: None,
        sign: "",
        dated: false,
        signed: None,
        fills: &[],
        exception: None,
        who: Who::Roles(""),
        opens: |task| task.open(),
        find: Entry::find_in,
        first: |_, _| Ok(()),
        guards: &[],
        needs: &[],
        on_day: &[],
        then: |_| Ok(()),
        stays: |_| Ok(()),
        says: |task| Ok(task.entry.number.clone()),
        waits: &[],
        wants: None,
    };
}

/// A command of a register with options of its own.
pub(crate) const fn own<A: Args + Run>(name: &'static str, about: &'static str) -> Verb {
    Verb::Own(Own {
        formerly: "",
        name,
        about,
        grammar: |_, command| A::augment_args(command),
        run: |_, matches, desk| A::from_arg_matches_mut(matches)?.run(desk),
    })
}

impl Verb {
    /// The same, which was called otherwise before.
    pub(crate) const fn formerly(mut self, formerly: &'static str) -> Self {
        if let Self::Own(own) = &mut self {
            own.formerly = formerly;
        }
        self
    }
}

/// A command that every register has, with the same options in each.
pub(crate) trait InRoom: Args {
    /// Carries it out in a register.
    ///
    /// # Errors
    /// What the command refuses, an error of `SQLite`.
    fn run_in(&self, desk: &mut Desk<'_>, register: &str) -> Result<()>;
}

/// Such a command of a register.
pub(crate) const fn in_room<A: InRoom>(name: &'static str, about: &'static str) -> Verb {
    Verb::Own(Own {
        formerly: "",
        name,
        about,
        grammar: |_, command| A::augment_args(command),
        run: |form, matches, desk| A::from_arg_matches_mut(matches)?.run_in(desk, form.register.name),
    })
}

/// A command of a register with verbs of its own.
pub(crate) const fn own_verbs<V: Subcommand + Run>(name: &'static str, about: &'static str) -> Verb {
    Verb::Own(Own {
        formerly: "",
        name,
        about,
        grammar: |_, command| V::augment_subcommands(command).subcommand_required(true).arg_required_else_help(true),
        run: |_, matches, desk| V::from_arg_matches_mut(matches)?.run(desk),
    })
}

impl Form {
    /// A form of which nothing is said yet but its register, and whose an entry is.
    pub(crate) const fn of(register: &'static Register, whose: &'static Spec) -> Self {
        Self {
            register,
            whose,
            number: "",
            rows: "",
            amended: ("", Who::Anybody),
            imported: "",
            office: ("", false),
            besides: &[],
            owed: &[],
            subject: None,
            verbs: &[],
            alike: &[],
            rules: &[],
            corrects: &[],
            also: &[],
            old: Old::BLANK,
            voided: |_, _, _, _| Ok(()),
            returned: |_| Ok(()),
            left_by: |_, _| Ok(None),
            undone: |_, _, _, _| Ok(()),
        }
    }

    /// Its steps, in their order.
    #[must_use]
    pub fn steps(&self) -> impl DoubleEndedIterator<Item = &Step> {
        self.verbs.iter().filter_map(|verb| match verb {
            Verb::Step(step) => Some(step),
            _ => None,
        })
    }

    /// Its decisions, in their order.
    #[must_use]
    pub fn decisions(&self) -> impl DoubleEndedIterator<Item = &Decision> {
        self.verbs.iter().filter_map(|verb| match verb {
            Verb::Decision(decision) => Some(decision),
            _ => None,
        })
    }

    /// Every field that an option of one of its verbs enters.
    pub fn options(&self) -> impl Iterator<Item = &'static Spec> {
        let steps = self.steps().flat_map(|step| step.fields.iter().copied());
        let which = self.decisions().filter_map(|decision| Some(decision.of.as_ref()?.which));
        steps.chain(which).chain(self.decisions().flat_map(|decision| decision.fields.iter().copied()))
    }

    /// What a decision on an entry with these fields is given on.
    pub(crate) fn shown(&self, row: &Row) -> Result<Shown> {
        match &self.subject {
            Some(subject) => subject.shown(row),
            None => Err(anyhow::anyhow!("nobody decides in {}", self.register.name)),
        }
    }

    /// The fields whose values are rows of a table of their own.
    pub(super) fn lists(&self) -> impl Iterator<Item = &'static Spec> {
        let fields = self.own_steps().flat_map(|step| step.fields.iter().copied());
        fields.filter(|field| matches!(field.kind, Kind::Rows(_)))
    }

    /// The steps that enter fields of the entry itself, in their order.
    #[must_use]
    pub fn own_steps(&self) -> impl DoubleEndedIterator<Item = &Step> {
        self.steps().filter(|step| step.into.is_none())
    }

    /// The fields of the entry itself, each with the step that enters it first.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (&Step, &'static Spec)> {
        let all = || self.own_steps().flat_map(|step| step.fields.iter().map(move |field| (step, *field)));
        let first = move |column| all().position(|(_, field)| field.column == column);
        all().enumerate().filter(move |(place, (_, field))| first(field.column) == Some(*place)).map(|(_, field)| field)
    }

    /// What files and the history call the person in the header.
    pub(super) const fn person(&self) -> &'static str {
        match self.old.person {
            Some(person) => person,
            None => self.register.person,
        }
    }

    /// What lists and files call a field.
    pub(crate) fn called(&self, field: &Spec) -> &'static str {
        match field.column {
            "day_on" => self.register.day,
            "person" => self.person(),
            _ => field.name(),
        }
    }
}
