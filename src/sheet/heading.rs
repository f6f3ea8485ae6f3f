//! How wide a heading is where it breaks: between words, and Chinese after four characters. No word of Korean or Latin letters is torn.

use unicode_width::UnicodeWidthChar;

/// The Chinese characters of a heading that stay in one line.
const TOGETHER: usize = 4;

/// The quarters of a column that a Latin letter takes in bold print, in which it is wider.
const BOLD: usize = 5;

/// The width of the widest piece that is not broken, in columns of plain print.
pub(crate) fn unbroken(heading: &str) -> usize {
    heading.split_whitespace().map(|word| widest(word).div_ceil(4)).max().unwrap_or_default()
}

/// The quarters of columns of a word's widest piece.
fn widest(word: &str) -> usize {
    let (mut widest, mut piece, mut together) = (0, 0, 0);
    for letter in word.chars() {
        let wide = letter.width() == Some(2);
        if wide && !is_hangul(letter) {
            if together == TOGETHER {
                (piece, together) = (0, 0);
            }
            together += 1;
        } else {
            together = 0;
        }
        piece += if wide { 8 } else { BOLD };
        widest = widest.max(piece);
    }
    widest
}

fn is_hangul(letter: char) -> bool {
    ('가'..='힣').contains(&letter)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_chinese_heading_breaks_after_four_characters_and_no_word_is_torn() {
        assert_eq!(unbroken("去年同月产品明细"), 8);
        assert_eq!(unbroken("业务量"), 6);
        assert_eq!(unbroken("업무연락서 번호"), 10);
        assert_eq!(unbroken("Position"), 10);
        assert_eq!(unbroken("days 31 to 60"), 5);
        assert_eq!(unbroken(""), 0);
    }
}
