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

# the program beside the sqlite3 shell, on the same work in one run; `just bench --all` takes 10 million entries
bench *ARGS:
    cargo bench --bench peer -- {{ARGS}}
