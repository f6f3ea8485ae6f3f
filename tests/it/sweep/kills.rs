//! Kills: a command that is killed at any of its calls of the system has done everything or nothing, and what it answered holds.

use super::{SWEPT, Scene, Swept, between, held, most, points, text};

/// Kills a command at `most` of its calls; gives at how many.
fn kill(swept: &Swept, most: usize) -> usize {
    let scene = Scene::of(swept);
    let Some(calls) = scene.calls() else {
        eprintln!("skipped: there is no strace here");
        return 0;
    };
    let points = points(&calls, most);
    for (call, when) in &points {
        let output = scene.run(call, "signal=KILL", *when);
        let place = format!("{}, killed at call {when} of {call}", swept.name);
        let verified = scene.office.run("verify -q");
        assert_eq!(verified.code, 0, "{place}: {}{}", verified.out, verified.err);
        let now = held(&scene.office);
        assert!(
            now == scene.before || now == scene.after,
            "{place}: half of it was done: {}",
            between(&now, &scene.after)
        );
        if !output.stdout.is_empty() && swept.makes.is_none() {
            assert!(now == scene.after, "{place}: it answered {} and is not done", text(&output.stdout));
        }
        if swept.name == "backup" && scene.office.path("other.db").exists() {
            scene.office.ok(&format!("verify -q --book {}", scene.office.path("other.db").display()));
        }
    }
    points.len()
}

#[test]
fn commands_that_are_killed_at_some_of_their_calls_are_done_or_not_done() {
    for name in ["contact add", "info list", "backup"] {
        kill(SWEPT.iter().find(|swept| swept.name == name).unwrap(), 25);
    }
}

#[test]
#[ignore = "takes minutes; run by: just faults"]
fn commands_that_are_killed_at_any_of_their_calls_are_done_or_not_done() {
    let mut all = 0;
    for swept in &SWEPT {
        let points = kill(swept, most());
        println!("{}: {points} kills", swept.name);
        all += points;
    }
    println!("{} commands, {all} kills, 0 bad", SWEPT.len());
}
