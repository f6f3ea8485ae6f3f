#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use rusqlite::Connection;

use super::*;

fn template(typed: &str) -> Template {
    typed.parse().unwrap()
}

fn day(typed: &str) -> NaiveDate {
    typed.parse().unwrap()
}

fn span(typed: &str, from: &str, until: Option<&str>) -> Span {
    Span { template: template(typed), from: day(from), until: until.map(day) }
}

/// Whether the template prints this number in a month of the span, found by printing it.
fn prints(span: &Span, number: &str) -> bool {
    months(span).into_iter().any(|month| {
        let prefix = span.template.prefix(month);
        let digits = number.strip_prefix(&prefix).and_then(|rest| rest.strip_suffix(span.template.suffix.as_str()));
        digits
            .and_then(|digits| digits.parse().ok())
            .is_some_and(|serial| serial > 0 && span.template.number(month, serial) == number)
    })
}

/// A day of every month of a span that has an end.
fn months(span: &Span) -> Vec<NaiveDate> {
    span.from.iter_days().take_while(|day| Some(*day) <= span.until).step_by(28).chain(span.until).collect()
}

/// A number that both spans print, among the first serials of either.
fn printed_by_both(a: &Span, b: &Span) -> Option<String> {
    let first_of_one = |one: &Span, other: &Span| {
        let mut numbers = BTreeSet::new();
        for month in months(one) {
            numbers.extend((1..=110).map(|serial| one.template.number(month, serial)));
        }
        numbers.into_iter().find(|number| prints(other, number))
    };
    first_of_one(a, b).or_else(|| first_of_one(b, a))
}

/// Templates of few letters and digits, so that two of them often meet.
fn templates() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec!["A", "0", "1", "2", "26", "-", "{yy}", "{yyyy}", "{mm}"]);
    let suffix = prop::sample::select(vec!["", "", "", "-", "-1", "A", "A1", "-11"]);
    (prop::collection::vec(piece, 0..4), 1..=3, suffix)
        .prop_map(|(pieces, width, suffix)| format!("{}{{seq:{width}}}{suffix}", pieces.concat()))
}

fn days() -> impl Strategy<Value = NaiveDate> {
    (0..=91_675_u64).prop_map(|count| day("1949-01-01") + chrono::Days::new(count))
}

fn spans() -> impl Strategy<Value = Span> {
    (templates(), 0..400_u64, 0..100_u64).prop_map(|(typed, start, length)| {
        let from = day("2026-01-01") + chrono::Days::new(start);
        Span { template: template(&typed), from, until: Some(from + chrono::Days::new(length)) }
    })
}

#[test]
fn numbers_are_printed_padded_and_grow() {
    let on = day("2026-03-05");
    for (typed, serial, number) in [
        ("HAY05{seq:3}", 1, "HAY05001"),
        ("HAY05{seq:3}", 999, "HAY05999"),
        ("HAY05{seq:3}", 1000, "HAY051000"),
        ("HAB{yy}{seq:3}", 12, "HAB26012"),
        ("INF{yy}-{seq:4}", 7, "INF26-0007"),
        ("AST-{seq:4}", 7, "AST-0007"),
        ("{yyyy}{mm}/{seq:1}号", 7, "202603/7号"),
        ("{seq:9}", 1, "000000001"),
    ] {
        assert_eq!(template(typed).number(on, serial), number);
    }
    assert_eq!(template("INF{yy}-{seq:4}").prefix(on), "INF26-");
    assert_eq!(template("{seq:2}-B").suffix, "-B");
}

#[test]
fn wrong_templates_are_refused_with_the_reason() {
    for (typed, reason) in [
        ("HAY05", "has no {seq:N} for the serial"),
        ("", "has no {seq:N} for the serial"),
        ("A{seq:3}{seq:3}", "has more than one {seq:N}"),
        ("A{seq:3}-{yy}", "has a date after the {seq:N}, where only text may stand"),
        ("A{seq:3}1", "has a digit after the {seq:N}, which would be read as part of the serial"),
        ("A{seq}", "has {seq}, which is none of {yy}, {yyyy}, {mm} and {seq:1} to {seq:9}"),
        ("A{seq:0}", "has {seq:0}, which is none of {yy}, {yyyy}, {mm} and {seq:1} to {seq:9}"),
        ("A{seq:10}", "has {seq:10}, which is none of {yy}, {yyyy}, {mm} and {seq:1} to {seq:9}"),
        ("A{dd}{seq:3}", "has {dd}, which is none of {yy}, {yyyy}, {mm} and {seq:1} to {seq:9}"),
        ("A{}{seq:3}", "has {}, which is none of {yy}, {yyyy}, {mm} and {seq:1} to {seq:9}"),
        ("A{seq:3", "has a { without its }"),
        ("A}{seq:3}", "has a } without its {"),
        ("{seq:3}}", "has a } without its {"),
        ("hay{seq:3}", "has `hay`, which numbers write `HAY`"),
        ("A {seq:3}", "has `A `, which numbers write `A`"),
        ("Ａ{seq:3}", "has `Ａ`, which numbers write `A`"),
        ("{seq:3}b", "has `b`, which numbers write `B`"),
    ] {
        assert_eq!(
            typed.parse::<Template>().unwrap_err().to_string(),
            format!("the template `{typed}` {reason}; type it as HAY05{{seq:3}} or HAB{{yy}}{{seq:3}}")
        );
    }
    assert!("A\u{7}{seq:3}".parse::<Template>().unwrap_err().what.contains("U+0007"));
    assert!("A\u{202E}{seq:3}".parse::<Template>().unwrap_err().what.contains("U+202E"));
}

