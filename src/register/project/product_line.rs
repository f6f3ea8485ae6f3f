//! What a contract is over: its product lines, which add up to its amount (R3.3).

use std::str::FromStr;

use anyhow::Result;

use crate::book::change::Change;
use crate::money::{self, Money};
use crate::refusal::Refusal;
use crate::register::entry::Entry;
use crate::say;
use crate::text::{self, Line};

/// A product with its quantity and the price of one, typed as `球磨机;2;629万`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProductLine {
    product: Line,
    /// Below nothing where a supplement takes away.
    quantity: i64,
    price: Money,
    amount: Money,
}

impl FromStr for ProductLine {
    type Err = Refusal;

    fn from_str(typed: &str) -> Result<Self, Refusal> {
        let wrong = |what: &str| {
            Refusal::usage(format!("`{}` {what}", text::visible(typed)))
                .or(say!("type a line as \"PRODUCT;QUANTITY;PRICE\", such as \"球磨机;2;629万\""))
        };
        let parts: Vec<&str> = typed.split([';', '；']).collect();
        let [product, quantity, price] = parts[..] else {
            return Err(wrong(say!("is not a product, its quantity and its price with ; between them")));
        };
        let quantity = text::half_width(quantity).trim().parse().ok().filter(|quantity| *quantity != 0);
        let quantity: i64 = quantity.ok_or_else(|| wrong(say!("has no whole number for a quantity")))?;
        let price = money::agreed(price)?;
        if price < Money(0) {
            return Err(wrong(say!("has a price below nothing; what is taken away has a quantity below nothing")));
        }
        let amount = quantity.checked_mul(price.0).map(Money);
        let amount = amount.filter(|amount| money::agreed(&amount.to_string()).is_ok());
        let amount = amount.ok_or_else(|| wrong(say!("comes to more than any contract does")))?;
        Ok(Self { product: product.parse()?, quantity, price, amount })
    }
}

/// Refuses lines that do not add up to the amount of what is signed, or of a contract take something away (R3.3).
///
/// # Errors
/// A refusal naming both sums and the difference.
pub fn check(lines: &[ProductLine], contract: &str, amount: Money, supplement: bool) -> Result<()> {
    if let Some(line) = lines.iter().find(|line| line.quantity < 0 && !supplement) {
        return Err(Refusal::rule(
            "R3.3",
            say!(
                "{contract} is over {quantity} of {product}",
                contract,
                quantity = line.quantity,
                product = line.product
            ),
        )
        .or(say!("give a quantity above nothing; only a supplement (--supplement) takes away"))
        .into());
    }
    if lines.is_empty() {
        return Ok(());
    }
    let sum: i128 = lines.iter().map(|line| i128::from(line.amount.0)).sum();
    let difference = sum - i128::from(amount.0);
    if difference == 0 {
        return Ok(());
    }
    let words = |fen: i128| i64::try_from(fen).map_or_else(|_| fen.to_string(), |fen| Money(fen).grouped());
    let side = if difference > 0 { say!("more") } else { say!("less") };
    Err(Refusal::rule(
        "R3.3",
        say!(
            "the product lines of {contract} add up to {sum}, which is {abs} {side} than its amount, {amount}",
            contract,
            sum = words(sum),
            abs = words(difference.abs()),
            side,
            amount = amount.grouped()
        ),
    )
    .or(say!("correct --line or --amount"))
    .into())
}

/// Writes the lines of the contract or supplement at `contract`, its position.
///
/// # Errors
/// An error of `SQLite`.
pub fn write(change: &Change<'_>, entry: &Entry, contract: i64, lines: &[ProductLine]) -> Result<()> {
    let mut insert = change.sql().prepare_cached("INSERT INTO product_line VALUES (?1, ?2, ?3, ?4, ?5, ?6)")?;
    for (position, line) in (1_i64..).zip(lines) {
        insert.execute((entry.id, contract, position, &line.product, line.quantity, line.price))?;
    }
    Ok(())
}
