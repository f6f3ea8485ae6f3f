//! What the columns of a file may be called: as the fields are, by their shorter names, or as lists, pages and clerks call them.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::header;
use crate::column;
use crate::language::Language;

/// What clerks call columns besides, by the field. Where a register has several of the fields that are called the same, the first is
/// meant.
const ALSO: &[(&str, &[&str])] = &[
    ("addressed_to", &["收文单位"]),
    ("amount", &["金额", "预计金额", "项目金额", "合同金额"]),
    ("arrive_on", &["到达日期", "来访日期", "到访日期"]),
    ("asked_by", &["经办人", "承办人"]),
    ("billed", &["请款金额", "运费账单金额"]),
    ("billed_on", &["请款日期", "账单日期"]),
    ("bought_on", &["购置日期", "购入日期", "采购日期", "购买日期"]),
    ("cleared_by", &["请款核准人"]),
    ("cleared_on", &["请款核准日期"]),
    ("collected_by", &["经办人", "收集人", "填报人"]),
    ("contact_person", &["联系人"]),
    ("contract", &["合同号", "合同编号"]),
    ("contract_file", &["계약 파일"]),
    ("copied_to", &["抄送单位"]),
    ("customer", &["客户", "客户名称", "用户名称", "用户单位", "单位名称"]),
    ("days", &["在途天数", "운송 일수"]),
    ("deliver_by_on", &["交货期", "交货日期"]),
    ("department", &["部门", "科室", "使用部门", "归口部门", "所属部门"]),
    ("entered_also_as", &["另录代码", "함께 입력된 키"]),
    ("equipment", &["设备名称", "设备类型", "所需设备"]),
    ("form", &["运输方式", "发运方式", "交货方式"]),
    ("freight", &["运费承担", "运费承担方"]),
    ("freight_bill", &["运费账单"]),
    ("indicator", &["목표량"]),
    ("issued_by", &["经办人", "承办人", "발행자"]),
    ("item", &["品名"]),
    ("items", &["礼品", "礼品名称"]),
    ("keeper", &["保管员", "责任人"]),
    ("key", &["代码"]),
    ("leader", &["负责人", "项目负责人", "项目经理", "책임자"]),
    ("model", &["型号", "规格", "规格型号"]),
    ("name", &["名称", "资产名称", "设备名称"]),
    ("need", &["需求", "需求内容", "客户需求", "用户需求"]),
    ("occasion", &["事由", "赠送事由"]),
    ("opened_by", &["经办人", "立项人"]),
    ("organised_by", &["经办人", "组织人"]),
    ("pages", &["页数"]),
    ("paid", &["已付金额"]),
    ("paid_cleared_by", &["付款核准人"]),
    ("paid_cleared_on", &["付款核准日期"]),
    ("phone", &["电话", "联系电话", "手机"]),
    ("place", &["地点", "存放地点", "到货地点", "交货地点", "赠送地点"]),
    ("planned_by", &["经办人", "计划人"]),
    ("price", &["单价", "原值", "购置价格"]),
    ("project", &["项目编号", "项目号"]),
    ("purpose", &["来访目的", "来访事由"]),
    ("reason", &["事由", "用途"]),
    ("received", &["已收款", "已收金额"]),
    ("received_on", &["收款日期", "到账日期"]),
    ("recipients", &["受赠人", "接收人"]),
    ("region", &["地区", "省市"]),
    ("scheduled_on", &["商定发货日期"]),
    ("serial_no", &["序列号", "出厂编号"]),
    ("signed_on", &["签订日期", "签约日期", "合同签订日期"]),
    ("state", &["状态"]),
    ("subject", &["事由", "主题"]),
    ("template", &["编号模板"]),
    ("title", &["项目名称", "工程名称"]),
    ("to", &["收件单位", "主送单位"]),
    ("unit", &["单位", "来访单位", "受赠单位", "受礼单位", "接收单位"]),
    ("warranty_months", &["质保期", "质保月数"]),
    (
        "number",
        &[
            "编号",
            "单号",
            "登记号",
            "登记编号",
            "联系单编号",
            "联系单号",
            "资产编号",
            "固定资产编号",
            "项目编号",
            "项目号",
            "번호",
        ],
    ),
];