#[test]
fn only_numbers_as_printed_have_a_serial() {
    let hay = template("HAY05{seq:3}");
    assert_eq!(hay.serial_of("HAY05", "HAY05001"), Some(1));
    assert_eq!(hay.serial_of("HAY05", "HAY051000"), Some(1000));
    assert_eq!(hay.serial_of("HAY05", "HAY0518446744073709551615"), Some(u64::MAX));
    for number in [
        "HAY050001",
        "HAY05000",
        "HAY0501",
        "HAY05",
        "HAY0500A",
        "HAY06001",
        "HAY05+01",
        "HAY05001 ",
        "hay05001",
        "",
        "HAY0518446744073709551616",
    ] {
        assert_eq!(hay.serial_of("HAY05", number), None, "{number}");
    }
    assert_eq!(template("A{seq:1}-B").serial_of("A", "A7-B"), Some(7));
    assert_eq!(template("A{seq:1}-B").serial_of("A", "A7"), None);
}

#[test]
fn a_number_tells_its_prefix_and_serial() {
    let some = |prefix: &str, serial| Some((prefix.to_owned(), serial));
    for (typed, number, read) in [
        ("HAY05{seq:3}", "HAY05012", some("HAY05", 12)),
        ("HAB{yy}{seq:3}", "HAB27012", some("HAB27", 12)),
        ("HAB{yy}{seq:3}", "HAB271012", some("HAB27", 1012)),
        ("HAB{yy}{seq:3}", "HAB2701", None),
        ("A{yyyy}{mm}-{seq:1}", "A202612-5", some("A202612-", 5)),
        ("A{yyyy}{mm}-{seq:1}", "A202613-5", None),
        ("A{yyyy}{mm}-{seq:1}", "A202600-5", None),
        ("A{yyyy}{seq:1}", "A19485", None),
        ("A{yyyy}{seq:1}", "A19495", some("A1949", 5)),
        ("A{yyyy}{seq:1}", "A21995", some("A2199", 5)),
        ("A{yyyy}{seq:1}", "A22005", None),
        ("A{yyyy}/{yy}{seq:1}", "A2026/265", some("A2026/26", 5)),
        ("A{yyyy}/{yy}{seq:1}", "A2026/275", None),
        ("{mm}{mm}{seq:1}", "01021", None),
        ("{mm}{mm}{seq:1}", "01011", some("0101", 1)),
        ("{yy}{seq:1}", "+11", None),
        ("{yy}{seq:1}", "万1", None),
    ] {
        assert_eq!(template(typed).read(number), read, "{typed} {number}");
    }
}

#[test]
fn a_template_is_text_in_the_book() {
    let book = Connection::open_in_memory().unwrap();
    let kept: (String, Template) = book
        .query_row("SELECT typeof(?1), ?1", [template("HAB{yy}{seq:3}")], |row| Ok((row.get(0)?, row.get(1)?)))
        .unwrap();
    assert_eq!(kept, ("text".to_owned(), template("HAB{yy}{seq:3}")));
    assert!(book.query_row("SELECT 'HAB'", [], |row| row.get::<_, Template>(0)).is_err());
}

#[test]
fn a_month_may_be_read_as_the_start_of_a_serial() {
    let yearly = span("HAY{yy}{seq:3}", "2026-11-01", Some("2026-12-31"));
    let monthly = span("HAY{yy}{mm}{seq:3}", "2026-11-01", Some("2026-12-31"));
    assert_eq!(may_collide(&yearly, &monthly).as_deref(), Some("HAY2611001"));
    assert_eq!(yearly.template.serial_of("HAY26", "HAY2611001"), Some(11_001));
    let september = span("HAY{yy}{mm}{seq:3}", "2026-09-01", Some("2026-09-30"));
    assert_eq!(may_collide(&yearly, &september), None);
}

