PRAGMA foreign_keys=OFF;
BEGIN TRANSACTION;
CREATE TABLE book (
    id INTEGER PRIMARY KEY CHECK (id = 1),  -- always 1
    name TEXT NOT NULL,                     -- whose registers these are, as printed in headings
    made_at TEXT NOT NULL                   -- when the book was made
) STRICT;
INSERT INTO book VALUES(1,'沈阳某机械公司销售分公司','2026-10-01T09:00:00Z');
CREATE TABLE journal (
    id INTEGER PRIMARY KEY,                 -- 1, 2, 3 … without a gap
    at TEXT NOT NULL,                       -- when it was entered
    clock_at TEXT,                          -- what the system's clock said, where BRANCHBOOK_NOW said otherwise
    verb TEXT NOT NULL,                     -- the command, such as: contact add
    thing TEXT NOT NULL,                    -- an entry's number, or kind and key, such as: staff li
    happened_on TEXT NOT NULL,              -- the day the thing happened
    actor TEXT NOT NULL,                    -- who did it in the world: a person's key, or an outside party
    recorder TEXT NOT NULL,                 -- who was at the keyboard
    declared_flag INTEGER NOT NULL,         -- 1: the recorder was named by --as, not known by the login
    os_login TEXT NOT NULL,                 -- the login that ran the program
    host TEXT NOT NULL,                     -- the machine it ran on
    note TEXT,                              -- the reason given, where one was
    record TEXT NOT NULL,                   -- the whole thing after the change, as JSON
    hash BLOB NOT NULL                      -- SHA-256 over the row before's hash and every column of this row
) STRICT;
INSERT INTO journal VALUES(1,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','book 1','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"book":[{"id":1,"name":"沈阳某机械公司销售分公司","made_at":"2026-10-01T09:00:00Z"}]}',X'b1a306c3950b8e6bbfe36570d49612bf7055dfa9912ebbf9020c88fff0c3f5cc');
INSERT INTO journal VALUES(2,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','department business','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"department":[{"key":"business","name_en":"Business Department","name_zh":"业务部","name_ko":"업무부","branch_flag":1,"reports_flag":1,"position":1}]}',X'8f750664e3f9b64a247aef8807427ed80cbd75143d06093c677d8be4072237f9');
INSERT INTO journal VALUES(3,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','department foreign-trade','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"department":[{"key":"foreign-trade","name_en":"Foreign Trade Department","name_zh":"外贸部","name_ko":"대외무역부","branch_flag":1,"reports_flag":1,"position":2}]}',X'2102a375c8237711227aa05a71a74efb382b0bfea20751224287ca166517e448');
INSERT INTO journal VALUES(4,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','department general','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"department":[{"key":"general","name_en":"General Management Department","name_zh":"综合管理部","name_ko":"종합관리부","branch_flag":1,"reports_flag":0,"position":3}]}',X'fd5c33b2620b87230800ab330f27a1c7256896db14ffe98b1f5de5a482c6b46b');
INSERT INTO journal VALUES(5,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','department shandong','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"department":[{"key":"shandong","name_en":"Shandong Zibo Office","name_zh":"山东淄博办事处","name_ko":"산둥 쯔보 사무소","branch_flag":1,"reports_flag":1,"position":4}]}',X'56d6b4911858a501dfbe98693489f99e19bac80a7d6fd05995116becc361e188');
INSERT INTO journal VALUES(6,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','department baotou','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"department":[{"key":"baotou","name_en":"Inner Mongolia Baotou Office","name_zh":"内蒙古包头办事处","name_ko":"네이멍구 바오터우 사무소","branch_flag":1,"reports_flag":1,"position":5}]}',X'876700cc22535cc1963cc95b6ed9b163b726da22d061cdb2c5d511426c4b4d96');
INSERT INTO journal VALUES(7,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','department technology','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"department":[{"key":"technology","name_en":"Technology Development Section","name_zh":"技术开发科","name_ko":"기술개발과","branch_flag":1,"reports_flag":0,"position":6}]}',X'632e1fadf97247cf1e16e2129cba8111b5fa912657e8573e398dd129653d510e');
INSERT INTO journal VALUES(8,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','series business','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"series":[{"key":"business","register":"contact","department":"business"}],"template":[{"series":"business","from_on":"1949-01-01","template":"HAY05{seq:3}"}]}',X'ae72640fcc02ef9f9917d02523bd14c13520ec895e8272ec313e7955b5427788');
INSERT INTO journal VALUES(9,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','series foreign-trade','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"series":[{"key":"foreign-trade","register":"contact","department":"foreign-trade"}],"template":[{"series":"foreign-trade","from_on":"1949-01-01","template":"HAW05{seq:3}"}]}',X'0fac724dead2c3eedd5ca18405911175f894e45743cd3724c381621c6d3b59b4');
INSERT INTO journal VALUES(10,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','series general','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"series":[{"key":"general","register":"contact","department":"general"}],"template":[{"series":"general","from_on":"1949-01-01","template":"HAG05{seq:3}"}]}',X'905a1d949f4fe8bae4c8d1d09af7fda2b91bcf8b7fa0df533125e11222e97f41');
INSERT INTO journal VALUES(11,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','series shandong','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"series":[{"key":"shandong","register":"contact","department":"shandong"}],"template":[{"series":"shandong","from_on":"1949-01-01","template":"HAS05{seq:3}"}]}',X'f57726e745ea7e5143912ab1f17b7350698c65c2ed9a6fbdd698119e67458f23');
INSERT INTO journal VALUES(12,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','series baotou','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"series":[{"key":"baotou","register":"contact","department":"baotou"}],"template":[{"series":"baotou","from_on":"1949-01-01","template":"HAB05{seq:3}"}]}',X'dbc6594731a36d484b247c3ae63f38b117fc8347014a378b23abbbe877541d3f');
INSERT INTO journal VALUES(13,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','series info','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"series":[{"key":"info","register":"info"}],"template":[{"series":"info","from_on":"1949-01-01","template":"INF{yy}-{seq:4}"}]}',X'18e77d24256aaf37e3151b0e5fd8f05bb7d509ac2f53ae0ab28070ef5852fb61');
INSERT INTO journal VALUES(14,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','series project','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"series":[{"key":"project","register":"project"}],"template":[{"series":"project","from_on":"1949-01-01","template":"PRJ{yy}-{seq:3}"}]}',X'7470288f19db5c4077db6bfc62292726758b923bd0a984d38020183401885a8f');
INSERT INTO journal VALUES(15,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','series reception','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"series":[{"key":"reception","register":"reception"}],"template":[{"series":"reception","from_on":"1949-01-01","template":"REC{yy}-{seq:3}"}]}',X'c042bbe64c0e029e53b8576e356e0f12b708f6aef685f9360471b8f12a0018b5');
INSERT INTO journal VALUES(16,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','series gift','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"series":[{"key":"gift","register":"gift"}],"template":[{"series":"gift","from_on":"1949-01-01","template":"GFT{yy}-{seq:3}"}]}',X'83156ced28edc1d6a27bc82805e04c9a46fad8eaa73193c575ca099ee567e5b0');
INSERT INTO journal VALUES(17,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','series fee','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"series":[{"key":"fee","register":"fee"}],"template":[{"series":"fee","from_on":"1949-01-01","template":"FEE{yy}-{seq:3}"}]}',X'ce614ab5f40fdcc62a391ce64fb9dcc407b0d47f0ccd2519c1b737583cba9dab');
INSERT INTO journal VALUES(18,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','series asset','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"series":[{"key":"asset","register":"asset"}],"template":[{"series":"asset","from_on":"1949-01-01","template":"AST-{seq:4}"}]}',X'2592e5b5c6fef10a810fdcf0efc886a9442e43f86b211749035aef0168296473');
INSERT INTO journal VALUES(19,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','series ship','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"series":[{"key":"ship","register":"ship"}],"template":[{"series":"ship","from_on":"1949-01-01","template":"SHP{yy}-{seq:3}"}]}',X'9921dd0d350fc31e61d936ca03bf2f487385fac28254d01798bf3a7b464c1ea6');
INSERT INTO journal VALUES(20,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','init','staff clerk','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"person":[{"key":"clerk","name":"演示文员","department":"general","os_login":"clerk"}],"term":[{"person":"clerk","role":"clerk","department":"general","from_on":"2026-10-01"}]}',X'2af8af9032623484061bd0c71745cb6608dd92920c47acb6e87e7996e7e809e9');
INSERT INTO journal VALUES(21,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','staff add','staff wang','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"person":[{"key":"wang","name":"王建国","department":"business"}],"term":[{"person":"wang","role":"department-manager","department":"business","from_on":"2020-03-01"}]}',X'ea3f7319fe655d16fb2ae1c5faaaf3618d8b8ebc0412d4607e83f9417b04a496');
INSERT INTO journal VALUES(22,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','staff add','staff li','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"person":[{"key":"li","name":"李娜","department":"business"}],"term":[{"person":"li","role":"salesperson","department":"business","from_on":"2024-07-01"}]}',X'1e54287b3d748870f7a3086d310f19f89382a86cc4fd038572735bec8ed64e1c');
INSERT INTO journal VALUES(23,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','staff add','staff zhang','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"person":[{"key":"zhang","name":"张伟","department":"business"}],"term":[{"person":"zhang","role":"salesperson","department":"business","from_on":"2022-05-16"}]}',X'7104f7da1c958c4bdd6789688724460fb1324b6f9a851178ec96b31cc3cb4c59');
INSERT INTO journal VALUES(24,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','staff add','staff zhou','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"person":[{"key":"zhou","name":"周敏","department":"general"}],"term":[{"person":"zhou","role":"clerk","department":"general","from_on":"2019-09-01"}]}',X'44c8847ed1563967eff1f99c1282ed0b709029d0a51ce0f95d1aae0bed72a26f');
INSERT INTO journal VALUES(25,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','staff add','staff he','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"person":[{"key":"he","name":"何平","department":"general"}],"term":[{"person":"he","role":"contract-administrator","department":"general","from_on":"2018-04-02"}]}',X'3d26a5e547d284bc005252264dd4772bd658e73435533d930d926b38de07fefa');
INSERT INTO journal VALUES(26,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','staff add','staff chen','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"person":[{"key":"chen","name":"陈总","department":"general"}],"term":[{"person":"chen","role":"branch-manager","department":"general","from_on":"2017-01-01"}]}',X'5e59fd61cdb8c289e24921629cba15e46463881d810132427531f48060343b0c');
INSERT INTO journal VALUES(27,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','staff add','staff lin','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"person":[{"key":"lin","name":"林董","department":"general"}],"term":[{"person":"lin","role":"company-leader","department":"general","from_on":"2015-06-01"}]}',X'5bbde4a94a96e02cd0fc79769b58770d393ea3afe2d8ce2f9efd86a4590e7ba7');
INSERT INTO journal VALUES(28,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','staff add','staff wu','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"person":[{"key":"wu","name":"吴工","department":"technology"}],"term":[{"person":"wu","role":"member","department":"technology","from_on":"2016-08-15"}]}',X'5af83402ba10061ec70c1af7f8b294aff601afd9e4796aeca8e11c5333584b1d');
INSERT INTO journal VALUES(29,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','staff add','staff qian','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"person":[{"key":"qian","name":"钱明","department":"foreign-trade"}],"term":[{"person":"qian","role":"department-manager","department":"foreign-trade","from_on":"2021-01-04"}]}',X'0a7816bbfb379a8e02200bb8dcb5b25c608295cc10d218c7ba9b0a18508e582b');
INSERT INTO journal VALUES(30,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','staff add','staff feng','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"person":[{"key":"feng","name":"冯雪","department":"foreign-trade"}],"term":[{"person":"feng","role":"salesperson","department":"foreign-trade","from_on":"2025-02-10"}]}',X'aecabc4c8e794c74bae1973c6d7f4d12d9fcbcb2cfa3d5c545dc1fdffdd6b236');
INSERT INTO journal VALUES(31,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','staff add','staff zhao','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"person":[{"key":"zhao","name":"赵刚","department":"baotou"}],"term":[{"person":"zhao","role":"department-manager","department":"baotou","from_on":"2019-01-07"}]}',X'182d51667a1c0118e88e448754073ee0bdffd79fa946f3646084ac38da7dc0d7');
INSERT INTO journal VALUES(32,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','staff add','staff sun','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"person":[{"key":"sun","name":"孙立","department":"baotou"}],"term":[{"person":"sun","role":"trainee","department":"baotou","from_on":"2026-08-10"}]}',X'c5201bf6a856cf8dc160d2c1824fef2fb0d191c86ce18bb39f963c9fa1e663df');
INSERT INTO journal VALUES(33,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','staff add','staff gao','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"person":[{"key":"gao","name":"高峰","department":"shandong"}],"term":[{"person":"gao","role":"department-manager","department":"shandong","from_on":"2020-10-12"}]}',X'446c0e1e64f605b001669f80b28075786c495d8a7ec499096e8fc0fb98d1dd10');
INSERT INTO journal VALUES(34,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','staff add','staff xu','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"person":[{"key":"xu","name":"徐静","department":"shandong"}],"term":[{"person":"xu","role":"salesperson","department":"shandong","from_on":"2023-03-20"}]}',X'0ae94bd736972af5c7677d8ac89351bdc8ab31f71ba4de15504511bdf9fddac9');
INSERT INTO journal VALUES(35,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','department add','department manufacturing','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"department":[{"key":"manufacturing","name_en":"Manufacturing Department","name_zh":"生产制造部","branch_flag":0,"reports_flag":0,"position":7}]}',X'87c7de32723f17457b338c5cbc1d23792157584a95b4ee78e222d03e3f34958a');
INSERT INTO journal VALUES(36,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','rule set','rule contact.reply_days','2026-10-01','chen','clerk',0,'clerk','desk',NULL,'{"rule":[{"key":"contact.reply_days","from_on":"2026-10-01","value":5,"set_by":"chen"}]}',X'7187b8dc699e2c0cfa24a90b92bf12ccef152b19fd7d93c2fb3f1f9a3d1b125f');
INSERT INTO journal VALUES(37,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','info quota set','quota department business','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"quota":[{"holder":"business","holder_kind":"department","from_month":"2026-08","entries":6}]}',X'33b8751872ad5d0f303020e9c3c3ad5314e69b401cb3a40a8acd776b3f4d1351');
INSERT INTO journal VALUES(38,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','info quota set','quota department foreign-trade','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"quota":[{"holder":"foreign-trade","holder_kind":"department","from_month":"2026-08","entries":2}]}',X'f8945b8fa38f69c07ec652df17225dd8909eb1716069af8b17d05183eb9c6e62');
INSERT INTO journal VALUES(39,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','info quota set','quota department baotou','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"quota":[{"holder":"baotou","holder_kind":"department","from_month":"2026-08","entries":3}]}',X'347be19741164a9bf7a02359d5ee7223eea0be1a21c951fa5865fdd25152b9de');
INSERT INTO journal VALUES(40,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','info quota set','quota department shandong','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"quota":[{"holder":"shandong","holder_kind":"department","from_month":"2026-08","entries":3}]}',X'7fc7c5ba263217de9c9f3515d1935b84e80a027a47be107b88a8249782629bc4');
INSERT INTO journal VALUES(41,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','info quota set','quota person li','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"quota":[{"holder":"li","holder_kind":"person","from_month":"2026-08","entries":3}]}',X'd6c63b58a6baecfb6bee245379bef4c39c6c67383304e099813c79e371ef06fd');
INSERT INTO journal VALUES(42,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','info quota set','quota person zhang','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"quota":[{"holder":"zhang","holder_kind":"person","from_month":"2026-08","entries":3}]}',X'a8b95b3b702e3dbbf54892e9c16b69bf75626547c62042f5f91f462adfc9c8dc');
INSERT INTO journal VALUES(43,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','info quota set','quota person feng','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"quota":[{"holder":"feng","holder_kind":"person","from_month":"2026-08","entries":2}]}',X'044e7c38a816cd6ff3725f3bc0d590b8e3922c77ed2740611e2e74f8b33b6a58');
INSERT INTO journal VALUES(44,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','info quota set','quota person sun','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"quota":[{"holder":"sun","holder_kind":"person","from_month":"2026-08","entries":2}]}',X'9fe512efcc6cb09de81b0fbc96e4cfdecdb338f981915a834d8e1be028cac85b');
INSERT INTO journal VALUES(45,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','info quota set','quota person xu','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"quota":[{"holder":"xu","holder_kind":"person","from_month":"2026-08","entries":3}]}',X'768e255d0df215dcca573aa9f1f42c331b051dbf17b7dec2026de90205424026');
INSERT INTO journal VALUES(46,'2026-10-01T09:00:00Z','2026-11-29T02:33:40Z','info route add','route 1','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"route":[{"id":1,"region":"内蒙古","department":"baotou"}]}',X'58b6a828855ec0b9485ab519566e6fe6e2976bc8e2bab801ea89de6d65e2566a');
INSERT INTO journal VALUES(47,'2026-10-01T09:00:00Z','2026-11-29T02:33:41Z','info route add','route 2','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"route":[{"id":2,"region":"山东","department":"shandong"}]}',X'a00ac99da7bdcc3a35aa0a14775989177e36bb8335d54e49ae69cac5ffc430e7');
INSERT INTO journal VALUES(48,'2026-10-01T09:00:00Z','2026-11-29T02:33:41Z','info route add','route 3','2026-10-01','clerk','clerk',0,'clerk','desk',NULL,'{"route":[{"id":3,"equipment":"破碎机","department":"business"}]}',X'db242c4045fbd5ad50d68b70a34439e21d7d0cccb202a490a502d5de892c2358');
INSERT INTO journal VALUES(49,'2026-10-08T08:40:00Z','2026-11-29T02:33:41Z','contact add','HAY05001','2026-10-08','wang','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":1,"register":"contact","number":"HAY05001","counter":1,"serial":1,"department":"business","day_on":"2026-10-08","person":"wang","state":"issued","entered_by":"clerk","amendments":0}],"contact":[{"entry":1,"kind":"pre-contract","subject":"Φ3.6 m 球磨机主轴承图纸确认","content":"包钢要求 10 月底前确认轴承座改型","addressed_to":"technology; general","reply_by_on":"2026-10-15"}]}',X'ce3da0fa5fb03b9114bce373ae7beb3515ab1442997b1652148d7e756d7bd3b7');
INSERT INTO journal VALUES(50,'2026-10-08T08:40:00Z','2026-11-29T02:33:41Z','contact add','HAB05001','2026-10-08','zhao','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":2,"register":"contact","number":"HAB05001","counter":2,"serial":1,"department":"baotou","day_on":"2026-10-08","person":"zhao","state":"issued","entered_by":"clerk","amendments":0}],"contact":[{"entry":2,"kind":"external","subject":"交货期函复","content":"按合同 2027 年 3 月 31 日交货","addressed_to":"包头钢铁(集团)有限责任公司","copied_to":"he","reply_by_on":"2026-10-13"}]}',X'4ea8e66e2cb93ff4accdcee9af4b99a0e0d6da3de8906dce629d12f3158c440f');
INSERT INTO journal VALUES(51,'2026-10-08T08:40:00Z','2026-11-29T02:33:41Z','contact add','HAG05001','2026-10-08','he','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":3,"register":"contact","number":"HAG05001","counter":3,"serial":1,"department":"general","day_on":"2026-10-08","person":"he","state":"issued","entered_by":"clerk","amendments":0}],"contact":[{"entry":3,"kind":"shipping","subject":"装车准备","content":"10 月 14 日两车,请备吊具","addressed_to":"manufacturing","contract":"BG-2026-097","reply_by_on":"2026-10-13"}]}',X'11da5ca38a18780294624c935b04cfa370d0cb25a076a0ed0037555f05f6bfab');
INSERT INTO journal VALUES(52,'2026-10-09T10:00:00Z','2026-11-29T02:33:41Z','contact sign','HAY05001','2026-10-09','wu','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":1,"register":"contact","number":"HAY05001","counter":1,"serial":1,"department":"business","day_on":"2026-10-08","person":"wang","state":"issued","entered_by":"clerk","amendments":0}],"contact":[{"entry":1,"kind":"pre-contract","subject":"Φ3.6 m 球磨机主轴承图纸确认","content":"包钢要求 10 月底前确认轴承座改型","addressed_to":"technology; general","reply_by_on":"2026-10-15"}],"signature":[{"entry":1,"party":"technology","signed_by":"wu","signed_on":"2026-10-09"}]}',X'0d7356ff8c8f086c3a86c6f826b66f869aa7869e1b29982e34c3fa93b93d0fc8');
INSERT INTO journal VALUES(53,'2026-10-09T10:00:00Z','2026-11-29T02:33:41Z','contact sign','HAY05001','2026-10-09','zhou','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":1,"register":"contact","number":"HAY05001","counter":1,"serial":1,"department":"business","day_on":"2026-10-08","person":"wang","state":"received","entered_by":"clerk","amendments":0}],"contact":[{"entry":1,"kind":"pre-contract","subject":"Φ3.6 m 球磨机主轴承图纸确认","content":"包钢要求 10 月底前确认轴承座改型","addressed_to":"technology; general","reply_by_on":"2026-10-15","received_on":"2026-10-09"}],"signature":[{"entry":1,"party":"general","signed_by":"zhou","signed_on":"2026-10-09"},{"entry":1,"party":"technology","signed_by":"wu","signed_on":"2026-10-09"}]}',X'fa19b98eda3cbaecd609c3735108b90de78d4a334ea08b0b08e0b827c09857cb');
INSERT INTO journal VALUES(54,'2026-10-09T10:00:00Z','2026-11-29T02:33:41Z','contact sign','HAB05001','2026-10-09','张处长','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":2,"register":"contact","number":"HAB05001","counter":2,"serial":1,"department":"baotou","day_on":"2026-10-08","person":"zhao","state":"received","entered_by":"clerk","amendments":0}],"contact":[{"entry":2,"kind":"external","subject":"交货期函复","content":"按合同 2027 年 3 月 31 日交货","addressed_to":"包头钢铁(集团)有限责任公司","copied_to":"he","reply_by_on":"2026-10-13","received_on":"2026-10-09"}],"signature":[{"entry":2,"party":"包头钢铁(集团)有限责任公司","signed_by":"张处长","signed_on":"2026-10-09"}]}',X'7d6c9b3fd277a769ba3efa0375459cd3392611dbd00545f161673bde8a14f61d');
INSERT INTO journal VALUES(55,'2026-10-09T10:00:00Z','2026-11-29T02:33:41Z','contact sign','HAB05001','2026-10-09','he','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":2,"register":"contact","number":"HAB05001","counter":2,"serial":1,"department":"baotou","day_on":"2026-10-08","person":"zhao","state":"received","entered_by":"clerk","amendments":0}],"contact":[{"entry":2,"kind":"external","subject":"交货期函复","content":"按合同 2027 年 3 月 31 日交货","addressed_to":"包头钢铁(集团)有限责任公司","copied_to":"he","reply_by_on":"2026-10-13","received_on":"2026-10-09"}],"signature":[{"entry":2,"party":"he","signed_by":"he","signed_on":"2026-10-09"},{"entry":2,"party":"包头钢铁(集团)有限责任公司","signed_by":"张处长","signed_on":"2026-10-09"}]}',X'70da4be043aa43fa9497abfc274514ffb037005e0e64e16a863c9c8f4d3cb3dc');
INSERT INTO journal VALUES(56,'2026-10-09T10:00:00Z','2026-11-29T02:33:41Z','info add','INF26-0001','2026-10-09','sun','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":4,"register":"info","number":"INF26-0001","counter":4,"serial":1,"department":"baotou","day_on":"2026-10-09","person":"sun","state":"collected","entered_by":"clerk","amendments":0}],"info":[{"entry":4,"customer":"包头钢铁(集团)有限责任公司","customer_fold":"包头钢铁","region":"内蒙古包头市","equipment":"球磨机","need":"主轴承改型","contact_person":"张处长","amount_fen":1260000000,"late_flag":0}]}',X'fe5958267c6497315e2df9956ace540e8f9003e99c05ef0c9a475fc08f60c8f2');
INSERT INTO journal VALUES(57,'2026-10-09T10:00:00Z','2026-11-29T02:33:41Z','project add','PRJ26-001','2026-10-09','wang','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":5,"register":"project","number":"PRJ26-001","counter":5,"serial":1,"department":"business","day_on":"2026-10-09","person":"wang","state":"open","entered_by":"clerk","amendments":0}],"project":[{"entry":5,"customer":"包头钢铁(集团)有限责任公司","title":"球磨机 2 台","product":"球磨机","region":"内蒙古包头市","amount_fen":1260000000,"major_flag":1}]}',X'10cf901a85f1d99c1fff6fc0f8c678dcbe25e280ba0ab3a978aa6aac3ac46560');
INSERT INTO journal VALUES(58,'2026-10-09T10:00:00Z','2026-11-29T02:33:41Z','project lead','PRJ26-001','2026-10-09','chen','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":5,"register":"project","number":"PRJ26-001","counter":5,"serial":1,"department":"business","day_on":"2026-10-09","person":"wang","state":"open","entered_by":"clerk","amendments":0}],"project":[{"entry":5,"customer":"包头钢铁(集团)有限责任公司","title":"球磨机 2 台","product":"球磨机","region":"内蒙古包头市","amount_fen":1260000000,"major_flag":1}],"leader":[{"entry":5,"position":1,"person":"li","from_on":"2026-10-09","appointed_by":"chen"}]}',X'1480a5286f26a163445dec542600dbb2d200099d665e94b271bc29801d25a6e6');
INSERT INTO journal VALUES(59,'2026-10-09T10:00:00Z','2026-11-29T02:33:41Z','project plan','PRJ26-001','2026-10-09','li','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":5,"register":"project","number":"PRJ26-001","counter":5,"serial":1,"department":"business","day_on":"2026-10-09","person":"wang","state":"open","entered_by":"clerk","amendments":0}],"project":[{"entry":5,"customer":"包头钢铁(集团)有限责任公司","title":"球磨机 2 台","product":"球磨机","region":"内蒙古包头市","amount_fen":1260000000,"major_flag":1}],"leader":[{"entry":5,"position":1,"person":"li","from_on":"2026-10-09","appointed_by":"chen"}],"milestone":[{"entry":5,"position":1,"what":"技术谈判","due_on":"2026-10-20"}]}',X'c4f893676c8c9f600ebc10a914e2d460b92a7ac97087f0baa89c62b1d22f97f8');
INSERT INTO journal VALUES(60,'2026-10-09T10:00:00Z','2026-11-29T02:33:41Z','project plan','PRJ26-001','2026-10-09','li','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":5,"register":"project","number":"PRJ26-001","counter":5,"serial":1,"department":"business","day_on":"2026-10-09","person":"wang","state":"open","entered_by":"clerk","amendments":0}],"project":[{"entry":5,"customer":"包头钢铁(集团)有限责任公司","title":"球磨机 2 台","product":"球磨机","region":"内蒙古包头市","amount_fen":1260000000,"major_flag":1}],"leader":[{"entry":5,"position":1,"person":"li","from_on":"2026-10-09","appointed_by":"chen"}],"milestone":[{"entry":5,"position":1,"what":"技术谈判","due_on":"2026-10-20"},{"entry":5,"position":2,"what":"图纸会签","due_on":"2026-10-28"}]}',X'1a663ca1c0ddb22bbb1de4997a95a436cb585c4413efd0e832a12a26cae33640');
INSERT INTO journal VALUES(61,'2026-10-12T11:20:00Z','2026-11-29T02:33:41Z','info add','INF26-0002','2026-10-12','li','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":6,"register":"info","number":"INF26-0002","counter":4,"serial":2,"department":"business","day_on":"2026-10-12","person":"li","state":"collected","entered_by":"clerk","amendments":0}],"info":[{"entry":6,"customer":"鞍钢集团矿业有限公司","customer_fold":"鞍钢集团矿业","region":"辽宁省鞍山市","equipment":"球磨机","need":"2027 年扩产,两台","contact_person":"刘工","phone":"13800000001","amount_fen":860000000,"late_flag":0}]}',X'020c6a1ccff522d4159cbad40d35b3a3cc5486f468eb32366140cbaecdcb033a');
INSERT INTO journal VALUES(62,'2026-10-12T11:20:00Z','2026-11-29T02:33:41Z','info add','INF26-0003','2026-10-12','feng','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":7,"register":"info","number":"INF26-0003","counter":4,"serial":3,"department":"foreign-trade","day_on":"2026-10-12","person":"feng","state":"collected","entered_by":"clerk","amendments":0}],"info":[{"entry":7,"customer":"Emir Mining LLP","customer_fold":"emirminingllp","region":"哈萨克斯坦","equipment":"球磨机","need":"3.6 m, 2 sets","contact_person":"Mr. Sadykov","phone":"+77010000001","amount_fen":1350000000,"late_flag":0}]}',X'339154102b823c3cf2b3486412a7df7282f616dfcc03c2e73a92b456e8e1448f');
INSERT INTO journal VALUES(63,'2026-10-12T11:20:00Z','2026-11-29T02:33:41Z','info add','INF26-0004','2026-10-12','xu','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":8,"register":"info","number":"INF26-0004","counter":4,"serial":4,"department":"shandong","day_on":"2026-10-12","person":"xu","state":"collected","entered_by":"clerk","amendments":0}],"info":[{"entry":8,"customer":"招金矿业股份有限公司","customer_fold":"招金矿业","region":"山东省烟台市","equipment":"球磨机","need":"两台,选厂扩建","contact_person":"丁总","amount_fen":780000000,"late_flag":0}]}',X'd4bd0befc3c18cdd623e0b9a619ed29646b36a0165713ec5c7d9ef7a4ef96f23');
INSERT INTO journal VALUES(64,'2026-10-12T11:20:00Z','2026-11-29T02:33:41Z','asset add','AST-0001','2026-10-12','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":9,"register":"asset","number":"AST-0001","counter":6,"serial":1,"department":"general","day_on":"2026-10-10","person":"zhou","state":"in-store","entered_by":"clerk","amendments":0}],"asset":[{"entry":9,"name":"笔记本电脑 ThinkPad T14","serial_no":"PF3X20","tag":"办公-014","price_fen":799900}],"custody":[{"entry":9,"position":1,"duty":"keeper","person":"zhou","from_on":"2026-10-12"}]}',X'0ac38b0544fbfce92ca02a03e8e13cec3c76a0673a7512397072bd872e260ad5');
INSERT INTO journal VALUES(65,'2026-10-12T11:20:00Z','2026-11-29T02:33:41Z','asset add','AST-0002','2026-10-12','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":10,"register":"asset","number":"AST-0002","counter":6,"serial":2,"department":"general","day_on":"2026-10-12","person":"zhou","state":"in-store","entered_by":"clerk","amendments":0}],"asset":[{"entry":10,"name":"数码相机","serial_no":"00012345","price_fen":200000}],"custody":[{"entry":10,"position":1,"duty":"keeper","person":"zhou","from_on":"2026-10-12"}]}',X'0381d1bb33b52d216d6fe182d1ccc0dbbeadf5371b64a01dece79da629c8637e');
INSERT INTO journal VALUES(66,'2026-10-12T11:20:00Z','2026-11-29T02:33:41Z','asset issue','AST-0001','2026-10-12','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":9,"register":"asset","number":"AST-0001","counter":6,"serial":1,"department":"general","day_on":"2026-10-10","person":"zhou","state":"in-use","entered_by":"clerk","amendments":0}],"asset":[{"entry":9,"name":"笔记本电脑 ThinkPad T14","serial_no":"PF3X20","tag":"办公-014","price_fen":799900}],"custody":[{"entry":9,"position":1,"duty":"keeper","person":"zhou","from_on":"2026-10-12"},{"entry":9,"position":2,"duty":"user","person":"li","purpose":"出差报价","from_on":"2026-10-12"}]}',X'fcb82759b0873105c994f90369655ed2e21c1f43afc320676c16c955dcfb3c5a');
INSERT INTO journal VALUES(67,'2026-10-13T09:00:00Z','2026-11-29T02:33:41Z','info add','INF26-0005','2026-10-13','li','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":11,"register":"info","number":"INF26-0005","counter":4,"serial":5,"department":"business","day_on":"2026-10-13","person":"li","state":"collected","entered_by":"clerk","amendments":0}],"info":[{"entry":11,"customer":"本溪钢铁(集团)有限责任公司","customer_fold":"本溪钢铁","region":"辽宁省本溪市","equipment":"圆锥破碎机","need":"替换旧机一台","amount_fen":210000000,"late_flag":0}]}',X'bd5200f515eb4b0790e0fcf01155429c00155f3a26b620a710b3ac8506f27bb0');
INSERT INTO journal VALUES(68,'2026-10-13T09:00:00Z','2026-11-29T02:33:41Z','info add','INF26-0006','2026-10-13','zhang','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":12,"register":"info","number":"INF26-0006","counter":4,"serial":6,"department":"business","day_on":"2026-10-13","person":"zhang","state":"collected","entered_by":"clerk","amendments":0}],"info":[{"entry":12,"customer":"鞍钢集团矿业 有限公司","customer_fold":"鞍钢集团矿业","region":"辽宁省鞍山市","equipment":"球磨机","need":"扩产项目,两台","amount_fen":860000000,"duplicate_of":"INF26-0002","late_flag":0}]}',X'387da5fee9bc96272f8d49d4a5c84dddddd8a23bdf46c7ce8201a32691e3169c');
INSERT INTO journal VALUES(69,'2026-10-14T15:30:00Z','2026-11-29T02:33:41Z','contact reply','HAY05001','2026-10-14','wu','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":1,"register":"contact","number":"HAY05001","counter":1,"serial":1,"department":"business","day_on":"2026-10-08","person":"wang","state":"received","entered_by":"clerk","amendments":0}],"contact":[{"entry":1,"kind":"pre-contract","subject":"Φ3.6 m 球磨机主轴承图纸确认","content":"包钢要求 10 月底前确认轴承座改型","addressed_to":"technology; general","reply_by_on":"2026-10-15","received_on":"2026-10-09","replied_on":"2026-10-14"}],"signature":[{"entry":1,"party":"general","signed_by":"zhou","signed_on":"2026-10-09"},{"entry":1,"party":"technology","signed_by":"wu","signed_on":"2026-10-09"}],"reply":[{"entry":1,"position":1,"party":"technology","replied_by":"wu","replied_on":"2026-10-14","text":"可行,图号 TJ-1183"}]}',X'6942c0cd4a239403079d07aaccfce2a931669348a3b74b4d82b84b5e8532f7a0');
INSERT INTO journal VALUES(70,'2026-10-14T15:30:00Z','2026-11-29T02:33:41Z','contact add','HAY05002','2026-10-14','wang','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":13,"register":"contact","number":"HAY05002","counter":1,"serial":2,"department":"business","day_on":"2026-10-14","person":"wang","state":"issued","entered_by":"clerk","amendments":0}],"contact":[{"entry":13,"kind":"pre-contract","subject":"轴承图纸","content":"重复","addressed_to":"technology","reply_by_on":"2026-10-19"}]}',X'72fcfd0238d7610a7a4890ccd7042177f5da454d14b4f14248d277c1cf55f3fc');
INSERT INTO journal VALUES(71,'2026-10-14T15:30:00Z','2026-11-29T02:33:41Z','contact void','HAY05002','2026-10-14','clerk','clerk',0,'clerk','desk','重复开单','{"entry":[{"id":13,"register":"contact","number":"HAY05002","counter":1,"serial":2,"department":"business","day_on":"2026-10-14","person":"wang","state":"void","entered_by":"clerk","ended_on":"2026-10-14","amendments":0,"void_reason":"重复开单"}],"contact":[{"entry":13,"kind":"pre-contract","subject":"轴承图纸","content":"重复","addressed_to":"technology","reply_by_on":"2026-10-19"}]}',X'2ea6ec45b85a940d0db979fddc21ad5d83e2d54aef65d232f0119bcdd710a3bb');
INSERT INTO journal VALUES(72,'2026-10-14T15:30:00Z','2026-11-29T02:33:41Z','contact add','HAS05001','2026-10-14','xu','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":14,"register":"contact","number":"HAS05001","counter":7,"serial":1,"department":"shandong","day_on":"2026-10-14","person":"xu","state":"issued","entered_by":"clerk","amendments":0}],"contact":[{"entry":14,"kind":"after-sales","subject":"减速机高速轴振动","content":"现场测得 7.1 mm/s,请派人处理","addressed_to":"technology","reply_by_on":"2026-10-19"}]}',X'5f769414d2391fc6a8ea0aa27f0396d3e675c17bdb20614dc4cb5fb245d17648');
INSERT INTO journal VALUES(73,'2026-10-14T15:30:00Z','2026-11-29T02:33:41Z','reception add','REC26-001','2026-10-14','li','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":15,"register":"reception","number":"REC26-001","counter":8,"serial":1,"department":"business","day_on":"2026-10-14","person":"li","state":"planned","entered_by":"clerk","amendments":0}],"reception":[{"entry":15,"unit":"包钢设备部","purpose":"监造","kind":"visit","project":"PRJ26-001","arrive_on":"2026-10-19","leave_on":"2026-10-21","schedule":"10-20 车间监造","entered_on":"2026-10-14","late_flag":0}],"visitor":[{"entry":15,"position":1,"name":"张处长","title":"处长"},{"entry":15,"position":2,"name":"刘工","title":"工程师"}]}',X'8a2a43f75061329258a5b40a30bafe0727d9affd1f3f246375cc0c365c83e1e3');
INSERT INTO journal VALUES(74,'2026-10-14T15:30:00Z','2026-11-29T02:33:41Z','reception arrange','REC26-001','2026-10-14','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":15,"register":"reception","number":"REC26-001","counter":8,"serial":1,"department":"business","day_on":"2026-10-14","person":"li","state":"arranged","entered_by":"clerk","amendments":0}],"reception":[{"entry":15,"unit":"包钢设备部","purpose":"监造","kind":"visit","project":"PRJ26-001","arrive_on":"2026-10-19","leave_on":"2026-10-21","schedule":"10-20 车间监造","entered_on":"2026-10-14","late_flag":0,"hosts":"王建国","place":"二楼会议室","car":"辽A·商务车","dining":"厂餐厅","gift_standard_fen":20000,"lodging":"厂招待所","scenic":"none","our_schedule":"10-20 9:00 总装车间","arranged_on":"2026-10-14"}],"visitor":[{"entry":15,"position":1,"name":"张处长","title":"处长"},{"entry":15,"position":2,"name":"刘工","title":"工程师"}]}',X'6cd640567ffd08d6987a70802d68cbf08da1506e7b2a12ddad9861028dbb7858');
INSERT INTO journal VALUES(75,'2026-10-14T15:30:00Z','2026-11-29T02:33:41Z','gift catalog add','gift-item 1','2026-10-14','chen','clerk',0,'clerk','desk',NULL,'{"gift_item":[{"id":1,"name":"铸铜摆件","price_fen":18000,"approved_by":"chen","from_on":"2026-10-14"}]}',X'62331e1e87e0246206f4122d6d9933ae798c3f91f9ad4dc96cdf332806ae5836');
INSERT INTO journal VALUES(76,'2026-10-14T15:30:00Z','2026-11-29T02:33:41Z','gift add','GFT26-001','2026-10-14','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":16,"register":"gift","number":"GFT26-001","counter":9,"serial":1,"department":"business","day_on":"2026-10-14","person":"li","state":"requested","entered_by":"clerk","amendments":0}],"gift":[{"entry":16,"unit":"包钢设备部","occasion":"监造","place":"Shenyang","project":"PRJ26-001","reception":"REC26-001"}],"gift_recipient":[{"entry":16,"position":1,"name":"张处长","post":"处长","official_flag":0}],"gift_line":[{"entry":16,"position":1,"item":1,"name":"铸铜摆件","quantity":1,"price_fen":18000}]}',X'9443a24c0946a96c82aa7bb1133b1b017b5af0ec1b948fcfcc170ccb2240c250');
INSERT INTO journal VALUES(77,'2026-10-15T14:00:00Z','2026-11-29T02:33:41Z','contact sign','HAS05001','2026-10-15','wu','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":14,"register":"contact","number":"HAS05001","counter":7,"serial":1,"department":"shandong","day_on":"2026-10-14","person":"xu","state":"received","entered_by":"clerk","amendments":0}],"contact":[{"entry":14,"kind":"after-sales","subject":"减速机高速轴振动","content":"现场测得 7.1 mm/s,请派人处理","addressed_to":"technology","reply_by_on":"2026-10-19","received_on":"2026-10-15"}],"signature":[{"entry":14,"party":"technology","signed_by":"wu","signed_on":"2026-10-15"}]}',X'f23f22194cfea75cd21422a87f12d0904006ade53099bdf055b7160674c5460a');
INSERT INTO journal VALUES(78,'2026-10-15T14:00:00Z','2026-11-29T02:33:41Z','contact add','HAW05001','2026-10-15','qian','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":17,"register":"contact","number":"HAW05001","counter":10,"serial":1,"department":"foreign-trade","day_on":"2026-10-15","person":"qian","state":"issued","entered_by":"clerk","amendments":0}],"contact":[{"entry":17,"kind":"pre-contract","subject":"外方图纸转化","content":"3.6 m 球磨机总图及地脚图","addressed_to":"technology","reply_by_on":"2026-10-20"}]}',X'946ec3679c660bf13b7a402cdcfc7b8e471d0fcbed7d1982a16af100fd0f8a72');
INSERT INTO journal VALUES(79,'2026-10-15T14:00:00Z','2026-11-29T02:33:41Z','info add','INF26-0007','2026-10-15','zhang','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":18,"register":"info","number":"INF26-0007","counter":4,"serial":7,"department":"business","day_on":"2026-10-15","person":"zhang","state":"collected","entered_by":"clerk","amendments":0}],"info":[{"entry":18,"customer":"抚顺新钢铁有限责任公司","customer_fold":"抚顺新钢铁","region":"辽宁省抚顺市","equipment":"振动筛","need":"四台","amount_fen":56000000,"late_flag":0}]}',X'f51acb4ac23cce1bc37a1798ac81ce264f2c48fc4316af3aee88912b303b7a95');
INSERT INTO journal VALUES(80,'2026-10-15T14:00:00Z','2026-11-29T02:33:41Z','info add','INF26-0008','2026-10-15','li','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":19,"register":"info","number":"INF26-0008","counter":4,"serial":8,"department":"business","day_on":"2026-10-15","person":"li","state":"collected","entered_by":"clerk","amendments":0}],"info":[{"entry":19,"customer":"凌源钢铁股份有限公司","customer_fold":"凌源钢铁","region":"辽宁省朝阳市","equipment":"球磨机","need":"一台,含电控","amount_fen":430000000,"late_flag":0}]}',X'6ecad50be2d89ca1cdbe8478fa554efbaaf0d56a19bab4cae5fd41517d8edf80');
INSERT INTO journal VALUES(81,'2026-10-15T14:00:00Z','2026-11-29T02:33:41Z','gift endorse','GFT26-001','2026-10-15','wang','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":16,"register":"gift","number":"GFT26-001","counter":9,"serial":1,"department":"business","day_on":"2026-10-14","person":"li","state":"endorsed","entered_by":"clerk","amendments":0}],"gift":[{"entry":16,"unit":"包钢设备部","occasion":"监造","place":"Shenyang","project":"PRJ26-001","reception":"REC26-001"}],"gift_recipient":[{"entry":16,"position":1,"name":"张处长","post":"处长","official_flag":0}],"gift_line":[{"entry":16,"position":1,"item":1,"name":"铸铜摆件","quantity":1,"price_fen":18000}],"approval":[{"entry":16,"position":1,"verb":"endorse","decided_by":"wang","decided_on":"2026-10-15","entered_at":"2026-10-15T14:00:00Z","amount_fen":18000,"subject_hash":"3cb436e4e701c7ecd20908812d7b688186134175b0e7f81b4f9de73b0f9d455f"}]}',X'e8abb46f8081bdc61538d5f5298bac8b70f11617ed0840fb464f3a368d953bf3');
INSERT INTO journal VALUES(82,'2026-10-15T14:00:00Z','2026-11-29T02:33:41Z','gift approve','GFT26-001','2026-10-15','chen','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":16,"register":"gift","number":"GFT26-001","counter":9,"serial":1,"department":"business","day_on":"2026-10-14","person":"li","state":"approved","entered_by":"clerk","amendments":0}],"gift":[{"entry":16,"unit":"包钢设备部","occasion":"监造","place":"Shenyang","project":"PRJ26-001","reception":"REC26-001"}],"gift_recipient":[{"entry":16,"position":1,"name":"张处长","post":"处长","official_flag":0}],"gift_line":[{"entry":16,"position":1,"item":1,"name":"铸铜摆件","quantity":1,"price_fen":18000}],"approval":[{"entry":16,"position":1,"verb":"endorse","decided_by":"wang","decided_on":"2026-10-15","entered_at":"2026-10-15T14:00:00Z","amount_fen":18000,"subject_hash":"3cb436e4e701c7ecd20908812d7b688186134175b0e7f81b4f9de73b0f9d455f"},{"entry":16,"position":2,"verb":"approve","decided_by":"chen","decided_on":"2026-10-15","entered_at":"2026-10-15T14:00:00Z","amount_fen":18000,"subject_hash":"3cb436e4e701c7ecd20908812d7b688186134175b0e7f81b4f9de73b0f9d455f"}]}',X'c214569dd505fee31ba3e8cc8efaf39ad199f7e0fbb89fa4cc1c1fd456ad6bad');
INSERT INTO journal VALUES(83,'2026-10-19T09:30:00Z','2026-11-29T02:33:41Z','contact reply','HAS05001','2026-10-19','wu','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":14,"register":"contact","number":"HAS05001","counter":7,"serial":1,"department":"shandong","day_on":"2026-10-14","person":"xu","state":"received","entered_by":"clerk","amendments":0}],"contact":[{"entry":14,"kind":"after-sales","subject":"减速机高速轴振动","content":"现场测得 7.1 mm/s,请派人处理","addressed_to":"technology","reply_by_on":"2026-10-19","received_on":"2026-10-15","replied_on":"2026-10-19"}],"signature":[{"entry":14,"party":"technology","signed_by":"wu","signed_on":"2026-10-15"}],"reply":[{"entry":14,"position":1,"party":"technology","replied_by":"wu","replied_on":"2026-10-19","text":"10 月 20 日派人到现场"}]}',X'd848601d08f12385ac334ae3ea909a511200d2429ccd075ca4e3a07ad6ecd8f2');
INSERT INTO journal VALUES(84,'2026-10-19T09:30:00Z','2026-11-29T02:33:41Z','contact add','HAY05003','2026-10-19','wang','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":20,"register":"contact","number":"HAY05003","counter":1,"serial":3,"department":"business","day_on":"2026-10-19","person":"wang","state":"issued","entered_by":"clerk","amendments":0}],"contact":[{"entry":20,"kind":"user-request","subject":"第二批衬板发货日期","content":"用户来电询问,请答复","addressed_to":"general; manufacturing","reply_by_on":"2026-10-24"}]}',X'77cfd22ea0753894cb07c7c2f1065790ee8259b7677642e0044b4ce7b5aa87a9');
INSERT INTO journal VALUES(85,'2026-10-19T09:30:00Z','2026-11-29T02:33:41Z','info add','INF26-0009','2026-10-19','zhang','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":21,"register":"info","number":"INF26-0009","counter":4,"serial":9,"department":"business","day_on":"2026-10-19","person":"zhang","state":"collected","entered_by":"clerk","amendments":0}],"info":[{"entry":21,"customer":"通化钢铁股份有限公司","customer_fold":"通化钢铁","region":"吉林省通化市","equipment":"颚式破碎机","need":"备件","amount_fen":12500000,"late_flag":0}]}',X'3c645b4923d8d126fe8e30eb225e4e29188ff5100783f337706badb953d6cbe5');
INSERT INTO journal VALUES(86,'2026-10-19T09:30:00Z','2026-11-29T02:33:41Z','info add','INF26-0010','2026-10-19','xu','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":22,"register":"info","number":"INF26-0010","counter":4,"serial":10,"department":"shandong","day_on":"2026-10-19","person":"xu","state":"collected","entered_by":"clerk","amendments":0}],"info":[{"entry":22,"customer":"山东钢铁集团矿业有限公司","customer_fold":"山东钢铁集团矿业","region":"山东省济南市","equipment":"球磨机","need":"一台","amount_fen":415000000,"late_flag":0}]}',X'1d68a1d7b2c61181f0724e5cd20d8994b3388a84e692ebc232999c1c7b8b97e4');
INSERT INTO journal VALUES(87,'2026-10-19T09:30:00Z','2026-11-29T02:33:41Z','gift buy','GFT26-001','2026-10-19','zhou','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":16,"register":"gift","number":"GFT26-001","counter":9,"serial":1,"department":"business","day_on":"2026-10-14","person":"li","state":"bought","entered_by":"clerk","amendments":0}],"gift":[{"entry":16,"unit":"包钢设备部","occasion":"监造","place":"Shenyang","project":"PRJ26-001","reception":"REC26-001","bill":"0218843","bought_fen":17600,"bought_on":"2026-10-19","bought_by":"zhou"}],"gift_recipient":[{"entry":16,"position":1,"name":"张处长","post":"处长","official_flag":0}],"gift_line":[{"entry":16,"position":1,"item":1,"name":"铸铜摆件","quantity":1,"price_fen":18000}],"approval":[{"entry":16,"position":1,"verb":"endorse","decided_by":"wang","decided_on":"2026-10-15","entered_at":"2026-10-15T14:00:00Z","amount_fen":18000,"subject_hash":"3cb436e4e701c7ecd20908812d7b688186134175b0e7f81b4f9de73b0f9d455f"},{"entry":16,"position":2,"verb":"approve","decided_by":"chen","decided_on":"2026-10-15","entered_at":"2026-10-15T14:00:00Z","amount_fen":18000,"subject_hash":"3cb436e4e701c7ecd20908812d7b688186134175b0e7f81b4f9de73b0f9d455f"}]}',X'262203fc377b894a2d4a1f4d8abf8e811c0da8303a8d37dc4150224e77594dba');
INSERT INTO journal VALUES(88,'2026-10-19T09:30:00Z','2026-11-29T02:33:41Z','project log','PRJ26-001','2026-10-19','li','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":5,"register":"project","number":"PRJ26-001","counter":5,"serial":1,"department":"business","day_on":"2026-10-09","person":"wang","state":"negotiating","entered_by":"clerk","amendments":0}],"project":[{"entry":5,"customer":"包头钢铁(集团)有限责任公司","title":"球磨机 2 台","product":"球磨机","region":"内蒙古包头市","amount_fen":1260000000,"major_flag":1}],"leader":[{"entry":5,"position":1,"person":"li","from_on":"2026-10-09","appointed_by":"chen"}],"milestone":[{"entry":5,"position":1,"what":"技术谈判","due_on":"2026-10-20"},{"entry":5,"position":2,"what":"图纸会签","due_on":"2026-10-28"}],"project_log":[{"entry":5,"position":1,"kind":"negotiation","logged_on":"2026-10-19","person":"li","text":"技术交流,轴承座改型"}]}',X'23a842ce5fac3c28877cd968d4ab9431f97f9a9a5f3be0085b5380f6c32509ad');
INSERT INTO journal VALUES(89,'2026-10-20T10:00:00Z','2026-11-29T02:33:41Z','contact archive','HAY05001','2026-10-20','he','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":1,"register":"contact","number":"HAY05001","counter":1,"serial":1,"department":"business","day_on":"2026-10-08","person":"wang","state":"archived","entered_by":"clerk","ended_on":"2026-10-20","amendments":0}],"contact":[{"entry":1,"kind":"pre-contract","subject":"Φ3.6 m 球磨机主轴承图纸确认","content":"包钢要求 10 月底前确认轴承座改型","addressed_to":"technology; general","reply_by_on":"2026-10-15","received_on":"2026-10-09","replied_on":"2026-10-14","archived_on":"2026-10-20","archived_by":"he","contract_file":"BG-2026-118"}],"signature":[{"entry":1,"party":"general","signed_by":"zhou","signed_on":"2026-10-09"},{"entry":1,"party":"technology","signed_by":"wu","signed_on":"2026-10-09"}],"reply":[{"entry":1,"position":1,"party":"technology","replied_by":"wu","replied_on":"2026-10-14","text":"可行,图号 TJ-1183"}]}',X'dc794e90c376593b69a75c6d2428c32b64465adbb8d03c5e2b3b7f462fa50ebf');
INSERT INTO journal VALUES(90,'2026-10-20T10:00:00Z','2026-11-29T02:33:41Z','contact sign','HAY05003','2026-10-20','he','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":20,"register":"contact","number":"HAY05003","counter":1,"serial":3,"department":"business","day_on":"2026-10-19","person":"wang","state":"issued","entered_by":"clerk","amendments":0}],"contact":[{"entry":20,"kind":"user-request","subject":"第二批衬板发货日期","content":"用户来电询问,请答复","addressed_to":"general; manufacturing","reply_by_on":"2026-10-24"}],"signature":[{"entry":20,"party":"general","signed_by":"he","signed_on":"2026-10-20"}]}',X'4401bc110fe710ad85c1188e953e207a42eea22e92562f91d0d2b9cd123edc2b');
INSERT INTO journal VALUES(91,'2026-10-20T10:00:00Z','2026-11-29T02:33:41Z','info add','INF26-0011','2026-10-20','li','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":23,"register":"info","number":"INF26-0011","counter":4,"serial":11,"department":"business","day_on":"2026-10-20","person":"li","state":"collected","entered_by":"clerk","amendments":0}],"info":[{"entry":23,"customer":"首钢矿业公司","customer_fold":"首钢矿业","region":"河北省唐山市","equipment":"球磨机","need":"两台,2027 年三季度","amount_fen":905000000,"late_flag":0}]}',X'a372757f26319bf60f5ef95fbb2f6f88b69536f6174a96c26779d5a0de89954e');
INSERT INTO journal VALUES(92,'2026-10-20T10:00:00Z','2026-11-29T02:33:41Z','info add','INF26-0012','2026-10-20','feng','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":24,"register":"info","number":"INF26-0012","counter":4,"serial":12,"department":"foreign-trade","day_on":"2026-10-20","person":"feng","state":"collected","entered_by":"clerk","amendments":0}],"info":[{"entry":24,"customer":"PT Borneo Nikel","customer_fold":"ptborneonikel","region":"印度尼西亚","equipment":"圆锥破碎机","need":"1 set","amount_fen":240000000,"late_flag":0}]}',X'f780a08a34b27a68ddbb9c04233d097e2a5995a7afae6b7ba68372bd0fbef072');
INSERT INTO journal VALUES(93,'2026-10-20T10:00:00Z','2026-11-29T02:33:41Z','project done','PRJ26-001','2026-10-20','li','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":5,"register":"project","number":"PRJ26-001","counter":5,"serial":1,"department":"business","day_on":"2026-10-09","person":"wang","state":"negotiating","entered_by":"clerk","amendments":0}],"project":[{"entry":5,"customer":"包头钢铁(集团)有限责任公司","title":"球磨机 2 台","product":"球磨机","region":"内蒙古包头市","amount_fen":1260000000,"major_flag":1}],"leader":[{"entry":5,"position":1,"person":"li","from_on":"2026-10-09","appointed_by":"chen"}],"milestone":[{"entry":5,"position":1,"what":"技术谈判","due_on":"2026-10-20","done_on":"2026-10-20"},{"entry":5,"position":2,"what":"图纸会签","due_on":"2026-10-28"}],"project_log":[{"entry":5,"position":1,"kind":"negotiation","logged_on":"2026-10-19","person":"li","text":"技术交流,轴承座改型"}]}',X'a0f4196997ef4ef1fb1ce8094da696fe143062c7841a686241abef1e1e44073c');
INSERT INTO journal VALUES(94,'2026-10-20T10:00:00Z','2026-11-29T02:33:41Z','project review','PRJ26-001','2026-10-20','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":5,"register":"project","number":"PRJ26-001","counter":5,"serial":1,"department":"business","day_on":"2026-10-09","person":"wang","state":"negotiating","entered_by":"clerk","amendments":0}],"project":[{"entry":5,"customer":"包头钢铁(集团)有限责任公司","title":"球磨机 2 台","product":"球磨机","region":"内蒙古包头市","amount_fen":1260000000,"major_flag":1}],"leader":[{"entry":5,"position":1,"person":"li","from_on":"2026-10-09","appointed_by":"chen"}],"milestone":[{"entry":5,"position":1,"what":"技术谈判","due_on":"2026-10-20","done_on":"2026-10-20"},{"entry":5,"position":2,"what":"图纸会签","due_on":"2026-10-28"}],"project_log":[{"entry":5,"position":1,"kind":"negotiation","logged_on":"2026-10-19","person":"li","text":"技术交流,轴承座改型"}],"review":[{"entry":5,"position":1,"item":"技术要求","reviewer":"wu","reviewed_on":"2026-10-20","passed_flag":1}]}',X'f26c138cfcecea66fc8c2d0fc83165d0229a1ffefcd96bc68ba72e90b2ea22bf');
INSERT INTO journal VALUES(95,'2026-10-20T10:00:00Z','2026-11-29T02:33:41Z','project review','PRJ26-001','2026-10-20','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":5,"register":"project","number":"PRJ26-001","counter":5,"serial":1,"department":"business","day_on":"2026-10-09","person":"wang","state":"negotiating","entered_by":"clerk","amendments":0}],"project":[{"entry":5,"customer":"包头钢铁(集团)有限责任公司","title":"球磨机 2 台","product":"球磨机","region":"内蒙古包头市","amount_fen":1260000000,"major_flag":1}],"leader":[{"entry":5,"position":1,"person":"li","from_on":"2026-10-09","appointed_by":"chen"}],"milestone":[{"entry":5,"position":1,"what":"技术谈判","due_on":"2026-10-20","done_on":"2026-10-20"},{"entry":5,"position":2,"what":"图纸会签","due_on":"2026-10-28"}],"project_log":[{"entry":5,"position":1,"kind":"negotiation","logged_on":"2026-10-19","person":"li","text":"技术交流,轴承座改型"}],"review":[{"entry":5,"position":1,"item":"技术要求","reviewer":"wu","reviewed_on":"2026-10-20","passed_flag":1},{"entry":5,"position":2,"item":"交货期","reviewer":"he","reviewed_on":"2026-10-20","passed_flag":1}]}',X'3e62c050c4944c4fc84ac598a634cd60f700ab60f27d0d8abc4cd359d1ea964a');
INSERT INTO journal VALUES(96,'2026-10-20T10:00:00Z','2026-11-29T02:33:41Z','asset damage','AST-0001','2026-10-20','li','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":9,"register":"asset","number":"AST-0001","counter":6,"serial":1,"department":"general","day_on":"2026-10-10","person":"zhou","state":"in-repair","entered_by":"clerk","amendments":0}],"asset":[{"entry":9,"name":"笔记本电脑 ThinkPad T14","serial_no":"PF3X20","tag":"办公-014","price_fen":799900}],"custody":[{"entry":9,"position":1,"duty":"keeper","person":"zhou","from_on":"2026-10-12"},{"entry":9,"position":2,"duty":"user","person":"li","purpose":"出差报价","from_on":"2026-10-12"}],"damage":[{"entry":9,"position":1,"what":"屏幕碎裂","reported_by":"li","happened_on":"2026-10-20","reported_on":"2026-10-20","from_state":"in-use"}]}',X'647ef0f3fb4199c9dca97a711dfc8ed464ea96885f6805a4839ec1e0a9cc3e17');
INSERT INTO journal VALUES(97,'2026-10-22T16:00:00Z','2026-11-29T02:33:41Z','contact archive','HAB05001','2026-10-22','he','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":2,"register":"contact","number":"HAB05001","counter":2,"serial":1,"department":"baotou","day_on":"2026-10-08","person":"zhao","state":"archived","entered_by":"clerk","ended_on":"2026-10-22","amendments":0}],"contact":[{"entry":2,"kind":"external","subject":"交货期函复","content":"按合同 2027 年 3 月 31 日交货","addressed_to":"包头钢铁(集团)有限责任公司","copied_to":"he","reply_by_on":"2026-10-13","received_on":"2026-10-09","archived_on":"2026-10-22","archived_by":"he","contract_file":"BG-2026-118"}],"signature":[{"entry":2,"party":"he","signed_by":"he","signed_on":"2026-10-09"},{"entry":2,"party":"包头钢铁(集团)有限责任公司","signed_by":"张处长","signed_on":"2026-10-09"}]}',X'e2cb49f5ea6b87729c35f9071865501a1cf9b587bf32eafbbc3d8348eb2e6add');
INSERT INTO journal VALUES(98,'2026-10-22T16:00:00Z','2026-11-29T02:33:41Z','contact add','HAG05002','2026-10-22','he','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":25,"register":"contact","number":"HAG05002","counter":3,"serial":2,"department":"general","day_on":"2026-10-22","person":"he","state":"issued","entered_by":"clerk","amendments":0}],"contact":[{"entry":25,"kind":"execution","subject":"补充协议会签","content":"增补备件清单 18.6 万元","addressed_to":"technology","contract":"BG-2026-097","reply_by_on":"2026-10-27"}]}',X'6b9ec1cde3e9f3219e739e8807fe5140959ce6cb83d38145e8de82ad6a00c795');
INSERT INTO journal VALUES(99,'2026-10-22T16:00:00Z','2026-11-29T02:33:41Z','series reserve','HAB05002','2026-10-22','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":26,"register":"contact","number":"HAB05002","counter":2,"serial":2,"department":"baotou","day_on":"2026-10-22","person":"clerk","state":"reserved","entered_by":"clerk","amendments":0}]}',X'c29bc74deeed37d09f76b7ccc8d6d8723129335f73186bef30e1767f4ef26960');
INSERT INTO journal VALUES(100,'2026-10-22T16:00:00Z','2026-11-29T02:33:41Z','series reserve','HAB05003','2026-10-22','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":27,"register":"contact","number":"HAB05003","counter":2,"serial":3,"department":"baotou","day_on":"2026-10-22","person":"clerk","state":"reserved","entered_by":"clerk","amendments":0}]}',X'7101c03caa3f6dca6459485781121ec5ab6f9c63bdd0cacf8b1215bd1bc9f289');
INSERT INTO journal VALUES(101,'2026-10-22T16:00:00Z','2026-11-29T02:33:41Z','series reserve','HAB05004','2026-10-22','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":28,"register":"contact","number":"HAB05004","counter":2,"serial":4,"department":"baotou","day_on":"2026-10-22","person":"clerk","state":"reserved","entered_by":"clerk","amendments":0}]}',X'9525a53e2da1c2d5355512b6a7b9f32eec7d47f9389978db9702dee579ec6031');
INSERT INTO journal VALUES(102,'2026-10-22T16:00:00Z','2026-11-29T02:33:41Z','project contract','PRJ26-001','2026-10-22','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":5,"register":"project","number":"PRJ26-001","counter":5,"serial":1,"department":"business","day_on":"2026-10-09","person":"wang","state":"contracted","entered_by":"clerk","amendments":0}],"project":[{"entry":5,"customer":"包头钢铁(集团)有限责任公司","title":"球磨机 2 台","product":"球磨机","region":"内蒙古包头市","amount_fen":1260000000,"major_flag":1}],"leader":[{"entry":5,"position":1,"person":"li","from_on":"2026-10-09","appointed_by":"chen"}],"milestone":[{"entry":5,"position":1,"what":"技术谈判","due_on":"2026-10-20","done_on":"2026-10-20"},{"entry":5,"position":2,"what":"图纸会签","due_on":"2026-10-28"}],"project_log":[{"entry":5,"position":1,"kind":"negotiation","logged_on":"2026-10-19","person":"li","text":"技术交流,轴承座改型"}],"review":[{"entry":5,"position":1,"item":"技术要求","reviewer":"wu","reviewed_on":"2026-10-20","passed_flag":1},{"entry":5,"position":2,"item":"交货期","reviewer":"he","reviewed_on":"2026-10-20","passed_flag":1}],"contract":[{"entry":5,"position":1,"contract":"BG-2026-118","signed_on":"2026-10-22","customer":"包头钢铁(集团)有限责任公司","currency":"CNY","amount_fen":1258000000,"deliver_by_on":"2027-03-31","warranty_months":12}],"product_line":[{"entry":5,"contract":1,"position":1,"product":"球磨机 MQ3645","quantity":2,"price_fen":629000000}]}',X'f89f965b1401484eabb58766f181f2782d2e735ef7a2c416d4b307a93b73640e');
INSERT INTO journal VALUES(103,'2026-10-22T16:00:00Z','2026-11-29T02:33:41Z','project instalments','PRJ26-001','2026-10-22','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":5,"register":"project","number":"PRJ26-001","counter":5,"serial":1,"department":"business","day_on":"2026-10-09","person":"wang","state":"contracted","entered_by":"clerk","amendments":0}],"project":[{"entry":5,"customer":"包头钢铁(集团)有限责任公司","title":"球磨机 2 台","product":"球磨机","region":"内蒙古包头市","amount_fen":1260000000,"major_flag":1}],"leader":[{"entry":5,"position":1,"person":"li","from_on":"2026-10-09","appointed_by":"chen"}],"milestone":[{"entry":5,"position":1,"what":"技术谈判","due_on":"2026-10-20","done_on":"2026-10-20"},{"entry":5,"position":2,"what":"图纸会签","due_on":"2026-10-28"}],"project_log":[{"entry":5,"position":1,"kind":"negotiation","logged_on":"2026-10-19","person":"li","text":"技术交流,轴承座改型"}],"review":[{"entry":5,"position":1,"item":"技术要求","reviewer":"wu","reviewed_on":"2026-10-20","passed_flag":1},{"entry":5,"position":2,"item":"交货期","reviewer":"he","reviewed_on":"2026-10-20","passed_flag":1}],"contract":[{"entry":5,"position":1,"contract":"BG-2026-118","signed_on":"2026-10-22","customer":"包头钢铁(集团)有限责任公司","currency":"CNY","amount_fen":1258000000,"deliver_by_on":"2027-03-31","warranty_months":12}],"product_line":[{"entry":5,"contract":1,"position":1,"product":"球磨机 MQ3645","quantity":2,"price_fen":629000000}],"instalment":[{"entry":5,"position":1,"kind":"advance","share_pct":3000,"amount_fen":377400000,"received_fen":0,"due_event":"signing","due_on":"2026-10-22"},{"entry":5,"position":2,"kind":"progress","share_pct":3000,"amount_fen":377400000,"received_fen":0,"due_event":"completion"},{"entry":5,"position":3,"kind":"delivery","share_pct":3000,"amount_fen":377400000,"received_fen":0,"due_event":"delivery"},{"entry":5,"position":4,"kind":"warranty","share_pct":1000,"amount_fen":125800000,"received_fen":0,"due_event":"acceptance"}]}',X'c093069a0972b17d3aa650a4bb5d1902fae180b7da23064f424e08c5a7022050');
INSERT INTO journal VALUES(104,'2026-10-22T16:00:00Z','2026-11-29T02:33:41Z','reception receive','REC26-001','2026-10-22','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":15,"register":"reception","number":"REC26-001","counter":8,"serial":1,"department":"business","day_on":"2026-10-14","person":"li","state":"received","entered_by":"clerk","amendments":0}],"reception":[{"entry":15,"unit":"包钢设备部","purpose":"监造","kind":"visit","project":"PRJ26-001","arrive_on":"2026-10-19","leave_on":"2026-10-21","schedule":"10-20 车间监造","entered_on":"2026-10-14","late_flag":0,"hosts":"王建国","place":"二楼会议室","car":"辽A·商务车","dining":"厂餐厅","gift_standard_fen":20000,"lodging":"厂招待所","scenic":"none","our_schedule":"10-20 9:00 总装车间","arranged_on":"2026-10-14","arrived_on":"2026-10-19","left_on":"2026-10-21","people":2,"cost_fen":180000}],"visitor":[{"entry":15,"position":1,"name":"张处长","title":"处长"},{"entry":15,"position":2,"name":"刘工","title":"工程师"}]}',X'9acc8d12b38257cb8d1e508510f5b12b19ad85231b4bf217aa2a597b76e9601d');
INSERT INTO journal VALUES(105,'2026-10-22T16:00:00Z','2026-11-29T02:33:41Z','reception summarize','REC26-001','2026-10-22','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":15,"register":"reception","number":"REC26-001","counter":8,"serial":1,"department":"business","day_on":"2026-10-14","person":"li","state":"summarized","entered_by":"clerk","amendments":0}],"reception":[{"entry":15,"unit":"包钢设备部","purpose":"监造","kind":"visit","project":"PRJ26-001","arrive_on":"2026-10-19","leave_on":"2026-10-21","schedule":"10-20 车间监造","entered_on":"2026-10-14","late_flag":0,"hosts":"王建国","place":"二楼会议室","car":"辽A·商务车","dining":"厂餐厅","gift_standard_fen":20000,"lodging":"厂招待所","scenic":"none","our_schedule":"10-20 9:00 总装车间","arranged_on":"2026-10-14","arrived_on":"2026-10-19","left_on":"2026-10-21","people":2,"cost_fen":180000,"summary":"监造两台磨机筒体,用户认可焊接质量,提出轴承座改型","summarized_on":"2026-10-22"}],"visitor":[{"entry":15,"position":1,"name":"张处长","title":"处长"},{"entry":15,"position":2,"name":"刘工","title":"工程师"}]}',X'b2f3ab07c1ed210f3d2bfc77c82a60ddd3b14585eb502679154b35aebd383a77');
INSERT INTO journal VALUES(106,'2026-10-22T16:00:00Z','2026-11-29T02:33:41Z','gift give','GFT26-001','2026-10-22','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":16,"register":"gift","number":"GFT26-001","counter":9,"serial":1,"department":"business","day_on":"2026-10-14","person":"li","state":"given","entered_by":"clerk","ended_on":"2026-10-22","amendments":0}],"gift":[{"entry":16,"unit":"包钢设备部","occasion":"监造","place":"Shenyang","project":"PRJ26-001","reception":"REC26-001","bill":"0218843","bought_fen":17600,"bought_on":"2026-10-19","bought_by":"zhou","given_on":"2026-10-22"}],"gift_recipient":[{"entry":16,"position":1,"name":"张处长","post":"处长","official_flag":0}],"gift_line":[{"entry":16,"position":1,"item":1,"name":"铸铜摆件","quantity":1,"price_fen":18000}],"approval":[{"entry":16,"position":1,"verb":"endorse","decided_by":"wang","decided_on":"2026-10-15","entered_at":"2026-10-15T14:00:00Z","amount_fen":18000,"subject_hash":"3cb436e4e701c7ecd20908812d7b688186134175b0e7f81b4f9de73b0f9d455f"},{"entry":16,"position":2,"verb":"approve","decided_by":"chen","decided_on":"2026-10-15","entered_at":"2026-10-15T14:00:00Z","amount_fen":18000,"subject_hash":"3cb436e4e701c7ecd20908812d7b688186134175b0e7f81b4f9de73b0f9d455f"}]}',X'7ea825ff0b78fb1171f286c301f020c4b5200e63881f7321ec3e11a613bb4dd9');
INSERT INTO journal VALUES(107,'2026-10-22T16:00:00Z','2026-11-29T02:33:41Z','fee add','FEE26-001','2026-10-22','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":29,"register":"fee","number":"FEE26-001","counter":11,"serial":1,"department":"business","day_on":"2026-10-22","person":"li","state":"requested","entered_by":"clerk","amendments":0}],"fee":[{"entry":29,"kind":"agency","payee":"内蒙古某咨询公司","employer":"内蒙古某咨询公司","project":"PRJ26-001","basis_fen":1258000000,"rate_pct":200,"amount_fen":25160000,"reason":"投标代理","asked_by":"li","customer_flag":0}]}',X'2519fa4d1ded2a4d2d391884ad73de9557224c62ef73d25e7d46147ef727c004');
INSERT INTO journal VALUES(108,'2026-10-22T16:00:00Z','2026-11-29T02:33:41Z','fee approve','FEE26-001','2026-10-22','lin','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":29,"register":"fee","number":"FEE26-001","counter":11,"serial":1,"department":"business","day_on":"2026-10-22","person":"li","state":"approved","entered_by":"clerk","amendments":0}],"fee":[{"entry":29,"kind":"agency","payee":"内蒙古某咨询公司","employer":"内蒙古某咨询公司","project":"PRJ26-001","basis_fen":1258000000,"rate_pct":200,"amount_fen":25160000,"reason":"投标代理","asked_by":"li","customer_flag":0}],"approval":[{"entry":29,"position":1,"verb":"approve","decided_by":"lin","decided_on":"2026-10-22","entered_at":"2026-10-22T16:00:00Z","amount_fen":25160000,"subject_hash":"b3ef715e22bd1dc7d94e808ec74aa705083c397662f69ded682e1aa8b9b9e970"}]}',X'f921d162fa52330dffb1e4ad76a39caa632432e17e2eac3a7d730c3aec6cccc9');
INSERT INTO journal VALUES(109,'2026-10-26T09:00:00Z','2026-11-29T02:33:42Z','contact add','HAB05002','2026-10-26','zhao','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":26,"register":"contact","number":"HAB05002","counter":2,"serial":2,"department":"baotou","day_on":"2026-10-26","person":"zhao","state":"issued","entered_by":"clerk","amendments":0}],"contact":[{"entry":26,"kind":"after-sales","subject":"试车方案","content":"请按 72 小时负荷试车编写","addressed_to":"technology","reply_by_on":"2026-10-31"}]}',X'61cb6369148ee3c080f02590272b639afaaa77aa9141dd6b997b5ea7dc4d1a7f');
INSERT INTO journal VALUES(110,'2026-10-26T09:00:00Z','2026-11-29T02:33:42Z','contact void','HAB05003','2026-10-26','clerk','clerk',0,'clerk','desk','纸面污损','{"entry":[{"id":27,"register":"contact","number":"HAB05003","counter":2,"serial":3,"department":"baotou","day_on":"2026-10-22","person":"clerk","state":"void","entered_by":"clerk","ended_on":"2026-10-26","amendments":0,"void_reason":"纸面污损"}]}',X'6af731373d32304a6835efe4d8543d08e3c513bc4ec4db9797d8394457e91a65');
INSERT INTO journal VALUES(111,'2026-10-26T09:00:00Z','2026-11-29T02:33:42Z','info add','INF26-0013','2026-10-26','xu','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":30,"register":"info","number":"INF26-0013","counter":4,"serial":13,"department":"shandong","day_on":"2026-10-26","person":"xu","state":"collected","entered_by":"clerk","amendments":0}],"info":[{"entry":30,"customer":"淄博宏达矿业有限公司","customer_fold":"淄博宏达矿业","region":"山东省淄博市","equipment":"颚式破碎机","need":"两台","amount_fen":96000000,"late_flag":0}]}',X'42426ef70a53922c8d85ce17c6d44028004e94b57f7c57921a7b8277566120e7');
INSERT INTO journal VALUES(112,'2026-10-26T09:00:00Z','2026-11-29T02:33:42Z','contact add','HAY05004','2026-10-26','li','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":31,"register":"contact","number":"HAY05004","counter":1,"serial":4,"department":"business","day_on":"2026-10-26","person":"li","state":"issued","entered_by":"clerk","amendments":0}],"contact":[{"entry":31,"kind":"shipping","subject":"发运通知","content":"首批 14 箱,公路运输","addressed_to":"general","reply_by_on":"2026-10-31","project":"PRJ26-001"}]}',X'd8b6263aedccfa8d98b68d6f2843a80ba60c60346a1b6eeb7a12444590aceb4c');
INSERT INTO journal VALUES(113,'2026-10-26T09:00:00Z','2026-11-29T02:33:42Z','ship add','SHP26-001','2026-10-26','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":32,"register":"ship","number":"SHP26-001","counter":12,"serial":1,"department":"business","day_on":"2026-10-26","person":"clerk","state":"notified","entered_by":"clerk","amendments":0}],"ship":[{"entry":32,"project":"PRJ26-001","notice":"HAY05004","form":"truck","place":"包头市昆区","contact_person":"刘工","phone":"13800000000","route":"京藏高速","capacity":"none","freight":"company"}]}',X'ceafac4b92bb4d6e1d8a75f53c2a8768aab2a66ea9c40f1785b7d2b6247e867d');
INSERT INTO journal VALUES(114,'2026-10-26T09:00:00Z','2026-11-29T02:33:42Z','ship complete','SHP26-001','2026-10-26','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":32,"register":"ship","number":"SHP26-001","counter":12,"serial":1,"department":"business","day_on":"2026-10-26","person":"clerk","state":"completed","entered_by":"clerk","amendments":0}],"ship":[{"entry":32,"project":"PRJ26-001","notice":"HAY05004","form":"truck","place":"包头市昆区","contact_person":"刘工","phone":"13800000000","route":"京藏高速","capacity":"none","freight":"company","completion_notice":"WG-1101","completed_on":"2026-10-26"}]}',X'e79613347186ca0e73f3d79b2fdb2938164fef2768871ca8baefb341066e1bfe');
INSERT INTO journal VALUES(115,'2026-10-26T09:00:00Z','2026-11-29T02:33:42Z','ship complete','PRJ26-001','2026-10-26','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":5,"register":"project","number":"PRJ26-001","counter":5,"serial":1,"department":"business","day_on":"2026-10-09","person":"wang","state":"contracted","entered_by":"clerk","amendments":0}],"project":[{"entry":5,"customer":"包头钢铁(集团)有限责任公司","title":"球磨机 2 台","product":"球磨机","region":"内蒙古包头市","amount_fen":1260000000,"major_flag":1}],"leader":[{"entry":5,"position":1,"person":"li","from_on":"2026-10-09","appointed_by":"chen"}],"milestone":[{"entry":5,"position":1,"what":"技术谈判","due_on":"2026-10-20","done_on":"2026-10-20"},{"entry":5,"position":2,"what":"图纸会签","due_on":"2026-10-28"}],"project_log":[{"entry":5,"position":1,"kind":"negotiation","logged_on":"2026-10-19","person":"li","text":"技术交流,轴承座改型"}],"review":[{"entry":5,"position":1,"item":"技术要求","reviewer":"wu","reviewed_on":"2026-10-20","passed_flag":1},{"entry":5,"position":2,"item":"交货期","reviewer":"he","reviewed_on":"2026-10-20","passed_flag":1}],"contract":[{"entry":5,"position":1,"contract":"BG-2026-118","signed_on":"2026-10-22","customer":"包头钢铁(集团)有限责任公司","currency":"CNY","amount_fen":1258000000,"deliver_by_on":"2027-03-31","warranty_months":12}],"product_line":[{"entry":5,"contract":1,"position":1,"product":"球磨机 MQ3645","quantity":2,"price_fen":629000000}],"instalment":[{"entry":5,"position":1,"kind":"advance","share_pct":3000,"amount_fen":377400000,"received_fen":0,"due_event":"signing","due_on":"2026-10-22"},{"entry":5,"position":2,"kind":"progress","share_pct":3000,"amount_fen":377400000,"received_fen":0,"due_event":"completion","due_on":"2026-10-26"},{"entry":5,"position":3,"kind":"delivery","share_pct":3000,"amount_fen":377400000,"received_fen":0,"due_event":"delivery"},{"entry":5,"position":4,"kind":"warranty","share_pct":1000,"amount_fen":125800000,"received_fen":0,"due_event":"acceptance"}]}',X'd76d9d26be55ce5320221829f7274ee885ed203940038696fb67f152374f9396');
INSERT INTO journal VALUES(116,'2026-10-26T09:00:00Z','2026-11-29T02:33:42Z','ship box','SHP26-001','2026-10-26','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":32,"register":"ship","number":"SHP26-001","counter":12,"serial":1,"department":"business","day_on":"2026-10-26","person":"clerk","state":"completed","entered_by":"clerk","amendments":0}],"ship":[{"entry":32,"project":"PRJ26-001","notice":"HAY05004","form":"truck","place":"包头市昆区","contact_person":"刘工","phone":"13800000000","route":"京藏高速","capacity":"none","freight":"company","completion_notice":"WG-1101","completed_on":"2026-10-26"}],"ship_box":[{"entry":32,"position":1,"cases":"1-14","boxes":14,"weight_g":23500000}]}',X'f2d45514d5d28b004dbf9501bd217040d03252a42d5f2af73964f0d59635849a');
INSERT INTO journal VALUES(117,'2026-10-26T09:00:00Z','2026-11-29T02:33:42Z','ship quote','SHP26-001','2026-10-26','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":32,"register":"ship","number":"SHP26-001","counter":12,"serial":1,"department":"business","day_on":"2026-10-26","person":"clerk","state":"completed","entered_by":"clerk","amendments":0}],"ship":[{"entry":32,"project":"PRJ26-001","notice":"HAY05004","form":"truck","place":"包头市昆区","contact_person":"刘工","phone":"13800000000","route":"京藏高速","capacity":"none","freight":"company","completion_notice":"WG-1101","completed_on":"2026-10-26"}],"ship_box":[{"entry":32,"position":1,"cases":"1-14","boxes":14,"weight_g":23500000}],"ship_quote":[{"entry":32,"position":1,"carrier":"顺达","price_fen":4200000,"days":3,"quality":4,"quoted_on":"2026-10-26"}]}',X'63c7815f74f958790147c5ad082d05ce29bfe4c7ef7dc279373703b4513113db');
INSERT INTO journal VALUES(118,'2026-10-26T09:00:00Z','2026-11-29T02:33:42Z','ship quote','SHP26-001','2026-10-26','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":32,"register":"ship","number":"SHP26-001","counter":12,"serial":1,"department":"business","day_on":"2026-10-26","person":"clerk","state":"completed","entered_by":"clerk","amendments":0}],"ship":[{"entry":32,"project":"PRJ26-001","notice":"HAY05004","form":"truck","place":"包头市昆区","contact_person":"刘工","phone":"13800000000","route":"京藏高速","capacity":"none","freight":"company","completion_notice":"WG-1101","completed_on":"2026-10-26"}],"ship_box":[{"entry":32,"position":1,"cases":"1-14","boxes":14,"weight_g":23500000}],"ship_quote":[{"entry":32,"position":1,"carrier":"顺达","price_fen":4200000,"days":3,"quality":4,"quoted_on":"2026-10-26"},{"entry":32,"position":2,"carrier":"恒通","price_fen":3900000,"days":5,"quality":3,"quoted_on":"2026-10-26"}]}',X'8033ce290360df690e0b404188b5900b3be2d42864f8401e6317008d7568722d');
INSERT INTO journal VALUES(119,'2026-10-26T09:00:00Z','2026-11-29T02:33:42Z','ship award','SHP26-001','2026-10-26','clerk','clerk',0,'clerk','desk','带大件运输资质','{"entry":[{"id":32,"register":"ship","number":"SHP26-001","counter":12,"serial":1,"department":"business","day_on":"2026-10-26","person":"clerk","state":"awarded","entered_by":"clerk","amendments":0}],"ship":[{"entry":32,"project":"PRJ26-001","notice":"HAY05004","form":"truck","place":"包头市昆区","contact_person":"刘工","phone":"13800000000","route":"京藏高速","capacity":"none","freight":"company","completion_notice":"WG-1101","completed_on":"2026-10-26","carrier":"顺达","price_fen":4200000,"days":3,"award_reason":"带大件运输资质","awarded_on":"2026-10-26"}],"ship_box":[{"entry":32,"position":1,"cases":"1-14","boxes":14,"weight_g":23500000}],"ship_quote":[{"entry":32,"position":1,"carrier":"顺达","price_fen":4200000,"days":3,"quality":4,"quoted_on":"2026-10-26"},{"entry":32,"position":2,"carrier":"恒通","price_fen":3900000,"days":5,"quality":3,"quoted_on":"2026-10-26"}],"exception":[{"entry":32,"position":1,"happened_on":"2026-10-26","clause":"R6.2","refused":"SHP26-001 goes to 顺达 at 42,000.00, above the cheapest, 恒通 at 39,000.00","reason":"带大件运输资质","person":"clerk"}]}',X'f1f0a740265d33d268fea263f0d2f5c48882f56ecfb2d6d01892b345b02860b8');
INSERT INTO journal VALUES(120,'2026-10-26T09:00:00Z','2026-11-29T02:33:42Z','ship schedule','SHP26-001','2026-10-26','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":32,"register":"ship","number":"SHP26-001","counter":12,"serial":1,"department":"business","day_on":"2026-10-26","person":"clerk","state":"scheduled","entered_by":"clerk","amendments":0}],"ship":[{"entry":32,"project":"PRJ26-001","notice":"HAY05004","form":"truck","place":"包头市昆区","contact_person":"刘工","phone":"13800000000","route":"京藏高速","capacity":"none","freight":"company","completion_notice":"WG-1101","completed_on":"2026-10-26","carrier":"顺达","price_fen":4200000,"days":3,"award_reason":"带大件运输资质","awarded_on":"2026-10-26","scheduled_on":"2026-11-02","agreed_with":"刘工"}],"ship_box":[{"entry":32,"position":1,"cases":"1-14","boxes":14,"weight_g":23500000}],"ship_quote":[{"entry":32,"position":1,"carrier":"顺达","price_fen":4200000,"days":3,"quality":4,"quoted_on":"2026-10-26"},{"entry":32,"position":2,"carrier":"恒通","price_fen":3900000,"days":5,"quality":3,"quoted_on":"2026-10-26"}],"exception":[{"entry":32,"position":1,"happened_on":"2026-10-26","clause":"R6.2","refused":"SHP26-001 goes to 顺达 at 42,000.00, above the cheapest, 恒通 at 39,000.00","reason":"带大件运输资质","person":"clerk"}]}',X'dad0298f810e2be6ba183fa7fc9d1226f28001b1c1fcc2d28752c47807de27e7');
INSERT INTO journal VALUES(121,'2026-10-29T15:00:00Z','2026-11-29T02:33:42Z','info report','INF26-0002','2026-10-29','wang','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":6,"register":"info","number":"INF26-0002","counter":4,"serial":2,"department":"business","day_on":"2026-10-12","person":"li","state":"reported","entered_by":"clerk","amendments":0}],"info":[{"entry":6,"customer":"鞍钢集团矿业有限公司","customer_fold":"鞍钢集团矿业","region":"辽宁省鞍山市","equipment":"球磨机","need":"2027 年扩产,两台","contact_person":"刘工","phone":"13800000001","amount_fen":860000000,"reported_on":"2026-10-29","late_flag":0}]}',X'2b793666fd2b8c1770303d74aeb58448a5d15c5df37d8d204ced8317462bcd28');
INSERT INTO journal VALUES(122,'2026-10-29T15:00:00Z','2026-11-29T02:33:42Z','info report','INF26-0005','2026-10-29','wang','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":11,"register":"info","number":"INF26-0005","counter":4,"serial":5,"department":"business","day_on":"2026-10-13","person":"li","state":"reported","entered_by":"clerk","amendments":0}],"info":[{"entry":11,"customer":"本溪钢铁(集团)有限责任公司","customer_fold":"本溪钢铁","region":"辽宁省本溪市","equipment":"圆锥破碎机","need":"替换旧机一台","amount_fen":210000000,"reported_on":"2026-10-29","late_flag":0}]}',X'e06aa8780611ada5317d6152ad73a55c9918723bf0973fe0ce51d9abeaa8563e');
INSERT INTO journal VALUES(123,'2026-10-29T15:00:00Z','2026-11-29T02:33:42Z','info report','INF26-0006','2026-10-29','wang','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":12,"register":"info","number":"INF26-0006","counter":4,"serial":6,"department":"business","day_on":"2026-10-13","person":"zhang","state":"reported","entered_by":"clerk","amendments":0}],"info":[{"entry":12,"customer":"鞍钢集团矿业 有限公司","customer_fold":"鞍钢集团矿业","region":"辽宁省鞍山市","equipment":"球磨机","need":"扩产项目,两台","amount_fen":860000000,"duplicate_of":"INF26-0002","reported_on":"2026-10-29","late_flag":0}]}',X'6cb03d23504632843e535585338e503ac2511543d34f98124a0936ec28c0b1ef');
INSERT INTO journal VALUES(124,'2026-10-29T15:00:00Z','2026-11-29T02:33:42Z','info report','INF26-0007','2026-10-29','wang','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":18,"register":"info","number":"INF26-0007","counter":4,"serial":7,"department":"business","day_on":"2026-10-15","person":"zhang","state":"reported","entered_by":"clerk","amendments":0}],"info":[{"entry":18,"customer":"抚顺新钢铁有限责任公司","customer_fold":"抚顺新钢铁","region":"辽宁省抚顺市","equipment":"振动筛","need":"四台","amount_fen":56000000,"reported_on":"2026-10-29","late_flag":0}]}',X'40d9af13332b57c81f03c3af181a2781825b08a12972d42b35130c140a23e993');
INSERT INTO journal VALUES(125,'2026-10-29T15:00:00Z','2026-11-29T02:33:42Z','info report','INF26-0008','2026-10-29','wang','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":19,"register":"info","number":"INF26-0008","counter":4,"serial":8,"department":"business","day_on":"2026-10-15","person":"li","state":"reported","entered_by":"clerk","amendments":0}],"info":[{"entry":19,"customer":"凌源钢铁股份有限公司","customer_fold":"凌源钢铁","region":"辽宁省朝阳市","equipment":"球磨机","need":"一台,含电控","amount_fen":430000000,"reported_on":"2026-10-29","late_flag":0}]}',X'def240722db4510a8180efd50205eb1a1846034022fce094c16718a32e0fc0ab');
INSERT INTO journal VALUES(126,'2026-10-29T15:00:00Z','2026-11-29T02:33:42Z','info report','INF26-0009','2026-10-29','wang','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":21,"register":"info","number":"INF26-0009","counter":4,"serial":9,"department":"business","day_on":"2026-10-19","person":"zhang","state":"reported","entered_by":"clerk","amendments":0}],"info":[{"entry":21,"customer":"通化钢铁股份有限公司","customer_fold":"通化钢铁","region":"吉林省通化市","equipment":"颚式破碎机","need":"备件","amount_fen":12500000,"reported_on":"2026-10-29","late_flag":0}]}',X'9b17c46bc2889deb439fe6f48bcd96a2d94dee13144e564a4e11ed76aef53c7a');
INSERT INTO journal VALUES(127,'2026-10-29T15:00:00Z','2026-11-29T02:33:42Z','info report','INF26-0011','2026-10-29','wang','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":23,"register":"info","number":"INF26-0011","counter":4,"serial":11,"department":"business","day_on":"2026-10-20","person":"li","state":"reported","entered_by":"clerk","amendments":0}],"info":[{"entry":23,"customer":"首钢矿业公司","customer_fold":"首钢矿业","region":"河北省唐山市","equipment":"球磨机","need":"两台,2027 年三季度","amount_fen":905000000,"reported_on":"2026-10-29","late_flag":0}]}',X'cb5256693a85937c7c174a4f7e0c63e8d2bb657498647c479a043d36875cf17b');
INSERT INTO journal VALUES(128,'2026-10-29T15:00:00Z','2026-11-29T02:33:42Z','info report','report business 2026-10','2026-10-29','wang','clerk',0,'clerk','desk',NULL,'{"info_report":[{"department":"business","month":"2026-10","position":1,"reported_on":"2026-10-29","reported_by":"wang","entries":7,"late_flag":0}]}',X'863aa1281cafe3143a312a51ee52cb13986cce9a52e3819ff983f2d7f2d67436');
INSERT INTO journal VALUES(129,'2026-10-29T15:00:00Z','2026-11-29T02:33:42Z','info report','INF26-0003','2026-10-29','qian','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":7,"register":"info","number":"INF26-0003","counter":4,"serial":3,"department":"foreign-trade","day_on":"2026-10-12","person":"feng","state":"reported","entered_by":"clerk","amendments":0}],"info":[{"entry":7,"customer":"Emir Mining LLP","customer_fold":"emirminingllp","region":"哈萨克斯坦","equipment":"球磨机","need":"3.6 m, 2 sets","contact_person":"Mr. Sadykov","phone":"+77010000001","amount_fen":1350000000,"reported_on":"2026-10-29","late_flag":0}]}',X'4142c4d2d7fd10ec7c6437f436fdf99052e38436f9c82aec93bfaf82e67df12f');
INSERT INTO journal VALUES(130,'2026-10-29T15:00:00Z','2026-11-29T02:33:42Z','info report','INF26-0012','2026-10-29','qian','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":24,"register":"info","number":"INF26-0012","counter":4,"serial":12,"department":"foreign-trade","day_on":"2026-10-20","person":"feng","state":"reported","entered_by":"clerk","amendments":0}],"info":[{"entry":24,"customer":"PT Borneo Nikel","customer_fold":"ptborneonikel","region":"印度尼西亚","equipment":"圆锥破碎机","need":"1 set","amount_fen":240000000,"reported_on":"2026-10-29","late_flag":0}]}',X'f0db2f1e1a0e4c079adff48d384cc5c07cc6a5f7c46acb1f7b38185fad31bf2c');
INSERT INTO journal VALUES(131,'2026-10-29T15:00:00Z','2026-11-29T02:33:42Z','info report','report foreign-trade 2026-10','2026-10-29','qian','clerk',0,'clerk','desk',NULL,'{"info_report":[{"department":"foreign-trade","month":"2026-10","position":1,"reported_on":"2026-10-29","reported_by":"qian","entries":2,"late_flag":0}]}',X'32d5d1e4e5f1bf8d7de9288e0689495210aa31e46b52863108fdbe2086ed131d');
INSERT INTO journal VALUES(132,'2026-10-29T15:00:00Z','2026-11-29T02:33:42Z','info report','INF26-0004','2026-10-29','gao','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":8,"register":"info","number":"INF26-0004","counter":4,"serial":4,"department":"shandong","day_on":"2026-10-12","person":"xu","state":"reported","entered_by":"clerk","amendments":0}],"info":[{"entry":8,"customer":"招金矿业股份有限公司","customer_fold":"招金矿业","region":"山东省烟台市","equipment":"球磨机","need":"两台,选厂扩建","contact_person":"丁总","amount_fen":780000000,"reported_on":"2026-10-29","late_flag":0}]}',X'fac5cbe7d1725a0afbac9a969f0327f2121bead9b0340a0d69a3430d7531914e');
INSERT INTO journal VALUES(133,'2026-10-29T15:00:00Z','2026-11-29T02:33:42Z','info report','INF26-0010','2026-10-29','gao','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":22,"register":"info","number":"INF26-0010","counter":4,"serial":10,"department":"shandong","day_on":"2026-10-19","person":"xu","state":"reported","entered_by":"clerk","amendments":0}],"info":[{"entry":22,"customer":"山东钢铁集团矿业有限公司","customer_fold":"山东钢铁集团矿业","region":"山东省济南市","equipment":"球磨机","need":"一台","amount_fen":415000000,"reported_on":"2026-10-29","late_flag":0}]}',X'75def5dd0050376abe8ce760e4c728b06f237f18cc7966a868e8eb7e79997067');
INSERT INTO journal VALUES(134,'2026-10-29T15:00:00Z','2026-11-29T02:33:42Z','info report','INF26-0013','2026-10-29','gao','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":30,"register":"info","number":"INF26-0013","counter":4,"serial":13,"department":"shandong","day_on":"2026-10-26","person":"xu","state":"reported","entered_by":"clerk","amendments":0}],"info":[{"entry":30,"customer":"淄博宏达矿业有限公司","customer_fold":"淄博宏达矿业","region":"山东省淄博市","equipment":"颚式破碎机","need":"两台","amount_fen":96000000,"reported_on":"2026-10-29","late_flag":0}]}',X'857aa7f97d26c86ca00da4704000c9e1f67da27750f8d33766fc3174fe41c75f');
INSERT INTO journal VALUES(135,'2026-10-29T15:00:00Z','2026-11-29T02:33:42Z','info report','report shandong 2026-10','2026-10-29','gao','clerk',0,'clerk','desk',NULL,'{"info_report":[{"department":"shandong","month":"2026-10","position":1,"reported_on":"2026-10-29","reported_by":"gao","entries":3,"late_flag":0}]}',X'fd4b119861eb30cbd278f047383ef7251c09cbfe895b60194b2c3c9e0c416bea');
INSERT INTO journal VALUES(136,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','info file','INF26-0002','2026-10-30','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":6,"register":"info","number":"INF26-0002","counter":4,"serial":2,"department":"business","day_on":"2026-10-12","person":"li","state":"filed","entered_by":"clerk","amendments":0}],"info":[{"entry":6,"customer":"鞍钢集团矿业有限公司","customer_fold":"鞍钢集团矿业","region":"辽宁省鞍山市","equipment":"球磨机","need":"2027 年扩产,两台","contact_person":"刘工","phone":"13800000001","amount_fen":860000000,"reported_on":"2026-10-29","late_flag":0,"filed_on":"2026-10-30"}]}',X'3df5dc089d8c3b74c60893fbc370e8e1de836dd2af1dc77b1940b0ddf0dac8a1');
INSERT INTO journal VALUES(137,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','info file','INF26-0003','2026-10-30','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":7,"register":"info","number":"INF26-0003","counter":4,"serial":3,"department":"foreign-trade","day_on":"2026-10-12","person":"feng","state":"filed","entered_by":"clerk","amendments":0}],"info":[{"entry":7,"customer":"Emir Mining LLP","customer_fold":"emirminingllp","region":"哈萨克斯坦","equipment":"球磨机","need":"3.6 m, 2 sets","contact_person":"Mr. Sadykov","phone":"+77010000001","amount_fen":1350000000,"reported_on":"2026-10-29","late_flag":0,"filed_on":"2026-10-30"}]}',X'663eedba4dd13bd51991a90b2783cc3e77d5a5496222be512d8ee8db9ef5f1c2');
INSERT INTO journal VALUES(138,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','info file','INF26-0004','2026-10-30','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":8,"register":"info","number":"INF26-0004","counter":4,"serial":4,"department":"shandong","day_on":"2026-10-12","person":"xu","state":"filed","entered_by":"clerk","amendments":0}],"info":[{"entry":8,"customer":"招金矿业股份有限公司","customer_fold":"招金矿业","region":"山东省烟台市","equipment":"球磨机","need":"两台,选厂扩建","contact_person":"丁总","amount_fen":780000000,"reported_on":"2026-10-29","late_flag":0,"filed_on":"2026-10-30"}]}',X'53432ef75898887b6972cb599db94dee28519ec7733e3fc6332ccab10725011b');
INSERT INTO journal VALUES(139,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','info file','INF26-0005','2026-10-30','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":11,"register":"info","number":"INF26-0005","counter":4,"serial":5,"department":"business","day_on":"2026-10-13","person":"li","state":"filed","entered_by":"clerk","amendments":0}],"info":[{"entry":11,"customer":"本溪钢铁(集团)有限责任公司","customer_fold":"本溪钢铁","region":"辽宁省本溪市","equipment":"圆锥破碎机","need":"替换旧机一台","amount_fen":210000000,"reported_on":"2026-10-29","late_flag":0,"filed_on":"2026-10-30"}]}',X'e3eb6181718490656d40dead0c19f4997ce616ba2202968180ec847b6a2ff462');
INSERT INTO journal VALUES(140,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','info file','INF26-0006','2026-10-30','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":12,"register":"info","number":"INF26-0006","counter":4,"serial":6,"department":"business","day_on":"2026-10-13","person":"zhang","state":"filed","entered_by":"clerk","amendments":0}],"info":[{"entry":12,"customer":"鞍钢集团矿业 有限公司","customer_fold":"鞍钢集团矿业","region":"辽宁省鞍山市","equipment":"球磨机","need":"扩产项目,两台","amount_fen":860000000,"duplicate_of":"INF26-0002","reported_on":"2026-10-29","late_flag":0,"filed_on":"2026-10-30"}]}',X'aa68348be4be8a3b4ae1d72aa2d3c9bb91cd5dbb8ea65b7c5c370e8a8a7cac96');
INSERT INTO journal VALUES(141,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','info file','INF26-0007','2026-10-30','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":18,"register":"info","number":"INF26-0007","counter":4,"serial":7,"department":"business","day_on":"2026-10-15","person":"zhang","state":"filed","entered_by":"clerk","amendments":0}],"info":[{"entry":18,"customer":"抚顺新钢铁有限责任公司","customer_fold":"抚顺新钢铁","region":"辽宁省抚顺市","equipment":"振动筛","need":"四台","amount_fen":56000000,"reported_on":"2026-10-29","late_flag":0,"filed_on":"2026-10-30"}]}',X'8c719855516288d15c619f8700ea2716bb9c1b8759b678b91bb69f0269862ace');
INSERT INTO journal VALUES(142,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','info file','INF26-0008','2026-10-30','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":19,"register":"info","number":"INF26-0008","counter":4,"serial":8,"department":"business","day_on":"2026-10-15","person":"li","state":"filed","entered_by":"clerk","amendments":0}],"info":[{"entry":19,"customer":"凌源钢铁股份有限公司","customer_fold":"凌源钢铁","region":"辽宁省朝阳市","equipment":"球磨机","need":"一台,含电控","amount_fen":430000000,"reported_on":"2026-10-29","late_flag":0,"filed_on":"2026-10-30"}]}',X'8ff57583de63df382f4a4e5a7995bae6c3105c996e788c3a0c5acb8f13d1d03f');
INSERT INTO journal VALUES(143,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','info file','INF26-0009','2026-10-30','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":21,"register":"info","number":"INF26-0009","counter":4,"serial":9,"department":"business","day_on":"2026-10-19","person":"zhang","state":"filed","entered_by":"clerk","amendments":0}],"info":[{"entry":21,"customer":"通化钢铁股份有限公司","customer_fold":"通化钢铁","region":"吉林省通化市","equipment":"颚式破碎机","need":"备件","amount_fen":12500000,"reported_on":"2026-10-29","late_flag":0,"filed_on":"2026-10-30"}]}',X'1b978d70d3af237f5d9f4f610de210c132fc753d475c0f2f990e17ee639d2c72');
INSERT INTO journal VALUES(144,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','info file','INF26-0010','2026-10-30','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":22,"register":"info","number":"INF26-0010","counter":4,"serial":10,"department":"shandong","day_on":"2026-10-19","person":"xu","state":"filed","entered_by":"clerk","amendments":0}],"info":[{"entry":22,"customer":"山东钢铁集团矿业有限公司","customer_fold":"山东钢铁集团矿业","region":"山东省济南市","equipment":"球磨机","need":"一台","amount_fen":415000000,"reported_on":"2026-10-29","late_flag":0,"filed_on":"2026-10-30"}]}',X'e7b312f39c9ecd735c5cc6d0a753972553dcb04e924080bd9c34ec918a6b43c3');
INSERT INTO journal VALUES(145,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','info file','INF26-0011','2026-10-30','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":23,"register":"info","number":"INF26-0011","counter":4,"serial":11,"department":"business","day_on":"2026-10-20","person":"li","state":"filed","entered_by":"clerk","amendments":0}],"info":[{"entry":23,"customer":"首钢矿业公司","customer_fold":"首钢矿业","region":"河北省唐山市","equipment":"球磨机","need":"两台,2027 年三季度","amount_fen":905000000,"reported_on":"2026-10-29","late_flag":0,"filed_on":"2026-10-30"}]}',X'4c3b45d10f18c09f8b55de9a714356f80e038121b80a996f2efd99264240f794');
INSERT INTO journal VALUES(146,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','info file','INF26-0012','2026-10-30','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":24,"register":"info","number":"INF26-0012","counter":4,"serial":12,"department":"foreign-trade","day_on":"2026-10-20","person":"feng","state":"filed","entered_by":"clerk","amendments":0}],"info":[{"entry":24,"customer":"PT Borneo Nikel","customer_fold":"ptborneonikel","region":"印度尼西亚","equipment":"圆锥破碎机","need":"1 set","amount_fen":240000000,"reported_on":"2026-10-29","late_flag":0,"filed_on":"2026-10-30"}]}',X'7db447c3d7e5d98f7ed6a6a762d0b4dbc197e97d2101cd81ed44ee877da367fe');
INSERT INTO journal VALUES(147,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','info file','INF26-0013','2026-10-30','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":30,"register":"info","number":"INF26-0013","counter":4,"serial":13,"department":"shandong","day_on":"2026-10-26","person":"xu","state":"filed","entered_by":"clerk","amendments":0}],"info":[{"entry":30,"customer":"淄博宏达矿业有限公司","customer_fold":"淄博宏达矿业","region":"山东省淄博市","equipment":"颚式破碎机","need":"两台","amount_fen":96000000,"reported_on":"2026-10-29","late_flag":0,"filed_on":"2026-10-30"}]}',X'56447b45b0e277f2f73f78b2a491b02fb91c43418e832c7125f11b4123fca385');
INSERT INTO journal VALUES(148,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','info assign','INF26-0002','2026-10-30','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":6,"register":"info","number":"INF26-0002","counter":4,"serial":2,"department":"business","day_on":"2026-10-12","person":"li","state":"assigned","entered_by":"clerk","amendments":0}],"info":[{"entry":6,"customer":"鞍钢集团矿业有限公司","customer_fold":"鞍钢集团矿业","region":"辽宁省鞍山市","equipment":"球磨机","need":"2027 年扩产,两台","contact_person":"刘工","phone":"13800000001","amount_fen":860000000,"reported_on":"2026-10-29","late_flag":0,"filed_on":"2026-10-30","assigned_to":"business","assigned_on":"2026-10-30"}]}',X'b144d284ca1ae6755a8a7b24689c9227fc84e310e1fd7ba58c5eccfd81e26561');
INSERT INTO journal VALUES(149,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','info assign','INF26-0004','2026-10-30','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":8,"register":"info","number":"INF26-0004","counter":4,"serial":4,"department":"shandong","day_on":"2026-10-12","person":"xu","state":"assigned","entered_by":"clerk","amendments":0}],"info":[{"entry":8,"customer":"招金矿业股份有限公司","customer_fold":"招金矿业","region":"山东省烟台市","equipment":"球磨机","need":"两台,选厂扩建","contact_person":"丁总","amount_fen":780000000,"reported_on":"2026-10-29","late_flag":0,"filed_on":"2026-10-30","assigned_to":"shandong","assigned_on":"2026-10-30"}]}',X'8c554622c8461a61cde92c30ac28c69ae27fd6f4f1adce4573628ad7493cee48');
INSERT INTO journal VALUES(150,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','info track','INF26-0002','2026-10-30','wang','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":6,"register":"info","number":"INF26-0002","counter":4,"serial":2,"department":"business","day_on":"2026-10-12","person":"li","state":"tracked","entered_by":"clerk","amendments":0}],"info":[{"entry":6,"customer":"鞍钢集团矿业有限公司","customer_fold":"鞍钢集团矿业","region":"辽宁省鞍山市","equipment":"球磨机","need":"2027 年扩产,两台","contact_person":"刘工","phone":"13800000001","amount_fen":860000000,"reported_on":"2026-10-29","late_flag":0,"filed_on":"2026-10-30","assigned_to":"business","assigned_on":"2026-10-30","tracker":"li","tracked_on":"2026-10-30"}]}',X'c9f07c20acd11fc49ea04fb1153a9896a9962f091078371aeb5f8e1913fd4843');
INSERT INTO journal VALUES(151,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','info follow','INF26-0002','2026-10-30','li','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":6,"register":"info","number":"INF26-0002","counter":4,"serial":2,"department":"business","day_on":"2026-10-12","person":"li","state":"tracked","entered_by":"clerk","amendments":0}],"info":[{"entry":6,"customer":"鞍钢集团矿业有限公司","customer_fold":"鞍钢集团矿业","region":"辽宁省鞍山市","equipment":"球磨机","need":"2027 年扩产,两台","contact_person":"刘工","phone":"13800000001","amount_fen":860000000,"reported_on":"2026-10-29","late_flag":0,"filed_on":"2026-10-30","assigned_to":"business","assigned_on":"2026-10-30","tracker":"li","tracked_on":"2026-10-30"}],"follow":[{"entry":6,"position":1,"noted_on":"2026-10-30","person":"li","note":"已寄样本和业绩表"}]}',X'fca3c74696e77e68b025325477715c4917037dc4ceda1a6fb64286129a628588');
INSERT INTO journal VALUES(152,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','info grant','grant 1','2026-10-30','chen','clerk',0,'clerk','desk',NULL,'{"access_grant":[{"id":1,"person":"sun","region":"内蒙古","from_on":"2026-10-30","until_on":"2026-12-31","approved_by":"chen"}]}',X'ca0529664adba37800fba165eb48f975f4d94f8372dfaa74e25d6e43841d1b0c');
INSERT INTO journal VALUES(153,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','project receive','PRJ26-001','2026-10-30','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":5,"register":"project","number":"PRJ26-001","counter":5,"serial":1,"department":"business","day_on":"2026-10-09","person":"wang","state":"contracted","entered_by":"clerk","amendments":0}],"project":[{"entry":5,"customer":"包头钢铁(集团)有限责任公司","title":"球磨机 2 台","product":"球磨机","region":"内蒙古包头市","amount_fen":1260000000,"major_flag":1}],"leader":[{"entry":5,"position":1,"person":"li","from_on":"2026-10-09","appointed_by":"chen"}],"milestone":[{"entry":5,"position":1,"what":"技术谈判","due_on":"2026-10-20","done_on":"2026-10-20"},{"entry":5,"position":2,"what":"图纸会签","due_on":"2026-10-28"}],"project_log":[{"entry":5,"position":1,"kind":"negotiation","logged_on":"2026-10-19","person":"li","text":"技术交流,轴承座改型"}],"review":[{"entry":5,"position":1,"item":"技术要求","reviewer":"wu","reviewed_on":"2026-10-20","passed_flag":1},{"entry":5,"position":2,"item":"交货期","reviewer":"he","reviewed_on":"2026-10-20","passed_flag":1}],"contract":[{"entry":5,"position":1,"contract":"BG-2026-118","signed_on":"2026-10-22","customer":"包头钢铁(集团)有限责任公司","currency":"CNY","amount_fen":1258000000,"deliver_by_on":"2027-03-31","warranty_months":12}],"product_line":[{"entry":5,"contract":1,"position":1,"product":"球磨机 MQ3645","quantity":2,"price_fen":629000000}],"instalment":[{"entry":5,"position":1,"kind":"advance","share_pct":3000,"amount_fen":377400000,"received_fen":377400000,"due_event":"signing","due_on":"2026-10-22"},{"entry":5,"position":2,"kind":"progress","share_pct":3000,"amount_fen":377400000,"received_fen":0,"due_event":"completion","due_on":"2026-10-26"},{"entry":5,"position":3,"kind":"delivery","share_pct":3000,"amount_fen":377400000,"received_fen":0,"due_event":"delivery"},{"entry":5,"position":4,"kind":"warranty","share_pct":1000,"amount_fen":125800000,"received_fen":0,"due_event":"acceptance"}],"receipt":[{"entry":5,"position":1,"instalment":1,"amount_fen":377400000,"received_on":"2026-10-30","voucher":"银-1028"}]}',X'b7c4d4eb236b5a498a3e0046761458dc26866f2a6b09cc80f7cbd2e5d9dec906');
INSERT INTO journal VALUES(154,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','fee sign','FEE26-001','2026-10-30','chen','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":29,"register":"fee","number":"FEE26-001","counter":11,"serial":1,"department":"business","day_on":"2026-10-22","person":"li","state":"signed","entered_by":"clerk","amendments":0}],"fee":[{"entry":29,"kind":"agency","payee":"内蒙古某咨询公司","employer":"内蒙古某咨询公司","project":"PRJ26-001","basis_fen":1258000000,"rate_pct":200,"amount_fen":25160000,"reason":"投标代理","asked_by":"li","customer_flag":0,"agreement":"DL-07","party":"内蒙古某咨询公司","other_party_flag":0,"signed_on":"2026-10-30","signed_by":"chen"}],"approval":[{"entry":29,"position":1,"verb":"approve","decided_by":"lin","decided_on":"2026-10-22","entered_at":"2026-10-22T16:00:00Z","amount_fen":25160000,"subject_hash":"b3ef715e22bd1dc7d94e808ec74aa705083c397662f69ded682e1aa8b9b9e970"}]}',X'd2c36d7a6b76268cf09b4b2d34a753485860c1a28d3cbed048bb4785a6cf079e');
INSERT INTO journal VALUES(155,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','fee register','FEE26-001','2026-10-30','zhou','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":29,"register":"fee","number":"FEE26-001","counter":11,"serial":1,"department":"business","day_on":"2026-10-22","person":"li","state":"registered","entered_by":"clerk","amendments":0}],"fee":[{"entry":29,"kind":"agency","payee":"内蒙古某咨询公司","employer":"内蒙古某咨询公司","project":"PRJ26-001","basis_fen":1258000000,"rate_pct":200,"amount_fen":25160000,"reason":"投标代理","asked_by":"li","customer_flag":0,"agreement":"DL-07","party":"内蒙古某咨询公司","other_party_flag":0,"signed_on":"2026-10-30","signed_by":"chen","registered_on":"2026-10-30"}],"approval":[{"entry":29,"position":1,"verb":"approve","decided_by":"lin","decided_on":"2026-10-22","entered_at":"2026-10-22T16:00:00Z","amount_fen":25160000,"subject_hash":"b3ef715e22bd1dc7d94e808ec74aa705083c397662f69ded682e1aa8b9b9e970"}]}',X'0b166c36d43bf08ebdcb7210a0bdba4b57c4fee394b5f3b754f6812e9ae415f0');
INSERT INTO journal VALUES(156,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','fee bill','FEE26-001','2026-10-30','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":29,"register":"fee","number":"FEE26-001","counter":11,"serial":1,"department":"business","day_on":"2026-10-22","person":"li","state":"registered","entered_by":"clerk","amendments":0}],"fee":[{"entry":29,"kind":"agency","payee":"内蒙古某咨询公司","employer":"内蒙古某咨询公司","project":"PRJ26-001","basis_fen":1258000000,"rate_pct":200,"amount_fen":25160000,"reason":"投标代理","asked_by":"li","customer_flag":0,"agreement":"DL-07","party":"内蒙古某咨询公司","other_party_flag":0,"signed_on":"2026-10-30","signed_by":"chen","registered_on":"2026-10-30"}],"fee_payment":[{"entry":29,"position":1,"amount_fen":10000000,"asked_on":"2026-10-30","asked_by":"clerk"}],"approval":[{"entry":29,"position":1,"verb":"approve","decided_by":"lin","decided_on":"2026-10-22","entered_at":"2026-10-22T16:00:00Z","amount_fen":25160000,"subject_hash":"b3ef715e22bd1dc7d94e808ec74aa705083c397662f69ded682e1aa8b9b9e970"}]}',X'f44815c2f8ff574cd10a0544cf94e67412414368252f263887e15d6e8fffac7d');
INSERT INTO journal VALUES(157,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','asset repair','AST-0001','2026-10-30','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":9,"register":"asset","number":"AST-0001","counter":6,"serial":1,"department":"general","day_on":"2026-10-10","person":"zhou","state":"in-use","entered_by":"clerk","amendments":0}],"asset":[{"entry":9,"name":"笔记本电脑 ThinkPad T14","serial_no":"PF3X20","tag":"办公-014","price_fen":799900}],"custody":[{"entry":9,"position":1,"duty":"keeper","person":"zhou","from_on":"2026-10-12"},{"entry":9,"position":2,"duty":"user","person":"li","purpose":"出差报价","from_on":"2026-10-12"}],"damage":[{"entry":9,"position":1,"what":"屏幕碎裂","reported_by":"li","happened_on":"2026-10-20","reported_on":"2026-10-20","from_state":"in-use","outcome":"repaired","back_on":"2026-10-30","cost_fen":90000}]}',X'126d07e20362e4f371efbe14912c20f0c52582dc1d9ea461a4aa3c9a65774e1a');
INSERT INTO journal VALUES(158,'2026-10-30T10:00:00Z','2026-11-29T02:33:42Z','gift add','GFT26-002','2026-10-30','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":33,"register":"gift","number":"GFT26-002","counter":9,"serial":2,"department":"baotou","day_on":"2026-10-30","person":"sun","state":"requested","entered_by":"clerk","amendments":0}],"gift":[{"entry":33,"unit":"包头钢铁(集团)有限责任公司","occasion":"拜访","place":"Shenyang"}],"gift_recipient":[{"entry":33,"position":1,"name":"王科长","post":"科长","official_flag":0}],"gift_line":[{"entry":33,"position":1,"item":1,"name":"铸铜摆件","quantity":2,"price_fen":18000}]}',X'30c71703877a2ef979e4b76866cc1b380b9a20cd5991ee5c7a1d9d1fc6706459');
INSERT INTO journal VALUES(159,'2026-10-31T01:00:00Z','2026-11-29T02:33:42Z','series reserve','HAS05002','2026-10-31','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":34,"register":"contact","number":"HAS05002","counter":7,"serial":2,"department":"shandong","day_on":"2026-10-31","person":"clerk","state":"reserved","entered_by":"clerk","amendments":0}]}',X'97223df2ae2c15ac313531d291da4de10acb0d216395b844da2dfd56f9fa9e47');
INSERT INTO journal VALUES(160,'2026-10-31T01:00:00Z','2026-11-29T02:33:42Z','series reserve','HAS05003','2026-10-31','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":35,"register":"contact","number":"HAS05003","counter":7,"serial":3,"department":"shandong","day_on":"2026-10-31","person":"clerk","state":"reserved","entered_by":"clerk","amendments":0}]}',X'219b080327e017a51f895a6b0b0ac27ad724154f82bc35b9b44a542edf86fe2e');
INSERT INTO journal VALUES(161,'2026-10-31T01:00:00Z','2026-11-29T02:33:42Z','series reserve','once pad-1','2026-10-31','clerk','clerk',0,'clerk','desk',NULL,'{"once":[{"key":"pad-1","arguments":"f8541d2e865c7b7528f389b80e3b29094ede58b220a4b0a92df66e6ddf64220c","used_at":"2026-10-31T01:00:00Z","verb":"series reserve","number":"HAS05002\nHAS05003","line":"HAS05002 to HAS05003: reserved for a paper pad of shandong"}]}',X'0e691bea68c702fdc40364dfc23db46887b602c995ba18238474b1dc64a4bb63');
INSERT INTO journal VALUES(162,'2026-10-31T01:00:00Z','2026-11-29T02:33:42Z','series close','series foreign-trade','2026-10-31','clerk','clerk',0,'clerk','desk',NULL,'{"series":[{"key":"foreign-trade","register":"contact","department":"foreign-trade"}],"template":[{"series":"foreign-trade","from_on":"1949-01-01","template":"HAW05{seq:3}"}],"closing":[{"series":"foreign-trade","prefix":"HAW05","closed_on":"2026-10-31"}]}',X'5868230ab695e09106f4370e1537563d023d0a4a9e63ce25497d0896e11e57d0');
INSERT INTO journal VALUES(163,'2026-10-31T02:00:00Z','2026-11-29T02:33:50Z','project problem','PRJ26-001','2026-10-31','li','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":5,"register":"project","number":"PRJ26-001","counter":5,"serial":1,"department":"business","day_on":"2026-10-09","person":"wang","state":"contracted","entered_by":"clerk","amendments":0}],"project":[{"entry":5,"customer":"包头钢铁(集团)有限责任公司","title":"球磨机 2 台","product":"球磨机","region":"内蒙古包头市","amount_fen":1260000000,"major_flag":1}],"leader":[{"entry":5,"position":1,"person":"li","from_on":"2026-10-09","appointed_by":"chen"}],"milestone":[{"entry":5,"position":1,"what":"技术谈判","due_on":"2026-10-20","done_on":"2026-10-20"},{"entry":5,"position":2,"what":"图纸会签","due_on":"2026-10-28"}],"project_log":[{"entry":5,"position":1,"kind":"negotiation","logged_on":"2026-10-19","person":"li","text":"技术交流,轴承座改型"}],"review":[{"entry":5,"position":1,"item":"技术要求","reviewer":"wu","reviewed_on":"2026-10-20","passed_flag":1},{"entry":5,"position":2,"item":"交货期","reviewer":"he","reviewed_on":"2026-10-20","passed_flag":1}],"problem":[{"entry":5,"position":1,"kind":"execution","what":"轴承座螺孔错位","department":"business","found_on":"2026-10-31"}],"contract":[{"entry":5,"position":1,"contract":"BG-2026-118","signed_on":"2026-10-22","customer":"包头钢铁(集团)有限责任公司","currency":"CNY","amount_fen":1258000000,"deliver_by_on":"2027-03-31","warranty_months":12}],"product_line":[{"entry":5,"contract":1,"position":1,"product":"球磨机 MQ3645","quantity":2,"price_fen":629000000}],"instalment":[{"entry":5,"position":1,"kind":"advance","share_pct":3000,"amount_fen":377400000,"received_fen":377400000,"due_event":"signing","due_on":"2026-10-22"},{"entry":5,"position":2,"kind":"progress","share_pct":3000,"amount_fen":377400000,"received_fen":0,"due_event":"completion","due_on":"2026-10-26"},{"entry":5,"position":3,"kind":"delivery","share_pct":3000,"amount_fen":377400000,"received_fen":0,"due_event":"delivery"},{"entry":5,"position":4,"kind":"warranty","share_pct":1000,"amount_fen":125800000,"received_fen":0,"due_event":"acceptance"}],"receipt":[{"entry":5,"position":1,"instalment":1,"amount_fen":377400000,"received_on":"2026-10-30","voucher":"银-1028"}]}',X'c731601851c9991c14fdb7ce9642bb0be9af037be6ea0c8bc5bb116ba4449fd5');
INSERT INTO journal VALUES(164,'2026-10-31T02:00:00Z','2026-11-29T02:33:50Z','asset count','stocktake 1','2026-10-31','clerk','clerk',0,'clerk','desk',NULL,'{"stocktake":[{"id":1,"counted_on":"2026-10-31","counted_by":"clerk"}],"stock_line":[{"stocktake":1,"position":1,"line":"AST-0001","number":"AST-0001","state":"in-use","finding":"found"}]}',X'3b8c8c0c38eb7d34ad1213ae38b51978728cf2e52975775bdd0a694f057b6d9c');
INSERT INTO journal VALUES(165,'2026-10-31T02:00:00Z','2026-11-29T02:33:50Z','asset count','stocktake 1','2026-10-31','zhou','clerk',0,'clerk','desk',NULL,'{"stocktake":[{"id":1,"counted_on":"2026-10-31","counted_by":"clerk","closed_on":"2026-10-31","signed_by":"zhou"}],"stock_line":[{"stocktake":1,"position":1,"line":"AST-0001","number":"AST-0001","state":"in-use","finding":"found"},{"stocktake":1,"position":2,"line":"AST-0002","number":"AST-0002","state":"in-store","finding":"missing"}]}',X'85e94b4993984a1a5f43e2e3c30dc959f32fe3ee76974def18de0e4b5c36789b');
INSERT INTO journal VALUES(166,'2026-10-31T02:00:00Z','2026-11-29T02:33:58Z','project team','PRJ26-001','2026-10-31','li','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":5,"register":"project","number":"PRJ26-001","counter":5,"serial":1,"department":"business","day_on":"2026-10-09","person":"wang","state":"contracted","entered_by":"clerk","amendments":0}],"project":[{"entry":5,"customer":"包头钢铁(集团)有限责任公司","title":"球磨机 2 台","product":"球磨机","region":"内蒙古包头市","amount_fen":1260000000,"major_flag":1}],"leader":[{"entry":5,"position":1,"person":"li","from_on":"2026-10-09","appointed_by":"chen"}],"team":[{"entry":5,"position":1,"person":"zhang","role":"member","from_on":"2026-10-31","named_by":"li"}],"milestone":[{"entry":5,"position":1,"what":"技术谈判","due_on":"2026-10-20","done_on":"2026-10-20"},{"entry":5,"position":2,"what":"图纸会签","due_on":"2026-10-28"}],"project_log":[{"entry":5,"position":1,"kind":"negotiation","logged_on":"2026-10-19","person":"li","text":"技术交流,轴承座改型"}],"review":[{"entry":5,"position":1,"item":"技术要求","reviewer":"wu","reviewed_on":"2026-10-20","passed_flag":1},{"entry":5,"position":2,"item":"交货期","reviewer":"he","reviewed_on":"2026-10-20","passed_flag":1}],"problem":[{"entry":5,"position":1,"kind":"execution","what":"轴承座螺孔错位","department":"business","found_on":"2026-10-31"}],"contract":[{"entry":5,"position":1,"contract":"BG-2026-118","signed_on":"2026-10-22","customer":"包头钢铁(集团)有限责任公司","currency":"CNY","amount_fen":1258000000,"deliver_by_on":"2027-03-31","warranty_months":12}],"product_line":[{"entry":5,"contract":1,"position":1,"product":"球磨机 MQ3645","quantity":2,"price_fen":629000000}],"instalment":[{"entry":5,"position":1,"kind":"advance","share_pct":3000,"amount_fen":377400000,"received_fen":377400000,"due_event":"signing","due_on":"2026-10-22"},{"entry":5,"position":2,"kind":"progress","share_pct":3000,"amount_fen":377400000,"received_fen":0,"due_event":"completion","due_on":"2026-10-26"},{"entry":5,"position":3,"kind":"delivery","share_pct":3000,"amount_fen":377400000,"received_fen":0,"due_event":"delivery"},{"entry":5,"position":4,"kind":"warranty","share_pct":1000,"amount_fen":125800000,"received_fen":0,"due_event":"acceptance"}],"receipt":[{"entry":5,"position":1,"instalment":1,"amount_fen":377400000,"received_on":"2026-10-30","voucher":"银-1028"}]}',X'907c2c13c63f77304585c33bc64bc611f42d981d72e359a1f159230f95aa5858');
INSERT INTO journal VALUES(167,'2026-10-31T02:00:00Z','2026-11-29T02:33:58Z','asset lose','AST-0002','2026-10-31','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":10,"register":"asset","number":"AST-0002","counter":6,"serial":2,"department":"general","day_on":"2026-10-12","person":"zhou","state":"lost","entered_by":"clerk","ended_on":"2026-10-31","amendments":0}],"asset":[{"entry":10,"name":"数码相机","serial_no":"00012345","price_fen":200000}],"custody":[{"entry":10,"position":1,"duty":"keeper","person":"zhou","from_on":"2026-10-12","until_on":"2026-10-31"}],"loss":[{"entry":10,"position":1,"kind":"lost","responsible":"zhou","happened_on":"2026-10-31","what":"出差途中遗失"}]}',X'81465b81402dc177d831971308b21cfab82b8f5ad1f9ff84fbc01e4194cebfcd');
INSERT INTO journal VALUES(168,'2026-10-31T02:00:00Z','2026-11-29T02:33:58Z','gift quote','GFT26-002','2026-10-31','clerk','clerk',0,'clerk','desk',NULL,'{"entry":[{"id":33,"register":"gift","number":"GFT26-002","counter":9,"serial":2,"department":"baotou","day_on":"2026-10-30","person":"sun","state":"requested","entered_by":"clerk","amendments":0}],"gift":[{"entry":33,"unit":"包头钢铁(集团)有限责任公司","occasion":"拜访","place":"Shenyang"}],"gift_recipient":[{"entry":33,"position":1,"name":"王科长","post":"科长","official_flag":0}],"gift_line":[{"entry":33,"position":1,"item":1,"name":"铸铜摆件","quantity":2,"price_fen":18000}],"gift_offer":[{"entry":33,"position":1,"supplier":"甲店","price_fen":35000,"quality":4,"offered_on":"2026-10-31"}]}',X'0835ecabdfdfbcfbe30f41c6e5348aef9a958ac4ab2865dfb7fd53285ce54e94');
INSERT INTO journal VALUES(169,'2026-10-31T02:00:00Z','2026-11-29T02:33:58Z','gift amend','GFT26-002','2026-10-31','clerk','clerk',0,'clerk','desk','写错','{"entry":[{"id":33,"register":"gift","number":"GFT26-002","counter":9,"serial":2,"department":"baotou","day_on":"2026-10-30","person":"sun","state":"requested","entered_by":"clerk","amendments":1}],"gift":[{"entry":33,"unit":"包头钢铁(集团)有限责任公司","occasion":"拜访","place":"包头"}],"gift_recipient":[{"entry":33,"position":1,"name":"王科长","post":"科长","official_flag":0}],"gift_line":[{"entry":33,"position":1,"item":1,"name":"铸铜摆件","quantity":2,"price_fen":18000}],"gift_offer":[{"entry":33,"position":1,"supplier":"甲店","price_fen":35000,"quality":4,"offered_on":"2026-10-31"}]}',X'730e6cba27ebc117dab51dcb28d25504e17f6c5e961a85f153a62f7d1c809930');
INSERT INTO journal VALUES(170,'2026-10-31T02:00:00Z','2026-11-29T02:33:58Z','contact amend','HAY05001','2026-10-31','clerk','clerk',0,'clerk','desk','写错','{"entry":[{"id":1,"register":"contact","number":"HAY05001","counter":1,"serial":1,"department":"business","day_on":"2026-10-08","person":"wang","state":"archived","entered_by":"clerk","ended_on":"2026-10-20","amendments":1}],"contact":[{"entry":1,"kind":"pre-contract","subject":"主轴承图纸确认","content":"包钢要求 10 月底前确认轴承座改型","addressed_to":"technology; general","reply_by_on":"2026-10-15","received_on":"2026-10-09","replied_on":"2026-10-14","archived_on":"2026-10-20","archived_by":"he","contract_file":"BG-2026-118"}],"signature":[{"entry":1,"party":"general","signed_by":"zhou","signed_on":"2026-10-09"},{"entry":1,"party":"technology","signed_by":"wu","signed_on":"2026-10-09"}],"reply":[{"entry":1,"position":1,"party":"technology","replied_by":"wu","replied_on":"2026-10-14","text":"可行,图号 TJ-1183"}]}',X'1637923632595b1b28f19a90b6d1e8decf5c62925e3119d777714603dd50742a');
CREATE TABLE reading (
    id INTEGER PRIMARY KEY,                 -- 1, 2, 3 … without a gap
    at TEXT NOT NULL,                       -- when it was read
    clock_at TEXT,                          -- as in journal
    person TEXT NOT NULL,                   -- who read
    declared_flag INTEGER NOT NULL,         -- as in journal
    os_login TEXT NOT NULL,                 -- as in journal
    host TEXT NOT NULL,                     -- as in journal
    command TEXT NOT NULL,                  -- what was asked
    scope TEXT NOT NULL,                    -- an entry's number, or the filter of a list
    entries INTEGER NOT NULL,               -- how many entries were shown unmasked
    hash BLOB NOT NULL                      -- as in journal
) STRICT;
INSERT INTO reading VALUES(1,'2026-10-31T01:00:00Z','2026-11-29T02:33:42Z','clerk',0,'clerk','desk','info show','INF26-0002',1,X'533e7ce3c9d7771d573057bfa0ab1174a8aa8407ce35edd1fc72b92569ee5702');
INSERT INTO reading VALUES(2,'2026-10-31T02:00:00Z','2026-11-29T02:33:50Z','clerk',0,'clerk','desk','report month','from 2026-10-01, to 2026-10-31',13,X'b72541bd5c0497e0884d91de3abed1796efe3834f466cf802942f48658d75f1c');
CREATE TABLE once (
    key TEXT PRIMARY KEY,                   -- the caller's key
    arguments BLOB NOT NULL,                -- SHA-256 of the command line that used it
    used_at TEXT NOT NULL,                  -- when
    verb TEXT NOT NULL,                     -- the command
    number TEXT NOT NULL,                   -- what the first call answered under --quiet
    line TEXT NOT NULL                      -- what it answered otherwise
) STRICT, WITHOUT ROWID;
INSERT INTO once VALUES('pad-1',X'f8541d2e865c7b7528f389b80e3b29094ede58b220a4b0a92df66e6ddf64220c','2026-10-31T01:00:00Z','series reserve',replace('HAS05002\nHAS05003','\n',char(10)),'HAS05002 to HAS05003: reserved for a paper pad of shandong');
CREATE TABLE department (
    key TEXT PRIMARY KEY,                   -- short name, such as: foreign-trade
    name_en TEXT NOT NULL,                  -- English name
    name_zh TEXT NOT NULL UNIQUE,           -- Chinese name
    name_ko TEXT,                           -- Korean name
    branch_flag INTEGER NOT NULL,           -- 1: of this branch; 0: another department of the company
    reports_flag INTEGER NOT NULL,          -- 1: reports user information each month (R2.2)
    position INTEGER NOT NULL               -- order in lists
) STRICT, WITHOUT ROWID;
INSERT INTO department VALUES('baotou','Inner Mongolia Baotou Office','内蒙古包头办事处','네이멍구 바오터우 사무소',1,1,5);
INSERT INTO department VALUES('business','Business Department','业务部','업무부',1,1,1);
INSERT INTO department VALUES('foreign-trade','Foreign Trade Department','外贸部','대외무역부',1,1,2);
INSERT INTO department VALUES('general','General Management Department','综合管理部','종합관리부',1,0,3);
INSERT INTO department VALUES('manufacturing','Manufacturing Department','生产制造部',NULL,0,0,7);
INSERT INTO department VALUES('shandong','Shandong Zibo Office','山东淄博办事处','산둥 쯔보 사무소',1,1,4);
INSERT INTO department VALUES('technology','Technology Development Section','技术开发科','기술개발과',1,0,6);
CREATE TABLE person (
    key TEXT PRIMARY KEY,                   -- short name that is typed, such as: li
    name TEXT NOT NULL,                     -- the name as printed
    department TEXT NOT NULL REFERENCES department (key),  -- where the person belongs
    os_login TEXT UNIQUE                    -- the operating-system login that is theirs
) STRICT, WITHOUT ROWID;
INSERT INTO person VALUES('chen','陈总','general',NULL);
INSERT INTO person VALUES('clerk','演示文员','general','clerk');
INSERT INTO person VALUES('feng','冯雪','foreign-trade',NULL);
INSERT INTO person VALUES('gao','高峰','shandong',NULL);
INSERT INTO person VALUES('he','何平','general',NULL);
INSERT INTO person VALUES('li','李娜','business',NULL);
INSERT INTO person VALUES('lin','林董','general',NULL);
INSERT INTO person VALUES('qian','钱明','foreign-trade',NULL);
INSERT INTO person VALUES('sun','孙立','baotou',NULL);
INSERT INTO person VALUES('wang','王建国','business',NULL);
INSERT INTO person VALUES('wu','吴工','technology',NULL);
INSERT INTO person VALUES('xu','徐静','shandong',NULL);
INSERT INTO person VALUES('zhang','张伟','business',NULL);
INSERT INTO person VALUES('zhao','赵刚','baotou',NULL);
INSERT INTO person VALUES('zhou','周敏','general',NULL);
CREATE TABLE term (
    person TEXT NOT NULL REFERENCES person (key),          -- whose
    role TEXT NOT NULL CHECK (role IN ('salesperson', 'trainee', 'clerk', 'contract-administrator', 'department-manager',
        'branch-manager', 'company-leader', 'general-manager', 'member')),  -- as what
    department TEXT NOT NULL REFERENCES department (key),  -- in which department
    from_on TEXT NOT NULL,                  -- first day
    until_on TEXT,                          -- last day; none while it goes on
    PRIMARY KEY (person, role, department, from_on)
) STRICT, WITHOUT ROWID;
INSERT INTO term VALUES('chen','branch-manager','general','2017-01-01',NULL);
INSERT INTO term VALUES('clerk','clerk','general','2026-10-01',NULL);
INSERT INTO term VALUES('feng','salesperson','foreign-trade','2025-02-10',NULL);
INSERT INTO term VALUES('gao','department-manager','shandong','2020-10-12',NULL);
INSERT INTO term VALUES('he','contract-administrator','general','2018-04-02',NULL);
INSERT INTO term VALUES('li','salesperson','business','2024-07-01',NULL);
INSERT INTO term VALUES('lin','company-leader','general','2015-06-01',NULL);
INSERT INTO term VALUES('qian','department-manager','foreign-trade','2021-01-04',NULL);
INSERT INTO term VALUES('sun','trainee','baotou','2026-08-10',NULL);
INSERT INTO term VALUES('wang','department-manager','business','2020-03-01',NULL);
INSERT INTO term VALUES('wu','member','technology','2016-08-15',NULL);
INSERT INTO term VALUES('xu','salesperson','shandong','2023-03-20',NULL);
INSERT INTO term VALUES('zhang','salesperson','business','2022-05-16',NULL);
INSERT INTO term VALUES('zhao','department-manager','baotou','2019-01-07',NULL);
INSERT INTO term VALUES('zhou','clerk','general','2019-09-01',NULL);
CREATE TABLE rule (
    key TEXT NOT NULL,                      -- the figure, such as: contact.reply_days
    from_on TEXT NOT NULL,                  -- first day it holds
    value INTEGER NOT NULL,                 -- days, a count, fen, or hundredths of a percent, as the figure's unit says
    set_by TEXT NOT NULL REFERENCES person (key),  -- who decided
    PRIMARY KEY (key, from_on)
) STRICT, WITHOUT ROWID;
INSERT INTO rule VALUES('contact.reply_days','2026-10-01',5,'chen');
CREATE TABLE series (
    key TEXT PRIMARY KEY,                   -- the department's key, or the register's
    register TEXT NOT NULL,                 -- which register it numbers
    department TEXT REFERENCES department (key)  -- whose ledger; none where the whole branch shares the series
) STRICT, WITHOUT ROWID;
INSERT INTO series VALUES('asset','asset',NULL);
INSERT INTO series VALUES('baotou','contact','baotou');
INSERT INTO series VALUES('business','contact','business');
INSERT INTO series VALUES('fee','fee',NULL);
INSERT INTO series VALUES('foreign-trade','contact','foreign-trade');
INSERT INTO series VALUES('general','contact','general');
INSERT INTO series VALUES('gift','gift',NULL);
INSERT INTO series VALUES('info','info',NULL);
INSERT INTO series VALUES('project','project',NULL);
INSERT INTO series VALUES('reception','reception',NULL);
INSERT INTO series VALUES('shandong','contact','shandong');
INSERT INTO series VALUES('ship','ship',NULL);
CREATE TABLE template (
    series TEXT NOT NULL REFERENCES series (key),  -- which series
    from_on TEXT NOT NULL,                  -- first day; an entry's own day decides
    template TEXT NOT NULL,                 -- such as: HAY05{seq:3}
    PRIMARY KEY (series, from_on)
) STRICT, WITHOUT ROWID;
INSERT INTO template VALUES('asset','1949-01-01','AST-{seq:4}');
INSERT INTO template VALUES('baotou','1949-01-01','HAB05{seq:3}');
INSERT INTO template VALUES('business','1949-01-01','HAY05{seq:3}');
INSERT INTO template VALUES('fee','1949-01-01','FEE{yy}-{seq:3}');
INSERT INTO template VALUES('foreign-trade','1949-01-01','HAW05{seq:3}');
INSERT INTO template VALUES('general','1949-01-01','HAG05{seq:3}');
INSERT INTO template VALUES('gift','1949-01-01','GFT{yy}-{seq:3}');
INSERT INTO template VALUES('info','1949-01-01','INF{yy}-{seq:4}');
INSERT INTO template VALUES('project','1949-01-01','PRJ{yy}-{seq:3}');
INSERT INTO template VALUES('reception','1949-01-01','REC{yy}-{seq:3}');
INSERT INTO template VALUES('shandong','1949-01-01','HAS05{seq:3}');
INSERT INTO template VALUES('ship','1949-01-01','SHP{yy}-{seq:3}');
CREATE TABLE counter (
    id INTEGER PRIMARY KEY,                 -- what entries refer to
    series TEXT NOT NULL REFERENCES series (key),  -- whose counter
    prefix TEXT NOT NULL,                   -- the text before the serial, such as: HAY05
    last INTEGER NOT NULL,                  -- the last serial given out
    UNIQUE (series, prefix)
) STRICT;
INSERT INTO counter VALUES(1,'business','HAY05',4);
INSERT INTO counter VALUES(2,'baotou','HAB05',4);
INSERT INTO counter VALUES(3,'general','HAG05',2);
INSERT INTO counter VALUES(4,'info','INF26-',13);
INSERT INTO counter VALUES(5,'project','PRJ26-',1);
INSERT INTO counter VALUES(6,'asset','AST-',2);
INSERT INTO counter VALUES(7,'shandong','HAS05',3);
INSERT INTO counter VALUES(8,'reception','REC26-',1);
INSERT INTO counter VALUES(9,'gift','GFT26-',2);
INSERT INTO counter VALUES(10,'foreign-trade','HAW05',1);
INSERT INTO counter VALUES(11,'fee','FEE26-',1);
INSERT INTO counter VALUES(12,'ship','SHP26-',1);
CREATE TABLE closing (
    series TEXT NOT NULL REFERENCES series (key),  -- which series
    prefix TEXT NOT NULL,                   -- which of its counters
    closed_on TEXT NOT NULL,                -- the day
    PRIMARY KEY (series, prefix)
) STRICT, WITHOUT ROWID;
INSERT INTO closing VALUES('foreign-trade','HAW05','2026-10-31');
CREATE TABLE entry (
    id INTEGER PRIMARY KEY,                 -- what other tables refer to
    register TEXT NOT NULL,                 -- contact, info …
    number TEXT NOT NULL UNIQUE,            -- as written on the paper
    counter INTEGER NOT NULL REFERENCES counter (id),  -- whose serial it took
    serial INTEGER NOT NULL CHECK (serial > 0),        -- its serial
    department TEXT NOT NULL REFERENCES department (key),  -- whose entry
    day_on TEXT NOT NULL CHECK (date(day_on) IS day_on),   -- the day it bears
    person TEXT NOT NULL REFERENCES person (key),      -- whom it is about: issued or collected by
    state TEXT NOT NULL,                    -- where it stands; see table state
    entered_by TEXT NOT NULL REFERENCES person (key),  -- who entered it
    ended_on TEXT,                          -- the day it came to an end; none while it is open
    amendments INTEGER NOT NULL DEFAULT 0,  -- how often it was corrected
    void_reason TEXT,                       -- why it was voided
    UNIQUE (counter, serial),
    CHECK ((state = 'void') = (void_reason IS NOT NULL))
) STRICT;
INSERT INTO entry VALUES(1,'contact','HAY05001',1,1,'business','2026-10-08','wang','archived','clerk','2026-10-20',1,NULL);
INSERT INTO entry VALUES(2,'contact','HAB05001',2,1,'baotou','2026-10-08','zhao','archived','clerk','2026-10-22',0,NULL);
INSERT INTO entry VALUES(3,'contact','HAG05001',3,1,'general','2026-10-08','he','issued','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(4,'info','INF26-0001',4,1,'baotou','2026-10-09','sun','collected','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(5,'project','PRJ26-001',5,1,'business','2026-10-09','wang','contracted','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(6,'info','INF26-0002',4,2,'business','2026-10-12','li','tracked','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(7,'info','INF26-0003',4,3,'foreign-trade','2026-10-12','feng','filed','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(8,'info','INF26-0004',4,4,'shandong','2026-10-12','xu','assigned','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(9,'asset','AST-0001',6,1,'general','2026-10-10','zhou','in-use','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(10,'asset','AST-0002',6,2,'general','2026-10-12','zhou','lost','clerk','2026-10-31',0,NULL);
INSERT INTO entry VALUES(11,'info','INF26-0005',4,5,'business','2026-10-13','li','filed','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(12,'info','INF26-0006',4,6,'business','2026-10-13','zhang','filed','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(13,'contact','HAY05002',1,2,'business','2026-10-14','wang','void','clerk','2026-10-14',0,'重复开单');
INSERT INTO entry VALUES(14,'contact','HAS05001',7,1,'shandong','2026-10-14','xu','received','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(15,'reception','REC26-001',8,1,'business','2026-10-14','li','summarized','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(16,'gift','GFT26-001',9,1,'business','2026-10-14','li','given','clerk','2026-10-22',0,NULL);
INSERT INTO entry VALUES(17,'contact','HAW05001',10,1,'foreign-trade','2026-10-15','qian','issued','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(18,'info','INF26-0007',4,7,'business','2026-10-15','zhang','filed','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(19,'info','INF26-0008',4,8,'business','2026-10-15','li','filed','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(20,'contact','HAY05003',1,3,'business','2026-10-19','wang','issued','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(21,'info','INF26-0009',4,9,'business','2026-10-19','zhang','filed','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(22,'info','INF26-0010',4,10,'shandong','2026-10-19','xu','filed','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(23,'info','INF26-0011',4,11,'business','2026-10-20','li','filed','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(24,'info','INF26-0012',4,12,'foreign-trade','2026-10-20','feng','filed','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(25,'contact','HAG05002',3,2,'general','2026-10-22','he','issued','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(26,'contact','HAB05002',2,2,'baotou','2026-10-26','zhao','issued','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(27,'contact','HAB05003',2,3,'baotou','2026-10-22','clerk','void','clerk','2026-10-26',0,'纸面污损');
INSERT INTO entry VALUES(28,'contact','HAB05004',2,4,'baotou','2026-10-22','clerk','reserved','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(29,'fee','FEE26-001',11,1,'business','2026-10-22','li','registered','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(30,'info','INF26-0013',4,13,'shandong','2026-10-26','xu','filed','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(31,'contact','HAY05004',1,4,'business','2026-10-26','li','issued','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(32,'ship','SHP26-001',12,1,'business','2026-10-26','clerk','scheduled','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(33,'gift','GFT26-002',9,2,'baotou','2026-10-30','sun','requested','clerk',NULL,1,NULL);
INSERT INTO entry VALUES(34,'contact','HAS05002',7,2,'shandong','2026-10-31','clerk','reserved','clerk',NULL,0,NULL);
INSERT INTO entry VALUES(35,'contact','HAS05003',7,3,'shandong','2026-10-31','clerk','reserved','clerk',NULL,0,NULL);
CREATE TABLE exception (
    entry INTEGER NOT NULL REFERENCES entry (id),  -- on which entry
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    happened_on TEXT NOT NULL,              -- the day
    clause TEXT NOT NULL,                   -- the clause that would have refused
    refused TEXT NOT NULL,                  -- what it would have said
    reason TEXT NOT NULL,                   -- why it was done all the same
    person TEXT NOT NULL,                   -- who did it
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
INSERT INTO exception VALUES(32,1,'2026-10-26','R6.2','SHP26-001 goes to 顺达 at 42,000.00, above the cheapest, 恒通 at 39,000.00','带大件运输资质','clerk');
CREATE TABLE approval (
    entry INTEGER NOT NULL REFERENCES entry (id),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    verb TEXT NOT NULL,                     -- endorse, approve, reject, clear …
    part INTEGER,                           -- the part of the entry that was decided on, such as a payment's position; none for the whole
    decided_by TEXT NOT NULL REFERENCES person (key),
    decided_on TEXT NOT NULL,               -- the day of the decision
    entered_at TEXT NOT NULL,               -- when it was entered
    amount_fen INTEGER,                     -- the amount that was decided on
    subject_hash BLOB NOT NULL,             -- SHA-256 of what was decided on: another text or amount needs another approval
    reason TEXT,                            -- why it was refused
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
INSERT INTO approval VALUES(16,1,'endorse',NULL,'wang','2026-10-15','2026-10-15T14:00:00Z',18000,X'3cb436e4e701c7ecd20908812d7b688186134175b0e7f81b4f9de73b0f9d455f',NULL);
INSERT INTO approval VALUES(16,2,'approve',NULL,'chen','2026-10-15','2026-10-15T14:00:00Z',18000,X'3cb436e4e701c7ecd20908812d7b688186134175b0e7f81b4f9de73b0f9d455f',NULL);
INSERT INTO approval VALUES(29,1,'approve',NULL,'lin','2026-10-22','2026-10-22T16:00:00Z',25160000,X'b3ef715e22bd1dc7d94e808ec74aa705083c397662f69ded682e1aa8b9b9e970',NULL);
CREATE TABLE contact (
    entry INTEGER PRIMARY KEY REFERENCES entry (id),
    kind TEXT NOT NULL CHECK (kind IN ('pre-contract', 'execution', 'after-sales', 'user-request', 'external', 'shipping')),
    subject TEXT NOT NULL,                  -- one line
    content TEXT,                           -- what is asked or told; may lack in imported history
    addressed_to TEXT NOT NULL,             -- departments' keys or outside units, joined by '; '
    copied_to TEXT,                         -- the same, and people's keys
    contract TEXT,                          -- the contract it belongs to
    reply_by_on TEXT,                       -- the day by which a reply is wanted
    pages INTEGER CHECK (pages > 0),        -- pages of the paper
    holder TEXT,                            -- who holds the original
    received_on TEXT,                       -- when the last addressee signed
    replied_on TEXT,                        -- when the first reply came
    archived_on TEXT,                       -- when the archive took it in
    archived_by TEXT,                       -- who signed for the archive
    contract_file TEXT,                     -- the contract file it was put into
    no_contract TEXT,                       -- or why it belongs to none
    project TEXT REFERENCES entry (number)  -- the project it belongs to
) STRICT;
INSERT INTO contact VALUES(1,'pre-contract','主轴承图纸确认','包钢要求 10 月底前确认轴承座改型','technology; general',NULL,NULL,'2026-10-15',NULL,NULL,'2026-10-09','2026-10-14','2026-10-20','he','BG-2026-118',NULL,NULL);
INSERT INTO contact VALUES(2,'external','交货期函复','按合同 2027 年 3 月 31 日交货','包头钢铁(集团)有限责任公司','he',NULL,'2026-10-13',NULL,NULL,'2026-10-09',NULL,'2026-10-22','he','BG-2026-118',NULL,NULL);
INSERT INTO contact VALUES(3,'shipping','装车准备','10 月 14 日两车,请备吊具','manufacturing',NULL,'BG-2026-097','2026-10-13',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO contact VALUES(13,'pre-contract','轴承图纸','重复','technology',NULL,NULL,'2026-10-19',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO contact VALUES(14,'after-sales','减速机高速轴振动','现场测得 7.1 mm/s,请派人处理','technology',NULL,NULL,'2026-10-19',NULL,NULL,'2026-10-15','2026-10-19',NULL,NULL,NULL,NULL,NULL);
INSERT INTO contact VALUES(17,'pre-contract','外方图纸转化','3.6 m 球磨机总图及地脚图','technology',NULL,NULL,'2026-10-20',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO contact VALUES(20,'user-request','第二批衬板发货日期','用户来电询问,请答复','general; manufacturing',NULL,NULL,'2026-10-24',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO contact VALUES(25,'execution','补充协议会签','增补备件清单 18.6 万元','technology',NULL,'BG-2026-097','2026-10-27',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO contact VALUES(26,'after-sales','试车方案','请按 72 小时负荷试车编写','technology',NULL,NULL,'2026-10-31',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO contact VALUES(31,'shipping','发运通知','首批 14 箱,公路运输','general',NULL,NULL,'2026-10-31',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,'PRJ26-001');
CREATE TABLE signature (
    entry INTEGER NOT NULL REFERENCES contact (entry),
    party TEXT NOT NULL,                    -- for which addressee or copy
    signed_by TEXT NOT NULL,                -- a person's key; free text for an outside unit
    signed_on TEXT NOT NULL,                -- the day
    PRIMARY KEY (entry, party)
) STRICT, WITHOUT ROWID;
INSERT INTO signature VALUES(1,'general','zhou','2026-10-09');
INSERT INTO signature VALUES(1,'technology','wu','2026-10-09');
INSERT INTO signature VALUES(2,'he','he','2026-10-09');
INSERT INTO signature VALUES(2,'包头钢铁(集团)有限责任公司','张处长','2026-10-09');
INSERT INTO signature VALUES(14,'technology','wu','2026-10-15');
INSERT INTO signature VALUES(20,'general','he','2026-10-20');
CREATE TABLE reply (
    entry INTEGER NOT NULL REFERENCES contact (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    party TEXT NOT NULL,                    -- which addressee answers
    replied_by TEXT NOT NULL,               -- a person's key; free text for an outside unit
    replied_on TEXT NOT NULL,               -- the day
    text TEXT NOT NULL,                     -- what was answered
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
INSERT INTO reply VALUES(1,1,'technology','wu','2026-10-14','可行,图号 TJ-1183');
INSERT INTO reply VALUES(14,1,'technology','wu','2026-10-19','10 月 20 日派人到现场');
CREATE TABLE info (
    entry INTEGER PRIMARY KEY REFERENCES entry (id),
    customer TEXT NOT NULL,                 -- restricted
    customer_fold TEXT NOT NULL,            -- what spellings of one customer have in common
    region TEXT NOT NULL,                   -- province or city
    equipment TEXT NOT NULL,                -- equipment type
    need TEXT NOT NULL,                     -- restricted
    contact_person TEXT,                    -- restricted
    phone TEXT,                             -- restricted
    amount_fen INTEGER,                     -- restricted; estimated
    source TEXT,                            -- restricted
    duplicate_of TEXT,                      -- number of the entry that it repeats
    reported_on TEXT,                       -- when its department reported it
    late_flag INTEGER NOT NULL DEFAULT 0,   -- 1: reported after the deadline though collected before it
    filed_on TEXT,                          -- when General Management filed it
    place TEXT,                             -- where it stands in General Management's files
    assigned_to TEXT REFERENCES department (key),  -- which department tracks it
    assigned_on TEXT,
    tracker TEXT REFERENCES person (key),   -- which salesperson tracks it
    tracked_on TEXT,
    outcome TEXT                            -- why it was won or lost
) STRICT;
INSERT INTO info VALUES(4,'包头钢铁(集团)有限责任公司','包头钢铁','内蒙古包头市','球磨机','主轴承改型','张处长',NULL,1260000000,NULL,NULL,NULL,0,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO info VALUES(6,'鞍钢集团矿业有限公司','鞍钢集团矿业','辽宁省鞍山市','球磨机','2027 年扩产,两台','刘工','13800000001',860000000,NULL,NULL,'2026-10-29',0,'2026-10-30',NULL,'business','2026-10-30','li','2026-10-30',NULL);
INSERT INTO info VALUES(7,'Emir Mining LLP','emirminingllp','哈萨克斯坦','球磨机','3.6 m, 2 sets','Mr. Sadykov','+77010000001',1350000000,NULL,NULL,'2026-10-29',0,'2026-10-30',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO info VALUES(8,'招金矿业股份有限公司','招金矿业','山东省烟台市','球磨机','两台,选厂扩建','丁总',NULL,780000000,NULL,NULL,'2026-10-29',0,'2026-10-30',NULL,'shandong','2026-10-30',NULL,NULL,NULL);
INSERT INTO info VALUES(11,'本溪钢铁(集团)有限责任公司','本溪钢铁','辽宁省本溪市','圆锥破碎机','替换旧机一台',NULL,NULL,210000000,NULL,NULL,'2026-10-29',0,'2026-10-30',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO info VALUES(12,'鞍钢集团矿业 有限公司','鞍钢集团矿业','辽宁省鞍山市','球磨机','扩产项目,两台',NULL,NULL,860000000,NULL,'INF26-0002','2026-10-29',0,'2026-10-30',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO info VALUES(18,'抚顺新钢铁有限责任公司','抚顺新钢铁','辽宁省抚顺市','振动筛','四台',NULL,NULL,56000000,NULL,NULL,'2026-10-29',0,'2026-10-30',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO info VALUES(19,'凌源钢铁股份有限公司','凌源钢铁','辽宁省朝阳市','球磨机','一台,含电控',NULL,NULL,430000000,NULL,NULL,'2026-10-29',0,'2026-10-30',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO info VALUES(21,'通化钢铁股份有限公司','通化钢铁','吉林省通化市','颚式破碎机','备件',NULL,NULL,12500000,NULL,NULL,'2026-10-29',0,'2026-10-30',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO info VALUES(22,'山东钢铁集团矿业有限公司','山东钢铁集团矿业','山东省济南市','球磨机','一台',NULL,NULL,415000000,NULL,NULL,'2026-10-29',0,'2026-10-30',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO info VALUES(23,'首钢矿业公司','首钢矿业','河北省唐山市','球磨机','两台,2027 年三季度',NULL,NULL,905000000,NULL,NULL,'2026-10-29',0,'2026-10-30',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO info VALUES(24,'PT Borneo Nikel','ptborneonikel','印度尼西亚','圆锥破碎机','1 set',NULL,NULL,240000000,NULL,NULL,'2026-10-29',0,'2026-10-30',NULL,NULL,NULL,NULL,NULL,NULL);
INSERT INTO info VALUES(30,'淄博宏达矿业有限公司','淄博宏达矿业','山东省淄博市','颚式破碎机','两台',NULL,NULL,96000000,NULL,NULL,'2026-10-29',0,'2026-10-30',NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE follow (
    entry INTEGER NOT NULL REFERENCES info (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    noted_on TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (key),
    note TEXT NOT NULL,                     -- restricted
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
INSERT INTO follow VALUES(6,1,'2026-10-30','li','已寄样本和业绩表');
CREATE TABLE info_report (
    department TEXT NOT NULL REFERENCES department (key),
    month TEXT NOT NULL,                    -- of which month
    position INTEGER NOT NULL,              -- 1 the report, 2 … supplements
    reported_on TEXT NOT NULL,
    reported_by TEXT NOT NULL REFERENCES person (key),
    entries INTEGER NOT NULL,               -- how many; 0 is a nil report
    late_flag INTEGER NOT NULL,             -- 1: after the deadline
    PRIMARY KEY (department, month, position)
) STRICT, WITHOUT ROWID;
INSERT INTO info_report VALUES('business','2026-10',1,'2026-10-29','wang',7,0);
INSERT INTO info_report VALUES('foreign-trade','2026-10',1,'2026-10-29','qian',2,0);
INSERT INTO info_report VALUES('shandong','2026-10',1,'2026-10-29','gao',3,0);
CREATE TABLE quota (
    holder TEXT NOT NULL,                   -- key of a department or of a person
    holder_kind TEXT NOT NULL CHECK (holder_kind IN ('department', 'person')),
    from_month TEXT NOT NULL,
    entries INTEGER NOT NULL CHECK (entries >= 0),
    PRIMARY KEY (holder, holder_kind, from_month)
) STRICT, WITHOUT ROWID;
INSERT INTO quota VALUES('baotou','department','2026-08',3);
INSERT INTO quota VALUES('business','department','2026-08',6);
INSERT INTO quota VALUES('feng','person','2026-08',2);
INSERT INTO quota VALUES('foreign-trade','department','2026-08',2);
INSERT INTO quota VALUES('li','person','2026-08',3);
INSERT INTO quota VALUES('shandong','department','2026-08',3);
INSERT INTO quota VALUES('sun','person','2026-08',2);
INSERT INTO quota VALUES('xu','person','2026-08',3);
INSERT INTO quota VALUES('zhang','person','2026-08',3);
CREATE TABLE exemption (
    person TEXT NOT NULL REFERENCES person (key),
    month TEXT NOT NULL,
    reason TEXT NOT NULL,
    lifted_on TEXT,                         -- the day it was taken back; none while it holds
    PRIMARY KEY (person, month)
) STRICT, WITHOUT ROWID;
CREATE TABLE route (
    id INTEGER PRIMARY KEY,
    region TEXT,                            -- beginning of the entry's region
    equipment TEXT,                         -- part of the entry's equipment type
    department TEXT NOT NULL REFERENCES department (key),
    ended_on TEXT,                          -- first day it no longer holds
    CHECK (region IS NOT NULL OR equipment IS NOT NULL)
) STRICT;
INSERT INTO route VALUES(1,'内蒙古',NULL,'baotou',NULL);
INSERT INTO route VALUES(2,'山东',NULL,'shandong',NULL);
INSERT INTO route VALUES(3,NULL,'破碎机','business',NULL);
CREATE TABLE access_grant (
    id INTEGER PRIMARY KEY,
    person TEXT NOT NULL REFERENCES person (key),
    region TEXT,                            -- entries whose region begins so; none for every region
    department TEXT REFERENCES department (key),  -- entries of this department; none for every one
    number TEXT,                            -- this entry alone
    from_on TEXT NOT NULL,
    until_on TEXT NOT NULL,                 -- last day
    approved_by TEXT NOT NULL REFERENCES person (key),
    revoked_on TEXT                         -- first day it no longer holds
) STRICT;
INSERT INTO access_grant VALUES(1,'sun','内蒙古',NULL,NULL,'2026-10-30','2026-12-31','chen',NULL);
CREATE TABLE info_count (
    month TEXT NOT NULL,
    person TEXT NOT NULL,
    department TEXT NOT NULL,
    collected INTEGER NOT NULL,             -- not void
    duplicates INTEGER NOT NULL,            -- of those, repeats
    reported INTEGER NOT NULL,              -- of those, reported by the department
    late INTEGER NOT NULL,                  -- of those, reported late
    PRIMARY KEY (month, person, department)
) STRICT, WITHOUT ROWID;
INSERT INTO info_count VALUES('2026-10','feng','foreign-trade',2,0,2,0);
INSERT INTO info_count VALUES('2026-10','li','business',4,0,4,0);
INSERT INTO info_count VALUES('2026-10','sun','baotou',1,0,0,0);
INSERT INTO info_count VALUES('2026-10','xu','shandong',3,0,3,0);
INSERT INTO info_count VALUES('2026-10','zhang','business',3,1,3,0);
CREATE TABLE project (
    entry INTEGER PRIMARY KEY REFERENCES entry (id),
    customer TEXT NOT NULL,
    title TEXT NOT NULL,
    product TEXT,                           -- what it is about, as orders are counted
    region TEXT,                            -- province or city
    amount_fen INTEGER CHECK (amount_fen >= 0),  -- estimated
    major_flag INTEGER NOT NULL CHECK (major_flag IN (0, 1)),  -- 1: major, by word or by the figure of its day (R3.1)
    source TEXT REFERENCES entry (number),  -- the entry of user information that it came from
    delivered_on TEXT,                      -- when the product was delivered
    accepted_on TEXT,                       -- when the user accepted it
    outcome TEXT                            -- why it was lost, or with what it was closed
) STRICT;
INSERT INTO project VALUES(5,'包头钢铁(集团)有限责任公司','球磨机 2 台','球磨机','内蒙古包头市',1260000000,1,NULL,NULL,NULL,NULL);
CREATE TABLE leader (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …; of two that begin on one day the later counts
    person TEXT NOT NULL REFERENCES person (key),
    from_on TEXT NOT NULL,                  -- first day
    appointed_by TEXT NOT NULL REFERENCES person (key),
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
INSERT INTO leader VALUES(5,1,'li','2026-10-09','chen');
CREATE TABLE team (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    person TEXT NOT NULL REFERENCES person (key),
    role TEXT NOT NULL CHECK (role IN ('leader', 'member')),
    from_on TEXT NOT NULL,                  -- first day
    until_on TEXT CHECK (until_on >= from_on),  -- last day; none while it goes on
    named_by TEXT NOT NULL REFERENCES person (key),  -- the project's leader; of the team's leader, the general manager
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
INSERT INTO team VALUES(5,1,'zhang','member','2026-10-31',NULL,'li');
CREATE TABLE milestone (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    what TEXT NOT NULL,
    due_on TEXT NOT NULL,                   -- the day as it was set last; the journal keeps the days before
    done_on TEXT,
    dropped_on TEXT,                        -- the day it was given up
    PRIMARY KEY (entry, position),
    CHECK (done_on IS NULL OR dropped_on IS NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO milestone VALUES(5,1,'技术谈判','2026-10-20','2026-10-20',NULL);
INSERT INTO milestone VALUES(5,2,'图纸会签','2026-10-28',NULL,NULL);
CREATE TABLE project_log (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    kind TEXT NOT NULL CHECK (kind IN ('letter', 'call', 'visit', 'negotiation', 'request')),
    logged_on TEXT NOT NULL,                -- the day it happened
    person TEXT NOT NULL REFERENCES person (key),  -- who dealt with the user
    text TEXT NOT NULL,                     -- what it was about
    answer_by_on TEXT,                      -- the day by which the user waits for an answer; none where nobody waits
    answer TEXT,                            -- what was answered
    answered_on TEXT,
    answered_by TEXT REFERENCES person (key),
    PRIMARY KEY (entry, position),
    CHECK ((answer IS NULL) = (answered_on IS NULL) AND (answer IS NULL) = (answered_by IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO project_log VALUES(5,1,'negotiation','2026-10-19','li','技术交流,轴承座改型',NULL,NULL,NULL,NULL);
CREATE TABLE review (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    item TEXT NOT NULL,                     -- the requirement that was reviewed
    reviewer TEXT NOT NULL REFERENCES person (key),
    reviewed_on TEXT NOT NULL,
    passed_flag INTEGER NOT NULL CHECK (passed_flag IN (0, 1)),
    opinion TEXT CHECK (passed_flag OR opinion IS NOT NULL),  -- of a review that failed, why
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
INSERT INTO review VALUES(5,1,'技术要求','wu','2026-10-20',1,NULL);
INSERT INTO review VALUES(5,2,'交货期','he','2026-10-20',1,NULL);
CREATE TABLE problem (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    kind TEXT NOT NULL CHECK (kind IN ('execution', 'installation')),
    what TEXT NOT NULL,
    department TEXT NOT NULL REFERENCES department (key),  -- which department it concerns
    found_on TEXT NOT NULL,
    escalated_to TEXT REFERENCES person (key),  -- to whom it was escalated last
    escalated_on TEXT,
    solved_on TEXT,
    solution TEXT,                          -- how it was solved
    PRIMARY KEY (entry, position),
    CHECK ((escalated_to IS NULL) = (escalated_on IS NULL)),
    CHECK ((solved_on IS NULL) = (solution IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO problem VALUES(5,1,'execution','轴承座螺孔错位','business','2026-10-31',NULL,NULL,NULL,NULL);
CREATE TABLE contract (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1 the contract, 2 … its supplements
    contract TEXT NOT NULL,                 -- its own number on the paper
    signed_on TEXT NOT NULL,
    customer TEXT NOT NULL,                 -- as the contract names the user
    currency TEXT NOT NULL CHECK (currency GLOB '[A-Z][A-Z][A-Z]'),  -- of its amounts, such as CNY
    amount_fen INTEGER NOT NULL,            -- in 1/100 of the currency; of a supplement, what it adds or takes away
    rate_e4 INTEGER CHECK (rate_e4 > 0),    -- the day's rate: 1/10000 yuan for one of the currency; none for CNY
    deliver_by_on TEXT,                     -- of a supplement, where it agrees on another day
    warranty_months INTEGER CHECK (warranty_months >= 0),  -- of a supplement, where it agrees on others
    PRIMARY KEY (entry, position),
    CHECK ((currency = 'CNY') = (rate_e4 IS NULL)),
    CHECK (position > 1 OR amount_fen > 0)
) STRICT, WITHOUT ROWID;
INSERT INTO contract VALUES(5,1,'BG-2026-118','2026-10-22','包头钢铁(集团)有限责任公司','CNY',1258000000,NULL,'2027-03-31',12);
CREATE TABLE product_line (
    entry INTEGER NOT NULL REFERENCES project (entry),
    contract INTEGER NOT NULL,              -- the position in table contract
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    product TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity <> 0),  -- below nothing where a supplement takes away
    price_fen INTEGER NOT NULL CHECK (price_fen >= 0),  -- of one
    PRIMARY KEY (entry, contract, position),
    FOREIGN KEY (entry, contract) REFERENCES contract (entry, position)
) STRICT, WITHOUT ROWID;
INSERT INTO product_line VALUES(5,1,1,'球磨机 MQ3645',2,629000000);
CREATE TABLE instalment (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1 advance, 2 progress, 3 delivery, 4 warranty
    kind TEXT NOT NULL CHECK (kind IN ('advance', 'progress', 'delivery', 'warranty')),
    share_pct INTEGER,                      -- as agreed in percent; none where as an amount
    amount_fen INTEGER NOT NULL CHECK (amount_fen >= 0),
    received_fen INTEGER NOT NULL DEFAULT 0 CHECK (received_fen BETWEEN 0 AND amount_fen),  -- the sum of its receipts; kept by a trigger
    due_event TEXT CHECK (due_event IN ('signing', 'completion', 'delivery', 'acceptance')),  -- what makes it due, where no day was agreed
    due_on TEXT,                            -- the day it is due, once that is known
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
INSERT INTO instalment VALUES(5,1,'advance',3000,377400000,377400000,'signing','2026-10-22');
INSERT INTO instalment VALUES(5,2,'progress',3000,377400000,0,'completion','2026-10-26');
INSERT INTO instalment VALUES(5,3,'delivery',3000,377400000,0,'delivery',NULL);
INSERT INTO instalment VALUES(5,4,'warranty',1000,125800000,0,'acceptance',NULL);
CREATE TABLE receipt (
    entry INTEGER NOT NULL REFERENCES project (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    instalment INTEGER NOT NULL,            -- the position in table instalment
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    received_on TEXT NOT NULL,
    voucher TEXT NOT NULL,                  -- its number; rows that one payment was spread over share it
    PRIMARY KEY (entry, position),
    FOREIGN KEY (entry, instalment) REFERENCES instalment (entry, position)
) STRICT, WITHOUT ROWID;
INSERT INTO receipt VALUES(5,1,1,377400000,'2026-10-30','银-1028');
CREATE TABLE reception (
    entry INTEGER PRIMARY KEY REFERENCES entry (id),
    unit TEXT NOT NULL,                     -- who visits
    purpose TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('visit', 'progress', 'delivery', 'inspection')),
    project TEXT REFERENCES entry (number), -- which it is about
    arrive_on TEXT NOT NULL,                -- as planned
    leave_on TEXT CHECK (leave_on >= arrive_on),  -- as planned; none where it was not known
    schedule TEXT,                          -- as the guests wish it, or none; may lack in imported history
    planned_cost_fen INTEGER CHECK (planned_cost_fen >= 0),
    entered_on TEXT,                        -- day on which the plan was entered; none in imported history
    late_flag INTEGER NOT NULL CHECK (late_flag IN (0, 1)),  -- entered on the day of arrival or after (R5.2(1))
    hosts TEXT,                             -- own reception staff (R5.2(2)); the word none where nobody is needed, as in the next seven
    place TEXT,                             -- where they meet
    car TEXT,
    dining TEXT,
    gift_standard_fen INTEGER CHECK (gift_standard_fen >= 0),  -- for one person; 0 where there are to be no gifts
    lodging TEXT,                           -- R5.2(3)
    scenic TEXT,                            -- scenic visit (R5.2(4))
    our_schedule TEXT,                      -- as General Management arranged it
    arranged_on TEXT,
    arrived_on TEXT,                        -- as it was
    left_on TEXT CHECK (left_on >= arrived_on),
    people INTEGER CHECK (people > 0),      -- who came
    cost_fen INTEGER CHECK (cost_fen >= 0),
    summary TEXT,                           -- General Management's (R5.2(5))
    summarized_on TEXT,
    outcome TEXT,                           -- why it was cancelled
    CHECK (arranged_on IS NULL OR (hosts IS NOT NULL AND place IS NOT NULL AND car IS NOT NULL AND dining IS NOT NULL
        AND gift_standard_fen IS NOT NULL AND lodging IS NOT NULL AND scenic IS NOT NULL AND our_schedule IS NOT NULL)),
    CHECK ((arrived_on IS NULL) = (left_on IS NULL)),
    CHECK ((summary IS NULL) = (summarized_on IS NULL)),
    CHECK (summary IS NULL OR left_on IS NOT NULL)
) STRICT;
INSERT INTO reception VALUES(15,'包钢设备部','监造','visit','PRJ26-001','2026-10-19','2026-10-21','10-20 车间监造',NULL,'2026-10-14',0,'王建国','二楼会议室','辽A·商务车','厂餐厅',20000,'厂招待所','none','10-20 9:00 总装车间','2026-10-14','2026-10-19','2026-10-21',2,180000,'监造两台磨机筒体,用户认可焊接质量,提出轴承座改型','2026-10-22',NULL);
CREATE TABLE visitor (
    entry INTEGER NOT NULL REFERENCES reception (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    name TEXT NOT NULL,
    title TEXT NOT NULL,                    -- position at the visiting unit
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
INSERT INTO visitor VALUES(15,1,'张处长','处长');
INSERT INTO visitor VALUES(15,2,'刘工','工程师');
CREATE TABLE gift_item (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    price_fen INTEGER NOT NULL CHECK (price_fen > 0),  -- of one
    approved_by TEXT NOT NULL REFERENCES person (key),  -- the branch manager or company leader
    from_on TEXT NOT NULL,                  -- first day on the list
    until_on TEXT                           -- last day on the list; none while it stands there
) STRICT;
INSERT INTO gift_item VALUES(1,'铸铜摆件',18000,'chen','2026-10-14',NULL);
CREATE TABLE gift (
    entry INTEGER PRIMARY KEY REFERENCES entry (id),
    unit TEXT NOT NULL,                     -- the unit that receives it
    occasion TEXT NOT NULL,
    place TEXT NOT NULL,                    -- where it is handed over; in Shenyang General Management buys it
    official_reason TEXT,                   -- why a public official receives it
    project TEXT REFERENCES entry (number), -- the project that it is for
    reception TEXT REFERENCES entry (number),  -- the reception at which it is given
    refusal TEXT,                           -- why it was rejected
    bill TEXT,                              -- number of the bill that the buyer keeps (R5.3(3))
    bought_fen INTEGER CHECK (bought_fen > 0),  -- what the bill comes to
    bought_on TEXT,
    bought_by TEXT REFERENCES person (key),
    borne_by TEXT REFERENCES person (key),  -- who bears the cost of what was bought without approval (R5.3(2))
    given_on TEXT,
    CHECK ((bought_fen IS NULL) = (bill IS NULL) AND (bought_fen IS NULL) = (bought_on IS NULL) AND (bought_fen IS NULL) = (bought_by IS NULL)),
    CHECK (borne_by IS NULL OR bought_on IS NOT NULL),
    CHECK (given_on IS NULL OR given_on >= bought_on)
) STRICT;
INSERT INTO gift VALUES(16,'包钢设备部','监造','Shenyang',NULL,'PRJ26-001','REC26-001',NULL,'0218843',17600,'2026-10-19','zhou',NULL,'2026-10-22');
INSERT INTO gift VALUES(33,'包头钢铁(集团)有限责任公司','拜访','包头',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE gift_recipient (
    entry INTEGER NOT NULL REFERENCES gift (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    name TEXT NOT NULL,
    post TEXT NOT NULL,                     -- the position that they hold
    official_flag INTEGER NOT NULL CHECK (official_flag IN (0, 1)),  -- 1: a public official
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
INSERT INTO gift_recipient VALUES(16,1,'张处长','处长',0);
INSERT INTO gift_recipient VALUES(33,1,'王科长','科长',0);
CREATE TABLE gift_line (
    entry INTEGER NOT NULL REFERENCES gift (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    item INTEGER REFERENCES gift_item (id), -- on the approved list; none for a free item
    name TEXT NOT NULL,
    quantity INTEGER NOT NULL CHECK (quantity > 0),
    price_fen INTEGER NOT NULL CHECK (price_fen > 0),  -- of one
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
INSERT INTO gift_line VALUES(16,1,1,'铸铜摆件',1,18000);
INSERT INTO gift_line VALUES(33,1,1,'铸铜摆件',2,18000);
CREATE TABLE gift_offer (
    entry INTEGER NOT NULL REFERENCES gift (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    supplier TEXT NOT NULL,
    price_fen INTEGER NOT NULL CHECK (price_fen > 0),  -- of the whole gift
    quality INTEGER NOT NULL CHECK (quality BETWEEN 1 AND 5),  -- 5 is the best
    offered_on TEXT NOT NULL,
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
INSERT INTO gift_offer VALUES(33,1,'甲店',35000,4,'2026-10-31');
CREATE TABLE fee (
    entry INTEGER PRIMARY KEY REFERENCES entry (id),
    kind TEXT NOT NULL CHECK (kind IN ('selection', 'agency', 'thank-you', 'commission', 'intermediary')),
    payee TEXT NOT NULL,                    -- who is to have it
    employer TEXT NOT NULL,                 -- whom the payee works for
    project TEXT NOT NULL REFERENCES entry (number),
    basis_fen INTEGER NOT NULL CHECK (basis_fen > 0),  -- the contract with its supplements, or the project's estimate, when it was asked
    rate_pct INTEGER CHECK (rate_pct > 0),  -- as asked; none where asked as an amount
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),  -- what is approved and agreed
    reason TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES person (key),
    customer_flag INTEGER NOT NULL CHECK (customer_flag IN (0, 1)),  -- 1: the payee's employer is the customer
    agreement TEXT,                         -- its number on the paper
    party TEXT,                             -- who signed it on the other side
    other_party_flag INTEGER CHECK (other_party_flag IN (0, 1)),  -- 1: the party is not the payee
    signed_on TEXT,
    signed_by TEXT REFERENCES person (key), -- the manager in charge
    registered_on TEXT,                     -- when the agreement was filed
    unpaid_reason TEXT,                     -- why a remainder is not paid
    CHECK ((agreement IS NULL) = (signed_on IS NULL) AND (agreement IS NULL) = (party IS NULL)
        AND (agreement IS NULL) = (signed_by IS NULL) AND (registered_on IS NULL OR registered_on >= signed_on))
) STRICT;
INSERT INTO fee VALUES(29,'agency','内蒙古某咨询公司','内蒙古某咨询公司','PRJ26-001',1258000000,200,25160000,'投标代理','li',0,'DL-07','内蒙古某咨询公司',0,'2026-10-30','chen','2026-10-30',NULL);
CREATE TABLE fee_payment (
    entry INTEGER NOT NULL REFERENCES fee (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    amount_fen INTEGER NOT NULL CHECK (amount_fen > 0),
    asked_on TEXT NOT NULL,
    asked_by TEXT NOT NULL REFERENCES person (key),
    paid_on TEXT,                           -- none until it is paid
    voucher TEXT,
    paid_by TEXT REFERENCES person (key),
    PRIMARY KEY (entry, position),
    CHECK ((paid_on IS NULL) = (voucher IS NULL) AND (paid_on IS NULL) = (paid_by IS NULL))
) STRICT, WITHOUT ROWID;
INSERT INTO fee_payment VALUES(29,1,10000000,'2026-10-30','clerk',NULL,NULL,NULL);
CREATE TABLE asset (
    entry INTEGER PRIMARY KEY REFERENCES entry (id),
    name TEXT NOT NULL,
    model TEXT,
    serial_no TEXT,                         -- the maker's, as text: it may begin with zeros
    tag TEXT,                               -- inventory tag stuck on it
    category TEXT,
    price_fen INTEGER NOT NULL CHECK (price_fen >= 0),
    supplier TEXT,
    place TEXT,                             -- where it stands
    warranty_until_on TEXT,                 -- last day of the warranty
    disposal TEXT,                          -- why it was disposed of
    approved_by TEXT REFERENCES person (key),  -- who decided that
    CHECK ((disposal IS NULL) = (approved_by IS NULL))
) STRICT;
INSERT INTO asset VALUES(9,'笔记本电脑 ThinkPad T14',NULL,'PF3X20','办公-014',NULL,799900,NULL,NULL,NULL,NULL,NULL);
INSERT INTO asset VALUES(10,'数码相机',NULL,'00012345',NULL,NULL,200000,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE custody (
    entry INTEGER NOT NULL REFERENCES asset (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    duty TEXT NOT NULL CHECK (duty IN ('keeper', 'user')),
    person TEXT NOT NULL REFERENCES person (key),
    purpose TEXT,                           -- for which work it is used; may lack in imported history
    from_on TEXT NOT NULL,                  -- first day
    until_on TEXT CHECK (until_on >= from_on),  -- the day it was handed on or back, which is no longer theirs
    PRIMARY KEY (entry, position),
    CHECK (duty = 'user' OR purpose IS NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO custody VALUES(9,1,'keeper','zhou',NULL,'2026-10-12',NULL);
INSERT INTO custody VALUES(9,2,'user','li','出差报价','2026-10-12',NULL);
INSERT INTO custody VALUES(10,1,'keeper','zhou',NULL,'2026-10-12','2026-10-31');
CREATE TABLE damage (
    entry INTEGER NOT NULL REFERENCES asset (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    what TEXT NOT NULL,
    reported_by TEXT NOT NULL REFERENCES person (key),
    happened_on TEXT NOT NULL,
    reported_on TEXT NOT NULL CHECK (reported_on >= happened_on),
    from_state TEXT NOT NULL CHECK (from_state IN ('in-store', 'in-use')),  -- where the repair leads back to
    outcome TEXT CHECK (outcome IN ('repaired', 'beyond-repair', 'lost')),  -- none while it is in repair
    back_on TEXT CHECK (back_on >= happened_on),
    cost_fen INTEGER CHECK (cost_fen >= 0),
    PRIMARY KEY (entry, position),
    CHECK ((outcome IS NULL) = (back_on IS NULL)),
    CHECK (outcome <> 'repaired' OR cost_fen IS NOT NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO damage VALUES(9,1,'屏幕碎裂','li','2026-10-20','2026-10-20','in-use','repaired','2026-10-30',90000);
CREATE TABLE loss (
    entry INTEGER NOT NULL REFERENCES asset (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    kind TEXT NOT NULL CHECK (kind IN ('lost', 'stolen')),
    responsible TEXT NOT NULL REFERENCES person (key),
    happened_on TEXT NOT NULL,
    what TEXT,                              -- how it happened; may lack in imported history
    police_report TEXT,                     -- the police's number
    recovered_on TEXT CHECK (recovered_on >= happened_on),  -- when it was found again
    PRIMARY KEY (entry, position),
    CHECK (kind <> 'stolen' OR police_report IS NOT NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO loss VALUES(10,1,'lost','zhou','2026-10-31','出差途中遗失',NULL,NULL);
CREATE TABLE stocktake (
    id INTEGER PRIMARY KEY,
    department TEXT REFERENCES department (key),  -- whose assets; none for every department's
    counted_on TEXT NOT NULL,               -- the day it began
    counted_by TEXT NOT NULL REFERENCES person (key),
    closed_on TEXT CHECK (closed_on >= counted_on),
    signed_by TEXT REFERENCES person (key), -- who signed the result
    CHECK ((closed_on IS NULL) = (signed_by IS NULL))
) STRICT;
INSERT INTO stocktake VALUES(1,NULL,'2026-10-31','clerk','2026-10-31','zhou');
CREATE TABLE stock_line (
    stocktake INTEGER NOT NULL REFERENCES stocktake (id),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    line TEXT NOT NULL,                     -- as it was typed or scanned
    number TEXT,                            -- the asset that bears it; none where no asset does
    state TEXT,                             -- that asset's state then
    finding TEXT NOT NULL CHECK (finding IN ('found', 'missing', 'unknown', 'twice')),
    PRIMARY KEY (stocktake, position),
    CHECK ((number IS NULL) = (state IS NULL)),
    CHECK (finding NOT IN ('found', 'missing') OR number IS NOT NULL)
) STRICT, WITHOUT ROWID;
INSERT INTO stock_line VALUES(1,1,'AST-0001','AST-0001','in-use','found');
INSERT INTO stock_line VALUES(1,2,'AST-0002','AST-0002','in-store','missing');
CREATE TABLE ship (
    entry INTEGER PRIMARY KEY REFERENCES entry (id),
    project TEXT REFERENCES entry (number), -- whose contract is delivered
    contract TEXT,                          -- the contract's number, in imported history of which no project is in the book
    notice TEXT REFERENCES entry (number),  -- the contact form that notified it (R6.1); may lack in imported history, as the contact person, phone, route and capacity
    form TEXT NOT NULL CHECK (form IN ('truck', 'rail', 'sea', 'air', 'collect')),  -- how it is delivered
    place TEXT NOT NULL,                    -- place of arrival
    contact_person TEXT,                    -- who takes it in there
    phone TEXT,
    route TEXT,
    capacity TEXT,                          -- what the route can carry, or none
    freight TEXT NOT NULL CHECK (freight IN ('company', 'user')),  -- who bears the freight
    wanted_by_on TEXT,                      -- the day by which the user wants it
    completion_notice TEXT,                 -- number of the manufacturing department's Completion Notice (R6.2)
    completed_on TEXT,
    carrier TEXT,                           -- who was awarded; none while nobody is, or where the user sends a carrier
    price_fen INTEGER CHECK (price_fen > 0),  -- as the carrier quoted
    days INTEGER CHECK (days > 0),          -- on the way, as the carrier quoted
    award_reason TEXT,                      -- why this carrier
    awarded_on TEXT,
    scheduled_on TEXT,                      -- the day on which it is to leave
    agreed_with TEXT,                       -- the leader's key, or a person of the user
    gate_pass TEXT,                         -- its number (R6.3)
    vehicle TEXT,
    driver TEXT,
    passed_on TEXT,
    dispatched_on TEXT,
    arrived_on TEXT,
    signed_by TEXT,                         -- who signed for it on arrival
    freight_bill TEXT,                      -- number of the carrier's bill
    billed_fen INTEGER CHECK (billed_fen >= 0),
    bill_reason TEXT,                       -- why the bill differs from the award
    billed_on TEXT,
    outcome TEXT,                           -- why it was cancelled
    CHECK (project IS NOT NULL OR contract IS NOT NULL),
    CHECK ((completion_notice IS NULL) = (completed_on IS NULL)),
    CHECK (passed_on IS NULL OR completion_notice IS NOT NULL),
    CHECK (arrived_on IS NULL OR dispatched_on IS NOT NULL),
    CHECK (billed_fen IS NULL OR billed_fen = price_fen OR bill_reason IS NOT NULL)
) STRICT;
INSERT INTO ship VALUES(32,'PRJ26-001',NULL,'HAY05004','truck','包头市昆区','刘工','13800000000','京藏高速','none','company',NULL,'WG-1101','2026-10-26','顺达',4200000,3,'带大件运输资质','2026-10-26','2026-11-02','刘工',NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL,NULL);
CREATE TABLE ship_box (
    entry INTEGER NOT NULL REFERENCES ship (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    cases TEXT NOT NULL,                    -- case numbers as typed, such as: 12-20,25
    boxes INTEGER NOT NULL CHECK (boxes > 0),  -- how many these are
    weight_g INTEGER CHECK (weight_g > 0),  -- of the whole run, in grams; may lack in imported history
    length_mm INTEGER CHECK (length_mm BETWEEN 1 AND 30000),  -- of one box; none where no size was given
    width_mm INTEGER CHECK (width_mm BETWEEN 1 AND 30000),
    height_mm INTEGER CHECK (height_mm BETWEEN 1 AND 30000),
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
INSERT INTO ship_box VALUES(32,1,'1-14',14,23500000,NULL,NULL,NULL);
CREATE TABLE ship_quote (
    entry INTEGER NOT NULL REFERENCES ship (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    carrier TEXT NOT NULL,
    price_fen INTEGER NOT NULL CHECK (price_fen > 0),
    days INTEGER NOT NULL CHECK (days > 0), -- on the way
    quality INTEGER NOT NULL CHECK (quality BETWEEN 1 AND 5),  -- 5 is the best
    quoted_on TEXT NOT NULL,
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
INSERT INTO ship_quote VALUES(32,1,'顺达',4200000,3,4,'2026-10-26');
INSERT INTO ship_quote VALUES(32,2,'恒通',3900000,5,3,'2026-10-26');
CREATE TABLE ship_load (
    entry INTEGER NOT NULL REFERENCES ship (entry),
    position INTEGER NOT NULL,              -- 1, 2, 3 …
    boxes INTEGER NOT NULL CHECK (boxes > 0),
    cases TEXT,                             -- their case numbers as typed; none where they were only counted
    requirement TEXT,                       -- how to load, as the transport and the user require
    loaded_on TEXT NOT NULL,
    PRIMARY KEY (entry, position)
) STRICT, WITHOUT ROWID;
CREATE TABLE figure (
    key TEXT PRIMARY KEY,                   -- such as: contact.reply_days
    unit TEXT NOT NULL CHECK (unit IN ('days', 'months', 'day of month', 'entries', 'yuan', 'percent')),
    standard INTEGER NOT NULL,              -- the value until one is set
    least INTEGER NOT NULL,                 -- smallest value that makes sense
    most INTEGER NOT NULL,                  -- greatest
    clause TEXT NOT NULL,                   -- where it comes from
    set_by TEXT NOT NULL,                   -- the role that sets it
    meaning TEXT NOT NULL
) STRICT, WITHOUT ROWID;
INSERT INTO figure VALUES('asset.repair_days','days',14,0,365,'R5.5','branch-manager','days from the report of damage by which the repair should be done');
INSERT INTO figure VALUES('asset.threshold','yuan',200000,0,10000000000000,'R5.5','branch-manager','price over which equipment is on the account');
INSERT INTO figure VALUES('asset.warranty_notice_days','days',30,0,365,'R5.5','branch-manager','days before a warranty ends from which it is on the list of what waits');
INSERT INTO figure VALUES('contact.archive_days','days',7,0,365,'R4.7','branch-manager','days from receipt after which an unarchived form is outstanding');
INSERT INTO figure VALUES('contact.reply_days','days',5,0,365,'R4.7','branch-manager','days to reply to a contact form, where the form names none');
INSERT INTO figure VALUES('fee.cap_percent','percent',500,0,10000,'R5.4(3)','company-leader','most that all fees of a project may come to, in percent of its contract');
INSERT INTO figure VALUES('fee.rate_percent','percent',300,0,10000,'R5.4(3)','company-leader','rate above which a fee is marked');
INSERT INTO figure VALUES('gift.quote_from','yuan',100000,0,10000000000000,'R5.3(3)','company-leader','amount above which offers are compared before a gift is bought');
INSERT INTO figure VALUES('gift.quotes','entries',2,0,20,'R5.3(3)','company-leader','offers to be compared before a gift above gift.quote_from is bought');
INSERT INTO figure VALUES('gift.recipient_limit','yuan',200000,0,10000000000000,'R5.3(1)','company-leader','what one unit or person may have in a year before it is reported as above the limit');
INSERT INTO figure VALUES('info.deadline_day','day of month',30,1,31,'R2.2','branch-manager','last day to report the month''s user information, or the month''s last day');
INSERT INTO figure VALUES('info.duplicate_months','months',12,0,120,'R2.3','branch-manager','how far back the same customer and equipment count as a repeat');
INSERT INTO figure VALUES('info.suspend_misses','months',3,2,12,'R2.2a','branch-manager','misses in a row that suspend commission and award');
INSERT INTO figure VALUES('project.answer_days','days',5,0,365,'R3.6','branch-manager','days to answer a user''s request, where no day is named');
INSERT INTO figure VALUES('project.major_amount','yuan',500000000,0,10000000000000,'R3.1','branch-manager','estimated amount at and above which a project is major');
INSERT INTO figure VALUES('reception.summary_days','days',3,0,365,'R5.2(5)','branch-manager','days after the guests left within which a reception is summarised');
INSERT INTO figure VALUES('ship.arrival_days','days',15,1,365,'R6.2','branch-manager','days on the way after which a shipment is overdue, where no carrier quoted them');
INSERT INTO figure VALUES('ship.quotes','entries',2,0,20,'R6.2','branch-manager','carriers to be asked before a transport is awarded, where the company bears the freight');
INSERT INTO figure VALUES('ship.weight_days','percent',2000,0,10000,'R6.2','branch-manager','weight of the days on the way when quotes are compared');
INSERT INTO figure VALUES('ship.weight_price','percent',6000,0,10000,'R6.2','branch-manager','weight of the price when quotes are compared');
INSERT INTO figure VALUES('ship.weight_quality','percent',2000,0,10000,'R6.2','branch-manager','weight of the quality when quotes are compared');
CREATE TABLE state (
    register TEXT NOT NULL,
    state TEXT NOT NULL,
    position INTEGER NOT NULL,
    end_flag INTEGER NOT NULL,              -- 1: nothing more is waited for
    meaning TEXT NOT NULL,
    PRIMARY KEY (register, state)
) STRICT, WITHOUT ROWID;
INSERT INTO state VALUES('asset','disposed',6,1,'disposed of');
INSERT INTO state VALUES('asset','in-repair',3,0,'damaged, in repair');
INSERT INTO state VALUES('asset','in-store',1,0,'with its keeper');
INSERT INTO state VALUES('asset','in-use',2,0,'with a user, for work');
INSERT INTO state VALUES('asset','lost',4,1,'lost');
INSERT INTO state VALUES('asset','stolen',5,1,'stolen, reported to the police');
INSERT INTO state VALUES('asset','void',7,1,'spoilt; the number stays');
INSERT INTO state VALUES('contact','archived',4,1,'in the contract''s file');
INSERT INTO state VALUES('contact','issued',2,0,'handed to the addressees');
INSERT INTO state VALUES('contact','received',3,0,'signed for by every addressee');
INSERT INTO state VALUES('contact','reserved',1,0,'number set aside for a paper pad');
INSERT INTO state VALUES('contact','void',5,1,'spoilt; the number stays');
INSERT INTO state VALUES('fee','approved',2,0,'approved by a company leader');
INSERT INTO state VALUES('fee','registered',4,0,'agreement filed; may be paid');
INSERT INTO state VALUES('fee','rejected',6,1,'refused by a company leader');
INSERT INTO state VALUES('fee','requested',1,0,'asked for, not decided');
INSERT INTO state VALUES('fee','settled',5,1,'paid, or closed with a remainder');
INSERT INTO state VALUES('fee','signed',3,0,'agreement signed by the manager in charge');
INSERT INTO state VALUES('fee','void',7,1,'spoilt; the number stays');
INSERT INTO state VALUES('gift','approved',3,0,'approved, not bought yet');
INSERT INTO state VALUES('gift','bought',4,0,'bought within what was approved');
INSERT INTO state VALUES('gift','endorsed',2,0,'endorsed by the department manager');
INSERT INTO state VALUES('gift','given',5,1,'handed over');
INSERT INTO state VALUES('gift','own-expense',7,1,'bought without approval; a person bears the cost');
INSERT INTO state VALUES('gift','rejected',6,1,'will not be bought');
INSERT INTO state VALUES('gift','requested',1,0,'asked for');
INSERT INTO state VALUES('gift','void',8,1,'spoilt; the number stays');
INSERT INTO state VALUES('info','assigned',4,0,'passed to the department concerned');
INSERT INTO state VALUES('info','collected',1,0,'with the department');
INSERT INTO state VALUES('info','filed',3,0,'in General Management''s register');
INSERT INTO state VALUES('info','lost',7,1,'came to nothing');
INSERT INTO state VALUES('info','reported',2,0,'reported to General Management');
INSERT INTO state VALUES('info','tracked',5,0,'a named salesperson is on it');
INSERT INTO state VALUES('info','void',8,1,'spoilt; the number stays');
INSERT INTO state VALUES('info','won',6,1,'became business');
INSERT INTO state VALUES('project','accepted',5,0,'the user has accepted it');
INSERT INTO state VALUES('project','closed',6,1,'paid, solved and filed');
INSERT INTO state VALUES('project','contracted',3,0,'the contract is signed');
INSERT INTO state VALUES('project','delivered',4,0,'the product is with the user');
INSERT INTO state VALUES('project','lost',7,1,'came to nothing');
INSERT INTO state VALUES('project','negotiating',2,0,'being negotiated or reviewed');
INSERT INTO state VALUES('project','open',1,0,'entered, not negotiated yet');
INSERT INTO state VALUES('project','void',8,1,'spoilt; the number stays');
INSERT INTO state VALUES('reception','archived',5,1,'registered and filed');
INSERT INTO state VALUES('reception','arranged',2,0,'staff, place, cars, dining, gifts, lodging and schedule are arranged');
INSERT INTO state VALUES('reception','cancelled',6,1,'the guests do not come');
INSERT INTO state VALUES('reception','planned',1,0,'General Management has the plan');
INSERT INTO state VALUES('reception','received',3,0,'the guests were here');
INSERT INTO state VALUES('reception','summarized',4,0,'General Management has written the summary');
INSERT INTO state VALUES('reception','void',7,1,'spoilt; the number stays');
INSERT INTO state VALUES('ship','arrived',8,1,'signed for at the place of arrival');
INSERT INTO state VALUES('ship','awarded',3,0,'a carrier was chosen');
INSERT INTO state VALUES('ship','cancelled',9,1,'will not be shipped');
INSERT INTO state VALUES('ship','completed',2,0,'the manufacturing department has given its Completion Notice');
INSERT INTO state VALUES('ship','dispatched',7,0,'on the way');
INSERT INTO state VALUES('ship','loaded',6,0,'manufacturing has its loading notice');
INSERT INTO state VALUES('ship','notified',1,0,'General Management knows of it by a contact form');
INSERT INTO state VALUES('ship','passed',5,0,'the gate pass is made out');
INSERT INTO state VALUES('ship','scheduled',4,0,'the day was agreed with the leader or the user');
INSERT INTO state VALUES('ship','void',10,1,'spoilt; the number stays');
CREATE TABLE step (
    register TEXT NOT NULL,
    verb TEXT NOT NULL,
    from_state TEXT NOT NULL,
    to_state TEXT NOT NULL,
    role TEXT NOT NULL,                     -- roles that may, separated by spaces; '' where the register's own rule decides
    clause TEXT NOT NULL,
    PRIMARY KEY (register, verb, from_state, to_state)
) STRICT, WITHOUT ROWID;
INSERT INTO step VALUES('asset','add','','in-store','','R5.5(1)');
INSERT INTO step VALUES('asset','damage','in-store','in-repair','','R5.5(4)');
INSERT INTO step VALUES('asset','damage','in-use','in-repair','','R5.5(4)');
INSERT INTO step VALUES('asset','dispose','in-store','disposed','department-manager branch-manager','R5.5(1)');
INSERT INTO step VALUES('asset','issue','in-store','in-use','','R5.5(3)');
INSERT INTO step VALUES('asset','lose','in-repair','lost','','R5.5(2)');
INSERT INTO step VALUES('asset','lose','in-store','lost','','R5.5(2)');
INSERT INTO step VALUES('asset','lose','in-use','lost','','R5.5(2)');
INSERT INTO step VALUES('asset','recover','lost','in-store','','R5.5(2)');
INSERT INTO step VALUES('asset','recover','stolen','in-store','','R5.5(2)');
INSERT INTO step VALUES('asset','repair','in-repair','in-store','','R5.5(4)');
INSERT INTO step VALUES('asset','repair','in-repair','in-use','','R5.5(4)');
INSERT INTO step VALUES('asset','return','in-use','in-store','','R5.5(3)');
INSERT INTO step VALUES('asset','steal','in-repair','stolen','','R5.5(2)');
INSERT INTO step VALUES('asset','steal','in-store','stolen','','R5.5(2)');
INSERT INTO step VALUES('asset','steal','in-use','stolen','','R5.5(2)');
INSERT INTO step VALUES('asset','transfer','in-repair','in-repair','','R5.5(2)');
INSERT INTO step VALUES('asset','transfer','in-store','in-store','','R5.5(2)');
INSERT INTO step VALUES('asset','transfer','in-use','in-use','','R5.5(2)');
INSERT INTO step VALUES('asset','void','','void','clerk','R5.5(1)');
INSERT INTO step VALUES('asset','void','in-store','void','clerk','R5.5(1)');
INSERT INTO step VALUES('contact','add','','issued','','R4.1');
INSERT INTO step VALUES('contact','add','reserved','issued','','R4.1');
INSERT INTO step VALUES('contact','archive','issued','archived','clerk contract-administrator','R4.7');
INSERT INTO step VALUES('contact','archive','received','archived','clerk contract-administrator','R4.7');
INSERT INTO step VALUES('contact','reply','received','received','','R4.7');
INSERT INTO step VALUES('contact','reserve','','reserved','clerk','R4.8');
INSERT INTO step VALUES('contact','sign','archived','archived','','R4.7');
INSERT INTO step VALUES('contact','sign','issued','issued','','R4.7');
INSERT INTO step VALUES('contact','sign','issued','received','','R4.7');
INSERT INTO step VALUES('contact','sign','received','received','','R4.7');
INSERT INTO step VALUES('contact','void','','void','clerk','R4.8');
INSERT INTO step VALUES('contact','void','issued','void','clerk','R4.8');
INSERT INTO step VALUES('contact','void','received','void','clerk','R4.8');
INSERT INTO step VALUES('contact','void','reserved','void','clerk','R4.8');
INSERT INTO step VALUES('fee','add','','requested','','R5.4(1)');
INSERT INTO step VALUES('fee','amend','approved','requested','','R5.4(1)');
INSERT INTO step VALUES('fee','amend','requested','requested','','R5.4(1)');
INSERT INTO step VALUES('fee','approve','requested','approved','company-leader','R5.4(1)');
INSERT INTO step VALUES('fee','bill','registered','registered','','R5.4(2)');
INSERT INTO step VALUES('fee','clear','registered','registered','company-leader','R5.4(2)');
INSERT INTO step VALUES('fee','pay','registered','registered','clerk','R5.4(2)');
INSERT INTO step VALUES('fee','register','signed','registered','clerk','R5.4(2)');
INSERT INTO step VALUES('fee','reject','approved','rejected','company-leader','R5.4(1)');
INSERT INTO step VALUES('fee','reject','requested','rejected','company-leader','R5.4(1)');
INSERT INTO step VALUES('fee','settle','registered','settled','clerk','R5.4(2)');
INSERT INTO step VALUES('fee','sign','approved','signed','branch-manager','R5.4(1)');
INSERT INTO step VALUES('fee','void','','void','clerk','R5.4(1)');
INSERT INTO step VALUES('fee','void','approved','void','clerk','R5.4(1)');
INSERT INTO step VALUES('fee','void','requested','void','clerk','R5.4(1)');
INSERT INTO step VALUES('gift','add','','requested','','R5.3(1)');
INSERT INTO step VALUES('gift','amend','approved','requested','clerk','R5.3(1)');
INSERT INTO step VALUES('gift','amend','bought','bought','clerk','R5.3(3)');
INSERT INTO step VALUES('gift','amend','endorsed','requested','clerk','R5.3(1)');
INSERT INTO step VALUES('gift','amend','given','given','clerk','R5.3(3)');
INSERT INTO step VALUES('gift','amend','own-expense','own-expense','clerk','R5.3(3)');
INSERT INTO step VALUES('gift','amend','requested','requested','clerk','R5.3(1)');
INSERT INTO step VALUES('gift','approve','endorsed','approved','branch-manager','R5.3(1)');
INSERT INTO step VALUES('gift','approve','requested','approved','branch-manager','R5.3(1)');
INSERT INTO step VALUES('gift','buy','approved','bought','','R5.3(1)');
INSERT INTO step VALUES('gift','buy','approved','own-expense','','R5.3(2)');
INSERT INTO step VALUES('gift','buy','endorsed','own-expense','','R5.3(2)');
INSERT INTO step VALUES('gift','buy','rejected','own-expense','','R5.3(2)');
INSERT INTO step VALUES('gift','buy','requested','own-expense','','R5.3(2)');
INSERT INTO step VALUES('gift','endorse','requested','endorsed','department-manager','R5.3(2)');
INSERT INTO step VALUES('gift','give','bought','given','','R5.3(1)');
INSERT INTO step VALUES('gift','quote','approved','approved','','R5.3(3)');
INSERT INTO step VALUES('gift','quote','endorsed','endorsed','','R5.3(3)');
INSERT INTO step VALUES('gift','quote','requested','requested','','R5.3(3)');
INSERT INTO step VALUES('gift','reject','endorsed','rejected','','R5.3(1)');
INSERT INTO step VALUES('gift','reject','requested','rejected','','R5.3(1)');
INSERT INTO step VALUES('gift','void','','void','clerk','R5.3(1)');
INSERT INTO step VALUES('gift','void','approved','void','clerk','R5.3(1)');
INSERT INTO step VALUES('gift','void','endorsed','void','clerk','R5.3(1)');
INSERT INTO step VALUES('gift','void','requested','void','clerk','R5.3(1)');
INSERT INTO step VALUES('info','add','','collected','salesperson trainee department-manager','R2.2');
INSERT INTO step VALUES('info','assign','assigned','assigned','clerk','R2.3');
INSERT INTO step VALUES('info','assign','filed','assigned','clerk','R2.3');
INSERT INTO step VALUES('info','close','tracked','lost','','R2.3');
INSERT INTO step VALUES('info','close','tracked','won','','R2.3');
INSERT INTO step VALUES('info','file','reported','filed','clerk','R2.2');
INSERT INTO step VALUES('info','follow','tracked','tracked','','R2.3');
INSERT INTO step VALUES('info','open-project','tracked','tracked','','R2.3');
INSERT INTO step VALUES('info','report','collected','reported','department-manager','R2.2');
INSERT INTO step VALUES('info','track','assigned','tracked','department-manager','R2.3');
INSERT INTO step VALUES('info','track','tracked','tracked','department-manager','R2.3');
INSERT INTO step VALUES('info','void','assigned','void','clerk','R2.2');
INSERT INTO step VALUES('info','void','collected','void','clerk','R2.2');
INSERT INTO step VALUES('info','void','filed','void','clerk','R2.2');
INSERT INTO step VALUES('info','void','reported','void','clerk','R2.2');
INSERT INTO step VALUES('info','void','tracked','void','clerk','R2.2');
INSERT INTO step VALUES('project','accept','delivered','accepted','','R3.8');
INSERT INTO step VALUES('project','add','','open','','R3.1');
INSERT INTO step VALUES('project','close','accepted','closed','','R3.5');
INSERT INTO step VALUES('project','contract','accepted','accepted','','R3.4');
INSERT INTO step VALUES('project','contract','contracted','contracted','','R3.4');
INSERT INTO step VALUES('project','contract','delivered','delivered','','R3.4');
INSERT INTO step VALUES('project','contract','negotiating','contracted','','R3.4');
INSERT INTO step VALUES('project','contract','open','contracted','','R3.4');
INSERT INTO step VALUES('project','deliver','contracted','delivered','','R3.5');
INSERT INTO step VALUES('project','done','accepted','accepted','','R3.2');
INSERT INTO step VALUES('project','done','contracted','contracted','','R3.2');
INSERT INTO step VALUES('project','done','delivered','delivered','','R3.2');
INSERT INTO step VALUES('project','done','negotiating','negotiating','','R3.2');
INSERT INTO step VALUES('project','done','open','open','','R3.2');
INSERT INTO step VALUES('project','escalate','accepted','accepted','','R3.8');
INSERT INTO step VALUES('project','escalate','contracted','contracted','','R3.8');
INSERT INTO step VALUES('project','escalate','delivered','delivered','','R3.8');
INSERT INTO step VALUES('project','instalments','accepted','accepted','','R3.7');
INSERT INTO step VALUES('project','instalments','contracted','contracted','','R3.7');
INSERT INTO step VALUES('project','instalments','delivered','delivered','','R3.7');
INSERT INTO step VALUES('project','lead','accepted','accepted','','R3.1');
INSERT INTO step VALUES('project','lead','contracted','contracted','','R3.1');
INSERT INTO step VALUES('project','lead','delivered','delivered','','R3.1');
INSERT INTO step VALUES('project','lead','negotiating','negotiating','','R3.1');
INSERT INTO step VALUES('project','lead','open','open','','R3.1');
INSERT INTO step VALUES('project','log','accepted','accepted','','R3.6');
INSERT INTO step VALUES('project','log','contracted','contracted','','R3.6');
INSERT INTO step VALUES('project','log','delivered','delivered','','R3.6');
INSERT INTO step VALUES('project','log','negotiating','negotiating','','R3.6');
INSERT INTO step VALUES('project','log','open','negotiating','','R3.4');
INSERT INTO step VALUES('project','log','open','open','','R3.6');
INSERT INTO step VALUES('project','lose','negotiating','lost','','R3.4');
INSERT INTO step VALUES('project','lose','open','lost','','R3.4');
INSERT INTO step VALUES('project','plan','accepted','accepted','','R3.2');
INSERT INTO step VALUES('project','plan','contracted','contracted','','R3.2');
INSERT INTO step VALUES('project','plan','delivered','delivered','','R3.2');
INSERT INTO step VALUES('project','plan','negotiating','negotiating','','R3.2');
INSERT INTO step VALUES('project','plan','open','open','','R3.2');
INSERT INTO step VALUES('project','problem','accepted','accepted','','R3.5');
INSERT INTO step VALUES('project','problem','contracted','contracted','','R3.5');
INSERT INTO step VALUES('project','problem','delivered','delivered','','R3.5');
INSERT INTO step VALUES('project','receive','accepted','accepted','','R3.7');
INSERT INTO step VALUES('project','receive','contracted','contracted','','R3.7');
INSERT INTO step VALUES('project','receive','delivered','delivered','','R3.7');
INSERT INTO step VALUES('project','review','accepted','accepted','','R3.3');
INSERT INTO step VALUES('project','review','contracted','contracted','','R3.3');
INSERT INTO step VALUES('project','review','delivered','delivered','','R3.3');
INSERT INTO step VALUES('project','review','negotiating','negotiating','','R3.3');
INSERT INTO step VALUES('project','review','open','negotiating','','R3.3');
INSERT INTO step VALUES('project','solve','accepted','accepted','','R3.5');
INSERT INTO step VALUES('project','solve','contracted','contracted','','R3.5');
INSERT INTO step VALUES('project','solve','delivered','delivered','','R3.5');
INSERT INTO step VALUES('project','team','accepted','accepted','','R3.9');
INSERT INTO step VALUES('project','team','contracted','contracted','','R3.9');
INSERT INTO step VALUES('project','team','delivered','delivered','','R3.9');
INSERT INTO step VALUES('project','team','negotiating','negotiating','','R3.9');
INSERT INTO step VALUES('project','team','open','open','','R3.9');
INSERT INTO step VALUES('project','void','','void','clerk','R3.1');
INSERT INTO step VALUES('project','void','negotiating','void','clerk','R3.1');
INSERT INTO step VALUES('project','void','open','void','clerk','R3.1');
INSERT INTO step VALUES('reception','add','','planned','','R5.2(1)');
INSERT INTO step VALUES('reception','archive','summarized','archived','','R5.2(5)');
INSERT INTO step VALUES('reception','arrange','arranged','arranged','','R5.2(2)');
INSERT INTO step VALUES('reception','arrange','planned','arranged','','R5.2(2)');
INSERT INTO step VALUES('reception','cancel','arranged','cancelled','','R5.2(1)');
INSERT INTO step VALUES('reception','cancel','planned','cancelled','','R5.2(1)');
INSERT INTO step VALUES('reception','receive','arranged','received','','R5.2(5)');
INSERT INTO step VALUES('reception','summarize','received','summarized','','R5.2(5)');
INSERT INTO step VALUES('reception','void','','void','clerk','R5.2(1)');
INSERT INTO step VALUES('reception','void','arranged','void','clerk','R5.2(1)');
INSERT INTO step VALUES('reception','void','planned','void','clerk','R5.2(1)');
INSERT INTO step VALUES('ship','add','','notified','','R6.1');
INSERT INTO step VALUES('ship','arrive','dispatched','arrived','','R6.2');
INSERT INTO step VALUES('ship','award','awarded','awarded','','R6.2');
INSERT INTO step VALUES('ship','award','completed','awarded','','R6.2');
INSERT INTO step VALUES('ship','award','scheduled','scheduled','','R6.2');
INSERT INTO step VALUES('ship','bill','arrived','arrived','','R6.2');
INSERT INTO step VALUES('ship','bill','dispatched','dispatched','','R6.2');
INSERT INTO step VALUES('ship','box','awarded','awarded','','R6.2');
INSERT INTO step VALUES('ship','box','completed','completed','','R6.2');
INSERT INTO step VALUES('ship','box','loaded','loaded','','R6.2');
INSERT INTO step VALUES('ship','box','notified','notified','','R6.2');
INSERT INTO step VALUES('ship','box','passed','passed','','R6.2');
INSERT INTO step VALUES('ship','box','scheduled','scheduled','','R6.2');
INSERT INTO step VALUES('ship','cancel','awarded','cancelled','','R6.2');
INSERT INTO step VALUES('ship','cancel','completed','cancelled','','R6.2');
INSERT INTO step VALUES('ship','cancel','loaded','cancelled','','R6.2');
INSERT INTO step VALUES('ship','cancel','notified','cancelled','','R6.2');
INSERT INTO step VALUES('ship','cancel','passed','cancelled','','R6.2');
INSERT INTO step VALUES('ship','cancel','scheduled','cancelled','','R6.2');
INSERT INTO step VALUES('ship','complete','notified','completed','','R6.2');
INSERT INTO step VALUES('ship','dispatch','loaded','dispatched','','R6.3');
INSERT INTO step VALUES('ship','load','loaded','loaded','','R6.3');
INSERT INTO step VALUES('ship','load','passed','loaded','','R6.3');
INSERT INTO step VALUES('ship','pass','scheduled','passed','','R6.3');
INSERT INTO step VALUES('ship','quote','awarded','awarded','','R6.2');
INSERT INTO step VALUES('ship','quote','completed','completed','','R6.2');
INSERT INTO step VALUES('ship','quote','notified','notified','','R6.2');
INSERT INTO step VALUES('ship','quote','scheduled','scheduled','','R6.2');
INSERT INTO step VALUES('ship','schedule','awarded','scheduled','','R6.2');
INSERT INTO step VALUES('ship','schedule','completed','scheduled','','R6.2');
INSERT INTO step VALUES('ship','schedule','scheduled','scheduled','','R6.2');
INSERT INTO step VALUES('ship','void','','void','clerk','R6.1');
INSERT INTO step VALUES('ship','void','awarded','void','clerk','R6.1');
INSERT INTO step VALUES('ship','void','completed','void','clerk','R6.1');
INSERT INTO step VALUES('ship','void','notified','void','clerk','R6.1');
INSERT INTO step VALUES('ship','void','scheduled','void','clerk','R6.1');
CREATE INDEX journal_thing ON journal (thing);
CREATE INDEX entry_day ON entry (register, day_on);
CREATE INDEX entry_open ON entry (register, state) WHERE ended_on IS NULL;
CREATE INDEX contact_project ON contact (project) WHERE project IS NOT NULL;
CREATE INDEX info_customer ON info (customer_fold);
CREATE INDEX project_source ON project (source) WHERE source IS NOT NULL;
CREATE UNIQUE INDEX contract_number ON contract (contract) WHERE position = 1;
CREATE INDEX contract_signed ON contract (signed_on);
CREATE INDEX instalment_open ON instalment (due_on) WHERE received_fen < amount_fen;
CREATE INDEX receipt_day ON receipt (received_on);
CREATE INDEX fee_project ON fee (project);
CREATE UNIQUE INDEX custody_open ON custody (entry, duty) WHERE until_on IS NULL;
CREATE UNIQUE INDEX damage_open ON damage (entry) WHERE outcome IS NULL;
CREATE UNIQUE INDEX loss_open ON loss (entry) WHERE recovered_on IS NULL;
CREATE UNIQUE INDEX stocktake_open ON stocktake (closed_on IS NULL) WHERE closed_on IS NULL;
CREATE INDEX ship_project ON ship (project);
CREATE INDEX ship_unbilled ON ship (arrived_on) WHERE arrived_on IS NOT NULL AND awarded_on IS NOT NULL AND billed_fen IS NULL AND freight = 'company';
CREATE VIEW staff_list AS
SELECT p.key, p.name, t.role, t.department, t.from_on, t.until_on, p.os_login
FROM person AS p LEFT JOIN term AS t ON t.person = p.key;
CREATE TRIGGER once_fixed BEFORE UPDATE ON once
BEGIN SELECT RAISE(ABORT, 'a key keeps its answer'); END;
CREATE TRIGGER book_kept BEFORE DELETE ON book
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER once_kept BEFORE DELETE ON once
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER department_kept BEFORE DELETE ON department
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER person_kept BEFORE DELETE ON person
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: end the person''s terms'); END;
CREATE TRIGGER term_kept BEFORE DELETE ON term
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: end the term'); END;
CREATE TRIGGER rule_kept BEFORE DELETE ON rule
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: set the figure anew'); END;
CREATE TRIGGER series_kept BEFORE DELETE ON series
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER template_kept BEFORE DELETE ON template
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER closing_kept BEFORE DELETE ON closing
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER journal_fixed BEFORE UPDATE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER journal_kept BEFORE DELETE ON journal
BEGIN SELECT RAISE(ABORT, 'the journal is never changed'); END;
CREATE TRIGGER reading_fixed BEFORE UPDATE ON reading
BEGIN SELECT RAISE(ABORT, 'the access log is never changed'); END;
CREATE TRIGGER reading_kept BEFORE DELETE ON reading
BEGIN SELECT RAISE(ABORT, 'the access log is never changed'); END;
CREATE VIEW exception_list AS
SELECT e.number, x.clause, x.happened_on, x.person, x.reason, x.refused,
    (SELECT a.decided_by FROM approval AS a WHERE a.entry = x.entry AND a.verb = 'approve' ORDER BY a.position DESC LIMIT 1) AS approved_by,
    e.department, e.register
FROM exception AS x JOIN entry AS e ON e.id = x.entry;
CREATE TRIGGER entry_fixed BEFORE UPDATE OF id, register, number, counter, serial ON entry
BEGIN SELECT RAISE(ABORT, 'an entry keeps its register and number'); END;
CREATE TRIGGER entry_step BEFORE UPDATE OF state ON entry WHEN NEW.state <> OLD.state AND NOT EXISTS (
    SELECT 1 FROM step WHERE register = OLD.register AND from_state = OLD.state AND to_state = NEW.state)
BEGIN SELECT RAISE(ABORT, 'no step leads from the entry''s state to that one'); END;
CREATE TRIGGER entry_ledger BEFORE UPDATE OF department ON entry
    WHEN NEW.department <> OLD.department AND EXISTS (SELECT 1 FROM series AS s JOIN counter AS c ON c.series = s.key
        WHERE c.id = OLD.counter AND s.department IS NOT NULL)
BEGIN SELECT RAISE(ABORT, 'an entry stays in its department''s ledger'); END;
CREATE TRIGGER entry_kept BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: void the entry'); END;
CREATE TRIGGER counter_fixed BEFORE UPDATE ON counter
    WHEN NEW.id <> OLD.id OR NEW.series <> OLD.series OR NEW.prefix <> OLD.prefix OR NEW.last < OLD.last
BEGIN SELECT RAISE(ABORT, 'a number is never given out twice'); END;
CREATE TRIGGER counter_kept BEFORE DELETE ON counter
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER exception_fixed BEFORE UPDATE ON exception
BEGIN SELECT RAISE(ABORT, 'a recorded breach is never changed'); END;
CREATE TRIGGER exception_kept BEFORE DELETE ON exception
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER approval_fixed BEFORE UPDATE ON approval
BEGIN SELECT RAISE(ABORT, 'a decision is never changed'); END;
CREATE TRIGGER approval_kept BEFORE DELETE ON approval
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE VIEW contact_list AS
SELECT e.number, e.state, e.day_on AS issued_on, c.subject, c.addressed_to, c.kind, e.person AS issued_by, c.reply_by_on,
    c.received_on, c.replied_on, c.archived_on, c.project, c.contract, c.copied_to, c.holder, c.pages, e.department, c.content,
    c.archived_by, c.contract_file, c.no_contract, e.void_reason, e.amendments, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN contact AS c ON c.entry = e.id
WHERE e.register = 'contact';
CREATE TRIGGER contact_void BEFORE UPDATE ON contact
    WHEN (SELECT state FROM entry WHERE id = OLD.entry) = 'void'
BEGIN SELECT RAISE(ABORT, 'a void form stays as it is'); END;
CREATE TRIGGER contact_archived BEFORE UPDATE OF archived_on, archived_by ON contact WHEN OLD.archived_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'the archive''s signature is never changed'); END;
CREATE TRIGGER contact_kept BEFORE DELETE ON contact
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: void the form'); END;
CREATE TRIGGER signature_fixed BEFORE UPDATE ON signature
BEGIN SELECT RAISE(ABORT, 'a signature is never changed'); END;
CREATE TRIGGER signature_kept BEFORE DELETE ON signature
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER reply_fixed BEFORE UPDATE ON reply
BEGIN SELECT RAISE(ABORT, 'a reply is never changed'); END;
CREATE TRIGGER reply_kept BEFORE DELETE ON reply
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE VIEW info_list AS
SELECT e.number, e.state, e.day_on AS collected_on, i.customer, i.equipment, i.region, e.department, e.person AS collected_by, i.need,
    i.amount_fen, i.contact_person, i.phone, i.source, i.assigned_to, i.tracker, i.reported_on, i.late_flag, i.filed_on, i.place, i.assigned_on,
    i.tracked_on, i.duplicate_of, i.outcome, e.ended_on, e.void_reason, e.amendments, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN info AS i ON i.entry = e.id
WHERE e.register = 'info';
CREATE TRIGGER info_void BEFORE UPDATE ON info
    WHEN (SELECT state FROM entry WHERE id = OLD.entry) = 'void'
BEGIN SELECT RAISE(ABORT, 'a void entry stays as it is'); END;
CREATE TRIGGER info_kept BEFORE DELETE ON info
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: void the entry'); END;
CREATE TRIGGER follow_fixed BEFORE UPDATE ON follow
BEGIN SELECT RAISE(ABORT, 'a note is never changed'); END;
CREATE TRIGGER follow_kept BEFORE DELETE ON follow
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER info_report_fixed BEFORE UPDATE ON info_report
BEGIN SELECT RAISE(ABORT, 'a report is never changed'); END;
CREATE TRIGGER info_report_kept BEFORE DELETE ON info_report
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER quota_kept BEFORE DELETE ON quota
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: set the indicator anew'); END;
CREATE TRIGGER exemption_kept BEFORE DELETE ON exemption
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER route_kept BEFORE DELETE ON route
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: end the route'); END;
CREATE TRIGGER access_grant_kept BEFORE DELETE ON access_grant
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: revoke the grant'); END;
CREATE TRIGGER info_counted AFTER INSERT ON info
BEGIN
    INSERT INTO info_count
    SELECT substr(e.day_on, 1, 7), e.person, e.department, 1, NEW.duplicate_of IS NOT NULL, NEW.reported_on IS NOT NULL, NEW.late_flag
    FROM entry AS e WHERE e.id = NEW.entry AND e.state <> 'void'
    ON CONFLICT DO UPDATE SET collected = collected + 1, duplicates = duplicates + excluded.duplicates,
        reported = reported + excluded.reported, late = late + excluded.late;
END;
CREATE TRIGGER info_recounted AFTER UPDATE OF duplicate_of, reported_on, late_flag ON info
BEGIN
    UPDATE info_count SET
        duplicates = duplicates - (OLD.duplicate_of IS NOT NULL) + (NEW.duplicate_of IS NOT NULL),
        reported = reported - (OLD.reported_on IS NOT NULL) + (NEW.reported_on IS NOT NULL),
        late = late - OLD.late_flag + NEW.late_flag
    WHERE (month, person, department) = (SELECT substr(e.day_on, 1, 7), e.person, e.department
        FROM entry AS e WHERE e.id = NEW.entry AND e.state <> 'void');
END;
CREATE TRIGGER info_moved AFTER UPDATE OF state, department, day_on, person ON entry WHEN NEW.register = 'info'
BEGIN
    UPDATE info_count SET collected = collected - 1,
        duplicates = duplicates - (SELECT i.duplicate_of IS NOT NULL FROM info AS i WHERE i.entry = NEW.id),
        reported = reported - (SELECT i.reported_on IS NOT NULL FROM info AS i WHERE i.entry = NEW.id),
        late = late - (SELECT i.late_flag FROM info AS i WHERE i.entry = NEW.id)
    WHERE OLD.state <> 'void' AND month = substr(OLD.day_on, 1, 7) AND person = OLD.person AND department = OLD.department;
    INSERT INTO info_count
    SELECT substr(NEW.day_on, 1, 7), NEW.person, NEW.department, 1, i.duplicate_of IS NOT NULL, i.reported_on IS NOT NULL, i.late_flag
    FROM info AS i WHERE i.entry = NEW.id AND NEW.state <> 'void'
    ON CONFLICT DO UPDATE SET collected = collected + 1, duplicates = duplicates + excluded.duplicates,
        reported = reported + excluded.reported, late = late + excluded.late;
END;
CREATE VIEW project_list AS
SELECT e.number, e.state, e.day_on AS opened_on, p.customer, p.title,
    (SELECT l.person FROM leader AS l WHERE l.entry = e.id ORDER BY l.position DESC LIMIT 1) AS leader,
    e.department, p.amount_fen, c.contract, c.signed_on,
    (SELECT sum(a.amount_fen) FROM contract AS a WHERE a.entry = c.entry) AS contract_amount_fen, c.currency,
    CASE WHEN c.entry IS NOT NULL THEN (SELECT coalesce(sum(i.received_fen), 0) FROM instalment AS i WHERE i.entry = c.entry) END
        AS received_fen,
    (SELECT sum(a.amount_fen) FROM contract AS a WHERE a.entry = c.entry)
        - (SELECT coalesce(sum(i.received_fen), 0) FROM instalment AS i WHERE i.entry = c.entry) AS owed_fen,
    (SELECT sum(a.amount_fen) FROM contract AS a WHERE a.entry = c.entry)
        - (SELECT coalesce(sum(i.amount_fen), 0) FROM instalment AS i WHERE i.entry = c.entry) AS unplanned_fen,
    p.major_flag, p.product, p.region, p.source, p.delivered_on, p.accepted_on, e.ended_on, p.outcome,
    e.person AS opened_by, e.void_reason, e.amendments, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN project AS p ON p.entry = e.id LEFT JOIN contract AS c ON c.entry = e.id AND c.position = 1
WHERE e.register = 'project';
CREATE TRIGGER project_void BEFORE UPDATE ON project
    WHEN (SELECT state FROM entry WHERE id = OLD.entry) = 'void'
BEGIN SELECT RAISE(ABORT, 'a void project stays as it is'); END;
CREATE TRIGGER project_kept BEFORE DELETE ON project
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: void the project'); END;
CREATE TRIGGER leader_fixed BEFORE UPDATE ON leader
BEGIN SELECT RAISE(ABORT, 'an appointment is never changed: appoint another leader'); END;
CREATE TRIGGER leader_kept BEFORE DELETE ON leader
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER team_kept BEFORE DELETE ON team
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: who leaves a team keeps the row'); END;
CREATE TRIGGER milestone_kept BEFORE DELETE ON milestone
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: drop the milestone'); END;
CREATE TRIGGER project_log_kept BEFORE DELETE ON project_log
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER review_fixed BEFORE UPDATE ON review
BEGIN SELECT RAISE(ABORT, 'a review is never changed: review the item again'); END;
CREATE TRIGGER review_kept BEFORE DELETE ON review
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER problem_kept BEFORE DELETE ON problem
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: solve the problem'); END;
CREATE TRIGGER project_closed BEFORE UPDATE OF state ON entry WHEN NEW.register = 'project' AND NEW.state = 'closed' AND (
    EXISTS (SELECT 1 FROM instalment WHERE entry = OLD.id AND received_fen < amount_fen)
    OR EXISTS (SELECT 1 FROM problem WHERE entry = OLD.id AND solved_on IS NULL)
    OR EXISTS (SELECT 1 FROM contact AS c JOIN entry AS e ON e.id = c.entry WHERE c.project = OLD.number AND e.ended_on IS NULL))
BEGIN SELECT RAISE(ABORT, 'a project with open instalments, problems or forms is not closed'); END;
CREATE TRIGGER contract_fixed BEFORE UPDATE ON contract
BEGIN SELECT RAISE(ABORT, 'a signed contract is never changed: enter a supplement'); END;
CREATE TRIGGER contract_kept BEFORE DELETE ON contract
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER product_line_fixed BEFORE UPDATE ON product_line
BEGIN SELECT RAISE(ABORT, 'a signed contract is never changed: enter a supplement'); END;
CREATE TRIGGER product_line_kept BEFORE DELETE ON product_line
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER instalment_received BEFORE UPDATE OF received_fen ON instalment WHEN NEW.received_fen <> (
    SELECT coalesce(sum(r.amount_fen), 0) FROM receipt AS r WHERE r.entry = OLD.entry AND r.instalment = OLD.position)
BEGIN SELECT RAISE(ABORT, 'what was received is the sum of the receipts'); END;
CREATE TRIGGER instalment_kept BEFORE DELETE ON instalment WHEN OLD.received_fen > 0
BEGIN SELECT RAISE(ABORT, 'an instalment that was paid stays'); END;
CREATE TRIGGER receipt_counted AFTER INSERT ON receipt
BEGIN
    UPDATE instalment SET received_fen = received_fen + NEW.amount_fen WHERE entry = NEW.entry AND position = NEW.instalment;
END;
CREATE TRIGGER receipt_fixed BEFORE UPDATE ON receipt
BEGIN SELECT RAISE(ABORT, 'a receipt is never changed'); END;
CREATE TRIGGER receipt_kept BEFORE DELETE ON receipt
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE VIEW reception_list AS
SELECT e.number, e.state, r.unit, r.kind, r.arrive_on, r.leave_on,
    (SELECT nullif(count(*), 0) FROM visitor AS v WHERE v.entry = e.id) AS planned_people, r.people, r.planned_cost_fen, r.cost_fen, r.late_flag,
    date(r.left_on, '+' || coalesce((SELECT f.value FROM rule AS f WHERE f.key = 'reception.summary_days' AND f.from_on <= r.left_on
        ORDER BY f.from_on DESC LIMIT 1), (SELECT f.standard FROM figure AS f WHERE f.key = 'reception.summary_days')) || ' days') AS summary_due_on,
    r.summarized_on, r.purpose,
    (SELECT group_concat(v.visitor, ' | ') FROM (SELECT name || ';' || title AS visitor FROM visitor WHERE entry = e.id ORDER BY position) AS v) AS visitors,
    r.project, r.schedule, r.hosts, r.place, r.car, r.dining, r.gift_standard_fen, r.lodging, r.scenic, r.our_schedule, r.arranged_on,
    r.arrived_on, r.left_on, r.summary, r.outcome, e.day_on AS planned_on, e.department, e.person AS planned_by, e.ended_on, e.void_reason,
    e.amendments, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN reception AS r ON r.entry = e.id
WHERE e.register = 'reception';
CREATE TRIGGER reception_void BEFORE UPDATE ON reception
    WHEN (SELECT state FROM entry WHERE id = OLD.entry) = 'void'
BEGIN SELECT RAISE(ABORT, 'a void reception stays as it is'); END;
CREATE TRIGGER reception_kept BEFORE DELETE ON reception
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: void or cancel the reception'); END;
CREATE TRIGGER visitor_kept BEFORE DELETE ON visitor
    WHEN (SELECT state FROM entry WHERE id = OLD.entry) = 'void'
BEGIN SELECT RAISE(ABORT, 'a void reception stays as it is'); END;
CREATE VIEW gift_list AS
SELECT e.number, e.state, e.day_on AS asked_on, g.unit,
    (SELECT group_concat(r.recipient, '; ') FROM (SELECT name || ' (' || post || CASE WHEN official_flag THEN ', official)' ELSE ')' END AS recipient
        FROM gift_recipient WHERE entry = e.id ORDER BY position) AS r) AS recipients,
    (SELECT max(r.official_flag) FROM gift_recipient AS r WHERE r.entry = e.id) AS official_flag,
    (SELECT sum(l.quantity * l.price_fen) FROM gift_line AS l WHERE l.entry = e.id) AS amount_fen,
    (SELECT group_concat(l.line, '; ') FROM (SELECT name || ' x ' || quantity || ' @ ' || printf('%d.%02d', price_fen / 100, price_fen % 100) AS line
        FROM gift_line WHERE entry = e.id ORDER BY position) AS l) AS items,
    e.department, e.person AS asked_by, a.decided_by AS approved_by, a.decided_on AS approved_on, a.amount_fen AS approved_fen,
    g.bought_fen, g.bought_on, g.bill, g.bought_by, g.borne_by, g.given_on, g.occasion, g.place, g.official_reason, g.project, g.reception,
    n.decided_by AS endorsed_by, n.decided_on AS endorsed_on,
    (SELECT max(l.item IS NULL) FROM gift_line AS l WHERE l.entry = e.id) AS free_flag,
    (SELECT count(DISTINCT o.supplier) FROM gift_offer AS o WHERE o.entry = e.id) AS offers,
    g.refusal, e.ended_on, e.void_reason, e.amendments, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN gift AS g ON g.entry = e.id
    LEFT JOIN approval AS a ON a.entry = e.id AND e.state NOT IN ('requested', 'endorsed') AND a.position = (
        SELECT max(x.position) FROM approval AS x WHERE x.entry = e.id AND x.verb = 'approve')
    LEFT JOIN approval AS n ON n.entry = e.id AND e.state <> 'requested' AND n.position = (
        SELECT max(x.position) FROM approval AS x WHERE x.entry = e.id AND x.verb = 'endorse')
WHERE e.register = 'gift';
CREATE TRIGGER gift_void BEFORE UPDATE ON gift
    WHEN (SELECT state FROM entry WHERE id = OLD.entry) = 'void'
BEGIN SELECT RAISE(ABORT, 'a void gift stays as it is'); END;
CREATE TRIGGER gift_kept BEFORE DELETE ON gift
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: void the gift'); END;
CREATE TRIGGER gift_paid BEFORE UPDATE OF bought_fen, bought_on, borne_by ON gift
    WHEN NEW.bought_fen IS NOT NULL AND NEW.borne_by IS NULL AND NOT EXISTS (
        SELECT 1 FROM approval AS a WHERE a.entry = NEW.entry AND a.verb = 'approve' AND a.decided_on <= NEW.bought_on
            AND a.amount_fen >= NEW.bought_fen
            AND a.position = (SELECT max(x.position) FROM approval AS x WHERE x.entry = a.entry AND x.verb = 'approve'))
BEGIN SELECT RAISE(ABORT, 'a gift is bought once it is approved, and within what was approved (R5.3(1))'); END;
CREATE TRIGGER gift_decided BEFORE UPDATE OF state ON entry WHEN NEW.register = 'gift' AND CASE NEW.state
        WHEN 'approved' THEN NOT EXISTS (SELECT 1 FROM approval AS a WHERE a.entry = NEW.id AND a.verb = 'approve'
            AND a.amount_fen = (SELECT sum(l.quantity * l.price_fen) FROM gift_line AS l WHERE l.entry = NEW.id))
        WHEN 'bought' THEN coalesce((SELECT bought_fen IS NULL OR borne_by IS NOT NULL FROM gift WHERE entry = NEW.id), 1)
        WHEN 'given' THEN coalesce((SELECT bought_fen IS NULL OR borne_by IS NOT NULL FROM gift WHERE entry = NEW.id), 1)
        WHEN 'own-expense' THEN coalesce((SELECT borne_by IS NULL FROM gift WHERE entry = NEW.id), 1)
        ELSE 0 END
BEGIN SELECT RAISE(ABORT, 'a gift is approved before it is bought, or borne by a person (R5.3(1), R5.3(2))'); END;
CREATE TRIGGER gift_line_fixed BEFORE UPDATE ON gift_line
BEGIN SELECT RAISE(ABORT, 'what is asked for is corrected with gift amend, and approved again'); END;
CREATE TRIGGER gift_line_kept BEFORE DELETE ON gift_line
    WHEN (SELECT bought_on FROM gift WHERE entry = OLD.entry) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'what was bought stays'); END;
CREATE TRIGGER gift_recipient_fixed BEFORE UPDATE ON gift_recipient
BEGIN SELECT RAISE(ABORT, 'who receives a gift is corrected with gift amend, and approved again'); END;
CREATE TRIGGER gift_recipient_kept BEFORE DELETE ON gift_recipient
    WHEN (SELECT bought_on FROM gift WHERE entry = OLD.entry) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'who was to receive it stays'); END;
CREATE TRIGGER gift_offer_fixed BEFORE UPDATE ON gift_offer
BEGIN SELECT RAISE(ABORT, 'an offer is never changed: enter the supplier''s new one'); END;
CREATE TRIGGER gift_offer_kept BEFORE DELETE ON gift_offer
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER gift_item_fixed BEFORE UPDATE ON gift_item
    WHEN (NEW.id, NEW.name, NEW.price_fen, NEW.approved_by, NEW.from_on) IS NOT (OLD.id, OLD.name, OLD.price_fen, OLD.approved_by, OLD.from_on)
BEGIN SELECT RAISE(ABORT, 'an item of the gift list is only ended'); END;
CREATE TRIGGER gift_item_kept BEFORE DELETE ON gift_item
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: end the item'); END;
CREATE VIEW fee_list AS
SELECT e.number, e.state, e.day_on AS asked_on, f.payee, f.employer, f.project, f.amount_fen,
    (SELECT coalesce(sum(p.amount_fen), 0) FROM fee_payment AS p WHERE p.entry = e.id AND p.paid_on IS NOT NULL) AS paid_fen,
    f.customer_flag, f.other_party_flag,
    f.signed_on > (SELECT c.signed_on FROM contract AS c JOIN entry AS j ON j.id = c.entry
        WHERE j.number = f.project AND c.position = 1) AS late_agreement_flag,
    f.amount_fen * 10000.0 > f.basis_fen * coalesce((SELECT r.value FROM rule AS r WHERE r.key = 'fee.rate_percent' AND r.from_on <= e.day_on
        ORDER BY r.from_on DESC LIMIT 1), (SELECT g.standard FROM figure AS g WHERE g.key = 'fee.rate_percent')) AS high_rate_flag,
    f.kind, f.asked_by, f.basis_fen, f.rate_pct, f.reason, f.agreement, f.party, f.signed_on, f.signed_by, f.registered_on, e.ended_on,
    f.unpaid_reason, e.department, e.void_reason, e.amendments, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN fee AS f ON f.entry = e.id
WHERE e.register = 'fee';
CREATE TRIGGER fee_begun BEFORE INSERT ON entry WHEN NEW.register = 'fee' AND NEW.state IN ('approved', 'signed', 'registered')
BEGIN SELECT RAISE(ABORT, 'a fee begins with a request, or has ended before the book'); END;
CREATE TRIGGER fee_step BEFORE UPDATE OF state ON entry
    WHEN OLD.register = 'fee' AND NEW.state IN ('approved', 'signed', 'registered', 'settled') AND (
        NOT EXISTS (SELECT 1 FROM approval AS a JOIN fee AS f ON f.entry = a.entry
            WHERE a.entry = OLD.id AND a.verb = 'approve' AND a.amount_fen = f.amount_fen)
        OR (NEW.state <> 'approved' AND (SELECT agreement FROM fee WHERE entry = OLD.id) IS NULL)
        OR (NEW.state IN ('registered', 'settled') AND (SELECT registered_on FROM fee WHERE entry = OLD.id) IS NULL))
BEGIN SELECT RAISE(ABORT, 'a fee is approved, signed and registered in that order'); END;
CREATE TRIGGER fee_fixed BEFORE UPDATE ON fee
    WHEN (SELECT state FROM entry WHERE id = OLD.entry) IN ('void', 'rejected', 'settled')
        OR NEW.amount_fen <> OLD.amount_fen AND (SELECT state FROM entry WHERE id = OLD.entry) NOT IN ('requested', 'approved')
BEGIN SELECT RAISE(ABORT, 'the amount of an agreement is never changed, nor a fee that has ended'); END;
CREATE TRIGGER fee_kept BEFORE DELETE ON fee
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: void the fee'); END;
CREATE TRIGGER fee_payment_asked BEFORE INSERT ON fee_payment
    WHEN NEW.paid_on IS NOT NULL OR (SELECT state FROM entry WHERE id = NEW.entry) <> 'registered'
        OR NEW.amount_fen + (SELECT coalesce(sum(amount_fen), 0) FROM fee_payment WHERE entry = NEW.entry)
            > (SELECT amount_fen FROM fee WHERE entry = NEW.entry)
BEGIN SELECT RAISE(ABORT, 'a payment is asked for first, of a registered agreement and within it'); END;
CREATE TRIGGER fee_payment_step BEFORE UPDATE ON fee_payment
    WHEN OLD.paid_on IS NOT NULL OR NEW.entry <> OLD.entry OR NEW.position <> OLD.position
        OR (SELECT state FROM entry WHERE id = OLD.entry) <> 'registered'
        OR NEW.amount_fen - OLD.amount_fen + (SELECT sum(amount_fen) FROM fee_payment WHERE entry = OLD.entry)
            > (SELECT amount_fen FROM fee WHERE entry = OLD.entry)
        OR (NEW.paid_on IS NOT NULL AND NOT EXISTS (SELECT 1 FROM approval WHERE entry = OLD.entry AND verb = 'clear' AND part = OLD.position
            AND amount_fen = NEW.amount_fen AND decided_on <= NEW.paid_on))
BEGIN SELECT RAISE(ABORT, 'a payment is made once, within the agreement, after its clearance'); END;
CREATE TRIGGER fee_payment_kept BEFORE DELETE ON fee_payment
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE VIEW asset_list AS
SELECT e.number, e.state, a.name, e.person AS keeper, u.person AS user, a.tag, a.serial_no, a.place, e.department, a.price_fen,
    a.price_fen > coalesce((SELECT r.value FROM rule AS r WHERE r.key = 'asset.threshold' AND r.from_on <= e.day_on
        ORDER BY r.from_on DESC LIMIT 1), (SELECT f.standard FROM figure AS f WHERE f.key = 'asset.threshold')) AS on_account_flag,
    e.day_on AS bought_on, u.purpose AS used_for, u.from_on AS issued_on, a.model, a.category, a.supplier, a.warranty_until_on,
    d.what AS damage, d.happened_on AS damaged_on, l.police_report, a.disposal, a.approved_by, e.ended_on, e.void_reason, e.amendments,
    e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN asset AS a ON a.entry = e.id
    LEFT JOIN custody AS u ON u.entry = e.id AND u.duty = 'user' AND u.until_on IS NULL
    LEFT JOIN damage AS d ON d.entry = e.id AND d.outcome IS NULL
    LEFT JOIN loss AS l ON l.entry = e.id AND l.recovered_on IS NULL
WHERE e.register = 'asset';
CREATE TRIGGER asset_void BEFORE UPDATE ON asset
    WHEN (SELECT state FROM entry WHERE id = OLD.entry) = 'void'
BEGIN SELECT RAISE(ABORT, 'a void asset stays as it is'); END;
CREATE TRIGGER asset_kept BEFORE DELETE ON asset
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: void the asset'); END;
CREATE TRIGGER custody_fixed BEFORE UPDATE ON custody WHEN OLD.until_on IS NOT NULL
    OR (NEW.entry, NEW.position, NEW.duty, NEW.person, NEW.purpose, NEW.from_on)
        IS NOT (OLD.entry, OLD.position, OLD.duty, OLD.person, OLD.purpose, OLD.from_on)
BEGIN SELECT RAISE(ABORT, 'a term of custody is only ended'); END;
CREATE TRIGGER custody_kept BEFORE DELETE ON custody
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER damage_fixed BEFORE UPDATE ON damage WHEN OLD.outcome IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a repair that is done is never changed'); END;
CREATE TRIGGER damage_kept BEFORE DELETE ON damage
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER loss_fixed BEFORE UPDATE ON loss WHEN OLD.recovered_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a loss is never changed'); END;
CREATE TRIGGER loss_kept BEFORE DELETE ON loss
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER stocktake_fixed BEFORE UPDATE ON stocktake WHEN OLD.closed_on IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a signed stocktake is never changed'); END;
CREATE TRIGGER stocktake_kept BEFORE DELETE ON stocktake
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER stock_line_closed BEFORE INSERT ON stock_line
    WHEN (SELECT closed_on FROM stocktake WHERE id = NEW.stocktake) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a signed stocktake is never changed'); END;
CREATE TRIGGER stock_line_fixed BEFORE UPDATE ON stock_line
BEGIN SELECT RAISE(ABORT, 'a counted line is never changed'); END;
CREATE TRIGGER stock_line_kept BEFORE DELETE ON stock_line
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE VIEW ship_list AS
SELECT e.number, e.state, e.day_on AS notified_on, s.project, s.place, s.form, s.wanted_by_on,
    (SELECT sum(b.boxes) FROM ship_box AS b WHERE b.entry = e.id) AS boxes,
    (SELECT sum(b.weight_g) / 1000.0 FROM ship_box AS b WHERE b.entry = e.id) AS weight_kg,
    (SELECT round(sum(b.boxes * b.length_mm * b.width_mm * b.height_mm) / 1e9, 3) FROM ship_box AS b WHERE b.entry = e.id) AS volume_m3,
    s.carrier, s.price_fen, s.scheduled_on, s.passed_on,
    (SELECT sum(l.boxes) FROM ship_load AS l WHERE l.entry = e.id) AS loaded_boxes,
    s.dispatched_on, s.arrived_on, s.freight, s.billed_fen,
    (SELECT group_concat(b.cases, '; ') FROM (SELECT cases FROM ship_box WHERE entry = e.id ORDER BY position) AS b) AS cases,
    CASE WHEN s.project IS NULL THEN s.contract
        ELSE (SELECT c.contract FROM contract AS c JOIN entry AS p ON p.id = c.entry WHERE p.number = s.project AND c.position = 1) END AS contract,
    s.notice, s.contact_person, s.phone, s.route, s.capacity, s.completion_notice, s.completed_on, s.days, s.award_reason, s.awarded_on,
    s.agreed_with, s.gate_pass, s.vehicle, s.driver, s.signed_by, s.freight_bill, s.bill_reason, s.billed_on, s.outcome,
    (SELECT group_concat(b.weight, '; ') FROM (SELECT coalesce((weight_g / 1000) || CASE weight_g % 1000 WHEN 0 THEN ''
        ELSE rtrim(printf('.%03d', weight_g % 1000), '0') END, 'none') AS weight
        FROM ship_box WHERE entry = e.id ORDER BY position) AS b) AS weights_kg,
    (SELECT group_concat(b.size, '; ') FROM (SELECT coalesce(length_mm || 'x' || width_mm || 'x' || height_mm, 'none') AS size
        FROM ship_box WHERE entry = e.id ORDER BY position) AS b) AS sizes_mm,
    (SELECT group_concat(l.notice, '; ') FROM (SELECT coalesce(cases, boxes || ' boxes') || ' ' || loaded_on AS notice
        FROM ship_load WHERE entry = e.id ORDER BY position) AS l) AS loading,
    e.department, e.person AS organised_by, e.ended_on, e.void_reason, e.amendments, e.id, e.counter, e.serial
FROM entry AS e LEFT JOIN ship AS s ON s.entry = e.id
WHERE e.register = 'ship';
CREATE TRIGGER ship_void BEFORE UPDATE ON ship
    WHEN (SELECT state FROM entry WHERE id = OLD.entry) = 'void'
BEGIN SELECT RAISE(ABORT, 'a void shipment stays as it is'); END;
CREATE TRIGGER ship_kept BEFORE DELETE ON ship
BEGIN SELECT RAISE(ABORT, 'nothing is deleted: void or cancel the shipment'); END;
CREATE TRIGGER ship_loaded BEFORE UPDATE OF dispatched_on ON ship WHEN NEW.dispatched_on IS NOT NULL AND NOT coalesce(
    (SELECT sum(l.boxes) FROM ship_load AS l WHERE l.entry = NEW.entry) = (SELECT sum(b.boxes) FROM ship_box AS b WHERE b.entry = NEW.entry), 0)
BEGIN SELECT RAISE(ABORT, 'a shipment leaves with as many boxes loaded as packed'); END;
CREATE TRIGGER ship_box_fixed BEFORE UPDATE ON ship_box
    WHEN (SELECT dispatched_on FROM ship WHERE entry = OLD.entry) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a dispatched shipment''s boxes stay'); END;
CREATE TRIGGER ship_box_kept BEFORE DELETE ON ship_box
    WHEN (SELECT dispatched_on FROM ship WHERE entry = OLD.entry) IS NOT NULL
BEGIN SELECT RAISE(ABORT, 'a dispatched shipment''s boxes stay'); END;
CREATE TRIGGER ship_quote_fixed BEFORE UPDATE ON ship_quote
BEGIN SELECT RAISE(ABORT, 'a quote is never changed: enter the carrier''s new one'); END;
CREATE TRIGGER ship_quote_kept BEFORE DELETE ON ship_quote
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
CREATE TRIGGER ship_load_fixed BEFORE UPDATE ON ship_load
BEGIN SELECT RAISE(ABORT, 'a loading notice is never changed'); END;
CREATE TRIGGER ship_load_kept BEFORE DELETE ON ship_load
BEGIN SELECT RAISE(ABORT, 'nothing is deleted'); END;
COMMIT;
