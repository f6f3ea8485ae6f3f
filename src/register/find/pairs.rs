//! The pairs of characters by which a text is found: at each place of it two characters, and three where all are ASCII, since
//! digits and Latin letters are few. A pair is one number, in the order of its characters.

use std::ops::RangeInclusive;

/// The bits of a character.
const BITS: u32 = 21;

fn number(letters: &[char]) -> i64 {
    let letter = |place: usize| letters.get(place).map_or(0, |letter| i64::from(u32::from(*letter)));
    letter(0) << (2 * BITS) | letter(1) << BITS | letter(2)
}

/// What stands at a place of a text, and whether it is the same whatever follows the text.
fn pair(letters: &[char]) -> (i64, bool) {
    match letters {
        [a, b, c, ..] if a.is_ascii() && b.is_ascii() && c.is_ascii() => (number(&letters[..3]), true),
        [a, b] if a.is_ascii() && b.is_ascii() => (number(letters), false),
        [_, _, ..] => (number(&letters[..2]), true),
        _ => (number(letters), false),
    }
}

/// The pairs of a plain text, one at each place.
pub(super) fn all(text: &str) -> Vec<i64> {
    let letters: Vec<char> = text.chars().collect();
    (0..letters.len()).map(|place| pair(&letters[place..]).0).collect()
}

/// The pairs that every text has in which a plain word stands; none where the word is too short to tell, as [`beginnings`] then does.
pub(super) fn needed(word: &str) -> Vec<i64> {
    let letters: Vec<char> = word.chars().collect();
    (0..letters.len())
        .map(|place| pair(&letters[place..]))
        .filter(|(_, is_whole)| *is_whole)
        .map(|(pair, _)| pair)
        .collect()
}

/// The pairs of which every text has one in which a word of one or two characters stands.
pub(super) fn beginnings(word: &str) -> RangeInclusive<i64> {
    let letters: Vec<char> = word.chars().collect();
    let first = number(&letters);
    first..=first | ((1 << (BITS * (3_u32.saturating_sub(u32::try_from(letters.len()).unwrap_or(3))))) - 1)
}

/// Writes the next entry into a list of them: how far it is from the one before, in seven bits a byte.
pub(super) fn write(list: &mut Vec<u8>, before: i64, entry: i64) {
    let far = entry.wrapping_sub(before);
    let mut rest = ((far << 1) ^ (far >> 63)).cast_unsigned();
    loop {
        let [seven, ..] = (rest & 0x7F).to_le_bytes();
        rest >>= 7;
        if rest == 0 {
            return list.push(seven);
        }
        list.push(seven | 0x80);
    }
}

/// Reads the entries of a list.
pub(super) fn read(list: &[u8]) -> impl Iterator<Item = i64> {
    let (mut bytes, mut entry) = (list.iter(), 0_i64);
    std::iter::from_fn(move || {
        let (mut far, mut shift) = (0_u64, 0);
        loop {
            let byte = *bytes.next()?;
            far |= u64::from(byte & 0x7F).wrapping_shl(shift);
            if byte & 0x80 == 0 {
                break;
            }
            shift += 7;
        }
        entry = entry.wrapping_add((far >> 1).cast_signed() ^ -((far & 1).cast_signed()));
        Some(entry)
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn of(letters: &str) -> i64 {
        number(&letters.chars().collect::<Vec<_>>())
    }

    #[test]
    fn a_text_has_a_pair_at_each_place() {
        assert_eq!(all("包头钢"), ["包头", "头钢", "钢"].map(of));
        assert_eq!(all("hay05"), ["hay", "ay0", "y05", "05", "5"].map(of));
        assert_eq!(all("φ3.6m球"), ["φ3", "3.6", ".6m", "6m", "m球", "球"].map(of));
        assert!(all("").is_empty());
    }

    #[test]
    fn a_word_is_looked_for_by_its_whole_pairs() {
        assert_eq!(needed("包头钢"), ["包头", "头钢"].map(of));
        assert_eq!(needed("hay05"), ["hay", "ay0", "y05"].map(of));
        assert_eq!(needed("铁hay"), ["铁h", "hay"].map(of));
        assert!(needed("钢").is_empty() && needed("05").is_empty());
        assert!(beginnings("钢").contains(&of("钢铁")) && beginnings("钢").contains(&of("钢")));
        assert!(beginnings("05").contains(&of("05")) && beginnings("05").contains(&of("050")));
        assert!(!beginnings("05").contains(&of("06")) && !beginnings("钢").contains(&of("铁")));
    }

    proptest! {
        #[test]
        fn what_stands_in_a_text_is_found_by_its_pairs(text in "[a-c0-2包头钢铁.]{0,12}", from in 0..12_usize, length in 1..6_usize) {
            let word: String = text.chars().skip(from).take(length).collect();
            let pairs = all(&text);
            let needed = needed(&word);
            prop_assert!(needed.iter().all(|pair| pairs.contains(pair)));
            prop_assert!(word.is_empty() || !needed.is_empty() || pairs.iter().any(|pair| beginnings(&word).contains(pair)));
        }

        #[test]
        fn a_list_of_entries_is_read_as_it_was_written(entries in prop::collection::vec(any::<i64>(), 0..20)) {
            let (mut list, mut before) = (Vec::new(), 0);
            for entry in &entries {
                write(&mut list, before, *entry);
                before = *entry;
            }
            prop_assert_eq!(read(&list).collect::<Vec<_>>(), entries);
        }
    }
}
