//! Lists on the screen and in files: every list in every format, narrow screens, Excel, colour.

use insta::assert_snapshot;

use crate::office::Office;

/// An office with one form of every state.
pub(crate) fn office() -> Office {
    Office::made(|| {
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
    })
}

/// A list in every format.
pub(crate) fn in_every_format(office: &Office, line: &str) -> String {
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
    │ HAB05001 │ signature │ 何平                       │ 赵刚   │ 2026-10-08 │        12 │ 2026-10-08 │ 交货期函复  │ baotou     │ 赵刚      │ R4.6   │
    │ HAB05001 │ signature │ 包头钢铁(集团)有限责任公司 │ 赵刚   │ 2026-10-08 │        12 │ 2026-10-08 │ 交货期函复  │ baotou     │ 赵刚      │ R4.7   │
    └──────────┴───────────┴────────────────────────────┴────────┴────────────┴───────────┴────────────┴─────────────┴────────────┴───────────┴────────┘
    3 rows
    ---
    number,waits_for,party,holder,due_on,days_late,since_on,subject,department,issued_by,clause
    HAY05003,signature,technology,wang,2026-10-08,12,2026-10-08,"交货期,包装",business,wang,R4.7
    HAB05001,signature,he,zhao,2026-10-08,12,2026-10-08,交货期函复,baotou,zhao,R4.6
    HAB05001,signature,包头钢铁(集团)有限责任公司,zhao,2026-10-08,12,2026-10-08,交货期函复,baotou,zhao,R4.7
    ---
    [
    {"number":"HAY05003","waits_for":"signature","party":"technology","holder":"wang","due_on":"2026-10-08","days_late":12,"since_on":"2026-10-08","subject":"交货期,包装","department":"business","issued_by":"wang","clause":"R4.7"},
    {"number":"HAB05001","waits_for":"signature","party":"he","holder":"zhao","due_on":"2026-10-08","days_late":12,"since_on":"2026-10-08","subject":"交货期函复","department":"baotou","issued_by":"zhao","clause":"R4.6"},
    {"number":"HAB05001","waits_for":"signature","party":"包头钢铁(集团)有限责任公司","holder":"zhao","due_on":"2026-10-08","days_late":12,"since_on":"2026-10-08","subject":"交货期函复","department":"baotou","issued_by":"zhao","clause":"R4.7"}
    ]
    ---
    {"number":"HAY05003","waits_for":"signature","party":"technology","holder":"wang","due_on":"2026-10-08","days_late":12,"since_on":"2026-10-08","subject":"交货期,包装","department":"business","issued_by":"wang","clause":"R4.7"}
    {"number":"HAB05001","waits_for":"signature","party":"he","holder":"zhao","due_on":"2026-10-08","days_late":12,"since_on":"2026-10-08","subject":"交货期函复","department":"baotou","issued_by":"zhao","clause":"R4.6"}
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
