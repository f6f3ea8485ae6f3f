//! The names of one list, by which the spellings of one of them are one: as [`fold`] has them, and a short name as the one whose it is.

use std::collections::BTreeSet;

use super::fold;
use super::sought::{gaps, is_short_for_a_name};

/// How many characters a short name has at most.
const SHORT: usize = 4;

/// The names, as [`fold`] has them.
#[derive(Debug, Default)]
pub(crate) struct Spellings(BTreeSet<String>);

impl Spellings {
    /// Takes a name in.
    pub(crate) fn learn(&mut self, name: &str) {
        self.0.insert(fold(name));
    }

    /// The name of which this is a spelling: where it is short for one of the others and for no second one, as 鞍钢 is for 鞍山钢铁, that.
    pub(crate) fn one(&self, name: &str) -> String {
        let name = fold(name);
        self.long(&name).cloned().unwrap_or(name)
    }

    /// Whether a name is short for another.
    pub(crate) fn is_short(&self, name: &str) -> bool {
        self.long(&fold(name)).is_some()
    }

    /// The one name that begins as this does and has its characters in their order.
    fn long(&self, name: &str) -> Option<&String> {
        let count = name.chars().count();
        if count > SHORT || !is_short_for_a_name(name) {
            return None;
        }
        let first: String = name.chars().take(1).collect();
        let begin_so = self.0.range(first.clone()..).take_while(|long| long.starts_with(&first));
        let mut longer = begin_so.filter(|long| *long != name && gaps(name, long).is_some());
        longer.next().filter(|_| longer.next().is_none())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_name_is_the_one_name_that_it_shortens() {
        let mut names = Spellings::default();
        for name in ["鞍山钢铁集团有限公司", "包头钢铁(集团)有限责任公司", "鞍钢", "Metso"] {
            names.learn(name);
        }
        assert_eq!(names.one("鞍钢"), "鞍山钢铁");
        assert_eq!(names.one("鞍钢集团"), "鞍山钢铁");
        assert_eq!(names.one("鞍山钢铁"), "鞍山钢铁");
        assert_eq!(names.one("钢铁"), "钢铁", "no beginning of a name");
        assert_eq!(names.one("me"), "me");
        assert!(names.is_short("包钢") && !names.is_short("包头钢铁"));
        names.learn("包头市昆都仑区钢管厂");
        assert_eq!(names.one("包钢"), "包钢", "of two");
    }
}
