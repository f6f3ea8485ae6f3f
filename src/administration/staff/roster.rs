//! The roster as a file: a row for each term.

use anyhow::Result;
use chrono::NaiveDate;
use clap::ValueEnum as _;

use super::{Resolved, appoint, enter_person, terms};
use crate::book::change::Change;
use crate::book::thing::Thing;
use crate::import::row::{Cells, Fault};
use crate::import::take::{Take, Taken};
use crate::language;
use crate::office::department;
use crate::person::{Person, Role};
use crate::phrase;
use crate::refusal::Refusal;
use crate::say;

/// The roster: a row a term. A person who is there gets the further term.
pub(super) struct Roster {
    /// Who decided, where that is not whoever enters it.
    pub(super) by: Option<String>,
}

impl Take for Roster {
    const WHAT: &'static str = phrase!("terms");

    fn short() -> Vec<(&'static str, &'static str)> {
        let also = |names: &[&'static str]| names.iter().map(|name| (*name, names[0])).collect::<Vec<_>>();
        [vec![("login", LOGIN[0])], COLUMNS.iter().flat_map(|names| also(names)).collect()].concat()
    }

    fn fields() -> Vec<&'static str> {
        COLUMNS.iter().map(|names| names[0]).chain(OTHERS).collect()
    }

    fn required() -> Vec<&'static str> {
        Vec::new()
    }

    fn take(&mut self, change: &mut Change<'_>, cells: &Cells<'_>) -> Result<Result<Taken, Fault>> {
        let row = match RosterRow::read(cells) {
            Ok(row) => row,
            Err(fault) => return Ok(Err(fault)),
        };
        let department = match department::find(change.sql(), row.department) {
            Ok(department) => department.key,
            Err(error) => {
                error.downcast::<Refusal>()?;
                return Ok(Err(Fault::no_department(DEPARTMENT[0], row.department)));
            }
        };
        match row.enter(change, department, self.by.as_deref()) {
            Ok(taken) => Ok(Ok(taken)),
            Err(error) => error.downcast::<Refusal>().map(|refusal| Err(Fault::whole(refusal.to_string()))),
        }
    }

    fn finish(self, _: &mut Change<'_>) -> Result<Vec<String>> {
        Ok(Vec::new())
    }
}

/// What rosters call each column: as `staff list` does, in three languages, and as clerks do.
const KEY: [&str; 9] = ["key", "代码", "代号", "编号", "工号", "키", "아이디", "账号", "员工号"];
const NAME: [&str; 6] = ["name", "姓名", "名字", "名称", "이름", "성명"];
const DEPARTMENT: [&str; 7] = ["department", "部门", "所属部门", "科室", "单位", "부서", "소속"];
const ROLE: [&str; 8] = ["role", "职务", "角色", "岗位", "职位", "직무", "직책", "역할"];
const FROM: [&str; 11] =
    ["from", "from_on", "自", "起始日期", "开始日期", "任职日期", "到岗日期", "入职日期", "시작", "부터", "시작일"];
const UNTIL: [&str; 11] =
    ["until", "until_on", "至", "结束日期", "截止日期", "离岗日期", "离职日期", "까지", "만료일", "종료", "종료일"];
const LOGIN: [&str; 7] = ["os_user", "os_login", "登录名", "系统登录名", "操作系统登录名", "시스템 로그인", "로그인"];

/// What each field is called in a file, first its own name.
const COLUMNS: [&[&str]; 7] = [&KEY, &NAME, &DEPARTMENT, &ROLE, &FROM, &UNTIL, &LOGIN];

/// What a list of the staff has besides, which follows from the rest.
const OTHERS: [&str; 1] = ["entered_also_as"];

struct RosterRow<'a> {
    key: &'a str,
    name: &'a str,
    department: &'a str,
    role: Role,
    from: Option<NaiveDate>,
    until: Option<NaiveDate>,
    login: Option<&'a str>,
}

impl<'a> RosterRow<'a> {
    fn read(cells: &Cells<'a>) -> Result<Self, Fault> {
        let typed = cells.required(ROLE[0])?;
        let role = Role::called(typed).ok_or_else(|| {
            let roles: Vec<_> = Role::value_variants().iter().map(|role| language::value(role.key())).collect();
            let roles = roles.join(language::comma());
            Fault::of(ROLE[0], say!("{typed} is no role; the roles are: {roles}", typed, roles))
        })?;
        if !cells.has(KEY[0]) {
            return Err(Fault::of(
                KEY[0],
                say!("no column gives it; add one with a short name for each person to be typed, such as li")
                    .to_owned(),
            ));
        }
        Ok(Self {
            key: cells.required(KEY[0])?,
            name: cells.required_line(NAME[0])?,
            department: cells.required(DEPARTMENT[0])?,
            role,
            from: cells.day(FROM[0])?,
            until: cells.day(UNTIL[0])?,
            login: cells.line(LOGIN[0])?,
        })
    }

    fn enter(&self, change: &mut Change<'_>, department: String, by: Option<&str>) -> Result<Taken> {
        let term = Resolved { department, role: self.role, from: self.from.unwrap_or(change.on), until: self.until };
        let known = Person::look_up(change.sql(), self.key)?;
        if let Some(known) = &known
            && known.name == self.name
            && terms::stands(change.sql(), known, &term)?
        {
            return Ok(Taken::Same);
        }
        let decided = appoint::appoints(change, by, self.key, term.role, term.from)?;
        match known {
            None => enter_person(change, self.key, self.name, &term.department, self.login)?,
            Some(known) if known.key != self.key || known.name != self.name => {
                return Err(Refusal::usage(say!(
                    "{key} is {known} in the book, not {name}",
                    key = self.key,
                    known,
                    name = self.name
                ))
                .into());
            }
            Some(_) => {}
        }
        terms::enter(change, self.key, &term)?;
        let note = decided.note(change, &term, term.from)?;
        change.record(&Thing::office("staff", &[self.key])?, &decided.by.key, Some(&note))?;
        Ok(Taken::New)
    }
}
