//! Lists on the screen and in files: every list in every format, narrow screens, Excel, colour.

use std::process::Command;

use branchbook::zone::shown;
use insta::assert_snapshot;
use unicode_width::UnicodeWidthStr;

use crate::office::Office;

/// An office with one form of every state.
fn office() -> Office {
    let office = Office::staffed();
    let form = "contact add --department business --kind pre-contract --by wang";
    office.ok(&format!("{form} --to technology --to general --subject 'Φ3.6 m 球磨机主轴承图纸确认' --content '包钢要求 10 月底前确认轴承座改型' --contract BG-2026-118 --reply-by 2026-10-15"));
    office.ok("contact sign HAY05001 --by wu");
    office.ok("contact sign HAY05001 --by zhou");
    office.ok("contact reply HAY05001 --by wu --text '可行,图号 TJ-1183'");
    office.ok("contact archive HAY05001 --by he");
    office.ok(&format!("{form} --to technology --subject 轴承图纸 --content 重复"));
    office.ok("contact void HAY05002 --reason 重复开单");
    office.ok(&format!("{form} --to technology --subject '交货期,包装' --content '=1+1' --pages 2"));
    office.ok("series reserve business --count 1");
    office.ok("contact add --department baotou --kind external --to 包头钢铁(集团)有限责任公司 --copy he --subject 交货期函复 --content … --by zhao");
    office
}

/// A list in every format.
fn in_every_format(office: &Office, line: &str) -> String {
    ["table", "csv", "json", "jsonl"].map(|format| office.ok(&format!("{line} --format {format}"))).join("---\n")
}

