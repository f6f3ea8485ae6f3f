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

# faults at length: kills at every moment of a command, flipped bytes, crowds of processes.
faults:
    cargo test --release --locked --test it -- --ignored fault:: crowd:: restore:: answered::

# the program beside the sqlite3 shell, on the same work in one run; `just bench --all` takes 10 million entries
bench *ARGS:
    cargo bench --bench peer -- {{ARGS}}
