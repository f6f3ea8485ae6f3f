//! What help says before a command is chosen: the rooms on one screen, and the options on every command.

use clap::{Arg, Args, Command};
use unicode_width::UnicodeWidthStr;

use super::{BOOK, DAILY, FILES, OFFICE, PROGRAM, short};
use crate::desk::{Deed, Globals};
use crate::language::{self, help, letter, words};
use crate::register;
use crate::room::Room;
use crate::say;

/// How wide the names of rooms stand.
const NAMES: usize = 12;

/// The rooms on one screen of 24 lines.
pub(super) fn all() -> String {
    let registers: Vec<&Room> = register::ALL.iter().map(|register| &register.room).collect();
    // What sshd alone starts is nobody's to type.
    let typed = |room: &&Room| room.name != "as";
    let names =
        |rooms: &[Room]| rooms.iter().filter(typed).map(|room| room.name).collect::<Vec<_>>().join(language::comma());
    let line = |heading: &str, text: &str| format!("{heading}{}{text}\n", language::colon());
    let list = |heading: &str, lines: &str| format!("{heading}{}\n{lines}", language::colon().trim_end());
    [
        format!("{}\n", say!("The registers of a sales branch; without a command, today's page")),
        line(say!("Usage"), &format!("branchbook [{}]", words("COMMAND"))),
        list(say!("Registers"), &lines(registers)),
        list(say!("Every day"), &lines(DAILY)),
        line(say!("Files of entries"), &names(FILES)),
        line(say!("The office"), &names(OFFICE)),
        line(say!("The book"), &names(BOOK)),
        line(say!("The program"), &names(PROGRAM)),
        say!("branchbook COMMAND --help tells a command, branchbook help options the rest.").to_owned() + "\n",
    ]
    .concat()
}

fn lines<'r>(rooms: impl IntoIterator<Item = &'r Room>) -> String {
    let line = |room: &Room| format!("  {:<NAMES$}{}\n", room.name, words(room.about));
    rooms.into_iter().map(line).collect()
}

/// The options on every command, and those on every one that enters something.
pub(super) fn options() -> String {
    let options = help::translated(Globals::augment_args(Command::new("branchbook")).max_term_width(super::WIDTH));
    let mut options = shown(entering(options)).help_template("{all-args}").mut_arg("help", |help| help.hide(true));
    let codes = say!(
        "Exit codes: 0 done, 1 failed, 2 not understood, 3 refused by a rule, 4 not found, 5 verification found something, 6 busy, 7 not yet"
    );
    let texts = say!(
        "Texts, such as --content: - reads standard input, @FILE a file (@@ begins a text with @), and an option without its text opens\n$VISUAL or $EDITOR in a terminal."
    );
    let letters: Vec<String> = letter::LETTERS.iter().map(|(long, letter)| format!("-{letter} --{long}")).collect();
    let letters =
        say!("One letter stands for an option wherever it is: {letters}", letters = letters.join(language::comma()));
    let words = say!(
        "In a terminal the beginning of a command, verb or option stands for it: branchbook c add is branchbook contact add. Scripts write them out."
    );
    let short: Vec<String> = short::NAMES.iter().map(|(short, verb)| format!("{short} {verb}")).collect();
    let short =
        say!("Short names of verbs there: {names}, as in branchbook con ls.", names = short.join(language::comma()));
    format!(
        "{}\n\n{letters}\n{words}\n{short}\n\n{texts}\n\n{settings}\n{codes}\n",
        help::headed(&options.render_help().to_string()).trim_end(),
        settings = settings()
    )
}

/// What wins over what: of each setting an option, a variable, the person's own file, the file beside the book, and what holds where none
/// of these says it.
fn settings() -> String {
    let none = "-".to_owned();
    let here = |name: &str| format!("{name}*");
    let heading =
        [say!("setting"), say!("option"), say!("variable"), say!("own file"), say!("beside the book"), say!("else")];
    let rows: [[String; 6]; 9] = [
        heading.map(str::to_owned),
        ["book", "--book", "BRANCHBOOK_FILE", "book", "-", say!("the usual place")].map(str::to_owned),
        ["person", "--as", "BRANCHBOOK_AS", "person", "-", say!("the login")].map(str::to_owned),
        ["language", "--lang", "-", "language*", "language*", say!("the system's")].map(str::to_owned),
        ["format", "--format", "-", "format*", "format*", "table"].map(str::to_owned),
        ["columns", "--columns", "-", "columns.ROOM*", "columns.ROOM*", say!("the first ones")].map(str::to_owned),
        ["pager", "--no-pager", "BRANCHBOOK_PAGER, PAGER", "pager*", "-", "less"].map(str::to_owned),
        [
            say!("an answer").into(),
            "--OPTION".into(),
            none.clone(),
            here("default.OPTION"),
            here("default.OPTION"),
            say!("the question").into(),
        ],
        [say!("a word").into(), none.clone(), none.clone(), here("alias.WORD"), none.clone(), none],
    ];
    let width = |column: usize| rows.iter().map(|row| row[column].width()).max().unwrap_or_default();
    let widths: Vec<usize> = (0..6).map(width).collect();
    let line = |row: &[String; 6]| {
        let cells =
            row.iter().zip(&widths).map(|(cell, width)| format!("{cell}{}  ", " ".repeat(width - cell.width())));
        format!("  {}\n", cells.collect::<String>().trim_end())
    };
    [
        format!("{}\n", say!("What wins over what: of each setting the first that says it, from left to right")),
        rows.iter().map(line).collect(),
        format!(
            "{}\n",
            say!("* in a terminal alone; the language beside the book is that of the month-end pack everywhere. Set with branchbook config set.")
        ),
    ]
    .concat()
}

/// The command with the options on every one that enters something, which help tells once for all.
pub(super) fn entering(command: Command) -> Command {
    let entering = help::translated(Deed::augment_args(Command::new("branchbook")));
    command.args(entering.get_arguments().filter(|option| option.get_id() != "help"))
}

/// The command with all of its options shown.
pub(super) fn shown(command: Command) -> Command {
    command.mut_args(|option: Arg| option.hide(false))
}
