//! The lists of the office in every format: staff, departments, figures, series, journal.

use branchbook::zone::shown;
use insta::assert_snapshot;

use crate::sheet::{in_every_format, office};

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
