//! Whether the process runs in a user namespace of its own, where a login is whatever its maker says.

/// Whether the users of this process are not those of the machine. Where the system does not say, they are taken to be.
pub(super) fn is_foreign() -> bool {
    std::fs::read_to_string("/proc/self/uid_map").is_ok_and(|map| is_mapped(&map))
}

/// Whether a map of users is another than that of the machine itself, which has each as it is.
fn is_mapped(map: &str) -> bool {
    let mut lines = map.lines().map(|line| line.split_whitespace().collect::<Vec<_>>());
    lines.next().is_some_and(|line| line != ["0", "0", "4294967295"]) || lines.next().is_some()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_namespace_of_ones_own_is_told_from_the_machine() {
        assert!(!is_mapped("         0          0 4294967295\n"));
        assert!(!is_mapped(""), "a kernel without namespaces");
        assert!(is_mapped("      1001       1000          1\n"));
        assert!(is_mapped("         0       1000          1\n         1     100000      65536\n"));
    }
}