/// The names of the fields of a register, with what else a file may call them.
#[derive(Debug, Default)]
pub(crate) struct Names {
    pub(super) fields: Vec<&'static str>,
    /// Their own names and shorter ones, folded.
    own: HashMap<String, usize>,
    /// What else they are called; none where that may be several.
    others: HashMap<String, Option<usize>>,
}

impl Names {
    /// The names of these fields, with shorter ones and with the columns whose heading is the label of a field.
    pub(crate) fn new(
        fields: Vec<&'static str>,
        short: &[(&'static str, &'static str)],
        labels: &[(&'static str, &'static str)],
    ) -> Self {
        let mut names = Self { fields, ..Self::default() };
        for (place, field) in names.fields.iter().enumerate() {
            names.own.entry(header::heading_key(field)).or_insert(place);
        }
        let place = |fields: &[&str], wanted: &str| fields.iter().position(|field| *field == wanted);
        for (short, field) in short {
            if let Some(place) = place(&names.fields, field) {
                names.own.entry(header::heading_key(short)).or_insert(place);
            }
        }
        let labels: Vec<(&str, usize)> =
            labels.iter().filter_map(|(label, field)| Some((*label, place(&names.fields, field)?))).collect();
        for language in [Language::En, Language::Zh, Language::Ko] {
            for (label, field) in &labels {
                names.also(&language.during(|| column::heading(label)), *field);
            }
            // The day on which somebody did something is called after who did it: 签发人, 签发日期.
            for field in names.fields.clone() {
                let by = field.strip_suffix("_on").map(|stem| format!("{stem}_by"));
                let who = by.map(|by| language.during(|| column::heading(&by))).unwrap_or_default();
                let when = match language {
                    Language::En => None,
                    Language::Zh => who.strip_suffix(['人', '者']).map(|stem| format!("{stem}日期")),
                    Language::Ko => who.strip_suffix(['자', '인']).map(|stem| format!("{stem}일")),
                };
                if let (Some(when), Some(place)) = (when, place(&names.fields, field)) {
                    names.others.entry(header::heading_key(&when)).or_insert(Some(place));
                }
            }
        }
        for (field, called) in ALSO {
            let place = names.own.get(&header::heading_key(field)).copied();
            for (place, called) in place.into_iter().flat_map(|place| called.iter().map(move |called| (place, called)))
            {
                names.others.entry(header::heading_key(called)).or_insert(Some(place));
            }
        }
        names
    }

    /// Calls a field so as well.
    fn also(&mut self, called: &str, place: usize) {
        match self.others.entry(header::heading_key(called)) {
            Entry::Vacant(free) => drop(free.insert(Some(place))),
            Entry::Occupied(mut taken) if *taken.get() != Some(place) => drop(taken.insert(None)),
            Entry::Occupied(_) => {}
        }
    }

    /// The field whose own name this is.
    pub(super) fn own(&self, called: &str) -> Option<usize> {
        self.own.get(&header::heading_key(called)).copied()
    }

    /// The field that is called so, also with its unit behind in brackets: `金额（元）`.
    pub(super) fn other(&self, called: &str) -> Option<usize> {
        let found = |called: &str| self.others.get(&header::heading_key(called)).copied().flatten();
        let before = || called.trim_end().strip_suffix([')', '）', ']', '】'])?.rsplit_once(['(', '（', '[', '【']);
        found(called).or_else(|| before().and_then(|(before, _)| self.own(before).or_else(|| found(before))))
    }

    /// Every name by which a header is known, folded.
    pub(crate) fn all(&self) -> impl Iterator<Item = &str> {
        self.own.keys().chain(self.others.keys()).map(String::as_str)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_goes_by_its_own_names_and_by_its_labels() {
        let fields = vec!["number", "issued_on", "customer", "amount"];
        let labels: Vec<_> = fields.iter().map(|field| (*field, *field)).collect();
        let names = Names::new(fields, &[("on", "issued_on")], &labels);
        for (called, field) in [("Issued-On", Some(1)), ("on", Some(1)), ("amount", Some(3)), ("金额", None)] {
            assert_eq!(names.own(called), field, "{called}");
        }
        for (called, field) in [
            ("发出日期", Some(1)),
            ("签发日期", Some(1)),
            ("issued on", Some(1)),
            ("客 户\n名称", Some(2)),
            ("金额（元）", Some(3)),
            ("Amount (yuan)", Some(3)),
            ("别的", None),
        ] {
            assert_eq!(names.other(called), field, "{called}");
        }
    }
}
