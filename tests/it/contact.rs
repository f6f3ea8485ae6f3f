//! Work contact forms (R4).

use crate::office::Office;

const FORM: &str = "contact add --department business --kind pre-contract --to technology --subject 轴承图纸 --content 确认 --by wang -q";

#[test]
fn r4_8_each_ledger_counts_on_its_own() {
    let office = Office::staffed();
    assert_eq!(office.ok(FORM), "HAY05001\n");
    assert_eq!(office.ok(FORM), "HAY05002\n");
    let baotou = FORM.replace("business", "baotou").replace("wang", "zhao");
    assert_eq!(office.ok(&baotou), "HAB05001\n");
}

#[test]
fn r4_8_numbers_continue_past_999() {
    let office = Office::staffed();
    office.ok(FORM);
    office.sql().execute_batch("UPDATE counter SET last = 998 WHERE prefix = 'HAY05'").unwrap();
    assert_eq!(office.ok(FORM), "HAY05999\n");
    assert_eq!(office.ok(FORM), "HAY051000\n");
}

#[test]
fn r4_8_a_department_without_a_ledger_is_told_so() {
    let office = Office::staffed();
    assert_eq!(
        office
            .refused(3, "contact add --department technology --kind pre-contract --to general --subject a --content b"),
        "R4.8: technology (技术开发科) keeps no ledger of contact forms; let the department that needs the answer issue the form"
    );
}
