//! Answers that are true: what was done is told even where standard output takes nothing, and what the surroundings say is
//! never left out of account.

use crate::office::Office;

const FORM: &str =
    "contact add --department business --kind pre-contract --to technology --subject 图纸 --content 确认 --by wang";

/// What only a system with `/dev/full` and bytes for names can show.
#[cfg(target_os = "linux")]
mod on_linux {
    use std::ffi::OsStr;
    use std::fs::File;
    use std::os::unix::ffi::OsStrExt;
    use std::process::{Command, Stdio};

    use super::*;

    /// How a process ended: its exit code, standard output and standard error.
    fn ended(command: &mut Command) -> (Option<i32>, String, String) {
        let output = command.output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code(), text(output.stdout), text(output.stderr))
    }

    fn full() -> Stdio {
        File::options().write(true).open("/dev/full").unwrap().into()
    }

    #[test]
    fn a_number_that_standard_output_does_not_take_goes_to_standard_error() {
        let office = Office::staffed();
        for (serial, option) in (1..).zip(["", " -q", " --format json"]) {
            let form = format!("{}{option}", FORM.replace("图纸", &format!("图纸{serial}")));
            let answered = office.process(&form).stdout(full()).stderr(Stdio::piped()).spawn().unwrap();
            let output = answered.wait_with_output().unwrap();
            let said = String::from_utf8(output.stderr).unwrap();
            let line = format!(
                "it was done, but its answer could not be written: No space left on device (os error 28); \
                 HAY0500{serial}: issued on 2026-10-08 to technology, reply wanted by 2026-10-13\n"
            );
            assert_eq!((output.status.code(), said), (Some(1), line));
        }
        assert!(office.ok("contact list --format csv").contains("HAY05003,"));
    }

    #[test]
    fn a_number_that_nobody_reads_goes_to_standard_error() {
        let office = Office::staffed();
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        let output = office.process(FORM).stdout(writer).stderr(Stdio::piped()).spawn().unwrap();
        let output = output.wait_with_output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        let line = "nobody read the answer: HAY05001: issued on 2026-10-08 to technology, reply wanted by 2026-10-13\n";
        assert_eq!((output.status.code(), said.as_str()), (Some(0), line));
    }

    #[test]
    fn a_note_that_standard_error_does_not_take_keeps_the_number_from_nobody() {
        let office = Office::staffed();
        let answered = office.process(&format!("{FORM} -q --dry-run")).stderr(full()).output().unwrap();
        assert_eq!((answered.status.code(), answered.stdout.as_slice()), (Some(1), b"HAY05001\n".as_slice()));
    }

    #[test]
    fn a_variable_that_is_no_utf_8_is_refused_and_not_left_out() {
        let office = Office::staffed();
        for name in ["BRANCHBOOK_AS", "BRANCHBOOK_NOW", "BRANCHBOOK_PAGER", "PAGER", "COLUMNS", "LINES", "TERM"] {
            let refusal = format!("{name} is no UTF-8: z\u{fffd}hou; set it anew, or unset it\n");
            let told = ended(office.process(FORM).env(name, OsStr::from_bytes(b"z\xffhou")));
            assert_eq!(told, (Some(2), String::new(), refusal));
        }
        assert_eq!(office.ok("contact list --format csv").lines().count(), 1);
    }
}