#[test]
fn an_open_end_runs_to_2099() {
    let fixed = span("HAB05{seq:3}", "2026-11-22", None);
    assert_eq!(may_collide(&fixed, &span("HAB{yy}{seq:3}", "2027-01-01", None)), None);
    assert_eq!(may_collide(&fixed, &span("HAB{yy}{seq:3}", "2027-01-01", Some("2104-12-31"))), None);
    let past = span("HAB{yy}{seq:3}", "2027-01-01", Some("2105-01-01"));
    assert_eq!(may_collide(&fixed, &past).as_deref(), Some("HAB05001"));
    assert_eq!(may_collide(&fixed, &span("HAB{yy}{seq:3}", "2105-01-01", None)).as_deref(), Some("HAB05001"));
}

#[test]
fn a_span_that_ends_before_it_begins_has_no_numbers() {
    let never = span("A{seq:3}", "2026-11-22", Some("2026-11-21"));
    assert_eq!(may_collide(&never, &span("A{seq:3}", "2026-01-01", None)), None);
    let one_day = span("A{seq:3}", "2026-11-22", Some("2026-11-22"));
    assert_eq!(may_collide(&one_day, &span("A{seq:3}", "2026-01-01", None)).as_deref(), Some("A001"));
}

#[test]
fn collisions_depend_on_padding_and_suffix() {
    let collide = |a: &str, b: &str| {
        may_collide(&span(a, "2026-01-01", Some("2026-12-31")), &span(b, "2026-01-01", Some("2026-12-31")))
    };
    assert_eq!(collide("A{seq:3}", "B{seq:3}"), None);
    assert_eq!(collide("A{seq:3}", "A{seq:5}").as_deref(), Some("A10000"));
    assert_eq!(collide("A{seq:3}", "A{seq:3}-B"), None);
    assert_eq!(collide("A{seq:3}", "A0{seq:3}"), None);
    assert_eq!(collide("A{seq:4}", "A0{seq:3}").as_deref(), Some("A0001"));
    assert_eq!(collide("A{seq:3}", "A5{seq:3}").as_deref(), Some("A5001"));
    assert_eq!(collide("A{seq:5}", "A5{seq:3}").as_deref(), Some("A51000"));
    assert_eq!(collide("A{seq:1}-11", "A2-1{seq:1}").as_deref(), Some("A2-11"));
    assert_eq!(collide("A{seq:1}-10", "A2-1{seq:1}"), None);
    assert_eq!(collide("A{seq:3}", "A12345678901234567890123{seq:3}"), None);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn a_collision_is_found_where_numbers_really_meet(a in spans(), b in spans()) {
        let found = may_collide(&a, &b);
        if let Some(number) = &found {
            prop_assert!(prints(&a, number) && prints(&b, number), "{}", number);
        }
        let met = printed_by_both(&a, &b);
        prop_assert_eq!(found.is_some(), met.is_some(), "found {:?}, met {:?}", found, met);
        prop_assert_eq!(may_collide(&b, &a).is_some(), found.is_some());
    }
}

proptest! {
    #[test]
    fn a_template_is_read_as_it_prints(typed in templates()) {
        prop_assert_eq!(template(&typed).to_string(), typed);
    }

    #[test]
    fn a_number_is_read_back(typed in templates(), on in days(), serial in prop_oneof![1..2000_u64, 1..=u64::MAX]) {
        let template = template(&typed);
        let (prefix, number) = (template.prefix(on), template.number(on, serial));
        prop_assert_eq!(template.serial_of(&prefix, &number), Some(serial));
        prop_assert_eq!(template.read(&number), Some((prefix, serial)));
        prop_assert_eq!(text::number(&number), number);
    }

    #[test]
    fn what_is_read_is_printed_so(typed in templates(), number in "[A012-]{0,3}(2[06]){0,2}[012]{0,5}(-1|A)?") {
        let template = template(&typed);
        if let Some((prefix, serial)) = template.read(&number) {
            let width = template.width;
            prop_assert_eq!(format!("{prefix}{serial:0width$}{}", template.suffix), number);
        }
    }

    #[test]
    fn no_text_makes_it_panic(typed in "(\\PC|[{}yseqm:19]){0,12}", number in "\\PC{0,8}") {
        if let Ok(template) = typed.parse::<Template>() {
            prop_assert_eq!(template.to_string(), typed);
            prop_assert!(template.read(&number).is_none_or(|(prefix, _)| number.starts_with(&prefix)));
        }
    }
}
