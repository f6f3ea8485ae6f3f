//! What a contract is over: its product lines, which add up to its amount (R3.3).

use anyhow::Result;
use rusqlite::types::Value;

use crate::money::{self, Money};
use crate::refusal::Refusal;
use crate::register::field::Rows;
use crate::register::task::Task;
use crate::say;
use crate::text::{Line, visible};

/// The product lines of a contract or supplement, each with the contract's position, which is known once that is written.
pub(super) static LINES: Rows = Rows {
    table: "product_line",
    columns: &["contract", "product", "quantity", "price_fen"],
    may_repeat: true,
    parse: line,
    ..Rows::BLANK
};

/// A product with its quantity, which is below nothing where a supplement takes away, and the price of one, typed as
/// `球磨机;2;629万`.
fn line(typed: &str) -> Result<Vec<Value>, Refusal> {
    let wrong = |what: &str| {
        Refusal::usage(format!("`{}` {what}", visible(typed)))
            .or(say!("type a line as \"PRODUCT;QUANTITY;PRICE\", such as \"球磨机;2;629万\""))
    };
    let parts: Vec<&str> = typed.split([';', '；']).collect();
    let [product, quantity, price] = parts[..] else {
        return Err(wrong(say!("is not a product, its quantity and its price with ; between them")));
    };
    let quantity = crate::text::half_width(quantity).trim().parse().ok().filter(|quantity| *quantity != 0);
    let quantity: i64 = quantity.ok_or_else(|| wrong(say!("has no whole number for a quantity")))?;
    let price = money::agreed(price)?;
    if price < Money(0) {
        return Err(wrong(say!("has a price below nothing; what is taken away has a quantity below nothing")));
    }
    let amount = quantity.checked_mul(price.0).map(Money);
    if amount.is_none_or(|amount| money::agreed(&amount.to_string()).is_err()) {
        return Err(wrong(say!("comes to more than any contract does")));
    }
    let product = product.parse::<Line>()?.to_string();
    Ok(vec![Value::Null, Value::Text(product), Value::Integer(quantity), Value::Integer(price.0)])
}

/// The product, the quantity and the price of a line.
fn read(line: &[Value]) -> Option<(&str, i64, i64)> {
    match line {
        [_, Value::Text(product), Value::Integer(quantity), Value::Integer(price)] => {
            Some((product, *quantity, *price))
        }
        _ => None,
    }
}

/// Refuses lines that do not add up to the amount of what is signed, or of a contract take something away (R3.3).
pub(super) fn check(lines: &[Vec<Value>], contract: &str, amount: Money, supplement: bool) -> Result<()> {
    let lines: Vec<_> = lines.iter().filter_map(|line| read(line)).collect();
    if let Some((product, quantity, _)) = lines.iter().find(|(_, quantity, _)| *quantity < 0 && !supplement) {
        let what = say!("{contract} is over {quantity} of {product}", contract, quantity, product);
        return Err(Refusal::rule("R3.3", what)
            .or(say!("give a quantity above nothing; only a supplement (--supplement) takes away"))
            .into());
    }
    let sum: i128 = lines.iter().map(|(_, quantity, price)| i128::from(*quantity) * i128::from(*price)).sum();
    let difference = sum - i128::from(amount.0);
    if lines.is_empty() || difference == 0 {
        return Ok(());
    }
    let words = |fen: i128| i64::try_from(fen).map_or_else(|_| fen.to_string(), |fen| Money(fen).grouped());
    let (sum, abs, amount) = (words(sum), words(difference.abs()), amount.grouped());
    let what = if difference > 0 {
        say!(
            "the product lines of {contract} add up to {sum}, which is {abs} more than its amount, {amount}",
            contract,
            sum,
            abs,
            amount
        )
    } else {
        say!(
            "the product lines of {contract} add up to {sum}, which is {abs} less than its amount, {amount}",
            contract,
            sum,
            abs,
            amount
        )
    };
    Err(Refusal::rule("R3.3", what).or(say!("correct --line or --amount")).into())
}

/// Writes the lines of the contract or supplement at the task's position.
pub(super) fn write(task: &Task<'_, '_>, lines: &[Vec<Value>]) -> Result<()> {
    let mut insert = task.sql().prepare_cached("INSERT INTO product_line VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (position, line) in (1_i64..).zip(lines) {
        let [_, product, quantity, price] = &line[..] else { continue };
        insert.execute((task.entry.id, task.position, position, product, quantity, price))?;
    }
    Ok(())
}
