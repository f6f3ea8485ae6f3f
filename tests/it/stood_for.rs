//! Who signed for a party or answered is held to R4.7 also where that is corrected.

use insta::assert_snapshot;

use crate::office::Office;

#[test]
fn r4_7_a_corrected_signature_is_held_to_what_signing_asks_for() {
    let office = Office::staffed();
    office.ok("contact add --department business --kind pre-contract --to technology --copy li --subject 图纸 --content a --by wang");
    office.ok("contact sign HAY05001 --by wu");
    office.ok("contact sign HAY05001 --by li");
    office.ok("contact reply HAY05001 --by wu --text 同意");
    assert_snapshot!(office.refused(3, "contact amend HAY05001 --signature 1 --signed-by zhou --reason 误"), @"R4.7: 周敏 was not of technology on 2026-10-08, so they cannot act for it; name somebody of technology with --signed-by PERSON");
    assert_snapshot!(office.refused(3, "contact amend HAY05001 --signature 2 --signed-by wu --reason 误"), @"R4.7: 吴工 cannot act for 李娜; name them with --signed-by li");
    assert_snapshot!(office.refused(3, "contact amend HAY05001 --signature 1 --signed-by 外人 --reason 误"), @"R4.7: 外人 is not on the staff, and technology is no unit outside the company; name somebody of technology with --signed-by PERSON");
    assert_snapshot!(office.refused(3, "contact amend HAY05001 --reply 1 --replied-by zhou --reason 误"), @"R4.7: 周敏 was not of technology on 2026-10-08, so they cannot act for it; name somebody of technology with --replied-by PERSON");
    office.ok("contact add --department business --kind external --to 某设计院 --copy general --subject 图纸 --content a --by wang");
    office.ok("contact sign HAY05002 --for general --by he");
    office.ok("contact sign HAY05002 --for 某设计院 --by 王工");
    assert_snapshot!(office.refused(3, "contact amend HAY05002 --signature 1 --signed-by zhou --reason 误"), @"R4.6: General Management's copy of an external form is signed for by a contract administrator, which 周敏 is not; name who did with --signed-by he");
    // Of a unit outside anybody signed.
    office.ok("contact amend HAY05002 --signature 2 --signed-by 李工 --reason 误");
}