#[test]
fn the_list_of_contact_forms() {
    assert_snapshot!(in_every_format(&office(), "contact list"), @r#"
    Work contact forms
    ┌──────────┬──────────┬────────────┬─────────────────────────────┬────────────────────────────┬──────────────┬───────────┬────────────┬─────────────┬────────────┬─────────────┬─────────────┬───────────┬───────┬────────────┬──────────────────────────────────┬─────────────┬───────────────┬─────────────┬────────────┐
    │ number   │ state    │ issued on  │ subject                     │ addressed to               │ kind         │ issued by │ reply by   │ received on │ replied on │ archived on │ contract    │ copied to │ pages │ department │ content                          │ archived by │ contract file │ void reason │ amendments │
    ├──────────┼──────────┼────────────┼─────────────────────────────┼────────────────────────────┼──────────────┼───────────┼────────────┼─────────────┼────────────┼─────────────┼─────────────┼───────────┼───────┼────────────┼──────────────────────────────────┼─────────────┼───────────────┼─────────────┼────────────┤
    │ HAY05001 │ archived │ 2026-10-08 │ Φ3.6 m 球磨机主轴承图纸确认 │ technology; general        │ pre-contract │ 王建国    │ 2026-10-15 │ 2026-10-08  │ 2026-10-08 │ 2026-10-08  │ BG-2026-118 │           │       │ business   │ 包钢要求 10 月底前确认轴承座改型 │ 何平        │ BG-2026-118   │             │          0 │
    │ HAY05002 │ void     │ 2026-10-08 │ 轴承图纸                    │ technology                 │ pre-contract │ 王建国    │ 2026-10-13 │             │            │             │             │           │       │ business   │ 重复                             │             │               │ 重复开单    │          0 │
    │ HAY05003 │ issued   │ 2026-10-08 │ 交货期,包装                 │ technology                 │ pre-contract │ 王建国    │ 2026-10-13 │             │            │             │             │           │     2 │ business   │ =1+1                             │             │               │             │          0 │
    │ HAY05004 │ reserved │ 2026-10-08 │                             │                            │              │ clerk     │            │             │            │             │             │           │       │ business   │                                  │             │               │             │          0 │
    │ HAB05001 │ issued   │ 2026-10-08 │ 交货期函复                  │ 包头钢铁(集团)有限责任公司 │ external     │ 赵刚      │ 2026-10-13 │             │            │             │             │ 何平      │       │ baotou     │ …                                │             │               │             │          0 │
    ├──────────┼──────────┼────────────┼─────────────────────────────┼────────────────────────────┼──────────────┼───────────┼────────────┼─────────────┼────────────┼─────────────┼─────────────┼───────────┼───────┼────────────┼──────────────────────────────────┼─────────────┼───────────────┼─────────────┼────────────┤
    │ total    │          │            │                             │                            │              │           │            │             │            │             │             │           │     2 │            │                                  │             │               │             │            │
    └──────────┴──────────┴────────────┴─────────────────────────────┴────────────────────────────┴──────────────┴───────────┴────────────┴─────────────┴────────────┴─────────────┴─────────────┴───────────┴───────┴────────────┴──────────────────────────────────┴─────────────┴───────────────┴─────────────┴────────────┘
    5 rows
    the total leaves out: void 1
    ---
    number,state,issued_on,subject,addressed_to,kind,issued_by,reply_by_on,received_on,replied_on,archived_on,project,contract,copied_to,holder,pages,department,content,archived_by,contract_file,no_contract,void_reason,amendments,entered_later_on,import
    HAY05001,archived,2026-10-08,Φ3.6 m 球磨机主轴承图纸确认,technology; general,pre-contract,wang,2026-10-15,2026-10-08,2026-10-08,2026-10-08,,BG-2026-118,,,,business,包钢要求 10 月底前确认轴承座改型,he,BG-2026-118,,,0,,
    HAY05002,void,2026-10-08,轴承图纸,technology,pre-contract,wang,2026-10-13,,,,,,,,,business,重复,,,,重复开单,0,,
    HAY05003,issued,2026-10-08,"交货期,包装",technology,pre-contract,wang,2026-10-13,,,,,,,,2,business,=1+1,,,,,0,,
    HAY05004,reserved,2026-10-08,,,,clerk,,,,,,,,,,business,,,,,,0,,
    HAB05001,issued,2026-10-08,交货期函复,包头钢铁(集团)有限责任公司,external,zhao,2026-10-13,,,,,,he,,,baotou,…,,,,,0,,
    ---
    [
    {"number":"HAY05001","state":"archived","issued_on":"2026-10-08","subject":"Φ3.6 m 球磨机主轴承图纸确认","addressed_to":"technology; general","kind":"pre-contract","issued_by":"wang","reply_by_on":"2026-10-15","received_on":"2026-10-08","replied_on":"2026-10-08","archived_on":"2026-10-08","project":null,"contract":"BG-2026-118","copied_to":null,"holder":null,"pages":null,"department":"business","content":"包钢要求 10 月底前确认轴承座改型","archived_by":"he","contract_file":"BG-2026-118","no_contract":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null},
    {"number":"HAY05002","state":"void","issued_on":"2026-10-08","subject":"轴承图纸","addressed_to":"technology","kind":"pre-contract","issued_by":"wang","reply_by_on":"2026-10-13","received_on":null,"replied_on":null,"archived_on":null,"project":null,"contract":null,"copied_to":null,"holder":null,"pages":null,"department":"business","content":"重复","archived_by":null,"contract_file":null,"no_contract":null,"void_reason":"重复开单","amendments":0,"entered_later_on":null,"import":null},
    {"number":"HAY05003","state":"issued","issued_on":"2026-10-08","subject":"交货期,包装","addressed_to":"technology","kind":"pre-contract","issued_by":"wang","reply_by_on":"2026-10-13","received_on":null,"replied_on":null,"archived_on":null,"project":null,"contract":null,"copied_to":null,"holder":null,"pages":2,"department":"business","content":"=1+1","archived_by":null,"contract_file":null,"no_contract":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null},
    {"number":"HAY05004","state":"reserved","issued_on":"2026-10-08","subject":null,"addressed_to":null,"kind":null,"issued_by":"clerk","reply_by_on":null,"received_on":null,"replied_on":null,"archived_on":null,"project":null,"contract":null,"copied_to":null,"holder":null,"pages":null,"department":"business","content":null,"archived_by":null,"contract_file":null,"no_contract":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null},
    {"number":"HAB05001","state":"issued","issued_on":"2026-10-08","subject":"交货期函复","addressed_to":"包头钢铁(集团)有限责任公司","kind":"external","issued_by":"zhao","reply_by_on":"2026-10-13","received_on":null,"replied_on":null,"archived_on":null,"project":null,"contract":null,"copied_to":"he","holder":null,"pages":null,"department":"baotou","content":"…","archived_by":null,"contract_file":null,"no_contract":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null}
    ]
    ---
    {"number":"HAY05001","state":"archived","issued_on":"2026-10-08","subject":"Φ3.6 m 球磨机主轴承图纸确认","addressed_to":"technology; general","kind":"pre-contract","issued_by":"wang","reply_by_on":"2026-10-15","received_on":"2026-10-08","replied_on":"2026-10-08","archived_on":"2026-10-08","project":null,"contract":"BG-2026-118","copied_to":null,"holder":null,"pages":null,"department":"business","content":"包钢要求 10 月底前确认轴承座改型","archived_by":"he","contract_file":"BG-2026-118","no_contract":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null}
    {"number":"HAY05002","state":"void","issued_on":"2026-10-08","subject":"轴承图纸","addressed_to":"technology","kind":"pre-contract","issued_by":"wang","reply_by_on":"2026-10-13","received_on":null,"replied_on":null,"archived_on":null,"project":null,"contract":null,"copied_to":null,"holder":null,"pages":null,"department":"business","content":"重复","archived_by":null,"contract_file":null,"no_contract":null,"void_reason":"重复开单","amendments":0,"entered_later_on":null,"import":null}
    {"number":"HAY05003","state":"issued","issued_on":"2026-10-08","subject":"交货期,包装","addressed_to":"technology","kind":"pre-contract","issued_by":"wang","reply_by_on":"2026-10-13","received_on":null,"replied_on":null,"archived_on":null,"project":null,"contract":null,"copied_to":null,"holder":null,"pages":2,"department":"business","content":"=1+1","archived_by":null,"contract_file":null,"no_contract":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null}
    {"number":"HAY05004","state":"reserved","issued_on":"2026-10-08","subject":null,"addressed_to":null,"kind":null,"issued_by":"clerk","reply_by_on":null,"received_on":null,"replied_on":null,"archived_on":null,"project":null,"contract":null,"copied_to":null,"holder":null,"pages":null,"department":"business","content":null,"archived_by":null,"contract_file":null,"no_contract":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null}
    {"number":"HAB05001","state":"issued","issued_on":"2026-10-08","subject":"交货期函复","addressed_to":"包头钢铁(集团)有限责任公司","kind":"external","issued_by":"zhao","reply_by_on":"2026-10-13","received_on":null,"replied_on":null,"archived_on":null,"project":null,"contract":null,"copied_to":"he","holder":null,"pages":null,"department":"baotou","content":"…","archived_by":null,"contract_file":null,"no_contract":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null}
    "#);
}

#[test]
fn a_departments_ledger() {
    assert_snapshot!(in_every_format(&office(), "contact ledger --department business --last 2"), @r#"
    Contact forms of business, the last 2
    ┌──────────┬──────────┬────────────┬─────────────┬──────────────┬──────────────┬───────────┬────────────┬───────┬────────────┬─────────┬────────────┐
    │ number   │ state    │ issued on  │ subject     │ addressed to │ kind         │ issued by │ reply by   │ pages │ department │ content │ amendments │
    ├──────────┼──────────┼────────────┼─────────────┼──────────────┼──────────────┼───────────┼────────────┼───────┼────────────┼─────────┼────────────┤
    │ HAY05003 │ issued   │ 2026-10-08 │ 交货期,包装 │ technology   │ pre-contract │ 王建国    │ 2026-10-13 │     2 │ business   │ =1+1    │          0 │
    │ HAY05004 │ reserved │ 2026-10-08 │             │              │              │ clerk     │            │       │ business   │         │          0 │
    └──────────┴──────────┴────────────┴─────────────┴──────────────┴──────────────┴───────────┴────────────┴───────┴────────────┴─────────┴────────────┘
    2 rows
    ---
    number,state,issued_on,subject,addressed_to,kind,issued_by,reply_by_on,received_on,replied_on,archived_on,project,contract,copied_to,holder,pages,department,content,archived_by,contract_file,no_contract,void_reason,amendments,entered_later_on,import
    HAY05003,issued,2026-10-08,"交货期,包装",technology,pre-contract,wang,2026-10-13,,,,,,,,2,business,=1+1,,,,,0,,
    HAY05004,reserved,2026-10-08,,,,clerk,,,,,,,,,,business,,,,,,0,,
    ---
    [
    {"number":"HAY05003","state":"issued","issued_on":"2026-10-08","subject":"交货期,包装","addressed_to":"technology","kind":"pre-contract","issued_by":"wang","reply_by_on":"2026-10-13","received_on":null,"replied_on":null,"archived_on":null,"project":null,"contract":null,"copied_to":null,"holder":null,"pages":2,"department":"business","content":"=1+1","archived_by":null,"contract_file":null,"no_contract":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null},
    {"number":"HAY05004","state":"reserved","issued_on":"2026-10-08","subject":null,"addressed_to":null,"kind":null,"issued_by":"clerk","reply_by_on":null,"received_on":null,"replied_on":null,"archived_on":null,"project":null,"contract":null,"copied_to":null,"holder":null,"pages":null,"department":"business","content":null,"archived_by":null,"contract_file":null,"no_contract":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null}
    ]
    ---
    {"number":"HAY05003","state":"issued","issued_on":"2026-10-08","subject":"交货期,包装","addressed_to":"technology","kind":"pre-contract","issued_by":"wang","reply_by_on":"2026-10-13","received_on":null,"replied_on":null,"archived_on":null,"project":null,"contract":null,"copied_to":null,"holder":null,"pages":2,"department":"business","content":"=1+1","archived_by":null,"contract_file":null,"no_contract":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null}
    {"number":"HAY05004","state":"reserved","issued_on":"2026-10-08","subject":null,"addressed_to":null,"kind":null,"issued_by":"clerk","reply_by_on":null,"received_on":null,"replied_on":null,"archived_on":null,"project":null,"contract":null,"copied_to":null,"holder":null,"pages":null,"department":"business","content":null,"archived_by":null,"contract_file":null,"no_contract":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null}
    "#);
}

#[test]
fn what_is_outstanding() {
    assert_snapshot!(in_every_format(&office().on("2026-10-20"), "contact outstanding"), @r#"
    Outstanding contact forms on 2026-10-20
    ┌──────────┬───────────┬────────────────────────────┬────────┬────────────┬───────────┬────────────┬─────────────┬────────────┬───────────┬────────┐
    │ number   │ waits for │ party                      │ holder │ due on     │ days late │ since on   │ subject     │ department │ issued by │ clause │
    ├──────────┼───────────┼────────────────────────────┼────────┼────────────┼───────────┼────────────┼─────────────┼────────────┼───────────┼────────┤
    │ HAY05003 │ signature │ technology                 │ 王建国 │ 2026-10-08 │        12 │ 2026-10-08 │ 交货期,包装 │ business   │ 王建国    │ R4.7   │
    │ HAB05001 │ signature │ 包头钢铁(集团)有限责任公司 │ 赵刚   │ 2026-10-08 │        12 │ 2026-10-08 │ 交货期函复  │ baotou     │ 赵刚      │ R4.7   │
    └──────────┴───────────┴────────────────────────────┴────────┴────────────┴───────────┴────────────┴─────────────┴────────────┴───────────┴────────┘
    2 rows
    ---
    number,waits_for,party,holder,due_on,days_late,since_on,subject,department,issued_by,clause
    HAY05003,signature,technology,wang,2026-10-08,12,2026-10-08,"交货期,包装",business,wang,R4.7
    HAB05001,signature,包头钢铁(集团)有限责任公司,zhao,2026-10-08,12,2026-10-08,交货期函复,baotou,zhao,R4.7
    ---
    [
    {"number":"HAY05003","waits_for":"signature","party":"technology","holder":"wang","due_on":"2026-10-08","days_late":12,"since_on":"2026-10-08","subject":"交货期,包装","department":"business","issued_by":"wang","clause":"R4.7"},
    {"number":"HAB05001","waits_for":"signature","party":"包头钢铁(集团)有限责任公司","holder":"zhao","due_on":"2026-10-08","days_late":12,"since_on":"2026-10-08","subject":"交货期函复","department":"baotou","issued_by":"zhao","clause":"R4.7"}
    ]
    ---
    {"number":"HAY05003","waits_for":"signature","party":"technology","holder":"wang","due_on":"2026-10-08","days_late":12,"since_on":"2026-10-08","subject":"交货期,包装","department":"business","issued_by":"wang","clause":"R4.7"}
    {"number":"HAB05001","waits_for":"signature","party":"包头钢铁(集团)有限责任公司","holder":"zhao","due_on":"2026-10-08","days_late":12,"since_on":"2026-10-08","subject":"交货期函复","department":"baotou","issued_by":"zhao","clause":"R4.7"}
    "#);
}

#[test]
fn the_file_of_a_contract() {
    assert_snapshot!(in_every_format(&office(), "contact papers BG-2026-118"), @r#"
    Contact forms of BG-2026-118
    ┌──────────┬──────────┬────────────┬──────────────┬─────────────────────────────┬─────────────────────┬─────────────┬───────────────┬───────────┐
    │ number   │ state    │ issued on  │ kind         │ subject                     │ addressed to        │ archived on │ contract file │ issued by │
    ├──────────┼──────────┼────────────┼──────────────┼─────────────────────────────┼─────────────────────┼─────────────┼───────────────┼───────────┤
    │ HAY05001 │ archived │ 2026-10-08 │ pre-contract │ Φ3.6 m 球磨机主轴承图纸确认 │ technology; general │ 2026-10-08  │ BG-2026-118   │ 王建国    │
    └──────────┴──────────┴────────────┴──────────────┴─────────────────────────────┴─────────────────────┴─────────────┴───────────────┴───────────┘
    1 row
    ---
    number,state,issued_on,kind,subject,addressed_to,archived_on,contract_file,issued_by,holder
    HAY05001,archived,2026-10-08,pre-contract,Φ3.6 m 球磨机主轴承图纸确认,technology; general,2026-10-08,BG-2026-118,wang,
    ---
    [
    {"number":"HAY05001","state":"archived","issued_on":"2026-10-08","kind":"pre-contract","subject":"Φ3.6 m 球磨机主轴承图纸确认","addressed_to":"technology; general","archived_on":"2026-10-08","contract_file":"BG-2026-118","issued_by":"wang","holder":null}
    ]
    ---
    {"number":"HAY05001","state":"archived","issued_on":"2026-10-08","kind":"pre-contract","subject":"Φ3.6 m 球磨机主轴承图纸确认","addressed_to":"technology; general","archived_on":"2026-10-08","contract_file":"BG-2026-118","issued_by":"wang","holder":null}
    "#);
}

#[test]
fn one_entry() {
    assert_snapshot!(in_every_format(&office(), "show HAY05001"), @r#"
    HAY05001
    ┌───────────────┬──────────────────────────────────┐
    │ number        │ HAY05001                         │
    │ state         │ archived                         │
    │ issued on     │ 2026-10-08                       │
    │ subject       │ Φ3.6 m 球磨机主轴承图纸确认      │
    │ addressed to  │ technology; general              │
    │ kind          │ pre-contract                     │
    │ issued by     │ 王建国                           │
    │ reply by      │ 2026-10-15                       │
    │ received on   │ 2026-10-08                       │
    │ replied on    │ 2026-10-08                       │
    │ archived on   │ 2026-10-08                       │
    │ contract      │ BG-2026-118                      │
    │ department    │ business                         │
    │ content       │ 包钢要求 10 月底前确认轴承座改型 │
    │ archived by   │ 何平                             │
    │ contract file │ BG-2026-118                      │
    │ amendments    │ 0                                │
    └───────────────┴──────────────────────────────────┘
    Signatures
    ┌────────────┬───────────┬────────────┐
    │ party      │ signed by │ signed on  │
    ├────────────┼───────────┼────────────┤
    │ general    │ 周敏      │ 2026-10-08 │
    │ technology │ 吴工      │ 2026-10-08 │
    └────────────┴───────────┴────────────┘
    2 rows
    Replies
    ┌────────────┬────────────┬────────────┬───────────────────┐
    │ party      │ replied by │ replied on │ text              │
    ├────────────┼────────────┼────────────┼───────────────────┤
    │ technology │ 吴工       │ 2026-10-08 │ 可行,图号 TJ-1183 │
    └────────────┴────────────┴────────────┴───────────────────┘
    1 row
    ---
    number,state,issued_on,subject,addressed_to,kind,issued_by,reply_by_on,received_on,replied_on,archived_on,project,contract,copied_to,holder,pages,department,content,archived_by,contract_file,no_contract,void_reason,amendments,entered_later_on,import
    HAY05001,archived,2026-10-08,Φ3.6 m 球磨机主轴承图纸确认,technology; general,pre-contract,wang,2026-10-15,2026-10-08,2026-10-08,2026-10-08,,BG-2026-118,,,,business,包钢要求 10 月底前确认轴承座改型,he,BG-2026-118,,,0,,
    ---
    [
    {"number":"HAY05001","state":"archived","issued_on":"2026-10-08","subject":"Φ3.6 m 球磨机主轴承图纸确认","addressed_to":"technology; general","kind":"pre-contract","issued_by":"wang","reply_by_on":"2026-10-15","received_on":"2026-10-08","replied_on":"2026-10-08","archived_on":"2026-10-08","project":null,"contract":"BG-2026-118","copied_to":null,"holder":null,"pages":null,"department":"business","content":"包钢要求 10 月底前确认轴承座改型","archived_by":"he","contract_file":"BG-2026-118","no_contract":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null}
    ]
    ---
    {"number":"HAY05001","state":"archived","issued_on":"2026-10-08","subject":"Φ3.6 m 球磨机主轴承图纸确认","addressed_to":"technology; general","kind":"pre-contract","issued_by":"wang","reply_by_on":"2026-10-15","received_on":"2026-10-08","replied_on":"2026-10-08","archived_on":"2026-10-08","project":null,"contract":"BG-2026-118","copied_to":null,"holder":null,"pages":null,"department":"business","content":"包钢要求 10 月底前确认轴承座改型","archived_by":"he","contract_file":"BG-2026-118","no_contract":null,"void_reason":null,"amendments":0,"entered_later_on":null,"import":null}
    "#);
}

#[test]
fn the_history_of_an_entry() {
    assert_snapshot!(in_every_format(&office(), "history HAY05001"), @r#"
        History of HAY05001
        ┌──────────────────┬─────────────────┬───────────────────────────────────────────────────────────────────────────────────────────┬────────┬──────────┐
        │ at               │ verb            │ changes                                                                                   │ actor  │ recorder │
        ├──────────────────┼─────────────────┼───────────────────────────────────────────────────────────────────────────────────────────┼────────┼──────────┤
        │ 2026-10-08 08:00 │ contact add     │ department: business                                                                      │ 王建国 │ clerk    │
        │                  │                 │ issued_on: 2026-10-08                                                                     │        │          │
        │                  │                 │ issued_by: 王建国                                                                         │        │          │
        │                  │                 │ state: issued                                                                             │        │          │
        │                  │                 │ kind: pre-contract                                                                        │        │          │
        │                  │                 │ subject: Φ3.6 m 球磨机主轴承图纸确认                                                      │        │          │
        │                  │                 │ content: 包钢要求 10 月底前确认轴承座改型                                                 │        │          │
        │                  │                 │ addressed_to: technology; general                                                         │        │          │
        │                  │                 │ contract: BG-2026-118                                                                     │        │          │
        │                  │                 │ reply_by_on: 2026-10-15                                                                   │        │          │
        │ 2026-10-08 08:00 │ contact sign    │ signature technology: signed_by 吴工, signed_on 2026-10-08                                │ 吴工   │ clerk    │
        │ 2026-10-08 08:00 │ contact sign    │ state: issued → received                                                                  │ 周敏   │ clerk    │
        │                  │                 │ received_on: 2026-10-08                                                                   │        │          │
        │                  │                 │ signature general: signed_by 周敏, signed_on 2026-10-08                                   │        │          │
        │ 2026-10-08 08:00 │ contact reply   │ replied_on: 2026-10-08                                                                    │ 吴工   │ clerk    │
        │                  │                 │ reply 1: party technology, replied_by 吴工, replied_on 2026-10-08, text 可行,图号 TJ-1183 │        │          │
        │ 2026-10-08 08:00 │ contact archive │ state: received → archived                                                                │ 何平   │ clerk    │
        │                  │                 │ archived_on: 2026-10-08                                                                   │        │          │
        │                  │                 │ archived_by: 何平                                                                         │        │          │
        │                  │                 │ contract_file: BG-2026-118                                                                │        │          │
        └──────────────────┴─────────────────┴───────────────────────────────────────────────────────────────────────────────────────────┴────────┴──────────┘
        5 rows
        ---
        at,verb,happened_on,actor,recorder,changes,note,declared,entered_later
        2026-10-08T00:00:00Z,contact add,2026-10-08,wang,clerk,department: business; issued_on: 2026-10-08; issued_by: wang; state: issued; kind: pre-contract; subject: Φ3.6 m 球磨机主轴承图纸确认; content: 包钢要求 10 月底前确认轴承座改型; addressed_to: technology; general; contract: BG-2026-118; reply_by_on: 2026-10-15,,,
        2026-10-08T00:00:00Z,contact sign,2026-10-08,wu,clerk,"signature technology: signed_by wu, signed_on 2026-10-08",,,
        2026-10-08T00:00:00Z,contact sign,2026-10-08,zhou,clerk,"state: issued → received; received_on: 2026-10-08; signature general: signed_by zhou, signed_on 2026-10-08",,,
        2026-10-08T00:00:00Z,contact reply,2026-10-08,wu,clerk,"replied_on: 2026-10-08; reply 1: party technology, replied_by wu, replied_on 2026-10-08, text 可行,图号 TJ-1183",,,
        2026-10-08T00:00:00Z,contact archive,2026-10-08,he,clerk,state: received → archived; archived_on: 2026-10-08; archived_by: he; contract_file: BG-2026-118,,,
        ---
        [
        {"at":"2026-10-08T00:00:00Z","verb":"contact add","happened_on":"2026-10-08","actor":"wang","recorder":"clerk","changes":"department: business; issued_on: 2026-10-08; issued_by: wang; state: issued; kind: pre-contract; subject: Φ3.6 m 球磨机主轴承图纸确认; content: 包钢要求 10 月底前确认轴承座改型; addressed_to: technology; general; contract: BG-2026-118; reply_by_on: 2026-10-15","note":null,"declared":null,"entered_later":null},
        {"at":"2026-10-08T00:00:00Z","verb":"contact sign","happened_on":"2026-10-08","actor":"wu","recorder":"clerk","changes":"signature technology: signed_by wu, signed_on 2026-10-08","note":null,"declared":null,"entered_later":null},
        {"at":"2026-10-08T00:00:00Z","verb":"contact sign","happened_on":"2026-10-08","actor":"zhou","recorder":"clerk","changes":"state: issued → received; received_on: 2026-10-08; signature general: signed_by zhou, signed_on 2026-10-08","note":null,"declared":null,"entered_later":null},
        {"at":"2026-10-08T00:00:00Z","verb":"contact reply","happened_on":"2026-10-08","actor":"wu","recorder":"clerk","changes":"replied_on: 2026-10-08; reply 1: party technology, replied_by wu, replied_on 2026-10-08, text 可行,图号 TJ-1183","note":null,"declared":null,"entered_later":null},
        {"at":"2026-10-08T00:00:00Z","verb":"contact archive","happened_on":"2026-10-08","actor":"he","recorder":"clerk","changes":"state: received → archived; archived_on: 2026-10-08; archived_by: he; contract_file: BG-2026-118","note":null,"declared":null,"entered_later":null}
        ]
        ---
        {"at":"2026-10-08T00:00:00Z","verb":"contact add","happened_on":"2026-10-08","actor":"wang","recorder":"clerk","changes":"department: business; issued_on: 2026-10-08; issued_by: wang; state: issued; kind: pre-contract; subject: Φ3.6 m 球磨机主轴承图纸确认; content: 包钢要求 10 月底前确认轴承座改型; addressed_to: technology; general; contract: BG-2026-118; reply_by_on: 2026-10-15","note":null,"declared":null,"entered_later":null}
        {"at":"2026-10-08T00:00:00Z","verb":"contact sign","happened_on":"2026-10-08","actor":"wu","recorder":"clerk","changes":"signature technology: signed_by wu, signed_on 2026-10-08","note":null,"declared":null,"entered_later":null}
        {"at":"2026-10-08T00:00:00Z","verb":"contact sign","happened_on":"2026-10-08","actor":"zhou","recorder":"clerk","changes":"state: issued → received; received_on: 2026-10-08; signature general: signed_by zhou, signed_on 2026-10-08","note":null,"declared":null,"entered_later":null}
        {"at":"2026-10-08T00:00:00Z","verb":"contact reply","happened_on":"2026-10-08","actor":"wu","recorder":"clerk","changes":"replied_on: 2026-10-08; reply 1: party technology, replied_by wu, replied_on 2026-10-08, text 可行,图号 TJ-1183","note":null,"declared":null,"entered_later":null}
        {"at":"2026-10-08T00:00:00Z","verb":"contact archive","happened_on":"2026-10-08","actor":"he","recorder":"clerk","changes":"state: received → archived; archived_on: 2026-10-08; archived_by: he; contract_file: BG-2026-118","note":null,"declared":null,"entered_later":null}
        "#);
}

#[test]
fn what_was_found() {
    assert_snapshot!(in_every_format(&office(), "find 交货期"), @r#"
    Entries that contain 交货期
    ┌──────────┬──────────┬────────┬────────────┬────────────┬─────────────┐
    │ number   │ register │ state  │ day on     │ department │ what        │
    ├──────────┼──────────┼────────┼────────────┼────────────┼─────────────┤
    │ HAB05001 │ contact  │ issued │ 2026-10-08 │ baotou     │ 交货期函复  │
    │ HAY05003 │ contact  │ issued │ 2026-10-08 │ business   │ 交货期,包装 │
    └──────────┴──────────┴────────┴────────────┴────────────┴─────────────┘
    2 rows
    ---
    number,register,state,day_on,department,what
    HAB05001,contact,issued,2026-10-08,baotou,交货期函复
    HAY05003,contact,issued,2026-10-08,business,"交货期,包装"
    ---
    [
    {"number":"HAB05001","register":"contact","state":"issued","day_on":"2026-10-08","department":"baotou","what":"交货期函复"},
    {"number":"HAY05003","register":"contact","state":"issued","day_on":"2026-10-08","department":"business","what":"交货期,包装"}
    ]
    ---
    {"number":"HAB05001","register":"contact","state":"issued","day_on":"2026-10-08","department":"baotou","what":"交货期函复"}
    {"number":"HAY05003","register":"contact","state":"issued","day_on":"2026-10-08","department":"business","what":"交货期,包装"}
    "#);
}

#[test]
fn the_staff() {
    assert_snapshot!(in_every_format(&office(), "staff list --department baotou"), @r#"
    Staff on 2026-10-08
    ┌──────┬──────┬────────────────────┬────────────┬────────────┐
    │ key  │ name │ role               │ department │ from       │
    ├──────┼──────┼────────────────────┼────────────┼────────────┤
    │ sun  │ 孙立 │ trainee            │ baotou     │ 2026-01-01 │
    │ zhao │ 赵刚 │ department-manager │ baotou     │ 2026-01-01 │
    └──────┴──────┴────────────────────┴────────────┴────────────┘
    2 rows
    ---
    key,name,role,department,from_on,until_on,os_login,entered_also_as
    sun,孙立,trainee,baotou,2026-01-01,,,
    zhao,赵刚,department-manager,baotou,2026-01-01,,,
    ---
    [
    {"key":"sun","name":"孙立","role":"trainee","department":"baotou","from_on":"2026-01-01","until_on":null,"os_login":null,"entered_also_as":null},
    {"key":"zhao","name":"赵刚","role":"department-manager","department":"baotou","from_on":"2026-01-01","until_on":null,"os_login":null,"entered_also_as":null}
    ]
    ---
    {"key":"sun","name":"孙立","role":"trainee","department":"baotou","from_on":"2026-01-01","until_on":null,"os_login":null,"entered_also_as":null}
    {"key":"zhao","name":"赵刚","role":"department-manager","department":"baotou","from_on":"2026-01-01","until_on":null,"os_login":null,"entered_also_as":null}
    "#);
    assert_snapshot!(in_every_format(&office(), "staff show wang"), @r#"
        王建国
        ┌──────┬────────┬────────────────────┬────────────┬────────────┐
        │ key  │ name   │ role               │ department │ from       │
        ├──────┼────────┼────────────────────┼────────────┼────────────┤
        │ wang │ 王建国 │ department-manager │ business   │ 2026-01-01 │
        └──────┴────────┴────────────────────┴────────────┴────────────┘
        1 row
        ---
        key,name,role,department,from_on,until_on,os_login,entered_also_as,entered_later_at
        wang,王建国,department-manager,business,2026-01-01,,,,
        ---
        [
        {"key":"wang","name":"王建国","role":"department-manager","department":"business","from_on":"2026-01-01","until_on":null,"os_login":null,"entered_also_as":null,"entered_later_at":null}
        ]
        ---
        {"key":"wang","name":"王建国","role":"department-manager","department":"business","from_on":"2026-01-01","until_on":null,"os_login":null,"entered_also_as":null,"entered_later_at":null}
        "#);
}

#[test]
fn the_departments() {
    assert_snapshot!(in_every_format(&office(), "department list"), @r#"
    Departments
    ┌───────────────┬──────────────────┬────────────────────────────────┬──────────────────────────┬────────┬─────────┬──────────────┐
    │ key           │ name zh          │ name en                        │ name ko                  │ branch │ reports │ ledger       │
    ├───────────────┼──────────────────┼────────────────────────────────┼──────────────────────────┼────────┼─────────┼──────────────┤
    │ business      │ 业务部           │ Business Department            │ 업무부                   │ yes    │ yes     │ HAY05{seq:3} │
    │ foreign-trade │ 外贸部           │ Foreign Trade Department       │ 대외무역부               │ yes    │ yes     │ HAW05{seq:3} │
    │ general       │ 综合管理部       │ General Management Department  │ 종합관리부               │ yes    │ no      │ HAG05{seq:3} │
    │ shandong      │ 山东淄博办事处   │ Shandong Zibo Office           │ 산둥 쯔보 사무소         │ yes    │ yes     │ HAS05{seq:3} │
    │ baotou        │ 内蒙古包头办事处 │ Inner Mongolia Baotou Office   │ 네이멍구 바오터우 사무소 │ yes    │ yes     │ HAB05{seq:3} │
    │ technology    │ 技术开发科       │ Technology Development Section │ 기술개발과               │ yes    │ no      │              │
    └───────────────┴──────────────────┴────────────────────────────────┴──────────────────────────┴────────┴─────────┴──────────────┘
    6 rows
    ---
    key,name_zh,name_en,name_ko,branch,reports,from_on,until_on,ledger
    business,业务部,Business Department,업무부,yes,yes,,,HAY05{seq:3}
    foreign-trade,外贸部,Foreign Trade Department,대외무역부,yes,yes,,,HAW05{seq:3}
    general,综合管理部,General Management Department,종합관리부,yes,no,,,HAG05{seq:3}
    shandong,山东淄博办事处,Shandong Zibo Office,산둥 쯔보 사무소,yes,yes,,,HAS05{seq:3}
    baotou,内蒙古包头办事处,Inner Mongolia Baotou Office,네이멍구 바오터우 사무소,yes,yes,,,HAB05{seq:3}
    technology,技术开发科,Technology Development Section,기술개발과,yes,no,,,
    ---
    [
    {"key":"business","name_zh":"业务部","name_en":"Business Department","name_ko":"업무부","branch":true,"reports":true,"from_on":null,"until_on":null,"ledger":"HAY05{seq:3}"},
    {"key":"foreign-trade","name_zh":"外贸部","name_en":"Foreign Trade Department","name_ko":"대외무역부","branch":true,"reports":true,"from_on":null,"until_on":null,"ledger":"HAW05{seq:3}"},
    {"key":"general","name_zh":"综合管理部","name_en":"General Management Department","name_ko":"종합관리부","branch":true,"reports":false,"from_on":null,"until_on":null,"ledger":"HAG05{seq:3}"},
    {"key":"shandong","name_zh":"山东淄博办事处","name_en":"Shandong Zibo Office","name_ko":"산둥 쯔보 사무소","branch":true,"reports":true,"from_on":null,"until_on":null,"ledger":"HAS05{seq:3}"},
    {"key":"baotou","name_zh":"内蒙古包头办事处","name_en":"Inner Mongolia Baotou Office","name_ko":"네이멍구 바오터우 사무소","branch":true,"reports":true,"from_on":null,"until_on":null,"ledger":"HAB05{seq:3}"},
    {"key":"technology","name_zh":"技术开发科","name_en":"Technology Development Section","name_ko":"기술개발과","branch":true,"reports":false,"from_on":null,"until_on":null,"ledger":null}
    ]
    ---
    {"key":"business","name_zh":"业务部","name_en":"Business Department","name_ko":"업무부","branch":true,"reports":true,"from_on":null,"until_on":null,"ledger":"HAY05{seq:3}"}
    {"key":"foreign-trade","name_zh":"外贸部","name_en":"Foreign Trade Department","name_ko":"대외무역부","branch":true,"reports":true,"from_on":null,"until_on":null,"ledger":"HAW05{seq:3}"}
    {"key":"general","name_zh":"综合管理部","name_en":"General Management Department","name_ko":"종합관리부","branch":true,"reports":false,"from_on":null,"until_on":null,"ledger":"HAG05{seq:3}"}
    {"key":"shandong","name_zh":"山东淄博办事处","name_en":"Shandong Zibo Office","name_ko":"산둥 쯔보 사무소","branch":true,"reports":true,"from_on":null,"until_on":null,"ledger":"HAS05{seq:3}"}
    {"key":"baotou","name_zh":"内蒙古包头办事处","name_en":"Inner Mongolia Baotou Office","name_ko":"네이멍구 바오터우 사무소","branch":true,"reports":true,"from_on":null,"until_on":null,"ledger":"HAB05{seq:3}"}
    {"key":"technology","name_zh":"技术开发科","name_en":"Technology Development Section","name_ko":"기술개발과","branch":true,"reports":false,"from_on":null,"until_on":null,"ledger":null}
    "#);
}

#[test]
#[allow(clippy::too_many_lines, reason = "there are many figures")]
fn the_figures() {
    let office = office();
    office.ok("rule set contact.reply_days 7 --by chen");
    assert_snapshot!(in_every_format(&office, "rule list"), @r#"
    Figures on 2026-10-08
    ┌────────────────────────────┬────────────┬──────────────┬────────────┬────────┬─────────┬────────────┬───────────────────────────────────────────────────────────────────────────────────────────────────────┐
    │ key                        │ value      │ unit         │ from       │ set by │ clause  │ standard   │ meaning                                                                                               │
    ├────────────────────────────┼────────────┼──────────────┼────────────┼────────┼─────────┼────────────┼───────────────────────────────────────────────────────────────────────────────────────────────────────┤
    │ asset.repair_days          │ 14         │ days         │            │        │ R5.5    │ 14         │ days from the report of damage by which the repair should be done                                     │
    │ asset.threshold            │ 2000.00    │ yuan         │            │        │ R5.5    │ 2000.00    │ price over which equipment is on the account                                                          │
    │ asset.warranty_notice_days │ 30         │ days         │            │        │ R5.5    │ 30         │ days before a warranty ends from which it is on the list of what waits                                │
    │ contact.archive_days       │ 7          │ days         │            │        │ R4.7    │ 7          │ days from receipt after which an unarchived form is outstanding                                       │
    │ contact.reply_days         │ 7          │ days         │ 2026-10-08 │ 陈总   │ R4.7    │ 5          │ days to reply to a contact form, where the form names none                                            │
    │ fee.cap_percent            │ 5.00       │ percent      │            │        │ R5.4(3) │ 5.00       │ most that all fees of a project may come to, in percent of its contract                               │
    │ fee.rate_percent           │ 3.00       │ percent      │            │        │ R5.4(3) │ 3.00       │ rate above which a fee is marked                                                                      │
    │ gift.quote_from            │ 1000.00    │ yuan         │            │        │ R5.3(3) │ 1000.00    │ amount above which offers are compared before a gift is bought                                        │
    │ gift.quotes                │ 2          │ entries      │            │        │ R5.3(3) │ 2          │ offers to be compared before a gift above gift.quote_from is bought                                   │
    │ gift.recipient_limit       │ 2000.00    │ yuan         │            │        │ R5.3(1) │ 2000.00    │ what one unit or person may have in a year before it is reported as above the limit                   │
    │ info.deadline_day          │ 30         │ day of month │            │        │ R2.2    │ 30         │ last day to report the month's user information, or the month's last day                              │
    │ info.duplicate_months      │ 12         │ months       │            │        │ R2.3    │ 12         │ how far back the same customer and equipment count as a repeat                                        │
    │ info.notice_days           │ 10         │ days         │            │        │ R2.2a   │ 10         │ days after a month within which who missed its indicator is warned or suspended                       │
    │ info.suspend_misses        │ 3          │ months       │            │        │ R2.2a   │ 3          │ misses in a row that suspend commission and award                                                     │
    │ office.far_days            │ 180        │ days         │            │        │ R4.8    │ 180        │ days before today beyond which the day of --on is asked about, as its year may be a slip              │
    │ order.review_days          │ 15         │ days         │            │        │ R2.5    │ 15         │ days after a month within which the leaders review its order statistics                               │
    │ project.answer_days        │ 5          │ days         │            │        │ R3.6    │ 5          │ days to answer a user's request, where no day is named                                                │
    │ project.major_amount       │ 5000000.00 │ yuan         │            │        │ R3.1    │ 5000000.00 │ estimated amount at and above which a project is major                                                │
    │ project.monitor_days       │ 14         │ days         │            │        │ R3.3    │ 14         │ days before the agreed delivery from which a product waits that nobody has looked at                  │
    │ reception.summary_days     │ 3          │ days         │            │        │ R5.2(5) │ 3          │ days after the guests left within which a reception is summarised                                     │
    │ ship.arrival_days          │ 15         │ days         │            │        │ R6.2    │ 15         │ days on the way after which a shipment is overdue, where no carrier quoted them                       │
    │ ship.bill_excess           │ 10.00      │ percent      │            │        │ R6.2    │ 10.00      │ by how much a carrier's bill may pass the award before it is listed as an exception                   │
    │ ship.quotes                │ 2          │ entries      │            │        │ R6.2    │ 2          │ carriers to be asked before a transport is awarded, where the company bears the freight               │
    │ ship.settle_days           │ 30         │ days         │            │        │ R6.1    │ 30         │ days after a contract is signed within which its delivery is settled with the user, before production │
    │ ship.weight_days           │ 20.00      │ percent      │            │        │ R6.2    │ 20.00      │ weight of the days on the way when quotes are compared                                                │
    │ ship.weight_price          │ 60.00      │ percent      │            │        │ R6.2    │ 60.00      │ weight of the price when quotes are compared                                                          │
    │ ship.weight_quality        │ 20.00      │ percent      │            │        │ R6.2    │ 20.00      │ weight of the quality when quotes are compared                                                        │
    └────────────────────────────┴────────────┴──────────────┴────────────┴────────┴─────────┴────────────┴───────────────────────────────────────────────────────────────────────────────────────────────────────┘
    27 rows
    ---
    key,value,unit,from_on,set_by,clause,standard,meaning
    asset.repair_days,14,days,,,R5.5,14,days from the report of damage by which the repair should be done
    asset.threshold,2000.00,yuan,,,R5.5,2000.00,price over which equipment is on the account
    asset.warranty_notice_days,30,days,,,R5.5,30,days before a warranty ends from which it is on the list of what waits
    contact.archive_days,7,days,,,R4.7,7,days from receipt after which an unarchived form is outstanding
    contact.reply_days,7,days,2026-10-08,chen,R4.7,5,"days to reply to a contact form, where the form names none"
    fee.cap_percent,5.00,percent,,,R5.4(3),5.00,"most that all fees of a project may come to, in percent of its contract"
    fee.rate_percent,3.00,percent,,,R5.4(3),3.00,rate above which a fee is marked
    gift.quote_from,1000.00,yuan,,,R5.3(3),1000.00,amount above which offers are compared before a gift is bought
    gift.quotes,2,entries,,,R5.3(3),2,offers to be compared before a gift above gift.quote_from is bought
    gift.recipient_limit,2000.00,yuan,,,R5.3(1),2000.00,what one unit or person may have in a year before it is reported as above the limit
    info.deadline_day,30,day of month,,,R2.2,30,"last day to report the month's user information, or the month's last day"
    info.duplicate_months,12,months,,,R2.3,12,how far back the same customer and equipment count as a repeat
    info.notice_days,10,days,,,R2.2a,10,days after a month within which who missed its indicator is warned or suspended
    info.suspend_misses,3,months,,,R2.2a,3,misses in a row that suspend commission and award
    office.far_days,180,days,,,R4.8,180,"days before today beyond which the day of --on is asked about, as its year may be a slip"
    order.review_days,15,days,,,R2.5,15,days after a month within which the leaders review its order statistics
    project.answer_days,5,days,,,R3.6,5,"days to answer a user's request, where no day is named"
    project.major_amount,5000000.00,yuan,,,R3.1,5000000.00,estimated amount at and above which a project is major
    project.monitor_days,14,days,,,R3.3,14,days before the agreed delivery from which a product waits that nobody has looked at
    reception.summary_days,3,days,,,R5.2(5),3,days after the guests left within which a reception is summarised
    ship.arrival_days,15,days,,,R6.2,15,"days on the way after which a shipment is overdue, where no carrier quoted them"
    ship.bill_excess,10.00,percent,,,R6.2,10.00,by how much a carrier's bill may pass the award before it is listed as an exception
    ship.quotes,2,entries,,,R6.2,2,"carriers to be asked before a transport is awarded, where the company bears the freight"
    ship.settle_days,30,days,,,R6.1,30,"days after a contract is signed within which its delivery is settled with the user, before production"
    ship.weight_days,20.00,percent,,,R6.2,20.00,weight of the days on the way when quotes are compared
    ship.weight_price,60.00,percent,,,R6.2,60.00,weight of the price when quotes are compared
    ship.weight_quality,20.00,percent,,,R6.2,20.00,weight of the quality when quotes are compared
    ---
    [
    {"key":"asset.repair_days","value":14,"unit":"days","from_on":null,"set_by":null,"clause":"R5.5","standard":14,"meaning":"days from the report of damage by which the repair should be done"},
    {"key":"asset.threshold","value":"2000.00","unit":"yuan","from_on":null,"set_by":null,"clause":"R5.5","standard":"2000.00","meaning":"price over which equipment is on the account"},
    {"key":"asset.warranty_notice_days","value":30,"unit":"days","from_on":null,"set_by":null,"clause":"R5.5","standard":30,"meaning":"days before a warranty ends from which it is on the list of what waits"},
    {"key":"contact.archive_days","value":7,"unit":"days","from_on":null,"set_by":null,"clause":"R4.7","standard":7,"meaning":"days from receipt after which an unarchived form is outstanding"},
    {"key":"contact.reply_days","value":7,"unit":"days","from_on":"2026-10-08","set_by":"chen","clause":"R4.7","standard":5,"meaning":"days to reply to a contact form, where the form names none"},
    {"key":"fee.cap_percent","value":"5.00","unit":"percent","from_on":null,"set_by":null,"clause":"R5.4(3)","standard":"5.00","meaning":"most that all fees of a project may come to, in percent of its contract"},
    {"key":"fee.rate_percent","value":"3.00","unit":"percent","from_on":null,"set_by":null,"clause":"R5.4(3)","standard":"3.00","meaning":"rate above which a fee is marked"},
    {"key":"gift.quote_from","value":"1000.00","unit":"yuan","from_on":null,"set_by":null,"clause":"R5.3(3)","standard":"1000.00","meaning":"amount above which offers are compared before a gift is bought"},
    {"key":"gift.quotes","value":2,"unit":"entries","from_on":null,"set_by":null,"clause":"R5.3(3)","standard":2,"meaning":"offers to be compared before a gift above gift.quote_from is bought"},
    {"key":"gift.recipient_limit","value":"2000.00","unit":"yuan","from_on":null,"set_by":null,"clause":"R5.3(1)","standard":"2000.00","meaning":"what one unit or person may have in a year before it is reported as above the limit"},
    {"key":"info.deadline_day","value":30,"unit":"day of month","from_on":null,"set_by":null,"clause":"R2.2","standard":30,"meaning":"last day to report the month's user information, or the month's last day"},
    {"key":"info.duplicate_months","value":12,"unit":"months","from_on":null,"set_by":null,"clause":"R2.3","standard":12,"meaning":"how far back the same customer and equipment count as a repeat"},
    {"key":"info.notice_days","value":10,"unit":"days","from_on":null,"set_by":null,"clause":"R2.2a","standard":10,"meaning":"days after a month within which who missed its indicator is warned or suspended"},
    {"key":"info.suspend_misses","value":3,"unit":"months","from_on":null,"set_by":null,"clause":"R2.2a","standard":3,"meaning":"misses in a row that suspend commission and award"},
    {"key":"office.far_days","value":180,"unit":"days","from_on":null,"set_by":null,"clause":"R4.8","standard":180,"meaning":"days before today beyond which the day of --on is asked about, as its year may be a slip"},
    {"key":"order.review_days","value":15,"unit":"days","from_on":null,"set_by":null,"clause":"R2.5","standard":15,"meaning":"days after a month within which the leaders review its order statistics"},
    {"key":"project.answer_days","value":5,"unit":"days","from_on":null,"set_by":null,"clause":"R3.6","standard":5,"meaning":"days to answer a user's request, where no day is named"},
    {"key":"project.major_amount","value":"5000000.00","unit":"yuan","from_on":null,"set_by":null,"clause":"R3.1","standard":"5000000.00","meaning":"estimated amount at and above which a project is major"},
    {"key":"project.monitor_days","value":14,"unit":"days","from_on":null,"set_by":null,"clause":"R3.3","standard":14,"meaning":"days before the agreed delivery from which a product waits that nobody has looked at"},
    {"key":"reception.summary_days","value":3,"unit":"days","from_on":null,"set_by":null,"clause":"R5.2(5)","standard":3,"meaning":"days after the guests left within which a reception is summarised"},
    {"key":"ship.arrival_days","value":15,"unit":"days","from_on":null,"set_by":null,"clause":"R6.2","standard":15,"meaning":"days on the way after which a shipment is overdue, where no carrier quoted them"},
    {"key":"ship.bill_excess","value":"10.00","unit":"percent","from_on":null,"set_by":null,"clause":"R6.2","standard":"10.00","meaning":"by how much a carrier's bill may pass the award before it is listed as an exception"},
    {"key":"ship.quotes","value":2,"unit":"entries","from_on":null,"set_by":null,"clause":"R6.2","standard":2,"meaning":"carriers to be asked before a transport is awarded, where the company bears the freight"},
    {"key":"ship.settle_days","value":30,"unit":"days","from_on":null,"set_by":null,"clause":"R6.1","standard":30,"meaning":"days after a contract is signed within which its delivery is settled with the user, before production"},
    {"key":"ship.weight_days","value":"20.00","unit":"percent","from_on":null,"set_by":null,"clause":"R6.2","standard":"20.00","meaning":"weight of the days on the way when quotes are compared"},
    {"key":"ship.weight_price","value":"60.00","unit":"percent","from_on":null,"set_by":null,"clause":"R6.2","standard":"60.00","meaning":"weight of the price when quotes are compared"},
    {"key":"ship.weight_quality","value":"20.00","unit":"percent","from_on":null,"set_by":null,"clause":"R6.2","standard":"20.00","meaning":"weight of the quality when quotes are compared"}
    ]
    ---
    {"key":"asset.repair_days","value":14,"unit":"days","from_on":null,"set_by":null,"clause":"R5.5","standard":14,"meaning":"days from the report of damage by which the repair should be done"}
    {"key":"asset.threshold","value":"2000.00","unit":"yuan","from_on":null,"set_by":null,"clause":"R5.5","standard":"2000.00","meaning":"price over which equipment is on the account"}
    {"key":"asset.warranty_notice_days","value":30,"unit":"days","from_on":null,"set_by":null,"clause":"R5.5","standard":30,"meaning":"days before a warranty ends from which it is on the list of what waits"}
    {"key":"contact.archive_days","value":7,"unit":"days","from_on":null,"set_by":null,"clause":"R4.7","standard":7,"meaning":"days from receipt after which an unarchived form is outstanding"}
    {"key":"contact.reply_days","value":7,"unit":"days","from_on":"2026-10-08","set_by":"chen","clause":"R4.7","standard":5,"meaning":"days to reply to a contact form, where the form names none"}
    {"key":"fee.cap_percent","value":"5.00","unit":"percent","from_on":null,"set_by":null,"clause":"R5.4(3)","standard":"5.00","meaning":"most that all fees of a project may come to, in percent of its contract"}
    {"key":"fee.rate_percent","value":"3.00","unit":"percent","from_on":null,"set_by":null,"clause":"R5.4(3)","standard":"3.00","meaning":"rate above which a fee is marked"}
    {"key":"gift.quote_from","value":"1000.00","unit":"yuan","from_on":null,"set_by":null,"clause":"R5.3(3)","standard":"1000.00","meaning":"amount above which offers are compared before a gift is bought"}
    {"key":"gift.quotes","value":2,"unit":"entries","from_on":null,"set_by":null,"clause":"R5.3(3)","standard":2,"meaning":"offers to be compared before a gift above gift.quote_from is bought"}
    {"key":"gift.recipient_limit","value":"2000.00","unit":"yuan","from_on":null,"set_by":null,"clause":"R5.3(1)","standard":"2000.00","meaning":"what one unit or person may have in a year before it is reported as above the limit"}
    {"key":"info.deadline_day","value":30,"unit":"day of month","from_on":null,"set_by":null,"clause":"R2.2","standard":30,"meaning":"last day to report the month's user information, or the month's last day"}
    {"key":"info.duplicate_months","value":12,"unit":"months","from_on":null,"set_by":null,"clause":"R2.3","standard":12,"meaning":"how far back the same customer and equipment count as a repeat"}
    {"key":"info.notice_days","value":10,"unit":"days","from_on":null,"set_by":null,"clause":"R2.2a","standard":10,"meaning":"days after a month within which who missed its indicator is warned or suspended"}
    {"key":"info.suspend_misses","value":3,"unit":"months","from_on":null,"set_by":null,"clause":"R2.2a","standard":3,"meaning":"misses in a row that suspend commission and award"}
    {"key":"office.far_days","value":180,"unit":"days","from_on":null,"set_by":null,"clause":"R4.8","standard":180,"meaning":"days before today beyond which the day of --on is asked about, as its year may be a slip"}
    {"key":"order.review_days","value":15,"unit":"days","from_on":null,"set_by":null,"clause":"R2.5","standard":15,"meaning":"days after a month within which the leaders review its order statistics"}
    {"key":"project.answer_days","value":5,"unit":"days","from_on":null,"set_by":null,"clause":"R3.6","standard":5,"meaning":"days to answer a user's request, where no day is named"}
    {"key":"project.major_amount","value":"5000000.00","unit":"yuan","from_on":null,"set_by":null,"clause":"R3.1","standard":"5000000.00","meaning":"estimated amount at and above which a project is major"}
    {"key":"project.monitor_days","value":14,"unit":"days","from_on":null,"set_by":null,"clause":"R3.3","standard":14,"meaning":"days before the agreed delivery from which a product waits that nobody has looked at"}
    {"key":"reception.summary_days","value":3,"unit":"days","from_on":null,"set_by":null,"clause":"R5.2(5)","standard":3,"meaning":"days after the guests left within which a reception is summarised"}
    {"key":"ship.arrival_days","value":15,"unit":"days","from_on":null,"set_by":null,"clause":"R6.2","standard":15,"meaning":"days on the way after which a shipment is overdue, where no carrier quoted them"}
    {"key":"ship.bill_excess","value":"10.00","unit":"percent","from_on":null,"set_by":null,"clause":"R6.2","standard":"10.00","meaning":"by how much a carrier's bill may pass the award before it is listed as an exception"}
    {"key":"ship.quotes","value":2,"unit":"entries","from_on":null,"set_by":null,"clause":"R6.2","standard":2,"meaning":"carriers to be asked before a transport is awarded, where the company bears the freight"}
    {"key":"ship.settle_days","value":30,"unit":"days","from_on":null,"set_by":null,"clause":"R6.1","standard":30,"meaning":"days after a contract is signed within which its delivery is settled with the user, before production"}
    {"key":"ship.weight_days","value":"20.00","unit":"percent","from_on":null,"set_by":null,"clause":"R6.2","standard":"20.00","meaning":"weight of the days on the way when quotes are compared"}
    {"key":"ship.weight_price","value":"60.00","unit":"percent","from_on":null,"set_by":null,"clause":"R6.2","standard":"60.00","meaning":"weight of the price when quotes are compared"}
    {"key":"ship.weight_quality","value":"20.00","unit":"percent","from_on":null,"set_by":null,"clause":"R6.2","standard":"20.00","meaning":"weight of the quality when quotes are compared"}
    "#);
    assert_snapshot!(in_every_format(&office, "rule history contact.reply_days"), @r#"
    History of contact.reply_days
    ┌────────────┬───────┬────────┬──────────────────┬────────────┐
    │ from       │ value │ set by │ entered at       │ entered by │
    ├────────────┼───────┼────────┼──────────────────┼────────────┤
    │ 2026-10-08 │     7 │ 陈总   │ 2026-10-08 08:00 │ clerk      │
    └────────────┴───────┴────────┴──────────────────┴────────────┘
    1 row
    ---
    from_on,value,set_by,entered_at,reason,entered_by
    2026-10-08,7,chen,2026-10-08T00:00:00Z,,clerk
    ---
    [
    {"from_on":"2026-10-08","value":7,"set_by":"chen","entered_at":"2026-10-08T00:00:00Z","reason":null,"entered_by":"clerk"}
    ]
    ---
    {"from_on":"2026-10-08","value":7,"set_by":"chen","entered_at":"2026-10-08T00:00:00Z","reason":null,"entered_by":"clerk"}
    "#);
}

#[test]
fn the_series_and_their_audit() {
    assert_snapshot!(in_every_format(&office(), "series list"), @r#"
    Number series
    ┌───────────────┬───────────┬─────────────────┬────────────┬────────┬──────┐
    │ series        │ register  │ template        │ from       │ prefix │ last │
    ├───────────────┼───────────┼─────────────────┼────────────┼────────┼──────┤
    │ asset         │ asset     │ AST-{seq:4}     │ 1949-01-01 │        │      │
    │ baotou        │ contact   │ HAB05{seq:3}    │ 1949-01-01 │ HAB05  │    1 │
    │ business      │ contact   │ HAY05{seq:3}    │ 1949-01-01 │ HAY05  │    4 │
    │ foreign-trade │ contact   │ HAW05{seq:3}    │ 1949-01-01 │        │      │
    │ general       │ contact   │ HAG05{seq:3}    │ 1949-01-01 │        │      │
    │ shandong      │ contact   │ HAS05{seq:3}    │ 1949-01-01 │        │      │
    │ fee           │ fee       │ FEE{yy}-{seq:3} │ 1949-01-01 │        │      │
    │ gift          │ gift      │ GFT{yy}-{seq:3} │ 1949-01-01 │        │      │
    │ info          │ info      │ INF{yy}-{seq:4} │ 1949-01-01 │        │      │
    │ project       │ project   │ PRJ{yy}-{seq:3} │ 1949-01-01 │        │      │
    │ reception     │ reception │ REC{yy}-{seq:3} │ 1949-01-01 │        │      │
    │ ship          │ ship      │ SHP{yy}-{seq:3} │ 1949-01-01 │        │      │
    └───────────────┴───────────┴─────────────────┴────────────┴────────┴──────┘
    12 rows
    ---
    series,register,template,from_on,prefix,last,closed_on
    asset,asset,AST-{seq:4},1949-01-01,,,
    baotou,contact,HAB05{seq:3},1949-01-01,HAB05,1,
    business,contact,HAY05{seq:3},1949-01-01,HAY05,4,
    foreign-trade,contact,HAW05{seq:3},1949-01-01,,,
    general,contact,HAG05{seq:3},1949-01-01,,,
    shandong,contact,HAS05{seq:3},1949-01-01,,,
    fee,fee,FEE{yy}-{seq:3},1949-01-01,,,
    gift,gift,GFT{yy}-{seq:3},1949-01-01,,,
    info,info,INF{yy}-{seq:4},1949-01-01,,,
    project,project,PRJ{yy}-{seq:3},1949-01-01,,,
    reception,reception,REC{yy}-{seq:3},1949-01-01,,,
    ship,ship,SHP{yy}-{seq:3},1949-01-01,,,
    ---
    [
    {"series":"asset","register":"asset","template":"AST-{seq:4}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null},
    {"series":"baotou","register":"contact","template":"HAB05{seq:3}","from_on":"1949-01-01","prefix":"HAB05","last":1,"closed_on":null},
    {"series":"business","register":"contact","template":"HAY05{seq:3}","from_on":"1949-01-01","prefix":"HAY05","last":4,"closed_on":null},
    {"series":"foreign-trade","register":"contact","template":"HAW05{seq:3}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null},
    {"series":"general","register":"contact","template":"HAG05{seq:3}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null},
    {"series":"shandong","register":"contact","template":"HAS05{seq:3}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null},
    {"series":"fee","register":"fee","template":"FEE{yy}-{seq:3}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null},
    {"series":"gift","register":"gift","template":"GFT{yy}-{seq:3}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null},
    {"series":"info","register":"info","template":"INF{yy}-{seq:4}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null},
    {"series":"project","register":"project","template":"PRJ{yy}-{seq:3}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null},
    {"series":"reception","register":"reception","template":"REC{yy}-{seq:3}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null},
    {"series":"ship","register":"ship","template":"SHP{yy}-{seq:3}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null}
    ]
    ---
    {"series":"asset","register":"asset","template":"AST-{seq:4}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null}
    {"series":"baotou","register":"contact","template":"HAB05{seq:3}","from_on":"1949-01-01","prefix":"HAB05","last":1,"closed_on":null}
    {"series":"business","register":"contact","template":"HAY05{seq:3}","from_on":"1949-01-01","prefix":"HAY05","last":4,"closed_on":null}
    {"series":"foreign-trade","register":"contact","template":"HAW05{seq:3}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null}
    {"series":"general","register":"contact","template":"HAG05{seq:3}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null}
    {"series":"shandong","register":"contact","template":"HAS05{seq:3}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null}
    {"series":"fee","register":"fee","template":"FEE{yy}-{seq:3}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null}
    {"series":"gift","register":"gift","template":"GFT{yy}-{seq:3}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null}
    {"series":"info","register":"info","template":"INF{yy}-{seq:4}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null}
    {"series":"project","register":"project","template":"PRJ{yy}-{seq:3}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null}
    {"series":"reception","register":"reception","template":"REC{yy}-{seq:3}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null}
    {"series":"ship","register":"ship","template":"SHP{yy}-{seq:3}","from_on":"1949-01-01","prefix":null,"last":null,"closed_on":null}
    "#);
    assert_snapshot!(in_every_format(&office(), "series audit"), @r#"
    Audit of number series
    ┌──────────┬──────────┬──────────┬─────────────┬──────────────────────────────────────────┐
    │ series   │ number   │ finding  │ unexplained │ detail                                   │
    ├──────────┼──────────┼──────────┼─────────────┼──────────────────────────────────────────┤
    │ business │ HAY05002 │ void     │ no          │ 重复开单                                 │
    │ business │ HAY05004 │ reserved │ no          │ set aside on 2026-10-08 and not used yet │
    └──────────┴──────────┴──────────┴─────────────┴──────────────────────────────────────────┘
    2 rows
    ---
    series,number,finding,unexplained,detail
    business,HAY05002,void,no,重复开单
    business,HAY05004,reserved,no,set aside on 2026-10-08 and not used yet
    ---
    [
    {"series":"business","number":"HAY05002","finding":"void","unexplained":false,"detail":"重复开单"},
    {"series":"business","number":"HAY05004","finding":"reserved","unexplained":false,"detail":"set aside on 2026-10-08 and not used yet"}
    ]
    ---
    {"series":"business","number":"HAY05002","finding":"void","unexplained":false,"detail":"重复开单"}
    {"series":"business","number":"HAY05004","finding":"reserved","unexplained":false,"detail":"set aside on 2026-10-08 and not used yet"}
    "#);
}

#[test]
fn the_journal() {
    let office = office();
    let journal = in_every_format(&office, "journal --last 3");
    let book = office.sql();
    let mut rows = book.prepare("SELECT clock_at, lower(hex(hash)) FROM journal").unwrap();
    let rows: Vec<(String, String)> =
        rows.query_map((), |row| Ok((row.get(0)?, row.get(1)?))).unwrap().map(Result::unwrap).collect();
    let journal = rows.iter().fold(journal, |journal, (clock_at, hash)| {
        let journal = journal.replace(clock_at, "THE-SYSTEM'S-CLOCK--").replace(&shown(clock_at), "THE-SYSTEM-CLOCK");
        journal.replace(hash, &format!("{:64}", "hash"))
    });
    assert_snapshot!(journal, @r#"
    Journal
    ┌────┬──────────────────┬────────────────┬──────────┬────────┬──────────┬─────────────┬──────────┬──────────┬──────┬──────────────────┬──────────────────────────────────────────────────────────────────┐
    │ id │ at               │ verb           │ thing    │ actor  │ recorder │ happened on │ declared │ os login │ host │ clock at         │ hash                                                             │
    ├────┼──────────────────┼────────────────┼──────────┼────────┼──────────┼─────────────┼──────────┼──────────┼──────┼──────────────────┼──────────────────────────────────────────────────────────────────┤
    │ 38 │ 2026-10-08 08:00 │ contact add    │ HAY05003 │ 王建国 │ clerk    │ 2026-10-08  │ no       │ clerk    │ desk │ THE-SYSTEM-CLOCK │ hash                                                             │
    │ 39 │ 2026-10-08 08:00 │ series reserve │ HAY05004 │ clerk  │ clerk    │ 2026-10-08  │ no       │ clerk    │ desk │ THE-SYSTEM-CLOCK │ hash                                                             │
    │ 40 │ 2026-10-08 08:00 │ contact add    │ HAB05001 │ 赵刚   │ clerk    │ 2026-10-08  │ no       │ clerk    │ desk │ THE-SYSTEM-CLOCK │ hash                                                             │
    └────┴──────────────────┴────────────────┴──────────┴────────┴──────────┴─────────────┴──────────┴──────────┴──────┴──────────────────┴──────────────────────────────────────────────────────────────────┘
    3 rows
    ---
    id,at,verb,thing,actor,recorder,happened_on,note,declared,os_login,host,clock_at,hash
    38,2026-10-08T00:00:00Z,contact add,HAY05003,wang,clerk,2026-10-08,,no,clerk,desk,THE-SYSTEM'S-CLOCK--,hash                                                            
    39,2026-10-08T00:00:00Z,series reserve,HAY05004,clerk,clerk,2026-10-08,,no,clerk,desk,THE-SYSTEM'S-CLOCK--,hash                                                            
    40,2026-10-08T00:00:00Z,contact add,HAB05001,zhao,clerk,2026-10-08,,no,clerk,desk,THE-SYSTEM'S-CLOCK--,hash                                                            
    ---
    [
    {"id":38,"at":"2026-10-08T00:00:00Z","verb":"contact add","thing":"HAY05003","actor":"wang","recorder":"clerk","happened_on":"2026-10-08","note":null,"declared":false,"os_login":"clerk","host":"desk","clock_at":"THE-SYSTEM'S-CLOCK--","hash":"hash                                                            "},
    {"id":39,"at":"2026-10-08T00:00:00Z","verb":"series reserve","thing":"HAY05004","actor":"clerk","recorder":"clerk","happened_on":"2026-10-08","note":null,"declared":false,"os_login":"clerk","host":"desk","clock_at":"THE-SYSTEM'S-CLOCK--","hash":"hash                                                            "},
    {"id":40,"at":"2026-10-08T00:00:00Z","verb":"contact add","thing":"HAB05001","actor":"zhao","recorder":"clerk","happened_on":"2026-10-08","note":null,"declared":false,"os_login":"clerk","host":"desk","clock_at":"THE-SYSTEM'S-CLOCK--","hash":"hash                                                            "}
    ]
    ---
    {"id":38,"at":"2026-10-08T00:00:00Z","verb":"contact add","thing":"HAY05003","actor":"wang","recorder":"clerk","happened_on":"2026-10-08","note":null,"declared":false,"os_login":"clerk","host":"desk","clock_at":"THE-SYSTEM'S-CLOCK--","hash":"hash                                                            "}
    {"id":39,"at":"2026-10-08T00:00:00Z","verb":"series reserve","thing":"HAY05004","actor":"clerk","recorder":"clerk","happened_on":"2026-10-08","note":null,"declared":false,"os_login":"clerk","host":"desk","clock_at":"THE-SYSTEM'S-CLOCK--","hash":"hash                                                            "}
    {"id":40,"at":"2026-10-08T00:00:00Z","verb":"contact add","thing":"HAB05001","actor":"zhao","recorder":"clerk","happened_on":"2026-10-08","note":null,"declared":false,"os_login":"clerk","host":"desk","clock_at":"THE-SYSTEM'S-CLOCK--","hash":"hash                                                            "}
    "#);
}

#[test]
fn a_ledger_is_read_on_a_screen_of_120_columns() {
    let office = office().with_width(120);
    let outcome = office.run("contact ledger --department business");
    assert_snapshot!(format!("{}{}", outcome.out, outcome.err), @"
    Contact forms of business
    ┌──────────┬──────────┬─────────────────┬───────────────┬──────────────┬────────┬────────────┬────────────┬────────────┐
    │ number   │ state    │ subject         │ addressed to  │ kind         │ issued │ reply by   │ received   │ replied on │
    │          │          │                 │               │              │ by     │            │ on         │            │
    ├──────────┼──────────┼─────────────────┼───────────────┼──────────────┼────────┼────────────┼────────────┼────────────┤
    │ HAY05001 │ archived │ Φ3.6 m 球磨机主 │ technology;   │ pre-contract │ 王建国 │ 2026-10-15 │ 2026-10-08 │ 2026-10-08 │
    │          │          │ 轴承图纸确认    │ general       │              │        │            │            │            │
    │ HAY05002 │ void     │ 轴承图纸        │ technology    │ pre-contract │ 王建国 │ 2026-10-13 │            │            │
    │ HAY05003 │ issued   │ 交货期,包装     │ technology    │ pre-contract │ 王建国 │ 2026-10-13 │            │            │
    │ HAY05004 │ reserved │                 │               │              │ clerk  │            │            │            │
    └──────────┴──────────┴─────────────────┴───────────────┴──────────────┴────────┴────────────┴────────────┴────────────┘
    4 rows
    left out for want of width: issued on, archived on, contract, pages, department and 5 more; widen the window, or take --format csv
    ");
}

#[test]
fn a_history_is_read_on_a_screen_of_120_columns() {
    let office = office().with_width(120);
    assert_snapshot!(office.ok("history HAY05001"), @r"
        History of HAY05001
        ┌──────────────────┬─────────────────┬─────────────────────────────────────────────────────────────┬────────┬──────────┐
        │ at               │ verb            │ changes                                                     │ actor  │ recorder │
        ├──────────────────┼─────────────────┼─────────────────────────────────────────────────────────────┼────────┼──────────┤
        │ 2026-10-08 08:00 │ contact add     │ department: business                                        │ 王建国 │ clerk    │
        │                  │                 │ issued_on: 2026-10-08                                       │        │          │
        │                  │                 │ issued_by: 王建国                                           │        │          │
        │                  │                 │ state: issued                                               │        │          │
        │                  │                 │ kind: pre-contract                                          │        │          │
        │                  │                 │ subject: Φ3.6 m 球磨机主轴承图纸确认                        │        │          │
        │                  │                 │ content: 包钢要求 10 月底前确认轴承座改型                   │        │          │
        │                  │                 │ addressed_to: technology; general                           │        │          │
        │                  │                 │ contract: BG-2026-118                                       │        │          │
        │                  │                 │ reply_by_on: 2026-10-15                                     │        │          │
        │ 2026-10-08 08:00 │ contact sign    │ signature technology: signed_by 吴工, signed_on 2026-10-08  │ 吴工   │ clerk    │
        │ 2026-10-08 08:00 │ contact sign    │ state: issued → received                                    │ 周敏   │ clerk    │
        │                  │                 │ received_on: 2026-10-08                                     │        │          │
        │                  │                 │ signature general: signed_by 周敏, signed_on 2026-10-08     │        │          │
        │ 2026-10-08 08:00 │ contact reply   │ replied_on: 2026-10-08                                      │ 吴工   │ clerk    │
        │                  │                 │ reply 1: party technology, replied_by 吴工, replied_on      │        │          │
        │                  │                 │ 2026-10-08, text 可行,图号 TJ-1183                          │        │          │
        │ 2026-10-08 08:00 │ contact archive │ state: received → archived                                  │ 何平   │ clerk    │
        │                  │                 │ archived_on: 2026-10-08                                     │        │          │
        │                  │                 │ archived_by: 何平                                           │        │          │
        │                  │                 │ contract_file: BG-2026-118                                  │        │          │
        └──────────────────┴─────────────────┴─────────────────────────────────────────────────────────────┴────────┴──────────┘
        5 rows
        ");
}

#[test]
fn narrow_screens_keep_the_number_and_say_what_they_leave_out() {
    let office = office().with_width(80);
    let outcome = office.run("contact list");
    assert_snapshot!(format!("{}{}", outcome.out, outcome.err), @"
    Work contact forms
    ┌──────────┬──────────┬────────────────┬───────────────┬──────────────┬────────┐
    │ number   │ state    │ subject        │ addressed to  │ kind         │ issued │
    │          │          │                │               │              │ by     │
    ├──────────┼──────────┼────────────────┼───────────────┼──────────────┼────────┤
    │ HAY05001 │ archived │ Φ3.6 m 球磨机  │ technology;   │ pre-contract │ 王建国 │
    │          │          │ 主轴承图纸确认 │ general       │              │        │
    │ HAY05002 │ void     │ 轴承图纸       │ technology    │ pre-contract │ 王建国 │
    │ HAY05003 │ issued   │ 交货期,包装    │ technology    │ pre-contract │ 王建国 │
    │ HAY05004 │ reserved │                │               │              │ clerk  │
    │ HAB05001 │ issued   │ 交货期函复     │ 包头钢铁(集   │ external     │ 赵刚   │
    │          │          │                │ 团)有限责任公 │              │        │
    │          │          │                │ 司            │              │        │
    ├──────────┼──────────┼────────────────┼───────────────┼──────────────┼────────┤
    │ total    │          │                │               │              │        │
    └──────────┴──────────┴────────────────┴───────────────┴──────────────┴────────┘
    5 rows
    the total leaves out: void 1
    left out for want of width: issued on, reply by, received on, replied on, archived on and 9 more; widen the window, or take --format csv
    ");
    let office = office.with_width(60);
    let outcome = office.run("contact list");
    assert_snapshot!(format!("{}{}", outcome.out, outcome.err), @"
    Work contact forms
    ┌──────────┬──────────┬─────────────────┬──────────────────┐
    │ number   │ state    │ subject         │ addressed to     │
    ├──────────┼──────────┼─────────────────┼──────────────────┤
    │ HAY05001 │ archived │ Φ3.6 m 球磨机主 │ technology;      │
    │          │          │ 轴承图纸确认    │ general          │
    │ HAY05002 │ void     │ 轴承图纸        │ technology       │
    │ HAY05003 │ issued   │ 交货期,包装     │ technology       │
    │ HAY05004 │ reserved │                 │                  │
    │ HAB05001 │ issued   │ 交货期函复      │ 包头钢铁(集团)有 │
    │          │          │                 │ 限责任公司       │
    ├──────────┼──────────┼─────────────────┼──────────────────┤
    │ total    │          │                 │                  │
    └──────────┴──────────┴─────────────────┴──────────────────┘
    5 rows
    the total leaves out: void 1
    left out for want of width: issued on, kind, issued by, reply by, received on and 11 more; widen the window, or take --format csv
    ");
    let office = office.with_width(40);
    let outcome = office.run("contact list");
    assert_snapshot!(format!("{}{}", outcome.out, outcome.err), @"
    Work contact forms
    ┌──────────┬──────────┬────────────────┐
    │ number   │ state    │ subject        │
    ├──────────┼──────────┼────────────────┤
    │ HAY05001 │ archived │ Φ3.6 m 球磨机  │
    │          │          │ 主轴承图纸确认 │
    │ HAY05002 │ void     │ 轴承图纸       │
    │ HAY05003 │ issued   │ 交货期,包装    │
    │ HAY05004 │ reserved │                │
    │ HAB05001 │ issued   │ 交货期函复     │
    ├──────────┼──────────┼────────────────┤
    │ total    │          │                │
    └──────────┴──────────┴────────────────┘
    5 rows
    the total leaves out: void 1
    left out for want of width: issued on, addressed to, kind, issued by, reply by and 12 more; widen the window, or take --format csv
    ");
}

#[test]
fn every_list_fits_every_screen_and_keeps_its_first_column() {
    let mut office = office();
    for width in [120, 100, 80, 60, 40, 20] {
        office = office.with_width(width);
        for line in [
            "contact list",
            "contact ledger --department business",
            "contact outstanding",
            "contact papers BG-2026-118",
            "show HAY05001",
            "history HAY05001",
            "find 交",
            "staff list",
            "department list",
            "rule list",
            "series list",
            "series audit",
            "journal",
        ] {
            let shown = office.ok(line);
            let grid: Vec<&str> = shown.lines().filter(|line| line.starts_with(['│', '┌', '├', '└'])).collect();
            assert!(!grid.is_empty(), "{line}");
            let narrowest = if width > 30 { usize::from(width) } else { 32 };
            for row in grid {
                assert!(row.width() <= narrowest, "{line} at {width}: {row}");
            }
        }
        for number in ["HAY05001", "HAY05002", "HAY05003", "HAY05004"] {
            assert!(office.ok("contact list").contains(number), "{number} at {width}");
        }
    }
}

#[test]
fn formulas_are_neutralised_for_excel_alone() {
    let office = Office::staffed();
    let words = |subject: &'static str, content: &'static str| {
        [
            "contact",
            "add",
            "--department",
            "business",
            "--kind",
            "pre-contract",
            "--to",
            "technology",
            "--by",
            "wang",
            "--pages",
            "3",
            subject,
            content,
        ]
    };
    office.words(&words("--subject=-5 度", "--content==HYPERLINK(\"http://x\")"));
    office.words(&words("--subject=@SUM(A1)", "--content=两行\n+1"));
    let plain = office.ok("contact list --format csv");
    assert_snapshot!(plain, @r#"
    number,state,issued_on,subject,addressed_to,kind,issued_by,reply_by_on,received_on,replied_on,archived_on,project,contract,copied_to,holder,pages,department,content,archived_by,contract_file,no_contract,void_reason,amendments,entered_later_on,import
    HAY05001,issued,2026-10-08,-5 度,technology,pre-contract,wang,2026-10-13,,,,,,,,3,business,"=HYPERLINK(""http://x"")",,,,,0,,
    HAY05002,issued,2026-10-08,@SUM(A1),technology,pre-contract,wang,2026-10-13,,,,,,,,3,business,"两行
    +1",,,,,0,,
    "#);
    let excel = office.ok("contact list --format csv --excel");
    assert!(excel.starts_with('\u{feff}') && excel.ends_with("\r\n"));
    assert_snapshot!(excel.trim_start_matches('\u{feff}').replace("\r\n", "\n"), @r#"
    number,state,issued_on,subject,addressed_to,kind,issued_by,reply_by_on,received_on,replied_on,archived_on,project,contract,copied_to,holder,pages,department,content,archived_by,contract_file,no_contract,void_reason,amendments,entered_later_on,import
    HAY05001,issued,2026-10-08,'-5 度,technology,pre-contract,wang,2026-10-13,,,,,,,,3,business,"'=HYPERLINK(""http://x"")",,,,,0,,
    HAY05002,issued,2026-10-08,'@SUM(A1),technology,pre-contract,wang,2026-10-13,,,,,,,,3,business,"两行
    +1",,,,,0,,
    "#);
    assert_eq!(office.ok("contact list --format csv --bom"), format!("\u{feff}{plain}"));
    assert_eq!(
        office.ok("contact list --format json --excel"),
        office.ok("contact list --format json"),
        "only csv has a reader like that"
    );
}

#[test]
fn a_list_goes_to_a_file_in_the_format_of_its_name() {
    let office = office().with_width(40);
    for (name, format) in [("a.csv", "csv"), ("a.json", "json"), ("a.jsonl", "jsonl")] {
        let path = office.path(name);
        assert_eq!(office.ok(&format!("contact list --output {}", path.display())), "");
        assert_eq!(office.read(name), office.ok(&format!("contact list --format {format}")), "{name}");
    }
    let path = office.path("a.txt");
    office.ok(&format!("contact list --output {}", path.display()));
    assert_eq!(office.read("a.txt"), office.with_width(500).ok("contact list"), "a file is as wide as it must be");
}

#[test]
fn a_file_that_cannot_be_written_is_named_and_nothing_is_left() {
    let office = office();
    let path = office.path("missing/a.csv");
    let refused = office.refused(1, &format!("contact list --output {}", path.display()));
    let said = format!(
        "cannot write {}: No such file or directory (os error 2); name a folder that is there and that you may write to",
        path.display()
    );
    assert_eq!(refused, said);
    assert!(!office.path("missing").exists());
}

/// The real program, as another program runs it.
fn program(office: &Office, arguments: &[&str]) -> String {
    let output = Command::new(env!("CARGO_BIN_EXE_branchbook"))
        .args(arguments)
        .env("BRANCHBOOK_FILE", office.path("book.db"))
        .env("BRANCHBOOK_NOW", "2026-10-08")
        .env("BRANCHBOOK_AS", "zhou")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn there_is_no_colour_where_there_is_no_terminal() {
    let office = office();
    let plain = program(&office, &["contact", "list"]);
    assert_eq!(plain, office.ok("contact list"), "the program prints what the tests see");
    assert!(!plain.contains('\u{1b}'));
    assert!(program(&office, &["contact", "list", "--color", "always"]).contains('\u{1b}'));
    assert_eq!(program(&office, &["contact", "list", "--color", "never"]), plain);
}

#[test]
fn an_entry_goes_into_a_file_with_the_lists_that_belong_to_it() {
    let office = Office::staffed();
    office
        .ok("contact add --department business --kind pre-contract --to technology --subject a --content b --by wang");
    office.ok("contact sign HAY05001 --by wu");
    let shown = office.ok("show HAY05001");
    assert!(shown.contains("Signatures"), "{shown}");
    office.ok(&format!("show HAY05001 --output {}", office.path("form.txt").display()));
    assert_eq!(office.read("form.txt"), shown);
}

/// An output that takes nothing, as a full disk does.
struct Full;

impl std::io::Write for Full {
    fn write(&mut self, _: &[u8]) -> std::io::Result<usize> {
        Err(std::io::ErrorKind::StorageFull.into())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[test]
fn an_answer_that_cannot_be_written_does_not_hide_what_was_done() {
    let office = Office::staffed();
    let mut err = Vec::new();
    let words = ["department", "add", "qc", "--zh", "质检部"];
    assert_eq!(office.words_into(&words, &mut Full, &mut err), 1);
    let said = String::from_utf8(err).unwrap();
    assert!(said.starts_with("it was done, but its answer could not be written: "), "{said}");
    assert!(office.ok("department list").contains("质检部"));
}
