# What is done with this project. `just` alone lists it.

default:
    @just --list

# the tests, as the README runs them
test:
    cargo test --locked

# formatting and lints
lint:
    cargo fmt --check
    cargo clippy --all-targets --locked -- -D warnings

# a month in the office, from old ledgers to the exports
month:
    cargo run --locked --example month

# everything that CI does
ci:
    bash .ci/run

# faults at length: kills and errors at every call of the system, power cuts, flipped bytes, crowds of processes (docs/reliability.md).
# `just faults sweep::power` runs one; SWEEP_POINTS=40 takes so many points of each command only, SWEEP_ONLY=backup one command's errors.
faults *WHICH="sweep:: fault:: pack_fault:: restore:: answered:: crowd::":
    cargo test --release --locked --test it -- --ignored --nocapture {{WHICH}}

# 100,000 rows into every register, with and without numbers, compared row by row with their source: time and memory
import:
    cargo test --release --locked --test it -- --ignored --nocapture import_large

# a book of 300,000 entries is upgraded
large:
    cargo test --release --locked --test it -- --ignored --nocapture large::

# commands, states, options and odd values drawn by lot: nothing of the database reaches a person; ODD_LINES=1000000 tries more, ODD_LOT=2 others
odd:
    cargo test --release --locked --test it -- --ignored --nocapture odd:: naughty::

# every form on paper in every language, which takes a browser
papers:
    cargo test --locked --test it -- --ignored forms::

# the program beside the sqlite3 shell, on the same work in one run; `just bench --all` takes 10 million entries
bench *ARGS:
    cargo bench --bench peer -- {{ARGS}}

# what a package holds beside the program: the manual, the completions of the shells, the texts of its crates' licences (cargo-bundle-licenses)
dress:
    rm -rf target/package && mkdir -p target/package/man target/package/completions
    cargo build --release --locked
    target/release/branchbook man target/package/man
    target/release/branchbook completions bash > target/package/completions/branchbook
    target/release/branchbook completions zsh > target/package/completions/_branchbook
    target/release/branchbook completions fish > target/package/completions/branchbook.fish
    cargo bundle-licenses --format yaml --output target/package/third-party-licences.yaml

# a Debian package in target/debian, with manual, completions and licences (cargo-deb); it is installed with: apt install ./target/debian/*.deb
package: dress
    cargo deb --no-build --locked

# everything that is done for a release, up to the tag: checks, the whole benchmark, the package (docs/release.md)
release: ci bench package
    @echo 'now: the version in Cargo.toml and CHANGELOG.md in one commit, then: git tag -s vVERSION'
